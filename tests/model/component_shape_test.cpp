// SPDX-License-Identifier: Apache-2.0
#include "model/layout/component_shape.h"
#include "tests/support/text_output.h"

#include <QObject>

#include <random>

namespace portolan {
namespace {

bool overlap(const std::vector<Rect>& boxes)
{
    for (std::size_t a = 0; a < boxes.size(); ++a) {
        for (std::size_t b = a + 1; b < boxes.size(); ++b) {
            if (boxes[a].intersects(boxes[b]))
                return true;
        }
    }
    return false;
}

Rect around(const std::vector<Rect>& boxes)
{
    Rect all;
    for (const Rect& box : boxes)
        all = all.united(box);
    return all;
}

}  // namespace

class ComponentShapeTest : public QObject {
    Q_OBJECT

private slots:
    void aGoodShapeIsLeftAlone()
    {
        std::vector<Rect> boxes;
        for (int i = 0; i < 60; ++i)
            boxes.push_back({i % 10 * 300.0, i / 10 * 100.0, 200, 70});
        const std::vector<Rect> before = boxes;
        reshape(boxes);
        QVERIFY(boxes == before);
        std::vector<Rect> none;
        reshape(none);
        QVERIFY(none.empty());
    }

    void aLongRowIsBrokenIntoRows()
    {
        std::vector<Rect> boxes;
        for (int i = 0; i < 80; ++i)
            boxes.push_back({i * 400.0, i % 3 * 5.0, 200, 70});
        reshape(boxes);
        QVERIFY(!overlap(boxes));
        QVERIFY(around(boxes).width < 4 * around(boxes).height);
        for (std::size_t i = 0; i + 1 < boxes.size(); ++i)  // the next one is to the right or below
            QVERIFY(boxes[i + 1].x > boxes[i].x || boxes[i + 1].y > boxes[i].bottom());
    }

    void aHighColumnIsBrokenAndItsNeighboursStayBesideIt()
    {
        std::vector<Rect> boxes{{0, 19900, 200, 70}};
        for (int i = 0; i < 400; ++i)
            boxes.push_back({400, i * 100.0, 200, 70});
        boxes.push_back({800, 19900, 200, 70});
        reshape(boxes);
        QVERIFY(!overlap(boxes));
        QVERIFY(around(boxes).height < 3 * around(boxes).width);
        for (std::size_t i = 1; i <= 400; ++i) {
            QVERIFY(boxes[i].x >= boxes.front().right());
            QVERIFY(boxes[i].right() <= boxes.back().x);
        }
        QVERIFY(boxes[1].y < boxes[2].y);
    }

    void boxesOfAnySizeStayApart()
    {
        std::mt19937 random(4);
        const auto below = [&random](int end) {
            return static_cast<int>(random() % static_cast<unsigned>(end));
        };
        for (int round = 0; round < 40; ++round) {
            std::vector<Rect> boxes;
            const int columns = 1 + below(60);
            for (int column = 0; column < columns; ++column) {
                double y = -below(9000);
                for (int box = below(round * 3 + 1); box >= 0; --box) {
                    boxes.push_back(
                        {column * 900.0 + below(200), y, 100.0 + below(600), 30.0 + below(900)});
                    y = boxes.back().bottom() + below(300);
                }
            }
            QVERIFY(!overlap(boxes));
            const std::size_t count = boxes.size();
            reshape(boxes);
            QCOMPARE(boxes.size(), count);
            QVERIFY(!overlap(boxes));
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ComponentShapeTest)
#include "component_shape_test.moc"
