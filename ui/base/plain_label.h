// SPDX-License-Identifier: Apache-2.0
// A label that shows text as it is: never markup, whatever the text looks like.
#pragma once

#include "ui/base/theme.h"

#include <QLabel>

namespace portolan::ui {

class PlainLabel : public QLabel {
    Q_OBJECT

public:
    explicit PlainLabel(QWidget* parent = nullptr) : PlainLabel(QString(), parent) {}
    explicit PlainLabel(const QString& text, QWidget* parent = nullptr);

    void setRole(FontRole role);
    void setMuted(bool isMuted);
    // Cuts a text that does not fit with an ellipsis, and shows the whole in the tooltip.
    void setElided(bool isElided);
    void setFullText(const QString& text);

    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void applyColor();
    void elide();

    QString m_fullText;
    bool m_isMuted = false;
    bool m_isElided = false;
    bool m_isApplying = false;
};

}  // namespace portolan::ui
