// SPDX-License-Identifier: Apache-2.0
// Each thing once, with all its evidence: names met twice, contracts in conflict, estates merged.
#include "model/estate/estate_builder.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

SourceIndex sourceNamed(EstateBuilder& builder, std::string path)
{
    Source source;
    source.path = std::move(path);
    return builder.source(std::move(source));
}

// "a.yaml:3 x2, b.yaml:7"
std::string placesText(const Estate& estate, const Evidence& evidence)
{
    std::string text;
    for (const EvidencePlace& place : places(estate, evidence)) {
        text += text.empty() ? "" : ", ";
        text += place.span.file + ":" + std::to_string(place.span.line);
        if (place.times > 1)
            text += " x" + std::to_string(place.times);
    }
    return text;
}

Contract contractOf(EstateBuilder& builder, SourceIndex source, std::string content)
{
    Contract contract;
    contract.id = "orders";
    contract.version = "1.0.0";
    contract.contentHash = std::move(content);
    contract.evidence = builder.evidence(source, 2, 5, "/id");
    return contract;
}

// One source in which a job turns orders into facts.
Estate estateOf(std::string path, std::string_view instance)
{
    EstateBuilder builder;
    const SourceIndex source = sourceNamed(builder, std::move(path));
    const Evidence evidence = builder.evidence(source, 1);
    const DatasetIndex orders =
        builder.dataset("postgres", instance, "shop.public.orders", evidence);
    const DatasetIndex facts = builder.dataset("postgres", instance, "shop.public.facts", evidence);
    builder.column(orders, "id", "int", evidence);
    builder.lineage(orders, facts, builder.job("dbt", "load", evidence), evidence);
    return builder.take();
}

}  // namespace

class EstateBuilderTest : public QObject {
    Q_OBJECT

private slots:
    void namesOneThingOnce()
    {
        EstateBuilder builder;
        const SourceIndex first = sourceNamed(builder, "a.yaml");
        const SourceIndex second = sourceNamed(builder, "b.yaml");
        const SourceIndex third = sourceNamed(builder, "c.yaml");
        for (const auto& [source, line] :
             {std::pair(first, 3), std::pair(first, 4), std::pair(third, 9), std::pair(second, 7)})
            builder.dataset("postgres", "db", "shop.orders",
                            builder.evidence(source, std::uint32_t(line)));
        const Estate estate = builder.take();
        QCOMPARE(estate.datasets.size(), 1U);
        QCOMPARE(estate.datasets[0].key(), std::string("postgres://db/shop.orders"));
        QCOMPARE(placesText(estate, estate.datasets[0].evidence),
                 std::string("a.yaml:3 x2, b.yaml:7, c.yaml:9"));
    }

    void fillsWhatWasEmptyAndReplacesNothing()
    {
        EstateBuilder builder;
        const Evidence evidence = builder.evidence(sourceNamed(builder, "a.yaml"), 1);
        const DatasetIndex orders = builder.dataset("kafka", "c", "orders", evidence);
        builder.column(orders, "id", "", evidence);
        builder.column(orders, "id", "int", evidence);
        builder.column(orders, "id", "text", evidence);
        const Estate estate = builder.take();
        QCOMPARE(estate.columns.size(), 1U);
        QCOMPARE(estate.columns[0].type, std::string("int"));
    }

    void keepsAConflictingContractAndSaysSo()
    {
        EstateBuilder builder;
        const SourceIndex first = sourceNamed(builder, "a.yaml");
        const SourceIndex second = sourceNamed(builder, "b.yaml");
        QVERIFY(builder.contract(contractOf(builder, first, "x")).isNew);
        QVERIFY(!builder.contract(contractOf(builder, second, "x")).isNew);
        QVERIFY(builder.contract(contractOf(builder, second, "y")).isConflict);
        const Estate estate = builder.take();
        QCOMPARE(estate.contracts.size(), 2U);
        QCOMPARE(placesText(estate, estate.contracts[0].evidence),
                 std::string("a.yaml:2, b.yaml:2"));
        QCOMPARE(estate.contracts[1].key(), std::string("orders@1.0.0#2"));
        QCOMPARE(estate.sources[1].problems.size(), 1U);
        QCOMPARE(
            toText(estate.sources[1].problems[0]),
            std::string("b.yaml:2:5: warning: Contract \"orders\" version \"1.0.0\" is also in "
                        "a.yaml:2 with other content. Both are kept. [contract.conflict]"));
    }

