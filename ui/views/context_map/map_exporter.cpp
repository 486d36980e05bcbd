// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/map_exporter.h"

#include "model/base/file_store.h"

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/chart_painter.h"
#include "ui/canvas/legend.h"
#include "ui/canvas/svg_device.h"
#include "ui/views/context_map/html_page.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <cmath>

namespace portolan::ui {
namespace {

constexpr double mostPixels = 100e6;
constexpr double longestSide = 32'000;  // pixels: QPainter cannot count further
constexpr int mostPages = 400;
constexpr double smallestScale = 0.05;
constexpr double largestScale = 16;
constexpr double margin = 14;
constexpr double narrowest = 320;  // of a page with a legend
// The sizes of letters in pictures: those of the canvas at this zoom, where all of a card has room.
constexpr double nearZoom = 1.6;
constexpr int bandHeight = 512;  // pixels of a PNG between two looks at whether to stop
constexpr double markGap = 2;    // between a picture on paper and a mark for the knife
constexpr double markEnd = 9;

QString words(const char* text)
{
    return QCoreApplication::translate("MapExporter", text);
}

tl::unexpected<Problem> refused(const char* code, const QString& sentence)
{
    return tl::unexpected(Problem{Severity::Error, code, toStdString(sentence), {}});
}

QString counted(double number)
{
    return QLocale().toString(number, 'f', 0);
}

QRectF chartArea(const Chart& chart, const LayoutResult& layout)
{
    const QRectF bounds = boundsOf(chart, layout);
    return bounds.isEmpty() ? QRectF(0, 0, narrowest, 200)
                            : bounds.adjusted(-margin, -margin, margin, margin).toAlignedRect();
}

// Takes no more once the work is to stop: a large picture is long in the making of its bytes, too.
class StoppableBuffer : public QBuffer {
public:
    explicit StoppableBuffer(const Progress& progress) : m_progress(progress)
    {
        open(QIODevice::WriteOnly);
    }

protected:
    qint64 writeData(const char* data, qint64 length) override
    {
        return m_progress.stopRequested() ? -1 : QBuffer::writeData(data, length);
    }

private:
    const Progress& m_progress;
};

// The chart with its legend below, from (0, 0) on.
class Picture {
public:
    Picture(const Chart& chart, const LayoutResult& layout, const ExportOptions& options)
        : m_chart(chart), m_layout(layout), m_index(indexOf(chart, layout)),
          m_theme(options.isDark ? Theme::dark() : Theme::light()), m_area(chartArea(chart, layout))
    {
        if (options.hasLegend)
            m_legend = legendOf(chart);
        if (!m_legend.isEmpty())
            m_area.setWidth(std::max(m_area.width(), narrowest));
        m_legendHeight = legendHeight(m_legend, m_area.width());
    }

    QSizeF size() const { return {m_area.width(), m_area.height() + m_legendHeight}; }
    const Theme& theme() const { return m_theme; }
    // From afar for a picture in which letters would be too small to read at its own size.
    void setIsNear(bool isNear) { m_isNear = isNear; }

