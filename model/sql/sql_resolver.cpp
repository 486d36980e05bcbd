// SPDX-License-Identifier: Apache-2.0
// Queries and the relations of their FROM.
#include "model/sql/sql_resolver.h"

#include "model/sql/sql_functions.h"
#include "model/sql/sql_words.h"

#include <algorithm>

namespace portolan {

namespace {

constexpr std::uint32_t nowhere = 0x7fffffff;
constexpr std::uint32_t firstRecursion = 0x80000000;
constexpr std::size_t none = static_cast<std::size_t>(-1);

std::string capitals(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = upperLetter(c);
    return result;
}

}  // namespace

// --- common table expressions

void SqlResolver::resolveCtes(const std::vector<SqlCte>& ctes, bool isRecursive, Scope* outer,
                              CteScope& scope)
{
    for (const SqlCte& cte : ctes)
        resolveCte(cte, isRecursive, outer, scope);
}

// Each once, in their order, whether it is used or not: what a chain of them costs is what their text costs.
void SqlResolver::resolveCte(const SqlCte& cte, bool isRecursive, Scope* outer, CteScope& scope)
{
    const std::size_t number = m_ctes.size();
    Cte& made = m_ctes.emplace_back();
    made.names = &cte.columns;
    const std::string key = capitals(cte.name.text);
    if (!cte.query) {
        made.shape.open.push_back({nowhere, cte.name.text, {}, true, 0});
        scope.ctes[key].push_back(number);
        return;
    }
    // Some dialects say RECURSIVE, in others a reference to itself is enough.
    const bool mayRecur = isRecursive || m_dialect == SqlDialect::TSql ||
                          m_dialect == SqlDialect::Snowflake || m_dialect == SqlDialect::Generic ||
                          m_dialect == SqlDialect::Sqlite;
    const bool recurs = mayRecur && cte.query->sides.size() > 1;
    Sink sink;
    if (recurs) {
        made.isVisible = false;
        scope.ctes[key].push_back(number);
    }
    Shape shape = query(*cte.query, outer, &scope, sink, false, recurs ? number : none);
    Cte& mine = m_ctes[number];
    mine.shape = std::move(shape);
    mine.shape.isIndexed = false;
    mine.influences = std::move(sink.influences);
    mine.uses = std::move(sink.uses);
    std::erase(mine.uses, number);
    renameColumns(mine.shape, cte.columns);
    if (recurs)
        closeRecursion(mine, firstRecursion + static_cast<std::uint32_t>(number), mine.influences);
    else
        scope.ctes[key].push_back(number);
    mine.isVisible = true;
}

// Puts the sources of the columns in the place of the references to them, which may go round.
void SqlResolver::closeRecursion(Cte& cte, std::uint32_t self, Sources& influences)
{
    struct Step {
        std::size_t column;
        SqlInfluence influence;
        bool isMasked;
    };
    const auto closed = [&](const Sources& sources) {
        Sources result;
        std::vector<std::uint32_t> seen(cte.shape.columns.size(), 0);
        std::vector<Step> steps;
        const auto follow = [&](const Source& source, SqlInfluence role, bool isMasked) {
            const SqlInfluence influence = composedInfluence(role, source.influence);
            const bool masked = isMasked || source.isMasked;
            if (source.relation != self) {
                if (m_left > 0) {
                    --m_left;
                    result.push_back(source);
                    result.back().influence = influence;
                    result.back().isMasked = masked;
                }
                return;
            }
            const std::uint32_t bit = 1u << (static_cast<unsigned>(influence) * 2 + masked);
            if (source.place >= seen.size() || (seen[source.place] & bit))
                return;
            seen[source.place] |= bit;
            steps.push_back({source.place, influence, masked});
        };
        for (const Source& source : sources)
            follow(source, SqlInfluence::Identity, false);
        while (!steps.empty()) {
            const Step step = steps.back();
            steps.pop_back();
            for (const Source& source : cte.shape.columns[step.column].sources)
                follow(source, step.influence, step.isMasked);
        }
        tidy(result);
        return result;
    };
    std::vector<Sources> columns;
    for (const Column& column : cte.shape.columns)
        columns.push_back(closed(column.sources));
    influences = closed(influences);
    // A column that is made of an incomplete one is as incomplete.
    for (bool changed = true; changed;) {
        changed = false;
        for (Column& column : cte.shape.columns)
            for (const Source& source : column.sources)
                if (source.relation == self && !column.whyNot &&
                    source.place < cte.shape.columns.size() &&
                    cte.shape.columns[source.place].whyNot) {
                    column.whyNot = cte.shape.columns[source.place].whyNot;
                    changed = true;
                }
    }
    for (std::size_t i = 0; i < columns.size(); ++i)
        cte.shape.columns[i].sources = std::move(columns[i]);
}

// --- set operations

SqlResolver::Shape SqlResolver::query(const SqlQuery& query, Scope* outer, const CteScope* ctes,
                                      Sink& sink, bool isOutermost, std::size_t self)
{
    CteScope own;
    own.outer = ctes;
    if (!query.ctes.empty())
        resolveCtes(query.ctes, query.isRecursive, outer, own);
    const CteScope* visible = query.ctes.empty() ? ctes : &own;
    Shape shape;
    for (std::size_t i = 0; i < query.sides.size(); ++i) {
        Shape one = side(query.sides[i], query, outer, visible, sink, isOutermost);
        if (i == 0) {
            shape = std::move(one);
            if (self != none) {
                // The further sides may speak of what the first one began.
                Cte& cte = m_ctes[self];
                cte.shape.columns.clear();
                for (std::size_t k = 0; k < shape.columns.size(); ++k) {
                    Column column;
                    column.name =
                        k < cte.names->size() ? (*cte.names)[k].text : shape.columns[k].name;
                    Source source;
                    source.relation = firstRecursion + static_cast<std::uint32_t>(self);
                    source.place = static_cast<std::uint32_t>(k);
                    column.sources.push_back(source);
                    cte.shape.columns.push_back(std::move(column));
                }
                cte.shape.open = shape.open;
                cte.isVisible = true;
            }
        } else {
            join(shape, std::move(one), query.sides[i].isByName);
        }
    }
    if (query.isCutOff) {
        shape = Shape();
        shape.open.push_back({nowhere, "a query that is not understood", {}, true, 0});
    }
    if (query.sides.size() > 1 && (isOutermost || query.isLimited)) {
        Scope sorted;
        sorted.outer = nullptr;
        sorted.ctes = visible;
        sorted.outputs = &shape.columns;
        sorted.aliasUse = AliasUse::First;
        sorted.sink = &sink;
        sortBy(query.orders, sorted, shape);
    }
    return shape;
}

SqlResolver::Shape SqlResolver::side(const SqlSide& side, const SqlQuery& whole, Scope* outer,
                                     const CteScope* ctes, Sink& sink, bool isOutermost)
{
    if (side.query)
        return query(*side.query, outer, ctes, sink, isOutermost && whole.sides.size() == 1, none);
    if (!side.select)
        return {};
    if (!side.select->rows.empty())
        return values(*side.select, outer, ctes, sink);
    const bool isSorted =
        whole.sides.size() == 1 && (isOutermost || whole.isLimited || side.select->hasTop);
    return select(*side.select, whole, outer, ctes, sink, isSorted);
}

SqlResolver::Shape SqlResolver::values(const SqlSelect& select, Scope* outer, const CteScope* ctes,
                                       Sink& sink)
{
    Shape shape;
    Scope scope;
    scope.outer = outer;
    scope.ctes = ctes;
    scope.sink = &sink;
    const bool countsFromZero = m_dialect == SqlDialect::DuckDb;
    for (const SqlExpressions& row : select.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i == shape.columns.size()) {
                Column column;
                column.line = row[i]->line;
                column.name =
                    kept((m_dialect == SqlDialect::DuckDb || m_dialect == SqlDialect::Databricks
                              ? "col"
                              : "column") +
                         std::to_string(countsFromZero ? i : i + 1));
                shape.columns.push_back(std::move(column));
            }
            Use use;
            use.out = &shape.columns[i].sources;
            use.whyNot = &shape.columns[i].whyNot;
            use.whole = row[i];
            collect(*row[i], scope, use);
        }
    }
    return shape;
}

