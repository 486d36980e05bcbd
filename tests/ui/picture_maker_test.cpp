// SPDX-License-Identifier: Apache-2.0
// A map goes into a file or the clipboard by keys alone; what is chosen says beforehand what it will be.
#include "ui/shell/picture_maker.h"

#include "model/layout/simple_layout.h"
#include "tests/support/window_world.h"
#include "ui/base/message_band.h"
#include "ui/base/plain_label.h"
#include "ui/canvas/canvas.h"
#include "ui/canvas/chart_painter.h"
#include "ui/views/context_map/context_map_view.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QImage>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QXmlStreamReader>

namespace portolan::ui {
namespace {

using tests::child;
using tests::WindowWorld;

struct Opened {
    Opened() : window(world.openWindow()), canvas(window->findChild<ContextMapView*>()->canvas())
    {
        window->activateWindow();
        [this] { QTRY_COMPARE(canvas->chart().nodes.size(), std::size_t(2)); }();
        canvas->setFocus();
    }
    ExportDialog* ask()
    {
        window->activateWindow();
        [this] { QTRY_VERIFY(window->isActiveWindow()); }();
        QTest::keyClick(canvas, Qt::Key_E, Qt::ControlModifier);
        return window->findChild<ExportDialog*>();
    }
    QString message() const { return window->statusBar()->currentMessage(); }

    WindowWorld world;
    std::unique_ptr<MainWindow> window;
    Canvas* canvas;
};

QString preview(const ExportDialog* dialog)
{
    return child<PlainLabel>(dialog, "exportPreview")->text();
}

// Many cards, in a square.
std::pair<Chart, LayoutResult> large(int side)
{
    Chart chart;
    LayoutResult layout;
    for (int i = 0; i < side * side; ++i) {
        ChartNode node;
        node.entity = {EntityKind::BoundedContext, "c" + std::to_string(i)};
        node.title = node.secondary = node.note = "Context " + std::to_string(i);
        chart.nodes.push_back(node);
        layout.positions.push_back({i % side * 220.0, i / side * 100.0});
    }
    return {std::move(chart), std::move(layout)};
}

}  // namespace

class PictureMakerTest : public QObject {
    Q_OBJECT

private slots:
    void aMapIsExportedByKeys()
    {
        Opened opened;
        ExportDialog* dialog = opened.ask();
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->isVisible());
        QCOMPARE(preview(dialog), QStringLiteral("One page, landscape, at 100 %"));
        auto* format = child<QComboBox>(dialog, "exportFormat");
        format->setFocus();
        QTest::keyClick(format, Qt::Key_Down);
        QTest::keyClick(format, Qt::Key_Down);
        QCOMPARE(format->currentText(), QStringLiteral("SVG picture"));
        QTest::keyClick(dialog, Qt::Key_Return);
        auto* files = opened.window->findChild<QFileDialog*>(QStringLiteral("exportFileDialog"));
        QVERIFY(files);
        QCOMPARE(files->defaultSuffix(), QStringLiteral("svg"));
        const QString path = opened.world.path(QStringLiteral("map.svg"));
        emit files->fileSelected(path);
        files->close();
        QTRY_VERIFY(QFile::exists(path));
        QTRY_COMPARE(opened.message(), QStringLiteral("The map is in ") + path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray svg = file.readAll();
        QVERIFY(svg.contains("Party Management"));
        QVERIFY(svg.contains("<title>Small</title>"));
        // What was chosen is there the next time.
        QTRY_VERIFY(!opened.window->findChild<ExportDialog*>());
        dialog = opened.ask();
        QVERIFY(dialog);
        QCOMPARE(child<QComboBox>(dialog, "exportFormat")->currentText(),
                 QStringLiteral("SVG picture"));
    }

