// SPDX-License-Identifier: Apache-2.0
#include "model/json/json_edit.h"
#include "model/json/json_reader.h"
#include "tests/support/text_output.h"

#include <functional>

namespace portolan {
namespace {

using Change = std::function<void(JsonEdit&, DataNode root)>;

std::string changed(const std::string& text, const Change& change)
{
    DataTree tree;
    Problems problems;
    if (const Result<> done = readJson(tree, text, "a.json", Budget(), problems); !done)
        return toText(done.error());
    JsonEdit edit(tree);
    change(edit, tree.root());
    std::string result;
    std::size_t copied = 0;
    for (const Splice& splice : edit.splices()) {
        if (splice.offset < copied)
            return "overlap at " + std::to_string(splice.offset);
        result += text.substr(copied, splice.offset - copied) + splice.text;
        copied = splice.offset + splice.length;
    }
    return result + text.substr(copied);
}

DataNode element(DataNode array, int position)
{
    DataNode::Iterator at = array.begin();
    while (position-- > 0)
        ++at;
    return *at;
}

JsonValue idObject(std::string_view id)
{
    return JsonValue::object().add("id", JsonValue::text(id)).add("n", JsonValue::scalar("1"));
}

void appendX(JsonEdit& edit, DataNode root)
{
    edit.append(root["a"], idObject("x"));
}

}  // namespace

class JsonEditTest : public QObject {
    Q_OBJECT

private slots:
    void replacesAValueAndNothingElse()
    {
        QCOMPARE(changed("{ \"a\" :\t1.10 , \"b\": [ 2e0 ] }\r\n",
                         [](JsonEdit& edit, DataNode root) {
                             edit.replace(root["a"], JsonValue::text("\"\xC3\xA9\n"));
                         }),
                 std::string("{ \"a\" :\t\"\\\"\xC3\xA9\\n\" , \"b\": [ 2e0 ] }\r\n"));
    }

    void replacingByTheSameSpellingIsNoChange()
    {
        DataTree tree;
        Problems problems;
        QVERIFY(readJson(tree, "{\"a\": 1}", "a.json", Budget(), problems).has_value());
        JsonEdit edit(tree);
        edit.replace(tree.root()["a"], JsonValue::scalar("1"));
        QVERIFY(edit.splices().empty());
    }

    void appendsInTheWayOfTheText_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const auto row = [](const char* name, const char* before, const char* after) {
            QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(after);
        };
        row("one line", "{\"a\": [{\"id\": \"p\"}]}",
            "{\"a\": [{\"id\": \"p\"}, {\"id\": \"x\", \"n\": 1}]}");
        row("no space", "{\"a\":[{\"id\":\"p\"}]}",
            "{\"a\":[{\"id\":\"p\"},{\"id\":\"x\",\"n\":1}]}");
        row("empty, one line", "{\"a\": []}", "{\"a\": [{\"id\": \"x\", \"n\": 1}]}");
        row("empty, many lines", "{\n  \"a\": []\n}",
            "{\n  \"a\": [\n    {\n      \"id\": \"x\",\n      \"n\": 1\n    }\n  ]\n}");
        row("empty with space", "{\n\t\"a\": [\n\t]\n}",
            "{\n\t\"a\": [\n\t\t{\n\t\t\t\"id\": \"x\",\n\t\t\t\"n\": 1\n\t\t}\n\t]\n}");
        row("object a line", "{\n  \"a\": [\n    { \"id\" : 1 }\n  ]\n}",
            "{\n  \"a\": [\n    { \"id\" : 1 },\n    { \"id\" : \"x\", \"n\" : 1 }\n  ]\n}");
        row("member a line, CRLF", "{\r\n \"a\": [\r\n  {\r\n   \"id\": 1\r\n  }\r\n ]\r\n}",
            "{\r\n \"a\": [\r\n  {\r\n   \"id\": 1\r\n  },\r\n  {\r\n   \"id\": \"x\",\r\n   "
            "\"n\": 1\r\n  }\r\n ]\r\n}");
        row("leading commas", "{ \"a\": [\n    {\"i\": 1}\n  , {\"i\": 2}\n  ]\n}",
            "{ \"a\": [\n    {\"i\": 1}\n  , {\"i\": 2}\n  , {\"id\": \"x\", \"n\": 1}\n  ]\n}");
        row("byte order mark", "\xEF\xBB\xBF{\"a\": []}",
            "\xEF\xBB\xBF{\"a\": [{\"id\": \"x\", \"n\": 1}]}");
    }

