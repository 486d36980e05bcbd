// SPDX-License-Identifier: Apache-2.0
#include "ui/explorer/explorer_rows.h"

#include "model/chart/context_map_chart.h"
#include "model/estate/entity_keys.h"

#include <QLocale>
#include <QString>

#include <algorithm>
#include <map>
#include <unordered_set>

namespace portolan::ui {
namespace {

std::string counted(std::size_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count)).toStdString();
}

std::string nameOr(const std::string& name, const std::string& id)
{
    return name.empty() ? id : name;
}

ExplorerRow heading(std::string key, std::string name, std::size_t count)
{
    ExplorerRow row;
    row.key = std::move(key);
    row.name = std::move(name);
    row.detail = counted(count);
    return row;
}

ExplorerRow thing(ExplorerSign sign, EntityKind kind, std::string id, std::string name)
{
    ExplorerRow row;
    row.key = id;
    row.name = std::move(name);
    row.sign = sign;
    row.entity = EntityRef{kind, std::move(id)};
    return row;
}

bool holds(std::string_view text, const QString& filter)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
        .contains(filter, Qt::CaseInsensitive);
}

using FindingsOf = std::map<EntityRef, std::pair<Severity, int>>;

class Rows {
public:
    explicit Rows(const ExplorerContents& contents)
        : m_contents(contents), m_map(*contents.map), m_estate(*contents.estate)
    {
        for (const Finding& finding : contents.findings) {
            auto& [worst, count] =
                m_findings.try_emplace(finding.subject, Severity::Note, 0).first->second;
            if (finding.severity > worst) {
                worst = finding.severity;
                count = 0;
            }
            if (finding.severity == worst)
                ++count;
        }
        for (const DataProduct& product : m_map.products)
            m_products[product.owner.text].push_back(&product);
    }

    std::vector<ExplorerRow> make()
    {
        std::vector<ExplorerRow> rows;
        rows.push_back(domains());
        addUnless(rows, relationships());
        addUnless(rows, routes());
        addUnless(rows, contracts());
        addUnless(rows, datasets());
        addUnless(rows, jobs());
        addUnless(rows, observed("observed-domains", "Observed domains", ExplorerSign::Domain,
                                 EntityKind::Domain, &Estate::domains, &ObservedDomain::parent));
        addUnless(rows,
                  observed("observed-contexts", "Observed contexts", ExplorerSign::Context,
                           EntityKind::BoundedContext, &Estate::contexts, &ObservedContext::type));
        addUnless(rows,
                  observed("observed-products", "Observed products", ExplorerSign::Product,
                           EntityKind::DataProduct, &Estate::products, &ObservedProduct::domain));
        addUnless(rows, observed("observed-teams", "Observed teams", ExplorerSign::Team,
                                 EntityKind::Team, &Estate::teams, &ObservedTeam::parent));
        addUnless(rows, observedTerms());
        addUnless(rows, terms());
        addUnless(rows, identifiers());
        rows.push_back(teams());
        addUnless(rows, sources());
        for (ExplorerRow& row : rows)
            inherit(row);
        return rows;
    }

private:
    static void addUnless(std::vector<ExplorerRow>& rows, ExplorerRow row)
    {
        if (!row.children.empty() || row.makeChildren)
            rows.push_back(std::move(row));
    }

    void mark(ExplorerRow& row) const
    {
        const auto found = m_findings.find(*row.entity);
        if (found != m_findings.end())
            std::tie(row.worst, row.findings) = found->second;
    }

    // A collapsed parent shows the worst that is inside.
    static void inherit(ExplorerRow& row)
    {
        for (ExplorerRow& child : row.children) {
            inherit(child);
            if (child.findings == 0 || child.worst < row.worst)
                continue;
            row.findings = child.worst > row.worst ? child.findings : row.findings + child.findings;
            row.worst = child.worst;
        }
    }

    ExplorerRow domains() const
    {
        ExplorerRow all = heading("domains", "Domains", m_map.domains.size());
        all.adds = EntityKind::Domain;
        for (const Domain& domain : m_map.domains) {
            if (domain.parent.isEmpty() || !m_map.domain(domain.parent))
                all.children.push_back(domainRow(domain, 0));
        }
        for (const BoundedContext& context : m_map.contexts) {
            if (context.domains.empty() || !m_map.domain(context.domains.front()))
                all.children.push_back(contextRow(context, -1));
        }
        return all;
    }

