// SPDX-License-Identifier: Apache-2.0
// Consumer groups of Kafka and what they read, as the usual tools print them: tables of kafka-consumer-groups and rpk, and JSON of rpk,
// kafkactl, the Confluent command line and its REST interface.
#include "model/import/operations/kafka_facts.h"
#include "model/import/operations/operation_values.h"
#include "model/import/operations/operations_importers.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace portolan {

namespace {

std::optional<std::int64_t> integerFrom(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::string unlessDash(std::string_view cell)
{
    return cell == "-" ? std::string() : std::string(cell);
}

// ---- Tables

enum class Table { None, Offsets, Members, State, List };

constexpr std::size_t noColumn = std::string_view::npos;

struct Header {
    Table table = Table::None;
    std::vector<std::string_view> columns;

    std::size_t column(std::string_view name) const
    {
        const auto place = std::find(columns.begin(), columns.end(), name);
        return place == columns.end() ? noColumn : std::size_t(place - columns.begin());
    }
    bool has(std::string_view name) const { return column(name) != noColumn; }
};

bool isHeading(std::string_view word)
{
    return std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || c == '-' || c == '#' || c == '(' || c == ')';
    });
}

Header headerOf(std::string_view line)
{
    Header header;
    header.columns = wordsOf(line);
    std::vector<std::string_view>& words = header.columns;
    if (words.size() < 2 || !std::all_of(words.begin(), words.end(), isHeading))
        return {};
    // "COORDINATOR (ID)" is one column, with values like "host:9092 (1)".
    if (header.has("TOPIC") && header.has("PARTITION") &&
        (header.has("LAG") || header.has("CURRENT-OFFSET")))
        header.table = Table::Offsets;
    else if (header.has("CONSUMER-ID") && header.has("#PARTITIONS"))
        header.table = Table::Members;
    else if (header.has("COORDINATOR") && header.has("#MEMBERS"))
        header.table = Table::State;
    else if (header.has("GROUP") && (header.has("STATE") || header.has("TYPE")))
        header.table = Table::List;
    return header;
}

// Lines that tools print before a table: messages, and rpk's summary of a group.
bool mayPrecedeTable(std::string_view line)
{
    for (const std::string_view begin :
         {"Consumer group", "Warning", "WARN", "Note", "Error", "[", "$ ", "> ", "OpenJDK",
          "Picked up", "GROUP ", "COORDINATOR ", "STATE ", "BALANCER ", "MEMBERS ", "TOTAL-LAG ",
          "ERROR "}) {
        if (line.starts_with(begin))
            return true;
    }
    return false;
}

bool beginsWithTable(std::string_view text)
{
    TextLines lines(text);
    for (int seen = 0; seen < 50 && lines.next();) {
        const std::string_view line = trimmed(lines.line());
        if (line.empty())
            continue;
        ++seen;
        if (headerOf(line).table != Table::None)
            return true;
        if (!mayPrecedeTable(line))
            return false;
    }
    return false;
}

// 'x' of "Consumer group 'x' has no active members."
std::string quotedName(std::string_view line)
{
    const std::size_t open = line.find('\'');
    const std::size_t close = open == std::string_view::npos ? open : line.find('\'', open + 1);
    return close == std::string_view::npos ? std::string()
                                           : std::string(line.substr(open + 1, close - open - 1));
}

class TableReading {
public:
    TableReading(std::string_view text, ImportContext& context)
        : m_lines(text), m_context(context), m_usage(context)
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
        if (m_usage.rowsWithoutLag() > 0)
            m_context.ignoredAt("partitions without a lag", "nothing is committed for them",
                                m_firstWithoutLag);
        m_usage.finish();
    }

