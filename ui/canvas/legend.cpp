// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/legend.h"

#include "model/chart/chart_lens.h"
#include "model/chart/comparison_chart.h"

#include "ui/base/icons.h"
#include "ui/base/product_glyph.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/chart_painter.h"
#include "ui/canvas/lens_sign.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QtMath>

#include <set>

namespace portolan::ui {
namespace {

constexpr double widestAnswer = 220;  // words of one entry of a lens
constexpr double answerSign = 15;
constexpr double changeSign = 16;
constexpr double gap = 18;
constexpr double border = 12;

QString words(const char* text)
{
    return QCoreApplication::translate("Legend", text);
}

double advance(const QString& text, const QFont& font)
{
    return std::ceil(QFontMetricsF(font).horizontalAdvance(text));
}

QString cut(const QString& text, const QFont& font)
{
    return QFontMetricsF(font).elidedText(text, Qt::ElideRight, widestAnswer);
}

QString countOf(const LegendAnswer& answer)
{
    return words("%L1").arg(answer.count);
}

QString lensText(const Legend& legend)
{
    QStringList answers;
    for (const LegendAnswer& answer : legend.answers)  // both at once: a name may hold a %2
        answers.append(words("%1 %2").arg(answer.words, countOf(answer)));
    return words("%1: %2").arg(legend.lensTitle, answers.join(QStringLiteral("; ")));
}

void insertLine(std::set<LegendKey>& keys, ChartLine line)
{
    switch (line) {
    case ChartLine::Plain:
        keys.insert(LegendKey::Declared);
        break;
    case ChartLine::DeclaredOnly:
        keys.insert(LegendKey::DeclaredOnly);
        break;
    case ChartLine::Undeclared:
        keys.insert(LegendKey::Undeclared);
        break;
    case ChartLine::Implied:
        keys.insert(LegendKey::Implied);
        break;
    case ChartLine::Partnership:
    case ChartLine::SharedKernel:
    case ChartLine::SeparateWays:
    case ChartLine::Behind:
        break;  // their pills say what they are
    }
}

void insertProduct(std::set<LegendKey>& keys, const ChartProduct& product)
{
    switch (product.kind) {
    case ProductKind::OperationalApi:
        keys.insert(LegendKey::OperationalApi);
        break;
    case ProductKind::Event:
        keys.insert(LegendKey::Event);
        break;
    case ProductKind::State:
        keys.insert(LegendKey::State);
        break;
    case ProductKind::Analytical:
        keys.insert(LegendKey::Analytical);
        break;
    case ProductKind::Unknown:
        break;
    }
    if (product.authority == Authority::Derived)
        keys.insert(LegendKey::Derived);
}

QString wordOf(ChartChange change)
{
    switch (change) {
    case ChartChange::Added:
        return words("added");
    case ChartChange::Removed:
        return words("removed");
    case ChartChange::Changed:
        return words("changed");
    case ChartChange::Renamed:
        return words("renamed");
    case ChartChange::Moved:
        return words("moved");
    case ChartChange::None:
    case ChartChange::Same:
        break;
    }
    return {};
}

// Those that are drawn: what is the same steps back and needs no words.
std::vector<ChartChange> changesOf(const Chart& chart)
{
    std::set<ChartChange> changes;
    for (const ChartNode& node : chart.nodes)
        changes.insert(node.change);
    for (const ChartEdge& edge : chart.edges)
        changes.insert(edge.change);
    changes.erase(ChartChange::None);
    changes.erase(ChartChange::Same);
    return {changes.begin(), changes.end()};
}

double widthOf(ChartChange change, const QFont& words)
{
    return changeSign + 7 + advance(wordOf(change), words);
}

void paintChangeKey(QPainter& painter, ChartChange change, double x, const QRectF& row,
                    const LegendFonts& fonts, const Theme& theme)
{
    const QRectF tag(x, std::floor(row.center().y()) + 1 - changeSign / 2, changeSign, changeSign);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colorsOf(theme, change)->ink);
    painter.drawRoundedRect(tag, 4, 4);
    painter.setBrush(Qt::NoBrush);
    const QString sign = toQString(signOfChange(change));
    const double inset = (changeSign - advance(sign, fonts.strong)) / 2;
    paintLegendWords(painter, sign, x + inset, row, fonts.strong, theme.base);
    paintLegendWords(painter, wordOf(change), x + changeSign + 7, row, fonts.words, theme.muted);
}

// Lineage draws with the same lines as the map, and means something else by them.
std::set<LegendKey> lineageKeys(const Chart& chart)
{
    std::set<LegendKey> keys;
    for (const ChartEdge& edge : chart.edges) {
        if (edge.line == ChartLine::Undeclared)
            keys.insert(LegendKey::NoContract);
        else if (edge.line == ChartLine::Implied)
            keys.insert(LegendKey::ImpliedFlow);
        else if (edge.line == ChartLine::Plain)
            keys.insert(LegendKey::Flow);
    }
    for (const ChartLink& link : chart.links) {
        keys.insert(LegendKey::Way);
        keys.insert(link.isWarned     ? LegendKey::NoContract
                    : link.isIndirect ? LegendKey::IndirectColumns
                                      : LegendKey::OtherColumns);
    }
    for (const ChartNode& node : chart.nodes) {
        if (node.shape == ChartShape::Job)
            keys.insert(LegendKey::Job);
        else if (node.shape == ChartShape::Table)
            keys.insert(node.note == "topic" ? LegendKey::Topic : LegendKey::Table);
        if (node.before > 0 || node.after > 0)
            keys.insert(LegendKey::MoreHops);
        if (std::any_of(node.rows.begin(), node.rows.end(),
                        [](const ChartRow& row) { return row.isKey; }))
            keys.insert(LegendKey::Key);
    }
    return keys;
}

bool isLineage(const Chart& chart)
{
    return std::any_of(chart.nodes.begin(), chart.nodes.end(),
                       [](const ChartNode& node) { return node.shape != ChartShape::Card; });
}

bool isLine(LegendKey key)
{
    return (key >= LegendKey::Flow && key <= LegendKey::ImpliedFlow) ||
           key == LegendKey::Declared || key == LegendKey::DeclaredOnly ||
           key == LegendKey::Undeclared || key == LegendKey::Implied;
}

double signWidth(LegendKey key)
{
    return isLine(key) ? 34 : 12;
}

// Puts the parts of a legend into rows: `put(part, x, row)` for each, in order. Answers how many rows there are.
template <class Put>
int flow(const Legend& legend, double width, const LegendFonts& fonts, const Put& put)
{
    int row = 0;
    double x = border;
    const auto place = [&](double needed, const auto& part) {
        if (x > border && x + needed > width - border) {
            ++row;
            x = border;
        }
        put(part, x, row);
        x += needed + gap;
    };
    if (!legend.lensTitle.isEmpty()) {
        place(advance(legend.lensTitle, fonts.strong), legend.lensTitle);
        for (const LegendAnswer& answer : legend.answers)
            place(widthOf(answer, fonts), answer);
        ++row;
        x = border;
    }
    for (const ChartChange change : legend.changes)
        place(widthOf(change, fonts.words), change);
    for (const LegendKey key : legend.keys)
        place(widthOf(key, fonts.words), key);
    return legend.keys.empty() && legend.changes.empty() ? row : row + 1;
}

LegendFonts pictureFonts()
{
    return {chartFont(11.5, QFont::Medium), chartFont(11, QFont::DemiBold),
            chartFont(10, QFont::DemiBold)};
}

}  // namespace

