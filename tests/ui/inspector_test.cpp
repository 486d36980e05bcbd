// SPDX-License-Identifier: Apache-2.0
// The inspector: fields apply on Enter as one undo step, keep what was not taken, and show where a thing comes from.
#include "model/analysis/rules/legal_choices.h"
#include "model/estate/estate_builder.h"
#include "model/map/edits.h"
#include "tests/support/estate_text.h"
#include "tests/support/text_output.h"
#include "tests/support/window_world.h"

#include "ui/inspector/inspector.h"

#include <QAbstractButton>
#include <QAbstractItemModel>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QUndoStack>

#include <algorithm>

namespace portolan::ui {

using tests::child;

class InspectorTest : public QObject {
    Q_OBJECT

    struct World {
        Session session;
        Inspector inspector{&session};

        explicit World(const EntityRef& entity)
        {
            session.setMap(std::move(*MapDocument::read(tests::smallMap.toStdString(), "map.json")),
                           {});
            inspector.resize(300, 900);
            inspector.show();
            session.select(entity);
            refresh();
        }
        void refresh() { QTest::qWait(10); }
        const BoundedContext& party() const { return session.map().contexts[0]; }
        const Relationship& first() const { return session.map().relationships[0]; }
        std::string teams() const
        {
            return session.map().contexts[0].team.text + " " + session.map().contexts[1].team.text;
        }
    };
    static EntityRef party() { return {EntityKind::BoundedContext, "party-management"}; }
    static EntityRef claims() { return {EntityKind::BoundedContext, "claims-handling"}; }
    static EntityRef relationship() { return {EntityKind::Relationship, "party-to-claims"}; }
    static void click(World& world, const char* name)
    {
        QTest::mouseClick(child<QAbstractButton>(&world.inspector, name), Qt::LeftButton,
                          Qt::NoModifier, QPoint(8, 12));
    }
    // The model's own words against a role.
    static QString reasonOf(const World& world, RelationshipChoice::What what, Role role)
    {
        for (const RelationshipChoice& choice : legalChoices(world.session.map(), world.first())) {
            if (choice.what == what && choice.role == role)
                return QString::fromStdString(choice.reason);
        }
        return {};
    }
    static void type(QLineEdit* field, const QString& text)
    {
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }

private slots:
    void saysWhatIsSelected()
    {
        World world(party());
        QCOMPARE(child<QLabel>(&world.inspector, "inspectorTitle")->text(),
                 QStringLiteral("Party Management"));
        QCOMPARE(child<QLabel>(&world.inspector, "inspectorKind")->text(),
                 QStringLiteral("Bounded context · Party · core"));
    }

    void showsWhatACatalogSaysAndTheMapDoesNot()
    {
        World world(party());
        EstateBuilder builder;
        Source source;
        source.path = "catalog-info.yaml";
        const SourceIndex index = builder.source(std::move(source));
        const Evidence place = builder.evidence(index, 7, 3, "");
        ObservedContext context;
        context.id = "component:default/shop";
        context.name = "<b>Shop</b>";
        context.owner = "team-shop";
        context.evidence = place;
        builder.fact(std::move(context));
        builder.term({"Sales", "Order", "What a customer buys", place});
        world.session.setEstate(std::make_shared<const Estate>(builder.take()));
        world.session.select({EntityKind::BoundedContext, "component:default/shop"});
        world.refresh();
        QCOMPARE(child<QLabel>(&world.inspector, "inspectorKind")->text(),
                 QStringLiteral("Bounded context, observed and not declared"));
        QCOMPARE(world.session.nameOf({EntityKind::Term, "Sales/Order"}), QStringLiteral("Order"));
        world.session.select({EntityKind::Term, "Sales/Order"});
        world.refresh();
        QCOMPARE(child<QLabel>(&world.inspector, "inspectorTitle")->text(),
                 QStringLiteral("Order"));
    }

    void enterRenamesAsOneStep()
    {
        World world(party());
        type(child<QLineEdit>(&world.inspector, "name"), QStringLiteral("Parties"));
        QCOMPARE(world.party().name, std::string("Parties"));
        QCOMPARE(world.session.undoStack()->count(), 1);
        world.refresh();
        QCOMPARE(world.session.undoStack()->count(), 1);
        world.session.undoStack()->undo();
        QCOMPARE(world.party().name, std::string("Party Management"));
    }

