// SPDX-License-Identifier: Apache-2.0
// Context Mapper's language, against what an independent reader found in its example files (tests/data/cml/figures.txt: file | contexts |
// domains | aggregates | entities | relationships).
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QStringList>
#include <QtTest>

#include <algorithm>

namespace portolan {

namespace {

// "A -> B [OHS,PL] [ACL]", "A -> B CS [] []", "A <-> B P", as the figures spell it.
std::string relationshipsText(const Estate& estate)
{
    std::vector<std::string> lines;
    for (const ObservedRelationship& one : estate.relationships) {
        const bool isSymmetric = one.type == "partnership" || one.type == "shared-kernel";
        std::string line = one.upstream + (isSymmetric ? " <-> " : " -> ") + one.downstream;
        if (isSymmetric)
            line += one.type == "partnership" ? " P" : " SK";
        else
            line += (one.type == "customer-supplier" ? " CS [" : " [") + one.upstreamRoles + "] [" +
                    one.downstreamRoles + "]";
        lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines)
        all += (all.empty() ? "" : "; ") + line;
    return all;
}

std::ptrdiff_t termsOf(const Estate& estate, const std::string& kind)
{
    return std::count_if(estate.terms.begin(), estate.terms.end(), [&](const ObservedTerm& term) {
        return term.definition == kind || term.definition.starts_with(kind + " of ");
    });
}

}  // namespace

class CmlImporterTest : public QObject {
    Q_OBJECT

private slots:
    void readsTheExamples_data()
    {
        QTest::addColumn<QString>("expected");
        const QString rows = QString::fromStdString(tests::testData("cml/figures.txt"));
        for (const QString& row : rows.split(u'\n', Qt::SkipEmptyParts))
            QTest::addRow("%s", qPrintable(row.section(u'|', 0, 0))) << row;
    }

    void readsTheExamples()
    {
        QFETCH(QString, expected);
        const std::string file = expected.section(u'|', 0, 0).toStdString();
        const ImportedText imported = importData(file);
        const Estate& estate = *imported.estate;
        QCOMPARE(file + "|" + std::to_string(estate.contexts.size()) + "|" +
                     std::to_string(estate.domains.size()) + "|" +
                     std::to_string(termsOf(estate, "Aggregate")) + "|" +
                     std::to_string(termsOf(estate, "Entity")) + "|" + relationshipsText(estate),
                 expected.toStdString());
        QCOMPARE(imported.problemsText(), std::string());
    }

    // Every spelling of one relationship is the same relationship.
    void knowsEachSpelling_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* written, const char* expected) {
            QTest::newRow(written) << QString::fromLatin1(written) << QString::fromLatin1(expected);
        };
        row("A [P]<->[P] B", "A <-> B P");
        row("[P]A <-> [P]B", "A <-> B P");
        row("A [P]<->B[P]", "A <-> B P");
        row("[P] A <-> B [P]", "A <-> B P");
        row("A Partnership B", "A <-> B P");
        row("A <-> B", "A <-> B SK");
        row("A Shared-Kernel B", "A <-> B SK");
        row("A [SK]<->[SK] B : shared { implementationTechnology = \"jar\" }", "A <-> B SK");
        row("A -> B", "A -> B [] []");
        row("A [U,OHS,PL]->[D,ACL] B", "A -> B [OHS,PL] [ACL]");
        row("B [D,CF]<-[U,OHS] A", "A -> B [OHS] [CF]");
        row("A Upstream-Downstream [OHS][ACL] B", "A -> B [OHS] [ACL]");
        row("B Downstream-Upstream [ACL][OHS] A", "A -> B [OHS] [ACL]");
        row("A [U,S]->[D,C] B", "A -> B CS [] []");
        row("A Supplier-Customer B", "A -> B CS [] []");
        row("B Customer-Supplier A", "A -> B CS [] []");
    }

    void knowsEachSpelling()
    {
        QFETCH(QString, written);
        QFETCH(QString, expected);
        const ImportedText imported = importText(
            "a.cml", "ContextMap M { type = SYSTEM_LANDSCAPE contains A, B\n /* A -> C */\n" +
                         written.toStdString() + "\n}\nBoundedContext A\nBoundedContext B {}\n");
        QCOMPARE(relationshipsText(*imported.estate), expected.toStdString());
        QCOMPARE(imported.estate->contexts.size(), 2U);
        QCOMPARE(imported.problemsText(), std::string());
    }

    void givesATeamWhatItRealizes()
    {
        const ImportedText imported = importData("cml/Insurance-Example_Team-Map.cml");
        QCOMPARE(imported.estate->teams.size(), 3U);
        const auto isIt = [](const ObservedContext& one) {
            return one.id == "CustomerSelfServiceContext";
        };
        const auto found =
            std::find_if(imported.estate->contexts.begin(), imported.estate->contexts.end(), isIt);
        QCOMPARE(found->owner, std::string("CustomersFrontofficeTeam"));
        QCOMPARE(found->domain, std::string("CustomerManagementDomain"));
    }

    void passesOverWhatItDoesNotKnow()
    {
        const ImportedText imported = importText(
            "a.cml",
            "BoundedContext A { Aggregate X { Entity E { - Y y; state \"}\" } } }\nFlow f { a -> { "
            "b } }\nimport \"../../x.cml\"\nBoundedContext B {");
        QCOMPARE(imported.problemsText(),
                 std::string("a.cml:2:1: warning: \"Flow\" is not known here (expected ContextMap, "
                             "BoundedContext, Domain or import). Passed over. [cml.unknown]\n"));
        QCOMPARE(countsText(*imported.estate), std::string("contexts 2, terms 2"));
        QCOMPARE(leftOutText(*imported.estate),
                 std::string("? ../../x.cml: not in the imported folder: not followed\n"));
    }

    void readsAMillionBracesToAnEnd()
    {
        for (const char* piece : {"{", "}", "[", "A ->", "\"", "/*", "ContextMap M {", "Domain D {",
                                  "BoundedContext A { Aggregate X {"}) {
            std::string text = "BoundedContext A { } ";
            for (int i = 0; i < 20'000; ++i)
                text += piece;
            QCOMPARE(importText("a.cml", text).format, std::string("cml"));
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::CmlImporterTest)
#include "cml_importer_test.moc"
