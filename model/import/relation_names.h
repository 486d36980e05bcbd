// SPDX-License-Identifier: Apache-2.0
// Which dataset of an estate a query means by a relation's name. Nothing is guessed: a name that several datasets may have is none's.
#pragma once

#include "model/estate/estate.h"
#include "model/sql/sql_lineage.h"

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace portolan {

// Where a query stands.
struct RelationScope {
    std::string platform;
    std::string instance;                // empty: any
    std::vector<std::string> space;      // database and schema of unqualified names
    std::span<const DatasetIndex> near;  // those that the query is known to read
};

class RelationNames {
public:
    explicit RelationNames(const Estate& estate);

    // By the whole name on the platform; by its end among those near; by its end with the schema on the platform. Compared in any case:
    // where that leaves several, the one that is spelt so.
    DatasetIndex find(const SqlName& name, const RelationScope& scope) const;

private:
    using Parts = std::vector<std::string>;
    struct Named {
        DatasetIndex dataset;
        Parts parts;  // as spelt
    };
    void add(DatasetIndex dataset, const std::string& path);
    DatasetIndex exact(const Parts& parts, const RelationScope& scope) const;
    DatasetIndex among(std::span<const DatasetIndex> near, const Parts& parts) const;
    DatasetIndex bySuffix(const Parts& parts, const RelationScope& scope) const;
    template <class Fits>
    DatasetIndex one(const std::string& lastPart, const Parts& parts, Fits fits) const;

    const Estate& m_estate;
    std::unordered_map<std::string, std::vector<Named>> m_byLastPart;  // in lower case
    std::unordered_map<DatasetIndex, std::vector<Parts>> m_namesOf;
};

// "shop.public.\"a.b\"" in its parts, without quotes; a path with '/' is one part.
std::vector<std::string> partsOfRelation(std::string_view path);

}  // namespace portolan