Legend legendOf(const Chart& chart)
{
    std::set<LegendKey> keys;
    for (const ChartEdge& edge : chart.edges)
        insertLine(keys, edge.line);
    for (const ChartNode& node : chart.nodes) {
        for (const ChartProduct& product : node.products)
            insertProduct(keys, product);
    }
    if (isLineage(chart))
        keys = lineageKeys(chart);
    Legend legend;
    legend.keys.assign(keys.begin(), keys.end());
    legend.changes = changesOf(chart);
    legend.lensTitle = shown(chart.lens.title);
    const std::vector<int> counts = lensCounts(chart);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > 0)
            legend.answers.push_back(
                {chart.lens.entries[i], shown(chart.lens.entries[i].words, 80), counts[i]});
    }
    return legend;
}

QString wordOf(LegendKey key)
{
    switch (key) {
    case LegendKey::Declared:
        return words("declared and observed");
    case LegendKey::DeclaredOnly:
        return words("declared only");
    case LegendKey::Undeclared:
        return words("observed, undeclared");
    case LegendKey::Implied:
        return words("through hidden contexts");
    case LegendKey::Partnership:
        return words("partnership");
    case LegendKey::SharedKernel:
        return words("shared kernel");
    case LegendKey::SeparateWays:
        return words("separate ways");
    case LegendKey::OperationalApi:
        return words("operational API");
    case LegendKey::Event:
        return words("event");
    case LegendKey::State:
        return words("state");
    case LegendKey::Analytical:
        return words("analytical");
    case LegendKey::Derived:
        return words("outline: derived");
    case LegendKey::Flow:
        return words("data flows");
    case LegendKey::Way:
        return words("through the selected column");
    case LegendKey::OtherColumns:
        return words("other columns");
    case LegendKey::IndirectColumns:
        return words("only influences");
    case LegendKey::NoContract:
        return words("crosses a border, no contract");
    case LegendKey::ImpliedFlow:
        return words("through what tools made");
    case LegendKey::Job:
        return words("job");
    case LegendKey::Table:
        return words("table");
    case LegendKey::Topic:
        return words("topic");
    case LegendKey::Key:
        return words("key");
    case LegendKey::MoreHops:
        return words("more hops");
    case LegendKey::Mud:
        break;
    }
    return words("big ball of mud");
}

