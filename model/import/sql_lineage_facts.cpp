// SPDX-License-Identifier: Apache-2.0
#include "model/import/sql_lineage_facts.h"

#include "model/base/ascii_text.h"
#include "model/base/budget.h"
#include "model/estate/column_edge_kind.h"
#include "model/import/query_reading.h"

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

namespace portolan {

namespace {

// OpenLineage's words.
std::string_view wordOf(SqlInfluence influence)
{
    static constexpr std::string_view words[] = {
        "IDENTITY", "RENAME", "TRANSFORMATION", "AGGREGATION", "CONDITIONAL",
        "FILTER",   "JOIN",   "GROUP_BY",       "SORT",        "WINDOW"};
    return words[static_cast<std::size_t>(influence)];
}

std::uint64_t pairOf(std::uint32_t from, std::uint32_t to)
{
    return std::uint64_t(from) << 32 | to;
}

ColumnEdgeKind kindOf(const SqlInput& input)
{
    using Kind = ColumnEdgeKind;
    static constexpr Kind kinds[] = {
        Kind::Identity, Kind::Rename, Kind::Transformation, Kind::Aggregation, Kind::Conditional,
        Kind::Filter,   Kind::Join,   Kind::GroupBy,        Kind::Sort,        Kind::Window};
    return input.isMasked && isDirect(input.influence)
               ? Kind::Masking
               : kinds[static_cast<std::size_t>(input.influence)];
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

char inLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// The columns of datasets by name: as spelt, else in any case where that is one. Keeps no copy of a name, as there may be millions.
class ColumnNames {
public:
    ColumnNames(Estate& estate, std::size_t expected) : m_estate(estate)
    {
        m_isFilled.resize(estate.datasets.size());
        m_next.resize(estate.columns.size(), ColumnIndex::none);
        m_first.reserve(expected);
    }

    ColumnIndex find(DatasetIndex dataset, std::string_view name)
    {
        fill(dataset);
        const auto first = m_first.find(hashOf(dataset, name));
        ColumnIndex inAnyCase;
        int count = 0;
        for (std::uint32_t i = first == m_first.end() ? ColumnIndex::none : first->second;
             i != ColumnIndex::none; i = m_next[i]) {
            const Column& column = m_estate.columns[i];
            if (column.dataset != dataset)
                continue;
            if (column.name == name)
                return ColumnIndex(i);
            if (isSameInAnyCase(column.name, name)) {
                inAnyCase = ColumnIndex(i);
                ++count;
            }
        }
        return count == 1 ? inAnyCase : ColumnIndex();
    }

    // A member of a known column is a part of it, when it is not known by itself.
    ColumnIndex findWithin(DatasetIndex dataset, std::string_view name)
    {
        while (true) {
            if (const ColumnIndex found = find(dataset, name); found.isValid())
                return found;
            const std::size_t dot = name.rfind('.');
            if (dot == std::string_view::npos)
                return {};
            name = name.substr(0, dot);
        }
    }

    ColumnIndex add(DatasetIndex dataset, const std::string& name, const Evidence& evidence)
    {
        fill(dataset);
        const ColumnIndex index(m_estate.columns.size());
        Column& column = m_estate.columns.emplace_back();
        column.dataset = dataset;
        column.name = name;
        column.evidence = evidence;
        m_estate.datasets[dataset.value].columns.push_back(index);
        m_next.push_back(ColumnIndex::none);
        remember(index);
        return index;
    }

private:
    static std::uint64_t hashOf(DatasetIndex dataset, std::string_view name)
    {
        std::uint64_t hash = 0xCBF29CE484222325ULL ^ dataset.value * 0x9E3779B97F4A7C15ULL;
        for (const char c : name)
            hash = (hash ^ static_cast<unsigned char>(inLower(c))) * 0x100000001B3ULL;
        return hash;
    }

    static bool isSameInAnyCase(std::string_view one, std::string_view other)
    {
        return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                          [](char a, char b) { return inLower(a) == inLower(b); });
    }

    void fill(DatasetIndex dataset)
    {
        if (std::exchange(m_isFilled[dataset.value], char(1)))
            return;
        for (const ColumnIndex column : m_estate.datasets[dataset.value].columns)
            remember(column);
    }

    void remember(ColumnIndex index)
    {
        const Column& column = m_estate.columns[index.value];
        const auto [first, isNew] =
            m_first.emplace(hashOf(column.dataset, column.name), index.value);
        if (!isNew)
            m_next[index.value] = std::exchange(first->second, index.value);
    }

    Estate& m_estate;
    std::vector<char> m_isFilled;                              // by dataset
    std::unordered_map<std::uint64_t, std::uint32_t> m_first;  // by hash
    std::vector<std::uint32_t> m_next;                         // by column: of the same hash
};

// What could not be understood, gathered by source.
class Report {
public:
    explicit Report(Estate& estate) : m_estate(estate) {}