    ExplorerRow domainRow(const Domain& domain, int depth) const
    {
        ExplorerRow row = thing(ExplorerSign::Domain, EntityKind::Domain, domain.id.text,
                                nameOr(domain.name, domain.id.text));
        row.detail = domain.kind ? std::string(toString(*domain.kind)) : std::string();
        row.hue = hueOf(m_map, domain.id);
        row.code = codeOf(m_map, domain.id);
        row.adds = EntityKind::BoundedContext;
        mark(row);
        constexpr int deepest = 16;  // parents may go in a circle
        for (const Domain& inner : m_map.domains) {
            if (depth < deepest && inner.parent == domain.id && inner.id != domain.id)
                row.children.push_back(domainRow(inner, depth + 1));
        }
        for (const BoundedContext& context : m_map.contexts) {
            if (!context.domains.empty() && context.domains.front() == domain.id)
                row.children.push_back(contextRow(context, row.hue));
        }
        return row;
    }

    ExplorerRow contextRow(const BoundedContext& context, int hue) const
    {
        ExplorerRow row = thing(
            context.isBigBallOfMud ? ExplorerSign::BigBallOfMud : ExplorerSign::Context,
            EntityKind::BoundedContext, context.id.text, nameOr(context.name, context.id.text));
        row.detail = context.isLegacy ? "legacy" : "";
        row.hue = hue;
        row.adds = EntityKind::DataProduct;
        mark(row);
        const auto products = m_products.find(context.id.text);
        if (products == m_products.end())
            return row;
        for (const DataProduct* product : products->second)
            row.children.push_back(productRow(*product, hue));
        return row;
    }

    ExplorerRow productRow(const DataProduct& product, int hue) const
    {
        ExplorerRow row = thing(ExplorerSign::Product, EntityKind::DataProduct, product.id.text,
                                nameOr(product.name, product.id.text));
        row.hue = hue;
        if (product.kind)
            row.productKind =
                productKindFrom(toString(*product.kind)).value_or(ProductKind::Unknown);
        if (product.authority)
            row.authority =
                authorityFrom(toString(*product.authority)).value_or(Authority::Unknown);
        mark(row);
        return row;
    }

    ExplorerRow relationships() const
    {
        ExplorerRow all = heading("relationships", "Relationships", m_map.relationships.size());
        for (const Relationship& relationship : m_map.relationships) {
            const BoundedContext* from = m_map.context(relationship.upstream);
            const BoundedContext* to = m_map.context(relationship.downstream);
            std::string name =
                (from ? nameOr(from->name, from->id.text) : relationship.upstream.text) +
                (isSymmetric(relationship.type) ? " \xE2\x86\x94 " : " \xE2\x86\x92 ") +
                (to ? nameOr(to->name, to->id.text) : relationship.downstream.text);
            ExplorerRow row = thing(ExplorerSign::Relationship, EntityKind::Relationship,
                                    relationship.id.text, std::move(name));
            mark(row);
            all.children.push_back(std::move(row));
        }
        return all;
    }

    ExplorerRow routes() const
    {
        ExplorerRow all = heading("routes", "Routes", m_map.routes.size());
        for (const Route& route : m_map.routes) {
            all.children.push_back(thing(ExplorerSign::Route, EntityKind::Route, route.id.text,
                                         nameOr(route.name, route.id.text)));
            mark(all.children.back());
        }
        return all;
    }

    ExplorerRow terms() const
    {
        ExplorerRow all = heading("terms", "Terms", 0);
        std::size_t count = 0;
        for (const BoundedContext& context : m_map.contexts) {
            if (context.terms.empty())
                continue;
            ExplorerRow group = heading(context.id.text, nameOr(context.name, context.id.text),
                                        context.terms.size());
            for (const Term& term : context.terms) {
                group.children.push_back(thing(ExplorerSign::Term, EntityKind::Term,
                                               context.id.text + "/" + term.name, term.name));
                mark(group.children.back());
            }
            count += context.terms.size();
            all.children.push_back(std::move(group));
        }
        all.detail = counted(count);
        return all;
    }

    ExplorerRow identifiers() const
    {
        ExplorerRow all = heading("identifiers", "Identifiers", m_map.identifiers.size());
        for (const Identifier& identifier : m_map.identifiers) {
            all.children.push_back(thing(ExplorerSign::Identifier, EntityKind::Identifier,
                                         identifier.id.text,
                                         nameOr(identifier.name, identifier.id.text)));
            mark(all.children.back());
        }
        return all;
    }

