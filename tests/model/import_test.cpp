// SPDX-License-Identifier: Apache-2.0
// What comes through the door: encodings, limits, formats told by content, many files at once.
#include "model/import/import.h"
#include "model/import/importer.h"
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

namespace portolan {

namespace {

constexpr std::string_view contract =
    "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\n"
    "schema:\n  - name: Größe\n";

std::string inUtf16(std::string_view ascii, bool isLittle)
{
    std::string text = isLittle ? "\xFF\xFE" : "\xFE\xFF";
    for (const char c : ascii) {
        if (!isLittle)
            text += '\0';
        text += c;
        if (isLittle)
            text += '\0';
    }
    return text;
}

std::string repeated(std::string_view text, int times)
{
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

}  // namespace

class ImportTest : public QObject {
    Q_OBJECT

private slots:
    void readsWithAByteOrderMark()
    {
        const ImportedText imported = importText("a.yaml", "\xEF\xBB\xBF" + std::string(contract));
        QCOMPARE(imported.problemsText(), std::string());
        QCOMPARE(imported.estate->objects.at(0).name, std::string("Größe"));
        QCOMPARE(importText("a.json", "\xEF\xBB\xBF{\"kind\": \"DataContract\"}").format,
                 std::string("odcs"));
    }

    void readsUtf16()
    {
        for (const bool isLittle : {true, false}) {
            const ImportedText imported = importText(
                "a.yaml", inUtf16("apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\n"
                                  "status: active\n",
                                  isLittle));
            QCOMPARE(imported.problemsText(), std::string());
            QCOMPARE(imported.estate->contracts.at(0).id, std::string("a"));
        }
    }

    void saysWhereTheBytesAreNoText()
    {
        const std::string head = "kind: DataContract\nid: ";
        QCOMPARE(importText("a.yaml", head + "\xC3(").problemsText(),
                 std::string("a.yaml:2:5: error: The byte at offset 23 is not valid UTF-8. "
                             "[text.not-utf8]\n"));
        QCOMPARE(importText("a.yaml", head + std::string(1, '\0')).problemsText(),
                 std::string("a.yaml:2:5: error: There is a NUL byte at offset 23; expected text. "
                             "[text.nul]\n"));
        QCOMPARE(
            importText("notes.json", "{\"a\": \"\xFF\"}").problemsText(),
            std::string("notes.json:1:8: warning: The byte at offset 7 is not valid UTF-8. File "
                        "skipped. [text.not-utf8]\n"));
    }

    void tellsFormatsByContent_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("format");
        const auto row = [](const char* test, const char* name, const char* text,
                            const char* format) {
            QTest::newRow(test) << QString::fromLatin1(name) << QString::fromLatin1(text)
                                << QString::fromLatin1(format);
        };
        row("contract of any name", "x.txt", "kind: DataContract\nid: a\n", "odcs");
        row("map", "x.json", "{\"portolan\": 1}", "context-map");
        row("map by name", "x.portolan.json", "{}", "context-map");
        row("helm chart", "Chart.yaml", "apiVersion: v2\nname: a\nversion: 1\n", "");
        row("kubernetes", "a.yaml", "apiVersion: apps/v1\nkind: Deployment\n", "");
        row("empty", "a.yaml", "", "");
        row("prose", "README.md", "# Title\n\nNote: this is text.\n", "");
        row("not for us", "a.json", "{\"name\": \"x\"}", "");
        row("broken and not for us", "main.cpp", "int main() {\nlabel: return 0; }\n", "");
    }
    void tellsFormatsByContent()
    {
        QFETCH(QString, name);
        QFETCH(QString, text);
        QFETCH(QString, format);
        const ImportedText imported = importText(name.toStdString(), text.toStdString());
        QCOMPARE(imported.format, format.toStdString());
        if (format.isEmpty())
            QCOMPARE(imported.problemsText(), std::string());
    }

    void namesFormatsThatItDoesNotReadYet()
    {
        QCOMPARE(importText("diff.yaml", "kind: MetadataDifference\n").problemsText(),
                 std::string(
                     "diff.yaml: note: This is a difference of metadata (OMDS draft): known, not "
                     "yet read. File skipped. [import.not-read]\n"));
    }

    void stopsDeepDocuments_data()
    {
        QTest::addColumn<int>("depth");
        for (const int depth : {101, 1000, 10'000, 100'000, 1'000'000})
            QTest::addRow("%d", depth) << depth;
    }
    void stopsDeepDocuments()
    {
        QFETCH(int, depth);
        const std::string head = R"({"kind": "DataContract", "a": )";
        for (const char* open : {"[", "{\"a\":"}) {
            const ImportedText imported = importText("a.json", head + repeated(open, depth));
            QCOMPARE(imported.problems.size(), 1U);
            QVERIFY(imported.problems[0].ends_with(
                "error: The document is nested deeper than 100 levels. [budget.depth]"));
        }
        const ImportedText lines = importText(
            "a.ndjson",
            "{\"eventTime\": 1, \"producer\": 2, \"job\": " + repeated("[", depth) + "\n");
        QCOMPARE(lines.problems.size(), 1U);
        QVERIFY(lines.problems[0].find("deeper than 100 levels") != std::string::npos);
    }

