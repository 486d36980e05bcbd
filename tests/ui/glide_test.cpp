// SPDX-License-Identifier: Apache-2.0
// The view glides where motion is wanted, ends exactly where it was to go, and is never in the way of a gesture.
#include "ui/canvas/glide.h"

#include "tests/support/text_output.h"
#include "ui/base/style.h"
#include "ui/canvas/canvas.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

namespace portolan::ui {

class GlideTest : public QObject {
    Q_OBJECT

    struct Shown {
        Canvas canvas;
        explicit Shown(int cards = 12)
        {
            Chart chart;
            LayoutResult layout;
            for (int i = 0; i < cards; ++i) {
                ChartNode node;
                node.entity = {EntityKind::BoundedContext, "c" + std::to_string(i)};
                chart.nodes.push_back(node);
                layout.positions.push_back({(i % 80) * 300.0, (i / 80) * 200.0});
            }
            canvas.resize(900, 700);
            canvas.show();
            (void)QTest::qWaitForWindowExposed(&canvas);
            canvas.setChart(std::move(chart), std::move(layout));
            canvas.setHasMotion(true);
        }
    };

private slots:
    void initTestCase() { QApplication::setStyle(new Style); }

    void glidesToTheWholeAndEndsThere()
    {
        Shown shown;
        shown.canvas.fit();
        const Sight fitted = shown.canvas.sight();
        shown.canvas.setZoom(3, {10, 10});
        QSignalSpy steps(&shown.canvas, &Canvas::zoomChanged);
        QTest::keyClick(&shown.canvas, Qt::Key_0);
        QVERIFY(shown.canvas.zoom() > fitted.zoom);  // on the way
        QTRY_VERIFY(shown.canvas.sight() == fitted);
        QVERIFY(steps.size() > 2);
    }

    void pressesAddUp()
    {
        Shown shown;
        shown.canvas.setZoom(1, {});
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(&shown.canvas, Qt::Key_Plus);
        QTRY_COMPARE(shown.canvas.zoom(), 1.25 * 1.25 * 1.25);
    }

    void aGestureEndsItAtOnce()
    {
        Shown shown;
        shown.canvas.setZoom(1, {});
        QTest::keyClick(&shown.canvas, Qt::Key_Plus);
        QTest::mousePress(&shown.canvas, Qt::LeftButton, {}, QPoint(450, 650));
        QCOMPARE(shown.canvas.zoom(), 1.25);
        QTest::mouseRelease(&shown.canvas, Qt::LeftButton, {}, QPoint(450, 650));
        QTest::qWait(30);
        QCOMPARE(shown.canvas.zoom(), 1.25);
    }

    void goesAtOnceWhereTheDesktopWantsNoMotion()
    {
        Shown shown;
        auto* style = static_cast<Style*>(QApplication::style());
        style->setHasMotion(false);
        shown.canvas.setZoom(1, {});
        QTest::keyClick(&shown.canvas, Qt::Key_Plus);
        QCOMPARE(shown.canvas.zoom(), 1.25);
        style->setHasMotion(true);
    }

    void goesAtOnceWithVeryManyCardsInSight()
    {
        Shown shown(4000);
        shown.canvas.fit();
        const double before = shown.canvas.zoom();
        QTest::keyClick(&shown.canvas, Qt::Key_Plus);
        QCOMPARE(shown.canvas.zoom(), before * 1.25);
    }

    void goesAtOnceWithoutAScreen()
    {
        Canvas canvas;
        canvas.resize(900, 700);
        canvas.show();
        canvas.setZoom(1, {});
        canvas.zoomIn();
        QCOMPARE(canvas.zoom(), 1.25);
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::GlideTest)
#include "glide_test.moc"
