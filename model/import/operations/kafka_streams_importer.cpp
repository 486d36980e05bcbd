// SPDX-License-Identifier: Apache-2.0
// Descriptions of Kafka Streams topologies, as Topology.describe() prints them: which topics a sub-topology reads, and which of them
// reach which topics that it writes.
#include "model/import/operations/kafka_facts.h"
#include "model/import/operations/operation_values.h"
#include "model/import/operations/operations_importers.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace portolan {

namespace {

constexpr std::size_t mostSteps = 20'000'000;  // of all searches in one sub-topology

bool isStart(std::string_view line)
{
    return line.ends_with("Topologies:") || line.ends_with("Sub-topologies:");
}

bool isSubTopology(std::string_view line)
{
    return line.starts_with("Sub-topology:");
}

enum class Kind { Source, Processor, Sink };

struct Node {
    std::string name;
    Kind kind = Kind::Processor;
    std::vector<std::string> topics;  // that it reads, or writes
    std::vector<std::string> stores;
    std::vector<std::string> next;
    int line = 0;
};

// "(topics: [a, b])", "(stores: [])", "(topic: out, keySerde: null)": what stands behind the word.
std::string_view argument(std::string_view line, std::string_view word)
{
    const std::size_t at = line.find("(" + std::string(word));
    if (at == std::string_view::npos)
        return {};
    std::string_view rest = trimmed(line.substr(at + 1 + word.size()));
    if (rest.starts_with('['))
        return rest.substr(0, rest.find(']') == std::string_view::npos ? rest.size()
                                                                       : rest.find(']') + 1);
    return trimmed(rest.substr(0, rest.rfind(')')));
}

std::vector<std::string> listIn(std::string_view text)
{
    if (text.starts_with('['))
        text.remove_prefix(1);
    if (text.ends_with(']'))
        text.remove_suffix(1);
    return listFrom(text);
}

bool isPlainTopic(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    });
}

// One that fills a store rather than asks it, by the names that the library gives.
bool isWriter(const Node& node)
{
    if (node.next.empty())
        return true;
    for (const std::string_view word :
         {"SOURCE", "AGGREGATE", "REDUCE", "WINDOWED", "STATE-STORE", "TABLE-FILTER", "SUPPRESS"}) {
        if (node.name.find(word) != std::string::npos)
            return true;
    }
    return false;
}

class DescriptionReading {
public:
    DescriptionReading(std::string_view text, ImportContext& context)
        : m_lines(text), m_context(context), m_application(stemOf(context.name()))
    {
    }

    void run()
    {
        while (m_lines.next()) {
            if (m_context.progress().stopRequested())
                return;
            const std::string_view line = trimmed(m_lines.line());
            if (!line.empty())
                readLine(line);
        }
        finishSubTopology();
        if (m_hasFacts)
            m_context.problemAt(Severity::Note, "kafka-streams.no-application",
                                "A description does not say its application.id. The application "
                                "is named after the file, \"" +
                                    m_application + "\".",
                                1);
    }

private:
    void readLine(std::string_view line)
    {
        if (isStart(line))
            return;
        if (isSubTopology(line)) {
            finishSubTopology();
            m_number = std::string(trimmed(line.substr(13)));
            m_number = m_number.substr(0, m_number.find(' '));
            return;
        }
        if (line.starts_with("Topology:")) {
            finishSubTopology();
            m_topology = std::string(trimmed(line.substr(9))) + "/";
            return;
        }
        const std::size_t arrow = line.find("-->");
        const bool isNode = readNode(line);
        if (arrow != std::string_view::npos && !m_nodes.empty())
            readNext(line.substr(arrow + 3));
        const bool isBack = line.starts_with("<--");
        if (!isNode && arrow == std::string_view::npos && !isBack)
            m_context.ignoredAt("other lines", "no part of a topology", m_lines.number());
    }

    bool readNode(std::string_view line)
    {
        Node node;
        if (line.starts_with("Source:"))
            node.kind = Kind::Source;
        else if (line.starts_with("Sink:"))
            node.kind = Kind::Sink;
        else if (!line.starts_with("Processor:"))
            return false;
        line = trimmed(line.substr(line.find(':') + 1));
        node.name = std::string(trimmed(line.substr(0, line.find_first_of("( "))));
        node.line = m_lines.number();
        if (node.kind == Kind::Source)
            readTopics(node, argument(line, "topics:"), argument(line, "topics:").starts_with('['));
        else if (node.kind == Kind::Sink)
            readSinkTopic(node, argument(line, "topic:"));
        node.stores = listIn(argument(line, "stores:"));
        for (const std::string& store : node.stores)
            m_context.ignoredAt("store " + store, "state inside the application", node.line);
        m_nodes.push_back(std::move(node));
        return true;
    }

    // Without brackets: old descriptions, and patterns.
    void readTopics(Node& node, std::string_view text, bool isList)
    {
        for (const std::string& topic : listIn(text)) {
            if (isPlainTopic(topic))
                node.topics.push_back(topic);
            else
                m_context.unresolvedAt(shortText(isList ? std::string_view(topic) : text),
                                       "a pattern: which topics it covers is not said", node.line);
        }
    }

    void readSinkTopic(Node& node, std::string_view text)
    {
        const std::string topic(trimmed(text.substr(0, text.find(','))));
        if (isPlainTopic(topic))
            node.topics.push_back(topic);
        else
            m_context.unresolvedAt(topic.empty() ? node.name : shortText(topic),
                                   "the topic is chosen by each record", node.line);
    }

    void readNext(std::string_view text)
    {
        text = text.substr(0, text.find("<--"));
        for (std::string& name : listFrom(text)) {
            if (name != "none")
                m_nodes.back().next.push_back(std::move(name));
        }
    }