    ExplorerRow teams() const
    {
        ExplorerRow all = heading("teams", "Teams", m_map.teams.size());
        all.adds = EntityKind::Team;
        for (const MapTeam& team : m_map.teams) {
            all.children.push_back(thing(ExplorerSign::Team, EntityKind::Team, team.id.text,
                                         nameOr(team.name, team.id.text)));
            mark(all.children.back());
        }
        return all;
    }

    ExplorerRow contracts() const
    {
        std::map<std::string, std::vector<std::size_t>> versions;
        for (std::size_t i = 0; i < m_estate.contracts.size(); ++i)
            versions[m_estate.contracts[i].id].push_back(i);
        ExplorerRow all = heading("contracts", "Contracts", m_estate.contracts.size());
        for (const auto& [id, numbers] : versions) {
            for (const std::size_t number : numbers) {
                const Contract& contract = m_estate.contracts[number];
                ExplorerRow row = thing(ExplorerSign::Contract, EntityKind::Contract,
                                        contract.key(), nameOr(contract.name, contract.id));
                row.detail = contract.version + (contract.isConflict() ? ", conflict" : "");
                all.children.push_back(std::move(row));
            }
        }
        return all;
    }

    // Datasets by the context that owns them; each list is made when it is opened.
    ExplorerRow datasets() const
    {
        ExplorerRow all = heading("datasets", "Datasets", m_estate.datasets.size());
        std::map<std::string, std::vector<std::uint32_t>> byOwner;
        for (std::uint32_t i = 0; i < m_estate.datasets.size(); ++i)
            byOwner[m_contents.ownership->datasetOwner.at(i).text].push_back(i);
        for (auto& [owner, numbers] : byOwner) {
            const BoundedContext* context = m_map.context(ContextId(owner));
            ExplorerRow group = heading(
                owner.empty() ? "\v" : owner,
                context ? nameOr(context->name, owner) : "Owned by no context", numbers.size());
            group.makeChildren = [estate = m_contents.estate, numbers = std::move(numbers)] {
                std::vector<ExplorerRow> rows;
                for (const std::uint32_t number : numbers)
                    rows.push_back(datasetRow(estate, number));
                return rows;
            };
            all.children.push_back(std::move(group));
        }
        return all;
    }

    static ExplorerRow datasetRow(const EstatePtr& estate, std::uint32_t number)
    {
        const Dataset& dataset = estate->datasets[number];
        ExplorerRow row =
            thing(ExplorerSign::Dataset, EntityKind::Dataset, dataset.key(), dataset.path);
        row.detail = dataset.platform;
        if (!dataset.columns.empty()) {
            row.makeChildren = [estate, number] {
                std::vector<ExplorerRow> rows;
                for (const ColumnIndex index : estate->datasets[number].columns) {
                    const Column& column = estate->columns[index.value];
                    rows.push_back(thing(ExplorerSign::Column, EntityKind::Column,
                                         columnKey(*estate, index), column.name));
                    rows.back().detail = column.type;
                }
                return rows;
            };
        }
        return row;
    }

    ExplorerRow jobs() const
    {
        ExplorerRow all = heading("jobs", "Jobs", m_estate.jobs.size());
        if (m_estate.jobs.empty())
            return all;
        all.makeChildren = [estate = m_contents.estate] {
            std::vector<ExplorerRow> rows;
            for (const Job& job : estate->jobs) {
                rows.push_back(thing(ExplorerSign::Job, EntityKind::Job, job.key(), job.name));
                rows.back().detail = job.space;
            }
            return rows;
        };
        return all;
    }

    template <class Things>
    static std::unordered_set<std::string> idsAndNames(const Things& things)
    {
        std::unordered_set<std::string> words;
        for (const auto& thing : things) {
            words.insert(thing.id.text);
            words.insert(thing.name);
        }
        words.erase(std::string());
        return words;
    }

    // By id or name: catalogs have ids of their own.
    std::unordered_set<std::string> declared(EntityKind kind) const
    {
        switch (kind) {
        case EntityKind::Domain:
            return idsAndNames(m_map.domains);
        case EntityKind::BoundedContext:
            return idsAndNames(m_map.contexts);
        case EntityKind::Team:
            return idsAndNames(m_map.teams);
        default:
            return idsAndNames(m_map.products);
        }
    }

