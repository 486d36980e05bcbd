// SPDX-License-Identifier: Apache-2.0
// The submenu of refactorings and what its dialogs ask, by real keys and clicks.
#include "ui/views/context_map/refactor_menu.h"

#include "tests/support/text_output.h"
#include "ui/base/theme.h"
#include "ui/session/session.h"
#include "ui/views/context_map/refactor_dialog.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QUndoStack>

namespace portolan::ui {
namespace {

EntityRef context(const char* id)
{
    return {EntityKind::BoundedContext, id};
}

EntityRef relationship(const char* id)
{
    return {EntityKind::Relationship, id};
}

std::string insurer()
{
    QFile file(
        QStringLiteral(PORTOLAN_SOURCE_DIR "/resources/estates/insurer/insurer.portolan.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no insurer");
    return file.readAll().toStdString();
}

class World {
public:
    explicit World(const std::vector<EntityRef>& selection, const std::string& text = insurer())
    {
        before = text;
        session.setMap(std::move(*MapDocument::read(text, "map.json")), {});
        ground.resize(900, 700);
        ground.show();
        (void)QTest::qWaitForWindowExposed(&ground);
        addRefactorings(menu, session, selection, &ground);
    }

    QAction* action(const char* name) const
    {
        return menu.findChild<QAction*>(QString::fromLatin1(name));
    }
    // Why an entry is grey; empty when it is not.
    QString reason(const char* name) const
    {
        return action(name)->isEnabled() ? QString() : action(name)->toolTip();
    }
    // Chooses an entry as a person does: by the menu on the screen and Enter.
    RefactorDialog* open(const char* name)
    {
        auto* refactor = menu.findChild<QMenu*>(QStringLiteral("refactorMenu"));
        refactor->popup({0, 0});
        refactor->setActiveAction(action(name));
        QTest::keyClick(refactor, Qt::Key_Return);
        return dialog();
    }
    RefactorDialog* dialog() const
    {
        auto* found = ground.findChild<RefactorDialog*>();
        if (found && found->isVisible())
            (void)QTest::qWaitForWindowExposed(found);
        return found;
    }
    QString preview() const
    {
        return dialog()->findChild<QLabel*>(QStringLiteral("refactorPreview"))->text();
    }
    QPushButton* ok() const
    {
        return dialog()->findChild<QPushButton*>(QStringLiteral("refactorOk"));
    }
    template <class Widget>
    Widget* find(const char* name) const
    {
        return dialog()->findChild<Widget*>(QString::fromLatin1(name));
    }
    // Moves to a row by its first letters and checks it with the space bar.
    void check(const char* list, const char* text) const
    {
        auto* rows = find<QListWidget>(list);
        const QList<QListWidgetItem*> items =
            rows->findItems(QString::fromLatin1(text), Qt::MatchExactly);
        QCOMPARE(items.size(), 1);
        rows->setFocus();
        rows->setCurrentItem(items.front());
        QTest::keyClick(rows, Qt::Key_Space);
        QCOMPARE(items.front()->checkState(), Qt::Checked);
    }
    QString undoText() const { return session.undoStack()->undoText(); }
    bool undoRestores()
    {
        session.undoStack()->undo();
        return session.document()->text() == before;
    }

    Session session;
    QWidget ground;
    QMenu menu;
    std::string before;
};

}  // namespace

class RefactorMenuTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QApplication::setPalette(paletteOf(Theme::light())); }

