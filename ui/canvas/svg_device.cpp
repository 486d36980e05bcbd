// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/svg_device.h"

#include <QFontMetricsF>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>

#include <array>
#include <charconv>
#include <cmath>

namespace portolan::ui {
namespace {

// Two decimals are finer than any screen; no locale has a say.
std::string number(double value)
{
    if (!std::isfinite(value))
        return "0";
    std::array<char, 64> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(),
                                   std::round(value * 100) / 100 + 0.0)
                         .ptr;
    return {digits.data(), end};
}

std::string pair(const QPointF& p)
{
    return number(p.x()) + " " + number(p.y());
}

std::string color(const QColor& value)
{
    return value.name(QColor::HexRgb).toStdString();
}

std::string opacity(const char* name, double value)
{
    return value >= 0.999 ? std::string() : " " + std::string(name) + "=\"" + number(value) + "\"";
}

std::string data(const QPainterPath& path)
{
    std::string text;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        switch (element.type) {
        case QPainterPath::MoveToElement:
            text += "M" + pair(element);
            break;
        case QPainterPath::LineToElement:
            text += "L" + pair(element);
            break;
        case QPainterPath::CurveToElement:
            text += "C" + pair(element);
            break;
        case QPainterPath::CurveToDataElement:
            text += " " + pair(element);
            break;
        }
    }
    return text;
}

bool mayStandInXml(char32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
           (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

}  // namespace

std::string xmlText(const QString& text)
{
    std::string escaped;
    for (const char32_t c : text.toUcs4()) {
        switch (c) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\'':
            escaped += "&#39;";
            break;
        default:
            if (mayStandInXml(c))
                escaped += QString::fromUcs4(&c, 1).toStdString();
        }
    }
    return escaped;
}

class SvgEngine : public QPaintEngine {
public:
    SvgEngine() : QPaintEngine(AllFeatures) {}

    bool begin(QPaintDevice*) override
    {
        m_body.clear();
        m_clips.clear();
        return true;
    }
    bool end() override { return true; }
    Type type() const override { return User; }
    void updateState(const QPaintEngineState& newState) override
    {
        if ((newState.state() & (DirtyClipPath | DirtyClipRegion | DirtyClipEnabled)) != 0)
            updateClip(newState);
    }

    void drawPath(const QPainterPath& path) override
    {
        std::string attributes = fillAttributes() + strokeAttributes();
        if (path.fillRule() == Qt::OddEvenFill)
            attributes += " fill-rule=\"evenodd\"";
        write(path, attributes);
    }

    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override
    {
        QPolygonF polygon(QList<QPointF>(points, points + count));
        QPainterPath path;
        path.addPolygon(polygon);
        if (mode == PolylineMode) {
            write(path, " fill=\"none\"" + strokeAttributes());
            return;
        }
        path.closeSubpath();
        write(path, fillAttributes() + strokeAttributes());
    }

    void drawLines(const QLineF* lines, int count) override
    {
        QPainterPath path;
        for (int i = 0; i < count; ++i) {
            path.moveTo(lines[i].p1());
            path.lineTo(lines[i].p2());
        }
        write(path, " fill=\"none\"" + strokeAttributes());
    }

    void drawPoints(const QPointF* points, int count) override
    {
        QPainterPath path;
        for (int i = 0; i < count; ++i) {
            path.moveTo(points[i]);
            path.lineTo(points[i] + QPointF(0.01, 0));
        }
        write(path, " fill=\"none\"" + strokeAttributes());
    }

    // Charts have no pictures; were there one, it would be left out rather than embedded.
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}

    void drawTextItem(const QPointF& at, const QTextItem& item) override
    {
        const QFont font = item.font();
        const double px = font.pointSizeF() > 0 ? font.pointSizeF() / 0.75 : font.pixelSize();
        const int weight = font.weight();
        m_body += "<text" + transform() + clip() + " x=\"" + number(at.x()) + "\" y=\"" +
                  number(at.y()) + "\" font-size=\"" + number(px) + "\" font-weight=\"" +
                  std::to_string(weight) + "\" fill=\"" + color(state->pen().color()) + "\"" +
                  opacity("fill-opacity", state->pen().color().alphaF() * state->opacity()) +
                  " textLength=\"" + number(item.width()) +
                  "\" lengthAdjust=\"spacingAndGlyphs\">" + xmlText(item.text()) + "</text>\n";
    }

    std::string body() const { return m_body; }
    std::string definitions() const { return m_clips; }

