// SPDX-License-Identifier: Apache-2.0
// What was observed: the contracts, datasets, columns, jobs and flows that the imported sources speak of, each thing once, with
// evidence. Built by EstateBuilder, then shared as EstatePtr and never changed; any thread may read it.
//
// Things refer to each other by Index, a number inside this snapshot. Their keys are stable text: they stand in files, in the
// workspace and in EntityRef.
#pragma once

#include "model/base/entity_ref.h"
#include "model/base/problem.h"
#include "model/estate/evidence.h"
#include "model/estate/observed_facts.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portolan {

struct Team;
struct Dataset;
struct Column;
struct Job;
struct LineageEdge;
struct ColumnEdge;
struct ObservedProduct;
struct Contract;
struct SchemaObject;
struct Field;
struct Check;

using DatasetIndex = Index<Dataset>;
using ColumnIndex = Index<Column>;
using JobIndex = Index<Job>;
using ContractIndex = Index<Contract>;
using SchemaObjectIndex = Index<SchemaObject>;
using FieldIndex = Index<Field>;
using ProductIndex = Index<ObservedProduct>;
using CheckIndex = Index<Check>;

enum class ProductKind { Unknown, OperationalApi, Event, State, Analytical };
enum class Authority { Unknown, Authoritative, Derived, Conformed };
enum class ContractStatus { Unknown, Draft, Active, Deprecated, Retired };

std::string_view
toString(ProductKind kind);  // "operational-api", "event", "state", "analytical", "unknown"
std::string_view
toString(Authority authority);  // "authoritative", "derived", "conformed", "unknown"
std::string_view
toString(ContractStatus status);  // "draft", "active", "deprecated", "retired", "unknown"
std::optional<ProductKind> productKindFrom(std::string_view spelling);
std::optional<Authority> authorityFrom(std::string_view spelling);
ContractStatus contractStatusFrom(
    std::string_view spelling);  // of any case; "current", "production" are active; else Unknown

// How often each kind of thing occurs; the keys are those of portolanctl ("datasets", "columnEdges" ...). Absent means 0.
using Counts = std::map<std::string, std::int64_t, std::less<>>;

// Something in a source that did not become a fact.
struct LeftOut {
    std::string name;  // a key, a kind of entity: "x-internal"; or the reference that leads nowhere
    std::string reason;         // why, in a few words
    bool isUnresolved = false;  // a reference; else something that is ignored
    std::int64_t times = 1;
    SourceSpan where;  // the first place
};

// Another file that was read for this source: what its references lead to.
struct ReadAlso {
    std::string path;  // relative to the imported folder, as Source::path
    std::string hash;  // SHA-256 of its bytes; empty: there was no such file
};

// One file (or stream) that was read.
struct Source {
    std::string
        path;  // relative to the imported folder, '/' between the parts; as given for a single file
    std::string format;         // "odcs", "openlineage", "dbt-manifest", "dbt-catalog"
    std::string formatVersion;  // as the source says it; empty when it does not
    std::string hash;           // SHA-256 of its bytes, hexadecimal
    std::int64_t bytes = 0;
    std::string importedAt;  // ISO 8601, UTC
    Counts counts;           // what this source alone holds
    Problems problems;
    std::int64_t problemsNotListed = 0;  // beyond Budget::problemsPerSource
    std::vector<LeftOut> leftOut = {};
    std::vector<ReadAlso> readAlso = {};
};

// A node of the data flow, identified by platform, instance and path: postgres / db:5432 / shop.public.orders.
struct Dataset {
    std::string
        platform;  // lower case: "postgres", "kafka", "snowflake", "file" ...; empty when unknown
    std::string instance;  // host, account, cluster; empty when unknown
    std::string path;      // the name inside it
    std::string type;  // "table", "view", "topic", "file", "model", "seed" ...; empty when not said
    std::string description;
    bool isDerived = false;  // something was seen to write it
    std::vector<ColumnIndex> columns;
    Evidence evidence;

