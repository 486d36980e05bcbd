// SPDX-License-Identifier: Apache-2.0
// Open Data Product Standard (Bitol), versions 0.9 and 1.0: a product, what it offers and which contracts, at which versions, it uses.
#include "model/import/document_content.h"
#include "model/import/importers.h"

namespace portolan {

namespace {

constexpr std::string_view odps = "odps";

class OdpsReading {
public:
    OdpsReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context) {}

    void run()
    {
        m_id = text(m_root, "id");
        if (m_id.empty())
            m_id = text(m_root, "name");
        if (m_id.empty()) {
            m_context.problem(Severity::Error, "odps.no-id",
                              "The product has neither id nor name (required). File not loaded.",
                              m_root);
            return;
        }
        readProduct();
        for (const DataNode port : listAt(m_root, "inputPorts", m_context, odps))
            readInput(port, text(port, "contractId"), text(port, "version"), text(port, "name"));
        for (const DataNode port : listAt(m_root, "outputPorts", m_context, odps))
            readOutput(port);
        ignoreOthers(m_root,
                     " apiVersion kind id name version status domain tenant description tags team "
                     "inputPorts outputPorts type ",
                     "root", m_context);
    }

private:
    std::string text(const DataNode& node, std::string_view key)
    {
        return textAt(node, key, m_context, odps);
    }

    void claim(std::string_view property, const DataNode& value)
    {
        if (!value.text().empty())
            m_context.estate().fact(Claim{ClaimAbout::Product, m_id, std::string(property),
                                          value.string(), m_context.evidence(value)});
    }

    void readProduct()
    {
        ObservedProduct product;
        product.id = m_id;
        product.name = text(m_root, "name");
        if (product.name.empty())
            product.name = m_id;
        product.domain = text(m_root, "domain");
        const DataNode team = m_root["team"];
        product.owner = team["name"].string();
        ObservedTeam facts{
            product.owner,           product.owner, {}, {}, text(team, "description"), {},
            m_context.evidence(team)};
        for (const DataNode member : team.isArray() ? team : team["members"]) {
            const std::string person = member[member["name"] ? "name" : "username"].string();
            facts.members.push_back(person);
            if (product.owner.empty() && member["role"].text() == "owner")
                product.owner = person;
        }
        if (!facts.id.empty())
            m_context.estate().fact(std::move(facts));
        const std::string_view type = m_root["type"].text();  // of version 1.1
        product.authority = type == "sourceAligned" ? Authority::Authoritative
                            : type == "aggregate" || type == "consumerAligned" ? Authority::Derived
                            : m_root["inputPorts"].size() > 0                  ? Authority::Derived
                                                                               : Authority::Unknown;
        product.isInferred = product.authority != Authority::Unknown && type.empty();
        product.evidence = m_context.evidence(m_root["id"] ? m_root["id"] : m_root);
        m_context.estate().product(std::move(product));
        for (const char* key : {"status", "version", "tenant"})
            claim(key, m_root[key]);
        for (const DataNode tag : m_root["tags"])
            claim("tag", tag);
        m_context.estate().consumer(
            {m_id, text(m_root, "name"), {}, "data product", {}, m_context.evidence(m_root)});
    }

    void readInput(const DataNode& where, const std::string& contract, const std::string& version,
                   const std::string& name)
    {
        if (contract.empty()) {
            m_context.unresolved(name.empty() ? "inputPort" : name,
                                 "an input port without a contractId", where);
            return;
        }
        m_context.estate().fact(
            Adoption{m_id, contract, version, version, "port", {}, m_context.evidence(where)});
        m_context.estate().fact(
            ObservedRoute{contract, contract, m_id, name, m_context.evidence(where)});
        ignoreOthers(where, " name version contractId id ", "inputPort", m_context);
    }

    void readOutput(const DataNode& port)
    {
        const std::string name = text(port, "name");
        const std::string contract = text(port, "contractId");
        if (contract.empty())
            m_context.unresolved(name.empty() ? "outputPort" : name,
                                 "an output port without a contractId", port);
        else
            m_context.estate().fact(ObservedRoute{
                m_id, contract + "@" + text(port, "version"), {}, name, m_context.evidence(port)});
        for (const DataNode input : listAt(port, "inputContracts", m_context, odps)) {
            m_context.estate().fact(Adoption{m_id,
                                             text(input, "id"),
                                             text(input, "version"),
                                             text(input, "version"),
                                             "port",
                                             {},
                                             m_context.evidence(input)});
            m_context.estate().fact(
                ObservedRoute{text(input, "id"), contract, m_id, name, m_context.evidence(input)});
        }
        ignoreOthers(port, " name version contractId inputContracts description type ",
                     "outputPort", m_context);
    }

    DataNode m_root;
    ImportContext& m_context;
    std::string m_id;
};

class OdpsImporter : public Importer {
public:
    std::string_view format() const override { return odps; }
    std::string_view title() const override { return "Open Data Product Standard"; }
    std::string_view group() const override { return "Data contracts"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const std::string_view version = root["apiVersion"].text();
        return root["kind"].text() == "DataProduct" &&
                       (version.starts_with("v0.") || version.starts_with("v1."))
                   ? Match::ByContent
                   : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        const std::string version = root["apiVersion"].string();
        context.setFormatVersion(version);
        if (version != "v0.9.0" && version != "v1.0.0")
            context.problem(Severity::Note, "odps.newer-version",
                            "apiVersion is " + version +
                                " (known are v0.9.0 and v1.0.0). Read as v1.0.0.",
                            root["apiVersion"]);
        OdpsReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> odpsImporter()
{
    return std::make_unique<OdpsImporter>();
}

}  // namespace portolan
