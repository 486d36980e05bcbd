// SPDX-License-Identifier: Apache-2.0
// A JSON Schema that is a file of its own: one contract, with the root as its object, or each definition when the root has no fields.
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/schema_reader.h"

#include <algorithm>

namespace portolan {

namespace {

std::string_view draftOf(std::string_view url)
{
    for (const std::string_view draft :
         {"draft-03", "draft-04", "draft-06", "draft-07", "2019-09", "2020-12"}) {
        if (url.find(draft) != std::string_view::npos)
            return draft;
    }
    return {};
}

bool isVersion(std::string_view text)
{
    if (text.starts_with('v'))
        text.remove_prefix(1);
    const bool hasDigits = !text.empty() && text.front() >= '0' && text.front() <= '9';
    return hasDigits && text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

// "1.2.0" of "https://host/order/1.2.0/order.json" and "v2" of "order-v2.schema.json"; the last one counts.
std::string_view versionIn(std::string_view id)
{
    id = id.substr(0, id.find('#'));
    for (const std::string_view ending : {".json", ".yaml", ".yml", ".schema"}) {
        if (id.ends_with(ending))
            id.remove_suffix(ending.size());
    }
    const std::size_t host = id.find("://");
    if (host != std::string_view::npos)
        id.remove_prefix(std::min(id.find('/', host + 3), id.size()));
    std::string_view found;
    while (!id.empty() && found.empty()) {
        const std::size_t slash = id.rfind('/');
        const std::string_view part = slash == std::string_view::npos ? id : id.substr(slash + 1);
        const std::size_t dash = part.find_first_of("-_");
        const std::string_view ending =
            dash == std::string_view::npos ? std::string_view() : part.substr(dash + 1);
        found = isVersion(part) ? part : isVersion(ending) ? ending : std::string_view();
        id = slash == std::string_view::npos ? std::string_view() : id.substr(0, slash);
    }
    return found;
}

class JsonSchemaImporter : public Importer {
public:
    std::string_view format() const override { return "json-schema"; }
    std::string_view title() const override { return "JSON Schema"; }
    std::string_view group() const override { return "Schemas"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        const bool hasParts = root["properties"].isObject() || root["$defs"].isObject() ||
                              root["definitions"].isObject() || root["type"].isString() ||
                              root["$ref"] || root["allOf"] || root["oneOf"] || root["anyOf"];
        if (root["$schema"].text().find("json-schema.org") != std::string_view::npos)
            return Match::ByContent;
        return head.fileName.find(".schema.") != std::string_view::npos && hasParts ? Match::ByName
                                                                                    : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        const std::string_view draft = draftOf(root["$schema"].text());
        context.setFormatVersion(std::string(draft));
        if (draft.empty())
            context.problem(Severity::Note, "json-schema.no-draft",
                            "$schema does not name a known draft (expected draft-04 to 2020-12). "
                            "Read as 2020-12.",
                            root["$schema"] ? root["$schema"] : root);
        Contract contract;
        contract.name = root["title"].isString() ? root["title"].string() : std::string();
        for (const char* key : {"$id", "id"}) {
            if (contract.id.empty() && root[key].isString())
                contract.id = root[key].string();
        }
        const std::string file = context.name().substr(context.name().rfind('/') + 1);
        if (contract.name.empty())
            contract.name = file.substr(0, file.find('.'));
        if (contract.id.empty())
            contract.id = contract.name;
        for (const char* key : {"version", "$version", "x-version"}) {
            if (contract.version.empty() && !root[key].isObject() && !root[key].isArray())
                contract.version = root[key].string();
        }
        if (contract.version.empty() && contract.id != contract.name)
            contract.version = versionIn(contract.id);
        contract.description =
            root["description"].isString() ? root["description"].string() : std::string();
        contract.apiVersion = draft;
        contract.contentHash = contentHash(root);
        contract.evidence = context.evidence(root);
        const std::string name = contract.name;
        const EstateBuilder::Added added = context.estate().contract(std::move(contract));
        if (!added.isNew)
            return;
        readObjects(root, added.contract, name, context);
    }

private:
    static void readObjects(const DataNode& root, ContractIndex contract, const std::string& name,
                            ImportContext& context)
    {
        const bool isOnlyDefinitions = !root["properties"] && !root["allOf"] && !root["oneOf"] &&
                                       !root["anyOf"] && !root["$ref"] && !root["items"] &&
                                       !root["type"];
        if (!isOnlyDefinitions) {
            readJsonSchema(root, {contract, {}, name}, JsonSchemaDialect::JsonSchema, context);
            for (const char* key : {"$defs", "definitions"}) {
                if (root[key].isObject())
                    context.ignored(key, "read where they are referred to", root[key]);
            }
            return;
        }
        for (const char* key : {"$defs", "definitions"}) {
            for (const DataNode definition : root[key])
                readJsonSchema(definition, {contract, {}, std::string(definition.key())},
                               JsonSchemaDialect::JsonSchema, context);
        }
    }
};

}  // namespace

std::unique_ptr<Importer> jsonSchemaImporter()
{
    return std::make_unique<JsonSchemaImporter>();
}

}  // namespace portolan
