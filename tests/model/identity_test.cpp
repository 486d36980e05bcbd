// SPDX-License-Identifier: Apache-2.0
// Names that may mean one thing are proposed with a reason and joined only when a person says so; what contradicts is told; who could
// own what nobody claims.
#include "model/analysis/identity/identity.h"
#include "model/analysis/identity/ownership_proposals.h"
#include "model/estate/contradictions.h"
#include "model/estate/estate_builder.h"
#include "model/estate/type_class.h"
#include "model/map/edits.h"
#include "model/map/map_document.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

MapDocument mapOf(const std::string& body)
{
    Result<MapDocument> read =
        MapDocument::read("{\"portolan\": 1, \"name\": \"m\"" + body + "}", "m.json");
    if (!read)
        qFatal("not read: %s", read.error().message.c_str());
    return std::move(*read);
}

std::string text(const std::vector<IdentityProposal>& proposals)
{
    std::string all;
    for (const IdentityProposal& one : proposals)
        all += one.kind + " " + one.one + " = " + one.other + " " + std::to_string(one.confidence) +
               " (" + std::to_string(one.members.size()) + ")\n";
    return all;
}

std::string text(const std::vector<OwnershipProposal>& proposals)
{
    std::string all;
    for (const OwnershipProposal& one : proposals)
        all += one.context.text + " owns " + one.list + " " + one.pattern + " " +
               std::to_string(one.confidence) + ": " + one.reason + "\n";
    return all;
}

}  // namespace

class IdentityTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_builder = EstateBuilder();
        Source source;
        source.path = "a.yaml";
        source.format = "odcs";
        m_first = m_builder.source(source);
        source.path = "b.json";
        source.format = "schema-registry";
        m_second = m_builder.source(source);
    }

    void joinsNothingOnAGuess()
    {
        dataset("postgres", "db:5432", "shop.public.orders");
        dataset("postgres", "", "shop.public.orders");
        dataset("", "", "shop.public.orders");
        QCOMPARE(m_builder.take().datasets.size(), 3U);
    }

    void joinsWhatASourceVouchesFor()
    {
        const DatasetIndex orders = dataset("postgres", "db:5432", "shop.public.orders");
        m_builder.alsoKnownAs(orders, "hive", "", "orders");
        dataset("hive", "", "orders");
        QCOMPARE(m_builder.take().datasets.size(), 1U);
    }

    void proposesWithAReason_data()
    {
        QTest::addColumn<QString>("names");  // platform|instance|path, with semicolons between
        QTest::addColumn<QString>("expected");
        QTest::newRow("the instance is not known")
            << QStringLiteral("postgres|db:5432|shop.public.orders;postgres||shop.public.orders")
            << QStringLiteral(
                   "dataset postgres:///shop.public.orders = postgres://db:5432/shop.public.orders 90 (1)\n");
        QTest::newRow("several of one instance are one question")
            << QStringLiteral("postgres|db|s.p.a;postgres||s.p.a;postgres|db|s.p.b;postgres||s.p.b")
            << QStringLiteral("dataset postgres:///* = postgres://db/* 90 (2)\n");
        QTest::newRow("one of several instances")
            << QStringLiteral("postgres|db1|s.p.a;postgres|db2|s.p.a;postgres||s.p.a")
            << QStringLiteral(
                   "dataset postgres:///s.p.a = postgres://db1/s.p.a 40 (1)\ndataset postgres:///s.p.a = postgres://db2/s.p.a 40 (1)\n");
        QTest::newRow("the platform is not known")
            << QStringLiteral("snowflake|x|A.B.C;||a.b.c")
            << QStringLiteral("dataset /a.b.c = snowflake://x/A.B.C 70 (1)\n");
        QTest::newRow("upper and lower case")
            << QStringLiteral("postgres|db|s.p.Orders;postgres|db|s.p.orders")
            << QStringLiteral(
                   "dataset postgres://db/s.p.orders = postgres://db/s.p.Orders 75 (1)\n");
        QTest::newRow("the database is not said")
            << QStringLiteral("postgres|db|shop.public.orders;postgres|db|public.orders")
            << QStringLiteral(
                   "dataset postgres://db/public.orders = postgres://db/shop.public.orders 60 (1)\n");
        QTest::newRow("a topic's dots are no schema")
            << QStringLiteral("kafka|k|shop.public.orders;kafka|k|public.orders")
            << QStringLiteral("");
        QTest::newRow("partitions")
            << QStringLiteral("s3|lake|orders;s3|lake|orders/dt=1/h=2;s3|lake|orders/dt=2")
            << QStringLiteral("dataset s3://lake/orders/* = s3://lake/orders 80 (2)\n");
        QTest::newRow("nothing alike")
            << QStringLiteral("postgres|db|a.b.c;mysql|db|a.b.c;postgres|other|a.b.c")
            << QStringLiteral("");
    }

    void proposesWithAReason()
    {
        QFETCH(QString, names);
        QFETCH(QString, expected);
        for (const QString& name : names.split(u';')) {
            const QStringList parts = name.split(u'|');
            dataset(parts[0].toStdString(), parts[1].toStdString(), parts[2].toStdString());
        }
        const std::vector<IdentityProposal> proposals =
            identityProposals(m_builder.take(), mapOf("").map());
        QCOMPARE(text(proposals), expected.toStdString());
        for (const IdentityProposal& proposal : proposals)
            QVERIFY(proposal.reason.ends_with('.'));
    }

    // Accept, refuse, undo: each of them decides what the next import makes of the names.
    void appliesWhatAPersonDecides()
    {
        for (const char* path : {"s.p.a", "s.p.b"}) {
            m_builder.column(dataset("postgres", "db", path), "id", "int", at(m_first, 1));
            m_builder.column(dataset("postgres", "", path, m_second), "id", "int", at(m_second, 2));
        }
        const auto raw = std::make_shared<const Estate>(m_builder.take());
        MapDocument document = mapOf("");
        QVERIFY(identified(raw, document.map()) == raw);
        const std::vector<IdentityProposal> proposals = identityProposals(*raw, document.map());
        QCOMPARE(proposals.size(), 1U);

        const Result<Edit> accept = decideIdentities(document, {proposals[0].decision(true)});
        QVERIFY(accept);
        QCOMPARE(accept->name, std::string("Join postgres:///* and postgres://db/*"));
        const std::string before = document.text();
        const Result<Edit> undo = document.apply(*accept);
        QVERIFY(undo);
        const EstatePtr joined = identified(raw, document.map());
        QCOMPARE(joined->datasets.size(), 2U);
        QCOMPARE(joined->columns.size(), 2U);
        QCOMPARE(places(*joined, joined->datasets[0].evidence).size(), 2U);
        QVERIFY(joined->dataset("postgres:///s.p.a") == joined->dataset("postgres://db/s.p.a"));
        QCOMPARE(decided(*raw, document.map().identities[0]), 2U);
        QCOMPARE(text(identityProposals(*raw, document.map())), std::string());

        QVERIFY(document.apply(*undo));
        QCOMPARE(document.text(), before);
        QVERIFY(identified(raw, document.map()) == raw);

        QVERIFY(document.apply(*decideIdentities(document, {proposals[0].decision(false)})));
        QCOMPARE(document.map().identities.size(), 1U);
        QVERIFY(!document.map().identities[0].isSame);
        QCOMPARE(identified(raw, document.map())->datasets.size(), 4U);
        QCOMPARE(text(identityProposals(*raw, document.map())), std::string());

        // Another decision takes the place of the first, whichever name comes first.
        IdentityDecision turned = proposals[0].decision(true);
        std::swap(turned.one, turned.other);
        QVERIFY(document.apply(*decideIdentities(document, {turned})));
        QCOMPARE(document.map().identities.size(), 1U);
        QCOMPARE(identified(raw, document.map())->datasets.size(), 2U);
        QVERIFY(document.apply(*removeIdentities(document, {turned})));
        QCOMPARE(document.map().identities.size(), 0U);
        QVERIFY(!removeIdentities(document, {turned}));
    }

    void refusesADecisionOnOneName()
    {
        const MapDocument document = mapOf("");
        IdentityDecision decision{"dataset", "a", "a", true, "", {}};
        QVERIFY(!decideIdentities(document, {decision}));
        decision.other = "";
        QVERIFY(!decideIdentities(document, {decision}));
    }

    void proposesWhatASourceHintsAt()
    {
        dataset("kafka", "k", "orders");
        dataset("postgres", "db", "s.p.orders");
        m_builder.fact(IdentityHint{ClaimAbout::Dataset, "kafka://k/orders",
                                    "postgres://db/s.p.orders", "The connector copies it.", 55,
                                    at(m_first, 3)});
        m_builder.fact(IdentityHint{ClaimAbout::Dataset, "kafka://k/orders", "nowhere", "?", 55,
                                    at(m_first, 4)});
        QCOMPARE(text(identityProposals(m_builder.take(), mapOf("").map())),
                 std::string("dataset kafka://k/orders = postgres://db/s.p.orders 55 (1)\n"));
    }

    // A registry's subject and a contract of a repository that describe one topic.
    void proposesContractsOfOneDataset()
    {
        const DatasetIndex orders = dataset("kafka", "k", "orders");
        const ContractIndex contract = addContract("orders-contract", "2.0.0", m_first, orders);
        addContract("orders-value", "3", m_second, orders);
        const auto raw = std::make_shared<const Estate>(m_builder.take());
        MapDocument document = mapOf("");
        const std::vector<IdentityProposal> proposals = identityProposals(*raw, document.map());
        QCOMPARE(text(proposals), std::string("contract orders-value = orders-contract 65 (1)\n"));
        QVERIFY(document.apply(*decideIdentities(document, {proposals[0].decision(true)})));
        const EstatePtr joined = identified(raw, document.map());
        QCOMPARE(joined->contracts.size(), 2U);
        QVERIFY(joined->contract("orders-value@2.0.0") == contract);
    }

    void tellsTypesThatContradictFromSpellings()
    {
        for (const char* type : {"VARCHAR(40)", "character varying(10)", "text", "STRING", "uuid"})
            QVERIFY2(typeClassOf(type) == TypeClass::Text, type);
        for (const char* type :
             {"int64", "NUMBER(38,0)", "bigint unsigned", "long", "decimal(4,2)"})
            QVERIFY2(typeClassOf(type) == TypeClass::Number, type);
        for (const char* type : {"interval", "tinyint(1)", "bit", "variant", "json", ""})
            QVERIFY2(typeClassOf(type) == TypeClass::Unknown, type);
        QVERIFY(typeClassOf("text[]") == TypeClass::Nested);
        QVERIFY(!isContradiction("varchar(10)", "TEXT"));
        QVERIFY(!isContradiction("date", "timestamp"));
        QVERIFY(isContradiction("integer", "text"));
    }

    void keepsBothTypesOfAColumn()
    {
        EstateBuilder builder;
        Source one;
        one.path = "a.sql";
        Source other;
        other.path = "b.yaml";
        const SourceIndex first = builder.source(std::move(one));
        const SourceIndex second = builder.source(std::move(other));
        const Evidence here = builder.evidence(first, 3);
        const DatasetIndex table = builder.dataset("postgres", {}, "shop.orders", here);
        builder.column(table, "id", "bigint", here);
        builder.column(table, "id", "int8", builder.evidence(second, 8));
        builder.column(table, "id", "varchar(20)", builder.evidence(second, 9));
        const Estate estate = builder.take();
        QCOMPARE(estate.columns[0].type, std::string("bigint"));
        QCOMPARE(tests::lines(contradictions(estate)),
                 std::string(
                     "b.yaml:9: warning: The type of the column \"postgres:///shop.orders#id\" is "
                     "\"varchar(20)\" here, and \"bigint\" in a.sql:3. Both are kept. "
                     "[estate.contradiction]\n"));
    }

    void tellsContradictionsWithBothPlaces()
    {
        dataset("kafka", "k", "orders");
        m_builder.fact(
            Claim{ClaimAbout::Dataset, "kafka://k/orders", "owner", "sales", at(m_first, 7)});
        m_builder.fact(
            Claim{ClaimAbout::Dataset, "kafka://k/orders", "owner", "billing", at(m_second, 9)});
        m_builder.fact(
            Claim{ClaimAbout::Dataset, "kafka://k/orders", "owner", "sales", at(m_second, 10)});
        m_builder.fact(Claim{ClaimAbout::Dataset, "kafka://k/orders", "tags", "a", at(m_first, 8)});
        m_builder.fact(Claim{ClaimAbout::Dataset, "kafka://k/orders", "tags", "b", at(m_first, 8)});
        const Estate estate = m_builder.take();
        QCOMPARE(estate.claims.size(), 4U);
        QCOMPARE(tests::lines(contradictions(estate)),
                 std::string("b.json:9: warning: The owner of the dataset \"kafka://k/orders\" is "
                             "\"billing\" here, and \"sales\" in a.yaml:7. Both are kept. "
                             "[estate.contradiction]\n"));
    }

    void keepsBothWordsOnOneContext()
    {
        m_builder.fact(
            ObservedContext{"shop", "Shop", "sales", "", "system", "", "", false, at(m_first, 1)});
        m_builder.fact(ObservedContext{"Shop", "", "billing", "ann", "", "", "The shop.", false,
                                       at(m_second, 2)});
        const Estate estate = m_builder.take();
        QCOMPARE(estate.contexts.size(), 1U);
        QCOMPARE(estate.contexts[0].owner, std::string("ann"));
        QCOMPARE(estate.contexts[0].domain, std::string("sales"));
        QCOMPARE(contradictions(estate).size(), 1U);
        QCOMPARE(places(estate, estate.contexts[0].evidence).size(), 2U);
    }

    void proposesOwners()
    {
        MapDocument document = mapOf(
            ", \"domains\": [{\"id\": \"sales\", \"name\": \"Sales\"}],"
            "\"teams\": [{\"id\": \"t\", \"name\": \"Order Team\"}],"
            "\"contexts\": [{\"id\": \"order-management\", \"name\": \"Order Management\", "
            "\"domain\": \"sales\", \"team\": \"t\", \"owns\": {\"datasets\": "
            "[\"postgres://db/s.p.a*\"]}}, {\"id\": \"other\", \"name\": \"Other\"}],"
            "\"products\": [{\"id\": \"p\", \"name\": \"P\", \"context\": \"other\", \"contracts\": "
            "[\"known\"]}]");
        for (const char* path : {"s.p.a1", "s.p.a2", "s.p.a3", "s.p.b", "x.y.z", "g.g.g"})
            dataset("postgres", "db", path);
        addContract("known", "1", m_first, dataset("kafka", "k", "known"));
        Contract contract;
        contract.id = "by-domain";
        contract.domain = "sales";
        m_builder.contract(contract);
        contract.id = "by-owner";
        contract.domain = "";
        contract.owner = "order team";
        m_builder.contract(contract);
        m_builder.fact(Claim{ClaimAbout::Dataset, "postgres://db/g.g.g", "group",
                             "order_management", at(m_first, 1)});
        const Estate estate = m_builder.take();
        const std::vector<OwnershipProposal> proposals =
            ownershipProposals(estate, document.map(), ownershipOf(document.map(), estate));
        QCOMPARE(
            text(proposals),
            std::string("other owns contracts known 95: A product of Other has this contract.\n"
                        "order-management owns datasets postgres://db/g.g.g 90: Its source says "
                        "group \"order_management\", which is this context.\n"
                        "other owns datasets kafka://k/known 85: The contract known of Other "
                        "describes it.\n"
                        "order-management owns contracts by-owner 75: The contract says owner "
                        "\"order team\"; this is the team's only context.\n"
                        "order-management owns contracts by-domain 70: The contract says domain "
                        "\"sales\"; this is the domain's only context.\n"
                        "order-management owns datasets postgres://db/s.p.* 60: All 3 others of "
                        "postgres://db/s.p. that somebody owns belong to Order Management.\n"));

        std::vector<OwnershipAddition> additions;
        for (const OwnershipProposal& proposal : proposals)
            additions.push_back({proposal.context, proposal.list, proposal.pattern});
        const Result<Edit> edit = addOwnership(document, additions);
        QVERIFY(edit);
        const std::string before = document.text();
        const Result<Edit> undo = document.apply(*edit);
        QVERIFY(undo);
        const EstateOwnership ownership = ownershipOf(document.map(), estate);
        QCOMPARE(text(ownershipProposals(estate, document.map(), ownership)), std::string());
        QCOMPARE(
            std::count(ownership.datasetOwner.begin(), ownership.datasetOwner.end(), ContextId()),
            1);  // x.y.z
        QVERIFY(document.apply(*undo));
        QCOMPARE(document.text(), before);
    }

private:
    Evidence at(SourceIndex source, std::uint32_t line) { return m_builder.evidence(source, line); }

    DatasetIndex dataset(const std::string& platform, const std::string& instance,
                         const std::string& path)
    {
        return dataset(platform, instance, path, m_first);
    }
    DatasetIndex dataset(const std::string& platform, const std::string& instance,
                         const std::string& path, SourceIndex source)
    {
        return m_builder.dataset(platform, instance, path, at(source, 1));
    }

    ContractIndex addContract(const std::string& id, const std::string& version, SourceIndex source,
                              DatasetIndex dataset)
    {
        Contract contract;
        contract.id = id;
        contract.version = version;
        contract.evidence = at(source, 1);
        const ContractIndex index = m_builder.contract(contract).contract;
        m_builder.object({index, "order", "", "", dataset, {}, at(source, 2)});
        return index;
    }

    EstateBuilder m_builder;
    SourceIndex m_first;
    SourceIndex m_second;
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::IdentityTest)
#include "identity_test.moc"