// A column of a set operation has the sources of all its sides.
void SqlResolver::join(Shape& shape, Shape&& side, bool isByName)
{
    if (isByName) {
        for (Column& column : side.columns) {
            const Match found = matchShape(shape, column.name);
            if (found.kind == Match::Kind::Yes) {
                Column& mine = shape.columns[found.place];
                unite(mine.sources, column.sources);
                if (!mine.whyNot)
                    mine.whyNot = column.whyNot;
            } else {
                shape.columns.push_back(std::move(column));
                shape.isIndexed = false;
            }
        }
        for (Open& open : side.open)
            shape.open.push_back(std::move(open));
        return;
    }
    const std::size_t firstOpen = shape.open.empty() ? none : shape.open.front().position;
    const std::size_t sideOpen = side.open.empty() ? none : side.open.front().position;
    const std::size_t certain = std::min(firstOpen, sideOpen);
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
        Column& mine = shape.columns[i];
        if (i >= certain) {
            if (!mine.whyNot) {
                const Open& open = sideOpen <= i ? side.open.front() : shape.open.front();
                mine.whyNot =
                    sentence("The columns of " + std::string(open.name) +
                             " are not known, so what the set operation puts here is not known.");
            }
            continue;
        }
        if (i >= side.columns.size())
            break;
        unite(mine.sources, side.columns[i].sources);
        if (!mine.whyNot)
            mine.whyNot = side.columns[i].whyNot;
    }
    for (Open& open : shape.open)
        open.isCertain = false;
    // The first side may have fewer names than the second has columns; then a star stands for the rest.
    if (shape.open.empty() && !side.open.empty() && shape.columns.empty())
        shape.open = std::move(side.open);
}

// --- SELECT

SqlResolver::Shape SqlResolver::select(const SqlSelect& select, const SqlQuery& whole, Scope* outer,
                                       const CteScope* ctes, Sink& sink, bool isSorted)
{
    Shape shape;
    Scope scope;
    scope.outer = outer;
    scope.ctes = ctes;
    scope.select = &select;
    scope.sink = &sink;
    addRelations(select.from, scope);
    scope.outputs = &shape.columns;
    items(select, scope, shape);
    scope.aliasUse = AliasUse::AfterColumns;
    for (const SqlExpression* filter : select.filters)
        influence(*filter, scope, SqlInfluence::Filter);
    groupBy(select, scope, shape);
    for (const SqlExpression* key : select.distinctOn)
        influence(*key, scope, SqlInfluence::GroupBy);
    if (isSorted || (!select.distinctOn.empty() && whole.sides.size() == 1)) {
        scope.aliasUse = AliasUse::First;
        sortBy(whole.orders, scope, shape);
    }
    return shape;
}

