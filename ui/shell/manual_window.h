// SPDX-License-Identifier: Apache-2.0
// The manual's pages. They come with the program; nothing outside its folder is ever loaded or opened.
#pragma once

#include <QTextBrowser>
#include <QWidget>

class QListWidget;

namespace portolan::ui {

// Shows Markdown and loads nothing by itself: no picture, no page, whatever the text names.
class ManualPage : public QTextBrowser {
    Q_OBJECT

public:
    explicit ManualPage(QWidget* parent = nullptr);

    QVariant loadResource(int type, const QUrl& name) override;
    void showText(const QString& markdown);

signals:
    void pageWanted(const QString& fileName);

protected:
    void doSetSource(const QUrl& name, QTextDocument::ResourceType type) override;
};

class ManualWindow : public QWidget {
    Q_OBJECT

public:
    ManualWindow(const QString& resources, QWidget* parent);

private:
    void showPage(const QString& fileName);

    QString m_folder;
    QListWidget* m_pages = nullptr;
    ManualPage* m_page = nullptr;
};

}  // namespace portolan::ui
