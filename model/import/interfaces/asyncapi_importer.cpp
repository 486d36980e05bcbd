// SPDX-License-Identifier: Apache-2.0
// AsyncAPI 2.0 to 2.6, 3.0 and 3.1: channels, messages and who sends what. In version 2 "publish" means that others publish to this
// application, which receives; version 3 says send and receive.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/interfaces/interface_info.h"
#include "model/import/schema_reader.h"

#include <algorithm>
#include <map>
#include <set>

namespace portolan {

namespace {

constexpr std::string_view asyncapi = "asyncapi";

std::string unescaped(std::string_view step)
{
    std::string plain;
    for (std::size_t i = 0; i < step.size(); ++i) {
        if (step[i] == '~' && i + 1 < step.size() && (step[i + 1] == '0' || step[i + 1] == '1'))
            plain += step[++i] == '0' ? '~' : '/';
        else
            plain += step[i];
    }
    return plain;
}

class AsyncApiReading {
public:
    AsyncApiReading(const DataNode& root, ImportContext& context)
        : m_root(root), m_context(context), m_isVersion2(root["asyncapi"].text().starts_with('2'))
    {
    }

    void run()
    {
        Contract contract = contractOfInfo(m_root, ProductKind::Event, asyncapi, m_context);
        readServers(contract);
        m_id = contract.id;
        const EstateBuilder::Added added = m_context.estate().contract(std::move(contract));
        m_contract = added.contract;
        if (!added.isNew)
            return;
        for (const DataNode message : m_root["components"]["messages"])
            readMessage(message, std::string(message.key()), {});
        for (const DataNode channel : m_root["channels"])
            readChannel(channel);
        for (const DataNode operation : m_isVersion2 ? DataNode() : m_root["operations"])
            readOperation(operation);
        ignoreOthers(m_root,
                     " asyncapi id info servers channels operations components tags "
                     "defaultContentType x-id x-owner x-domain x-status x-bounded-context ",
                     "root", m_context);
        // What is used of components is reached from where it is used; schemas by their messages.
        ignoreOthers(m_root["components"],
                     " messages schemas channels operations servers parameters messageTraits "
                     "operationTraits correlationIds tags replies replyAddresses serverVariables ",
                     "components", m_context);
    }

private:
    DataNode resolved(DataNode node)
    {
        for (int hops = 0; hops < 20 && node["$ref"].isString(); ++hops)
            node = followReference(node, node["$ref"].text(), m_context);
        return node;
    }

    void readServers(Contract& contract)
    {
        for (const DataNode one : m_root["servers"]) {
            const DataNode node = resolved(one);
            Server server;
            server.name = one.key();
            server.type = lowerCase(node["protocol"].text());
            server.location = node["host"] ? node["host"].string() + node["pathname"].string()
                                           : node["url"].string();
            if (server.type.starts_with("kafka") && m_kafka.empty())
                m_kafka = server.location.substr(0, server.location.find('/'));
            if (m_protocol.empty())
                m_protocol = server.type;
            contract.servers.push_back(std::move(server));
        }
    }

    void readChannel(const DataNode& node)
    {
        const DataNode whole = resolved(node);
        Channel channel;
        channel.contract = m_contract;
        channel.name = node.key();
        channel.address = m_isVersion2 ? std::string(node.key()) : whole["address"].string();
        if (const DataNode topic = whole["bindings"]["kafka"]["topic"]; topic.isString())
            channel.address = topic.string();
        channel.protocol = m_protocol;
        for (const DataNode binding : whole["bindings"]) {
            if (m_protocol.empty() && channel.protocol.empty())
                channel.protocol = binding.key();
        }
        channel.dataset = datasetOf(channel, node);
        if (m_isVersion2) {
            for (const char* key : {"publish", "subscribe"}) {
                if (whole[key].isObject())
                    readOldOperation(whole[key], key, channel);
            }
        } else {
            for (const DataNode message : whole["messages"])
                channel.messages.push_back(
                    readMessage(message, std::string(message.key()), channel.dataset));
        }
        channel.evidence = m_context.evidence(node);
        m_addresses[std::string(node.key())] =
            channel.address.empty() ? channel.name : channel.address;
        m_context.estate().fact(std::move(channel));
        ignoreOthers(whole,
                     " address messages publish subscribe bindings description title summary "
                     "parameters servers $ref tags ",
                     "channel", m_context);
    }

