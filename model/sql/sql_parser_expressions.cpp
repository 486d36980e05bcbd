// SPDX-License-Identifier: Apache-2.0
// Expressions: which columns they name and in which part, without precedence, because lineage does not depend on it.
#include "model/sql/sql_parser.h"
#include "model/sql/sql_words.h"

#include <algorithm>

namespace portolan {

namespace {

constexpr int deepest = 200;

bool isUnit(std::uint64_t word)
{
    switch (word) {
    case "YEAR"_w:
    case "YEARS"_w:
    case "QUARTER"_w:
    case "QUARTERS"_w:
    case "MONTH"_w:
    case "MONTHS"_w:
    case "WEEK"_w:
    case "WEEKS"_w:
    case "ISOWEEK"_w:
    case "ISOYEAR"_w:
    case "DAY"_w:
    case "DAYS"_w:
    case "DAYOFWEEK"_w:
    case "DAYOFYEAR"_w:
    case "WEEKDAY"_w:
    case "HOUR"_w:
    case "HOURS"_w:
    case "MINUTE"_w:
    case "MINUTES"_w:
    case "SECOND"_w:
    case "SECONDS"_w:
    case "MILLISECOND"_w:
    case "MILLISECONDS"_w:
    case "MICROSECOND"_w:
    case "MICROSECONDS"_w:
    case "NANOSECOND"_w:
    case "EPOCH"_w:
    case "DATE"_w:
    case "TIME"_w:
    case "YY"_w:
    case "YYYY"_w:
    case "QQ"_w:
    case "MM"_w:
    case "DD"_w:
    case "WK"_w:
    case "WW"_w:
    case "DW"_w:
    case "HH"_w:
    case "MI"_w:
    case "SS"_w:
    case "MS"_w:
    case "EPOCH_SECOND"_w:
        return true;
    default:
        return false;
    }
}

// Functions that take a part of a date as a bare word.
bool takesUnit(std::string_view function)
{
    for (const std::string_view begin : {"DATE", "TIME", "TRUNC", "LAST_DAY", "NEXT_DAY",
                                         "GENERATE_", "TO_DATE", "EXTRACT", "SAFE_DATE"})
        if (function.size() >= begin.size() && isSameWord(function.substr(0, begin.size()), begin))
            return true;
    return false;
}

// Words that begin no operand, unless a parenthesis follows.
bool isReserved(std::uint64_t word)
{
    switch (word) {
    case "FROM"_w:
    case "WHERE"_w:
    case "GROUP"_w:
    case "HAVING"_w:
    case "QUALIFY"_w:
    case "ORDER"_w:
    case "LIMIT"_w:
    case "UNION"_w:
    case "INTERSECT"_w:
    case "EXCEPT"_w:
    case "SELECT"_w:
    case "ON"_w:
    case "USING"_w:
    case "THEN"_w:
    case "ELSE"_w:
    case "END"_w:
    case "WHEN"_w:
    case "AS"_w:
    case "AND"_w:
    case "OR"_w:
    case "JOIN"_w:
    case "INTO"_w:
    case "BY"_w:
    case "ASC"_w:
    case "DESC"_w:
    case "IN"_w:
    case "IS"_w:
    case "LIKE"_w:
    case "BETWEEN"_w:
    case "OVER"_w:
        return true;
    default:
        return false;
    }
}

bool isConstant(std::uint64_t word)
{
    switch (word) {
    case "NULL"_w:
    case "TRUE"_w:
    case "FALSE"_w:
    case "DEFAULT"_w:
    case "UNKNOWN"_w:
    case "CURRENT_DATE"_w:
    case "CURRENT_TIME"_w:
    case "CURRENT_TIMESTAMP"_w:
    case "LOCALTIME"_w:
    case "LOCALTIMESTAMP"_w:
    case "SYSDATE"_w:
    case "SYSTIMESTAMP"_w:
    case "GETDATE"_w:
    case "CURRENT_USER"_w:
    case "SESSION_USER"_w:
    case "CURRENT_ROLE"_w:
    case "CURRENT_CATALOG"_w:
    case "CURRENT_SCHEMA"_w:
    case "ROWNUM"_w:
        return true;
    default:
        return false;
    }
}

// 'a', E'a', N'a', r"a"
bool isTextPrefix(std::uint64_t word)
{
    switch (word) {
    case "E"_w:
    case "N"_w:
    case "B"_w:
    case "X"_w:
    case "R"_w:
    case "RB"_w:
    case "BR"_w:
    case "U"_w:
        return true;
    default:
        return false;
    }
}

}  // namespace

class SqlParser::Depth {
public:
    explicit Depth(SqlParser& parser) : m_parser(parser) { ++m_parser.m_depth; }
    ~Depth() { --m_parser.m_depth; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

    bool isTooGreat()
    {
        if (m_parser.m_depth <= deepest)
            return false;
        if (!m_parser.m_isTooDeep)
            m_parser.note("nested too deeply", m_parser.at().token.line);
        m_parser.m_isTooDeep = true;
        return true;
    }

private:
    SqlParser& m_parser;
};

SqlExpression* SqlParser::made(SqlExpressionKind kind)
{
    SqlExpression* expression = m_nodes->expressions.make();
    expression->kind = kind;
    expression->begin = here();
    expression->line = at().token.line;
    return expression;
}

SqlExpression* SqlParser::finished(SqlExpression* expression)
{
    expression->end = std::max(behind(), expression->begin);
    return expression;
}

// Null: none begins here; nothing was taken then.
SqlExpression* SqlParser::expression()
{
    Depth depth(*this);
    if (depth.isTooGreat())
        return unreadable();
    SqlExpression* first = operand();
    return first ? joinedByOperators(first) : nullptr;
}

SqlExpression* SqlParser::expressionOrNote()
{
    SqlExpression* read = expression();
    if (read)
        return read;
    noteHere();
    return unreadable();
}

SqlExpression* SqlParser::joinedByOperators(SqlExpression* first)
{
    SqlExpression* all = nullptr;
    for (Operator taken = takeOperator(); taken != Operator::None; taken = takeOperator()) {
        if (!all) {
            all = m_nodes->expressions.make();
            all->kind = SqlExpressionKind::Operation;
            all->begin = first->begin;
            all->line = first->line;
            all->children.push_back(first);
        }
        if (taken == Operator::Last)
            continue;
        if (SqlExpression* next = operand()) {
            all->children.push_back(next);
        } else if (!m_tokens[m_at - 1].token.isSign('?')) {  // a parameter
            noteHere();
            all->children.push_back(finished(made(SqlExpressionKind::Unreadable)));
        }
    }
    return all ? finished(all) : first;
}

bool SqlParser::isOperatorSign() const
{
    const SqlToken& token = at().token;
    if (token.kind != SqlToken::Kind::Sign)
        return false;
    return std::string_view("+-*/%^&|<>=!~#@?").find(token.text.front()) != std::string_view::npos;
}

// One, of signs that stand together or of words.
SqlParser::Operator SqlParser::takeOperator()
{
    if (isPair('|', '>') && m_dialect == SqlDialect::BigQuery)
        return Operator::None;
    if (!isOperatorSign())
        return takeWordOperator();
    do
        advance();
    while (isOperatorSign() && isAdjacent(0));
    // "a > - b" is read by operand(); "a < = b" is one operator for some.
    if (isSign('=') && isOperatorSign())
        advance();
    return Operator::Between;
}

SqlParser::Operator SqlParser::takeWordOperator()
{
    switch (at().word) {
    case "IS"_w:
        advance();
        take("NOT"_w);
        if (takeWords({"DISTINCT"_w, "FROM"_w}))
            return Operator::Between;
        if (takeWords({"OF"_w}) || takeWords({"A"_w, "SET"_w})) {
            if (isSign('('))
                skipGroup();
            return Operator::Last;
        }
        if (is("JSON"_w) || is("NORMALIZED"_w)) {
            advance();
            if (is("OBJECT"_w) || is("ARRAY"_w) || is("SCALAR"_w) || is("VALUE"_w))
                advance();
            return Operator::Last;
        }
        if (is("NULL"_w) || is("TRUE"_w) || is("FALSE"_w) || is("UNKNOWN"_w)) {
            advance();
            return Operator::Last;
        }
        return Operator::Between;  // "a is b" of SQLite
    case "NOT"_w:
        if (is("NULL"_w, 1)) {
            m_at += 2;
            return Operator::Last;
        }
        switch (at(1).word) {
        case "IN"_w:
        case "LIKE"_w:
        case "ILIKE"_w:
        case "RLIKE"_w:
        case "REGEXP"_w:
        case "GLOB"_w:
        case "MATCH"_w:
        case "SIMILAR"_w:
        case "BETWEEN"_w:
            advance();
            return takeWordOperator();
        default:
            return Operator::None;
        }
    case "COLLATE"_w:
        advance();
        if (at().token.kind == SqlToken::Kind::Text)
            advance();
        else
            path();
        return Operator::Last;
    case "AT"_w:
        if (takeWords({"AT"_w, "TIME"_w, "ZONE"_w}))
            return Operator::Between;
        return takeWords({"AT"_w, "LOCAL"_w}) ? Operator::Last : Operator::None;
    case "SIMILAR"_w:
        return takeWords({"SIMILAR"_w, "TO"_w}) ? Operator::Between : Operator::None;
    case "OPERATOR"_w:
        if (!isSign('(', 1))
            return Operator::None;
        advance();
        skipGroup();
        return Operator::Between;
    case "ISNULL"_w:
    case "NOTNULL"_w:
        advance();
        return Operator::Last;
    case "BETWEEN"_w:
        advance();
        if (is("SYMMETRIC"_w) || is("ASYMMETRIC"_w))
            advance();
        return Operator::Between;
    case "AND"_w:
    case "OR"_w:
    case "XOR"_w:
    case "IN"_w:
    case "LIKE"_w:
    case "ILIKE"_w:
    case "RLIKE"_w:
    case "REGEXP"_w:
    case "GLOB"_w:
    case "DIV"_w:
    case "OVERLAPS"_w:
    case "ESCAPE"_w:
    case "UESCAPE"_w:
        advance();
        return Operator::Between;
    case "MOD"_w:
    case "MATCH"_w:
        if (isSign('(', 1) || m_at == 0)
            return Operator::None;
        advance();
        return Operator::Between;
    default:
        return Operator::None;
    }
}

SqlExpression* SqlParser::operand()
{
    SqlExpression* base = bareOperand();
    return base ? postfixed(base) : nullptr;
}

SqlExpression* SqlParser::prefixed()
{
    SqlExpression* all = made(SqlExpressionKind::Operation);
    while (isSign('-') || isSign('+') || isSign('~') || isSign('!') || isSign('@') || is("NOT"_w) ||
           is("PRIOR"_w) || is("CONNECT_BY_ROOT"_w) || is("DISTINCT"_w))
        advance();
    if (SqlExpression* value = operand())
        all->children.push_back(value);
    return finished(all);
}

SqlExpression* SqlParser::bareOperand()
{
    const SqlToken& token = at().token;
    switch (token.kind) {
    case SqlToken::Kind::Number: {
        if (token.text == ")" || token.text == "]" || token.text == "}")
            return nullptr;  // one that closes nothing
        SqlExpression* number = made(SqlExpressionKind::Literal);
        advance();
        return finished(number);
    }
    case SqlToken::Kind::Text: {
        SqlExpression* text = made(SqlExpressionKind::Literal);
        advance();
        while (at().token.kind == SqlToken::Kind::Text &&
               at().token.line > m_tokens[m_at - 1].token.line)
            advance();
        return finished(text);
    }
    case SqlToken::Kind::Template: {
        SqlExpression* value = made(SqlExpressionKind::Unreadable);
        noteHere();
        while (at().token.kind == SqlToken::Kind::Template)
            advance();
        return finished(value);
    }
    case SqlToken::Kind::QuotedName:
        return nameExpression();
    case SqlToken::Kind::Word:
        return wordOperand();
    case SqlToken::Kind::End:
        return nullptr;
    case SqlToken::Kind::Sign:
        break;
    }
    switch (token.text.front()) {
    case '(':
        return parenthesised();
    case '[':
        return array();
    case '{':
        return structure();
    case '-':
    case '+':
    case '~':
    case '!':
    case '@':
        return prefixed();
    case '*': {
        SqlExpression* star = made(SqlExpressionKind::Star);
        advance();
        starChanges(*star);
        return finished(star);
    }
    case '.':
        if (at(1).token.kind != SqlToken::Kind::Number)
            return nullptr;
        [[fallthrough]];
    case '?':
    case ':':
    case '%': {  // a parameter: ? :name %s %(name)s
        if (token.text.front() == ':' && !isName(1) && at(1).token.kind != SqlToken::Kind::Number)
            return nullptr;
        SqlExpression* value = made(SqlExpressionKind::Literal);
        const bool isAlone = token.text.front() == '?';
        advance();
        if (!isAlone && isSign('('))
            skipGroup();
        if (!isAlone && isAdjacent(0) && (isName() || at().token.kind == SqlToken::Kind::Number))
            advance();
        return finished(value);
    }
    default:
        return nullptr;
    }
}

// --- what stands behind an operand

SqlExpression* SqlParser::postfixed(SqlExpression* base)
{
    // Each round may wrap what is there once more.
    for (int wraps = 0; wraps < deepest; ++wraps) {
        if (isPair(':', ':') && base->isCast) {
            advance();
            advance();
            skipType();
            finished(base);
        } else if (isPair(':', ':')) {
            SqlExpression* cast = m_nodes->expressions.make();
            cast->kind = SqlExpressionKind::Operation;
            cast->isCast = true;
            cast->begin = base->begin;
            cast->line = base->line;
            cast->children.push_back(base);
            advance();
            advance();
            skipType();
            base = finished(cast);
        } else if (isSign('[')) {
            extendPath(base);
        } else if (isSign('.') && (isName(1) || isSign('*', 1)) &&
                   base->kind != SqlExpressionKind::Literal) {
            advance();
            if (isSign('*')) {  // (row).*
                advance();
                starChanges(*base);
                return finished(base);
            }
            const SqlWord part = takeName();
            if (isSign('(')) {  // a method: x.value('...')
                SqlExpression* method = m_nodes->expressions.make();
                method->kind = SqlExpressionKind::Operation;
                method->begin = base->begin;
                method->line = base->line;
                method->children.push_back(base);
                advance();
                for (SqlExpression* one : expressions())
                    method->children.push_back(one);
                takeSign(')');
                base = finished(method);
            } else {
                base = withPath(base);
                base->path.push_back(part);
                finished(base);
            }
        } else if (isSign(':') && !isPair(':', ':') && isName(1) &&
                   (m_dialect == SqlDialect::Snowflake || m_dialect == SqlDialect::Databricks ||
                    (m_dialect == SqlDialect::Generic && isAdjacent(0) && isAdjacent(1))) &&
                   base->kind != SqlExpressionKind::Literal) {
            advance();
            base = withPath(base);
            base->path.push_back(takeName());
            finished(base);
        } else if (isPair('-', '>') && base->kind == SqlExpressionKind::Column) {
            const std::size_t length = isSign('>', 2) && isAdjacent(2) ? 3 : 2;
            const SqlToken& key = at(length).token;
            if (key.kind != SqlToken::Kind::Text && key.kind != SqlToken::Kind::Number)
                return base;
            m_at += length;
            if (key.kind == SqlToken::Kind::Text)
                jsonPath(*base, word(at()).text);
            advance();
            finished(base);
        } else if (isSign('(') && isSign('+', 1) && isSign(')', 2)) {
            m_at += 3;  // Oracle's outer join
        } else {
            return base;
        }
    }
    return base;
}

// What holds a path: a column or an element; anything else is wrapped.
SqlExpression* SqlParser::withPath(SqlExpression* base)
{
    if (base->kind == SqlExpressionKind::Column || base->kind == SqlExpressionKind::Element ||
        base->kind == SqlExpressionKind::Subquery)
        return base;
    SqlExpression* element = m_nodes->expressions.make();
    element->kind = SqlExpressionKind::Element;
    element->begin = base->begin;
    element->line = base->line;
    element->children.push_back(base);
    return element;
}

// a['key'] is a path; a[1], a[1:2], a[i] are elements.
void SqlParser::extendPath(SqlExpression*& base)
{
    const std::size_t close = std::max(at().match, m_at);
    const bool isKey = at(1).token.kind == SqlToken::Kind::Text && close == m_at + 2;
    if (isKey && base->kind == SqlExpressionKind::Column) {
        advance();
        base->path.push_back(word(at()));
        m_at = close;
        takeSign(']');
        finished(base);
        return;
    }
    SqlExpression* element = m_nodes->expressions.make();
    element->kind = SqlExpressionKind::Element;
    element->begin = base->begin;
    element->line = base->line;
    element->children.push_back(base);
    advance();
    while (!isEnd() && m_at < close) {
        if (takeSign(':') || takeSign(','))
            continue;
        SqlExpression* index = expression();
        if (!index)
            break;
        element->children.push_back(index);
    }
    m_at = std::max(m_at, std::min(close, m_tokens.size() - 1));
    takeSign(']');
    base = finished(element);
}

// 'a', '$.a.b' or '/a/b'
void SqlParser::jsonPath(SqlExpression& column, std::string_view text)
{
    if (text.starts_with("$."))
        text.remove_prefix(2);
    while (!text.empty()) {
        const std::size_t dot = text.find('.');
        if (dot != 0)
            column.path.push_back({text.substr(0, dot), true});
        if (dot == std::string_view::npos)
            return;
        text.remove_prefix(dot + 1);
    }
}

// The type behind :: or AS.
void SqlParser::skipType()
{
    path();
    while (is("PRECISION"_w) || is("VARYING"_w) || is("UNSIGNED"_w))
        advance();
    if (isSign('('))
        skipGroup();
    else if (isSign('<'))
        skipAngles();
    if (takeWords({"WITHOUT"_w, "TIME"_w, "ZONE"_w}) || takeWords({"WITH"_w, "TIME"_w, "ZONE"_w}) ||
        takeWords({"WITH"_w, "LOCAL"_w, "TIME"_w, "ZONE"_w})) {
    }
    while (isSign('[') && (isSign(']', 1) || at().match == m_at + 2)) {
        if (!isSign(']', 1) && at(1).token.kind != SqlToken::Kind::Number)
            return;
        skipGroup();
    }
}

// <...> of a type; stays where it is when that ends nowhere.
bool SqlParser::skipAngles()
{
    const std::size_t begin = m_at;
    int open = 0;
    for (int steps = 0; steps < 300 && !isEnd(); ++steps) {
        if (isSign('<')) {
            ++open;
        } else if (isSign('>')) {
            if (--open == 0) {
                advance();
                return true;
            }
        } else if (isSign('(')) {
            skipGroup();
            continue;
        }
        advance();
    }
    m_at = begin;
    return false;
}

// --- operands by their first sign

SqlExpression* SqlParser::parenthesised()
{
    if (beginsQuery(m_at)) {
        const std::uint64_t before = m_at > 0 ? m_tokens[m_at - 1].word : 0;
        const bool isOfRows =
            before == "IN"_w || before == "ANY"_w || before == "ALL"_w || before == "SOME"_w;
        return subqueryExpression(isOfRows ? SqlSubqueryUse::Rows : SqlSubqueryUse::Value);
    }
    SqlExpression* all = made(SqlExpressionKind::Operation);
    const std::size_t close = std::max(at().match, m_at);
    advance();
    // Parameters of a lambda.
    if (m_tokens[close].token.isSign(')') && close + 2 < m_tokens.size() &&
        m_tokens[close + 1].token.isSign('-') && m_tokens[close + 2].token.isSign('>') &&
        hasLambda()) {
        all->kind = SqlExpressionKind::Lambda;
        while (m_at < close) {
            if (isName())
                all->names.push_back(word(at()));
            advance();
        }
        m_at = close + 3;
        if (SqlExpression* body = expression())
            all->children.push_back(body);
        return finished(all);
    }
    all->children = expressions();
    if (!isSign(')') && m_at < close) {
        noteHere();
        all->children.push_back(unreadable());
        while (m_at < close && takeSign(',')) {
            for (SqlExpression* one : expressions())
                all->children.push_back(one);
            if (!isSign(')') && !isSign(','))
                break;
        }
        m_at = std::max(m_at, std::min(close, m_tokens.size() - 1));
    }
    takeSign(')');
    finished(all);
    return all->children.size() == 1 ? all->children.front() : all;
}

SqlExpression* SqlParser::array()
{
    SqlExpression* all = made(SqlExpressionKind::Operation);
    const std::size_t close = std::max(at().match, m_at);
    advance();
    all->children = expressions();
    if (take("FOR"_w)) {  // [x + 1 for x in list if x > 0]
        SqlExpression* body = made(SqlExpressionKind::Lambda);
        while (isName() && !is("IN"_w)) {
            body->names.push_back(takeName());
            takeSign(',');
        }
        body->children = std::move(all->children);
        all->children = {body};
        take("IN"_w);
        all->children.push_back(expressionOrNote());
        if (take("IF"_w))
            body->children.push_back(expressionOrNote());
    }
    if (!isSign(']') && m_at < close) {
        noteHere();
        all->children.push_back(unreadable());
    }
    m_at = std::max(m_at, std::min(close, m_tokens.size() - 1));
    takeSign(']');
    return finished(all);
}

// {'a': x, b: y}
SqlExpression* SqlParser::structure()
{
    SqlExpression* all = made(SqlExpressionKind::Operation);
    const std::size_t close = std::max(at().match, m_at);
    advance();
    while (!isEnd() && m_at < close) {
        if ((isName() || at().token.kind == SqlToken::Kind::Text) && isSign(':', 1)) {
            advance();
            advance();
        }
        SqlExpression* value = expression();
        if (!value) {
            noteHere();
            value = unreadable();
        }
        all->children.push_back(value);
        if (!takeSign(',') && m_at < close) {
            noteHere();
            skipExpression();
            if (!takeSign(','))
                break;
        }
    }
    m_at = std::max(m_at, std::min(close, m_tokens.size() - 1));
    takeSign('}');
    return finished(all);
}

SqlExpression* SqlParser::subqueryExpression(SqlSubqueryUse use)
{
    SqlExpression* sub = made(SqlExpressionKind::Subquery);
    sub->use = use;
    sub->query = queryInParentheses();
    return finished(sub);
}

// --- operands by their first word

SqlExpression* SqlParser::wordOperand()
{
    const std::uint64_t first = at().word;
    const bool isCall = isSign('(', 1);
    if (at(1).token.kind == SqlToken::Kind::Text && isAdjacent(1) && isTextPrefix(first)) {
        advance();
        return bareOperand();
    }
    switch (first) {
    case "CASE"_w:
        return caseExpression();
    case "CAST"_w:
    case "TRY_CAST"_w:
    case "SAFE_CAST"_w:
    case "PARSE"_w:
    case "TRY_PARSE"_w:
        if (isCall)
            return castExpression();
        break;
    case "CONVERT"_w:
    case "TRY_CONVERT"_w:
        if (isCall && m_dialect == SqlDialect::TSql)
            return convertExpression();
        break;
    case "EXTRACT"_w:
        if (isCall)
            return extractExpression();
        break;
    case "INTERVAL"_w:
        if (SqlExpression* interval = intervalExpression())
            return interval;
        break;
    case "EXISTS"_w:
        if (isCall && beginsQuery(m_at + 1)) {
            advance();
            return subqueryExpression(SqlSubqueryUse::Existence);
        }
        break;
    case "ARRAY"_w:
        if (isCall && beginsQuery(m_at + 1)) {
            advance();
            return subqueryExpression(SqlSubqueryUse::Array);
        }
        [[fallthrough]];
    case "STRUCT"_w:
    case "MAP"_w:
        if (isSign('[', 1) || (isSign('{', 1) && first == "MAP"_w)) {
            advance();
            return bareOperand();
        }
        if (isSign('<', 1)) {
            const std::size_t begin = m_at;
            advance();
            if (skipAngles() && (isSign('(') || isSign('['))) {
                SqlExpression* all = made(SqlExpressionKind::Operation);
                all->begin = here();
                if (isSign('['))
                    return array();
                advance();
                all->children = expressions();
                takeSign(')');
                return finished(all);
            }
            m_at = begin;
        }
        break;
    case "ANY"_w:
    case "ALL"_w:
    case "SOME"_w:
        if (isCall) {
            advance();
            return parenthesised();
        }
        break;
    case "NOT"_w:
    case "PRIOR"_w:
    case "CONNECT_BY_ROOT"_w:
        return prefixed();
    case "NEXT"_w:
        if (takeWords({"NEXT"_w, "VALUE"_w, "FOR"_w})) {
            SqlExpression* value = made(SqlExpressionKind::Literal);
            path();
            return finished(value);
        }
        break;
    case "APPROXIMATE"_w:  // Redshift's APPROXIMATE COUNT(DISTINCT a)
        if (isName(1) && isSign('(', 2)) {
            advance();
            return nameExpression();
        }
        break;
    case "LAMBDA"_w:
        if (isName(1)) {
            SqlExpression* function = made(SqlExpressionKind::Lambda);
            advance();
            while (isName()) {
                function->names.push_back(takeName());
                takeSign(',');
            }
            takeSign(':');
            if (SqlExpression* body = expression())
                function->children.push_back(body);
            return finished(function);
        }
        break;
    default:
        break;
    }
    if (!isCall && isReserved(first))
        return nullptr;
    if (isCall &&
        (first == "SELECT"_w || first == "FROM"_w || first == "WHERE"_w || first == "IN"_w ||
         first == "THEN"_w || first == "ELSE"_w || first == "WHEN"_w || first == "ON"_w ||
         first == "AND"_w || first == "OR"_w || first == "AS"_w || first == "OVER"_w ||
         first == "HAVING"_w || first == "UNION"_w || first == "USING"_w || first == "BY"_w))
        return nullptr;
    const char initial = at().token.text.front();
    const bool isParameter =
        initial == '@' ||
        (initial == '$' && !(m_dialect == SqlDialect::Snowflake && at().token.text.size() > 1 &&
                             at().token.text[1] >= '0' && at().token.text[1] <= '9'));
    if ((isConstant(first) && !isSign('.', 1)) || isParameter) {
        SqlExpression* constant = made(SqlExpressionKind::Literal);
        advance();
        if (isSign('('))
            skipGroup();
        return finished(constant);
    }
    if (at(1).token.kind == SqlToken::Kind::Text && !isAdjacent(1) &&
        (isUnit(first) || first == "TIMESTAMP"_w || first == "TIMESTAMPTZ"_w ||
         first == "DATETIME"_w || first == "NUMERIC"_w || first == "DECIMAL"_w ||
         first == "BIGNUMERIC"_w || first == "JSON"_w || first == "JSONB"_w ||
         first == "TIMESTAMP_NTZ"_w || first == "TIMESTAMP_LTZ"_w || first == "UUID"_w ||
         first == "BYTEA"_w || first == "BINARY"_w)) {
        SqlExpression* typed = made(SqlExpressionKind::Literal);
        advance();
        advance();
        return finished(typed);
    }
    return nameExpression();
}

SqlExpression* SqlParser::caseExpression()
{
    SqlExpression* all = made(SqlExpressionKind::Case);
    advance();
    if (!is("WHEN"_w) && !is("ELSE"_w) && !is("END"_w))
        if (SqlExpression* compared = expression())
            all->conditions.push_back(compared);
    while (!isEnd() && !is("END"_w)) {
        if (take("WHEN"_w)) {
            all->conditions.push_back(expressionOrNote());
            while (takeSign(','))
                all->conditions.push_back(expressionOrNote());
        } else if (take("THEN"_w) || take("ELSE"_w)) {
            all->children.push_back(expressionOrNote());
        } else {
            noteHere();
            all->children.push_back(made(SqlExpressionKind::Unreadable));
            while (!isEnd() && !is("WHEN"_w) && !is("THEN"_w) && !is("ELSE"_w) && !is("END"_w) &&
                   !isSign(')') && !is("FROM"_w)) {
                if (isSign('('))
                    skipGroup();
                else
                    advance();
            }
            if (isSign(')') || is("FROM"_w))
                return finished(all);
        }
    }
    take("END"_w);
    return finished(all);
}

SqlExpression* SqlParser::castExpression()
{
    SqlExpression* cast = made(SqlExpressionKind::Operation);
    cast->isCast = true;
    advance();
    const std::size_t close = std::max(at().match, m_at);
    advance();
    cast->children.push_back(expressionOrNote());
    if (!is("AS"_w) && !is("USING"_w) && m_at < close) {
        noteHere();
        cast->children.push_back(made(SqlExpressionKind::Unreadable));
    }
    m_at = std::max(m_at, std::min(close, m_tokens.size() - 1));
    takeSign(')');
    return finished(cast);
}

// CONVERT(type, value, style) of T-SQL
SqlExpression* SqlParser::convertExpression()
{
    SqlExpression* cast = made(SqlExpressionKind::Operation);
    cast->isCast = true;
    advance();
    advance();
    skipType();
    while (takeSign(','))
        cast->children.push_back(expressionOrNote());
    takeSign(')');
    return finished(cast);
}

// EXTRACT(unit FROM value)
SqlExpression* SqlParser::extractExpression()
{
    SqlExpression* all = made(SqlExpressionKind::Operation);
    advance();
    const std::size_t close = std::max(at().match, m_at);
    advance();
    while (!isEnd() && m_at < close && !is("FROM"_w) && !isSign(',')) {
        if (isSign('('))
            skipGroup();
        else
            advance();
    }
    if (take("FROM"_w) || takeSign(','))
        all->children.push_back(expressionOrNote());
    m_at = std::max(m_at, std::min(close, m_tokens.size() - 1));
    takeSign(')');
    return finished(all);
}

// Null: a column of that name.
SqlExpression* SqlParser::intervalExpression()
{
    const Token& next = at(1);
    const bool isValue = next.token.kind == SqlToken::Kind::Text ||
                         next.token.kind == SqlToken::Kind::Number || next.token.isSign('(') ||
                         (next.token.isSign('-') && at(2).token.kind == SqlToken::Kind::Number) ||
                         (next.token.isName() && isUnit(at(2).word)) ||
                         next.token.text.starts_with('@');
    if (!isValue)
        return nullptr;
    SqlExpression* interval = made(SqlExpressionKind::Operation);
    advance();
    if (SqlExpression* value = operand())
        interval->children.push_back(value);
    if (isUnit(at().word)) {
        advance();
        if (isSign('('))
            skipGroup();
        if (is("TO"_w) && isUnit(at(1).word)) {
            advance();
            advance();
        }
    }
    return finished(interval);
}

// A column, a function, t.*
SqlExpression* SqlParser::nameExpression()
{
    SqlExpression* column = made(SqlExpressionKind::Column);
    for (;;) {
        column->names.push_back(takeName());
        if (!isSign('.'))
            break;
        if (isSign('*', 1)) {
            advance();
            advance();
            column->kind = SqlExpressionKind::Star;
            starChanges(*column);
            return finished(column);
        }
        if (!isName(1))
            break;
        advance();
    }
    if (m_dialect == SqlDialect::BigQuery && column->names.front().isQuoted &&
        column->names.front().text.find('.') != std::string_view::npos) {
        SqlWords split;
        std::string_view rest = column->names.front().text;
        for (std::size_t dot; (dot = rest.find('.')) != std::string_view::npos;) {
            split.push_back({rest.substr(0, dot), true});
            rest.remove_prefix(dot + 1);
        }
        split.push_back({rest, true});
        split.insert(split.end(), column->names.begin() + 1, column->names.end());
        column->names = std::move(split);
    }
    finished(column);
    if (isSign('(') && !(isSign('+', 1) && isSign(')', 2)))
        return call(column);
    return column;
}

// * EXCEPT (a) REPLACE (b AS c) RENAME (d AS e)
void SqlParser::starChanges(SqlExpression& star)
{
    const auto changes = [&] {
        if (!star.changes)
            star.changes = m_nodes->changes.make();
        return star.changes;
    };
    for (;;) {
        if ((is("EXCEPT"_w) || is("EXCLUDE"_w)) &&
            ((isSign('(', 1) && !beginsQuery(m_at + 1)) || (is("EXCLUDE"_w) && isName(1)))) {
            advance();
            if (isSign('('))
                for (const SqlWord& name : namesInParentheses())
                    changes()->except.push_back(name);
            else
                changes()->except.push_back(path().back());
        } else if (is("REPLACE"_w) && (isSign('(', 1) || m_dialect == SqlDialect::DuckDb)) {
            advance();
            const bool isGroup = takeSign('(');
            do {
                SqlExpression* value = expressionOrNote();
                take("AS"_w);
                changes()->values.push_back({value, takeName()});
            } while (isGroup && takeSign(','));
            if (isGroup)
                takeSign(')');
        } else if (is("RENAME"_w) && (isSign('(', 1) || isName(1))) {
            advance();
            const bool isGroup = takeSign('(');
            do {
                const SqlWords from = path();
                take("AS"_w);
                changes()->renames.push_back({from.empty() ? SqlWord() : from.back(), takeName()});
            } while (isGroup && takeSign(','));
            if (isGroup)
                takeSign(')');
        } else if ((is("ILIKE"_w) || is("LIKE"_w)) && at(1).token.kind == SqlToken::Kind::Text) {
            note("* " + std::string(at().token.text), at().token.line);
            advance();
            advance();
            changes()->isByPattern = true;
        } else {
            return;
        }
    }
}

// --- functions

SqlExpression* SqlParser::call(SqlExpression* name)
{
    SqlExpression* all = name;
    all->kind = SqlExpressionKind::Call;
    const std::size_t close = std::max(at().match, m_at);
    advance();
    if (is("DISTINCT"_w) || (is("ALL"_w) && !isSign('(', 1)))
        advance();
    if ((is("SELECT"_w) || is("WITH"_w)) && beginsQuery(m_at - 1)) {
        --m_at;
        SqlExpression* sub = subqueryExpression(SqlSubqueryUse::Value);
        all->children.push_back(sub);
        callSuffixes(*all);
        return finished(all);
    }
    std::size_t number = 0;
    while (!isEnd() && m_at < close) {
        const std::size_t before = m_at;
        const bool isBehindComma = m_tokens[m_at - 1].token.isSign(',');
        if (takeWords({"ORDER"_w, "BY"_w})) {
            all->keys = orders();
        } else if (takeWords({"PARTITION"_w, "BY"_w})) {
            for (SqlExpression* key : expressions())
                all->keys.push_back(key);
        } else if (is("SEPARATOR"_w) || is("LIMIT"_w) || is("RETURNING"_w) || is("NULL"_w) ||
                   is("ABSENT"_w) || is("IGNORE"_w) || is("RESPECT"_w) || is("FORMAT"_w) ||
                   is("WITHOUT"_w) || (is("WITH"_w) && !isSign('(', 1)) ||
                   (is("ON"_w) && m_at > before) || is("ERROR"_w)) {
            if (is("NULL"_w) && (isSign(',', 1) || isSign(')', 1) || isPair(':', ':', 1))) {
                all->children.push_back(expressionOrNote());
                ++number;
            } else {
                while (m_at < close && !isSign(',') && !isEnd())
                    stepOver();
            }
        } else if (is("HAVING"_w) && (is("MAX"_w, 1) || is("MIN"_w, 1)) && !isSign('(', 2)) {
            m_at += 2;
            all->conditions.push_back(expressionOrNote());
        } else if (is("ON"_w) || is("HAVING"_w)) {
            while (m_at < close && !isSign(',') && !isEnd())
                stepOver();
        } else if (is("FROM"_w) || is("FOR"_w) || is("USING"_w) || is("KEY"_w) || is("VALUE"_w) ||
                   is("PLACING"_w) || is("PASSING"_w) || isSign(':') || is("AS"_w) || is("IN"_w)) {
            const bool isWord = is("KEY"_w) || is("VALUE"_w);
            if (isWord && (isSign(',', 1) || isSign(')', 1) || isSign('.', 1) || isSign('(', 1) ||
                           isSign(':', 1) || isSign('=', 1) || isSign('-', 1))) {
                all->children.push_back(argument(*all, number++));
            } else if (is("AS"_w) || is("USING"_w)) {  // a name or a type
                advance();
                while (m_at < close && !isSign(',') && !isEnd())
                    stepOver();
            } else {
                advance();
                all->children.push_back(expressionOrNote());
            }
        } else if (takeSign(',')) {
        } else if (number > 0 && !m_tokens[m_at - 1].token.isSign(',') &&
                   !m_tokens[m_at - 1].token.isSign('(') && !is("BOTH"_w) && m_at > 0 &&
                   m_tokens[m_at - 1].word != "KEY"_w && isAlias(false) &&
                   (isSign(',', 1) || isSign(')', 1))) {
            advance();  // an alias without AS
        } else if (number == 0 || isBehindComma || all->children.empty()) {
            all->children.push_back(argument(*all, number++));
        }
        if (m_at == before) {
            noteHere();
            all->children.push_back(unreadable());
            if (m_at == before || (!isSign(',') && m_at < close)) {
                m_at = std::max(m_at, std::min(close, m_tokens.size() - 1));
                break;
            }
        }
    }
    m_at = std::min(std::max(m_at, close), m_tokens.size() - 1);
    takeSign(')');
    callSuffixes(*all);
    return finished(all);
}

SqlExpression* SqlParser::lambda()
{
    SqlExpression* function = made(SqlExpressionKind::Lambda);
    function->names.push_back(takeName());
    advance();
    advance();
    function->children.push_back(expressionOrNote());
    return finished(function);
}

SqlExpression* SqlParser::argument(const SqlExpression& call, std::size_t number)
{
    const std::string_view function = call.names.back().text;
    if (isSameWord(function, "TRIM") && (is("BOTH"_w) || is("LEADING"_w) || is("TRAILING"_w)))
        advance();
    if (is("DISTINCT"_w))
        advance();
    if (isName() && isPair('-', '>', 1) && hasLambda() && !(isSign('>', 3) && isAdjacent(3)) &&
        at(3).token.kind != SqlToken::Kind::Text && at(3).token.kind != SqlToken::Kind::Number)
        return lambda();
    if (isName() && (isPair('=', '>', 1) || isPair(':', '=', 1))) {
        m_at += 3;  // name => value
    }
    if (isUnit(at().word) && (isSign(',', 1) || isSign(')', 1) || isSign('(', 1)) &&
        (number == 0 || !isSign(',', 1)) && takesUnit(function) &&
        !(number == 0 && isSign(')', 1))) {
        SqlExpression* unit = made(SqlExpressionKind::Literal);
        advance();
        if (isSign('('))
            skipGroup();
        return finished(unit);
    }
    if (isSign('(') && beginsQuery(m_at))
        if (SqlExpression* sub = expression())
            return sub;
    SqlExpression* value = expression();
    if (value)
        return value;
    noteHere();
    return unreadable();
}

// IGNORE NULLS, WITHIN GROUP (ORDER BY ...), FILTER (WHERE ...), OVER (...)
void SqlParser::callSuffixes(SqlExpression& call)
{
    for (;;) {
        if (takeWords({"IGNORE"_w, "NULLS"_w}) || takeWords({"RESPECT"_w, "NULLS"_w}) ||
            takeWords({"FROM"_w, "FIRST"_w}) || takeWords({"FROM"_w, "LAST"_w})) {
        } else if (is("WITHIN"_w) && is("GROUP"_w, 1) && isSign('(', 2)) {
            m_at += 3;
            if (takeWords({"ORDER"_w, "BY"_w})) {
                const bool isOfValue = call.children.size() < 2 &&
                                       (call.children.empty() ||
                                        call.children.front()->kind == SqlExpressionKind::Literal);
                for (SqlExpression* key : orders())
                    (isOfValue ? call.children : call.keys).push_back(key);
            }
            takeSign(')');
        } else if (is("FILTER"_w) && isSign('(', 1)) {
            m_at += 2;
            take("WHERE"_w);
            call.conditions.push_back(expressionOrNote());
            takeSign(')');
        } else if (is("OVER"_w) && (isSign('(', 1) || isName(1))) {
            advance();
            call.window = window();
        } else {
            return;
        }
    }
}

// At what follows OVER or AS: a name, or parentheses.
SqlWindow* SqlParser::window()
{
    SqlWindow* made = m_nodes->windows.make();
    if (!isSign('(')) {
        made->base = takeName();
        return made;
    }
    const std::size_t close = std::max(at().match, m_at);
    advance();
    if (isName() && !is("PARTITION"_w) && !is("ORDER"_w) && !is("ROWS"_w) && !is("RANGE"_w) &&
        !is("GROUPS"_w) && !is("DISTRIBUTE"_w) && !is("SORT"_w) && !is("CLUSTER"_w))
        made->base = takeName();
    while (!isEnd() && m_at < close) {
        if (takeWords({"PARTITION"_w, "BY"_w}) || takeWords({"DISTRIBUTE"_w, "BY"_w}) ||
            takeWords({"CLUSTER"_w, "BY"_w})) {
            for (SqlExpression* key : expressions())
                made->keys.push_back(key);
        } else if (takeWords({"ORDER"_w, "BY"_w}) || takeWords({"SORT"_w, "BY"_w})) {
            for (SqlExpression* key : orders())
                made->keys.push_back(key);
        } else {
            break;  // the frame holds no columns
        }
    }
    if (m_at < close && !is("ROWS"_w) && !is("RANGE"_w) && !is("GROUPS"_w) && !isSign(')'))
        noteHere();
    m_at = std::max(m_at, std::min(close, m_tokens.size() - 1));
    takeSign(')');
    return made;
}

// --- lists

SqlExpressions SqlParser::expressions()
{
    SqlExpressions all;
    do {
        SqlExpression* one = expression();
        if (!one)
            break;
        if (is("AS"_w)) {  // struct(a as b)
            advance();
            takeName();
        }
        all.push_back(one);
    } while (takeSign(','));
    return all;
}

SqlExpressions SqlParser::orders()
{
    SqlExpressions all;
    do {
        SqlExpression* one = expression();
        if (!one)
            break;
        all.push_back(one);
        if (is("ASC"_w) || is("DESC"_w))
            advance();
        if (take("USING"_w))
            while (isOperatorSign())
                advance();
        if (is("NULLS"_w) && (is("FIRST"_w, 1) || is("LAST"_w, 1))) {
            advance();
            advance();
        }
        if (is("WITH"_w) && is("FILL"_w, 1))
            skipExpression();
    } while (takeSign(','));
    return all;
}

}  // namespace portolan
