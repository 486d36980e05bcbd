// SPDX-License-Identifier: Apache-2.0
// Desired state of kafka-gitops, in one file or several: topics, and services with what they consume and produce.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/operations/kafka_facts.h"
#include "model/import/operations/operation_values.h"
#include "model/import/operations/operations_importers.h"

#include <string>

namespace portolan {

namespace {

constexpr std::string_view gitops = "kafka-gitops";

DataNode firstMember(const DataNode& object)
{
    return object.isObject() && object.size() > 0 ? *object.begin() : DataNode();
}

class StateReading {
public:
    StateReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context) {}

    void run()
    {
        for (const DataNode& topic : membersOf(m_root, "topics")) {
            addTopic(m_context.estate(), "", topic.key(), m_context.evidence(topic));
            m_context.ignored("settings of topics", "they are not kept", topic);
        }
        for (const DataNode& service : membersOf(m_root, "services"))
            readService(service);
        for (const std::string_view key : {"customServiceAcls", "customUserAcls"}) {
            for (const DataNode& owner : membersOf(m_root, key)) {
                for (const DataNode& rule : owner)
                    readRule(std::string(owner.key()), rule);
            }
        }
        reportUnread(m_context, m_root, " topics services customServiceAcls customUserAcls ",
                     "it names no topic");
    }

private:
    std::string text(const DataNode& node, std::string_view key)
    {
        return textAt(node, key, m_context, gitops);
    }

    std::vector<DataNode> membersOf(const DataNode& node, std::string_view key)
    {
        const DataNode object = node[key];
        if (object.isObject())
            return {object.begin(), object.end()};
        if (!object.isNull())
            m_context.problem(
                Severity::Warning, "kafka-gitops.wrong-type",
                "\"" + std::string(key) + "\" is " + (object.isArray() ? "an " : "a ") +
                    std::string(toString(object.kind())) + " (expected an object). Value skipped.",
                object);
        return {};
    }

    void readService(const DataNode& service)
    {
        const std::string type = text(service, "type");
        TopicUser user;
        user.id = std::string(service.key());
        user.type = type == "kafka-streams"   ? "streams"
                    : type == "kafka-connect" ? "connector"
                                              : "service";
        const std::string group = text(service, "group-id");
        if (!group.empty() && group != user.id)
            readGroup(group, user, service["group-id"]);
        reportUnread(m_context, service,
                     " type group-id application-id consumes produces connectors ",
                     "it names no topic");
        const auto [reads, writes] = readUse(service, user);
        if (type == "kafka-streams")
            addFlow(service, reads, writes);
        for (const DataNode& connector : membersOf(service, "connectors")) {
            reportUnread(m_context, connector, " consumes produces ", "it names no topic");
            TopicUser part = user;
            part.id = std::string(connector.key());
            part.owner = user.id;
            readUse(connector, part);
        }
    }

    void readGroup(const std::string& name, const TopicUser& user, const DataNode& where)
    {
        Consumer group;
        group.id = name;
        group.name = name;
        group.type = "consumer-group";
        group.owner = user.id;
        group.evidence = m_context.evidence(where);
        m_context.estate().consumer(std::move(group));
    }

    using Topics = std::vector<DatasetIndex>;
    std::pair<Topics, Topics> readUse(const DataNode& node, const TopicUser& user)
    {
        std::pair<Topics, Topics> use;
        EstateBuilder& estate = m_context.estate();
        for (const DataNode& topic : listAt(node, "consumes", m_context, gitops)) {
            if (topic.text().empty())
                continue;
            const Evidence place = m_context.evidence(topic);
            use.first.push_back(addTopic(estate, "", topic.text(), place));
            addTopicReader(estate, user, use.first.back(), place);
        }
        for (const DataNode& topic : listAt(node, "produces", m_context, gitops)) {
            if (topic.text().empty())
                continue;
            const Evidence place = m_context.evidence(topic);
            use.second.push_back(addTopic(estate, "", topic.text(), place));
            addTopicWriter(estate, user, use.second.back(), place);
        }
        return use;
    }

    void addFlow(const DataNode& service, const Topics& reads, const Topics& writes)
    {
        if (reads.empty() || writes.empty())
            return;
        EstateBuilder& estate = m_context.estate();
        const Evidence place = m_context.evidence(service);
        const std::string id = text(service, "application-id");
        const JobIndex job = estate.job("kafka-gitops", id.empty() ? service.key() : id, place);
        estate.estate().jobs[job.value].integration = "KAFKA_STREAMS";
        for (const DatasetIndex from : reads) {
            for (const DatasetIndex to : writes)
                estate.lineage(from, to, job, place);
        }
    }

    void readRule(const std::string& owner, const DataNode& rule)
    {
        const std::string name = text(rule, "name");
        const bool isTopic = lowerCase(text(rule, "type")) == "topic";
        const std::string operation = lowerCase(text(rule, "operation"));
        const bool isRead = operation == "read" || operation == "all";
        const bool isWrite = operation == "write" || operation == "all";
        if (!isTopic || lowerCase(text(rule, "permission")) == "deny" || (!isRead && !isWrite)) {
            m_context.ignored("further rules of access", "they let nobody read or write a topic",
                              rule);
            return;
        }
        if (name.empty() || name == "*" || lowerCase(text(rule, "pattern")) == "prefixed") {
            m_context.unresolved(name == "*" ? name : name + "*",
                                 "a pattern: which topics it covers is not said", rule);
            return;
        }
        const Evidence place = m_context.evidence(rule["name"]);
        TopicUser user;
        user.id = rule["principal"].text().empty() ? owner : text(rule, "principal");
        user.type = "principal";
        const DatasetIndex topic = addTopic(m_context.estate(), "", name, place);
        if (isRead)
            addTopicReader(m_context.estate(), user, topic, place);
        if (isWrite)
            addTopicWriter(m_context.estate(), user, topic, place);
    }

    const DataNode m_root;
    ImportContext& m_context;
};

class KafkaGitopsImporter : public Importer {
public:
    std::string_view format() const override { return gitops; }
    std::string_view title() const override { return "kafka-gitops state"; }
    std::string_view group() const override { return "Operations"; }

    // Its parts may stand in files of their own. Other tools have services and topics too: their members tell.
    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const DataNode topic = firstMember(root["topics"]);
        if (topic["partitions"] && topic["replication"])
            return Match::ByContent;
        const DataNode service = firstMember(root["services"]);
        if (isOneOf(service["type"].text(), " application kafka-streams kafka-connect ") &&
            !service["image"])
            return Match::ByContent;
        const DataNode role = firstMember(root["users"])["roles"];
        if (role.isArray() && role.size() > 0 &&
            isOneOf((*role.begin()).text(), " writer reader operator "))
            return Match::ByContent;
        const DataNode settings = root["settings"];
        const bool isState = settings["ccloud"].isObject() ||
                             !settings["files"]["services"].text().empty() ||
                             !settings["files"]["topics"].text().empty();
        return isState ? Match::ByContent : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        StateReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> kafkaGitopsImporter()
{
    return std::make_unique<KafkaGitopsImporter>();
}

}  // namespace portolan
