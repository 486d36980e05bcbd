// SPDX-License-Identifier: Apache-2.0
// Expressions, and the names in them.
#include "model/sql/sql_functions.h"
#include "model/sql/sql_resolver.h"
#include "model/sql/sql_words.h"

#include <algorithm>
#include <unordered_set>

namespace portolan {

namespace {

constexpr std::uint32_t nowhere = 0x7fffffff;
constexpr std::size_t fewColumns = 24;

std::string capitals(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = upperLetter(c);
    return result;
}

// Columns that many relations have and no catalog lists.
bool isPseudoColumn(std::string_view name)
{
    switch (sqlWordHash(name)) {
    case "_PARTITIONTIME"_w:
    case "_PARTITIONDATE"_w:
    case "_TABLE_SUFFIX"_w:
    case "_FILE_NAME"_w:
    case "_METADATA"_w:
    case "ROWID"_w:
    case "_ROWID_"_w:
    case "CTID"_w:
    case "XMIN"_w:
    case "FILENAME"_w:
    case "METADATA$FILENAME"_w:
    case "METADATA$FILE_ROW_NUMBER"_w:
    case "METADATA$ACTION"_w:
    case "METADATA$ISUPDATE"_w:
    case "METADATA$ROW_ID"_w:
    case "_CHANGE_TYPE"_w:
    case "_COMMIT_VERSION"_w:
    case "_COMMIT_TIMESTAMP"_w:
        return true;
    default:
        return false;
    }
}

std::string quotedList(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "of " : i + 1 == names.size() ? " or of " : ", of ") + names[i];
    return text;
}

}  // namespace

SqlInfluence composedInfluence(SqlInfluence role, SqlInfluence inner)
{
    if (!isDirect(role))
        return role;
    if (!isDirect(inner))
        return inner;
    return std::max(role, inner) == SqlInfluence::Rename ? SqlInfluence::Identity
                                                         : std::max(role, inner);
}

// --- making

bool SqlResolver::add(Source source, const Use& use)
{
    if (m_left == 0) {
        fail(use, "The statement is too large to be followed.");
        return false;
    }
    --m_left;
    use.out->push_back(source);
    return true;
}

std::string_view SqlResolver::kept(std::string text)
{
    return m_texts.emplace_back(std::move(text));
}

const std::string* SqlResolver::sentence(std::string text)
{
    return &m_texts.emplace_back(std::move(text));
}

void SqlResolver::fail(const Use& use, std::string text)
{
    if (use.whyNot && !*use.whyNot)
        *use.whyNot = sentence(std::move(text));
}

void SqlResolver::note(const std::string& construct, int line)
{
    if (m_notes.size() < 100)
        m_notes.push_back({construct, line});
}

void SqlResolver::unite(Sources& into, const Sources& from)
{
    const std::size_t count = std::min(m_left, from.size());
    m_left -= count;
    into.insert(into.end(), from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count));
    tidy(into);
}

// Each (relation, column, influence) once. Masked is what is masked wherever it comes.
void SqlResolver::tidy(Sources& sources)
{
    const auto isSame = [](const Source& a, const Source& b) {
        return a.relation == b.relation && a.place == b.place && a.influence == b.influence &&
               isSameWord(a.column, b.column);
    };
    std::size_t count = 0;
    if (sources.size() <= 16) {
        for (std::size_t i = 0; i < sources.size(); ++i) {
            std::size_t k = 0;
            while (k < count && !isSame(sources[k], sources[i]))
                ++k;
            if (k < count)
                sources[k].isMasked = sources[k].isMasked && sources[i].isMasked;
            else
                sources[count++] = sources[i];
        }
        sources.resize(count);
        return;
    }
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> seen;
    seen.reserve(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const std::uint64_t key = sqlWordHash(sources[i].column) * 31 + sources[i].relation * 97 +
                                  sources[i].place * 13 +
                                  static_cast<std::uint64_t>(sources[i].influence);
        std::vector<std::size_t>& places = seen[key];
        bool isKnown = false;
        for (const std::size_t place : places)
            if (isSame(sources[place], sources[i])) {
                sources[place].isMasked = sources[place].isMasked && sources[i].isMasked;
                isKnown = true;
                break;
            }
        if (isKnown)
            continue;
        places.push_back(count);
        sources[count++] = sources[i];
    }
    sources.resize(count);
}