    // What the library puts between its own parts has the application's name before it.
    std::string topicName(const std::string& topic) const
    {
        const bool isInternal = topic.ends_with("-repartition") || topic.ends_with("-changelog") ||
                                topic.starts_with("KSTREAM-") || topic.starts_with("KTABLE-");
        return isInternal ? m_application + "-" + topic : topic;
    }

    void finishSubTopology()
    {
        if (m_nodes.empty())
            return;
        m_hasFacts = true;
        link();
        EstateBuilder& estate = m_context.estate();
        const Evidence place = m_context.evidenceAt(m_nodes.front().line);
        const JobIndex job =
            estate.job("kafka-streams", m_application + "/" + m_topology + m_number, place);
        estate.estate().jobs[job.value].integration = "KAFKA_STREAMS";
        std::size_t steps = 0;
        for (std::size_t from = 0; from < m_nodes.size(); ++from) {
            if (m_nodes[from].kind == Kind::Source)
                addFlows(from, job, steps);
            else if (m_nodes[from].kind == Kind::Sink)
                datasetsOf(m_nodes[from], false);
        }
        if (steps > mostSteps)
            m_context.problemAt(Severity::Warning, "kafka-streams.too-large",
                                "Sub-topology " + m_number +
                                    " is too large to be followed (expected some thousand "
                                    "processors). Its lineage is not whole.",
                                m_nodes.front().line);
        m_nodes.clear();
    }

    std::vector<DatasetIndex> datasetsOf(const Node& node, bool isRead)
    {
        std::vector<DatasetIndex> datasets;
        const Evidence place = m_context.evidenceAt(node.line, 0, node.name);
        TopicUser user;
        user.id = m_application;
        user.type = "streams";
        for (const std::string& topic : node.topics) {
            datasets.push_back(addTopic(m_context.estate(), "", topicName(topic), place));
            if (isRead && topicName(topic) == topic)
                addTopicReader(m_context.estate(), user, datasets.back(), place, "consumes");
            else if (!isRead && topicName(topic) == topic)
                addTopicWriter(m_context.estate(), user, datasets.back(), place);
        }
        return datasets;
    }

    // Numbers instead of names; processors that fill a store lead to those that ask it.
    void link()
    {
        std::unordered_map<std::string, std::size_t> byName;
        std::map<std::string, std::vector<std::size_t>> byStore;
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            byName.emplace(m_nodes[i].name, i);
            for (const std::string& store : m_nodes[i].stores)
                byStore[store].push_back(i);
        }
        m_next.assign(m_nodes.size(), {});
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            for (const std::string& name : m_nodes[i].next) {
                const auto place = byName.find(name);
                if (place != byName.end())
                    m_next[i].push_back(place->second);
                else
                    m_context.unresolvedAt(name, "no processor of that name", m_nodes[i].line);
            }
        }
        // A store is one more node, so that many processors of one store cost no more than few.
        for (const auto& [store, users] : byStore) {
            const std::size_t number = m_next.size();
            m_next.emplace_back();
            for (const std::size_t user : users) {
                if (isWriter(m_nodes[user]))
                    m_next[user].push_back(number);
                else
                    m_next[number].push_back(user);
            }
        }
    }

    void addFlows(std::size_t source, JobIndex job, std::size_t& steps)
    {
        const std::vector<DatasetIndex> reads = datasetsOf(m_nodes[source], true);
        if (steps > mostSteps)
            return;
        std::vector<bool> isSeen(m_next.size());
        std::vector<std::size_t> open = {source};
        isSeen[source] = true;
        steps += m_next.size() / 64 + 1;
        while (!open.empty()) {
            const std::size_t at = open.back();
            open.pop_back();
            if (at < m_nodes.size() && m_nodes[at].kind == Kind::Sink)
                addFlow(reads, m_nodes[at], job);
            for (const std::size_t next : m_next[at]) {
                if (++steps > mostSteps)
                    return;
                if (!isSeen[next]) {
                    isSeen[next] = true;
                    open.push_back(next);
                }
            }
        }
    }

    void addFlow(const std::vector<DatasetIndex>& reads, const Node& sink, JobIndex job)
    {
        const std::vector<DatasetIndex> writes = datasetsOf(sink, false);
        const Evidence place = m_context.evidenceAt(sink.line, 0, sink.name);
        for (const DatasetIndex from : reads) {
            for (const DatasetIndex to : writes)
                m_context.estate().lineage(from, to, job, place);
        }
    }

    TextLines m_lines;
    ImportContext& m_context;
    const std::string m_application;
    std::string m_topology;  // "name/" of a named one
    std::string m_number = "0";
    std::vector<Node> m_nodes;  // of the sub-topology at hand
    std::vector<std::vector<std::size_t>> m_next;
    bool m_hasFacts = false;
};

class KafkaStreamsImporter : public Importer {
public:
    std::string_view format() const override { return "kafka-streams"; }
    std::string_view title() const override { return "Kafka Streams topologies"; }
    std::string_view group() const override { return "Lineage"; }
    bool readsText() const override { return true; }

    // Its head line, maybe behind what a log puts before it, and then a topology.
    Match match(const SourceHead& head) const override
    {
        TextLines lines(head.text);
        bool isStarted = false;
        for (int seen = 0; seen < 6 && lines.next();) {
            const std::string_view line = trimmed(lines.line());
            if (line.empty())
                continue;
            ++seen;
            if (isSubTopology(line) || (isStarted && line.starts_with("Topology:")))
                return isStarted || seen == 1 ? Match::ByContent : Match::No;
            if (isStarted)
                return Match::No;
            isStarted = isStart(line);
        }
        return Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        DescriptionReading(text, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> kafkaStreamsImporter()
{
    return std::make_unique<KafkaStreamsImporter>();
}

}  // namespace portolan
