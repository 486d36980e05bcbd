// SPDX-License-Identifier: Apache-2.0
// DataHub's metadata files in JSON: change events with whole snapshots (MCE) and change proposals with one aspect each (MCP).
#include "model/base/ascii_text.h"
#include "model/import/catalogs/datahub_names.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/lineage/event_time.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace portolan {

namespace {

constexpr std::string_view datahub = "datahub";
constexpr std::size_t mostPairs = 10'000;             // of one job: each input with each output
constexpr std::int64_t latest = 253'402'300'799'999;  // the last millisecond of the year 9999

// Avro's unions are written as {"string": "..."}, {"array": [...]}.
DataNode plain(const DataNode& node)
{
    if (!node.isObject() || node.size() != 1)
        return node;
    for (const std::string_view key :
         {"string", "array", "boolean", "long", "int", "double", "map"}) {
        if (node[key])
            return node[key];
    }
    return node;
}

std::string_view textOf(const DataNode& object, std::string_view key)
{
    return plain(object[key]).text();
}

std::string_view afterLastDot(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

// "com.linkedin.pegasus2avro.schema.SchemaMetadata" is the aspect "schemaMetadata".
std::string aspectName(std::string_view type)
{
    std::string name(afterLastDot(type));
    if (!name.empty() && name.front() >= 'A' && name.front() <= 'Z')
        name.front() = static_cast<char>(name.front() - 'A' + 'a');
    return name;
}

class DataHubReading {
public:
    explicit DataHubReading(ImportContext& context) : m_context(context) {}

    void readItem(const DataNode& item)
    {
        if (item["proposedSnapshot"].isObject()) {
            for (const DataNode snapshot : item["proposedSnapshot"]) {
                for (const DataNode wrapped : plain(snapshot["aspects"])) {
                    for (const DataNode aspect : wrapped)
                        readAspect(snapshot["urn"].text(), aspectName(aspect.key()), aspect);
                }
            }
        } else if (!item["aspectName"].text().empty()) {
            readProposal(item);
        } else {
            m_context.problem(Severity::Warning, "datahub.unknown-item",
                              "The item has neither a proposedSnapshot nor an aspectName. Skipped.",
                              item);
        }
    }

private:
    void readProposal(const DataNode& item)
    {
        const std::string_view urn = textOf(item, "entityUrn");
        const std::string name(textOf(item, "aspectName"));
        if (textOf(item, "changeType") == "DELETE") {
            m_context.ignored("changeType DELETE", "a deletion of " + name, item);
            return;
        }
        const DataNode aspect = plain(item["aspect"]);
        DataNode value = aspect["json"];
        if (!value.isObject()) {
            const DataNode text = aspect["value"];
            if (!text.isString()) {
                m_context.problem(Severity::Warning, "datahub.no-value",
                                  "The aspect has no value (expected aspect.value or aspect.json). "
                                  "Skipped.",
                                  item);
                return;
            }
            value = m_context.embedded(text);
        }
        if (value.isObject())
            readAspect(urn, name, value);
        m_context.forgetEmbedded();
    }

    void readAspect(std::string_view urnText, const std::string& name, const DataNode& aspect)
    {
        const DataHubUrn urn = dataHubUrn(urnText);
        if (urn.type.empty()) {
            m_context.problem(Severity::Warning, "datahub.no-urn",
                              "The entity has no URN (expected urn:li:...). Aspect skipped.",
                              aspect);
            return;
        }
        const bool isRead = urn.type == "dataset" ? readOfDataset(urnText, name, aspect)
                                                  : readOfOther(urn, name, aspect);
        if (!isRead)
            m_context.ignored(name, "an aspect that is not kept", aspect);
    }

    bool readOfDataset(std::string_view urn, const std::string& name, const DataNode& aspect)
    {
        const DatasetIndex dataset = dataHubDataset(urn, aspect, m_context);
        if (!dataset.isValid())
            return true;
        const std::string key = m_context.estate().estate().datasets[dataset.value].key();
        if (name == "schemaMetadata")
            readSchema(dataset, key, aspect);
        else if (name == "upstreamLineage")
            readUpstreams(dataset, aspect);
        else if (name == "datasetProperties" || name == "editableDatasetProperties")
            describe(dataset, aspect);
        else if (name == "subTypes")
            setType(dataset, aspect);
        else if (name == "viewProperties")
            readView(dataset, aspect);
        else
            return readCommon(ClaimAbout::Dataset, key, name, aspect);
        return true;
    }

    void readView(DatasetIndex dataset, const DataNode& aspect)
    {
        const std::string language = lowerCase(textOf(aspect, "viewLanguage"));
        ObservedQuery query;
        query.text = textOf(aspect, "viewLogic");
        if (query.text.empty() || (!language.empty() && !language.ends_with("sql"))) {
            m_context.ignored("viewProperties", "a view in another language than SQL", aspect);
            return;
        }
        query.writes = dataset;
        query.dialect = m_context.estate().estate().datasets[dataset.value].platform;
        query.isTemplate = query.text.find("{{") != std::string::npos ||
                           query.text.find("{%") != std::string::npos;
        query.evidence = m_context.evidence(plain(aspect["viewLogic"]));
        m_context.estate().fact(std::move(query));
    }

    void describe(DatasetIndex dataset, const DataNode& aspect)
    {
        std::string& description = m_context.estate().estate().datasets[dataset.value].description;
        if (description.empty())
            description = textOf(aspect, "description");
        ignoreOthers(aspect, " description ", "datasetProperties", m_context);
    }

    void setType(DatasetIndex dataset, const DataNode& aspect)
    {
        std::string& type = m_context.estate().estate().datasets[dataset.value].type;
        for (const DataNode name : plain(aspect["typeNames"])) {
            if (type.empty())
                type = name.text() == "View" ? "view" : name.text() == "Topic" ? "topic" : "table";
        }
    }

    void readSchema(DatasetIndex dataset, const std::string& key, const DataNode& aspect)
    {
        for (const DataNode field : plain(aspect["fields"])) {
            const std::string path = dataHubFieldPath(field["fieldPath"].text());
            if (path.empty()) {
                m_context.problem(Severity::Warning, "datahub.field-without-path",
                                  "A field has no fieldPath (required). Field skipped.", field);
                continue;
            }
            const ColumnIndex column = m_context.estate().column(
                dataset, path, textOf(field, "nativeDataType"), m_context.evidence(field));
            std::string& description =
                m_context.estate().estate().columns[column.value].description;
            if (description.empty())
                description = textOf(field, "description");
            const std::string columnKey = key + "#" + path;
            if (field["nullable"].boolean() == false)
                claim(ClaimAbout::Column, columnKey, "required", "true", field);
            if (field["isPartOfKey"].boolean().value_or(false))
                claim(ClaimAbout::Column, columnKey, "key", "true", field);
            for (const DataNode term : field["glossaryTerms"]["terms"])
                claim(ClaimAbout::Column, columnKey, "terms", dataHubId(term["urn"].text()), term);
        }
    }

    void readUpstreams(DatasetIndex dataset, const DataNode& aspect)
    {
        for (const DataNode upstream : plain(aspect["upstreams"])) {
            const DatasetIndex from =
                dataHubDataset(upstream["dataset"].text(), upstream, m_context);
            if (from.isValid())
                m_context.estate().lineage(from, dataset, JobIndex(), m_context.evidence(upstream));
        }
        for (const DataNode entry : plain(aspect["fineGrainedLineages"]))
            readDataHubFineLineage(entry, JobIndex(), m_context);
    }

    bool readOfOther(const DataHubUrn& urn, const std::string& name, const DataNode& aspect)
    {
        const std::string id(urn.id());
        if (name == "domainProperties") {
            ObservedDomain domain;
            domain.id = id;
            domain.name = textOf(aspect, "name");
            domain.parent = dataHubId(textOf(aspect, "parentDomain"));
            domain.description = textOf(aspect, "description");
            domain.evidence = m_context.evidence(aspect);
            m_context.estate().fact(std::move(domain));
        } else if (name == "dataProductProperties") {
            readProduct(id, aspect);
        } else if (name == "glossaryTermInfo") {
            const std::string_view said = textOf(aspect, "name");
            m_context.estate().term(
                {dataHubId(textOf(aspect, "parentNode")),
                 said.empty() ? std::string(afterLastDot(id)) : std::string(said),
                 std::string(textOf(aspect, "definition")), m_context.evidence(aspect)});
        } else if (name == "corpGroupInfo") {
            ObservedTeam team;
            team.id = id;
            team.name = textOf(aspect, "displayName");
            if (team.name.empty())
                team.name = id;
            team.contact = textOf(aspect, "email");
            team.description = textOf(aspect, "description");
            for (const DataNode member : plain(aspect["members"]))
                team.members.push_back(dataHubId(member.text()));
            team.evidence = m_context.evidence(aspect);
            m_context.estate().fact(std::move(team));
        } else if (urn.type == "dataJob" && name == "dataJobInputOutput") {
            readJob(urn, aspect);
        } else if (urn.type == "dataJob" && name == "ownership") {
            readJobOwners(urn, aspect);
        } else if (name == "assertionRunEvent") {
            readRun(id, aspect);
        } else if (urn.type == "domain") {
            return readCommon(ClaimAbout::Domain, id, name, aspect);
        } else if (urn.type == "glossaryTerm") {
            return readCommon(ClaimAbout::Term, id, name, aspect);
        } else if (urn.type == "dataProduct") {
            return readCommon(ClaimAbout::Product, id, name, aspect);
        } else if (urn.type == "schemaField" && urn.parts.size() == 2) {
            const DatasetIndex dataset = dataHubDataset(urn.parts[0], aspect, m_context);
            return dataset.isValid() &&
                   readCommon(ClaimAbout::Column,
                              m_context.estate().estate().datasets[dataset.value].key() + "#" +
                                  dataHubFieldPath(urn.parts[1]),
                              name, aspect);
        } else {
            return false;
        }
        return true;
    }

    void readProduct(const std::string& id, const DataNode& aspect)
    {
        ObservedProduct product;
        product.id = id;
        product.name = textOf(aspect, "name");
        if (product.name.empty())
            product.name = id;
        product.evidence = m_context.evidence(aspect);
        m_context.estate().product(std::move(product));
        claim(ClaimAbout::Product, id, "description", std::string(textOf(aspect, "description")),
              aspect);
        for (const DataNode asset : plain(aspect["assets"])) {
            const std::string_view urn = asset["destinationUrn"].text();
            const DatasetIndex dataset = dataHubDataset(urn, asset, m_context);
            if (dataset.isValid())
                claim(ClaimAbout::Dataset,
                      m_context.estate().estate().datasets[dataset.value].key(), "products", id,
                      asset);
        }
    }

    // "urn:li:dataJob:(urn:li:dataFlow:(airflow,load,prod),orders)"
    JobIndex jobOf(const DataHubUrn& urn, const DataNode& where)
    {
        const DataHubUrn flow = dataHubUrn(urn.parts.front());
        const std::string space(flow.parts.size() > 1 ? flow.parts[1] : urn.parts.front());
        const JobIndex job =
            m_context.estate().job(space, std::string(urn.id()), m_context.evidence(where));
        std::string& integration = m_context.estate().estate().jobs[job.value].integration;
        if (integration.empty() && !flow.parts.empty())
            integration = upperCase(flow.parts[0]);
        return job;
    }

    // The first owner is the job's; a job has room for one.
    void readJobOwners(const DataHubUrn& urn, const DataNode& aspect)
    {
        const JobIndex job = jobOf(urn, aspect);
        for (const DataNode owner : plain(aspect["owners"])) {
            std::string& known = m_context.estate().estate().jobs[job.value].owner;
            if (known.empty())
                known = dataHubId(owner["owner"].text());
            else
                m_context.ignored("ownership", "a further owner of a job", owner);
        }
    }

    struct JobEnd {
        DatasetIndex dataset;
        DataNode where;
    };

    // Older files list URNs, newer ones edges that hold them, and many list both.
    std::vector<JobEnd> jobEnds(const DataNode& aspect, std::string_view urns,
                                std::string_view edges)
    {
        std::vector<JobEnd> ends;
        std::unordered_set<std::uint32_t> known;
        const auto add = [&](std::string_view urn, const DataNode& where) {
            const DatasetIndex dataset = dataHubDataset(urn, where, m_context);
            if (dataset.isValid() && known.insert(dataset.value).second)
                ends.push_back({dataset, where});
        };
        for (const DataNode urn : plain(aspect[urns]))
            add(urn.text(), urn);
        for (const DataNode edge : plain(aspect[edges]))
            add(edge["destinationUrn"].text(), edge);
        return ends;
    }

    void readJob(const DataHubUrn& urn, const DataNode& aspect)
    {
        const JobIndex job = jobOf(urn, aspect);
        const std::vector<JobEnd> inputs = jobEnds(aspect, "inputDatasets", "inputDatasetEdges");
        const std::vector<JobEnd> outputs = jobEnds(aspect, "outputDatasets", "outputDatasetEdges");
        if (inputs.size() * outputs.size() > mostPairs) {
            m_context.ignored("dataJobInputOutput", "too many pairs of datasets", aspect);
        } else {
            for (const JobEnd& from : inputs) {
                for (const JobEnd& to : outputs)
                    m_context.estate().lineage(from.dataset, to.dataset, job,
                                               m_context.evidence(to.where));
            }
        }
        if (inputs.empty() != outputs.empty())
            m_context.ignored("dataJobInputOutput", "the job has datasets at one end only", aspect);
        for (const DataNode entry : plain(aspect["fineGrainedLineages"]))
            readDataHubFineLineage(entry, job, m_context);
        ignoreOthers(aspect,
                     " inputDatasets outputDatasets inputDatasetEdges outputDatasetEdges "
                     "fineGrainedLineages ",
                     "dataJobInputOutput", m_context);
    }

    void readRun(const std::string& id, const DataNode& aspect)
    {
        CheckRun run;
        run.check = id;
        run.tool = datahub;
        const std::string_view type = textOf(plain(aspect["result"]), "type");
        run.outcome = type == "SUCCESS"   ? CheckOutcome::Passed
                      : type == "FAILURE" ? CheckOutcome::Failed
                      : type == "ERROR"   ? CheckOutcome::Error
                                          : CheckOutcome::Unknown;
        run.dataset = dataHubDataset(textOf(aspect, "asserteeUrn"), aspect, m_context);
        const std::int64_t at = plain(aspect["timestampMillis"]).integer().value_or(0);
        if (at > 0 && at <= latest)
            run.at = eventTimeText(at * 1000);
        run.evidence = m_context.evidence(aspect);
        m_context.estate().fact(std::move(run));
    }

    // What any entity may have.
    bool readCommon(ClaimAbout about, const std::string& key, const std::string& name,
                    const DataNode& aspect)
    {
        if (name == "ownership") {
            bool isFirst = true;
            for (const DataNode owner : plain(aspect["owners"])) {
                claim(about, key, isFirst ? "owner" : "owners", dataHubId(owner["owner"].text()),
                      owner);
                isFirst = false;
            }
        } else if (name == "domains") {
            bool isFirst = true;
            for (const DataNode domain : plain(aspect["domains"])) {
                claim(about, key, isFirst ? "domain" : "domains", dataHubId(domain.text()), domain);
                isFirst = false;
            }
        } else if (name == "glossaryTerms") {
            for (const DataNode term : plain(aspect["terms"]))
                claim(about, key, "terms", dataHubId(term["urn"].text()), term);
        } else if (name == "globalTags") {
            for (const DataNode tag : plain(aspect["tags"]))
                claim(about, key, "tag", dataHubId(tag["tag"].text()), tag);
        } else if (name == "deprecation") {
            if (aspect["deprecated"].boolean().value_or(false))
                claim(about, key, "lifecycle", "deprecated", aspect);
        } else if (name == "status") {
            if (aspect["removed"].boolean().value_or(false))
                claim(about, key, "lifecycle", "removed", aspect);
        } else {
            return false;
        }
        return true;
    }

    void claim(ClaimAbout about, const std::string& key, std::string_view property,
               std::string value, const DataNode& where)
    {
        if (!value.empty())
            m_context.estate().fact(Claim{about, key, std::string(property), std::move(value),
                                          m_context.evidence(where)});
    }

    ImportContext& m_context;
};

bool isItem(const DataNode& node)
{
    return node["proposedSnapshot"].isObject() ||
           (node["aspectName"].isString() && (node["entityUrn"] || node["entityKeyAspect"]));
}

class DataHubImporter : public Importer {
public:
    std::string_view format() const override { return datahub; }
    std::string_view title() const override { return "DataHub metadata"; }
    std::string_view group() const override { return "Catalogs"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        if (!root.isArray())
            return isItem(root) ? Match::ByContent : Match::No;
        for (const DataNode first : root)
            return isItem(first) ? Match::ByContent : Match::No;
        return Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        DataHubReading reading(context);
        if (!root.isArray()) {
            reading.readItem(root);
            return;
        }
        for (const DataNode item : root) {
            if (context.progress().stopRequested())
                return;
            reading.readItem(item);
        }
    }
};

}  // namespace

std::unique_ptr<Importer> dataHubImporter()
{
    return std::make_unique<DataHubImporter>();
}

}  // namespace portolan
