// SPDX-License-Identifier: Apache-2.0
#include "model/import/lineage/dbt_artifact.h"

#include "model/import/dataset_name.h"

#include <algorithm>
#include <charconv>

namespace portolan {

DbtHead dbtHead(const DataNode& root)
{
    DbtHead head;
    const DataNode metadata = root["metadata"];
    head.adapter = metadata["adapter_type"].string();
    head.project = metadata["project_name"].string();
    const std::string_view url = metadata["dbt_schema_version"].text();
    const std::size_t slash = url.rfind("/v");
    if (slash == std::string_view::npos || slash == 0)
        return head;
    const std::size_t before = url.rfind('/', slash - 1);
    if (before == std::string_view::npos)
        return head;
    head.kind = url.substr(before + 1, slash - before - 1);
    std::from_chars(url.data() + slash + 2, url.data() + url.size(), head.version);
    return head;
}

bool checkDbtHead(const DataNode& root, std::string_view kind, int newest, ImportContext& context)
{
    const DbtHead head = dbtHead(root);
    if (head.kind != kind) {
        const DataNode said = root["metadata"]["dbt_schema_version"];
        context.problem(Severity::Error, "dbt.no-version",
                        said ? "metadata.dbt_schema_version is \"" + said.string() +
                                   "\". Not a dbt " + std::string(kind) + "."
                             : "metadata.dbt_schema_version is missing. Not a dbt " +
                                   std::string(kind) + ".",
                        said ? said : root);
        return false;
    }
    context.setFormatVersion("v" + std::to_string(head.version));
    if (head.version > newest)
        context.problem(Severity::Warning, "dbt.newer-version",
                        std::string(kind) + " v" + std::to_string(head.version) +
                            " (newest known v" + std::to_string(newest) + "): read as v" +
                            std::to_string(newest) + ".",
                        root["metadata"]["dbt_schema_version"]);
    return true;
}

std::string_view dbtKind(std::string_view uniqueId)
{
    return uniqueId.substr(0, uniqueId.find('.'));
}

std::string_view dbtPackage(std::string_view uniqueId)
{
    const std::size_t first = std::min(uniqueId.find('.'), uniqueId.size() - 1);
    const std::string_view rest = uniqueId.substr(uniqueId.empty() ? 0 : first + 1);
    return rest.substr(0, rest.find('.'));
}

std::string_view dbtName(std::string_view uniqueId)
{
    const std::size_t first = uniqueId.find('.');
    const std::size_t second =
        first == std::string_view::npos ? first : uniqueId.find('.', first + 1);
    return second == std::string_view::npos ? uniqueId : uniqueId.substr(second + 1);
}

DataNode ofNodeOrConfig(const DataNode& node, std::string_view key)
{
    const DataNode own = node[key];
    return own.isNull() || (own.isString() && own.text().empty()) ? node["config"][key] : own;
}

std::string dbtPlatform(const DbtHead& head)
{
    return fromNamespace(lowerCase(head.adapter) + "://x", "").platform;
}

std::string dbtRelation(const DataNode& node, std::string_view platform)
{
    const auto textOf = [&](std::string_view key) {
        const DataNode value = ofNodeOrConfig(node, key);
        return value.isObject() || value.isArray() ? std::string() : value.string();
    };
    if (const std::string relation = node["relation_name"].string(); !relation.empty())
        return unquotedPath(platform, relation);
    std::string name;
    for (const std::string_view key : {"alias", "identifier", "name"}) {
        const DataNode value = node[key];
        if (name.empty() && !value.isObject() && !value.isArray())
            name = value.string();
    }
    std::string path;
    for (std::string part : {textOf("database"), textOf("schema"), std::move(name)}) {
        if (part.find('.') != std::string::npos)
            part = "\"" + part + "\"";
        else if (platform == "snowflake")
            part = upperCase(part);
        if (!part.empty())
            path += (path.empty() ? "" : ".") + part;
    }
    return path;
}

bool isEphemeral(const DataNode& node)
{
    return node["config"]["materialized"].text() == "ephemeral";
}

DataNode dbtColumns(const DataNode& node)
{
    return node["columns"].size() > 0 ? node["columns"] : node["config"]["columns"];
}

std::string dbtColumnName(const DataNode& column)
{
    return column["name"].text().empty() ? std::string(column.key()) : column["name"].string();
}

bool isDbtData(std::string_view kind)
{
    return kind == "model" || kind == "seed" || kind == "snapshot" || kind == "source";
}

}  // namespace portolan
