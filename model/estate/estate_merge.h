// SPDX-License-Identifier: Apache-2.0
// Carries all facts of one estate over into a builder, under the numbers that they get there; and finds out which datasets are one.
#pragma once

#include "model/estate/estate_builder.h"

#include <vector>

namespace portolan {

// For each dataset the one that it is the same as; itself, mostly.
using SameDatasets = std::vector<DatasetIndex>;

// The one place where a dataset of unknown instance finds its instance: dbt and contracts often know platform and path only
// (postgres / ? / shop.public.orders), lineage events say the instance too. When exactly one dataset of the same platform and path
// has a known instance, both are that one. When there are several, nobody can tell, and the unknown one stays by itself.
SameDatasets sameDatasets(const Estate& estate);

// `same` may be empty: each dataset is itself.
void mergeInto(EstateBuilder& builder, const Estate& other, const SameDatasets& same);

}  // namespace portolan
