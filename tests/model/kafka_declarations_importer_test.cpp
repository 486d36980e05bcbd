// SPDX-License-Identifier: Apache-2.0
// Topics and access as Strimzi, JulieOps and kafka-gitops declare them. The counts of the real files were taken by a few lines of
// Python that walk their lists.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

ImportedText importedFile(const std::string& name)
{
    return importText(name, tests::testData("kafka-declarations/" + name));
}

// "reader < topic" and "writer > topic".
std::string useText(const Estate& estate)
{
    std::string text;
    for (const Adoption& one : estate.adoptions)
        text += one.consumer + " < " + one.thing + "\n";
    for (const ObservedRoute& one : estate.routes)
        text += one.from + " > " + one.product + "\n";
    return text;
}

std::string topicsText(const Estate& estate)
{
    std::string text;
    for (const Channel& one : estate.channels)
        text += (text.empty() ? "" : " ") + estate.datasets[one.dataset.value].key();
    return text;
}

std::string flowsText(const Estate& estate)
{
    std::string text;
    for (const LineageEdge& edge : estate.lineageEdges)
        text += estate.datasets[edge.from.value].path + " -> " +
                estate.datasets[edge.to.value].path + " by " + estate.jobs[edge.job.value].key() +
                "\n";
    return text;
}

std::string leftOutNames(const Estate& estate)
{
    std::string text;
    for (const LeftOut& one : estate.sources[0].leftOut)
        text += (text.empty() ? "" : ", ") + std::string(one.isUnresolved ? "?" : "") + one.name +
                " " + std::to_string(one.times);
    return text;
}

}  // namespace

class KafkaDeclarationsImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsAStrimziTopic()
    {
        const ImportedText imported = importedFile("strimzi/kafka-topic.yaml");
        QCOMPARE(imported.format, std::string("strimzi"));
        QCOMPARE(imported.estate->sources[0].formatVersion, std::string("v1"));
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(topicsText(*imported.estate), std::string("kafka://my-cluster/my-topic"));
        QCOMPARE(leftOutNames(*imported.estate),
                 std::string("spec.partitions 1, spec.replicas 1, spec.config 1"));
    }

    void readsAStrimziUser()
    {
        const ImportedText imported = importedFile("strimzi/kafka-user.yaml");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(useText(*imported.estate),
                 std::string("User:my-user < my-topic\nUser:my-user > my-topic\n"));
        QCOMPARE(imported.estate->adoptions[0].by, std::string("acl"));
        QCOMPARE(imported.estate->consumers.size(), 2U);
        QCOMPARE(imported.estate->consumers[1].id, std::string("my-group"));
        QCOMPARE(imported.estate->consumers[1].owner, std::string("User:my-user"));
        QCOMPARE(leftOutNames(*imported.estate), std::string("spec.authentication 1"));
    }

    void readsAListOfStrimziResources()
    {
        const ImportedText imported = importedFile("strimzi/several.yaml");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(topicsText(*imported.estate), std::string("kafka://main/shop.Orders"));
        QCOMPARE(useText(*imported.estate), std::string("User:billing < shop.Orders\n"));
        QCOMPARE(leftOutNames(*imported.estate),
                 std::string("spec.partitions 1, ?shop.* 1, ?* 1, rules that neither read nor "
                             "write 1, access to a cluster 1, deny 1, KafkaBridge 1"));
    }

    // 5 topics and 6 that streams and connectors name.
    void readsAJulieTopology()
    {
        const ImportedText imported = importedFile("julie/descriptor.yaml");
        const Estate& estate = *imported.estate;
        QCOMPARE(imported.format, std::string("julie"));
        QCOMPARE(topicsText(estate).substr(0, 102),
                 std::string("kafka:///context.company.env.source.projectA.foo "
                             "kafka:///context.company.env.source.projectA.bar.avro"));
        QCOMPARE(estate.channels.size(), 5U + 6U);
        QCOMPARE(estate.adoptions.size(), 2U * 2U + 2U + 2U + 1U);
        QCOMPARE(estate.routes.size(), 2U * 2U + 2U + 2U + 1U);
        QCOMPARE(flowsText(estate),
                 std::string("topicA -> topicC by julie/User:Streams0\n"
                             "topicA -> topicD by julie/User:Streams0\n"
                             "topicB -> topicC by julie/User:Streams0\n"
                             "topicB -> topicD by julie/User:Streams0\n"
                             "topicE -> topicF by julie/streamsApplicationId\n"));
        QCOMPARE(imported.problemsText(),
                 std::string("julie/descriptor.yaml:2:10: note: Names of topics are joined from "
                             "the topology: \"context.company.env.source.projectA.foo\" (expected "
                             "unless the tool is set up with another topic.prefix.format). Kept as "
                             "inferred. [julie.joined-names]\n"));
        QCOMPARE(leftOutNames(estate), std::string("config 5, ksql 1, platform 1"));
    }

    void keepsWhoOwnsATopic()
    {
        const ImportedText imported = importedFile("julie/descriptor-with-metadata.yaml");
        std::string claims;
        for (const Claim& claim : imported.estate->claims)
            claims += claim.subject + " " + claim.property + " " + claim.value + "\n";
        QCOMPARE(claims, std::string("kafka:///context.foowithmetadata.topicA context "
                                     "foowithmetadata\n"
                                     "kafka:///context.foowithmetadata.topicA owner DepartmentA\n"
                                     "kafka:///context.foowithmetadata.topicA domain Sales\n"
                                     "kafka:///context.foowithmetadata.topicB.avro context "
                                     "foowithmetadata\n"
                                     "kafka:///context.foowithmetadata.topicB.avro owner "
                                     "DepartmentB\n"
                                     "kafka:///context.foowithmetadata.topicB.avro domain "
                                     "ProductionStatistics\n"));
        QCOMPARE(imported.estate->consumers[0].name, std::string("System4"));
    }

    void readsTheOtherTopologies_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("channels");
        QTest::newRow("schemas") << "julie/descriptor-with-schemas.yaml" << 3 + 4;
        QTest::newRow("first") << "julie/multi-1-descriptor.yaml" << 3 + 4;
        QTest::newRow("second") << "julie/multi-2-descriptor.yml" << 3 + 4;
    }

    void readsTheOtherTopologies()
    {
        QFETCH(QString, file);
        QFETCH(int, channels);
        const ImportedText imported = importedFile(file.toStdString());
        QCOMPARE(imported.format, std::string("julie"));
        QCOMPARE(imported.estate->channels.size(), std::size_t(channels));
        QCOMPARE(imported.problems.size(), 1U);
    }

    void readsEachPartOfAGitopsState()
    {
        QCOMPARE(useText(*importedFile("kafka-gitops/services.yaml").estate),
                 std::string("my-test-service < my-test-topic\n"));
        QCOMPARE(topicsText(*importedFile("kafka-gitops/topics.yaml").estate),
                 std::string("kafka:///my-test-topic"));
        for (const char* file : {"kafka-gitops/state.yaml", "kafka-gitops/users.yaml"}) {
            const ImportedText imported = importedFile(file);
            QCOMPARE(imported.format, std::string("kafka-gitops"));
            QCOMPARE(imported.problemsText(), std::string());
            QCOMPARE(imported.estate->sources[0].leftOut.size(), 1U);
        }
    }

    void readsAWholeGitopsState()
    {
        const ImportedText imported = importedFile("kafka-gitops/whole-state.yaml");
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(useText(*imported.estate),
                 std::string("billing < shop.orders\nenrich < shop.orders\n"
                             "enrich < shop.customers\norders-to-lake < shop.orders-enriched\n"
                             "audit < shop.orders\nbilling > billing.invoices\n"
                             "enrich > shop.orders-enriched\n"));
        QCOMPARE(
            flowsText(*imported.estate),
            std::string("shop.orders -> shop.orders-enriched by kafka-gitops/enrich-app\n"
                        "shop.customers -> shop.orders-enriched by kafka-gitops/enrich-app\n"));
        QCOMPARE(leftOutNames(*imported.estate),
                 std::string("settings of topics 1, ?shop.* 1, further rules of access 1, users "
                             "1"));
    }

    void leavesOtherFilesAlone()
    {
        for (const char* text :
             {"services:\n  web: {image: nginx, type: application}\n", "topics: [a, b]\n",
              "context: a\nprojects: [{name: b}]\n", "apiVersion: v1\nkind: List\nitems: [1]\n",
              "users:\n  a: {roles: [admin]}\n", "settings: {files: 3}\n"})
            QCOMPARE(importText("a.yaml", text).format, std::string());
    }

    void saysWhatIsWrong()
    {
        QCOMPARE(importText("a.yaml", "apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\n")
                     .problemsText(),
                 std::string("a.yaml:1:1: error: KafkaTopic without metadata.name (required). "
                             "Resource skipped. [strimzi.no-name]\n"));
        QCOMPARE(importText("a.yaml", "apiVersion: kafka.strimzi.io/v1\nkind: KafkaUser\n"
                                      "metadata: {name: u}\nspec: {authorization: {acls: [3]}}\n")
                     .problemsText(),
                 std::string("a.yaml:4:31: warning: rule of user \"u\" without a topic or group "
                             "that it is about (expected resource.type and resource.name). Rule "
                             "skipped. [strimzi.rule-incomplete]\n"));
        QCOMPARE(importText("a.yaml", "context: c\nprojects:\n- topics: []\n- name: p\n"
                                      "  topics: [{}]\n  consumers: [{}]\n")
                     .problemsText(),
                 std::string("a.yaml:3:3: error: project without name (required). Project "
                             "skipped. [julie.no-name]\n"
                             "a.yaml:5:12: error: topic without name under project \"p\" "
                             "(required). Topic skipped. [julie.no-name]\n"
                             "a.yaml:6:15: warning: access without a principal under project \"p\" "
                             "(required). Access skipped. [julie.no-principal]\n"));
        QCOMPARE(importText("a.yaml", "topics: {a: {partitions: 1, replication: 1}}\n"
                                      "services: [a]\n")
                     .problemsText(),
                 std::string("a.yaml:2:11: warning: \"services\" is an array (expected an "
                             "object). Value skipped. [kafka-gitops.wrong-type]\n"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::KafkaDeclarationsImporterTest)

#include "kafka_declarations_importer_test.moc"
