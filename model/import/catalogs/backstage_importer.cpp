// SPDX-License-Identifier: Apache-2.0
// Backstage catalog entities: domains, systems, components, APIs, resources, groups and users, and who provides and consumes what.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/schema_reader.h"

namespace portolan {

namespace {

constexpr std::string_view backstage = "backstage";

// "[kind:][namespace/]name", without regard to case; a reference without a namespace means that of the entity that refers.
struct EntityName {
    std::string kind;
    std::string space;
    std::string name;

    // The name alone where it is in the default namespace, as people write it.
    std::string text() const
    {
        return space.empty() || space == "default" ? name : space + "/" + name;
    }
};

EntityName nameIn(std::string_view reference, std::string_view defaultKind,
                  std::string_view defaultSpace)
{
    EntityName name{std::string(defaultKind), std::string(defaultSpace), {}};
    if (const std::size_t colon = reference.find(':'); colon != std::string_view::npos) {
        name.kind = lowerCase(reference.substr(0, colon));
        reference.remove_prefix(colon + 1);
    }
    if (const std::size_t slash = reference.find('/'); slash != std::string_view::npos) {
        name.space = lowerCase(reference.substr(0, slash));
        reference.remove_prefix(slash + 1);
    }
    name.name = reference;
    return name;
}

bool isValidName(std::string_view name)
{
    if (name.empty() || name.size() > 63)
        return false;
    for (const char c : name) {
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!isLetter && !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != '.')
            return false;
    }
    return true;
}

class BackstageReading {
public:
    BackstageReading(const DataNode& root, ImportContext& context)
        : m_root(root), m_spec(root["spec"]), m_context(context)
    {
    }

    void run()
    {
        const std::string kind = textAt(m_root, "kind", m_context, backstage);
        const std::string name = textAt(m_root["metadata"], "name", m_context, backstage);
        if (kind == "Template" || name.find("${{") != std::string::npos) {
            m_context.ignored(kind.empty() ? "template" : kind, "a template for entities", m_root);
            return;
        }
        if (kind.empty() || name.empty()) {
            m_context.problem(Severity::Error, "backstage.no-name",
                              std::string("The entity has no ") +
                                  (kind.empty() ? "kind" : "metadata.name") +
                                  " (required). Entity skipped.",
                              m_root);
            return;
        }
        if (!isValidName(name))
            m_context.problem(Severity::Warning, "backstage.bad-name",
                              "metadata.name is \"" + name +
                                  "\" (expected at most 63 letters, digits, '-', '_' and '.'). "
                                  "Loaded all the same.",
                              m_root["metadata"]["name"]);
        m_space = lowerCase(m_root["metadata"]["namespace"].text());
        if (m_space.empty())
            m_space = "default";
        m_id = EntityName{lowerCase(kind), m_space, name}.text();
        m_title = m_root["metadata"]["title"].string();
        if (m_title.empty())
            m_title = name;
        m_description = textAt(m_root["metadata"], "description", m_context, backstage);
        m_owner = reference(m_spec["owner"], "group");
        read(kind);
        claims(kind);
    }

private:
    std::string reference(const DataNode& node, std::string_view kind)
    {
        return node.text().empty() ? std::string() : nameIn(node.text(), kind, m_space).text();
    }

    void read(const std::string& kind)
    {
        if (kind == "Domain")
            m_context.estate().fact(ObservedDomain{m_id,
                                                   m_title,
                                                   reference(m_spec["subdomainOf"], "domain"),
                                                   {},
                                                   m_owner,
                                                   m_description,
                                                   here()});
        else if (kind == "System")
            m_context.estate().fact(ObservedContext{m_id,
                                                    m_title,
                                                    reference(m_spec["domain"], "domain"),
                                                    m_owner,
                                                    "system",
                                                    {},
                                                    m_description,
                                                    false,
                                                    here()});
        else if (kind == "Component")
            readComponent();
        else if (kind == "API")
            readApi();
        else if (kind == "Resource")
            readResource();
        else if (kind == "Group")
            readGroup();
        else if (kind == "User")
            readUser();
        else if (kind == "Location")
            readLocation();
        else
            m_context.ignored(kind, "entities of this kind are not kept", m_root);
    }

    Evidence here() { return m_context.evidence(m_root["metadata"]["name"]); }

    void readComponent()
    {
        std::string parent = reference(m_spec["subcomponentOf"], "component");
        if (parent.empty())
            parent = reference(m_spec["system"], "system");
        m_context.estate().fact(ObservedContext{
            m_id, m_title, {}, m_owner, "service", parent, m_description, false, here()});
        readApis();
        readDependencies();
        ignoreOthers(m_spec,
                     " type lifecycle owner system subcomponentOf providesApis consumesApis "
                     "dependsOn dependencyOf ",
                     "spec", m_context);
    }

