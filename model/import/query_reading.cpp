// SPDX-License-Identifier: Apache-2.0
#include "model/import/query_reading.h"

#include "model/base/ascii_text.h"
#include "model/base/hash.h"
#include "model/import/dataset_name.h"
#include "model/import/importers.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <unordered_set>
#include <utility>

namespace portolan {

namespace {

constexpr unsigned mostThreads = 8;
constexpr std::size_t fewQueries = 8;  // starting threads costs more than it saves
constexpr int mostRounds = 4;          // of queries that name each other without a source saying so

std::string platformOfDialect(const std::string& dialect)
{
    return dialect.empty() ? dialect : fromNamespace(dialect + "://x", "").platform;
}

// dbt puts the text of an ephemeral model into each text that reads it, as a CTE of this name.
constexpr std::string_view inlinedMark = "__dbt__cte__";

bool isWordCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The name of an inlined model at a place; empty: none begins there.
std::string_view inlinedNameAt(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && isWordCharacter(text[end]))
        ++end;
    const std::string_view word = text.substr(at, end - at);
    return lowerCase(word.substr(0, inlinedMark.size())) == inlinedMark ? word : std::string_view();
}

// Whether "as (" follows: the place where the CTE gets its text.
bool isDefinition(std::string_view after)
{
    const auto skipBlanks = [&after] {
        after.remove_prefix(std::min(after.find_first_not_of(" \t\r\n"), after.size()));
    };
    skipBlanks();
    if (lowerCase(after.substr(0, 2)) != "as")
        return false;
    after.remove_prefix(2);
    skipBlanks();
    return after.starts_with('(');
}

}  // namespace

// Answers by dataset, and notes what was asked. One for each query that is read.
class QueryReading::Catalog : public SqlCatalog {
public:
    Catalog(const QueryReading& reading, std::size_t query) : m_reading(reading), m_query(query) {}

    const std::vector<std::string>* columns(const SqlName& relation) const override
    {
        const DatasetIndex dataset = m_reading.relation(m_query, relation);
        const Columns* known = dataset.isValid() ? &m_reading.m_columns[dataset.value] : nullptr;
        const std::uint64_t hash = known ? known->hash : 0;
        const std::string text = relation.text();
        if (std::none_of(m_asked.begin(), m_asked.end(), [&](const ReadQuery::Asked& asked) {
                return asked.relation.text() == text;
            }))
            m_asked.push_back({relation, hash});
        return hash != 0 ? &known->names : nullptr;
    }

    std::vector<ReadQuery::Asked> takeAsked() { return std::move(m_asked); }

private:
    const QueryReading& m_reading;
    std::size_t m_query;
    mutable std::vector<ReadQuery::Asked> m_asked;
};

QueryReading::QueryReading(const Estate& estate, const KnownQueries& known, Progress& progress)
    : m_estate(estate), m_known(known), m_progress(progress), m_names(estate)
{
}

bool QueryReading::run()
{
    m_progress.setWhat("column lineage of queries");
    m_read.resize(m_estate.queries.size());
    m_keys.resize(m_estate.queries.size());
    m_packed.resize(m_estate.queries.size());
    findScopes();
    findStatedColumns();
    for (const std::vector<std::size_t>& level : levels()) {
        if (!readAll(level))
            return false;
        for (const std::size_t query : level)
            learn(query);
    }
    for (int round = 0; round < mostRounds; ++round) {
        const std::vector<std::size_t> again = outdated();
        if (again.empty())
            break;
        m_done -= static_cast<std::int64_t>(again.size());
        if (!readAll(again))
            return false;
        for (const std::size_t query : again)
            learn(query);
    }
    for (std::size_t i = 0; i < m_packed.size(); ++i) {
        if (m_packed[i].empty())
            continue;
        ++m_readAnew;
        m_isNew[m_keys[i]] = std::move(m_packed[i]);
    }
    return true;
}

