// SPDX-License-Identifier: Apache-2.0
// What is different in the lineage of two estates, most often of two times: datasets, columns and the edges between them, told apart
// by their keys. A rename is a removal and an addition; nothing is guessed. In time linear in both estates.
#pragma once

#include "model/base/result.h"
#include "model/estate/estate.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

class Progress;

enum class LineageThing : std::uint8_t { Dataset, Column, DatasetEdge, ColumnEdge };
enum class LineageChangeType : std::uint8_t { Added, Removed, Changed };

std::string_view
toString(LineageThing thing);  // "dataset", "column", "dataset edge", "column edge"
std::string_view toString(LineageChangeType type);  // "added", "removed", "changed"

struct LineageChange {
    LineageThing thing = LineageThing::Dataset;
    LineageChangeType type = LineageChangeType::Added;
    std::string dataset;  // its key; of an edge: where it leads
    std::string
        column;  // of a column, and where an edge of columns leads; empty for an influence on the whole dataset
    std::string fromDataset;  // of edges
    std::string fromColumn;
    // Of what was added only `after`, of what was removed only `before`: the type of a dataset or column, the kinds of an edge of
    // columns ("filter, identity").
    std::string before;
    std::string after;
    // Keys of what is still there and read it directly: datasets and, as "consumer:<id>", consumers; sorted. Only of what was removed;
    // an edge that went with one of its ends breaks nothing by itself.
    std::vector<std::string> breaks;

    bool isBreaking() const { return !breaks.empty(); }
    friend bool operator==(const LineageChange&, const LineageChange&) = default;
};

// "shop.orders#id -> mart.facts#order_id": a thing's name within all changes.
std::string keyOf(const LineageChange& change);

struct LineageDifference {
    // All that concerns one dataset, an edge at the dataset where it leads; the dataset's own change first, then by column.
    struct Group {
        std::string dataset;
        std::vector<LineageChange> changes;
    };
    std::vector<Group> groups;  // by dataset
    // By LineageThing and LineageChangeType.
    std::array<std::array<std::size_t, 3>, 4> counts = {};
    std::size_t breaking = 0;

    std::size_t count(LineageThing thing, LineageChangeType type) const
    {
        return counts[static_cast<std::size_t>(thing)][static_cast<std::size_t>(type)];
    }
    bool isEmpty() const { return groups.empty(); }
};

// "cancelled" when it is stopped.
Result<LineageDifference> lineageDifference(const Estate& before, const Estate& after,
                                            Progress& progress);

}  // namespace portolan
