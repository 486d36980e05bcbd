// SPDX-License-Identifier: Apache-2.0
#include "model/estate/column_edge_kind.h"

#include "model/base/ascii_text.h"

#include <array>
#include <string>

namespace portolan {

namespace {

using Kind = ColumnEdgeKind;

struct Words {
    Kind kind;
    std::string_view words;  // each between blanks
};

constexpr std::array wordsOfKinds = {
    Words{Kind::Identity,
          " IDENTITY SIMPLE COPY COPIED PASSTHROUGH PASS_THROUGH PASS UNCHANGED AS_IS DIRECT "},
    Words{Kind::Rename, " RENAME RENAMED ALIAS ALIASED "},
    Words{Kind::Transformation,
          " TRANSFORMATION TRANSFORM TRANSFORMED EXPRESSION SCRIPT SQL CAST DERIVED "},
    Words{Kind::Aggregation,
          " AGGREGATION AGGREGATE AGGREGATED AGG SUM COUNT AVG MIN MAX MEDIAN STDDEV VARIANCE "
          "COUNT_DISTINCT ARRAY_AGG STRING_AGG LISTAGG ANY_VALUE APPROX_COUNT_DISTINCT "
          "COLLECT_LIST COLLECT_SET GROUP_CONCAT "},
    Words{Kind::Masking, " MASKING MASKED MASK HASH HASHED HASHING MD5 SHA SHA1 SHA2 SHA256 SHA512 "
                         "ANONYMIZED ANONYMISED PSEUDONYMIZED PSEUDONYMISED ENCRYPT ENCRYPTED "
                         "TOKENIZED TOKENISED REDACTED "},
    Words{Kind::Conditional, " CONDITIONAL CONDITION CASE "},
    Words{Kind::Filter, " FILTER FILTERED FILTERING WHERE HAVING QUALIFY "},
    Words{Kind::Join, " JOIN JOINED ON "},
    Words{Kind::GroupBy, " GROUP_BY GROUPBY GROUP GROUPING "},
    Words{Kind::Sort, " SORT SORTED ORDER_BY ORDERBY ORDER "},
    Words{Kind::Window, " WINDOW PARTITION_BY PARTITION OVER "},
    Words{Kind::Indirect, " INDIRECT "},
};

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

Kind kindOfWord(std::string_view word)
{
    for (const Words& words : wordsOfKinds) {
        if (isOneOf(word, words.words))
            return words.kind;
    }
    return Kind::Unknown;
}

// "Group by" and "GROUP-BY" are GROUP_BY; of an expression, "sum(x)", the first word counts.
Kind kindOfText(std::string_view text)
{
    std::string whole = upperCase(text);
    for (char& c : whole) {
        if (c == ' ' || c == '-')
            c = '_';
    }
    if (const Kind kind = kindOfWord(whole); kind != Kind::Unknown)
        return kind;
    std::size_t end = 0;
    while (end < text.size() && isWordCharacter(text[end]))
        ++end;
    const bool isFunction = end < text.size() && (text[end] == '(' || text[end] == ':');
    return isFunction ? kindOfWord(std::string_view(whole).substr(0, end)) : Kind::Unknown;
}

}  // namespace

std::string_view toString(ColumnEdgeKind kind)
{
    static constexpr std::array<std::string_view, 13> names = {
        "unknown",           "identity", "rename", "transformation", "aggregation", "masking",
        "conditional",       "filter",   "join",   "group by",       "sort",        "window",
        "indirect influence"};
    return names[static_cast<std::size_t>(kind)];
}

bool isDirect(ColumnEdgeKind kind)
{
    return kind < ColumnEdgeKind::Conditional;
}

ColumnEdgeKind kindOf(const Estate& estate, const ColumnEdge& edge)
{
    const Kind said = kindOfText(edge.transformation);
    if (edge.flow == ColumnFlow::Indirect)
        return said == Kind::Unknown || isDirect(said) ? Kind::Indirect : said;
    if (edge.isMasked)
        return Kind::Masking;
    if (said == Kind::Unknown)
        return edge.transformation.empty() ? Kind::Unknown : Kind::Transformation;
    if (said == Kind::Identity && lowerCase(estate.columns[edge.from.value].name) !=
                                      lowerCase(estate.columns[edge.to.value].name))
        return Kind::Rename;
    return said;
}

ColumnEdgeKind kindOf(const DatasetInfluence& influence)
{
    const Kind said = kindOfText(influence.transformation);
    return said == Kind::Unknown || isDirect(said) ? Kind::Indirect : said;
}

}  // namespace portolan
