// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/canvas.h"

#include "model/analysis/rules/context_map_rules.h"
#include "model/chart/context_map_chart.h"
#include "model/map/map_document.h"
#include "tests/support/text_output.h"
#include "ui/base/theme.h"
#include "ui/canvas/chart_painter.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QWheelEvent>

Q_DECLARE_METATYPE(std::vector<portolan::EntityRef>)

namespace portolan::ui {
namespace {

EntityRef context(const char* id)
{
    return {EntityKind::BoundedContext, id};
}

std::string names(const std::vector<EntityRef>& entities)
{
    std::string text;
    for (const EntityRef& entity : entities)
        text += (text.empty() ? "" : " ") + entity.id;
    return text;
}

// The example map of the design, with what was observed beside it.
Chart exampleChart()
{
    const auto document = MapDocument::read(tests::testData("charts/insurer-map.json"), "map");
    if (!document)
        return {};
    Estate estate;
    MapDrift drift;
    ObservedFlow flow;
    flow.upstream = ContextId("crm");
    flow.downstream = ContextId("marketing");
    flow.jobs = {JobIndex(0), JobIndex(1), JobIndex(2)};
    drift.flows.push_back(flow);
    drift.declaredNotObserved = {RelationshipId("billing-to-insights")};
    return contextMapChart(document->map(), estate, drift, {});
}

class Shown {
public:
    Shown()
    {
        canvas.resize(1100, 700);
        Chart chart = exampleChart();
        const LayoutRequest request = canvas.layoutRequest(chart);
        LayoutResult layout = completeLayout(request, std::vector<Point>(request.nodes.size()));
        canvas.setChart(std::move(chart), std::move(layout));
        canvas.show();
        canvas.setFocus();
        QVERIFY(QTest::qWaitForWindowExposed(&canvas));
        QObject::connect(
            &canvas, &Canvas::selectionRequested, &canvas,
            [this](const std::vector<EntityRef>& chosen) { selected = names(chosen); });
        QObject::connect(&canvas, &Canvas::nodesMoved, &canvas,
                         [this](const std::vector<std::pair<EntityRef, Point>>& places) {
                             for (const auto& [entity, point] : places)
                                 moved += entity.id + " " + std::to_string(std::lround(point.x)) +
                                          "," + std::to_string(std::lround(point.y)) + "; ";
                         });
        QObject::connect(&canvas, &Canvas::connectRequested, &canvas,
                         [this](const EntityRef& from, const EntityRef& to) {
                             connected += from.id + " to " + to.id + "; ";
                         });
        QObject::connect(&canvas, &Canvas::activated, &canvas,
                         [this](const EntityRef& entity) { activated = entity.id; });
        QObject::connect(&canvas, &Canvas::renameRequested, &canvas,
                         [this](const EntityRef& entity) { renamed = entity.id; });
    }

    QPoint middleOf(const char* id) const { return canvas.rectOf(context(id))->center().toPoint(); }

    void drag(const QPoint& from, const QPoint& to, Qt::MouseButton button = Qt::LeftButton)
    {
        QTest::mousePress(&canvas, button, Qt::NoModifier, from);
        for (int step = 1; step <= 5; ++step) {
            const QPoint at = from + (to - from) * step / 5;
            QMouseEvent move(QEvent::MouseMove, at, canvas.mapToGlobal(at), Qt::NoButton, button,
                             Qt::NoModifier);
            QApplication::sendEvent(&canvas, &move);
        }
        QTest::mouseRelease(&canvas, button, Qt::NoModifier, to);
    }

