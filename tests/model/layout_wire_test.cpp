// SPDX-License-Identifier: Apache-2.0
#include "model/layout/layout_wire.h"
#include "tests/support/text_output.h"

#include <QObject>

#include <cmath>
#include <limits>

namespace portolan {
namespace {

LayoutRequest smallRequest()
{
    LayoutRequest request;
    request.groups = {{-1, 80, 40}, {0, 60, 0}};
    request.nodes = {{196, 74, 0, std::nullopt}, {196, 74, 1, Point{400, 0}}, {90, 30, -1, {}}};
    request.edges = {{0, 1, 3, true, {66, 1, false}, {60, 2, true}, 90, 20},
                     {1, 2, 1, false, {}, {}, 0, 0}};
    return request;
}

}  // namespace

class LayoutWireTest : public QObject {
    Q_OBJECT

private slots:
    void bringsARequestAndAResultAcross()
    {
        const LayoutRequest request = smallRequest();
        const auto arrived = layoutRequestFrom(toBytes(request));
        QVERIFY(arrived.has_value());
        QCOMPARE(toBytes(*arrived), toBytes(request));
        QCOMPARE(arrived->nodes[1].fixed->x, 400.0);

        const LayoutResult result = completeLayout(request, {{0, 0}, {0, 0}, {0, 300}});
        const auto answered = layoutResultFrom(toBytes(result), request);
        QVERIFY(answered.has_value());
        QCOMPARE(toBytes(*answered), toBytes(result));
        QVERIFY(answered->edges[0].points == result.edges[0].points);
    }

    void refusesWhatIsCutOrForeign()
    {
        const LayoutRequest request = smallRequest();
        const std::string asked = toBytes(request);
        const std::string answer = toBytes(completeLayout(request, {{0, 0}, {0, 0}, {0, 300}}));
        for (std::size_t length = 0; length < asked.size(); ++length)
            QVERIFY(!layoutRequestFrom(std::string_view(asked).substr(0, length)));
        for (std::size_t length = 0; length < answer.size(); ++length)
            QVERIFY(!layoutResultFrom(std::string_view(answer).substr(0, length), request));
        QVERIFY(!layoutRequestFrom(asked + "x"));
        LayoutRequest other = request;
        other.nodes.pop_back();
        other.edges.pop_back();
        QCOMPARE(layoutResultFrom(answer, other).error().message,
                 std::string("The layout helper answered with something else than a layout."));
    }

    void survivesAnyDamagedByte()
    {
        const LayoutRequest request = smallRequest();
        const std::string answer = toBytes(completeLayout(request, {{0, 0}, {0, 0}, {0, 300}}));
        for (std::size_t at = 0; at < answer.size(); ++at) {
            std::string damaged = answer;
            damaged[at] = static_cast<char>(damaged[at] ^ 0xFF);
            if (const auto result = layoutResultFrom(damaged, request)) {
                for (const Point position : result->positions)
                    QVERIFY(std::isfinite(position.x) && std::isfinite(position.y));
            }
        }
    }

    void keepsSizesWithinReason()
    {
        LayoutRequest request = smallRequest();
        request.nodes[0].width = std::numeric_limits<double>::quiet_NaN();
        request.nodes[0].height = 1e20;
        request.nodes[2].width = -5;
        const auto arrived = layoutRequestFrom(toBytes(request));
        QVERIFY(arrived.has_value());
        QCOMPARE(arrived->nodes[0].width, 8.0);
        QCOMPARE(arrived->nodes[0].height, 4000.0);
        QCOMPARE(arrived->nodes[2].width, 8.0);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::LayoutWireTest)
#include "layout_wire_test.moc"
