// SPDX-License-Identifier: Apache-2.0
// EventCatalog, layouts 2 and 3: the frontmatter of its pages. What a page is about is told by its folder: domains/X/index.mdx,
// services/X/index.mdx, events/X/versioned/0.3.0/index.mdx, teams/x.mdx.
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/schema_reader.h"

#include <array>

namespace portolan {

namespace {

constexpr std::string_view eventcatalog = "eventcatalog";
constexpr std::array<std::string_view, 16> collections = {
    "domains", "subdomains", "systems",  "services",     "events", "commands",
    "queries", "channels",   "entities", "containers",   "flows",  "teams",
    "users",   "agents",     "diagrams", "data-products"};

// The folder's name in the plural: "events" of "domains/A/services/B/events/C/versioned/1.0.0/index.mdx"; empty when there is none.
std::string_view collectionOf(std::string_view name)
{
    if (name.substr(name.rfind('/') + 1).starts_with("ubiquitous-language."))
        return "ubiquitous-language";
    std::string_view found;
    const std::string_view folders =
        name.substr(0, name.rfind('/') == name.npos ? 0 : name.rfind('/'));
    for (std::string_view rest = folders; !rest.empty();) {
        const std::string_view part = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        for (const std::string_view collection : collections) {
            if (part == collection)
                found = collection;
        }
    }
    return found;
}

// The lines between the two rows of dashes at the beginning of a page; empty when there are none.
std::string_view frontmatterOf(std::string_view text)
{
    if (!text.starts_with("---\n") && !text.starts_with("---\r\n"))
        return {};
    const std::size_t start = text.find('\n') + 1;
    for (std::size_t at = start; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
            line.remove_suffix(1);
        if (line == "---")
            return text.substr(start, at - start);
        at = end + 1;
    }
    return {};
}

bool isOtherParty(const DataNode& page)
{
    return page["scope"].text() == "external";
}

class PageReading {
public:
    PageReading(const DataNode& page, std::string_view collection, ImportContext& context)
        : m_page(page), m_collection(collection), m_context(context)
    {
    }

    void run()
    {
        if (m_collection == "ubiquitous-language") {
            readLanguage();
            return;
        }
        m_id = textAt(m_page, "id", m_context, eventcatalog);
        if (m_id.empty()) {
            m_context.problem(Severity::Error, "eventcatalog.no-id",
                              "The page has no id (required). Page skipped.", m_page);
            return;
        }
        m_version = textAt(m_page, "version", m_context, eventcatalog);
        m_name = textAt(m_page, "name", m_context, eventcatalog);
        m_summary = textAt(m_page, "summary", m_context, eventcatalog);
        m_owner = ownerOf();
        read();
        ignoreOthers(m_page,
                     " id version name summary owners domains subdomains systems services sends "
                     "receives writesTo readsFrom schemaPath address protocols routes "
                     "container_type authoritative classification access_mode retention entities "
                     "identifier aggregateRoot properties dictionary specifications members email "
                     "scope relationships inputs outputs deprecated role avatarUrl ",
                     std::string(m_collection), m_context);
    }

private:
    std::string ownerOf() const
    {
        const DataNode owners = m_page["owners"];
        if (owners.size() == 0)
            return {};
        const DataNode first = *owners.begin();
        return first.isObject() ? first["id"].string() : first.string();
    }

    Evidence here() { return m_context.evidence(m_page["id"]); }

    void read()
    {
        if (m_collection == "domains" || m_collection == "subdomains")
            readDomain();
        else if (m_collection == "systems")
            readContext("system");
        else if (m_collection == "services" || m_collection == "agents")
            readService();
        else if (m_collection == "events")
            readMessage(ProductKind::Event);
        else if (m_collection == "commands" || m_collection == "queries")
            readMessage(ProductKind::OperationalApi);
        else if (m_collection == "channels")
            readChannel();
        else if (m_collection == "containers")
            readContainer();
        else if (m_collection == "entities")
            m_context.estate().term({context(), m_name.empty() ? m_id : m_name, m_summary, here()});
        else if (m_collection == "teams")
            readTeam();
        else if (m_collection == "data-products")
            readDataProduct();
        else
            m_context.ignored(std::string(m_collection), "pages of this kind are not kept",
                              m_page["id"]);
    }

    // The folder that the page stands in: the system, else the domain.
    std::string context() const
    {
        const std::string& name = m_context.name();
        for (const std::string_view collection : {"systems/", "domains/"}) {
            const std::size_t at = name.rfind(collection);
            if (at == std::string::npos)
                continue;
            const std::size_t start = at + collection.size();
            return name.substr(start, name.find('/', start) - start);
        }
        return {};
    }

    void readDomain()
    {
        m_context.estate().fact(ObservedDomain{m_id, m_name, {}, {}, m_owner, m_summary, here()});
        // What a domain points at belongs to it.
        for (const char* key : {"systems", "services"}) {
            for (const DataNode one : m_page[key]) {
                ObservedContext inside;
                inside.id = one["id"].string();
                inside.domain = m_id;
                inside.evidence = m_context.evidence(one);
                if (!inside.id.empty())
                    m_context.estate().fact(std::move(inside));
            }
        }
        for (const char* key : {"domains", "subdomains"}) {
            for (const DataNode one : m_page[key]) {
                ObservedDomain inside;
                inside.id = one["id"].string();
                inside.parent = m_id;
                inside.evidence = m_context.evidence(one);
                if (!inside.id.empty())
                    m_context.estate().fact(std::move(inside));
            }
        }
    }