void SqlResolver::items(const SqlSelect& select, Scope& scope, Shape& shape)
{
    const bool hasLateral = m_dialect == SqlDialect::Snowflake ||
                            m_dialect == SqlDialect::Redshift ||
                            m_dialect == SqlDialect::Databricks ||
                            m_dialect == SqlDialect::DuckDb || m_dialect == SqlDialect::Generic;
    scope.aliasUse = hasLateral ? AliasUse::Lateral : AliasUse::None;
    for (const SqlItem& item : select.items) {
        const SqlExpression& expression = *item.expression;
        m_left -= std::min<std::size_t>(m_left, 1);
        if (expression.kind == SqlExpressionKind::Star) {
            if (m_left == 0)
                shape.open.push_back(
                    {nowhere, "what is too large", {}, true, shape.columns.size()});
            else
                star(expression, scope, shape);
            continue;
        }
        Column column;
        column.line = expression.line;
        column.name = item.alias.text;
        if (column.name.empty() && expression.kind == SqlExpressionKind::Column)
            column.name = expression.path.empty() ? expression.names.back().text
                                                  : expression.path.back().text;
        if (column.name.empty())
            column.name = implicitName(expression);
        Use use;
        use.out = &column.sources;
        use.whyNot = &column.whyNot;
        use.whole = &expression;
        collect(expression, scope, use);
        tidy(column.sources);
        if (item.aliases.empty()) {
            shape.columns.push_back(std::move(column));
            continue;
        }
        for (const SqlWord& alias : item.aliases) {
            column.name = alias.text;
            shape.columns.push_back(column);
        }
    }
}

// PostgreSQL names what has no name by its function, or by the column that is cast.
std::string_view SqlResolver::implicitName(const SqlExpression& expression) const
{
    if (m_dialect != SqlDialect::PostgreSql && m_dialect != SqlDialect::Redshift)
        return {};
    switch (expression.kind) {
    case SqlExpressionKind::Call:
        return expression.names.back().text;
    case SqlExpressionKind::Case:
        return "case";
    case SqlExpressionKind::Column:
        return expression.path.empty() ? expression.names.back().text : expression.path.back().text;
    case SqlExpressionKind::Operation:
        if (expression.isCast && expression.children.size() == 1)
            return implicitName(*expression.children.front());
        return {};
    default:
        return {};
    }
}

void SqlResolver::star(const SqlExpression& star, Scope& scope, Shape& shape)
{
    if (star.changes && star.changes->isByPattern) {
        shape.open.push_back(
            {nowhere, kept(spelt(star.begin, star.end)), {}, true, shape.columns.size()});
        return;
    }
    if (star.names.empty()) {
        if (scope.relations.empty() && !scope.select)
            return;
        for (const Merged& merged : scope.merged) {
            if (merged.relations.empty())
                continue;
            Column column;
            column.line = star.line;
            column.name = merged.name;
            Use use;
            use.out = &column.sources;
            use.whyNot = &column.whyNot;
            use.whole = &star;
            SqlExpression name;
            name.kind = SqlExpressionKind::Column;
            name.names.push_back({merged.name, false});
            unqualified(name.names, {}, scope, use);
            for (const std::size_t relation : merged.relations) {
                const Visible& visible = scope.relations[relation];
                const Match found = match(visible, merged.name);
                if (found.kind == Match::Kind::Yes) {
                    if (visible.known)
                        column.name = (*visible.known)[found.place];
                    else
                        column.name = visible.shape->columns[found.place].name;
                    break;
                }
            }
            addStarColumn(std::move(column), star.changes, scope, star, shape);
        }
        for (std::size_t i = 0; i < scope.relations.size(); ++i)
            if (!scope.relations[i].isHidden)
                starOf(scope, i, star.changes, star, !scope.merged.empty(), shape);
        return;
    }
    for (Scope* around = &scope; around; around = around->outer)
        for (std::size_t i = around->relations.size(); i-- > 0;)
            if (isNamed(around->relations[i].alias, around->relations[i].name, star.names)) {
                starOf(*around, i, star.changes, star, false, shape);
                return;
            }
    // A struct's fields, which are known to nobody.
    Column column;
    SqlWords path;
    Use use;
    Sources sources;
    const std::string* whyNot = nullptr;
    use.out = &sources;
    use.whyNot = &whyNot;
    use.whole = &star;
    SqlExpression name;
    name.kind = SqlExpressionKind::Column;
    name.names = star.names;
    this->column(name, scope, use);
    shape.open.push_back(
        {nowhere, kept(spelt(star.begin, star.end)), {}, true, shape.columns.size()});
}

