// SPDX-License-Identifier: Apache-2.0
// The chart of a context map: what is declared, held against what was observed.
#pragma once

#include "model/analysis/lineage/coupling.h"
#include "model/analysis/map_drift/map_drift.h"
#include "model/analysis/rules/rule.h"
#include "model/chart/chart.h"
#include "model/map/context_map.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

struct ContextMapChartOptions {
    bool showDeclared = true;  // relationships of the map
    bool showObserved =
        true;  // flows that the map does not declare, and what was or was not seen of the others
    const std::vector<CouplingProfile>* couplings = nullptr;  // told in the words of the lines
};

// `drift` and `findings` belong to this map and estate. Until something was imported nothing counts as "not observed".
Chart contextMapChart(const ContextMap& map, const Estate& estate, const MapDrift& drift,
                      const std::vector<Finding>& findings,
                      const ContextMapChartOptions& options = {});

// The hue of each domain by its place in the map: its own `hue`, or the next in order; subdomains have their parent's.
int hueOf(const ContextMap& map, const DomainId& domain);
// "3.1.0" -> "v3"; what is no number stays as it is.
std::string shortVersion(std::string_view version);
// Two letters for the chip: the domain's code, or made from its name and different from the others'.
std::string codeOf(const ContextMap& map, const DomainId& domain);

}  // namespace portolan
