// SPDX-License-Identifier: Apache-2.0
#include "model/estate/estate_merge.h"

#include <algorithm>
#include <utility>

namespace portolan {

namespace {

std::string keyWithoutInstance(const Dataset& dataset)
{
    Dataset bare;
    bare.platform = dataset.platform;
    bare.path = dataset.path;
    return bare.key();
}

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
    }

private:
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
            Estate& estate = m_builder.estate();
            Dataset& merged = estate.datasets[index.value];
            fill(merged.type, dataset.type);
            fill(merged.description, dataset.description);
            merged.isDerived |= dataset.isDerived;
            estate.datasetByKey.emplace(dataset.key(), index);
        }
        // Keys under which the other estate knows a dataset besides its own.
        for (const auto& [key, theirs] : m_other.datasetByKey)
            m_builder.estate().datasetByKey.emplace(key, at(m_datasets, theirs));
    }

    void addColumns()
    {
        for (const Column& column : m_other.columns) {
            const ColumnIndex index = forEachPlace(column.evidence, [&](const Evidence& place) {
                return m_builder.column(at(m_datasets, column.dataset), column.name, column.type,
                                        place);
            });
            m_columns.push_back(index);
            fill(m_builder.estate().columns[index.value].description, column.description);
        }
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
        for (const ColumnEdge& edge : m_other.columnEdges) {
            forEachPlace(edge.evidence, [&](const Evidence& place) {
                m_builder.columnLineage(at(m_columns, edge.from), at(m_columns, edge.to),
                                        at(m_jobs, edge.job), edge.flow, edge.transformation,
                                        edge.isMasked, place);
                return true;
            });
        }
        for (const DatasetInfluence& influence : m_other.influences) {
            forEachPlace(influence.evidence, [&](const Evidence& place) {
                m_builder.influence(at(m_columns, influence.from), at(m_datasets, influence.to),
                                    at(m_jobs, influence.job), influence.transformation, place);
                return true;
            });
        }
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
    std::vector<ColumnIndex> m_columns;
    std::vector<JobIndex> m_jobs;
    std::vector<ProductIndex> m_products;
    std::vector<ContractIndex> m_contracts;
    std::vector<SchemaObjectIndex> m_objects;
    std::vector<FieldIndex> m_fields;
    std::vector<bool> m_isNew;  // of m_contracts: its objects were added
};

}  // namespace

SameDatasets sameDatasets(const Estate& estate)
{
    SameDatasets same;
    const auto isUnknown = [](const Dataset& d) {
        return d.instance.empty() && !d.platform.empty();
    };
    std::unordered_map<std::string, std::vector<DatasetIndex>> known;
    for (std::size_t i = 0; i < estate.datasets.size(); ++i) {
        if (isUnknown(estate.datasets[i]))
            known[keyWithoutInstance(estate.datasets[i])];
    }
    if (known.empty())
        return same;
    for (std::size_t i = 0; i < estate.datasets.size(); ++i) {
        const auto place = known.find(keyWithoutInstance(estate.datasets[i]));
        if (place != known.end() && !isUnknown(estate.datasets[i]))
            place->second.push_back(DatasetIndex(i));
    }
    bool isAnyOther = false;
    for (std::size_t i = 0; i < estate.datasets.size(); ++i) {
        same.push_back(DatasetIndex(i));
        if (!isUnknown(estate.datasets[i]))
            continue;
        const std::vector<DatasetIndex>& others = known[keyWithoutInstance(estate.datasets[i])];
        if (others.size() == 1) {
            same.back() = others.front();
            isAnyOther = true;
        }
    }
    return isAnyOther ? same : SameDatasets();
}

void mergeInto(EstateBuilder& builder, const Estate& other, const SameDatasets& same)
{
    Merge(builder, other, same).run();
}

void EstateBuilder::add(const Estate& other)
{
    mergeInto(*this, other, {});
}

Estate EstateBuilder::take()
{
    Estate taken = std::move(estate());
    *this = EstateBuilder();
    const SameDatasets same = sameDatasets(taken);
    if (same.empty())
        return taken;
    EstateBuilder again;
    mergeInto(again, taken, same);
    return std::move(again.estate());
}

}  // namespace portolan
