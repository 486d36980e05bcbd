// SPDX-License-Identifier: Apache-2.0
// The words of SQL, by dialect.
#include "model/sql/sql_tokens.h"

#include "tests/support/text_output.h"

namespace portolan {

namespace {

// Words bare, "quoted names" as <...>, 'texts' as "...", the rest as spelt.
std::string words(std::string_view text, SqlDialect dialect)
{
    std::string all;
    SqlTokens tokens(text, dialect);
    for (SqlToken token = tokens.next(); !token.isEnd(); token = tokens.next()) {
        all += all.empty() ? "" : " ";
        if (token.kind == SqlToken::Kind::QuotedName)
            all += '<' + token.value() + '>';
        else if (token.kind == SqlToken::Kind::Text)
            all += '"' + token.value() + '"';
        else if (token.kind == SqlToken::Kind::Template)
            all += "template";
        else
            all += token.text;
    }
    return all;
}

}  // namespace

class SqlTokensTest : public QObject {
    Q_OBJECT

private slots:
    void readsQuotesOfEachDialect()
    {
        QCOMPARE(words("\"a\"\"b\" 'it''s' `c`", SqlDialect::PostgreSql), "<a\"b> \"it's\" <c>");
        QCOMPARE(words("\"a\" 'b\\'c' d", SqlDialect::BigQuery), "\"a\" \"b\\'c\" d");
        QCOMPARE(words("[a b] x[1]", SqlDialect::TSql), "<a b> x <1>");
        QCOMPARE(words("x[a] [b]", SqlDialect::PostgreSql), "x [ a ] [ b ]");
        QCOMPARE(words("x[a] [b]", SqlDialect::Generic), "x [ a ] <b>");
        QCOMPARE(words("$$a'b$$ $t$c$t$ $1", SqlDialect::PostgreSql), "\"a'b\" \"c\" $1");
        QCOMPARE(words("'a\\' b", SqlDialect::PostgreSql), "\"a\\\" b");
        QCOMPARE(words("E'a\\'' b", SqlDialect::PostgreSql), "E \"a\\'\" b");
    }

    void readsSigns()
    {
        QCOMPARE(words("a#>b @> c", SqlDialect::PostgreSql), "a # > b @ > c");
        QCOMPARE(words("#t @v @@rowcount", SqlDialect::TSql), "#t @v @@rowcount");
        QCOMPARE(words("{{ a }} {% if b %} c {# no #} d", SqlDialect::Snowflake),
                 "template template c d");
    }

    void skipsComments()
    {
        QCOMPARE(words("a -- b\n/* c */ d", SqlDialect::Generic), "a d");
        QCOMPARE(words("a /* b /* c */ d */ e", SqlDialect::PostgreSql), "a e");
        QCOMPARE(words("a /* b /* c */ d", SqlDialect::Snowflake), "a d");
        QCOMPARE(words("a # b\nc", SqlDialect::BigQuery), "a c");
        QCOMPARE(words("a \057/ b\nc", SqlDialect::Snowflake), "a c");
    }

    void countsLines()
    {
        SqlTokens tokens("a\n'b\n' /* \n */ c", SqlDialect::Generic);
        QCOMPARE(tokens.next().line, 1);
        QCOMPARE(tokens.next().line, 2);
        QCOMPARE(tokens.next().line, 4);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SqlTokensTest)
#include "sql_tokens_test.moc"
