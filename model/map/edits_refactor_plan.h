// SPDX-License-Identifier: Apache-2.0
// What refactorings are made of: relationships are planned as values, so that several steps may change the same one, and written once;
// texts that move are copied with everything in them.
#pragma once

#include "model/json/json_edit.h"
#include "model/map/edit_parts.h"
#include "model/map/refactorings.h"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::edits {

using WhyNot = std::optional<std::string>;

// A value of the text, to be written again elsewhere: scalars as they are spelt.
JsonValue copyOf(DataNode node);
// A member of an object that is to be written; null: there is none.
JsonValue* memberOf(JsonValue& object, std::string_view key);

// Puts into `into` what only `from` has, and unites lists of texts that both have; nothing of what is in `but`.
void unite(JsonEdit& edit, DataNode into, DataNode from, MapObject kind,
           const std::set<std::string_view>& but);

const Term* termOf(const BoundedContext& context, std::string_view name);
std::vector<std::string> united(const std::vector<std::string>& one,
                                const std::vector<std::string>& other);

// Sentences that several refactorings have.
WhyNot whyNoContext(const MapDocument& document, const ContextId& id);
WhyNot whyNoRelationship(const MapDocument& document, const RelationshipId& id);
// For the name of a context; `self` and `other` may have it.
WhyNot whyNoName(const MapDocument& document, std::string_view name, const ContextId& self = {},
                 const ContextId& other = {});
WhyNot whyNoTerm(const MapDocument& document, const ContextId& context, std::string_view name);
WhyNot whyNoProduct(const MapDocument& document, const ProductId& id);
Problem cannot(std::string sentence);

class RefactorPlan {
public:
    // A relationship as it is to be. `before` is null for a new one, which takes over the unknown keys of `like`.
    struct Planned {
        Relationship now;
        const Relationship* before = nullptr;
        const Relationship* like = nullptr;
        bool isGone = false;
        bool isTouched = false;
    };

    explicit RefactorPlan(const MapDocument& document);

    const ContextMap& map() const { return m_map; }
    DataNode node(const Declared& thing) const { return {&m_document.tree(), thing.node}; }
    JsonEdit& edit() { return m_edit; }

    // References stay valid when more are added.
    std::deque<Planned>& relationships() { return m_relationships; }
    Planned* planned(const RelationshipId& id);
    void relate(Relationship relationship, const Relationship* like = nullptr);

    // A context that will be there; the object's terms are added to with `addTerm`.
    ContextId makeContext(std::string_view name, const std::vector<DomainId>& domains,
                          const TeamId& team);
    void addTerm(const ContextId& context, JsonValue term);
    void removeTerm(const Term& term) { m_edit.remove(node(term.where)); }
    void own(const ContextId& context, Ownership owns);

    void giveProduct(const ProductId& product, const ContextId& to);
    // Routes to `from` that deliver one of the products end in `to`.
    void followRoutes(const std::set<ProductId>& products, const ContextId& from,
                      const ContextId& to);
    // Relationships of `from` follow the products that they expose; one that exposes others too becomes two.
    void followProducts(const std::set<ProductId>& products, const ContextId& from,
                        const ContextId& to);
    // Relationships that have come to join the same two contexts in the same way become one. Answers how many went.
    std::size_t uniteAlike();

    Result<Edit> finished(std::string name);

private:
    struct NewContext {
        ContextId id;
        JsonValue object;
    };
    NewContext* made(const ContextId& id);
    JsonValue objectOf(const Planned& planned);
    std::string freshId(const Relationship& relationship);

    const MapDocument& m_document;
    const ContextMap& m_map;
    JsonEdit m_edit;
    std::deque<Planned> m_relationships;
    std::vector<NewContext> m_contexts;
    std::map<ContextId, std::vector<JsonValue>> m_terms;
    std::map<ContextId, Ownership> m_owns;
    std::set<std::string> m_givenIds;
};

}  // namespace portolan::edits
