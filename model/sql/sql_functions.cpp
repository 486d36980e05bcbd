// SPDX-License-Identifier: Apache-2.0
#include "model/sql/sql_functions.h"

#include "model/sql/sql_words.h"

namespace portolan {

namespace {

bool begins(std::string_view name, std::string_view begin)
{
    return name.size() >= begin.size() && isSameWord(name.substr(0, begin.size()), begin);
}

}  // namespace

SqlFunctionKind sqlFunctionKind(std::string_view name, std::size_t arguments, SqlDialect dialect)
{
    switch (sqlWordHash(name)) {
    case "COUNT"_w:
    case "COUNT_BIG"_w:
        return SqlFunctionKind::Count;
    case "MIN"_w:
    case "MAX"_w:
        return dialect == SqlDialect::Sqlite && arguments > 1 ? SqlFunctionKind::Value
                                                              : SqlFunctionKind::Aggregate;
    case "IF"_w:
    case "IIF"_w:
    case "IFF"_w:
    case "NVL2"_w:
        return SqlFunctionKind::Condition;
    case "DECODE"_w:
        return arguments > 2 ? SqlFunctionKind::Decode : SqlFunctionKind::Value;
    case "CHOOSE"_w:
    case "ELT"_w:
        return SqlFunctionKind::Choice;
    case "FIRST"_w:
    case "LAST"_w:
        return dialect == SqlDialect::DuckDb || dialect == SqlDialect::Databricks
                   ? SqlFunctionKind::Aggregate
                   : SqlFunctionKind::Value;
    case "LIST"_w:
    case "QUANTILE"_w:
    case "ENTROPY"_w:
    case "FSUM"_w:
    case "FAVG"_w:
    case "KAHAN_SUM"_w:
    case "PRODUCT"_w:
    case "ARBITRARY"_w:
        return dialect == SqlDialect::DuckDb || dialect == SqlDialect::Trino ||
                       dialect == SqlDialect::Generic
                   ? SqlFunctionKind::Aggregate
                   : SqlFunctionKind::Value;
    case "TOTAL"_w:
        return dialect == SqlDialect::Sqlite ? SqlFunctionKind::Aggregate : SqlFunctionKind::Value;
    case "HISTOGRAM"_w:
    case "SUM"_w:
    case "SUM_IF"_w:
    case "SUMIF"_w:
    case "SUM_DISTINCT"_w:
    case "AVG"_w:
    case "AVG_IF"_w:
    case "MEAN"_w:
    case "MEDIAN"_w:
    case "MODE"_w:
    case "ANY_VALUE"_w:
    case "ARRAY_AGG"_w:
    case "ARRAY_AGG_DISTINCT"_w:
    case "ARRAY_UNIQUE_AGG"_w:
    case "ARRAY_UNION_AGG"_w:
    case "ARRAY_CONCAT_AGG"_w:
    case "STRING_AGG"_w:
    case "LISTAGG"_w:
    case "GROUP_CONCAT"_w:
    case "WM_CONCAT"_w:
    case "XMLAGG"_w:
    case "JSON_AGG"_w:
    case "JSONB_AGG"_w:
    case "JSON_ARRAYAGG"_w:
    case "JSON_OBJECTAGG"_w:
    case "JSON_OBJECT_AGG"_w:
    case "JSONB_OBJECT_AGG"_w:
    case "JSON_GROUP_ARRAY"_w:
    case "JSON_GROUP_OBJECT"_w:
    case "OBJECT_AGG"_w:
    case "MAP_AGG"_w:
    case "MULTIMAP_AGG"_w:
    case "MAP_UNION"_w:
    case "COLLECT_LIST"_w:
    case "COLLECT_SET"_w:
    case "COUNT_IF"_w:
    case "COUNTIF"_w:
    case "COUNT_DISTINCT"_w:
    case "BOOL_AND"_w:
    case "BOOL_OR"_w:
    case "BOOLAND_AGG"_w:
    case "BOOLOR_AGG"_w:
    case "BOOLXOR_AGG"_w:
    case "EVERY"_w:
    case "SOME"_w:
    case "LOGICAL_AND"_w:
    case "LOGICAL_OR"_w:
    case "BIT_AND"_w:
    case "BIT_OR"_w:
    case "BIT_XOR"_w:
    case "BITAND_AGG"_w:
    case "BITOR_AGG"_w:
    case "BITXOR_AGG"_w:
    case "MAX_BY"_w:
    case "MIN_BY"_w:
    case "ARG_MAX"_w:
    case "ARG_MIN"_w:
    case "ARGMAX"_w:
    case "ARGMIN"_w:
    case "MAX_IF"_w:
    case "MIN_IF"_w:
    case "STDEV"_w:
    case "STDEVP"_w:
    case "VAR"_w:
    case "VARP"_w:
    case "VARIANCE"_w:
    case "VARIANCE_POP"_w:
    case "VARIANCE_SAMP"_w:
    case "VAR_POP"_w:
    case "VAR_SAMP"_w:
    case "CORR"_w:
    case "COVAR_POP"_w:
    case "COVAR_SAMP"_w:
    case "KURTOSIS"_w:
    case "SKEWNESS"_w:
    case "SKEW"_w:
    case "PERCENTILE"_w:
    case "PERCENTILE_CONT"_w:
    case "PERCENTILE_DISC"_w:
    case "PERCENTILE_APPROX"_w:
    case "QUANTILE_CONT"_w:
    case "QUANTILE_DISC"_w:
    case "CHECKSUM_AGG"_w:
    case "CHECKSUM"_w:
    case "HASH_AGG"_w:
    case "GEOMETRIC_MEAN"_w:
    case "NUMERIC_HISTOGRAM"_w:
    case "REDUCE_AGG"_w:
    case "HLL"_w:
    case "HLL_ACCUMULATE"_w:
    case "HLL_COMBINE"_w:
    case "NDV"_w:
    case "GROUPING_CONCAT"_w:
    case "ST_UNION_AGG"_w:
        return SqlFunctionKind::Aggregate;
    default:
        break;
    }
    if (begins(name, "APPROX") || begins(name, "REGR_") || begins(name, "STDDEV") ||
        begins(name, "BITMAP_CONSTRUCT_AGG"))
        return SqlFunctionKind::Aggregate;
    return SqlFunctionKind::Value;
}

bool isMaskingFunction(std::string_view name)
{
    switch (sqlWordHash(name)) {
    case "MD5"_w:
    case "MD5_HEX"_w:
    case "MD5_BINARY"_w:
    case "MD5_NUMBER"_w:
    case "MD5_NUMBER_LOWER64"_w:
    case "MD5_NUMBER_UPPER64"_w:
    case "SHA"_w:
    case "HASH"_w:
    case "HASHBYTES"_w:
    case "XXHASH64"_w:
    case "XXHASH"_w:
    case "FARM_FINGERPRINT"_w:
    case "FARMHASH_FINGERPRINT64"_w:
    case "CRC32"_w:
    case "DIGEST"_w:
    case "CRYPT"_w:
    case "REDACT"_w:
    case "PSEUDONYMIZE"_w:
    case "PSEUDONYMISE"_w:
    case "ANONYMIZE"_w:
    case "AES_ENCRYPT"_w:
    case "AEAD.ENCRYPT"_w:
    case "PGP_SYM_ENCRYPT"_w:
    case "PGP_PUB_ENCRYPT"_w:
        return true;
    default:
        break;
    }
    for (const std::string_view begin : {"SHA1", "SHA2", "SHA3", "SHA5", "MASK", "HMAC", "ENCRYPT",
                                         "TOKENIZE", "TOKENISE", "MURMUR", "FNV_HASH", "FNV"})
        if (begins(name, begin))
            return true;
    return false;
}

SqlTableFunction sqlTableFunction(std::string_view name)
{
    switch (sqlWordHash(name)) {
    case "FLATTEN"_w:
        return SqlTableFunction::Flatten;
    case "UNNEST"_w:
    case "EXPLODE"_w:
    case "EXPLODE_OUTER"_w:
    case "POSEXPLODE"_w:
    case "POSEXPLODE_OUTER"_w:
    case "INLINE"_w:
    case "INLINE_OUTER"_w:
    case "STACK"_w:
    case "JSON_TUPLE"_w:
    case "PARSE_URL_TUPLE"_w:
    case "VARIANT_EXPLODE"_w:
    case "VARIANT_EXPLODE_OUTER"_w:
    case "GENERATE_SERIES"_w:
    case "GENERATE_SUBSCRIPTS"_w:
    case "GENERATE_DATE_ARRAY"_w:
    case "GENERATOR"_w:
    case "SEQUENCE"_w:
    case "RANGE"_w:
    case "SPLIT_TO_TABLE"_w:
    case "STRTOK_SPLIT_TO_TABLE"_w:
    case "STRING_SPLIT"_w:
    case "STRING_TO_TABLE"_w:
    case "REGEXP_SPLIT_TO_TABLE"_w:
    case "REGEXP_MATCHES"_w:
    case "OPENJSON"_w:
    case "OPENXML"_w:
    case "NODES"_w:
    case "JSON_EACH"_w:
    case "JSONB_EACH"_w:
    case "JSON_EACH_TEXT"_w:
    case "JSONB_EACH_TEXT"_w:
    case "JSON_TREE"_w:
    case "JSON_TABLE"_w:
    case "XMLTABLE"_w:
    case "JSON_ARRAY_ELEMENTS"_w:
    case "JSONB_ARRAY_ELEMENTS"_w:
    case "JSON_ARRAY_ELEMENTS_TEXT"_w:
    case "JSONB_ARRAY_ELEMENTS_TEXT"_w:
    case "JSON_OBJECT_KEYS"_w:
    case "JSONB_OBJECT_KEYS"_w:
    case "JSON_TO_RECORD"_w:
    case "JSONB_TO_RECORD"_w:
    case "JSON_TO_RECORDSET"_w:
    case "JSONB_TO_RECORDSET"_w:
    case "JSON_POPULATE_RECORD"_w:
    case "JSON_POPULATE_RECORDSET"_w:
    case "JSONB_POPULATE_RECORD"_w:
    case "JSONB_POPULATE_RECORDSET"_w:
    case "GENERATE_TIMESTAMP_ARRAY"_w:
    case "GENERATE_ARRAY"_w:
        return SqlTableFunction::Elements;
    default:
        return SqlTableFunction::Unknown;
    }
}

}  // namespace portolan
