// SPDX-License-Identifier: Apache-2.0
// A region that did not change is not laid out again, and what is remembered changes no picture.
#include "model/layout/layout_wire.h"
#include "model/layout/part_memory.h"
#include "model/layout/simple_layout.h"
#include "tests/support/estate_graph.h"
#include "tests/support/text_output.h"

#include <QObject>

#include <cstring>
#include <limits>

namespace portolan {
namespace {

struct Composed {
    std::vector<Point> positions;
    int laidOut = 0;  // parts that were not remembered
    std::string memory;
};

Composed compose(const LayoutRequest& request, std::string_view memoryBytes)
{
    Composed composed;
    PartMemory memory = PartMemory::from(memoryBytes);
    composed.positions = composedLayout(request, [&](const LayoutRequest& part) {
        return memory.recall(part, [&composed](const LayoutRequest& unknown) {
            ++composed.laidOut;
            return simpleLayout(unknown);
        });
    });
    composed.memory = memory.toBytes();
    return composed;
}

LayoutRequest estate()
{
    return estateGraph({.datasets = 2000, .contexts = 40});
}

}  // namespace

class PartMemoryTest : public QObject {
    Q_OBJECT

private slots:
    void theSameGraphNeedsNoLayout()
    {
        const LayoutRequest request = estate();
        const Composed first = compose(request, {});
        const Composed again = compose(request, first.memory);
        QVERIFY(first.laidOut >= 40);
        QCOMPARE(again.laidOut, 0);
        QVERIFY(again.positions == first.positions);
        QCOMPARE(again.memory, first.memory);
    }

    void onlyTheRegionThatChangedIsLaidOut()
    {
        LayoutRequest request = estate();
        const Composed first = compose(request, {});
        request.nodes[1000].width = 170;
        const Composed changed = compose(request, first.memory);
        QVERIFY(changed.laidOut >= 1);
        QVERIFY(changed.laidOut <= 2);  // its component, and the overview where its region has one
        QVERIFY(changed.positions == compose(request, {}).positions);
    }

    void partsThatAreGoneAreForgotten()
    {
        const Composed large = compose(estate(), {});
        const LayoutRequest other = estateGraph({.datasets = 200, .contexts = 4});
        QCOMPARE(compose(other, large.memory).memory, compose(other, {}).memory);
    }

    void damagedMemoryIsNoMemory()
    {
        const LayoutRequest request = estateGraph({.datasets = 200, .contexts = 4});
        const Composed first = compose(request, {});
        QVERIFY(first.laidOut > 0);
        std::string notANumber = first.memory;
        const double odd = std::numeric_limits<double>::quiet_NaN();
        std::memcpy(notANumber.data() + 12, &odd, sizeof odd);
        std::string tooMany = first.memory;
        std::memset(tooMany.data() + 8, 0x7f, 4);
        for (const std::string& bytes : {first.memory.substr(0, first.memory.size() - 1),
                                         std::string("nonsense"), notANumber, tooMany}) {
            const Composed again = compose(request, bytes);
            QCOMPARE(again.laidOut, first.laidOut);
            QVERIFY(again.positions == first.positions);
        }
    }

    void messagesHaveAMemoryOrNone()
    {
        const std::string message = withMemory("abc", "rest");
        QVERIFY(messageParts(message).hasMemory);
        QCOMPARE(std::string(messageParts(message).memory), std::string("abc"));
        QCOMPARE(std::string(messageParts(message).rest), std::string("rest"));
        const std::string plain = toBytes(estateGraph({.datasets = 20, .contexts = 1}));
        QVERIFY(!messageParts(plain).hasMemory);
        QVERIFY(messageParts(plain).rest == plain);
        // A length that is not true: a message that no reader takes.
        const std::string cut = message.substr(0, 9);
        QVERIFY(!messageParts(cut).hasMemory);
        QVERIFY(!layoutRequestFrom(messageParts(cut).rest));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::PartMemoryTest)
#include "part_memory_test.moc"