std::size_t SqlResolver::placeOf(const std::string& number)
{
    if (number.empty() || number.size() > 6)
        return 0;
    std::size_t place = 0;
    for (const char c : number) {
        if (c < '0' || c > '9')
            return 0;
        place = place * 10 + static_cast<std::size_t>(c - '0');
    }
    return place;
}

// --- expressions

void SqlResolver::influence(const SqlExpression& expression, Scope& scope, SqlInfluence role)
{
    const std::string* whyNot = nullptr;
    Use use;
    use.role = role;
    use.out = &scope.sink->influences;
    use.whyNot = &whyNot;
    use.whole = &expression;
    collect(expression, scope, use);
    // A part that was skipped has been told of where it stands.
    if (whyNot && !whyNot->starts_with("It was not understood"))
        note(whyNot->substr(0, whyNot->size() - 1), expression.line);
}

void SqlResolver::collectAll(const SqlExpressions& expressions, Scope& scope, const Use& use)
{
    for (const SqlExpression* one : expressions)
        collect(*one, scope, use);
}

void SqlResolver::collect(const SqlExpression& expression, Scope& scope, const Use& use)
{
    Use inner = use;
    inner.role = composedInfluence(use.role, SqlInfluence::Transformation);
    switch (expression.kind) {
    case SqlExpressionKind::Literal:
        return;
    case SqlExpressionKind::Unreadable:
        fail(use, "It was not understood in line " + std::to_string(expression.line) + ".");
        return;
    case SqlExpressionKind::Column:
        column(expression, scope, use);
        return;
    case SqlExpressionKind::Star:
        for (const Visible& visible : scope.relations)
            if (!visible.isHidden && (expression.names.empty() ||
                                      isNamed(visible.alias, visible.name, expression.names)))
                wholeRow(scope, visible, inner);
        return;
    case SqlExpressionKind::Call:
        call(expression, scope, use);
        return;
    case SqlExpressionKind::Case: {
        Use condition = use;
        condition.role = composedInfluence(use.role, SqlInfluence::Conditional);
        collectAll(expression.conditions, scope, condition);
        collectAll(expression.children, scope, inner);
        return;
    }
    case SqlExpressionKind::Operation:
        collectAll(expression.children, scope, inner);
        return;
    case SqlExpressionKind::Element:
        for (std::size_t i = 0; i < expression.children.size(); ++i) {
            const SqlExpression& child = *expression.children[i];
            if (i > 0 || expression.path.empty() || child.kind != SqlExpressionKind::Column) {
                collect(child, scope, inner);
                continue;
            }
            SqlExpression& whole = m_expressions.emplace_back(child);
            whole.path.insert(whole.path.end(), expression.path.begin(), expression.path.end());
            column(whole, scope, inner);
        }
        return;
    case SqlExpressionKind::Subquery:
        subquery(expression, scope, use);
        return;
    case SqlExpressionKind::Lambda: {
        const std::size_t before = scope.parameters.size();
        for (const SqlWord& name : expression.names)
            scope.parameters.push_back(name.text);
        collectAll(expression.children, scope, inner);
        scope.parameters.resize(before);
        return;
    }
    }
}

