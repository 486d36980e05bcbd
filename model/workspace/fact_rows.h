// SPDX-License-Identifier: Apache-2.0
// Which member of the estate stands in which column of the workspace, said once for writing and reading. A visitor is handed each
// value of a row in the order of the columns. Only fact_store.cpp includes this.
#pragma once

#include "model/estate/estate.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace portolan::rows {

// Rows of the estate itself: `rows` is the list, `visit` the values, `added` mends what follows from a row that was read.
// Rows of a list inside a thing: the row holds the thing's number, `each` goes through them and `added` puts them back.

// `since` is the version of the workspace that has the table first.
struct FirstTable {
    static constexpr int since = 1;
};

template <class Thing, std::vector<Thing> Estate::*list>
struct ListTable : FirstTable {
    template <class Visit>
    static void each(const Estate& estate, Visit visit)
    {
        for (const Thing& thing : estate.*list)
            visit(thing);
    }
    using Row = Thing;
    static void add(Estate& estate, Thing thing) { (estate.*list).push_back(std::move(thing)); }
};

struct CountRow {
    std::string key;
    std::int64_t value = 0;
};
struct CountTable : FirstTable {
    using Row = CountRow;
    static constexpr std::string_view name = "source_count";
    static constexpr std::string_view columns = "key, value";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate&)
    {
        v.text(row.key);
        v.number(row.value);
    }
    template <class Visit>
    static void each(const Estate& estate, Visit visit)
    {
        for (const auto& [key, value] : estate.sources.front().counts)
            visit(CountRow{key, value});
    }
    static void add(Estate& estate, Row row) { estate.sources.front().counts[row.key] = row.value; }
};

struct ProblemTable : FirstTable {
    using Row = Problem;
    static constexpr std::string_view name = "problem";
    static constexpr std::string_view columns = "severity, code, message, file, line, col, pointer";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate&)
    {
        v.choice(row.severity, Severity::Error);
        v.text(row.code);
        v.text(row.message);
        v.text(row.where.file);
        v.number(row.where.line);
        v.number(row.where.column);
        v.text(row.where.pointer);
    }
    template <class Visit>
    static void each(const Estate& estate, Visit visit)
    {
        for (const Problem& problem : estate.sources.front().problems)
            visit(problem);
    }
    static void add(Estate& estate, Row row)
    {
        estate.sources.front().problems.push_back(std::move(row));
    }
};

struct PointerTable : ListTable<std::string, &Estate::pointers> {
    static constexpr std::string_view name = "pointer";
    static constexpr std::string_view columns = "text";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate&)
    {
        v.text(row);
    }
};

struct DatasetTable : ListTable<Dataset, &Estate::datasets> {
    static constexpr std::string_view name = "dataset";
    static constexpr std::string_view columns =
        "platform, instance, path, type, description, derived, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.text(row.platform);
        v.text(row.instance);
        v.text(row.path);
        v.text(row.type);
        v.text(row.description);
        v.flag(row.isDerived);
        v.evidence(row.evidence, estate);
    }
};

struct AliasRow {
    DatasetIndex dataset;
    std::string key;
};
// Keys under which a dataset is known besides its own.
struct AliasTable : FirstTable {
    using Row = AliasRow;
    static constexpr std::string_view name = "dataset_alias";
    static constexpr std::string_view columns = "dataset, key";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.dataset, estate.datasets.size(), false);
        v.text(row.key);
    }
    template <class Visit>
    static void each(const Estate& estate, Visit visit)
    {
        std::vector<AliasRow> aliases;
        for (const auto& [key, dataset] : estate.datasetByKey) {
            if (estate.datasets[dataset.value].key() != key)
                aliases.push_back({dataset, key});
        }
        std::sort(aliases.begin(), aliases.end(),
                  [](const AliasRow& a, const AliasRow& b) { return a.key < b.key; });
        for (const AliasRow& alias : aliases)
            visit(alias);
    }
    static void add(Estate& estate, Row row) { estate.datasetByKey.emplace(row.key, row.dataset); }
};

struct ColumnTable : ListTable<Column, &Estate::columns> {
    static constexpr std::string_view name = "dataset_column";
    static constexpr std::string_view columns =
        "dataset, name, type, description, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.dataset, estate.datasets.size(), false);
        v.text(row.name);
        v.text(row.type);
        v.text(row.description);
        v.evidence(row.evidence, estate);
    }
    static void add(Estate& estate, Column row)
    {
        estate.datasets[row.dataset.value].columns.emplace_back(estate.columns.size());
        estate.columns.push_back(std::move(row));
    }
};

