// SPDX-License-Identifier: Apache-2.0
// Topics of a Kafka cluster as the usual tools list them: kafka-topics (--list, --describe), rpk and kcat as text; kcat, rpk, kafkactl,
// the Confluent command line and its REST interface as JSON.
#include "model/import/operations/kafka_facts.h"
#include "model/import/operations/operation_values.h"
#include "model/import/operations/operations_importers.h"

#include <algorithm>
#include <string>

namespace portolan {

namespace {

enum class Line { None, Described, Partition, Rpk, Kcat, KcatHead };

// Letters, digits, '.', '_', '-', at most 249 of them: what Kafka takes as a name.
bool isTopicName(std::string_view text)
{
    return !text.empty() && text.size() <= 249 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    });
}

Line kindOf(std::string_view line)
{
    if (line.starts_with("Topic:")) {
        if (line.find("PartitionCount:") != std::string_view::npos)
            return Line::Described;
        return line.find("Partition:") != std::string_view::npos ? Line::Partition : Line::None;
    }
    const std::vector<std::string_view> words = wordsOf(line);
    if (words.size() == 3 && words[0] == "NAME" && words[1] == "PARTITIONS" &&
        words[2] == "REPLICAS")
        return Line::Rpk;
    if (line.starts_with("Metadata for ") && line.find("(from broker ") != std::string_view::npos)
        return Line::KcatHead;
    if (line.starts_with("topic \"") && line.find("\" with ") != std::string_view::npos)
        return Line::Kcat;
    return Line::None;
}

bool isNoise(std::string_view line)
{
    for (const std::string_view begin :
         {"Warning", "WARN", "Note", "[20", "OpenJDK", "Picked up", "$ ", "> ", "Error"}) {
        if (line.starts_with(begin))
            return true;
    }
    return false;
}

bool beginsWithListing(std::string_view text)
{
    TextLines lines(text);
    for (int seen = 0; seen < 20 && lines.next();) {
        const std::string_view line = trimmed(lines.line());
        if (line.empty())
            continue;
        ++seen;
        const Line kind = kindOf(line);
        if (kind == Line::Described || kind == Line::Rpk || kind == Line::KcatHead)
            return true;
        if (!isNoise(line))
            return false;
    }
    return false;
}

class ListingReading {
public:
    ListingReading(std::string_view text, ImportContext& context)
        : m_lines(text), m_context(context)
    {
    }

    void run()
    {
        while (m_lines.next()) {
            if (m_lines.number() % 4096 == 0 && m_context.progress().stopRequested())
                return;
            const std::string_view line = trimmed(m_lines.line());
            if (!line.empty())
                readLine(line);
        }
    }

private:
    void readLine(std::string_view line)
    {
        switch (kindOf(line)) {
        case Line::Described:
            m_form = Line::Described;
            readDescribed(line.substr(6));
            return;
        case Line::Partition:
            m_context.ignoredAt("partitions", "where partitions stand is not kept",
                                m_lines.number());
            return;
        case Line::Rpk:
            m_form = Line::Rpk;
            return;
        case Line::KcatHead:
            m_form = Line::Kcat;
            return;
        case Line::Kcat:
            add(line.substr(7, line.find('"', 7) - 7));
            return;
        case Line::None:
            break;
        }
        if (isNoise(line)) {
            m_context.ignoredAt("messages of the tool", "no facts", m_lines.number());
            return;
        }
        if (m_form == Line::Kcat) {
            const bool isPartition = line.starts_with("partition ");
            m_context.ignoredAt(isPartition ? "partitions" : "brokers",
                                "where partitions stand is not kept", m_lines.number());
            return;
        }
        readName(line);
    }

    // "orders	TopicId: x	PartitionCount: 3	ReplicationFactor: 1	Configs: a=b"
    void readDescribed(std::string_view line)
    {
        const std::vector<std::string_view> words = wordsOf(line);
        if (words.empty()) {
            leaveOut();
            return;
        }
        add(words.front());
        if (const std::size_t configs = line.find("Configs:");
            configs != std::string_view::npos && !trimmed(line.substr(configs + 8)).empty())
            m_context.ignoredAt("Configs", "settings of topics are not kept", m_lines.number());
    }

