// SPDX-License-Identifier: Apache-2.0
// Prints what a benchmark measured, as a line of a table and as a line of JSON. Quote medians.
#pragma once

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

namespace portolan::bench {

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

// `ours` and `anchor` are of the same unit and of the same run; the goal is for ours / anchor.
inline void report(const std::string& operation, const std::string& workload, double ours,
                   double anchor, double goal, const std::string& unit = "ms")
{
    const double ratio = anchor > 0 ? ours / anchor : 0;
    std::printf("%-28s %-40s ours %9.1f %s   anchor %9.1f %s   ratio %6.2f   goal %5.2f   %s\n",
                operation.c_str(), workload.c_str(), ours, unit.c_str(), anchor, unit.c_str(),
                ratio, goal, ratio <= goal ? "met" : "MISSED");
    std::printf(
        R"({"operation": "%s", "workload": "%s", "unit": "%s", "ours": %.3f, "anchor": %.3f, "ratio": %.4f, "goal": %.2f})"
        "\n",
        operation.c_str(), workload.c_str(), unit.c_str(), ours, anchor, ratio, goal);
}

}  // namespace portolan::bench
