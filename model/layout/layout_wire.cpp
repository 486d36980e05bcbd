// SPDX-License-Identifier: Apache-2.0
#include "model/layout/layout_wire.h"

#include <cstring>

namespace portolan {
namespace {

constexpr std::uint32_t requestMark = 0x31514C50;  // "PLQ1"
constexpr std::uint32_t resultMark = 0x31524C50;   // "PLR1"
constexpr std::uint32_t mostThings = 2'000'000;
constexpr double farthest = 1e8;

static_assert(sizeof(double) == 8);

class Writer {
public:
    void number(std::uint32_t value) { append(&value, 4); }
    void number(int value) { number(static_cast<std::uint32_t>(value)); }
    void number(std::size_t value) { number(static_cast<std::uint32_t>(value)); }
    void number(double value) { append(&value, 8); }
    void point(Point p)
    {
        number(p.x);
        number(p.y);
    }
    void rect(const Rect& r)
    {
        point({r.x, r.y});
        point({r.width, r.height});
    }
    std::string take() { return std::move(m_bytes); }

private:
    // Both ends run on one machine; its byte order is the little-endian one on every system we build for.
    void append(const void* data, std::size_t size)
    {
        m_bytes.append(static_cast<const char*>(data), size);
    }

    std::string m_bytes;
};

class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    std::uint32_t number()
    {
        std::uint32_t value = 0;
        take(&value, 4);
        return value;
    }
    int integer() { return static_cast<int>(number()); }
    double real()
    {
        double value = 0;
        take(&value, 8);
        if (!std::isfinite(value) || std::abs(value) > farthest) {
            m_isGood = false;
            return 0;
        }
        return value;
    }
    Point point()
    {
        const double x = real();
        return {x, real()};
    }
    Rect rect()
    {
        const Point corner = point();
        const double width = real();
        return {corner.x, corner.y, width, real()};
    }
    // How many things follow, each of at least `size` bytes.
    std::uint32_t count(std::size_t size)
    {
        const std::uint32_t value = number();
        if (value > mostThings || value * size > m_bytes.size())
            m_isGood = false;
        return m_isGood ? value : 0;
    }
    // A number from `low` up to, not including, `end`.
    int within(int low, std::size_t end)
    {
        const int value = integer();
        if (value < low || value >= static_cast<int>(end))
            m_isGood = false;
        return m_isGood ? value : low;
    }
    void require(bool isTrue) { m_isGood = m_isGood && isTrue; }
    bool isGood() const { return m_isGood; }
    bool isWhole() const { return m_isGood && m_bytes.empty(); }

private:
    void take(void* data, std::size_t size)
    {
        if (!m_isGood || m_bytes.size() < size) {
            m_isGood = false;
            return;
        }
        std::memcpy(data, m_bytes.data(), size);
        m_bytes.remove_prefix(size);
    }

    std::string_view m_bytes;
    bool m_isGood = true;
};

void write(Writer& out, const LayoutEnd& end)
{
    out.number(end.plateWidth);
    out.number(end.plate);
    out.number(end.hasArrow ? 1U : 0U);
}

LayoutEnd readEnd(Reader& in)
{
    LayoutEnd end;
    end.plateWidth = in.real();
    end.plate = in.number();
    end.hasArrow = in.number() != 0;
    return end;
}

}  // namespace

double safeSize(double size)
{
    return std::isfinite(size) ? std::clamp(size, 8.0, 4000.0) : 8.0;
}

std::string toBytes(const LayoutRequest& request)
{
    Writer out;
    out.number(requestMark);
    out.number(static_cast<std::uint32_t>(request.engine));
    out.number(request.isQuick ? 1U : 0U);
    const LayoutMetrics& m = request.metrics;
    for (const double value :
         {m.regionHeader, m.regionPadding, m.plateHeight, m.labelHeight, m.stub, m.columnGap})
        out.number(value);
    out.number(m.gathersGroups ? 1U : 0U);
    out.number(request.groups.size());
    for (const LayoutGroup& group : request.groups) {
        out.number(group.parent);
        out.number(group.titleWidth);
        out.number(group.noteWidth);
    }
    out.number(request.nodes.size());
    for (const LayoutNode& node : request.nodes) {
        out.number(safeSize(node.width));
        out.number(safeSize(node.height));
        out.number(node.group);
        out.number(node.fixed ? 1U : 0U);
        out.point(node.fixed.value_or(Point{}));
    }
    out.number(request.edges.size());
    for (const LayoutEdge& edge : request.edges) {
        out.number(edge.from);
        out.number(edge.to);
        out.number(edge.weight);
        out.number(edge.isDirected ? 1U : 0U);
        write(out, edge.fromEnd);
        write(out, edge.toEnd);
        out.number(edge.labelWidth);
        out.number(edge.smallLabelWidth);
    }
    return out.take();
}

