// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/map_exporter.h"

#include "model/chart/context_map_chart.h"
#include "model/map/map_document.h"
#include "tests/support/text_output.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/chart_painter.h"
#include "ui/canvas/svg_device.h"

#include <QApplication>
#include <QFile>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <random>

namespace portolan::ui {
namespace {

LayoutResult laidOut(const Chart& chart)
{
    const LayoutRequest request = measured(chart);
    return completeLayout(request, std::vector<Point>(request.nodes.size()));
}

Chart exampleChart()
{
    const auto document = MapDocument::read(tests::testData("charts/insurer-map.json"), "map");
    return document ? contextMapChart(document->map(), Estate(), MapDrift(), {}) : Chart();
}

// One card with this name everywhere that a name can stand.
Chart chartNamed(const std::string& name)
{
    Chart chart;
    ChartRegion region;
    region.entity = {EntityKind::Domain, "d"};
    region.title = region.code = region.note = name;
    chart.regions = {region};
    for (const char* id : {"a", "b"}) {
        ChartNode node;
        node.entity = {EntityKind::BoundedContext, id};
        node.title = node.secondary = node.note = name;
        node.region = 0;
        node.hue = 0;
        node.place = Point{id[0] == 'a' ? 0.0 : 500.0, 0.0};
        chart.nodes.push_back(node);
    }
    chart.nodes[1].products.push_back(
        {"p", name, ProductKind::State, Authority::Derived, {name, {}}});
    ChartEdge edge;
    edge.entity = {EntityKind::Relationship, "r"};
    edge.to = 1;
    edge.fromEnd.cells.push_back({PlateCell::Kind::Role, name, {}});
    edge.pill = {ChartPill::Kind::Name, name};
    chart.edges.push_back(edge);
    return chart;
}

// What an SVG says and what is wrong with it.
struct Read {
    QString text;
    QString fault;
};

Read readSvg(const std::string& bytes, const QStringList& page = {})
{
    Read read;
    QXmlStreamReader xml(QByteArray::fromStdString(bytes));
    const QStringList known{QStringLiteral("svg"),      QStringLiteral("title"),
                            QStringLiteral("defs"),     QStringLiteral("path"),
                            QStringLiteral("clipPath"), QStringLiteral("text")};
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement()) {
            if (!known.contains(xml.name().toString()) && !page.contains(xml.name().toString()))
                read.fault = QStringLiteral("element ") + xml.name().toString();
            for (const QXmlStreamAttribute& attribute : xml.attributes()) {
                const QString name = attribute.name().toString();
                if (name.startsWith(QStringLiteral("on")) ||
                    name.contains(QStringLiteral("href")) || name == QStringLiteral("style"))
                    read.fault = QStringLiteral("attribute ") + name;
                if (attribute.value().contains(QStringLiteral("script"), Qt::CaseInsensitive))
                    read.fault = QStringLiteral("script in ") + name;
            }
        }
        if (xml.isCharacters())
            read.text += xml.text();
    }
    if (xml.hasError())
        read.fault = xml.errorString();
    return read;
}

QByteArray pdfOf(const Chart& chart, const Paper& paper)
{
    ExportOptions options;
    options.paper = paper;
    options.title = QStringLiteral("Harbour");
    const Result<std::string> bytes = picture(chart, laidOut(chart), PictureFormat::Pdf, options);
    return bytes ? QByteArray::fromStdString(*bytes) : QByteArray();
}

// What the streams of a PDF hold.
QByteArray inflated(const QByteArray& pdf)
{
    QByteArray all;
    for (qsizetype at = pdf.indexOf("\nstream\n"); at >= 0; at = pdf.indexOf("\nstream\n", at)) {
        at += 8;
        const bool isCompressed = pdf[at] == 'x';  // of zlib
        if (!isCompressed)
            continue;
        all += qUncompress(QByteArray("\0\x40\0\0", 4) +
                           pdf.mid(at, pdf.indexOf("endstream", at) - at));
    }
    return all;
}

int pagesOf(const QByteArray& pdf)
{
    static const QRegularExpression page(QStringLiteral("/Type /Page\\s"));
    int count = 0;
    for (auto found = page.globalMatch(QString::fromLatin1(pdf)); found.hasNext(); found.next())
        ++count;
    return count;
}