    std::string key() const;        // "postgres://db:5432/shop.public.orders"
    std::string_view name() const;  // last part of the path; a topic's whole path
};

struct Column {
    DatasetIndex dataset;
    std::string name;  // dots for nested ones: "address.city"
    std::string type;  // as the source spells it; empty when not said
    std::string description;
    Evidence evidence;
};

struct Job {
    std::string space;  // the namespace that the source gives: scheduler, dbt project
    std::string name;
    std::string integration;  // "SPARK", "AIRFLOW", "DBT" ...; empty when not said
    std::string owner;        // team or person, as the source spells it; empty when not said
    std::string lastRun;      // ISO 8601 of the newest event; empty when no run was seen
    std::int64_t runs = 0;    // distinct runs that were seen
    Evidence evidence;

    std::string key() const;  // "<space>/<name>"
};

// Data goes from one dataset to another through one job.
struct LineageEdge {
    DatasetIndex from;
    DatasetIndex to;
    JobIndex job;  // none: the source names no job
    Evidence evidence;
};

enum class ColumnFlow : std::uint8_t {
    Direct,   // the value comes from there
    Indirect  // it only influences: filter, join, sort
};

struct ColumnEdge {
    ColumnIndex from;
    ColumnIndex to;
    JobIndex job;
    ColumnFlow flow = ColumnFlow::Direct;
    bool isMasked = false;
    std::string
        transformation;  // "IDENTITY", "AGGREGATION" ..., or the source's own words; empty when not said
    std::string
        expression;  // the expression or query that the value came from; empty when not known
    bool isFromQuery = false;  // read from the text of a query; no source states it
    Evidence evidence;
};

// A whole column-to-dataset influence (OpenLineage columnLineage.dataset): no single column's value depends on it.
struct DatasetInfluence {
    ColumnIndex from;
    DatasetIndex to;
    JobIndex job;
    std::string transformation;
    std::string expression;    // the condition, as it is spelt; empty when not known
    bool isFromQuery = false;  // as of a ColumnEdge
    Evidence evidence;
};

// A data product that a source names. The map's DataProduct is declared; this one was seen.
struct ObservedProduct {
    std::string id;  // native id; else the name
    std::string name;
    std::string domain;
    std::string owner;
    ProductKind kind = ProductKind::Unknown;
    Authority authority = Authority::Unknown;
    bool isInferred = false;  // kind or authority was derived, not said
    Evidence evidence;
};

struct Server {
    std::string name;
    std::string type;      // "postgres", "kafka", "snowflake", "api" ...
    std::string location;  // what tells it apart: host, bucket, topic; as the source says it
    std::string environment;
};

struct ServiceLevel {
    std::string property;
    std::string value;
    std::string unit;
    std::string element;
};

// A rule on an object or field, as a source declares it.
struct Check {
    ContractIndex contract;
    SchemaObjectIndex object;  // none: the whole contract
    FieldIndex field;          // none: the whole object
    std::string name;
    std::string type;  // "library", "sql", "text", "custom" ...
    std::string expression;
    bool isReconciliation = false;
    Evidence evidence;
};

// One version of a contract. The same id and version with other content is another Contract with isConflict set.
struct Contract {
    std::string id;
    std::string version;
    std::string name;
    std::string statusText;  // as spelt
    ContractStatus status = ContractStatus::Unknown;
    std::string sunset;  // ISO date; empty when none is set
    std::string domain;
    std::string owner;  // team, or the person whose role is owner
    std::string description;
    std::string apiVersion;  // of the format
    ProductIndex product;
    std::vector<Server> servers;
    std::vector<ServiceLevel> serviceLevels;
    std::vector<SchemaObjectIndex> objects;
    std::vector<std::pair<std::string, std::string>> team;  // person, role
    std::string contentHash;  // of everything it says, to tell repeats from conflicts
    std::uint32_t copy =
        0;  // 0: the first of this id and version; else a further one with other content
    Evidence evidence;

