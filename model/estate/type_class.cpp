// SPDX-License-Identifier: Apache-2.0
#include "model/estate/type_class.h"

#include <array>
#include <string>
#include <utility>

namespace portolan {

namespace {

// By how the first word begins; the longer beginnings first.
constexpr std::array<std::pair<std::string_view, TypeClass>, 45> beginnings = {{
    {"character", TypeClass::Text},    {"char", TypeClass::Text},
    {"varchar", TypeClass::Text},      {"nvarchar", TypeClass::Text},
    {"nchar", TypeClass::Text},        {"string", TypeClass::Text},
    {"text", TypeClass::Text},         {"ntext", TypeClass::Text},
    {"clob", TypeClass::Text},         {"uuid", TypeClass::Text},
    {"longtext", TypeClass::Text},     {"mediumtext", TypeClass::Text},
    {"interval", TypeClass::Unknown},  {"int", TypeClass::Number},
    {"bigint", TypeClass::Number},     {"smallint", TypeClass::Number},
    {"tinyint", TypeClass::Unknown},  // MySQL's boolean
    {"mediumint", TypeClass::Number},  {"integer", TypeClass::Number},
    {"number", TypeClass::Number},     {"numeric", TypeClass::Number},
    {"decimal", TypeClass::Number},    {"float", TypeClass::Number},
    {"double", TypeClass::Number},     {"real", TypeClass::Number},
    {"longblob", TypeClass::Binary},   {"long", TypeClass::Number},
    {"serial", TypeClass::Number},     {"bigserial", TypeClass::Number},
    {"bigdecimal", TypeClass::Number}, {"bignumeric", TypeClass::Number},
    {"uint", TypeClass::Number},       {"money", TypeClass::Number},
    {"bool", TypeClass::Boolean},      {"datetime", TypeClass::Time},
    {"date", TypeClass::Time},         {"timestamp", TypeClass::Time},
    {"time", TypeClass::Time},         {"bytea", TypeClass::Binary},
    {"bytes", TypeClass::Binary},      {"binary", TypeClass::Binary},
    {"varbinary", TypeClass::Binary},  {"struct", TypeClass::Nested},
    {"record", TypeClass::Nested},     {"array", TypeClass::Nested},
}};

}  // namespace

TypeClass typeClassOf(std::string_view type)
{
    if (type.size() > 200)
        return TypeClass::Unknown;
    std::string word;
    for (const char c : type) {
        if (c == '(' || c == '<' || c == ' ')
            break;
        word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (word.ends_with("[]") || word.starts_with('['))
        return TypeClass::Nested;
    for (const auto& [beginning, meaning] : beginnings) {
        if (word.starts_with(beginning))
            return meaning;
    }
    return TypeClass::Unknown;
}

bool isContradiction(std::string_view oneType, std::string_view otherType)
{
    if (oneType.empty() || otherType.empty() || oneType == otherType)
        return false;
    const TypeClass one = typeClassOf(oneType);
    const TypeClass other = typeClassOf(otherType);
    return one != TypeClass::Unknown && other != TypeClass::Unknown && one != other;
}

}  // namespace portolan
