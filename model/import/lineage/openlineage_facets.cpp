// SPDX-License-Identifier: Apache-2.0
#include "model/import/lineage/openlineage_facets.h"

#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/lineage/event_time.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace portolan {

namespace {

constexpr std::string_view format = "openlineage";

// Names are compared without case only in datasets up to this many columns: each look goes through all of them.
constexpr std::size_t mostColumnsToCompare = 2000;

enum Subject : std::uint64_t { DatasetDescription = 1, JobOwner = 2, JobIntegration = 3 };

bool isDeleted(const DataNode& facet)
{
    return facet["_deleted"].boolean().value_or(false);
}

std::uint64_t subjectOf(Subject subject, std::uint32_t index)
{
    return std::uint64_t(subject) << 32 | index;
}

// Facets that are read, here or by another part of the reading.
constexpr std::string_view readElsewhere =
    " columnLineage lineage lifecycleStateChange schema symlinks ownership "
    "dataQualityAssertions ";

void addTimes(Evidence& evidence, std::uint32_t times)
{
    evidence.times += times;
}

}  // namespace

DatasetIndex OpenLineageFacets::dataset(const DataNode& node, ImportContext& context)
{
    const DataNode space = node["namespace"];
    const DataNode name = node["name"];
    if (!space.isString() || !name.isString() || name.text().empty()) {
        context.problem(Severity::Warning, "openlineage.dataset-without-name",
                        "dataset without namespace or name (both required). Dataset skipped.",
                        node);
        return {};
    }
    m_key = space.text();
    m_key += '\0';
    m_key += name.text();
    Estate& estate = context.estate().estate();
    if (const auto known = m_datasets.find(std::string_view(m_key)); known != m_datasets.end()) {
        addTimes(estate.datasets[known->second.value].evidence, 1);
        return known->second;
    }
    const DatasetName normal = fromNamespace(space.text(), name.text());
    const DatasetIndex index = context.estate().dataset(normal.platform, normal.instance,
                                                        normal.path, context.evidence(node));
    m_datasets.emplace(m_key, index);
    return index;
}

JobIndex OpenLineageFacets::job(const DataNode& node, ImportContext& context)
{
    const DataNode space = node["namespace"];
    const DataNode name = node["name"];
    if (!space.isString() || !name.isString() || name.text().empty()) {
        context.problem(Severity::Error, "openlineage.job-without-name",
                        "job without namespace or name (both required). Event skipped.", node);
        return {};
    }
    m_key = space.text();
    m_key += '\0';
    m_key += name.text();
    if (const auto known = m_jobs.find(std::string_view(m_key)); known != m_jobs.end()) {
        addTimes(context.estate().estate().jobs[known->second.value].evidence, 1);
        return known->second;
    }
    const JobIndex index = context.estate().job(space.text(), name.text(), context.evidence(node));
    m_jobs.emplace(m_key, index);
    return index;
}

// Null when the same text was read for the same thing before; else where to note what it says.
OpenLineageFacets::Seen* OpenLineageFacets::firstTime(const DataNode& facet, std::uint64_t scope)
{
    const std::uint64_t hash = std::hash<std::string_view>()(facet.raw());
    const std::uint64_t key = (hash ^ scope * 0x9E3779B97F4A7C15ULL) * 0xFF51AFD7ED558CCDULL;
    const auto [place, isNew] = m_seen.try_emplace(key);
    if (isNew)
        return &place->second;
    ++place->second.repeats;
    return nullptr;
}

bool OpenLineageFacets::isNewest(std::uint64_t subject, std::int64_t time)
{
    const auto [place, isNew] = m_newest.try_emplace(subject, time);
    if (!isNew && place->second > time)
        return false;
    place->second = time;
    return true;
}

void OpenLineageFacets::readDataset(const DataNode& node, DatasetIndex dataset, std::int64_t time,
                                    ImportContext& context)
{
    for (const DataNode facet : node["facets"]) {
        const std::string_view name = facet.key();
        Dataset& facts = context.estate().estate().datasets[dataset.value];
        if (name == "documentation") {
            if (isNewest(subjectOf(DatasetDescription, dataset.value), time))
                facts.description = isDeleted(facet) ? "" : facet["description"].string();
        } else if (name == "datasetType") {
            if (facts.type.empty())
                facts.type = lowerCase(facet["datasetType"].text());
        } else if (name == "schema" && !isDeleted(facet)) {
            readSchema(facet, dataset, context);
        } else if (name == "symlinks" && !isDeleted(facet)) {
            readSymlinks(facet, dataset, context);
        } else if (name == "ownership" && !isDeleted(facet)) {
            readOwner(facet, dataset, context);
        } else if (name == "dataQualityAssertions" && !isDeleted(facet)) {
            readAssertions(facet, dataset, time, context);
        } else if (name == "lifecycleStateChange" && !isDeleted(facet)) {
            readLifecycle(facet, dataset, context);
        } else if (!isOneOf(name, readElsewhere) && !isDeleted(facet)) {
            context.ignored(name, "a facet that is not kept", facet);
        }
    }
    readMeasures(node, dataset, time, context);
}

