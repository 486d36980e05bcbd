// SPDX-License-Identifier: Apache-2.0
// The review of names and owners: accept, refuse, take back and undo; each decision is applied to the estate at once.
#include "model/estate/estate_builder.h"
#include "model/map/map_document.h"
#include "ui/session/session.h"
#include "ui/views/identity/identity_view.h"

#include <QAction>
#include <QTabBar>
#include <QTableView>
#include <QUndoStack>
#include <QtTest>

namespace portolan::ui {
namespace {

EstatePtr estateInDoubt()
{
    EstateBuilder builder;
    Source source;
    source.path = "a.yaml";
    const SourceIndex index = builder.source(source);
    for (const char* path : {"s.p.a", "s.p.b", "s.p.c"}) {
        builder.dataset("postgres", "db", path, builder.evidence(index, 1));
        builder.dataset("postgres", "", path, builder.evidence(index, 2));
    }
    builder.dataset("kafka", "k", "Orders", builder.evidence(index, 3));
    builder.dataset("kafka", "k", "orders", builder.evidence(index, 4));
    builder.fact(Claim{ClaimAbout::Dataset, "kafka://k/orders", "owner", "shop",
                       builder.evidence(index, 5)});
    return std::make_shared<const Estate>(builder.take());
}

}  // namespace

class IdentityTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_session = std::make_unique<Session>();
        m_view = std::make_unique<IdentityView>(m_session.get());
        m_view->resize(900, 500);
        m_view->show();
        m_names = m_view->findChild<QTableView*>(QStringLiteral("identityNames"));
    }

    void decidesNothingWithoutAMap()
    {
        m_session->setEstate(estateInDoubt());
        QTRY_COMPARE(m_names->model()->rowCount(), 2);
        m_names->selectAll();
        QVERIFY(!action("identitySame")->isEnabled());
    }

    void joinsKeepsApartTakesBackAndUndoes()
    {
        openMap();
        m_session->setEstate(estateInDoubt());
        QTRY_COMPARE(m_names->model()->rowCount(), 2);
        QCOMPARE(cell(0, 1), QStringLiteral("postgres:///*"));
        QCOMPARE(cell(0, 3), QStringLiteral("3"));
        QCOMPARE(m_session->estate()->datasets.size(), 8U);

        m_names->selectRow(0);
        QTest::qWait(0);
        action("identitySame")->trigger();
        QCOMPARE(m_session->map().identities.size(), 1U);
        QCOMPARE(m_session->estate()->datasets.size(), 5U);
        QCOMPARE(m_session->observedEstate()->datasets.size(), 8U);
        QTRY_COMPARE(m_names->model()->rowCount(), 1);

        m_names->selectRow(0);
        action("identityDifferent")->trigger();
        QCOMPARE(m_session->estate()->datasets.size(), 5U);
        QTRY_COMPARE(m_names->model()->rowCount(), 0);

        auto* tabs = m_view->findChild<QTabBar*>();
        tabs->setCurrentIndex(IdentityView::Decided);
        auto* decided = m_view->findChild<QTableView*>(QStringLiteral("identityDecided"));
        QCOMPARE(decided->model()->rowCount(), 2);
        QVERIFY(action("identityTakeBack")->isVisible() && !action("identitySame")->isVisible());
        decided->selectRow(0);
        action("identityTakeBack")->trigger();
        QCOMPARE(m_session->estate()->datasets.size(), 8U);
        QTRY_COMPARE(m_names->model()->rowCount(), 1);

        m_session->undoStack()->undo();
        QCOMPARE(m_session->estate()->datasets.size(), 5U);
        m_session->undoStack()->undo();
        m_session->undoStack()->undo();
        QCOMPARE(m_session->map().identities.size(), 0U);
        QCOMPARE(m_session->estate()->datasets.size(), 8U);
        QTRY_COMPARE(m_names->model()->rowCount(), 2);
    }

    void decidesOnSeveralInOneStep()
    {
        openMap();
        m_session->setEstate(estateInDoubt());
        QTRY_COMPARE(m_names->model()->rowCount(), 2);
        m_names->selectAll();
        action("identitySame")->trigger();
        QCOMPARE(m_session->estate()->datasets.size(), 4U);
        QCOMPARE(m_session->undoStack()->count(), 1);
    }

    void givesThingsToTheirContext()
    {
        openMap();
        m_session->setEstate(estateInDoubt());
        auto* owners = m_view->findChild<QTableView*>(QStringLiteral("identityOwners"));
        QTRY_COMPARE(owners->model()->rowCount(), 1);
        m_view->findChild<QTabBar*>()->setCurrentIndex(IdentityView::Owners);
        owners->selectRow(0);
        action("identityGive")->trigger();
        QVERIFY(m_session->map().contexts[0].owns.datasets ==
                std::vector<std::string>{"kafka://k/orders"});
        QTRY_COMPARE(owners->model()->rowCount(), 0);
    }

private:
    void openMap()
    {
        Result<MapDocument> document = MapDocument::read(
            "{\"portolan\": 1, \"contexts\": [{\"id\": \"shop\", \"name\": \"Shop\"}]}", "m.json");
        QVERIFY(document);
        m_session->setMap(std::move(*document), {});
    }
    QAction* action(const char* name) const
    {
        return m_view->findChild<QAction*>(QString::fromLatin1(name));
    }
    QString cell(int row, int column) const
    {
        return m_names->model()->index(row, column).data().toString();
    }

    std::unique_ptr<Session> m_session;
    std::unique_ptr<IdentityView> m_view;
    QTableView* m_names = nullptr;
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::IdentityTest)
#include "identity_test.moc"
