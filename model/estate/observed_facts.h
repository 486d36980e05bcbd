// SPDX-License-Identifier: Apache-2.0
// Further facts that sources state: domains, contexts, teams and relationships of catalogs, operations and channels of interfaces,
// who uses which version, results of checks, measurements. Each is kept as its source says it and refers to others by their native
// ids as text, because these often stand in another source; what belongs to one dataset or contract of the same source has its Index.
//
// describe() lists a fact's members once; storing, merging and comparing all go by it.
#pragma once

#include "model/estate/evidence.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan {

struct Dataset;
struct Contract;
struct ObservedProduct;
struct SchemaObject;
struct Field;
struct Check;
struct Job;
struct Column;

struct ObservedDomain {
    std::string id;  // native id; else the name
    std::string name;
    std::string parent;  // id of the domain that it is a part of; empty: none
    std::string kind;    // "core", "supporting", "generic"; empty when not said
    std::string owner;
    std::string description;
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.text(self.id);
        v.text(self.name);
        v.text(self.parent);
        v.text(self.kind);
        v.text(self.owner);
        v.text(self.description);
    }
};

// A bounded context, or what a catalog has in its place: a system, an application.
struct ObservedContext {
    std::string id;
    std::string name;
    std::string domain;  // id of an ObservedDomain; empty when not said
    std::string owner;   // team
    std::string type;    // "bounded-context", "system", "service", "application", "team"
    std::string parent;  // the context that it is a part of: a service in a system; empty: none
    std::string description;
    bool isExternal = false;  // of another organisation
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.text(self.id);
        v.text(self.name);
        v.text(self.domain);
        v.text(self.owner);
        v.text(self.type);
        v.text(self.parent);
        v.text(self.description);
        v.flag(self.isExternal);
    }
};

struct ObservedTeam {
    std::string id;
    std::string name;
    std::string parent;
    std::string contact;
    std::string description;
    std::vector<std::string> members;
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.text(self.id);
        v.text(self.name);
        v.text(self.parent);
        v.text(self.contact);
        v.text(self.description);
        v.texts(self.members);
    }
};

// Between two contexts, as another tool's context map or architecture model declares it.
struct ObservedRelationship {
    std::string upstream;  // ids of ObservedContext; of a symmetric one in byte order
    std::string downstream;
    std::string
        type;  // "upstream-downstream", "customer-supplier", "partnership", "shared-kernel", "depends-on", "flow"
    std::string upstreamRoles;    // "OHS,PL"
    std::string downstreamRoles;  // "ACL", "CF"
    std::string name;
    std::string description;  // technology, exposed aggregates, rights: as the source says it
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.text(self.upstream);
        v.text(self.downstream);
        v.text(self.type);
        v.text(self.upstreamRoles);
        v.text(self.downstreamRoles);
        v.text(self.name);
        v.text(self.description);
    }
};

// That something reaches someone: a producer's message to a consumer, an API to its caller, a channel into another one.
struct ObservedRoute {
    std::string from;     // who provides: a context, service, application
    std::string product;  // what: a product, contract, channel
    std::string to;       // who receives; empty when the source names nobody
    std::string name;
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.text(self.from);
        v.text(self.product);
        v.text(self.to);
        v.text(self.name);
    }
};

// One operation of an operational API, or of an event API (send, receive).
struct Operation {
    Index<Contract> contract;
    std::string name;    // operationId, rpc, field; else made from method and address
    std::string method;  // "GET", "send", "receive", "query", "mutation", "subscription", "rpc"
    std::string address;
    std::string request;   // name of the schema object that it takes; empty when none or not named
    std::string response;  // name of the one that it answers
    std::string description;
    bool isDeprecated = false;
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.link(self.contract);
        v.text(self.name);
        v.text(self.method);
        v.text(self.address);
        v.text(self.request);
        v.text(self.response);
        v.text(self.description);
        v.flag(self.isDeprecated);
    }
};

// A topic or queue of an event API.
struct Channel {
    Index<Contract> contract;  // none: a listing names it and no contract
    std::string name;
    std::string address;  // empty when it is made at run time
    std::string protocol;
    Index<Dataset> dataset;
    std::vector<std::string> messages;
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.link(self.contract);
        v.text(self.name);
        v.text(self.address);
        v.text(self.protocol);
        v.link(self.dataset);
        v.texts(self.messages);
    }
};

