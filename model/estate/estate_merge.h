// SPDX-License-Identifier: Apache-2.0
// Carries all facts of one estate over into a builder, under the numbers that they get there; and finds out which datasets are one.
#pragma once

#include "model/estate/estate_builder.h"

#include <utility>
#include <vector>

namespace portolan {

// For each dataset the one that it is the same as; itself, mostly.
using SameDatasets = std::vector<DatasetIndex>;

// The one place where datasets under several names become one:
// - those that a source says are the same (`said`);
// - one of unknown instance, when exactly one dataset of its platform and path has a known instance: dbt and contracts often know
//   platform and path only (postgres / ? / shop.public.orders), lineage events say the instance too;
// - one of unknown platform and instance (a dbt catalog does not say its database), when exactly one dataset has its path, without
//   regard to case.
// When several fit, nobody can tell, and the unknown one stays by itself. Empty: each dataset is itself.
SameDatasets sameDatasets(const Estate& estate,
                          const std::vector<std::pair<DatasetIndex, DatasetIndex>>& said);

// `same` may be empty: each dataset is itself.
void mergeInto(EstateBuilder& builder, const Estate& other, const SameDatasets& same);

}  // namespace portolan
