// SPDX-License-Identifier: Apache-2.0
#include "model/analysis/lineage/lineage_difference.h"

#include "model/base/progress.h"
#include "model/estate/column_edge_kind.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace portolan {

namespace {

using Number = std::uint32_t;
constexpr Number none = 0xFFFFFFFF;
constexpr std::size_t kindCount = static_cast<std::size_t>(ColumnEdgeKind::Indirect) + 1;

std::uint64_t pairOf(Number from, Number to)
{
    return std::uint64_t(from) << 32 | to;
}

// One number for what has the same key in both estates.
template <class Key>
class Numbers {
public:
    Number of(const Key& key)
    {
        return m_numbers.try_emplace(key, static_cast<Number>(m_numbers.size())).first->second;
    }
    std::size_t size() const { return m_numbers.size(); }

private:
    struct Hash {
        std::size_t operator()(const std::string& key) const
        {
            return std::hash<std::string>()(key);
        }
        std::size_t operator()(const std::pair<Number, std::string_view>& key) const
        {
            return std::hash<std::string_view>()(key.second) * 31 + key.first;
        }
    };
    std::unordered_map<Key, Number, Hash> m_numbers;
};

struct CommonNumbers {
    Numbers<std::string> datasets;
    Numbers<std::pair<Number, std::string_view>> columns;  // the names are the estates' own
};

// An estate by the common numbers.
struct Side {
    const Estate& estate;
    std::vector<Number> datasetNumber;  // by index
    std::vector<Number> columnNumber;
    std::vector<Number> datasetIndex;  // by number; none: it is not in this estate
    std::vector<Number> columnIndex;
    std::unordered_map<std::uint64_t, std::uint8_t> datasetEdges;  // by the two datasets
    // Kinds as bits, by the two columns; of influences on whole datasets by the column and the dataset.
    std::unordered_map<std::uint64_t, std::uint32_t> columnEdges;
    std::unordered_map<std::uint64_t, std::uint32_t> influences;

    Side(const Estate& facts, CommonNumbers& numbers) : estate(facts)
    {
        for (const Dataset& dataset : estate.datasets)
            datasetNumber.push_back(numbers.datasets.of(dataset.key()));
        for (const Column& column : estate.columns)
            columnNumber.push_back(
                numbers.columns.of({datasetNumber[column.dataset.value], column.name}));
        for (const LineageEdge& edge : estate.lineageEdges)
            datasetEdges[pairOf(datasetNumber[edge.from.value], datasetNumber[edge.to.value])] = 1;
        for (const ColumnEdge& edge : estate.columnEdges)
            columnEdges[pairOf(columnNumber[edge.from.value], columnNumber[edge.to.value])] |=
                1U << static_cast<unsigned>(kindOf(estate, edge));
        for (const DatasetInfluence& edge : estate.influences)
            influences[pairOf(columnNumber[edge.from.value], datasetNumber[edge.to.value])] |=
                1U << static_cast<unsigned>(kindOf(edge));
    }

    void invert(const CommonNumbers& numbers)
    {
        datasetIndex.assign(numbers.datasets.size(), none);
        columnIndex.assign(numbers.columns.size(), none);
        for (std::size_t i = 0; i < datasetNumber.size(); ++i)
            datasetIndex[datasetNumber[i]] = static_cast<Number>(i);
        for (std::size_t i = 0; i < columnNumber.size(); ++i)
            columnIndex[columnNumber[i]] = static_cast<Number>(i);
    }

    bool hasDataset(Number number) const { return datasetIndex[number] != none; }
    bool hasColumn(Number number) const { return columnIndex[number] != none; }
    const Dataset& dataset(Number number) const { return estate.datasets[datasetIndex[number]]; }
    const Column& column(Number number) const { return estate.columns[columnIndex[number]]; }
    Number datasetOf(Number column) const
    {
        return datasetNumber[this->column(column).dataset.value];
    }
};

std::string kindWords(std::uint32_t kinds)
{
    std::vector<std::string_view> words;
    for (std::size_t kind = 0; kind < kindCount; ++kind) {
        if (kinds & 1U << kind)
            words.push_back(toString(static_cast<ColumnEdgeKind>(kind)));
    }
    std::sort(words.begin(), words.end());
    std::string text;
    for (const std::string_view word : words)
        text.append(text.empty() ? "" : ", ").append(word);
    return text;
}

class Comparison {
public:
    Comparison(const Estate& before, const Estate& after, Progress& progress)
        : m_before(before, m_numbers), m_after(after, m_numbers), m_progress(progress)
    {
        m_before.invert(m_numbers);
        m_after.invert(m_numbers);
    }

