// SPDX-License-Identifier: Apache-2.0
// The kind of each column edge, from the words that sources have for it.
#include "model/estate/column_edge_kind.h"

#include "tests/support/estate_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {
namespace {

std::string kindsIn(const std::string& lines)
{
    const EstatePtr estate = estateFrom(lines);
    std::string text;
    for (const ColumnEdge& edge : estate->columnEdges)
        text += (text.empty() ? "" : ", ") + std::string(toString(kindOf(*estate, edge)));
    for (const DatasetInfluence& influence : estate->influences)
        text += (text.empty() ? "" : ", ") + std::string(toString(kindOf(influence)));
    return text;
}

std::string kindOfWord(const std::string& word)
{
    Estate estate = *estateFrom("a.t.x -> b.t.x by j");
    estate.columnEdges[0].transformation = word;
    return std::string(toString(kindOf(estate, estate.columnEdges[0])));
}

}  // namespace

class ColumnEdgeKindTest : public QObject {
    Q_OBJECT

private slots:
    void openLineageSaysItInAnyCase()
    {
        QCOMPARE(kindOfWord("IDENTITY"), "identity");
        QCOMPARE(kindOfWord("transformation"), "transformation");
        QCOMPARE(kindOfWord("Aggregation"), "aggregation");
        QCOMPARE(kindsIn("a.t.x ~> b.t.y by j [CONDITIONAL]"), "conditional");
        QCOMPARE(kindsIn("a.t.x ~> b.t by j [GROUP_BY]"), "group by");
        QCOMPARE(kindsIn("a.t.x ~> b.t by j [sort]"), "sort");
        QCOMPARE(kindsIn("a.t.x ~> b.t by j [WINDOW]"), "window");
        QCOMPARE(kindsIn("a.t.x ~> b.t by j [join]"), "join");
    }

    void identityUnderAnotherNameIsARename()
    {
        QCOMPARE(kindsIn("a.t.x -> b.t.y by j [IDENTITY]"), "rename");
        QCOMPARE(kindsIn("a.t.ID -> b.t.id by j [IDENTITY]"), "identity");
    }

    void otherToolsWordsAreUnderstood()
    {
        QCOMPARE(kindOfWord("SIMPLE"), "identity");
        QCOMPARE(kindOfWord("passthrough"), "identity");
        QCOMPARE(kindOfWord("COPY: x"), "identity");
        QCOMPARE(kindOfWord("EXPRESSION"), "transformation");
        QCOMPARE(kindOfWord("sum(amount)"), "aggregation");
        QCOMPARE(kindOfWord("SHA2(x, 256)"), "masking");
        QCOMPARE(kindOfWord("group by"), "group by");
        QCOMPARE(kindOfWord("order-by"), "sort");
    }

    void wordsThatAreNotKnownTellThatSomethingWasDone()
    {
        QCOMPARE(kindOfWord("normalised by hand"), "transformation");
        QCOMPARE(kindOfWord("summary of x"), "transformation");
    }

    void nothingSaidIsUnknownOrAnIndirectInfluence()
    {
        QCOMPARE(kindsIn("a.t.x -> b.t.x by j"), "unknown");
        QCOMPARE(kindsIn("a.t.x ~> b.t.y by j"), "indirect influence");
        QCOMPARE(kindsIn("a.t.x ~> b.t by j"), "indirect influence");
        QCOMPARE(kindsIn("a.t.x ~> b.t.y by j [IDENTITY]"), "indirect influence");
    }

    void aMaskedValueIsMaskedWhateverElseWasDoneToIt()
    {
        Estate estate = *estateFrom("a.t.x -> b.t.x by j [IDENTITY]");
        estate.columnEdges[0].isMasked = true;
        QVERIFY(kindOf(estate, estate.columnEdges[0]) == ColumnEdgeKind::Masking);
        estate.columnEdges[0].flow = ColumnFlow::Indirect;
        estate.columnEdges[0].transformation = "FILTER";
        QVERIFY(kindOf(estate, estate.columnEdges[0]) == ColumnEdgeKind::Filter);
    }

    void directKindsCarryTheValue()
    {
        QVERIFY(isDirect(ColumnEdgeKind::Unknown));
        QVERIFY(isDirect(ColumnEdgeKind::Masking));
        QVERIFY(!isDirect(ColumnEdgeKind::Conditional));
        QVERIFY(!isDirect(ColumnEdgeKind::Indirect));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ColumnEdgeKindTest)
#include "column_edge_kind_test.moc"