DatasetIndex QueryReading::relation(std::size_t query, const SqlName& name) const
{
    if (name.parts.size() == 1 && name.parts[0].text.size() > inlinedMark.size() &&
        inlinedNameAt(name.parts[0].text, 0).size() == name.parts[0].text.size())
        return inlinedModel(query, name.parts[0].text);
    return m_names.find(name, m_scopes[query]);
}

// An ephemeral model among those that the query is said to read: "model.shop.stage" is __dbt__cte__stage.
DatasetIndex QueryReading::inlinedModel(std::size_t query, std::string_view name) const
{
    const std::string wanted = lowerCase(name.substr(inlinedMark.size()));
    DatasetIndex found;
    for (const DatasetIndex dataset : m_near[query]) {
        const Dataset& one = m_estate.datasets[dataset.value];
        if (one.platform != "dbt")
            continue;
        std::string path = lowerCase(one.path);
        for (int part = 0; part < 2 && !path.empty(); ++part)
            path.erase(0, std::min(path.find('.'), path.size() - 1) + 1);
        std::replace(path.begin(), path.end(), '.', '_');  // a version
        if (path != wanted)
            continue;
        if (found.isValid())
            return {};  // of two packages
        found = dataset;
    }
    return found;
}

// The text in which models that are inlined there are read like others: what they are made of is said by their own text.
std::string QueryReading::textOf(std::size_t query) const
{
    std::string text = m_estate.queries[query].text;
    for (std::size_t at = text.find("__"); at != std::string::npos; at = text.find("__", at)) {
        const std::string_view name =
            at > 0 && isWordCharacter(text[at - 1]) ? std::string_view() : inlinedNameAt(text, at);
        const bool isHidden = !name.empty() &&
                              isDefinition(std::string_view(text).substr(at + name.size())) &&
                              inlinedModel(query, name).isValid();
        const std::size_t size = std::max<std::size_t>(name.size(), 2);
        if (isHidden)
            text.replace(at, inlinedMark.size(), "__dbt__own__");
        at += size;
    }
    return text;
}

void QueryReading::findScopes()
{
    std::unordered_map<DatasetIndex, std::vector<DatasetIndex>> sourcesOf;
    std::unordered_map<JobIndex, std::vector<DatasetIndex>> ofJob;
    for (const ObservedQuery& query : m_estate.queries) {
        if (query.writes.isValid())
            sourcesOf.try_emplace(query.writes);
        else if (query.job.isValid())
            ofJob.try_emplace(query.job);
    }
    for (const LineageEdge& edge : m_estate.lineageEdges) {
        if (const auto of = sourcesOf.find(edge.to); of != sourcesOf.end() && edge.from != edge.to)
            of->second.push_back(edge.from);
        if (const auto of = ofJob.find(edge.job); of != ofJob.end())
            of->second.insert(of->second.end(), {edge.from, edge.to});
    }
    m_scopes.resize(m_estate.queries.size());
    m_near.resize(m_estate.queries.size());
    for (std::size_t i = 0; i < m_scopes.size(); ++i) {
        const ObservedQuery& query = m_estate.queries[i];
        RelationScope& scope = m_scopes[i];
        scope.platform = platformOfDialect(query.dialect);
        scope.space = partsOfRelation(query.space);
        if (query.writes.isValid()) {
            const Dataset& writes = m_estate.datasets[query.writes.value];
            const bool isOfTool =
                writes.platform == "dbt";  // an ephemeral model: it stands nowhere
            if (!isOfTool)
                scope.platform = writes.platform;
            scope.instance = isOfTool ? std::string() : writes.instance;
            m_near[i] = sourcesOf[query.writes];
        } else if (query.job.isValid()) {
            m_near[i] = ofJob[query.job];
        }
        std::sort(m_near[i].begin(), m_near[i].end());
        m_near[i].erase(std::unique(m_near[i].begin(), m_near[i].end()), m_near[i].end());
        scope.near = m_near[i];
    }
}

