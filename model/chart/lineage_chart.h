// SPDX-License-Identifier: Apache-2.0
// The chart of lineage around some things: what a person has asked to see of it, by hops and by hand, at any grain. Cost grows with what
// is shown.
#pragma once

#include "model/analysis/lineage/lineage_roll_up.h"
#include "model/analysis/lineage/published_datasets.h"
#include "model/chart/chart.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace portolan {

// What is shown. Things are named as everywhere, so that this outlives an import.
struct LineageScope {
    LineageGrain grain = LineageGrain::Datasets;
    std::vector<EntityRef> roots;  // datasets, columns, products, contexts ...
    std::uint32_t up = 1;          // hops from the roots
    std::uint32_t down = 2;
    std::set<EntityRef> moreUp;  // cards with one hop more than that
    std::set<EntityRef> moreDown;
    std::set<EntityRef> allUp;  // all the way
    std::set<EntityRef> allDown;
    std::set<EntityRef> pinned;        // stay when the rest changes
    bool showsColumns = false;         // of each dataset
    std::set<EntityRef> otherColumns;  // datasets with whose columns it is the other way round
    std::set<EntityRef> allRows;       // datasets whose columns all have rows
    std::vector<EntityRef> columns;    // that have a row in any case: the selected ones
    bool showsJobs = true;             // as nodes; else as words on the edges
    bool hidesInternal = false;        // what only tools made; the edges across are implied
    std::vector<std::vector<EntityRef>>
        paths;  // only these ways and nothing else, when there are any
};

// What an edge of the chart stands for.
struct ShownFlow {
    std::vector<std::uint32_t>
        edges;  // numbers in Estate::lineageEdges; empty: implied, through hidden ones
    std::vector<DatasetIndex> through;  // the hidden ones
};

// A flow over a context's border that is in the picture.
struct ShownCrossing {
    std::size_t edge = 0;  // number in Chart::edges
    ContextId from;
    ContextId to;
    bool hasContract = false;
};

struct LineagePicture {
    Chart chart;
    std::vector<ShownFlow> flows;  // by edge of the chart
    std::vector<ShownCrossing> crossings;
    std::size_t shown = 0;      // datasets (products, contexts), without jobs
    std::size_t reachable = 0;  // from the roots, in either direction, with them
    std::size_t internal = 0;   // hidden as what only tools made
    bool isCut = false;         // there are more than `mostShown`
};

inline constexpr std::size_t mostLineageShown = 500;
inline constexpr std::size_t rowsShown = 6;  // of a dataset, unless all are asked for

// All belong to one estate and map, and outlive the call.
struct LineageFacts {
    const LineageRollUp& rollUp;
    const ContextMap& map;
    const EstateOwnership& ownership;
    const std::vector<PublishedDataset>& published;
};

LineagePicture lineageChart(const LineageFacts& facts, const LineageScope& scope);

}  // namespace portolan