// A rename vouches for another name; a dataset that was dropped is no more.
void OpenLineageFacets::readLifecycle(const DataNode& facet, DatasetIndex dataset,
                                      ImportContext& context)
{
    if (!firstTime(facet, dataset.value))
        return;
    const DataNode previous = facet["previousIdentifier"];
    const DatasetName before = fromNamespace(previous["namespace"].text(), previous["name"].text());
    if (!before.path.empty())
        context.estate().alsoKnownAs(dataset, before.platform, before.instance, before.path);
    if (facet["lifecycleStateChange"].text() == "DROP")
        context.estate().fact(Claim{ClaimAbout::Dataset,
                                    context.estate().estate().datasets[dataset.value].key(),
                                    "lifecycle", "dropped", context.evidence(facet)});
}

// As a claim, once for each owner: each run repeats it.
void OpenLineageFacets::readOwner(const DataNode& facet, DatasetIndex dataset,
                                  ImportContext& context)
{
    if (!firstTime(facet, dataset.value))
        return;
    const std::string name = owner(facet, context);
    if (!name.empty())
        context.estate().fact(Claim{ClaimAbout::Dataset,
                                    context.estate().estate().datasets[dataset.value].key(),
                                    "owner", name, context.evidence(facet)});
}

// Facets that count something must count with numbers; else a monitor behind this producer is blind.
void OpenLineageFacets::readMeasures(const DataNode& node, DatasetIndex dataset, std::int64_t time,
                                     ImportContext& context)
{
    for (const DataNode facet : node["inputFacets"]) {
        if (!facet.isObject() || isDeleted(facet))
            continue;
        if (facet.key() == "dataQualityAssertions") {
            readAssertions(facet, dataset, time, context);
        } else if (facet.key() == "dataQualityMetrics") {
            if (!facet["columnMetrics"]) {
                context.problem(
                    Severity::Warning, "openlineage.facet-incomplete",
                    "dataQualityMetrics without columnMetrics (required). Facet skipped.", facet);
                continue;
            }
            context.ignored("columnMetrics", "only numbers of the whole dataset are kept",
                            facet["columnMetrics"]);
            readMeasure(facet["rowCount"], "rows", dataset, time, context);
            readMeasure(facet["bytes"], "bytes", dataset, time, context);
            readMeasure(facet["fileCount"], "files", dataset, time, context);
        } else {
            context.ignored(facet.key(), "a facet that is not kept", facet);
        }
    }
    for (const DataNode facet : node["outputFacets"]) {
        if (isDeleted(facet))
            continue;
        if (facet.key() == "outputStatistics") {
            readMeasure(facet["rowCount"], "rows written", dataset, time, context);
            readMeasure(facet["size"], "bytes written", dataset, time, context);
            readMeasure(facet["fileCount"], "files written", dataset, time, context);
        } else {
            context.ignored(facet.key(), "a facet that is not kept", facet);
        }
    }
}

void OpenLineageFacets::readMeasure(const DataNode& value, std::string_view metric,
                                    DatasetIndex dataset, std::int64_t time, ImportContext& context)
{
    if (!value || value.isNull())
        return;
    if (value.kind() != DataTree::Kind::Number) {
        context.problem(Severity::Warning, "openlineage.wrong-type",
                        std::string(value.key()) + " is a " + std::string(toString(value.kind())) +
                            " (expected a number). Value skipped.",
                        value);
        return;
    }
    m_key = std::to_string(dataset.value);
    m_key += metric;
    Measure& known = m_measures[m_key];
    if (!known.observation.metric.empty() && known.time > time)
        return;
    known.time = time;
    known.observation.metric = metric;
    known.observation.dataset = dataset;
    known.observation.value = value.string();
    if (!known.observation.evidence.source.isValid())
        known.observation.evidence = context.evidence(value);
}