// Columns with types come from someone who looked at the whole; documentation often names only those that it has a word for, and lineage
// those that it follows.
void QueryReading::findStatedColumns()
{
    m_columns.resize(m_estate.datasets.size());
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const std::vector<ColumnIndex>& columns = m_estate.datasets[i].columns;
        const auto typed =
            std::count_if(columns.begin(), columns.end(), [this](const ColumnIndex column) {
                return !m_estate.columns[column.value].type.empty();
            });
        if (typed == 0 || static_cast<std::size_t>(typed) * 2 < columns.size())
            continue;
        for (const ColumnIndex column : columns)
            m_columns[i].names.push_back(m_estate.columns[column.value].name);
        m_columns[i].isStated = true;
    }
    for (const SchemaObject& object : m_estate.objects) {
        if (!object.dataset.isValid() || m_columns[object.dataset.value].isStated ||
            object.fields.empty())
            continue;
        Columns& columns = m_columns[object.dataset.value];
        for (const FieldIndex field : object.fields) {
            const std::string& path = m_estate.fields[field.value].path;
            if (path.find('.') == std::string::npos)
                columns.names.push_back(path);
        }
        columns.isStated = !columns.names.empty();
    }
    for (Columns& columns : m_columns) {
        if (columns.isStated)
            columns.hash = hashOfColumns(columns.names);
    }
    for (const ObservedQuery& query : m_estate.queries) {
        if (query.writes.isValid() && !query.isTemplate)
            m_columns[query.writes.value].isAwaited = !m_columns[query.writes.value].isStated;
    }
}

// Queries by how many others they build on, as the flow of datasets says it; those in a circle, and those that say themselves what they
// write, come last.
std::vector<std::vector<std::size_t>> QueryReading::levels() const
{
    std::unordered_map<DatasetIndex, std::vector<std::size_t>> writing;
    std::vector<std::vector<std::size_t>> levels(1);
    std::vector<std::size_t> last;
    for (std::size_t i = 0; i < m_estate.queries.size(); ++i) {
        const ObservedQuery& query = m_estate.queries[i];
        if (query.isTemplate)
            continue;
        if (query.writes.isValid())
            writing[query.writes].push_back(i);
        else
            last.push_back(i);
    }
    std::unordered_map<DatasetIndex, std::vector<DatasetIndex>> next;
    std::unordered_map<DatasetIndex, int> open;
    for (const LineageEdge& edge : m_estate.lineageEdges) {
        if (edge.from != edge.to && writing.contains(edge.from) && writing.contains(edge.to)) {
            next[edge.from].push_back(edge.to);
            ++open[edge.to];
        }
    }
    std::vector<DatasetIndex> ready;
    for (const auto& [dataset, queries] : writing) {
        if (!open.contains(dataset))
            ready.push_back(dataset);
    }
    while (!ready.empty()) {
        std::vector<DatasetIndex> then;
        for (const DatasetIndex dataset : ready) {
            const auto queries = writing.find(dataset);
            levels.back().insert(levels.back().end(), queries->second.begin(),
                                 queries->second.end());
            for (const DatasetIndex to : next[dataset]) {
                if (--open[to] == 0)
                    then.push_back(to);
            }
            writing.erase(queries);
        }
        levels.emplace_back();
        ready = std::move(then);
    }
    for (const auto& [dataset, queries] : writing)
        levels.back().insert(levels.back().end(), queries.begin(), queries.end());
    levels.push_back(std::move(last));
    for (std::vector<std::size_t>& level : levels)
        std::sort(level.begin(), level.end());
    return levels;
}

