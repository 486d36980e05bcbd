// SPDX-License-Identifier: Apache-2.0
// The datasets of OpenLineage events and what their facets say: columns, column lineage, explicit lineage, other names.
//
// The same facet comes with every run of a job, byte by byte. Each is read once; how often it came is counted, and added to the
// evidence of its facts at the end.
#pragma once

#include "model/import/importer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portolan {

// A hash of text that can be asked without making a string.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const
    {
        return std::hash<std::string_view>()(text);
    }
};

template <class Value>
using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

class OpenLineageFacets {
public:
    // The dataset that a node with namespace and name means; none when it has not both (which is reported).
    DatasetIndex dataset(const DataNode& node, ImportContext& context);
    JobIndex job(const DataNode& node, ImportContext& context);

    // What a dataset says of itself, as input or output of an event at that time.
    void readDataset(const DataNode& node, DatasetIndex dataset, std::int64_t time,
                     ImportContext& context);
    void readColumnLineage(const DataNode& facet, DatasetIndex output, JobIndex job,
                           ImportContext& context);
    // The text that a job runs; `outputs` are what it writes.
    void readQuery(const DataNode& facet, JobIndex job, const std::vector<DatasetIndex>& outputs,
                   ImportContext& context);
    void readJob(const DataNode& node, JobIndex job, std::int64_t time, ImportContext& context);

    // The explicit `lineage` facet of an output dataset. Answers whether it has one: then it goes before inputs x outputs.
    bool readDatasetLineage(const DataNode& facet, DatasetIndex output, JobIndex job,
                            ImportContext& context);
    // The same of a job or run.
    bool readEntries(const DataNode& facet, JobIndex job, ImportContext& context);

    void finish(ImportContext& context);

private:
    struct Seen {
        std::uint32_t repeats = 0;
        std::vector<std::uint32_t> columns;
        std::vector<std::uint32_t> columnEdges;
        std::vector<std::uint32_t> influences;
    };
    struct Transformation {
        ColumnFlow flow = ColumnFlow::Direct;
        bool isMasked = false;
        std::string text;
        std::string description;
    };

    Seen* firstTime(const DataNode& facet, std::uint64_t scope);
    bool isNewest(std::uint64_t subject, std::int64_t time);
    void readSchema(const DataNode& facet, DatasetIndex dataset, ImportContext& context);
    void readFields(const DataNode& fields, const std::string& prefix, DatasetIndex dataset,
                    Seen& seen, ImportContext& context);
    void readSymlinks(const DataNode& facet, DatasetIndex dataset, ImportContext& context);
    void readInputField(const DataNode& node, const DataNode& outputField, ColumnIndex to,
                        DatasetIndex output, JobIndex job, Seen& seen, ImportContext& context);
    ColumnIndex column(DatasetIndex dataset, std::string_view name, const DataNode& node,
                       ImportContext& context);
    void readExplicitInputs(const DataNode& inputs, DatasetIndex output, JobIndex job,
                            ImportContext& context);
    void readExplicitFields(const DataNode& fields, DatasetIndex output, JobIndex job,
                            ImportContext& context);
    std::string owner(const DataNode& facet, ImportContext& context);
    void readLifecycle(const DataNode& facet, DatasetIndex dataset, ImportContext& context);
    void readOwner(const DataNode& facet, DatasetIndex dataset, ImportContext& context);
    void readMeasures(const DataNode& node, DatasetIndex dataset, std::int64_t time,
                      ImportContext& context);
    void readAssertions(const DataNode& facet, DatasetIndex dataset, std::int64_t time,
                        ImportContext& context);
    void readMeasure(const DataNode& value, std::string_view metric, DatasetIndex dataset,
                     std::int64_t time, ImportContext& context);
    static std::vector<Transformation> transformationsOf(const DataNode& input,
                                                         const DataNode& outputField);

    ByText<DatasetIndex> m_datasets;  // by namespace, NUL, name
    ByText<JobIndex> m_jobs;
    std::string m_key;
    std::unordered_map<std::uint64_t, Seen> m_seen;
    std::unordered_map<std::uint64_t, std::int64_t> m_newest;  // when a property was said last
    // The newest outcome of each check and value of each metric: a file with a year of runs holds no more of them than one with a day.
    struct Outcome {
        CheckRun run;
        std::int64_t time = 0;
    };
    struct Measure {
        Observation observation;
        std::int64_t time = 0;
    };
    ByText<Outcome> m_outcomes;
    ByText<Measure> m_measures;
    std::int64_t m_jobInputs = 0;
};

}  // namespace portolan
