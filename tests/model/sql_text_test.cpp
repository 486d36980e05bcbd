// SPDX-License-Identifier: Apache-2.0
// Names in SQL: whatever they hold, they stay one name.
#include "model/workspace/sql_text.h"

#include "model/workspace/database.h"
#include "tests/support/text_output.h"

#include <QRandomGenerator>

namespace portolan {

namespace {

std::string quoted(Dialect dialect, std::string_view part)
{
    const Result<std::string> text = quote(dialect, part);
    return text ? *text : text.error().message;
}

}  // namespace

class SqlTextTest : public QObject {
    Q_OBJECT

private slots:
    void doublesTheQuoteOfEachDialect()
    {
        const std::string_view name = "a\"b`c]d.e";
        QCOMPARE(quoted(Dialect::Sqlite, name), "\"a\"\"b`c]d.e\"");
        QCOMPARE(quoted(Dialect::PostgreSql, name), "\"a\"\"b`c]d.e\"");
        QCOMPARE(quoted(Dialect::Trino, name), "\"a\"\"b`c]d.e\"");
        QCOMPARE(quoted(Dialect::Snowflake, name), "\"a\"\"b`c]d.e\"");
        QCOMPARE(quoted(Dialect::Spark, name), "`a\"b``c]d.e`");
        QCOMPARE(quoted(Dialect::MySql, name), "`a\"b``c]d.e`");
        QCOMPARE(quoted(Dialect::SqlServer, name), "[a\"b`c]]d.e]");
    }

    // What a library's own quoting leaves as it is.
    void quotesWhatLooksQuotedAlready()
    {
        QCOMPARE(quoted(Dialect::PostgreSql, "\"victim\"; drop table victim; --\""),
                 "\"\"\"victim\"\"; drop table victim; --\"\"\"");
    }

    void refusesWhatCannotBeAName()
    {
        using namespace std::string_view_literals;
        QCOMPARE(quoted(Dialect::Sqlite, ""), "A name in a query must not be empty.");
        QCOMPARE(quoted(Dialect::Sqlite, "a\0b"sv),
                 "A name in a query must not hold control characters.");
        QCOMPARE(quoted(Dialect::Sqlite, "a\nb"),
                 "A name in a query must not hold control characters.");
        QCOMPARE(quoted(Dialect::Sqlite, std::string(129, 'x')),
                 "A name in a query must not be longer than 128 characters.");
        for (const char* bad : {"\xFF", "a\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80",
                                "\xE0\x80\x80", "\xF0\x80\x80\x80", "\x80"})
            QCOMPARE(quoted(Dialect::Sqlite, bad), "A name in a query must be valid UTF-8.");
        std::string longest;
        for (int i = 0; i < 128; ++i)
            longest += "\xF0\x9F\x9A\xA2";
        QCOMPARE(quoted(Dialect::Sqlite, longest), "\"" + longest + "\"");
    }

    void randomNamesBecomeTablesOfThatName()
    {
        const std::unique_ptr<Database> database = Database::inMemory();
        QVERIFY(database->execute("CREATE TABLE canary(a); INSERT INTO canary VALUES(1)"));
        QRandomGenerator random(7);
        const std::vector<std::string> parts = {"\"",       "'",
                                                ";",        "--",
                                                "/*",       "]",
                                                "[",        "`",
                                                ".",        "\\",
                                                "%",        "?",
                                                "$1",       " ",
                                                "a",        "DROP TABLE canary",
                                                "\xC3\xA4", "\xF0\x9F\x9A\xA2"};
        for (int round = 0; round < 1000; ++round) {
            std::string name = "t" + std::to_string(round);
            for (int i = random.bounded(6); i >= 0; --i)
                name += parts[random.bounded(quint32(parts.size()))];
            QVERIFY2(database->execute("CREATE TABLE " + quoted(Dialect::Sqlite, name) + "(a)"),
                     name.c_str());
            Statement find(*database, "SELECT count(*) FROM sqlite_schema WHERE name = ?");
            QVERIFY(find.bind(name).step());
            QCOMPARE(find.number(0), 1);
        }
        QCOMPARE(database->firstNumber("SELECT count(*) FROM canary").value_or(0), 1);
    }

    void searchWordsAreNeverOperators()
    {
        QCOMPARE(fullTextQuery(""), "");
        QCOMPARE(fullTextQuery(" \t "), "");
        QCOMPARE(fullTextQuery("party  claims"), "\"party\" * AND \"claims\" *");
        QCOMPARE(fullTextQuery("a\"b OR name:c"), "\"a\"\"b\" * AND \"OR\" * AND \"name:c\" *");
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SqlTextTest)
#include "sql_text_test.moc"
