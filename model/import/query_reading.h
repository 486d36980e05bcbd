// SPDX-License-Identifier: Apache-2.0
// Reads the queries of an estate, those first that others build on, so that a * over a model has the columns that the model's own query
// gives it. Names are resolved against the columns that catalogs, definitions and contracts state.
#pragma once

#include "model/import/read_query.h"
#include "model/import/relation_names.h"
#include "model/import/sql_lineage_facts.h"

#include <string>
#include <vector>

namespace portolan {

class QueryReading {
public:
    QueryReading(const Estate& estate, const KnownQueries& known, Progress& progress);

    // False: stopped.
    bool run();

    // By the query's number in the estate; templates have no statements. What is done with them may use them up.
    std::vector<ReadQuery>& queries() { return m_read; }
    const std::vector<ReadQuery>& queries() const { return m_read; }
    DatasetIndex relation(std::size_t query, const SqlName& name) const;
    // Whether a source says what the query reads.
    bool hasStatedSources(std::size_t query) const { return !m_near[query].empty(); }

    std::int64_t readAnew() const { return m_readAnew; }
    KnownQueries takeNew() { return std::move(m_isNew); }
    std::vector<std::string> notNeeded() const;

private:
    class Catalog;

    DatasetIndex inlinedModel(std::size_t query, std::string_view name) const;
    std::string textOf(std::size_t query) const;
    void findScopes();
    void findStatedColumns();
    std::vector<std::vector<std::size_t>> levels() const;
    bool readAll(const std::vector<std::size_t>& queries);
    void readOne(std::size_t query);
    bool isStillSo(std::size_t query, const ReadQuery& read, bool mayWait) const;
    void learn(std::size_t query);
    std::vector<std::size_t> outdated() const;
    std::string keyOf(std::size_t query) const;

    const Estate& m_estate;
    const KnownQueries& m_known;
    Progress& m_progress;
    RelationNames m_names;
    std::vector<RelationScope> m_scopes;
    std::vector<std::vector<DatasetIndex>> m_near;
    std::vector<ReadQuery> m_read;
    std::vector<std::string> m_keys;
    std::vector<std::string> m_packed;  // of those that were read anew
    struct Columns {
        std::vector<std::string> names;
        std::uint64_t hash = 0;  // 0: not known
        bool isStated = false;   // by a source, which goes before what a query gives
        bool isAwaited = false;  // a query gives them that is not read yet
    };
    std::vector<Columns> m_columns;  // by dataset
    std::int64_t m_done = 0;
    std::int64_t m_readAnew = 0;
    KnownQueries m_isNew;
};

}  // namespace portolan
