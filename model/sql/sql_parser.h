// SPDX-License-Identifier: Apache-2.0
// Reads the statements of a text one by one. What is not understood is skipped to the next comma or clause of its nesting and noted.
#pragma once

#include "model/sql/sql_ast.h"
#include "model/sql/sql_tokens.h"

namespace portolan {

class SqlParser {
public:
    SqlParser(std::string_view text, SqlDialect dialect);

    bool isAtEnd();  // skips empty statements
    SqlStatementTree next(SqlNodes& nodes);

private:
    struct Token {
        SqlToken token;
        std::uint64_t word = 0;  // hash of an unquoted word in capitals; 0: none
        std::size_t match = 0;   // the closing bracket of an opening one
    };
    class Depth;
    enum class Operator { None, Between, Last };  // Last: no operand follows, as behind IS NULL

    // Looking
    const Token& at(std::size_t ahead = 0) const;
    bool is(std::uint64_t word, std::size_t ahead = 0) const { return at(ahead).word == word; }
    bool isSign(char sign, std::size_t ahead = 0) const { return at(ahead).token.isSign(sign); }
    bool isAdjacent(std::size_t ahead) const;  // to the token before it
    bool isPair(char first, char second, std::size_t ahead = 0) const;
    bool isName(std::size_t ahead = 0) const { return at(ahead).token.isName(); }
    bool isEnd() const { return at().token.isEnd() || isSign(';'); }
    bool beginsQuery(std::size_t index) const;  // at an opening parenthesis
    bool beginsStatement() const;
    bool endsItem() const;
    bool endsClause(std::size_t ahead = 0) const;
    bool beginsJoin() const;
    bool isOperatorSign() const;
    bool hasLambda() const;
    bool isAlias(bool ofRelation) const;
    bool take(std::uint64_t word);
    bool takeSign(char sign);
    bool takeWords(std::initializer_list<std::uint64_t> words);
    std::size_t here() const;  // bytes
    std::size_t behind() const;

    // Skipping
    void advance();
    void skipGroup();
    void stepOver();  // a token, or a bracket with all in it
    void skipExpression();
    void skipStatement();
    bool skipTo(std::uint64_t word);
    void note(std::string construct, int line);
    void noteHere();
    std::string wordsHere() const;
    SqlExpression* unreadable();

    // Names
    SqlWord word(const Token& token);
    SqlWord takeName();
    SqlWords path();
    SqlWords relationName();
    SqlWords namesInParentheses();
    SqlWord aliasOf(bool ofRelation);

    // Expressions
    SqlExpression* made(SqlExpressionKind kind);
    SqlExpression* finished(SqlExpression* expression);
    SqlExpression* expression();
    SqlExpression* expressionOrNote();
    SqlExpression* joinedByOperators(SqlExpression* first);
    Operator takeOperator();
    Operator takeWordOperator();
    SqlExpression* operand();
    SqlExpression* bareOperand();
    SqlExpression* prefixed();
    SqlExpression* postfixed(SqlExpression* base);
    SqlExpression* parenthesised();
    SqlExpression* array();
    SqlExpression* structure();
    SqlExpression* wordOperand();
    SqlExpression* caseExpression();
    SqlExpression* castExpression();
    SqlExpression* extractExpression();
    SqlExpression* convertExpression();
    SqlExpression* intervalExpression();
    SqlExpression* subqueryExpression(SqlSubqueryUse use);
    SqlExpression* nameExpression();
    SqlExpression* call(SqlExpression* name);
    SqlExpression* argument(const SqlExpression& call, std::size_t number);
    SqlExpression* lambda();
    void callSuffixes(SqlExpression& call);
    void starChanges(SqlExpression& star);
    void extendPath(SqlExpression*& base);
    void jsonPath(SqlExpression& column, std::string_view text);
    SqlExpression* withPath(SqlExpression* base);
    void skipType();
    bool skipAngles();
    SqlExpressions expressions();
    SqlExpressions orders();
    SqlWindow* window();

    // Queries
    SqlQuery* query();
    void withClause(std::vector<SqlCte>& ctes, bool& isRecursive);
    void setOperations(SqlQuery& query);
    bool side(SqlQuery& query);
    SqlSelect* select();
    void selectItems(SqlSelect& select);
    void selectClauses(SqlSelect& select);
    void groupBy(SqlSelect& select);
    void namedWindows(SqlSelect& select);
    void values(SqlSelect& select);
    void queryTail(SqlQuery& query);
    SqlQuery* queryInParentheses();
    SqlQuery* wholeTable();

    // FROM
    void fromList(std::vector<SqlFrom>& from);
    void joins(std::vector<SqlFrom>& from);
    void relation(std::vector<SqlFrom>& from, SqlJoin join, bool isNatural);
    void relationOperand(SqlFrom& relation);
    void relationSuffixes(SqlFrom& relation);
    void relationAlias(SqlFrom& relation);
    void joinCondition(SqlFrom& relation);
    void lateralView(std::vector<SqlFrom>& from);
    void pivot(SqlFrom& relation);
    void pivotBody(SqlPivot& pivot);
    void unpivotBody(SqlPivot& pivot);
    SqlQuery* widePivot();

    // Statements
    void statement(SqlStatementTree& tree);
    void createStatement(SqlStatementTree& tree);
    void tableColumns(SqlStatementTree& tree);
    void insertStatement(SqlStatementTree& tree);
    void updateStatement(SqlStatementTree& tree);
    void deleteStatement(SqlStatementTree& tree);
    void mergeStatement(SqlStatementTree& tree);
    void mergeAction(SqlStatementTree& tree);
    void assignments(SqlStatementTree& tree);
    void otherStatement(SqlStatementTree& tree);

    std::string_view m_text;
    SqlDialect m_dialect;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_isTooDeep = false;
    SqlNodes* m_nodes = nullptr;
    std::vector<SqlNotUnderstood>* m_notes = nullptr;
};

}  // namespace portolan