bool QueryReading::readAll(const std::vector<std::size_t>& queries)
{
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < queries.size(); i = next++) {
            if (m_progress.stopRequested())
                return;
            readOne(queries[i]);
            m_progress.report(m_done + static_cast<std::int64_t>(i),
                              static_cast<std::int64_t>(m_estate.queries.size()));
        }
    };
    const unsigned count = std::min(std::thread::hardware_concurrency(), mostThreads);
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < count && queries.size() >= fewQueries; ++i)
        threads.emplace_back(work);
    work();
    threads.clear();
    m_done += static_cast<std::int64_t>(queries.size());
    return !m_progress.stopRequested();
}

void QueryReading::readOne(std::size_t number)
{
    const ObservedQuery& query = m_estate.queries[number];
    if (m_keys[number].empty()) {
        m_keys[number] = keyOf(number);
        if (const auto known = m_known.find(m_keys[number]); known != m_known.end()) {
            std::optional<ReadQuery> read = readQueryFrom(known->second);
            if (read && isStillSo(number, *read, true)) {
                m_read[number] = std::move(*read);
                return;
            }
        }
    }
    Catalog catalog(*this, number);
    ReadQuery& read = m_read[number];
    const std::string text = textOf(number);
    read.statements =
        sqlLineage(text, sqlDialectFrom(query.dialect).value_or(SqlDialect::Generic), catalog);
    read.asked = catalog.takeAsked();
    m_packed[number] = packed(read);
}

// What a query gives that is not read yet may still turn out to be what it was.
bool QueryReading::isStillSo(std::size_t query, const ReadQuery& read, bool mayWait) const
{
    return std::all_of(read.asked.begin(), read.asked.end(), [&](const ReadQuery::Asked& asked) {
        const DatasetIndex dataset = relation(query, asked.relation);
        if (!dataset.isValid())
            return asked.columns == 0;
        const Columns& columns = m_columns[dataset.value];
        return asked.columns == columns.hash || (mayWait && columns.isAwaited);
    });
}

// A dataset whose columns no source states has those that its one query gives.
void QueryReading::learn(std::size_t number)
{
    const ObservedQuery& query = m_estate.queries[number];
    if (!query.writes.isValid())
        return;
    Columns& columns = m_columns[query.writes.value];
    columns.isAwaited = false;
    if (!query.column.empty() || m_read[number].statements.size() != 1)
        return;
    const SqlStatement& statement = m_read[number].statements.front();
    const bool givesAll = !statement.hasUnknownColumns && !statement.outputs.empty() &&
                          (statement.kind == SqlStatementKind::Select ||
                           statement.kind == SqlStatementKind::CreateTable ||
                           statement.kind == SqlStatementKind::CreateView);
    if (columns.isStated || !givesAll)
        return;
    columns.names.clear();
    for (const SqlOutput& output : statement.outputs) {
        if (!output.name.empty())
            columns.names.push_back(output.name);
    }
    columns.hash = columns.names.empty() ? 0 : hashOfColumns(columns.names);
}

std::vector<std::size_t> QueryReading::outdated() const
{
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < m_read.size(); ++i) {
        if (!m_estate.queries[i].isTemplate && !isStillSo(i, m_read[i], false))
            all.push_back(i);
    }
    return all;
}

std::vector<std::string> QueryReading::notNeeded() const
{
    const std::unordered_set<std::string_view> needed(m_keys.begin(), m_keys.end());
    std::vector<std::string> gone;
    for (const auto& [key, facts] : m_known) {
        if (!needed.contains(key))
            gone.push_back(key);
    }
    return gone;
}

std::string QueryReading::keyOf(std::size_t number) const
{
    const ObservedQuery& query = m_estate.queries[number];
    const RelationScope& scope = m_scopes[number];
    std::string all = PORTOLAN_VERSION "/" + std::to_string(importersRevision);
    for (const std::string& part :
         {query.dialect, query.space, scope.platform, scope.instance,
          query.writes.isValid() ? m_estate.datasets[query.writes.value].key() : std::string(),
          query.text})
        all += std::to_string(part.size()) + ":" + part;
    return sha256(all);
}

}  // namespace portolan
