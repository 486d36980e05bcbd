// SPDX-License-Identifier: Apache-2.0
// Real files with one value replaced by something else at a time: each is read to an end, and what is read holds together.
#include "model/import/import.h"
#include "model/import/sql_lineage_facts.h"
#include "model/import/yaml_reader.h"
#include "model/json/json_reader.h"
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

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
    for (const DatasetInfluence& i : e.influences)
        isSound &= i.from.isValid() && isIn(i.from, e.columns) && i.to.isValid() &&
                   isIn(i.to, e.datasets) && isIn(i.job, e.jobs) && isEvidence(i.evidence);
    for (const ObservedQuery& q : e.queries)
        isSound &= isIn(q.writes, e.datasets) && isIn(q.job, e.jobs) && !q.text.empty();
    return isSound;
}

// Also with what its queries say of columns.
bool holdsTogetherDerived(const Estate& estate)
{
    if (!holdsTogether(estate))
        return false;
    if (estate.queries.empty())
        return true;
    Estate derived = estate;
    Progress progress;
    return deriveSqlLineage(derived, {}, progress).isComplete && holdsTogether(derived);
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
    // Every file of tests/data whose counts are known, so that a new format is among them by itself.
    void survivesEachReplacement_data()
    {
        QTest::addColumn<QString>("file");
        const std::string list = tests::testData("import-counts.txt");
        for (std::size_t at = 0; at < list.size();) {
            const std::size_t end = std::min(list.find('\n', at), list.size());
            const std::string name = list.substr(at, list.find('|', at) - at);
            if (!name.empty())
                QTest::newRow(name.c_str()) << QString::fromStdString(name);
            at = end + 1;
        }
    }

    void survivesEachReplacement()
    {
        QFETCH(QString, file);
        const std::string name = file.toStdString();
        const std::string text = tests::testData(name);
        const auto values = valuesOf(name, text);
        if (values.size() < 10) {
            survivesOtherLines(name, text);
            return;
        }
        static constexpr std::array<std::string_view, 5> replacements = {"null", "1", "\"\"", "[]",
                                                                         "{}"};
        // Of each file as many as there is time for; the choice is the same in each run.
        const std::size_t most = text.size() < 20'000 ? 120 : text.size() < 200'000 ? 20 : 3;
        std::mt19937 random(20261123);
        const std::size_t all = values.size() * replacements.size();
        for (std::size_t i = 0; i < std::min(all, most); ++i) {
            const std::size_t choice = all <= most ? i : random() % all;
            const auto [start, end] = values[choice / replacements.size()];
            std::string changed = text;
            changed.replace(start, end - start, replacements[choice % replacements.size()]);
            const ImportedText imported = importText(name, changed);
            QVERIFY2(holdsTogetherDerived(*imported.estate),
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
        const std::size_t parts = text.size() < 200'000 ? 20 : 3;
        const std::size_t step = std::max<std::size_t>(1, text.size() / parts);
        for (std::size_t size = 0; size < text.size(); size += step)
            QVERIFY(holdsTogetherDerived(*importText(name, text.substr(0, size)).estate));
    }

private:
    // Text formats: lines that are gone, that come twice and that stand elsewhere.
    static void survivesOtherLines(const std::string& name, const std::string& text)
    {
        std::vector<std::string> lines;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            lines.push_back(text.substr(at, end - at) + "\n");
            at = end + 1;
        }
        std::mt19937 random(20261123);
        for (int i = 0; i < 60 && !lines.empty(); ++i) {
            std::vector<std::string> changed = lines;
            const std::size_t one = random() % lines.size();
            const std::size_t other = random() % lines.size();
            if (i % 3 == 0)
                changed[one].clear();
            else if (i % 3 == 1)
                changed[one] += changed[other];
            else
                changed[one].resize(changed[one].size() / 2);
            std::string whole;
            for (const std::string& line : changed)
                whole += line;
            QVERIFY(holdsTogetherDerived(*importText(name, whole).estate));
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ImportMutationTest)
#include "import_mutation_test.moc"
