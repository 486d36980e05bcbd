// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/relationship_form.h"

#include "model/map/map_document.h"
#include "tests/support/text_output.h"
#include "ui/base/theme.h"
#include "model/analysis/map_drift/likely_relationship.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

namespace portolan::ui {
namespace {

ContextMap testMap()
{
    const Result<MapDocument> document = MapDocument::read(R"({
        "portolan": 1, "name": "m",
        "contexts": [
            {"id": "party", "name": "Party"}, {"id": "claims", "name": "Claims"},
            {"id": "crm", "name": "CRM", "bigBallOfMud": true}],
        "products": [
            {"id": "profile", "name": "Profile", "context": "party", "contracts": ["profile"],
             "ports": [{"dataset": "bus/profile"}]},
            {"id": "changes", "name": "Changes", "context": "party"},
            {"id": "case", "name": "Case", "context": "claims"}],
        "relationships": [
            {"id": "known", "type": "upstream-downstream", "upstream": "party",
             "downstream": "claims", "upstreamRoles": ["OHS", "PL"], "downstreamRoles": ["CF"],
             "exposes": ["profile", "changes"], "adopts": "2", "veto": true,
             "description": "kept"}]})",
                                                           "map.json");
    if (!document)
        qFatal("%s", toText(document.error()).c_str());
    return document->map();
}

Relationship between(const char* upstream, const char* downstream)
{
    Relationship relationship;
    relationship.upstream = ContextId(upstream);
    relationship.downstream = ContextId(downstream);
    return relationship;
}

// A relationship as one line: type, ends, roles, products, version.
std::string asText(const Relationship& relationship)
{
    std::string text = std::string(toString(relationship.type)) + " " + relationship.upstream.text +
                       " " + relationship.downstream.text;
    for (const Role role : relationship.upstreamRoles)
        text += " U:" + std::string(toString(role));
    for (const Role role : relationship.downstreamRoles)
        text += " D:" + std::string(toString(role));
    for (const ProductId& product : relationship.exposes)
        text += " " + product.text;
    return relationship.adopts.empty() ? text : text + " v" + relationship.adopts;
}

class Opened {
public:
    explicit Opened(const Relationship& relationship)
    {
        ground.resize(900, 700);
        ground.show();
        form.open(testMap(), std::make_shared<const Estate>(), relationship, {20, 20});
        (void)QTest::qWaitForWindowExposed(&ground);
    }
    template <class Widget>
    Widget* find(const char* name) const
    {
        return form.findChild<Widget*>(QString::fromLatin1(name));
    }
    void setType(RelationshipType type)
    {
        auto* box = find<QComboBox>("relationshipType");
        box->setCurrentIndex(box->findData(static_cast<int>(type)));
    }
    // What may be chosen now: "OHS PL ACL CF"; all of them stay in sight.
    std::string offered() const
    {
        std::string text;
        for (const auto& [name, role] : {std::pair{"roleOhs", "OHS"}, std::pair{"rolePl", "PL"}}) {
            if (!find<QCheckBox>(name)->isVisible())
                return "not in sight";
            if (find<QCheckBox>(name)->isEnabled())
                text += std::string(role) + " ";
        }
        const auto* role = find<QComboBox>("roleDownstream");
        if (!role->isVisible() || role->count() != 3)
            return "not in sight";
        for (int row = 1; row < role->count(); ++row) {
            if (isRow(role, row))
                text += std::string(toString(static_cast<Role>(role->itemData(row).toInt()))) + " ";
        }
        return text;
    }
    static bool isRow(const QComboBox* box, int row)
    {
        return box->model()->flags(box->model()->index(row, 0)).testFlag(Qt::ItemIsEnabled);
    }
    std::string words(const char* name) const
    {
        const auto* label = find<QLabel>(name);
        return label->isVisible() ? label->text().toStdString() : "not in sight";
    }
    std::string consequenceText() const
    {
        return find<QWidget>("consequences")->accessibleDescription().toStdString();
    }

    QWidget ground;
    RelationshipForm form{&ground};
};

}  // namespace

class RelationshipFormTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qRegisterMetaType<Relationship>();
        QApplication::setPalette(paletteOf(Theme::light()));
    }

    void offersOnlyTheRolesThatMayBeDrawn()
    {
        Opened opened(between("claims", "crm"));
        QCOMPARE(opened.offered(), std::string("OHS PL ACL CF "));
        opened.setType(RelationshipType::CustomerSupplier);
        QCOMPARE(opened.offered(), std::string("PL ACL "));
        for (const RelationshipType type :
             {RelationshipType::Partnership, RelationshipType::SharedKernel,
              RelationshipType::SeparateWays}) {
            opened.setType(type);
            QCOMPARE(opened.offered(), std::string());
        }
    }

    void saysInWordsWhatIsChosen()
    {
        Opened opened(between("party", "claims"));
        QCOMPARE(opened.words("typeWords"),
                 std::string("Party decides alone what it offers, and Claims depends on it."));
        QCOMPARE(opened.words("downstreamWords"),
                 std::string("Nothing is said of how Claims takes in what comes from Party."));
        QCOMPARE(opened.words("roleOhsWords"), std::string("not in sight"));
        // By the keys alone, live.
        QTest::keyClick(opened.find<QCheckBox>("roleOhs"), Qt::Key_Space);
        QCOMPARE(opened.words("roleOhsWords"),
                 std::string("Party offers one open interface that serves Claims and everybody "
                             "else alike."));
        QTest::keyClick(opened.find<QComboBox>("roleDownstream"), Qt::Key_Down);
        QCOMPARE(opened.words("downstreamWords"),
                 std::string("Claims translates what comes from Party, so that its own model stays "
                             "its own."));
        QTest::mouseClick(opened.find<QToolButton>("turnRound"), Qt::LeftButton);
        QCOMPARE(opened.words("downstreamWords"),
                 std::string("Party translates what comes from Claims, so that its own model stays "
                             "its own."));
        QTest::keyClick(opened.find<QComboBox>("relationshipType"), Qt::Key_End);
        QCOMPARE(opened.words("typeWords"),
                 std::string("Claims and Party have nothing to do with each other, on purpose."));
    }

    void saysWhyAChoiceIsGrey()
    {
        Opened opened(between("party", "claims"));
        opened.setType(RelationshipType::CustomerSupplier);
        const std::string noOhs = "Party → Claims is Customer-Supplier with OHS: an open host "
                                  "serves all alike, but a supplier plans with its customer.";
        const std::string noCf = "Party → Claims is Customer-Supplier with CF: a conformist takes "
                                 "what comes, but a customer has a say.";
        const auto* box = opened.find<QCheckBox>("roleOhs");
        QCOMPARE(opened.words("roleOhsWords"), noOhs);
        QCOMPARE(box->accessibleDescription().toStdString(), noOhs);
        QVERIFY(box->toolTip().contains(QStringLiteral("an open host serves all alike")));
        const auto* role = opened.find<QComboBox>("roleDownstream");
        const std::string line = "Nothing is said of how Claims takes in what comes from Party.\n"
                                 "Conformist (CF) cannot be: " +
                                 noCf;
        QCOMPARE(opened.words("downstreamWords"), line);
        QCOMPARE(role->accessibleDescription().toStdString(), line);
        QCOMPARE(role->itemData(2, Qt::AccessibleDescriptionRole).toString().toStdString(), noCf);
        QVERIFY(
            role->itemData(2, Qt::ToolTipRole).toString().contains(QStringLiteral("conformist")));
        // The keys pass over it.
        QTest::keyClick(opened.find<QComboBox>("roleDownstream"), Qt::Key_Down);
        QTest::keyClick(opened.find<QComboBox>("roleDownstream"), Qt::Key_Down);
        QCOMPARE(role->currentIndex(), 1);
        opened.setType(RelationshipType::Partnership);
        QCOMPARE(opened.words("downstreamWords"),
                 std::string("Between equals there is no upstream or downstream end that could "
                             "have a role."));
        QVERIFY(!role->isEnabled());
        QCOMPARE(opened.words("roleOhsWords"), std::string("not in sight"));
        QCOMPARE(box->accessibleDescription().toStdString(),
                 std::string("Party ↔ Claims is a Partnership with the role OHS: equals have no "
                             "upstream or downstream end."));
    }

    void growsWithItsWords()
    {
        Opened opened(between("crm", "claims"));
        for (const RelationshipType type :
             {RelationshipType::CustomerSupplier, RelationshipType::Partnership,
              RelationshipType::UpstreamDownstream, RelationshipType::CustomerSupplier}) {
            opened.setType(type);
            const QSize size = opened.form.size();
            QTest::qWait(20);  // for what the layout would still ask for
            for (const QLabel* label : opened.form.findChildren<QLabel*>()) {
                if (label->isVisible() && label->wordWrap())
                    QVERIFY2(label->height() >= label->heightForWidth(label->width()),
                             qPrintable(label->text()));
            }
            QCOMPARE(opened.form.size(), size);
        }
    }

    void marksWhatIsDoubtful()
    {
        Opened opened(between("crm", "claims"));
        const auto* role = opened.find<QComboBox>("roleDownstream");
        QVERIFY(role->itemIcon(1).isNull());
        QVERIFY(!role->itemIcon(2).isNull());
        QCOMPARE(role->itemData(2, Qt::AccessibleDescriptionRole).toString().toStdString(),
                 std::string("CRM is a big ball of mud, and Claims reads it without an ACL: the "
                             "confusion spreads downstream."));
        QVERIFY(Opened::isRow(role, 2));
    }

    // Walking through the patterns with the arrow keys costs no role.
    void rolesComeBackWithTheirPattern()
    {
        Opened opened(testMap().relationships.front());
        auto* type = opened.find<QComboBox>("relationshipType");
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(type, Qt::Key_Down);
        QCOMPARE(asText(opened.form.relationship()), std::string("separate-ways party claims"));
        QVERIFY(!opened.find<QCheckBox>("roleOhs")->isChecked());
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(type, Qt::Key_Up);
        QCOMPARE(
            asText(opened.form.relationship()),
            std::string("upstream-downstream party claims U:OHS U:PL D:CF profile changes v2"));
    }

    void givesUpWhatThePatternCannotHave()
    {
        Opened opened(testMap().relationships.front());
        QCOMPARE(
            asText(opened.form.relationship()),
            std::string("upstream-downstream party claims U:OHS U:PL D:CF profile changes v2"));
        opened.setType(RelationshipType::CustomerSupplier);
        QCOMPARE(asText(opened.form.relationship()),
                 std::string("customer-supplier party claims U:PL profile changes v2"));
        opened.setType(RelationshipType::SharedKernel);
        QCOMPARE(asText(opened.form.relationship()), std::string("shared-kernel party claims"));
        QVERIFY(!opened.form.relationship().hasVeto);
        QCOMPARE(opened.form.relationship().description, std::string("kept"));
        QCOMPARE(opened.form.relationship().id.text, std::string("known"));
    }

    void offersTheProductsOfTheUpstreamEnd()
    {
        Opened opened(between("party", "claims"));
        auto* products = opened.find<QListWidget>("exposedProducts");
        QCOMPARE(products->count(), 2);
        products->item(1)->setCheckState(Qt::Checked);
        QCOMPARE(asText(opened.form.relationship()),
                 std::string("upstream-downstream party claims changes"));
        QTest::mouseClick(opened.find<QToolButton>("turnRound"), Qt::LeftButton);
        QCOMPARE(products->count(), 1);
        QCOMPARE(asText(opened.form.relationship()),
                 std::string("upstream-downstream claims party"));
    }

    void saysWhatTheRulesWouldFind()
    {
        Opened opened(between("crm", "claims"));
        QVERIFY2(opened.consequenceText().find("CRM") != std::string::npos,
                 opened.consequenceText().c_str());
        auto* role = opened.find<QComboBox>("roleDownstream");
        const std::string without = opened.consequenceText();
        role->setCurrentIndex(role->findData(static_cast<int>(Role::AnticorruptionLayer)));
        QVERIFY(opened.consequenceText() != without);
    }

    void findsOnlyWhatTheRelationshipBrings()
    {
        Relationship second = between("party", "claims");
        second.upstreamRoles = {Role::PublishedLanguage};
        second.downstreamRoles = {Role::AnticorruptionLayer};
        second.exposes = {ProductId("profile")};
        std::string rules;
        for (const Finding& finding : consequences(testMap(), second))
            rules += finding.rule + " ";
        QCOMPARE(rules, std::string("two-relationships "));
    }

    void enterDeclaresAndEscapeDoesNot()
    {
        Opened opened(between("party", "claims"));
        QSignalSpy accepted(&opened.form, &RelationshipForm::accepted);
        QSignalSpy closed(&opened.form, &RelationshipForm::closed);
        QTest::keyClick(opened.find<QComboBox>("relationshipType"), Qt::Key_Escape);
        QVERIFY(opened.form.isHidden());
        QCOMPARE(accepted.count(), 0);
        QCOMPARE(closed.count(), 1);
        opened.form.open(testMap(), std::make_shared<const Estate>(), between("party", "claims"),
                         {880, 690});
        QVERIFY(opened.ground.rect().contains(opened.form.geometry()));
        QTest::keyClicks(opened.find<QLineEdit>("relationshipName"), QStringLiteral("Feed"));
        QTest::keyClick(opened.find<QLineEdit>("relationshipName"), Qt::Key_Return);
        QCOMPARE(accepted.count(), 1);
        QCOMPARE(accepted.at(0).at(0).value<Relationship>().name, std::string("Feed"));
    }

    void eachFieldHasAName()
    {
        Opened opened(between("party", "claims"));
        for (const QWidget* widget : opened.form.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
                continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     qPrintable(widget->objectName()));
        }
    }

    void readsDirectionAndProductsFromWhatFlows()
    {
        Estate estate;
        Dataset read;
        read.instance = "bus";
        read.path = "profile";
        estate.datasets.push_back(read);
        estate.datasets.push_back(read);
        estate.lineageEdges.push_back({DatasetIndex(0), DatasetIndex(1), {}, {}});
        Contract contract;
        contract.id = "profile";
        contract.version = "3.1.0";
        contract.status = ContractStatus::Active;
        estate.contracts.push_back(contract);
        MapDrift drift;
        ObservedFlow flow;
        flow.upstream = ContextId("party");
        flow.downstream = ContextId("claims");
        flow.edges = {0};
        drift.flows.push_back(flow);
        const ContextMap map = testMap();
        QCOMPARE(estate.datasets[0].key(), std::string("bus/profile"));
        QCOMPARE(
            asText(likelyRelationship(map, estate, drift, ContextId("claims"), ContextId("party"))),
            std::string("upstream-downstream party claims profile v3"));
        QCOMPARE(
            asText(likelyRelationship(map, estate, {}, ContextId("claims"), ContextId("party"))),
            std::string("upstream-downstream claims party case"));
        QCOMPARE(asText(likelyRelationship(map, estate, {}, ContextId("crm"), ContextId("party"))),
                 std::string("upstream-downstream crm party D:ACL"));
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::RelationshipFormTest)
#include "relationship_form_test.moc"