QString textOf(const Legend& legend)
{
    QStringList signs;
    for (const LegendKey key : legend.keys)
        signs.append(wordOf(key));
    const QString text = signs.join(QStringLiteral("; "));
    if (legend.lensTitle.isEmpty())
        return text;
    return text.isEmpty() ? lensText(legend) : words("%1. %2").arg(lensText(legend), text);
}

double paintLegendWords(QPainter& painter, const QString& words, double x, const QRectF& row,
                        const QFont& font, const QColor& ink)
{
    painter.setFont(font);
    painter.setPen(ink);
    const double width = advance(words, font);
    painter.drawText(QRectF(x, row.top(), width + 2, row.height()),
                     Qt::AlignVCenter | Qt::AlignLeft, words);
    return x + width;
}

double paintKey(QPainter& painter, LegendKey key, double x, const QRectF& row, const QFont& words,
                const Theme& theme)
{
    const double y = row.center().y() + 0.5;
    const QRectF box(x, y - 6, 12, 12);
    const auto line = [&](const QPen& pen, bool isOpen) {
        painter.setPen(pen);
        painter.drawLine(QPointF(x, y), QPointF(x + 28, y));
        const QPolygonF head = QPolygonF() << QPointF(x + 26, y - 4) << QPointF(x + 34, y)
                                           << QPointF(x + 26, y + 4);
        painter.setPen(isOpen ? QPen(pen.color(), 1.4) : QPen(Qt::NoPen));
        painter.setBrush(isOpen ? Qt::NoBrush : QBrush(pen.color()));
        isOpen ? painter.drawPolyline(head) : painter.drawPolygon(head);
        painter.setBrush(Qt::NoBrush);
    };
    const auto dashed = [&](const QColor& ink, double thickness, Qt::PenCapStyle cap,
                            const QList<qreal>& dashes) {
        QPen pen(ink, thickness, Qt::CustomDashLine, cap);
        pen.setDashPattern(dashes);
        return pen;
    };
    const auto glyph = [&](ProductKind kind, Authority authority) {
        paintProductGlyph(painter, box, kind, authority, theme.edge);
    };
    const auto sign = [&](Sign which) { paintSign(painter, which, box, theme.edge, theme.panel); };
    switch (key) {
    case LegendKey::Declared:
        line(QPen(theme.edge, metrics::edgeWidth), false);
        break;
    case LegendKey::DeclaredOnly:
        line(dashed(theme.muted, metrics::declaredOnlyWidth, Qt::FlatCap, {3.75, 2.5}), true);
        break;
    case LegendKey::Undeclared:
        line(dashed(theme.warning.ink, metrics::undeclaredWidth, Qt::RoundCap, {0.01, 2}), false);
        break;
    case LegendKey::Implied:
        line(dashed(theme.muted, 1.5, Qt::FlatCap, {2, 2}), false);
        break;
    case LegendKey::OperationalApi:
        glyph(ProductKind::OperationalApi, Authority::Authoritative);
        break;
    case LegendKey::Event:
        glyph(ProductKind::Event, Authority::Authoritative);
        break;
    case LegendKey::State:
        glyph(ProductKind::State, Authority::Authoritative);
        break;
    case LegendKey::Analytical:
        glyph(ProductKind::Analytical, Authority::Authoritative);
        break;
    case LegendKey::Derived:
        glyph(ProductKind::Analytical, Authority::Derived);
        break;
    case LegendKey::Flow:
        line(QPen(theme.edge, metrics::edgeWidth), false);
        break;
    case LegendKey::Way:
        line(QPen(theme.accent, 2), false);
        break;
    case LegendKey::OtherColumns:
        line(QPen(theme.lineStrong, 1.2), false);
        break;
    case LegendKey::IndirectColumns:
        line(dashed(theme.lineStrong, 1.2, Qt::FlatCap, {4, 3}), false);
        break;
    case LegendKey::NoContract:
        line(dashed(theme.warning.ink, metrics::undeclaredWidth, Qt::RoundCap, {0.01, 2}), false);
        break;
    case LegendKey::ImpliedFlow:
        line(dashed(theme.muted, 1.5, Qt::FlatCap, {2, 2}), false);
        break;
    case LegendKey::Job:
        sign(Sign::Job);
        break;
    case LegendKey::Table:
        sign(Sign::Table);
        break;
    case LegendKey::Topic:
        sign(Sign::Event);
        break;
    case LegendKey::Key:
        sign(Sign::Identifier);
        break;
    case LegendKey::MoreHops:
        sign(Sign::Plus);
        break;
    case LegendKey::Partnership:
    case LegendKey::SharedKernel:
    case LegendKey::SeparateWays:
    case LegendKey::Mud:
        break;
    }
    return paintLegendWords(painter, wordOf(key), x + signWidth(key) + 7, row, words, theme.muted);
}

