// SPDX-License-Identifier: Apache-2.0
// What changed in the lineage between two estates: against lists written by hand, and against what was done to a generated estate.
#include "model/analysis/lineage/lineage_difference.h"

#include "model/base/progress.h"
#include "tests/support/estate_text.h"
#include "tests/support/text_output.h"

#include <QElapsedTimer>

#include <random>
#include <set>

namespace portolan {
namespace {

const std::string shop = "crm.raw.id       -> orders.core.customer by load\n"
                         "orders.raw.id    -> orders.core.order_id by load\n"
                         "orders.raw.state ~> orders.core by load [FILTER]\n"
                         "orders.core.order_id -> billing.facts.order_id by bill\n"
                         "orders.core.customer -> billing.facts.payer by bill\n";

LineageDifference between(const Estate& before, const Estate& after)
{
    Progress progress;
    return *lineageDifference(before, after, progress);
}

// One change a line, keys without what all have.
std::string textOf(const LineageDifference& difference)
{
    std::string text;
    for (const LineageDifference::Group& group : difference.groups) {
        for (const LineageChange& change : group.changes) {
            text += std::string(toString(change.type)) + " " + std::string(toString(change.thing)) +
                    " " + keyOf(change);
            if (!change.before.empty() || !change.after.empty())
                text += " (" + change.before + " | " + change.after + ")";
            for (const std::string& one : change.breaks)
                text += " breaks " + one;
            text += "\n";
        }
    }
    for (const std::string prefix : {"postgres://db/", "postgres:db/", "postgres/db/"})
        for (std::size_t at = 0; (at = text.find(prefix, at)) != std::string::npos;)
            text.erase(at, prefix.size());
    return text;
}

std::string changes(const std::string& before, const std::string& after)
{
    return textOf(between(*estateFrom(before), *estateFrom(after)));
}

std::string replaced(std::string text, const std::string& what, const std::string& by)
{
    const std::size_t at = text.find(what);
    return at == std::string::npos ? "(no " + what + ")" : text.replace(at, what.size(), by);
}

}  // namespace

class LineageDifferenceTest : public QObject {
    Q_OBJECT

private slots:
    void theSameIsNone()
    {
        QVERIFY(between(*estateFrom(shop), *estateFrom(shop)).isEmpty());
        QVERIFY(between(*estateFrom(""), *estateFrom("")).isEmpty());
    }

    void aNewColumnWithItsEdge()
    {
        QCOMPARE(
            changes(shop, shop + "orders.raw.kind -> orders.core.kind by load [AGGREGATION]\n"),
            "added column orders.core#kind\n"
            "added column edge orders.raw#kind -> orders.core#kind ( | aggregation)\n"
            "added column orders.raw#kind\n");
    }

    void aRemovedColumnBreaksWhoReadsIt()
    {
        QCOMPARE(
            changes(shop + "billing.facts.payer\n",
                    replaced(replaced(shop, "crm.raw.id       -> orders.core.customer by load", ""),
                             "orders.core.customer -> billing.facts.payer by bill",
                             "billing.facts.payer") +
                        "crm.raw.id\n"),
            "removed column edge orders.core#customer -> billing.facts#payer (unknown | )\n"
            "removed column orders.core#customer breaks billing.facts\n"
            "removed dataset edge crm.raw -> orders.core breaks billing.facts\n"
            "removed column edge crm.raw#id -> orders.core#customer (unknown | )\n");
    }

    void aRemovedDatasetBreaksWhoIsStillThere()
    {
        const std::string after = "crm.raw.id\norders.raw.id\norders.raw.state\n"
                                  "billing.facts.order_id\nbilling.facts.payer\n";
        const LineageDifference difference = between(*estateFrom(shop), *estateFrom(after));
        QCOMPARE(difference.count(LineageThing::Dataset, LineageChangeType::Removed),
                 std::size_t(1));
        QCOMPARE(difference.count(LineageThing::DatasetEdge, LineageChangeType::Removed),
                 std::size_t(3));
        QCOMPARE(difference.count(LineageThing::ColumnEdge, LineageChangeType::Removed),
                 std::size_t(5));
        QVERIFY(textOf(difference).find("removed dataset orders.core breaks billing.facts\n") !=
                std::string::npos);
        // With its reader it goes without breaking anything.
        QCOMPARE(between(*estateFrom(shop), *estateFrom("crm.raw.id\n")).breaking, std::size_t(0));
    }

