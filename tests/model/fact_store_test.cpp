// SPDX-License-Identifier: Apache-2.0
// Facts go into the workspace's tables and come back as they were; rows that cannot have been written are refused.
#include "model/workspace/fact_store.h"

#include "model/base/file_store.h"
#include "model/estate/estate_builder.h"
#include "model/workspace/database.h"
#include "model/workspace/history.h"
#include "model/workspace/schema.h"
#include "model/workspace/search_index.h"
#include "model/workspace/workspace.h"

#include "tests/support/text_output.h"

#include <QTemporaryDir>

namespace portolan {

namespace {

// One of everything, with a value in every member.
Estate everything(const std::string& path = "all.yaml")
{
    EstateBuilder builder;
    const SourceIndex source =
        builder.source({path,
                        "odcs",
                        "3.1",
                        "hash",
                        77,
                        "2026-01-02T03:04:05Z",
                        {{"contracts", 1}, {"fields", 2}},
                        {{Severity::Warning, "a.code", "It is odd.", {path, 3, 4, "/x"}}},
                        5});
    const auto at = [&](std::uint32_t line) {
        Evidence evidence =
            builder.evidence(source, line, line + 100, "/at/" + std::to_string(line));
        evidence.times = line * 2;
        return evidence;
    };
    const DatasetIndex raw = builder.dataset("postgres", "db:5432", "shop.public.raw", at(1));
    const DatasetIndex core = builder.dataset("kafka", "", "core", at(2));
    builder.estate().datasets[raw.value].type = "table";
    builder.estate().datasets[raw.value].description = "Raw \"orders\"\n";
    builder.estate().datasetByKey.emplace("another key of raw", raw);
    const ColumnIndex id = builder.column(raw, "id", "bigint", at(3));
    const ColumnIndex orderId = builder.column(core, "order_id", "", at(4));
    builder.estate().columns[orderId.value].description = "Wer's bestellt hat: \xC3\xA4";
    const JobIndex job = builder.job("airflow", "load", at(5));
    builder.estate().jobs[job.value].integration = "SPARK";
    builder.estate().jobs[job.value].owner = "data team";
    builder.estate().jobs[job.value].lastRun = "2026-01-01T00:00:00Z";
    builder.estate().jobs[job.value].runs = 9'000'000'000;
    builder.lineage(raw, core, job, at(6));
    builder.lineage(core, raw, JobIndex(), at(7));
    builder.columnLineage(id, orderId, job, ColumnFlow::Direct, "IDENTITY", false, at(8), "raw.id");
    builder.columnLineage(orderId, id, JobIndex(), ColumnFlow::Indirect, "FILTER", true, at(9));
    builder.influence(id, core, job, "JOIN", at(10), "a.id = b.id");
    const ProductIndex product = builder.product(
        {"p1", "Orders", "sales", "ann", ProductKind::Event, Authority::Derived, true, at(11)});
    Contract contract;
    contract.id = "orders";
    contract.version = "1.2.0";
    contract.name = "Orders";
    contract.statusText = "Production";
    contract.status = ContractStatus::Active;
    contract.sunset = "2027-01-01";
    contract.domain = "sales";
    contract.owner = "ann";
    contract.description = "All orders.";
    contract.apiVersion = "v3.1.0";
    contract.product = product;
    contract.servers = {{"prod", "postgres", "db", "production"}, {"test", "kafka", "b", ""}};
    contract.serviceLevels = {{"latency", "4", "h", "orders.id"}};
    contract.team = {{"ann", "owner"}, {"bob", ""}};
    contract.contentHash = "c0";
    contract.evidence = at(12);
    const ContractIndex index = builder.contract(contract).contract;
    builder.fact(ObservedDomain{"sales", "Sales", "all", "core", "ann", "Selling.", at(20)});
    builder.fact(ObservedContext{"shop", "Shop", "sales", "ann", "system", "web", "The shop.", true,
                                 at(21)});
    builder.fact(
        ObservedTeam{"ann", "Ann's", "staff", "ann@x", "A team.", {"ann", "3:bob"}, at(22)});
    builder.fact(ObservedRelationship{"shop", "billing", "customer-supplier", "OHS,PL", "ACL",
                                      "orders", "REST", at(23)});
    builder.fact(ObservedRoute{"shop", "orders", "billing", "events", at(24)});
    builder.fact(Operation{index, "getOrder", "GET", "/orders/{id}", "id", "Order", "One order.",
                           true, at(25)});
    builder.fact(
        Channel{index, "orders", "orders.v1", "kafka", core, {"Placed", "", "Paid"}, at(26)});
    builder.fact(Adoption{"billing", "orders", "^1.0", "1.2.0", "port", {"id"}, at(27)});
    builder.fact(CheckRun{"not null", "not_null", raw, "id", CheckOutcome::Failed,
                          "2026-01-01T00:00:00Z", "3", "0", 3, "dbt", at(28)});
    builder.fact(
        Observation{"orders", core, "billing", "lag", "17", "records", "2026-01-01", at(29)});
    builder.fact(Claim{ClaimAbout::Dataset, "kafka:///core", "owner", "ann", at(30)});
    builder.fact(IdentityHint{ClaimAbout::Term, "a", "b", "Because.", 70, at(31)});
    builder.fact(ObservedQuery{core, "id", job, "select id\nfrom raw", "postgres", "shop.public", 7,
                               true, at(32)});
    builder.estate().sources[0].leftOut = {
        {"x-price", "not kept", true, 3, {path, 4, 5, "/x-price"}}};
    builder.estate().sources[0].readAlso = {{"common/a.yaml", "abc"}, {"common/*.avsc", ""}};
    const SchemaObjectIndex object =
        builder.object({index, "order", "tbl_order", "One order.", raw, {}, at(13)});
    const FieldIndex field = builder.field({object, "lines[].sku", "string", "varchar", "Item.",
                                            "internal", true, 2, "items.sku", at(14)});
    builder.field({object, "note", "", "", "", "", std::nullopt, 0, "", at(15)});
    builder.check({index, object, field, "is complete", "sql", "select 1", true, at(16)});
    builder.check({index, {}, {}, "", "", "", false, {}});
    builder.term({"sales", "Order", "What is bought.", at(17)});
    builder.consumer({"c1", "Dashboard", "eve", "dashboard", {raw, core}, at(18)});
    return builder.take();
}

// All that a fact says, one value after the other.
struct Words {
    std::string all;
    void text(const std::string& value) { all += value + '|'; }
    void texts(const std::vector<std::string>& values)
    {
        for (const std::string& value : values)
            text(value);
    }
    void flag(bool value) { text(value ? "yes" : "no"); }
    void number(std::int64_t value) { text(std::to_string(value)); }
    template <class Choice>
    void choice(Choice value, Choice)
    {
        number(int(value));
    }
    template <class Thing>
    void link(Index<Thing> value)
    {
        number(value.value);
    }
};

// One fact each, which says the same in all its members and has the same evidence.
template <class Fact>
bool same(const std::vector<Fact>& one, const std::vector<Fact>& other)
{
    if (one.size() != 1 || other.size() != 1)
        return false;
    Words words[2];
    Fact::describe(words[0], one.front());
    Fact::describe(words[1], other.front());
    return words[0].all == words[1].all && one.front().evidence == other.front().evidence;
}

StoredSource storedAs(const std::string& file, const Estate& estate)
{
    StoredSource stored;
    stored.file = file;
    stored.source = estate.sources.front();
    stored.reader = "1";
    stored.inode = 12;
    stored.modifiedNs = 1'700'000'000'123'456'789;
    return stored;
}

std::string errorOf(const Result<>& result)
{
    return result ? "done" : toText(result.error());
}

}  // namespace

class FactStoreTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string m_path;
    std::unique_ptr<Database> m_database;