    DatasetIndex datasetOf(const Channel& channel, const DataNode& where)
    {
        const bool isMade = channel.address.find('{') != std::string::npos;
        if (channel.address.empty() || isMade || !channel.protocol.starts_with("kafka"))
            return {};
        const DatasetIndex index = m_context.estate().dataset("kafka", m_kafka, channel.address,
                                                              m_context.evidence(where));
        m_context.estate().estate().datasets[index.value].type = "topic";
        return index;
    }

    void readOldOperation(const DataNode& node, std::string_view key, Channel& channel)
    {
        // Others publish to this application: it receives.
        const bool isReceived = key == "publish";
        Operation operation;
        operation.name = textAt(node, "operationId", m_context, asyncapi);
        std::vector<DataNode> messages;
        const DataNode message = node["message"];
        if (message["oneOf"].isArray())
            messages.assign(message["oneOf"].begin(), message["oneOf"].end());
        else if (message.isObject())
            messages.push_back(message);
        for (const DataNode& one : messages) {
            const std::string name =
                readMessage(one, channel.name + " " + std::string(key), channel.dataset);
            channel.messages.push_back(name);
            if (operation.request.empty())
                operation.request = name;
        }
        addOperation(std::move(operation), isReceived, channel.address, node);
    }

    void readOperation(const DataNode& node)
    {
        const DataNode whole = resolved(node);
        const std::string action = textAt(whole, "action", m_context, asyncapi);
        if (action != "send" && action != "receive") {
            m_context.problem(Severity::Error, "asyncapi.no-action",
                              "The operation \"" + std::string(node.key()) +
                                  "\" has the action \"" + action +
                                  "\" (expected send or receive). Operation skipped.",
                              whole);
            return;
        }
        Operation operation;
        operation.name = node.key();
        for (const DataNode message : whole["messages"]) {
            checkMessage(message);
            if (operation.request.empty())
                operation.request = unescaped(lastPart(message["$ref"].text()));
        }
        addOperation(std::move(operation), action == "receive", addressOf(whole["channel"]), whole);
        if (const DataNode reply = resolved(whole["reply"]); reply.isObject()) {
            Operation answer;
            answer.name = std::string(node.key()) + " reply";
            addOperation(std::move(answer), action == "send", addressOf(reply["channel"]), reply);
        }
    }

    std::string addressOf(const DataNode& channel)
    {
        const std::string name = unescaped(lastPart(channel["$ref"].text()));
        const auto known = m_addresses.find(name);
        return known == m_addresses.end() ? name : known->second;
    }

    // A message of an operation refers into its channel.
    void checkMessage(const DataNode& message)
    {
        const std::string_view reference = message["$ref"].text();
        const std::size_t messages = reference.find("/messages/");
        if (!reference.starts_with("#/channels/") || messages == std::string_view::npos)
            return;
        const std::string channel = unescaped(reference.substr(11, messages - 11));
        const std::string name = unescaped(reference.substr(messages + 10));
        if (!resolved(m_root["channels"][channel])["messages"][name])
            m_context.problem(Severity::Error, "asyncapi.no-message",
                              "$ref '" + std::string(reference) + "' - channel \"" + channel +
                                  "\" has no message \"" + name + "\".",
                              message["$ref"]);
    }