    void whatWasChosenIsThereInTheNextWindow()
    {
        const WindowWorld world;
        const auto ask = [](MainWindow* window) {
            window->findChild<QAction*>(QStringLiteral("mapExport"))->trigger();
            return window->findChild<ExportDialog*>();
        };
        {
            auto window = world.openWindow();
            ExportDialog* dialog = ask(window.get());
            QVERIFY(dialog);
            QTRY_VERIFY(dialog->isVisible());
            auto* sheets = child<QComboBox>(dialog, "exportSheets");
            QTest::keyClick(child<QComboBox>(dialog, "exportPaper"), Qt::Key_Down);
            QTest::keyClick(sheets, Qt::Key_Down);
            QTest::keyClick(child<QComboBox>(dialog, "exportTile"), Qt::Key_Home);
            QTest::keyClick(child<QCheckBox>(dialog, "exportLegend"), Qt::Key_Space);
            QTest::keyClick(child<QCheckBox>(dialog, "exportDark"), Qt::Key_Space);
            QTest::keyClick(dialog, Qt::Key_Return);
            auto* files = window->findChild<QFileDialog*>(QStringLiteral("exportFileDialog"));
            QVERIFY(files);
            files->close();
        }
        auto window = world.openWindow();
        ExportDialog* dialog = ask(window.get());
        QVERIFY(dialog);
        const auto text = [dialog](const char* name) {
            return child<QComboBox>(dialog, name)->currentText();
        };
        QCOMPARE(text("exportFormat"), QStringLiteral("PDF document"));
        QCOMPARE(text("exportPaper"), QStringLiteral("A3"));
        QCOMPARE(text("exportSheets"), QStringLiteral("Several, to lay side by side"));
        QCOMPARE(text("exportTile"), QStringLiteral("50 %"));
        QCOMPARE(text("exportScale"), QStringLiteral("200 %"));
        QVERIFY(!child<QCheckBox>(dialog, "exportLegend")->isChecked());
        QVERIFY(child<QCheckBox>(dialog, "exportDark")->isChecked());
    }

    void strangeSettingsAreNoChoice()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        settings.setValue(QStringLiteral("export/kind"), QStringLiteral("doc"));
        settings.setValue(QStringLiteral("export/paper"), 7);
        settings.setValue(QStringLiteral("export/scale"), QStringLiteral("nan"));
        settings.setValue(QStringLiteral("export/sizeOnPaper"), QStringLiteral("huge"));
        Opened opened;
        PictureMaker maker(opened.window.get(), opened.window->findChild<ContextMapView*>(),
                           &settings);
        maker.ask();
        auto* dialog = opened.window->findChild<ExportDialog*>();
        QVERIFY(dialog);
        const auto text = [dialog](const char* name) {
            return child<QComboBox>(dialog, name)->currentText();
        };
        QCOMPARE(text("exportFormat"), QStringLiteral("PDF document"));
        QCOMPARE(text("exportPaper"), QStringLiteral("A4"));
        QCOMPARE(text("exportTile"), QStringLiteral("100 %"));
        QCOMPARE(text("exportScale"), QStringLiteral("200 %"));
    }

