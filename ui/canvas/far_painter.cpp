// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/far_painter.h"

#include "ui/base/theme.h"
#include "ui/canvas/lens_sign.h"
#include "ui/canvas/table_painter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace portolan::ui {
namespace {

constexpr double plainCardPx = 44;    // below this width on the screen a card is a plain rectangle
constexpr double lookedAtPx = 14;     // from this width on
constexpr double leafRegionPx = 110;  // below this width bundles go between the outer regions
constexpr double thinnestPx = 1.4;
constexpr double thickestPx = 6;
constexpr double bundleStrength = 0.5;
constexpr double cardStrength = 0.75;
constexpr double dimmed = 0.35;

// Rectangles and lines written into the pixels of a picture, cut at its borders.
class Pixels {
public:
    explicit Pixels(QImage& picture)
        : m_width(picture.width()), m_height(picture.height()),
          m_stride(picture.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb))),
          m_bits(reinterpret_cast<QRgb*>(picture.bits()))
    {
    }

    // From left and top up to, without, right and bottom. At least one pixel: what is there is seen.
    void fill(int left, int top, int right, int bottom, QRgb ink)
    {
        const int x0 = std::max(left, 0);
        const int y0 = std::max(top, 0);
        const int x1 = std::min(std::max(right, left + 1), m_width);
        const int y1 = std::min(std::max(bottom, top + 1), m_height);
        for (int y = y0; y < y1 && x0 < x1; ++y)
            std::fill(row(y) + x0, row(y) + x1, ink);
    }

    // With soft borders: each pixel is covered as far as the line's cut across the longer axis covers it. Positions in 256ths.
    void line(QPointF from, QPointF to, double width, QRgb ink, double strength)
    {
        const bool isLevel = std::abs(to.x() - from.x()) >= std::abs(to.y() - from.y());
        if (!isLevel) {
            from = from.transposed();
            to = to.transposed();
        }
        if (from.x() > to.x())
            std::swap(from, to);
        const double run = to.x() - from.x();
        const double slope = run > 0 ? (to.y() - from.y()) / run : 0;
        const auto half = static_cast<std::int64_t>(width * 128 * std::sqrt(1 + slope * slope));
        const int most = isLevel ? m_width : m_height;
        const int end = whole(std::ceil(to.x()), most);
        const std::int64_t across = isLevel ? m_height : m_width;
        const auto part = static_cast<std::int64_t>(strength * 256);
        const qsizetype step = isLevel ? m_stride : 1;
        for (int x = whole(from.x(), most); x < end; ++x) {
            const auto middle =
                static_cast<std::int64_t>((from.y() + slope * (x + 0.5 - from.x())) * 256);
            const std::int64_t top = middle - half;
            const std::int64_t bottom = middle + half;
            if (bottom <= 0 || top >= across * 256)
                continue;
            const std::int64_t first = std::max<std::int64_t>(0, top >> 8);
            const std::int64_t last = std::min(across - 1, bottom >> 8);
            QRgb* pixel = isLevel ? row(static_cast<int>(first)) + x : row(x) + first;
            for (std::int64_t y = first; y <= last; ++y, pixel += step) {
                const std::int64_t covered =
                    std::min(bottom, (y + 1) * 256) - std::max(top, y * 256);
                blend(*pixel, ink, static_cast<std::uint32_t>(covered * part >> 8));
            }
        }
    }

private:
    QRgb* row(int y) const { return m_bits + y * m_stride; }
    static int whole(double value, int most)
    {
        return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
    }
    // `part` of 256. Red with blue and green alone, as far apart as products need.
    static void blend(QRgb& pixel, QRgb ink, std::uint32_t part)
    {
        constexpr std::uint32_t redBlue = 0x00ff00ff;
        constexpr std::uint32_t green = 0x0000ff00;
        const std::uint32_t rest = 256 - part;
        pixel = 0xff000000 |
                ((((pixel & redBlue) * rest + (ink & redBlue) * part) >> 8) & redBlue) |
                ((((pixel & green) * rest + (ink & green) * part) >> 8) & green);
    }

    int m_width;
    int m_height;
    qsizetype m_stride;
    QRgb* m_bits;
};

}  // namespace