void OpenLineageFacets::readAssertions(const DataNode& facet, DatasetIndex dataset,
                                       std::int64_t time, ImportContext& context)
{
    for (const DataNode assertion : facet["assertions"]) {
        const std::string_view type = assertion["assertion"].text();
        const std::string_view column = assertion["column"].text();
        if (type.empty()) {
            context.problem(Severity::Warning, "openlineage.facet-incomplete",
                            "assertion without assertion, its name (required). Assertion skipped.",
                            assertion);
            continue;
        }
        m_key = std::to_string(dataset.value);
        m_key += '\0';
        m_key += type;
        m_key += '\0';
        m_key += column;
        Outcome& known = m_outcomes[m_key];
        if (!known.run.type.empty() && known.time > time)
            continue;
        known.time = time;
        CheckRun& run = known.run;
        run.type = type;
        run.column = column;
        run.check = run.column.empty() ? run.type : run.type + " " + run.column;
        run.dataset = dataset;
        run.tool = format;
        run.expected = assertion["expected"].string();
        run.observed = assertion["actual"].string();
        const bool isWarning = assertion["severity"].text() == "warn";
        const std::optional<bool> success = assertion["success"].boolean();
        run.outcome = !success    ? CheckOutcome::Unknown
                      : *success  ? CheckOutcome::Passed
                      : isWarning ? CheckOutcome::Warned
                                  : CheckOutcome::Failed;
        if (!run.evidence.source.isValid())
            run.evidence = context.evidence(assertion);
    }
}

void OpenLineageFacets::readSchema(const DataNode& facet, DatasetIndex dataset,
                                   ImportContext& context)
{
    if (Seen* seen = firstTime(facet, dataset.value))
        readFields(facet["fields"], "", dataset, *seen, context);
}

void OpenLineageFacets::readFields(const DataNode& fields, const std::string& prefix,
                                   DatasetIndex dataset, Seen& seen, ImportContext& context)
{
    if (!fields.isArray()) {
        if (!fields.isNull())
            context.problem(Severity::Warning, "openlineage.wrong-type",
                            "fields is no list. Fields skipped.", fields);
        return;
    }
    for (const DataNode field : fields) {
        const std::string_view name = field["name"].text();
        if (name.empty()) {
            context.problem(Severity::Warning, "openlineage.field-without-name",
                            "field without name (required). Field skipped.", field);
            continue;
        }
        const std::string path = prefix + std::string(name);
        const ColumnIndex column =
            context.estate().column(dataset, path, field["type"].text(), context.evidence(field));
        std::string& description = context.estate().estate().columns[column.value].description;
        if (description.empty())
            description = field["description"].string();
        seen.columns.push_back(column.value);
        readFields(field["fields"], path + ".", dataset, seen, context);
    }
}

void OpenLineageFacets::readSymlinks(const DataNode& facet, DatasetIndex dataset,
                                     ImportContext& context)
{
    if (!firstTime(facet, dataset.value))
        return;
    for (const DataNode identifier : facet["identifiers"]) {
        const DatasetName other =
            fromNamespace(identifier["namespace"].text(), identifier["name"].text());
        if (!other.path.empty())
            context.estate().alsoKnownAs(dataset, other.platform, other.instance, other.path);
    }
}

// Field names often differ from the schema facet in case only; then the schema's column is meant.
ColumnIndex OpenLineageFacets::column(DatasetIndex dataset, std::string_view name,
                                      const DataNode& node, ImportContext& context)
{
    const Estate& estate = context.estate().estate();
    const std::vector<ColumnIndex>& columns = estate.datasets[dataset.value].columns;
    const std::string* same = nullptr;
    if (columns.size() <= mostColumnsToCompare) {
        for (const ColumnIndex index : columns) {
            const std::string& known = estate.columns[index.value].name;
            if (known == name) {
                same = nullptr;
                break;
            }
            if (!same && known.size() == name.size() && lowerCase(known) == lowerCase(name))
                same = &known;
        }
    }
    const std::string meant = same ? *same : std::string(name);
    return context.estate().column(dataset, meant, {}, context.evidence(node));
}

std::vector<OpenLineageFacets::Transformation>
OpenLineageFacets::transformationsOf(const DataNode& input, const DataNode& outputField)
{
    std::vector<Transformation> all;
    for (const DataNode node : input["transformations"]) {
        Transformation one;
        one.flow = node["type"].text() == "INDIRECT" ? ColumnFlow::Indirect : ColumnFlow::Direct;
        one.isMasked = node["masking"].boolean().value_or(false);
        one.text =
            node["subtype"].text().empty() ? node["type"].string() : node["subtype"].string();
        one.description = node["description"].string();
        if (one.text.empty())
            one.text = one.description;
        all.push_back(std::move(one));
    }
    if (!all.empty())
        return all;
    // Facets of 1-0 say it for the output field.
    Transformation one;
    const std::string_view type = outputField["transformationType"].text();
    one.isMasked = type == "MASKED";
    one.description = outputField["transformationDescription"].string();
    one.text = type.empty() ? one.description : std::string(type);
    return {one};
}

