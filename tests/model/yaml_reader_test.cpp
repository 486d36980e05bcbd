// SPDX-License-Identifier: Apache-2.0
#include "model/import/yaml_reader.h"
#include "model/json/json_reader.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

// As compact JSON, with the typing and spelling of the tree.
std::string compact(const DataNode& node)
{
    if (node.isArray() || node.isObject()) {
        std::string text;
        for (const DataNode member : node) {
            text += text.empty() ? "" : ",";
            if (node.isObject())
                text += jsonString(member.key()) + ":";
            text += compact(member);
        }
        return node.isArray() ? "[" + text + "]" : "{" + text + "}";
    }
    if (node.isNull())
        return "null";
    return node.isString() ? jsonString(node.text()) : node.string();
}

struct Reading {
    std::string documents;  // compact, one after the other, with a space between
    std::string problems;
    std::string error;
};

Reading read(std::string text, Budget budget = {})
{
    Reading reading;
    Problems problems;
    YamlDocuments documents(std::move(text), "a.yaml", budget, problems);
    while (true) {
        DataTree tree;
        const Result<bool> isAny = documents.next(tree);
        if (!isAny)
            reading.error = toText(isAny.error());
        if (!isAny || !*isAny)
            break;
        reading.documents += (reading.documents.empty() ? "" : " ") + compact(tree.root());
    }
    reading.problems = tests::lines(problems);
    return reading;
}

// JSON is YAML too.
std::string documentsOf(const std::string& json)
{
    return read(json).documents;
}

std::string repeated(const std::string& text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

}  // namespace

class YamlReaderTest : public QObject {
    Q_OBJECT

private slots:
    void readsTheSuitesDocuments_data()
    {
        QTest::addColumn<QString>("documents");
        QTest::newRow("6JQW") << QStringLiteral("\"\\\\//||\\\\/||\\n// ||  ||__\\n\"");
        QTest::newRow("C4HZ")
            << R"([{"center":{"x":73,"y":129},"radius":7},{"start":{"x":73,"y":129},"finish":{"x":89,"y":102}},{"start":{"x":73,"y":129},"color":0xFFEEBB,"text":"Pretty vector drawing."}])";
        QTest::newRow("E76Z") << R"({"a":"b","b":"a"})";
        QTest::newRow("JHB9")
            << R"(["Mark McGwire","Sammy Sosa","Ken Griffey"] ["Chicago Cubs","St Louis Cardinals"])";
    }
    void readsTheSuitesDocuments()
    {
        QFETCH(QString, documents);
        const Reading reading =
            read(tests::testData(std::string("yaml/") + QTest::currentDataTag() + "/in.yaml"));
        QCOMPARE(reading.error, std::string());
        QCOMPARE(reading.documents, documents.toStdString());
    }

    void readsAWholeInvoiceAsItsJsonSays()
    {
        const Reading reading = read(tests::testData("yaml/UGM3/in.yaml"));
        // The suite's JSON has 450 where the document says 450.00; spelling is kept here.
        std::string documents = reading.documents;
        for (const std::string amount : {"450.00", "2392.00"}) {
            const std::size_t at = documents.find(amount);
            QVERIFY(at != std::string::npos);
            documents.erase(at + amount.size() - 3, 3);
        }
        QCOMPARE(documents, documentsOf(tests::testData("yaml/UGM3/in.json")));
    }

    // Two of the suite's documents that the library beneath does not read: it says so, and nothing is read wrongly.
    void refusesWhatItCannotRead()
    {
        QCOMPARE(read(tests::testData("yaml/2SXE/in.yaml")).error,
                 std::string("a.yaml:1:8: error: Not YAML: mapping values are not allowed in this "
                             "context. [yaml.syntax]"));
        QCOMPARE(read(tests::testData("yaml/W4TN/in.yaml")).error,
                 std::string("a.yaml:3:2: error: Not YAML: while scanning a directive, could not "
                             "find expected directive name. [yaml.syntax]"));
    }

    void typesPlainScalarsByTheCoreSchema()
    {
        QCOMPARE(
            read("[NO, on, y, 12:30, 2022-10-03, 1.10, 010, 0o17, 0xFF, 1e3, .5, -.inf, .NaN, "
                 "~, null, Null, nULL, true, False, TRUE, 1_000, +12, +, ., 1.2.3]")
                .documents,
            std::string(R"(["NO","on","y","12:30","2022-10-03",1.10,010,0o17,0xFF,1e3,.5,-.inf,)"
                        R"(.NaN,null,null,null,"nULL",true,False,TRUE,"1_000",+12,"+",".",)"
                        R"("1.2.3"])"));
    }

    void leavesQuotedOnesText()
    {
        QCOMPARE(read("['12', \"true\", '', !!str 5, ! 6, !!int \"7\"]").documents,
                 std::string(R"(["12","true","","5","6",7])"));
    }

    void appliesMergeKeys()
    {
        QCOMPARE(read("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\n"
                      "one: {<<: *a, y: 9}\ntwo: {q: 0, <<: [*a, *b]}\n")
                     .documents,
                 std::string(R"({"a":{"x":1,"y":2},"b":{"y":3,"z":4},"one":{"y":9,"x":1},)"
                             R"("two":{"q":0,"x":1,"y":2,"z":4}})"));
    }

    void warnsOfKeysThatOccurTwice()
    {
        const Reading reading = read("a: 1\nb: 2\na: 3\n");
        QCOMPARE(reading.problems,
                 std::string("a.yaml:3:1: warning: The key \"a\" is here a second time (first in "
                             "line 1); the last one counts. [yaml.duplicate-key]\n"));
    }

