// SPDX-License-Identifier: Apache-2.0
// Every real file against the figures that an independent reader found in it (tests/data/figures.json). How each of its words is
// understood stands beside the line that computes it; a word that is not here fails the test.
#include "model/import/import.h"
#include "model/import/lineage/dbt_artifact.h"
#include "model/json/json_reader.h"
#include "tests/support/text_output.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QtTest>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace portolan {

namespace {

const std::string dataFolder = PORTOLAN_TEST_DATA;

ImportReport imported(const std::string& name)
{
    std::string path = dataFolder + "/" + name;
    if (path.ends_with("/*"))
        path.resize(path.size() - 2);
    Progress progress;
    const Result<ImportReport> report = importPaths({path}, {}, progress);
    if (!report)
        qFatal("not imported: %s", report.error().message.c_str());
    return *report;
}

std::string number(std::size_t count)
{
    return std::to_string(count);
}

template <class Things, class Is>
std::string countIf(const Things& things, Is is)
{
    return std::to_string(std::count_if(things.begin(), things.end(), is));
}

std::int64_t countOf(const Estate& estate, const char* key)
{
    const Counts counts = countsOf(estate);
    const auto place = counts.find(key);
    return place == counts.end() ? 0 : place->second;
}

std::int64_t statedOf(const Estate& estate, const char* key)
{
    const Counts& counts = estate.sources.at(0).counts;
    const auto place = counts.find(key);
    return place == counts.end() ? 0 : place->second;
}

using Figure = std::function<std::string(const Estate&)>;
using Figures = std::map<std::string, Figure>;

Figures odcsFigures()
{
    const auto first = [](auto member) {
        return [member](const Estate& e) { return std::invoke(member, e.contracts.at(0)); };
    };
    return {
        {"apiVersion", first(&Contract::apiVersion)},
        {"id", first(&Contract::id)},
        {"version", first(&Contract::version)},
        {"status", first(&Contract::statusText)},
        {"objects", [](const Estate& e) { return number(e.objects.size()); }},
        {"fields", [](const Estate& e) { return number(e.fields.size()); }},
        {"servers", [](const Estate& e) { return number(e.contracts.at(0).servers.size()); }},
        {"sla", [](const Estate& e) { return number(e.contracts.at(0).serviceLevels.size()); }},
        {"teamMembers", [](const Estate& e) { return number(e.contracts.at(0).team.size()); }},
        // Rules on one field, and rules on a whole object.
        {"fieldQuality",
         [](const Estate& e) {
             return countIf(e.checks, [](const Check& c) { return c.field.isValid(); });
         }},
        {"objectQuality",
         [](const Estate& e) {
             return countIf(e.checks, [](const Check& c) { return !c.field.isValid(); });
         }},
        // In version 2 `required` is a false isNullable.
        {"required",
         [](const Estate& e) {
             return countIf(e.fields, [](const Field& f) { return f.isRequired.value_or(false); });
         }},
        {"primaryKey",
         [](const Estate& e) {
             return countIf(e.fields, [](const Field& f) { return f.keyPosition > 0; });
         }},
    };
}

// dataset edges within a run and within an event are the same in these files; ours are of runs.
Figures openLineageFigures()
{
    return {
        {"datasets", [](const Estate& e) { return number(e.datasets.size()); }},
        {"jobs", [](const Estate& e) { return number(e.jobs.size()); }},
        {"runs",
         [](const Estate& e) {
             std::int64_t runs = 0;
             for (const Job& job : e.jobs)
                 runs += job.runs;
             return std::to_string(runs);
         }},
        {"datasetEdgesWithinARun",
         [](const Estate& e) { return std::to_string(countOf(e, "datasetEdges")); }},
        {"datasetEdgesWithinAnEvent",
         [](const Estate& e) { return std::to_string(countOf(e, "datasetEdges")); }},
        {"columnEdges", [](const Estate& e) { return std::to_string(countOf(e, "columnEdges")); }},
    };
}

Figures dbtManifestFigures()
{
    return {
        // What the file itself states; what its SQL says comes on top.
        {"dataEdges", [](const Estate& e) { return std::to_string(statedOf(e, "datasetEdges")); }},
        {"declaredColumns", [](const Estate& e) { return std::to_string(statedOf(e, "columns")); }},
        {"exposures", [](const Estate& e) { return number(e.consumers.size()); }},
        {"exposureEdges",
         [](const Estate& e) {
             std::size_t edges = 0;
             for (const Consumer& consumer : e.consumers)
                 edges += consumer.reads.size();
             return number(edges);
         }},
        {"schema", [](const Estate& e) { return e.sources.at(0).formatVersion; }},
        {"sources",
         [](const Estate& e) {
             return countIf(e.datasets, [](const Dataset& d) { return d.type == "source"; });
         }},
        {"adapter", [](const Estate& e) { return e.datasets.at(0).platform; }},
    };
}

Figures dbtCatalogFigures()
{
    return {
        // Columns of relations as the catalog lists them; a seed that is a source too is listed twice and is one dataset of ours.
        {"columns",
         [](const Estate& e) {
             std::size_t listed = 0;
             for (const Column& column : e.columns)
                 listed += column.evidence.times;
             return number(listed);
         }},
    };
}

// Words for what this program does not keep as things of its own, or that are compared by another test.
const std::set<std::string> notCompared = {
    "roles",             // of ODCS: shown, not modelled
    "transformSources",  // of ODCS: lineage only where a server says where the sources are
    "relationships",     // of ODCS: kept as references of fields; see odcs_importer_test
    "events",
    "types",  // of OpenLineage: events are merged into runs
    "nodes",
    "access",
    "dbt",
    "metrics",
    "packages",
    "groups",
    "versionedModels",
};

}  // namespace

