// SPDX-License-Identifier: Apache-2.0
// Validation results of Great Expectations, 0.x and 1.x: alone, as output of a validation operator or checkpoint (keyed by an
// identifier), and as a checkpoint of 1.x describes itself. Values of rows that failed are not kept.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/operations/operation_values.h"
#include "model/import/operations/operations_importers.h"

#include <string>
#include <utility>

namespace portolan {

namespace {

constexpr std::string_view format_ = "great-expectations";
constexpr std::string_view identifierMark = "ValidationResultIdentifier::";

// What a validation result, one result of it and its details may say beside what is read.
constexpr std::string_view rootKeys =
    " success results expectations statistics meta suite_name batch_id run_results "
    "validation_results run_id ";
constexpr std::string_view resultKeys =
    " success expectation_config expectation_type type kwargs result exception_info meta severity ";
constexpr std::string_view detailKeys = " observed_value unexpected_count element_count ";

constexpr std::string_view notKept = "details of a validation";

DataNode firstOf(const DataNode& list)
{
    return list.isArray() && list.size() > 0 ? *list.begin() : DataNode();
}

bool isValidation(const DataNode& node)
{
    const DataNode results = node["results"];
    if (!results.isArray())
        return false;
    if (results.size() == 0)
        return bool(node["statistics"]["evaluated_expectations"]);
    return firstOf(results)["expectation_config"].isObject();
}

// The name of a file's ending would say nothing: a path in the object store, or a file.
DatasetName fileName(std::string_view path)
{
    const std::size_t scheme = path.find("://");
    const std::size_t host = scheme == std::string_view::npos ? scheme : path.find('/', scheme + 3);
    if (host == std::string_view::npos)
        return {"file", "", std::string(path)};
    return fromNamespace(path.substr(0, host), path.substr(host + 1));
}

class ValidationReading {
public:
    ValidationReading(const DataNode& root, ImportContext& context)
        : m_root(root), m_meta(root["meta"]), m_context(context)
    {
    }

    // `identifier`: "ValidationResultIdentifier::suite/part/run/time/batch", or empty.
    void run(std::string_view identifier, const DataNode& outerRun)
    {
        m_context.setFormatVersion(version());
        m_suite = suite(identifier);
        m_at = time(identifier, outerRun);
        readDataset();
        const bool isDescription = bool(m_root["expectations"]);
        const std::string_view key = isDescription ? "expectations" : "results";
        std::int64_t count = 0;
        for (const DataNode& result : listAt(m_root, key, m_context, format_)) {
            if (m_context.progress().stopRequested())
                return;
            if (readResult(result))
                ++count;
        }
        checkCount(count);
        reportUnread(m_context, m_root, rootKeys, notKept);
    }

private:
    std::string text(const DataNode& node, std::string_view key)
    {
        return textAt(node, key, m_context, format_);
    }

    std::string version() const
    {
        for (const std::string_view key :
             {"great_expectations_version", "great_expectations.__version__"}) {
            if (const std::string_view said = m_meta[key].text(); !said.empty())
                return std::string(said);
        }
        const DataNode config = firstOf(m_root["results"])["expectation_config"];
        return m_root["expectations"] || config["type"] ? "1.x" : "0.x";
    }

    std::string suite(std::string_view identifier)
    {
        for (const DataNode& node : {m_root["suite_name"], m_meta["expectation_suite_name"]}) {
            if (!node.text().empty())
                return node.string();
        }
        // Its last three parts are run, time and batch.
        std::string_view name = identifier;
        for (int parts = 0; parts < 3; ++parts) {
            const std::size_t slash = name.rfind('/');
            if (slash == std::string_view::npos)
                return {};
            name = name.substr(0, slash);
        }
        std::string dotted(name);
        for (char& c : dotted)
            c = c == '/' ? '.' : c;
        return dotted;
    }

    // A run's id is its time as text, or an object with both.
    static std::string timeOfRun(const DataNode& run)
    {
        if (run.isObject())
            return isoTime(run["run_time"].text());
        const std::string said = isoTime(run.text());
        return said != run.text() || said.find("T") == 10 ? said : std::string();
    }

    // The identifier tells runs apart whose metadata is a copy.
    std::string time(std::string_view identifier, const DataNode& outerRun)
    {
        const std::size_t batch = identifier.rfind('/');
        if (batch != std::string_view::npos && batch > 0) {
            const std::size_t start = identifier.rfind('/', batch - 1);
            if (start != std::string_view::npos) {
                const std::string_view spelt = identifier.substr(start + 1, batch - start - 1);
                if (std::string at = isoTime(spelt); at != spelt)
                    return at;
            }
        }
        if (std::string at = timeOfRun(m_meta["run_id"]); !at.empty())
            return at;
        if (const std::string_view at = m_meta["validation_time"].text(); !at.empty())
            return isoTime(at);
        return timeOfRun(outerRun);
    }