void SqlResolver::call(const SqlExpression& call, Scope& scope, const Use& use)
{
    const std::string_view name = call.names.back().text;
    const SqlFunctionKind kind = sqlFunctionKind(name, call.children.size(), m_dialect);
    const bool isAggregate = kind == SqlFunctionKind::Aggregate || kind == SqlFunctionKind::Count;
    Use value = use;
    value.role = composedInfluence(use.role, isAggregate ? SqlInfluence::Aggregation
                                                         : SqlInfluence::Transformation);
    value.isMasked = use.isMasked || isMaskingFunction(name);
    Use condition = use;
    condition.role = composedInfluence(use.role, SqlInfluence::Conditional);
    for (std::size_t i = 0; i < call.children.size(); ++i) {
        const SqlExpression& argument = *call.children[i];
        if (kind == SqlFunctionKind::Count && argument.kind == SqlExpressionKind::Star)
            continue;
        const bool decides =
            (i == 0 && (kind == SqlFunctionKind::Condition || kind == SqlFunctionKind::Choice ||
                        kind == SqlFunctionKind::Decode)) ||
            (kind == SqlFunctionKind::Decode && i % 2 == 1 && i + 1 < call.children.size());
        collect(argument, scope, decides ? condition : value);
    }
    // A method of a column: x.value('...'), orders.amount.sum()
    if (call.names.size() > 1 && call.names.front().isQuoted == false &&
        m_dialect == SqlDialect::TSql &&
        (isSameWord(name, "value") || isSameWord(name, "query") || isSameWord(name, "exist"))) {
        SqlExpression& base = m_expressions.emplace_back();
        base.kind = SqlExpressionKind::Column;
        base.names.assign(call.names.begin(), call.names.end() - 1);
        base.begin = call.begin;
        base.end = call.end;
        base.line = call.line;
        column(base, scope, value);
    }
    collectAll(call.conditions, scope, condition);
    Use order = use;
    order.role = composedInfluence(use.role, SqlInfluence::Window);
    collectAll(call.keys, scope, order);
    if (!call.window)
        return;
    for (Source source : windowSources(*call.window, *use.whole, scope, use.whyNot, 0)) {
        source.influence = composedInfluence(use.role, source.influence);
        source.begin = static_cast<std::uint32_t>(use.whole->begin);
        source.end = static_cast<std::uint32_t>(use.whole->end);
        source.line = use.whole->line;
        if (!add(source, use))
            return;
    }
}

// Of a window that is used by many, read once.
const SqlResolver::Sources& SqlResolver::windowSources(const SqlWindow& window,
                                                       const SqlExpression& whole, Scope& scope,
                                                       const std::string** whyNot, int depth)
{
    const auto known = scope.windows.find(&window);
    if (known != scope.windows.end())
        return known->second;
    Sources sources;
    if (!window.base.text.empty() && scope.select && depth < 20)
        for (const SqlNamedWindow& named : scope.select->windows)
            if (named.window && isSameWord(named.name.text, window.base.text)) {
                sources = windowSources(*named.window, whole, scope, whyNot, depth + 1);
                break;
            }
    Use use;
    use.role = SqlInfluence::Window;
    use.out = &sources;
    use.whyNot = whyNot;
    use.whole = &whole;
    collectAll(window.keys, scope, use);
    tidy(sources);
    return scope.windows[&window] = std::move(sources);
}

void SqlResolver::subquery(const SqlExpression& expression, Scope& scope, const Use& use)
{
    if (!expression.query)
        return;
    const Shape shape = query(*expression.query, &scope, scope.ctes, *scope.sink, false,
                              static_cast<std::size_t>(-1));
    Use inner = use;
    switch (expression.use) {
    case SqlSubqueryUse::Existence:
        // Which columns it names does not matter.
        return;
    case SqlSubqueryUse::Rows:
        inner.role = SqlInfluence::Filter;
        inner.out = &scope.sink->influences;
        inner.isMasked = false;
        break;
    case SqlSubqueryUse::Array:
        inner.role = composedInfluence(use.role, SqlInfluence::Transformation);
        break;
    case SqlSubqueryUse::Value:
        break;
    }
    inner.whole = expression.use == SqlSubqueryUse::Rows ? &expression : use.whole;
    for (const Column& column : shape.columns) {
        takeSources(column.sources, {}, inner);
        if (column.whyNot)
            fail(use, *column.whyNot);
    }
    for (const Open& open : shape.open)
        fail(use, "The columns of " + std::string(open.name) + " are not known.");
}