private:
    void readLine(std::string_view line)
    {
        if (Header header = headerOf(line); header.table != Table::None) {
            m_header = std::move(header);
            return;
        }
        if (readMessage(line) || readSummary(line))
            return;
        m_cells = wordsOf(line);
        switch (m_header.table) {
        case Table::Offsets:
            readOffsets();
            break;
        case Table::Members:
            readMember();
            break;
        case Table::State:
            readState();
            break;
        case Table::List:
            addGroup(cell("GROUP"), std::nullopt);
            break;
        case Table::None:
            readName();
        }
    }

    // A bare list of names, one a line.
    void readName()
    {
        if (m_cells.size() == 1)
            addGroup(m_cells.front(), std::nullopt);
        else
            leaveOut();
    }

    void leaveOut()
    {
        m_context.ignoredAt("other lines", "not a row of a table of consumer groups",
                            m_lines.number());
    }

    Evidence here() { return m_context.evidenceAt(m_lines.number()); }

    std::string cell(std::string_view name) const
    {
        const std::size_t column = m_header.column(name);
        return column < m_cells.size() ? unlessDash(m_cells[column]) : std::string();
    }

    void addGroup(std::string_view name, std::optional<std::int64_t> members)
    {
        if (name.empty() || name == "-")
            leaveOut();
        else
            m_usage.addGroup(std::string(name), members, here());
    }

    // "$ kafka-consumer-groups --describe --group x": the command stands above what it printed.
    bool readCommand(std::string_view line)
    {
        if (!line.starts_with("$ ") && !line.starts_with("> "))
            return false;
        m_header = {};
        const std::vector<std::string_view> words = wordsOf(line);
        const auto option = std::find(words.begin(), words.end(), "--group");
        const bool isNamed = option != words.end() && option + 1 != words.end();
        m_group = isNamed ? std::string(*(option + 1)) : std::string();
        return true;
    }

    bool readMessage(std::string_view line)
    {
        if (readCommand(line))
            return true;
        if (line.starts_with("Consumer group '")) {
            m_group = quotedName(line);
            m_header = {};
            if (line.find("has no active members") != std::string_view::npos)
                addGroup(m_group, 0);
            else
                addGroup(m_group, std::nullopt);
            return true;
        }
        if (line.starts_with("Error:") || line.starts_with("ERROR ")) {
            m_context.problemAt(Severity::Warning, "kafka-groups.error",
                                "The tool that made the listing failed: \"" + shortText(line) +
                                    "\" (expected a table). What it printed is kept.",
                                m_lines.number());
            return true;
        }
        const bool isNoise = line.starts_with("Warning") || line.starts_with("WARN") ||
                             line.starts_with("Note") || line.starts_with("OpenJDK") ||
                             line.starts_with("Picked up") || line.starts_with("[20");
        if (isNoise)
            m_context.ignoredAt("messages of the tool", "no facts", m_lines.number());
        return isNoise;
    }

    // rpk: "GROUP  orders", "STATE  Stable", "TOTAL-LAG  3" before the table.
    bool readSummary(std::string_view line)
    {
        const std::vector<std::string_view> words = wordsOf(line);
        if (words.size() != 2)
            return false;
        if (words[0] == "GROUP") {
            m_group = std::string(words[1]);
            m_header = {};
            addGroup(m_group, std::nullopt);
            return true;
        }
        if (m_header.table != Table::None || m_group.empty())
            return false;
        if (words[0] == "MEMBERS") {
            addGroup(m_group, integerFrom(words[1]));
            return true;
        }
        const bool isKnown = words[0] == "COORDINATOR" || words[0] == "STATE" ||
                             words[0] == "BALANCER" || words[0] == "TOTAL-LAG";
        if (isKnown)
            m_context.ignoredAt(words[0], "how a group stands", m_lines.number());
        return isKnown;
    }

    void readOffsets()
    {
        const std::size_t partition = m_header.column("PARTITION");
        const bool isRow = partition < m_cells.size() &&
                           (m_cells[partition] == "-" || integerFrom(m_cells[partition]));
        if (!isRow) {
            leaveOut();
            return;
        }
        GroupUsage::Row row;
        row.group = m_header.has("GROUP") ? cell("GROUP") : m_group;
        row.topic = cell("TOPIC");
        row.member = cell(m_header.has("CONSUMER-ID") ? "CONSUMER-ID" : "MEMBER-ID");
        row.lag = lagOf();
        if (row.group.empty() && !m_hasToldOfGroup) {
            m_hasToldOfGroup = true;
            m_context.problemAt(Severity::Note, "kafka-groups.no-group",
                                "The listing does not say which group it is of (expected a column "
                                "GROUP). The lag is kept without a consumer.",
                                m_lines.number());
        }
        if (isInternalTopic(row.topic)) {
            m_context.ignoredAt(row.topic, "an internal topic of Kafka", m_lines.number());
            return;
        }
        if (!row.lag && !row.topic.empty() && m_firstWithoutLag == 0)
            m_firstWithoutLag = m_lines.number();
        m_usage.add(row, here());
    }

    // Old tools leave the lag out; then the two offsets say it.
    std::optional<std::int64_t> lagOf() const
    {
        if (const std::optional<std::int64_t> lag = integerFrom(cell("LAG")))
            return lag;
        const std::optional<std::int64_t> end = integerFrom(cell("LOG-END-OFFSET"));
        const std::optional<std::int64_t> current = integerFrom(cell("CURRENT-OFFSET"));
        if (m_header.has("LAG") || !end || !current || *current < 0 || *end < *current)
            return std::nullopt;
        return *end - *current;
    }

    void readMember()
    {
        GroupUsage::Row row;
        row.group = m_header.has("GROUP") ? cell("GROUP") : m_group;
        row.member = cell("CONSUMER-ID");
        if (row.group.empty() || row.member.empty()) {
            leaveOut();
            return;
        }
        if (m_header.has("ASSIGNMENT"))
            m_context.ignoredAt("ASSIGNMENT", "which member reads which partition is not kept",
                                m_lines.number());
        m_usage.add(row, here());
    }

    void readState()
    {
        std::optional<std::int64_t> members;
        if (!m_cells.empty())
            members = integerFrom(m_cells.back());
        addGroup(m_header.has("GROUP") ? cell("GROUP") : m_group, members);
    }

    TextLines m_lines;
    ImportContext& m_context;
    GroupUsage m_usage;
    Header m_header;
    std::vector<std::string_view> m_cells;
    std::string m_group;  // of what comes next, where the tables do not name it
    bool m_hasToldOfGroup = false;
    int m_firstWithoutLag = 0;
};

