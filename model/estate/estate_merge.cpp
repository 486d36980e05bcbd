// SPDX-License-Identifier: Apache-2.0
#include "model/estate/estate_merge.h"

#include "model/base/ascii_text.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace portolan {

namespace {

bool isWithoutPlatform(const Dataset& dataset)
{
    return dataset.platform.empty() && dataset.instance.empty();
}

// Which datasets are one; the first of them stands for all, unless it lacks what another one knows.
class Unions {
public:
    explicit Unions(std::size_t size)
    {
        for (std::size_t i = 0; i < size; ++i)
            m_parents.push_back(DatasetIndex(i));
    }

    std::uint32_t root(std::uint32_t index)
    {
        while (m_parents[index].value != index) {
            m_parents[index] = m_parents[m_parents[index].value];
            index = m_parents[index].value;
        }
        return index;
    }

    void join(std::uint32_t standing, std::uint32_t other)
    {
        standing = root(standing);
        other = root(other);
        m_isAny |= standing != other;
        m_parents[other] = DatasetIndex(standing);
    }

    bool isAny() const { return m_isAny; }

    SameDatasets all()
    {
        SameDatasets same;
        for (std::uint32_t i = 0; i < m_parents.size(); ++i)
            same.push_back(DatasetIndex(root(i)));
        return same;
    }

private:
    SameDatasets m_parents;
    bool m_isAny = false;
};

void fill(std::string& value, const std::string& with)
{
    if (value.empty())
        value = with;
}

class Merge {
public:
    Merge(EstateBuilder& builder, const Estate& other, const SameDatasets& same)
        : m_builder(builder), m_other(other), m_same(same)
    {
    }

    void run()
    {
        for (const Source& source : m_other.sources)
            m_sources.push_back(m_builder.source(source));
        addDatasets();
        addColumns();
        addJobs();
        addEdges();
        addProducts();
        addContracts();
        addTermsAndConsumers();
        addFacts(m_other.domains);
        addFacts(m_other.contexts);
        addFacts(m_other.teams);
        addFacts(m_other.relationships);
        addFacts(m_other.routes);
        addFacts(m_other.operations);
        addFacts(m_other.channels);
        addFacts(m_other.adoptions);
        addFacts(m_other.checkRuns);
        addFacts(m_other.observations);
        addFacts(m_other.claims);
        addFacts(m_other.identityHints);
        addFacts(m_other.queries);
    }

private:
    // Gives a fact the numbers that its things have here.
    struct Renumber {
        Merge& merge;
        void text(const std::string&) {}
        void texts(const std::vector<std::string>&) {}
        void flag(bool) {}
        void number(std::int64_t) {}
        template <class Choice>
        void choice(Choice, Choice)
        {
        }
        void link(DatasetIndex& dataset) { dataset = at(merge.m_datasets, dataset); }
        void link(JobIndex& job) { job = at(merge.m_jobs, job); }
        void link(ContractIndex& contract) { contract = at(merge.m_contracts, contract); }
    };

    template <class Fact>
    void addFacts(const std::vector<Fact>& facts)
    {
        for (const Fact& fact : facts) {
            Fact renumbered = fact;
            Renumber renumber{*this};
            Fact::describe(renumber, renumbered);
            forEachPlace(fact.evidence, [&](const Evidence& place) {
                Fact copy = renumbered;
                copy.evidence = place;
                m_builder.fact(std::move(copy));
                return true;
            });
        }
    }

    Evidence own(const Evidence& theirs) const
    {
        if (theirs.source.value >= m_sources.size())
            return {};
        Evidence evidence =
            m_builder.evidence(m_sources[theirs.source.value], theirs.line, theirs.column,
                               theirs.pointer < m_other.pointers.size()
                                   ? std::string_view(m_other.pointers[theirs.pointer])
                                   : std::string_view());
        evidence.times = theirs.times;
        return evidence;
    }

    // Calls `add` with the first place, then with each further source's in the order of the sources; answers what the first call did.
    template <class Add>
    auto forEachPlace(const Evidence& evidence, Add add)
    {
        const auto result = add(own(evidence));
        std::vector<const Evidence*> further;
        std::uint32_t next = evidence.more;
        while (next > 0 && next <= m_other.moreEvidence.size()) {
            further.push_back(&m_other.moreEvidence[next - 1]);
            next = further.back()->more;
        }
        std::for_each(further.rbegin(), further.rend(),
                      [&](const Evidence* place) { add(own(*place)); });
        return result;
    }

    template <class Thing>
    static Index<Thing> at(const std::vector<Index<Thing>>& numbers, Index<Thing> theirs)
    {
        return theirs.value < numbers.size() ? numbers[theirs.value] : Index<Thing>();
    }

    const Dataset& standingFor(std::size_t index) const
    {
        return m_other.datasets[m_same.empty() ? index : m_same[index].value];
    }

