// SPDX-License-Identifier: Apache-2.0
// Builds an Estate: whoever names a thing twice gets the same thing, its facts merged and its evidence kept. Importers build one
// estate per source with it; `add` merges such estates into one.
#pragma once

#include "model/estate/estate.h"

namespace portolan {

class EstateBuilder {
public:
    EstateBuilder();
    ~EstateBuilder();
    EstateBuilder(EstateBuilder&&) noexcept;
    EstateBuilder& operator=(EstateBuilder&&) noexcept;

    SourceIndex source(Source source);
    Evidence evidence(SourceIndex source, std::uint32_t line, std::uint32_t column = 0,
                      std::string_view pointer = {});

    // Each finds the thing or makes it, and adds the evidence. A later non-empty value fills an empty one; it never replaces one.
    DatasetIndex dataset(std::string_view platform, std::string_view instance,
                         std::string_view path, const Evidence& evidence);
    // A further name of a dataset. What is known or will be named by it is the same dataset, at the latest after take().
    void alsoKnownAs(DatasetIndex dataset, std::string_view platform, std::string_view instance,
                     std::string_view path);
    void sameDataset(DatasetIndex one, DatasetIndex other);
    ColumnIndex column(DatasetIndex dataset, std::string_view name, std::string_view type,
                       const Evidence& evidence);
    JobIndex job(std::string_view space, std::string_view name, const Evidence& evidence);
    // The edges' answers are numbers in the estate's lists.
    std::uint32_t lineage(DatasetIndex from, DatasetIndex to, JobIndex job,
                          const Evidence& evidence);
    std::uint32_t columnLineage(ColumnIndex from, ColumnIndex to, JobIndex job, ColumnFlow flow,
                                std::string_view transformation, bool isMasked,
                                const Evidence& evidence, std::string_view expression = {});
    std::uint32_t influence(ColumnIndex from, DatasetIndex to, JobIndex job,
                            std::string_view transformation, const Evidence& evidence,
                            std::string_view expression = {});
    ProductIndex product(ObservedProduct product);
    void term(ObservedTerm term);
    void consumer(Consumer consumer);

    // A domain, context or team with the id of one that is there fills what that one lacks; where both say something else, the later
    // word becomes a Claim. Ids are compared without regard to case.
    void fact(ObservedDomain domain);
    void fact(ObservedContext context);
    void fact(ObservedTeam team);
    // What says the same in all its members is one fact with further evidence.
    void fact(ObservedRelationship relationship);
    void fact(ObservedRoute route);
    void fact(Operation operation);
    void fact(Channel channel);
    void fact(Adoption adoption);
    void fact(CheckRun run);
    void fact(Observation observation);
    void fact(Claim claim);
    void fact(IdentityHint hint);
    void fact(ObservedQuery query);

    // A contract with its objects, fields and checks. `contract.contentHash` decides whether a repeat is the same or a conflict;
    // give it before its objects. The answer tells which (a repeat's objects are not added again).
    struct Added {
        ContractIndex contract;
        bool isNew = true;
        bool isConflict = false;
    };
    Added contract(Contract contract);
    SchemaObjectIndex object(SchemaObject object);
    FieldIndex field(Field field);
    CheckIndex check(Check check);

    // For facts that need more than the calls above; an Index from this builder stays valid.
    Estate& estate();

    // Merges everything that another estate says. Indices of `other` do not hold here.
    void add(const Estate& other);

    Estate take();

private:
    void keepBothTypes(ColumnIndex column, std::string_view type, const Evidence& evidence);
    struct Tables;
    std::unique_ptr<Tables> m_tables;
};

}  // namespace portolan
