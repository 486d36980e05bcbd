// SPDX-License-Identifier: Apache-2.0
// What the inspector shows of each kind of thing. One function a kind; a new kind is one more and a row in `fillInspector`.
#pragma once

#include "model/base/entity_ref.h"
#include "model/estate/evidence.h"
#include "model/map/map_document.h"

#include <QString>

#include <vector>

namespace portolan::ui {

class InspectorForm;
class Session;

// False when there is no such thing any more.
bool fillInspector(InspectorForm& form, Session& session, const EntityRef& entity);
// Two or more that are selected together.
bool fillSeveral(InspectorForm& form, Session& session, const std::vector<EntityRef>& entities);

bool fillDomain(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillContext(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillTeam(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillTerm(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillRelationship(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillProduct(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillObservedProduct(InspectorForm& form, Session& session, const EntityRef& entity);
// Domains, contexts, teams and terms of catalogs and models that the map does not declare.
bool fillObserved(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillRoute(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillIdentifier(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillColumn(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillDataset(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillJob(InspectorForm& form, Session& session, const EntityRef& entity);
bool fillContract(InspectorForm& form, Session& session, const EntityRef& entity);

// Sections that several kinds have.
void addFindings(InspectorForm& form, Session& session, const std::vector<EntityRef>& entities);
void addDeclaredEvidence(InspectorForm& form, Session& session, const Declared& where);
void addObservedEvidence(InspectorForm& form, Session& session, const Evidence& evidence);
void addEntityLink(InspectorForm& form, Session& session, const EntityRef& entity,
                   const QString& right = {});

// Makes the edit one undo step; answers the reason when it was not made.
QString commit(Session& session, const Result<Edit>& edit);

}  // namespace portolan::ui
