// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/map_exporter.h"

#include "model/chart/context_map_chart.h"
#include "model/map/map_document.h"
#include "tests/support/text_output.h"
#include "ui/canvas/chart_painter.h"
#include "ui/canvas/svg_device.h"

#include <QApplication>
#include <QFile>
#include <QImage>
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

Read readSvg(const std::string& bytes)
{
    Read read;
    QXmlStreamReader xml(QByteArray::fromStdString(bytes));
    const QStringList known{QStringLiteral("svg"),      QStringLiteral("title"),
                            QStringLiteral("defs"),     QStringLiteral("path"),
                            QStringLiteral("clipPath"), QStringLiteral("text")};
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement()) {
            if (!known.contains(xml.name().toString()))
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
                 QStringLiteral("A picture of %1 x %2 pixels is more than 200 million. Choose a "
                                "smaller scale, SVG or PDF.")
                     .arg(size.width())
                     .arg(size.height())
                     .toStdString());
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
             {PictureFormat::Svg, PictureFormat::Png, PictureFormat::Pdf})
            QVERIFY(picture(Chart(), LayoutResult(), format).has_value());
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::MapExportTest)
#include "map_export_test.moc"