    void theDialogSaysWhatWillBe()
    {
        ExportDialog dialog({20'000, 9'000}, {20'000, 8'900}, {}, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        static_cast<QWidget&>(dialog).show();
        ExportChoice taken;
        connect(&dialog, &ExportDialog::chosen, &dialog,
                [&taken](const ExportChoice& choice) { taken = choice; });
        auto* format = child<QComboBox>(&dialog, "exportFormat");
        auto* paper = child<QComboBox>(&dialog, "exportPaper");
        auto* sheets = child<QComboBox>(&dialog, "exportSheets");
        auto* tile = child<QComboBox>(&dialog, "exportTile");
        auto* scale = child<QComboBox>(&dialog, "exportScale");
        auto* save = child<QPushButton>(&dialog, "exportSave");
        for (const QWidget* field : dialog.findChildren<QComboBox*>())
            QVERIFY(!field->accessibleName().isEmpty());
        // As large as the map: no sheets to choose.
        QCOMPARE(preview(&dialog), QStringLiteral("One page as large as the picture"));
        QVERIFY(!sheets->isVisible() && !tile->isVisible() && !scale->isVisible());
        QTest::keyClick(paper, Qt::Key_Home);
        QVERIFY(sheets->isVisible() && !tile->isVisible());
        QTest::keyClick(sheets, Qt::Key_Down);
        QVERIFY(tile->isVisible());
        QTest::keyClick(tile, Qt::Key_Home);
        QCOMPARE(preview(&dialog),
                 QStringLiteral("70 pages, landscape: 7 by 10 (rows by columns), at 50 %"));
        QVERIFY(save->isEnabled());
        QTest::keyClick(tile, Qt::Key_End);
        QVERIFY(preview(&dialog).startsWith(QStringLiteral("That would be 1,")));
        QVERIFY(!save->isEnabled());
        QTest::keyClick(format, Qt::Key_Down);
        QVERIFY(scale->isVisible() && !paper->isVisible() && !sheets->isVisible() &&
                !tile->isVisible());
        QTest::keyClick(scale, Qt::Key_Home);
        QCOMPARE(preview(&dialog), QStringLiteral("10,000 x 4,500 pixels"));
        QVERIFY(save->isEnabled());
        QTest::keyClick(scale, Qt::Key_End);
        QCOMPARE(preview(&dialog),
                 QStringLiteral("A picture of 160,000 x 72,000 pixels is more than 100 million. "
                                "Choose a smaller scale, SVG or PDF."));
        QVERIFY(!save->isEnabled());
        QTest::keyClick(format, Qt::Key_Down);
        QVERIFY(save->isEnabled());
        QTest::keyClick(child<QCheckBox>(&dialog, "exportLegend"), Qt::Key_Space);
        QTest::keyClick(child<QCheckBox>(&dialog, "exportDark"), Qt::Key_Space);
        QCOMPARE(preview(&dialog), QStringLiteral("20,000 x 8,900 at 100 %; text stays text"));
        QTest::mouseClick(save, Qt::LeftButton);
        QVERIFY(taken.format == PictureFormat::Svg);
        QVERIFY(!taken.options.hasLegend && taken.options.isDark);
    }

    void thePictureIsCopiedInTwoForms()
    {
        Opened opened;
        QGuiApplication::clipboard()->clear();
        QTest::keyClick(opened.canvas, Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
        QTRY_COMPARE(opened.message(), QStringLiteral("Copied as PNG at 200 % and as SVG."));
        const QMimeData* data = QGuiApplication::clipboard()->mimeData();
        QVERIFY(data);
        const QImage png = QImage::fromData(data->data(QStringLiteral("image/png")), "PNG");
        const QSizeF size = pictureSize(opened.canvas->chart(), opened.canvas->layout(), true);
        QCOMPARE(png.size(), (size * 2).toSize());
        QVERIFY(data->hasImage());
        QXmlStreamReader svg(data->data(QStringLiteral("image/svg+xml")));
        QString text;
        while (!svg.atEnd()) {
            if (svg.readNext() == QXmlStreamReader::Characters)
                text += svg.text();
        }
        QVERIFY(!svg.hasError());
        QVERIFY(text.contains(QStringLiteral("Claims Handling")));
    }

    void aLongExportSaysSoAndCanBeCancelled()
    {
        Opened opened;
        auto [chart, layout] = large(170);
        opened.canvas->setChart(std::move(chart), std::move(layout));
        PictureMaker maker(opened.window.get(), opened.window->findChild<ContextMapView*>());
        QElapsedTimer timer;
        timer.start();
        maker.copy();
        QVERIFY(timer.elapsed() < 100);
        MessageBand* band = opened.window->band(QStringLiteral("picture"));
        QTRY_VERIFY(band->isVisible());
        QTRY_VERIFY(band->text().endsWith(QStringLiteral(" %")));
        QVERIFY(band->text().startsWith(QStringLiteral("Copying the picture… ")));
        QTest::mouseClick(child<QPushButton>(band, "bandAction:Cancel"), Qt::LeftButton);
        QTRY_COMPARE(opened.message(), QStringLiteral("Nothing was copied."));
        QVERIFY(!band->isVisible());
    }

    void aHugePictureIsCopiedAsPngAlone()
    {
        Opened opened;
        auto [chart, layout] = large(225);
        opened.canvas->setChart(std::move(chart), std::move(layout));
        PictureMaker maker(opened.window.get(), opened.window->findChild<ContextMapView*>());
        maker.copy();
        QTRY_VERIFY_WITH_TIMEOUT(
            opened.message().endsWith(QStringLiteral(" %; as SVG it is too large.")), 30'000);
        const QMimeData* data = QGuiApplication::clipboard()->mimeData();
        QVERIFY(data->hasFormat(QStringLiteral("image/png")));
        QVERIFY(!data->hasFormat(QStringLiteral("image/svg+xml")));
        const QImage png = QImage::fromData(data->data(QStringLiteral("image/png")), "PNG");
        QVERIFY(png.width() * png.height() > 15'000'000 && png.width() * png.height() < 16'100'000);
    }

    void anotherEndingThatIsTypedIsMeant()
    {
        Opened opened;
        ExportDialog* dialog = opened.ask();
        QVERIFY(dialog);
        dialog->accept();
        auto* files = opened.window->findChild<QFileDialog*>(QStringLiteral("exportFileDialog"));
        QVERIFY(files);
        QCOMPARE(files->defaultSuffix(), QStringLiteral("pdf"));
        const QString path = opened.world.path(QStringLiteral("map.PNG"));
        emit files->fileSelected(path);
        files->close();
        QTRY_VERIFY(QFile::exists(path));
        QVERIFY(!QImage(path, "PNG").isNull());
    }

    void aFailureIsSaid()
    {
        Opened opened;
        ExportDialog* dialog = opened.ask();
        QVERIFY(dialog);
        dialog->accept();
        auto* files = opened.window->findChild<QFileDialog*>(QStringLiteral("exportFileDialog"));
        QVERIFY(files);
        emit files->fileSelected(opened.world.path(QStringLiteral("no/such/map.pdf")));
        files->close();
        MessageBand* band = opened.window->band(QStringLiteral("error"));
        QTRY_VERIFY(band->isVisible());
        QVERIFY(!band->text().isEmpty());
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::PictureMakerTest)
#include "picture_maker_test.moc"
