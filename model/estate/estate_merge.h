// SPDX-License-Identifier: Apache-2.0
// Carries all facts of one estate over into a builder, under the numbers that they get there; and finds out which datasets are one.
#pragma once

#include "model/estate/estate_builder.h"

#include <utility>
#include <vector>

namespace portolan {

// For each dataset the one that it is the same as; itself, mostly.
using SameDatasets = std::vector<DatasetIndex>;

// Datasets that are one: the first of each pair stands for the second. Only what is said goes in here: a source's own word (a symlink,
// a rename), or a person's decision (analysis/identity). Empty: each dataset is itself.
SameDatasets sameDatasets(const Estate& estate,
                          const std::vector<std::pair<DatasetIndex, DatasetIndex>>& said);

// `same` may be empty: each dataset is itself.
void mergeInto(EstateBuilder& builder, const Estate& other, const SameDatasets& same);

}  // namespace portolan