class KafkaGroupsImporter : public Importer {
public:
    std::string_view format() const override { return "kafka-groups"; }
    std::string_view title() const override { return "Kafka consumer groups"; }
    std::string_view group() const override { return "Operations"; }
    bool readsText() const override { return true; }

    Match match(const SourceHead& head) const override
    {
        if (beginsWithTable(head.text))
            return Match::ByContent;
        // A bare list of names has no mark of its own.
        const std::string_view name = head.fileName.substr(head.fileName.rfind('/') + 1);
        const bool isNamed =
            name.ends_with(".txt") && (name.find("consumer-groups") != std::string_view::npos ||
                                       name.find("consumer_groups") != std::string_view::npos);
        return isNamed ? Match::ByName : Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        TableReading(text, context).run();
    }
};

// ---- JSON

constexpr int deepest = 8;

DataNode firstOf(const DataNode& node, std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys) {
        if (const DataNode member = node[key])
            return member;
    }
    return {};
}

DataNode partitionOf(const DataNode& row)
{
    return firstOf(row, {"partition", "partition_id", "Partition"});
}

DataNode topicOf(const DataNode& row)
{
    return firstOf(row, {"topic", "topic_name", "Topic"});
}

// The group that an object is of: its name, or kafkactl's object with the name.
DataNode groupOf(const DataNode& node)
{
    const DataNode group = firstOf(
        node, {"consumer_group", "consumer_group_id", "group_id", "group_name", "group", "Group"});
    return group.isObject() ? firstOf(group, {"Name", "name", "id"}) : group;
}

// One partition, or with kafkactl's short answer one topic.
bool isOffsetRow(const DataNode& node)
{
    if (!node.isObject())
        return false;
    if (node["TotalLag"] && node["Topic"])
        return !node["PartitionDetails"];
    return partitionOf(node) &&
           (node["lag"] || node["Lag"] || node["current_offset"] || node["ConsumerOffset"]);
}

// Whether the first rows below hold offsets.
bool holdsOffsets(const DataNode& node, int depth)
{
    if (depth > deepest)
        return false;
    if (isOffsetRow(node))
        return true;
    int seen = 0;
    for (const DataNode member : node) {
        if ((member.isArray() || member.isObject()) && holdsOffsets(member, depth + 1))
            return true;
        if (++seen > 20)
            break;
    }
    return false;
}

