// SPDX-License-Identifier: Apache-2.0
// Times and memory of pieces of work, and what a benchmark measured as a line of a table and as a line of JSON. Quote medians.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace portolan::bench {

inline double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

inline double milliseconds(std::chrono::steady_clock::time_point since)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - since)
        .count();
}

template <class Work>
double timeOf(Work work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return milliseconds(start);
}

// Of a child that does the work alone, so that nothing else is in the figure.
template <class Work>
double peakMegabytes(Work work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        std::_Exit(0);
    }
    int status = 0;
    struct rusage usage = {};
    ::wait4(child, &status, 0, &usage);
    if (status != 0)
        std::abort();
    return static_cast<double>(usage.ru_maxrss) / 1024;
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
