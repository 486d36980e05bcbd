// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/map_exporter.h"

#include "model/base/file_store.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/chart_painter.h"
#include "ui/canvas/lens_legend.h"
#include "ui/canvas/svg_device.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QPageLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include <cmath>

namespace portolan::ui {
namespace {

constexpr double mostPixels = 200e6;
constexpr double longestPdfSide = 14000;  // points: beyond, viewers refuse a page

QString words(const char* text)
{
    return QCoreApplication::translate("MapExporter", text);
}

tl::unexpected<Problem> refused(const char* code, const QString& sentence)
{
    return tl::unexpected(Problem{Severity::Error, code, toStdString(sentence), {}});
}

constexpr double margin = 14;       // of a page, around what is painted
constexpr double legendInset = 10;  // from there, below the regions

// What is exported: the chart's bounds with the legend of its lens below, or a small page for an empty one.
QRectF pageOf(const Chart& chart, const LayoutResult& layout)
{
    const QRectF bounds = boundsOf(chart, layout);
    return bounds.isEmpty()
               ? QRectF(0, 0, 320, 200)
               : bounds
                     .adjusted(-margin, -margin, margin,
                               margin + lensLegendHeight(chart, bounds.width() - 2 * legendInset))
                     .toAlignedRect();
}

void paintPicture(QPainter& painter, const Chart& chart, const LayoutResult& layout,
                  const ExportOptions& options, const QRectF& page)
{
    const Theme& theme = options.isDark ? Theme::dark() : Theme::light();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.translate(-page.topLeft());
    const ChartIndex index = indexOf(chart, layout);
    ChartPainter chartPainter(chart, layout, index, theme);
    chartPainter.setZoom(1, ZoomLevel::Middle);
    chartPainter.paintGround(painter, page, false);
    chartPainter.paint(painter, page);
    const double width = page.width() - 2 * (margin + legendInset);
    const double height = lensLegendHeight(chart, width);
    paintLensLegend(
        painter, chart,
        QRectF(page.left() + margin + legendInset, page.bottom() - margin - height, width, height),
        theme);
}

Result<std::string> svg(const Chart& chart, const LayoutResult& layout,
                        const ExportOptions& options)
{
    const QRectF page = pageOf(chart, layout);
    SvgDevice device(page.size());
    QPainter painter(&device);
    paintPicture(painter, chart, layout, options, page);
    painter.end();
    return device.document(options.title);
}

Result<std::string> png(const Chart& chart, const LayoutResult& layout,
                        const ExportOptions& options)
{
    const QRectF page = pageOf(chart, layout);
    const double scale = std::isfinite(options.scale) ? std::clamp(options.scale, 0.05, 16.0) : 1;
    const double width = std::ceil(page.width() * scale);
    const double height = std::ceil(page.height() * scale);
    if (width * height > mostPixels)
        return refused(
            "export.too-large",
            words("A picture of %1 x %2 pixels is more than 200 million. Choose a smaller "
                  "scale, SVG or PDF.")
                .arg(width, 0, 'f', 0)
                .arg(height, 0, 'f', 0));
    QImage image(static_cast<int>(width), static_cast<int>(height), QImage::Format_RGB32);
    if (image.isNull())
        return refused("export.no-memory", words("There is not enough memory for the picture."));
    const int dotsPerMetre = static_cast<int>(96 * scale / 0.0254);
    QPainter painter(&image);
    painter.scale(scale, scale);
    paintPicture(painter, chart, layout, options, page);
    painter.end();
    image.setDotsPerMeterX(dotsPerMetre);
    image.setDotsPerMeterY(dotsPerMetre);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return refused("export.failed", words("The picture could not be encoded as PNG."));
    return buffer.data().toStdString();
}

Result<std::string> pdf(const Chart& chart, const LayoutResult& layout,
                        const ExportOptions& options)
{
    const QRectF page = pageOf(chart, layout);
    const double longest = std::max(page.width(), page.height()) * 0.75;
    const double scale = std::min(1.0, longestPdfSide / longest);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(96);
    writer.setTitle(shown(options.title));
    writer.setCreator(QStringLiteral("Portolan"));
    writer.setPageLayout(QPageLayout(QPageSize(page.size() * 0.75 * scale, QPageSize::Point),
                                     QPageLayout::Portrait, QMarginsF()));
    QPainter painter;
    if (!painter.begin(&writer))
        return refused("export.failed", words("The page could not be made."));
    painter.scale(scale, scale);
    paintPicture(painter, chart, layout, options, page);
    painter.end();
    return buffer.data().toStdString();
}

}  // namespace

Result<std::string> picture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                            const ExportOptions& options)
{
    switch (format) {
    case PictureFormat::Svg:
        return svg(chart, layout, options);
    case PictureFormat::Png:
        return png(chart, layout, options);
    case PictureFormat::Pdf:
        break;
    }
    return pdf(chart, layout, options);
}

Result<> exportPicture(const Chart& chart, const LayoutResult& layout, PictureFormat format,
                       const std::string& path, const ExportOptions& options)
{
    const Result<std::string> bytes = picture(chart, layout, format, options);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return saveAtomically(path, *bytes);
}

PictureFormat pictureFormatOf(const QString& path)
{
    if (path.endsWith(QStringLiteral(".png"), Qt::CaseInsensitive))
        return PictureFormat::Png;
    if (path.endsWith(QStringLiteral(".pdf"), Qt::CaseInsensitive))
        return PictureFormat::Pdf;
    return PictureFormat::Svg;
}

}  // namespace portolan::ui
