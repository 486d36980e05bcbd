// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/lens_legend.h"

#include "model/chart/chart_lens.h"

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/chart_painter.h"
#include "ui/canvas/lens_sign.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <vector>

namespace portolan::ui {
namespace {

constexpr double rowHeight = 24;
constexpr double signSide = 15;
constexpr double gap = 20;
constexpr double space = 6;  // between sign, words and count
constexpr int mostLetters = 60;

struct Item {
    const LensEntry* entry = nullptr;  // null: the title
    QString words;
    QString count;
    double sign = 0;  // width
    QPointF at;       // the left end of its row's middle
};

struct Fonts {
    QFont title = chartFont(12, QFont::DemiBold);
    QFont words = chartFont(12, QFont::Normal);
    QFont sign = chartFont(10.5, QFont::Bold);
};

double widthOf(const QString& text, const QFont& font)
{
    return QFontMetricsF(font).horizontalAdvance(text);
}

// From the origin on; answers how many rows they take.
int place(std::vector<Item>& items, const Fonts& fonts, double width)
{
    double x = 0;
    int row = 0;
    for (Item& item : items) {
        const double needed = item.entry ? item.sign + space + widthOf(item.words, fonts.words) +
                                               space + widthOf(item.count, fonts.title)
                                         : widthOf(item.words, fonts.title);
        if (x > 0 && x + needed > width) {
            x = 0;
            ++row;
        }
        item.at = QPointF(x, (row + 0.5) * rowHeight);
        x += needed + gap;
    }
    return row + 1;
}

std::vector<Item> itemsOf(const Chart& chart, const Fonts& fonts)
{
    std::vector<Item> items;
    if (chart.lens.entries.empty())
        return items;
    items.push_back({nullptr, shown(chart.lens.title, mostLetters), {}, 0, {}});
    const std::vector<int> counts = lensCounts(chart);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const LensEntry& entry = chart.lens.entries[i];
        if (counts[i] > 0)
            items.push_back({&entry,
                             shown(entry.words, mostLetters),
                             QString::number(counts[i]),
                             lensSignWidth(entry, signSide, fonts.sign),
                             {}});
    }
    return items;
}

void write(QPainter& painter, const QPointF& middle, const QString& words, const QFont& font,
           const QColor& ink)
{
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(middle + QPointF(0, QFontMetricsF(font).capHeight() / 2), words);
}

}  // namespace

double lensLegendHeight(const Chart& chart, double width)
{
    const Fonts fonts;
    std::vector<Item> items = itemsOf(chart, fonts);
    return items.empty() ? 0 : place(items, fonts, width) * rowHeight;
}

void paintLensLegend(QPainter& painter, const Chart& chart, const QRectF& area, const Theme& theme)
{
    const Fonts fonts;
    std::vector<Item> items = itemsOf(chart, fonts);
    place(items, fonts, area.width());
    for (const Item& item : items) {
        QPointF at = area.topLeft() + item.at;
        if (!item.entry) {
            write(painter, at, item.words, fonts.title, theme.text);
            continue;
        }
        paintLensSign(painter, *item.entry,
                      QRectF(at.x(), at.y() - signSide / 2, item.sign, signSide), fonts.sign,
                      theme);
        at.rx() += item.sign + space;
        write(painter, at, item.words, fonts.words, theme.muted);
        at.rx() += widthOf(item.words, fonts.words) + space;
        write(painter, at, item.count, fonts.title, theme.text);
    }
}

}  // namespace portolan::ui