    void anotherKindAndAnotherType()
    {
        QCOMPARE(changes(shop, replaced(shop, "[FILTER]", "[JOIN]")),
                 "changed column edge orders.raw#state -> orders.core (filter | join)\n");
        Estate before = *estateFrom(shop);
        Estate after = before;
        before.columns[columnOf(before, "orders.core.order_id").value].type = "int";
        after.columns[columnOf(after, "orders.core.order_id").value].type = "bigint";
        QCOMPARE(textOf(between(before, after)),
                 "changed column orders.core#order_id (int | bigint)\n");
    }

    void consumersAreHit()
    {
        Estate before = *estateFrom(shop);
        Estate after = *estateFrom("orders.core.order_id\n");
        for (const char* id : {"portal", "gone"})
            before.consumers.push_back({id, id, {}, {}, {datasetOf(before, "billing.facts")}, {}});
        after.consumers.push_back({"portal", "portal", {}, {}, {}, {}});
        QVERIFY(textOf(between(before, after))
                    .find("removed dataset billing.facts breaks consumer:portal\n") !=
                std::string::npos);
    }

    // Truth: the lines that were taken out and put in.
    void findsJustWhatWasDone()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 30; ++round) {
            std::set<std::string> before;
            std::set<std::string> after;
            std::string common;
            for (int i = 0; i < 40; ++i)
                common += "d." + std::to_string(i) + ".c\n";
            for (int i = 0; i < 120; ++i) {
                const std::string from = std::to_string(random() % 40);
                const std::string to = std::to_string(random() % 40);
                if (from == to)
                    continue;
                const std::string line = "d." + from + ".c -> d." + to + ".c\n";
                if (random() % 4 != 0)
                    before.insert(line);
                if (random() % 4 != 0)
                    after.insert(line);
            }
            std::string left = common;
            std::string right = common;
            std::size_t added = 0;
            for (const std::string& line : before)
                left += line;
            for (const std::string& line : after) {
                right += line;
                added += before.contains(line) ? 0 : 1;
            }
            const std::size_t removed = before.size() + added - after.size();
            const LineageDifference difference = between(*estateFrom(left), *estateFrom(right));
            for (const LineageThing thing : {LineageThing::DatasetEdge, LineageThing::ColumnEdge}) {
                QCOMPARE(difference.count(thing, LineageChangeType::Added), added);
                QCOMPARE(difference.count(thing, LineageChangeType::Removed), removed);
            }
            QCOMPARE(difference.count(LineageThing::Dataset, LineageChangeType::Added) +
                         difference.count(LineageThing::Column, LineageChangeType::Removed),
                     std::size_t(0));
        }
    }

    void aHundredThousandEdges()
    {
        const auto estateOf = [](int edges) {
            Estate estate;
            for (int i = 0; i <= edges; ++i) {
                Dataset dataset;
                dataset.path = "d" + std::to_string(i);
                dataset.columns = {ColumnIndex(std::size_t(i))};
                estate.datasets.push_back(dataset);
                Column column;
                column.dataset = DatasetIndex(std::size_t(i));
                column.name = "c";
                estate.columns.push_back(column);
            }
            for (int i = 0; i < edges; ++i) {
                LineageEdge edge;
                edge.from = DatasetIndex(std::size_t(i));
                edge.to = DatasetIndex(std::size_t(i) + 1);
                estate.lineageEdges.push_back(edge);
            }
            return estate;
        };
        const Estate before = estateOf(100'000);
        const Estate after = estateOf(99'990);
        QElapsedTimer timer;
        timer.start();
        const LineageDifference difference = between(before, after);
        qInfo("100,000 datasets, columns and edges: %lld ms", timer.elapsed());
        QCOMPARE(difference.count(LineageThing::DatasetEdge, LineageChangeType::Removed),
                 std::size_t(10));
    }

    void stopsWhenTold()
    {
        Progress progress;
        progress.requestStop();
        const auto difference = lineageDifference(*estateFrom(shop), *estateFrom(shop), progress);
        QVERIFY(!difference && isCancelled(difference.error()));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::LineageDifferenceTest)
#include "lineage_difference_test.moc"
