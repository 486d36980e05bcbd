// SPDX-License-Identifier: Apache-2.0
// A lens is chosen by keys and mouse; cards, legend and what a screen reader says follow it, and nothing moves.
#include "ui/views/context_map/lens_menu.h"

#include "model/map/map_document.h"
#include "tests/support/text_output.h"
#include "ui/base/theme.h"
#include "ui/canvas/legend_row.h"
#include "ui/session/session.h"
#include "ui/views/context_map/context_map_view.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

namespace portolan::ui {
namespace {

constexpr const char* shop = R"({
  "portolan": 1, "name": "Shop",
  "domains": [{"id": "sales", "name": "Sales", "kind": "core"}],
  "teams": [{"id": "b", "name": "Blue Team"}, {"id": "a", "name": "Amber Team"}],
  "contexts": [
    {"id": "orders", "name": "Orders", "domain": "sales", "team": "b"},
    {"id": "back", "name": "Returns", "domain": "sales", "team": "b"},
    {"id": "bill", "name": "Billing", "team": "a"},
    {"id": "lab", "name": "Lab"}]
})";

class Shown {
public:
    Shown()
    {
        auto document = MapDocument::read(shop, "map.json");
        if (document)
            session.setMap(std::move(*document), {});
        view.resize(1200, 800);
        view.show();
        (void)QTest::qWaitForWindowActive(&view);
        (void)QTest::qWaitFor([this] { return view.isLaidOut(); }, 8000);
        view.canvas()->setFocus();
    }

    template <class Widget>
    Widget* find(const char* name) const
    {
        return view.findChild<Widget*>(QString::fromLatin1(name));
    }
    // Alt+L, then the letter of the entry.
    void chooseByKey(Qt::Key letter)
    {
        QTest::keyClick(&view, Qt::Key_L, Qt::AltModifier);
        auto* menu = find<QMenu>("lensMenu");
        QTRY_VERIFY(menu->isVisible());
        QTest::keyClick(menu, letter);
        QTRY_VERIFY(!menu->isVisible());
    }
    std::string legend() const { return find<LegendRow>("legend")->text().toStdString(); }
    std::string wordsOf(const char* id) const
    {
        const Chart& chart = view.canvas()->chart();
        return chart.nodes[static_cast<std::size_t>(chart.node({EntityKind::BoundedContext, id}))]
            .lensWords;
    }
    QColor stripeOf(const char* id) const
    {
        const auto card = view.canvas()->rectOf({EntityKind::BoundedContext, id});
        const QImage picture = view.canvas()->grab().toImage();
        return picture.pixelColor(
            QPointF(card->left() + 3 * view.canvas()->zoom(), card->center().y()).toPoint());
    }

    Session session;
    ContextMapView view{&session};
};

}  // namespace

class LensTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QApplication::setPalette(paletteOf(Theme::light())); }

    void aLensIsChosenByKeys()
    {
        Shown shown;
        auto* button = shown.find<QToolButton>("mapLensButton");
        QCOMPARE(button->accessibleName(), QStringLiteral("Lens: none"));
        shown.chooseByKey(Qt::Key_O);
        QCOMPARE(button->accessibleName(), QStringLiteral("Lens: Owner"));
        QCOMPARE(shown.wordsOf("orders"), std::string("Blue Team"));
        QCOMPARE(shown.wordsOf("lab"), std::string("no team"));
        QCOMPARE(shown.legend(), std::string("Owner: Blue Team 2; Amber Team 1; no team 1"));
        QCOMPARE(shown.find<LegendRow>("legend")->accessibleName(),
                 QStringLiteral("Legend: Owner: Blue Team 2; Amber Team 1; no team 1"));
    }

    void theMouseChoosesToo()
    {
        Shown shown;
        auto* menu = shown.find<QMenu>("lensMenu");
        QTest::mouseClick(shown.find<QToolButton>("mapLensButton"), Qt::LeftButton);
        QTRY_VERIFY(menu->isVisible());
        QAction* action = shown.find<QAction>("mapLens-subdomain");
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        QCOMPARE(shown.legend(), std::string("Subdomain kind: core 2; not known 2"));
    }

    void cardsHaveTheColoursOfTheLens()
    {
        Shown shown;
        const Theme& theme = Theme::light();
        QCOMPARE(shown.stripeOf("orders"), theme.hue(0));
        QCOMPARE(shown.stripeOf("bill"), theme.muted);
        const QImage before = shown.view.canvas()->grab().toImage();
        shown.chooseByKey(Qt::Key_O);
        QCOMPARE(shown.stripeOf("orders"), theme.hue(0));
        QCOMPARE(shown.stripeOf("back"), theme.hue(0));
        QCOMPARE(shown.stripeOf("bill"), theme.hue(1));
        shown.chooseByKey(Qt::Key_S);
        QCOMPARE(shown.stripeOf("orders"), theme.lensGrades[0]);
        shown.chooseByKey(Qt::Key_N);
        QTRY_COMPARE(shown.view.canvas()->size(), before.size() / before.devicePixelRatio());
        QCOMPARE(shown.view.canvas()->grab().toImage(), before);
    }

    void fromAfarACardIsFilledWithIt()
    {
        Shown shown;
        shown.chooseByKey(Qt::Key_O);
        for (const double zoom : {0.4, 0.15}) {
            shown.view.canvas()->setZoom(zoom, QPointF(400, 300));
            QCOMPARE(shown.stripeOf("bill"), Theme::light().hue(1));
            // Hollow: what is not known is no answer.
            QVERIFY(shown.stripeOf("lab") != Theme::light().hue(0));
            const auto card = shown.view.canvas()->rectOf({EntityKind::BoundedContext, "lab"});
            const QImage picture = shown.view.canvas()->grab().toImage();
            QCOMPARE(picture.pixelColor(QPointF(card->center().x(), card->bottom() - 3).toPoint()),
                     Theme::light().base);
        }
    }

    void nothingMoves()
    {
        Shown shown;
        const std::vector<Point> before = shown.view.canvas()->layout().positions;
        shown.chooseByKey(Qt::Key_F);
        QVERIFY(shown.view.isLaidOut());
        QVERIFY(shown.view.canvas()->layout().positions == before);
    }

    void anEditIsSeenThroughTheLens()
    {
        Shown shown;
        shown.chooseByKey(Qt::Key_O);
        QVERIFY(shown.session.apply(removeTeam(*shown.session.document(), TeamId("a"))));
        QCOMPARE(shown.wordsOf("bill"), std::string("no team"));
        QCOMPARE(shown.legend(), std::string("Owner: Blue Team 2; no team 2"));
        shown.session.undoStack()->undo();
        QCOMPARE(shown.wordsOf("bill"), std::string("Amber Team"));
    }

    void aNameIsShownLetterForLetter()
    {
        Shown shown;
        shown.chooseByKey(Qt::Key_O);
        QVERIFY(shown.session.apply(
            renameTeam(*shown.session.document(), TeamId("b"), "<b>%2 &%L1</b>")));
        QCOMPARE(shown.legend(), std::string("Owner: <b>%2 &%L1</b> 2; Amber Team 1; no team 1"));
        QVERIFY(!shown.find<LegendRow>("legend")->toolTip().contains(QStringLiteral("<b>")));
    }

    void aLensWithoutDataIsGreyedWithTheReason()
    {
        Shown shown;
        const QAction* drift = shown.find<QAction>("mapLens-drift");
        QVERIFY(!drift->isEnabled());
        QCOMPARE(drift->text(),
                 QStringLiteral("&Drift \u2013 Nothing was imported to hold the map against."));
        QVERIFY(shown.find<QAction>("mapLens-owner")->isEnabled());
        QCOMPARE(shown.find<QAction>("mapLens-owner")->text(), QStringLiteral("&Owner"));
    }

    void theLegendSaysHowManyHaveNoRoom()
    {
        Shown shown;
        shown.chooseByKey(Qt::Key_O);
        auto* legend = shown.find<LegendRow>("legend");
        const QImage wide = legend->grab().toImage();
        QVERIFY(legend->toolTip().contains(QStringLiteral("Amber Team 1")));
        shown.view.resize(700, 600);
        QVERIFY(legend->grab().toImage() != wide);
    }

    void aNarrowBarKeepsTheWordLens()
    {
        Shown shown;
        auto* button = shown.find<QToolButton>("mapLensButton");
        shown.chooseByKey(Qt::Key_S);
        QCOMPARE(button->text(), QStringLiteral("&Lens: Subdomain kind"));
        shown.view.resize(600, 500);
        QTRY_COMPARE(button->text(), QStringLiteral("&Lens"));
        QCOMPARE(button->accessibleName(), QStringLiteral("Lens: Subdomain kind"));
        shown.view.resize(1300, 500);
        QTRY_COMPARE(button->text(), QStringLiteral("&Lens: Subdomain kind"));
    }

    // Without a lens the brief words are the whole ones, and being brief has saved nothing.
    void aBarThatWasNarrowSaysTheLensAgain()
    {
        Shown shown;
        auto* button = shown.find<QToolButton>("mapLensButton");
        shown.view.resize(560, 500);
        QTest::qWait(50);
        shown.view.resize(1300, 500);
        shown.chooseByKey(Qt::Key_S);
        QTRY_COMPARE(button->text(), QStringLiteral("&Lens: Subdomain kind"));
    }

    void eachThemeHasItsColours()
    {
        QApplication::setPalette(paletteOf(Theme::dark()));
        Shown shown;
        shown.chooseByKey(Qt::Key_S);
        QCOMPARE(shown.stripeOf("orders"), Theme::dark().lensGrades[0]);
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::LensTest)
#include "lens_test.moc"
