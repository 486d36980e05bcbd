// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/legend_row.h"

#include "ui/base/icons.h"
#include "ui/base/product_glyph.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QPainter>
#include <QToolButton>

#include <set>

namespace portolan::ui {
namespace {

constexpr int rowHeight = 28;

}  // namespace

LegendRow::LegendRow(QWidget* parent) : QWidget(parent), m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("legend"));
    setFixedHeight(rowHeight);
    setFont(fontOf(FontRole::HeaderCell, font()));
    m_close->setObjectName(QStringLiteral("closeLegend"));
    m_close->setAutoRaise(true);
    m_close->setIcon(iconOf(Sign::Close));
    m_close->setAccessibleName(tr("Close the legend"));
    m_close->setFocusPolicy(Qt::NoFocus);
    setPlainToolTip(m_close, tr("Close the legend (L)"));
    m_close->resize(24, 24);
    connect(m_close, &QToolButton::clicked, this, &LegendRow::closed);
}

void LegendRow::setChart(const Chart& chart)
{
    std::set<Key> keys;
    for (const ChartEdge& edge : chart.edges) {
        switch (edge.line) {
        case ChartLine::Plain:
            keys.insert(Key::Declared);
            break;
        case ChartLine::DeclaredOnly:
            keys.insert(Key::DeclaredOnly);
            break;
        case ChartLine::Undeclared:
            keys.insert(Key::Undeclared);
            break;
        case ChartLine::Implied:
            keys.insert(Key::Implied);
            break;
        case ChartLine::Partnership:
        case ChartLine::SharedKernel:
        case ChartLine::SeparateWays:
            break;  // their pills say what they are
        }
    }
    for (const ChartNode& node : chart.nodes) {
        for (const ChartProduct& product : node.products) {
            switch (product.kind) {
            case ProductKind::OperationalApi:
                keys.insert(Key::OperationalApi);
                break;
            case ProductKind::Event:
                keys.insert(Key::Event);
                break;
            case ProductKind::State:
                keys.insert(Key::State);
                break;
            case ProductKind::Analytical:
                keys.insert(Key::Analytical);
                break;
            case ProductKind::Unknown:
                break;
            }
            if (product.authority == Authority::Derived)
                keys.insert(Key::Derived);
        }
    }
    m_keys.assign(keys.begin(), keys.end());
    setAccessibleName(tr("Legend: %1").arg(text()));
    update();
}

QString LegendRow::wordOf(Key key)
{
    switch (key) {
    case Key::Declared:
        return tr("declared and observed");
    case Key::DeclaredOnly:
        return tr("declared only");
    case Key::Undeclared:
        return tr("observed, undeclared");
    case Key::Implied:
        return tr("through hidden contexts");
    case Key::Partnership:
        return tr("partnership");
    case Key::SharedKernel:
        return tr("shared kernel");
    case Key::SeparateWays:
        return tr("separate ways");
    case Key::OperationalApi:
        return tr("operational API");
    case Key::Event:
        return tr("event");
    case Key::State:
        return tr("state");
    case Key::Analytical:
        return tr("analytical");
    case Key::Derived:
        return tr("outline: derived");
    case Key::Mud:
        break;
    }
    return tr("big ball of mud");
}

QString LegendRow::text() const
{
    QStringList words;
    for (const Key key : m_keys)
        words.append(wordOf(key));
    return words.join(QStringLiteral("; "));
}

void LegendRow::resizeEvent(QResizeEvent*)
{
    m_close->move(width() - 30, (height() - m_close->height()) / 2);
}

void LegendRow::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    painter.setRenderHint(QPainter::Antialiasing);
    int x = 12;
    for (const Key key : m_keys) {
        const int needed = 50 + fontMetrics().horizontalAdvance(wordOf(key));
        if (x + needed > width() - 34)
            break;
        x = paintKey(painter, key, x) + 18;
    }
}

// Answers where it ends.
int LegendRow::paintKey(QPainter& painter, Key key, int x) const
{
    const Theme& theme = themeOf(*this);
    const double y = height() / 2.0 + 0.5;
    int width = 12;
    const QRectF box(x, y - 6, 12, 12);
    const auto line = [&](const QPen& pen, bool isOpen) {
        width = 34;
        painter.setPen(pen);
        painter.drawLine(QPointF(x, y), QPointF(x + 28, y));
        const QPolygonF head = QPolygonF() << QPointF(x + 26, y - 4) << QPointF(x + 34, y)
                                           << QPointF(x + 26, y + 4);
        painter.setPen(isOpen ? QPen(pen.color(), 1.4) : QPen(Qt::NoPen));
        painter.setBrush(isOpen ? Qt::NoBrush : QBrush(pen.color()));
        isOpen ? painter.drawPolyline(head) : painter.drawPolygon(head);
        painter.setBrush(Qt::NoBrush);
    };
    switch (key) {
    case Key::Declared:
        line(QPen(theme.edge, metrics::edgeWidth), false);
        break;
    case Key::DeclaredOnly: {
        QPen pen(theme.muted, metrics::declaredOnlyWidth, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({3.75, 2.5});
        line(pen, true);
        break;
    }
    case Key::Undeclared: {
        QPen pen(theme.warning.ink, metrics::undeclaredWidth, Qt::CustomDashLine, Qt::RoundCap);
        pen.setDashPattern({0.01, 2});
        line(pen, false);
        break;
    }
    case Key::Implied: {
        QPen pen(theme.muted, 1.5, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({2, 2});
        line(pen, false);
        break;
    }
    case Key::OperationalApi:
        paintProductGlyph(painter, box, ProductKind::OperationalApi, Authority::Authoritative,
                          theme.edge);
        break;
    case Key::Event:
        paintProductGlyph(painter, box, ProductKind::Event, Authority::Authoritative, theme.edge);
        break;
    case Key::State:
        paintProductGlyph(painter, box, ProductKind::State, Authority::Authoritative, theme.edge);
        break;
    case Key::Analytical:
        paintProductGlyph(painter, box, ProductKind::Analytical, Authority::Authoritative,
                          theme.edge);
        break;
    case Key::Derived:
        paintProductGlyph(painter, box, ProductKind::Analytical, Authority::Derived, theme.edge);
        break;
    case Key::Partnership:
    case Key::SharedKernel:
    case Key::SeparateWays:
    case Key::Mud:
        break;
    }
    painter.setPen(theme.muted);
    painter.setFont(font());
    const QString word = wordOf(key);
    const int advance = fontMetrics().horizontalAdvance(word);
    painter.drawText(QRect(x + width + 7, 0, advance + 2, height()),
                     Qt::AlignVCenter | Qt::AlignLeft, word);
    return x + width + 7 + advance;
}

}  // namespace portolan::ui
