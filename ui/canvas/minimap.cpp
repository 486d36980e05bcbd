// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/minimap.h"

#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace portolan::ui {
namespace {

constexpr QSize mapSize(180, 120);
constexpr double margin = 5;
constexpr double usefulFrom = 2;  // times as large as what is in sight

}  // namespace

Minimap::Minimap(Painting painting, QWidget* canvas)
    : QWidget(canvas), m_painting(std::move(painting))
{
    setObjectName(QStringLiteral("minimap"));
    setAccessibleName(tr("Overview map"));
    setAccessibleDescription(tr("The whole chart, and what of it is in sight"));
    setFixedSize(mapSize);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setFocusPolicy(Qt::NoFocus);  // the canvas is one stop; its keys do the same
    setCursor(Qt::ArrowCursor);
    // Else the card below it would answer.
    setPlainToolTip(this, tr("Overview map: click or drag to go there (M hides it)"));
    setContextMenuPolicy(Qt::PreventContextMenu);
    hide();
}

bool Minimap::isUseful(const QRectF& whole, const QRectF& visible)
{
    return !whole.isEmpty() && (whole.width() > usefulFrom * visible.width() ||
                                whole.height() > usefulFrom * visible.height());
}

void Minimap::forget()
{
    m_picture = {};
    update();
}

void Minimap::setSight(const QRectF& whole, const QRectF& visible)
{
    if (whole != m_whole)
        forget();
    if (whole == m_whole && visible == m_visible)
        return;
    m_whole = whole;
    m_visible = visible;
    update();
}

double Minimap::unit() const
{
    if (m_whole.isEmpty())
        return 1;
    return std::min((width() - 2 * margin) / m_whole.width(),
                    (height() - 2 * margin) / m_whole.height());
}

QPointF Minimap::corner() const
{
    const QSizeF shown = m_whole.size() * unit();
    return {(width() - shown.width()) / 2, (height() - shown.height()) / 2};
}

void Minimap::makePicture()
{
    const double ratio = devicePixelRatioF();
    m_picture = QImage(size() * ratio, QImage::Format_RGB32);
    m_picture.fill(themeOf(*this).canvas);
    QTransform toPixels;
    toPixels.translate(corner().x() * ratio, corner().y() * ratio);
    toPixels.scale(unit() * ratio, unit() * ratio);
    toPixels.translate(-m_whole.left(), -m_whole.top());
    m_painting(m_picture, toPixels);
    m_picture.setDevicePixelRatio(ratio);
}

void Minimap::paintEvent(QPaintEvent*)
{
    if (m_picture.isNull())
        makePicture();
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.drawImage(0, 0, m_picture);
    const QRectF all(rect());
    const QRectF sight = QRectF(corner() + (m_visible.topLeft() - m_whole.topLeft()) * unit(),
                                m_visible.size() * unit())
                             .intersected(all.adjusted(1, 1, -1, -1))
                             .toAlignedRect();
    QPainterPath outside;
    outside.addRect(all);
    outside.addRect(sight);
    QColor veil = theme.window;
    veil.setAlphaF(0.45F);
    painter.fillPath(outside, veil);
    painter.setPen(QPen(theme.accent, 1.5));
    painter.drawRect(sight);
    painter.setPen(QPen(theme.lineStrong, 1));
    painter.drawRect(all.adjusted(0.5, 0.5, -0.5, -0.5));
}

void Minimap::lead(const QPointF& at)
{
    emit centreRequested(m_whole.topLeft() + (at - corner()) / unit());
}

void Minimap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        lead(event->position());
    event->accept();
}

void Minimap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton)
        lead(event->position());
    event->accept();
}

void Minimap::mouseReleaseEvent(QMouseEvent* event)
{
    event->accept();
}

// The canvas would zoom at the pointer, which is in its corner.
void Minimap::wheelEvent(QWheelEvent* event)
{
    if (event->angleDelta().y() != 0)
        emit zoomRequested(std::pow(1.0018, event->angleDelta().y()));
    event->accept();
}

void Minimap::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        forget();
    QWidget::changeEvent(event);
}

}  // namespace portolan::ui