bool isGroup(const DataNode& node)
{
    if (!node.isObject() || groupOf(node).text().empty())
        return false;
    if (isOffsetRow(node) && topicOf(node))
        return true;
    return (node["partitions"] || node["described_rows"] || node["DescribedRows"] ||
            node["Members"] || node["Topics"]) &&
           (holdsOffsets(node, 0) || node["coordinator"] || node["Protocol"]);
}

bool isGroups(const DataNode& root)
{
    if (root["kind"].text() == "KafkaConsumerLagList")
        return true;
    DataNode first = root;
    if (const DataNode groups = firstOf(root, {"groups", "Groups"}); groups.isArray())
        first = groups;
    if (first.isArray())
        first = first.size() > 0 ? *first.begin() : DataNode();
    return isGroup(first);
}

class GroupsReading {
public:
    explicit GroupsReading(ImportContext& context) : m_context(context), m_usage(context) {}

    void run(const DataNode& root)
    {
        read(root, {}, 0);
        m_usage.finish();
        if (!m_hasGroup)
            m_context.problem(Severity::Warning, "kafka-groups.empty",
                              "No consumer group was found in the answer (expected groups with "
                              "their partitions). Nothing is loaded from it.",
                              root);
    }

private:
    struct Above {
        std::string cluster;
        std::string group;
        std::string topic;
    };

    // Rows stand at different depths in the tools' answers; what they leave out stands above them.
    void read(const DataNode& node, Above above, int depth)
    {
        if (depth > deepest) {
            m_context.ignored("deeper values", "no tool nests its answer so deeply", node);
            return;
        }
        if (m_context.progress().stopRequested())
            return;
        if (node.isObject()) {
            take(firstOf(node, {"cluster", "cluster_id"}), above.cluster);
            take(topicOf(node), above.topic);
            if (const DataNode group = groupOf(node); !group.text().empty()) {
                above.group = group.string();
                m_hasGroup = true;
                m_usage.addGroup(above.group, std::nullopt, m_context.evidence(group));
            }
            if (isOffsetRow(node)) {
                readRow(node, above);
                return;
            }
        }
        for (const DataNode member : node) {
            if (member.isArray() || member.isObject())
                read(member, above, depth + 1);
        }
    }

    static void take(const DataNode& node, std::string& text)
    {
        if (!node.text().empty())
            text = node.string();
    }

    void readRow(const DataNode& node, const Above& above)
    {
        if (above.topic.empty() || above.group.empty()) {
            m_context.problem(Severity::Warning, "kafka-groups.incomplete-row",
                              std::string("partition without a ") +
                                  (above.topic.empty() ? "topic" : "group") +
                                  " (required). Partition skipped.",
                              node);
            return;
        }
        if (isInternalTopic(above.topic)) {
            m_context.ignored(above.topic, "an internal topic of Kafka", node);
            return;
        }
        GroupUsage::Row row{above.cluster, above.group, above.topic, {}, {}};
        const DataNode lag = firstOf(node, {"lag", "Lag", "TotalLag"});
        row.lag = integerFrom(lag.text());
        if (!row.lag)
            m_context.ignored("partitions without a lag", "nothing is committed for them", node);
        row.member = unlessDash(
            firstOf(node, {"member_id", "consumer", "consumer_id", "client_id", "client"}).text());
        // kafkactl names members above their partitions.
        if (row.member.empty()) {
            for (DataNode up = node.parent(); up && row.member.empty(); up = up.parent())
                row.member = firstOf(up, {"ClientId", "ClientID"}).string();
        }
        m_usage.add(row, m_context.evidence(node));
    }

    ImportContext& m_context;
    GroupUsage m_usage;
    bool m_hasGroup = false;
};

class KafkaGroupsJsonImporter : public Importer {
public:
    std::string_view format() const override { return "kafka-groups-json"; }
    std::string_view title() const override { return "Kafka consumer groups, JSON"; }
    std::string_view group() const override { return "Operations"; }

    Match match(const SourceHead& head) const override
    {
        return head.document && isGroups(head.document->root()) ? Match::ByContent : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        GroupsReading(context).run(root);
    }
};

}  // namespace

std::unique_ptr<Importer> kafkaGroupsImporter()
{
    return std::make_unique<KafkaGroupsImporter>();
}

std::unique_ptr<Importer> kafkaGroupsJsonImporter()
{
    return std::make_unique<KafkaGroupsJsonImporter>();
}

}  // namespace portolan
