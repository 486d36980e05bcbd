// SPDX-License-Identifier: Apache-2.0
// The overview map: when it is there, where it leads, and that its picture is kept while the view moves.
#include "ui/canvas/minimap.h"

#include "model/layout/simple_layout.h"
#include "tests/support/text_output.h"
#include "ui/base/theme.h"
#include "ui/canvas/canvas.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

namespace portolan::ui {

class MinimapTest : public QObject {
    Q_OBJECT

    // Cards in a square, far apart.
    static Chart chartOf(int side)
    {
        Chart chart;
        for (int i = 0; i < side * side; ++i) {
            ChartNode node;
            node.entity = {EntityKind::BoundedContext, "c" + std::to_string(i)};
            node.title = "Context " + std::to_string(i);
            node.hue = i % 8;
            node.place = Point{(i % side) * 400.0, (i / side) * 300.0};
            chart.nodes.push_back(node);
        }
        return chart;
    }

    struct Shown {
        Canvas canvas;
        Minimap* map = canvas.findChild<Minimap*>();

        explicit Shown(int side = 20)
        {
            canvas.resize(900, 700);
            canvas.show();
            (void)QTest::qWaitForWindowExposed(&canvas);
            const Chart chart = chartOf(side);
            canvas.setChart(chart, simpleLayoutResult(canvas.layoutRequest(chart)));
            paint();
        }
        static LayoutResult simpleLayoutResult(const LayoutRequest& request)
        {
            LayoutResult result;
            for (const LayoutNode& node : request.nodes)
                result.positions.push_back(*node.fixed);
            return result;
        }
        void paint()
        {
            canvas.repaint();
            QCoreApplication::processEvents();
        }
        void zoomTo(double zoom)
        {
            canvas.setZoom(zoom, QPointF(450, 350));
            paint();
        }
        QPointF middle() const { return canvas.toChart(QRectF(canvas.rect()).center()); }
    };

private slots:
    void isThereWhileMostIsOutOfSight()
    {
        Shown shown;
        shown.canvas.fit();
        shown.paint();
        QVERIFY(!shown.map->isVisible());
        shown.zoomTo(1);
        QVERIFY(shown.map->isVisible());
        QCOMPARE(shown.map->size(), QSize(180, 120));
        QVERIFY(shown.canvas.rect().contains(shown.map->geometry()));
        shown.canvas.setHasOverview(false);
        QVERIFY(!shown.map->isVisible());
        shown.canvas.setHasOverview(true);
        QVERIFY(shown.map->isVisible());
        shown.canvas.setChart({}, {});
        shown.paint();
        QVERIFY(!shown.map->isVisible());
    }

    void isNotThereForAFewCards()
    {
        Shown shown(2);
        shown.zoomTo(1);
        QVERIFY(!shown.map->isVisible());
    }

    void aClickLeadsThere()
    {
        Shown shown;
        shown.zoomTo(1);
        // The map's middle is the chart's.
        QTest::mouseClick(shown.map, Qt::LeftButton, Qt::NoModifier, QPoint(90, 60));
        const QPointF middle = shown.middle();
        const double unit = 1 / 0.02;  // about so many chart units a pixel
        QVERIFY(std::abs(middle.x() - (19 * 400 + 196) / 2.0) < 2 * unit);
        QVERIFY(std::abs(middle.y() - (19 * 300 + 74) / 2.0) < 2 * unit);
        QCOMPARE(shown.canvas.zoom(), 1.0);
    }

    void aDragFollows()
    {
        Shown shown;
        shown.zoomTo(1);
        QTest::mousePress(shown.map, Qt::LeftButton, Qt::NoModifier, QPoint(60, 60));
        const QPointF before = shown.middle();
        QMouseEvent move(QEvent::MouseMove, QPointF(100, 60),
                         shown.map->mapToGlobal(QPoint(100, 60)), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QApplication::sendEvent(shown.map, &move);
        QVERIFY(shown.middle().x() > before.x() + 1000);
        QCOMPARE(shown.middle().y(), before.y());
        QTest::mouseRelease(shown.map, Qt::LeftButton, Qt::NoModifier, QPoint(100, 60));
        QVERIFY(shown.canvas.selection().empty());  // nothing below it was meant
    }

    void theWheelZoomsInTheMiddle()
    {
        Shown shown;
        shown.zoomTo(1);
        const QPointF before = shown.middle();
        QWheelEvent wheel(QPointF(20, 20), shown.map->mapToGlobal(QPointF(20, 20)), QPoint(),
                          QPoint(0, 120), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(shown.map, &wheel);
        QVERIFY(shown.canvas.zoom() > 1.2);
        QVERIFY((shown.middle() - before).manhattanLength() < 1e-6);
    }

    void whatLiesBelowItDoesNotAnswer()
    {
        Shown shown;
        shown.zoomTo(1);
        QVERIFY(!shown.map->toolTip().isEmpty());
        QSignalSpy menus(&shown.canvas, &Canvas::menuRequested);
        QContextMenuEvent menu(QContextMenuEvent::Mouse, QPoint(90, 60),
                               shown.map->mapToGlobal(QPoint(90, 60)));
        QApplication::sendEvent(shown.map, &menu);
        QCOMPARE(menus.size(), 0);
    }

    void keepsItsPictureWhileTheViewMoves()
    {
        Shown shown;
        shown.zoomTo(1);
        (void)shown.map->grab();
        const qint64 picture = shown.map->pictureKey();
        const QImage before = shown.map->grab().toImage();
        shown.canvas.scrollBy({900, 500});
        shown.paint();
        QVERIFY(shown.map->grab().toImage() != before);  // the frame has moved
        QCOMPARE(shown.map->pictureKey(), picture);
        const Chart chart = chartOf(19);
        shown.canvas.setChart(chart, Shown::simpleLayoutResult(shown.canvas.layoutRequest(chart)));
        shown.paint();
        (void)shown.map->grab();
        QVERIFY(shown.map->pictureKey() != picture);
    }

    void hasTheThemesColours()
    {
        Shown shown;
        shown.zoomTo(1);
        const QImage light = shown.map->grab().toImage();
        QApplication::setPalette(paletteOf(Theme::dark()));
        shown.paint();
        QVERIFY(shown.map->grab().toImage() != light);
        QApplication::setPalette(paletteOf(Theme::light()));
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::MinimapTest)
#include "minimap_test.moc"