    Result<LineageDifference> run()
    {
        using Step = void (Comparison::*)();
        for (const Step step : {&Comparison::findReaders, &Comparison::compareDatasets,
                                &Comparison::compareColumns, &Comparison::compareDatasetEdges,
                                &Comparison::compareColumnEdges, &Comparison::compareInfluences}) {
            if (m_progress.stopRequested())
                return tl::unexpected(cancelled());
            (this->*step)();
        }
        return grouped();
    }

private:
    // Who read what before and is still there.
    void findReaders()
    {
        m_datasetReaders.resize(m_numbers.datasets.size());
        m_columnReaders.resize(m_numbers.columns.size());
        for (const auto& [pair, one] : m_before.datasetEdges)
            addReader(m_datasetReaders, pair, static_cast<Number>(pair));
        for (const auto& [pair, kinds] : m_before.columnEdges)
            addReader(m_columnReaders, pair, m_before.datasetOf(static_cast<Number>(pair)));
        for (const auto& [pair, kinds] : m_before.influences)
            addReader(m_columnReaders, pair, static_cast<Number>(pair));
        for (const Consumer& consumer : m_after.estate.consumers)
            m_consumersNow[consumer.id] = true;
        for (const Consumer& consumer : m_before.estate.consumers) {
            if (!m_consumersNow.contains(consumer.id))
                continue;
            for (const DatasetIndex dataset : consumer.reads)
                m_consumerReads[m_before.datasetNumber[dataset.value]].push_back("consumer:" +
                                                                                 consumer.id);
        }
    }

    void addReader(std::vector<std::vector<Number>>& readers, std::uint64_t pair, Number reader)
    {
        if (m_after.hasDataset(reader))
            readers[static_cast<Number>(pair >> 32)].push_back(reader);
    }

    std::vector<std::string> keysOf(const std::vector<Number>& readers, Number but) const
    {
        std::vector<std::string> keys;
        for (const Number reader : readers) {
            if (reader != but)
                keys.push_back(m_after.dataset(reader).key());
        }
        return keys;
    }

    static std::vector<std::string> ordered(std::vector<std::string> keys)
    {
        std::sort(keys.begin(), keys.end());
        keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
        return keys;
    }

    std::vector<std::string> readersOfDataset(Number dataset) const
    {
        std::vector<std::string> keys = keysOf(m_datasetReaders[dataset], dataset);
        if (const auto found = m_consumerReads.find(dataset); found != m_consumerReads.end())
            keys.insert(keys.end(), found->second.begin(), found->second.end());
        return ordered(std::move(keys));
    }

    std::vector<std::string> readersOfColumn(Number column) const
    {
        return ordered(keysOf(m_columnReaders[column], m_before.datasetOf(column)));
    }

    void compareDatasets()
    {
        for (Number dataset = 0; dataset < m_numbers.datasets.size(); ++dataset) {
            LineageChange change;
            change.thing = LineageThing::Dataset;
            if (m_before.hasDataset(dataset))
                change.before = m_before.dataset(dataset).type;
            if (m_after.hasDataset(dataset))
                change.after = m_after.dataset(dataset).type;
            const bool isKept = m_before.hasDataset(dataset) && m_after.hasDataset(dataset);
            if (isKept && change.before == change.after)
                continue;
            change.type = typeOf(m_before.hasDataset(dataset), m_after.hasDataset(dataset));
            change.dataset = keyOfDataset(dataset);
            if (change.type == LineageChangeType::Removed)
                change.breaks = readersOfDataset(dataset);
            m_changes.push_back(std::move(change));
        }
    }

    void compareColumns()
    {
        for (Number column = 0; column < m_numbers.columns.size(); ++column) {
            LineageChange change;
            change.thing = LineageThing::Column;
            const bool was = m_before.hasColumn(column);
            const bool is = m_after.hasColumn(column);
            if (was)
                change.before = m_before.column(column).type;
            if (is)
                change.after = m_after.column(column).type;
            if (was && is && change.before == change.after)
                continue;
            change.type = typeOf(was, is);
            const Side& side = was ? m_before : m_after;
            change.dataset = keyOfDataset(side.datasetOf(column));
            change.column = side.column(column).name;
            if (change.type == LineageChangeType::Removed)
                change.breaks = readersOfColumn(column);
            m_changes.push_back(std::move(change));
        }
    }

    // `add(pair, before, after)` for each pair of which the two say something else; 0: it is not there.
    template <class Edges, class Add>
    static void forEachDifferent(const Edges& before, const Edges& after, Add add)
    {
        for (const auto& [pair, kinds] : before) {
            const auto found = after.find(pair);
            const std::uint32_t now = found == after.end() ? 0 : found->second;
            if (now != kinds)
                add(pair, kinds, now);
        }
        for (const auto& [pair, kinds] : after) {
            if (!before.contains(pair))
                add(pair, 0, kinds);
        }
    }