    Canvas canvas;
    std::string selected;
    std::string moved;
    std::string connected;
    std::string activated;
    std::string renamed;
};

}  // namespace

class CanvasTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QApplication::setPalette(paletteOf(Theme::light())); }

    void fitsTheChartAtMostAtFullSize()
    {
        Shown shown;
        QVERIFY(shown.canvas.zoom() <= 1);
        for (const ChartNode& node : shown.canvas.chart().nodes)
            QVERIFY(QRectF(shown.canvas.rect()).contains(*shown.canvas.rectOf(node.entity)));
        shown.canvas.resize(600, 400);
        QTRY_VERIFY(
            QRectF(shown.canvas.rect()).contains(*shown.canvas.rectOf(context("marketing"))));
    }

    void saysWhatItLeavesOut()
    {
        Chart chart;
        LayoutResult layout;
        for (int i = 0; i < 40; ++i) {
            ChartNode node;
            node.entity = {EntityKind::BoundedContext, "c" + std::to_string(i)};
            chart.nodes.push_back(node);
            layout.positions.push_back({i % 8 * 240.0, i / 8 * 120.0});  // NOLINT
        }
        for (int i = 0; i < 1500; ++i) {
            ChartEdge edge;
            edge.entity = {EntityKind::Relationship, "r" + std::to_string(i)};
            edge.from = i % 40;
            edge.to = (i * 7 + 3) % 40;
            chart.edges.push_back(edge);
            const Point a = layout.positions[static_cast<std::size_t>(edge.from)];
            const Point b = layout.positions[static_cast<std::size_t>(edge.to)];
            RoutedEdge routed;
            routed.points = {a, {b.x, a.y}, b};
            layout.edges.push_back(routed);
        }
        Canvas canvas;
        canvas.resize(1600, 900);
        canvas.setChart(chart, layout);
        canvas.show();
        canvas.setZoom(0.7, QPointF(0, 0));
        canvas.grab();
        QCOMPARE(canvas.leftOut(), QStringLiteral("800 edges that only pass through or go far are "
                                                  "not drawn; zoom in to see them"));
        QCOMPARE(canvas.accessibleDescription(), canvas.leftOut());
        chart.edges.resize(500);
        layout.edges.resize(500);
        canvas.setChart(chart, layout);
        canvas.grab();
        QCOMPARE(canvas.leftOut(), QString());
    }

    void clickSelectsAndControlClickAdds()
    {
        Shown shown;
        QTest::mouseClick(&shown.canvas, Qt::LeftButton, Qt::NoModifier, shown.middleOf("claims"));
        QCOMPARE(shown.selected, "claims");
        QTest::mouseClick(&shown.canvas, Qt::LeftButton, Qt::ControlModifier,
                          shown.middleOf("billing"));
        QCOMPARE(shown.selected, "billing claims");
        QTest::mouseClick(&shown.canvas, Qt::LeftButton, Qt::ControlModifier,
                          shown.middleOf("billing"));
        QCOMPARE(shown.selected, "claims");
        QTest::mouseClick(&shown.canvas, Qt::LeftButton, Qt::NoModifier, QPoint(3, 3));
        QCOMPARE(shown.selected, "");
    }

    void clickOnALineSelectsItsRelationship()
    {
        Shown shown;
        const int edge = shown.canvas.chart().edge({EntityKind::Relationship, "crm-ledger"});
        const RoutedEdge& routed = shown.canvas.layout().edges[static_cast<std::size_t>(edge)];
        const QPointF label = shown.canvas.toWidget(toQRect(routed.label).center());
        QTest::mouseClick(&shown.canvas, Qt::LeftButton, Qt::NoModifier, label.toPoint());
        QCOMPARE(shown.selected, "crm-ledger");
    }

    void rubberBandTakesTheCardsItTouches()
    {
        Shown shown;
        const QRectF card = *shown.canvas.rectOf(context("marketing"));
        const QRectF below = *shown.canvas.rectOf(context("customer-insights"));
        shown.drag((card.topRight() + QPointF(40, -6)).toPoint(),
                   (below.bottomLeft() + QPointF(30, 30)).toPoint());
        QCOMPARE(shown.selected, "marketing customer-insights");
    }

    void dragMovesACardOnTheGridAndSaysSoOnce()
    {
        Shown shown;
        const QPoint start = shown.middleOf("crm");
        const double scale = shown.canvas.zoom() * textScale();
        shown.drag(start,
                   start + QPoint(static_cast<int>(83 * scale), static_cast<int>(166 * scale)));
        QCOMPARE(shown.moved, "crm 112,512; ");
    }

    void escapeBringsADraggedCardBack()
    {
        Shown shown;
        const QPointF before = shown.canvas.rectOf(context("crm"))->center();
        const QPoint start = before.toPoint();
        QTest::mousePress(&shown.canvas, Qt::LeftButton, Qt::NoModifier, start);
        QMouseEvent move(QEvent::MouseMove, start + QPoint(80, 80),
                         shown.canvas.mapToGlobal(start + QPoint(80, 80)), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&shown.canvas, &move);
        QVERIFY(shown.canvas.rectOf(context("crm"))->center() != before);
        QTest::keyClick(&shown.canvas, Qt::Key_Escape);
        QTest::mouseRelease(&shown.canvas, Qt::LeftButton, Qt::NoModifier, start + QPoint(80, 80));
        QCOMPARE(shown.canvas.rectOf(context("crm"))->center(), before);
        QCOMPARE(shown.moved, "");
    }

    void dragFromAHandleToACardAsksForARelationship()
    {
        Shown shown;
        const QRectF card = *shown.canvas.rectOf(context("marketing"));
        QMouseEvent move(QEvent::MouseMove, card.center(),
                         shown.canvas.mapToGlobal(card.center().toPoint()), Qt::NoButton,
                         Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(&shown.canvas, &move);
        shown.drag(QPoint(static_cast<int>(card.right()) + 2, static_cast<int>(card.center().y())),
                   shown.middleOf("claims"));
        QCOMPARE(shown.connected, "marketing to claims; ");
        QCOMPARE(shown.moved, "");
    }

    void connectModeDragsFromAnywhereOnACard()
    {
        Shown shown;
        shown.canvas.setMode(CanvasMode::Connect);
        shown.drag(shown.middleOf("crm"), shown.middleOf("billing"));
        QCOMPARE(shown.connected, "crm to billing; ");
    }

    void wheelZoomsAtThePointer()
    {
        Shown shown;
        const QPointF at(300, 200);
        const QPointF under = shown.canvas.toChart(at);
        const double before = shown.canvas.zoom();
        QWheelEvent wheel(at, shown.canvas.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&shown.canvas, &wheel);
        QVERIFY(shown.canvas.zoom() > before * 1.1);
        const QPointF now = shown.canvas.toChart(at);
        QVERIFY(QLineF(under, now).length() < 0.01);
    }

    void middleButtonAndSpacePan()
    {
        Shown shown;
        const QPointF before = shown.canvas.toChart(QPointF());
        shown.drag(QPoint(400, 400), QPoint(430, 380), Qt::MiddleButton);
        const QPointF after = shown.canvas.toChart(QPointF());
        QVERIFY(after.x() < before.x() && after.y() > before.y());
        QTest::keyPress(&shown.canvas, Qt::Key_Space);
        shown.drag(shown.middleOf("crm"), shown.middleOf("crm") + QPoint(50, 0));
        QTest::keyRelease(&shown.canvas, Qt::Key_Space);
        QCOMPARE(shown.moved, "");
        QVERIFY(shown.canvas.toChart(QPointF()).x() < after.x());
    }

    void arrowsWalkCardsAndTabWalksTheirEdges()
    {
        Shown shown;
        shown.canvas.setSelection({context("party-management")});
        QTest::keyClick(&shown.canvas, Qt::Key_Right);
        QCOMPARE(shown.selected, "policy-administration");
        QTest::keyClick(&shown.canvas, Qt::Key_Down);
        QCOMPARE(shown.selected, "billing");
        QTest::keyClick(&shown.canvas, Qt::Key_Tab);
        QCOMPARE(shown.selected, "policy-billing-kernel");
        QTest::keyClick(&shown.canvas, Qt::Key_Tab);
        QCOMPARE(shown.selected, "billing-to-ledger");
        QTest::keyClick(&shown.canvas, Qt::Key_Backtab);
        QTest::keyClick(&shown.canvas, Qt::Key_Backtab);
        QCOMPARE(shown.selected, "billing");
        QTest::keyClick(&shown.canvas, Qt::Key_Return);
        QCOMPARE(shown.activated, "billing");
        QTest::keyClick(&shown.canvas, Qt::Key_F2);
        QCOMPARE(shown.renamed, "billing");
    }

    void doubleClickRenamesOnTheTitleAndOpensBesideIt()
    {
        Shown shown;
        const QRectF title = *shown.canvas.titleRectOf(context("claims"));
        QTest::mouseDClick(&shown.canvas, Qt::LeftButton, Qt::NoModifier, title.center().toPoint());
        QCOMPARE(shown.renamed, "claims");
        const QRectF card = *shown.canvas.rectOf(context("claims"));
        QTest::mouseDClick(&shown.canvas, Qt::LeftButton, Qt::NoModifier,
                           (card.bottomRight() - QPointF(30, 8)).toPoint());
        QCOMPARE(shown.activated, "claims");
    }

    void connectsByKeyboard()
    {
        Shown shown;
        shown.canvas.setSelection({context("crm")});
        shown.canvas.startConnecting(context("crm"));
        QVERIFY(shown.canvas.isConnecting());
        QTest::keyClick(&shown.canvas, Qt::Key_Right);
        QTest::keyClick(&shown.canvas, Qt::Key_Return);
        QCOMPARE(shown.connected, "crm to billing; ");
        QVERIFY(!shown.canvas.isConnecting());
        shown.canvas.startConnecting(context("crm"));
        QTest::keyClick(&shown.canvas, Qt::Key_Escape);
        QVERIFY(!shown.canvas.isConnecting());
    }

    void marksTheLettersThatWereFound()
    {
        Shown shown;
        const auto hasAmber = [&shown](double zoom) {
            shown.canvas.setZoom(zoom, QPointF());
            shown.canvas.reveal(shown.canvas.chart().nodes[0].entity);
            const QImage picture = shown.canvas.grab().toImage();
            const QRgb amber = Theme::light().warning.fill.rgb();
            const QRect title =
                shown.canvas.titleRectOf(shown.canvas.chart().nodes[0].entity)->toAlignedRect();
            int pixels = 0;
            for (int y = title.top(); y <= title.bottom(); ++y) {
                for (int x = title.left(); x <= title.right(); ++x)
                    pixels += picture.valid(x, y) && picture.pixel(x, y) == amber ? 1 : 0;
            }
            return pixels > 20;
        };
        QVERIFY(!hasAmber(1));
        const std::string title = shown.canvas.chart().nodes[0].title;
        const QString letters = QString::fromStdString(title.substr(0, 4)).toLower();
        for (const double zoom : {0.7, 1.0, 1.6}) {
            shown.canvas.setHits({shown.canvas.chart().nodes[0].entity}, {letters});
            QVERIFY(hasAmber(zoom));
        }
        shown.canvas.setHits({}, {});
        QVERIFY(!hasAmber(1));
    }

    void screenReadersFindEveryCardAndEdge()
    {
        Shown shown;
        QAccessible::setActive(true);
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&shown.canvas);
        QVERIFY(list);
        std::string found;
        for (int i = 0; i < list->childCount(); ++i)
            found += list->child(i)->text(QAccessible::Name).toStdString() + "\n";
        for (const ChartNode& node : shown.canvas.chart().nodes)
            QVERIFY2(found.find(node.description) != std::string::npos, node.description.c_str());
        for (const ChartEdge& edge : shown.canvas.chart().edges)
            QVERIFY2(found.find(edge.description) != std::string::npos, edge.description.c_str());
        shown.canvas.setChart({}, {});
        QCOMPARE(list->childCount(), 2);  // the zoom box and the overview map
    }

    void labelsNeverCoverEachOther()
    {
        Shown shown;
        const LayoutResult& layout = shown.canvas.layout();
        for (std::size_t a = 0; a < layout.edges.size(); ++a) {
            for (std::size_t b = a + 1; b < layout.edges.size(); ++b)
                QVERIFY(!layout.edges[a].label.intersects(layout.edges[b].label));
            for (const LayoutPlate& plate : layout.plates)
                QVERIFY(!layout.edges[a].label.intersects(plate.rect));
        }
        for (std::size_t a = 0; a < layout.plates.size(); ++a) {
            for (std::size_t b = a + 1; b < layout.plates.size(); ++b)
                QVERIFY(!layout.plates[a].rect.intersects(layout.plates[b].rect));
        }
    }

    void paintsEveryLevelInBothThemes()
    {
        Shown shown;
        const QByteArray folder = qgetenv("PORTOLAN_PICTURES");
        for (const Theme* theme : {&Theme::light(), &Theme::dark()}) {
            QApplication::setPalette(paletteOf(*theme));
            for (const double zoom : {0.3, 0.6, 1.0, 2.0}) {
                shown.canvas.setZoom(zoom, QPointF(500, 300));
                const QImage picture = shown.canvas.grab().toImage();
                QVERIFY(!picture.isNull());
                int inked = 0;
                for (int y = 0; y < picture.height(); y += 7) {
                    for (int x = 0; x < picture.width(); x += 7)
                        inked += picture.pixelColor(x, y) != theme->canvas ? 1 : 0;
                }
                QVERIFY(inked > 300);
                if (!folder.isEmpty())
                    picture.save(QStringLiteral("%1/canvas-%2-%3.png")
                                     .arg(QString::fromLocal8Bit(folder))
                                     .arg(theme->isDark ? 1 : 0)
                                     .arg(zoom));
            }
        }
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::CanvasTest)
#include "canvas_test.moc"
