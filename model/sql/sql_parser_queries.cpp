// SPDX-License-Identifier: Apache-2.0
// Queries: WITH, set operations, the clauses of SELECT, and the relations of FROM.
#include "model/sql/sql_parser.h"
#include "model/sql/sql_words.h"

#include <algorithm>

namespace portolan {

namespace {

constexpr int deepestQuery = 200;

}  // namespace

// --- queries

// Never null. Takes nothing where no query begins, and says so.
SqlQuery* SqlParser::query()
{
    SqlQuery* made = m_nodes->queries.make();
    made->line = at().token.line;
    ++m_depth;
    if (m_depth > deepestQuery) {
        if (!m_isTooDeep)
            note("nested too deeply", made->line);
        m_isTooDeep = true;
        if (isSign('('))
            skipGroup();
        else
            while (!isEnd() && !isSign(')'))
                stepOver();
    } else {
        if (is("WITH"_w))
            withClause(made->ctes, made->isRecursive);
        if (side(*made))
            setOperations(*made);
        else
            noteHere();
        queryTail(*made);
    }
    --m_depth;
    return made;
}

SqlQuery* SqlParser::queryInParentheses()
{
    const std::size_t close = std::max(at().match, m_at);
    advance();
    SqlQuery* made = query();
    if (m_at < close) {
        noteHere();
        m_at = std::min(close, m_tokens.size() - 1);
    }
    takeSign(')');
    return made;
}

void SqlParser::withClause(std::vector<SqlCte>& ctes, bool& isRecursive)
{
    advance();
    isRecursive = take("RECURSIVE"_w) || isRecursive;
    do {
        SqlCte cte;
        cte.line = at().token.line;
        if (!isName())
            break;
        cte.name = takeName();
        if (isSign('(') && !beginsQuery(m_at))
            cte.columns = namesInParentheses();
        if (takeWords({"USING"_w, "KEY"_w}) && isSign('('))
            skipGroup();
        take("AS"_w);
        take("NOT"_w);
        take("MATERIALIZED"_w);
        if (!isSign('(')) {
            noteHere();
            break;
        }
        if (beginsQuery(m_at)) {
            cte.query = queryInParentheses();
        } else {
            advance();
            noteHere();
            --m_at;
            skipGroup();
        }
        while (is("SEARCH"_w) || is("CYCLE"_w)) {  // SEARCH DEPTH FIRST BY a SET b
            while (!isEnd() && !is("SET"_w))
                advance();
            advance();
            advance();
            while (is("TO"_w) || is("DEFAULT"_w) || is("USING"_w)) {
                advance();
                advance();
            }
        }
        ctes.push_back(std::move(cte));
    } while (takeSign(',') && !is("SELECT"_w));
}

bool SqlParser::side(SqlQuery& query)
{
    SqlSide one;
    if (isSign('(')) {
        if (!beginsQuery(m_at) && !isSign('(', 1))
            return false;
        if (!beginsQuery(m_at))
            return false;
        one.query = queryInParentheses();
    } else if (is("SELECT"_w) || is("FROM"_w) || is("VALUES"_w) || is("TABLE"_w) || is("WITH"_w)) {
        if (is("WITH"_w))
            one.query = this->query();
        else
            one.select = select();
    } else if ((is("PIVOT"_w) || is("UNPIVOT"_w))) {
        one.query = widePivot();
    } else {
        return false;
    }
    query.sides.push_back(std::move(one));
    return true;
}

void SqlParser::setOperations(SqlQuery& query)
{
    for (;;) {
        bool isExcluded = false;
        switch (at().word) {
        case "UNION"_w:
        case "INTERSECT"_w:
            break;
        case "EXCEPT"_w:
        case "MINUS"_w:
            isExcluded = true;
            break;
        default:
            return;
        }
        advance();
        if (is("ALL"_w) || is("DISTINCT"_w))
            advance();
        bool isByName = false;
        if (takeWords({"BY"_w, "NAME"_w}))
            isByName = true;
        if (takeWords({"CORRESPONDING"_w}))
            isByName = true;
        if (!side(query)) {
            noteHere();
            return;
        }
        query.sides.back().isByName = isByName;
        query.sides.back().isExcluded = isExcluded;
    }
}

// ORDER BY, LIMIT and what else may end a query.
void SqlParser::queryTail(SqlQuery& query)
{
    for (;;) {
        switch (at().word) {
        case "ORDER"_w:
            advance();
            take("SIBLINGS"_w);
            take("BY"_w);
            for (SqlExpression* key : orders())
                query.orders.push_back(key);
            if (!endsClause() && !beginsStatement()) {
                noteHere();
                skipExpression();
                while (takeSign(','))
                    skipExpression();
            }
            break;
        case "SORT"_w:
        case "CLUSTER"_w:
        case "DISTRIBUTE"_w:
            if (!is("BY"_w, 1))
                return;
            advance();
            advance();
            orders();
            break;
        case "LIMIT"_w:
        case "OFFSET"_w:
        case "FETCH"_w:
            query.isLimited = true;
            advance();
            while (!isEnd() && !isSign(')') && !is("OFFSET"_w) && !is("FETCH"_w) &&
                   !is("LIMIT"_w) && !is("FOR"_w) && !is("OPTION"_w) && !is("UNION"_w) &&
                   !beginsStatement() && !(is("WITH"_w) && !is("TIES"_w, 1)) &&
                   !is("RETURNING"_w) && !is("ON"_w))
                stepOver();
            break;
        case "FOR"_w:
            // FOR UPDATE, FOR XML PATH
            while (!isEnd() && !isSign(')') && !beginsStatement())
                stepOver();
            if (is("UPDATE"_w) && m_tokens[m_at - 1].word == "FOR"_w)
                while (!isEnd() && !isSign(')'))
                    stepOver();
            break;
        case "OPTION"_w:
            advance();
            if (isSign('('))
                skipGroup();
            break;
        default:
            if (m_dialect != SqlDialect::BigQuery || !isPair('|', '>'))
                return;
            note("|>", at().token.line);
            query.isCutOff = true;
            while (!isEnd() && !isSign(')'))
                stepOver();
            return;
        }
    }
}

SqlSelect* SqlParser::select()
{
    SqlSelect* made = m_nodes->selects.make();
    made->line = at().token.line;
    if (is("VALUES"_w)) {
        values(*made);
        return made;
    }
    if (take("TABLE"_w)) {  // TABLE t
        SqlFrom from;
        from.line = at().token.line;
        from.name = relationName();
        made->from.push_back(std::move(from));
        SqlExpression* star = this->made(SqlExpressionKind::Star);
        made->items.push_back({finished(star), {}, {}});
        return made;
    }
    if (take("FROM"_w)) {  // FROM t SELECT a
        fromList(made->from);
        if (!is("SELECT"_w)) {
            SqlExpression* star = this->made(SqlExpressionKind::Star);
            made->items.push_back({finished(star), {}, {}});
        }
    }
    if (take("SELECT"_w))
        selectItems(*made);
    selectClauses(*made);
    return made;
}

// At the name of a table: all of it.
SqlQuery* SqlParser::wholeTable()
{
    SqlQuery* all = m_nodes->queries.make();
    all->line = at().token.line;
    SqlSelect* select = m_nodes->selects.make();
    select->line = all->line;
    SqlExpression* star = made(SqlExpressionKind::Star);
    SqlFrom from;
    from.line = all->line;
    from.name = relationName();
    select->from.push_back(std::move(from));
    select->items.push_back({finished(star), {}, {}});
    all->sides.push_back({select, nullptr, false, false});
    return all;
}

void SqlParser::selectItems(SqlSelect& select)
{
    while (is("DISTINCT"_w) || is("ALL"_w) || is("STRAIGHT_JOIN"_w) ||
           (is("TOP"_w) && (at(1).token.kind == SqlToken::Kind::Number || isSign('(', 1) ||
                            at(1).token.text.starts_with('@')))) {
        if (is("DISTINCT"_w)) {
            advance();
            select.isDistinct = true;
            if (is("ON"_w) && isSign('(', 1)) {
                advance();
                advance();
                select.distinctOn = expressions();
                takeSign(')');
            }
        } else if (is("TOP"_w)) {
            select.hasTop = true;
            advance();
            stepOver();
            take("PERCENT"_w);
            takeWords({"WITH"_w, "TIES"_w});
        } else {
            advance();
        }
    }
    if (is("AS"_w) && (is("STRUCT"_w, 1) || is("VALUE"_w, 1))) {
        advance();
        advance();
    }
    do {
        if (endsClause() && !select.items.empty())
            break;  // a comma too many
        SqlItem item;
        // T-SQL: alias = expression, @variable = expression
        if (m_dialect == SqlDialect::TSql &&
            (isName() || at().token.kind == SqlToken::Kind::Text) && isSign('=', 1)) {
            item.alias = word(at());
            if (item.alias.text.starts_with('@'))
                item.alias = {};
            advance();
            advance();
        } else if (isName() && m_dialect == SqlDialect::DuckDb && isSign(':', 1) &&
                   !isPair(':', ':', 1)) {
            item.alias = takeName();
            advance();
        }
        item.expression = expression();
        if (!item.expression) {
            noteHere();
            item.expression = unreadable();
        }
        // DuckDB's COLUMNS(*) is a star; one of a pattern is not known before it runs.
        if (m_dialect == SqlDialect::DuckDb && item.expression->kind == SqlExpressionKind::Call &&
            isSameWord(item.expression->names.back().text, "COLUMNS")) {
            const SqlExpressions& of = item.expression->children;
            if (of.size() == 1 && of.front()->kind == SqlExpressionKind::Star) {
                item.expression = of.front();
            } else {
                note("COLUMNS", item.expression->line);
                item.expression->kind = SqlExpressionKind::Unreadable;
            }
        }
        const auto alias = [&] {
            if (is("AS"_w) && isSign('(', 1)) {
                advance();
                item.aliases = namesInParentheses();
            } else if (item.alias.text.empty()) {
                item.alias = aliasOf(false);
            }
        };
        alias();
        if (!endsItem()) {
            noteHere();
            unreadable();
            // Its words are part of what stands here: nothing is known of its value any more.
            if (item.alias.text.empty() && item.expression->kind == SqlExpressionKind::Column)
                item.alias = item.expression->names.back();
            item.expression->kind = SqlExpressionKind::Unreadable;
            if (m_tokens[m_at - 1].token.isName() && m_at > 1 && m_tokens[m_at - 2].word == "AS"_w)
                item.alias = word(m_tokens[m_at - 1]);
        }
        select.items.push_back(std::move(item));
    } while (takeSign(','));
}

void SqlParser::selectClauses(SqlSelect& select)
{
    if (take("INTO"_w)) {
        take("TEMP"_w);
        take("TEMPORARY"_w);
        take("TABLE"_w);
        select.into = relationName();
        while (takeSign(','))
            takeName();
    }
    for (;;) {
        switch (at().word) {
        case "FROM"_w:
            advance();
            fromList(select.from);
            break;
        case "WHERE"_w:
        case "HAVING"_w:
        case "QUALIFY"_w:
            advance();
            select.filters.push_back(expressionOrNote());
            break;
        case "CONNECT"_w:
            if (!is("BY"_w, 1))
                return;
            advance();
            advance();
            take("NOCYCLE"_w);
            select.filters.push_back(expressionOrNote());
            break;
        case "START"_w:
            if (!takeWords({"START"_w, "WITH"_w}))
                return;
            select.filters.push_back(expressionOrNote());
            break;
        case "GROUP"_w:
            advance();
            take("BY"_w);
            groupBy(select);
            break;
        case "WINDOW"_w:
            advance();
            namedWindows(select);
            break;
        default:
            return;
        }
        if (endsClause() || beginsStatement())
            continue;
        if (m_dialect == SqlDialect::BigQuery && isPair('|', '>'))
            return;
        if (isSign('|') || isSign(',') || !isEnd()) {
            // What is left of the clause.
            noteHere();
            do {
                if (isSign(','))
                    advance();
                skipExpression();
            } while (isSign(','));
        }
    }
}

void SqlParser::groupBy(SqlSelect& select)
{
    if (is("ALL"_w) || is("DISTINCT"_w)) {
        select.isGroupedByAll = is("ALL"_w) && (endsClause(1) || isSign(';', 1));
        advance();
        if (select.isGroupedByAll)
            return;
    }
    do {
        if (is("GROUPING"_w) && is("SETS"_w, 1)) {
            advance();
            advance();
            if (!isSign('('))
                continue;
            // ((a, b), a, ())
            const std::size_t close = std::max(at().match, m_at);
            advance();
            while (!isEnd() && m_at < close) {
                const std::size_t before = m_at;
                if (isSign('(') && isSign(')', 1)) {
                    advance();
                    advance();
                } else if (SqlExpression* one = expression()) {
                    select.groups.push_back(one);
                }
                takeSign(',');
                if (m_at == before)
                    break;
            }
            m_at = std::max(m_at, std::min(close, m_tokens.size() - 1));
            takeSign(')');
        } else if (isSign('(') && isSign(')', 1)) {
            advance();
            advance();
        } else if (SqlExpression* one = expression()) {
            select.groups.push_back(one);
        } else {
            noteHere();
            skipExpression();
        }
        if (takeWords({"WITH"_w, "ROLLUP"_w}) || takeWords({"WITH"_w, "CUBE"_w}) ||
            takeWords({"WITH"_w, "TOTALS"_w})) {
        }
        if (is("GROUPING"_w) && is("SETS"_w, 1))  // Hive, without a comma
            takeWords({"GROUPING"_w, "SETS"_w}), skipGroup();
    } while (takeSign(','));
}

void SqlParser::namedWindows(SqlSelect& select)
{
    do {
        SqlNamedWindow named;
        named.name = takeName();
        take("AS"_w);
        named.window = window();
        select.windows.push_back(named);
    } while (takeSign(','));
}

void SqlParser::values(SqlSelect& select)
{
    advance();
    do {
        take("ROW"_w);
        if (isSign('(') && !beginsQuery(m_at)) {
            const std::size_t close = std::max(at().match, m_at);
            advance();
            select.rows.push_back(expressions());
            if (m_at < close) {
                noteHere();
                m_at = std::min(close, m_tokens.size() - 1);
            }
            takeSign(')');
        } else if (SqlExpression* one = expression()) {
            select.rows.push_back({one});
        } else {
            break;
        }
    } while (takeSign(','));
}

// --- FROM

bool SqlParser::beginsJoin() const
{
    switch (at().word) {
    case "JOIN"_w:
        return !isSign('.', 1) && !isSign(',', 1);
    case "INNER"_w:
    case "CROSS"_w:
    case "NATURAL"_w:
    case "ASOF"_w:
    case "STRAIGHT_JOIN"_w:
        return !isSign('(', 1) && !isSign('.', 1) && !isSign(',', 1);
    case "FULL"_w:
    case "LEFT"_w:
    case "RIGHT"_w:
    case "SEMI"_w:
    case "ANTI"_w:
    case "POSITIONAL"_w:
    case "OUTER"_w:
    case "GLOBAL"_w:
    case "ANY"_w:
        return is("JOIN"_w, 1) || is("OUTER"_w, 1) || is("SEMI"_w, 1) || is("ANTI"_w, 1) ||
               is("ASOF"_w, 1) || is("APPLY"_w, 1) || is("ANY"_w, 1) || is("LEFT"_w, 1) ||
               is("INNER"_w, 1);
    default:
        return false;
    }
}

void SqlParser::fromList(std::vector<SqlFrom>& from)
{
    do {
        if (endsClause() && !is("LATERAL"_w) && !from.empty())
            break;
        relation(from, SqlJoin::Comma, false);
        joins(from);
    } while (takeSign(','));
}

void SqlParser::joins(std::vector<SqlFrom>& from)
{
    for (;;) {
        if (is("LATERAL"_w) && is("VIEW"_w, 1)) {
            lateralView(from);
            continue;
        }
        if (!beginsJoin())
            return;
        SqlJoin join = SqlJoin::Inner;
        bool isNatural = false;
        bool isApply = false;
        for (; !isEnd(); advance()) {
            switch (at().word) {
            case "NATURAL"_w:
                isNatural = true;
                continue;
            case "LEFT"_w:
                join = SqlJoin::Left;
                continue;
            case "RIGHT"_w:
                join = SqlJoin::Right;
                continue;
            case "FULL"_w:
                join = SqlJoin::Full;
                continue;
            case "CROSS"_w:
                join = SqlJoin::Cross;
                continue;
            case "SEMI"_w:
            case "ANTI"_w:
                join = SqlJoin::Semi;
                continue;
            case "INNER"_w:
            case "OUTER"_w:
            case "ASOF"_w:
            case "POSITIONAL"_w:
            case "GLOBAL"_w:
            case "ANY"_w:
            case "LOOP"_w:
            case "HASH"_w:
            case "REMOTE"_w:
                continue;
            default:
                break;
            }
            break;
        }
        if (take("APPLY"_w))
            isApply = true;
        else if (!take("JOIN"_w))
            take("STRAIGHT_JOIN"_w);
        take("FETCH"_w);
        const std::size_t first = from.size();
        relation(from, join, isNatural);
        if (from.size() > first) {
            if (isApply)
                from.back().isLateral = true;
            joinCondition(from.back());
        }
    }
}

void SqlParser::joinCondition(SqlFrom& relation)
{
    if (take("MATCH_CONDITION"_w)) {  // of Snowflake's ASOF
        relation.on = expressionOrNote();
    }
    if (take("ON"_w)) {
        SqlExpression* on = expressionOrNote();
        if (relation.on) {
            SqlExpression* both = m_nodes->expressions.make();
            *both = *on;
            both->kind = SqlExpressionKind::Operation;
            both->names.clear();
            both->children = {relation.on, on};
            on = both;
        }
        relation.on = on;
    } else if (is("USING"_w) && isSign('(', 1)) {
        advance();
        relation.joinedBy = namesInParentheses();
        if (take("AS"_w))
            takeName();
    }
}

// Joins in parentheses are put in line: their names stay visible all the same.
void SqlParser::relation(std::vector<SqlFrom>& from, SqlJoin join, bool isNatural)
{
    if (isSign('(') && !beginsQuery(m_at)) {
        ++m_depth;
        const std::size_t close = std::max(at().match, m_at);
        if (m_depth > deepestQuery) {
            if (!m_isTooDeep)
                note("nested too deeply", at().token.line);
            m_isTooDeep = true;
            skipGroup();
        } else {
            advance();
            const std::size_t first = from.size();
            if (is("VALUES"_w)) {
                noteHere();
            } else {
                fromList(from);
            }
            if (m_at < close) {
                noteHere();
                m_at = std::min(close, m_tokens.size() - 1);
            }
            takeSign(')');
            if (from.size() > first) {
                from[first].join = join;
                from[first].isNatural = isNatural;
                SqlFrom& last = from.back();
                if (from.size() == first + 1 && last.alias.text.empty())
                    relationSuffixes(last);
                else if (isName() && isAlias(true))
                    takeName();
            }
        }
        --m_depth;
        // The condition behind the parentheses goes to a relation that has none yet.
        if (!from.empty() && (is("ON"_w) || is("USING"_w)) &&
            (from.back().on || !from.back().joinedBy.empty())) {
            SqlFrom dual;
            dual.isOpaque = true;
            dual.isLateral = true;
            dual.join = SqlJoin::Semi;  // has no columns
            dual.line = at().token.line;
            from.push_back(std::move(dual));
        }
        return;
    }
    SqlFrom one;
    one.join = join;
    one.isNatural = isNatural;
    one.line = at().token.line;
    one.begin = here();
    relationOperand(one);
    relationSuffixes(one);
    one.end = behind();
    from.push_back(std::move(one));
}

void SqlParser::relationOperand(SqlFrom& relation)
{
    if (take("LATERAL"_w))
        relation.isLateral = true;
    take("ONLY"_w);
    if (isName() && m_dialect == SqlDialect::DuckDb && isSign(':', 1)) {  // alias: t
        relation.alias = takeName();
        advance();
    }
    const SqlToken& token = at().token;
    if (isSign('(')) {
        relation.query = queryInParentheses();
    } else if (token.kind == SqlToken::Kind::Template) {
        noteHere();
        relation.isOpaque = true;
        while (at().token.kind == SqlToken::Kind::Template)
            advance();
    } else if (token.kind == SqlToken::Kind::Text) {  // 'file.parquet'
        relation.call = finished(made(SqlExpressionKind::Call));
        relation.call->names.push_back(word(at()));
        advance();
    } else if (token.kind == SqlToken::Kind::Word && token.text.front() == '@' &&
               m_dialect == SqlDialect::Snowflake) {  // @stage/path
        relation.call = made(SqlExpressionKind::Call);
        relation.call->names.push_back(takeName());
        while (isAdjacent(0) && !isSign(')') && !isSign(',') && !isSign('(') && !isEnd())
            advance();
        if (isSign('('))
            skipGroup();
        finished(relation.call);
    } else if (is("VALUES"_w)) {
        relation.query = query();
    } else if (token.isName() || isSign('@')) {
        if (is("TABLE"_w) && isSign('(', 1)) {  // TABLE(f(x))
            advance();
            const std::size_t close = std::max(at().match, m_at);
            advance();
            SqlExpression* inner = expression();
            m_at = std::max(m_at, std::min(close, m_tokens.size() - 1));
            takeSign(')');
            if (inner && inner->kind == SqlExpressionKind::Call) {
                relation.call = inner;
            } else if (inner && inner->kind == SqlExpressionKind::Column) {
                relation.name = inner->names;
            } else {
                relation.call = inner ? inner : finished(made(SqlExpressionKind::Call));
                relation.call->kind = SqlExpressionKind::Call;
                if (relation.call->names.empty())
                    relation.call->names.push_back({"TABLE", false});
            }
            return;
        }
        const std::size_t begin = m_at;
        relation.name = relationName();
        if (isSign('(') && !relation.name.empty()) {
            const bool isHint =
                m_dialect == SqlDialect::TSql && (is("NOLOCK"_w, 1) || is("READUNCOMMITTED"_w, 1));
            if (!isHint) {
                m_at = begin;
                relation.name.clear();
                SqlExpression* function = nameExpression();
                relation.call = function;
            } else {
                skipGroup();
            }
        }
    } else {
        noteHere();
        relation.isOpaque = true;
        skipExpression();
    }
}

void SqlParser::relationAlias(SqlFrom& relation)
{
    if (is("AS"_w) && isSign('(', 1)) {
        advance();
        relation.columns = namesInParentheses();
        return;
    }
    const SqlWord alias = aliasOf(true);
    if (alias.text.empty())
        return;
    relation.alias = alias;
    if (isSign('(') && !beginsQuery(m_at) &&
        !(m_dialect == SqlDialect::TSql && (is("NOLOCK"_w, 1) || is("READUNCOMMITTED"_w, 1))))
        relation.columns = namesInParentheses();
}

void SqlParser::relationSuffixes(SqlFrom& relation)
{
    for (;;) {
        const std::size_t before = m_at;
        switch (at().word) {
        case "TABLESAMPLE"_w:
        case "SAMPLE"_w:
            if (is("TABLESAMPLE"_w) || isSign('(', 1)) {
                advance();
                take("BERNOULLI"_w);
                take("SYSTEM"_w);
                take("RESERVOIR"_w);
                if (isSign('('))
                    skipGroup();
                if ((is("REPEATABLE"_w) || is("SEED"_w)) && isSign('(', 1)) {
                    advance();
                    skipGroup();
                }
                continue;
            }
            break;
        case "AT"_w:
        case "BEFORE"_w:
        case "CHANGES"_w:
            if (isSign('(', 1)) {
                advance();
                skipGroup();
                continue;
            }
            break;
        case "FOR"_w:
            if (is("SYSTEM_TIME"_w, 1) || is("TIMESTAMP"_w, 1) || is("VERSION"_w, 1) ||
                is("SYSTEM_VERSION"_w, 1)) {
                advance();
                advance();
                if (takeWords({"AS"_w, "OF"_w}))
                    expression();
                else
                    while (!endsClause() && !isSign(',') && !beginsJoin() && !isEnd())
                        stepOver();
                continue;
            }
            return;
        case "TIMESTAMP"_w:
        case "VERSION"_w:
            if (is("AS"_w, 1) && is("OF"_w, 2)) {
                m_at += 3;
                expression();
                continue;
            }
            break;
        case "WITH"_w:
            if (is("ORDINALITY"_w, 1)) {
                advance();
                advance();
                relation.position = {"ordinality", false};
                continue;
            }
            if (is("OFFSET"_w, 1)) {
                advance();
                advance();
                relation.position = {"offset", false};
                if (is("AS"_w) || (isName() && isAlias(true))) {
                    take("AS"_w);
                    relation.position = takeName();
                }
                continue;
            }
            if (isSign('(', 1) && m_dialect == SqlDialect::TSql) {
                advance();
                skipGroup();  // hints, or the columns of OPENJSON
                continue;
            }
            return;
        case "PIVOT"_w:
        case "UNPIVOT"_w:
            if (isSign('(', 1) || is("INCLUDE"_w, 1) || is("EXCLUDE"_w, 1)) {
                pivot(relation);
                continue;
            }
            return;
        case "MATCH_RECOGNIZE"_w:
            note("MATCH_RECOGNIZE", at().token.line);
            advance();
            relation.isOpaque = true;
            if (isSign('('))
                skipGroup();
            continue;
        case "FINAL"_w:
            if (m_dialect == SqlDialect::Generic) {
                advance();
                continue;
            }
            break;
        case "INDEXED"_w:
            if (is("BY"_w, 1)) {
                m_at += 3;
                continue;
            }
            break;
        case "PARTITION"_w:
            if (isSign('(', 1)) {
                advance();
                skipGroup();
                continue;
            }
            break;
        default:
            break;
        }
        if (relation.alias.text.empty() && relation.columns.empty())
            relationAlias(relation);
        if (m_at == before)
            return;
    }
}

// LATERAL VIEW [OUTER] explode(x) t AS a, b
void SqlParser::lateralView(std::vector<SqlFrom>& from)
{
    SqlFrom view;
    view.line = at().token.line;
    view.begin = here();
    advance();
    advance();
    take("OUTER"_w);
    view.isLateral = true;
    view.join = SqlJoin::Cross;
    if (isName())
        view.call = nameExpression();
    else
        view.isOpaque = true;
    if (isName() && !is("AS"_w) && isAlias(true))
        view.alias = takeName();
    if (take("AS"_w)) {
        if (isSign('(')) {
            view.columns = namesInParentheses();
        } else {
            do
                view.columns.push_back(takeName());
            while (takeSign(','));
        }
    }
    view.end = behind();
    from.push_back(std::move(view));
}

void SqlParser::pivot(SqlFrom& relation)
{
    SqlPivot made;
    made.line = at().token.line;
    made.isUnpivot = is("UNPIVOT"_w);
    advance();
    if (is("INCLUDE"_w) || is("EXCLUDE"_w)) {
        advance();
        advance();
    }
    const std::size_t close = std::max(at().match, m_at);
    takeSign('(');
    if (made.isUnpivot)
        unpivotBody(made);
    else
        pivotBody(made);
    if (m_at < close) {
        noteHere();
        m_at = std::min(close, m_tokens.size() - 1);
    }
    takeSign(')');
    SqlFrom named;
    relationAlias(named);
    made.alias = named.alias;
    made.aliasColumns = named.columns;
    relation.pivots.push_back(std::move(made));
}

// sum(x) AS s, ... FOR c IN ('a' AS a, 'b')
void SqlParser::pivotBody(SqlPivot& pivot)
{
    do {
        SqlPivot::Value value;
        value.expression = expressionOrNote();
        if (!is("FOR"_w))
            value.name = aliasOf(true);
        pivot.aggregates.push_back(value);
    } while (takeSign(','));
    if (!take("FOR"_w))
        return;
    // operand(): IN begins the values, and is no operator here.
    do {
        if (isSign('(')) {
            for (const SqlWord& name : namesInParentheses()) {
                SqlExpression* column = made(SqlExpressionKind::Column);
                column->names.push_back(name);
                pivot.of.push_back(finished(column));
            }
        } else if (SqlExpression* one = operand()) {
            pivot.of.push_back(one);
        } else {
            return;
        }
        if (!take("IN"_w))
            return;
        if (!isSign('(') || beginsQuery(m_at)) {
            pivot.values.clear();
            pivot.isWidening = true;
            stepOver();
            continue;
        }
        const std::size_t close = std::max(at().match, m_at);
        advance();
        if (is("ANY"_w))
            pivot.isWidening = true;
        while (!isEnd() && m_at < close && !pivot.isWidening) {
            SqlPivot::Value value;
            value.expression = expression();
            if (!value.expression)
                break;
            value.name = aliasOf(true);
            pivot.values.push_back(value);
            if (!takeSign(','))
                break;
        }
        if (m_at < close && !pivot.isWidening)
            noteHere();
        m_at = std::max(m_at, std::min(close, m_tokens.size() - 1));
        takeSign(')');
        if (takeWords({"DEFAULT"_w, "ON"_w, "NULL"_w}) && isSign('('))
            skipGroup();
    } while (!is("GROUP"_w) && isName());
    if (takeWords({"GROUP"_w, "BY"_w}))
        pivot.groups = expressions();
}

// value FOR name IN (a AS 'x', b), or (v, w) FOR name IN ((a, b), (c, d))
void SqlParser::unpivotBody(SqlPivot& pivot)
{
    if (isSign('('))
        pivot.valueNames = namesInParentheses();
    else if (isName())
        pivot.valueNames.push_back(takeName());
    if (!take("FOR"_w))
        return;
    pivot.nameName = takeName();
    if (!take("IN"_w) || !isSign('('))
        return;
    const std::size_t close = std::max(at().match, m_at);
    advance();
    while (!isEnd() && m_at < close) {
        SqlWords columns;
        if (isSign('('))
            columns = namesInParentheses();
        else if (const SqlWords names = path(); !names.empty())
            columns.push_back(names.back());
        if (columns.empty())
            break;
        pivot.columns.push_back(columns);
        if (take("AS"_w) || at().token.kind == SqlToken::Kind::Text || isName())
            advance();
        if (!takeSign(','))
            break;
    }
    if (m_at < close) {
        noteHere();
        m_at = std::min(close, m_tokens.size() - 1);
    }
    takeSign(')');
}

// DuckDB: PIVOT t ON c IN (...) USING sum(x) GROUP BY g; UNPIVOT t ON a, b INTO NAME n VALUE v
SqlQuery* SqlParser::widePivot()
{
    SqlQuery* outer = m_nodes->queries.make();
    outer->line = at().token.line;
    SqlSelect* select = m_nodes->selects.make();
    select->line = outer->line;
    outer->sides.push_back({select, nullptr, false, false});
    SqlExpression* star = finished(made(SqlExpressionKind::Star));
    select->items.push_back({star, {}, {}});
    SqlPivot pivot;
    pivot.line = outer->line;
    pivot.isUnpivot = is("UNPIVOT"_w);
    advance();
    std::vector<SqlFrom> from;
    relation(from, SqlJoin::Comma, false);
    if (take("ON"_w)) {
        do {
            SqlExpression* one = operand();
            if (!one)
                break;
            if (pivot.isUnpivot) {
                if (one->kind == SqlExpressionKind::Column)
                    pivot.columns.push_back({one->names.back()});
                else
                    pivot.isWidening = true;
                if (take("AS"_w))
                    advance();
                continue;
            }
            pivot.of.push_back(one);
            if (take("IN"_w) && takeSign('(')) {
                do {
                    SqlPivot::Value value;
                    value.expression = expression();
                    if (!value.expression)
                        break;
                    value.name = aliasOf(true);
                    pivot.values.push_back(value);
                } while (takeSign(','));
                takeSign(')');
            } else {
                pivot.isWidening = true;
            }
        } while (takeSign(','));
    }
    if (take("USING"_w)) {
        do {
            SqlPivot::Value value;
            value.expression = expressionOrNote();
            value.name = aliasOf(true);
            pivot.aggregates.push_back(value);
        } while (takeSign(','));
    }
    if (takeWords({"GROUP"_w, "BY"_w}))
        pivot.groups = expressions();
    if (pivot.isUnpivot) {
        pivot.nameName = {"name", false};
        pivot.valueNames.push_back({"value", false});
        if (take("INTO"_w)) {
            if (take("NAME"_w))
                pivot.nameName = takeName();
            if (take("VALUE"_w)) {
                pivot.valueNames.clear();
                do
                    pivot.valueNames.push_back(takeName());
                while (takeSign(','));
            }
        }
    }
    if (!from.empty())
        from.back().pivots.push_back(std::move(pivot));
    select->from = std::move(from);
    return outer;
}

}  // namespace portolan
