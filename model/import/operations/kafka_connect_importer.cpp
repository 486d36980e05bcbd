// SPDX-License-Identifier: Apache-2.0
// Configurations of Kafka Connect, with Debezium's: as they are posted to its REST interface or come from it, bare, or as properties.
#include "model/import/document_content.h"
#include "model/import/operations/connector_lineage.h"
#include "model/import/operations/operation_values.h"
#include "model/import/operations/operations_importers.h"

#include <algorithm>
#include <string>

namespace portolan {

namespace {

constexpr std::string_view classKey = "connector.class";

// The configuration in one of the forms; missing when it is none.
DataNode configOf(const DataNode& node)
{
    if (!node[classKey].text().empty())
        return node;
    if (!node["config"][classKey].text().empty())
        return node["config"];
    const DataNode info = node["info"];
    return info["config"][classKey].text().empty() ? DataNode() : info["config"];
}

DataNode firstMember(const DataNode& node)
{
    return (node.isObject() || node.isArray()) && node.size() > 0 ? *node.begin() : DataNode();
}

void readOne(const DataNode& node, ImportContext& context)
{
    const DataNode config = configOf(node);
    if (!config) {
        context.problem(Severity::Warning, "kafka-connect.no-class",
                        "entry without a connector.class (required). Entry skipped.", node);
        return;
    }
    std::string name = node["name"].string();
    for (const DataNode& also : {node["info"]["name"], config["name"]}) {
        if (name.empty())
            name = also.string();
    }
    if (name.empty() && node["info"])
        name = std::string(node.key());
    if (name.empty() && !node.parent())
        name = stemOf(context.name());
    ConnectorSettings settings(name, context);
    settings.addAll(config);
    settings.value("name");
    readConnector(settings);
    if (node["tasks"].size() > 0)
        context.ignored("tasks", "how the connector runs", node["tasks"]);
    if (node["status"].size() > 0)
        context.ignored("status", "how the connector runs", node["status"]);
}

class KafkaConnectImporter : public Importer {
public:
    std::string_view format() const override { return "kafka-connect"; }
    std::string_view title() const override { return "Kafka Connect and Debezium connectors"; }
    std::string_view group() const override { return "Lineage"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const bool isOurs = configOf(root) || configOf(firstMember(root));
        return isOurs ? Match::ByContent : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (configOf(root)) {
            readOne(root, context);
            return;
        }
        for (const DataNode member : root)
            readOne(member, context);
    }
};

// ---- Properties

bool isKeyCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-' || c == '$' || c == '%';
}

// Where the key of "key=value", "key: value" or "key value" ends; npos when it is no such line.
std::size_t keyEnd(std::string_view line)
{
    std::size_t end = 0;
    while (end < line.size() && isKeyCharacter(line[end]))
        ++end;
    const std::size_t mark = line.find_first_not_of(" \t", end);
    const bool isSet =
        end > 0 && mark != std::string_view::npos && (line[mark] == '=' || line[mark] == ':');
    return isSet ? end : std::string_view::npos;
}

// "\:" and the like; a line's end that is escaped joins the next one to it.
std::string unescaped(std::string_view text)
{
    std::string value;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            const char next = text[++i];
            value += next == 't' ? '\t' : next == 'n' ? '\n' : next;
        } else {
            value += text[i];
        }
    }
    return value;
}

constexpr std::string_view serverPrefix = "debezium.source.";

bool namesClass(std::string_view line)
{
    const std::size_t end = keyEnd(line);
    if (end == std::string_view::npos)
        return false;
    std::string_view key = line.substr(0, end);
    if (key.starts_with(serverPrefix))
        key.remove_prefix(serverPrefix.size());
    return key == classKey;
}

class PropertiesReading {
public:
    PropertiesReading(std::string_view text, ImportContext& context)
        : m_lines(text), m_context(context), m_settings("", context)
    {
    }