    void addDatasets()
    {
        for (std::size_t i = 0; i < m_other.datasets.size(); ++i) {
            const Dataset& dataset = m_other.datasets[i];
            const Dataset& name = standingFor(i);
            const DatasetIndex index = forEachPlace(dataset.evidence, [&](const Evidence& place) {
                return m_builder.dataset(name.platform, name.instance, name.path, place);
            });
            m_datasets.push_back(index);
            if (&name != &dataset && (isWithoutPlatform(dataset) || isWithoutPlatform(name)))
                m_foldsCase.insert(index);
            Estate& estate = m_builder.estate();
            Dataset& merged = estate.datasets[index.value];
            fill(merged.type, dataset.type);
            fill(merged.description, dataset.description);
            merged.isDerived |= dataset.isDerived;
            estate.datasetByKey.emplace(dataset.key(), index);
        }
        // Keys under which the other estate knows a dataset besides its own.
        for (const auto& [key, theirs] : m_other.datasetByKey) {
            const DatasetIndex own = at(m_datasets, theirs);
            const auto [place, isNew] = m_builder.estate().datasetByKey.emplace(key, own);
            if (!isNew)
                m_builder.sameDataset(place->second, own);
        }
    }

    void addColumns()
    {
        for (const Column& column : m_other.columns) {
            const std::string name = nameInMerged(column);
            const ColumnIndex index = forEachPlace(column.evidence, [&](const Evidence& place) {
                return m_builder.column(at(m_datasets, column.dataset), name, column.type, place);
            });
            m_columns.push_back(index);
            fill(m_builder.estate().columns[index.value].description, column.description);
        }
    }

    // A dbt catalog gives the names as the database spells them, the manifest as people do: in a dataset that came together from both,
    // names that differ in case only are one column. The first spelling stays.
    std::string nameInMerged(const Column& column)
    {
        if (!m_foldsCase.contains(at(m_datasets, column.dataset)))
            return nameByOtherSources(column);
        const std::string key =
            std::to_string(at(m_datasets, column.dataset).value) + "/" + lowerCase(column.name);
        return m_foldedNames.emplace(key, column.name).first->second;
    }

    // A database gives back CUSTOMER_ID where a model says customer_id: what another source has named is that column, unless this one
    // tells the two spellings apart.
    std::string nameByOtherSources(const Column& column)
    {
        const DatasetIndex own = at(m_datasets, column.dataset);
        const Dataset& dataset = m_builder.estate().datasets[own.value];
        // Two datasets of the other estate may be one here.
        if (dataset.columns.empty())
            m_onlyFrom.emplace(own, column.dataset);
        const auto only = m_onlyFrom.find(own);
        const bool isOnlyOne = only != m_onlyFrom.end() && only->second == column.dataset;
        if (isOnlyOne || !foldsNames(dataset.platform))
            return column.name;
        const std::string folded = lowerCase(column.name);
        const std::string* found = nullptr;
        for (const ColumnIndex each : dataset.columns) {
            const std::string& known = m_builder.estate().columns[each.value].name;
            if (known == column.name)
                return column.name;
            if (known.size() != column.name.size() || lowerCase(known) != folded)
                continue;
            if (found)
                return column.name;
            found = &known;
        }
        return found && !hasColumn(column.dataset, *found) ? *found : column.name;
    }

    bool hasColumn(DatasetIndex theirs, const std::string& name) const
    {
        const std::vector<ColumnIndex>& columns = m_other.datasets[theirs.value].columns;
        return std::any_of(columns.begin(), columns.end(), [&](ColumnIndex column) {
            return m_other.columns[column.value].name == name;
        });
    }

    // Platforms where an unquoted name means the same in any case.
    static bool foldsNames(std::string_view platform)
    {
        return isOneOf(platform,
                       " snowflake postgres redshift bigquery databricks spark hive trino "
                       "presto athena duckdb sqlite mysql mariadb sqlserver mssql oracle "
                       "db2 teradata vertica exasol synapse ");
    }

    void addJobs()
    {
        for (const Job& job : m_other.jobs) {
            const JobIndex index = forEachPlace(job.evidence, [&](const Evidence& place) {
                return m_builder.job(job.space, job.name, place);
            });
            m_jobs.push_back(index);
            Job& merged = m_builder.estate().jobs[index.value];
            fill(merged.integration, job.integration);
            fill(merged.owner, job.owner);
            merged.lastRun = std::max(merged.lastRun, job.lastRun);
            merged.runs += job.runs;
        }
    }

    void addEdges()
    {
        for (const LineageEdge& edge : m_other.lineageEdges) {
            forEachPlace(edge.evidence, [&](const Evidence& place) {
                m_builder.lineage(at(m_datasets, edge.from), at(m_datasets, edge.to),
                                  at(m_jobs, edge.job), place);
                return true;
            });
        }
        Estate& estate = m_builder.estate();
        for (const ColumnEdge& edge : m_other.columnEdges) {
            const std::size_t before = estate.columnEdges.size();
            const std::uint32_t made = forEachPlace(edge.evidence, [&](const Evidence& place) {
                return m_builder.columnLineage(at(m_columns, edge.from), at(m_columns, edge.to),
                                               at(m_jobs, edge.job), edge.flow, edge.transformation,
                                               edge.isMasked, place, edge.expression);
            });
            setFromQuery(estate.columnEdges[made], edge, made >= before);
        }
        for (const DatasetInfluence& influence : m_other.influences) {
            const std::size_t before = estate.influences.size();
            const std::uint32_t made = forEachPlace(influence.evidence, [&](const Evidence& place) {
                return m_builder.influence(at(m_columns, influence.from),
                                           at(m_datasets, influence.to), at(m_jobs, influence.job),
                                           influence.transformation, place, influence.expression);
            });
            setFromQuery(estate.influences[made], influence, made >= before);
        }
    }

