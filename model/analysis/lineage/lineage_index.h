// SPDX-License-Identifier: Apache-2.0
// Answers reachability over one estate: closure, shortest path, all paths. The one place for it: every view and portolanctl ask here.
// Edges in both directions as compressed adjacency (offsets and neighbours), datasets and columns apart. Built once, then read by any
// thread.
#pragma once

#include "model/estate/estate.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace portolan {

class Progress;

enum class LineageLevel : std::uint8_t { Datasets, Columns };
enum class LineageDirection : std::uint8_t { Upstream, Downstream };

// A dataset's or a column's number in the estate, as the level says.
using LineageNode = std::uint32_t;

// What is reached from some nodes: breadth first, each node once, the nearest first.
struct LineageClosure {
    struct Step {
        LineageNode node = 0;
        std::uint32_t hops = 0;  // from the nearest of the starting nodes; 0: one of them
        bool isDirect =
            true;  // some way that carries values leads here; else only filters, joins and the like
    };
    std::vector<Step> steps;    // the starting nodes first
    bool isCutAtDepth = false;  // more lies beyond the depth that was asked for
};

struct ClosureRequest {
    LineageDirection direction = LineageDirection::Downstream;
    std::uint32_t depth = UINT32_MAX;  // hops
    bool followsIndirect = true;       // columns: also filters, joins, sorts
};

// Ways from one node to another, the shortest first; among equally long ones by their nodes.
struct LineagePaths {
    std::vector<std::vector<LineageNode>> paths;  // each from `from` to `to`, no node twice
    bool hasMore = false;                         // the bounds stopped it
};

struct PathRequest {
    std::uint32_t mostPaths = 100;
    std::uint32_t mostHops = 64;
    bool followsIndirect = true;
};

// Which edges of the estate an adjacency stands for.
struct LineageLink {
    LineageNode node = 0;  // the neighbour
    std::uint32_t edge =
        0;  // number in Estate::lineageEdges or columnEdges: the first one between the two
    bool isDirect = true;  // columns: some edge between the two carries the value
};

class LineageIndex {
public:
    // An edge from a node to itself is left out. Several edges between two nodes are one link.
    explicit LineageIndex(EstatePtr estate);
    LineageIndex(LineageIndex&&) noexcept;
    LineageIndex& operator=(LineageIndex&&) noexcept;
    ~LineageIndex();

    const Estate& estate() const;

    // Neighbours in the order of their numbers. Influences on a whole dataset are not links; see influencedBy.
    std::span<const LineageLink> links(LineageLevel level, LineageDirection direction,
                                       LineageNode node) const;
    // All edges between two nodes: numbers in Estate::lineageEdges or columnEdges, ordered; from: the upstream one.
    std::vector<std::uint32_t> edgesBetween(LineageLevel level, LineageNode from,
                                            LineageNode to) const;

    // Influences of columns on whole datasets (filters, joins): numbers in Estate::influences.
    std::span<const std::uint32_t> influencesOf(ColumnIndex column) const;  // that it has
    std::span<const std::uint32_t>
    influencesOn(DatasetIndex dataset) const;  // that the dataset is under

    // An influence on a dataset reaches, indirectly, each of its columns.
    LineageClosure closure(LineageLevel level, std::span<const LineageNode> from,
                           const ClosureRequest& request) const;

    // Empty: no way leads there.
    std::vector<LineageNode> shortestPath(LineageLevel level, LineageNode from, LineageNode to,
                                          bool followsIndirect = true) const;
    LineagePaths paths(LineageLevel level, LineageNode from, LineageNode to,
                       const PathRequest& request, Progress& progress) const;

private:
    struct Tables;
    std::unique_ptr<Tables> m_tables;
};

}  // namespace portolan