    void knowsWhereEachValueStands()
    {
        Problems problems;
        YamlDocuments documents("# x\r\n---\r\nname: Grüße\r\nlist:\r\n  - &a !!str  one\r\n  - "
                                "{k: [ö, two]}\r\n---\nsecond: |\n  text\n",
                                "a.yaml", {}, problems);
        DataTree tree;
        QVERIFY(*documents.next(tree));
        const DataNode root = tree.root();
        QCOMPARE(root["name"].text(), std::string_view("Grüße"));
        QVERIFY(root["name"].span() == (SourceSpan{"a.yaml", 3, 7, "/name"}));
        const DataNode first = *root["list"].begin();
        QVERIFY(first.span() == (SourceSpan{"a.yaml", 5, 15, "/list/0"}));
        QCOMPARE(first.raw(), std::string_view("one"));
        DataNode::Iterator at = root["list"].begin();
        ++at;
        DataNode::Iterator inner = (*at)["k"].begin();
        ++inner;
        QVERIFY((*inner).span() == (SourceSpan{"a.yaml", 6, 14, "/list/1/k/1"}));
        QVERIFY(*documents.next(tree));
        QVERIFY(tree.root()["second"].span() == (SourceSpan{"a.yaml", 8, 9, "/second"}));
        QCOMPARE(tree.root()["second"].text(), std::string_view("text\n"));
        QVERIFY(!*documents.next(tree));
    }

    void notesTagsThatItDoesNotKnow()
    {
        QCOMPARE(
            read("a: !Ref b\nc: !Ref d\n").problems,
            std::string("a.yaml:1:9: note: The tag \"!Ref\" is not known; the value is read as "
                        "if it had none. [yaml.tag]\n"));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("error");
        QTest::newRow("cycle")
            << "a: &x [1, *x]"
            << "a.yaml:1:11: error: The alias \"x\" stands inside the value that "
               "it names. [yaml.cycle]";
        QTest::newRow("no anchor") << "a: *y"
                                   << "a.yaml:1:4: error: There is no anchor \"y\" above. "
                                      "[yaml.unknown-alias]";
        QTest::newRow("syntax")
            << "a: 1\nb: [1, 2\nc: 3\n"
            << "a.yaml:3:2: error: Not YAML: while parsing a flow sequence, did "
               "not find expected ',' or ']'. [yaml.syntax]";
        QTest::newRow("control character")
            << QStringLiteral("a: \x01")
            << "a.yaml:1:4: error: Not YAML: control characters are not allowed. [yaml.syntax]";
    }
    void saysWhatIsWrong()
    {
        QFETCH(QString, text);
        QFETCH(QString, error);
        QCOMPARE(read(text.toStdString()).error, error.toStdString());
    }

    void stopsAtTheDepthOfItsBudget_data()
    {
        QTest::addColumn<int>("depth");
        QTest::addColumn<bool>("isFine");
        QTest::newRow("99") << 99 << true;
        QTest::newRow("100") << 100 << true;
        QTest::newRow("101") << 101 << false;
        QTest::newRow("100000") << 100'000 << false;
        QTest::newRow("1000000") << 1'000'000 << false;
    }
    void stopsAtTheDepthOfItsBudget()
    {
        QFETCH(int, depth);
        QFETCH(bool, isFine);
        const std::string open = repeated("[", depth);
        const Reading closed = read(open + repeated("]", depth));
        QCOMPARE(closed.error.empty(), isFine);
        if (!isFine)
            QCOMPARE(closed.error, std::string("a.yaml:1:101: error: The document is nested deeper "
                                               "than 100 levels. [budget.depth]"));
        QVERIFY(!read(open).error.empty());
        QCOMPARE(read(repeated("- ", depth) + "x").error.empty(), isFine);
        QVERIFY(!read(repeated("{a: ", depth)).error.empty());
    }

    void stopsAnAliasBomb()
    {
        std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 12; ++i) {
            const std::string before = "*a" + std::to_string(i - 1);
            bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
            bomb += repeated(", " + before, 8) + "]\n";
        }
        QVERIFY(read(bomb).error.ends_with(
            "error: The aliases of the document repeat more than 100000 values. "
            "[budget.aliases]"));
    }

    void stopsAMergeBomb()
    {
        std::string bomb = "a0: &a0 {x: 1}\n";
        for (int i = 1; i < 40; ++i) {
            const std::string before = "*a" + std::to_string(i - 1);
            bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " {<<: [" + before +
                    ", " + before + "]}\n";
        }
        QVERIFY(read(bomb).error.find("[budget.aliases]") != std::string::npos);
    }

    void boundsTextsAndValues()
    {
        Budget small;
        small.stringBytes = 10;
        small.nodes = 5;
        QCOMPARE(read("a: 12345678901", small).error,
                 std::string("a.yaml:1:4: error: A text is longer than 10 bytes. [budget.string]"));
        QCOMPARE(read("[1, 2, 3, 4, 5]", small).error,
                 std::string("a.yaml:1:14: error: The document has more than 5 values. "
                             "[budget.nodes]"));
    }

    // Every beginning of a document ends in a document or an error.
    void survivesTruncation()
    {
        const std::string whole = tests::testData("yaml/UGM3/in.yaml") +
                                  tests::testData("odcs/v3.1.0/full-example.odcs.yaml");
        int errors = 0;
        for (std::size_t size = 0; size < whole.size(); size += 7)
            errors += read(whole.substr(0, size)).error.empty() ? 0 : 1;
        QVERIFY(errors > 0);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::YamlReaderTest)
#include "yaml_reader_test.moc"
