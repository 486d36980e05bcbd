// SPDX-License-Identifier: Apache-2.0
#include "model/estate/estate_builder.h"
#include "model/map/map_document.h"
#include "tests/support/text_output.h"
#include "ui/base/text.h"
#include "ui/explorer/explorer_model.h"
#include "ui/explorer/explorer_panel.h"
#include "ui/session/session.h"

#include <QAbstractItemModelTester>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTreeView>
#include <QUndoStack>

namespace portolan::ui {
namespace {

constexpr const char* mapText = R"({
  "portolan": 1,
  "name": "Insurer",
  "domains": [
    {"id": "party", "name": "Party", "code": "PT", "kind": "core"},
    {"id": "claims", "name": "Claims", "kind": "core"}
  ],
  "teams": [{"id": "core", "name": "Party Core"}],
  "contexts": [
    {"id": "party-management", "name": "Party Management", "domain": "party",
     "terms": [{"name": "Party", "definition": "Somebody"}]},
    {"id": "crm", "name": "CRM", "domain": "party", "bigBallOfMud": true, "legacy": true},
    {"id": "intake", "name": "Intake"}
  ],
  "products": [{"id": "party-profile", "name": "PartyProfile", "context": "party-management", "kind": "state"}]
}
)";

void openMap(Session& session)
{
    Result<MapDocument> document = MapDocument::read(mapText, "insurer.json");
    QVERIFY(document);
    session.setMap(std::move(*document), {});
}

portolan::Source fileSource(const std::string& path)
{
    portolan::Source source;
    source.path = path;
    source.format = "openlineage";
    return source;
}

EstatePtr estateWithDatasets(int count)
{
    EstateBuilder builder;
    const SourceIndex source = builder.source(fileSource("a.ndjson"));
    for (int i = 0; i < count; ++i) {
        const std::string path = "shop.public.t" + std::to_string(i);
        builder.dataset("postgres", "db:5432", path,
                        builder.evidence(source, static_cast<std::uint32_t>(i + 1)));
    }
    return std::make_shared<const Estate>(builder.take());
}

// The rows as an indented outline.
QString outline(const QAbstractItemModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        text += QString(depth * 2, QLatin1Char(' ')) + index.data().toString();
        const QString detail = index.data(ExplorerModel::DetailRole).toString();
        text += (detail.isEmpty() ? QString() : QStringLiteral(" | ") + detail) + QLatin1Char('\n');
        text += outline(model, index, depth + 1);
    }
    return text;
}

}  // namespace

class ExplorerTest : public QObject {
    Q_OBJECT

private slots:
    void listsDomainsWithTheirContextsAndProducts()
    {
        Session session;
        openMap(session);
        ExplorerPanel panel(&session);
        const auto* tree = panel.findChild<QTreeView*>(QStringLiteral("explorerTree"));
        QCOMPARE(outline(*tree->model()), QStringLiteral("Domains | 2\n"
                                                         "  Party | core\n"
                                                         "    Party Management\n"
                                                         "      PartyProfile\n"
                                                         "    CRM | legacy\n"
                                                         "  Claims | core\n"
                                                         "  Intake\n"
                                                         "Terms | 1\n"
                                                         "  Party Management | 1\n"
                                                         "    Party\n"
                                                         "Teams | 1\n"
                                                         "  Party Core\n"));
    }

