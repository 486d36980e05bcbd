// SPDX-License-Identifier: Apache-2.0
// DCAT in JSON-LD (versions 1 to 3 and its profiles) and the data.json of DCAT-US 1.1. Terms are known by their last part, whatever
// prefix stands for their vocabulary; contexts are never fetched.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"

#include <algorithm>
#include <unordered_map>

namespace portolan {

namespace {

// "http://www.w3.org/ns/dcat#Dataset", "dcat:Dataset" and "Dataset" are one word.
std::string_view localName(std::string_view term)
{
    const std::size_t at = term.find_last_of("#/:");
    return at == std::string_view::npos ? term : term.substr(at + 1);
}

DataNode member(const DataNode& object, std::string_view name)
{
    DataNode found;
    for (const DataNode one : object) {
        if (localName(one.key()) == name)
            found = one;
    }
    return found;
}

// A text in any of its JSON-LD forms: a string, {"@value"}, {"@id"}, a list of those, a map of languages.
std::string wordOf(const DataNode& value, int depth = 0)
{
    if (value.isArray())
        return value.size() > 0 && depth < 4 ? wordOf(*value.begin(), depth + 1) : std::string();
    if (!value.isObject())
        return value.string();
    for (const char* key : {"@value", "name", "prefLabel", "title", "fn", "@id", "en"}) {
        const DataNode one = member(value, key);
        if (one.isObject() || one.isArray()) {
            if (depth < 4)
                return wordOf(one, depth + 1);
        } else if (one) {
            return one.string();
        }
    }
    return depth < 4 && value.size() > 0 ? wordOf(*value.begin(), depth + 1) : std::string();
}

std::vector<DataNode> listOf(const DataNode& value)
{
    if (value.isArray())
        return {value.begin(), value.end()};
    return value.isNull() ? std::vector<DataNode>() : std::vector<DataNode>{value};
}

bool isType(const DataNode& object, std::string_view type)
{
    const std::vector<DataNode> types = listOf(object["@type"]);
    return std::any_of(types.begin(), types.end(),
                       [&](const DataNode& one) { return localName(one.text()) == type; });
}

class DcatReading {
public:
    DcatReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context) {}

    void run()
    {
        index(m_root["@graph"].isArray() ? m_root["@graph"] : m_root);
        if (const DataNode context = m_root["@context"]; context.isString())
            m_context.unresolved(context.text(), "a context on the network is not fetched",
                                 context);
        for (const DataNode& node : listOf(m_root["@graph"].isArray() ? m_root["@graph"] : m_root))
            read(node, {}, 0);
    }

private:
    void index(const DataNode& nodes)
    {
        for (const DataNode& node : listOf(nodes)) {
            if (!node["@id"].text().empty())
                m_byId.emplace(node["@id"].text(), node);
        }
    }

    // What a name or a reference means in the file; the value itself when it stands there.
    DataNode target(const DataNode& value)
    {
        const std::string_view id = value.isString() ? value.text() : value["@id"].text();
        const auto known = m_byId.find(id);
        return known == m_byId.end() ? value : known->second;
    }

    std::string nameOf(const DataNode& value) { return wordOf(target(value)); }

    std::string idOf(const DataNode& node)
    {
        for (const char* key : {"@id", "identifier", "title"}) {
            if (std::string id = wordOf(member(node, key)); !id.empty())
                return id;
        }
        return {};
    }

    // `role` says what a node without @type is: what its place tells (DCAT-US 1.1).
    void read(const DataNode& node, std::string_view role, int depth)
    {
        if (!node.isObject() || depth > 20)
            return;
        if (isType(node, "Catalog") || (role.empty() && member(node, "dataset").isArray())) {
            readCatalog(node, depth);
        } else if (isType(node, "Dataset") || isType(node, "DatasetSeries") ||
                   (role == "dataset" && !node["@type"])) {
            readDataset(node);
        } else if (isType(node, "DataService") || (role == "service" && !node["@type"])) {
            readService(node);
        } else if (isType(node, "Organization") || isType(node, "Agent")) {
            m_context.estate().fact(
                ObservedTeam{idOf(node), wordOf(node), {}, {}, {}, {}, m_context.evidence(node)});
        } else {
            const std::string type = wordOf(node["@type"]);
            m_context.ignored(type.empty() ? "node without @type" : std::string(localName(type)),
                              "nodes of this type are not kept", node);
        }
    }