    // One name a line; rpk's table has numbers behind it, and kafka-topics a mark for deletion.
    void readName(std::string_view line)
    {
        const std::vector<std::string_view> words = wordsOf(line);
        const bool isMarked = line.ends_with("- marked for deletion");
        if (words.size() == 1 || (m_form == Line::Rpk && words.size() == 3) || isMarked)
            add(words.front());
        else
            leaveOut();
        if (isMarked)
            m_context.ignoredAt("marked for deletion", "the state of topics is not kept",
                                m_lines.number());
    }

    void add(std::string_view topic)
    {
        if (!isTopicName(topic)) {
            leaveOut();
            return;
        }
        if (isInternalTopic(topic))
            m_context.ignoredAt(topic, "an internal topic of Kafka", m_lines.number());
        else
            addTopic(m_context.estate(), "", topic, m_context.evidenceAt(m_lines.number()));
    }

    void leaveOut() { m_context.ignoredAt("other lines", "not a topic's name", m_lines.number()); }

    TextLines m_lines;
    ImportContext& m_context;
    Line m_form = Line::None;
};

class KafkaTopicsImporter : public Importer {
public:
    std::string_view format() const override { return "kafka-topics"; }
    std::string_view title() const override { return "Kafka topics"; }
    std::string_view group() const override { return "Operations"; }
    bool readsText() const override { return true; }

    Match match(const SourceHead& head) const override
    {
        if (beginsWithListing(head.text))
            return Match::ByContent;
        // A bare list of names has no mark of its own.
        const std::string_view name = head.fileName.substr(head.fileName.rfind('/') + 1);
        const bool isNamed =
            name.ends_with(".txt") &&
            (name.find("kafka-topics") != std::string_view::npos ||
             name.find("kafka_topics") != std::string_view::npos || name == "topics.txt");
        return isNamed ? Match::ByName : Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        ListingReading(text, context).run();
    }
};

// ---- JSON

// The name under each tool's key, in an object that also tells how many partitions there are.
DataNode nameOf(const DataNode& topic)
{
    if (topic["topic"] && topic["partitions"])
        return topic["topic"];
    if (topic["topic_name"] && (topic["partitions_count"] || topic["replication_factor"]))
        return topic["topic_name"];
    if (topic["Name"] && topic["Partitions"])
        return topic["Name"];
    if (topic["name"] &&
        (topic["partition_count"] || topic["partitions_count"] || topic["replication_factor"] ||
         (topic["partitions"] && topic["replicas"])))
        return topic["name"];
    const DataNode summary = topic["summary"];
    if (summary["name"] && summary["partitions"])
        return summary["name"];
    return {};
}

DataNode topicsOf(const DataNode& root)
{
    if (root["kind"].text() == "KafkaTopicList")
        return root["data"];
    if (root["topics"].isArray() && root["brokers"].isArray())
        return root["topics"];
    return root.isArray() ? root : DataNode();
}

class KafkaTopicsJsonImporter : public Importer {
public:
    std::string_view format() const override { return "kafka-topics-json"; }
    std::string_view title() const override { return "Kafka topics, JSON"; }
    std::string_view group() const override { return "Operations"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const DataNode topics = topicsOf(root);
        if (root["kind"].text() == "KafkaTopicList" ||
            (root["originating_broker"] && topics.isArray()))
            return Match::ByContent;
        const bool isFirst =
            topics.isArray() && topics.size() > 0 && !nameOf(*topics.begin()).text().empty();
        return isFirst ? Match::ByContent : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        for (const DataNode topic : topicsOf(root)) {
            const DataNode name = nameOf(topic);
            if (!isTopicName(name.text())) {
                context.problem(Severity::Warning, "kafka-topics.no-name",
                                "topic without a name that Kafka would take (expected letters, "
                                "digits, '.', '_' and '-'). Topic skipped.",
                                topic);
                continue;
            }
            const bool isInternal = topic["is_internal"].boolean().value_or(false) ||
                                    topic["summary"]["internal"].boolean().value_or(false);
            if (isInternal || isInternalTopic(name.text())) {
                context.ignored(name.text(), "an internal topic of Kafka", name);
                continue;
            }
            addTopic(context.estate(), topic["cluster_id"].text(), name.text(),
                     context.evidence(name));
        }
        if (root["brokers"].size() > 0)
            context.ignored("brokers", "where partitions stand is not kept", root["brokers"]);
    }
};

}  // namespace

std::unique_ptr<Importer> kafkaTopicsImporter()
{
    return std::make_unique<KafkaTopicsImporter>();
}

std::unique_ptr<Importer> kafkaTopicsJsonImporter()
{
    return std::make_unique<KafkaTopicsJsonImporter>();
}

}  // namespace portolan
