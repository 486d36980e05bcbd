// SPDX-License-Identifier: Apache-2.0
// A source's text with line numbers, at the place that a fact or a problem names. Read only, always plain text.
#pragma once

#include "ui/base/task.h"
#include "ui/problems/source_excerpt.h"

#include <QStringList>
#include <QWidget>

class QPlainTextEdit;
class QStackedLayout;

namespace portolan::ui {

class EmptyState;
class PlainLabel;

class SourceView : public QWidget {
    Q_OBJECT

public:
    explicit SourceView(QWidget* parent = nullptr);

    // Where sources may be read: imported folders, and files by their whole path, such as the open map.
    void setRoots(const QStringList& roots);
    void showSource(const SourceSpan& where);

signals:
    void shown(const QString& title);  // what the view shows now: a name for its tab

protected:
    void changeEvent(QEvent* event) override;

private:
    void take(const Result<SourceExcerpt>& excerpt);
    void markPlace();

    std::vector<std::string> m_roots;
    PlainLabel* m_title = nullptr;
    QPlainTextEdit* m_text = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
    SourceExcerpt m_excerpt;
    Task m_reading;
};

}  // namespace portolan::ui