void SqlResolver::wholeRow(Scope& scope, const Visible& visible, const Use& use)
{
    (void)scope;
    if (visible.known) {
        for (std::size_t i = 0; i < visible.known->size() && m_left > 0; ++i)
            take(visible, {Match::Kind::Yes, i}, {}, {}, use);
        return;
    }
    if (!visible.shape) {
        fail(use, "The columns of " + std::string(nameOf(visible)) + " are not known.");
        return;
    }
    for (std::size_t i = 0; i < visible.shape->columns.size() && m_left > 0; ++i)
        take(visible, {Match::Kind::Yes, i}, {}, {}, use);
    if (!visible.shape->open.empty())
        fail(use,
             "The columns of " + std::string(visible.shape->open.front().name) + " are not known.");
}

// --- names

std::string_view SqlResolver::nameOf(const Visible& visible)
{
    if (!visible.alias.empty())
        return visible.alias;
    if (visible.name && !visible.name->empty())
        return visible.name->back().text;
    return "a subquery";
}

// Whether the qualifier means this relation: its alias, or the end of its name where it has none.
bool SqlResolver::isNamed(std::string_view alias, const SqlWords* name, const SqlWords& qualifier)
{
    if (qualifier.empty())
        return false;
    if (qualifier.size() == 1 && !alias.empty())
        return isSameWord(alias, qualifier.front().text);
    if (!alias.empty() || !name || qualifier.size() > name->size())
        return false;
    const std::size_t offset = name->size() - qualifier.size();
    for (std::size_t i = 0; i < qualifier.size(); ++i)
        if (!isSameWord((*name)[offset + i].text, qualifier[i].text))
            return false;
    return true;
}

SqlResolver::Match SqlResolver::matchColumns(const std::vector<std::string>& known,
                                             std::string_view name)
{
    if (known.size() <= fewColumns) {
        for (std::size_t i = 0; i < known.size(); ++i)
            if (isSameWord(known[i], name))
                return {Match::Kind::Yes, i};
        return {};
    }
    auto& index = m_columnIndexes[&known];
    if (index.empty())
        for (std::size_t i = 0; i < known.size(); ++i)
            index.emplace(capitals(known[i]), i);
    const auto found = index.find(capitals(name));
    return found == index.end() ? Match{} : Match{Match::Kind::Yes, found->second};
}

SqlResolver::Match SqlResolver::matchShape(Shape& shape, std::string_view name)
{
    constexpr std::size_t twice = static_cast<std::size_t>(1) << 62;
    if (name.empty())
        return {};
    std::size_t first = shape.columns.size();
    bool isTwice = false;
    if (shape.columns.size() <= fewColumns) {
        for (std::size_t i = 0; i < shape.columns.size(); ++i)
            if (isSameWord(shape.columns[i].name, name)) {
                isTwice = first < shape.columns.size();
                if (isTwice)
                    break;
                first = i;
            }
    } else {
        if (!shape.isIndexed) {
            shape.index.clear();
            for (std::size_t i = 0; i < shape.columns.size(); ++i) {
                const auto [found, isNew] = shape.index.emplace(capitals(shape.columns[i].name), i);
                if (!isNew)
                    found->second |= twice;
            }
            shape.isIndexed = true;
        }
        const auto found = shape.index.find(capitals(name));
        if (found != shape.index.end()) {
            first = found->second & ~twice;
            isTwice = (found->second & twice) != 0;
        }
    }
    if (isTwice)
        return {Match::Kind::Twice, first};
    if (first < shape.columns.size())
        return {Match::Kind::Yes, first};
    if (shape.hasAny)
        return {Match::Kind::Maybe, shape.columns.size()};
    std::size_t possible = shape.open.size();
    std::size_t place = 0;
    for (std::size_t i = 0; i < shape.open.size(); ++i) {
        const bool isExcepted =
            std::any_of(shape.open[i].except.begin(), shape.open[i].except.end(),
                        [&](std::string_view one) { return isSameWord(one, name); });
        if (isExcepted)
            --possible;
        else
            place = i;
    }
    if (possible == 0)
        return {};
    return {possible == 1 ? Match::Kind::Maybe : Match::Kind::MaybeMany, place};
}