    void readContext(const char* type)
    {
        m_context.estate().fact(ObservedContext{
            m_id, m_name, {}, m_owner, type, {}, m_summary, isOtherParty(m_page), here()});
        for (const DataNode one : m_page["services"]) {
            ObservedContext inside;
            inside.id = one["id"].string();
            inside.parent = m_id;
            inside.evidence = m_context.evidence(one);
            if (!inside.id.empty())
                m_context.estate().fact(std::move(inside));
        }
        for (const DataNode one : m_page["relationships"]) {
            const std::string other = one["id"].string();
            if (!other.empty())
                m_context.estate().fact(ObservedRelationship{other,
                                                             m_id,
                                                             "depends-on",
                                                             {},
                                                             {},
                                                             one["label"].string(),
                                                             one["description"].string(),
                                                             m_context.evidence(one)});
        }
    }

    void readService()
    {
        readContext(m_collection == "agents" ? "application" : "service");
        for (const DataNode one : listAt(m_page, "sends", m_context, eventcatalog))
            readPointer(one, true);
        for (const DataNode one : listAt(m_page, "receives", m_context, eventcatalog))
            readPointer(one, false);
        const JobIndex job = m_page["writesTo"] || m_page["readsFrom"]
                                 ? m_context.estate().job(eventcatalog, m_id, here())
                                 : JobIndex();
        std::vector<DatasetIndex> written;
        for (const DataNode one : m_page["writesTo"])
            written.push_back(container(one["id"].string(), one));
        for (const DataNode one : m_page["readsFrom"]) {
            const DatasetIndex from = container(one["id"].string(), one);
            for (const DatasetIndex to : written) {
                if (from.isValid() && to.isValid() && from != to)
                    m_context.estate().lineage(from, to, job, m_context.evidence(one));
            }
        }
        for (const DataNode one : m_page["specifications"]) {
            const std::string path = one["path"].string();
            const std::string shown = path.empty() ? one.string() : path;
            if (!shown.empty() && !m_context.siblingText(shown))
                m_context.unresolved(shown, "no such specification in the folder", one);
        }
    }

    DatasetIndex container(const std::string& id, const DataNode& where)
    {
        return id.empty()
                   ? DatasetIndex()
                   : m_context.estate().dataset(eventcatalog, {}, id, m_context.evidence(where));
    }

    // A message that the service sends or takes, with the version as it is written.
    void readPointer(const DataNode& pointer, bool isSent)
    {
        const std::string message = pointer["id"].string();
        if (message.empty()) {
            m_context.problem(Severity::Warning, "eventcatalog.pointer-without-id",
                              "A message pointer has no id (required). Pointer skipped.", pointer);
            return;
        }
        const std::string version = pointer["version"].string();
        const Evidence place = m_context.evidence(pointer);
        m_context.estate().fact(isSent ? ObservedRoute{m_id, message, {}, "sends", place}
                                       : ObservedRoute{{}, message, m_id, "receives", place});
        if (isSent)
            return;
        Adoption adoption{m_id, message, version.empty() ? "latest" : version, {}, "pointer",
                          {},   place};
        const bool isExact =
            !version.empty() && version.find_first_not_of("0123456789.") == std::string::npos;
        if (isExact)
            adoption.resolved = version;
        for (const DataNode field : pointer["fields"])
            adoption.fields.push_back(field.string());
        m_context.estate().consumer({m_id, m_name, m_owner, "service", {}, here()});
        m_context.estate().fact(std::move(adoption));
    }

    void readMessage(ProductKind kind)
    {
        ObservedProduct product;
        product.id = m_id;
        product.name = m_name;
        product.owner = m_owner;
        product.kind = kind;
        product.isInferred = true;
        product.evidence = here();
        Contract contract;
        contract.product = m_context.estate().product(std::move(product));
        contract.id = m_id;
        contract.version = m_version;
        contract.name = m_name;
        contract.owner = m_owner;
        contract.description = m_summary;
        const bool isDeprecated =
            m_page["deprecated"].boolean().value_or(false) || m_page["deprecated"].isObject();
        contract.status = isDeprecated ? ContractStatus::Deprecated : ContractStatus::Unknown;
        contract.statusText = isDeprecated ? "deprecated" : "";
        contract.contentHash = contentHash(m_page);
        contract.evidence = here();
        const EstateBuilder::Added added = m_context.estate().contract(std::move(contract));
        if (!added.isNew)
            return;
        const std::string place = m_page["schemaPath"].string();
        if (place.empty())
            return;
        const Result<DataNode> schema = m_context.sibling(place);
        if (!schema)
            m_context.unresolved(place, "no such schema in the folder", m_page["schemaPath"]);
        else if ((*schema)["type"].text() == "record")
            readAvroSchema(*schema, {added.contract, {}, m_name}, m_context);
        else
            readJsonSchema(*schema, {added.contract, {}, m_name}, JsonSchemaDialect::JsonSchema,
                           m_context);
    }