    void mergesEstates()
    {
        EstateBuilder builder;
        builder.add(estateOf("a.json", "db:5432"));
        builder.add(estateOf("b.json", "db:5432"));
        const Estate estate = builder.take();
        const Counts expected = {{"datasets", 2}, {"columns", 1}, {"jobs", 1}, {"datasetEdges", 1}};
        QCOMPARE(countsOf(estate), expected);
        QCOMPARE(placesText(estate, estate.lineageEdges[0].evidence),
                 std::string("a.json:1, b.json:1"));
        QVERIFY(estate.datasets[1].isDerived);
    }

    void mergingOnceMoreChangesNothing()
    {
        EstateBuilder builder;
        builder.add(estateOf("a.json", "db:5432"));
        builder.add(estateOf("b.json", "db:5432"));
        const Estate estate = builder.take();
        EstateBuilder again;
        again.add(estate);
        const Estate copy = again.take();
        QCOMPARE(countsOf(copy), countsOf(estate));
        QCOMPARE(placesText(copy, copy.datasets[0].evidence), std::string("a.json:1, b.json:1"));
    }

    void namesADatasetByTheLastPartOfItsPath_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("name");
        QTest::newRow("table") << "shop.public.orders"
                               << "orders";
        QTest::newRow("file") << "/data/in/orders.csv"
                              << "orders.csv";
        QTest::newRow("folder") << "/data/in/"
                                << "in";
        QTest::newRow("quoted dot") << "db.\"dim.product\""
                                    << "\"dim.product\"";
        QTest::newRow("plain") << "orders"
                               << "orders";
    }
    void namesADatasetByTheLastPartOfItsPath()
    {
        QFETCH(QString, path);
        QFETCH(QString, name);
        Dataset dataset;
        dataset.path = path.toStdString();
        QCOMPARE(std::string(dataset.name()), name.toStdString());
    }

    void namesATopicByItsWholePath()
    {
        Dataset dataset;
        dataset.platform = "kafka";
        dataset.path = "party.profile.v3";
        QCOMPARE(std::string(dataset.name()), std::string("party.profile.v3"));
    }

    void countsAPairOfDatasetsOnce()
    {
        EstateBuilder builder;
        const Evidence evidence = builder.evidence(sourceNamed(builder, "a"), 1);
        const DatasetIndex from = builder.dataset("kafka", "c", "a", evidence);
        const DatasetIndex to = builder.dataset("kafka", "c", "b", evidence);
        builder.lineage(from, to, builder.job("x", "one", evidence), evidence);
        builder.lineage(from, to, builder.job("x", "two", evidence), evidence);
        const Estate estate = builder.take();
        QCOMPARE(estate.lineageEdges.size(), 2U);
        QCOMPARE(countsOf(estate).at("datasetEdges"), 1);
    }

    void spellingsOfAColumnInTwoSourcesAreOneWhereThePlatformFoldsThem()
    {
        const auto named = [](const char* platform, std::initializer_list<const char*> names) {
            EstateBuilder builder;
            const Evidence evidence = builder.evidence(builder.source({}), 1);
            const DatasetIndex dataset = builder.dataset(platform, "h", "db.t", evidence);
            for (const char* name : names)
                builder.column(dataset, name, "", evidence);
            return builder.take();
        };
        const auto merged = [&](const char* platform, std::initializer_list<const char*> one,
                                std::initializer_list<const char*> other) {
            EstateBuilder builder;
            builder.add(named(platform, one));
            builder.add(named(platform, other));
            std::string text;
            for (const Column& column : builder.take().columns)
                text += column.name + " ";
            return text;
        };
        QCOMPARE(merged("snowflake", {"ID", "NAME"}, {"id", "name", "more"}), "ID NAME more ");
        QCOMPARE(merged("kafka", {"ID"}, {"id"}), "ID id ");
        // One that says both means both.
        QCOMPARE(merged("snowflake", {"ID"}, {"id", "ID"}), "ID id ");
        QCOMPARE(merged("snowflake", {"id", "ID"}, {"Id"}), "id ID Id ");
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::EstateBuilderTest)
#include "estate_builder_test.moc"
