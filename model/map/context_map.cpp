// SPDX-License-Identifier: Apache-2.0
#include "model/map/context_map.h"

namespace portolan {
namespace {

template <class Thing, class ThingId>
const Thing* find(const std::vector<Thing>& things, const ThingId& id)
{
    for (const Thing& thing : things) {
        if (thing.id == id)
            return &thing;
    }
    return nullptr;
}

// A spelling's value: its place in the list.
template <class Enum, std::size_t size>
std::optional<Enum> fromSpelling(const std::array<std::string_view, size>& spellings,
                                 std::string_view spelling)
{
    for (std::size_t i = 0; i < size; ++i) {
        if (spellings[i] == spelling)
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}

// In the order of the enumerations.
constexpr std::array<std::string_view, 3> subdomains = {"core", "supporting", "generic"};
constexpr std::array<std::string_view, 4> roles = {"OHS", "PL", "ACL", "CF"};
constexpr std::array<std::string_view, 5> relationshipTypes = {
    "upstream-downstream", "customer-supplier", "partnership", "shared-kernel", "separate-ways"};
constexpr std::array<std::string_view, 4> productKinds = {"operational-api", "event", "state",
                                                          "analytical"};
constexpr std::array<std::string_view, 3> authorities = {"authoritative", "derived", "conformed"};
constexpr std::array<std::string_view, 8> questions = {
    "What is the key?",
    "What is the authoritative source?",
    "What are event time and processing time?",
    "Can history be revised?",
    "How are duplicates handled?",
    "How are out-of-order events handled?",
    "What closes the books?",
    "How do consumers reconcile missing or inconsistent records?"};

}  // namespace

bool isSymmetric(RelationshipType type)
{
    return type == RelationshipType::Partnership || type == RelationshipType::SharedKernel ||
           type == RelationshipType::SeparateWays;
}

std::string_view questionText(std::size_t question)
{
    return question < questions.size() ? questions[question] : std::string_view();
}

const Domain* ContextMap::domain(const DomainId& id) const
{
    return find(domains, id);
}

const MapTeam* ContextMap::team(const TeamId& id) const
{
    return find(teams, id);
}

const BoundedContext* ContextMap::context(const ContextId& id) const
{
    return find(contexts, id);
}

const DataProduct* ContextMap::product(const ProductId& id) const
{
    return find(products, id);
}

const Relationship* ContextMap::relationship(const RelationshipId& id) const
{
    return find(relationships, id);
}

const Route* ContextMap::route(const RouteId& id) const
{
    return find(routes, id);
}

const SavedView* ContextMap::view(const ViewId& id) const
{
    return find(views, id);
}

std::vector<const DataProduct*> ContextMap::productsOf(const ContextId& id) const
{
    std::vector<const DataProduct*> owned;
    for (const DataProduct& product : products) {
        if (product.owner == id)
            owned.push_back(&product);
    }
    return owned;
}

std::vector<const Relationship*> ContextMap::relationshipsOf(const ContextId& id) const
{
    std::vector<const Relationship*> joined;
    for (const Relationship& relationship : relationships) {
        if (relationship.joins(id))
            joined.push_back(&relationship);
    }
    return joined;
}

std::string_view toString(Subdomain kind)
{
    return subdomains[static_cast<std::size_t>(kind)];
}

std::string_view toString(Role role)
{
    return roles[static_cast<std::size_t>(role)];
}

std::string_view toString(RelationshipType type)
{
    return relationshipTypes[static_cast<std::size_t>(type)];
}

std::string_view toString(MapProductKind kind)
{
    return productKinds[static_cast<std::size_t>(kind)];
}

std::string_view toString(MapAuthority authority)
{
    return authorities[static_cast<std::size_t>(authority)];
}

std::optional<Subdomain> subdomainFrom(std::string_view spelling)
{
    return fromSpelling<Subdomain>(subdomains, spelling);
}

std::optional<Role> roleFrom(std::string_view spelling)
{
    return fromSpelling<Role>(roles, spelling);
}

std::optional<RelationshipType> relationshipTypeFrom(std::string_view spelling)
{
    return fromSpelling<RelationshipType>(relationshipTypes, spelling);
}

std::optional<MapProductKind> mapProductKindFrom(std::string_view spelling)
{
    return fromSpelling<MapProductKind>(productKinds, spelling);
}

std::optional<MapAuthority> mapAuthorityFrom(std::string_view spelling)
{
    return fromSpelling<MapAuthority>(authorities, spelling);
}

bool matchesPattern(std::string_view pattern, std::string_view text)
{
    // A character is a byte with the continuation bytes that follow it.
    const auto nextCharacter = [&text](std::size_t at) {
        do
            ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
        return at;
    };
    // Goes back to the last star only, whose reach then grows by one: time is at most the product of the two lengths.
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t reach = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            reach = t;
        } else if (p < pattern.size() && pattern[p] == '?') {
            ++p;
            t = nextCharacter(t);
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++reach;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

}  // namespace portolan