    void greysWhatCannotBeAndSaysWhy()
    {
        const World one({context("crm")});
        QVERIFY(one.menu.findChild<QMenu*>(QStringLiteral("refactorMenu"))->toolTipsVisible());
        QCOMPARE(one.reason("refactorSplit"), QString());
        QCOMPARE(one.reason("refactorMerge"), QString());
        QCOMPARE(one.reason("refactorMoveTerms"), QString());
        QVERIFY(
            one.reason("refactorMoveProducts").contains(QStringLiteral("CRM has no products.")));
        for (const char* name : {"refactorExtractKernel", "refactorReplaceKernel",
                                 "refactorReplacePartnership", "refactorInvert"})
            QVERIFY(one.reason(name).contains(QStringLiteral("Select one relationship for this.")));

        const World kernel({relationship("policy-billing-kernel")});
        QCOMPARE(kernel.reason("refactorExtractKernel"), QString());
        QCOMPARE(kernel.reason("refactorReplaceKernel"), QString());
        QVERIFY(kernel.reason("refactorReplacePartnership")
                    .contains(QStringLiteral("This relationship is no partnership.")));
        QVERIFY(kernel.reason("refactorInvert")
                    .contains(QStringLiteral(
                        "A symmetric relationship has no direction that could be inverted.")));
        QVERIFY(kernel.reason("refactorSplit")
                    .contains(QStringLiteral("Select one context for this.")));

        const World three({context("crm"), context("claims"), context("billing")});
        QVERIFY(three.reason("refactorMerge")
                    .contains(QStringLiteral("Select one or two contexts for this.")));
        const World none({});
        QVERIFY(!none.action("refactorMerge")->isEnabled());
    }

    void splitsAContextByKeys()
    {
        World world({context("policy-administration")});
        QVERIFY(world.open("refactorSplit"));
        QVERIFY(!world.ok()->isEnabled());
        QCOMPARE(world.preview(),
                 QStringLiteral("A name is empty; expected at least one character."));
        QCOMPARE(world.ok()->accessibleDescription(), world.preview());
        QCOMPARE(world.find<QLabel>("refactorPreview")->accessibleName(),
                 QStringLiteral("Not possible: ") + world.preview());
        QVERIFY(world.find<QLineEdit>("refactorName")->hasFocus());
        QTest::keyClicks(world.find<QLineEdit>("refactorName"), QStringLiteral("Policy Roles"));
        QCOMPARE(world.preview(),
                 QStringLiteral("Nothing goes to the new context; choose at least one term, "
                                "product, pattern or relationship of Policy Administration."));
        world.check("refactorParts", "Term Policyholder");
        world.check("refactorParts", "Product PolicyRoleAssignments");
        world.check("refactorParts", "Contracts policy-role-assignments");
        world.check("refactorParts", "Relationship Party Management to Policy Administration");
        auto* joined = world.find<QComboBox>("refactorJoined");
        joined->setFocus();
        QTest::keyClick(joined, Qt::Key_Down);
        QCOMPARE(world.preview(),
                 QStringLiteral("Split Policy Roles off Policy Administration. Adds 1 context and "
                                "3 relationships, changes 1 context, 1 product and 5 "
                                "relationships."));
        QVERIFY(world.ok()->isEnabled());
        QCOMPARE(world.ok()->accessibleDescription(), QString());
        QCOMPARE(world.find<QLabel>("refactorPreview")->accessibleName(),
                 QStringLiteral("What will happen: ") + world.preview());
        QTest::keyClick(joined, Qt::Key_Return);
        QCOMPARE(world.undoText(), QStringLiteral("Split Policy Roles off Policy Administration"));
        const ContextMap& map = world.session.map();
        QCOMPARE(map.product(ProductId("policy-role-assignments"))->owner.text,
                 std::string("policy-roles"));
        QCOMPARE(map.relationship(RelationshipId("party-to-policy"))->downstream.text,
                 std::string("policy-roles"));
        QCOMPARE(map.relationship(RelationshipId("policy-administration-to-policy-roles"))
                     ->upstream.text,
                 std::string("policy-administration"));
        QCOMPARE(world.session.undoStack()->count(), 1);
        QVERIFY(world.undoRestores());
    }