    void run()
    {
        std::string whole;
        int first = 0;
        while (m_lines.next()) {
            const std::string_view line = trimmed(m_lines.line());
            if (whole.empty()) {
                if (line.empty() || line[0] == '#' || line[0] == '!')
                    continue;
                first = m_lines.number();
            }
            const bool goesOn = line.ends_with('\\') && !line.ends_with("\\\\");
            whole += goesOn ? line.substr(0, line.size() - 1) : line;
            if (goesOn)
                continue;
            readProperty(whole, first);
            whole.clear();
        }
        if (!whole.empty())
            readProperty(whole, first);
        finish();
    }

private:
    void readProperty(std::string_view line, int number)
    {
        const std::size_t end = keyEnd(line);
        if (end == std::string_view::npos) {
            m_context.problemAt(Severity::Warning, "kafka-connect.no-property",
                                "The line is no property (expected \"key=value\"). Line skipped.",
                                number);
            return;
        }
        std::string_view key = line.substr(0, end);
        const std::size_t mark = line.find_first_of("=:", end);
        const std::string value = unescaped(trimmed(line.substr(mark + 1)));
        // Debezium Server: settings of the connector behind a prefix, and of the sink.
        if (key.starts_with(serverPrefix)) {
            key.remove_prefix(serverPrefix.size());
            m_isServer = true;
        } else if (key.starts_with("debezium.") || key.starts_with("quarkus.")) {
            m_isServer = true;
            readServerSetting(key, value, number);
            return;
        }
        m_settings.add(key, value, number);
    }

    void readServerSetting(std::string_view key, const std::string& value, int number)
    {
        if (key == "debezium.sink.type" && value != "kafka")
            m_context.problemAt(Severity::Note, "kafka-connect.other-sink",
                                "Debezium Server writes to \"" + shortText(value) +
                                    "\" (expected kafka). Its destinations are kept as topics.",
                                number);
        else if (key.starts_with("debezium.transforms") || key.starts_with("debezium.predicates"))
            m_settings.add(key.substr(9), value, number);
        else
            m_context.ignoredAt(isSecret(key) ? std::string_view("secrets") : key,
                                isSecret(key) ? "never kept" : "how the server runs", number);
    }

    void finish()
    {
        if (m_settings.value(classKey).empty()) {
            m_context.problemAt(Severity::Error, "kafka-connect.no-class",
                                "The properties have no connector.class (required). File not "
                                "loaded.",
                                1);
            return;
        }
        std::string name = m_settings.value("name");
        if (name.empty())
            name = m_isServer ? "debezium-server" : stemOf(m_context.name());
        m_settings.setName(name);
        readConnector(m_settings);
    }

    TextLines m_lines;
    ImportContext& m_context;
    ConnectorSettings m_settings;
    bool m_isServer = false;
};

class KafkaConnectPropertiesImporter : public Importer {
public:
    std::string_view format() const override { return "kafka-connect-properties"; }
    std::string_view title() const override { return "Kafka Connect properties"; }
    std::string_view group() const override { return "Lineage"; }
    bool readsText() const override { return true; }

    // Lines of properties alone, one of them with the connector's class.
    Match match(const SourceHead& head) const override
    {
        for (const std::string_view ending : {".yaml", ".yml", ".json", ".md", ".sh"}) {
            if (head.fileName.ends_with(ending))
                return Match::No;
        }
        TextLines lines(head.text);
        bool isFound = false;
        bool goesOn = false;
        for (int seen = 0; seen < 500 && lines.next() && !isFound;) {
            const std::string_view line = trimmed(lines.line());
            const bool isValue = goesOn;
            goesOn = line.ends_with('\\');
            if (line.empty() || line[0] == '#' || line[0] == '!' || isValue)
                continue;
            ++seen;
            if (keyEnd(line) == std::string_view::npos)
                return Match::No;
            isFound = namesClass(line);
        }
        return isFound ? Match::ByContent : Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        PropertiesReading(text, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> kafkaConnectImporter()
{
    return std::make_unique<KafkaConnectImporter>();
}

std::unique_ptr<Importer> kafkaConnectPropertiesImporter()
{
    return std::make_unique<KafkaConnectPropertiesImporter>();
}

}  // namespace portolan
