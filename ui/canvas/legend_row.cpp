// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/legend_row.h"

#include "model/chart/chart_lens.h"

#include "ui/base/icons.h"
#include "ui/base/product_glyph.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/lens_sign.h"

#include <QPainter>
#include <QToolButton>
#include <QtMath>

#include <set>

namespace portolan::ui {
namespace {

constexpr int rowHeight = 28;
constexpr int widestAnswer = 220;  // words of one entry of a lens
constexpr int gap = 18;
constexpr int restRoom = 70;  // for "+3 more"
constexpr int closeRoom = 34;

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
    m_lensTitle = shown(chart.lens.title);
    m_answers.clear();
    const std::vector<int> counts = lensCounts(chart);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0)
            m_answers.push_back(
                {chart.lens.entries[i], shown(chart.lens.entries[i].words, 80), counts[i]});
    }
    setFixedHeight(m_lensTitle.isEmpty() ? rowHeight : 2 * rowHeight);
    showTexts();
    update();
}

void LegendRow::showTexts()
{
    setAccessibleName(tr("Legend: %1").arg(text()));
    setPlainToolTip(this, text());  // what has no room is there
}

QString LegendRow::lensText() const
{
    QStringList words;
    for (const Answer& answer : m_answers)  // both at once: a name may hold a %2
        words.append(tr("%1 %2").arg(answer.words, tr("%L1").arg(answer.count)));
    return tr("%1: %2").arg(m_lensTitle, words.join(QStringLiteral("; ")));
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
    const QString signs = words.join(QStringLiteral("; "));
    if (m_lensTitle.isEmpty())
        return signs;
    return signs.isEmpty() ? lensText() : tr("%1. %2").arg(lensText(), signs);
}

QRect LegendRow::keyRow() const
{
    return {0, height() - rowHeight, width(), rowHeight};
}

void LegendRow::resizeEvent(QResizeEvent*)
{
    m_close->move(width() - 30, (rowHeight - m_close->height()) / 2);
}

void LegendRow::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_lensTitle.isEmpty())
        paintLens(painter);
    int x = 12;
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        const int needed = 50 + fontMetrics().horizontalAdvance(wordOf(m_keys[i]));
        const int room = i + 1 < m_keys.size() ? restRoom : 0;
        if (x + needed + room > width() - closeRoom) {
            paintRest(painter, m_keys.size() - i, x, keyRow());
            break;
        }
        x = paintKey(painter, m_keys[i], x) + gap;
    }
}

void LegendRow::paintLens(QPainter& painter) const
{
    const Theme& theme = themeOf(*this);
    const QRect row(0, 0, width(), rowHeight);
    const QFont letters = fontOf(FontRole::PlateCell, font());
    const QFont strong = fontOf(FontRole::Chip, font());
    const int right = width() - closeRoom;
    const auto write = [&](int x, const QString& words, const QFont& face, const QColor& ink) {
        painter.setFont(face);
        painter.setPen(ink);
        const int advance = QFontMetrics(face).horizontalAdvance(words);
        painter.drawText(QRect(x, row.top(), advance + 2, row.height()),
                         Qt::AlignVCenter | Qt::AlignLeft, words);
        return x + advance;
    };
    int x = write(12, m_lensTitle, strong, theme.text) + 14;
    for (std::size_t i = 0; i < m_answers.size(); ++i) {
        const Answer& answer = m_answers[i];
        constexpr double side = 15;
        const double sign = lensSignWidth(answer.entry, side, letters);
        const QString words = fontMetrics().elidedText(answer.words, Qt::ElideRight, widestAnswer);
        const QString count = tr("%L1").arg(answer.count);
        const int needed = qCeil(sign) + 6 + fontMetrics().horizontalAdvance(words) + 6 +
                           QFontMetrics(strong).horizontalAdvance(count);
        const int room = i + 1 < m_answers.size() ? restRoom : 0;
        if (x + needed + room > right) {
            paintRest(painter, m_answers.size() - i, x, row);
            return;
        }
        paintLensSign(painter, answer.entry, QRectF(x, row.center().y() + 1 - side / 2, sign, side),
                      letters, theme);
        x = write(x + qCeil(sign) + 6, words, font(), theme.muted) + 6;
        x = write(x, count, strong, theme.text) + gap;
    }
}

// Never silently: how many have no room.
void LegendRow::paintRest(QPainter& painter, std::size_t count, int x, const QRect& row) const
{
    painter.setFont(font());
    painter.setPen(themeOf(*this).muted);
    painter.drawText(QRect(x, row.top(), width() - x, row.height()),
                     Qt::AlignVCenter | Qt::AlignLeft,
                     tr("+%L1 more").arg(static_cast<qulonglong>(count)));
}

// Answers where it ends.
int LegendRow::paintKey(QPainter& painter, Key key, int x) const
{
    const Theme& theme = themeOf(*this);
    const double y = keyRow().top() + rowHeight / 2.0 + 0.5;
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
    painter.drawText(QRect(x + width + 7, keyRow().top(), advance + 2, rowHeight),
                     Qt::AlignVCenter | Qt::AlignLeft, word);
    return x + width + 7 + advance;
}

}  // namespace portolan::ui
