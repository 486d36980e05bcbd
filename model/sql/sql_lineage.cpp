// SPDX-License-Identifier: Apache-2.0
// Statements as results: what is written, and by what name.
#include "model/sql/sql_lineage.h"

#include "model/sql/sql_parser.h"
#include "model/sql/sql_resolver.h"
#include "model/sql/sql_words.h"

#include <algorithm>

namespace portolan {

namespace {

constexpr std::size_t mostMade = 400'000;  // sources and columns of a statement, inner ones too
constexpr std::size_t mostExpressionBytes = 500;
constexpr std::size_t none = static_cast<std::size_t>(-1);

}  // namespace

std::string SqlName::text() const
{
    std::string all;
    for (const Part& part : parts) {
        if (!all.empty())
            all += '.';
        all += part.text;
    }
    return all;
}

bool isDirect(SqlInfluence influence)
{
    return influence <= SqlInfluence::Aggregation;
}

// --- relations that the text made

std::vector<std::string> SqlMadeRelations::keyOf(const SqlWords& name)
{
    std::vector<std::string> key;
    for (const SqlWord& word : name) {
        std::string& part = key.emplace_back(word.text);
        for (char& c : part)
            c = upperLetter(c);
    }
    return key;
}

// "orders" may be "shop.orders", and "raw.orders" may not.
bool SqlMadeRelations::mayBeSame(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b)
{
    const std::size_t count = std::min(a.size(), b.size());
    return std::equal(a.end() - static_cast<std::ptrdiff_t>(count), a.end(),
                      b.end() - static_cast<std::ptrdiff_t>(count));
}

const std::vector<std::string>* SqlMadeRelations::columns(const SqlWords& name) const
{
    const std::vector<std::string> key = keyOf(name);
    const auto found = key.empty() ? m_made.end() : m_made.find(key.back());
    if (found == m_made.end())
        return nullptr;
    for (auto made = found->second.rbegin(); made != found->second.rend(); ++made)
        if (mayBeSame(made->name, key))
            return made->columns.empty() ? nullptr : &made->columns;
    return nullptr;
}

// Without columns: it is no longer known which it has.
void SqlMadeRelations::add(const SqlWords& name, std::vector<std::string> columns)
{
    std::vector<std::string> key = keyOf(name);
    if (key.empty())
        return;
    std::deque<Made>& same = m_made[key.back()];
    std::erase_if(same, [&](const Made& made) { return made.name == key; });
    same.push_back({std::move(key), std::move(columns)});
}

// --- one statement

SqlResolver::SqlResolver(std::string_view text, SqlDialect dialect, const SqlCatalog& catalog,
                         const SqlMadeRelations& made)
    : m_text(text), m_dialect(dialect), m_catalog(catalog), m_made(made), m_left(mostMade)
{
}

// Blanks and comments made one blank; cut at a whole character.
std::string SqlResolver::spelt(std::size_t begin, std::size_t end) const
{
    std::string text;
    end = std::min(end, m_text.size());
    bool isBlank = false;
    for (std::size_t i = begin; i < end && text.size() <= mostExpressionBytes; ++i) {
        const char c = m_text[i];
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
            isBlank = !text.empty();
            continue;
        }
        if (isBlank)
            text += ' ';
        isBlank = false;
        text += c;
    }
    if (text.size() > mostExpressionBytes) {
        std::size_t cut = mostExpressionBytes;
        while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80)
            --cut;
        text.resize(cut);
    }
    return text;
}

SqlInput SqlResolver::input(const Source& source, std::string_view outputName,
                            bool isInfluence) const
{
    SqlInput made;
    made.relation = source.relation;
    made.column = std::string(source.column);
    made.influence = source.influence;
    if (!isInfluence && source.influence == SqlInfluence::Identity && !outputName.empty() &&
        !isSameWord(source.column, outputName) && !isSameWord(source.leaf, outputName))
        made.influence = SqlInfluence::Rename;
    made.isMasked = source.isMasked;
    made.expression = spelt(source.begin, source.end);
    made.line = source.line;
    return made;
}

