// SPDX-License-Identifier: Apache-2.0
// What an importer is offered beside its document: other files of the folder, documents inside text values, the list of what was left
// out; and that none of it leads out of the folder that the user named.
#include "model/import/importer.h"
#include "model/json/json_reader.h"
#include "tests/support/text_output.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <fstream>

namespace portolan {

class ImportContextTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->path().toStdString();
        write("estate/orders/api.yaml", "a: 1\n");
        write("estate/common/order.yaml", "id:\n  type: text\n");
        write("estate/orders/order.json", "{\"id\": 1}");
        write("secret.yaml", "password: 1\n");
        m_builder = std::make_unique<EstateBuilder>();
        Source source;
        source.path = "orders/api.yaml";
        m_context = std::make_unique<ImportContext>(*m_builder, m_builder->source(source), m_budget,
                                                    m_progress);
        m_context->setFolder({m_path + "/estate", "orders/api.yaml"});
    }

    void readsAFileOfTheFolder()
    {
        const Result<DataNode> root = m_context->sibling("../common/order.yaml");
        QVERIFY(root);
        QCOMPARE((*root)["id"]["type"].string(), std::string("text"));
        QCOMPARE(m_context->fileOf(*root), std::string("common/order.yaml"));
        const Result<DataNode> fromThere =
            m_context->sibling("../orders/order.json", "common/order.yaml");
        QVERIFY(fromThere);
        QCOMPARE((*fromThere)["id"].string(), std::string("1"));
        const std::vector<ReadAlso>& also = m_builder->estate().sources[0].readAlso;
        QCOMPARE(also.size(), 2U);
        QCOMPARE(also[0].path, std::string("common/order.yaml"));
        QCOMPARE(also[0].hash.size(), 64U);
    }

    void namesTheOtherFileAsEvidence()
    {
        const Result<DataNode> root = m_context->sibling("../common/order.yaml");
        const Evidence evidence = m_context->evidence((*root)["id"]["type"]);
        const EvidencePlace place = places(m_builder->estate(), evidence).front();
        QCOMPARE(place.span.file, std::string("orders/api.yaml"));
        QCOMPARE(place.span.line, 0);
        QCOMPARE(place.span.pointer, std::string("common/order.yaml:2#/id/type"));
        const SourceSpan span = m_context->spanOf((*root)["id"]["type"]);
        QCOMPARE(span.file, std::string("common/order.yaml"));
        QCOMPARE(span.line, 2);
    }

    void neverLeavesTheFolder_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* path, const char* code) {
            QTest::addRow("%s", path) << QString::fromLatin1(path) << QString::fromLatin1(code);
        };
        row("../../secret.yaml", "import.outside");
        row("../common/../../secret.yaml", "import.outside");
        row("/etc/passwd", "import.outside");
        row("http://example.org/a.yaml", "import.outside");
        row("file:///etc/passwd", "import.outside");
        row("..\\..\\secret.yaml", "import.outside");
        row("", "import.outside");
        row("linked/secret.yaml", "import.outside");
        row("linked.yaml", "import.unreadable");
        row("nothing.yaml", "import.missing");
        row("../common", "import.unreadable");
    }

    void neverLeavesTheFolder()
    {
        QFETCH(QString, path);
        QFETCH(QString, code);
        std::filesystem::create_directory_symlink(m_path, m_path + "/estate/orders/linked");
        std::filesystem::create_symlink(m_path + "/secret.yaml",
                                        m_path + "/estate/orders/linked.yaml");
        const Result<std::string> text = m_context->siblingText(path.toStdString());
        QVERIFY(!text);
        QCOMPARE(text.error().code, code.toStdString());
        QVERIFY(!m_context->sibling(path.toStdString()));
    }

    void listsTheFilesBeside()
    {
        write("estate/orders/b.avsc", "{}");
        write("estate/orders/a.avsc", "{}");
        write("estate/common/c.avsc", "{}");
        std::filesystem::create_symlink(m_path + "/secret.yaml", m_path + "/estate/orders/d.avsc");
        const std::vector<std::string> expected = {"orders/a.avsc", "orders/b.avsc"};
        QVERIFY(m_context->siblingNames(".avsc") == expected);
        const ReadAlso& also = m_builder->estate().sources[0].readAlso.front();
        QCOMPARE(also.path, std::string("orders/*.avsc"));
        const SourceFolder folder{m_path + "/estate", "orders/api.yaml"};
        QCOMPARE(hashNow(folder, also.path), also.hash);
        write("estate/orders/e.avsc", "{}");
        QVERIFY(hashNow(folder, also.path) != also.hash);
    }

    void knowsWhenAFileBesideHasChanged()
    {
        const SourceFolder folder{m_path + "/estate", "orders/api.yaml"};
        (void)m_context->siblingText("order.json");
        (void)m_context->siblingText("later.json");
        const std::vector<ReadAlso> also = m_builder->estate().sources[0].readAlso;
        QCOMPARE(hashNow(folder, also[0].path), also[0].hash);
        QCOMPARE(hashNow(folder, also[1].path), std::string());
        write("estate/orders/order.json", "{\"id\": 2}");
        write("estate/orders/later.json", "{}");
        QVERIFY(hashNow(folder, also[0].path) != also[0].hash);
        QVERIFY(hashNow(folder, also[1].path) != also[1].hash);
    }

    void readsADocumentInsideAText()
    {
        DataTree tree;
        Problems problems;
        QVERIFY(readJson(
            tree,
            "{\n\"schema\": \"{\\\"type\\\": [\\\"a\\\"]}\",\n\"yaml\": \"k: v\",\n\"bad\": \"{\\\"a\\\"\"}",
            "orders/api.yaml", m_budget, problems));
        const DataNode schema = m_context->embedded(tree.root()["schema"]);
        QCOMPARE(schema["type"].size(), 1U);
        const SourceSpan span = m_context->spanOf(*schema["type"].begin());
        QCOMPARE(span.line, 2);
        QCOMPARE(span.pointer, std::string("/schema/type/0"));
        QCOMPARE(m_context->embedded(tree.root()["yaml"])["k"].string(), std::string("v"));
        QVERIFY(m_context->embedded(tree.root()["bad"]).isMissing());
        QCOMPARE(m_builder->estate().sources[0].problems.size(), 1U);
        QCOMPARE(m_builder->estate().sources[0].problems[0].where.line, 4);
        // The source's own values are found again after that.
        QCOMPARE(m_context->spanOf(tree.root()["yaml"]).line, 3);
    }

    void countsWhatIsLeftOut()
    {
        DataTree tree;
        Problems problems;
        QVERIFY(readJson(tree, "{\"a\": 1,\n\"b\": 2}", "orders/api.yaml", m_budget, problems));
        m_context->ignored("x-price", "not kept", tree.root()["b"]);
        m_context->ignored("x-price", "not kept", tree.root()["a"]);
        m_context->unresolved("x-price", "not kept", tree.root()["a"]);
        const std::vector<LeftOut>& left = m_builder->estate().sources[0].leftOut;
        QCOMPARE(left.size(), 2U);
        QCOMPARE(left[0].times, 2);
        QCOMPARE(left[0].where.line, 2);
        QVERIFY(!left[0].isUnresolved && left[1].isUnresolved);
        for (int i = 0; i < 5000; ++i)
            m_context->ignoredAt("key " + std::to_string(i), "unknown", 1);
        QCOMPARE(left.size(), std::size_t(m_budget.problemsPerSource + 1));
        QCOMPARE(left.back().name, std::string("..."));
        QCOMPARE(left.back().times, 5000 + 2 - m_budget.problemsPerSource);
    }

private:
    void write(const std::string& name, const std::string& text)
    {
        const std::filesystem::path path = m_path + "/" + name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path) << text;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
    Budget m_budget;
    Progress m_progress;
    std::unique_ptr<EstateBuilder> m_builder;
    std::unique_ptr<ImportContext> m_context;
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ImportContextTest)
#include "import_context_test.moc"
