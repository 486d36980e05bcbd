// SPDX-License-Identifier: Apache-2.0
// The column lineage of SQL against the truth that people worked out: tests/data/sql-lineage, its README says the format.
#include "tests/support/sql_corpus.h"

#include <QTest>

#include <algorithm>
#include <set>

namespace portolan {
namespace {

using test::CorpusCase;
using test::CorpusInput;

QString text(const std::set<CorpusInput>& inputs)
{
    QStringList words;
    for (const CorpusInput& input : inputs) {
        words << QString::fromStdString(input.kind + " " + input.table + "." + input.column +
                                        (input.isMasked ? " masked" : ""));
    }
    return words.isEmpty() ? QStringLiteral("nothing") : words.join(QStringLiteral(", "));
}

// A column whose whole is in the truth, in place of the part that was said of it.
CorpusInput asInTruth(CorpusInput input, const std::set<CorpusInput>& truth)
{
    CorpusInput whole = input;
    while (!truth.contains(whole)) {
        const std::size_t dot = whole.column.rfind('.');
        if (dot == std::string::npos) {
            return input;
        }
        whole.column.resize(dot);
    }
    return whole;
}

std::set<CorpusInput> said(const SqlStatement& statement, const std::vector<SqlInput>& inputs,
                           const std::set<CorpusInput>& truth)
{
    std::set<CorpusInput> result;
    for (const SqlInput& input : inputs) {
        result.insert(asInTruth({test::kindWord(input.influence),
                                 test::folded(statement.relations.at(input.relation).text()),
                                 test::folded(input.column), input.isMasked},
                                truth));
    }
    return result;
}

void compareOutput(const SqlStatement& statement, const SqlOutput& output,
                   const test::CorpusOutput& truth, QStringList& differences)
{
    const std::set<CorpusInput> inputs = said(statement, output.inputs, truth.inputs);
    const QString name = QString::fromStdString(truth.name);
    if (output.name != truth.name) {
        differences << QStringLiteral("output %1 is called %2")
                           .arg(name, QString::fromStdString(output.name));
    }
    if (output.isComplete == truth.isUnknown) {
        differences << QStringLiteral("%1: %2 %3")
                           .arg(name,
                                output.isComplete ? QStringLiteral("said to be known")
                                                  : QStringLiteral("said to be unknown:"),
                                QString::fromStdString(output.whyNot));
    }
    const bool isAllowed = truth.isUnknown ? std::includes(truth.inputs.begin(), truth.inputs.end(),
                                                           inputs.begin(), inputs.end())
                                           : inputs == truth.inputs;
    if (!isAllowed) {
        differences << QStringLiteral("%1: expected %2; got %3")
                           .arg(name, text(truth.inputs), text(inputs));
    }
}

void compareOutputs(const SqlStatement& statement, const CorpusCase& truth,
                    QStringList& differences)
{
    if (statement.outputs.size() != truth.outputs.size()) {
        QStringList names;
        for (const SqlOutput& output : statement.outputs) {
            names << QString::fromStdString(output.name);
        }
        differences << QStringLiteral("%1 outputs expected; got %2: %3")
                           .arg(truth.outputs.size())
                           .arg(statement.outputs.size())
                           .arg(names.join(QStringLiteral(", ")));
        return;
    }
    for (std::size_t i = 0; i < truth.outputs.size(); ++i) {
        compareOutput(statement, statement.outputs[i], truth.outputs[i], differences);
    }
}

void compareInfluences(const SqlStatement& statement, const CorpusCase& truth,
                       QStringList& differences)
{
    std::set<CorpusInput> allowed = truth.influences;
    allowed.insert(truth.allowedInfluences.begin(), truth.allowedInfluences.end());
    const std::set<CorpusInput> got = said(statement, statement.influences, allowed);
    if (!std::includes(allowed.begin(), allowed.end(), got.begin(), got.end()) ||
        !std::includes(got.begin(), got.end(), truth.influences.begin(), truth.influences.end())) {
        differences << QStringLiteral("of all outputs: expected %1; got %2")
                           .arg(text(truth.influences), text(got));
    }
}

// What is written need not be among what is read.
void compareRelations(const SqlStatement& statement, const CorpusCase& truth,
                      QStringList& differences)
{
    std::set<std::string> got;
    for (const SqlName& name : statement.relations) {
        got.insert(test::folded(name.text()));
    }
    for (const test::CorpusTable& table : truth.tables) {
        if (got.erase(table.name) == 0 && table.name != truth.target) {
            differences << QStringLiteral("%1 is not read").arg(QString::fromStdString(table.name));
        }
    }
    for (const std::string& name : got) {
        if (truth.unknown.empty()) {
            differences << QStringLiteral("%1 is read").arg(QString::fromStdString(name));
        }
    }
}

void compareStatement(const SqlStatement& statement, const CorpusCase& truth,
                      QStringList& differences)
{
    const std::string target = statement.target ? test::folded(statement.target->text()) : "";
    if (test::kindWord(statement.kind) != truth.kind || target != truth.target) {
        differences << QStringLiteral("expected %1 %2; got %3 %4")
                           .arg(QString::fromStdString(truth.kind),
                                QString::fromStdString(truth.target),
                                QString::fromStdString(test::kindWord(statement.kind)),
                                QString::fromStdString(target));
    }
    if (statement.hasUnknownColumns != truth.hasUnknownColumns) {
        differences << (truth.hasUnknownColumns ? QStringLiteral("lacks no columns")
                                                : QStringLiteral("lacks columns"));
    }
    for (const SqlNotUnderstood& piece : statement.notUnderstood) {
        if (truth.unknown.empty()) {
            differences << QStringLiteral("not understood: %1, line %2")
                               .arg(QString::fromStdString(piece.construct))
                               .arg(piece.line);
        }
    }
    if (truth.unknown == "some" && statement.notUnderstood.empty()) {
        differences << QStringLiteral("said to be understood whole");
    }
}

}  // namespace

class SqlLineageCorpusTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithTheTruth_data();
    void agreesWithTheTruth();
    void holdsAHundredCasesInNineDialects();
};