    void whatIsNotTakenKeepsItsTextAndSaysWhy()
    {
        World world(party());
        auto* field = child<QLineEdit>(&world.inspector, "name");
        field->setFocus();
        field->selectAll();
        QTest::keyClick(field, Qt::Key_Delete);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(world.party().name, std::string("Party Management"));
        QCOMPARE(field->text(), QString());
        const auto* problem = child<QLabel>(&world.inspector, "nameProblem");
        QVERIFY(problem->isVisible());
        QVERIFY(!problem->text().isEmpty());
    }

    void leavingAFieldApplies()
    {
        World world(party());
        auto* field = child<QPlainTextEdit>(&world.inspector, "purpose");
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QStringLiteral("Knows everyone."));
        QVERIFY(world.party().purpose == "Who a party is.");
        child<QLineEdit>(&world.inspector, "name")->setFocus();
        QCOMPARE(world.party().purpose, std::string("Knows everyone."));
    }

    void flagsTeamAndDomainAreChosen()
    {
        World world(party());
        QTest::mouseClick(child<QAbstractButton>(&world.inspector, "legacy"), Qt::LeftButton,
                          Qt::NoModifier, QPoint(8, 12));
        QVERIFY(world.party().isLegacy);
        world.refresh();
        auto* domain = child<QComboBox>(&world.inspector, "domain");
        domain->setCurrentIndex(domain->findText(QStringLiteral("Claims")));
        emit domain->activated(domain->currentIndex());
        QCOMPARE(world.party().domains[0].text, std::string("claims"));
    }

    void termsAreAddedAndRemoved()
    {
        World world(party());
        type(child<QLineEdit>(&world.inspector, "newTerm"), QStringLiteral("Survivor"));
        QCOMPARE(world.party().terms.size(), std::size_t(2));
        world.refresh();
        QTest::mouseClick(child<QAbstractButton>(&world.inspector, "remove:Party"), Qt::LeftButton);
        QCOMPARE(world.party().terms.size(), std::size_t(1));
        QCOMPARE(world.party().terms[0].name, std::string("Survivor"));
    }

    void aTermKeepsTheSelectionWhenItIsRenamed()
    {
        World world({EntityKind::Term, "party-management/Party"});
        type(child<QLineEdit>(&world.inspector, "name"), QStringLiteral("Person"));
        QCOMPARE(world.party().terms[0].name, std::string("Person"));
        QCOMPARE(world.session.selection().at(0).id, std::string("party-management/Person"));
    }

    void rolesOfARelationshipAreToggled()
    {
        World world(relationship());
        click(world, "roleOHS");
        QVERIFY(world.first().upstreamRoles == std::vector<Role>{Role::PublishedLanguage});
        world.refresh();
        auto* role = child<QComboBox>(&world.inspector, "roleDownstream");
        QCOMPARE(role->currentText(), QStringLiteral("Anti-corruption layer (ACL)"));
        QTest::keyClick(role, Qt::Key_Down);
        QVERIFY(world.first().downstreamRoles == std::vector<Role>{Role::Conformist});
        QCOMPARE(world.session.undoStack()->count(), 2);
    }

    void whatTheRulesForbidIsGreyWithTheReason()
    {
        World world(relationship());
        click(world, "roleOHS");
        Relationship supplier = world.first();
        supplier.type = RelationshipType::CustomerSupplier;
        QVERIFY(world.session.apply(
            changeRelationship(*world.session.document(), supplier.id, supplier)));
        world.refresh();
        auto* host = child<QAbstractButton>(&world.inspector, "roleOHS");
        QVERIFY(!host->isEnabled());
        const QString why =
            reasonOf(world, RelationshipChoice::What::UpstreamRole, Role::OpenHostService);
        QVERIFY(!why.isEmpty());
        QCOMPARE(host->accessibleDescription(), why);
        QVERIFY(!host->toolTip().isEmpty());
        QVERIFY(!world.inspector.findChild<QLabel*>(QStringLiteral("roleOHSProblem")));
        auto* role = child<QComboBox>(&world.inspector, "roleDownstream");
        const int conformist = role->findText(QStringLiteral("Conformist (CF)"));
        QVERIFY(!role->model()->index(conformist, 0).flags().testFlag(Qt::ItemIsEnabled));
        QCOMPARE(role->itemData(conformist, Qt::AccessibleDescriptionRole).toString(),
                 reasonOf(world, RelationshipChoice::What::DownstreamRole, Role::Conformist));
        QTest::keyClick(role, Qt::Key_Down);  // over the grey one there is nothing
        QVERIFY(world.first().downstreamRoles == std::vector<Role>{Role::AnticorruptionLayer});
    }