void SqlResolver::starOf(Scope& scope, std::size_t relation, const SqlStarChanges* changes,
                         const SqlExpression& star, bool skipsMerged, Shape& shape)
{
    const auto isMerged = [&](std::string_view name) {
        if (!skipsMerged)
            return false;
        for (const Merged& merged : scope.merged)
            if (isSameWord(merged.name, name) &&
                std::find(merged.relations.begin(), merged.relations.end(), relation) !=
                    merged.relations.end())
                return true;
        return false;
    };
    const Visible visible = scope.relations[relation];
    if (visible.known) {
        for (const std::string& name : *visible.known) {
            if (isMerged(name) || m_left == 0)
                continue;
            Column column;
            column.name = name;
            column.line = star.line;
            Source source;
            source.relation = visible.relation;
            source.column = source.leaf = name;
            source.takesPath = true;
            source.begin = static_cast<std::uint32_t>(star.begin);
            source.end = static_cast<std::uint32_t>(star.end);
            source.line = star.line;
            column.sources.push_back(source);
            addStarColumn(std::move(column), changes, scope, star, shape);
        }
        return;
    }
    const auto excepted = [&] {
        std::vector<std::string_view> names;
        if (changes) {
            for (const SqlWord& name : changes->except)
                names.push_back(name.text);
            for (const SqlStarChanges::Value& value : changes->values)
                names.push_back(value.name.text);
            for (const SqlStarChanges::Rename& rename : changes->renames)
                names.push_back(rename.from.text);
        }
        if (skipsMerged)
            for (const Merged& merged : scope.merged)
                if (isMerged(merged.name))
                    names.push_back(merged.name);
        return names;
    };
    // What is changed by name is known, even where the rest is not.
    const auto changed = [&] {
        if (!changes)
            return;
        for (const SqlStarChanges::Value& value : changes->values) {
            Column column;
            column.name = value.name.text;
            column.line = star.line;
            Use use;
            use.out = &column.sources;
            use.whyNot = &column.whyNot;
            use.whole = value.expression;
            collect(*value.expression, scope, use);
            shape.columns.push_back(std::move(column));
        }
        for (const SqlStarChanges::Rename& rename : changes->renames) {
            const Match found = match(visible, rename.from.text);
            if (found.kind == Match::Kind::No)
                continue;
            Column column;
            column.name = rename.to.text;
            column.line = star.line;
            Use use;
            use.out = &column.sources;
            use.whyNot = &column.whyNot;
            use.whole = &star;
            take(visible, found, rename.from, {}, use);
            shape.columns.push_back(std::move(column));
        }
    };
    if (!visible.shape) {
        shape.open.push_back(
            {visible.relation, nameOf(visible), excepted(), true, shape.columns.size()});
        changed();
        return;
    }
    for (const Column& column : visible.shape->columns) {
        if (isMerged(column.name) || m_left == 0)
            continue;
        Column copy = column;
        copy.line = star.line;
        m_left -= std::min(m_left, copy.sources.size());
        addStarColumn(std::move(copy), changes, scope, star, shape);
    }
    for (const Open& open : visible.shape->open) {
        Open copy = open;
        copy.position = shape.columns.size();
        for (const std::string_view name : excepted())
            copy.except.push_back(name);
        if (m_left == 0)
            return;
        m_left -= std::min(m_left, 1 + copy.except.size());
        shape.open.push_back(std::move(copy));
    }
    if (!visible.shape->open.empty())
        changed();
    if (visible.shape->hasAny && visible.shape->open.empty() && visible.shape->columns.empty())
        shape.open.push_back({nowhere, nameOf(visible), {}, true, shape.columns.size()});
}

void SqlResolver::addStarColumn(Column column, const SqlStarChanges* changes, Scope& scope,
                                const SqlExpression& star, Shape& shape)
{
    if (m_left == 0)
        return;
    --m_left;
    if (changes) {
        for (const SqlWord& name : changes->except)
            if (isSameWord(name.text, column.name))
                return;
        for (const SqlStarChanges::Value& value : changes->values)
            if (isSameWord(value.name.text, column.name)) {
                column.sources.clear();
                column.whyNot = nullptr;
                Use use;
                use.out = &column.sources;
                use.whyNot = &column.whyNot;
                use.whole = value.expression;
                collect(*value.expression, scope, use);
                break;
            }
        for (const SqlStarChanges::Rename& rename : changes->renames)
            if (isSameWord(rename.from.text, column.name)) {
                column.name = rename.to.text;
                break;
            }
    }
    column.line = star.line;
    shape.columns.push_back(std::move(column));
}

void SqlResolver::groupBy(const SqlSelect& select, Scope& scope, const Shape& shape)
{
    const auto take = [&](const Column& column) {
        Use use;
        use.role = SqlInfluence::GroupBy;
        use.out = &scope.sink->influences;
        takeSources(column.sources, {}, use);
    };
    if (select.isGroupedByAll)
        for (const Column& column : shape.columns)
            if (std::none_of(column.sources.begin(), column.sources.end(),
                             [](const Source& source) {
                                 return source.influence == SqlInfluence::Aggregation;
                             }))
                take(column);
    for (const SqlExpression* group : select.groups) {
        if (group->kind == SqlExpressionKind::Literal && shape.open.empty()) {
            const std::size_t place = placeOf(spelt(group->begin, group->end));
            if (place > 0 && place <= shape.columns.size())
                take(shape.columns[place - 1]);
            continue;
        }
        influence(*group, scope, SqlInfluence::GroupBy);
    }
}

void SqlResolver::sortBy(const SqlExpressions& keys, Scope& scope, const Shape& shape)
{
    for (const SqlExpression* key : keys) {
        if (key->kind == SqlExpressionKind::Literal) {
            const std::size_t place = placeOf(spelt(key->begin, key->end));
            if (place > 0 && place <= shape.columns.size() && shape.open.empty()) {
                Use use;
                use.role = SqlInfluence::Sort;
                use.out = &scope.sink->influences;
                takeSources(shape.columns[place - 1].sources, {}, use);
            }
            continue;
        }
        const bool isAll = key->kind == SqlExpressionKind::Column && key->names.size() == 1 &&
                           !key->names.front().isQuoted &&
                           isSameWord(key->names.front().text, "ALL");
        if (isAll) {
            Use use;
            use.role = SqlInfluence::Sort;
            use.out = &scope.sink->influences;
            for (const Column& column : shape.columns)
                takeSources(column.sources, {}, use);
            continue;
        }
        influence(*key, scope, SqlInfluence::Sort);
    }
}

