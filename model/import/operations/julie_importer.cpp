// SPDX-License-Identifier: Apache-2.0
// Topologies of JulieOps (once Kafka Topology Builder): topics by project with who reads and writes them. A topic's whole name is
// joined from what stands above it, as the tool does unless it is set up otherwise.
#include "model/import/document_content.h"
#include "model/import/operations/kafka_facts.h"
#include "model/import/operations/operation_values.h"
#include "model/import/operations/operations_importers.h"

#include <string>

namespace portolan {

namespace {

constexpr std::string_view julie = "julie";

class TopologyReading {
public:
    TopologyReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context)
    {
    }

    void run()
    {
        readPrefix();
        for (const DataNode& project : listAt(m_root, "projects", m_context, julie))
            readProject(project);
        if (m_root["platform"])
            m_context.ignored("platform", "services of the cluster itself", m_root["platform"]);
        if (m_hasJoined)
            m_context.problem(Severity::Note, "julie.joined-names",
                              "Names of topics are joined from the topology: \"" + m_example +
                                  "\" (expected unless the tool is set up with another "
                                  "topic.prefix.format). Kept as inferred.",
                              m_root["context"]);
    }

private:
    std::string text(const DataNode& node, std::string_view key)
    {
        return textAt(node, key, m_context, julie);
    }

    // context, then every further text before the projects in the order of the file.
    void readPrefix()
    {
        m_prefix = text(m_root, "context");
        for (const DataNode member : m_root) {
            if (member.key() == "projects" || member.key() == "platform")
                break;
            if (member.key() != "context" && !member.text().empty())
                m_prefix += "." + member.string();
        }
    }

    void readProject(const DataNode& project)
    {
        m_project = text(project, "name");
        if (m_project.empty()) {
            m_context.problem(Severity::Error, "julie.no-name",
                              "project without name (required). Project skipped.", project);
            return;
        }
        std::vector<DatasetIndex> topics;
        for (const DataNode& topic : listAt(project, "topics", m_context, julie)) {
            if (const DatasetIndex dataset = readTopic(topic); dataset.isValid())
                topics.push_back(dataset);
        }
        for (const DataNode& reader : listAt(project, "consumers", m_context, julie))
            forEach(reader, "principal", topics, &TopologyReading::addReader);
        for (const DataNode& writer : listAt(project, "producers", m_context, julie))
            forEach(writer, "principal", topics, &TopologyReading::addWriter);
        for (const DataNode& stream : listAt(project, "streams", m_context, julie))
            readFlow(stream, "streams", "KAFKA_STREAMS");
        readConnectors(project["connectors"]);
        reportUnread(m_context, project, " name topics consumers producers streams connectors ",
                     "not about topics and who uses them");
    }

    // A list, or an object with the list and the artefacts to deploy.
    void readConnectors(const DataNode& connectors)
    {
        if (connectors.isObject()) {
            for (const DataNode& one : listAt(connectors, "access_control", m_context, julie))
                readFlow(one, "connector", "KAFKA_CONNECT");
            if (connectors["artefacts"])
                m_context.ignored("connectors.artefacts", "files that are read by themselves",
                                  connectors["artefacts"]);
            return;
        }
        if (!connectors.isArray())
            return;
        for (const DataNode connector : connectors)
            readFlow(connector, "connector", "KAFKA_CONNECT");
    }

    DatasetIndex readTopic(const DataNode& node)
    {
        const std::string name = text(node, "name");
        if (name.empty()) {
            m_context.problem(Severity::Error, "julie.no-name",
                              "topic without name under project \"" + m_project +
                                  "\" (required). Topic skipped.",
                              node);
            return {};
        }
        std::string whole = m_prefix + "." + m_project + "." + name;
        if (const std::string type = text(node, "dataType"); !type.empty())
            whole += "." + type;
        if (!m_hasJoined)
            m_example = whole;
        m_hasJoined = true;
        const DatasetIndex topic =
            addTopic(m_context.estate(), "", whole, m_context.evidence(node["name"]));
        claim(topic, "context", m_project, node["name"]);
        for (const std::string_view key : {"owner", "domain"})
            claim(topic, key, text(node["metadata"], key), node["metadata"][key]);
        for (const DataNode& reader : listAt(node, "consumers", m_context, julie))
            forEach(reader, "principal", {topic}, &TopologyReading::addReader);
        for (const DataNode& writer : listAt(node, "producers", m_context, julie))
            forEach(writer, "principal", {topic}, &TopologyReading::addWriter);
        reportUnread(m_context, node, " name dataType metadata consumers producers ",
                     "settings and schema files of topics are not kept");
        reportUnread(m_context, node["metadata"], " owner domain ", "not known", "metadata.");
        return topic;
    }