    void whatIsSetAndForbiddenIsMarkedAndCanBeTakenOff()
    {
        World world(relationship());
        Relationship supplier = world.first();
        supplier.type = RelationshipType::CustomerSupplier;
        supplier.upstreamRoles = {Role::OpenHostService};
        supplier.downstreamRoles = {Role::Conformist};
        QVERIFY(world.session.apply(
            changeRelationship(*world.session.document(), supplier.id, supplier)));
        world.refresh();
        auto* host = child<QAbstractButton>(&world.inspector, "roleOHS");
        QVERIFY(host->isEnabled() && host->isChecked());
        const auto* problem = child<QLabel>(&world.inspector, "roleOHSProblem");
        QVERIFY(problem->isVisible());
        QCOMPARE(problem->text(),
                 reasonOf(world, RelationshipChoice::What::UpstreamRole, Role::OpenHostService));
        const auto* role = child<QComboBox>(&world.inspector, "roleDownstream");
        QCOMPARE(role->currentText(), QStringLiteral("Conformist (CF)"));
        QCOMPARE(child<QLabel>(&world.inspector, "roleDownstreamProblem")->text(),
                 reasonOf(world, RelationshipChoice::What::DownstreamRole, Role::Conformist));
        click(world, "roleOHS");
        QVERIFY(world.first().upstreamRoles.empty());
        world.refresh();
        QVERIFY(!child<QAbstractButton>(&world.inspector, "roleOHS")->isEnabled());
        QTest::keyClick(child<QComboBox>(&world.inspector, "roleDownstream"), Qt::Key_Up);
        QVERIFY(world.first().downstreamRoles == std::vector<Role>{Role::AnticorruptionLayer});
    }

    void severalDownstreamRolesAreMarkedUntilOneIsChosen()
    {
        World world(relationship());
        Relationship both = world.first();
        both.downstreamRoles = {Role::AnticorruptionLayer, Role::Conformist};
        QVERIFY(world.session.apply(changeRelationship(*world.session.document(), both.id, both)));
        QTRY_COMPARE(child<QComboBox>(&world.inspector, "roleDownstream")->currentText(),
                     QStringLiteral("ACL, CF"));
        QTRY_VERIFY(world.inspector.findChild<QLabel*>(QStringLiteral("roleDownstreamProblem")));
        QCOMPARE(
            child<QLabel>(&world.inspector, "roleDownstreamProblem")->text(),
            QStringLiteral("Party Management \u2192 Claims Handling has both ACL and CF: Claims "
                           "Handling either protects its model or conforms to the other."));
        QTest::keyClick(child<QComboBox>(&world.inspector, "roleDownstream"), Qt::Key_Up);
        QVERIFY(world.first().downstreamRoles == std::vector<Role>{Role::Conformist});
    }

    void severalContextsAreSetAsOneStep()
    {
        World world(party());
        const std::string before = world.session.document()->text();
        world.session.setSelection({party(), claims()});
        world.refresh();
        QCOMPARE(child<QLabel>(&world.inspector, "inspectorTitle")->text(),
                 QStringLiteral("2 contexts"));
        QVERIFY(
            world.inspector.findChild<QAbstractButton*>(QStringLiteral("link:Claims Handling")));
        auto* team = child<QComboBox>(&world.inspector, "team");
        QCOMPARE(team->currentText(), QStringLiteral("(different)"));
        QTest::keyClick(team, Qt::Key_End);
        QCOMPARE(world.teams(), std::string("party-core party-core"));
        QCOMPARE(world.session.undoStack()->count(), 1);
        world.refresh();
        QCOMPARE(child<QComboBox>(&world.inspector, "team")->currentText(),
                 QStringLiteral("Party Core team"));
        QCOMPARE(child<QComboBox>(&world.inspector, "domain")->currentText(),
                 QStringLiteral("(different)"));
        type(child<QLineEdit>(&world.inspector, "steward"), QStringLiteral("Ada"));
        for (const BoundedContext& context : world.session.map().contexts)
            QCOMPARE(context.steward, std::string("Ada"));
        world.session.undoStack()->undo();
        world.session.undoStack()->undo();
        QCOMPARE(world.session.document()->text(), before);
    }