Result<LayoutRequest> layoutRequestFrom(std::string_view bytes)
{
    Reader in(bytes);
    LayoutRequest request;
    in.require(in.number() == requestMark);
    request.engine = in.number() == 0 ? LayoutEngine::Graphviz : LayoutEngine::Simple;
    request.isQuick = in.number() != 0;
    LayoutMetrics& m = request.metrics;
    for (double* value :
         {&m.regionHeader, &m.regionPadding, &m.plateHeight, &m.labelHeight, &m.stub, &m.columnGap})
        *value = in.real();
    m.gathersGroups = in.number() != 0;
    const std::uint32_t groups = in.count(20);
    for (std::uint32_t i = 0; i < groups && in.isGood(); ++i)
        request.groups.push_back({in.within(-1, groups), in.real(), in.real()});
    const std::uint32_t nodes = in.count(40);
    for (std::uint32_t i = 0; i < nodes && in.isGood(); ++i) {
        LayoutNode node;
        node.width = safeSize(in.real());
        node.height = safeSize(in.real());
        node.group = in.within(-1, groups);
        const bool isFixed = in.number() != 0;
        const Point at = in.point();
        if (isFixed)
            node.fixed = at;
        request.nodes.push_back(node);
    }
    const std::uint32_t edges = in.count(68);
    for (std::uint32_t i = 0; i < edges && in.isGood(); ++i) {
        LayoutEdge edge;
        edge.from = in.within(0, nodes);
        edge.to = in.within(0, nodes);
        edge.weight = in.real();
        edge.isDirected = in.number() != 0;
        edge.fromEnd = readEnd(in);
        edge.toEnd = readEnd(in);
        edge.labelWidth = in.real();
        edge.smallLabelWidth = in.real();
        request.edges.push_back(edge);
    }
    if (!in.isWhole())
        return tl::unexpected(
            Problem{Severity::Error, "layout.request", "The layout request is damaged.", {}});
    return request;
}

std::string toBytes(const LayoutResult& result)
{
    Writer out;
    out.number(resultMark);
    out.number(result.positions.size());
    for (const Point position : result.positions)
        out.point(position);
    out.number(result.groupRects.size());
    for (const Rect& rect : result.groupRects)
        out.rect(rect);
    out.number(result.plates.size());
    for (const LayoutPlate& plate : result.plates) {
        out.number(plate.node);
        out.number(static_cast<std::uint32_t>(plate.side));
        out.rect(plate.rect);
    }
    out.number(result.edges.size());
    for (const RoutedEdge& edge : result.edges) {
        out.number(edge.points.size());
        for (const Point point : edge.points)
            out.point(point);
        out.number(edge.gaps.size());
        for (const Point point : edge.gaps)
            out.point(point);
        out.number(edge.fromPlate);
        out.number(edge.toPlate);
        out.number(static_cast<std::uint32_t>(edge.labelForm));
        out.rect(edge.label);
    }
    return out.take();
}

Result<LayoutResult> layoutResultFrom(std::string_view bytes, const LayoutRequest& request)
{
    Reader in(bytes);
    LayoutResult result;
    in.require(in.number() == resultMark);
    const std::uint32_t nodes = in.count(16);
    in.require(nodes == request.nodes.size());
    result.positions.reserve(nodes);
    for (std::uint32_t i = 0; i < nodes && in.isGood(); ++i)
        result.positions.push_back(in.point());
    const std::uint32_t groups = in.count(32);
    in.require(groups == request.groups.size());
    result.groupRects.reserve(groups);
    for (std::uint32_t i = 0; i < groups && in.isGood(); ++i)
        result.groupRects.push_back(in.rect());
    const std::uint32_t plates = in.count(40);
    result.plates.reserve(plates);
    for (std::uint32_t i = 0; i < plates && in.isGood(); ++i) {
        LayoutPlate plate;
        plate.node = in.within(0, nodes);
        plate.side = static_cast<Side>(in.within(0, 4));
        plate.rect = in.rect();
        result.plates.push_back(plate);
    }
    const std::uint32_t edges = in.count(52);
    in.require(edges == request.edges.size());
    result.edges.reserve(edges);
    for (std::uint32_t i = 0; i < edges && in.isGood(); ++i) {
        RoutedEdge edge;
        const std::uint32_t points = in.count(16);
        edge.points.reserve(points);
        for (std::uint32_t p = 0; p < points && in.isGood(); ++p)
            edge.points.push_back(in.point());
        const std::uint32_t gaps = in.count(16);
        edge.gaps.reserve(gaps);
        for (std::uint32_t p = 0; p < gaps && in.isGood(); ++p)
            edge.gaps.push_back(in.point());
        edge.fromPlate = in.within(-1, plates);
        edge.toPlate = in.within(-1, plates);
        edge.labelForm = static_cast<LabelForm>(in.within(0, 3));
        edge.label = in.rect();
        result.edges.push_back(std::move(edge));
    }
    if (!in.isWhole())
        return tl::unexpected(
            Problem{Severity::Error,
                    "layout.result",
                    "The layout helper answered with something else than a layout.",
                    {}});
    return result;
}

}  // namespace portolan
