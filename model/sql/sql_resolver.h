// SPDX-License-Identifier: Apache-2.0
// Follows the names of a statement to the relations outside the text: scopes, stars, common table expressions, each resolved once.
#pragma once

#include "model/sql/sql_ast.h"

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portolan {

// The columns of relations that the text itself made, for the statements after.
class SqlMadeRelations {
public:
    const std::vector<std::string>* columns(const SqlWords& name) const;
    void add(const SqlWords& name, std::vector<std::string> columns);

private:
    struct Made {
        std::vector<std::string> name;  // in capitals
        std::vector<std::string> columns;
    };
    static std::vector<std::string> keyOf(const SqlWords& name);
    static bool mayBeSame(const std::vector<std::string>& a, const std::vector<std::string>& b);

    std::unordered_map<std::string, std::deque<Made>> m_made;  // by the last part
};

// Of what is used in a role where it came about by an influence.
SqlInfluence composedInfluence(SqlInfluence role, SqlInfluence inner);

class SqlResolver {
public:
    SqlResolver(std::string_view text, SqlDialect dialect, const SqlCatalog& catalog,
                const SqlMadeRelations& made);

    SqlStatement resolve(const SqlStatementTree& tree);

private:
    struct Source {
        std::uint32_t relation =
            0;  // or, from firstRecursion on, a common table expression that is being resolved
        std::uint32_t place = 0;  // then: the column of that
        std::string_view column;
        std::string_view leaf;  // the column, or the last name of its path
        SqlInfluence influence =
            SqlInfluence::Identity;  // Identity: plain; renaming is judged at the end
        bool isMasked = false;
        bool takesPath = false;
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        int line = 0;
    };
    using Sources = std::vector<Source>;

    struct Column {
        std::string_view name;
        Sources sources;
        const std::string* whyNot = nullptr;  // null: complete
        int line = 0;
    };

    // A star over what is not known.
    struct Open {
        std::uint32_t relation = 0;  // nowhere: not a relation outside the text
        std::string_view name;       // for people
        std::vector<std::string_view> except;
        bool isCertain =
            true;  // false: one side of a set operation, by whose position others would be found
        std::size_t position = 0;
    };

    struct Shape {
        std::vector<Column> columns;
        std::vector<Open> open;
        bool hasAny = false;  // any further name is made of `any`
        Sources any;
        std::unordered_map<std::string, std::size_t> index;  // of many columns, when first asked
        bool isIndexed = false;
    };

    struct Cte {
        Shape shape;
        Sources influences;
        std::vector<std::size_t> uses;
        bool isUsed = false;
        bool isVisible = true;
        const SqlWords* names = nullptr;  // that the text gives its columns
    };
    struct CteScope {
        const CteScope* outer = nullptr;
        std::unordered_map<std::string, std::vector<std::size_t>> ctes;
    };

    // Where statement-wide influences go.
    struct Sink {
        Sources influences;
        std::vector<std::size_t> uses;
    };

    // A relation that names are looked up in.
    struct Visible {
        std::string_view alias;
        const SqlWords* name = nullptr;  // as the text spells a table
        std::uint32_t relation = 0;      // of a table outside the text
        const std::vector<std::string>* known = nullptr;
        Shape* shape = nullptr;  // of anything else
        bool isHidden = false;   // of a semi join: only its condition sees it
        bool isRow = false;      // the alias is its value: UNNEST
    };
    struct Merged {  // USING
        std::string_view name;
        std::vector<std::size_t> relations;
        SqlJoin join = SqlJoin::Inner;
    };
    enum class AliasUse : std::uint8_t { None, First, AfterColumns, Lateral };
    struct Scope {
        Scope* outer = nullptr;
        const CteScope* ctes = nullptr;
        std::vector<Visible> relations;
        std::vector<Merged> merged;
        const std::vector<Column>* outputs = nullptr;
        AliasUse aliasUse = AliasUse::None;
        std::vector<std::string_view> parameters;  // of lambdas around
        const SqlSelect* select = nullptr;
        std::map<const SqlWindow*, Sources> windows;
        Sink* sink = nullptr;
        std::unordered_map<std::string, std::size_t> outputIndex;
        std::size_t outputsIndexed = 0;
    };

    // How what is being read is used.
    struct Use {
        SqlInfluence role = SqlInfluence::Identity;
        bool isMasked = false;
        Sources* out = nullptr;
        const std::string** whyNot = nullptr;
        const SqlExpression* whole = nullptr;
    };

    struct Match {
        enum class Kind : std::uint8_t { No, Yes, Twice, Maybe, MaybeMany };
        Kind kind = Kind::No;
        std::size_t place = 0;
    };

    // Queries
    Shape query(const SqlQuery& query, Scope* outer, const CteScope* ctes, Sink& sink,
                bool isOutermost, std::size_t self);
    void resolveCtes(const std::vector<SqlCte>& ctes, bool isRecursive, Scope* outer,
                     CteScope& scope);
    void resolveCte(const SqlCte& cte, bool isRecursive, Scope* outer, CteScope& scope);
    void closeRecursion(Cte& cte, std::uint32_t self, Sources& influences);
    Shape side(const SqlSide& side, const SqlQuery& whole, Scope* outer, const CteScope* ctes,
               Sink& sink, bool isOutermost);
    Shape select(const SqlSelect& select, const SqlQuery& whole, Scope* outer, const CteScope* ctes,
                 Sink& sink, bool isSorted);
    Shape values(const SqlSelect& select, Scope* outer, const CteScope* ctes, Sink& sink);
    void join(Shape& shape, Shape&& side, bool isByName);
    void items(const SqlSelect& select, Scope& scope, Shape& shape);
    void star(const SqlExpression& star, Scope& scope, Shape& shape);
    void starOf(Scope& scope, std::size_t relation, const SqlStarChanges* changes,
                const SqlExpression& star, bool skipsMerged, Shape& shape);
    void addStarColumn(Column column, const SqlStarChanges* changes, Scope& scope,
                       const SqlExpression& star, Shape& shape);
    void sortBy(const SqlExpressions& keys, Scope& scope, const Shape& shape);
    void groupBy(const SqlSelect& select, Scope& scope, const Shape& shape);

    // FROM
    void addRelations(const std::vector<SqlFrom>& from, Scope& scope);
    void addRelation(const SqlFrom& from, Scope& scope);
    void joinRelation(const SqlFrom& from, Scope& scope);
    void mergeColumn(std::string_view name, const SqlFrom& from, Scope& scope);
    Visible visible(const SqlFrom& from, Scope& scope);
    Shape* functionShape(const SqlFrom& from, Scope& scope);
    Shape* renamed(const Visible& visible, const SqlWords& columns);
    void renameColumns(Shape& shape, const SqlWords& columns);
    Shape shapeOf(const Visible& visible);
    Shape* pivoted(const Visible& visible, const SqlPivot& pivot, Scope& scope);
    Shape* unpivoted(const Visible& visible, const SqlPivot& pivot);
    std::string pivotName(const SqlPivot::Value& value, const SqlPivot::Value& aggregate,
                          std::size_t aggregates);
    Visible table(const SqlWords& name, std::string_view alias);
    std::uint32_t relationNumber(const SqlWords& name);

    // Expressions
    void collect(const SqlExpression& expression, Scope& scope, const Use& use);
    void collectAll(const SqlExpressions& expressions, Scope& scope, const Use& use);
    void call(const SqlExpression& call, Scope& scope, const Use& use);
    void subquery(const SqlExpression& expression, Scope& scope, const Use& use);
    void wholeRow(Scope& scope, const Visible& visible, const Use& use);
    void influence(const SqlExpression& expression, Scope& scope, SqlInfluence role);
    const Sources& windowSources(const SqlWindow& window, const SqlExpression& whole, Scope& scope,
                                 const std::string** whyNot, int depth);

    // Names
    void column(const SqlExpression& expression, Scope& scope, const Use& use);
    bool unqualified(const SqlWords& names, const SqlWords& path, Scope& scope, const Use& use);
    bool qualified(const SqlWords& names, const SqlWords& path, Scope& scope, const Use& use);
    Match match(const Visible& visible, std::string_view name);
    Match matchColumns(const std::vector<std::string>& known, std::string_view name);
    Match matchShape(Shape& shape, std::string_view name);
    void take(const Visible& visible, const Match& match, const SqlWord& name, const SqlWords& path,
              const Use& use);
    void takeSources(const Sources& sources, const SqlWords& path, const Use& use);
    const Column* output(Scope& scope, std::string_view name);
    bool isOuterColumn(Scope* scope, std::string_view name);
    std::string_view nameOf(const Visible& visible);
    static bool isNamed(std::string_view alias, const SqlWords* name, const SqlWords& qualifier);
    static std::size_t placeOf(const std::string& number);  // 0: none

    // Making
    bool add(Source source, const Use& use);
    std::string_view kept(std::string text);
    const std::string* sentence(std::string text);
    void fail(const Use& use, std::string text);
    void unite(Sources& into, const Sources& from);
    void tidy(Sources& sources);
    void note(const std::string& construct, int line);

    // Results
    void finish(SqlStatement& statement, Shape& shape, Sink& sink);
    SqlInput input(const Source& source, std::string_view outputName, bool isInfluence) const;
    std::string spelt(std::size_t begin, std::size_t end) const;
    void insertNames(const SqlStatementTree& tree, Shape& shape);
    void conflicts(const SqlStatementTree& tree, const CteScope* ctes, Sink& sink, Shape& shape);
    void assign(const SqlAssignment& assignment, Scope& scope, Shape& shape);
    std::string_view implicitName(const SqlExpression& expression) const;
    void writes(const SqlStatementTree& tree, const CteScope* ctes, Sink& sink, Shape& shape);

    std::string_view m_text;
    SqlDialect m_dialect;
    const SqlCatalog& m_catalog;
    const SqlMadeRelations& m_made;
    std::vector<SqlName> m_relations;
    std::vector<const std::vector<std::string>*> m_known;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::unordered_map<const std::vector<std::string>*,
                       std::unordered_map<std::string, std::size_t>>
        m_columnIndexes;
    std::deque<Cte> m_ctes;
    std::deque<Shape> m_shapes;
    std::deque<std::string> m_texts;
    std::deque<SqlExpression> m_expressions;
    std::vector<SqlNotUnderstood> m_notes;
    std::size_t m_left = 0;  // sources and columns that may still be made
    int m_depth = 0;
};

}  // namespace portolan
