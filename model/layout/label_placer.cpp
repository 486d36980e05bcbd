// SPDX-License-Identifier: Apache-2.0
#include "model/layout/label_placer.h"

#include "model/layout/rect_grid.h"

#include <array>
#include <optional>

namespace portolan {
namespace {

constexpr std::size_t mostLabels = 800;
constexpr std::size_t mostEdgesLookedAt =
    4000;                        // beyond, pills keep off cards and each other but not off lines
constexpr double lineLeft = 26;  // of the run, at both ends of a pill together
constexpr std::array<double, 9> places = {0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9};

struct Run {
    Point a, b;
    std::size_t edge;

    bool isLevel() const { return std::abs(a.y - b.y) < 0.02; }
    double length() const { return std::abs(a.x - b.x) + std::abs(a.y - b.y); }
};

class LabelPlacer {
public:
    LabelPlacer(const LayoutRequest& request, LayoutResult& result)
        : m_request(request), m_result(result)
    {
        for (std::size_t node = 0; node < request.nodes.size(); ++node)
            m_taken.add(nodeRect(request, result.positions, node).grown(3), node);
        for (const LayoutPlate& plate : result.plates)
            m_taken.add(plate.rect.grown(3), 0);
        for (const Rect& group : result.groupRects) {
            if (!group.isEmpty())
                m_taken.add({group.x, group.y, group.width, request.metrics.regionHeader}, 0);
        }
        for (std::size_t edge = 0;
             edge < result.edges.size() && result.edges.size() <= mostEdgesLookedAt; ++edge) {
            const auto& points = result.edges[edge].points;
            for (std::size_t i = 0; i + 1 < points.size(); ++i)
                m_runs.push_back({points[i], points[i + 1], edge});
        }
    }

    void run()
    {
        std::size_t placed = 0;
        for (std::size_t edge = 0; edge < m_result.edges.size() && placed < mostLabels; ++edge)
            placed += place(edge) ? 1 : 0;
    }

private:
    // Answers whether it has a label at all.
    bool place(std::size_t number)
    {
        const LayoutEdge& edge = m_request.edges[number];
        if (edge.labelWidth <= 0)
            return false;
        for (const LabelForm form : {LabelForm::Full, LabelForm::Icon}) {
            const double width = form == LabelForm::Full ? edge.labelWidth : edge.smallLabelWidth;
            for (const bool mayCross : {false, true}) {
                if (const auto rect = find(number, width, mayCross)) {
                    m_result.edges[number].label = *rect;
                    m_result.edges[number].labelForm = form;
                    m_taken.add(rect->grown(9), number);
                    return true;
                }
            }
        }
        return true;
    }

    std::vector<Run> runsOf(std::size_t edge) const
    {
        std::vector<Run> runs;
        const auto& points = m_result.edges[edge].points;
        for (std::size_t i = 0; i + 1 < points.size(); ++i)
            runs.push_back({points[i], points[i + 1], edge});
        // Level runs carry a pill better than upright ones of the same length.
        std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
            return a.length() * (a.isLevel() ? 1.6 : 1) > b.length() * (b.isLevel() ? 1.6 : 1);
        });
        return runs;
    }

    std::optional<Rect> find(std::size_t edge, double width, bool mayCross) const
    {
        const double height = m_request.metrics.labelHeight;
        const std::vector<Run> runs = runsOf(edge);
        for (const Run& run : runs) {
            const double needed = (run.isLevel() ? width : height) + lineLeft;
            if (run.length() < needed)
                continue;
            for (const double place : places) {
                const double middle =
                    std::clamp(place * run.length(), needed / 2, run.length() - needed / 2) /
                    run.length();
                const Point at = {run.a.x + (run.b.x - run.a.x) * middle,
                                  run.a.y + (run.b.y - run.a.y) * middle};
                const Rect rect{at.x - width / 2, at.y - height / 2, width, height};
                if (isFree(rect, edge, mayCross))
                    return rect;
            }
        }
        for (const Run& run : runs) {  // beside a run that is too short to carry it
            const Point middle = {(run.a.x + run.b.x) / 2, (run.a.y + run.b.y) / 2};
            for (const int side : {1, -1}) {
                const Rect rect = run.isLevel()
                                      ? Rect{middle.x - width / 2,
                                             middle.y + (side > 0 ? -height - 5 : 5), width, height}
                                      : Rect{middle.x + (side > 0 ? 8 : -8 - width),
                                             middle.y - height / 2, width, height};
                if (isFree(rect, edge, false))
                    return rect;
            }
        }
        return std::nullopt;
    }

    bool isFree(const Rect& rect, std::size_t edge, bool mayCross) const
    {
        if (m_taken.meets(rect))
            return false;
        return mayCross || std::none_of(m_runs.begin(), m_runs.end(), [&](const Run& run) {
                   return run.edge != edge && around(run.a, run.b).grown(4).intersects(rect);
               });
    }

    const LayoutRequest& m_request;
    LayoutResult& m_result;
    RectGrid m_taken;  // cards, plates, headers, and pills placed before
    std::vector<Run> m_runs;
};

}  // namespace

void placeLabels(const LayoutRequest& request, LayoutResult& result)
{
    const bool hasLabels = std::any_of(request.edges.begin(), request.edges.end(),
                                       [](const LayoutEdge& edge) { return edge.labelWidth > 0; });
    if (hasLabels)
        LabelPlacer(request, result).run();
}

}  // namespace portolan
