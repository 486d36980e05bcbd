// SPDX-License-Identifier: Apache-2.0
// `lineage` and `path` on the sample estate, as a pipeline runs them.
#include "tests/programs/portolanctl.h"

#include <QFile>

#include <map>
#include <set>

namespace portolan::tests {
namespace {

using nlohmann::json;

const std::string map =
    std::string(PORTOLAN_SOURCE_DIR) + "/resources/estates/insurer/insurer.portolan.json";

json answer(std::vector<std::string> arguments)
{
    arguments.insert(arguments.end(), {"--json", "--map", map});
    const ProgramRun run = portolanctl(arguments);
    return run.exitCode == 0 ? documentOf(run) : json(run.outcome());
}

std::set<std::string> names(const json& nodes, const std::string& kind)
{
    std::set<std::string> found;
    for (const json& node : nodes) {
        if (node["kind"] == kind)
            found.insert(node["name"].get<std::string>());
    }
    return found;
}

}  // namespace

class PortolanctlLineageTest : public QObject {
    Q_OBJECT

private slots:
    void answersTheDatasetsUpAndDown()
    {
        const json document = answer({"lineage", "engagement.core.party_profile", "--depth", "1"});
        QCOMPARE(document["command"], json("lineage"));
        const std::set<std::string> expected = {"party.profile.v3", "engagement.core.party_profile",
                                                "engagement.core.engagement_attribute"};
        QVERIFY(names(document["nodes"], "dataset") == expected);
        QCOMPARE(document["edges"].size(), std::size_t(2));
        QVERIFY(!document["edges"][0]["evidence"].empty());
        QCOMPARE(document["isCut"], json(true));
    }

    void upstreamAlone()
    {
        const json document =
            answer({"lineage", "engagement.core.party_profile", "--up", "--depth", "1"});
        for (const json& node : document["nodes"])
            QVERIFY(node["hops"].get<int>() <= 0);
        QCOMPARE(document["nodes"].size(), std::size_t(2));
    }

    void aColumnIsFollowedThroughRenames()
    {
        const json document = answer({"lineage", "engagement.core.party_profile.party_id"});
        const std::set<std::string> columns = names(document["nodes"], "column");
        QVERIFY(columns.contains("party.core.party.party_id"));
        QVERIFY(columns.contains("party.profile.v3.partyId"));
        QVERIFY(columns.contains("campaign.core.audience.party_id"));
        for (const json& edge : document["columnEdges"]) {
            QVERIFY(edge["kind"].is_string());
            QVERIFY(!edge["evidence"].empty());
        }
    }

    void saysWhichCrossingsHaveAContract()
    {
        const json document = answer({"lineage", "party.profile.v3", "--depth", "1"});
        bool hasContract = false;
        for (const json& crossing : document["crossings"]) {
            QVERIFY(crossing["fromContext"] != crossing["toContext"]);
            if (crossing["product"] == "party-profile") {
                hasContract = true;
                QCOMPARE(crossing["hasContract"], json(true));
                QVERIFY(!crossing["contracts"].empty());
            }
        }
        QVERIFY(hasContract);
    }

    void answersAllWaysShortestFirst()
    {
        const json document = answer({"path", "CRMEMEA.CRM.CUST_MASTER", "party.profile.v3"});
        QCOMPARE(document["paths"].size(), std::size_t(2));
        QCOMPARE(document["paths"][0]["hops"], json(3));
        QCOMPARE(document["paths"][0]["nodes"].size(), std::size_t(4));
        QVERIFY(document["paths"][0]["edges"].size() >= 3);
        QCOMPARE(document["hasMore"], json(false));
    }

    void noWayIsAnAnswer()
    {
        QCOMPARE(answer({"path", "party.profile.v3", "CRMEMEA.CRM.CUST_MASTER"})["paths"].size(),
                 std::size_t(0));
    }

    void saysWhoIsHitAndWhatTheyRead()
    {
        const json document = answer({"impact", "party.core.party.party_id"});
        std::map<std::string, std::string> reads;
        for (const json& consumer : document["consumers"]) {
            if (consumer["kind"] == "context")
                reads[consumer["id"].get<std::string>()] = consumer["reads"].get<std::string>();
            QVERIFY(!consumer["via"].empty() || consumer["declared"].get<bool>());
        }
        QCOMPARE(reads["claims"], std::string("field"));
        QCOMPARE(reads["billing"], std::string("influence"));
        QCOMPARE(reads["claims-legacy"], std::string("downstream"));
        QVERIFY(!reads.contains("policy-monolith"));
    }

    void aProductsVersionHitsThoseWhoReadThatVersion()
    {
        const json document = answer({"impact", "party-profile@1"});
        QCOMPARE(document["changes"]["contracts"], json::array({"party-profile@1.4.0"}));
        std::set<std::string> contexts;
        for (const json& consumer : document["consumers"]) {
            if (consumer["kind"] == "context")
                contexts.insert(consumer["id"].get<std::string>());
        }
        const std::set<std::string> expected = {"party-management", "claims-legacy"};
        QVERIFY(contexts == expected);
    }

    void writesTheImpactInEachForm()
    {
        const TemporaryFolder folder;
        for (const auto& [format, begin] :
             {std::pair<std::string, std::string>{"csv", "\xEF\xBB\xBFKind,"},
              {"markdown", "| Kind |"},
              {"xlsx", "PK"}}) {
            const std::string out = folder.path() + "/impact." + format;
            const ProgramRun run = portolanctl({"impact", "--where", "owner:marketing email", "--format",
                                                format, "--out", out, "--map", map});
            QCOMPARE(run.exitCode, 0);
            QFile file(QString::fromStdString(out));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(file.readAll().toStdString().starts_with(begin));
        }
        QCOMPARE(portolanctl({"impact", "--where", "no-such-word", "--map", map}).exitCode, 2);
        QCOMPARE(portolanctl({"impact", "--map", map}).exitCode, 2);
    }

    void saysWhatANameMayMean()
    {
        const ProgramRun run = portolanctl({"lineage", "CUST_MASTER", "--map", map});
        QVERIFY(
            run.outcome().find("'CUST_MASTER' may be one of 3 things; name it by kind and id") !=
            std::string::npos);
        const ProgramRun none = portolanctl({"lineage", "no-such-thing", "--map", map});
        QVERIFY(none.outcome().starts_with("exit 2"));
    }
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlLineageTest)
#include "portolanctl_lineage_test.moc"
