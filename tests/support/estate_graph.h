// SPDX-License-Identifier: Apache-2.0
// The graph of an estate of any size: contexts with layers of datasets, most inputs from the layer before, some from other contexts.
// The same numbers give the same graph on every machine: 20,000 datasets in 400 contexts have 34,715 edges.
#pragma once

#include "model/layout/layout.h"

#include <QByteArray>
#include <QCryptographicHash>

#include <array>
#include <set>

namespace portolan {

// The generator MT19937 seeded with a text, as Python's random.Random(text) is.
class SeededUnit {
public:
    explicit SeededUnit(const QByteArray& text)
    {
        const QByteArray bytes = text + QCryptographicHash::hash(text, QCryptographicHash::Sha512);
        std::vector<std::uint32_t> key;
        for (qsizetype end = bytes.size(); end > 0; end -= 4) {
            std::uint32_t word = 0;
            for (qsizetype i = std::max<qsizetype>(0, end - 4); i < end; ++i)
                word = word << 8 | static_cast<unsigned char>(bytes[i]);
            key.push_back(word);
        }
        start(key);
    }

    // From 0 up to, not including, 1.
    double unit()
    {
        const std::uint32_t high = next() >> 5;
        const std::uint32_t low = next() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }
    int below(int end) { return static_cast<int>(unit() * end); }
    bool chance(double probability) { return unit() < probability; }

private:
    static constexpr std::size_t size = 624;

    void start(const std::vector<std::uint32_t>& key)
    {
        m_state[0] = 19650218U;
        for (std::uint32_t i = 1; i < size; ++i)
            m_state[i] = 1812433253U * (m_state[i - 1] ^ m_state[i - 1] >> 30) + i;
        std::size_t i = 1;
        const auto step = [&] {
            if (++i < size)
                return;
            m_state[0] = m_state[size - 1];
            i = 1;
        };
        const auto before = [&] { return m_state[i - 1] ^ m_state[i - 1] >> 30; };
        for (std::size_t k = 0; k < std::max(size, key.size()); ++k) {
            const std::size_t j = k % key.size();
            m_state[i] =
                (m_state[i] ^ before() * 1664525U) + key[j] + static_cast<std::uint32_t>(j);
            step();
        }
        for (std::size_t k = 1; k < size; ++k) {
            m_state[i] = (m_state[i] ^ before() * 1566083941U) - static_cast<std::uint32_t>(i);
            step();
        }
        m_state[0] = 0x80000000U;
        m_at = size;
    }

    std::uint32_t next()
    {
        if (m_at == size)
            turn();
        std::uint32_t value = m_state[m_at++];
        value ^= value >> 11;
        value ^= value << 7 & 0x9d2c5680U;
        value ^= value << 15 & 0xefc60000U;
        return value ^ value >> 18;
    }

    void turn()
    {
        for (std::size_t i = 0; i < size; ++i) {
            const std::uint32_t y =
                (m_state[i] & 0x80000000U) | (m_state[(i + 1) % size] & 0x7fffffffU);
            m_state[i] = m_state[(i + 397) % size] ^ y >> 1 ^ (y % 2 == 0 ? 0 : 0x9908b0dfU);
        }
        m_at = 0;
    }