// --- FROM

void SqlResolver::addRelations(const std::vector<SqlFrom>& from, Scope& scope)
{
    for (const SqlFrom& one : from)
        addRelation(one, scope);
}

void SqlResolver::addRelation(const SqlFrom& from, Scope& scope)
{
    const bool isDual = from.isOpaque && from.join == SqlJoin::Semi && from.name.empty() &&
                        !from.query && !from.call;
    if (!isDual) {
        Visible made = visible(from, scope);
        for (const SqlPivot& pivot : from.pivots) {
            made.shape = pivot.isUnpivot ? unpivoted(made, pivot) : pivoted(made, pivot, scope);
            made.known = nullptr;
            if (!pivot.alias.text.empty()) {
                made.alias = pivot.alias.text;
                made.name = nullptr;
            }
            renameColumns(*made.shape, pivot.aliasColumns);
        }
        scope.relations.push_back(made);
    }
    joinRelation(from, scope);
    if (!isDual && from.join == SqlJoin::Semi)
        scope.relations.back().isHidden = true;
}

void SqlResolver::joinRelation(const SqlFrom& from, Scope& scope)
{
    if (from.on) {
        influence(*from.on, scope, SqlInfluence::Join);
        return;
    }
    for (const SqlWord& name : from.joinedBy)
        mergeColumn(name.text, from, scope);
    if (!from.isNatural || scope.relations.size() < 2)
        return;
    const Visible last = scope.relations.back();
    const Shape right = shapeOf(last);
    const Shape* unknown = right.open.empty() ? nullptr : &right;
    std::vector<std::string_view> common;
    for (std::size_t i = 0; i + 1 < scope.relations.size() && m_left > 0; ++i) {
        const Shape left = shapeOf(scope.relations[i]);
        if (!left.open.empty())
            unknown = &left;
        for (const Column& column : left.columns)
            for (const Column& other : right.columns)
                if (isSameWord(column.name, other.name) &&
                    std::none_of(common.begin(), common.end(), [&](std::string_view one) {
                        return isSameWord(one, column.name);
                    }))
                    common.push_back(column.name);
        if (unknown) {
            note("NATURAL JOIN", from.line);
            return;
        }
    }
    for (const std::string_view name : common)
        mergeColumn(name, from, scope);
}

void SqlResolver::mergeColumn(std::string_view name, const SqlFrom& from, Scope& scope)
{
    const std::size_t last = scope.relations.size() - 1;
    Merged* merged = nullptr;
    for (Merged& one : scope.merged)
        if (isSameWord(one.name, name))
            merged = &one;
    if (!merged) {
        merged = &scope.merged.emplace_back();
        merged->name = name;
        // The one before that has it; of several that are not known, none is singled out.
        std::vector<std::size_t> maybe;
        for (std::size_t i = 0; i < last; ++i) {
            if (scope.relations[i].isHidden)
                continue;
            const Match found = match(scope.relations[i], name);
            if (found.kind == Match::Kind::Yes)
                merged->relations.push_back(i);
            else if (found.kind == Match::Kind::Maybe)
                maybe.push_back(i);
        }
        if (merged->relations.empty() && maybe.size() == 1)
            merged->relations = maybe;
        if (merged->relations.empty() && maybe.size() > 1) {
            Use use;
            use.role = SqlInfluence::Join;
            use.out = &scope.sink->influences;
            note("USING (" + std::string(name) + "): it is not known which relation has it",
                 from.line);
        }
    }
    if (from.join != SqlJoin::Semi && last > 0)
        merged->relations.push_back(last);
    merged->join = from.join;
    SqlExpression* whole = &m_expressions.emplace_back();
    whole->kind = SqlExpressionKind::Column;
    whole->line = from.line;
    whole->names.push_back({name, false});
    whole->begin = static_cast<std::size_t>(name.data() - m_text.data());
    whole->end = whole->begin + name.size();
    if (name.data() < m_text.data() || name.data() >= m_text.data() + m_text.size())
        whole->begin = whole->end = 0;
    Use use;
    use.role = SqlInfluence::Join;
    use.out = &scope.sink->influences;
    use.whole = whole;
    std::vector<std::size_t> sides = merged->relations;
    if (from.join == SqlJoin::Semi)
        sides.push_back(last);
    for (const std::size_t relation : sides)
        take(scope.relations[relation], match(scope.relations[relation], name), {name, false}, {},
             use);
}