    void flagsOfSeveralContextsMayDiffer()
    {
        World world(party());
        click(world, "legacy");
        world.session.setSelection({party(), claims()});
        world.refresh();
        const auto* box = child<QCheckBox>(&world.inspector, "legacy");
        QCOMPARE(box->checkState(), Qt::PartiallyChecked);
        QCOMPARE(box->text(), QStringLiteral("Legacy (different)"));
        click(world, "legacy");
        QVERIFY(world.session.map().contexts[0].isLegacy &&
                world.session.map().contexts[1].isLegacy);
        world.refresh();
        QCOMPARE(child<QCheckBox>(&world.inspector, "legacy")->text(), QStringLiteral("Legacy"));
        click(world, "legacy");
        QVERIFY(!world.session.map().contexts[0].isLegacy &&
                !world.session.map().contexts[1].isLegacy);
        QCOMPARE(world.session.undoStack()->count(), 3);
    }

    void manySelectedAreCountedAndNotAllListed()
    {
        World world(party());
        std::vector<EntityRef> all;
        for (int i = 0; i < 60; ++i) {
            const std::string id = world.session.apply(
                addContext(*world.session.document(), "Context " + std::to_string(i), DomainId()));
            all.push_back({EntityKind::BoundedContext, id});
        }
        world.session.setSelection(all);
        world.refresh();
        QCOMPARE(child<QLabel>(&world.inspector, "inspectorTitle")->text(),
                 QStringLiteral("60 contexts"));
        QStringList texts;
        for (const auto* label : world.inspector.findChildren<QLabel*>())
            texts << label->text();
        QVERIFY(texts.contains(QStringLiteral("and 10 more")));
    }

    void differentThingsAreListedAndRemovedTogether()
    {
        World world(party());
        world.session.setSelection({claims(), relationship()});
        world.refresh();
        QCOMPARE(child<QLabel>(&world.inspector, "inspectorTitle")->text(),
                 QStringLiteral("2 things"));
        QCOMPARE(child<QLabel>(&world.inspector, "inspectorKind")->text(),
                 QStringLiteral("Bounded context (1), Relationship (1)"));
        QTest::mouseClick(child<QAbstractButton>(&world.inspector, "removeAll"), Qt::LeftButton);
        QVERIFY(world.session.map().context(ContextId("claims-handling")));  // it asks first
        QTest::mouseClick(child<QAbstractButton>(&world.inspector, "answerRemove"), Qt::LeftButton);
        QVERIFY(!world.session.map().context(ContextId("claims-handling")));
        QVERIFY(world.session.map().relationships.empty());
        QCOMPARE(world.session.undoStack()->count(), 1);
    }

    void severalRelationshipsTellWhatTheyShare()
    {
        World world(party());
        Relationship second = world.first();
        second.type = RelationshipType::CustomerSupplier;
        const std::string id =
            world.session.apply(addRelationship(*world.session.document(), second));
        world.session.setSelection({relationship(), {EntityKind::Relationship, id}});
        world.refresh();
        QCOMPARE(child<QLabel>(&world.inspector, "inspectorTitle")->text(),
                 QStringLiteral("2 relationships"));
        QStringList texts;
        for (const auto* label : world.inspector.findChildren<QLabel*>())
            texts << label->text();
        QVERIFY(texts.contains(QStringLiteral("(different)")));
        QVERIFY(texts.contains(QStringLiteral("Anti-corruption layer (ACL)")));
    }

