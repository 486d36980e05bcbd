// SPDX-License-Identifier: Apache-2.0
// dbt's semantic_manifest.json: which tables carry meaning, their keys and dimensions, and metrics as words with their definition.
#include "model/import/dataset_name.h"
#include "model/import/document_content.h"
#include "model/import/importers.h"
#include "model/import/lineage/dbt_artifact.h"

namespace portolan {

namespace {

constexpr std::string_view dbt = "dbt";

class SemanticReading {
public:
    SemanticReading(const DataNode& root, ImportContext& context) : m_root(root), m_context(context)
    {
        // The platform stands in the manifest of the same run alone.
        const Result<DataNode> manifest = context.sibling("manifest.json");
        if (manifest && dbtHead(*manifest).kind == "manifest") {
            m_platform = dbtPlatform(dbtHead(*manifest));
            m_project = dbtHead(*manifest).project;
        } else
            context.problem(
                Severity::Note, "dbt.no-manifest",
                "There is no manifest.json beside the semantic manifest, which does not "
                "say its platform by itself. Loaded without.",
                root);
    }

    void run()
    {
        if (m_project.empty())
            m_project = m_root["project_configuration"]["name"].string();
        for (const DataNode model : listAt(m_root, "semantic_models", m_context, dbt))
            readModel(model);
        for (const DataNode metric : listAt(m_root, "metrics", m_context, dbt))
            readMetric(metric);
        for (const DataNode query : m_root["saved_queries"])
            m_context.ignored("saved_queries", "it makes no data", query);
        ignoreOthers(m_root, " semantic_models metrics saved_queries project_configuration ",
                     "root", m_context);
    }

private:
    void readModel(const DataNode& model)
    {
        ignoreOthers(
            model,
            " name description node_relation entities dimensions measures defaults label primary_entity ",
            "semantic_model", m_context);
        const DataNode relation = model["node_relation"];
        if (relation["alias"].text().empty() && relation["relation_name"].text().empty()) {
            m_context.unresolved(model["name"].text(), "a semantic model without a relation",
                                 model);
            return;
        }
        const DatasetIndex dataset = m_context.estate().dataset(m_platform, {}, pathOf(relation),
                                                                m_context.evidence(relation));
        Dataset& facts = m_context.estate().estate().datasets[dataset.value];
        if (facts.description.empty())
            facts.description = model["description"].string();
        const std::string key = facts.key();
        for (const DataNode entity : listAt(model, "entities", m_context, dbt)) {
            const std::string name = readColumn(entity, dataset);
            const std::string_view type = entity["type"].text();
            const bool isKey = type == "primary" || type == "unique" || type == "natural";
            if (!name.empty())
                m_context.estate().fact(Claim{ClaimAbout::Column, key + "#" + name,
                                              isKey ? "key" : "references",
                                              isKey ? std::string("true") : entity["name"].string(),
                                              m_context.evidence(entity)});
        }
        for (const DataNode dimension : listAt(model, "dimensions", m_context, dbt))
            readColumn(dimension, dataset);
        for (const DataNode measure : listAt(model, "measures", m_context, dbt))
            m_context.ignored("measures", "metrics are what is read of them", measure);
    }

    // As the manifest names the same table: by its whole relation, spelt as the platform does.
    std::string pathOf(const DataNode& relation) const
    {
        const std::string_view whole = relation["relation_name"].text();
        if (!whole.empty())
            return unquotedPath(m_platform, whole);
        return unquotedPath(m_platform,
                            dottedPath({relation["database"].text(), relation["schema_name"].text(),
                                        relation["alias"].text()}));
    }

    // An expression that is a name is the column; any other is computed from columns that it does not name plainly.
    std::string readColumn(const DataNode& part, DatasetIndex dataset)
    {
        std::string name =
            part["expr"].text().empty() ? part["name"].string() : part["expr"].string();
        const bool isName =
            !name.empty() &&
            name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "0123456789_$") == std::string::npos;
        if (!isName) {
            m_context.ignored("computed columns", "an expression, not a column", part);
            return {};
        }
        const ColumnIndex column =
            m_context.estate().column(dataset, name, {}, m_context.evidence(part));
        std::string& description = m_context.estate().estate().columns[column.value].description;
        if (description.empty())
            description = part["description"].string();
        return name;
    }

    void readMetric(const DataNode& metric)
    {
        // By its name, as the manifest has it: a label is not always there.
        const std::string name = metric["name"].string();
        if (name.empty()) {
            m_context.problem(Severity::Warning, "dbt.metric-without-name",
                              "A metric has no name (required). Metric skipped.", metric);
            return;
        }
        m_context.estate().term({m_root["project_configuration"]["name"].string(), name,
                                 metric["description"].string(), m_context.evidence(metric)});
    }

    DataNode m_root;
    ImportContext& m_context;
    std::string m_platform;
    std::string m_project;
};

class DbtSemanticImporter : public Importer {
public:
    std::string_view format() const override { return "dbt-semantic-manifest"; }
    std::string_view title() const override { return "dbt semantic manifest"; }
    std::string_view group() const override { return "Transformations"; }

    Match match(const SourceHead& head) const override
    {
        if (!head.document)
            return Match::No;
        const DataNode root = head.document->root();
        return root["semantic_models"].isArray() && root["metrics"].isArray() &&
                       root["project_configuration"].isObject()
                   ? Match::ByContent
                   : Match::No;
    }

    void readDocument(const DataNode& root, ImportContext& context) const override
    {
        SemanticReading(root, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> dbtSemanticImporter()
{
    return std::make_unique<DbtSemanticImporter>();
}

}  // namespace portolan