SqlResolver::Visible SqlResolver::visible(const SqlFrom& from, Scope& scope)
{
    Visible made;
    if (from.query) {
        // Only a lateral one sees its neighbours.
        Scope* outer = from.isLateral ? &scope : scope.outer;
        made.shape =
            &m_shapes.emplace_back(query(*from.query, outer, scope.ctes, *scope.sink, false, none));
        made.alias = from.alias.text;
    } else if (from.call) {
        made.shape = functionShape(from, scope);
        made.alias = from.alias.text.empty() ? from.call->names.back().text : from.alias.text;
        made.isRow = from.alias.text.size() > 0 && from.columns.empty();
        return made;
    } else if (from.name.empty()) {
        made.shape = &m_shapes.emplace_back();
        made.shape->open.push_back(
            {nowhere,
             from.alias.text.empty() ? "what is not understood" : from.alias.text,
             {},
             true,
             0});
        made.alias = from.alias.text;
        return made;
    } else {
        made.alias = from.alias.text;
        bool isFound = false;
        if (from.name.size() == 1) {
            const std::string key = capitals(from.name.front().text);
            for (const CteScope* ctes = scope.ctes; ctes && !isFound; ctes = ctes->outer) {
                const auto found = ctes->ctes.find(key);
                if (found == ctes->ctes.end())
                    continue;
                for (auto cte = found->second.rbegin(); cte != found->second.rend() && !isFound;
                     ++cte) {
                    if (!m_ctes[*cte].isVisible)
                        continue;
                    scope.sink->uses.push_back(*cte);
                    made.shape = &m_ctes[*cte].shape;
                    isFound = true;
                }
            }
            if (isFound && made.alias.empty())
                made.alias = from.name.front().text;
        }
        // A path into a row before it: BigQuery's FROM t, t.items
        if (!isFound && from.name.size() > 1) {
            for (std::size_t i = scope.relations.size(); i-- > 0 && !isFound;) {
                if (!isSameWord(scope.relations[i].alias, from.name.front().text) &&
                    !(scope.relations[i].alias.empty() && scope.relations[i].name &&
                      scope.relations[i].name->size() == 1 &&
                      isSameWord(scope.relations[i].name->front().text, from.name.front().text)))
                    continue;
                SqlExpression* element = &m_expressions.emplace_back();
                element->kind = SqlExpressionKind::Column;
                element->names = from.name;
                element->line = from.line;
                element->begin = from.begin;
                element->end = from.end;
                Shape& shape = m_shapes.emplace_back();
                shape.hasAny = true;
                Use use;
                const std::string* whyNot = nullptr;
                use.role = SqlInfluence::Transformation;
                use.out = &shape.any;
                use.whyNot = &whyNot;
                use.whole = element;
                column(*element, scope, use);
                for (Source& source : shape.any)
                    source.takesPath = true;
                Column value;
                value.name = from.alias.text.empty() ? from.name.back().text : from.alias.text;
                value.line = from.line;
                value.sources = shape.any;
                value.whyNot = whyNot;
                shape.columns.push_back(std::move(value));
                made.shape = &shape;
                made.alias = from.alias.text.empty() ? from.name.back().text : from.alias.text;
                made.isRow = true;
                isFound = true;
            }
        }
        if (!isFound)
            made = table(from.name, from.alias.text);
        if (!made.shape && made.alias.empty())
            made.name = &from.name;
    }
    if (from.isOpaque) {
        made.shape = &m_shapes.emplace_back();
        made.known = nullptr;
        made.shape->open.push_back({nowhere, nameOf(made), {}, true, 0});
    }
    if (!from.columns.empty())
        made.shape = renamed(made, from.columns), made.known = nullptr;
    return made;
}

// (a, b) behind an alias names the first columns.
SqlResolver::Shape* SqlResolver::renamed(const Visible& visible, const SqlWords& columns)
{
    Shape& shape = m_shapes.emplace_back(shapeOf(visible));
    const bool isUnknown = shape.columns.empty() && !shape.open.empty();
    for (std::size_t i = shape.columns.size(); isUnknown && i < columns.size(); ++i) {
        Column column;
        column.name = columns[i].text;
        column.whyNot =
            sentence("The columns of " + std::string(nameOf(visible)) + " are not known.");
        shape.columns.push_back(std::move(column));
    }
    if (isUnknown)
        shape.open.clear();
    else
        renameColumns(shape, columns);
    return &shape;
}

// By their places, which are not known behind a star over what is not known.
void SqlResolver::renameColumns(Shape& shape, const SqlWords& columns)
{
    shape.isIndexed = false;
    const std::size_t certain = shape.open.empty() ? none : shape.open.front().position;
    std::size_t i = 0;
    for (; i < columns.size() && i < shape.columns.size() && i < certain; ++i)
        shape.columns[i].name = columns[i].text;
    if (certain == none || i == columns.size())
        return;
    shape.columns.resize(i);
    Column column;
    column.whyNot =
        sentence("The columns of " + std::string(shape.open.front().name) + " are not known.");
    for (; i < columns.size(); ++i) {
        column.name = columns[i].text;
        shape.columns.push_back(column);
    }
    shape.open.clear();
}

SqlResolver::Shape SqlResolver::shapeOf(const Visible& visible)
{
    if (visible.shape)
        return *visible.shape;
    Shape shape;
    if (!visible.known) {
        shape.open.push_back({visible.relation, nameOf(visible), {}, true, 0});
        return shape;
    }
    for (const std::string& name : *visible.known) {
        Column column;
        column.name = name;
        Source source;
        source.relation = visible.relation;
        source.column = source.leaf = name;
        source.takesPath = true;
        column.sources.push_back(source);
        shape.columns.push_back(std::move(column));
        m_left -= std::min<std::size_t>(m_left, 1);
    }
    return shape;
}

