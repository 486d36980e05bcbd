// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/zoom_box.h"

#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPaintEvent>
#include <QPainter>
#include <QToolButton>

#include <cmath>

namespace portolan::ui {
namespace {

// Draws its own sign, so that it follows the theme and the text size.
class SignButton : public QToolButton {
public:
    enum Sign { Minus, Plus, Fit };

    SignButton(Sign sign, const QString& name, const QString& objectName, QWidget* parent)
        : QToolButton(parent), m_sign(sign)
    {
        setObjectName(objectName);
        setAccessibleName(name);
        setPlainToolTip(this, name);
        setAutoRaise(true);
        setFocusPolicy(Qt::NoFocus);  // the canvas is one stop; its keys do the same
        setFixedSize(28, 28);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = themeOf(*this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.hover);
            painter.drawRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), 4, 4);
        }
        painter.setPen(QPen(theme.text, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF c = QRectF(rect()).center();
        if (m_sign != Fit) {
            painter.drawLine(c - QPointF(5, 0), c + QPointF(5, 0));
            if (m_sign == Plus)
                painter.drawLine(c - QPointF(0, 5), c + QPointF(0, 5));
            return;
        }
        for (const double x : {-1.0, 1.0}) {
            for (const double y : {-1.0, 1.0}) {
                const QPointF corner = c + QPointF(5.5 * x, 5.5 * y);
                painter.drawPolyline(QPolygonF() << corner - QPointF(3.5 * x, 0) << corner
                                                 << corner - QPointF(0, 3.5 * y));
            }
        }
    }

private:
    Sign m_sign;
};

}  // namespace

ZoomBox::ZoomBox(QWidget* parent) : QFrame(parent), m_percent(new QLabel(this))
{
    setObjectName(QStringLiteral("zoomBox"));
    setCursor(Qt::ArrowCursor);
    auto* out =
        new SignButton(SignButton::Minus, tr("Zoom out (-)"), QStringLiteral("zoomOut"), this);
    auto* in = new SignButton(SignButton::Plus, tr("Zoom in (+)"), QStringLiteral("zoomIn"), this);
    auto* fit =
        new SignButton(SignButton::Fit, tr("Fit to window (0)"), QStringLiteral("zoomFit"), this);
    m_percent->setTextFormat(Qt::PlainText);
    m_percent->setAlignment(Qt::AlignCenter);
    m_percent->setObjectName(QStringLiteral("zoomPercent"));
    m_percent->setMinimumWidth(
        m_percent->fontMetrics().horizontalAdvance(QStringLiteral("1000 %")));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2, 1, 2, 1);
    row->setSpacing(0);
    row->addWidget(out);
    row->addWidget(m_percent);
    row->addWidget(in);
    row->addSpacing(9);
    row->addWidget(fit);
    connect(out, &QToolButton::clicked, this, &ZoomBox::zoomOutRequested);
    connect(in, &QToolButton::clicked, this, &ZoomBox::zoomInRequested);
    connect(fit, &QToolButton::clicked, this, &ZoomBox::fitRequested);
    setZoom(1);
}

void ZoomBox::setZoom(double zoom)
{
    m_percent->setText(tr("%1 %").arg(std::lround(zoom * 100)));
}

void ZoomBox::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.line, 1));
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const double x = width() - 34.5;
    painter.drawLine(QPointF(x, 0), QPointF(x, height()));
}

}  // namespace portolan::ui