    Result<> store(StoredSource stored, const Estate& estate)
    {
        ImportRecord record(*m_database, "2026-01-02T03:04:05Z");
        return storeSource(*m_database, std::move(stored), estate, record);
    }
    Result<> drop(std::int64_t id)
    {
        ImportRecord record(*m_database, "2026-01-02T03:04:05Z");
        return dropSource(*m_database, id, record);
    }
    std::int64_t rowsOf(const std::string& table)
    {
        return m_database->firstNumber("SELECT count(*) FROM " + table).value_or(-1);
    }
    std::string loadError()
    {
        m_database->clearProblem();
        const auto stored = storedSources(*m_database);
        if (!stored)
            return stored.error().message;
        const auto estates = loadSources(*m_database, *stored);
        return estates ? "sound" : estates.error().message;
    }

private slots:
    void init()
    {
        m_database.reset();
        m_folder = QTemporaryDir();
        m_path = m_folder.path().toStdString() + "/w.portolan";
        QVERIFY(saveAtomically(m_path, *emptyWorkspace()).has_value());
        m_database = std::move(*Database::open(m_path, Database::Mode::ReadWrite));
    }

    void anEmptyWorkspaceHasOurSchema()
    {
        QCOMPARE(errorOf(checkSchema(*m_database)), "done");
        QCOMPARE(m_database->firstNumber("PRAGMA application_id").value_or(0),
                 workspaceApplicationId);
        QCOMPARE(m_database->firstNumber("PRAGMA user_version").value_or(0),
                 std::int64_t(workspaceVersion));
    }

