// SPDX-License-Identifier: Apache-2.0
#include "model/import/dataset_name.h"

#include <algorithm>
#include <array>

namespace portolan {

namespace {

// Spellings of one platform in the formats.
std::string_view platformOf(std::string_view scheme)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> aliases = {{
        {"postgresql", "postgres"},
        {"mssql", "sqlserver"},
        {"gcs", "gs"},
        {"s3a", "s3"},
        {"s3n", "s3"},
        {"awsathena", "athena"},
        {"abfs", "abfss"},
        {"wasb", "wasbs"},
        {"googlebigquery", "bigquery"},
        {"mariadb", "mysql"},
        {"confluent", "kafka"},
        {"local", "file"},
    }};
    for (const auto& [alias, platform] : aliases) {
        if (alias == scheme)
            return platform;
    }
    return scheme;
}

bool isScheme(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '+' || c == '-' || c == '.';
    });
}

bool isBarePlatform(std::string_view text)
{
    static constexpr std::array<std::string_view, 14> known = {
        "bigquery", "file",  "snowflake", "postgres", "kafka", "hive",   "duckdb",
        "s3",       "mysql", "redshift",  "spark",    "trino", "athena", "inmemory"};
    return std::find(known.begin(), known.end(), text) != known.end();
}

std::string_view withoutTrailingSlashes(std::string_view text)
{
    while (!text.empty() && text.back() == '/')
        text.remove_suffix(1);
    return text;
}

}  // namespace

std::string dottedPath(std::initializer_list<std::string_view> parts)
{
    std::string path;
    for (const std::string_view part : parts) {
        if (part.empty())
            continue;
        const std::string_view quote = part.find('.') == std::string_view::npos ? "" : "\"";
        if (!path.empty())
            path += '.';
        path.append(quote).append(part).append(quote);
    }
    return path;
}

DatasetName fromNamespace(std::string_view space, std::string_view name)
{
    DatasetName result;
    result.path = name;
    const std::size_t mark = space.find("://");
    if (mark != std::string_view::npos && isScheme(space.substr(0, mark))) {
        result.platform = platformOf(lowerCase(space.substr(0, mark)));
        result.instance = withoutTrailingSlashes(space.substr(mark + 3));
        return result;
    }
    if (const std::string lower = lowerCase(space); isBarePlatform(platformOf(lower))) {
        result.platform = platformOf(lower);
        return result;
    }
    result.instance = withoutTrailingSlashes(space);
    return result;
}

std::string unquotedPath(std::string_view platform, std::string_view relation)
{
    std::string path;
    for (std::size_t i = 0; i < relation.size();) {
        if (!path.empty())
            path += '.';
        const char open = relation[i];
        const char close = open == '[' ? ']' : open;
        const bool isQuoted = open == '"' || open == '`' || open == '[';
        const std::size_t end = isQuoted ? relation.find(close, i + 1)
                                         : std::min(relation.find('.', i), relation.size());
        if (end == std::string_view::npos)
            return path += relation.substr(i);
        const std::string_view part =
            relation.substr(isQuoted ? i + 1 : i, end - (isQuoted ? i + 1 : i));
        if (isQuoted && part.find('.') != std::string_view::npos)
            path += relation.substr(i, end + 1 - i);
        else if (!isQuoted && platform == "snowflake")
            path += upperCase(part);
        else
            path += part;
        i = isQuoted ? end + 1 : end;
        if (i < relation.size() && relation[i] == '.')
            ++i;
    }
    return path;
}

}  // namespace portolan