    void readApis()
    {
        for (const DataNode api : listAt(m_spec, "providesApis", m_context, backstage))
            m_context.estate().fact(ObservedRoute{
                m_id, reference(api, "api"), {}, "provides", m_context.evidence(api)});
        for (const DataNode api : listAt(m_spec, "consumesApis", m_context, backstage)) {
            const EntityName name = nameIn(api.text(), "api", m_space);
            if (name.kind != "api") {
                m_context.problem(Severity::Warning, "backstage.not-an-api",
                                  "consumesApis names \"" + api.string() + "\", a " + name.kind +
                                      " (expected an API). Loaded as a dependency.",
                                  api);
                depend(m_id, name.text(), api);
                continue;
            }
            m_context.estate().consumer({m_id, m_title, m_owner, "service", {}, here()});
            m_context.estate().fact(
                Adoption{m_id, name.text(), {}, {}, "consumes", {}, m_context.evidence(api)});
            m_context.estate().fact(
                ObservedRoute{{}, name.text(), m_id, "consumes", m_context.evidence(api)});
        }
    }

    // The one that is needed is upstream.
    void depend(const std::string& downstream, const std::string& upstream, const DataNode& where)
    {
        m_context.estate().fact(ObservedRelationship{
            upstream, downstream, "depends-on", {}, {}, {}, {}, m_context.evidence(where)});
    }

    void readDependencies()
    {
        for (const DataNode one : listAt(m_spec, "dependsOn", m_context, backstage))
            depend(m_id, reference(one, "component"), one);
        for (const DataNode one : listAt(m_spec, "dependencyOf", m_context, backstage))
            depend(reference(one, "component"), m_id, one);
    }

    void readApi()
    {
        const std::string type = lowerCase(m_spec["type"].text());
        ObservedProduct product;
        product.id = m_id;
        product.name = m_title;
        product.owner = m_owner;
        product.kind = type == "asyncapi" ? ProductKind::Event : ProductKind::OperationalApi;
        product.isInferred = true;
        product.evidence = here();
        const ProductIndex index = m_context.estate().product(std::move(product));
        if (const std::string system = reference(m_spec["system"], "system"); !system.empty())
            claim(ClaimAbout::Product, "context", system, m_spec["system"]);
        readDefinition(type, index);
        ignoreOthers(m_spec, " type lifecycle owner system definition ", "spec", m_context);
    }

    void readDefinition(const std::string& type, ProductIndex product)
    {
        const DataNode definition = m_spec["definition"];
        if (definition.isObject()) {
            for (const char* key : {"$text", "$json", "$yaml", "$openapi", "$asyncapi"}) {
                const std::string_view place = definition[key].text();
                if (place.empty())
                    continue;
                if (const Result<std::string> text = m_context.siblingText(place); text)
                    m_context.estate().fact(ObservedRoute{m_id,
                                                          std::string(place),
                                                          {},
                                                          "definition",
                                                          m_context.evidence(definition)});
                else
                    m_context.unresolved(place,
                                         text.error().code == "import.missing"
                                             ? "no such file"
                                             : "not in the imported folder: not followed",
                                         definition);
            }
            return;
        }
        if (definition.text().empty())
            return;
        Contract contract;
        contract.id = m_id;
        contract.name = m_title;
        contract.owner = m_owner;
        contract.product = product;
        contract.statusText = m_spec["lifecycle"].string();
        contract.status = contractStatusFrom(contract.statusText);
        contract.contentHash = contentHash(definition);
        contract.evidence = m_context.evidence(definition);
        DataNode parsed;
        if (type == "openapi" || type == "asyncapi")
            parsed = m_context.embedded(definition);
        contract.version = parsed["info"]["version"].string();
        const EstateBuilder::Added added = m_context.estate().contract(std::move(contract));
        if (!added.isNew)
            return;
        for (const DataNode schema : parsed["components"]["schemas"])
            readJsonSchema(schema, {added.contract, {}, std::string(schema.key())},
                           JsonSchemaDialect::OpenApi30, m_context);
        for (const DataNode path : parsed["paths"]) {
            for (const DataNode operation : path) {
                if (operation["responses"])
                    m_context.estate().fact(Operation{added.contract,
                                                      operation["operationId"].string(),
                                                      upperCase(operation.key()),
                                                      std::string(path.key()),
                                                      {},
                                                      {},
                                                      operation["summary"].string(),
                                                      false,
                                                      m_context.evidence(operation)});
            }
        }
        if (parsed.isMissing())
            m_context.ignored("definition in " + (type.empty() ? "no named language" : type),
                              "the text of the definition is not read", definition);
    }

