// SPDX-License-Identifier: Apache-2.0
#include "tests/support/estate_text.h"

#include "model/estate/estate_builder.h"

#include <algorithm>
#include <sstream>

namespace portolan {
namespace {

bool namesColumn(const std::string& name)
{
    return std::count(name.begin(), name.end(), '.') == 2;
}

class EstateLines {
public:
    EstateLines()
    {
        Source source;
        source.path = "lines.txt";
        m_source = m_builder.source(source);
    }

    void read(const std::string& line, std::uint32_t number)
    {
        m_evidence = m_builder.evidence(m_source, number);
        std::istringstream words(line);
        std::string from, arrow, to, word, job, kind;
        words >> from >> arrow >> to;
        while (words >> word) {
            if (word == "by")
                words >> job;
            else
                kind = word.substr(1, word.size() - 2);
        }
        if (from.empty())
            return;
        if (arrow.empty())
            addThing(from);
        else
            addFlow(from, to, arrow == "->", job, kind);
    }

    Estate take() { return m_builder.take(); }

private:
    DatasetIndex dataset(const std::string& name)
    {
        const std::string path = namesColumn(name) ? name.substr(0, name.rfind('.')) : name;
        return m_builder.dataset("postgres", "db", path, m_evidence);
    }

    ColumnIndex column(const std::string& name)
    {
        return m_builder.column(dataset(name), name.substr(name.rfind('.') + 1), "", m_evidence);
    }

    void addThing(const std::string& name)
    {
        if (namesColumn(name))
            column(name);
        else
            dataset(name);
    }

    void addFlow(const std::string& from, const std::string& to, bool isDirect,
                 const std::string& job, const std::string& kind)
    {
        const JobIndex by = job.empty() ? JobIndex() : m_builder.job("jobs", job, m_evidence);
        const DatasetIndex upstream = dataset(from);
        m_builder.lineage(upstream, dataset(to), by, m_evidence);
        if (!namesColumn(from))
            return;
        const ColumnIndex source = column(from);
        if (namesColumn(to))
            m_builder.columnLineage(source, column(to), by,
                                    isDirect ? ColumnFlow::Direct : ColumnFlow::Indirect, kind,
                                    false, m_evidence);
        else
            m_builder.influence(source, dataset(to), by, kind, m_evidence);
    }

    EstateBuilder m_builder;
    SourceIndex m_source;
    Evidence m_evidence;
};

}  // namespace

EstatePtr estateFrom(std::string_view lines)
{
    EstateLines estate;
    std::istringstream text{std::string(lines)};
    std::uint32_t number = 0;
    for (std::string line; std::getline(text, line);)
        estate.read(line, ++number);
    return std::make_shared<const Estate>(estate.take());
}

DatasetIndex datasetOf(const Estate& estate, std::string_view path)
{
    for (std::size_t i = 0; i < estate.datasets.size(); ++i) {
        if (estate.datasets[i].path == path)
            return DatasetIndex(i);
    }
    return {};
}

ColumnIndex columnOf(const Estate& estate, std::string_view name)
{
    for (std::size_t i = 0; i < estate.columns.size(); ++i) {
        if (nameOf(estate, ColumnIndex(i)) == name)
            return ColumnIndex(i);
    }
    return {};
}

std::string nameOf(const Estate& estate, DatasetIndex dataset)
{
    return estate.datasets[dataset.value].path;
}

std::string nameOf(const Estate& estate, ColumnIndex column)
{
    const Column& found = estate.columns[column.value];
    return nameOf(estate, found.dataset) + "." + found.name;
}

}  // namespace portolan