void SqlResolver::finish(SqlStatement& statement, Shape& shape, Sink& sink)
{
    // The common table expressions that are used, each once.
    std::vector<std::size_t> open = sink.uses;
    while (!open.empty()) {
        const std::size_t number = open.back();
        open.pop_back();
        if (m_ctes[number].isUsed)
            continue;
        m_ctes[number].isUsed = true;
        open.insert(open.end(), m_ctes[number].uses.begin(), m_ctes[number].uses.end());
    }
    Sources influences;
    for (const Cte& cte : m_ctes)
        if (cte.isUsed)
            influences.insert(influences.end(), cte.influences.begin(), cte.influences.end());
    influences.insert(influences.end(), sink.influences.begin(), sink.influences.end());
    tidy(influences);
    for (const Source& source : influences)
        if (source.relation < m_relations.size())
            statement.influences.push_back(input(source, {}, true));
    for (Column& column : shape.columns) {
        SqlOutput output;
        output.name = std::string(column.name);
        output.line = column.line;
        output.isComplete = !column.whyNot;
        if (column.whyNot)
            output.whyNot = *column.whyNot;
        tidy(column.sources);
        for (const Source& source : column.sources)
            if (source.relation < m_relations.size())
                output.inputs.push_back(input(source, column.name, false));
        statement.outputs.push_back(std::move(output));
    }
    statement.hasUnknownColumns = !shape.open.empty();
    statement.relations = std::move(m_relations);
    if (m_left == 0)
        note("a statement too large to be followed", statement.line);
    for (SqlNotUnderstood& one : m_notes)
        if (std::none_of(statement.notUnderstood.begin(), statement.notUnderstood.end(),
                         [&](const SqlNotUnderstood& known) {
                             return known.construct == one.construct && known.line == one.line;
                         }))
            statement.notUnderstood.push_back(std::move(one));
}

// By what name each column arrives in the target.
void SqlResolver::insertNames(const SqlStatementTree& tree, Shape& shape)
{
    if (tree.isByName)
        return;
    const std::size_t certain = shape.open.empty() ? none : shape.open.front().position;
    SqlWords names = tree.columns;
    if (names.empty() && tree.kind == SqlStatementKind::Insert && !tree.target.empty()) {
        SqlName target;
        for (const SqlWord& word : tree.target)
            target.parts.push_back({std::string(word.text), word.isQuoted});
        const std::vector<std::string>* known = m_made.columns(tree.target);
        if (!known)
            known = m_catalog.columns(target);
        if (known)
            for (const std::string& name : *known)
                names.push_back({name, true});
    }
    for (std::size_t i = 0; i < shape.columns.size() && i < names.size(); ++i) {
        Column& column = shape.columns[i];
        if (i >= certain) {
            if (!column.whyNot)
                column.whyNot = sentence(
                    "Which column of the target this is cannot be told: * stands before it.");
            continue;
        }
        column.name = names[i].text;
    }
    // A star whose columns the target names.
    if (shape.columns.empty() && shape.open.size() == 1 && !names.empty() &&
        !tree.columns.empty()) {
        const std::string* whyNot =
            sentence("The columns of " + std::string(shape.open.front().name) + " are not known.");
        for (const SqlWord& name : names) {
            Column column;
            column.name = name.text;
            column.whyNot = whyNot;
            column.line = tree.line;
            shape.columns.push_back(std::move(column));
        }
    }
}

// A column that is written twice has the sources of both.
void SqlResolver::assign(const SqlAssignment& assignment, Scope& scope, Shape& shape)
{
    Column column;
    column.name = assignment.column.text;
    column.line = assignment.value->line;
    Use use;
    use.out = &column.sources;
    use.whyNot = &column.whyNot;
    use.whole = assignment.value;
    collect(*assignment.value, scope, use);
    const Match known = matchShape(shape, column.name);
    if (known.kind == Match::Kind::Yes) {
        unite(shape.columns[known.place].sources, column.sources);
        if (!shape.columns[known.place].whyNot)
            shape.columns[known.place].whyNot = column.whyNot;
    } else {
        shape.isIndexed = false;
        shape.columns.push_back(std::move(column));
    }
}

// ON CONFLICT DO UPDATE: of the row that is there, and of "excluded", the one that was to be inserted.
void SqlResolver::conflicts(const SqlStatementTree& tree, const CteScope* ctes, Sink& sink,
                            Shape& shape)
{
    if (tree.assignments.empty() || tree.target.empty())
        return;
    Scope scope;
    scope.ctes = ctes;
    scope.sink = &sink;
    scope.relations.push_back(table(tree.target, tree.targetAlias.text));
    Visible excluded;
    excluded.alias = "excluded";
    excluded.shape = &m_shapes.emplace_back(shape);
    excluded.isHidden = true;  // only by its name
    scope.relations.push_back(excluded);
    for (const SqlExpression* filter : tree.filters)
        influence(*filter, scope, SqlInfluence::Filter);
    for (const SqlAssignment& assignment : tree.assignments)
        assign(assignment, scope, shape);
}