void OpenLineageFacets::readColumnLineage(const DataNode& facet, DatasetIndex output, JobIndex job,
                                          ImportContext& context)
{
    if (!facet.isObject() || isDeleted(facet))
        return;
    Seen* seen = firstTime(facet, std::uint64_t(output.value) << 32 | job.value);
    if (!seen)
        return;
    const DataNode fields = facet["fields"];
    if (!fields.isObject() && !fields.isNull())
        context.problem(Severity::Warning, "openlineage.wrong-type",
                        "fields of columnLineage is no object. Column lineage skipped.", fields);
    if (fields.isObject()) {
        for (const DataNode field : fields) {
            if (field.key().empty())
                continue;
            const ColumnIndex to = column(output, field.key(), field, context);
            for (const DataNode input : field["inputFields"])
                readInputField(input, field, to, output, job, *seen, context);
        }
    }
    for (const DataNode input : facet["dataset"])
        readInputField(input, facet, {}, output, job, *seen, context);
}

// A column's way into another column; into the whole dataset when `to` is none.
void OpenLineageFacets::readInputField(const DataNode& node, const DataNode& outputField,
                                       ColumnIndex to, DatasetIndex output, JobIndex job,
                                       Seen& seen, ImportContext& context)
{
    const std::string_view name = node["field"].text();
    if (name.empty()) {
        context.problem(Severity::Warning, "openlineage.field-without-name",
                        "input field without field (required). Input field skipped.", node);
        return;
    }
    const DatasetIndex from = dataset(node, context);
    if (!from.isValid())
        return;
    const Evidence evidence = context.evidence(node);
    const ColumnIndex column = this->column(from, name, node, context);
    for (const Transformation& one : transformationsOf(node, outputField)) {
        if (to.isValid())
            seen.columnEdges.push_back(context.estate().columnLineage(
                column, to, job, one.flow, one.text, one.isMasked, evidence, one.description));
        else
            seen.influences.push_back(context.estate().influence(column, output, job, one.text,
                                                                 evidence, one.description));
    }
}

std::string OpenLineageFacets::owner(const DataNode& facet, ImportContext& context)
{
    std::string first;
    for (const DataNode node : facet["owners"]) {
        const std::string name = node["name"].string();
        if (name.empty())
            context.problem(Severity::Warning, "openlineage.owner-without-name",
                            "owner without name (required). Owner skipped.", node);
        else if (first.empty())
            first = name;
    }
    return first;
}

void OpenLineageFacets::readJob(const DataNode& node, JobIndex job, std::int64_t time,
                                ImportContext& context)
{
    for (const DataNode facet : node["facets"]) {
        Job& facts = context.estate().estate().jobs[job.value];
        if (facet.key() == "ownership") {
            const std::string name = isDeleted(facet) ? "" : owner(facet, context);
            if (isNewest(subjectOf(JobOwner, job.value), time))
                facts.owner = name;
        } else if (facet.key() == "jobType" && !isDeleted(facet)) {
            if (isNewest(subjectOf(JobIntegration, job.value), time))
                facts.integration = facet["integration"].string();
        } else if (facet.key() != "lineage" && facet.key() != "sql" && !isDeleted(facet)) {
            context.ignored(facet.key(), "a facet that is not kept", facet);
        }
    }
}

// Of a job that writes several datasets, the text itself says which.
void OpenLineageFacets::readQuery(const DataNode& facet, JobIndex job,
                                  const std::vector<DatasetIndex>& outputs, ImportContext& context)
{
    if (facet["query"].text().empty() || isDeleted(facet))
        return;
    ObservedQuery query;
    query.writes = outputs.size() == 1 ? outputs.front() : DatasetIndex();
    if (!firstTime(facet, std::uint64_t(query.writes.value) << 32 | job.value))
        return;
    query.job = job;
    query.text = facet["query"].string();
    query.dialect = lowerCase(facet["dialect"].text());
    if (query.dialect.empty() && query.writes.isValid())
        query.dialect = context.estate().estate().datasets[query.writes.value].platform;
    query.evidence = context.evidence(facet["query"]);
    context.estate().fact(std::move(query));
}