    void notUnderstood(const ObservedQuery& query, const std::string& subject,
                       const SqlNotUnderstood& what, const Evidence& place)
    {
        if (!query.evidence.source.isValid())
            return;
        add(query, {Severity::Warning, "sql.not-understood",
                    subject + ": not understood: " + what.construct + ", line " +
                        std::to_string(what.line) + ".",
                    places(m_estate, place).front().span});
    }

    void isTemplate(const ObservedQuery& query)
    {
        if (!query.evidence.source.isValid())
            return;
        Templates& templates = m_templates[query.evidence.source];
        if (templates.count++ == 0)
            templates.first = &query;
    }

    void unresolved(const ObservedQuery& query, const std::string& name, std::string_view reason,
                    const Evidence& place)
    {
        if (!query.evidence.source.isValid())
            return;
        const auto [known, isNew] = m_leftOut.try_emplace(
            std::to_string(query.evidence.source.value) + "/" + name + "/" + std::string(reason),
            0);
        std::vector<LeftOut>& leftOut = m_estate.sources[query.evidence.source.value].leftOut;
        if (!isNew) {
            ++leftOut[known->second].times;
            return;
        }
        known->second = leftOut.size();
        leftOut.push_back(
            {name, std::string(reason), true, 1, places(m_estate, place).front().span});
    }

    void finish()
    {
        for (const auto& [source, templates] : m_templates)
            add(*templates.first,
                {Severity::Note,
                 "sql.jinja",
                 counted(templates.count, "model is", "models are") +
                     " Jinja that was not compiled: where the columns come from is not known. Run "
                     "dbt compile, and import again.",
                 {m_estate.sources[source.value].path}});
    }

private:
    struct Templates {
        std::int64_t count = 0;
        const ObservedQuery* first = nullptr;
    };

    void add(const ObservedQuery& query, Problem problem)
    {
        if (!query.evidence.source.isValid())
            return;
        Source& source = m_estate.sources[query.evidence.source.value];
        if (static_cast<std::int64_t>(source.problems.size()) < Budget().problemsPerSource)
            source.problems.push_back(std::move(problem));
        else
            ++source.problemsNotListed;
    }

    Estate& m_estate;
    std::map<SourceIndex, Templates> m_templates;
    std::unordered_map<std::string, std::size_t> m_leftOut;
};

// Puts what was understood into the estate.
class Derivation {
public:
    Derivation(Estate& estate, QueryReading& reading)
        : m_estate(estate), m_reading(reading), m_sizes(reading),
          m_names(estate, estate.columns.size() + m_sizes.outputs), m_report(estate)
    {
        m_statedEdges = estate.columnEdges.size();
        m_nextEdge.resize(m_statedEdges, none);
        m_nextEdge.reserve(m_statedEdges + m_sizes.inputs);
        m_firstEdge.reserve(m_statedEdges + m_sizes.inputs);
        estate.columnEdges.reserve(m_statedEdges + m_sizes.inputs);
        estate.columns.reserve(estate.columns.size() + m_sizes.outputs);
        for (std::size_t i = 0; i < m_statedEdges; ++i)
            link(i);
        for (std::size_t i = 0; i < estate.influences.size(); ++i)
            m_influences
                .try_emplace(pairOf(estate.influences[i].from.value, estate.influences[i].to.value))
                .first->second.push_back(i);
        for (const LineageEdge& edge : estate.lineageEdges)
            m_flows.insert(pairOf(edge.from.value, edge.to.value));
    }