    // What a source states is stated, whoever says the same.
    template <class Edge>
    static void setFromQuery(Edge& made, const Edge& theirs, bool isNew)
    {
        made.isFromQuery = theirs.isFromQuery && (isNew || made.isFromQuery);
    }

    void addProducts()
    {
        for (const ObservedProduct& product : m_other.products) {
            m_products.push_back(forEachPlace(product.evidence, [&](const Evidence& place) {
                ObservedProduct copy = product;
                copy.evidence = place;
                return m_builder.product(std::move(copy));
            }));
        }
    }

    void addContracts()
    {
        m_objects.resize(m_other.objects.size());
        m_fields.resize(m_other.fields.size());
        for (const Contract& contract : m_other.contracts) {
            const EstateBuilder::Added added =
                forEachPlace(contract.evidence, [&](const Evidence& place) {
                    Contract copy = contract;
                    copy.product = at(m_products, contract.product);
                    copy.evidence = place;
                    return m_builder.contract(std::move(copy));
                });
            m_contracts.push_back(added.contract);
            m_isNew.push_back(added.isNew);
            if (!added.isNew)
                continue;
            for (const SchemaObjectIndex object : contract.objects)
                addObject(object, added.contract);
        }
        addChecks();
    }

    void addObject(SchemaObjectIndex theirs, ContractIndex contract)
    {
        SchemaObject object = m_other.objects[theirs.value];
        const std::vector<FieldIndex> fields = object.fields;
        object.contract = contract;
        object.dataset = at(m_datasets, object.dataset);
        object.evidence = own(object.evidence);
        const SchemaObjectIndex index = m_builder.object(std::move(object));
        m_objects[theirs.value] = index;
        for (const FieldIndex theirField : fields) {
            Field field = m_other.fields[theirField.value];
            field.object = index;
            field.evidence = own(field.evidence);
            m_fields[theirField.value] = m_builder.field(std::move(field));
        }
    }

    void addChecks()
    {
        for (const Check& check : m_other.checks) {
            const bool isRepeat =
                check.contract.value < m_isNew.size() && !m_isNew[check.contract.value];
            if (isRepeat)
                continue;
            Check copy = check;
            copy.contract = at(m_contracts, check.contract);
            copy.object = at(m_objects, check.object);
            copy.field = at(m_fields, check.field);
            copy.evidence = own(check.evidence);
            m_builder.check(std::move(copy));
        }
    }

    void addTermsAndConsumers()
    {
        for (const ObservedTerm& term : m_other.terms) {
            forEachPlace(term.evidence, [&](const Evidence& place) {
                ObservedTerm copy = term;
                copy.evidence = place;
                m_builder.term(std::move(copy));
                return true;
            });
        }
        for (const Consumer& consumer : m_other.consumers) {
            forEachPlace(consumer.evidence, [&](const Evidence& place) {
                Consumer copy = consumer;
                for (DatasetIndex& read : copy.reads)
                    read = at(m_datasets, read);
                copy.evidence = place;
                m_builder.consumer(std::move(copy));
                return true;
            });
        }
    }

    EstateBuilder& m_builder;
    const Estate& m_other;
    const SameDatasets& m_same;
    std::vector<SourceIndex> m_sources;
    std::vector<DatasetIndex> m_datasets;
    std::unordered_set<DatasetIndex> m_foldsCase;
    std::unordered_map<std::string, std::string> m_foldedNames;
    // Of a dataset that had no columns: the other's dataset that gave it the first.
    std::unordered_map<DatasetIndex, DatasetIndex> m_onlyFrom;
    std::vector<ColumnIndex> m_columns;
    std::vector<JobIndex> m_jobs;
    std::vector<ProductIndex> m_products;
    std::vector<ContractIndex> m_contracts;
    std::vector<SchemaObjectIndex> m_objects;
    std::vector<FieldIndex> m_fields;
    std::vector<bool> m_isNew;  // of m_contracts: its objects were added
};

}  // namespace

SameDatasets sameDatasets(const Estate& estate,
                          const std::vector<std::pair<DatasetIndex, DatasetIndex>>& said)
{
    Unions unions(estate.datasets.size());
    for (const auto& [one, other] : said)
        unions.join(one.value, other.value);
    return unions.isAny() ? unions.all() : SameDatasets();
}

void mergeInto(EstateBuilder& builder, const Estate& other, const SameDatasets& same)
{
    Merge(builder, other, same).run();
}

void EstateBuilder::add(const Estate& other)
{
    mergeInto(*this, other, {});
}

}  // namespace portolan