std::vector<std::string> hostileNames()
{
    std::vector<std::string> names = {"<script>alert(1)</script>",
                                      "</text><script>alert(1)</script>",
                                      "\" onload=\"alert(1)",
                                      "' onclick='x",
                                      "]]>",
                                      "<!--",
                                      "-->",
                                      "<![CDATA[",
                                      "&amp;&lt;",
                                      "&#0;",
                                      "javascript:alert(1)",
                                      "</svg>",
                                      "<?xml version=\"1.0\"?>",
                                      "<image href=\"file:///etc/passwd\"/>",
                                      "%1 %2 %n",
                                      std::string("nul\0byte", 8),
                                      "bell\x07 escape\x1b[31m",
                                      "tab\tline\nreturn\r",
                                      "\xEF\xBF\xBF",
                                      "\xF0\x9F\x90\x8B whale",
                                      "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
                                      "\xE2\x80\xAEgnp.exe",
                                      "",
                                      " ",
                                      std::string(5000, 'x')};
    const std::string alphabet = "<>&\"'/=;:()[]{}!-?%#\\ \n\t\x01\x1f"
                                 "abcon";
    std::mt19937 random(7);
    while (names.size() < 500) {
        std::string name;
        for (auto length = random() % 40; length-- > 0;)
            name += alphabet[random() % alphabet.size()];
        names.push_back(name);
    }
    return names;
}

}  // namespace

class MapExportTest : public QObject {
    Q_OBJECT

private slots:
    void textStaysText()
    {
        const Chart chart = exampleChart();
        const Result<std::string> svg = picture(chart, laidOut(chart), PictureFormat::Svg);
        QVERIFY(svg.has_value());
        const Read read = readSvg(*svg);
        QCOMPARE(read.fault, QString());
        for (const char* words :
             {"Party Management", "Claims Platform team", "PolicyRoleAssignments", "Shared kernel",
              "OHS", "separate ways", "Finance"})
            QVERIFY2(read.text.contains(QString::fromLatin1(words)), words);
    }

    void fiveHundredHostileNamesStayInside()
    {
        for (const std::string& name : hostileNames()) {
            const Chart chart = chartNamed(name);
            ExportOptions options;
            options.title = QString::fromStdString(name);
            const Result<std::string> svg =
                picture(chart, laidOut(chart), PictureFormat::Svg, options);
            QVERIFY(svg.has_value());
            const Read read = readSvg(*svg);
            QVERIFY2(read.fault.isEmpty(), (name + ": " + read.fault.toStdString()).c_str());
        }
    }

    void aPageHoldsThePictureAndItsTables()
    {
        const QStringList page =
            QStringLiteral("html head meta style body h1 h2 figure table thead "
                           "tbody tr th td")
                .split(u' ');
        const Chart example = exampleChart();
        const Read read = readSvg(*picture(example, laidOut(example), PictureFormat::Html), page);
        QCOMPARE(read.fault, QString());
        // In the picture and in the table.
        QVERIFY(read.text.count(QStringLiteral("Party Management")) >= 2);
        QVERIFY(read.text.contains(QStringLiteral("Relationships")));
        for (const std::string& name : hostileNames()) {
            const Chart chart = chartNamed(name);
            ExportOptions options;
            options.title = QString::fromStdString(name);
            const Result<std::string> html =
                picture(chart, laidOut(chart), PictureFormat::Html, options);
            QVERIFY(html.has_value());
            const QString fault = readSvg(*html, page).fault;
            QVERIFY2(fault.isEmpty(), (name + ": " + fault.toStdString()).c_str());
        }
    }

    void escapesForXml()
    {
        QCOMPARE(xmlText(QStringLiteral("a<b>&\"'")), std::string("a&lt;b&gt;&amp;&quot;&#39;"));
        QCOMPARE(xmlText(QString(QChar(7)) + QChar(0xFFFE) + QStringLiteral("x")),
                 std::string("x"));
    }

    void writesPngAtTheScaleAndRefusesTooManyPixels()
    {
        const Chart chart = exampleChart();
        const LayoutResult layout = laidOut(chart);
        ExportOptions options;
        options.scale = 1;
        const QImage once = QImage::fromData(
            QByteArray::fromStdString(*picture(chart, layout, PictureFormat::Png, options)));
        options.scale = 2;
        const QImage twice = QImage::fromData(
            QByteArray::fromStdString(*picture(chart, layout, PictureFormat::Png, options)));
        QCOMPARE(twice.size(), once.size() * 2);
        Chart wide = chart;
        wide.nodes.front().place = Point{9000, 0};
        options.scale = 1;
        const QSize size = QImage::fromData(QByteArray::fromStdString(*picture(
                                                wide, laidOut(wide), PictureFormat::Png, options)))
                               .size() *
                           16;
        options.scale = 16;
        const Result<std::string> huge = picture(wide, laidOut(wide), PictureFormat::Png, options);
        QVERIFY(!huge.has_value());
        QCOMPARE(huge.error().message,
                 QStringLiteral("A picture of %1 x %2 pixels is more than 100 million. Choose a "
                                "smaller scale, SVG or PDF.")
                     .arg(QLocale().toString(size.width()), QLocale().toString(size.height()))
                     .toStdString());
    }