    void addOperation(Operation operation, bool isReceived, const std::string& address,
                      const DataNode& node)
    {
        operation.contract = m_contract;
        operation.method = isReceived ? "receive" : "send";
        operation.address = address;
        if (operation.name.empty())
            operation.name = operation.method + " " + address;
        operation.description = node["summary"].string();
        operation.evidence = m_context.evidence(node);
        m_context.estate().fact(std::move(operation));
        m_context.estate().fact(ObservedRoute{
            isReceived ? std::string() : m_id, address, isReceived ? m_id : std::string(),
            isReceived ? "receives" : "sends", m_context.evidence(node)});
        if (!isReceived)
            return;
        m_context.estate().consumer({m_id, m_id, {}, "application", {}, m_context.evidence(node)});
        m_context.estate().fact(
            Adoption{m_id, address, {}, {}, "consumes", {}, m_context.evidence(node)});
    }

    // Answers the message's name; each message is read once.
    std::string readMessage(const DataNode& node, const std::string& place, DatasetIndex dataset)
    {
        const DataNode whole = resolved(node);
        std::string name = whole["name"].isString() ? whole["name"].string() : std::string();
        if (node["$ref"].isString())
            name = unescaped(lastPart(node["$ref"].text()));
        if (name.empty())
            name = place;
        if (!whole.isObject() || !m_read.insert({whole.tree(), whole.index()}).second)
            return name;
        DataNode payload = whole["payload"];
        for (const DataNode trait : whole["traits"]) {
            if (!payload)
                payload = resolved(trait)["payload"];
        }
        std::string format = whole["schemaFormat"].string();
        payload = resolved(payload);
        if (payload["schemaFormat"]) {
            format = payload["schemaFormat"].string();
            payload = payload["schema"];
        }
        const SchemaTarget target{m_contract, dataset, name};
        if (format.find("avro") != std::string::npos)
            readAvroSchema(payload.isString() ? m_context.embedded(payload) : resolved(payload),
                           target, m_context);
        else if (format.find("protobuf") != std::string::npos ||
                 format.find("raml") != std::string::npos)
            m_context.ignored("message.payload", "a payload in " + format + " is not read", whole);
        else if (payload.isObject())
            readJsonSchema(payload, target, JsonSchemaDialect::AsyncApi, m_context);
        else
            addEmpty(target, whole);
        if (whole["headers"])
            m_context.ignored("message.headers", "not kept", whole["headers"]);
        return name;
    }

    void addEmpty(const SchemaTarget& target, const DataNode& node)
    {
        SchemaObject object;
        object.contract = target.contract;
        object.dataset = target.dataset;
        object.name = target.name;
        object.evidence = m_context.evidence(node);
        m_context.estate().object(std::move(object));
    }

    DataNode m_root;
    ImportContext& m_context;
    bool m_isVersion2;
    ContractIndex m_contract;
    std::string m_id;
    std::string m_kafka;
    std::string m_protocol;
    std::map<std::string, std::string> m_addresses;  // of channels, by name
    std::set<std::pair<const DataTree*, std::uint32_t>> m_read;
};

class AsyncApiImporter : public Importer {
public:
    std::string_view format() const override { return asyncapi; }
    std::string_view title() const override { return "AsyncAPI"; }
    std::string_view group() const override { return "Interfaces"; }

    Match match(const SourceHead& head) const override
    {
        return head.document && !head.document->root()["asyncapi"].text().empty() ? Match::ByContent
                                                                                  : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        const std::string version = root["asyncapi"].string();
        context.setFormatVersion(version);
        if (!version.starts_with("2.") && !version.starts_with("3.") && version != "2" &&
            version != "3")
            context.problem(Severity::Warning, "asyncapi.unknown-version",
                            "asyncapi is \"" + version + "\" (expected 2.0 to 3.1). Read as 3.1.",
                            root["asyncapi"]);
        AsyncApiReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> asyncApiImporter()
{
    return std::make_unique<AsyncApiImporter>();
}

}  // namespace portolan