struct JobTable : ListTable<Job, &Estate::jobs> {
    static constexpr std::string_view name = "job";
    static constexpr std::string_view columns =
        "space, name, integration, owner, last_run, runs, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.text(row.space);
        v.text(row.name);
        v.text(row.integration);
        v.text(row.owner);
        v.text(row.lastRun);
        v.number(row.runs);
        v.evidence(row.evidence, estate);
    }
};

struct LineageTable : ListTable<LineageEdge, &Estate::lineageEdges> {
    static constexpr std::string_view name = "lineage_edge";
    static constexpr std::string_view columns =
        "from_dataset, to_dataset, job, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.from, estate.datasets.size(), false);
        v.index(row.to, estate.datasets.size(), false);
        v.index(row.job, estate.jobs.size(), true);
        v.evidence(row.evidence, estate);
    }
};

struct ColumnEdgeTable : ListTable<ColumnEdge, &Estate::columnEdges> {
    static constexpr std::string_view name = "column_edge";
    static constexpr std::string_view columns =
        "from_column, to_column, job, indirect, masked, transformation, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.from, estate.columns.size(), false);
        v.index(row.to, estate.columns.size(), false);
        v.index(row.job, estate.jobs.size(), true);
        v.choice(row.flow, ColumnFlow::Indirect);
        v.flag(row.isMasked);
        v.text(row.transformation);
        v.evidence(row.evidence, estate);
    }
};

struct InfluenceTable : ListTable<DatasetInfluence, &Estate::influences> {
    static constexpr std::string_view name = "influence";
    static constexpr std::string_view columns =
        "from_column, to_dataset, job, transformation, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.from, estate.columns.size(), false);
        v.index(row.to, estate.datasets.size(), false);
        v.index(row.job, estate.jobs.size(), true);
        v.text(row.transformation);
        v.evidence(row.evidence, estate);
    }
};

// What only some of the rows of another table have: the expression of a column edge or an influence.
struct ExpressionRow {
    std::uint32_t edge = 0;
    std::string text;
};
template <class Edge, std::vector<Edge> Estate::*list>
struct ExpressionTable {
    static constexpr int since = 3;
    using Row = ExpressionRow;
    static constexpr std::string_view columns = "edge, expression";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        Index<Edge> edge(row.edge);
        v.index(edge, (estate.*list).size(), false);
        v.text(row.text);
        if constexpr (!std::is_const_v<R>)
            row.edge = edge.value;
    }
    template <class Visit>
    static void each(const Estate& estate, Visit visit)
    {
        for (std::size_t i = 0; i < (estate.*list).size(); ++i) {
            const std::string& text = (estate.*list)[i].expression;
            if (!text.empty())
                visit(ExpressionRow{static_cast<std::uint32_t>(i), text});
        }
    }
    static void add(Estate& estate, Row row)
    {
        (estate.*list)[row.edge].expression = std::move(row.text);
    }
};
struct EdgeExpressionTable : ExpressionTable<ColumnEdge, &Estate::columnEdges> {
    static constexpr std::string_view name = "column_edge_expression";
};
struct InfluenceExpressionTable : ExpressionTable<DatasetInfluence, &Estate::influences> {
    static constexpr std::string_view name = "influence_expression";
};

struct ProductTable : ListTable<ObservedProduct, &Estate::products> {
    static constexpr std::string_view name = "product";
    static constexpr std::string_view columns =
        "id, name, domain, owner, kind, authority, inferred, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.text(row.id);
        v.text(row.name);
        v.text(row.domain);
        v.text(row.owner);
        v.spelling(row.kind, &productKindFrom);
        v.spelling(row.authority, &authorityFrom);
        v.flag(row.isInferred);
        v.evidence(row.evidence, estate);
    }
};

struct ContractTable : ListTable<Contract, &Estate::contracts> {
    static constexpr std::string_view name = "contract";
    static constexpr std::string_view columns =
        "id, version, name, status_text, status, sunset, domain, owner, description, api_version, "
        "product, content_hash, copy, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.text(row.id);
        v.text(row.version);
        v.text(row.name);
        v.text(row.statusText);
        v.spelling(row.status, &contractStatusFrom);
        v.text(row.sunset);
        v.text(row.domain);
        v.text(row.owner);
        v.text(row.description);
        v.text(row.apiVersion);
        v.index(row.product, estate.products.size(), true);
        v.text(row.contentHash);
        v.number(row.copy);
        v.evidence(row.evidence, estate);
    }
};

