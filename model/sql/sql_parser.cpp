// SPDX-License-Identifier: Apache-2.0
// Looking, skipping, names and whole statements; expressions and queries have files of their own.
#include "model/sql/sql_parser.h"

#include "model/sql/sql_words.h"

#include <algorithm>

namespace portolan {

namespace {

bool opens(const SqlToken& token)
{
    return token.isSign('(') || token.isSign('[') || token.isSign('{');
}

bool closes(const SqlToken& token)
{
    return token.isSign(')') || token.isSign(']') || token.isSign('}');
}

char closerOf(char opener)
{
    return opener == '(' ? ')' : opener == '[' ? ']' : '}';
}

}  // namespace

SqlParser::SqlParser(std::string_view text, SqlDialect dialect) : m_text(text), m_dialect(dialect)
{
    SqlTokens tokens(text, dialect);
    std::vector<std::size_t> open;
    m_tokens.reserve(text.size() / 5 + 2);
    for (;;) {
        Token token{tokens.next()};
        const std::size_t index = m_tokens.size();
        if (token.token.kind == SqlToken::Kind::Word)
            token.word = sqlWordHash(token.token.text);
        if (opens(token.token)) {
            open.push_back(index);
        } else if (closes(token.token)) {
            // A closer ends the nearest opener of its kind; those inside it that stay open end there too.
            std::size_t depth = open.size();
            while (depth > 0 &&
                   closerOf(m_tokens[open[depth - 1]].token.text.front()) !=
                       token.token.text.front() &&
                   open.size() - depth < 4)
                --depth;
            if (depth > 0 && closerOf(m_tokens[open[depth - 1]].token.text.front()) ==
                                 token.token.text.front()) {
                while (open.size() >= depth) {
                    m_tokens[open.back()].match = index;
                    open.pop_back();
                }
            } else {
                token.token.kind = SqlToken::Kind::Number;  // closes nothing, and ends nothing
            }
        } else if (token.token.isSign(';') || token.token.isEnd()) {
            for (const std::size_t left : open)
                m_tokens[left].match = index;
            open.clear();
        }
        m_tokens.push_back(token);
        if (token.token.isEnd())
            return;
    }
}

// --- looking

const SqlParser::Token& SqlParser::at(std::size_t ahead) const
{
    return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
}

bool SqlParser::isAdjacent(std::size_t ahead) const
{
    const std::size_t index = m_at + ahead;
    if (index == 0 || index >= m_tokens.size())
        return false;
    const std::string_view before = m_tokens[index - 1].token.text;
    const std::string_view text = m_tokens[index].token.text;
    return !text.empty() && before.data() + before.size() == text.data();
}

bool SqlParser::isPair(char first, char second, std::size_t ahead) const
{
    return isSign(first, ahead) && isSign(second, ahead + 1) && isAdjacent(ahead + 1);
}

bool SqlParser::take(std::uint64_t word)
{
    if (!is(word))
        return false;
    advance();
    return true;
}

bool SqlParser::takeSign(char sign)
{
    if (!isSign(sign))
        return false;
    advance();
    return true;
}

bool SqlParser::takeWords(std::initializer_list<std::uint64_t> words)
{
    std::size_t ahead = 0;
    for (const std::uint64_t word : words)
        if (!is(word, ahead++))
            return false;
    m_at += words.size();
    return true;
}

std::size_t SqlParser::here() const
{
    const std::string_view text = at().token.text;
    return text.empty() ? m_text.size() : static_cast<std::size_t>(text.data() - m_text.data());
}

// The end of the token before.
std::size_t SqlParser::behind() const
{
    if (m_at == 0)
        return 0;
    const std::string_view text = m_tokens[m_at - 1].token.text;
    return static_cast<std::size_t>(text.data() - m_text.data()) + text.size();
}

// Whether the parenthesis holds a query, and not an expression or a join. Looks at what follows each inner one.
bool SqlParser::beginsQuery(std::size_t index) const
{
    while (m_tokens[index].token.isSign('(')) {
        ++index;
        const Token& first = m_tokens[index];
        switch (first.word) {
        case "SELECT"_w:
        case "WITH"_w:
        case "VALUES"_w:
            return true;
        case "FROM"_w:
        case "PIVOT"_w:
        case "UNPIVOT"_w:
        case "DESCRIBE"_w:
        case "SUMMARIZE"_w:
        case "TABLE"_w:
            return !m_tokens[std::min(index + 1, m_tokens.size() - 1)].token.isSign('(') ||
                   first.word == "FROM"_w;
        default:
            break;
        }
        if (!first.token.isSign('('))
            return false;
        const Token& after = m_tokens[std::min(first.match + 1, m_tokens.size() - 1)];
        switch (after.word) {
        case "UNION"_w:
        case "INTERSECT"_w:
        case "EXCEPT"_w:
        case "MINUS"_w:
        case "ORDER"_w:
        case "LIMIT"_w:
        case "OFFSET"_w:
        case "FETCH"_w:
            break;
        default:
            if (!after.token.isSign(')'))
                return false;
        }
    }
    return false;
}

bool SqlParser::beginsStatement() const
{
    switch (at().word) {
    case "SELECT"_w:
    case "INSERT"_w:
    case "UPDATE"_w:
    case "DELETE"_w:
    case "MERGE"_w:
    case "CREATE"_w:
        return true;
    case "WITH"_w:
    case "DECLARE"_w:
    case "EXEC"_w:
    case "EXECUTE"_w:
    case "GO"_w:
    case "IF"_w:
    case "BEGIN"_w:
    case "PRINT"_w:
    case "WHILE"_w:
    case "DROP"_w:
    case "TRUNCATE"_w:
    case "ALTER"_w:
    case "SET"_w:
    case "END"_w:
        return m_dialect == SqlDialect::TSql;
    default:
        return false;
    }
}

bool SqlParser::endsClause(std::size_t ahead) const
{
    const Token& token = at(ahead);
    switch (token.word) {
    case "FROM"_w:
    case "WHERE"_w:
    case "GROUP"_w:
    case "HAVING"_w:
    case "QUALIFY"_w:
    case "ORDER"_w:
    case "LIMIT"_w:
    case "OFFSET"_w:
    case "FETCH"_w:
    case "UNION"_w:
    case "INTERSECT"_w:
    case "EXCEPT"_w:
    case "MINUS"_w:
    case "WINDOW"_w:
    case "INTO"_w:
    case "SELECT"_w:
    case "ON"_w:
    case "USING"_w:
    case "WHEN"_w:
    case "RETURNING"_w:
    case "CONNECT"_w:
    case "START"_w:
    case "CLUSTER"_w:
    case "DISTRIBUTE"_w:
    case "SORT"_w:
    case "OPTION"_w:
    case "FOR"_w:
    case "WITH"_w:
    case "LATERAL"_w:
        return true;
    case 0:
        return token.token.isEnd() || token.token.isSign(';') || closes(token.token);
    default:
        return false;
    }
}

bool SqlParser::endsItem() const
{
    return isSign(',') || endsClause() || beginsStatement() || beginsJoin();
}

bool SqlParser::isAlias(bool ofRelation) const
{
    const Token& token = at();
    if (token.token.kind == SqlToken::Kind::QuotedName)
        return true;
    if (token.token.kind == SqlToken::Kind::Text)
        return !ofRelation && m_dialect != SqlDialect::BigQuery;
    if (token.token.kind != SqlToken::Kind::Word)
        return false;
    switch (token.word) {
    case "OFFSET"_w:
    case "START"_w:
    case "CLUSTER"_w:
    case "SORT"_w:
    case "DISTRIBUTE"_w:
    case "OPTION"_w:
    case "MINUS"_w:
    case "CONNECT"_w:
        // Words that are names too; as an alias only where no clause can follow.
        if (ofRelation)
            return false;
        return isSign(',', 1) || is("FROM"_w, 1) || at(1).token.isEnd() || isSign(')', 1);
    case "AND"_w:
    case "OR"_w:
    case "NOT"_w:
    case "AS"_w:
    case "THEN"_w:
    case "ELSE"_w:
    case "END"_w:
    case "CASE"_w:
    case "SET"_w:
    case "BY"_w:
    case "VALUES"_w:
    case "IN"_w:
    case "IS"_w:
    case "LIKE"_w:
    case "BETWEEN"_w:
        return false;
    case "PIVOT"_w:
    case "UNPIVOT"_w:
    case "TABLESAMPLE"_w:
    case "MATCH_RECOGNIZE"_w:
    case "ASC"_w:
    case "DESC"_w:
    case "FINAL"_w:
    case "DEFAULT"_w:
    case "DO"_w:
        return !ofRelation;
    case "SAMPLE"_w:
    case "AT"_w:
    case "BEFORE"_w:
    case "CHANGES"_w:
        return !(ofRelation && isSign('(', 1));
    default:
        return !endsClause() && !beginsStatement() && !beginsJoin();
    }
}

bool SqlParser::hasLambda() const
{
    return m_dialect == SqlDialect::Databricks || m_dialect == SqlDialect::Snowflake ||
           m_dialect == SqlDialect::Trino || m_dialect == SqlDialect::DuckDb ||
           m_dialect == SqlDialect::Generic;
}

// --- skipping

void SqlParser::advance()
{
    if (m_at + 1 < m_tokens.size())
        ++m_at;
}

// At an opening bracket: to behind its end.
void SqlParser::skipGroup()
{
    const std::size_t match = at().match;
    m_at = std::max(match, m_at + 1);
    m_at = std::min(m_at, m_tokens.size() - 1);
    if (closes(at().token))
        advance();
}

void SqlParser::stepOver()
{
    if (opens(at().token))
        skipGroup();
    else
        advance();
}

// To the next comma or clause of this nesting.
void SqlParser::skipExpression()
{
    while (!isSign(',') && !endsClause() && !isEnd()) {
        stepOver();
    }
}

void SqlParser::skipStatement()
{
    while (!isEnd() && !(m_dialect == SqlDialect::TSql && is("GO"_w)))
        advance();
}

// Stays in this nesting; stops at the word, without taking it.
bool SqlParser::skipTo(std::uint64_t word)
{
    while (!isEnd() && !closes(at().token)) {
        if (is(word))
            return true;
        stepOver();
    }
    return false;
}

void SqlParser::note(std::string construct, int line)
{
    if (m_notes->size() < 100)
        m_notes->push_back({std::move(construct), line});
}

std::string SqlParser::wordsHere() const
{
    std::string words;
    for (std::size_t i = 0; i < 3 && !at(i).token.isEnd(); ++i) {
        if (i > 0 && !isAdjacent(i))
            words += ' ';
        const std::string_view text = at(i).token.text;
        words += text.substr(0, 40);
    }
    for (char& c : words)
        if (c == '\n' || c == '\r' || c == '\t')
            c = ' ';
    return words.empty() ? "the end of the text" : words;
}

void SqlParser::noteHere()
{
    note(at().token.kind == SqlToken::Kind::Template ? "Jinja" : wordsHere(), at().token.line);
}

SqlExpression* SqlParser::unreadable()
{
    SqlExpression* skipped = made(SqlExpressionKind::Unreadable);
    skipExpression();
    return finished(skipped);
}

// --- names

SqlWord SqlParser::word(const Token& token)
{
    if (token.token.kind == SqlToken::Kind::Word)
        return {token.token.text, false};
    std::string value = token.token.value();
    const std::string_view spelt = token.token.text;
    if (spelt.size() >= 2 && spelt.substr(1, spelt.size() - 2) == value)
        return {spelt.substr(1, spelt.size() - 2), true};
    return {m_nodes->texts.emplace_back(std::move(value)), true};
}

SqlWord SqlParser::takeName()
{
    if (!isName())
        return {};
    const SqlWord name = word(at());
    advance();
    return name;
}

// a.b.c
SqlWords SqlParser::path()
{
    SqlWords names;
    while (isName()) {
        names.push_back(takeName());
        if (!isSign('.'))
            break;
        advance();
        while (isSign('.')) {  // "db..table" of T-SQL and Snowflake
            names.push_back({});
            advance();
        }
    }
    return names;
}

// Also `project.dataset.table` in one pair of quotes, and my-project.dataset.table.
SqlWords SqlParser::relationName()
{
    if (m_dialect == SqlDialect::BigQuery && at().token.kind == SqlToken::Kind::Word) {
        const std::string_view first = at().token.text;
        std::size_t ahead = 1;
        while (isSign('-', ahead) && isAdjacent(ahead) && isAdjacent(ahead + 1))
            ahead += 2;
        if (ahead > 1) {
            const std::string_view last = at(ahead - 1).token.text;
            const SqlWord project{
                std::string_view(first.data(), static_cast<std::size_t>(last.data() + last.size() -
                                                                        first.data())),
                false};
            m_at += ahead;
            takeSign('.');
            SqlWords names = path();
            names.insert(names.begin(), project);
            return names;
        }
    }
    SqlWords names = path();
    std::erase_if(names, [](const SqlWord& name) { return name.text.empty(); });
    if (m_dialect != SqlDialect::BigQuery)
        return names;
    SqlWords split;
    for (const SqlWord& name : names) {
        std::string_view rest = name.text;
        for (std::size_t dot = rest.find('.'); dot != std::string_view::npos;
             dot = rest.find('.')) {
            split.push_back({rest.substr(0, dot), name.isQuoted});
            rest.remove_prefix(dot + 1);
        }
        split.push_back({rest, name.isQuoted});
    }
    return split;
}

// (a, b, c), with whatever stands behind each.
SqlWords SqlParser::namesInParentheses()
{
    SqlWords names;
    if (!takeSign('('))
        return names;
    while (!isEnd() && !isSign(')')) {
        if (isName() || at().token.kind == SqlToken::Kind::Text) {
            names.push_back(word(at()));
            advance();
            while (isSign('.') && isName(1)) {  // t.a
                advance();
                names.back() = takeName();
            }
        }
        while (!isEnd() && !isSign(',') && !isSign(')')) {
            stepOver();
        }
        takeSign(',');
    }
    takeSign(')');
    return names;
}

SqlWord SqlParser::aliasOf(bool ofRelation)
{
    const bool isTold = take("AS"_w);
    const bool fits =
        isTold ? isName() || at().token.kind == SqlToken::Kind::Text : isAlias(ofRelation);
    if (!fits)
        return {};
    const SqlWord alias = word(at());
    advance();
    return alias;
}

// --- statements

bool SqlParser::isAtEnd()
{
    while (isSign(';') || is("GO"_w))
        advance();
    return at().token.isEnd();
}

SqlStatementTree SqlParser::next(SqlNodes& nodes)
{
    SqlStatementTree tree;
    m_nodes = &nodes;
    m_notes = &tree.notUnderstood;
    m_depth = 0;
    m_isTooDeep = false;
    tree.line = at().token.line;
    const std::size_t first = m_at;
    statement(tree);
    const bool mayFollow = beginsStatement() && m_at > first;
    if (!isEnd() && !mayFollow) {
        noteHere();
        skipStatement();
    }
    if (m_at == first)
        advance();
    // Of what was not compiled, one entry is enough.
    const auto isJinja = [](const SqlNotUnderstood& one) { return one.construct == "Jinja"; };
    bool hasJinja = std::any_of(tree.notUnderstood.begin(), tree.notUnderstood.end(), isJinja);
    int jinjaLine = 0;
    for (std::size_t i = first; i < m_at; ++i)
        if (m_tokens[i].token.kind == SqlToken::Kind::Template) {
            jinjaLine = m_tokens[i].token.line;
            hasJinja = true;
            break;
        }
    if (hasJinja) {
        std::erase_if(tree.notUnderstood, isJinja);
        tree.notUnderstood.insert(tree.notUnderstood.begin(), {"Jinja", jinjaLine});
    }
    m_notes = nullptr;
    return tree;
}

void SqlParser::statement(SqlStatementTree& tree)
{
    if (is("EXPLAIN"_w)) {
        advance();
        take("ANALYZE"_w);
        take("VERBOSE"_w);
        if (isSign('(') && !beginsQuery(m_at))
            skipGroup();
    }
    if (is("WITH"_w)) {
        withClause(tree.ctes, tree.isRecursive);
        if (is("SELECT"_w) || is("FROM"_w) || is("VALUES"_w) || isSign('(')) {
            tree.kind = SqlStatementKind::Select;
            tree.isRead = true;
            tree.query = query();
            tree.query->ctes = std::move(tree.ctes);
            tree.query->isRecursive = tree.isRecursive;
            tree.ctes.clear();
            return;
        }
    }
    switch (at().word) {
    case "SELECT"_w:
    case "FROM"_w:
    case "VALUES"_w:
    case "PIVOT"_w:
    case "UNPIVOT"_w:
    case "TABLE"_w:
        tree.kind = SqlStatementKind::Select;
        tree.isRead = true;
        tree.query = query();
        return;
    case "INSERT"_w:
    case "REPLACE"_w:
        return insertStatement(tree);
    case "UPDATE"_w:
        return updateStatement(tree);
    case "DELETE"_w:
        return deleteStatement(tree);
    case "MERGE"_w:
        return mergeStatement(tree);
    case "CREATE"_w:
        return createStatement(tree);
    default:
        break;
    }
    if (isSign('(') && beginsQuery(m_at)) {
        tree.kind = SqlStatementKind::Select;
        tree.isRead = true;
        tree.query = query();
        return;
    }
    otherStatement(tree);
}

// What moves no columns needs no reading.
void SqlParser::otherStatement(SqlStatementTree& tree)
{
    tree.kind = SqlStatementKind::Other;
    switch (at().word) {
    case "DROP"_w:
    case "DECLARE"_w:
    case "ALTER"_w:
    case "TRUNCATE"_w:
    case "COMMENT"_w:
    case "GRANT"_w:
    case "REVOKE"_w:
    case "SET"_w:
    case "RESET"_w:
    case "USE"_w:
    case "BEGIN"_w:
    case "START"_w:
    case "COMMIT"_w:
    case "ROLLBACK"_w:
    case "END"_w:
    case "ANALYZE"_w:
    case "VACUUM"_w:
    case "OPTIMIZE"_w:
    case "REFRESH"_w:
    case "SHOW"_w:
    case "DESCRIBE"_w:
    case "DESC"_w:
    case "PRAGMA"_w:
    case "ATTACH"_w:
    case "DETACH"_w:
    case "INSTALL"_w:
    case "LOAD"_w:
    case "LOCK"_w:
    case "UNLOCK"_w:
    case "PRINT"_w:
    case "RETURN"_w:
    case "REINDEX"_w:
    case "CLUSTER"_w:
    case "SUMMARIZE"_w:
    case "MSCK"_w:
    case "CACHE"_w:
    case "UNCACHE"_w:
        advance();
        // BEGIN without its own end, as in a body of a procedure.
        if (m_at > 0 && m_tokens[m_at - 1].word == "BEGIN"_w && beginsStatement())
            return;
        while (!isEnd() && !(m_dialect == SqlDialect::TSql && beginsStatement() && !is("WITH"_w) &&
                             !is("SET"_w)))
            advance();
        return;
    default:
        noteHere();
        skipStatement();
    }
}

void SqlParser::createStatement(SqlStatementTree& tree)
{
    const int line = at().token.line;
    advance();
    std::string words = "CREATE";
    for (int i = 0; i < 12 && isName() && !is("TABLE"_w) && !is("VIEW"_w); ++i) {
        switch (at().word) {
        case "FUNCTION"_w:
        case "PROCEDURE"_w:
        case "PROC"_w:
        case "TRIGGER"_w:
        case "TASK"_w:
        case "MACRO"_w:
            note(words + ' ' + std::string(at().token.text), line);
            skipStatement();
            return;
        case "INDEX"_w:
        case "SCHEMA"_w:
        case "DATABASE"_w:
        case "SEQUENCE"_w:
        case "TYPE"_w:
        case "EXTENSION"_w:
        case "ROLE"_w:
        case "USER"_w:
        case "STAGE"_w:
        case "WAREHOUSE"_w:
        case "DOMAIN"_w:
        case "STATISTICS"_w:
        case "TAG"_w:
        case "STREAM"_w:
        case "POLICY"_w:
            skipStatement();
            return;
        default:
            advance();
        }
    }
    if (!is("TABLE"_w) && !is("VIEW"_w)) {
        note(words + ' ' + wordsHere(), line);
        skipStatement();
        return;
    }
    tree.kind = is("VIEW"_w) ? SqlStatementKind::CreateView : SqlStatementKind::CreateTable;
    advance();
    tree.isRead = true;
    takeWords({"IF"_w, "NOT"_w, "EXISTS"_w});
    tree.target = relationName();
    if (isSign('(') && !beginsQuery(m_at))
        tableColumns(tree);
    // Options, up to the query.
    while (!isEnd() && (!beginsStatement() || is("WITH"_w))) {
        if (is("AS"_w) &&
            (is("SELECT"_w, 1) || is("WITH"_w, 1) || is("VALUES"_w, 1) || is("FROM"_w, 1) ||
             is("TABLE"_w, 1) || is("PIVOT"_w, 1) || is("UNPIVOT"_w, 1) || isSign('(', 1) ||
             at(1).token.kind == SqlToken::Kind::Template)) {
            advance();
            tree.query = query();
            break;
        }
        if (is("SELECT"_w))
            break;
        if (is("CLONE"_w) || (is("COPY"_w) && m_dialect == SqlDialect::BigQuery)) {
            advance();
            tree.query = wholeTable();
            skipStatement();
            break;
        }
        stepOver();
    }
    if (!tree.query && is("SELECT"_w))
        tree.query = query();  // MySQL's and Spark's AS may be left out
    if (tree.query && (is("WITH"_w) || is("COMMENT"_w) || is("DISTKEY"_w)) &&
        m_dialect != SqlDialect::TSql)
        skipStatement();  // WITH DATA, WITH NO DATA, WITH CHECK OPTION
    else if (tree.query && takeWords({"WITH"_w, "CHECK"_w, "OPTION"_w}))
        return;
}

// (a int not null, b text, primary key (a))
void SqlParser::tableColumns(SqlStatementTree& tree)
{
    const std::size_t end = std::max(at().match, m_at);
    advance();
    while (m_at < end && !isEnd()) {
        switch (at().word) {
        case "PRIMARY"_w:
        case "FOREIGN"_w:
        case "UNIQUE"_w:
        case "CHECK"_w:
        case "CONSTRAINT"_w:
        case "LIKE"_w:
        case "EXCLUDE"_w:
        case "PERIOD"_w:
            break;
        case "INDEX"_w:
        case "KEY"_w:
            if (!isName(1))
                break;
            [[fallthrough]];
        default:
            if (isName() || at().token.kind == SqlToken::Kind::Text)
                tree.columns.push_back(word(at()));
        }
        int angles = 0;  // array<struct<a:int,b:int>>
        while (m_at < end && !isEnd() && !(isSign(',') && angles <= 0)) {
            angles += isSign('<') ? 1 : isSign('>') ? -1 : 0;
            stepOver();
        }
        if (m_at < end)
            takeSign(',');
    }
    m_at = std::min(end, m_tokens.size() - 1);
    takeSign(')');
}

void SqlParser::insertStatement(SqlStatementTree& tree)
{
    const int line = at().token.line;
    tree.kind = SqlStatementKind::Insert;
    tree.isRead = true;
    advance();
    if (is("ALL"_w) || is("FIRST"_w)) {
        note("INSERT " + std::string(at().token.text), line);
        tree.isRead = false;
        skipStatement();
        return;
    }
    take("OVERWRITE"_w);
    if (take("OR"_w))
        advance();
    if (is("TOP"_w)) {
        advance();
        if (isSign('('))
            skipGroup();
    }
    take("INTO"_w);
    if (is("TABLE"_w))
        advance();
    tree.target = relationName();
    for (;;) {
        if (is("PARTITION"_w) || (is("WITH"_w) && isSign('(', 1))) {
            advance();
            if (isSign('('))
                skipGroup();
        } else if (takeWords({"IF"_w, "NOT"_w, "EXISTS"_w})) {
        } else if (is("AS"_w) && isName(1) && !is("SELECT"_w, 1)) {
            advance();
            tree.targetAlias = takeName();
        } else if (isSign('(') && !beginsQuery(m_at) && tree.columns.empty()) {
            tree.columns = namesInParentheses();
        } else if (takeWords({"BY"_w, "NAME"_w})) {
            tree.isByName = true;
        } else if (takeWords({"BY"_w, "POSITION"_w})) {
        } else if (is("OVERRIDING"_w) || is("REPLACE"_w)) {
            while (!isEnd() && !is("SELECT"_w) && !is("VALUES"_w) && !is("WITH"_w) && !isSign('('))
                advance();
            if (m_tokens[m_at - 1].word == "WHERE"_w)
                skipTo("SELECT"_w);
        } else if (is("OUTPUT"_w)) {
            while (!isEnd() && !is("SELECT"_w) && !is("VALUES"_w) && !is("WITH"_w))
                advance();
        } else {
            break;
        }
    }
    if (takeWords({"DEFAULT"_w, "VALUES"_w}))
        return skipStatement();
    if (is("SET"_w)) {  // MySQL
        assignments(tree);
        return;
    }
    if (is("EXEC"_w) || is("EXECUTE"_w)) {
        noteHere();
        return skipStatement();
    }
    tree.query = query();
    if (takeWords({"ON"_w, "CONFLICT"_w})) {
        skipTo("DO"_w);
        if (takeWords({"DO"_w, "UPDATE"_w})) {
            assignments(tree);
            if (take("WHERE"_w))
                tree.filters.push_back(expressionOrNote());
        }
        take("DO"_w);
        take("NOTHING"_w);
    }
    if (is("ON"_w) || is("RETURNING"_w))
        skipStatement();
}

// a = x, (b, c) = (y, z), t.d = w
void SqlParser::assignments(SqlStatementTree& tree)
{
    take("SET"_w);
    do {
        if (isSign('(')) {
            const SqlWords columns = namesInParentheses();
            takeSign('=');
            take("ROW"_w);
            SqlExpression* value = expressionOrNote();
            const bool isEach = value->kind == SqlExpressionKind::Operation &&
                                value->children.size() == columns.size();
            for (std::size_t i = 0; i < columns.size(); ++i)
                tree.assignments.push_back({columns[i], isEach ? value->children[i] : value});
            continue;
        }
        const SqlWords names = path();
        if (names.empty()) {
            noteHere();
            skipExpression();
            continue;
        }
        if (isSign('['))
            skipGroup();
        while (isSign('+') || isSign('-') || isSign('*') || isSign('/') || isSign('|') ||
               isSign('&') || isSign(':'))
            advance();  // T-SQL's +=
        if (!takeSign('=')) {
            noteHere();
            skipExpression();
            continue;
        }
        tree.assignments.push_back({names.back(), expressionOrNote()});
    } while (takeSign(','));
}

void SqlParser::updateStatement(SqlStatementTree& tree)
{
    tree.kind = SqlStatementKind::Update;
    tree.isRead = true;
    advance();
    take("ONLY"_w);
    if (is("TOP"_w)) {
        advance();
        if (isSign('('))
            skipGroup();
    }
    if (take("OR"_w))
        advance();
    std::vector<SqlFrom> target;
    fromList(target);
    if (!target.empty()) {
        tree.target = target.front().name;
        tree.targetAlias = target.front().alias;
    }
    if (is("SET"_w))
        assignments(tree);
    if (is("OUTPUT"_w))
        skipTo("FROM"_w);
    if (take("FROM"_w))
        fromList(tree.from);
    tree.from.insert(tree.from.begin(), std::make_move_iterator(target.begin()),
                     std::make_move_iterator(target.end()));
    if (take("WHERE"_w))
        tree.filters.push_back(expressionOrNote());
    if (!isEnd() && !beginsStatement())
        skipStatement();  // RETURNING, ORDER BY, LIMIT, OPTION
}

void SqlParser::deleteStatement(SqlStatementTree& tree)
{
    tree.kind = SqlStatementKind::Delete;
    tree.isRead = true;
    advance();
    std::vector<SqlFrom> target;
    if (!is("FROM"_w)) {
        relation(target, SqlJoin::Comma, false);
        if (take("FROM"_w))
            fromList(tree.from);
    } else {
        advance();
        take("ONLY"_w);
        fromList(target);
        if (take("USING"_w) || take("FROM"_w))
            fromList(tree.from);
    }
    if (!target.empty()) {
        tree.target = target.front().name;
        tree.targetAlias = target.front().alias;
    }
    tree.from.insert(tree.from.begin(), std::make_move_iterator(target.begin()),
                     std::make_move_iterator(target.end()));
    if (take("WHERE"_w))
        tree.filters.push_back(expressionOrNote());
    if (!isEnd() && !beginsStatement())
        skipStatement();
}

void SqlParser::mergeStatement(SqlStatementTree& tree)
{
    tree.kind = SqlStatementKind::Merge;
    tree.isRead = true;
    advance();
    if (takeWords({"WITH"_w, "SCHEMA"_w, "EVOLUTION"_w})) {
    }
    take("INTO"_w);
    relation(tree.from, SqlJoin::Comma, false);
    if (!tree.from.empty()) {
        tree.target = tree.from.front().name;
        tree.targetAlias = tree.from.front().alias;
    }
    if (take("USING"_w))
        relation(tree.from, SqlJoin::Comma, false);
    if (take("ON"_w))
        tree.filters.push_back(expressionOrNote());
    while (is("WHEN"_w)) {
        while (!isEnd() && !is("THEN"_w)) {
            if (take("AND"_w))
                tree.filters.push_back(expressionOrNote());
            else
                advance();
        }
        take("THEN"_w);
        mergeAction(tree);
    }
    if (!isEnd())
        skipStatement();  // OUTPUT, RETURNING, OPTION
}

void SqlParser::mergeAction(SqlStatementTree& tree)
{
    if (takeWords({"UPDATE"_w, "SET"_w})) {
        if (isSign('*')) {
            advance();
            tree.assignsAll = true;
        } else {
            assignments(tree);
        }
        if (take("WHERE"_w))
            tree.filters.push_back(expressionOrNote());
        if (takeWords({"DELETE"_w, "WHERE"_w}))
            tree.filters.push_back(expressionOrNote());
    } else if (take("UPDATE"_w)) {
        tree.assignsAll = takeSign('*') || tree.assignsAll;
    } else if (take("INSERT"_w)) {
        if (takeSign('*') || take("ROW"_w)) {
            tree.assignsAll = true;
        } else {
            const SqlWords columns = namesInParentheses();
            if (take("ROW"_w)) {
                tree.assignsAll = true;
            } else if (take("VALUES"_w) && takeSign('(')) {
                const SqlExpressions values = expressions();
                takeSign(')');
                for (std::size_t i = 0; i < values.size(); ++i)
                    tree.assignments.push_back(
                        {i < columns.size() ? columns[i] : SqlWord(), values[i]});
            }
        }
        if (take("WHERE"_w))
            tree.filters.push_back(expressionOrNote());
    } else if (take("DELETE"_w)) {
    } else if (takeWords({"DO"_w, "NOTHING"_w})) {
    }
    while (!isEnd() && !is("WHEN"_w) && !is("OUTPUT"_w) && !is("RETURNING"_w) && !is("OPTION"_w)) {
        noteHere();
        skipTo("WHEN"_w);
        if (!is("WHEN"_w))
            skipStatement();
    }
}

}  // namespace portolan