// UPDATE, MERGE, DELETE: the assigned columns.
void SqlResolver::writes(const SqlStatementTree& tree, const CteScope* ctes, Sink& sink,
                         Shape& shape)
{
    Scope scope;
    scope.ctes = ctes;
    scope.sink = &sink;
    std::vector<SqlFrom> from = tree.from;
    // UPDATE o SET ... FROM orders o: the target stands in the FROM.
    if (tree.kind != SqlStatementKind::Merge && from.size() > 1 && from.front().name.size() == 1 &&
        from.front().alias.text.empty()) {
        const std::string_view name = from.front().name.front().text;
        for (std::size_t i = 1; i < from.size(); ++i)
            if (isSameWord(from[i].alias.text, name) ||
                (from[i].alias.text.empty() && !from[i].name.empty() &&
                 isSameWord(from[i].name.back().text, name))) {
                from.erase(from.begin());
                break;
            }
    }
    addRelations(from, scope);
    for (const SqlExpression* filter : tree.filters)
        influence(*filter, scope, SqlInfluence::Filter);
    for (const SqlAssignment& assignment : tree.assignments)
        assign(assignment, scope, shape);
    if (!tree.assignsAll || scope.relations.size() < 2)
        return;
    SqlExpression& star = m_expressions.emplace_back();
    star.kind = SqlExpressionKind::Star;
    star.line = tree.line;
    Shape all;
    starOf(scope, 1, nullptr, star, false, all);
    join(shape, std::move(all), true);
}

SqlStatement SqlResolver::resolve(const SqlStatementTree& tree)
{
    SqlStatement statement;
    statement.kind = tree.kind;
    statement.line = tree.line;
    statement.notUnderstood = tree.notUnderstood;
    if (!tree.isRead)
        return statement;
    Sink sink;
    Shape shape;
    CteScope ctes;
    resolveCtes(tree.ctes, tree.isRecursive, nullptr, ctes);
    SqlWords target = tree.target;
    if (tree.query) {
        shape = query(*tree.query, nullptr, &ctes, sink, true, none);
        insertNames(tree, shape);
        conflicts(tree, &ctes, sink, shape);
        const SqlQuery& whole = *tree.query;
        if (target.empty() && !whole.sides.empty() && whole.sides.front().select &&
            !whole.sides.front().select->into.empty()) {
            target = whole.sides.front().select->into;
            statement.kind = SqlStatementKind::CreateTable;
        }
    } else if (tree.kind == SqlStatementKind::Update || tree.kind == SqlStatementKind::Delete ||
               tree.kind == SqlStatementKind::Merge || !tree.assignments.empty()) {
        writes(tree, &ctes, sink, shape);
        for (const SqlFrom& from : tree.from)
            if (target.size() == 1 && !from.name.empty() && !from.alias.text.empty() &&
                isSameWord(from.alias.text, target.front().text)) {
                target = from.name;
                break;
            }
    }
    if (!target.empty()) {
        statement.target.emplace();
        for (const SqlWord& word : target)
            statement.target->parts.push_back({std::string(word.text), word.isQuoted});
    }
    finish(statement, shape, sink);
    return statement;
}

// --- all of them

std::vector<SqlStatement> sqlLineage(std::string_view text, SqlDialect dialect,
                                     const SqlCatalog& catalog)
{
    std::vector<SqlStatement> statements;
    SqlMadeRelations made;
    SqlParser parser(text, dialect);
    while (!parser.isAtEnd()) {
        SqlNodes nodes;
        const SqlStatementTree tree = parser.next(nodes);
        SqlStatement statement = SqlResolver(text, dialect, catalog, made).resolve(tree);
        const bool makes = statement.kind == SqlStatementKind::CreateTable ||
                           statement.kind == SqlStatementKind::CreateView;
        if (makes && statement.target) {
            std::vector<std::string> columns;
            for (const SqlOutput& output : statement.outputs)
                columns.push_back(output.name);
            if (!tree.query)
                for (const SqlWord& column : tree.columns)
                    columns.emplace_back(column.text);
            SqlWords name;
            for (const SqlName::Part& part : statement.target->parts)
                name.push_back({part.text, part.isQuoted});
            if (statement.hasUnknownColumns)
                columns.clear();
            made.add(name, std::move(columns));
        }
        statements.push_back(std::move(statement));
    }
    return statements;
}

}  // namespace portolan