    void mergesTwoAndAsksWhoseDefinitionsHold()
    {
        World world({context("policy-administration"), context("policy-monolith")});
        QVERIFY(world.open("refactorMerge"));
        auto* contested = world.find<QListWidget>("refactorDefinitions");
        QVERIFY(contested->isVisible());
        QCOMPARE(contested->count(), 1);
        QCOMPARE(world.find<QLineEdit>("refactorName")->text(),
                 QStringLiteral("Policy Administration"));
        auto* stays = world.find<QComboBox>("refactorStays");
        stays->setFocus();
        QTest::keyClick(stays, Qt::Key_Down);
        QCOMPARE(world.find<QLineEdit>("refactorName")->text(), QStringLiteral("Policy Monolith"));
        const std::string definition = world.session.map()
                                           .context(ContextId("policy-administration"))
                                           ->terms.front()
                                           .definition;
        world.check("refactorDefinitions", "Policy");
        QVERIFY2(world.preview().startsWith(
                     QStringLiteral("Merge Policy Administration into Policy Monolith, without "
                                    "what was between them: 1 relationship")),
                 qPrintable(world.preview()));
        QTest::mouseClick(world.ok(), Qt::LeftButton);
        const ContextMap& map = world.session.map();
        QVERIFY(!map.context(ContextId("policy-administration")));
        QCOMPARE(map.context(ContextId("policy-monolith"))->terms.front().definition, definition);
        QVERIFY(world.undoRestores());
    }

    void mergesAnotherIntoTheOneSelected()
    {
        World world({context("crm")});
        QVERIFY(world.open("refactorMerge"));
        auto* goes = world.find<QComboBox>("refactorGoes");
        QCOMPARE(goes->count(), 12);
        QCOMPARE(goes->findData(QStringLiteral("crm")), -1);
        goes->setCurrentIndex(goes->findData(QStringLiteral("marketing")));
        QTest::mouseClick(world.ok(), Qt::LeftButton);
        QVERIFY(!world.session.map().context(ContextId("marketing")));
        QVERIFY(world.undoRestores());
    }

    void movesTheProductsThatAreSelected()
    {
        World world({{EntityKind::DataProduct, "claimant-view"}});
        QVERIFY(world.open("refactorMoveProducts"));
        auto* products = world.find<QListWidget>("refactorParts");
        QCOMPARE(products->count(), 2);
        QCOMPARE(RefactorDialog::checked(products, "product"),
                 std::vector<std::string>{"claimant-view"});
        auto* to = world.find<QComboBox>("refactorTo");
        to->setCurrentIndex(to->findData(QStringLiteral("billing")));
        QCOMPARE(world.preview(), QStringLiteral("Move ClaimantView to Billing. Changes 1 product "
                                                 "and 1 route."));
        QTest::mouseClick(world.ok(), Qt::LeftButton);
        QCOMPARE(world.session.map().product(ProductId("claimant-view"))->owner.text,
                 std::string("billing"));
        QVERIFY(world.undoRestores());
    }

    void movesTheTermsThatAreSelected()
    {
        World world({{EntityKind::Term, "party-management/Address"}});
        QVERIFY(world.open("refactorMoveTerms"));
        auto* to = world.find<QComboBox>("refactorTo");
        to->setCurrentIndex(to->findData(QStringLiteral("claims")));
        QTest::mouseClick(world.ok(), Qt::LeftButton);
        QCOMPARE(world.undoText(), QStringLiteral("Move term Address from Party Management to "
                                                  "Claims"));
        QVERIFY(world.undoRestores());
    }

    void extractsASharedKernel()
    {
        World world({relationship("policy-billing-kernel")});
        QVERIFY(world.open("refactorExtractKernel"));
        QCOMPARE(world.find<QLineEdit>("refactorName")->text(), QStringLiteral("Money and dates"));
        QVERIFY(!world.find<QListWidget>("refactorDefinitions")->isVisible());
        world.check("refactorParts", "Term Closed day");
        QTest::mouseClick(world.ok(), Qt::LeftButton);
        QCOMPARE(world.undoText(), QStringLiteral("Extract Money and dates from Policy "
                                                  "Administration and Billing"));
        QVERIFY(world.session.map().context(ContextId("money-and-dates")));
        QVERIFY(world.undoRestores());
    }

