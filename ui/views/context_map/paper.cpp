// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/paper.h"

#include <QPageSize>

#include <algorithm>
#include <cmath>

namespace portolan::ui {
namespace {

constexpr double unitsPerMm = 96 / 25.4;
constexpr double pointsPerUnit = 0.75;
constexpr double marginMm = 10;  // what every printer can do
constexpr double wordsMm = 6;
constexpr double sharedMm = 10;
constexpr double longestSide = 14000;  // points: beyond, viewers refuse a page

QPageSize::PageSizeId idOf(PaperSize size)
{
    return size == PaperSize::A3       ? QPageSize::A3
           : size == PaperSize::Letter ? QPageSize::Letter
                                       : QPageSize::A4;
}

PagePlan asPicture(const QSizeF& picture)
{
    PagePlan plan;
    plan.picture = picture;
    const double longest = std::max(picture.width(), picture.height()) * pointsPerUnit;
    plan.scale = std::min(1.0, longestSide / longest);
    plan.layout = QPageLayout(QPageSize(picture * pointsPerUnit * plan.scale, QPageSize::Point),
                              QPageLayout::Portrait, QMarginsF());
    plan.content = QRectF(QPointF(), picture * plan.scale);
    return plan;
}

PagePlan emptySheet(PaperSize size, QPageLayout::Orientation orientation)
{
    PagePlan plan;
    plan.layout = QPageLayout(QPageSize(idOf(size)), orientation, QMarginsF());
    const QRectF sheet = plan.layout.fullRect(QPageLayout::Millimeter);
    const double margin = marginMm * unitsPerMm;
    const double words = wordsMm * unitsPerMm;
    plan.content = QRectF(QPointF(), sheet.size() * unitsPerMm)
                       .adjusted(margin, margin, -margin, -margin - words);
    plan.words = QRectF(plan.content.left(), plan.content.bottom(), plan.content.width(), words);
    return plan;
}

int sheetsFor(double length, double content, double shared)
{
    // A hair that is left over makes no sheet.
    return std::max(1, static_cast<int>(std::ceil((length - shared) / (content - shared) - 1e-6)));
}

PagePlan fitted(const QSizeF& picture, PaperSize size, QPageLayout::Orientation orientation)
{
    PagePlan plan = emptySheet(size, orientation);
    plan.picture = picture;
    plan.scale = std::min(
        {1.0, plan.content.width() / picture.width(), plan.content.height() / picture.height()});
    const QSizeF drawn = picture * plan.scale;
    const QPointF room(plan.content.width() - drawn.width(),
                       plan.content.height() - drawn.height());
    plan.content = QRectF(plan.content.topLeft() + room / 2, drawn);
    return plan;
}

PagePlan tiled(const QSizeF& picture, const Paper& paper, QPageLayout::Orientation orientation)
{
    PagePlan plan = emptySheet(paper.size, orientation);
    plan.picture = picture;
    plan.scale = paper.scale;
    plan.shared = sharedMm * unitsPerMm;
    const QSizeF drawn = picture * plan.scale;
    plan.columns = sheetsFor(drawn.width(), plan.content.width(), plan.shared);
    plan.rows = sheetsFor(drawn.height(), plan.content.height(), plan.shared);
    return plan;
}

}  // namespace

QRectF PagePlan::part(int row, int column) const
{
    const QSizeF size = content.size() / scale;
    const double again = shared / scale;
    return {QPointF(column * (size.width() - again), row * (size.height() - again)), size};
}

QRectF PagePlan::box(int row, int column) const
{
    const QRectF shownPart = part(row, column) & QRectF(QPointF(), picture);
    return {content.topLeft(), shownPart.size() * scale};
}

PagePlan planOf(const QSizeF& picture, const Paper& paper)
{
    if (paper.size == PaperSize::AsPicture)
        return asPicture(picture);
    const bool isWide = picture.width() > picture.height();
    const auto own = isWide ? QPageLayout::Landscape : QPageLayout::Portrait;
    if (!paper.isTiled)
        return fitted(picture, paper.size, own);
    const auto other = isWide ? QPageLayout::Portrait : QPageLayout::Landscape;
    const PagePlan first = tiled(picture, paper, own);
    const PagePlan second = tiled(picture, paper, other);
    return second.count() < first.count() ? second : first;
}

}  // namespace portolan::ui
