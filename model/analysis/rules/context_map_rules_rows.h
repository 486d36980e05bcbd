// SPDX-License-Identifier: Apache-2.0
// The checks of the context map rules, one function each; their rows stand in context_map_rules.cpp. A check says what it found on
// which thing; rule, severity and, where it says no better, the mend come from its row.
#pragma once

#include "model/analysis/rules/map_index.h"
#include "model/analysis/rules/rule.h"

#include <string>
#include <vector>

namespace portolan {

// Findings of one rule, as they are made.
class FindingList {
public:
    FindingList(const RuleDescription& rule, std::vector<Finding>& findings)
        : m_rule(rule), m_findings(findings)
    {
    }

    // The finding can be completed through the reference until the next one is added.
    Finding& add(EntityRef subject, std::string subjectName, const Declared& where,
                 std::string message);
    Finding& add(const MapIndex& index, const Relationship& relationship, std::string message);
    Finding& add(const BoundedContext& context, std::string message);

private:
    const RuleDescription& m_rule;
    std::vector<Finding>& m_findings;
};

using Check = void (*)(const MapIndex&, FindingList&);

// By construction
void checkSymmetricHasNoRoles(const MapIndex& index, FindingList& found);
void checkUpstreamRoles(const MapIndex& index, FindingList& found);
void checkDownstreamRoles(const MapIndex& index, FindingList& found);
void checkCustomerSupplierEnds(const MapIndex& index, FindingList& found);
void checkTwoContexts(const MapIndex& index, FindingList& found);
void checkExposedBelongs(const MapIndex& index, FindingList& found);

// Errors
void checkCustomerSupplierNoOhs(const MapIndex& index, FindingList& found);
void checkCustomerSupplierNoConformist(const MapIndex& index, FindingList& found);
void checkAclXorConformist(const MapIndex& index, FindingList& found);
void checkUniqueNames(const MapIndex& index, FindingList& found);
void checkDomainAndItsSubdomain(const MapIndex& index, FindingList& found);
void checkTeamRealizes(const MapIndex& index, FindingList& found);
void checkOneOwner(const MapIndex& index, FindingList& found);

// Warnings
void checkCustomerSupplierWithAcl(const MapIndex& index, FindingList& found);
void checkManyDomains(const MapIndex& index, FindingList& found);
void checkUnknownReference(const MapIndex& index, FindingList& found);
void checkExposesEverything(const MapIndex& index, FindingList& found);
void checkTwoRelationships(const MapIndex& index, FindingList& found);
void checkContradictingDirection(const MapIndex& index, FindingList& found);
void checkUpstreamCycle(const MapIndex& index, FindingList& found);
void checkOhsWithoutPl(const MapIndex& index, FindingList& found);
void checkNoRoles(const MapIndex& index, FindingList& found);
void checkVetoIsCustomerSupplier(const MapIndex& index, FindingList& found);
void checkWideSharedKernel(const MapIndex& index, FindingList& found);
void checkIsolatedContext(const MapIndex& index, FindingList& found);
void checkMudWithoutAcl(const MapIndex& index, FindingList& found);

}  // namespace portolan