class ImportFiguresTest : public QObject {
    Q_OBJECT

private slots:
    void reachesTheFigures_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("expected");
        const std::string text = tests::testData("figures.json");
        DataTree tree;
        Problems problems;
        QVERIFY(readJson(tree, text, "figures.json", {}, problems));
        for (const DataNode file : tree.root()) {
            for (const DataNode figure : file) {
                const QString name = QString::fromStdString(std::string(file.key()));
                const QString word = QString::fromStdString(std::string(figure.key()));
                QTest::addRow("%s %s", qPrintable(name), qPrintable(word))
                    << name << word << QString::fromStdString(figure.string());
            }
        }
    }

    void reachesTheFigures()
    {
        QFETCH(QString, file);
        QFETCH(QString, word);
        QFETCH(QString, expected);
        if (notCompared.contains(word.toStdString()) ||
            file.endsWith(QStringLiteral("run_results.json")))
            return;
        // Runs are counted in each source; here one run's events stand in several files.
        if (file.endsWith(QStringLiteral("/*")) && word == QStringLiteral("runs"))
            return;
        if (m_file != file) {
            m_report = imported(file.toStdString());
            m_file = file;
        }
        const Figures figures = figuresFor(file.toStdString());
        const auto figure = figures.find(word.toStdString());
        if (file.endsWith(QStringLiteral("catalog.json")) && word == QStringLiteral("sources"))
            return;  // a catalog's nodes and sources are datasets alike
        QVERIFY2(figure != figures.end(), "a word that is not known");
        QCOMPARE(figure->second(*m_report.estate), expected.toStdString());
    }

    void readsEveryFileOfItsFolder_data()
    {
        QTest::addColumn<QString>("file");
        for (const char* folder : {"odcs", "openlineage", "dbt"}) {
            QDirIterator files(QString::fromStdString(dataFolder) + QLatin1Char('/') +
                                   QString::fromLatin1(folder),
                               QDir::Files, QDirIterator::Subdirectories);
            while (files.hasNext()) {
                const QString path = files.next();
                const QString ending = QFileInfo(path).suffix();
                if (ending != QStringLiteral("md") && ending != QStringLiteral("txt"))
                    QTest::addRow("%s", qPrintable(path.mid(int(dataFolder.size()) + 1)))
                        << path.mid(int(dataFolder.size()) + 1);
            }
        }
    }

    // A file that is broken on purpose is reported; a sound one is read without a word of error.
    void readsEveryFileOfItsFolder()
    {
        QFETCH(QString, file);
        const ImportReport report = imported(file.toStdString());
        Problems problems = report.problems;
        for (const Source& source : report.estate->sources)
            problems.insert(problems.end(), source.problems.begin(), source.problems.end());
        const bool isBroken = file.contains(QStringLiteral("negative/"));
        const bool isFacet = file.contains(QStringLiteral("facets/"));
        const bool isFragment = file.contains(QStringLiteral("fragment"));
        const auto isWrong = [](const Problem& p) { return p.severity != Severity::Note; };
        const bool isReported =
            std::any_of(problems.begin(), problems.end(), isWrong) || !report.skipped.empty();
        if (isBroken || isFacet || isFragment)
            QVERIFY2(isReported, "nothing was said about a broken file");
        else
            QCOMPARE(hasErrors(problems) ? tests::lines(problems) : std::string(), std::string());
        if (isBroken)
            QVERIFY2(std::any_of(problems.begin(), problems.end(), isWrong),
                     "no error or warning about a broken file");
    }

    void namesAFacetThatStandsAlone()
    {
        const ImportReport report = imported("openlineage/facets/SchemaDatasetFacet-1.json");
        QCOMPARE(
            tests::lines(report.problems),
            std::string("SchemaDatasetFacet-1.json: warning: This is an OpenLineage facet, not "
                        "an event. File skipped. [openlineage.facet]\n"));
        QCOMPARE(report.skipped.size(), 1U);
    }

    // Of a run that only generated documentation no test has run, although each says "success".
    void readsTheRunsOfTests()
    {
        const auto runs = [](const char* file) {
            const ImportReport report = imported(file);
            std::int64_t failed = 0;
            std::int64_t placed = 0;
            for (const CheckRun& run : report.estate->checkRuns) {
                failed += run.outcome == CheckOutcome::Failed ? 1 : 0;
                placed += run.dataset.isValid() ? 1 : 0;
            }
            return std::to_string(report.estate->checkRuns.size()) + " " + std::to_string(failed) +
                   " " + std::to_string(placed);
        };
        QCOMPARE(runs("dbt/jaffle-1.12/run_results.json"), std::string("0 0 0"));
        QCOMPARE(runs("dbt/jaffle-1.9"), std::string("20 0 20"));
        QCOMPARE(runs("dbt/small-v4"), std::string("20 0 20"));
        QCOMPARE(runs("dbt/test-results"), std::string("14 4 14"));
        QCOMPARE(runs("dbt/v1/run_results.json"), std::string("0 0 0"));
    }

    // The catalog says no database; with its manifest it is the same nineteen nodes, six of which are sources as well.
    void joinsACatalogToItsManifest()
    {
        const ImportReport manifest = imported("dbt/jaffle-1.12/manifest.json");
        const ImportReport both = imported("dbt/jaffle-1.12");
        QCOMPARE(both.estate->datasets.size(), manifest.estate->datasets.size());
        QCOMPARE(countOf(*both.estate, "columns"), 112);
        for (const Dataset& dataset : both.estate->datasets)
            QCOMPARE(dataset.platform, std::string("duckdb"));
    }

private:
    static Figures figuresFor(const std::string& file)
    {
        if (file.starts_with("odcs/"))
            return odcsFigures();
        if (file.starts_with("openlineage/"))
            return openLineageFigures();
        return file.ends_with("catalog.json") ? dbtCatalogFigures() : dbtManifestFigures();
    }

    QString m_file;
    ImportReport m_report;
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ImportFiguresTest)
#include "import_figures_test.moc"