    std::int64_t run()
    {
        for (std::size_t i = 0; i < m_estate.queries.size(); ++i) {
            m_query = &m_estate.queries[i];
            m_number = i;
            if (m_query->isTemplate)
                m_report.isTemplate(*m_query);
            else
                addQuery();
        }
        m_report.finish();
        return static_cast<std::int64_t>(m_estate.columnEdges.size() - m_statedEdges);
    }

private:
    static constexpr std::size_t none = ~std::size_t(0);

    // How much there may be to add at most.
    struct Sizes {
        explicit Sizes(const QueryReading& reading)
        {
            for (const ReadQuery& query : reading.queries()) {
                for (const SqlStatement& statement : query.statements) {
                    outputs += statement.outputs.size();
                    for (const SqlOutput& output : statement.outputs)
                        inputs += output.inputs.size();
                }
            }
        }
        std::size_t outputs = 0;
        std::size_t inputs = 0;
    };

    static bool isFilling(const SqlStatement& statement)
    {
        return statement.kind != SqlStatementKind::Delete &&
               statement.kind != SqlStatementKind::Other;
    }

    void addQuery()
    {
        std::vector<SqlStatement>& statements = m_reading.queries()[m_number].statements;
        const auto isWriting = [](const SqlStatement& statement) {
            return isFilling(statement) && statement.target.has_value();
        };
        const auto writing = std::count_if(statements.begin(), statements.end(), isWriting);
        const SqlStatement* lastSelect = nullptr;
        for (const SqlStatement& statement : statements) {
            if (statement.kind == SqlStatementKind::Select && !statement.target)
                lastSelect = &statement;
        }
        for (SqlStatement& statement : statements) {
            DatasetIndex target;
            if (isWriting(statement))
                target = targetOf(*statement.target, writing == 1);
            else if (&statement == lastSelect && writing == 0)
                target = m_query->writes;  // a model is its one query
            tellOf(statement, target);
            if (target.isValid())
                addStatement(statement, target);
        }
    }

    DatasetIndex targetOf(const SqlName& name, bool isOnly) const
    {
        if (isOnly && m_query->writes.isValid())
            return m_query->writes;
        const DatasetIndex found = m_reading.relation(m_number, name);
        if (found.isValid() || !m_query->writes.isValid())
            return found;
        const std::string_view last = m_estate.datasets[m_query->writes.value].name();
        const bool isMeant =
            !name.parts.empty() && lowerCase(name.parts.back().text) == lowerCase(last);
        return isMeant ? m_query->writes : DatasetIndex();
    }

    void tellOf(const SqlStatement& statement, DatasetIndex target)
    {
        const DatasetIndex subject = target.isValid() ? target : m_query->writes;
        const std::string name =
            subject.isValid()
                ? std::string(m_estate.datasets[subject.value].name())
                : (statement.target ? statement.target->text() : std::string("query"));
        for (const SqlNotUnderstood& one : statement.notUnderstood) {
            if (one.construct == "Jinja")
                m_report.isTemplate(*m_query);
            else
                m_report.notUnderstood(*m_query, name, one, placeOf(one.line));
        }
        for (const SqlOutput& output : statement.outputs) {
            if (!output.isComplete)
                m_report.unresolved(*m_query, name + "." + output.name, output.whyNot,
                                    placeOf(output.line));
        }
        if (statement.hasUnknownColumns && target.isValid())
            m_report.unresolved(*m_query, name + ".*",
                                "all columns of a relation whose columns no source gives",
                                placeOf(statement.line));
    }

    // Where a line of the text stands in the source, when the text is laid out there in lines.
    Evidence placeOf(int line) const
    {
        Evidence place = m_query->evidence;
        if (m_query->firstLine > 0 && line > 0) {
            place.line = static_cast<std::uint32_t>(m_query->firstLine + line - 1);
            place.column = 0;
        }
        return place;
    }