    void readResource()
    {
        const std::string type = m_spec["type"].string();
        const DatasetIndex index =
            m_context.estate().dataset("backstage", m_space == "default" ? "" : m_space,
                                       m_id.substr(m_id.rfind('/') + 1), here());
        Dataset& dataset = m_context.estate().estate().datasets[index.value];
        if (dataset.type.empty())
            dataset.type = type;
        if (dataset.description.empty())
            dataset.description = m_description;
        const std::string key = dataset.key();
        const auto say = [&](std::string_view property, std::string value, const DataNode& where) {
            if (!value.empty())
                m_context.estate().fact(Claim{ClaimAbout::Dataset, key, std::string(property),
                                              std::move(value), m_context.evidence(where)});
        };
        say("owner", m_owner, m_spec["owner"]);
        say("context", reference(m_spec["system"], "system"), m_spec["system"]);
        readDependencies();
    }

    void readGroup()
    {
        ObservedTeam team{m_id,
                          m_spec["profile"]["displayName"].string(),
                          reference(m_spec["parent"], "group"),
                          m_spec["profile"]["email"].string(),
                          m_description,
                          {},
                          here()};
        if (team.name.empty())
            team.name = m_title;
        for (const DataNode member : listAt(m_spec, "members", m_context, backstage))
            team.members.push_back(reference(member, "user"));
        m_context.estate().fact(std::move(team));
        for (const DataNode child : listAt(m_spec, "children", m_context, backstage)) {
            const std::string id = reference(child, "group");
            m_context.estate().fact(
                ObservedTeam{id, {}, m_id, {}, {}, {}, m_context.evidence(child)});
        }
        ignoreOthers(m_spec, " type profile parent children members ", "spec", m_context);
    }

    void readUser()
    {
        for (const DataNode group : listAt(m_spec, "memberOf", m_context, backstage)) {
            const std::string id = reference(group, "group");
            m_context.estate().fact(
                ObservedTeam{id, {}, {}, {}, {}, {m_id}, m_context.evidence(group)});
        }
        ignoreOthers(m_spec, " profile memberOf ", "spec", m_context);
    }

    // Files that a Location names are imported with the folder; what lies elsewhere is listed.
    void readLocation()
    {
        std::vector<DataNode> targets = listAt(m_spec, "targets", m_context, backstage);
        if (m_spec["target"])
            targets.push_back(m_spec["target"]);
        for (const DataNode& target : targets) {
            const bool isPattern = target.text().find('*') != std::string_view::npos;
            const Result<std::string> text = isPattern ? Result<std::string>(std::string())
                                                       : m_context.siblingText(target.text());
            if (!text)
                m_context.unresolved(target.text(),
                                     text.error().code == "import.missing"
                                         ? "no such file"
                                         : "not in the imported folder: not followed",
                                     target);
        }
    }

    void claim(ClaimAbout about, std::string_view property, std::string value,
               const DataNode& where)
    {
        if (!value.empty())
            m_context.estate().fact(Claim{about, m_id, std::string(property), std::move(value),
                                          m_context.evidence(where)});
    }

    void claims(const std::string& kind)
    {
        const ClaimAbout about = kind == "Domain"                      ? ClaimAbout::Domain
                                 : kind == "API" || kind == "Resource" ? ClaimAbout::Product
                                 : kind == "Group"                     ? ClaimAbout::Team
                                                                       : ClaimAbout::Context;
        if (kind == "User" || kind == "Location")
            return;
        claim(about, "lifecycle", m_spec["lifecycle"].string(), m_spec["lifecycle"]);
        claim(about, "kind", m_spec["type"].string(), m_spec["type"]);
        const DataNode metadata = m_root["metadata"];
        for (const DataNode tag : metadata["tags"])
            claim(about, "tag", tag.string(), tag);
        for (const DataNode link : metadata["links"])
            claim(about, "link", link["url"].string(), link);
        ignoreOthers(metadata, " name namespace title description tags links ", "metadata",
                     m_context);
        ignoreOthers(m_root, " apiVersion kind metadata spec ", "entity", m_context);
    }

    DataNode m_root;
    DataNode m_spec;
    ImportContext& m_context;
    std::string m_space;
    std::string m_id;
    std::string m_title;
    std::string m_description;
    std::string m_owner;
};

class BackstageImporter : public Importer {
public:
    std::string_view format() const override { return backstage; }
    std::string_view title() const override { return "Backstage catalog"; }
    std::string_view group() const override { return "Catalogs"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const DataNode first = root.isArray() && root.size() > 0 ? *root.begin() : root;
        const std::string_view version = first["apiVersion"].text();
        return version.starts_with("backstage.io/") ||
                       version.starts_with("scaffolder.backstage.io/")
                   ? Match::ByContent
                   : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        if (root.isNull())
            return;
        const DataNode first = root.isArray() && root.size() > 0 ? *root.begin() : root;
        const std::string_view version = first["apiVersion"].text();
        context.setFormatVersion(std::string(version.substr(version.find('/') + 1)));
        if (!root.isArray()) {
            BackstageReading(root, context).run();
            return;
        }
        for (const DataNode entity : root)
            BackstageReading(entity, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> backstageImporter()
{
    return std::make_unique<BackstageImporter>();
}

}  // namespace portolan
