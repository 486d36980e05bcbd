// SPDX-License-Identifier: Apache-2.0
// What a query says and a source states as well is said once, also when two datasets turn out to be one.
#include "model/estate/query_edges.h"

#include "model/estate/column_edge_kind.h"
#include "model/estate/estate_merge.h"
#include "tests/support/estate_text.h"
#include "tests/support/text_output.h"

#include <QtTest>

namespace portolan {

namespace {

// Those by job "sql" are from queries, with an expression.
Estate estateOf(const std::string& lines)
{
    Estate estate = *estateFrom(lines);
    const auto mark = [&](auto& edge) {
        edge.isFromQuery = edge.job.isValid() && estate.jobs[edge.job.value].name == "sql";
        edge.expression = edge.isFromQuery ? "read" : "";
    };
    for (ColumnEdge& edge : estate.columnEdges)
        mark(edge);
    for (DatasetInfluence& influence : estate.influences)
        mark(influence);
    return estate;
}

std::string edgesIn(const Estate& estate)
{
    std::string all;
    for (const ColumnEdge& edge : estate.columnEdges)
        all += nameOf(estate, edge.from) + " -> " + nameOf(estate, edge.to) + " " +
               std::string(toString(kindOf(estate, edge))) + " " + edge.expression +
               (edge.isFromQuery ? " (query)" : "") + "; ";
    for (const DatasetInfluence& influence : estate.influences)
        all += nameOf(estate, influence.from) + " ~> " + nameOf(estate, influence.to) + " " +
               std::string(toString(kindOf(influence))) + " " + influence.expression +
               (influence.isFromQuery ? " (query)" : "") + "; ";
    return all;
}

std::string joined(const std::string& lines)
{
    Estate estate = estateOf(lines);
    joinQueryEdges(estate);
    return edgesIn(estate);
}

}  // namespace

class QueryEdgesTest : public QObject {
    Q_OBJECT

private slots:
    void theStatedKindStaysAndGetsTheExpression()
    {
        QCOMPARE(joined("a.t.x -> b.t.x by sql [TRANSFORMATION]\n"
                        "a.t.x -> b.t.x by load [AGGREGATION]"),
                 "a.t.x -> b.t.x aggregation read; ");
        QCOMPARE(joined("a.t.x -> b.t.x by load\na.t.x -> b.t.x by sql [TRANSFORMATION]"),
                 "a.t.x -> b.t.x transformation read; ");
    }

    void otherInfluencesAreFurtherOnes()
    {
        QCOMPARE(joined("a.t.x ~> b.t.x by load [FILTER]\na.t.x ~> b.t.x by sql [JOIN]"),
                 "a.t.x -> b.t.x filter ; a.t.x -> b.t.x join read (query); ");
        QCOMPARE(joined("a.t.x ~> b.t by load [FILTER]\na.t.x ~> b.t by sql [FILTER]\n"
                        "a.t.x ~> b.t by sql [JOIN]"),
                 "a.t.x ~> b.t filter read; a.t.x ~> b.t join read (query); ");
    }

    void whatIsStatedOfAColumnIsNotSaidOfTheWhole()
    {
        QCOMPARE(joined("a.t.x ~> b.t.y by load [JOIN]\na.t.x ~> b.t by sql [JOIN]"),
                 "a.t.x -> b.t.y join ; ");
    }

    void statedOnesAreAllKept()
    {
        QCOMPARE(joined("a.t.x -> b.t.x by one [IDENTITY]\na.t.x -> b.t.x by two [IDENTITY]"),
                 "a.t.x -> b.t.x identity ; a.t.x -> b.t.x identity ; ");
    }

    void mergingKeepsWhereAnEdgeIsFrom()
    {
        EstateBuilder builder;
        builder.add(estateOf("a.t.x -> b.t.x by sql [IDENTITY]\na.t.y ~> b.t by sql [SORT]"));
        QCOMPARE(edgesIn(builder.estate()),
                 "a.t.x -> b.t.x identity read (query); a.t.y ~> b.t sort read (query); ");
        Estate stated = estateOf("a.t.x -> b.t.x by sql [IDENTITY]");
        stated.columnEdges[0].isFromQuery = false;
        builder.add(stated);
        QCOMPARE(edgesIn(builder.estate()),
                 "a.t.x -> b.t.x identity read; a.t.y ~> b.t sort read (query); ");
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::QueryEdgesTest)
#include "query_edges_test.moc"