// A value of a list inside a contract or consumer.
template <class Owner, class Value>
struct Owned {
    Index<Owner> owner;
    Value value;
};

template <class Owner, class Value, std::vector<Owner> Estate::*owners,
          std::vector<Value> Owner::*list>
struct OwnedTable : FirstTable {
    using Row = Owned<Owner, Value>;
    template <class Visit>
    static void each(const Estate& estate, Visit visit)
    {
        for (std::size_t i = 0; i < (estate.*owners).size(); ++i) {
            for (const Value& value : (estate.*owners)[i].*list)
                visit(Row{Index<Owner>(i), value});
        }
    }
    static void add(Estate& estate, Row row)
    {
        ((estate.*owners)[row.owner.value].*list).push_back(std::move(row.value));
    }
};

struct ServerTable : OwnedTable<Contract, Server, &Estate::contracts, &Contract::servers> {
    static constexpr std::string_view name = "contract_server";
    static constexpr std::string_view columns = "contract, name, type, location, environment";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.owner, estate.contracts.size(), false);
        v.text(row.value.name);
        v.text(row.value.type);
        v.text(row.value.location);
        v.text(row.value.environment);
    }
};

struct ServiceLevelTable
    : OwnedTable<Contract, ServiceLevel, &Estate::contracts, &Contract::serviceLevels> {
    static constexpr std::string_view name = "contract_service_level";
    static constexpr std::string_view columns = "contract, property, value, unit, element";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.owner, estate.contracts.size(), false);
        v.text(row.value.property);
        v.text(row.value.value);
        v.text(row.value.unit);
        v.text(row.value.element);
    }
};

using PersonAndRole = std::pair<std::string, std::string>;
struct MemberTable : OwnedTable<Contract, PersonAndRole, &Estate::contracts, &Contract::team> {
    static constexpr std::string_view name = "contract_member";
    static constexpr std::string_view columns = "contract, person, role";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.owner, estate.contracts.size(), false);
        v.text(row.value.first);
        v.text(row.value.second);
    }
};

struct ObjectTable : ListTable<SchemaObject, &Estate::objects> {
    static constexpr std::string_view name = "schema_object";
    static constexpr std::string_view columns =
        "contract, name, physical_name, description, dataset, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.contract, estate.contracts.size(), false);
        v.text(row.name);
        v.text(row.physicalName);
        v.text(row.description);
        v.index(row.dataset, estate.datasets.size(), true);
        v.evidence(row.evidence, estate);
    }
    static void add(Estate& estate, SchemaObject row)
    {
        estate.contracts[row.contract.value].objects.emplace_back(estate.objects.size());
        estate.objects.push_back(std::move(row));
    }
};

struct FieldTable : ListTable<Field, &Estate::fields> {
    static constexpr std::string_view name = "field";
    static constexpr std::string_view columns =
        "object, path, logical_type, physical_type, description, classification, required, "
        "key_position, reference, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.object, estate.objects.size(), false);
        v.text(row.path);
        v.text(row.logicalType);
        v.text(row.physicalType);
        v.text(row.description);
        v.text(row.classification);
        v.flagOrNothing(row.isRequired);
        v.number(row.keyPosition);
        v.text(row.reference);
        v.evidence(row.evidence, estate);
    }
    static void add(Estate& estate, Field row)
    {
        estate.objects[row.object.value].fields.emplace_back(estate.fields.size());
        estate.fields.push_back(std::move(row));
    }
};

struct CheckTable : ListTable<Check, &Estate::checks> {
    static constexpr std::string_view name = "contract_check";
    static constexpr std::string_view columns = "contract, object, field, name, type, expression, "
                                                "reconciliation, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.contract, estate.contracts.size(), true);
        v.index(row.object, estate.objects.size(), true);
        v.index(row.field, estate.fields.size(), true);
        v.text(row.name);
        v.text(row.type);
        v.text(row.expression);
        v.flag(row.isReconciliation);
        v.evidence(row.evidence, estate);
    }
};

struct TermTable : ListTable<ObservedTerm, &Estate::terms> {
    static constexpr std::string_view name = "term";
    static constexpr std::string_view columns =
        "context, name, definition, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.text(row.context);
        v.text(row.name);
        v.text(row.definition);
        v.evidence(row.evidence, estate);
    }
};