    void compareDatasetEdges()
    {
        forEachDifferent(m_before.datasetEdges, m_after.datasetEdges,
                         [this](std::uint64_t pair, std::uint32_t was, std::uint32_t is) {
                             const auto from = static_cast<Number>(pair >> 32);
                             const auto to = static_cast<Number>(pair);
                             LineageChange change;
                             change.thing = LineageThing::DatasetEdge;
                             change.type = typeOf(was != 0, is != 0);
                             change.fromDataset = keyOfDataset(from);
                             change.dataset = keyOfDataset(to);
                             if (is == 0 && m_after.hasDataset(from) && m_after.hasDataset(to))
                                 change.breaks = readersOfDataset(to);
                             m_changes.push_back(std::move(change));
                         });
    }

    void compareColumnEdges()
    {
        forEachDifferent(m_before.columnEdges, m_after.columnEdges,
                         [this](std::uint64_t pair, std::uint32_t was, std::uint32_t is) {
                             const auto from = static_cast<Number>(pair >> 32);
                             const auto to = static_cast<Number>(pair);
                             const Side& side = was ? m_before : m_after;
                             LineageChange change = edgeOfColumns(side, from, was, is);
                             change.dataset = keyOfDataset(side.datasetOf(to));
                             change.column = side.column(to).name;
                             if (is == 0 && m_after.hasColumn(from) && m_after.hasColumn(to))
                                 change.breaks = readersOfColumn(to);
                             m_changes.push_back(std::move(change));
                         });
    }

    void compareInfluences()
    {
        forEachDifferent(m_before.influences, m_after.influences,
                         [this](std::uint64_t pair, std::uint32_t was, std::uint32_t is) {
                             const Side& side = was ? m_before : m_after;
                             LineageChange change =
                                 edgeOfColumns(side, static_cast<Number>(pair >> 32), was, is);
                             change.dataset = keyOfDataset(static_cast<Number>(pair));
                             m_changes.push_back(std::move(change));
                         });
    }

    LineageChange edgeOfColumns(const Side& side, Number from, std::uint32_t was,
                                std::uint32_t is) const
    {
        LineageChange change;
        change.thing = LineageThing::ColumnEdge;
        change.type = typeOf(was != 0, is != 0);
        change.fromDataset = keyOfDataset(side.datasetOf(from));
        change.fromColumn = side.column(from).name;
        change.before = kindWords(was);
        change.after = kindWords(is);
        return change;
    }

    static LineageChangeType typeOf(bool was, bool is)
    {
        if (was && is)
            return LineageChangeType::Changed;
        return was ? LineageChangeType::Removed : LineageChangeType::Added;
    }

    std::string keyOfDataset(Number dataset) const
    {
        return (m_before.hasDataset(dataset) ? m_before : m_after).dataset(dataset).key();
    }

    LineageDifference grouped()
    {
        const auto order = [](const LineageChange& change) {
            return std::tie(change.dataset, change.thing, change.column, change.fromDataset,
                            change.fromColumn);
        };
        std::sort(
            m_changes.begin(), m_changes.end(),
            [&](const LineageChange& a, const LineageChange& b) { return order(a) < order(b); });
        LineageDifference difference;
        for (LineageChange& change : m_changes) {
            ++difference.counts[static_cast<std::size_t>(change.thing)]
                               [static_cast<std::size_t>(change.type)];
            difference.breaking += change.isBreaking() ? 1 : 0;
            if (difference.groups.empty() || difference.groups.back().dataset != change.dataset)
                difference.groups.push_back({change.dataset, {}});
            difference.groups.back().changes.push_back(std::move(change));
        }
        return difference;
    }

    CommonNumbers m_numbers;
    Side m_before;
    Side m_after;
    Progress& m_progress;
    std::vector<std::vector<Number>> m_datasetReaders;  // by number
    std::vector<std::vector<Number>> m_columnReaders;
    std::unordered_map<std::string, bool> m_consumersNow;
    std::unordered_map<Number, std::vector<std::string>> m_consumerReads;  // by dataset
    std::vector<LineageChange> m_changes;
};

}  // namespace

std::string_view toString(LineageThing thing)
{
    constexpr std::array<std::string_view, 4> words = {"dataset", "column", "dataset edge",
                                                       "column edge"};
    return words[static_cast<std::size_t>(thing)];
}

std::string_view toString(LineageChangeType type)
{
    constexpr std::array<std::string_view, 3> words = {"added", "removed", "changed"};
    return words[static_cast<std::size_t>(type)];
}

std::string keyOf(const LineageChange& change)
{
    const auto name = [](const std::string& dataset, const std::string& column) {
        return column.empty() ? dataset : dataset + "#" + column;
    };
    const std::string to = name(change.dataset, change.column);
    return change.fromDataset.empty() ? to
                                      : name(change.fromDataset, change.fromColumn) + " -> " + to;
}

Result<LineageDifference> lineageDifference(const Estate& before, const Estate& after,
                                            Progress& progress)
{
    return Comparison(before, after, progress).run();
}

}  // namespace portolan