SqlResolver::Shape* SqlResolver::functionShape(const SqlFrom& from, Scope& scope)
{
    Shape& shape = m_shapes.emplace_back();
    const std::string_view name = from.call->names.back().text;
    const SqlTableFunction kind = sqlTableFunction(name);
    Sources sources;
    const std::string* whyNot = nullptr;
    Use use;
    use.role = SqlInfluence::Transformation;
    use.out = &sources;
    use.whyNot = &whyNot;
    use.whole = from.call;
    // Its arguments are columns of its neighbours.
    for (const SqlExpression* argument : from.call->children)
        collect(*argument, scope, use);
    const std::uint64_t function = sqlWordHash(name);
    const bool hasFields = function == "UNNEST"_w || function == "EXPLODE"_w ||
                           function == "EXPLODE_OUTER"_w || function == "POSEXPLODE"_w ||
                           function == "POSEXPLODE_OUTER"_w || function == "INLINE"_w ||
                           function == "INLINE_OUTER"_w;
    const auto addColumn = [&](std::string_view column, bool isMade) {
        Column made;
        made.name = column;
        made.line = from.line;
        if (isMade) {
            made.sources = sources;
            for (Source& source : made.sources)
                source.takesPath = true;
            made.whyNot = whyNot;
        }
        shape.columns.push_back(std::move(made));
    };
    if (kind == SqlTableFunction::Flatten) {
        for (const std::string_view column : {"SEQ", "KEY", "PATH", "INDEX", "VALUE", "THIS"})
            addColumn(column, column != "SEQ");
    } else if (kind == SqlTableFunction::Elements) {
        for (const SqlWord& column : from.columns)
            addColumn(column.text, true);
        if (from.columns.empty())
            addColumn(from.alias.text.empty() ? name : from.alias.text, true);
        shape.hasAny = true;
        shape.any = sources;
        for (Source& source : shape.any)
            source.takesPath = hasFields;
    } else {
        shape.open.push_back({nowhere, name, {}, true, 0});
        for (const SqlWord& column : from.columns) {
            addColumn(column.text, false);
            shape.columns.back().whyNot =
                sentence("The columns of " + std::string(name) + " are not known.");
        }
    }
    // Where it has names of its own, the last one is the position's.
    if (!from.position.text.empty() && from.columns.size() < 2)
        addColumn(from.position.text, true);
    for (Column& column : shape.columns)
        tidy(column.sources);
    tidy(shape.any);
    return &shape;
}

// --- PIVOT

std::string SqlResolver::pivotName(const SqlPivot::Value& value, const SqlPivot::Value& aggregate,
                                   std::size_t aggregates)
{
    std::string name(value.name.text);
    if (name.empty() && value.expression) {
        name = spelt(value.expression->begin, value.expression->end);
        const bool isText = name.size() > 1 && name.front() == '\'' && name.back() == '\'';
        if (value.expression->kind == SqlExpressionKind::Column)
            name = value.expression->names.back().text;
        else if (isText && m_dialect != SqlDialect::Snowflake)
            name = name.substr(1, name.size() - 2);
    }
    const std::string alias(aggregate.name.text);
    switch (m_dialect) {
    case SqlDialect::BigQuery:
        return alias.empty() ? name : alias + '_' + name;
    case SqlDialect::Databricks:
        if (aggregates == 1)
            return name;
        return name + '_' +
               (alias.empty() ? spelt(aggregate.expression->begin, aggregate.expression->end)
                              : alias);
    case SqlDialect::TSql:
    case SqlDialect::Snowflake:
        return name;
    default:
        if (alias.empty() && aggregates == 1)
            return name;
        return name + '_' +
               (alias.empty() ? spelt(aggregate.expression->begin, aggregate.expression->end)
                              : alias);
    }
}

// The columns that the pivot names not stay, and are what its rows are grouped by.
SqlResolver::Shape* SqlResolver::pivoted(const Visible& visible, const SqlPivot& pivot,
                                         Scope& outer)
{
    Shape& shape = m_shapes.emplace_back();
    Scope scope;
    scope.outer = outer.outer;
    scope.ctes = outer.ctes;
    scope.sink = outer.sink;
    scope.relations.push_back(visible);
    std::vector<std::string_view> used;
    std::vector<const SqlExpression*> open;
    for (const SqlPivot::Value& aggregate : pivot.aggregates)
        open.push_back(aggregate.expression);
    open.insert(open.end(), pivot.of.begin(), pivot.of.end());
    while (!open.empty()) {
        const SqlExpression* one = open.back();
        open.pop_back();
        if (one->kind == SqlExpressionKind::Column)
            used.push_back(one->names.back().text);
        for (const SqlExpressions* inner : {&one->children, &one->conditions})
            open.insert(open.end(), inner->begin(), inner->end());
    }
    const auto isUsed = [&](std::string_view name) {
        return std::any_of(used.begin(), used.end(),
                           [&](std::string_view one) { return isSameWord(one, name); });
    };
    if (pivot.groups.empty()) {
        const Shape all = shapeOf(visible);
        for (const Column& column : all.columns) {
            if (isUsed(column.name))
                continue;
            Use use;
            use.role = SqlInfluence::GroupBy;
            use.out = &scope.sink->influences;
            takeSources(column.sources, {}, use);
            Source* last = use.out->empty() ? nullptr : &use.out->back();
            if (last && last->end == 0)
                last->line = pivot.line;
            shape.columns.push_back(column);
        }
        for (Open one : all.open) {
            one.except.insert(one.except.end(), used.begin(), used.end());
            one.position = shape.columns.size();
            shape.open.push_back(std::move(one));
        }
    }
    for (const SqlExpression* group : pivot.groups) {
        Column column;
        column.line = group->line;
        column.name = group->kind == SqlExpressionKind::Column ? group->names.back().text : "";
        Use use;
        use.out = &column.sources;
        use.whyNot = &column.whyNot;
        use.whole = group;
        collect(*group, scope, use);
        shape.columns.push_back(std::move(column));
        influence(*group, scope, SqlInfluence::GroupBy);
    }
    const auto made = [&](const SqlPivot::Value& aggregate) {
        Column column;
        column.line = pivot.line;
        Use use;
        use.out = &column.sources;
        use.whyNot = &column.whyNot;
        use.whole = aggregate.expression;
        collect(*aggregate.expression, scope, use);
        use.role = SqlInfluence::Conditional;
        for (const SqlExpression* of : pivot.of)
            collect(*of, scope, use);
        tidy(column.sources);
        return column;
    };
    std::vector<Column> columns;
    for (const SqlPivot::Value& aggregate : pivot.aggregates)
        columns.push_back(made(aggregate));
    for (const SqlPivot::Value& value : pivot.values)
        for (std::size_t i = 0; i < columns.size() && m_left > 0; ++i) {
            Column column = columns[i];
            column.name = kept(pivotName(value, pivot.aggregates[i], columns.size()));
            m_left -= std::min(m_left, 1 + column.sources.size());
            shape.columns.push_back(std::move(column));
        }
    if (pivot.values.empty()) {
        // The columns are the values that are found: any name is one of them.
        note(pivot.isWidening ? "PIVOT over values that are not listed" : "PIVOT", pivot.line);
        shape.hasAny = shape.open.empty();
        for (const Column& column : columns)
            unite(shape.any, column.sources);
        if (shape.open.empty())
            shape.open.push_back({nowhere, nameOf(visible), {}, true, shape.columns.size()});
    }
    return &shape;
}