private:
    void write(const QPainterPath& path, const std::string& attributes)
    {
        if (!path.isEmpty())
            m_body += "<path" + transform() + clip() + attributes + " d=\"" + data(path) + "\"/>\n";
    }

    std::string transform() const
    {
        const QTransform& t = state->transform();
        if (t.isIdentity())
            return {};
        return " transform=\"matrix(" + number(t.m11()) + " " + number(t.m12()) + " " +
               number(t.m21()) + " " + number(t.m22()) + " " + number(t.dx()) + " " +
               number(t.dy()) + ")\"";
    }

    std::string fillAttributes() const
    {
        const QBrush brush = state->brush();
        if (brush.style() == Qt::NoBrush)
            return " fill=\"none\"";
        return " fill=\"" + color(brush.color()) + "\"" +
               opacity("fill-opacity", brush.color().alphaF() * state->opacity());
    }

    std::string strokeAttributes() const
    {
        const QPen pen = state->pen();
        if (pen.style() == Qt::NoPen)
            return {};
        const double width = pen.widthF() <= 0 ? 1 : pen.widthF();
        std::string text = " stroke=\"" + color(pen.color()) + "\" stroke-width=\"" +
                           number(width) + "\"" +
                           opacity("stroke-opacity", pen.color().alphaF() * state->opacity());
        if (pen.capStyle() == Qt::RoundCap)
            text += " stroke-linecap=\"round\"";
        if (pen.joinStyle() == Qt::RoundJoin)
            text += " stroke-linejoin=\"round\"";
        if (pen.style() != Qt::SolidLine) {
            std::string dashes;
            for (const qreal dash : pen.dashPattern())
                dashes += (dashes.empty() ? "" : " ") + number(dash * width);
            text += " stroke-dasharray=\"" + dashes + "\"";
        }
        return text;
    }

    std::string clip() const
    {
        return m_clip == 0 ? std::string() : " clip-path=\"url(#c" + std::to_string(m_clip) + ")\"";
    }

    // Clips come in chart coordinates; a transform on what is drawn would move them too, so none may change under a clip.
    void updateClip(const QPaintEngineState& newState)
    {
        if (!newState.isClipEnabled() && !newState.painter()->hasClipping()) {
            m_clip = 0;
            return;
        }
        const QPainterPath path = newState.painter()->clipPath();
        if (path.isEmpty()) {
            m_clip = 0;
            return;
        }
        ++m_clipCount;
        m_clip = m_clipCount;
        m_clips += "<clipPath id=\"c" + std::to_string(m_clip) + "\"><path d=\"" + data(path) +
                   "\"/></clipPath>\n";
    }

    std::string m_body;
    std::string m_clips;
    int m_clip = 0;
    int m_clipCount = 0;
};

SvgDevice::SvgDevice(const QSizeF& size) : m_size(size), m_engine(std::make_unique<SvgEngine>()) {}

SvgDevice::~SvgDevice() = default;

QPaintEngine* SvgDevice::paintEngine() const
{
    return m_engine.get();
}

std::string SvgDevice::document(const QString& title) const
{
    const std::string width = number(m_size.width());
    const std::string height = number(m_size.height());
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" +
           width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height +
           "\" font-family=\"Inter, 'Noto Sans', 'DejaVu Sans', sans-serif\">\n<title>" +
           xmlText(title) + "</title>\n<defs>\n" + m_engine->definitions() + "</defs>\n" +
           m_engine->body() + "</svg>\n";
}

int SvgDevice::metric(PaintDeviceMetric metric) const
{
    switch (metric) {
    case PdmWidth:
        return static_cast<int>(std::ceil(m_size.width()));
    case PdmHeight:
        return static_cast<int>(std::ceil(m_size.height()));
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return 96;
    case PdmWidthMM:
        return static_cast<int>(m_size.width() * 25.4 / 96);
    case PdmHeightMM:
        return static_cast<int>(m_size.height() * 25.4 / 96);
    case PdmNumColors:
        return 0x7FFFFFFF;
    case PdmDepth:
        return 32;
    case PdmDevicePixelRatio:
        return 1;
    default:
        return QPaintDevice::metric(metric);
    }
}

}  // namespace portolan::ui