    // The data source's name stands in the place of the host: which server it is, the results do not say.
    bool useDataset(DatasetName name, std::string_view type, const DataNode& where)
    {
        if (name.path.empty())
            return false;
        m_dataset = m_context.estate().dataset(name.platform, name.instance, name.path,
                                               m_context.evidence(where));
        std::string& said = m_context.estate().estate().datasets[m_dataset.value].type;
        if (said.empty())
            said = type;
        return true;
    }

    bool readBatch(const DataNode& batch)
    {
        if (!batch.isObject())
            return false;
        const auto first = [&](std::initializer_list<std::string_view> keys) {
            for (const std::string_view key : keys) {
                if (!batch[key].text().empty())
                    return batch[key];
            }
            return DataNode();
        };
        const std::string source = first({"datasource", "datasource_name"}).string();
        if (const DataNode table = first({"table", "table_name"})) {
            const std::string schema = first({"schema", "schema_name"}).string();
            return useDataset({"", source, (schema.empty() ? "" : schema + ".") + table.string()},
                              "table", table);
        }
        if (const DataNode asset = first({"data_asset_name"}))
            return useDataset({"", source, asset.string()}, "", asset);
        if (const DataNode path = first({"path", "s3", "reader_path"}))
            return useDataset(fileName(path.text()), "file", path);
        return false;
    }

    DataNode batchId() const
    {
        for (const DataNode& node : {m_root["batch_id"], m_meta["batch_id"]}) {
            if (!node.text().empty())
                return node;
        }
        const DataNode first = firstOf(m_root[m_root["expectations"] ? "expectations" : "results"]);
        const DataNode config = first["expectation_config"] ? first["expectation_config"] : first;
        return config["kwargs"]["batch_id"];
    }

    void readDataset()
    {
        for (const std::string_view key :
             {"active_batch_definition", "batch_spec", "batch_kwargs", "data_asset_name"}) {
            if (readBatch(m_meta[key]))
                return;
        }
        if (const DataNode asset = m_meta["data_asset_name"]; !asset.text().empty()) {
            useDataset({"", "", asset.string()}, "", asset);
            return;
        }
        // "source-asset": with one hyphen it is plain where the source's name ends.
        const DataNode id = batchId();
        const std::size_t hyphen = id.text().find('-');
        if (hyphen != std::string_view::npos && hyphen > 0 && hyphen == id.text().rfind('-')) {
            useDataset({"", std::string(id.text().substr(0, hyphen)),
                        std::string(id.text().substr(hyphen + 1))},
                       "", id);
            if (m_dataset.isValid())
                return;
        }
        if (!id.text().empty())
            m_context.unresolved(id.text(), "a batch that does not say which dataset it is of", id);
        m_context.problem(Severity::Note, "great-expectations.no-dataset",
                          "The results" + (m_suite.empty() ? "" : " of suite \"" + m_suite + "\"") +
                              " do not say which dataset was checked (expected a data asset, a "
                              "table or a path in their batch data). Kept without a dataset.",
                          m_meta ? m_meta : m_root);
    }

    bool readResult(const DataNode& result)
    {
        const DataNode config =
            result["expectation_config"] ? result["expectation_config"] : result;
        const DataNode type = config[config["type"] ? "type" : "expectation_type"];
        if (type.text().empty()) {
            m_context.problem(Severity::Error, "great-expectations.no-type",
                              "result without the type of its expectation (required). Result "
                              "skipped.",
                              result);
            return false;
        }
        const DataNode arguments = config["kwargs"];
        CheckRun run;
        run.type = type.string();
        run.column = columnOf(arguments);
        run.check = (m_suite.empty() ? "" : m_suite + "/") + run.type +
                    (run.column.empty() ? "" : "/" + run.column);
        run.dataset = m_dataset;
        run.at = m_at;
        run.expected = expectedOf(arguments);
        run.tool = "great-expectations";
        run.evidence = m_context.evidence(type);
        readOutcome(result, config, run);

        Check check;
        check.name = run.check;
        check.type = "great-expectations";
        check.expression = run.type + (run.expected.empty() ? "" : " " + run.expected);
        check.evidence = run.evidence;
        m_context.estate().check(std::move(check));
        m_context.estate().fact(std::move(run));
        reportUnread(m_context, result, resultKeys, notKept);
        reportUnread(m_context, result["result"], detailKeys, notKept, "result.");
        return true;
    }

    static std::string columnOf(const DataNode& arguments)
    {
        if (!arguments["column"].text().empty())
            return arguments["column"].string();
        const std::string one = arguments["column_A"].string();
        const std::string other = arguments["column_B"].string();
        return one.empty() || other.empty() ? one + other : one + ", " + other;
    }

