// SPDX-License-Identifier: Apache-2.0
// The first page: three ways to begin, and what can be imported, listed from the importers that there are.
#pragma once

#include <QWidget>

namespace portolan::ui {

class WelcomePage : public QWidget {
    Q_OBJECT

public:
    explicit WelcomePage(QWidget* parent = nullptr);

signals:
    void folderWanted();
    void mapWanted();
    void exampleWanted();
    void newMapWanted();
    void paletteWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* makeHeadline();
    QWidget* makeCards();
    QWidget* makeFormats();
    QWidget* makeFooter();
};

}  // namespace portolan::ui
