// SPDX-License-Identifier: Apache-2.0
#include "model/chart/context_map_chart.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <unordered_map>

namespace portolan {
namespace {

constexpr int hueCount = 8;

// Names by id, once for the whole chart.
template <class Thing>
std::unordered_map<std::string, const Thing*> byId(const std::vector<Thing>& things)
{
    std::unordered_map<std::string, const Thing*> found;
    for (const Thing& thing : things)
        found.emplace(thing.id.text, &thing);
    return found;
}

template <class Thing>
const Thing* lookUp(const std::unordered_map<std::string, const Thing*>& things,
                    const std::string& id)
{
    const auto found = things.find(id);
    return found == things.end() ? nullptr : found->second;
}

std::string nameOr(const std::string& name, const std::string& id)
{
    return name.empty() ? id : name;
}

std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string_view roleName(Role role)
{
    switch (role) {
    case Role::OpenHostService:
        return "open host service";
    case Role::PublishedLanguage:
        return "published language";
    case Role::AnticorruptionLayer:
        return "anti-corruption layer";
    case Role::Conformist:
        break;
    }
    return "conformist";
}

ProductKind chartKind(std::optional<MapProductKind> kind)
{
    if (!kind)
        return ProductKind::Unknown;
    switch (*kind) {
    case MapProductKind::OperationalApi:
        return ProductKind::OperationalApi;
    case MapProductKind::Event:
        return ProductKind::Event;
    case MapProductKind::State:
        return ProductKind::State;
    case MapProductKind::Analytical:
        break;
    }
    return ProductKind::Analytical;
}

Authority chartAuthority(std::optional<MapAuthority> authority)
{
    if (!authority)
        return Authority::Unknown;
    switch (*authority) {
    case MapAuthority::Authoritative:
        return Authority::Authoritative;
    case MapAuthority::Derived:
        return Authority::Derived;
    case MapAuthority::Conformed:
        break;
    }
    return Authority::Conformed;
}

// How much a version counts as "the newest in use".
int rank(ContractStatus status)
{
    switch (status) {
    case ContractStatus::Active:
        return 4;
    case ContractStatus::Unknown:
        return 3;
    case ContractStatus::Draft:
        return 2;
    case ContractStatus::Deprecated:
        return 1;
    case ContractStatus::Retired:
        break;
    }
    return 0;
}

// Compares "2.10.0" and "2.9.1" by their numbers.
bool isOlder(std::string_view a, std::string_view b)
{
    const auto next = [](std::string_view& rest) {
        long number = -1;
        while (!rest.empty() && std::isdigit(static_cast<unsigned char>(rest.front())) == 0)
            rest.remove_prefix(1);
        while (!rest.empty() && std::isdigit(static_cast<unsigned char>(rest.front())) != 0) {
            number = std::min(std::max(number, 0L) * 10 + (rest.front() - '0'), 1'000'000'000L);
            rest.remove_prefix(1);
        }
        return number;
    };
    while (true) {
        const long numberA = next(a);
        const long numberB = next(b);
        if (numberA != numberB)
            return numberA < numberB;
        if (numberA < 0)
            return false;
    }
}

class Drawing {
public:
    Drawing(const ContextMap& map, const Estate& estate, const MapDrift& drift,
            const ContextMapChartOptions& options)
        : m_map(map), m_drift(drift), m_options(options), m_domains(byId(map.domains)),
          m_teams(byId(map.teams)), m_products(byId(map.products))
    {
        for (const Contract& contract : estate.contracts)
            m_contracts[contract.id].push_back(&contract);
    }

    Chart draw(const std::vector<Finding>& findings)
    {
        sortFindings(findings);
        drawRegions();
        drawCards();
        if (m_options.showDeclared)
            drawRelationships();
        if (m_options.showObserved)
            drawUndeclared();
        return std::move(m_chart);
    }

private:
    void sortFindings(const std::vector<Finding>& findings)
    {
        for (const Finding& finding : findings) {
            EntityRef subject = finding.subject;
            if (subject.kind == EntityKind::DataProduct) {
                const DataProduct* product = lookUp(m_products, subject.id);
                subject = {EntityKind::BoundedContext,
                           product ? product->owner.text : std::string()};
            } else if (subject.kind == EntityKind::Term) {
                subject = {EntityKind::BoundedContext, subject.id.substr(0, subject.id.find('/'))};
            }
            ChartBadge& badge =
                m_badges.try_emplace(subject, ChartBadge{Severity::Note, 0}).first->second;
            if (finding.severity > badge.severity)
                badge = {finding.severity, 0};
            if (finding.severity == badge.severity)
                ++badge.count;
        }
    }

    std::optional<ChartBadge> badgeOf(const EntityRef& entity) const
    {
        const auto found = m_badges.find(entity);
        if (found == m_badges.end() || found->second.count == 0)
            return std::nullopt;
        return found->second;
    }

    // Domains that hold a card, themselves or in a subdomain.
    void drawRegions()
    {
        std::set<std::string> filled;
        for (const BoundedContext& context : m_map.contexts) {
            std::string id = context.domains.empty() ? std::string() : context.domains.front().text;
            // A circle of parents is a problem of the file, not a reason to hang.
            for (const Domain* domain = lookUp(m_domains, id);
                 domain && filled.insert(domain->id.text).second;
                 domain = lookUp(m_domains, domain->parent.text)) {
            }
        }
        for (const Domain& domain : m_map.domains) {
            if (!filled.contains(domain.id.text) || m_regionOf.contains(domain.id.text))
                continue;
            m_regionOf.emplace(domain.id.text, static_cast<int>(m_chart.regions.size()));
            ChartRegion region;
            region.entity = {EntityKind::Domain, domain.id.text};
            region.title = nameOr(domain.name, domain.id.text);
            region.code = codeOf(m_map, domain.id);
            region.note = domain.kind ? std::string(toString(*domain.kind)) : std::string();
            const int hue = hueOf(m_map, domain.id);
            region.hue = hue % hueCount;
            region.isHatched = hue >= hueCount;
            region.description =
                "Domain " + region.title + (region.note.empty() ? "" : ", " + region.note);
            m_chart.regions.push_back(std::move(region));
        }
        for (ChartRegion& region : m_chart.regions) {
            const Domain* domain = lookUp(m_domains, region.entity.id);
            const auto parent = m_regionOf.find(domain->parent.text);
            if (parent != m_regionOf.end() && !isWithin(domain->parent.text, domain->id.text))
                region.parent = parent->second;
        }
    }

    // Whether following the parents of `id` comes to `ancestor`.
    bool isWithin(const std::string& id, const std::string& ancestor) const
    {
        std::set<std::string> seen;
        for (const Domain* domain = lookUp(m_domains, id);
             domain && seen.insert(domain->id.text).second;
             domain = lookUp(m_domains, domain->parent.text)) {
            if (domain->id.text == ancestor)
                return true;
        }
        return false;
    }

    void drawCards()
    {
        std::unordered_map<std::string, std::size_t> routesIn;
        for (const Route& route : m_map.routes)
            ++routesIn[route.consumer.text];
        std::unordered_map<std::string, std::vector<const DataProduct*>> productsOf;
        for (const DataProduct& product : m_map.products)
            productsOf[product.owner.text].push_back(&product);
        for (const BoundedContext& context : m_map.contexts) {
            if (!m_nodeOf.emplace(context.id.text, static_cast<int>(m_chart.nodes.size())).second)
                continue;
            m_chart.nodes.push_back(
                card(context, productsOf[context.id.text], routesIn[context.id.text]));
        }
    }

    ChartNode card(const BoundedContext& context, const std::vector<const DataProduct*>& products,
                   std::size_t routesIn) const
    {
        ChartNode node;
        node.entity = {EntityKind::BoundedContext, context.id.text};
        node.title = nameOr(context.name, context.id.text);
        if (const MapTeam* team = lookUp(m_teams, context.team.text))
            node.secondary = nameOr(team->name, team->id.text);
        else
            node.secondary = "no team";
        if (context.isLegacy)
            node.secondary += " \xC2\xB7 legacy";
        for (const DataProduct* product : products)
            node.products.push_back(chartProduct(*product));
        node.isBigBallOfMud = context.isBigBallOfMud;
        node.isLegacy = context.isLegacy;
        if (context.isBigBallOfMud)
            node.note = "Big ball of mud";
        else if (products.empty() && routesIn > 0)
            node.note = counted(routesIn, "route in", "routes in");
        else if (products.empty())
            node.note = "no products";
        for (const Term& term : context.terms)
            node.terms.push_back(term.name);
        if (!context.domains.empty()) {
            const auto region = m_regionOf.find(context.domains.front().text);
            if (region != m_regionOf.end()) {
                node.region = region->second;
                node.hue = m_chart.regions[static_cast<std::size_t>(region->second)].hue;
            }
        }
        node.badge = badgeOf(node.entity);
        if (const auto place = m_map.placement.find(context.id); place != m_map.placement.end())
            node.place = Point{place->second.x, place->second.y};
        node.description = describe(context, node);
        return node;
    }

    std::string describe(const BoundedContext& context, const ChartNode& node) const
    {
        std::string words = node.title + ", bounded context";
        if (node.region >= 0)
            words += " of " + m_chart.regions[static_cast<std::size_t>(node.region)].title;
        words += ", " + node.secondary;
        if (context.isBigBallOfMud)
            words += ", big ball of mud";
        words += ", " + counted(node.products.size(), "product", "products");
        if (node.badge)
            words += ", " + describe(*node.badge);
        return words;
    }

    static std::string describe(const ChartBadge& badge)
    {
        return counted(static_cast<std::size_t>(badge.count), toString(badge.severity),
                       badge.severity == Severity::Error     ? "errors"
                       : badge.severity == Severity::Warning ? "warnings"
                                                             : "notes");
    }

    ChartProduct chartProduct(const DataProduct& product) const
    {
        ChartProduct shown;
        shown.id = product.id.text;
        shown.name = nameOr(product.name, product.id.text);
        shown.kind = chartKind(product.kind);
        shown.authority = chartAuthority(product.authority);
        const Contract* newest = nullptr;
        for (const std::string& id : product.contracts) {
            const auto versions = m_contracts.find(id);
            if (versions == m_contracts.end())
                continue;
            for (const Contract* contract : versions->second) {
                if (!newest || rank(contract->status) > rank(newest->status) ||
                    (rank(contract->status) == rank(newest->status) &&
                     isOlder(newest->version, contract->version)))
                    newest = contract;
            }
        }
        if (newest)
            shown.version = {shortVersion(newest->version), newest->status};
        return shown;
    }

    // Ends of one card with the same roles share a plate and fan out of it.
    std::uint32_t shareNumber(const std::string& context, const std::string& cells)
    {
        return m_shares
            .try_emplace(context + "\n" + cells, static_cast<std::uint32_t>(m_shares.size() + 1))
            .first->second;
    }

    void drawRelationships()
    {
        for (const Relationship& relationship : m_map.relationships) {
            const auto from = m_nodeOf.find(relationship.upstream.text);
            const auto to = m_nodeOf.find(relationship.downstream.text);
            if (from == m_nodeOf.end() || to == m_nodeOf.end() || from->second == to->second)
                continue;  // the file's problems say so
            ChartEdge edge;
            edge.entity = {EntityKind::Relationship, relationship.id.text};
            edge.from = from->second;
            edge.to = to->second;
            edge.badge = badgeOf(edge.entity);
            if (isSymmetric(relationship.type))
                drawSymmetric(relationship, edge);
            else
                drawDirected(relationship, edge);
            edge.description = describe(relationship, edge);
            if (!isSymmetric(relationship.type))
                tellCoupling(relationship.upstream, relationship.downstream, edge);
            m_chart.edges.push_back(std::move(edge));
        }
    }

    // Only where something is known of it: of most lines of a map without imports nothing is.
    void tellCoupling(const ContextId& upstream, const ContextId& downstream, ChartEdge& edge) const
    {
        const CouplingProfile* profile =
            m_options.couplings ? couplingOf(*m_options.couplings, upstream, downstream) : nullptr;
        if (profile && (profile->structural.level || profile->temporal.level))
            edge.description += ". Coupling: " + summaryOf(*profile);
    }

    void drawSymmetric(const Relationship& relationship, ChartEdge& edge) const
    {
        const std::string name =
            relationship.name.empty() ? std::string() : ": " + relationship.name;
        if (relationship.type == RelationshipType::Partnership) {
            edge.line = ChartLine::Partnership;
            edge.fromEnd.hasArrow = true;
            edge.toEnd.hasArrow = true;
            edge.pill = {ChartPill::Kind::Partnership, "Partnership" + name};
        } else if (relationship.type == RelationshipType::SharedKernel) {
            edge.line = ChartLine::SharedKernel;
            edge.pill = {ChartPill::Kind::SharedKernel, "Shared kernel" + name};
        } else {
            edge.line = ChartLine::SeparateWays;
            edge.pill = {ChartPill::Kind::SeparateWays, "separate ways"};
        }
    }

    void drawDirected(const Relationship& relationship, ChartEdge& edge)
    {
        std::string shared = "U";
        edge.fromEnd.cells.push_back({PlateCell::Kind::End, "U", ContractStatus::Unknown});
        for (const Role role : relationship.upstreamRoles) {
            edge.fromEnd.cells.push_back(
                {PlateCell::Kind::Role, std::string(toString(role)), ContractStatus::Unknown});
            shared += toString(role);
        }
        if (!relationship.adopts.empty())
            edge.toEnd.cells.push_back(adoptedVersion(relationship));
        edge.toEnd.cells.push_back({PlateCell::Kind::End, "D", ContractStatus::Unknown});
        for (const Role role : relationship.downstreamRoles)
            edge.toEnd.cells.push_back(
                {PlateCell::Kind::Role, std::string(toString(role)), ContractStatus::Unknown});
        if (relationship.type == RelationshipType::CustomerSupplier) {
            edge.fromEnd.cells.push_back({PlateCell::Kind::Role, "C/S", ContractStatus::Unknown});
            edge.toEnd.cells.push_back({PlateCell::Kind::Role, "C/S", ContractStatus::Unknown});
            shared += "C/S";
        }
        edge.toEnd.hasArrow = true;
        edge.fromEnd.share = shareNumber(relationship.upstream.text, shared);
        const bool isMissing =
            std::find(m_drift.declaredNotObserved.begin(), m_drift.declaredNotObserved.end(),
                      relationship.id) != m_drift.declaredNotObserved.end();
        if (isMissing && m_options.showObserved) {
            edge.line = ChartLine::DeclaredOnly;
            edge.pill = {ChartPill::Kind::NotObserved, "not observed"};
        }
    }

    PlateCell adoptedVersion(const Relationship& relationship) const
    {
        PlateCell cell{PlateCell::Kind::Version, shortVersion(relationship.adopts),
                       ContractStatus::Unknown};
        for (const ProductId& id : relationship.exposes) {
            const DataProduct* product = lookUp(m_products, id.text);
            if (!product)
                continue;
            for (const std::string& contractId : product->contracts) {
                const auto versions = m_contracts.find(contractId);
                if (versions == m_contracts.end())
                    continue;
                for (const Contract* contract : versions->second) {
                    if (contract->version == relationship.adopts ||
                        shortVersion(contract->version) == cell.text)
                        cell.status = contract->status;
                }
            }
        }
        return cell;
    }

    std::string describe(const Relationship& relationship, const ChartEdge& edge) const
    {
        const std::string& first = m_chart.nodes[static_cast<std::size_t>(edge.from)].title;
        const std::string& second = m_chart.nodes[static_cast<std::size_t>(edge.to)].title;
        std::string words;
        if (isSymmetric(relationship.type)) {
            words = edge.pill.text + " of " + first + " and " + second;
        } else {
            words = first + ", upstream" + roles(relationship.upstreamRoles) + ", to " + second +
                    ", downstream" + roles(relationship.downstreamRoles);
            if (relationship.type == RelationshipType::CustomerSupplier)
                words += ", customer-supplier";
        }
        if (!relationship.adopts.empty())
            words += ", adopted version " + relationship.adopts;
        if (edge.line == ChartLine::DeclaredOnly)
            words += ", declared but not observed";
        if (edge.badge)
            words += ", " + describe(*edge.badge);
        return words;
    }

    static std::string roles(const std::vector<Role>& roles)
    {
        std::string words;
        for (const Role role : roles)
            words += (words.empty() ? " (" : ", ") + std::string(roleName(role));
        return words.empty() ? words : words + ")";
    }

    void drawUndeclared()
    {
        for (const ObservedFlow& flow : m_drift.flows) {
            if (flow.isDeclared)
                continue;
            const auto from = m_nodeOf.find(flow.upstream.text);
            const auto to = m_nodeOf.find(flow.downstream.text);
            if (from == m_nodeOf.end() || to == m_nodeOf.end())
                continue;
            ChartEdge edge;
            edge.entity = {EntityKind::Relationship,
                           undeclaredId(flow.upstream.text, flow.downstream.text)};
            edge.from = from->second;
            edge.to = to->second;
            edge.line = ChartLine::Undeclared;
            edge.fromEnd.cells.push_back({PlateCell::Kind::End, "U", ContractStatus::Unknown});
            edge.fromEnd.share = shareNumber(flow.upstream.text, "undeclared");
            edge.toEnd.cells.push_back({PlateCell::Kind::End, "D", ContractStatus::Unknown});
            edge.toEnd.hasArrow = true;
            const std::string through = flow.jobs.empty()
                                            ? counted(flow.edges.size(), "flow", "flows")
                                            : counted(flow.jobs.size(), "job", "jobs");
            edge.pill = {ChartPill::Kind::Undeclared, "undeclared, " + through};
            edge.description = "Observed but not declared: " +
                               m_chart.nodes[static_cast<std::size_t>(edge.from)].title + " to " +
                               m_chart.nodes[static_cast<std::size_t>(edge.to)].title +
                               ", through " + through;
            tellCoupling(flow.upstream, flow.downstream, edge);
            m_chart.edges.push_back(std::move(edge));
        }
    }

    const ContextMap& m_map;
    const MapDrift& m_drift;
    const ContextMapChartOptions& m_options;
    std::unordered_map<std::string, const Domain*> m_domains;
    std::unordered_map<std::string, const MapTeam*> m_teams;
    std::unordered_map<std::string, const DataProduct*> m_products;
    std::unordered_map<std::string, std::vector<const Contract*>> m_contracts;
    std::unordered_map<std::string, int> m_regionOf;
    std::unordered_map<std::string, int> m_nodeOf;
    std::map<EntityRef, ChartBadge> m_badges;
    std::map<std::string, std::uint32_t> m_shares;
    Chart m_chart;
};

const Domain* wholeDomain(const ContextMap& map, const DomainId& id)
{
    std::set<std::string> seen;
    const Domain* domain = map.domain(id);
    while (domain && !domain->parent.isEmpty() && seen.insert(domain->id.text).second) {
        const Domain* parent = map.domain(domain->parent);
        if (!parent)
            break;
        domain = parent;
    }
    return domain;
}

std::string initials(const std::string& name)
{
    std::string letters;
    bool isStart = true;
    for (const char c : name) {
        const bool isLetter = std::isalpha(static_cast<unsigned char>(c)) != 0;
        if (isLetter && (isStart || letters.size() < 2))
            letters += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        isStart = !isLetter;
    }
    return letters.substr(0, 2);
}

}  // namespace

Chart contextMapChart(const ContextMap& map, const Estate& estate, const MapDrift& drift,
                      const std::vector<Finding>& findings, const ContextMapChartOptions& options)
{
    return Drawing(map, estate, drift, options).draw(findings);
}

std::string shortVersion(std::string_view version)
{
    std::string_view digits = version;
    if (digits.starts_with('v') || digits.starts_with('V'))
        digits.remove_prefix(1);
    const std::size_t end = std::min(digits.find('.'), digits.size());
    const std::string_view major = digits.substr(0, end);
    const bool isNumber =
        !major.empty() && std::all_of(major.begin(), major.end(),
                                      [](unsigned char c) { return std::isdigit(c) != 0; });
    return isNumber ? "v" + std::string(major) : std::string(version);
}

int hueOf(const ContextMap& map, const DomainId& id)
{
    const Domain* whole = wholeDomain(map, id);
    int next = 0;
    for (const Domain& domain : map.domains) {
        if (!domain.parent.isEmpty() && map.domain(domain.parent) && &domain != whole)
            continue;
        if (&domain == whole)
            return domain.hue.value_or(next);
        ++next;
    }
    return 0;
}

std::string codeOf(const ContextMap& map, const DomainId& id)
{
    std::set<std::string> taken;
    for (const Domain& domain : map.domains) {
        if (!domain.code.empty())
            taken.insert(domain.code);
    }
    for (const Domain& domain : map.domains) {
        std::string code = domain.code;
        if (code.empty()) {
            const std::string letters = initials(domain.name) + "XX";
            code = letters.substr(0, 2);
            for (char last = 'A'; taken.contains(code) && last <= 'Z'; ++last)
                code = letters.substr(0, 1) + last;
            taken.insert(code);
        }
        if (domain.id == id)
            return code;
    }
    return {};
}

}  // namespace portolan