double paintAnswer(QPainter& painter, const LegendAnswer& answer, double x, const QRectF& row,
                   const LegendFonts& fonts, const Theme& theme)
{
    const double sign = lensSignWidth(answer.entry, answerSign, fonts.letters);
    const double top = std::floor(row.center().y()) + 1 - answerSign / 2;
    paintLensSign(painter, answer.entry, QRectF(x, top, sign, answerSign), fonts.letters, theme);
    x = paintLegendWords(painter, cut(answer.words, fonts.words), x + std::ceil(sign) + 6, row,
                         fonts.words, theme.muted);
    return paintLegendWords(painter, countOf(answer), x + 6, row, fonts.strong, theme.text);
}

double widthOf(LegendKey key, const QFont& words)
{
    return signWidth(key) + 7 + advance(wordOf(key), words);
}

double widthOf(const LegendAnswer& answer, const LegendFonts& fonts)
{
    return std::ceil(lensSignWidth(answer.entry, answerSign, fonts.letters)) + 12 +
           advance(cut(answer.words, fonts.words), fonts.words) +
           advance(countOf(answer), fonts.strong);
}

double legendHeight(const Legend& legend, double width)
{
    const int rows = flow(legend, width, pictureFonts(), [](const auto&, double, int) {});
    return rows * legendRowHeight;
}

void paintLegend(QPainter& painter, const Legend& legend, const QRectF& box, const Theme& theme)
{
    const LegendFonts fonts = pictureFonts();
    painter.fillRect(box, theme.panel);
    painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1), theme.line);
    const auto rowAt = [&](int row) {
        return QRectF(box.left(), box.top() + row * legendRowHeight, box.width(), legendRowHeight);
    };
    struct Painting {
        QPainter& painter;
        const LegendFonts& fonts;
        const Theme& theme;
        void put(const QString& title, double x, const QRectF& row) const
        {
            paintLegendWords(painter, title, x, row, fonts.strong, theme.text);
        }
        void put(const LegendAnswer& answer, double x, const QRectF& row) const
        {
            paintAnswer(painter, answer, x, row, fonts, theme);
        }
        void put(ChartChange change, double x, const QRectF& row) const
        {
            paintChangeKey(painter, change, x, row, fonts, theme);
        }
        void put(LegendKey key, double x, const QRectF& row) const
        {
            paintKey(painter, key, x, row, fonts.words, theme);
        }
    };
    const Painting painting{painter, fonts, theme};
    flow(legend, box.width(), fonts, [&](const auto& part, double x, int row) {
        painting.put(part, box.left() + x, rowAt(row));
    });
}

}  // namespace portolan::ui
