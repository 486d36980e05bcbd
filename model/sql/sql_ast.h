// SPDX-License-Identifier: Apache-2.0
// What a statement says, as far as columns go: no precedence of operators, no types. Plain structs that live in a tree and borrow from
// its text.
#pragma once

#include "model/sql/sql_lineage.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct SqlWord {
    std::string_view text;  // without quotes
    bool isQuoted = false;
};
using SqlWords = std::vector<SqlWord>;

struct SqlExpression;
struct SqlQuery;
using SqlExpressions = std::vector<SqlExpression*>;

struct SqlWindow {
    SqlWord base;         // of a named window; empty: none
    SqlExpressions keys;  // of PARTITION BY and ORDER BY
};

// What follows a star: EXCEPT, REPLACE, RENAME.
struct SqlStarChanges {
    struct Value {
        SqlExpression* expression = nullptr;
        SqlWord name;
    };
    struct Rename {
        SqlWord from;
        SqlWord to;
    };
    bool isByPattern = false;  // * LIKE 'a%'
    SqlWords except;
    std::vector<Value> values;
    std::vector<Rename> renames;
};

enum class SqlExpressionKind : std::uint8_t {
    Literal,
    Column,
    Star,
    Call,
    Case,       // conditions, and children: the results
    Operation,  // anything made of its children
    Element,    // the first child's element at the other children
    Subquery,
    Lambda,     // names: its parameters
    Unreadable  // was skipped, and said so
};

enum class SqlSubqueryUse : std::uint8_t { Value, Array, Rows, Existence };

struct SqlExpression {
    SqlExpressionKind kind = SqlExpressionKind::Literal;
    SqlSubqueryUse use = SqlSubqueryUse::Value;
    bool isCast = false;  // an operation that is a cast alone
    int line = 0;
    std::size_t begin = 0;  // in the text
    std::size_t end = 0;
    SqlWords names;  // of a column or function; before the star
    SqlWords path;   // into a struct or JSON
    SqlExpressions children;
    SqlExpressions conditions;  // of CASE, and of FILTER (WHERE)
    SqlExpressions keys;        // ORDER BY in an aggregate
    SqlWindow* window = nullptr;
    SqlQuery* query = nullptr;
    SqlStarChanges* changes = nullptr;
};

struct SqlPivot {
    struct Value {
        SqlExpression* expression = nullptr;
        SqlWord name;  // empty: none was given
    };
    bool isUnpivot = false;
    bool isWidening = false;        // DuckDB's PIVOT: the columns are the values found
    std::vector<Value> aggregates;  // of PIVOT
    SqlExpressions of;              // the column whose values become columns
    std::vector<Value> values;      // those; empty: not known before it runs
    SqlWords valueNames;            // of UNPIVOT: of the values, and of the names
    SqlWord nameName;
    std::vector<SqlWords> columns;  // of UNPIVOT: those that become rows
    SqlExpressions groups;
    SqlWord alias;
    SqlWords aliasColumns;
    int line = 0;
};

enum class SqlJoin : std::uint8_t { Comma, Inner, Left, Right, Full, Cross, Semi };

// A relation of a FROM, with how it is joined to those before it.
struct SqlFrom {
    SqlWords name;                  // of a table
    SqlQuery* query = nullptr;      // of a subquery
    SqlExpression* call = nullptr;  // of a table function
    bool isLateral = false;
    bool isOpaque = false;  // rows and columns changed by what is not understood
    SqlWord alias;
    SqlWords columns;  // named with the alias
    SqlWord position;  // WITH OFFSET AS
    SqlJoin join = SqlJoin::Comma;
    bool isNatural = false;
    SqlWords joinedBy;  // USING
    SqlExpression* on = nullptr;
    std::vector<SqlPivot> pivots;
    std::size_t begin = 0;
    std::size_t end = 0;
    int line = 0;
};

struct SqlItem {
    SqlExpression* expression = nullptr;
    SqlWord alias;
    SqlWords aliases;  // of a function that makes several columns
};

struct SqlNamedWindow {
    SqlWord name;
    SqlWindow* window = nullptr;
};

struct SqlSelect {
    std::vector<SqlItem> items;
    std::vector<SqlFrom> from;
    std::vector<SqlExpressions> rows;  // VALUES
    SqlExpressions distinctOn;
    SqlExpressions filters;  // WHERE, HAVING, QUALIFY, CONNECT BY
    SqlExpressions groups;
    std::vector<SqlNamedWindow> windows;
    SqlWords into;
    bool isGroupedByAll = false;
    bool isDistinct = false;
    bool hasTop = false;
    int line = 0;
};

// One side of set operations.
struct SqlSide {
    SqlSelect* select = nullptr;
    SqlQuery* query = nullptr;  // in parentheses
    bool isByName = false;
    bool isExcluded = false;  // EXCEPT: its rows are taken away
};

struct SqlCte {
    SqlWord name;
    SqlWords columns;
    SqlQuery* query = nullptr;  // null: not understood
    int line = 0;
};

struct SqlQuery {
    std::vector<SqlCte> ctes;
    bool isRecursive = false;
    std::vector<SqlSide> sides;
    SqlExpressions orders;
    bool isLimited = false;
    bool isCutOff = false;  // its end was not understood and may change all of it
    int line = 0;
};

struct SqlAssignment {
    SqlWord column;
    SqlExpression* value = nullptr;
};

struct SqlStatementTree {
    SqlStatementKind kind = SqlStatementKind::Other;
    bool isRead = false;  // false: nothing of it is lineage
    SqlWords target;
    SqlWord targetAlias;
    SqlWords columns;  // of the target, as the statement gives them
    bool isByName = false;
    std::vector<SqlCte> ctes;  // before INSERT, UPDATE, MERGE, DELETE
    bool isRecursive = false;
    SqlQuery* query = nullptr;
    std::vector<SqlFrom> from;  // UPDATE, DELETE, MERGE
    SqlExpressions filters;
    SqlExpressions joins;
    std::vector<SqlAssignment> assignments;
    bool assignsAll = false;  // UPDATE *, INSERT *: all columns of the source
    std::vector<SqlNotUnderstood> notUnderstood;
    int line = 0;
};

// Keeps what it made in place.
template <class T>
class SqlArena {
public:
    T* make()
    {
        if (m_used == chunkSize || m_chunks.empty()) {
            m_chunks.push_back(std::make_unique<T[]>(chunkSize));
            m_used = 0;
        }
        return &m_chunks.back()[m_used++];
    }

private:
    static constexpr std::size_t chunkSize = 32;
    std::vector<std::unique_ptr<T[]>> m_chunks;
    std::size_t m_used = 0;
};

// The nodes of a statement; they borrow from the text and from `texts`.
struct SqlNodes {
    SqlArena<SqlExpression> expressions;
    SqlArena<SqlQuery> queries;
    SqlArena<SqlSelect> selects;
    SqlArena<SqlWindow> windows;
    SqlArena<SqlStarChanges> changes;
    std::deque<std::string> texts;
};

}  // namespace portolan