SqlResolver::Shape* SqlResolver::unpivoted(const Visible& visible, const SqlPivot& pivot)
{
    Shape all = shapeOf(visible);
    Shape& shape = m_shapes.emplace_back();
    const auto isTurned = [&](std::string_view name) {
        for (const SqlWords& columns : pivot.columns)
            for (const SqlWord& column : columns)
                if (isSameWord(column.text, name))
                    return true;
        return false;
    };
    for (const Column& column : all.columns)
        if (!isTurned(column.name))
            shape.columns.push_back(column);
    for (Open one : all.open) {
        for (const SqlWords& columns : pivot.columns)
            for (const SqlWord& column : columns)
                one.except.push_back(column.text);
        one.position = shape.columns.size();
        shape.open.push_back(std::move(one));
    }
    std::vector<Column> values(pivot.valueNames.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i].name = pivot.valueNames[i].text;
        values[i].line = pivot.line;
        for (const SqlWords& columns : pivot.columns) {
            if (i >= columns.size())
                continue;
            Use use;
            use.out = &values[i].sources;
            use.whyNot = &values[i].whyNot;
            SqlExpression* whole = &m_expressions.emplace_back();
            whole->kind = SqlExpressionKind::Column;
            whole->line = pivot.line;
            whole->names.push_back(columns[i]);
            whole->begin = static_cast<std::size_t>(columns[i].text.data() - m_text.data());
            whole->end = whole->begin + columns[i].text.size();
            if (columns[i].text.data() < m_text.data() ||
                columns[i].text.data() > m_text.data() + m_text.size())
                whole->begin = whole->end = 0;
            use.whole = whole;
            const Match found = match(visible, columns[i].text);
            if (found.kind == Match::Kind::No)
                fail(use, "Column '" + std::string(columns[i].text) +
                              "' is not among the known columns of " +
                              std::string(nameOf(visible)) + ".");
            else
                take(visible, found, columns[i], {}, use);
        }
        if (pivot.isWidening)
            values[i].whyNot = sentence("UNPIVOT of columns that are not listed.");
        tidy(values[i].sources);
    }
    Column name;
    name.name = pivot.nameName.text;
    name.line = pivot.line;
    const bool isNameFirst = m_dialect == SqlDialect::Snowflake ||
                             m_dialect == SqlDialect::DuckDb || m_dialect == SqlDialect::Databricks;
    if (isNameFirst)
        shape.columns.push_back(name);
    for (Column& value : values)
        shape.columns.push_back(std::move(value));
    if (!isNameFirst)
        shape.columns.push_back(name);
    return &shape;
}

// --- relations outside the text

std::uint32_t SqlResolver::relationNumber(const SqlWords& name)
{
    const bool foldsQuoted = m_dialect == SqlDialect::TSql || m_dialect == SqlDialect::DuckDb ||
                             m_dialect == SqlDialect::Databricks ||
                             m_dialect == SqlDialect::Sqlite || m_dialect == SqlDialect::Trino ||
                             m_dialect == SqlDialect::BigQuery || m_dialect == SqlDialect::Redshift;
    std::string key;
    for (const SqlWord& word : name) {
        std::string part(word.text);
        const bool folds = !word.isQuoted || foldsQuoted;
        if (folds)
            for (char& c : part) {
                if (m_dialect == SqlDialect::Snowflake)
                    c = upperLetter(c);
                else if (c >= 'A' && c <= 'Z')
                    c = static_cast<char>(c - 'A' + 'a');
            }
        key += part;
        key += '\0';
    }
    const auto [found, isNew] =
        m_numbers.emplace(key, static_cast<std::uint32_t>(m_relations.size()));
    if (!isNew)
        return found->second;
    SqlName made;
    for (const SqlWord& word : name)
        made.parts.push_back({std::string(word.text), word.isQuoted});
    const std::vector<std::string>* known = m_made.columns(name);
    if (!known)
        known = m_catalog.columns(made);
    m_relations.push_back(std::move(made));
    m_known.push_back(known);
    return found->second;
}

SqlResolver::Visible SqlResolver::table(const SqlWords& name, std::string_view alias)
{
    Visible made;
    made.alias = alias;
    made.relation = relationNumber(name);
    made.known = m_known[made.relation];
    if (alias.empty())
        made.name = &name;
    return made;
}

}  // namespace portolan