    void givesBackEverythingThatWasStored()
    {
        const Estate before = everything();
        QCOMPARE(errorOf(store(storedAs("all.yaml", before), before)), "done");
        const std::vector<StoredSource> stored = *storedSources(*m_database);
        QCOMPARE(stored.size(), std::size_t(1));
        QCOMPARE(stored[0].modifiedNs, 1'700'000'000'123'456'789);
        const Result<Estate> loaded = loadSource(*m_database, stored[0]);
        QVERIFY(loaded.has_value());
        const Estate& after = *loaded;

        const Source& source = after.sources[0];
        QCOMPARE(source.path, "all.yaml");
        QCOMPARE(source.format, "odcs");
        QCOMPARE(source.formatVersion, "3.1");
        QCOMPARE(source.hash, "hash");
        QCOMPARE(source.bytes, 77);
        QCOMPARE(source.importedAt, "2026-01-02T03:04:05Z");
        QVERIFY(source.counts == before.sources[0].counts);
        QVERIFY(source.problems == before.sources[0].problems);
        QCOMPARE(source.problemsNotListed, 5);

        QCOMPARE(source.leftOut.size(), std::size_t(1));
        QCOMPARE(source.leftOut[0].name, "x-price");
        QVERIFY(source.leftOut[0].isUnresolved && source.leftOut[0].times == 3);
        QVERIFY(source.leftOut[0].where == before.sources[0].leftOut[0].where);
        QCOMPARE(source.readAlso.size(), std::size_t(2));
        QCOMPARE(source.readAlso[1].path, "common/*.avsc");
        QVERIFY(same(after.domains, before.domains) && same(after.contexts, before.contexts));
        QVERIFY(same(after.teams, before.teams) && same(after.routes, before.routes));
        QVERIFY(same(after.relationships, before.relationships));
        QVERIFY(same(after.operations, before.operations));
        QVERIFY(same(after.channels, before.channels) && same(after.adoptions, before.adoptions));
        QVERIFY(same(after.checkRuns, before.checkRuns));
        QVERIFY(same(after.observations, before.observations));
        QVERIFY(same(after.claims, before.claims));
        QVERIFY(same(after.identityHints, before.identityHints));
        QVERIFY(same(after.queries, before.queries));
        QVERIFY(after.queries[0].job == JobIndex(0) && after.queries[0].isTemplate);
        QCOMPARE(after.columnEdges[0].expression, "raw.id");
        QCOMPARE(after.columnEdges[1].expression, "");
        QCOMPARE(after.influences[0].expression, "a.id = b.id");

        QVERIFY(after.pointers == before.pointers);
        QCOMPARE(after.datasets[0].key(), "postgres://db:5432/shop.public.raw");
        QCOMPARE(after.datasets[0].type, "table");
        QCOMPARE(after.datasets[0].description, "Raw \"orders\"\n");
        QVERIFY(after.datasets[0].isDerived && after.datasets[1].isDerived);
        QVERIFY(after.datasets[0].columns == before.datasets[0].columns);
        QVERIFY(after.datasets[0].evidence == before.datasets[0].evidence);
        QVERIFY(after.datasetByKey.at("another key of raw") == DatasetIndex(0));
        QCOMPARE(after.columns[1].description, before.columns[1].description);
        QCOMPARE(after.columns[0].type, "bigint");
        QVERIFY(after.columns[1].evidence == before.columns[1].evidence);
        const Job& job = after.jobs[0];
        QCOMPARE(job.space + job.name + job.integration + job.owner + job.lastRun,
                 "airflowloadSPARKdata team2026-01-01T00:00:00Z");
        QCOMPARE(job.runs, 9'000'000'000);
        QVERIFY(after.lineageEdges[0].job == JobIndex(0));
        QVERIFY(!after.lineageEdges[1].job.isValid());
        QVERIFY(after.columnEdges[1].flow == ColumnFlow::Indirect);
        QVERIFY(after.columnEdges[1].isMasked && !after.columnEdges[0].isMasked);
        QCOMPARE(after.columnEdges[1].transformation, "FILTER");
        QVERIFY(after.influences[0].evidence == before.influences[0].evidence);
        const ObservedProduct& product = after.products[0];
        QVERIFY(product.kind == ProductKind::Event && product.authority == Authority::Derived);
        QVERIFY(product.isInferred);
        QCOMPARE(product.id + product.name + product.domain + product.owner, "p1Orderssalesann");
        const Contract& contract = after.contracts[0];
        QCOMPARE(contract.key(), "orders@1.2.0");
        QVERIFY(contract.status == ContractStatus::Active);
        QCOMPARE(contract.statusText + contract.sunset + contract.domain + contract.owner +
                     contract.description + contract.apiVersion + contract.contentHash,
                 "Production2027-01-01salesannAll orders.v3.1.0c0");
        QVERIFY(contract.product == ProductIndex(0));
        QCOMPARE(contract.servers.size(), std::size_t(2));
        QCOMPARE(contract.servers[1].name + contract.servers[1].type, "testkafka");
        QCOMPARE(contract.serviceLevels[0].element, "orders.id");
        QVERIFY(contract.team == before.contracts[0].team);
        QVERIFY(contract.objects == before.contracts[0].objects);
        QCOMPARE(after.objects[0].physicalName, "tbl_order");
        QVERIFY(after.objects[0].dataset == DatasetIndex(0));
        QVERIFY(after.objects[0].fields == before.objects[0].fields);
        QVERIFY(after.fields[0].isRequired == true);
        QVERIFY(!after.fields[1].isRequired.has_value());
        QCOMPARE(after.fields[0].keyPosition, 2);
        QCOMPARE(after.fields[0].reference, "items.sku");
        QVERIFY(after.checks[0].field == FieldIndex(0) && after.checks[0].isReconciliation);
        QVERIFY(!after.checks[1].object.isValid());
        QVERIFY(after.checks[1].evidence == before.checks[1].evidence);
        QCOMPARE(after.terms[0].definition, "What is bought.");
        QVERIFY(after.consumers[0].reads == before.consumers[0].reads);
        QVERIFY(countsOf(after) == countsOf(before));
    }

    void aSourceStoredAgainIsReplaced()
    {
        const Estate first = everything();
        Estate second;
        second.sources.emplace_back().path = "all.yaml";
        QCOMPARE(errorOf(store(storedAs("all.yaml", first), first)), "done");
        QCOMPARE(errorOf(store(storedAs("other", first), first)), "done");
        QCOMPARE(errorOf(store(storedAs("all.yaml", second), second)), "done");
        QCOMPARE(rowsOf("source"), 2);
        QCOMPARE(rowsOf("dataset WHERE source > 0"), 2);
        QCOMPARE(rowsOf("problem WHERE source > 0"), 1);
        QCOMPARE(rowsOf("dataset WHERE source < 0"), 2);  // as it was before
        QCOMPARE(loadError(), "sound");
    }

    void aDroppedSourceLeavesNothingOnceItIsForgotten()
    {
        const Estate estate = everything();
        QCOMPARE(errorOf(store(storedAs("all.yaml", estate), estate)), "done");
        QCOMPARE(errorOf(drop(storedSources(*m_database)->front().id)), "done");
        for (const char* table : {"source", "search"})
            QCOMPARE(rowsOf(table), 0);
        forgetPastSources(*m_database, storedImports(*m_database)->front().number);
        for (const char* table : {"past_source", "source_import", "pointer", "dataset",
                                  "dataset_column", "field", "column_edge", "consumer_read"})
            QCOMPARE(rowsOf(table), 0);
    }

    void namesTheSourceWhoseRowsHaveDecayed_data()
    {
        QTest::addColumn<QString>("change");
        const char* changes[] = {"UPDATE dataset SET description = 'x' WHERE n = 1",
                                 "UPDATE dataset SET derived = 7",
                                 "UPDATE dataset SET derived = 'yes'",
                                 "UPDATE dataset SET path = NULL",
                                 "UPDATE dataset SET path = x'00ff'",
                                 "UPDATE dataset_column SET dataset = 2 WHERE n = 0",
                                 "UPDATE dataset_column SET dataset = -1 WHERE n = 0",
                                 "UPDATE dataset_column SET dataset = NULL WHERE n = 0",
                                 "UPDATE dataset SET n = 5 WHERE n = 1",
                                 "UPDATE dataset SET line = 99999999999",
                                 "UPDATE dataset SET pointer = 1000",
                                 "UPDATE product SET kind = 'nonsense'",
                                 "UPDATE problem SET severity = 3",
                                 "UPDATE consumer_read SET dataset = 9",
                                 "DELETE FROM pointer",
                                 "DELETE FROM contract_server WHERE n = 1",
                                 "UPDATE source_count SET value = 2"};
        for (const char* change : changes)
            QTest::newRow(change) << QString::fromLatin1(change);
    }
    void namesTheSourceWhoseRowsHaveDecayed()
    {
        QFETCH(QString, change);
        const Estate estate = everything("orders/all.yaml");
        QCOMPARE(errorOf(store(storedAs("a", estate), estate)), "done");
        QVERIFY(m_database->execute(change.toStdString()));
        QCOMPARE(loadError(), "The workspace is damaged: what it keeps of orders/all.yaml is not "
                              "what was written. Import that source again.");
    }

    void rowsOfNoSourceAreLeftAlone()
    {
        const Estate estate = everything();
        QCOMPARE(errorOf(store(storedAs("a", estate), estate)), "done");
        QVERIFY(m_database->execute("INSERT INTO pointer VALUES(77, 0, 'stray')"));
        QCOMPARE(loadError(), "sound");
    }

    void findsByAnyWordsAndTakesNoneAsAQuery()
    {
        const Estate estate = everything();
        QCOMPARE(errorOf(store(storedAs("a", estate), estate)), "done");
        const auto names = [&](std::string_view words) {
            std::string text;
            const auto hits = searchIndex(*m_database, words, 50);
            if (!hits)
                return toText(hits.error());
            for (const SearchHit& hit : *hits)
                text += std::string(toString(hit.entity.kind)) + " " + hit.entity.id + "\n";
            return text;
        };
        QCOMPARE(names("order_id"), "column kafka:///core#order_id\n");
        QCOMPARE(names("sku"), "field orders@1.2.0/order#lines[].sku\n");
        QCOMPARE(names("SKU  1.2.0"), "field orders@1.2.0/order#lines[].sku\n");
        QCOMPARE(names(""), "");
        QCOMPARE(names("nothing-like-this"), "");
        for (const char* hostile :
             {"\"", "\"\"\"", "name:load", "NEAR(load raw)", "load OR raw", "load*", "*", "^load",
              "-load", "+", "(", "{name}: load", "' ; DROP TABLE dataset; --", "AND", "NOT", "\\",
              "\xFF\xFE", "\t\n", "load\" OR \"raw"})
            QVERIFY2(!QByteArray::fromStdString(names(hostile)).contains("error"), hostile);
        QCOMPARE(rowsOf("dataset"), 2);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::FactStoreTest)
#include "fact_store_test.moc"
