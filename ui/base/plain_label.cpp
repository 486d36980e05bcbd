// SPDX-License-Identifier: Apache-2.0
#include "ui/base/plain_label.h"

#include "ui/base/text.h"

#include <QEvent>
#include <QGuiApplication>

namespace portolan::ui {

PlainLabel::PlainLabel(const QString& text, QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setFullText(text);
}

void PlainLabel::setRole(FontRole role)
{
    setFont(fontOf(role));
}

void PlainLabel::setMuted(bool isMuted)
{
    m_isMuted = isMuted;
    applyColor();
}

void PlainLabel::setElided(bool isElided)
{
    m_isElided = isElided;
    elide();
}

void PlainLabel::setFullText(const QString& text)
{
    m_fullText = shownLines(text);
    elide();
}

QSize PlainLabel::minimumSizeHint() const
{
    QSize size = QLabel::minimumSizeHint();
    if (m_isElided)
        size.setWidth(fontMetrics().averageCharWidth() * 3);
    return size;
}

void PlainLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ParentChange)
        applyColor();
    if (event->type() == QEvent::FontChange)
        elide();
}

void PlainLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    elide();
}

void PlainLabel::applyColor()
{
    if (m_isApplying || !m_isMuted)
        return;
    m_isApplying = true;  // setPalette tells of itself
    QPalette palette;
    palette.setColor(QPalette::WindowText, themeOf(QGuiApplication::palette()).muted);
    setPalette(palette);
    m_isApplying = false;
}

void PlainLabel::elide()
{
    if (!m_isElided || m_fullText.isEmpty()) {
        setText(m_fullText);
        return;
    }
    const QString visible =
        fontMetrics().elidedText(m_fullText, Qt::ElideRight, contentsRect().width());
    setText(visible);
    setPlainToolTip(this, visible == m_fullText ? QString() : m_fullText);
}

}  // namespace portolan::ui
