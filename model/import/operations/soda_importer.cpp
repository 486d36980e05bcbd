// SPDX-License-Identifier: Apache-2.0
// Scan results of Soda, version 3, as its scan writes them into a file: each check with its outcome. Queries, profiles, logs and
// samples of rows are not kept.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/operations/operation_values.h"
#include "model/import/operations/operations_importers.h"

#include <string>

namespace portolan {

namespace {

constexpr std::string_view soda = "soda";

constexpr std::string_view rootKeys =
    " definitionName defaultDataSource dataTimestamp scanStartTimestamp scanEndTimestamp hasErrors "
    "hasWarnings hasFailures checks automatedMonitoringChecks ";
constexpr std::string_view checkKeys =
    " identity identities name type definition dataSource table column outcome diagnostics ";

// "checks for orders:\n  - row_count > 0" without its head: "row_count > 0".
std::string_view ruleOf(std::string_view definition)
{
    if (definition.starts_with("checks for ") || definition.starts_with("checks:")) {
        const std::size_t colon = definition.find(":\n");
        if (colon != std::string_view::npos)
            definition.remove_prefix(colon + 2);
    }
    definition = trimmed(definition);
    if (definition.starts_with("- "))
        definition.remove_prefix(2);
    return trimmed(definition);
}

// "missing_count" of "missing_count(email) = 0".
std::string metricOf(std::string_view rule)
{
    return std::string(rule.substr(0, rule.find_first_of(" (:=<>\n")));
}

class ScanReading {
public:
    ScanReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context) {}

    void run()
    {
        m_context.setFormatVersion("3");
        m_hasErrors = m_root["hasErrors"].boolean().value_or(false);
        m_at = text(m_root, "dataTimestamp");
        if (m_at.empty())
            m_at = text(m_root, "scanStartTimestamp");
        for (const std::string_view key : {"checks", "automatedMonitoringChecks"}) {
            for (const DataNode& check : listAt(m_root, key, m_context, soda)) {
                if (m_context.progress().stopRequested())
                    return;
                readCheck(check);
            }
        }
        reportUnread(m_context, m_root, rootKeys, "how the scan went, and what it saw on the way");
    }

private:
    std::string text(const DataNode& node, std::string_view key)
    {
        return textAt(node, key, m_context, soda);
    }

    void readCheck(const DataNode& node)
    {
        const std::string definition = text(node, "definition");
        CheckRun run;
        run.check = text(node, "name");
        if (run.check.empty())
            run.check = std::string(ruleOf(definition));
        if (run.check.empty())
            run.check = text(node, "identity");
        if (run.check.empty()) {
            m_context.problem(Severity::Error, "soda.no-name",
                              "check without name, definition and identity (expected one of them). "
                              "Check skipped.",
                              node);
            return;
        }
        run.check = shortText(run.check);
        run.type = text(node, "type");
        if (run.type.empty() || run.type == "generic")
            run.type = metricOf(ruleOf(definition));
        run.column = text(node, "column");
        run.expected = shortText(ruleOf(definition));
        run.observed = shortText(node["diagnostics"]["value"]);
        run.at = m_at;
        run.tool = "soda";
        run.outcome = outcome(node);
        run.dataset = dataset(node);
        run.evidence = m_context.evidence(node);

        Check check;
        check.name = run.check;
        check.type = "soda";
        check.expression = run.expected;
        check.evidence = run.evidence;
        m_context.estate().check(std::move(check));
        m_context.estate().fact(std::move(run));
        reportUnread(m_context, node, checkKeys, "details of a check", "checks.");
    }

    // A check that gave no outcome in a scan with errors could not be evaluated.
    CheckOutcome outcome(const DataNode& node)
    {
        const DataNode said = node["outcome"];
        const std::string word = lowerCase(said.text());
        if (word == "pass" || word == "passed")
            return CheckOutcome::Passed;
        if (word == "warn" || word == "warned")
            return CheckOutcome::Warned;
        if (word == "fail" || word == "failed")
            return CheckOutcome::Failed;
        if (word.empty() && said.isNull())
            return m_hasErrors ? CheckOutcome::Error : CheckOutcome::Unknown;
        m_context.problem(Severity::Warning, "soda.unknown-outcome",
                          "outcome is \"" + shortText(said) +
                              "\" (expected pass, warn or fail). Kept with an unknown outcome.",
                          said);
        return CheckOutcome::Unknown;
    }

    // The data source's name stands in the place of the host: which server it is, the scan does not say.
    DatasetIndex dataset(const DataNode& node)
    {
        const std::string table = text(node, "table");
        if (table.empty())
            return {};
        std::string source = text(node, "dataSource");
        if (source.empty())
            source = text(m_root, "defaultDataSource");
        const DatasetIndex dataset = m_context.estate().dataset("", source, unquotedPath("", table),
                                                                m_context.evidence(node["table"]));
        std::string& type = m_context.estate().estate().datasets[dataset.value].type;
        if (type.empty())
            type = "table";
        return dataset;
    }

    const DataNode m_root;
    ImportContext& m_context;
    bool m_hasErrors = false;
    std::string m_at;
};

class SodaImporter : public Importer {
public:
    std::string_view format() const override { return soda; }
    std::string_view title() const override { return "Soda scan results"; }
    std::string_view group() const override { return "Operations"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        return root["definitionName"] && root["checks"] && root["scanStartTimestamp"]
                   ? Match::ByContent
                   : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        ScanReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> sodaImporter()
{
    return std::make_unique<SodaImporter>();
}

}  // namespace portolan