    void appendsInTheWayOfTheText()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QCOMPARE(changed(before.toStdString(), appendX), after.toStdString());
    }

    void removesAnElementWithItsComma_data()
    {
        QTest::addColumn<QList<int>>("positions");
        QTest::addColumn<QString>("after");
        QTest::newRow("first") << QList<int>{0} << QStringLiteral("[\n  2,\n  3\n]");
        QTest::newRow("middle") << QList<int>{1} << QStringLiteral("[\n  1,\n  3\n]");
        QTest::newRow("last") << QList<int>{2} << QStringLiteral("[\n  1,\n  2\n]");
        QTest::newRow("two at the end") << QList<int>{1, 2} << QStringLiteral("[\n  1\n]");
        QTest::newRow("ends") << QList<int>{0, 2} << QStringLiteral("[\n  2\n]");
        QTest::newRow("all") << QList<int>{0, 1, 2} << QStringLiteral("[]");
    }

    void removesAnElementWithItsComma()
    {
        QFETCH(QList<int>, positions);
        QFETCH(QString, after);
        QCOMPARE(changed("[\n  1,\n  2,\n  3\n]",
                         [&positions](JsonEdit& edit, DataNode root) {
                             for (const int position : positions)
                                 edit.remove(element(root, position));
                         }),
                 after.toStdString());
    }

    void removesAndAddsInOneList()
    {
        const auto swapLast = [](JsonEdit& edit, DataNode root) {
            edit.remove(element(root, 1));
            edit.append(root, JsonValue::scalar("9"));
        };
        QCOMPARE(changed("[1, 2]", swapLast), std::string("[1, 9]"));
        const auto swapAll = [&swapLast](JsonEdit& edit, DataNode root) {
            edit.remove(element(root, 0));
            swapLast(edit, root);
        };
        QCOMPARE(changed("[ 1,\n  2 ]", swapAll), std::string("[ 9 ]"));
    }

    void insertsAMemberNextToItsNeighbours_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("behind the one before")
            << QStringLiteral("{\n  \"id\": 1,\n  \"last\": 2\n}")
            << QStringLiteral("{\n  \"id\": 1,\n  \"k\": 0,\n  \"last\": 2\n}");
        QTest::newRow("before the one behind")
            << QStringLiteral("{\n  \"x\": 1,\n  \"last\": 2\n}")
            << QStringLiteral("{\n  \"x\": 1,\n  \"k\": 0,\n  \"last\": 2\n}");
        QTest::newRow("at the beginning") << QStringLiteral("{\"last\": 2, \"z\": 3}")
                                          << QStringLiteral("{\"k\": 0, \"last\": 2, \"z\": 3}");
        QTest::newRow("no neighbour")
            << QStringLiteral("{\"z\":3}") << QStringLiteral("{\"z\":3,\"k\":0}");
        QTest::newRow("empty") << QStringLiteral("{}") << QStringLiteral("{\"k\": 0}");
    }

    void insertsAMemberNextToItsNeighbours()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QCOMPARE(
            changed(before.toStdString(),
                    [](JsonEdit& edit, DataNode root) {
                        edit.set(root, "k", JsonValue::scalar("0"), {"id", "name", "k", "last"});
                    }),
            after.toStdString());
    }

    void aChangeInsideSomethingRemovedIsLeftOut()
    {
        QCOMPARE(changed("{\"a\": {\"b\": [1]}, \"c\": 2}",
                         [](JsonEdit& edit, DataNode root) {
                             edit.replace(element(root["a"]["b"], 0), JsonValue::scalar("5"));
                             edit.append(root["a"]["b"], JsonValue::scalar("6"));
                             edit.remove(root["a"]);
                         }),
                 std::string("{\"c\": 2}"));
    }

    void aListKeepsTheElementsThatStay()
    {
        const std::string before = "[\n  \"a\",\n  \"\\u0062\",\n  \"c\"\n]";
        const auto to = [&before](std::vector<std::string> elements) {
            return changed(before, [elements](JsonEdit& edit, DataNode root) {
                edit.setTexts(root, elements);
            });
        };
        QCOMPARE(to({"a", "b", "c"}), before);
        QCOMPARE(to({"a", "x", "b"}), std::string("[\n  \"a\",\n  \"x\",\n  \"\\u0062\"\n]"));
        QCOMPARE(to({"c", "b"}), std::string("[\n  \"c\",\n  \"b\"\n]"));
        QCOMPARE(to({}), std::string("[]"));
    }

    void numbersAreSpeltShort()
    {
        std::string all;
        for (const double value : {40.0, -0.0, 0.5, 1e21, -120.25})
            all += JsonValue::number(value).spelling + " ";
        QCOMPARE(all, std::string("40 0 0.5 1e+21 -120.25 "));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::JsonEditTest)
#include "json_edit_test.moc"
