// SPDX-License-Identifier: Apache-2.0
#include "model/import/lineage/openlineage_runs.h"

#include <algorithm>
#include <iterator>

namespace portolan {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

OpenLineageRuns::Datasets unionOf(const OpenLineageRuns::Datasets& a,
                                  const OpenLineageRuns::Datasets& b)
{
    OpenLineageRuns::Datasets both;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both;
}

}  // namespace

std::optional<RunId> runIdFrom(std::string_view text)
{
    if (text.size() != 36)
        return std::nullopt;
    RunId id;
    int digits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-')
                return std::nullopt;
            continue;
        }
        const int digit = hexDigit(text[i]);
        if (digit < 0)
            return std::nullopt;
        std::uint64_t& half = digits++ < 16 ? id.high : id.low;
        half = half << 4 | static_cast<std::uint64_t>(digit);
    }
    return id;
}

OpenLineageRuns::Run& OpenLineageRuns::slot(const RunId& id)
{
    const std::size_t mask = m_runs.size() - 1;
    const std::uint64_t mixed = (id.high ^ id.low * 0x9E3779B97F4A7C15ULL) + id.job;
    std::size_t i = mixed * 0xFF51AFD7ED558CCDULL >> 20 & mask;
    while (m_runs[i].sets != empty && m_runs[i].id != id)
        i = (i + 1) & mask;
    return m_runs[i];
}

void OpenLineageRuns::grow()
{
    std::vector<Run> old(std::max<std::size_t>(64, m_runs.size() * 2));
    old.swap(m_runs);
    for (const Run& run : old) {
        if (run.sets != empty)
            slot(run.id) = run;
    }
}

std::uint32_t OpenLineageRuns::numberOf(std::pair<Datasets, Datasets> sets)
{
    const auto [place, isNew] =
        m_numbers.try_emplace(std::move(sets), static_cast<std::uint32_t>(m_sets.size()));
    if (isNew)
        m_sets.push_back(&place->first);
    return place->second;
}

OpenLineageRuns::Merged OpenLineageRuns::add(const RunId& id, Datasets inputs, Datasets outputs)
{
    if ((m_size + 1) * 2 > m_runs.size())
        grow();
    Run& run = slot(id);
    Merged merged;
    merged.isNewRun = run.sets == empty;
    if (!merged.isNewRun) {
        const auto& before = *m_sets[run.sets];
        inputs = unionOf(before.first, inputs);
        outputs = unionOf(before.second, outputs);
    }
    const std::uint32_t sets = numberOf({std::move(inputs), std::move(outputs)});
    merged.hasGrown = sets != run.sets;
    m_size += merged.isNewRun ? 1 : 0;
    run.id = id;
    run.sets = sets;
    merged.inputs = &m_sets[sets]->first;
    merged.outputs = &m_sets[sets]->second;
    return merged;
}

}  // namespace portolan