    std::array<std::uint32_t, size> m_state{};
    std::size_t m_at = size;
};

struct EstateGraphSizes {
    int datasets = 20000;
    int contexts = 400;
    int layers = 8;
    double edgeFactor = 1.75;
    double cross = 0.06;  // chance that an input is of another context
};

namespace estate_graph {

inline std::vector<int> contextSizes(const EstateGraphSizes& wished, int contexts,
                                     SeededUnit& random)
{
    std::vector<double> weights;
    double total = 0;
    for (int context = 0; context < contexts; ++context) {
        weights.push_back(1.0 / (1 + 0.15 * (context % 17)));
        total += weights.back();
    }
    std::vector<int> sizes;
    int sum = 0;
    for (const double weight : weights) {
        sizes.push_back(
            std::max(wished.layers, static_cast<int>(wished.datasets * weight / total)));
        sum += sizes.back();
    }
    while (sum > wished.datasets && *std::max_element(sizes.begin(), sizes.end()) > wished.layers) {
        --*std::max_element(sizes.begin(), sizes.end());
        --sum;
    }
    for (; sum < wished.datasets; ++sum)
        ++sizes[static_cast<std::size_t>(random.below(contexts))];
    return sizes;
}

struct Row {
    int first = 0;
    int size = 0;
};

}  // namespace estate_graph

// Nodes of one size in groups, one for each context.
inline LayoutRequest estateGraph(const EstateGraphSizes& sizes)
{
    using estate_graph::Row;
    SeededUnit random("1/estate");
    const int contexts =
        std::max(1, std::min(sizes.contexts, std::max(1, sizes.datasets / sizes.layers)));
    const std::vector<int> contextSizes = estate_graph::contextSizes(sizes, contexts, random);
    LayoutRequest request;
    std::vector<std::vector<Row>> cells;
    int fed = 0;
    int count = 0;
    for (int context = 0; context < contexts; ++context) {
        request.groups.push_back({-1, 90, 0});
        std::vector<Row> rows;
        const int size = contextSizes[static_cast<std::size_t>(context)];
        int left = size;
        for (int layer = 0; layer < sizes.layers; ++layer) {
            int share = left;
            if (layer < sizes.layers - 1)
                share = std::max(
                    1,
                    static_cast<int>(size * (1.35 - 0.7 * layer / std::max(1, sizes.layers - 1)) /
                                     sizes.layers));
            share = std::max(1, std::min(share, left - (sizes.layers - 1 - layer)));
            rows.push_back({count, share});
            count += share;
            left -= share;
            fed += layer > 0 ? share : 0;
        }
        cells.push_back(rows);
        request.nodes.resize(static_cast<std::size_t>(count), {130, 36, context, std::nullopt});
    }
    const double mean = sizes.edgeFactor * count / std::max(1, fed);
    double owed = 0;
    for (int c = 0; c < contexts; ++c) {
        const std::vector<Row>& rows = cells[static_cast<std::size_t>(c)];
        for (int layer = 1; layer < sizes.layers; ++layer) {
            const Row here = rows[static_cast<std::size_t>(layer)];
            for (int at = 0; at < here.size; ++at) {
                owed += mean * (0.5 + random.unit());
                const int wanted = std::max(1, static_cast<int>(owed));
                owed -= wanted;
                std::set<int> inputs;
                for (int tries = 0; tries < wanted * 3 && static_cast<int>(inputs.size()) < wanted;
                     ++tries) {
                    if (contexts > 1 && random.chance(sizes.cross)) {
                        const int other =
                            (c + 1 + random.below(std::min(6, contexts - 1))) % contexts;
                        if (other < c) {
                            const Row last = cells[static_cast<std::size_t>(other)].back();
                            inputs.insert(last.first + random.below(last.size));
                        }
                        continue;
                    }
                    const int up = random.chance(0.8) ? layer - 1 : random.below(layer);
                    const Row row = rows[static_cast<std::size_t>(up)];
                    const int near = at * row.size / here.size;
                    const int span = std::max(2, row.size / 20);
                    inputs.insert(row.first + std::clamp(near + random.below(2 * span + 1) - span,
                                                         0, row.size - 1));
                }
                if (inputs.empty()) {
                    const Row row = rows[static_cast<std::size_t>(layer - 1)];
                    inputs.insert(row.first + random.below(row.size));
                }
                for (const int input : inputs) {
                    LayoutEdge edge;
                    edge.from = input;
                    edge.to = here.first + at;
                    request.edges.push_back(edge);
                }
            }
        }
    }
    return request;
}

}  // namespace portolan