    // What catalogs and models say there is, as far as the map does not declare it.
    template <class Thing>
    ExplorerRow observed(const char* id, const char* title, ExplorerSign sign, EntityKind kind,
                         std::vector<Thing> Estate::*list, std::string Thing::*detail) const
    {
        std::vector<std::uint32_t> numbers;
        const std::vector<Thing>& things = m_estate.*list;
        const std::unordered_set<std::string> known = declared(kind);
        for (std::uint32_t i = 0; i < things.size(); ++i) {
            if (!known.contains(things[i].id) && !known.contains(things[i].name))
                numbers.push_back(i);
        }
        ExplorerRow all = heading(id, title, numbers.size());
        if (numbers.empty())
            return all;
        all.makeChildren = [estate = m_contents.estate, numbers = std::move(numbers), sign, kind,
                            list, detail] {
            std::vector<ExplorerRow> rows;
            for (const std::uint32_t number : numbers) {
                const Thing& one = ((*estate).*list)[number];
                rows.push_back(thing(sign, kind, one.id, nameOr(one.name, one.id)));
                rows.back().detail = one.*detail;
                rows.back().isObserved = true;
            }
            return rows;
        };
        return all;
    }

    ExplorerRow observedTerms() const
    {
        ExplorerRow all = heading("observed-terms", "Observed terms", m_estate.terms.size());
        if (m_estate.terms.empty())
            return all;
        all.makeChildren = [estate = m_contents.estate] {
            std::vector<ExplorerRow> rows;
            for (const ObservedTerm& term : estate->terms) {
                rows.push_back(thing(ExplorerSign::Term, EntityKind::Term,
                                     term.context + "/" + term.name, term.name));
                rows.back().detail = term.context;
                rows.back().isObserved = true;
            }
            return rows;
        };
        return all;
    }

    ExplorerRow sources() const
    {
        ExplorerRow all = heading("sources", "Sources", m_estate.sources.size());
        if (m_estate.sources.empty())
            return all;
        all.makeChildren = [estate = m_contents.estate] {
            std::vector<ExplorerRow> rows;
            for (const portolan::Source& source : estate->sources) {
                rows.push_back(
                    thing(ExplorerSign::Source, EntityKind::Source, source.path, source.path));
                rows.back().detail = source.format;
            }
            return rows;
        };
        return all;
    }

    const ExplorerContents& m_contents;
    const ContextMap& m_map;
    const Estate& m_estate;
    FindingsOf m_findings;
    std::map<std::string, std::vector<const DataProduct*>> m_products;
};

// What the filter keeps of a row: itself when its name holds it, and what leads to such rows.
class Filter {
public:
    Filter(const QString& text, int cap) : m_text(text), m_left(cap) {}

    std::vector<ExplorerRow> kept(std::vector<ExplorerRow> rows)
    {
        std::vector<ExplorerRow> result;
        for (ExplorerRow& row : rows) {
            std::vector<ExplorerRow> inner =
                row.makeChildren && !isDataset(row) ? row.makeChildren() : std::move(row.children);
            row.children = kept(std::move(inner));
            if (!isDataset(row))
                row.makeChildren = nullptr;
            const bool isHit = row.entity && holds(row.name, m_text);
            if (isHit && m_left <= 0)
                ++m_more;
            if (row.children.empty() && (!isHit || m_left <= 0))
                continue;
            if (isHit)
                --m_left;
            result.push_back(std::move(row));
        }
        return result;
    }

    std::size_t more() const { return m_more; }

private:
    // Columns are not searched here: there are too many, and the palette finds them.
    static bool isDataset(const ExplorerRow& row) { return row.sign == ExplorerSign::Dataset; }

    QString m_text;
    int m_left;
    std::size_t m_more = 0;
};

}  // namespace

std::vector<ExplorerRow> explorerRows(const ExplorerContents& contents, std::string_view filter,
                                      int cap)
{
    std::vector<ExplorerRow> rows = Rows(contents).make();
    const QString text =
        QString::fromUtf8(filter.data(), static_cast<qsizetype>(filter.size())).trimmed();
    if (text.isEmpty())
        return rows;
    Filter hits(text, cap);
    rows = hits.kept(std::move(rows));
    if (hits.more() > 0) {
        ExplorerRow more = heading("more", counted(hits.more()) + " more, type further letters", 0);
        more.detail.clear();
        more.sign = ExplorerSign::More;
        rows.push_back(std::move(more));
    }
    return rows;
}

}  // namespace portolan::ui
