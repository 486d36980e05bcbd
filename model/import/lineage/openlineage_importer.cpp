// SPDX-License-Identifier: Apache-2.0
// OpenLineage events of core versions 0-0-1 to 2-0-2: one a file, a list, an object with `events`, or one a line.
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/lineage/event_time.h"
#include "model/import/lineage/openlineage_facets.h"
#include "model/import/lineage/openlineage_runs.h"

#include <algorithm>

namespace portolan {

namespace {

constexpr std::string_view openLineage = "openlineage";

struct State : ImportState {
    OpenLineageFacets facets;
    OpenLineageRuns runs;
    std::vector<std::int64_t> lastRuns;  // by job
    std::int64_t events = 0;
    bool isZoneMissingReported = false;
    bool isTemplateReported = false;
};

bool isEvent(const DataNode& node)
{
    return node["eventTime"] && node["producer"] && (node["run"] || node["job"] || node["dataset"]);
}

bool isKnownEventType(std::string_view type)
{
    return type.empty() || type == "START" || type == "RUNNING" || type == "COMPLETE" ||
           type == "ABORT" || type == "FAIL" || type == "OTHER";
}

class EventReading {
public:
    EventReading(const DataNode& event, ImportContext& context)
        : m_event(event), m_context(context), m_state(context.state<State>())
    {
    }

    void run()
    {
        ++m_state.events;
        if (!m_event.isObject() || !(m_event["run"] || m_event["job"] || m_event["dataset"])) {
            m_context.problem(Severity::Error, "openlineage.no-event",
                              "This is no OpenLineage event (expected run, job or dataset). Event "
                              "skipped.",
                              m_event);
            return;
        }
        readVersion();
        readTime();
        if (const DataNode dataset = m_event["dataset"]; dataset && !m_event["job"]) {
            readDatasetEvent(dataset);
            return;
        }
        m_job = m_state.facets.job(m_event["job"], m_context);
        if (!m_job.isValid())
            return;
        m_state.facets.readJob(m_event["job"], m_job, m_time, m_context);
        checkParent();
        readDatasets();
        readRun();
    }

private:
    // "https://openlineage.io/spec/2-0-2/OpenLineage.json#/..."
    void readVersion()
    {
        const std::string_view url = m_event["schemaURL"].text();
        const std::size_t at = url.find("/spec/");
        if (at == std::string_view::npos)
            return;
        const std::string_view version = url.substr(at + 6, url.find('/', at + 6) - at - 6);
        if (!version.empty() && version.front() >= '0' && version.front() <= '9')
            m_context.setFormatVersion(std::string(version));
    }

    void readTime()
    {
        const DataNode node = m_event["eventTime"];
        const std::optional<EventTime> time = eventTimeFrom(node.text());
        m_hasTime = time.has_value();
        if (!time) {
            m_context.problem(Severity::Warning, "openlineage.event-time",
                              node ? "eventTime is \"" + node.string() +
                                         "\" (expected an ISO 8601 date and time). Event taken as "
                                         "the oldest."
                                   : "event without eventTime (required). Event taken as the "
                                     "oldest.",
                              node ? node : m_event);
            return;
        }
        m_time = time->microseconds;
        if (!time->hasZone && !m_state.isZoneMissingReported) {
            m_state.isZoneMissingReported = true;
            m_context.problem(Severity::Note, "openlineage.no-zone",
                              "eventTime without a time zone; taken as UTC, here and in what "
                              "follows.",
                              node);
        }
        if (!isKnownEventType(m_event["eventType"].text()))
            m_context.problem(Severity::Warning, "openlineage.event-type",
                              "eventType is \"" + m_event["eventType"].string() +
                                  "\" (expected START, RUNNING, COMPLETE, ABORT, FAIL or OTHER). "
                                  "Taken as OTHER.",
                              m_event["eventType"]);
    }

    void readDatasetEvent(const DataNode& node)
    {
        const DatasetIndex dataset = m_state.facets.dataset(node, m_context);
        if (!dataset.isValid())
            return;
        m_state.facets.readDataset(node, dataset, m_time, m_context);
        m_state.facets.readColumnLineage(node["facets"]["columnLineage"], dataset, {}, m_context);
        m_state.facets.readDatasetLineage(node["facets"]["lineage"], dataset, {}, m_context);
    }

    void checkParent()
    {
        for (const DataNode facet : m_event["run"]["facets"]) {
            if (facet.key() != "parent" && facet.key() != "lineage")
                m_context.ignored(facet.key(), "a facet that is not kept", facet);
        }
        const DataNode parent = m_event["run"]["facets"]["parent"];
        if (parent.isObject() && parent["run"]["runId"].text().empty() &&
            !parent["_deleted"].boolean().value_or(false))
            m_context.problem(Severity::Warning, "openlineage.facet-incomplete",
                              "parent facet without run.runId (required). Facet skipped.",
                              parent["run"] ? parent["run"] : parent);
    }

    void readDatasets()
    {
        for (const DataNode& node : listAt(m_event, "inputs", m_context, openLineage)) {
            const DatasetIndex dataset = m_state.facets.dataset(node, m_context);
            if (!dataset.isValid())
                continue;
            m_state.facets.readDataset(node, dataset, m_time, m_context);
            m_inputs.push_back(dataset);
        }
        for (const DataNode& node : listAt(m_event, "outputs", m_context, openLineage))
            readOutput(node);
        for (OpenLineageRuns::Datasets* list : {&m_inputs, &m_outputs}) {
            std::sort(list->begin(), list->end());
            list->erase(std::unique(list->begin(), list->end()), list->end());
        }
        m_state.facets.readQuery(m_event["job"]["facets"]["sql"], m_job, m_outputs, m_context);
    }