    bool isConflict() const { return copy > 0; }
    std::string key() const;  // "<id>@<version>", and "#<copy + 1>" for a conflicting copy
};

struct SchemaObject {
    ContractIndex contract;
    std::string name;
    std::string physicalName;
    std::string description;
    DatasetIndex dataset;  // the dataset that it describes, when a server and name say so
    std::vector<FieldIndex> fields;
    Evidence evidence;
};

struct Field {
    SchemaObjectIndex object;
    std::string path;  // "order.lines[].sku"
    std::string logicalType;
    std::string physicalType;
    std::string description;
    std::string classification;
    std::optional<bool> isRequired;  // empty: the source does not say
    int keyPosition = 0;             // from 1; 0: not part of the key
    std::string reference;  // the field it refers to, as the source spells it; empty when none
    Evidence evidence;
};

// A word with its meaning, from a source.
struct ObservedTerm {
    std::string context;
    std::string name;
    std::string definition;
    Evidence evidence;
};

// Someone who depends on a product or dataset: a dbt exposure, a consuming application.
struct Consumer {
    std::string id;
    std::string name;
    std::string owner;
    std::string type;
    std::vector<DatasetIndex> reads;
    Evidence evidence;
};

struct Estate {
    std::vector<Source> sources;
    std::vector<Dataset> datasets;
    std::vector<Column> columns;
    std::vector<Job> jobs;
    std::vector<LineageEdge> lineageEdges;
    std::vector<ColumnEdge> columnEdges;
    std::vector<DatasetInfluence> influences;
    std::vector<ObservedProduct> products;
    std::vector<Contract> contracts;
    std::vector<SchemaObject> objects;
    std::vector<Field> fields;
    std::vector<Check> checks;
    std::vector<ObservedTerm> terms;
    std::vector<Consumer> consumers;
    std::vector<ObservedDomain> domains;
    std::vector<ObservedContext> contexts;
    std::vector<ObservedTeam> teams;
    std::vector<ObservedRelationship> relationships;
    std::vector<ObservedRoute> routes;
    std::vector<Operation> operations;
    std::vector<Channel> channels;
    std::vector<Adoption> adoptions;
    std::vector<CheckRun> checkRuns;
    std::vector<Observation> observations;
    std::vector<Claim> claims;
    std::vector<IdentityHint> identityHints;
    std::vector<ObservedQuery> queries;
    std::vector<std::string> pointers = {""};
    std::vector<Evidence> moreEvidence;

    // Things by key; none when there is no such thing.
    DatasetIndex dataset(std::string_view key) const;
    JobIndex job(std::string_view key) const;
    ContractIndex contract(std::string_view key) const;

    std::unordered_map<std::string, DatasetIndex> datasetByKey;
    std::unordered_map<std::string, JobIndex> jobByKey;
    std::unordered_map<std::string, ContractIndex> contractByKey;
};

using EstatePtr = std::shared_ptr<const Estate>;

// Every place that says so, first one first, ready to be shown.
struct EvidencePlace {
    SourceIndex source;
    SourceSpan span;
    std::uint32_t times = 1;
    std::string importedAt;
};
// What sources call a domain, context, product, team or term, by the id that EntityRef has for it; null when nothing says so.
const ObservedDomain* observedDomain(const Estate& estate, std::string_view id);
const ObservedContext* observedContext(const Estate& estate, std::string_view id);
const ObservedProduct* observedProduct(const Estate& estate, std::string_view id);
const ObservedTeam* observedTeam(const Estate& estate, std::string_view id);
const ObservedTerm* observedTerm(const Estate& estate, std::string_view id);  // "<context>/<name>"

std::vector<EvidencePlace> places(const Estate& estate, const Evidence& evidence);

// What the estate holds, each thing once. `datasetEdges` counts distinct (from, to) pairs, with the jobs between them collapsed.
Counts countsOf(const Estate& estate);

}  // namespace portolan
