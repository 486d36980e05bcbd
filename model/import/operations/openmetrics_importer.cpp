// SPDX-License-Identifier: Apache-2.0
// Metrics in the text of OpenMetrics 1.0 or Prometheus: freshness, lag of consumers, errors and numbers of rows, as far as their labels
// name a table, topic or service. All others are counted by their name.
#include "model/import/dataset_name.h"
#include "model/import/operations/kafka_facts.h"
#include "model/import/operations/operation_values.h"
#include "model/import/operations/operations_importers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace portolan {

namespace {

constexpr std::size_t mostLabels = 100;  // of one sample

struct Sample {
    std::string_view name;
    std::vector<std::pair<std::string_view, std::string>> labels;
    std::string_view value;
    std::string_view time;

    std::string label(std::initializer_list<std::string_view> names) const
    {
        for (const std::string_view wanted : names) {
            for (const auto& [key, said] : labels) {
                if (key == wanted && !said.empty())
                    return said;
            }
        }
        return {};
    }
};

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ':' || c == '.';
}

bool contains(std::string_view text, std::initializer_list<std::string_view> parts)
{
    return std::any_of(parts.begin(), parts.end(), [text](std::string_view part) {
        return text.find(part) != std::string_view::npos;
    });
}

// `name{a="b",c="d"} 1.5 1700000000`; nothing when the line is no sample.
std::optional<Sample> sampleIn(std::string_view line)
{
    Sample sample;
    std::size_t at = 0;
    while (at < line.size() && isNameCharacter(line[at]))
        ++at;
    sample.name = line.substr(0, at);
    if (sample.name.empty())
        return std::nullopt;
    if (at < line.size() && line[at] == '{') {
        ++at;
        while (at < line.size() && line[at] != '}') {
            const std::size_t equals = line.find('=', at);
            if (equals == std::string_view::npos || equals + 1 >= line.size() ||
                line[equals + 1] != '"')
                return std::nullopt;
            const std::string_view name = trimmed(line.substr(at, equals - at));
            std::string value;
            for (at = equals + 2; at < line.size() && line[at] != '"'; ++at) {
                if (line[at] == '\\' && at + 1 < line.size())
                    value += line[++at] == 'n' ? '\n' : line[at];
                else
                    value += line[at];
            }
            if (at >= line.size())
                return std::nullopt;
            ++at;
            if (sample.labels.size() < mostLabels)
                sample.labels.emplace_back(name, std::move(value));
            while (at < line.size() && (line[at] == ',' || line[at] == ' '))
                ++at;
        }
        if (at >= line.size())
            return std::nullopt;
        ++at;
    }
    const std::vector<std::string_view> words = wordsOf(line.substr(at));
    if (words.empty())
        return std::nullopt;
    sample.value = words[0];
    if (words.size() > 1 && words[1] != "#")
        sample.time = words[1];
    return sample;
}

std::optional<double> numberIn(std::string_view text)
{
    double number = 0;
    if (text.starts_with('+'))
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && std::isfinite(number)
               ? std::optional(number)
               : std::nullopt;
}

// Of counters and histograms, all samples of which belong together.
std::string_view familyOf(std::string_view name)
{
    for (const std::string_view suffix :
         {"_total", "_bucket", "_count", "_sum", "_created", "_info"}) {
        if (name.ends_with(suffix) && name.size() > suffix.size())
            return name.substr(0, name.size() - suffix.size());
    }
    return name;
}

enum class Meaning { None, Lag, Freshness, ErrorRate, Errors, Rows };

Meaning meaningOf(std::string_view name)
{
    const std::string lower = lowerCase(name);
    if (lower.ends_with("_bucket") || lower.ends_with("_created"))
        return Meaning::None;
    if (contains(lower, {"consumergroup_lag", "consumergroup_group_lag", "consumer_group_lag",
                         "consumer_lag", "group_topic_lag", "group_topic_partition_lag",
                         "partition_lag", "records_lag"}) &&
        !contains(lower, {"seconds", "_avg", "_max_"}))
        return Meaning::Lag;
    if (contains(lower, {"freshness", "staleness", "last_success", "last_loaded", "last_update",
                         "data_age", "lag_seconds"}))
        return Meaning::Freshness;
    if (contains(lower,
                 {"error_rate", "error_ratio", "failure_rate", "failure_ratio", "errors_ratio"}))
        return Meaning::ErrorRate;
    if (contains(lower, {"error", "failure", "failed", "dead_letter", "dlq", "rejected"}))
        return Meaning::Errors;
    if (contains(lower, {"row_count", "rows", "record_count", "n_live_tup"}))
        return Meaning::Rows;
    return Meaning::None;
}

std::string_view metricName(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Freshness:
        return "freshness";
    case Meaning::ErrorRate:
        return "error-rate";
    case Meaning::Errors:
        return "errors";
    case Meaning::Rows:
        return "rows";
    case Meaning::Lag:
    case Meaning::None:
        break;
    }
    return {};
}

class MetricsReading {
public:
    MetricsReading(std::string_view text, ImportContext& context)
        : m_text(text), m_context(context), m_usage(context, false)
    {
    }

    void run()
    {
        const std::string_view end = trimmed(m_text);
        m_isOpenMetrics = end.ends_with("# EOF");
        m_context.setFormatVersion(m_isOpenMetrics ? "openmetrics" : "prometheus");
        TextLines lines(m_text);
        while (lines.next()) {
            if (m_context.progress().stopRequested())
                return;
            const std::string_view line = trimmed(lines.line());
            if (line.starts_with('#'))
                readComment(line);
            else if (!line.empty())
                readLine(line, lines.number());
        }
        m_usage.finish();
    }

private:
    void readComment(std::string_view line)
    {
        const std::vector<std::string_view> words = wordsOf(line);
        if (words.size() == 4 && words[1] == "UNIT")
            m_units[std::string(words[2])] = words[3];
    }