SqlResolver::Match SqlResolver::match(const Visible& visible, std::string_view name)
{
    if (visible.shape)
        return matchShape(*visible.shape, name);
    if (!visible.known)
        return {Match::Kind::Maybe, 0};
    return matchColumns(*visible.known, name);
}

// What was matched, by that name.
void SqlResolver::take(const Visible& visible, const Match& match, const SqlWord& name,
                       const SqlWords& path, const Use& use)
{
    Source source;
    source.takesPath = true;
    const auto ofTable = [&](std::uint32_t relation, std::string_view column) {
        source.relation = relation;
        source.column = source.leaf = column;
        takeSources({source}, path, use);
    };
    switch (match.kind) {
    case Match::Kind::No:
        return;
    case Match::Kind::Twice:
        fail(use, "Column '" + std::string(name.text) + "' stands twice in " +
                      std::string(nameOf(visible)) + ".");
        return;
    case Match::Kind::MaybeMany: {
        std::vector<std::string> names;
        for (const Open& open : visible.shape->open)
            names.emplace_back(open.name);
        fail(use, "Column '" + std::string(name.text) + "' may be " + quotedList(names) + ".");
        return;
    }
    case Match::Kind::Yes:
        if (visible.known) {
            ofTable(visible.relation, (*visible.known)[match.place]);
        } else {
            const Column& column = visible.shape->columns[match.place];
            takeSources(column.sources, path, use);
            if (column.whyNot)
                fail(use, *column.whyNot);
        }
        return;
    case Match::Kind::Maybe:
        if (!visible.shape) {
            ofTable(visible.relation, name.text);
            return;
        }
        if (match.place >= visible.shape->open.size() || visible.shape->hasAny) {
            SqlWords whole{name};
            whole.insert(whole.end(), path.begin(), path.end());
            takeSources(visible.shape->any, whole, use);
            return;
        }
        const Open& open = visible.shape->open[match.place];
        if (open.relation != nowhere)
            ofTable(open.relation, name.text);
        if (open.relation == nowhere || !open.isCertain)
            fail(use, "The columns of " + std::string(open.name) + " are not known.");
        return;
    }
}

void SqlResolver::takeSources(const Sources& sources, const SqlWords& path, const Use& use)
{
    for (Source source : sources) {
        if (!path.empty() && source.takesPath) {
            std::string column(source.column);
            for (const SqlWord& part : path) {
                column += '.';
                column += part.text;
            }
            source.column = kept(std::move(column));
            source.leaf = path.back().text;
        }
        const bool keeps =
            use.role == SqlInfluence::Identity && source.influence != SqlInfluence::Identity;
        if (use.whole && !keeps) {
            source.begin = static_cast<std::uint32_t>(use.whole->begin);
            source.end = static_cast<std::uint32_t>(use.whole->end);
            source.line = use.whole->line;
        }
        source.influence = composedInfluence(use.role, source.influence);
        source.isMasked = source.isMasked || use.isMasked;
        source.takesPath = source.takesPath && use.role == SqlInfluence::Identity;
        if (!add(source, use))
            return;
    }
}

