// SPDX-License-Identifier: Apache-2.0
// Resources of Strimzi, the operator of Kafka in Kubernetes: topics, users with what they may read and write, and
// connectors. Other kinds are counted.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/operations/connector_lineage.h"
#include "model/import/operations/kafka_facts.h"
#include "model/import/operations/operation_values.h"
#include "model/import/operations/operations_importers.h"

#include <string>

namespace portolan {

namespace {

constexpr std::string_view strimzi = "strimzi";
constexpr std::string_view versionMark = "kafka.strimzi.io/";

class ResourceReading {
public:
    ResourceReading(const DataNode& root, ImportContext& context)
        : m_root(root), m_spec(root["spec"]), m_context(context)
    {
    }

    void run()
    {
        const std::string kind = text(m_root, "kind");
        m_context.setFormatVersion(text(m_root, "apiVersion").substr(versionMark.size()));
        m_name = text(m_root["metadata"], "name");
        m_cluster = text(m_root["metadata"]["labels"], "strimzi.io/cluster");
        if (kind == "KafkaConnector" && !text(m_spec, "class").empty()) {
            readConnectorResource();
            return;
        }
        if (kind != "KafkaTopic" && kind != "KafkaUser") {
            m_context.ignored(kind.empty() ? "a resource without a kind" : kind,
                              "of Strimzi, topics, users and connectors are read", m_root);
            return;
        }
        if (m_name.empty()) {
            m_context.problem(Severity::Error, "strimzi.no-name",
                              kind + " without metadata.name (required). Resource skipped.",
                              m_root["metadata"] ? m_root["metadata"] : m_root);
            return;
        }
        if (kind == "KafkaTopic")
            readTopic();
        else
            readUser();
    }

private:
    std::string text(const DataNode& node, std::string_view key)
    {
        return textAt(node, key, m_context, strimzi);
    }

    void readConnectorResource()
    {
        ConnectorSettings settings(m_name, m_context);
        settings.addAll(m_spec["config"]);
        settings.add("connector.class", m_spec["class"].text(), m_spec["class"]);
        readConnector(settings);
        reportUnread(m_context, m_spec, " class config ", "how the connector runs", "spec.");
    }

    // The resource's name must suit Kubernetes; the topic's own stands in the spec then.
    void readTopic()
    {
        const DataNode said = m_spec["topicName"];
        const DataNode name = said.text().empty() ? m_root["metadata"]["name"] : said;
        addTopic(m_context.estate(), m_cluster, name.text(), m_context.evidence(name));
        reportUnread(m_context, m_spec, " topicName ", "settings of topics are not kept", "spec.");
    }

    void readUser()
    {
        m_user.id = "User:" + m_name;
        m_user.name = m_name;
        m_user.type = "principal";
        Consumer consumer;
        consumer.id = m_user.id;
        consumer.name = m_name;
        consumer.type = m_user.type;
        consumer.evidence = m_context.evidence(m_root["metadata"]["name"]);
        m_context.estate().consumer(std::move(consumer));
        for (const DataNode& rule : listAt(m_spec["authorization"], "acls", m_context, strimzi))
            readRule(rule);
        reportUnread(m_context, m_spec, " authorization ", "how a user signs in is not kept",
                     "spec.");
    }

    void readRule(const DataNode& rule)
    {
        const DataNode resource = rule["resource"];
        const std::string type = text(resource, "type");
        const std::string name = text(resource, "name");
        if (text(rule, "type") == "deny") {
            m_context.ignored("deny", "what is forbidden is not kept", rule);
            return;
        }
        if (type == "cluster" || type == "transactionalId") {
            m_context.ignored("access to a " + type, "it names no topic", rule);
            return;
        }
        if (name.empty() || (type != "topic" && type != "group")) {
            m_context.problem(Severity::Warning, "strimzi.rule-incomplete",
                              "rule of user \"" + m_name +
                                  "\" without a topic or group that it is about (expected "
                                  "resource.type and resource.name). Rule skipped.",
                              rule);
            return;
        }
        if (name == "*" || text(resource, "patternType") == "prefix") {
            m_context.unresolved(name == "*" ? name : name + "*",
                                 "a pattern: which " + type + "s it covers is not said",
                                 resource["name"]);
            return;
        }
        readOperations(rule);
        const Evidence place = m_context.evidence(resource["name"]);
        if (type == "group") {
            readGroup(name, place);
            return;
        }
        const DatasetIndex topic = addTopic(m_context.estate(), m_cluster, name, place);
        if (m_mayRead)
            addTopicReader(m_context.estate(), m_user, topic, place);
        if (m_mayWrite)
            addTopicWriter(m_context.estate(), m_user, topic, place);
        if (!m_mayRead && !m_mayWrite)
            m_context.ignored("rules that neither read nor write", "they move no data", rule);
    }

    void readGroup(const std::string& name, const Evidence& place)
    {
        Consumer group;
        group.id = name;
        group.name = name;
        group.type = "consumer-group";
        group.owner = m_user.id;
        group.evidence = place;
        m_context.estate().consumer(std::move(group));
    }

    // A list, or in older files one word.
    void readOperations(const DataNode& rule)
    {
        m_mayRead = m_mayWrite = false;
        const auto take = [&](std::string_view word) {
            const std::string operation = lowerCase(word);
            m_mayRead |= operation == "read" || operation == "all";
            m_mayWrite |= operation == "write" || operation == "all";
        };
        take(rule["operation"].text());
        for (const DataNode& operation : listAt(rule, "operations", m_context, strimzi))
            take(operation.text());
    }

    const DataNode m_root;
    const DataNode m_spec;
    ImportContext& m_context;
    std::string m_name;
    std::string m_cluster;
    TopicUser m_user;
    bool m_mayRead = false;
    bool m_mayWrite = false;
};

bool isOurs(const DataNode& root)
{
    return root["apiVersion"].text().starts_with(versionMark);
}

class StrimziImporter : public Importer {
public:
    std::string_view format() const override { return strimzi; }
    std::string_view title() const override { return "Strimzi resources"; }
    std::string_view group() const override { return "Operations"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        return isOurs(root) || !ownItems(root).empty() ? Match::ByContent : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (isOurs(root)) {
            ResourceReading(root, context).run();
            return;
        }
        for (const DataNode& item : ownItems(root))
            ResourceReading(item, context).run();
    }

private:
    // A list as Kubernetes exports it.
    static std::vector<DataNode> ownItems(const DataNode& root)
    {
        std::vector<DataNode> own;
        if (!root["kind"].text().ends_with("List") || !root["items"].isArray())
            return own;
        for (const DataNode item : root["items"]) {
            if (isOurs(item))
                own.push_back(item);
        }
        return own;
    }
};

}  // namespace

std::unique_ptr<Importer> strimziImporter()
{
    return std::make_unique<StrimziImporter>();
}

}  // namespace portolan