    // `part` in the picture's own units. The painter's transform leads from them.
    void paint(QPainter& painter, const QRectF& part, Progress* progress = nullptr) const
    {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setRenderHint(QPainter::TextAntialiasing);
        painter.save();
        painter.translate(-m_area.topLeft());
        ChartPainter chart(m_chart, m_layout, m_index, m_theme);
        chart.setZoom(m_isNear ? nearZoom : 1, m_isNear ? ZoomLevel::Near : ZoomLevel::Middle);
        chart.setProgress(progress);
        const QRectF visible = part.translated(m_area.topLeft()) & m_area;
        chart.paintGround(painter, visible, false);
        chart.paint(painter, visible);
        painter.restore();
        const QRectF legend(0, m_area.height(), m_area.width(), m_legendHeight);
        if (m_legendHeight > 0 && legend.intersects(part))
            paintLegend(painter, m_legend, legend, m_theme);
    }

private:
    const Chart& m_chart;
    const LayoutResult& m_layout;
    ChartIndex m_index;
    const Theme& m_theme;
    QRectF m_area;
    Legend m_legend;
    double m_legendHeight = 0;
    bool m_isNear = true;
};

double pngScale(const ExportOptions& options)
{
    return std::isfinite(options.scale) ? std::clamp(options.scale, smallestScale, largestScale)
                                        : 1;
}

QSizeF pixelsOf(const QSizeF& size, const ExportOptions& options)
{
    const double scale = pngScale(options);
    return {std::ceil(size.width() * scale), std::ceil(size.height() * scale)};
}

Result<QString> announcedPng(const QSizeF& size, const ExportOptions& options)
{
    const QSizeF pixels = pixelsOf(size, options);
    const QString width = counted(pixels.width());
    const QString height = counted(pixels.height());
    if (pixels.width() * pixels.height() > mostPixels)
        return refused(
            "export.too-large",
            words("A picture of %1 x %2 pixels is more than 100 million. Choose a smaller "
                  "scale, SVG or PDF.")
                .arg(width, height));
    if (std::max(pixels.width(), pixels.height()) > longestSide)
        return refused("export.too-large",
                       words("A picture of %1 x %2 pixels has a side of more than %3. Choose a "
                             "smaller scale, SVG or PDF.")
                           .arg(width, height, counted(longestSide)));
    return words("%1 x %2 pixels").arg(width, height);
}

Result<QString> announcedPdf(const QSizeF& size, const Paper& paper)
{
    if (paper.size == PaperSize::AsPicture)
        return words("One page as large as the picture");
    if (paper.isTiled && !(paper.scale >= smallestScale && paper.scale <= largestScale))
        return refused("export.scale", words("A scale is from 5 % to 1600 %."));
    const PagePlan plan = planOf(size, paper);
    const double pages = static_cast<double>(plan.rows) * plan.columns;
    if (pages > mostPages)
        return refused("export.too-many-pages",
                       words("That would be %1 pages; more than %2 are not made. Choose a smaller "
                             "scale or larger paper.")
                           .arg(counted(pages), counted(mostPages)));
    const QString turn = plan.layout.orientation() == QPageLayout::Landscape ? words("landscape")
                                                                             : words("portrait");
    const QString percent = QString::number(plan.scale * 100, 'f', plan.scale < 0.1 ? 1 : 0);
    if (plan.count() == 1)
        return words("One page, %1, at %2 %").arg(turn, percent);
    return words("%1 pages, %2: %3 by %4 (rows by columns), at %5 %")
        .arg(QString::number(plan.count()), turn, QString::number(plan.rows),
             QString::number(plan.columns), percent);
}

Result<std::string> svg(const Picture& picture, const ExportOptions& options, Progress& progress)
{
    SvgDevice device(picture.size());
    QPainter painter(&device);
    picture.paint(painter, QRectF(QPointF(), picture.size()), &progress);
    painter.end();
    return device.document(options.title);
}

// In bands, each between two looks at whether it is still wanted.
void paintBands(QImage& image, const Picture& picture, double scale, Progress& progress)
{
    QPainter painter(&image);
    for (int top = 0; top < image.height() && !progress.stopRequested(); top += bandHeight) {
        progress.report(top, image.height());
        const QRectF band(0, top / scale, image.width() / scale, bandHeight / scale);
        painter.resetTransform();
        painter.setClipRect(QRect(0, top, image.width(), bandHeight));
        painter.scale(scale, scale);
        picture.paint(painter, band);
    }
}

Result<std::string> png(Picture& picture, const ExportOptions& options, Progress& progress)
{
    const double scale = pngScale(options);
    const QSizeF pixels = pixelsOf(picture.size(), options);
    QImage image(pixels.toSize(), QImage::Format_RGB32);
    if (image.isNull())
        return refused("export.no-memory", words("There is not enough memory for the picture."));
    image.fill(picture.theme().canvas);
    picture.setIsNear(zoomLevel(scale) == ZoomLevel::Near);
    paintBands(image, picture, scale, progress);
    const int dotsPerMetre = static_cast<int>(96 * scale / 0.0254);
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    StoppableBuffer buffer(progress);
    if (!image.save(&buffer, "PNG") && !progress.stopRequested())
        return refused("export.failed", words("The picture could not be encoded as PNG."));
    return buffer.data().toStdString();
}

// In the margins, where to cut; and how far a neighbour shows the same again, to lay one over the other.
void paintCutMarks(QPainter& painter, const PagePlan& plan, int row, int column)
{
    const QRectF box = plan.box(row, column);
    const auto upright = [&](double x) {
        painter.drawLine(QPointF(x, box.top() - markEnd), QPointF(x, box.top() - markGap));
        painter.drawLine(QPointF(x, box.bottom() + markGap), QPointF(x, box.bottom() + markEnd));
    };
    const auto level = [&](double y) {
        painter.drawLine(QPointF(box.left() - markEnd, y), QPointF(box.left() - markGap, y));
        painter.drawLine(QPointF(box.right() + markGap, y), QPointF(box.right() + markEnd, y));
    };
    upright(box.left());
    upright(box.right());
    level(box.top());
    level(box.bottom());
    if (column > 0)
        upright(box.left() + plan.shared);
    if (column + 1 < plan.columns)
        upright(box.right() - plan.shared);
    if (row > 0)
        level(box.top() + plan.shared);
    if (row + 1 < plan.rows)
        level(box.bottom() - plan.shared);
}

// How to put the sheets together, and which one this is.
void paintSheetMarks(QPainter& painter, const PagePlan& plan, int row, int column,
                     const QString& title)
{
    const Theme& theme = Theme::light();  // on paper
    if (plan.count() > 1) {
        painter.setPen(QPen(theme.muted, 0.8));
        paintCutMarks(painter, plan, row, column);
    }
    const QFont font = chartFont(10, QFont::Normal);
    painter.setFont(font);
    painter.setPen(theme.muted);
    const QString name =
        QFontMetricsF(font).elidedText(shown(title, 200), Qt::ElideRight, plan.words.width() / 2);
    painter.drawText(plan.words, Qt::AlignLeft | Qt::AlignBottom, name);
    if (plan.count() > 1)
        painter.drawText(plan.words, Qt::AlignRight | Qt::AlignBottom,
                         sheetName(plan, row, column));
}

void paintSheet(QPainter& painter, const Picture& picture, const PagePlan& plan, int row,
                int column, Progress* progress)
{
    const QRectF part = plan.part(row, column);
    painter.save();
    painter.setClipRect(plan.content);
    painter.translate(plan.content.topLeft());
    painter.scale(plan.scale, plan.scale);
    painter.translate(-part.topLeft());
    picture.paint(painter, part, progress);
    painter.restore();
}

Result<std::string> pdf(const Picture& picture, const ExportOptions& options, Progress& progress)
{
    const PagePlan plan = planOf(picture.size(), options.paper);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(96);
    writer.setTitle(shown(options.title));
    writer.setCreator(QStringLiteral("Portolan"));
    writer.setPageLayout(plan.layout);
    QPainter painter;
    if (!painter.begin(&writer))
        return refused("export.failed", words("The page could not be made."));
    for (int sheet = 0; sheet < plan.count() && !progress.stopRequested(); ++sheet) {
        if (sheet > 0)
            writer.newPage();
        const bool isOnly = plan.count() == 1;
        paintSheet(painter, picture, plan, sheet / plan.columns, sheet % plan.columns,
                   isOnly ? &progress : nullptr);
        if (!plan.words.isEmpty())
            paintSheetMarks(painter, plan, sheet / plan.columns, sheet % plan.columns,
                            options.title);
        if (!isOnly)
            progress.report(sheet + 1, plan.count());
    }
    painter.end();
    return buffer.data().toStdString();
}

Result<std::string> bytesOf(Picture& picture, PictureFormat format, const ExportOptions& options,
                            Progress& progress)
{
    switch (format) {
    case PictureFormat::Svg:
    case PictureFormat::Html:
        return svg(picture, options, progress);
    case PictureFormat::Png:
        return png(picture, options, progress);
    case PictureFormat::Pdf:
        break;
    }
    return pdf(picture, options, progress);
}

}  // namespace

QString sheetName(const PagePlan& plan, int row, int column)
{
    return words("%1 of %2, row %3, column %4")
        .arg(row * plan.columns + column + 1)
        .arg(plan.count())
        .arg(row + 1)
        .arg(column + 1);
}

QSizeF pictureSize(const Chart& chart, const LayoutResult& layout, bool hasLegend)
{
    QSizeF size = chartArea(chart, layout).size();
    const Legend legend = hasLegend ? legendOf(chart) : Legend();
    if (!legend.isEmpty())
        size.setWidth(std::max(size.width(), narrowest));
    return {size.width(), size.height() + legendHeight(legend, size.width())};
}

Result<QString> announced(const QSizeF& size, PictureFormat format, const ExportOptions& options)
{
    switch (format) {
    case PictureFormat::Svg:
        return words("%1 x %2 at 100 %; text stays text")
            .arg(counted(size.width()), counted(size.height()));
    case PictureFormat::Html:
        return words("The picture, and its contexts and relationships as tables");
    case PictureFormat::Png:
        return announcedPng(size, options);
    case PictureFormat::Pdf:
        break;
    }
    return announcedPdf(size, options.paper);
}

Result<std::string> picture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                            const ExportOptions& options, Progress& progress)
{
    Picture made(chart, layout, options);
    if (const Result<QString> possible = announced(made.size(), format, options); !possible)
        return tl::unexpected(possible.error());
    Result<std::string> bytes = bytesOf(made, format, options, progress);
    if (bytes && format == PictureFormat::Html)
        *bytes = htmlPage(chart, *bytes, options.title, made.theme());
    if (progress.stopRequested())
        return tl::unexpected(cancelled());
    return bytes;
}

Result<std::string> picture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                            const ExportOptions& options)
{
    Progress progress;
    return picture(chart, layout, format, options, progress);
}

Result<> exportPicture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                       const std::string& path, const ExportOptions& options, Progress& progress)
{
    const Result<std::string> bytes = picture(chart, layout, format, options, progress);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return saveAtomically(path, *bytes);
}

Result<> exportPicture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                       const std::string& path, const ExportOptions& options)
{
    Progress progress;
    return exportPicture(chart, layout, format, path, options, progress);
}

PictureFormat pictureFormatOf(const QString& path)
{
    if (path.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive))
        return PictureFormat::Png;
    if (path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive))
        return PictureFormat::Pdf;
    if (path.endsWith(QStringLiteral(".html"), Qt::CaseInsensitive))
        return PictureFormat::Html;
    return PictureFormat::Svg;
}

}  // namespace portolan::ui
