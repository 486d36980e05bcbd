// SPDX-License-Identifier: Apache-2.0
// Statements as the parser gives them: what they are of, and what is skipped.
#include "model/sql/sql_parser.h"

#include "tests/support/text_output.h"

namespace portolan {

namespace {

std::string joined(const SqlWords& words)
{
    std::string text;
    for (const SqlWord& word : words)
        text += (text.empty() ? "" : ".") + std::string(word.text);
    return text;
}

std::string shape(const SqlQuery& query)
{
    std::string text;
    for (const SqlCte& cte : query.ctes)
        text += std::string(cte.name.text) + "=(" + (cte.query ? shape(*cte.query) : "?") + ") ";
    for (const SqlSide& side : query.sides) {
        if (side.query) {
            text += '(' + shape(*side.query) + ')';
            continue;
        }
        text += std::to_string(side.select->items.size()) + " of";
        for (const SqlFrom& from : side.select->from)
            text += ' ' +
                    (from.query  ? '(' + shape(*from.query) + ')'
                     : from.call ? joined(from.call->names) + "()"
                                 : joined(from.name)) +
                    (from.alias.text.empty() ? "" : ' ' + std::string(from.alias.text)) +
                    (from.on ? " on" : "");
        text += ';';
    }
    return text;
}

// One after another: target, query, and what was not understood.
std::string read(std::string_view text, SqlDialect dialect = SqlDialect::Generic)
{
    std::string all;
    SqlParser parser(text, dialect);
    while (!parser.isAtEnd()) {
        SqlNodes nodes;
        const SqlStatementTree tree = parser.next(nodes);
        all += all.empty() ? "" : " | ";
        all += tree.target.empty() ? "" : joined(tree.target) + ": ";
        all += tree.query ? shape(*tree.query) : "-";
        for (const SqlNotUnderstood& one : tree.notUnderstood)
            all += " !" + one.construct + ':' + std::to_string(one.line);
    }
    return all;
}

}  // namespace

class SqlParserTest : public QObject {
    Q_OBJECT

private slots:
    void readsQueries()
    {
        QCOMPARE(read("select a, b c from t as u join v on u.x = v.x, w"), "2 of t u v on w;");
        QCOMPARE(read("with x as (select 1) select a from (select b from y) z"),
                 "x=(1 of;) 1 of (1 of y;) z;");
        QCOMPARE(read("(select a from t) union all (select b from u order by b) order by 1"),
                 "(1 of t;)(1 of u;)");
        QCOMPARE(read("select a from ((t join u on true) join v on true)"), "1 of t u on v on;");
        QCOMPARE(read("select a from ((select b from t) x cross join u)"), "1 of (1 of t;) x u;");
        QCOMPARE(read("select left(a, 1), right(b, 2) from f(1) g left join t on true"),
                 "2 of f() g t on;");
    }

    void readsStatements()
    {
        QCOMPARE(
            read("create or replace transient table a.b cluster by (x) as select 1; drop table c"),
            "a.b: 1 of; | -");
        QCOMPARE(read("insert into t (a, b) values (1, 2)"), "t: 0 of;");
        QCOMPARE(read("select 1 select 2 go select 3", SqlDialect::TSql), "1 of; | 1 of; | 1 of;");
        QCOMPARE(read("create function f() returns int as 'x'; select 1"),
                 "- !CREATE function:1 | 1 of;");
    }

    void goesOnBehindWhatIsNotUnderstood()
    {
        QCOMPARE(read("select a,\n b c d e,\n f from t"), "3 of t; !d e,:2");
        QCOMPARE(read("select a from t match_recognize (x y z) where b"),
                 "1 of t; !MATCH_RECOGNIZE:1");
        QCOMPARE(read("select f(a b c, d) e, g from t"), "2 of t; !b c,:1");
        QCOMPARE(read("frobnicate the table; select a from t"),
                 "- !frobnicate the table:1 | 1 of t;");
        QCOMPARE(read("select a from (select"), "1 of (1 of;); !the end of the text:1");
    }

    void endsWhateverTheTextIs()
    {
        for (const std::string_view piece :
             {"(", "[", "select ", "case when ", "f(", "from (", "a::b", "with a as (", "x -> ",
              "((select 1) union ", "merge into ", "insert into ", "not ", "pivot (", "{{", "'",
              "/*", "array<"}) {
            std::string text = "select a from t where ";
            for (int i = 0; i < 3000; ++i)
                text += piece;
            QVERIFY(!read(text).empty());
            QVERIFY(!read(text, SqlDialect::TSql).empty());
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SqlParserTest)
#include "sql_parser_test.moc"