    void readCatalog(const DataNode& node, int depth)
    {
        for (const DataNode one : node) {
            const std::string_view key = localName(one.key());
            const bool isInside = key == "dataset" || key == "service" || key == "catalog";
            if (isInside) {
                for (const DataNode& inside : listOf(one)) {
                    if (inside.isObject() && (inside.size() > 1 || !inside["@id"]))
                        read(inside, key, depth + 1);
                    else if (target(inside).isString() || target(inside).size() <= 1)
                        m_context.unresolved(wordOf(inside), "not described in this file", inside);
                }
            } else if (!one.key().starts_with('@')) {
                m_context.ignored("Catalog." + std::string(key), "not kept", one);
            }
        }
    }

    void readDataset(const DataNode& node)
    {
        const std::string id = idOf(node);
        if (id.empty()) {
            m_context.problem(Severity::Error, "dcat.no-id",
                              "The dataset has neither @id nor identifier nor title. Skipped.",
                              node);
            return;
        }
        ObservedProduct product;
        product.id = id;
        product.name = wordOf(member(node, "title"));
        product.domain = nameOf(member(node, "theme"));
        product.owner = nameOf(member(node, "publisher"));
        product.isInferred = true;
        product.evidence = m_context.evidence(node);
        bool hasFile = false;
        bool hasService = false;
        for (const DataNode& distribution : listOf(member(node, "distribution")))
            readDistribution(target(distribution), id, hasFile, hasService);
        product.kind = hasFile      ? ProductKind::Analytical
                       : hasService ? ProductKind::OperationalApi
                                    : ProductKind::Unknown;
        m_context.estate().product(std::move(product));
        for (const char* key : {"wasDerivedFrom", "source"}) {
            for (const DataNode& origin : listOf(member(node, key)))
                m_context.estate().fact(ObservedRoute{wordOf(origin), wordOf(origin), id, key,
                                                      m_context.evidence(origin)});
        }
        for (const char* key : {"inSeries", "isPartOf"}) {
            if (const DataNode series = member(node, key))
                claim(id, "series", wordOf(series), series);
        }
        for (const DataNode& word : listOf(member(node, "keyword")))
            claim(id, "tag", wordOf(word), word);
        for (const char* key : {"modified", "accrualPeriodicity", "license", "accessLevel",
                                "version", "landingPage"}) {
            if (const DataNode value = member(node, key))
                claim(id, key, wordOf(value), value);
        }
        ignoreRest(node, "Dataset",
                   " @id @type identifier title description theme publisher distribution "
                   "wasDerivedFrom source inSeries isPartOf keyword modified accrualPeriodicity "
                   "license accessLevel version landingPage ");
    }

    void claim(const std::string& product, std::string_view property, std::string value,
               const DataNode& where)
    {
        if (!value.empty())
            m_context.estate().fact(Claim{ClaimAbout::Product, product, std::string(property),
                                          std::move(value), m_context.evidence(where)});
    }

    void readDistribution(const DataNode& node, const std::string& product, bool& hasFile,
                          bool& hasService)
    {
        if (!node.isObject()) {
            m_context.unresolved(node.text(), "a distribution that the file does not hold", node);
            return;
        }
        const std::string file = wordOf(member(node, "downloadURL"));
        const std::string access = wordOf(member(node, "accessURL"));
        hasFile |= !file.empty();
        hasService |= file.empty() && (!access.empty() || member(node, "accessService"));
        if (!file.empty())
            addFile(file, product, node);
        else if (!access.empty())
            claim(product, "accessURLs", access, member(node, "accessURL"));
        if (const DataNode service = member(node, "accessService")) {
            if (const DataNode whole = target(service); whole.isObject() && whole.size() > 1)
                readService(whole);
        }
        ignoreRest(node, "Distribution",
                   " @id @type downloadURL accessURL accessService title description mediaType "
                   "format ");
    }