void SqlResolver::column(const SqlExpression& expression, Scope& scope, const Use& use)
{
    if (expression.names.size() > 1 && qualified(expression.names, expression.path, scope, use))
        return;
    if (expression.names.size() > 1) {
        // A field of a struct, in dialects that write it so.
        const bool hasFields =
            m_dialect == SqlDialect::BigQuery || m_dialect == SqlDialect::Databricks ||
            m_dialect == SqlDialect::DuckDb || m_dialect == SqlDialect::Trino ||
            m_dialect == SqlDialect::Redshift || m_dialect == SqlDialect::Generic;
        SqlWords path(expression.names.begin() + 1, expression.names.end());
        path.insert(path.end(), expression.path.begin(), expression.path.end());
        if (!hasFields || !unqualified({expression.names.front()}, path, scope, use))
            fail(use,
                 "Nothing here is called '" + std::string(expression.names.front().text) + "'.");
        return;
    }
    if (!unqualified(expression.names, expression.path, scope, use))
        fail(use,
             "No relation here has a column '" + std::string(expression.names.front().text) + "'.");
}

// alias.column.field, schema.table.column
bool SqlResolver::qualified(const SqlWords& names, const SqlWords& path, Scope& scope,
                            const Use& use)
{
    for (const std::string_view parameter : scope.parameters)
        if (isSameWord(parameter, names.front().text))
            return true;
    for (Scope* around = &scope; around; around = around->outer)
        for (std::size_t length = 1; length < names.size(); ++length) {
            const SqlWords qualifier(names.begin(),
                                     names.begin() + static_cast<std::ptrdiff_t>(length));
            for (std::size_t i = around->relations.size(); i-- > 0;) {
                const Visible visible = around->relations[i];
                if (!isNamed(visible.alias, visible.name, qualifier))
                    continue;
                const SqlWord& name = names[length];
                SqlWords rest(names.begin() + static_cast<std::ptrdiff_t>(length) + 1, names.end());
                rest.insert(rest.end(), path.begin(), path.end());
                const Match found = match(visible, name.text);
                if (found.kind != Match::Kind::No) {
                    take(visible, found, name, rest, use);
                } else if (isPseudoColumn(name.text) && visible.known) {
                    Source source;
                    source.relation = visible.relation;
                    source.column = source.leaf = name.text;
                    takeSources({source}, rest, use);
                } else {
                    fail(use, "Column '" + std::string(name.text) +
                                  "' is not among the known columns of " +
                                  std::string(nameOf(visible)) + ".");
                }
                return true;
            }
        }
    return false;
}

// An alias of this SELECT, the newest.
const SqlResolver::Column* SqlResolver::output(Scope& scope, std::string_view name)
{
    if (!scope.outputs || name.empty())
        return nullptr;
    const std::vector<Column>& outputs = *scope.outputs;
    if (outputs.size() <= fewColumns) {
        for (std::size_t i = outputs.size(); i-- > 0;)
            if (isSameWord(outputs[i].name, name))
                return &outputs[i];
        return nullptr;
    }
    for (; scope.outputsIndexed < outputs.size(); ++scope.outputsIndexed)
        scope.outputIndex[capitals(outputs[scope.outputsIndexed].name)] = scope.outputsIndexed;
    const auto found = scope.outputIndex.find(capitals(name));
    return found == scope.outputIndex.end() ? nullptr : &outputs[found->second];
}

bool SqlResolver::isOuterColumn(Scope* scope, std::string_view name)
{
    for (Scope* around = scope; around; around = around->outer)
        for (const Visible& visible : around->relations)
            if (match(visible, name).kind == Match::Kind::Yes)
                return true;
    return false;
}

