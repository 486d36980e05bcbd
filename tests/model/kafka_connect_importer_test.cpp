// SPDX-License-Identifier: Apache-2.0
// Connectors as lineage: which table goes to which topic, by the rules of each connector. The expected pairs were worked out by hand
// from the files and the connectors' documentation.
#include "model/import/operations/connector_lineage.h"
#include "model/import/operations/connector_routing.h"
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

ImportedText importedFile(const std::string& name)
{
    return importText(name, tests::testData("kafka-connect/" + name));
}

std::string flowsText(const Estate& estate)
{
    std::string text;
    for (const LineageEdge& edge : estate.lineageEdges)
        text += estate.datasets[edge.from.value].key() + " -> " +
                estate.datasets[edge.to.value].key() + "\n";
    return text;
}

std::string unresolvedText(const Estate& estate)
{
    std::string text;
    for (const LeftOut& one : estate.sources[0].leftOut) {
        if (one.isUnresolved)
            text += one.name + ": " + one.reason + "\n";
    }
    return text;
}

// Everything that an import keeps as text, to look for secrets in it.
std::string wholeText(const ImportedText& imported)
{
    const Estate& estate = *imported.estate;
    std::string text = imported.problemsText();
    for (const Dataset& one : estate.datasets)
        text += one.key() + "\n";
    for (const LeftOut& one : estate.sources[0].leftOut)
        text += one.name + " " + one.reason + "\n";
    for (const std::string& pointer : estate.pointers)
        text += pointer + "\n";
    for (const Consumer& one : estate.consumers)
        text += one.id + " " + one.name + "\n";
    return text;
}

}  // namespace

class KafkaConnectImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsRealConnectors_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("flows");
        QTest::addColumn<QString>("unresolved");
        const auto row = [](const char* file, const char* flows, const char* unresolved) {
            QTest::newRow(file) << QString::fromUtf8(file) << QString::fromUtf8(flows)
                                << QString::fromUtf8(unresolved);
        };
        row("auditlog.register-postgres.json",
            "postgres://vegetables-db:5432/vegetablesdb.inventory.vegetable -> "
            "kafka:///dbserver1.inventory.vegetable\n"
            "postgres://vegetables-db:5432/vegetablesdb.inventory.transaction_context_data -> "
            "kafka:///dbserver1.inventory.transaction_context_data\n",
            "");
        row("kstreams-live-update.mysql-source.json",
            "mysql://mysql:3306/inventory.orders -> kafka:///dbserver1.inventory.orders\n"
            "mysql://mysql:3306/inventory.categories -> kafka:///dbserver1.inventory.categories\n",
            "");
        row("cqrs.postgres-source.json",
            "postgres://postgres:5432/postgres.public.optionentity -> kafka:///optionentity\n"
            "postgres://postgres:5432/postgres.public.pollentity -> kafka:///pollentity\n"
            "postgres://postgres:5432/postgres.public.pollentity_optionentity -> "
            "kafka:///pollentity_optionentity\n"
            "postgres://postgres:5432/postgres.public.pollentity_voteentity -> "
            "kafka:///pollentity_voteentity\n"
            "postgres://postgres:5432/postgres.public.voteentity -> kafka:///voteentity\n",
            "");
        row("cqrs.mysql-sink.json", "",
            "${source.table}: the table's name is taken from the record\n");
        row("end-to-end-demo.jdbc-sink.json",
            "kafka:///dbserver1_inventory_Hike -> "
            "postgres://postgres:5432/inventory.dbserver1_inventory_Hike\n",
            "");
        row("kstreams-live-update.es-sink.json",
            "kafka:///dbserver1.inventory.orders -> elasticsearch://elastic:9200/orders\n", "");
        row("jpa-aggregations.es-sink-aggregates.json",
            "kafka:///customers-complete -> elasticsearch://elastic:9200/customers-complete\n", "");
        row("jpa-aggregations.source.json", "",
            ".*aggregates: a pattern: which tables it covers is not said\n");
        row("camel-kafka-connect.sink.json", "",
            "org.apache.camel.kafkaconnector.coap.CamelCoapSinkConnector: a sink connector that "
            "is not known: where it writes is not told\n");
        row("camel-kafka-connect.source.json", "",
            "inventory.*: all tables of it, to topics that begin with \"dbserver1\": which ones "
            "is not said\n");
        row("infinispan-standalone.register-oracle.json",
            "oracle:///ORCLPDB1.DEBEZIUM.CUSTOMERS -> kafka:///server1.DEBEZIUM.CUSTOMERS\n",
            "<machine ip address>: a placeholder: which server it is, is not said\n");
        row("outbox.register-postgres.json", "",
            "dbserver1.inventory.outboxevent: transform \"outbox\": the outbox event router sends "
            "each record to \"${routedByValue}.events\", by its column \"aggregatetype\"\n");
        row("tutorial.register-mongodb.json", "",
            "inventory.*: all tables of it, to topics that begin with \"dbserver1\": which ones "
            "is not said\n");
        row("tutorial.register-sqlserver.json", "",
            "testDB.*: all tables of it, to topics that begin with \"server1\": which ones is "
            "not said\n");
        row("debezium-server.debezium-server-sink-pubsub.config-postgres.application.properties",
            "postgres://postgres:5432/postgres.inventory.customers -> "
            "kafka:///tutorial.inventory.customers\n",
            "");
    }

    void readsRealConnectors()
    {
        QFETCH(QString, file);
        QFETCH(QString, flows);
        QFETCH(QString, unresolved);
        const ImportedText imported = importedFile("debezium/" + file.toStdString());
        QVERIFY(imported.format.starts_with("kafka-connect"));
        QCOMPARE(flowsText(*imported.estate), flows.toStdString());
        QCOMPARE(unresolvedText(*imported.estate), unresolved.toStdString());
        QCOMPARE(imported.estate->jobs.size(), 1U);
        for (const char* secret : {"dbz", "postgrespw", "mysqlpw", "Password!", "admin"})
            QVERIFY2(wholeText(imported).find(secret) == std::string::npos, secret);
    }

    void namesTheJobAfterTheConnector()
    {
        const ImportedText imported = importedFile("debezium/cqrs.postgres-source.json");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(imported.estate->jobs[0].key(), std::string("kafka-connect/postgres-source"));
        QCOMPARE(imported.estate->jobs[0].integration, std::string("DEBEZIUM"));
        QCOMPARE(imported.estate->datasets[0].type, std::string("table"));
        const EvidencePlace place =
            places(*imported.estate, imported.estate->lineageEdges[0].evidence).front();
        QCOMPARE(place.span.pointer, std::string("/config/table.include.list"));
    }

    void takesSinksAsConsumers()
    {
        const ImportedText imported = importedFile("debezium/cqrs.mysql-sink.json");
        QCOMPARE(imported.estate->consumers.at(0).id, std::string("mysql-sink"));
        QCOMPARE(imported.estate->consumers[0].type, std::string("connector"));
        QCOMPARE(imported.estate->adoptions.size(), 4U);
        QCOMPARE(imported.estate->adoptions[0].thing, std::string("voteentity"));
        QCOMPARE(imported.estate->adoptions[0].by, std::string("consumes"));
    }

    void readsTheAnswerOfTheRestInterface()
    {
        const ImportedText imported = importedFile("expand-info.json");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(flowsText(*imported.estate),
                 std::string("kafka:///shop.orders -> s3://lake/topics/shop.orders\n"
                             "postgres://db:5432/shop.public.orders -> kafka:///shop.orders\n"
                             "postgres://db:5432/shop.customers -> kafka:///shop.customers\n"
                             "kafka:///orders -> "
                             "snowflake://acme.eu-west-1/RAW.KAFKA.ORDERS\n"
                             "kafka:///shop.customers -> "
                             "snowflake://acme.eu-west-1/RAW.KAFKA.CUSTOMERS_RAW\n"));
        QCOMPARE(unresolvedText(*imported.estate),
                 std::string("9lives: the connector makes a table's name of its own from it\n"));
        QVERIFY(wholeText(imported).find("hidden") == std::string::npos);
        QVERIFY(wholeText(imported).find("very secret") == std::string::npos);
        QVERIFY(wholeText(imported).find("secrets never kept") != std::string::npos);
    }

    void readsProperties()
    {
        const ImportedText imported = importedFile("outbox-fixed.properties");
        QCOMPARE(imported.format, std::string("kafka-connect-properties"));
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(flowsText(*imported.estate),
                 std::string("mysql://crm-db:3306/crm.outbox -> kafka:///crm.events\n"
                             "mysql://crm-db:3306/crm.customer -> kafka:///prod.customer\n"
                             "mysql://crm-db:3306/crm.order -> kafka:///prod.order\n"));
        QCOMPARE(unresolvedText(*imported.estate),
                 std::string("crm.tmp_.*: a pattern: which tables it covers is not said\n"));
        QCOMPARE(imported.estate->jobs[0].key(), std::string("kafka-connect/crm-outbox"));
        const EvidencePlace place =
            places(*imported.estate, imported.estate->lineageEdges[0].evidence).front();
        QCOMPARE(place.span.line, 9);
    }

    void readsAServersProperties()
    {
        const ImportedText imported = importedFile(
            "debezium/"
            "debezium-server.debezium-server-sink-pubsub.config-postgres.application.properties");
        QCOMPARE(imported.problems.size(), 1U);
        QVERIFY(imported.problems[0].find(
                    ":1: note: Debezium Server writes to \"pubsub\" (expected kafka). Its "
                    "destinations are kept as topics. [kafka-connect.other-sink]") !=
                std::string::npos);
    }

    void readsAConnectorOfStrimzi()
    {
        const ImportedText imported = importText("c.yaml", R"(apiVersion: kafka.strimzi.io/v1
kind: KafkaConnector
metadata: {name: shop}
spec:
  class: io.debezium.connector.sqlserver.SqlServerConnector
  config:
    topic.prefix: s
    database.hostname: h
    database.names: A,B
    table.include.list: dbo.orders
)");
        QCOMPARE(imported.format, std::string("strimzi"));
        QCOMPARE(flowsText(*imported.estate),
                 std::string("sqlserver://h/A.dbo.orders -> kafka:///s.A.dbo.orders\n"
                             "sqlserver://h/B.dbo.orders -> kafka:///s.B.dbo.orders\n"));
    }

    void tellsThePlaceOfADatabase_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("place");
        const auto row = [](const char* url, const char* place) {
            QTest::newRow(url) << QString::fromUtf8(url) << QString::fromUtf8(place);
        };
        row("jdbc:postgresql://db:5432/shop?user=x&password=y", "postgres db:5432 shop");
        row("jdbc:mysql://u:p@db/shop", "mysql db shop");
        row("jdbc:sqlserver://db:1433;databaseName=Shop;password=x", "sqlserver db:1433 Shop");
        row("jdbc:oracle:thin:scott/tiger@//db:1521/ORCL", "oracle db:1521 ORCL");
        row("jdbc:oracle:thin:@db:1521:XE", "oracle db:1521 XE");
        row("jdbc:sqlite:/tmp/shop.db", "sqlite  /tmp/shop.db");
        row("jdbc:mysql://u:pa/ss@db/shop", "none");
        row("jdbc:mysql:", "none");
        row("mysql://db/shop", "none");
        row("", "none");
    }

    void tellsThePlaceOfADatabase()
    {
        QFETCH(QString, url);
        QFETCH(QString, place);
        const std::optional<JdbcPlace> found = jdbcPlaceFrom(url.toStdString());
        QCOMPARE(found ? found->platform + " " + found->instance + " " + found->database : "none",
                 place.toStdString());
    }

    void replacesNamesAsJavaDoes_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("replacement");
        QTest::addColumn<QString>("name");
        QTest::newRow("groups") << "([^.]+)\\.([^.]+)\\.([^.]+)"
                                << "$3_$1"
                                << "c_a";
        QTest::newRow("named") << "(?<first>a).*"
                               << "${first}!"
                               << "a!";
        QTest::newRow("digits") << "(a)(.*)"
                                << "$12"
                                << "a2";
        QTest::newRow("escape") << ".*"
                                << "\\$1"
                                << "$1";
        QTest::newRow("part only") << "a"
                                   << "x"
                                   << "-";
        QTest::newRow("broken") << "("
                                << "x"
                                << "gave up";
        QTest::newRow("no group") << ".*"
                                  << "$x"
                                  << "gave up";
    }

    void replacesNamesAsJavaDoes()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, replacement);
        QFETCH(QString, name);
        bool gaveUp = false;
        const std::optional<std::string> found =
            replacedName("a.b.c", pattern.toStdString(), replacement.toStdString(), gaveUp);
        QCOMPARE(gaveUp ? "gave up" : found.value_or("-"), name.toStdString());
    }

    void givesUpOnHardPatterns()
    {
        bool gaveUp = false;
        const std::string name(240, 'a');
        QVERIFY(!replacedName(name, "^(a+)+$b", "x", gaveUp));
        QVERIFY(!replacedName(name, "(x+x+)+y|(a+a+)+a+b", "x", gaveUp));
        QVERIFY(gaveUp);
    }

    void saysWhatIsWrong()
    {
        QCOMPARE(importText("a.json", R"([{"config":{"connector.class":"x.FooSink"}},
{"name":"b","config":{}}])")
                     .problemsText(),
                 std::string("a.json:1:31: note: The connector has no name (expected \"name\"). "
                             "Named after its class, \"FooSink\". [kafka-connect.no-name]\n"
                             "a.json:2:1: warning: entry without a connector.class (required). "
                             "Entry skipped. [kafka-connect.no-class]\n"));
        QCOMPARE(importText("a.json", R"({"connector.class":"x.FooSink","topics":["a"]})")
                     .problemsText(),
                 std::string("a.json:1:41: warning: \"topics\" is an array (expected text). "
                             "Setting skipped. [kafka-connect.wrong-type]\n"));
        QCOMPARE(
            importText("a.properties", "connector.class=x.FooSink\nwhat is this\n").problemsText(),
            std::string("a.properties:2: warning: The line is no property (expected "
                        "\"key=value\"). Line skipped. [kafka-connect.no-property]\n"));
    }

    void leavesOtherFilesAlone()
    {
        QCOMPARE(importText("a.json", R"({"name":"x","config":{"class":"y"}})").format,
                 std::string());
        QCOMPARE(importText("a.txt", "Set it so:\nconnector.class=x\n").format, std::string());
        QCOMPARE(importText("a.properties", "bootstrap.servers=x\n").format, std::string());
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::KafkaConnectImporterTest)

#include "kafka_connect_importer_test.moc"