struct ConsumerTable : ListTable<Consumer, &Estate::consumers> {
    static constexpr std::string_view name = "consumer";
    static constexpr std::string_view columns = "id, name, owner, type, line, col, pointer, times";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.text(row.id);
        v.text(row.name);
        v.text(row.owner);
        v.text(row.type);
        v.evidence(row.evidence, estate);
    }
};

struct ReadTable : OwnedTable<Consumer, DatasetIndex, &Estate::consumers, &Consumer::reads> {
    static constexpr std::string_view name = "consumer_read";
    static constexpr std::string_view columns = "consumer, dataset";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        v.index(row.owner, estate.consumers.size(), false);
        v.index(row.value, estate.datasets.size(), false);
    }
};

struct LeftOutTable {
    static constexpr int since = 2;
    using Row = LeftOut;
    static constexpr std::string_view name = "left_out";
    static constexpr std::string_view columns =
        "name, reason, unresolved, times, file, line, col, pointer";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate&)
    {
        v.text(row.name);
        v.text(row.reason);
        v.flag(row.isUnresolved);
        v.number(row.times);
        v.text(row.where.file);
        v.number(row.where.line);
        v.number(row.where.column);
        v.text(row.where.pointer);
    }
    template <class Visit>
    static void each(const Estate& estate, Visit visit)
    {
        for (const LeftOut& one : estate.sources.front().leftOut)
            visit(one);
    }
    static void add(Estate& estate, Row row)
    {
        estate.sources.front().leftOut.push_back(std::move(row));
    }
};

struct ReadAlsoTable {
    static constexpr int since = 2;
    using Row = ReadAlso;
    static constexpr std::string_view name = "read_also";
    static constexpr std::string_view columns = "path, hash";
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate&)
    {
        v.text(row.path);
        v.text(row.hash);
    }
    template <class Visit>
    static void each(const Estate& estate, Visit visit)
    {
        for (const ReadAlso& one : estate.sources.front().readAlso)
            visit(one);
    }
    static void add(Estate& estate, Row row)
    {
        estate.sources.front().readAlso.push_back(std::move(row));
    }
};

// A list of texts stands in one column: each with its length before it ("3:abc"), so that no character needs escaping.
inline std::string packed(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += std::to_string(text.size()) + ":" + text;
    return all;
}

inline std::vector<std::string> unpacked(std::string_view all)
{
    std::vector<std::string> texts;
    while (!all.empty()) {
        std::size_t size = 0;
        const auto [end, error] = std::from_chars(all.data(), all.data() + all.size(), size);
        const auto digits = static_cast<std::size_t>(end - all.data());
        if (error != std::errc() || digits >= all.size() || all[digits] != ':' ||
            size > all.size() - digits - 1)
            break;  // the row's hash tells
        texts.emplace_back(all.substr(digits + 1, size));
        all.remove_prefix(digits + 1 + size);
    }
    return texts;
}

// Goes from a fact's own description to the values of a row.
template <class Visitor>
class DescribedRow {
public:
    DescribedRow(Visitor& visitor, const Estate& estate) : m_visitor(visitor), m_estate(estate) {}

    template <class Text>
    void text(Text& value)
    {
        m_visitor.text(value);
    }
    template <class Texts>
    void texts(Texts& values)
    {
        if constexpr (std::is_const_v<Texts>) {
            m_visitor.madeText(packed(values));
        } else {
            std::string all;
            m_visitor.text(all);
            values = unpacked(all);
        }
    }
    template <class Flag>
    void flag(Flag& value)
    {
        m_visitor.flag(value);
    }
    template <class Number>
    void number(Number& value)
    {
        m_visitor.number(value);
    }
    template <class Choice>
    void choice(Choice& value, std::remove_const_t<Choice> last)
    {
        m_visitor.choice(value, last);
    }
    void link(Index<Dataset>& value) { m_visitor.index(value, m_estate.datasets.size(), true); }
    void link(const Index<Dataset>& value)
    {
        m_visitor.index(value, m_estate.datasets.size(), true);
    }
    void link(Index<Job>& value) { m_visitor.index(value, m_estate.jobs.size(), true); }
    void link(const Index<Job>& value) { m_visitor.index(value, m_estate.jobs.size(), true); }
    void link(Index<Contract>& value) { m_visitor.index(value, m_estate.contracts.size(), true); }
    void link(const Index<Contract>& value)
    {
        m_visitor.index(value, m_estate.contracts.size(), true);
    }

private:
    Visitor& m_visitor;
    const Estate& m_estate;
};