    void claim(DatasetIndex topic, std::string_view property, const std::string& value,
               const DataNode& where)
    {
        if (value.empty())
            return;
        Claim claim;
        claim.subject = m_context.estate().estate().datasets[topic.value].key();
        claim.property = property;
        claim.value = value;
        claim.evidence = m_context.evidence(where);
        m_context.estate().fact(std::move(claim));
    }

    TopicUser userOf(const DataNode& node, std::string_view key, std::string type)
    {
        TopicUser user;
        user.id = text(node, key);
        user.type = std::move(type);
        user.name = text(node["metadata"], "system");
        user.owner = text(node["metadata"], node["metadata"]["owner"] ? "owner" : "contactInfo");
        if (user.id.empty())
            m_context.problem(Severity::Warning, "julie.no-principal",
                              "access without a principal under project \"" + m_project +
                                  "\" (required). Access skipped.",
                              node);
        return user;
    }

    using Add = void (TopologyReading::*)(const TopicUser&, DatasetIndex, const Evidence&);

    void addReader(const TopicUser& user, DatasetIndex topic, const Evidence& place)
    {
        addTopicReader(m_context.estate(), user, topic, place);
    }

    void addWriter(const TopicUser& user, DatasetIndex topic, const Evidence& place)
    {
        addTopicWriter(m_context.estate(), user, topic, place);
    }

    void forEach(const DataNode& node, std::string_view key,
                 const std::vector<DatasetIndex>& topics, Add add)
    {
        const TopicUser user = userOf(node, key, "principal");
        if (user.id.empty())
            return;
        for (const DatasetIndex topic : topics)
            (this->*add)(user, topic, m_context.evidence(node[key]));
    }

    // An application's own topics are written whole; what it reads flows into what it writes.
    void readFlow(const DataNode& node, const std::string& type, std::string_view integration)
    {
        const TopicUser user = userOf(node, "principal", type);
        if (user.id.empty())
            return;
        std::vector<DatasetIndex> reads;
        std::vector<DatasetIndex> writes;
        EstateBuilder& estate = m_context.estate();
        for (const DataNode& topic : listAt(node["topics"], "read", m_context, julie)) {
            if (topic.text().empty())
                continue;
            const Evidence place = m_context.evidence(topic);
            reads.push_back(addTopic(estate, "", topic.text(), place));
            addTopicReader(estate, user, reads.back(), place);
        }
        for (const DataNode& topic : listAt(node["topics"], "write", m_context, julie)) {
            if (topic.text().empty())
                continue;
            const Evidence place = m_context.evidence(topic);
            writes.push_back(addTopic(estate, "", topic.text(), place));
            addTopicWriter(estate, user, writes.back(), place);
        }
        if (reads.empty() || writes.empty())
            return;
        const std::string id = text(node, "applicationId");
        const Evidence place = m_context.evidence(node);
        const JobIndex job = estate.job("julie", id.empty() ? user.id : id, place);
        estate.estate().jobs[job.value].integration = integration;
        for (const DatasetIndex from : reads) {
            for (const DatasetIndex to : writes)
                estate.lineage(from, to, job, place);
        }
    }

    const DataNode m_root;
    ImportContext& m_context;
    std::string m_prefix;
    std::string m_project;
    std::string m_example;
    bool m_hasJoined = false;
};

class JulieImporter : public Importer {
public:
    std::string_view format() const override { return julie; }
    std::string_view title() const override { return "JulieOps topology"; }
    std::string_view group() const override { return "Operations"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const DataNode projects = root["projects"];
        if (root["context"].text().empty() || !projects.isArray() || projects.size() == 0)
            return Match::No;
        const DataNode first = *projects.begin();
        for (const std::string_view key :
             {"topics", "consumers", "producers", "streams", "connectors"}) {
            if (first[key])
                return Match::ByContent;
        }
        return Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        TopologyReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> julieImporter()
{
    return std::make_unique<JulieImporter>();
}

}  // namespace portolan
