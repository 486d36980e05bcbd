// SPDX-License-Identifier: Apache-2.0
#include "ui/base/segment.h"

#include "ui/base/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>

namespace portolan::ui {
namespace {

class SegmentButton : public QToolButton {
public:
    SegmentButton(QAction* action, bool hasTick, QWidget* parent)
        : QToolButton(parent), m_hasTick(hasTick)
    {
        setDefaultAction(action);
        setObjectName(action->objectName() + QStringLiteral("Button"));
        setFocusPolicy(Qt::TabFocus);
        setFixedHeight(metrics::controlHeight);
    }

    QSize sizeHint() const override
    {
        const int tick = m_hasTick ? 18 : 0;
        return {fontMetrics().horizontalAdvance(defaultAction()->iconText()) + 22 + tick,
                metrics::controlHeight};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = themeOf(*this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool isFirst = x() == 0;
        const bool isLast = geometry().right() + 1 >= parentWidget()->width();
        const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, isLast ? -0.5 : 0.5, -0.5);
        // The outer corners are round, the inner ones square.
        QPainterPath shape;
        shape.setFillRule(Qt::WindingFill);
        shape.addRoundedRect(box, metrics::fieldRadius, metrics::fieldRadius);
        if (!isFirst)
            shape.addRect(box.adjusted(0, 0, -box.width() / 2, 0));
        if (!isLast)
            shape.addRect(box.adjusted(box.width() / 2, 0, 0, 0));
        shape = shape.simplified();
        const QColor ground = isChecked()    ? theme.selection
                              : underMouse() ? theme.hover
                                             : theme.base;
        painter.fillPath(shape, ground);
        painter.strokePath(shape, QPen(theme.fieldBorder, 1));
        if (hasFocus())
            painter.strokePath(shape, QPen(theme.accent, 2));
        const QColor ink = !isEnabled()                   ? theme.muted
                           : isChecked() && !theme.isDark ? theme.accent
                                                          : theme.text;
        QRect text = rect();
        if (m_hasTick) {
            painter.setPen(QPen(ink, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            const QPointF c(16, height() / 2.0);
            if (isChecked())
                painter.drawPolyline(QPolygonF() << c + QPointF(-4, 0) << c + QPointF(-1, 3.2)
                                                 << c + QPointF(4.2, -3.6));
            text.setLeft(16);
        }
        painter.setPen(ink);
        QFont letters = font();
        letters.setWeight(isChecked() ? QFont::Medium : QFont::Normal);
        painter.setFont(letters);
        painter.drawText(text, Qt::AlignCenter, defaultAction()->iconText());
    }

private:
    bool m_hasTick;
};

}  // namespace

Segment::Segment(const QString& name, QWidget* parent) : QWidget(parent)
{
    setAccessibleName(name);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
}

void Segment::addButton(QAction* action, bool hasTick)
{
    layout()->addWidget(new SegmentButton(action, hasTick, this));
}

}  // namespace portolan::ui