    void boundsFilesAndLines()
    {
        Budget small;
        small.yamlBytes = 20;
        small.lineBytes = 30;
        QCOMPARE(importText("a.yaml", contract, small).problemsText(),
                 std::string("a.yaml: error: The file is longer than 20 bytes. [budget.bytes]\n"));
        const std::string line = "{\"eventTime\": 1, \"producer\": 2, \"job\": {}}\n";
        QCOMPARE(importText("a.ndjson", line, small).problemsText(),
                 std::string("a.ndjson:1: error: The line is longer than 30 bytes. Line skipped, 0 "
                             "of 1 events loaded. [budget.line]\n"));
    }

    void capsTheProblemsOfASource()
    {
        Budget small;
        small.problemsPerSource = 2;
        const ImportedText imported = importText(
            "a.ndjson", repeated("{\"producer\": 1, \"eventTime\": 1, \"job\": {}}\n", 5), small);
        QCOMPARE(imported.problems.size(), 2U);
        QCOMPARE(imported.estate->sources[0].problemsNotListed, 8);
    }

    void keepsBothOfTwoContractsInConflict()
    {
        const QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        std::ofstream(path + "/a.yaml") << contract;
        std::ofstream(path + "/b.yaml") << contract << "  - name: more\n";
        std::ofstream(path + "/c.yaml") << "# the same as a\n" << contract;
        std::ofstream(path + "/notes.txt") << "nothing for us";
        Progress progress;
        const Result<ImportReport> report = importPaths({path}, {}, progress);
        QVERIFY(report);
        QCOMPARE(countsText(*report->estate), std::string("contracts 2, objects 3, products 1"));
        QCOMPARE(report->skipped, std::vector<std::string>{"notes.txt"});
        QCOMPARE(tests::lines(report->estate->sources[1].problems),
                 std::string("b.yaml:3:5: warning: Contract \"a\" version \"1.0.0\" is also in "
                             "a.yaml:3 with other content. Both are kept. [contract.conflict]\n"));
        QCOMPARE(places(*report->estate, report->estate->contracts[0].evidence).size(), 2U);
    }

    void readsOneFileAsTheFormatThatIsAsked()
    {
        const QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/a.json";
        std::ofstream(path) << "{\"id\": \"a\"}";
        Progress progress;
        ImportOptions options;
        options.format = "odcs";
        const Result<ImportReport> report = importPaths({path}, options, progress);
        QVERIFY(report);
        QCOMPARE(report->estate->contracts.size(), 1U);
        options.format = "carrier-pigeon";
        const Result<ImportReport> unknown = importPaths({path}, options, progress);
        QVERIFY(!unknown);
        std::string known;
        for (const std::unique_ptr<Importer>& importer : importers())
            known += (known.empty() ? "" : ", ") + std::string(importer->format());
        QCOMPARE(unknown.error().message,
                 "There is no format \"carrier-pigeon\" (expected one of: " + known + ").");
    }

    void stopsWhenItIsAsked()
    {
        Progress progress;
        progress.requestStop();
        const Result<ImportReport> report =
            importPaths({std::string(PORTOLAN_TEST_DATA) + "/odcs"}, {}, progress);
        QVERIFY(!report);
        QVERIFY(isCancelled(report.error()));
    }

    void knowsTheBytesThatItRead()
    {
        const ImportedText imported = importText("a.yaml", contract);
        const Source& source = imported.estate->sources.at(0);
        QCOMPARE(source.bytes, std::int64_t(contract.size()));
        QCOMPARE(source.hash, sha256(contract));
        QCOMPARE(source.formatVersion, std::string("v3.1.0"));
    }

    // The place in the second document is counted in that one, not on from the last place in the first.
    void namesThePlaceOfADocumentOfAnotherKind()
    {
        const std::string contract = "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: "
                                     "1.0.0\nstatus: active\nunknown: 1\n";
        std::string comments;
        for (int i = 0; i < 18; ++i)
            comments += "# x\n";
        const ImportedText imported =
            importText("a.yaml", contract + "---\n" + comments + "other: 1\n");
        QCOMPARE(
            imported.problems.back(),
            std::string("a.yaml:26:1: note: Document 2 of the file is of another kind. Skipped. "
                        "[import.other-document]"));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ImportTest)
#include "import_test.moc"
