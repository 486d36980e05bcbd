// SPDX-License-Identifier: Apache-2.0
// The mends of the context map rules, one function for each rule; their rows stand in quick_fixes.cpp. A mend proposes edits freely:
// those that turn out not to help are left out.
#pragma once

#include "model/analysis/rules/map_index.h"
#include "model/analysis/rules/quick_fixes.h"
#include "model/json/json_edit.h"
#include "model/map/edits.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

// The fixes of one finding, as they are proposed.
class FixList {
public:
    FixList(const MapDocument& document, const Finding& finding);

    const MapDocument& document() const { return m_document; }
    const ContextMap& map() const { return m_index.map(); }
    const MapIndex& index() const { return m_index; }
    const Finding& finding() const { return m_finding; }
    std::vector<QuickFix>& fixes() { return m_fixes; }

    // What the finding is about; null when that is something else or no longer there.
    const Relationship* relationship() const;
    const BoundedContext* context() const;
    std::vector<ContextId> relatedContexts() const;

    // An edit that could not be made is no fix.
    void add(std::string title, Result<Edit> edit);
    void add(std::string title, const JsonEdit& edit);
    void change(std::string title, const Relationship& changed);

    DataNode node(const Declared& thing) const { return {&m_document.tree(), thing.node}; }

private:
    const MapDocument& m_document;
    MapIndex m_index;
    const Finding& m_finding;
    std::vector<QuickFix> m_fixes;
};

using Mend = void (*)(FixList&);

// The relationship as a plain upstream/downstream of the same ends, and without what that cannot have.
Relationship plain(Relationship relationship);
// One edit of two that change different things.
Edit joined(Edit first, const Edit& second);

// One relationship
void mendSymmetricHasNoRoles(FixList& fixes);
void mendUpstreamRoles(FixList& fixes);
void mendDownstreamRoles(FixList& fixes);
void mendCustomerSupplierEnds(FixList& fixes);
void mendTwoContexts(FixList& fixes);
void mendExposedBelongs(FixList& fixes);
void mendCustomerSupplierNoOhs(FixList& fixes);
void mendCustomerSupplierNoConformist(FixList& fixes);
void mendAclXorConformist(FixList& fixes);
void mendTeamRealizes(FixList& fixes);
void mendCustomerSupplierWithAcl(FixList& fixes);
void mendExposesEverything(FixList& fixes);
void mendOhsWithoutPl(FixList& fixes);
void mendNoRoles(FixList& fixes);
void mendVetoIsCustomerSupplier(FixList& fixes);
void mendMudWithoutAcl(FixList& fixes);

// Several relationships
void mendTwoRelationships(FixList& fixes);
void mendContradictingDirection(FixList& fixes);
void mendUpstreamCycle(FixList& fixes);
void mendWideSharedKernel(FixList& fixes);

// Contexts, their words, what they own and refer to
void mendUniqueNames(FixList& fixes);
void mendDomainAndItsSubdomain(FixList& fixes);
void mendOneOwner(FixList& fixes);
void mendManyDomains(FixList& fixes);
void mendUnknownReference(FixList& fixes);
void mendIsolatedContext(FixList& fixes);

}  // namespace portolan