    void addFile(const std::string& url, const std::string& product, const DataNode& node)
    {
        const std::size_t scheme = url.find("://");
        const std::size_t slash =
            scheme == std::string::npos ? std::string::npos : url.find('/', scheme + 3);
        if (slash == std::string::npos || slash + 1 >= url.size()) {
            m_context.unresolved(url, "not the address of a file", node);
            return;
        }
        const DatasetName name =
            fromNamespace(std::string_view(url).substr(0, slash), url.substr(slash));
        const DatasetIndex index = m_context.estate().dataset(name.platform, name.instance,
                                                              name.path, m_context.evidence(node));
        Dataset& dataset = m_context.estate().estate().datasets[index.value];
        if (dataset.type.empty())
            dataset.type = "file";
        if (dataset.description.empty())
            dataset.description = wordOf(member(node, "description"));
        m_context.estate().fact(Claim{ClaimAbout::Dataset, dataset.key(), "product", product,
                                      m_context.evidence(node)});
    }

    void readService(const DataNode& node)
    {
        ObservedProduct product;
        product.id = idOf(node);
        if (product.id.empty()) {
            m_context.ignored("DataService without a name", "not kept", node);
            return;
        }
        product.name = wordOf(member(node, "title"));
        product.owner = nameOf(member(node, "publisher"));
        product.kind = ProductKind::OperationalApi;
        product.evidence = m_context.evidence(node);
        const std::string id = product.id;
        m_context.estate().product(std::move(product));
        for (const DataNode& served : listOf(member(node, "servesDataset")))
            m_context.estate().fact(
                ObservedRoute{wordOf(served), id, {}, "servesDataset", m_context.evidence(served)});
        ignoreRest(node, "DataService",
                   " @id @type identifier title description publisher servesDataset ");
    }

    void ignoreRest(const DataNode& node, std::string_view owner, std::string_view known)
    {
        for (const DataNode one : node) {
            const std::string word = " " + std::string(localName(one.key())) + " ";
            if (known.find(word) == std::string_view::npos &&
                known.find(" " + std::string(one.key()) + " ") == std::string_view::npos)
                m_context.ignored(std::string(owner) + "." + std::string(localName(one.key())),
                                  "not kept", one);
        }
    }

    DataNode m_root;
    ImportContext& m_context;
    std::unordered_map<std::string_view, DataNode> m_byId;
};

bool hasDcatType(const DataNode& node)
{
    for (const std::string_view type :
         {"Catalog", "Dataset", "DataService", "DatasetSeries", "Distribution"}) {
        if (isType(node, type))
            return true;
    }
    return false;
}

class DcatImporter : public Importer {
public:
    std::string_view format() const override { return "dcat"; }
    std::string_view title() const override { return "DCAT catalogs"; }
    std::string_view group() const override { return "Catalogs"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const std::string_view conforms = root["conformsTo"].text();
        if (root["dataset"].isArray() && (conforms.find("project-open-data") != conforms.npos ||
                                          conforms.find("dcat-us") != conforms.npos))
            return Match::ByContent;
        const bool isLinked = root["@context"] || root.isArray();
        if (!isLinked && !root["@type"])
            return Match::No;
        int looked = 0;
        for (const DataNode& node : listOf(root["@graph"].isArray() ? root["@graph"] : root)) {
            if (hasDcatType(node))
                return Match::ByContent;
            if (++looked > 50)
                break;
        }
        return Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        const bool isOld = root["conformsTo"].text().find("v1.1") != std::string_view::npos;
        context.setFormatVersion(isOld ? "DCAT-US 1.1" : "JSON-LD");
        DcatReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> dcatImporter()
{
    return std::make_unique<DcatImporter>();
}

}  // namespace portolan
