// SPDX-License-Identifier: Apache-2.0
// The runs of a source, put together from events in any order: what a run reads and writes adds up over its events.
//
// There may be millions of runs but only some hundreds of different sets of inputs and outputs, so each run is 24 bytes and names
// its set by number.
#pragma once

#include "model/estate/estate.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan {

struct RunId {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    // A run is of one job: what several jobs call by one id are several runs, else the inputs of each would lead to the outputs of all.
    std::uint32_t job = 0;
    friend bool operator==(const RunId&, const RunId&) = default;
};

// Of "3f5e83fa-3480-44ff-99c5-ff943904e5e8"; empty for anything else, such as a template.
std::optional<RunId> runIdFrom(std::string_view text);

class OpenLineageRuns {
public:
    using Datasets = std::vector<DatasetIndex>;  // sorted, each once

    struct Merged {
        const Datasets* inputs = nullptr;
        const Datasets* outputs = nullptr;
        bool isNewRun = true;
        bool hasGrown = true;  // the sets are others than before this event
    };
    // Adds an event's datasets to its run.
    Merged add(const RunId& id, Datasets inputs, Datasets outputs);

    std::size_t size() const { return m_size; }

private:
    struct Run {
        RunId id;
        std::uint32_t sets = empty;
    };
    static constexpr std::uint32_t empty = 0xFFFFFFFF;

    Run& slot(const RunId& id);
    void grow();
    std::uint32_t numberOf(std::pair<Datasets, Datasets> sets);

    std::vector<Run> m_runs;  // open addressing
    std::size_t m_size = 0;
    std::map<std::pair<Datasets, Datasets>, std::uint32_t> m_numbers;
    std::vector<const std::pair<Datasets, Datasets>*> m_sets;
};

}  // namespace portolan