    // What a catalog says by its own ids and the map declares under the same name is the map's; the rest can be read and not edited.
    void listsWhatCatalogsSayAndTheMapDoesNot()
    {
        const Result<MapDocument> document = MapDocument::read(mapText, "insurer.json");
        QVERIFY(document);
        EstateBuilder builder;
        const SourceIndex source = builder.source(fileSource("catalog.yaml"));
        const Evidence place = builder.evidence(source, 1);
        for (const char* name : {"Party Management", "Shop"}) {
            ObservedContext context;
            context.id = std::string("component:default/") + name;
            context.name = name;
            context.type = "system";
            context.evidence = place;
            builder.fact(std::move(context));
        }
        builder.term({"Sales", "Order", "", place});
        ExplorerModel model;
        ExplorerContents contents{std::make_shared<const ContextMap>(document->map()),
                                  std::make_shared<const Estate>(builder.take()),
                                  std::make_shared<const EstateOwnership>(),
                                  {}};
        model.setRows(explorerRows(contents));
        QModelIndex contexts;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.index(row, 0).data().toString() == QStringLiteral("Observed contexts"))
                contexts = model.index(row, 0);
        }
        QVERIFY(contexts.isValid());
        if (model.canFetchMore(contexts))
            model.fetchMore(contexts);
        QCOMPARE(outline(model, contexts), QStringLiteral("Shop | system\n"));
        QVERIFY(!model.flags(model.index(0, 0, contexts)).testFlag(Qt::ItemIsEditable));
    }

    void isASoundModelThatGrowsByPages()
    {
        ExplorerModel model;
        ExplorerContents contents{
            std::make_shared<const ContextMap>(), estateWithDatasets(1200), nullptr, {}};
        EstateOwnership ownership;
        ownership.datasetOwner.resize(1200);
        contents.ownership = std::make_shared<const EstateOwnership>(ownership);
        model.setRows(explorerRows(contents));
        const QModelIndex datasets = model.index(1, 0);
        QCOMPARE(datasets.data().toString(), QStringLiteral("Datasets"));
        const QModelIndex nobodys = model.index(0, 0, datasets);
        QCOMPARE(nobodys.data().toString(), QStringLiteral("Owned by no context"));
        QCOMPARE(model.rowCount(nobodys), 0);
        QVERIFY(model.canFetchMore(nobodys));
        model.fetchMore(nobodys);
        QCOMPARE(model.rowCount(nobodys), 500);
        model.fetchMore(nobodys);
        model.fetchMore(nobodys);
        QCOMPARE(model.rowCount(nobodys), 1200);
        QVERIFY(!model.canFetchMore(nobodys));
        // The tester fetches while a reset is told, which it then takes for a mistake; so it comes after the rows.
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(model.rowCount(nobodys), 1200);
    }

    void filtersOverListsThatWereNeverOpened()
    {
        ExplorerContents contents{
            std::make_shared<const ContextMap>(), estateWithDatasets(1200), nullptr, {}};
        EstateOwnership ownership;
        ownership.datasetOwner.resize(1200);
        contents.ownership = std::make_shared<const EstateOwnership>(ownership);
        ExplorerModel model;
        model.setRows(explorerRows(contents, "PUBLIC.T119", 3));
        QCOMPARE(outline(model), QStringLiteral("Datasets | 1,200\n"
                                                "  Owned by no context | 1,200\n"
                                                "    shop.public.t119 | postgres\n"
                                                "    shop.public.t1190 | postgres\n"
                                                "    shop.public.t1191 | postgres\n"
                                                "8 more, type further letters\n"));
    }

    void sharesTheSelection()
    {
        Session session;
        openMap(session);
        ExplorerPanel panel(&session);
        auto* tree = panel.findChild<QTreeView*>(QStringLiteral("explorerTree"));
        session.select({EntityKind::BoundedContext, "crm"});
        QCOMPARE(tree->currentIndex().data().toString(), QStringLiteral("CRM"));
        tree->setCurrentIndex(tree->model()->index(0, 0, tree->currentIndex().parent()));
        QCOMPARE(session.selection().size(), std::size_t(1));
        QCOMPARE(session.selection()[0].id, std::string("party-management"));
    }

    void renamesInPlaceAsOneStep()
    {
        Session session;
        openMap(session);
        ExplorerPanel panel(&session);
        panel.resize(300, 600);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* tree = panel.findChild<QTreeView*>(QStringLiteral("explorerTree"));
        session.select({EntityKind::BoundedContext, "crm"});
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_F2);
        auto* editor = tree->viewport()->findChild<QLineEdit*>();
        QVERIFY(editor);
        QCOMPARE(editor->text(), QStringLiteral("CRM"));
        editor->selectAll();
        QTest::keyClicks(editor, QStringLiteral("Regional CRM"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(session.undoStack()->count(), 1);
        QCOMPARE(session.map().context(ContextId("crm"))->name, std::string("Regional CRM"));
        session.undoStack()->undo();
        QCOMPARE(session.document()->text(), std::string(mapText));
    }

    void addsFromTheMenuAndRemovesByKey()
    {
        Session session;
        openMap(session);
        ExplorerPanel panel(&session);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* tree = panel.findChild<QTreeView*>(QStringLiteral("explorerTree"));
        const std::unique_ptr<QMenu> menu(panel.menuFor(tree->model()->index(0, 0)));
        QCOMPARE(menu->actions().size(), 1);
        QCOMPARE(menu->actions()[0]->text(), QStringLiteral("Add &domain"));
        menu->actions()[0]->trigger();
        QCOMPARE(session.map().domains.size(), std::size_t(3));
        QVERIFY(tree->viewport()->findChild<QLineEdit*>());
        QTest::keyClick(tree->viewport()->findChild<QLineEdit*>(), Qt::Key_Escape);
        session.select({EntityKind::BoundedContext, "intake"});
        QTest::keyClick(tree, Qt::Key_Delete);
        QVERIFY(!session.map().context(ContextId("intake")));
        QCOMPARE(session.undoStack()->count(), 2);
    }

    void namesWhatGoesAlongBeforeItRemoves()
    {
        Session session;
        openMap(session);
        ExplorerPanel panel(&session);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* tree = panel.findChild<QTreeView*>(QStringLiteral("explorerTree"));
        tree->setFocus();
        session.select({EntityKind::BoundedContext, "party-management"});
        QTest::keyClick(tree, Qt::Key_Delete);
        auto* question = panel.findChild<QDialog*>(QStringLiteral("question"));
        QVERIFY(question);
        QVERIFY(session.map().context(ContextId("party-management")));
        QCOMPARE(question->findChild<QLabel*>(QStringLiteral("questionText"))->text(),
                 QStringLiteral("Remove Party Management and what depends on it?"));
        QStringList told;
        for (const QLabel* label : question->findChildren<QLabel*>())
            told << label->text();
        QVERIFY2(told.contains(QStringLiteral("1 term of Party Management\nproduct PartyProfile")),
                 qPrintable(told.join(u'|')));
        QTest::mouseClick(question->findChild<QPushButton*>(QStringLiteral("answerCancel")),
                          Qt::LeftButton);
        QVERIFY(session.map().context(ContextId("party-management")));
        QTRY_VERIFY(!panel.findChild<QDialog*>(QStringLiteral("question")));
        panel.activateWindow();
        tree->setFocus();
        QTRY_VERIFY(tree->hasFocus());
        QTest::keyClick(tree, Qt::Key_Delete);
        QTest::mouseClick(panel.findChild<QPushButton*>(QStringLiteral("answerRemove")),
                          Qt::LeftButton);
        QVERIFY(!session.map().context(ContextId("party-management")));
        QVERIFY(session.map().products.empty());
        QCOMPARE(session.undoStack()->count(), 1);
        session.undoStack()->undo();
        QCOMPARE(session.document()->text(), std::string(mapText));
    }

    void keepsWhatIsOpenOverAnEdit()
    {
        Session session;
        openMap(session);
        ExplorerPanel panel(&session);
        auto* tree = panel.findChild<QTreeView*>(QStringLiteral("explorerTree"));
        const QModelIndex party = tree->model()->index(0, 0, tree->model()->index(0, 0));
        tree->setExpanded(party, true);
        QVERIFY(session.apply(
            renameContext(*session.document(), ContextId("intake"), "Claims Intake")));
        QTRY_COMPARE(tree->model()->index(2, 0, tree->model()->index(0, 0)).data().toString(),
                     QStringLiteral("Claims Intake"));
        QVERIFY(tree->isExpanded(tree->model()->index(0, 0, tree->model()->index(0, 0))));
    }

    void saysWhatToDoWhileThereIsNothing()
    {
        Session session;
        ExplorerPanel panel(&session);
        panel.show();
        QVERIFY(panel.findChild<QWidget*>(QStringLiteral("explorerEmpty"))->isVisible());
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::ExplorerTest)
#include "explorer_test.moc"