    void addStatement(SqlStatement& statement, DatasetIndex target)
    {
        std::vector<DatasetIndex> relations;
        for (const SqlName& name : statement.relations) {
            relations.push_back(m_reading.relation(m_number, name));
            if (!relations.back().isValid())
                m_report.unresolved(*m_query, name.text(), "a relation that no source gives",
                                    placeOf(statement.line));
        }
        addFlows(statement, relations, target);
        for (SqlOutput& output : statement.outputs)
            addOutput(statement, output, relations, target);
        if (!m_query->column.empty()) {
            const ColumnIndex column = columnOf(target, m_query->column, m_query->evidence);
            for (SqlInput& input : statement.influences)
                addEdge(input, relations, column);
            return;
        }
        for (SqlInput& input : statement.influences)
            addInfluence(input, relations, target);
    }

    // Where a source says what is read, a relation that gives nothing (a model inlined and read by its own name) is none.
    void addFlows(const SqlStatement& statement, const std::vector<DatasetIndex>& relations,
                  DatasetIndex target)
    {
        std::vector<bool> isUsed(relations.size(), !m_reading.hasStatedSources(m_number));
        for (const SqlOutput& output : statement.outputs) {
            for (const SqlInput& input : output.inputs)
                isUsed[input.relation] = true;
        }
        for (const SqlInput& input : statement.influences)
            isUsed[input.relation] = true;
        for (std::size_t i = 0; i < relations.size(); ++i) {
            if (isUsed[i] && relations[i].isValid())
                addFlow(relations[i], target, placeOf(statement.line));
        }
    }

    void addFlow(DatasetIndex from, DatasetIndex to, const Evidence& place)
    {
        if (from == to || !m_flows.insert(pairOf(from.value, to.value)).second)
            return;
        m_estate.lineageEdges.push_back({from, to, m_query->job, place});
        m_estate.datasets[to.value].isDerived = true;
    }

    void addOutput(const SqlStatement& statement, SqlOutput& output,
                   const std::vector<DatasetIndex>& relations, DatasetIndex target)
    {
        std::string name = output.name;
        if (!m_query->column.empty()) {
            const bool isMeant =
                statement.outputs.size() == 1 || lowerCase(name) == lowerCase(m_query->column);
            if (!isMeant)
                return;
            name = m_query->column;
        }
        if (name.empty())
            return;
        const ColumnIndex column = columnOf(target, name, placeOf(output.line));
        for (SqlInput& input : output.inputs)
            addEdge(input, relations, column);
    }

    ColumnIndex columnOf(DatasetIndex dataset, const std::string& name, const Evidence& place)
    {
        const ColumnIndex known = m_names.find(dataset, name);
        return known.isValid() ? known : m_names.add(dataset, name, place);
    }

    // None: of a relation that nobody knows.
    ColumnIndex sourceOf(const SqlInput& input, const std::vector<DatasetIndex>& relations)
    {
        const DatasetIndex from = relations[input.relation];
        if (!from.isValid() || input.column.empty())
            return {};
        const ColumnIndex known = m_names.findWithin(from, input.column);
        return known.isValid() ? known : m_names.add(from, input.column, placeOf(input.line));
    }

    void link(std::size_t edge)
    {
        const ColumnEdge& one = m_estate.columnEdges[edge];
        const auto [first, isNew] = m_firstEdge.emplace(pairOf(one.from.value, one.to.value), edge);
        if (!isNew)
            m_nextEdge[edge] = std::exchange(first->second, edge);
        if (one.flow == ColumnFlow::Indirect && edge < m_statedEdges)
            m_statedIndirect.insert(
                {pairOf(one.from.value, m_estate.columns[one.to.value].dataset.value),
                 kindOf(m_estate, one)});
    }

    void addEdge(SqlInput& input, const std::vector<DatasetIndex>& relations, ColumnIndex to)
    {
        const ColumnIndex from = sourceOf(input, relations);
        if (!from.isValid() || from == to || isKnown(from, to, input))
            return;
        ColumnEdge& edge = m_estate.columnEdges.emplace_back();
        edge.from = from;
        edge.to = to;
        edge.job = m_query->job;
        edge.flow = isDirect(input.influence) ? ColumnFlow::Direct : ColumnFlow::Indirect;
        edge.isMasked = input.isMasked;
        edge.transformation = wordOf(input.influence);
        edge.expression = std::move(input.expression);
        edge.isFromQuery = true;
        edge.evidence = placeOf(input.line);
        m_nextEdge.push_back(none);
        link(m_estate.columnEdges.size() - 1);
    }

