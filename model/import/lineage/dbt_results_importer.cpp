// SPDX-License-Identifier: Apache-2.0
// dbt's run_results.json (versions 1 to 6) and sources.json (1 to 3): what tests and freshness checks came to. What a test is about stands
// in the manifest beside. run_results.json is also written by compile and docs, which run no test although they say "success".
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/lineage/dbt_artifact.h"

namespace portolan {

namespace {

constexpr std::string_view dbt = "dbt";

CheckOutcome outcomeOf(std::string_view status)
{
    if (status == "pass" || status == "success")
        return CheckOutcome::Passed;
    if (status == "warn")
        return CheckOutcome::Warned;
    if (status == "fail")
        return CheckOutcome::Failed;
    if (status == "error" || status == "runtime error")
        return CheckOutcome::Error;
    return status == "skipped" || status == "no-op" ? CheckOutcome::Skipped : CheckOutcome::Unknown;
}

class DbtResultsReading {
public:
    DbtResultsReading(const DataNode& root, ImportContext& context)
        : m_root(root), m_context(context)
    {
        const Result<DataNode> manifest = context.sibling("manifest.json");
        if (manifest && dbtHead(*manifest).kind == "manifest") {
            m_manifest = *manifest;
            m_platform = dbtPlatform(dbtHead(m_manifest));
        } else {
            context.problem(Severity::Note, "dbt.no-manifest",
                            "There is no manifest.json beside the results, which do not say by "
                            "themselves what a test is about. Loaded without.",
                            root);
        }
    }

    void readRunResults()
    {
        const std::string which = m_root["args"]["which"].string();
        const bool hasRun = which.empty() || which == "build" || which == "test" ||
                            which == "run" || which == "seed" || which == "snapshot" ||
                            which == "retry";
        for (const DataNode result : listAt(m_root, "results", m_context, dbt)) {
            const std::string id = idOf(result);
            const std::string_view kind = dbtKind(id);
            if (id.empty())
                m_context.problem(Severity::Warning, "dbt.result-without-id",
                                  "A result has no unique_id (required). Result skipped.", result);
            else if (kind != "test" && kind != "unit_test")
                m_context.ignored("result of a " + std::string(kind),
                                  "not a test: how long it took is not kept", result);
            else if (hasRun)
                readTest(result, id);
            else
                m_context.ignored("test that did not run",
                                  "dbt " + which + " writes results without running them", result);
        }
    }

    void readSources()
    {
        for (const DataNode result : listAt(m_root, "results", m_context, dbt))
            readFreshness(result, idOf(result));
        for (const DataNode result : m_root["sources"])  // version 1 has an object of them
            readFreshness(result, std::string(result.key()));
    }

private:
    std::string idOf(const DataNode& result)
    {
        const std::string id = textAt(result, "unique_id", m_context, dbt);
        return id.empty() ? result["node"]["unique_id"].string() : id;
    }

    DatasetIndex datasetOf(std::string_view id, const DataNode& where)
    {
        DataNode node = m_manifest["nodes"][id];
        if (!node)
            node = m_manifest["sources"][id];
        if (!node || isEphemeral(node))
            return {};
        const std::string path = dbtRelation(node, m_platform);
        return path.empty()
                   ? DatasetIndex()
                   : m_context.estate().dataset(m_platform, {}, path, m_context.evidence(where));
    }

    static std::string endOf(const DataNode& result)
    {
        std::string end;
        for (const DataNode step : result["timing"]) {
            if (!step["completed_at"].text().empty())
                end = step["completed_at"].string();
        }
        return end;
    }

    void readTest(const DataNode& result, const std::string& id)
    {
        const DataNode test =
            m_manifest["nodes"][id] ? m_manifest["nodes"][id] : m_manifest["unit_tests"][id];
        if (m_manifest && !test)
            m_context.unresolved(id, "the manifest beside knows no such test", result);
        CheckRun run;
        run.check = test["name"].text().empty() ? std::string(dbtName(id)) : test["name"].string();
        run.type = test["test_metadata"]["name"].string();
        run.column = test["column_name"].string();
        std::string about = test["attached_node"].string();
        for (const DataNode node : test["depends_on"]["nodes"]) {
            if (about.empty() && isDbtData(dbtKind(node.text())))
                about = node.string();
        }
        run.dataset = datasetOf(about, result);
        run.outcome = outcomeOf(result["status"].text());
        run.at = endOf(result);
        if (run.at.empty())
            run.at = m_root["metadata"]["generated_at"].string();
        run.observed = result["message"].string();
        run.failures = result["failures"].integer().value_or(0);
        run.tool = dbt;
        run.evidence = m_context.evidence(result);
        m_context.estate().fact(std::move(run));
    }

    void readFreshness(const DataNode& result, const std::string& id)
    {
        if (id.empty()) {
            m_context.problem(Severity::Warning, "dbt.result-without-id",
                              "A result has no unique_id (required). Result skipped.", result);
            return;
        }
        CheckRun run;
        run.check = id;
        run.type = "freshness";
        run.dataset = datasetOf(id, result);
        run.outcome = outcomeOf(result["status"].text());
        run.at = result["snapshotted_at"].string();
        run.observed = result["max_loaded_at"].string();
        const DataNode criteria = result["criteria"]["error_after"];
        if (!criteria["count"].text().empty())
            run.expected = criteria["count"].string() + " " + criteria["period"].string();
        run.tool = dbt;
        run.evidence = m_context.evidence(result);
        const DatasetIndex dataset = run.dataset;
        const std::string at = run.at;
        m_context.estate().fact(std::move(run));
        const DataNode age = result["max_loaded_at_time_ago_in_s"];
        if (!age.text().empty())
            m_context.estate().fact(Observation{
                id, dataset, {}, "freshness", age.string(), "s", at, m_context.evidence(age)});
    }

    DataNode m_root;
    ImportContext& m_context;
    DataNode m_manifest;
    std::string m_platform;
};

class DbtRunResultsImporter : public Importer {
public:
    std::string_view format() const override { return "dbt-run-results"; }
    std::string_view title() const override { return "dbt run results"; }
    std::string_view group() const override { return "Transformations"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return head.text.find("/dbt/run-results/v") != std::string_view::npos ? Match::ByContent
                                                                                  : Match::No;
        return dbtHead(head.document->root()).kind == "run-results" ? Match::ByContent : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (checkDbtHead(root, "run-results", 6, context))
            DbtResultsReading(root, context).readRunResults();
    }
};

class DbtSourcesImporter : public Importer {
public:
    std::string_view format() const override { return "dbt-sources"; }
    std::string_view title() const override { return "dbt source freshness"; }
    std::string_view group() const override { return "Transformations"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return head.text.find("/dbt/sources/v") != std::string_view::npos ? Match::ByContent
                                                                              : Match::No;
        return dbtHead(head.document->root()).kind == "sources" ? Match::ByContent : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (checkDbtHead(root, "sources", 3, context))
            DbtResultsReading(root, context).readSources();
    }
};

}  // namespace

std::unique_ptr<Importer> dbtRunResultsImporter()
{
    return std::make_unique<DbtRunResultsImporter>();
}

std::unique_ptr<Importer> dbtSourcesImporter()
{
    return std::make_unique<DbtSourcesImporter>();
}

}  // namespace portolan