bool isFarPicture(double zoom)
{
    return cardSize().width() * zoom < plainCardPx;
}

BundlesInSight bundlesInSight(const Chart& chart, const LayoutResult& layout,
                              const ChartIndex& index, double zoom, const QRectF& visible)
{
    const bool isByRoot = index.hasNestedRegions() && index.medianLeafWidth() * zoom < leafRegionPx;
    const std::vector<EdgeBundle>& bundles = index.bundles(isByRoot);
    BundlesInSight result;
    if (bundles.empty())
        return result;
    const auto center = [&chart, &layout](int place) {
        const auto at = static_cast<std::size_t>(place >= 0 ? place : -1 - place);
        return place >= 0
                   ? toQRect(layout.groupRects[at]).center()
                   : QRectF(toQPoint(layout.positions[at]), sizeOf(chart.nodes[at])).center();
    };
    const double heaviest = std::sqrt(static_cast<double>(bundles.front().count));
    for (const EdgeBundle& bundle : bundles) {
        const QPointF from = center(bundle.from);
        const QPointF to = center(bundle.to);
        // Straight ones have an area too.
        if (!QRectF(from, to).normalized().adjusted(-1, -1, 1, 1).intersects(visible))
            continue;
        if (result.lines.size() == mostBundles) {
            ++result.hidden;
            continue;
        }
        const double weight = heaviest < 1.5 ? 0 : std::sqrt(bundle.count) / heaviest;
        result.lines.push_back({from, to, thinnestPx + (thickestPx - thinnestPx) * weight * weight,
                                bundle.hasUndeclared});
    }
    return result;
}

FarPicture::FarPicture(const Chart& chart, const LayoutResult& layout, const ChartIndex& index,
                       const Theme& theme, const ChartMarks* marks)
    : m_chart(chart), m_layout(layout), m_index(index), m_theme(theme), m_marks(marks)
{
}