bool OpenLineageFacets::readDatasetLineage(const DataNode& facet, DatasetIndex output, JobIndex job,
                                           ImportContext& context)
{
    if (!facet.isObject() || isDeleted(facet) || (!facet["inputs"] && !facet["fields"]))
        return false;
    readExplicitInputs(facet["inputs"], output, job, context);
    readExplicitFields(facet["fields"], output, job, context);
    return true;
}

void OpenLineageFacets::readExplicitInputs(const DataNode& inputs, DatasetIndex output,
                                           JobIndex job, ImportContext& context)
{
    if (!inputs.isArray())
        return;
    for (const DataNode input : inputs) {
        if (input["type"].text() == "JOB") {
            ++m_jobInputs;
            continue;
        }
        const DatasetIndex from = dataset(input, context);
        if (!from.isValid())
            continue;
        if (output.isValid())
            context.estate().lineage(from, output, job, context.evidence(input));
        // A column that shapes the whole output.
        if (output.isValid() && !input["field"].text().empty()) {
            Seen unused;
            readInputField(input, {}, {}, output, job, unused, context);
        }
    }
}

void OpenLineageFacets::readExplicitFields(const DataNode& fields, DatasetIndex output,
                                           JobIndex job, ImportContext& context)
{
    if (!fields.isObject())
        return;
    for (const DataNode field : fields) {
        if (field.key().empty())
            continue;
        const ColumnIndex to = column(output, field.key(), field, context);
        for (const DataNode input : field["inputs"]) {
            if (input["type"].text() == "JOB") {
                ++m_jobInputs;
                continue;
            }
            Seen unused;
            readInputField(input, field, to, output, job, unused, context);
        }
    }
}

bool OpenLineageFacets::readEntries(const DataNode& facet, JobIndex job, ImportContext& context)
{
    if (!facet["entries"].isArray() || isDeleted(facet))
        return false;
    bool isAnyDataset = false;
    for (const DataNode entry : facet["entries"]) {
        DatasetIndex output;
        if (entry["type"].text() != "JOB") {
            output = dataset(entry, context);
            if (!output.isValid())
                continue;
            isAnyDataset = true;
            context.estate().estate().datasets[output.value].isDerived |=
                entry["inputs"].size() > 0;
        }
        readExplicitInputs(entry["inputs"], output, job, context);
        if (output.isValid())
            readExplicitFields(entry["fields"], output, job, context);
    }
    return isAnyDataset;
}

void OpenLineageFacets::finish(ImportContext& context)
{
    Estate& estate = context.estate().estate();
    for (const auto& [key, seen] : m_seen) {
        for (const std::uint32_t column : seen.columns)
            addTimes(estate.columns[column].evidence, seen.repeats);
        for (const std::uint32_t edge : seen.columnEdges)
            addTimes(estate.columnEdges[edge].evidence, seen.repeats);
        for (const std::uint32_t influence : seen.influences)
            addTimes(estate.influences[influence].evidence, seen.repeats);
    }
    // In the order in which they were seen first, whatever the order of the tables.
    std::vector<Outcome*> outcomes;
    for (auto& [key, outcome] : m_outcomes)
        outcomes.push_back(&outcome);
    std::sort(outcomes.begin(), outcomes.end(), [](const Outcome* a, const Outcome* b) {
        return std::tie(a->run.dataset.value, a->run.check) <
               std::tie(b->run.dataset.value, b->run.check);
    });
    for (Outcome* outcome : outcomes) {
        outcome->run.at = outcome->time == INT64_MIN ? "" : eventTimeText(outcome->time);
        context.estate().fact(std::move(outcome->run));
    }
    std::vector<Measure*> measures;
    for (auto& [key, measure] : m_measures)
        measures.push_back(&measure);
    std::sort(measures.begin(), measures.end(), [](const Measure* a, const Measure* b) {
        return std::tie(a->observation.dataset.value, a->observation.metric) <
               std::tie(b->observation.dataset.value, b->observation.metric);
    });
    for (Measure* measure : measures) {
        measure->observation.at = measure->time == INT64_MIN ? "" : eventTimeText(measure->time);
        measure->observation.subject = estate.datasets[measure->observation.dataset.value].name();
        context.estate().fact(std::move(measure->observation));
    }
    if (m_jobInputs > 0)
        context.problem(Severity::Note, "openlineage.not-read",
                        std::to_string(m_jobInputs) +
                            " inputs of the lineage facet are jobs; lineage from job to job is not "
                            "kept.",
                        {});
}

}  // namespace portolan
