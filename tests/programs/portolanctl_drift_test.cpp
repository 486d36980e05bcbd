// SPDX-License-Identifier: Apache-2.0
// `drift` on the sample estate: what it finds, and that it declares and accepts in the map's file.
#include "tests/programs/portolanctl.h"

#include <QFile>

namespace portolan::tests {
namespace {

using nlohmann::json;

const std::string estate = std::string(PORTOLAN_SOURCE_DIR) + "/resources/estates/insurer";

// "id accepted" of each difference, in the order of the answer.
std::string ids(const json& list)
{
    std::string text;
    for (const json& item : list)
        text += item["id"].get<std::string>() + (item["accepted"].get<bool>() ? " accepted" : "") +
                "\n";
    return text;
}

}  // namespace

class PortolanctlDriftTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QFile map(QString::fromStdString(estate + "/insurer.portolan.json"));
        QVERIFY(map.open(QIODevice::ReadOnly));
        m_text = map.readAll().toStdString();
        m_map = m_folder.write("map.json", m_text);
    }

    void findsWhatIsPlanted()
    {
        const ProgramRun run = drift({"--json"});
        QCOMPARE(run.exitCode, 1);
        const json document = documentOf(run);
        QCOMPARE(document["portolanctl"], json(1));
        QCOMPARE(document["command"], json("drift"));
        QCOMPARE(ids(document["observedNotDeclared"]),
                 std::string("observed-not-declared:crm:marketing\n"
                             "observed-not-declared:policy-monolith:customer-insights\n"));
        QCOMPARE(ids(document["declaredNotObserved"]),
                 std::string("never-observed:relationship:billing-to-insights\n"));
        QCOMPARE(ids(document["contradicted"]),
                 std::string("bypassed-translation:route:claims-intake:policy-administration\n"
                             "internals-read:relationship:monolith-to-policy accepted\n"));
    }

    void namesEvidenceJobsAndWhatIsRead()
    {
        const json document = documentOf(drift({"--json"}));
        const json& item = document["observedNotDeclared"][1];
        QCOMPARE(item["jobs"], json::array({"airflow-prod/insights_nightly.unload_policy_master"}));
        QCOMPARE(item["evidence"].size(), std::size_t(3));
        QCOMPARE(item["evidence"][0]["path"], json("2026-11-20.ndjson"));
        QCOMPARE(item["evidence"][0]["line"], json(100));
        QCOMPARE(item["crossings"][0]["reads"], json("internals"));
        QCOMPARE(item["crossings"][0]["bypass"], json(true));
        QCOMPARE(item["acceptance"], json());
        const json& accepted = document["contradicted"][1]["acceptance"];
        QCOMPARE(accepted["by"], json("Policy Core team"));
        QCOMPARE(accepted["until"], json("2027-09-30"));
    }

    void saysItInWords()
    {
        const ProgramRun run = drift({});
        QCOMPARE(run.exitCode, 1);
        QVERIFY(run.out.find("Marketing reads from CRM: internals CUST_MASTER") !=
                std::string::npos);
        QVERIFY(run.out.find("4 not accepted, 1 accepted (--all).") != std::string::npos);
        QVERIFY(run.out.find("internals-read") == std::string::npos);
        QVERIFY(drift({"--all"}).out.find("accepted until 2027-09-30 by Policy Core team: ") !=
                std::string::npos);
    }

    void acceptsForAReasonAndWithdraws()
    {
        const std::string id = "observed-not-declared:crm:marketing";
        QCOMPARE(drift({"--accept", id}).exitCode, 2);
        QCOMPARE(m_folder.read("map.json"), m_text);
        QCOMPARE(
            drift({"--accept", id, "--reason", "Ends with the CRM", "--until", "soon"}).exitCode,
            2);
        QCOMPARE(drift({"--accept", id, "--reason", "Ends with the CRM"}).exitCode, 0);
        QCOMPARE(ids(documentOf(drift({"--json"}))["observedNotDeclared"]),
                 std::string("observed-not-declared:policy-monolith:customer-insights\n"
                             "observed-not-declared:crm:marketing accepted\n"));
        QCOMPARE(drift({"--withdraw", id}).exitCode, 0);
        QCOMPARE(m_folder.read("map.json"), m_text);
    }

    void declaresWhatWasSeen()
    {
        QCOMPARE(drift({"--declare", "observed-not-declared:crm:marketing"}).exitCode, 0);
        QCOMPARE(ids(documentOf(drift({"--json"}))["observedNotDeclared"]),
                 std::string("observed-not-declared:policy-monolith:customer-insights\n"));
        QCOMPARE(portolanctl({"map", "validate", m_map}).exitCode < 2, true);
        QCOMPARE(drift({"--declare", "observed-not-declared:crm:marketing"}).exitCode, 2);
    }

    void allAcceptedIsNothingFound()
    {
        const json document = documentOf(drift({"--json"}));
        for (const char* key : {"observedNotDeclared", "declaredNotObserved", "contradicted"}) {
            for (const json& item : document[key])
                drift({"--accept", item["id"].get<std::string>(), "--reason", "known"});
        }
        const ProgramRun run = drift({});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.out.starts_with("No drift, 5 accepted (--all).\n"));
    }

    void needsAMap()
    {
        const ProgramRun run = portolanctl({"drift", estate + "/lineage"});
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.err, std::string("portolanctl: drift needs a --map, or a --workspace that was "
                                      "used with one\n"));
    }

private:
    ProgramRun drift(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), {"drift", "--map", m_map, estate + "/contracts",
                                             estate + "/lineage", estate + "/dbt"});
        return portolanctl(arguments);
    }

    TemporaryFolder m_folder;
    std::string m_map;
    std::string m_text;
};

}  // namespace portolan::tests

QTEST_APPLESS_MAIN(portolan::tests::PortolanctlDriftTest)
#include "portolanctl_drift_test.moc"