bool SqlResolver::unqualified(const SqlWords& names, const SqlWords& path, Scope& scope,
                              const Use& use)
{
    const SqlWord& name = names.front();
    for (Scope* around = &scope; around; around = around->outer) {
        for (const std::string_view parameter : around->parameters)
            if (isSameWord(parameter, name.text))
                return true;
        const bool isHere = around == &scope;
        const Column* alias =
            isHere && scope.aliasUse != AliasUse::None ? output(scope, name.text) : nullptr;
        const auto takeAlias = [&] {
            const Sources sources = alias->sources;
            const std::string* whyNot = alias->whyNot;
            takeSources(sources, path, use);
            if (whyNot)
                fail(use, *whyNot);
        };
        if (alias && scope.aliasUse == AliasUse::First) {
            takeAlias();
            return true;
        }
        for (const Merged& merged : around->merged) {
            if (!isSameWord(merged.name, name.text) || merged.relations.empty())
                continue;
            const auto takeOf = [&](std::size_t relation) {
                const Visible visible = around->relations[relation];
                take(visible, match(visible, name.text), name, path, use);
            };
            if (merged.join == SqlJoin::Left)
                takeOf(merged.relations.front());
            else if (merged.join == SqlJoin::Right)
                takeOf(merged.relations.back());
            else
                for (const std::size_t relation : merged.relations)
                    takeOf(relation);
            return true;
        }
        std::vector<std::size_t> certain;
        std::vector<std::size_t> possible;
        for (std::size_t i = 0; i < around->relations.size(); ++i) {
            const Visible& visible = around->relations[i];
            if (visible.isHidden)
                continue;
            const Match found = match(visible, name.text);
            if (found.kind == Match::Kind::Yes || found.kind == Match::Kind::Twice)
                certain.push_back(i);
            else if (found.kind != Match::Kind::No)
                possible.push_back(i);
        }
        const auto ambiguous = [&](const std::vector<std::size_t>& relations) {
            std::vector<std::string> list;
            for (const std::size_t relation : relations)
                list.emplace_back(nameOf(around->relations[relation]));
            fail(use, "Column '" + std::string(name.text) + "' may be " + quotedList(list) + ".");
        };
        if (certain.size() > 1) {
            ambiguous(certain);
            return true;
        }
        if (certain.size() == 1) {
            const Visible visible = around->relations[certain.front()];
            take(visible, match(visible, name.text), name, path, use);
            return true;
        }
        if (alias && (possible.empty() || scope.aliasUse == AliasUse::AfterColumns)) {
            takeAlias();
            return true;
        }
        // The row itself, by the name of its relation.
        for (const Visible& visible : around->relations) {
            if (visible.isHidden || visible.alias.empty() || !isSameWord(visible.alias, name.text))
                continue;
            if (m_dialect == SqlDialect::TSql || m_dialect == SqlDialect::Snowflake)
                break;
            const Visible row = visible;
            Use inner = use;
            inner.role = composedInfluence(use.role, SqlInfluence::Transformation);
            wholeRow(*around, row, inner);
            return true;
        }
        if (possible.empty())
            continue;
        const Visible visible = around->relations[possible.front()];
        if (alias) {
            // The same either way?
            const bool isPlain = possible.size() == 1 && alias->sources.size() == 1 &&
                                 alias->sources.front().influence == SqlInfluence::Identity &&
                                 isSameWord(alias->sources.front().column, name.text);
            if (isPlain)
                takeAlias();
            else
                fail(use, "Column '" + std::string(name.text) + "' may be of " +
                              std::string(nameOf(visible)) + " or the one named so before.");
            return true;
        }
        if (possible.size() > 1) {
            ambiguous(possible);
            return true;
        }
        if (around->outer && isOuterColumn(around->outer, name.text)) {
            fail(use, "Column '" + std::string(name.text) + "' may be of " +
                          std::string(nameOf(visible)) + " or of a relation around it.");
            return true;
        }
        take(visible, match(visible, name.text), name, path, use);
        return true;
    }
    if (isPseudoColumn(name.text)) {
        for (const Visible& visible : scope.relations) {
            if (!visible.known)
                continue;
            Source source;
            source.relation = visible.relation;
            source.column = source.leaf = name.text;
            takeSources({source}, path, use);
            return true;
        }
    }
    return false;
}

}  // namespace portolan