    void readChannel()
    {
        Channel channel;
        channel.name = m_id;
        channel.address = m_page["address"].string();
        for (const DataNode protocol : m_page["protocols"])
            channel.protocol += (channel.protocol.empty() ? "" : ", ") + protocol.string();
        if (channel.protocol == "kafka" && !channel.address.empty() &&
            channel.address.find('{') == std::string::npos)
            channel.dataset = m_context.estate().dataset("kafka", {}, channel.address, here());
        channel.evidence = here();
        m_context.estate().fact(std::move(channel));
        for (const DataNode route : m_page["routes"])
            m_context.estate().fact(ObservedRoute{m_id, m_id, route["id"].string(), "routes",
                                                  m_context.evidence(route)});
    }

    void readContainer()
    {
        const DatasetIndex index = container(m_id, m_page["id"]);
        Dataset& dataset = m_context.estate().estate().datasets[index.value];
        if (dataset.type.empty())
            dataset.type = m_page["container_type"].string();
        if (dataset.description.empty())
            dataset.description = m_summary;
        const std::string key = dataset.key();
        const auto claim = [&](std::string_view property, const std::string& value,
                               const DataNode& where) {
            if (!value.empty())
                m_context.estate().fact(Claim{ClaimAbout::Dataset, key, std::string(property),
                                              value, m_context.evidence(where)});
        };
        claim("owner", m_owner, m_page["owners"]);
        claim("context", context(), m_page["id"]);
        if (const std::optional<bool> is = m_page["authoritative"].boolean())
            claim("authority", *is ? "authoritative" : "derived", m_page["authoritative"]);
        for (const char* property : {"classification", "access_mode", "retention"})
            claim(property, m_page[property].string(), m_page[property]);
    }

    void readTeam()
    {
        ObservedTeam team{m_id, m_name, {}, m_page["email"].string(), m_summary, {}, here()};
        for (const DataNode member : m_page["members"])
            team.members.push_back(member.isObject() ? member["id"].string() : member.string());
        m_context.estate().fact(std::move(team));
    }

    void readDataProduct()
    {
        ObservedProduct product;
        product.id = m_id;
        product.name = m_name;
        product.owner = m_owner;
        product.kind = ProductKind::Analytical;
        product.authority = Authority::Derived;
        product.isInferred = true;
        product.evidence = here();
        m_context.estate().product(std::move(product));
        for (const DataNode input : m_page["inputs"]) {
            m_context.estate().fact(Adoption{m_id,
                                             input["id"].string(),
                                             input["version"].string(),
                                             {},
                                             "pointer",
                                             {},
                                             m_context.evidence(input)});
            m_context.estate().fact(
                ObservedRoute{{}, input["id"].string(), m_id, "input", m_context.evidence(input)});
        }
        for (const DataNode output : m_page["outputs"])
            m_context.estate().fact(ObservedRoute{
                m_id, output["id"].string(), {}, "output", m_context.evidence(output)});
    }

    void readLanguage()
    {
        for (const DataNode entry : m_page["dictionary"]) {
            const std::string name = entry[entry["name"].text().empty() ? "id" : "name"].string();
            const std::string meaning =
                entry[entry["description"].text().empty() ? "summary" : "description"].string();
            if (!name.empty())
                m_context.estate().term({context(), name, meaning, m_context.evidence(entry)});
        }
    }

    DataNode m_page;
    std::string_view m_collection;
    ImportContext& m_context;
    std::string m_id;
    std::string m_version;
    std::string m_name;
    std::string m_summary;
    std::string m_owner;
};

class EventCatalogImporter : public Importer {
public:
    std::string_view format() const override { return eventcatalog; }
    std::string_view title() const override { return "EventCatalog pages"; }
    std::string_view group() const override { return "Catalogs"; }
    bool readsText() const override { return true; }

    Match match(const SourceHead& head) const override
    {
        const bool isPage = head.fileName.ends_with(".mdx") || head.fileName.ends_with(".md");
        if (!isPage || collectionOf(head.fileName).empty())
            return Match::No;
        const std::string_view front = frontmatterOf(head.text);
        const bool hasId = front.starts_with("id:") || front.find("\nid:") != front.npos ||
                           front.find("dictionary:") != front.npos;
        return hasId ? Match::ByContent : Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        const std::string_view front = frontmatterOf(text);
        if (front.empty()) {
            context.problemAt(Severity::Error, "eventcatalog.no-frontmatter",
                              "The page has no frontmatter between two lines of dashes. Page "
                              "skipped.",
                              1);
            return;
        }
        const DataNode page = context.embeddedText(front, 2, "");
        const std::string_view collection = collectionOf(context.name());
        if (page.isObject())
            PageReading(page, collection.empty() ? "services" : collection, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> eventCatalogImporter()
{
    return std::make_unique<EventCatalogImporter>();
}

}  // namespace portolan