    void aPictureIsPaintedInBandsWithoutSeams()
    {
        const Chart chart = exampleChart();
        const LayoutResult layout = laidOut(chart);
        ExportOptions options;
        options.hasLegend = false;
        options.scale = 2;
        const QImage made = QImage::fromData(
            QByteArray::fromStdString(*picture(chart, layout, PictureFormat::Png, options)));
        QVERIFY(made.height() > 1'024);
        QImage whole(made.size(), QImage::Format_RGB32);
        QPainter painter(&whole);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.scale(2, 2);
        const QRectF area = boundsOf(chart, layout).adjusted(-14, -14, 14, 14).toAlignedRect();
        painter.translate(-area.topLeft());
        const ChartIndex index = indexOf(chart, layout);
        ChartPainter chartPainter(chart, layout, index, Theme::light());
        chartPainter.setZoom(1.6, ZoomLevel::Near);
        chartPainter.paintGround(painter, area, false);
        chartPainter.paint(painter, area);
        painter.end();
        QCOMPARE(made.convertToFormat(QImage::Format_RGB32), whole);
    }

    void aPictureHasTheLegendUnlessItIsNotWanted()
    {
        const Chart chart = exampleChart();
        ExportOptions options;
        const auto textOf = [&] {
            return readSvg(*picture(chart, laidOut(chart), PictureFormat::Svg, options)).text;
        };
        QVERIFY(textOf().contains(QStringLiteral("declared and observed")));
        QVERIFY(textOf().contains(QStringLiteral("operational API")));
        options.hasLegend = false;
        QVERIFY(!textOf().contains(QStringLiteral("declared and observed")));
        QVERIFY(!textOf().contains(QStringLiteral("operational API")));
    }

    void thePagesOfAPdfHoldTextAsText()
    {
        for (const Paper paper : {Paper{}, Paper{PaperSize::A4, false, 1}}) {
            const QByteArray pdf = pdfOf(exampleChart(), paper);
            QCOMPARE(pagesOf(pdf), 1);
            QVERIFY(pdf.contains("/FontFile2"));
            QVERIFY(pdf.contains("/ToUnicode"));
            const QByteArray content = inflated(pdf);
            QVERIFY(content.contains("BT"));
            QVERIFY(content.count(" Tj") > 100 || content.count(" TJ") > 100);
            QVERIFY(!content.contains("/Subtype /Image"));
            QVERIFY(!pdf.contains("/Subtype /Image"));
        }
    }

    void aLargePictureGoesOverSeveralSheets()
    {
        const Chart chart = exampleChart();
        const QSizeF size = pictureSize(chart, laidOut(chart), true);
        for (const PaperSize sheet : {PaperSize::A4, PaperSize::A3, PaperSize::Letter}) {
            for (const double scale : {0.5, 1.0, 2.0}) {
                const Paper paper{sheet, true, scale};
                const PagePlan plan = planOf(size, paper);
                QCOMPARE(pagesOf(pdfOf(chart, paper)), plan.count());
                // They cover all of it, each shows a strip of its neighbour again, and none is for nothing.
                const QRectF first = plan.part(0, 0);
                const QRectF last = plan.part(plan.rows - 1, plan.columns - 1);
                QCOMPARE(first.topLeft(), QPointF(0, 0));
                QVERIFY(last.right() >= size.width() - 0.1 && last.bottom() >= size.height() - 0.1);
                QVERIFY(last.left() < size.width() && last.top() < size.height());
                for (int i = 0; i < plan.count(); ++i) {
                    const QRectF box = plan.box(i / plan.columns, i % plan.columns);
                    QVERIFY(!box.isEmpty() &&
                            plan.content.adjusted(0, 0, 0.01, 0.01).contains(box));
                }
                QVERIFY(qAbs(plan.box(plan.rows - 1, plan.columns - 1).width() / scale -
                             (size.width() - last.left())) < 0.1);
                if (plan.columns > 1)
                    QVERIFY(
                        qFuzzyCompare(first.right() - plan.part(0, 1).left(), plan.shared / scale));
            }
        }
        QCOMPARE(planOf({1000, 400}, {PaperSize::A4, false, 1}).layout.orientation(),
                 QPageLayout::Landscape);
        QCOMPARE(planOf({400, 1000}, {PaperSize::A4, false, 1}).layout.orientation(),
                 QPageLayout::Portrait);
    }

    void eachSheetSaysWhichItIs()
    {
        const PagePlan plan = planOf({2000, 1500}, {PaperSize::A4, true, 1});
        QCOMPARE(plan.count(), 6);
        QCOMPARE(sheetName(plan, 0, 1), QStringLiteral("2 of 6, row 1, column 2"));
        QCOMPARE(sheetName(plan, 2, 1), QStringLiteral("6 of 6, row 3, column 2"));
    }

    void saysBeforehandWhatItWillBe()
    {
        const auto words = [](const QSizeF& size, PictureFormat format,
                              const ExportOptions& options) {
            const Result<QString> said = announced(size, format, options);
            return said ? *said : toQString(said.error().message);
        };
        ExportOptions options;
        options.scale = 2;
        QCOMPARE(words({1200, 800}, PictureFormat::Png, options),
                 QStringLiteral("2,400 x 1,600 pixels"));
        QCOMPARE(words({20'000, 400}, PictureFormat::Png, options),
                 QStringLiteral("A picture of 40,000 x 800 pixels has a side of more than 32,000. "
                                "Choose a smaller scale, SVG or PDF."));
        options.paper = {PaperSize::A4, true, 1};
        QCOMPARE(words({2000, 1500}, PictureFormat::Pdf, options),
                 QStringLiteral("6 pages, landscape: 3 by 2 (rows by columns), at 100 %"));
        QCOMPARE(words({60'000, 40'000}, PictureFormat::Pdf, options),
                 QStringLiteral("That would be 3,649 pages; more than 400 are not made. Choose a "
                                "smaller scale or larger paper."));
        options.paper = {PaperSize::A4, false, 1};
        QCOMPARE(words({2000, 1500}, PictureFormat::Pdf, options),
                 QStringLiteral("One page, landscape, at 46 %"));
        // And what is refused is not made.
        ExportOptions many;
        many.paper = {PaperSize::A4, true, 16};
        Chart wide = exampleChart();
        wide.nodes.front().place = Point{20'000, 0};
        const Result<std::string> refused = picture(wide, laidOut(wide), PictureFormat::Pdf, many);
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, std::string("export.too-many-pages"));
    }

    void endsEarlyWhenAsked()
    {
        const Chart chart = exampleChart();
        for (const PictureFormat format :
             {PictureFormat::Svg, PictureFormat::Png, PictureFormat::Pdf}) {
            Progress progress;
            progress.requestStop();
            const Result<std::string> ended = picture(chart, laidOut(chart), format, {}, progress);
            QVERIFY(!ended.has_value());
            QCOMPARE(ended.error().code, cancelled().code);
        }
    }

    void replacesAFileWhole()
    {
        QTemporaryDir folder;
        const Chart chart = exampleChart();
        for (const char* name : {"map.svg", "map.png", "map.pdf"}) {
            const QString path = folder.filePath(QString::fromLatin1(name));
            const PictureFormat format = pictureFormatOf(path);
            QVERIFY(exportPicture(chart, laidOut(chart), format, path.toStdString()).has_value());
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray start = file.read(5);
            QCOMPARE(start, format == PictureFormat::Pdf   ? QByteArray("%PDF-")
                            : format == PictureFormat::Png ? QByteArray("\x89PNG\r")
                                                           : QByteArray("<?xml"));
        }
        QVERIFY(!exportPicture(chart, laidOut(chart), PictureFormat::Svg,
                               folder.filePath(QStringLiteral("no/such/map.svg")).toStdString())
                     .has_value());
    }

    void anEmptyMapIsAPictureToo()
    {
        for (const PictureFormat format :
             {PictureFormat::Svg, PictureFormat::Png, PictureFormat::Pdf, PictureFormat::Html})
            QVERIFY(picture(Chart(), LayoutResult(), format).has_value());
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::MapExportTest)
#include "map_export_test.moc"