    void givesAPartnershipADirection()
    {
        World world({relationship("channels-engagement")});
        QVERIFY(world.open("refactorReplacePartnership"));
        world.find<QComboBox>("refactorUpstream")->setCurrentIndex(1);
        world.check("refactorUpstreamRoles", "Published language (PL)");
        world.find<QComboBox>("refactorDownstreamRole")->setCurrentIndex(2);
        QCOMPARE(world.preview(),
                 QStringLiteral("Replace the partnership of Digital Channels and Customer "
                                "Engagement by upstream/downstream, Customer Engagement upstream. "
                                "Changes 1 relationship."));
        QTest::mouseClick(world.ok(), Qt::LeftButton);
        const Relationship* now =
            world.session.map().relationship(RelationshipId("channels-engagement"));
        QCOMPARE(now->upstream.text, std::string("customer-engagement"));
        QVERIFY((now->upstreamRoles == std::vector<Role>{Role::PublishedLanguage}));
        QVERIFY((now->downstreamRoles == std::vector<Role>{Role::Conformist}));
        QVERIFY(world.undoRestores());
    }

    void invertsWithoutAsking()
    {
        World world({relationship("party-to-policy")});
        QVERIFY(!world.open("refactorInvert"));
        QCOMPARE(world.undoText(),
                 QStringLiteral("Invert Party Management to Policy Administration, without its "
                                "roles, exposed products and adopted version"));
        QVERIFY(world.undoRestores());
    }

    void escapeChangesNothing()
    {
        World world({context("crm")});
        RefactorDialog* dialog = world.open("refactorMerge");
        QVERIFY(dialog);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(!dialog->isVisible());
        QCOMPARE(world.session.undoStack()->count(), 0);
    }

    void followsTheMapWhileItIsOpen()
    {
        World world({context("crm")});
        QVERIFY(world.open("refactorMoveTerms"));
        world.check("refactorParts", "Household");
        auto* to = world.find<QComboBox>("refactorTo");
        to->setCurrentIndex(to->findData(QStringLiteral("claims")));
        QVERIFY(world.ok()->isEnabled());
        QVERIFY(world.session.apply(
            removeTerm(*world.session.document(), ContextId("crm"), "Household")));
        QVERIFY(!world.ok()->isEnabled());
        QCOMPARE(world.preview(), QStringLiteral("CRM has no term \"Household\"."));
        RefactorDialog* dialog = world.dialog();
        world.session.closeMap();
        QVERIFY(!dialog->isVisible());
    }

    // The sentence is never cut off.
    void showsTheWholeSentence()
    {
        World world({context("policy-administration"), context("policy-monolith")});
        QVERIFY(world.open("refactorMerge"));
        const auto* label = world.find<QLabel>("refactorPreview");
        QTRY_VERIFY(label->height() >= label->heightForWidth(label->width()));
        QVERIFY(world.dialog()->rect().contains(
            world.ok()->geometry().translated(world.ok()->parentWidget()->pos())));
    }

    void everyFieldHasAName()
    {
        World world({context("policy-administration")});
        QVERIFY(world.open("refactorSplit"));
        for (const QWidget* field : world.dialog()->findChildren<QWidget*>()) {
            if (field->objectName().startsWith(QStringLiteral("refactor")) &&
                field->focusPolicy() != Qt::NoFocus)
                QVERIFY2(!field->accessibleName().isEmpty() ||
                             qobject_cast<const QPushButton*>(field),
                         qPrintable(field->objectName()));
        }
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::RefactorMenuTest)
#include "refactor_menu_test.moc"