    void readLine(std::string_view line, int number)
    {
        const std::optional<Sample> sample = sampleIn(line);
        if (!sample) {
            m_context.problemAt(Severity::Warning, "openmetrics.syntax",
                                "The line is no sample (expected name{label=\"value\"} number). "
                                "Line skipped.",
                                number);
            return;
        }
        const Meaning meaning = meaningOf(sample->name);
        const std::optional<double> value = numberIn(sample->value);
        if (meaning == Meaning::None || !value)
            m_context.ignoredAt(familyOf(sample->name),
                                meaning == Meaning::None ? "tells nothing of data or consumers"
                                                         : "its value is no number",
                                number);
        else if (meaning == Meaning::Lag)
            readLag(*sample, *value, number);
        else
            readObservation(*sample, meaning, number);
    }

    // Exporters give a group's lag by partition, and some of them once more as a sum: one kind of it counts.
    void readLag(const Sample& sample, double lag, int number)
    {
        GroupUsage::Row row;
        row.group = sample.label({"consumergroup", "group", "group_id", "consumer_group"});
        row.topic = sample.label({"topic", "topic_name"});
        row.cluster = sample.label({"cluster", "cluster_name"});
        if (m_lagFamily.empty() && !row.group.empty() && !row.topic.empty())
            m_lagFamily = sample.name;
        if (row.group.empty() || row.topic.empty() || m_lagFamily != sample.name ||
            isInternalTopic(row.topic)) {
            m_context.ignoredAt(sample.name, "another view of the same lag", number);
            return;
        }
        constexpr double most = 9e15;
        if (lag >= 0 && lag < most)
            row.lag = static_cast<std::int64_t>(lag);
        m_usage.add(row, m_context.evidenceAt(number, 0, sample.name));
    }

    void readObservation(const Sample& sample, Meaning meaning, int number)
    {
        Observation observation;
        observation.evidence = m_context.evidenceAt(number, 0, sample.name);
        const std::string topic = sample.label({"topic", "topic_name"});
        const std::string table =
            sample.label({"table", "relname", "table_name", "dataset", "model"});
        if (!topic.empty())
            observation.dataset =
                addTopic(m_context.estate(), sample.label({"cluster", "cluster_name"}), topic,
                         observation.evidence);
        else if (!table.empty())
            observation.dataset = tableOf(sample, table, observation.evidence);
        observation.subject = !topic.empty() ? topic : table;
        if (observation.subject.empty())
            observation.subject = sample.label(
                {"service", "job", "app", "application", "connector", "name", "instance"});
        if (observation.subject.empty()) {
            m_context.ignoredAt(familyOf(sample.name), "its labels name nothing that it is of",
                                number);
            return;
        }
        observation.consumer =
            sample.label({"consumergroup", "group", "group_id", "consumer_group"});
        observation.metric = metricName(meaning);
        observation.value = sample.value;
        observation.unit = unitOf(sample.name);
        if (const std::optional<double> time = numberIn(sample.time))
            observation.at = timeFromSeconds(m_isOpenMetrics ? *time : *time / 1000);
        m_context.estate().fact(std::move(observation));
    }

    DatasetIndex tableOf(const Sample& sample, const std::string& table, const Evidence& place)
    {
        std::string path;
        for (const std::string& part : {sample.label({"database", "db", "datname", "catalog"}),
                                        sample.label({"schema", "schemaname", "namespace"})}) {
            if (!part.empty())
                path += part + ".";
        }
        return m_context.estate().dataset(lowerCase(sample.label({"platform"})), {}, path + table,
                                          place);
    }

    std::string unitOf(std::string_view name) const
    {
        const auto said = m_units.find(std::string(familyOf(name)));
        if (said != m_units.end())
            return said->second;
        for (const std::string_view unit :
             {"seconds", "milliseconds", "minutes", "hours", "ratio", "percent", "bytes"}) {
            if (contains(name, {unit}))
                return std::string(unit);
        }
        return {};
    }

    std::string_view m_text;
    ImportContext& m_context;
    GroupUsage m_usage;
    bool m_isOpenMetrics = false;
    std::map<std::string, std::string> m_units;
    std::string m_lagFamily;
};

class OpenMetricsImporter : public Importer {
public:
    std::string_view format() const override { return "openmetrics"; }
    std::string_view title() const override { return "OpenMetrics"; }
    std::string_view group() const override { return "Operations"; }
    bool readsText() const override { return true; }

    // It begins with what is said of a metric: "# TYPE name gauge".
    Match match(const SourceHead& head) const override
    {
        TextLines lines(head.text);
        while (lines.next()) {
            const std::vector<std::string_view> words = wordsOf(lines.line());
            if (words.empty())
                continue;
            if (words.size() < 3 || words[0] != "#")
                return Match::No;
            if (words[1] == "TYPE")
                return words.size() == 4 &&
                               isOneOf(words[3],
                                       " counter gauge histogram gaugehistogram summary untyped "
                                       "unknown info stateset ")
                           ? Match::ByContent
                           : Match::No;
            if (words[1] != "HELP" && words[1] != "UNIT")
                return Match::No;
        }
        return Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        MetricsReading(text, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> openMetricsImporter()
{
    return std::make_unique<OpenMetricsImporter>();
}

}  // namespace portolan
