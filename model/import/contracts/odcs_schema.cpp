// SPDX-License-Identifier: Apache-2.0
#include "model/import/contracts/odcs_schema.h"

#include "model/import/dataset_name.h"
#include "model/import/document_content.h"

#include <algorithm>
#include <array>

namespace portolan {

namespace {

constexpr std::string_view format = "odcs";

// Keys of version 3.1 that are read, those that are not kept, and those that the coming 3.2 adds.
constexpr std::string_view objectKeys =
    " id name physicalType physicalName description logicalType quality relationships properties "
    "items ";
constexpr std::string_view propertyKeys =
    " id name physicalType physicalName description logicalType quality relationships properties "
    "items primaryKey primaryKeyPosition required classification transformSourceObjects "
    "transformLogic ";
constexpr std::string_view unkeptKeys =
    " businessName authoritativeDefinitions tags customProperties deprecated "
    "dataGranularityDescription logicalTypeOptions unique partitioned partitionKeyPosition "
    "encryptedName transformDescription examples criticalDataElement ";
// Version 2 says the same by other names, and more.
constexpr std::string_view oldKeys =
    " id name table column columns physicalName physicalType description logicalType quality "
    "properties isPrimaryKey isPrimary primary isNullable nullable classification "
    "transformSourceTables transformSourceObjects transformLogic ";
constexpr std::string_view newerElementKeys = " enum map context semanticType synonyms ";

constexpr std::array<std::string_view, 8> operators = {
    "mustBe",         "mustNotBe",           "mustBeGreaterThan", "mustBeGreaterOrEqualTo",
    "mustBeLessThan", "mustBeLessOrEqualTo", "mustBeBetween",     "mustNotBeBetween"};

constexpr std::array<std::string_view, 5> metrics = {"nullValues", "missingValues", "invalidValues",
                                                     "duplicateValues", "rowCount"};

bool isTrue(const DataNode& node)
{
    return node.boolean().value_or(false);
}

// "schema/<id>/properties/<id>", maybe with "other.yaml#" before it, and "object.property".
bool isElsewhere(std::string_view target)
{
    return target.find('#') != std::string_view::npos;
}

std::string lastId(std::string_view target)
{
    return std::string(target.substr(target.rfind('/') + 1));
}

std::vector<std::string> textsOf(const DataNode& node)
{
    std::vector<std::string> texts;
    if (node.isArray()) {
        for (const DataNode element : node)
            texts.push_back(element.string());
    } else if (!node.isNull()) {
        texts.push_back(node.string());
    }
    return texts;
}

}  // namespace

OdcsSchema::OdcsSchema(ImportContext& context, OdcsFacts facts)
    : m_context(context), m_facts(std::move(facts))
{
}

void OdcsSchema::read(const std::vector<DataNode>& objects)
{
    for (const DataNode& object : objects)
        readObject(object);
    resolveReferences();
    if (m_unplacedSources > 0)
        m_context.problem(Severity::Note, "odcs.unplaced-source",
                          "Fields are made from " + std::to_string(m_unplacedSources) +
                              " source objects, but no server says where those are. Their "
                              "lineage is left out.",
                          m_firstUnplaced);
}

void OdcsSchema::checkKeys(const DataNode& object, std::string_view read, std::string_view unkept,
                           std::string_view newer)
{
    for (const DataNode member : object) {
        const std::string_view key = member.key();
        if (isOneOf(key, read) || key == "<<")
            continue;
        if (isOneOf(key, unkept)) {
            m_context.ignored(key, "not kept", member);
        } else if (isOneOf(key, newer)) {
            if (std::find(m_newerKeys.begin(), m_newerKeys.end(), key) == m_newerKeys.end())
                m_newerKeys.emplace_back(key);
        } else if (m_unknownKeys.emplace(key).second) {
            m_context.problem(Severity::Warning, "odcs.unknown-key",
                              "The key \"" + std::string(key) +
                                  "\" is not known to the standard (extensions belong into "
                                  "customProperties). Key skipped.",
                              member);
        }
    }
}

void OdcsSchema::readObject(const DataNode& node)
{
    if (!node.isObject()) {
        m_context.problem(Severity::Error, "odcs.wrong-type",
                          "An entry of the schema is no object. Entry skipped.", node);
        return;
    }
    const bool isOld = m_facts.isVersion2;
    if (isOld)
        ignoreOthers(node, oldKeys, "table", m_context);
    else
        checkKeys(node, objectKeys, unkeptKeys, newerElementKeys);
    SchemaObject object;
    object.contract = m_facts.contract;
    object.name = textAt(node, isOld && node["table"] ? "table" : "name", m_context, format);
    object.physicalName = textAt(node, "physicalName", m_context, format);
    object.description = textAt(node, "description", m_context, format);
    object.evidence = m_context.evidence(node);
    if (object.name.empty()) {
        m_context.problem(Severity::Error, "odcs.object-without-name",
                          "An object of the schema has no name (required). Object skipped.", node);
        return;
    }
    OpenObject open;
    open.name = object.name;
    open.dataset = datasetOf(object.physicalName.empty() ? object.name : object.physicalName, node);
    object.dataset = open.dataset;
    open.index = m_context.estate().object(std::move(object));
    m_objects.insert(open.name);
    if (node["id"])
        m_objects.insert(node["id"].string());
    readProperties(node, "", open);
    readItems(node, "", open);
    readQuality(node, open.index, {});
    for (const DataNode& relationship : listAt(node, "relationships", m_context, format))
        m_objectRelationships.push_back({relationship, open.name});
}

DatasetIndex OdcsSchema::datasetOf(const std::string& physicalName, const DataNode& node)
{
    const OdcsLocation& location = m_facts.location;
    if (location.platform.empty())
        return {};
    const std::string path = unquotedPath(location.platform, physicalName);
    const bool isWhole = location.prefix.empty() || path.find('.') != std::string::npos;
    const DatasetIndex dataset = m_context.estate().dataset(
        location.platform, location.instance, isWhole ? path : location.prefix + "." + path,
        m_context.evidence(node));
    Dataset& facts = m_context.estate().estate().datasets[dataset.value];
    if (facts.type.empty() && !node["physicalType"].text().empty())
        facts.type = lowerCase(node["physicalType"].text());
    return dataset;
}

void OdcsSchema::readProperties(const DataNode& parent, const std::string& prefix,
                                OpenObject& object)
{
    const std::string_view key = m_facts.isVersion2 && parent["columns"] ? "columns" : "properties";
    for (const DataNode& property : listAt(parent, key, m_context, format))
        readProperty(property, prefix, object);
}

void OdcsSchema::readProperty(const DataNode& node, const std::string& prefix, OpenObject& object)
{
    const bool isOld = m_facts.isVersion2;
    const std::string name =
        textAt(node, isOld && node["column"] ? "column" : "name", m_context, format);
    if (name.empty()) {
        m_context.problem(
            Severity::Error, "odcs.property-without-name",
            "property without name under schema \"" + object.name + "\". Property skipped.", node);
        return;
    }
    if (isOld)
        ignoreOthers(node, oldKeys, "column", m_context);
    else
        checkKeys(node, propertyKeys, unkeptKeys, newerElementKeys);
    Field field;
    field.object = object.index;
    field.path = prefix + name;
    field.logicalType = textAt(node, "logicalType", m_context, format);
    field.physicalType = textAt(node, "physicalType", m_context, format);
    field.description = textAt(node, "description", m_context, format);
    field.classification = textAt(node, "classification", m_context, format);
    const std::optional<bool> isNullable =
        node["isNullable"] ? node["isNullable"].boolean() : node["nullable"].boolean();
    if (!isOld)
        field.isRequired = isTrue(node["required"]);
    else if (isNullable)
        field.isRequired = !*isNullable;
    readKey(node, field, object);
    field.evidence = m_context.evidence(node);
    const std::string path = field.path;
    const FieldIndex index = m_context.estate().field(std::move(field));
    remember(node, object.name, path, index);
    checkEnum(node);
    readTransform(node, object);
    readTransformLogic(node, path, object);
    readQuality(node, object.index, index);
    readPropertyRelationships(node, index);
    readProperties(node, path + ".", object);
    readItems(node, path, object);
}

// Items are fields by what they hold only: they have no name of their own.
void OdcsSchema::readItems(const DataNode& property, const std::string& path, OpenObject& object)
{
    const DataNode items = property["items"];
    if (!items.isObject())
        return;
    readProperties(items, path + "[].", object);
    readItems(items, path + "[]", object);
}

void OdcsSchema::readKey(const DataNode& node, Field& field, OpenObject& object)
{
    const bool isKey =
        isTrue(node["primaryKey"]) ||
        (m_facts.isVersion2 &&
         (isTrue(node["isPrimaryKey"]) || isTrue(node["isPrimary"]) || isTrue(node["primary"])));
    if (!isKey)
        return;
    ++object.keys;
    const std::int64_t position = node["primaryKeyPosition"].integer().value_or(0);
    field.keyPosition =
        position > 0 && position < 100'000 ? static_cast<int>(position) : object.keys;
}

void OdcsSchema::readTransform(const DataNode& node, OpenObject& object)
{
    const std::string_view key =
        m_facts.isVersion2 ? "transformSourceTables" : "transformSourceObjects";
    for (const DataNode& source : listAt(node, key, m_context, format)) {
        if (source.text().empty())
            continue;
        if (!object.dataset.isValid()) {
            if (m_unplacedSources++ == 0)
                m_firstUnplaced = source;
            continue;
        }
        const OdcsLocation& location = m_facts.location;
        const std::string path = unquotedPath(location.platform, source.text());
        const bool isWhole = location.prefix.empty() || path.find('.') != std::string::npos;
        const Evidence evidence = m_context.evidence(source);
        const DatasetIndex from =
            m_context.estate().dataset(location.platform, location.instance,
                                       isWhole ? path : location.prefix + "." + path, evidence);
        if (from != object.dataset)
            m_context.estate().lineage(from, object.dataset, {}, evidence);
    }
}

// A query that gives this one column; other words are no query.
void OdcsSchema::readTransformLogic(const DataNode& node, const std::string& path,
                                    const OpenObject& object)
{
    const DataNode logic = node["transformLogic"];
    if (logic.text().empty())
        return;
    const std::string start = lowerCase(logic.text().substr(0, 7));
    const bool isQuery =
        start.starts_with("select") || start.starts_with("sel ") || start.starts_with("with ");
    if (!isQuery || !object.dataset.isValid()) {
        m_context.ignored("transformLogic",
                          isQuery ? "the contract does not say where its data is" : "no query",
                          logic);
        return;
    }
    ObservedQuery query;
    query.writes = object.dataset;
    query.column = path;
    query.text = logic.string();
    query.dialect = m_facts.location.platform;
    query.space = m_facts.location.prefix;
    query.evidence = m_context.evidence(logic);
    m_context.estate().fact(std::move(query));
}

void OdcsSchema::readQuality(const DataNode& owner, SchemaObjectIndex object, FieldIndex field)
{
    for (const DataNode& rule : listAt(owner, "quality", m_context, format))
        readRule(rule, object, field);
}

void OdcsSchema::readRule(const DataNode& node, SchemaObjectIndex object, FieldIndex field)
{
    if (!node.isObject()) {
        m_context.problem(Severity::Warning, "odcs.wrong-type",
                          "A quality rule is no object. Rule skipped.", node);
        return;
    }
    Check check;
    check.contract = m_facts.contract;
    check.object = object;
    check.field = field;
    for (const std::string_view key : {"name", "code", "metric", "rule", "templateName", "id"}) {
        if (check.name.empty())
            check.name = textAt(node, key, m_context, format);
    }
    check.type = textAt(node, "type", m_context, format);
    if (check.type.empty() && !m_facts.isVersion2)
        check.type = "library";
    check.isReconciliation =
        node["method"].text() == "reconciliation" || check.type == "reconciliation";
    int count = 0;
    check.expression = node["query"].string();
    for (const std::string_view key : operators) {
        const DataNode value = node[key];
        if (!value)
            continue;
        ++count;
        check.expression += (check.expression.empty() ? "" : " ") + std::string(key) + " " +
                            std::string(value.isArray() ? value.raw() : value.text());
    }
    if (check.expression.empty() && node["implementation"])
        check.expression = node["implementation"].isObject() || node["implementation"].isArray()
                               ? std::string(node["implementation"].raw())
                               : node["implementation"].string();
    check.evidence = m_context.evidence(node);
    if (!m_facts.isVersion2)
        checkRule(node, check, count);
    m_context.estate().check(std::move(check));
}

void OdcsSchema::checkRule(const DataNode& node, const Check& check, int count)
{
    const std::string metric = node["metric"].string();
    if (!metric.empty() && std::find(metrics.begin(), metrics.end(), metric) == metrics.end())
        m_context.problem(Severity::Warning, "odcs.unknown-metric",
                          "metric is \"" + metric +
                              "\" (expected nullValues, missingValues, invalidValues, "
                              "duplicateValues or rowCount). Rule kept as it is.",
                          node["metric"]);
    if (count > 1)
        m_context.problem(
            Severity::Warning, "odcs.several-operators",
            "quality rule with " + std::to_string(count) +
                " operators (expected exactly one). Rule kept as it is: " + check.expression + ".",
            node);
    for (const std::string_view key : {"mustBeBetween", "mustNotBeBetween"}) {
        if (node[key] && node[key].size() != 2)
            m_context.problem(Severity::Warning, "odcs.between",
                              std::string(key) + " needs two numbers. Rule kept as it is.",
                              node[key]);
    }
}

void OdcsSchema::checkEnum(const DataNode& node)
{
    std::set<std::string_view> values;
    for (const DataNode entry : node["enum"]) {
        const DataNode value = entry.isObject() ? entry["value"] : entry;
        if (!values.insert(value.text()).second)
            m_context.problem(Severity::Warning, "odcs.repeated-enum-value",
                              "enum has the value \"" + value.string() +
                                  "\" twice (expected each once). Kept once.",
                              value);
    }
}

void OdcsSchema::remember(const DataNode& node, const std::string& object, const std::string& path,
                          FieldIndex field)
{
    m_fieldByName.emplace(object + "." + path, field);
    if (const std::string id = node["id"].string(); !id.empty())
        m_fieldByName.emplace("/" + id, field);
}

void OdcsSchema::readPropertyRelationships(const DataNode& node, FieldIndex field)
{
    for (const DataNode& relationship : listAt(node, "relationships", m_context, format)) {
        if (relationship["from"])
            m_context.problem(Severity::Warning, "odcs.relationship-from",
                              "relationship of a property with \"from\" (expected only \"to\": the "
                              "property itself is meant). Key skipped.",
                              relationship["from"]);
        const std::vector<std::string> targets = textsOf(relationship["to"]);
        if (targets.empty() || targets.front().empty()) {
            m_context.problem(Severity::Warning, "odcs.relationship-incomplete",
                              "relationship without \"to\" (required). Relationship skipped.",
                              relationship);
            continue;
        }
        for (const std::string& target : targets)
            addReference(field, target);
        m_targets.push_back(relationship["to"]);
    }
}

void OdcsSchema::addReference(FieldIndex field, const std::string& to)
{
    std::string& reference = m_context.estate().estate().fields[field.value].reference;
    const std::string known = ", " + reference + ", ";
    if (known.find(", " + to + ", ") == std::string::npos)
        reference += (reference.empty() ? "" : ", ") + to;
}

void OdcsSchema::readObjectRelationships(const DataNode& node, const std::string& object)
{
    const std::vector<std::string> from = textsOf(node["from"]);
    const std::vector<std::string> to = textsOf(node["to"]);
    if (from.empty() || to.empty() || from.size() != to.size()) {
        m_context.problem(Severity::Warning, "odcs.relationship-incomplete",
                          "relationship under schema \"" + object +
                              "\" needs \"from\" and \"to\" with as many properties each. "
                              "Relationship skipped.",
                          node);
        return;
    }
    for (std::size_t i = 0; i < from.size(); ++i) {
        const bool isId = from[i].find('/') != std::string::npos;
        const auto place = m_fieldByName.find(isId ? "/" + lastId(from[i]) : from[i]);
        const auto own = m_fieldByName.find(object + "." + from[i]);
        if (place != m_fieldByName.end())
            addReference(place->second, to[i]);
        else if (own != m_fieldByName.end())
            addReference(own->second, to[i]);
        else
            m_context.problem(Severity::Warning, "odcs.dangling-relationship",
                              "relationship from \"" + from[i] +
                                  "\" - no such property. Relationship skipped.",
                              node["from"]);
    }
    m_targets.push_back(node["to"]);
}

// Only when all objects were read, since a reference may point forward.
void OdcsSchema::resolveReferences()
{
    for (const Relationship& relationship : m_objectRelationships)
        readObjectRelationships(relationship.node, relationship.object);
    for (const DataNode& target : m_targets) {
        if (target.isArray()) {
            for (const DataNode element : target)
                checkReference(element);
        } else {
            checkReference(target);
        }
    }
}

void OdcsSchema::checkReference(const DataNode& node)
{
    const std::string target = node.string();
    if (isElsewhere(target))
        return;
    const bool isId = target.find('/') != std::string::npos;
    if (m_fieldByName.contains(isId ? "/" + lastId(target) : target))
        return;
    const std::string object = target.substr(0, target.find('.'));
    const bool isKnown = !isId && m_objects.contains(object);
    m_context.problem(Severity::Warning, "odcs.dangling-relationship",
                      "relationship to \"" + target + "\" - " +
                          (isKnown ? "no such property in \"" + object + "\""
                                   : std::string("no such property in this contract")) +
                          ". Relationship kept as unresolved.",
                      node);
}

}  // namespace portolan