    void aDependencyTellsItsCoupling()
    {
        World world(relationship());
        QByteArray map(
            "{'portolan': 1, 'name': 'Small', 'contexts': ["
            "{'id': 'party-management', 'name': 'Party', 'owns': {'datasets': ['*/party.*']},"
            " 'terms': [{'name': 'Insured', 'definition': 'Who is covered'}]},"
            "{'id': 'claims-handling', 'name': 'Claims', 'owns': {'datasets': ['*/claims.*']}}],"
            "'relationships': [{'id': 'party-to-claims', 'type': 'upstream-downstream',"
            " 'upstream': 'party-management', 'downstream': 'claims-handling',"
            " 'exposes': ['p']}], 'products': [{'id': 'p', 'name': 'P',"
            " 'context': 'party-management',"
            " 'reconciliation': {'times': 'when it became true, and when it was sent'}}]}");
        map.replace('\'', '"');
        world.session.setMap(std::move(*MapDocument::read(map.toStdString(), "map.json")), {});
        world.session.setEstate(
            estateFrom("party.core.<b>id</b> -> claims.intake.insured_id by accept\n"
                       "party.core -> claims.other by accept"));
        world.session.select(relationship());
        world.refresh();
        const auto shows = [&world](const QString& text) {
            const auto labels = world.inspector.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&text](const QLabel* label) {
                return label->text().contains(text) || label->accessibleName().contains(text);
            });
        };
        QVERIFY(shows(
            QStringLiteral("high: 1 of 1 columns, 1 of internals, 1 of 2 flows tell no columns")));
        QVERIFY(shows(QStringLiteral("low: freshness")));
        const auto* link = child<QAbstractButton>(&world.inspector, "link:P");
        QCOMPARE(link->accessibleDescription(),
                 QStringLiteral("when it became true, and when it was sent"));
        QCOMPARE(link->toolTip().contains(QStringLiteral("and when it was sent")), true);
        QVERIFY(shows(QStringLiteral("low: 1 term used as if local")));
    }

    void aSymmetricRelationshipHasNoRoles()
    {
        World world({EntityKind::Relationship, "party-to-claims"});
        auto* type = child<QComboBox>(&world.inspector, "type");
        type->setCurrentIndex(type->findText(QStringLiteral("Partnership")));
        emit type->activated(type->currentIndex());
        const Relationship& relationship = world.session.map().relationships[0];
        QVERIFY(relationship.type == RelationshipType::Partnership);
        QVERIFY(relationship.upstreamRoles.empty());
        QVERIFY(relationship.exposes.empty());
    }

    void aProductAnswersTheEightQuestions()
    {
        World world({EntityKind::DataProduct, "party-profile"});
        auto* answer = child<QPlainTextEdit>(&world.inspector, "answer1");
        answer->setFocus();
        QTest::keyClicks(answer, QStringLiteral("partyId"));
        QTest::keyClick(answer, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(world.session.map().products[0].answers[0], std::string("partyId"));
    }

    void aColumnSaysWhatItComesFromAndHow()
    {
        World world(party());
        world.session.setEstate(
            estateFrom("crm.raw.name -> party.core.legal_name by match [TRANSFORMATION]\n"
                       "party.core.legal_name -> mail.list.name by send"));
        world.session.select({EntityKind::Column, "postgres://db/party.core#legal_name"});
        world.refresh();
        QCOMPARE(child<QLabel>(&world.inspector, "inspectorTitle")->text(),
                 QStringLiteral("legal_name"));
        QStringList texts;
        for (const auto* link : world.inspector.findChildren<QAbstractButton*>())
            texts << link->accessibleName() + link->text();
        QVERIFY(texts.join(u'\n').contains(QStringLiteral("raw.name")));
        QVERIFY(texts.join(u'\n').contains(QStringLiteral("list.name")));
    }

    void evidenceLeadsToTheSource()
    {
        World world(party());
        QSignalSpy asked(&world.session, &Session::sourceRequested);
        for (auto* link : world.inspector.findChildren<QAbstractButton*>())
            if (link->objectName().startsWith(QStringLiteral("link:map.json")))
                link->click();
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked[0][0].value<SourceSpan>().file, std::string("map.json"));
    }

    void nothingSelectedSaysSo()
    {
        World world(party());
        world.session.clearSelection();
        world.refresh();
        bool isSaid = false;
        for (const auto* label : world.inspector.findChildren<QLabel*>())
            isSaid |= label->isVisible() && label->text() == QStringLiteral("Nothing selected");
        QVERIFY(isSaid);
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::InspectorTest)
#include "inspector_test.moc"
