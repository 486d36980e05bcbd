// SPDX-License-Identifier: Apache-2.0
// Real files with one value replaced by something else at a time: each is read to an end, and what is read holds together.
#include "model/import/import.h"
#include "model/import/yaml_reader.h"
#include "model/json/json_reader.h"
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <array>
#include <random>

namespace portolan {

namespace {

// Every number in the estate names a thing that is there.
bool holdsTogether(const Estate& e)
{
    const auto isIn = [](auto index, const auto& things) {
        return !index.isValid() || index.value < things.size();
    };
    const auto isEvidence = [&](const Evidence& evidence) {
        return isIn(evidence.source, e.sources) && evidence.pointer < e.pointers.size() &&
               evidence.more <= e.moreEvidence.size();
    };
    bool isSound = true;
    for (const Dataset& d : e.datasets)
        isSound &= isEvidence(d.evidence) && !d.path.empty();
    for (const Column& c : e.columns)
        isSound &= c.dataset.isValid() && isIn(c.dataset, e.datasets) && !c.name.empty();
    for (const LineageEdge& l : e.lineageEdges)
        isSound &= l.from.isValid() && isIn(l.from, e.datasets) && l.to.isValid() &&
                   isIn(l.to, e.datasets) && isIn(l.job, e.jobs) && isEvidence(l.evidence);
    for (const ColumnEdge& l : e.columnEdges)
        isSound &= l.from.isValid() && isIn(l.from, e.columns) && l.to.isValid() &&
                   isIn(l.to, e.columns) && isIn(l.job, e.jobs);
    for (const SchemaObject& o : e.objects)
        isSound &=
            o.contract.isValid() && isIn(o.contract, e.contracts) && isIn(o.dataset, e.datasets);
    for (const Field& f : e.fields)
        isSound &= f.object.isValid() && isIn(f.object, e.objects) && isEvidence(f.evidence);
    for (const Check& c : e.checks)
        isSound &=
            isIn(c.contract, e.contracts) && isIn(c.object, e.objects) && isIn(c.field, e.fields);
    return isSound;
}

// Where the values of a document stand in its text.
std::vector<std::pair<std::size_t, std::size_t>> valuesOf(const std::string& name,
                                                          const std::string& text)
{
    DataTree tree;
    Problems problems;
    if (name.ends_with(".json")) {
        if (!readJson(tree, text, name, {}, problems))
            return {};
    } else {
        YamlDocuments documents(text, name, {}, problems);
        if (!documents.next(tree))
            return {};
    }
    const std::size_t before = text.size() >= tree.text().size() ? text.find(tree.text()) : 0;
    std::vector<std::pair<std::size_t, std::size_t>> values;
    for (const DataTree::Node& node : tree.nodes())
        values.emplace_back(before + node.start, before + node.end);
    return values;
}

}  // namespace

class ImportMutationTest : public QObject {
    Q_OBJECT

private slots:
    void survivesEachReplacement_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* file :
             {"odcs/v3.1.0/full-example.odcs.yaml", "odcs/v2.2.2/full-example.yaml",
              "odcs/v3.2.0-draft/relationships.odcs.yaml", "odcs/v3.0.2/all-schema-types.odcs.yaml",
              "openlineage/cll/4.json", "openlineage/edge/event_namespace_naming.json",
              "openlineage/simple_run_event.json", "dbt/versioned-models/manifest.json",
              "dbt/small-v4/catalog.json", "dbt/v9-docs/manifest.json", "structurizr/library.json"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }

    void survivesEachReplacement()
    {
        QFETCH(QString, file);
        const std::string name = file.toStdString();
        const std::string text = tests::testData(name);
        const auto values = valuesOf(name, text);
        QVERIFY(values.size() > 10);
        static constexpr std::array<std::string_view, 5> replacements = {"null", "1", "\"\"", "[]",
                                                                         "{}"};
        // Of each file as many as there is time for; the choice is the same in each run.
        const std::size_t most = text.size() < 50'000 ? 400 : 30;
        std::mt19937 random(20261123);
        const std::size_t all = values.size() * replacements.size();
        for (std::size_t i = 0; i < std::min(all, most); ++i) {
            const std::size_t choice = all <= most ? i : random() % all;
            const auto [start, end] = values[choice / replacements.size()];
            std::string changed = text;
            changed.replace(start, end - start, replacements[choice % replacements.size()]);
            const ImportedText imported = importText(name, changed);
            QVERIFY2(holdsTogether(*imported.estate),
                     qPrintable(QStringLiteral("value at byte %1 replaced by %2")
                                    .arg(start)
                                    .arg(int(choice % replacements.size()))));
        }
    }

    void survivesTruncation_data() { survivesEachReplacement_data(); }
    void survivesTruncation()
    {
        QFETCH(QString, file);
        const std::string name = file.toStdString();
        const std::string text = tests::testData(name);
        const std::size_t step = std::max<std::size_t>(1, text.size() / 40);
        for (std::size_t size = 0; size < text.size(); size += step)
            QVERIFY(holdsTogether(*importText(name, text.substr(0, size)).estate));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ImportMutationTest)
#include "import_mutation_test.moc"
