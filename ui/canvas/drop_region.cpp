// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/drop_region.h"

#include "ui/canvas/chart_painter.h"

namespace portolan::ui {
namespace {

double areaOf(const Rect& rect)
{
    return rect.width * rect.height;
}

int innermostAt(const LayoutResult& layout, Point at)
{
    int found = -1;
    for (std::size_t region = 0; region < layout.groupRects.size(); ++region) {
        const Rect& rect = layout.groupRects[region];
        const bool isInside =
            at.x > rect.x && at.x < rect.right() && at.y > rect.y && at.y < rect.bottom();
        if (isInside && (found < 0 ||
                         areaOf(rect) < areaOf(layout.groupRects[static_cast<std::size_t>(found)])))
            found = static_cast<int>(region);
    }
    return found;
}

int regionFor(const Chart& chart, const LayoutResult& layout, int node, Point at)
{
    if (node < 0)
        return -1;
    const QSizeF size = cardSize();
    const int found = innermostAt(layout, {at.x + size.width() / 2, at.y + size.height() / 2});
    if (found < 0 || found == chart.nodes[static_cast<std::size_t>(node)].region)
        return -1;
    const EntityRef& entity = chart.regions[static_cast<std::size_t>(found)].entity;
    return entity.kind == EntityKind::Domain && !entity.id.empty() ? found : -1;
}

}  // namespace

int dropRegion(const Chart& chart, const LayoutResult& layout,
               const std::vector<std::pair<int, Point>>& cards)
{
    int common = -1;
    for (const auto& [node, at] : cards) {
        const int region = regionFor(chart, layout, node, at);
        // Cards that only pass by on the way of others keep their domain: all go to one, or none does.
        if (region < 0 || (common >= 0 && region != common))
            return -1;
        common = region;
    }
    return common;
}

}  // namespace portolan::ui