    // What a source states of a value's way wins over what its query says; a kind that it leaves open is filled.
    bool isKnown(ColumnIndex from, ColumnIndex to, SqlInput& input)
    {
        const auto first = m_firstEdge.find(pairOf(from.value, to.value));
        const ColumnFlow flow =
            isDirect(input.influence) ? ColumnFlow::Direct : ColumnFlow::Indirect;
        for (std::size_t i = first == m_firstEdge.end() ? none : first->second; i != none;
             i = m_nextEdge[i]) {
            ColumnEdge& known = m_estate.columnEdges[i];
            const ColumnEdgeKind said = kindOf(m_estate, known);
            const bool isStated = i < m_statedEdges;
            const bool isOpen = said == ColumnEdgeKind::Indirect || flow == ColumnFlow::Direct;
            if (known.flow != flow || (said != kindOf(input) && !(isStated && isOpen)))
                continue;
            if (isStated && known.transformation.empty()) {
                known.transformation = wordOf(input.influence);
                known.isMasked |= input.isMasked;
            }
            if (known.expression.empty())
                known.expression = std::move(input.expression);
            return true;
        }
        return false;
    }

    void addInfluence(SqlInput& input, const std::vector<DatasetIndex>& relations, DatasetIndex to)
    {
        const ColumnIndex from = sourceOf(input, relations);
        if (!from.isValid() || m_estate.columns[from.value].dataset == to)
            return;
        const ColumnEdgeKind kind = kindOf(input);
        if (m_statedIndirect.contains({pairOf(from.value, to.value), kind}))
            return;  // said of each column
        std::vector<std::size_t>& same = m_influences[pairOf(from.value, to.value)];
        for (const std::size_t i : same) {
            DatasetInfluence& known = m_estate.influences[i];
            if (kindOf(known) != kind)
                continue;
            if (known.expression.empty())
                known.expression = std::move(input.expression);
            return;
        }
        same.push_back(m_estate.influences.size());
        DatasetInfluence& influence = m_estate.influences.emplace_back();
        influence.from = from;
        influence.to = to;
        influence.job = m_query->job;
        influence.transformation = wordOf(input.influence);
        influence.expression = std::move(input.expression);
        influence.isFromQuery = true;
        influence.evidence = placeOf(input.line);
    }

    struct PairHash {
        std::size_t operator()(const std::pair<std::uint64_t, ColumnEdgeKind>& one) const
        {
            return std::hash<std::uint64_t>()(one.first * 31 + static_cast<unsigned>(one.second));
        }
    };

    Estate& m_estate;
    QueryReading& m_reading;
    Sizes m_sizes;
    ColumnNames m_names;
    Report m_report;
    const ObservedQuery* m_query = nullptr;
    std::size_t m_number = 0;
    std::size_t m_statedEdges = 0;
    std::unordered_map<std::uint64_t, std::size_t> m_firstEdge;  // of a pair of columns
    std::vector<std::size_t> m_nextEdge;
    std::unordered_set<std::pair<std::uint64_t, ColumnEdgeKind>, PairHash> m_statedIndirect;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> m_influences;
    std::unordered_set<std::uint64_t> m_flows;
};

}  // namespace

SqlLineageOutcome deriveSqlLineage(Estate& estate, const KnownQueries& known, Progress& progress)
{
    SqlLineageOutcome outcome;
    if (estate.queries.empty() && known.empty())
        return outcome;
    QueryReading reading(estate, known, progress);
    outcome.isComplete = reading.run();
    if (!outcome.isComplete)
        return outcome;
    outcome.queries = std::count_if(estate.queries.begin(), estate.queries.end(),
                                    [](const ObservedQuery& query) { return !query.isTemplate; });
    outcome.read = reading.readAnew();
    outcome.isNew = reading.takeNew();
    outcome.isGone = reading.notNeeded();
    outcome.columnEdges = Derivation(estate, reading).run();
    return outcome;
}

}  // namespace portolan