    void readOutput(const DataNode& node)
    {
        const DatasetIndex dataset = m_state.facets.dataset(node, m_context);
        if (!dataset.isValid())
            return;
        m_context.estate().estate().datasets[dataset.value].isDerived = true;
        m_state.facets.readDataset(node, dataset, m_time, m_context);
        m_state.facets.readColumnLineage(node["facets"]["columnLineage"], dataset, m_job,
                                         m_context);
        // Explicit lineage goes before inputs x outputs.
        if (!m_state.facets.readDatasetLineage(node["facets"]["lineage"], dataset, m_job,
                                               m_context))
            m_outputs.push_back(dataset);
    }

    void readRun()
    {
        const DataNode run = m_event["run"];
        for (const DataNode& facet :
             {m_event["job"]["facets"]["lineage"], run["facets"]["lineage"]}) {
            if (m_state.facets.readEntries(facet, m_job, m_context))
                m_outputs.clear();
        }
        Job& job = m_context.estate().estate().jobs[m_job.value];
        if (!run) {
            addEdges(m_inputs, m_outputs);
            return;
        }
        noteLastRun();
        const std::string_view id = run["runId"].text();
        std::optional<RunId> runId = runIdFrom(id);
        if (!runId) {
            reportRunId(run, id);
            job.runs += id.empty() ? 0 : 1;
            addEdges(m_inputs, m_outputs);
            return;
        }
        runId->job = m_job.value;
        const OpenLineageRuns::Merged merged = m_state.runs.add(*runId, m_inputs, m_outputs);
        job.runs += merged.isNewRun ? 1 : 0;
        if (merged.hasGrown)
            addEdges(*merged.inputs, *merged.outputs);
    }

    void reportRunId(const DataNode& run, std::string_view id)
    {
        if (id.empty()) {
            m_context.problem(Severity::Warning, "openlineage.no-run-id",
                              "event " + std::to_string(m_state.events) +
                                  ": run without runId (required). Edges of this event loaded "
                                  "without a run.",
                              run);
        } else if (!m_state.isTemplateReported) {
            m_state.isTemplateReported = true;
            m_context.problem(
                Severity::Warning, "openlineage.run-id",
                "runId is \"" + std::string(id) +
                    "\" (expected a UUID). Such events are taken each by itself, here "
                    "and in what follows.",
                run["runId"]);
        }
    }

    void noteLastRun()
    {
        std::vector<std::int64_t>& last = m_state.lastRuns;
        if (last.size() <= m_job.value)
            last.resize(m_job.value + 1, INT64_MIN);
        if (m_hasTime)
            last[m_job.value] = std::max(last[m_job.value], m_time);
    }

    void addEdges(const OpenLineageRuns::Datasets& inputs, const OpenLineageRuns::Datasets& outputs)
    {
        if (inputs.empty() || outputs.empty())
            return;
        const Evidence evidence = m_context.evidence(m_event);
        for (const DatasetIndex output : outputs) {
            for (const DatasetIndex input : inputs)
                m_context.estate().lineage(input, output, m_job, evidence);
        }
    }

    const DataNode m_event;
    ImportContext& m_context;
    State& m_state;
    JobIndex m_job;
    std::int64_t m_time = INT64_MIN;
    bool m_hasTime = false;
    OpenLineageRuns::Datasets m_inputs;
    OpenLineageRuns::Datasets m_outputs;
};

class OpenLineageImporter : public Importer {
public:
    std::string_view format() const override { return openLineage; }
    std::string_view title() const override { return "OpenLineage events"; }
    std::string_view group() const override { return "Lineage"; }
    bool readsLines() const override { return true; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document) {
            const bool isMarked = head.text.find("\"eventTime\"") != std::string_view::npos &&
                                  head.text.find("\"producer\"") != std::string_view::npos;
            return isMarked ? Match::ByContent : Match::No;
        }
        const DataNode root = head.document->root();
        if (isEvent(root))
            return Match::ByContent;
        const DataNode list = root.isArray() ? root : root["events"];
        if (!list.isArray())
            return Match::No;
        for (const DataNode event : list) {
            if (isEvent(event))
                return Match::ByContent;
        }
        return Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        const DataNode list = root.isArray() ? root : root["events"];
        if (!list.isArray()) {
            EventReading(root, context).run();
            return;
        }
        for (const DataNode event : list) {
            if (context.progress().stopRequested())
                return;
            EventReading(event, context).run();
        }
    }

    void finish(ImportContext& context) const override
    {
        State& state = context.state<State>();
        state.facets.finish(context);
        for (std::size_t i = 0; i < state.lastRuns.size(); ++i) {
            if (state.lastRuns[i] != INT64_MIN)
                context.estate().estate().jobs[i].lastRun = eventTimeText(state.lastRuns[i]);
        }
    }
};

}  // namespace

std::unique_ptr<Importer> openLineageImporter()
{
    return std::make_unique<OpenLineageImporter>();
}

}  // namespace portolan