template <class Fact, std::vector<Fact> Estate::*list>
struct FactTable : ListTable<Fact, list> {
    static constexpr int since = 2;
    template <class Visitor, class R>
    static void visit(Visitor& v, R& row, const Estate& estate)
    {
        DescribedRow<Visitor> described(v, estate);
        Fact::describe(described, row);
        v.evidence(row.evidence, estate);
    }
};

#define PORTOLAN_FACT_TABLE(Table, Fact, list, table, members)                             \
    struct Table : FactTable<Fact, &Estate::list> {                                        \
        static constexpr std::string_view name = table;                                    \
        static constexpr std::string_view columns = members ", line, col, pointer, times"; \
    }
PORTOLAN_FACT_TABLE(DomainTable, ObservedDomain, domains, "observed_domain",
                    "id, name, parent, kind, owner, description");
PORTOLAN_FACT_TABLE(ContextTable, ObservedContext, contexts, "observed_context",
                    "id, name, domain, owner, type, parent, description, external");
PORTOLAN_FACT_TABLE(TeamTable, ObservedTeam, teams, "observed_team",
                    "id, name, parent, contact, description, members");
PORTOLAN_FACT_TABLE(RelationshipTable, ObservedRelationship, relationships, "observed_relationship",
                    "upstream, downstream, type, upstream_roles, downstream_roles, name, "
                    "description");
PORTOLAN_FACT_TABLE(RouteTable, ObservedRoute, routes, "observed_route",
                    "provider, product, receiver, name");
PORTOLAN_FACT_TABLE(OperationTable, Operation, operations, "operation",
                    "contract, name, method, address, request, response, description, deprecated");
PORTOLAN_FACT_TABLE(ChannelTable, Channel, channels, "channel",
                    "contract, name, address, protocol, dataset, messages");
PORTOLAN_FACT_TABLE(AdoptionTable, Adoption, adoptions, "adoption",
                    "consumer, thing, version, resolved, way, fields");
PORTOLAN_FACT_TABLE(CheckRunTable, CheckRun, checkRuns, "check_run",
                    "name, type, dataset, col_name, outcome, at, observed, expected, failures, "
                    "tool");
PORTOLAN_FACT_TABLE(ObservationTable, Observation, observations, "observation",
                    "subject, dataset, consumer, metric, value, unit, at");
PORTOLAN_FACT_TABLE(ClaimTable, Claim, claims, "claim", "about, subject, property, value");
PORTOLAN_FACT_TABLE(IdentityHintTable, IdentityHint, identityHints, "identity_hint",
                    "about, one, other, reason, confidence");
#undef PORTOLAN_FACT_TABLE

struct QueryTable : FactTable<ObservedQuery, &Estate::queries> {
    static constexpr int since = 3;
    static constexpr std::string_view name = "observed_query";
    static constexpr std::string_view columns =
        "writes, col_name, job, text, dialect, space, first_line, template, line, col, pointer, times";
};

// Calls `work` with each table, every table after those that its rows refer to.
template <class Work>
void forEachTable(Work work)
{
    work(CountTable());
    work(ProblemTable());
    work(PointerTable());
    work(DatasetTable());
    work(AliasTable());
    work(ColumnTable());
    work(JobTable());
    work(LineageTable());
    work(ColumnEdgeTable());
    work(InfluenceTable());
    work(ProductTable());
    work(ContractTable());
    work(ServerTable());
    work(ServiceLevelTable());
    work(MemberTable());
    work(ObjectTable());
    work(FieldTable());
    work(CheckTable());
    work(TermTable());
    work(ConsumerTable());
    work(ReadTable());
    work(LeftOutTable());
    work(ReadAlsoTable());
    work(DomainTable());
    work(ContextTable());
    work(TeamTable());
    work(RelationshipTable());
    work(RouteTable());
    work(OperationTable());
    work(ChannelTable());
    work(AdoptionTable());
    work(CheckRunTable());
    work(ObservationTable());
    work(ClaimTable());
    work(IdentityHintTable());
    work(EdgeExpressionTable());
    work(InfluenceExpressionTable());
    work(QueryTable());
}

}  // namespace portolan::rows