void SqlLineageCorpusTest::agreesWithTheTruth_data()
{
    QTest::addColumn<int>("number");
    const auto& cases = test::sqlCorpus();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        QTest::newRow((std::string(toString(cases[i].dialect)) + ": " + cases[i].name).c_str())
            << static_cast<int>(i);
    }
}

void SqlLineageCorpusTest::agreesWithTheTruth()
{
    QFETCH(int, number);
    const CorpusCase& truth = test::sqlCorpus().at(static_cast<std::size_t>(number));
    QVERIFY2(truth.problem.empty(), truth.problem.c_str());
    const std::vector<SqlStatement> statements =
        sqlLineage(truth.query, truth.dialect, test::CorpusCatalog(truth));
    QStringList differences;
    if (statements.size() == 1) {
        compareStatement(statements.front(), truth, differences);
        compareRelations(statements.front(), truth, differences);
        compareOutputs(statements.front(), truth, differences);
        compareInfluences(statements.front(), truth, differences);
    } else {
        differences << QStringLiteral("%1 statements").arg(statements.size());
    }
    if (!truth.open.empty()) {
        QEXPECT_FAIL("", truth.open.c_str(), Continue);
    }
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join(QStringLiteral("\n    "))));
}

void SqlLineageCorpusTest::holdsAHundredCasesInNineDialects()
{
    std::set<std::string> dialects;
    for (const CorpusCase& truth : test::sqlCorpus()) {
        dialects.emplace(toString(truth.dialect));
    }
    QVERIFY(test::sqlCorpus().size() >= 100);
    QCOMPARE(dialects.size(), std::size_t(9));
}

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SqlLineageCorpusTest)
#include "sql_lineage_corpus_test.moc"