void FarPicture::paint(QImage& picture, const QTransform& toPixels, const QRectF& visible,
                       const std::vector<int>& regions, const BundlesInSight& bundles) const
{
    picture.fill(m_theme.canvas);
    Pixels pixels(picture);
    const double scale = toPixels.m11();
    // Down to whole pixels. Far outside the picture all is the same.
    constexpr double off = 1 << 20;
    const auto down = [off](double at) {
        return static_cast<int>(std::clamp(at, -off, off) + off) - static_cast<int>(off);
    };
    const double left0 = toPixels.dx();
    const double top0 = toPixels.dy();
    const auto x = [&](double at) { return down(at * scale + left0); };
    const auto y = [&](double at) { return down(at * scale + top0); };
    const std::vector<LensEntry>& lens = m_chart.lens.entries;
    const bool hasLens = !lens.empty();
    for (const int number : regions) {
        const auto at = static_cast<std::size_t>(number);
        const int hue = m_chart.regions[at].hue;
        const Rect& rect = m_layout.groupRects[at];
        const bool isSelected = m_marks && m_marks->selectedRegions.contains(number);
        const QColor outline = isSelected ? m_theme.accent
                               : hasLens  ? m_theme.plainRegionOutline()
                                          : m_theme.regionOutline(hue);
        const QColor fill = hasLens ? m_theme.plainRegionFill() : m_theme.regionFill(hue);
        const int line = isSelected ? 2 : 1;
        pixels.fill(x(rect.x), y(rect.y), x(rect.right()), y(rect.bottom()), outline.rgb());
        pixels.fill(x(rect.x) + line, y(rect.y) + line, x(rect.right()) - line,
                    y(rect.bottom()) - line, fill.rgb());
    }

    const auto drawBundles = [&] {
        for (const BundlesInSight::Line& line : bundles.lines)
            pixels.line(toPixels.map(line.from), toPixels.map(line.to),
                        line.px * picture.devicePixelRatio(),
                        (line.isUndeclared ? m_theme.warning.ink : m_theme.edge).rgb(),
                        bundleStrength);
    };
    // Behind cards that are large enough to be looked at; over those that would hide them.
    const bool isBehind = cardSize().width() * scale >= lookedAtPx * picture.devicePixelRatio();
    if (isBehind)
        drawBundles();

    // One ink for each hue and for none; each dimmed as well.
    constexpr std::size_t plain = Theme::hueCount;
    std::array<QRgb, 2 * (plain + 1)> inks = {};
    for (std::size_t i = 0; i <= plain; ++i) {
        const QColor ink = i == plain ? m_theme.muted : m_theme.hues[i];
        inks[i] = mixed(ink, m_theme.base, cardStrength).rgb();
        inks[i + plain + 1] = mixed(ink, m_theme.base, cardStrength * dimmed).rgb();
    }
    // Under a lens: one ink for each entry, full and dimmed; and what is not known is hollow.
    struct LensLook {
        QRgb ink[2];
        bool isHollow;
    };
    std::vector<LensLook> lensLooks;
    for (const LensEntry& entry : lens) {
        const QColor ink = lensInk(m_theme, entry);
        lensLooks.push_back({{ink.rgb(), mixed(ink, m_theme.base, dimmed).rgb()}, isHollow(entry)});
    }
    const QRgb hollow = m_theme.base.rgb();
    std::array<QRgb, 3> signs = {};
    signs[static_cast<std::size_t>(Severity::Note)] = m_theme.info.ink.rgb();
    signs[static_cast<std::size_t>(Severity::Warning)] = m_theme.warning.ink.rgb();
    signs[static_cast<std::size_t>(Severity::Error)] = m_theme.error.ink.rgb();
    const QRgb selectedInk = m_theme.accent.rgb();
    const bool isDimmed = m_marks && m_marks->isDimmed;
    const bool hasSelection = m_marks && !m_marks->selectedNodes.empty();
    const int cardPixelsWide = std::max(1, down(cardSize().width() * scale));
    const int cardPixelsHigh = std::max(1, down(cardSize().height() * scale));
    const int sign = std::clamp(cardPixelsHigh, 2, 8);
    m_index.visitNodes(
        {visible.x(), visible.y(), visible.width(), visible.height()}, [&](std::uint32_t node) {
            const NodeLook look = m_index.look(node);
            const int left = x(m_layout.positions[node].x);
            const int top = y(m_layout.positions[node].y);
            int width = cardPixelsWide;
            int height = cardPixelsHigh;
            if (look.isOdd) {
                const QSizeF size = sizeOf(m_chart.nodes[node]);
                width = std::max(1, down(size.width() * scale));
                height = std::max(1, down(size.height() * scale));
            }
            const bool isBack = isDimmed && !m_marks->fullNodes.contains(static_cast<int>(node));
            const bool isSelected =
                hasSelection && m_marks->selectedNodes.contains(static_cast<int>(node));
            if (hasLens) {
                const auto entry = static_cast<std::size_t>(look.lens);
                const bool isAsked = look.lens >= 0 && entry < lensLooks.size();
                const QRgb ink = isSelected ? selectedInk
                                 : isAsked  ? lensLooks[entry].ink[isBack ? 1 : 0]
                                            : inks[isBack ? 2 * plain + 1 : plain];
                pixels.fill(left, top, left + width, top + height, ink);
                const bool isOpen = !isAsked || lensLooks[entry].isHollow;
                if (isOpen && !isSelected && width > 2 && height > 2)
                    pixels.fill(left + 1, top + 1, left + width - 1, top + height - 1, hollow);
                return;
            }
            std::size_t kind = look.hue < 0 ? plain : static_cast<std::size_t>(look.hue) % plain;
            if (isBack)
                kind += plain + 1;
            pixels.fill(left, top, left + width, top + height,
                        isSelected ? selectedInk : inks[kind]);
            if (look.badge >= 0)
                pixels.fill(left + width - sign, top, left + width, top + sign,
                            signs[static_cast<std::size_t>(look.badge)]);
        });
    if (!isBehind)
        drawBundles();
}

}  // namespace portolan::ui
