// SPDX-License-Identifier: Apache-2.0
#include "model/json/json_reader.h"
#include "tests/support/text_output.h"

namespace portolan {
namespace {

struct Reading {
    DataTree tree;
    Problems problems;
    std::string error;
};

Reading read(std::string text, Budget budget = {})
{
    Reading reading;
    if (const Result<> done =
            readJson(reading.tree, std::move(text), "a.json", budget, reading.problems);
        !done)
        reading.error = toText(done.error());
    return reading;
}

}  // namespace

class JsonReaderTest : public QObject {
    Q_OBJECT

private slots:
    void readsEveryKindOfValue()
    {
        const Reading reading =
            read(R"({"a": [1, -2.50e3, true, null], "b": {"c": "d"}, "e": false})");
        QCOMPARE(reading.error, std::string());
        const DataNode root = reading.tree.root();
        QCOMPARE(root.size(), 3u);
        QCOMPARE(root["a"].size(), 4u);
        QCOMPARE(root["b"]["c"].text(), std::string_view("d"));
        QCOMPARE(root["e"].boolean().value(), false);
        QVERIFY(root["x"]["y"].isMissing());
    }

    void keepsTheSpellingOfNumbers()
    {
        const Reading reading =
            read("[1.10, 100000000000000000000000, 18446744073709551615, 3.9, -0]");
        std::string spelt;
        for (const DataNode number : reading.tree.root())
            spelt += number.string() + " ";
        QCOMPARE(spelt, std::string("1.10 100000000000000000000000 18446744073709551615 3.9 -0 "));
        DataNode::Iterator at = reading.tree.root().begin();
        ++at;
        QVERIFY(!(*at).integer());
        ++at;
        QVERIFY(!(*at).integer());
        ++at;
        QVERIFY(!(*at).integer());
    }

    void decodesEscapes()
    {
        // No raw string here: moc of Qt 6.4 loses its way in one that holds a backslash before a quote.
        const Reading reading =
            read("{\"k\\u00e9y\": \"a\\n\\\"\\\\ \\ud83d\\ude00\\u20ac\"}");
        QCOMPARE(reading.tree.root()["k\xC3\xA9y"].text(),
                 std::string_view("a\n\"\\ \xF0\x9F\x98\x80\xE2\x82\xAC"));
    }

    void knowsWhereThingsStand()
    {
        const Reading reading = read("{\n  \"a\": [\n    10,\n    {\"b/c\": 20}\n  ]\n}\n");
        DataNode::Iterator at = reading.tree.root()["a"].begin();
        ++at;
        const SourceSpan span = (*at)["b/c"].span();
        QCOMPARE(span.line, 4);
        QCOMPARE(span.column, 13);
        QCOMPARE(span.pointer, std::string("/a/1/b~1c"));
    }

    void refusesWithPositionAndExpectation_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, const char* text, const char* error) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(error);
        };
        row("empty", "",
            "a.json:1:1: error: Expected a value (object, array, string, number, true, false or "
            "null); the text ends here. [json.syntax]");
        row("trailing comma", "[1,]",
            "a.json:1:4: error: Expected a value (object, array, string, number, true, false or "
            "null); found ']'. [json.syntax]");
        row("no colon", "{\"a\" 1}",
            "a.json:1:6: error: Expected ':' after the key; found '1'. [json.syntax]");
        row("open", "{\"a\": \n[1",
            "a.json:2:3: error: Expected ',' or ']' after the element; the text ends here. "
            "[json.syntax]");
        row("bare key", "{a: 1}",
            "a.json:1:2: error: Expected a key in double quotes; found 'a'. [json.syntax]");
        row("two values", "1 2",
            "a.json:1:3: error: There is text after the end of the document; expected nothing "
            "more. [json.trailing-text]");
        row("leading zero", "01",
            "a.json:1:2: error: A number does not begin with 0; expected '.' or the end of the "
            "number. [json.syntax]");
        row("lone surrogate", "\"\\ud800\"",
            "a.json:1:8: error: A surrogate \\u escape has no second half; expected \\uDC00 to "
            "\\uDFFF. [json.lone-surrogate]");
        row("raw tab", "\"a\tb\"",
            "a.json:1:3: error: A string holds a raw control character (found byte 0x09); expected "
            "an escape. [json.syntax]");
    }

    void refusesWithPositionAndExpectation()
    {
        QFETCH(QString, text);
        QFETCH(QString, error);
        QCOMPARE(QString::fromStdString(read(text.toStdString()).error), error);
    }

    void refusesBytesThatAreNotUtf8()
    {
        QCOMPARE(
            read("{\"a\":\n\"\xC0\xAF\"}").error,
            std::string(
                "a.json:2:2: error: The byte at offset 7 is not valid UTF-8. [text.not-utf8]"));
        QCOMPARE(invalidUtf8("ok \xED\xA0\x80"), std::size_t(3));
        QCOMPARE(invalidUtf8("\xF0\x9F\x98\x80 gr\xC3\xBC\xC3\x9F dich, lange Zeile"),
                 std::string_view::npos);
    }

    void reportsDuplicateKeysWithBothLines()
    {
        const Reading reading = read("{\"a\": 1,\n\"b\": 2,\n\"a\": 3}");
        QCOMPARE(tests::lines(reading.problems),
                 std::string("a.json:3:1: warning: The key \"a\" is here a second time (first in "
                             "line 1); the last one "
                             "counts. [json.duplicate-key]\n"));
        QCOMPARE(reading.tree.root()["a"].integer().value(), 3);
    }

    void stopsAtTheBudgetOfDepth()
    {
        Budget budget;
        budget.depth = 100;
        for (const int depth : {99, 100}) {
            const Reading reading = read(std::string(depth, '[') + std::string(depth, ']'), budget);
            QCOMPARE(reading.error, std::string());
        }
        for (const int depth : {101, 1000, 1000000}) {
            const Reading reading = read(std::string(depth, '['), budget);
            QCOMPARE(reading.error, std::string("a.json:1:101: error: The document is nested "
                                                "deeper than 100 levels. [budget.depth]"));
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::JsonReaderTest)
#include "json_reader_test.moc"
