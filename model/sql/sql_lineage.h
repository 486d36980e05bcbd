// SPDX-License-Identifier: Apache-2.0
// Which columns a query's result comes from: the statements of a text read tolerantly, names resolved by scope against the columns that
// are known. What is not understood is said with its line, the part around it is kept, and nothing is guessed.
#pragma once

#include "model/sql/sql_dialect.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

// A name of one or more parts, outermost first: database, schema, relation. Without quotes; an unquoted part compares in any case.
struct SqlName {
    struct Part {
        std::string text;
        bool isQuoted = false;
    };
    std::vector<Part> parts;

    std::string text() const;  // with dots: "shop.public.orders"
};

// The columns that are known of relations outside the text.
class SqlCatalog {
public:
    virtual ~SqlCatalog() = default;
    // In their order, as spelt; null: nothing is known of the relation. Lasts as long as the catalog.
    virtual const std::vector<std::string>* columns(const SqlName& relation) const = 0;
};

enum class SqlInfluence : std::uint8_t {
    // Direct: the value comes from there.
    Identity,        // as it is, under the same name
    Rename,          // as it is, under another name
    Transformation,  // through an expression
    Aggregation,     // through an aggregate function
    // Indirect: it only decides which rows there are, or which value is taken.
    Conditional,  // the condition of a CASE, IF, COALESCE is not one
    Filter,       // WHERE, HAVING, QUALIFY, the ON of a MERGE
    Join,
    GroupBy,
    Sort,
    Window  // PARTITION BY, ORDER BY of a window
};
bool isDirect(SqlInfluence influence);

// One column of a relation outside the text.
struct SqlInput {
    std::size_t relation = 0;  // number in SqlStatement::relations
    std::string
        column;  // as the catalog spells it; else as the text does. JSON and struct paths with dots
    SqlInfluence influence = SqlInfluence::Identity;
    bool isMasked = false;   // through a function that hides the value: MD5, SHA2, HASH, MASK ...
    std::string expression;  // as spelt, blanks made one, at most 500 bytes
    int line = 0;            // from 1, in the text
};

struct SqlOutput {
    std::string name;  // as spelt, without quotes; empty: an expression without a name, where the dialect gives none
    std::vector<SqlInput>
        inputs;  // each (relation, column, influence) once; empty and complete: a constant
    bool isComplete = true;  // every name in it was resolved
    std::string
        whyNot;  // of an incomplete one, a sentence: "Column 'x' may be of orders or of lines."
    int line = 0;
};

struct SqlNotUnderstood {
    // "MATCH_RECOGNIZE", or the words where it began; of a name in a condition: "Column 'x' may be of orders or of lines"
    std::string construct;
    int line = 0;
};

enum class SqlStatementKind : std::uint8_t {
    Select,
    CreateTable,
    CreateView,
    Insert,
    Merge,
    Update,
    Delete,
    Other
};

struct SqlStatement {
    SqlStatementKind kind = SqlStatementKind::Select;
    std::optional<SqlName> target;     // what it writes; none: a bare query
    std::vector<SqlName> relations;    // outside the text, each once: tables and views, never CTEs
    std::vector<SqlOutput> outputs;    // in the order of the result
    std::vector<SqlInput> influences;  // filters, joins, groups, sorts: of all outputs alike
    bool hasUnknownColumns =
        false;  // a * over a relation whose columns are not known: `outputs` lacks some
    std::vector<SqlNotUnderstood> notUnderstood;
    int line = 0;
};

// The text's statements in their order. Bounded in time and depth whatever the text is. Jinja that was not compiled ("{{", "{%") is one
// entry of notUnderstood, "Jinja". An output of a set operation has the inputs of all its sides.
std::vector<SqlStatement> sqlLineage(std::string_view text, SqlDialect dialect,
                                     const SqlCatalog& catalog);

}  // namespace portolan