// That someone depends on something, at a version or at any.
struct Adoption {
    std::string consumer;  // id of a Consumer, ObservedContext or ObservedProduct
    std::string thing;     // id of a contract, product or channel
    std::string version;   // as it is pinned: "2", "^1.0.0", "latest"; empty: unpinned
    std::string
        resolved;  // the version that a range means among those of the same source; empty when nobody can tell
    std::string
        by;  // "port", "pointer", "reference", "ref", "exposure", "consumer-group", "acl", "consumes"
    std::vector<std::string> fields;  // those that it reads, when the source says them
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.text(self.consumer);
        v.text(self.thing);
        v.text(self.version);
        v.text(self.resolved);
        v.text(self.by);
        v.texts(self.fields);
    }
};

enum class CheckOutcome { Unknown, Passed, Warned, Failed, Error, Skipped };

// One execution of a check.
struct CheckRun {
    std::string
        check;         // its name; that of a Check when the same source or its contract declares it
    std::string type;  // "not_null", "expect_column_values_to_be_unique", "freshness" ...
    Index<Dataset> dataset;  // none: the source does not say which
    std::string column;
    CheckOutcome outcome = CheckOutcome::Unknown;
    std::string at;  // ISO 8601; empty when not said
    std::string observed;
    std::string expected;
    std::int64_t failures = 0;  // records that failed; 0 when none or not said
    std::string tool;           // "dbt", "great-expectations", "soda", "openlineage"
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.text(self.check);
        v.text(self.type);
        v.link(self.dataset);
        v.text(self.column);
        v.choice(self.outcome, CheckOutcome::Skipped);
        v.text(self.at);
        v.text(self.observed);
        v.text(self.expected);
        v.number(self.failures);
        v.text(self.tool);
    }
};

// A measurement: freshness, lag, error rate, row count.
struct Observation {
    std::string subject;  // what was measured, as the source names it
    Index<Dataset> dataset;
    std::string consumer;  // consumer group; empty: of the dataset itself
    std::string metric;    // "freshness", "lag", "error-rate", "rows", or the metric's own name
    std::string value;     // as spelt
    std::string unit;
    std::string at;
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.text(self.subject);
        v.link(self.dataset);
        v.text(self.consumer);
        v.text(self.metric);
        v.text(self.value);
        v.text(self.unit);
        v.text(self.at);
    }
};

enum class ClaimAbout { Dataset, Column, Contract, Product, Context, Domain, Team, Term };

// One more thing that a source says of something: who owns a dataset, at which level a contract keeps compatible. Several values for one
// property are a contradiction, and all of them are kept (estate/contradictions.h).
struct Claim {
    ClaimAbout about = ClaimAbout::Dataset;
    std::string
        subject;  // its key: Dataset::key(), Contract::key(), the id of a product, context, domain or team
    std::string property;  // "owner", "domain", "context", "compatibility", "authority", "type" ...
    std::string value;
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.choice(self.about, ClaimAbout::Term);
        v.text(self.subject);
        v.text(self.property);
        v.text(self.value);
    }
};

// A hint that two names mean one thing, which the source itself does not vouch for. People decide (analysis/identity).
struct IdentityHint {
    ClaimAbout about = ClaimAbout::Dataset;
    std::string one;  // keys
    std::string other;
    std::string
        reason;  // a sentence: "The connector writes table shop.orders to topic shop.orders."
    int confidence = 50;  // per cent
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.choice(self.about, ClaimAbout::Term);
        v.text(self.one);
        v.text(self.other);
        v.text(self.reason);
        v.number(self.confidence);
    }
};

// The text that fills a dataset, or that a view is. What it says of columns is read after all sources are merged
// (import/sql_lineage_facts.h).
struct ObservedQuery {
    Index<Dataset> writes;  // none: what the text itself says it writes
    std::string column;     // the only one that it fills; empty: all
    Index<Job> job;
    std::string text;
    std::string dialect;  // the platform's or adapter's name; empty when not said
    std::string space;    // "database.schema" that unqualified names mean; empty when not said
    int firstLine = 0;    // of the source, where the text is laid out there line by line; else 0
    bool isTemplate = false;  // Jinja that was not compiled
    Evidence evidence;

    template <class Visitor, class Self>
    static void describe(Visitor& v, Self& self)
    {
        v.link(self.writes);
        v.text(self.column);
        v.link(self.job);
        v.text(self.text);
        v.text(self.dialect);
        v.text(self.space);
        v.number(self.firstLine);
        v.flag(self.isTemplate);
    }
};

std::string_view
toString(CheckOutcome outcome);  // "passed", "warned", "failed", "error", "skipped", "unknown"
std::string_view toString(ClaimAbout about);  // "dataset", "contract" ...

}  // namespace portolan