    static std::string expectedOf(const DataNode& arguments)
    {
        std::string expected;
        if (!arguments.isObject())
            return expected;
        for (const DataNode argument : arguments) {
            if (isOneOf(argument.key(), " column column_A column_B batch_id result_format ") ||
                argument.isNull())
                continue;
            expected += (expected.empty() ? "" : ", ") + std::string(argument.key()) + "=" +
                        shortText(argument);
        }
        return shortText(expected);
    }

    // One exception, or in 1.x one under the name of each metric.
    static DataNode exceptionOf(const DataNode& info)
    {
        if (info["raised_exception"].boolean().value_or(false))
            return info;
        if (!info.isObject())
            return {};
        for (const DataNode metric : info) {
            if (metric["raised_exception"].boolean().value_or(false))
                return metric;
        }
        return {};
    }

    void readOutcome(const DataNode& result, const DataNode& config, CheckRun& run)
    {
        const DataNode details = result["result"];
        run.failures = details["unexpected_count"].integer().value_or(0);
        run.observed = shortText(details["observed_value"]);
        if (run.observed.empty() && details["unexpected_count"].integer()) {
            run.observed = std::to_string(run.failures) + " unexpected";
            if (details["element_count"].integer())
                run.observed += " of " + details["element_count"].string();
        }
        if (const DataNode exception = exceptionOf(result["exception_info"])) {
            run.outcome = CheckOutcome::Error;
            run.observed = shortText(exception["exception_message"]);
            return;
        }
        const std::optional<bool> success = result["success"].boolean();
        if (!success) {
            m_context.problem(Severity::Warning, "great-expectations.no-outcome",
                              "result of " + run.type +
                                  " without success (expected true or false). Kept with an unknown "
                                  "outcome.",
                              result["success"] ? result["success"] : result);
            return;
        }
        const std::string severity =
            lowerCase((config["severity"] ? config["severity"] : result["severity"]).text());
        const bool isMild = severity == "warning" || severity == "info";
        run.outcome = *success ? CheckOutcome::Passed
                      : isMild ? CheckOutcome::Warned
                               : CheckOutcome::Failed;
    }

    void checkCount(std::int64_t count)
    {
        const DataNode said = m_root["statistics"]["evaluated_expectations"];
        if (said.integer() && *said.integer() != count)
            m_context.problem(Severity::Warning, "great-expectations.count",
                              "The statistics speak of " + said.string() +
                                  " evaluated expectations, but there are " +
                                  std::to_string(count) + " results. Those are kept.",
                              said);
    }

    const DataNode m_root;
    const DataNode m_meta;
    ImportContext& m_context;
    std::string m_suite;
    std::string m_at;
    DatasetIndex m_dataset;
};

class GreatExpectationsImporter : public Importer {
public:
    std::string_view format() const override { return format_; }
    std::string_view title() const override { return "Great Expectations results"; }
    std::string_view group() const override { return "Operations"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        if (!root.isObject())
            return Match::No;
        if (isValidation(root) || firstOf(root["validation_results"])["expectations"].isArray())
            return Match::ByContent;
        const DataNode runs = root["run_results"];
        if (!runs.isObject() || runs.size() == 0)
            return Match::No;
        const DataNode first = *runs.begin();
        const bool isOurs = first.key().starts_with(identifierMark) || isValidation(first) ||
                            isValidation(first["validation_result"]);
        return isOurs ? Match::ByContent : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (root["run_results"].isObject()) {
            for (const DataNode member : root["run_results"])
                readRun(member, root["run_id"], context);
            reportUnread(context, root, rootKeys, "how the validation was set up");
        } else if (root["validation_results"].isArray()) {
            for (const DataNode member : root["validation_results"])
                ValidationReading(member, context).run({}, root["run_id"]);
            reportUnread(context, root, rootKeys, "how the validation was set up");
        } else {
            ValidationReading(root, context).run({}, {});
        }
    }

private:
    static void readRun(const DataNode& member, const DataNode& run, ImportContext& context)
    {
        std::string_view identifier = member.key();
        if (identifier.starts_with(identifierMark))
            identifier.remove_prefix(identifierMark.size());
        const DataNode result = member["validation_result"] ? member["validation_result"] : member;
        if (!result.isObject()) {
            context.problem(Severity::Error, "great-expectations.no-result",
                            "\"" + std::string(member.key()) +
                                "\" holds no validation result (expected an object). Run skipped.",
                            member);
            return;
        }
        if (member["actions_results"].size() > 0)
            context.ignored("actions_results", "what was done after a validation",
                            member["actions_results"]);
        ValidationReading(result, context).run(identifier, run);
    }
};

}  // namespace

std::unique_ptr<Importer> greatExpectationsImporter()
{
    return std::make_unique<GreatExpectationsImporter>();
}

}  // namespace portolan
