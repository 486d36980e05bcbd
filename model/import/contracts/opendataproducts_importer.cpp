// SPDX-License-Identifier: Apache-2.0
// Open Data Product Specification (opendataproducts.org), versions 3 and 4: a product, its contract, service levels and holder.
#include "model/import/document_content.h"
#include "model/import/importers.h"

namespace portolan {

namespace {

constexpr std::string_view format4 = "opendataproducts";

bool isPlaceholder(std::string_view text)
{
    return text.find("{{") != std::string_view::npos;
}

class ProductReading {
public:
    ProductReading(const DataNode& root, ImportContext& context)
        : m_product(root["product"]), m_root(root), m_context(context)
    {
    }

    void run()
    {
        const DataNode details = inLanguage(m_product["details"]);
        m_id = text(details, "productID");
        const std::string name = text(details, "name");
        if (isPlaceholder(m_id) || isPlaceholder(name)) {
            m_context.ignored("template", "its values are placeholders", details);
            return;
        }
        if (m_id.empty())
            m_id = name;
        if (m_id.empty()) {
            m_context.problem(Severity::Error, "opendataproducts.no-id",
                              "The product has neither productID nor name (required). File not "
                              "loaded.",
                              m_product ? m_product : m_root);
            return;
        }
        readProduct(details, name);
        readContract(m_product["contract"]);
        ignoreOthers(m_root, " schema version product ", "root", m_context);
        ignoreOthers(m_product, " details contract SLA dataHolder dataQuality dataOps ", "product",
                     m_context);
    }

private:
    std::string text(const DataNode& node, std::string_view key)
    {
        return textAt(node, key, m_context, format4);
    }

    // English, or the first of the languages that there are; the others are counted.
    DataNode inLanguage(const DataNode& texts)
    {
        DataNode chosen = texts["en"];
        for (const DataNode one : texts) {
            if (!one.isObject())
                continue;
            if (!chosen)
                chosen = one;
            else if (one.key() != chosen.key())
                m_context.ignored("details." + std::string(one.key()), "another language", one);
        }
        return chosen;
    }

    void claim(std::string_view property, const DataNode& value)
    {
        if (!value.text().empty())
            m_context.estate().fact(Claim{ClaimAbout::Product, m_id, std::string(property),
                                          value.string(), m_context.evidence(value)});
    }

    void readProduct(const DataNode& details, const std::string& name)
    {
        const std::string_view type = details["type"].text();
        const DataNode holder = inLanguage(m_product["dataHolder"]);
        ObservedProduct product;
        product.id = m_id;
        product.name = name.empty() ? m_id : name;
        product.owner = holder["legalName"].string();
        product.domain = holder["businessDomain"].string();
        if (type == "derived data")
            product.authority = Authority::Derived;
        else if (type == "raw data")
            product.authority = Authority::Authoritative;
        if (type == "reports" || type == "analytic view" || type == "dataset")
            product.kind = ProductKind::Analytical;
        product.isInferred =
            product.authority != Authority::Unknown || product.kind != ProductKind::Unknown;
        product.evidence = m_context.evidence(details);
        m_index = m_context.estate().product(std::move(product));
        for (const char* key : {"status", "productVersion", "visibility", "description"})
            claim(key, details[key]);
        for (const char* key : {"tags", "categories"}) {
            for (const DataNode tag : details[key])
                claim("tag", tag);
        }
        ignoreOthers(details,
                     " name productID status productVersion visibility description tags "
                     "categories type ",
                     "details", m_context);
    }

    void readContract(const DataNode& said)
    {
        if (!said.isObject()) {
            if (m_product["SLA"])
                m_context.ignored("product.SLA", "there is no contract that it belongs to",
                                  m_product["SLA"]);
            return;
        }
        // A contract given as text or in place is another format's; what it says of itself names it.
        DataNode inside = said["spec"];
        if (inside.isString())
            inside = m_context.embedded(inside);
        Contract contract;
        contract.id = text(said, "id");
        if (inside.isObject() && !inside["id"].text().empty())
            contract.id = inside["id"].string();
        if (contract.id.empty()) {
            m_context.unresolved("contract", "it has no id", said);
            return;
        }
        contract.name = inside["info"]["title"].string();
        if (contract.name.empty())
            contract.name = contract.id;
        contract.version = inside["info"]["version"].string();
        contract.apiVersion = text(said, "type") + " " + text(said, "contractVersion");
        contract.owner = inside["info"]["owner"].string();
        contract.product = m_index;
        readServiceLevels(contract);
        contract.contentHash = contentHash(said);
        contract.evidence = m_context.evidence(said);
        m_context.estate().contract(std::move(contract));
        if (said["contractURL"])
            m_context.unresolved(said["contractURL"].text(), "on the network: never fetched",
                                 said["contractURL"]);
        if (inside.isObject())
            ignoreOthers(inside, " id info ", "contract.spec", m_context);
        ignoreOthers(said, " id type contractVersion contractURL spec ", "contract", m_context);
    }

    // 4.0 lists them at once, 4.1 in packages.
    void readServiceLevels(Contract& contract)
    {
        const DataNode levels = m_product["SLA"];
        addLevels(levels["declarative"], contract);
        for (const DataNode package : levels) {
            if (package.isObject())
                addLevels(package["dimensions"], contract);
        }
    }

    static void addLevels(const DataNode& levels, Contract& contract)
    {
        for (const DataNode level : levels) {
            if (level["dimension"])
                contract.serviceLevels.push_back({level["dimension"].string(),
                                                  level["objective"].string(),
                                                  level["unit"].string(),
                                                  {}});
        }
    }

    DataNode m_product;
    DataNode m_root;
    ImportContext& m_context;
    std::string m_id;
    ProductIndex m_index;
};

class OpenDataProductsImporter : public Importer {
public:
    std::string_view format() const override { return format4; }
    std::string_view title() const override { return "Open Data Product Specification"; }
    std::string_view group() const override { return "Data contracts"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const bool isNamed =
            root["schema"].text().find("opendataproducts.org") != std::string_view::npos;
        return isNamed || (root["product"]["details"].isObject() && root["version"])
                   ? Match::ByContent
                   : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        context.setFormatVersion(root["version"].string());
        ProductReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> openDataProductsImporter()
{
    return std::make_unique<OpenDataProductsImporter>();
}

}  // namespace portolan
