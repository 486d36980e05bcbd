// SPDX-License-Identifier: Apache-2.0
// Refactorings that give products and terms to another context.
#include "model/map/edits_refactor_plan.h"

#include <algorithm>

namespace portolan {

using namespace edits;

namespace {

WhyNot whyNoOther(const MapDocument& document)
{
    if (document.map().contexts.size() > 1)
        return std::nullopt;
    return "The map has no other context.";
}

// A relationship of the former owner gives up what moved; one of the new owner with the same downstream takes it over.
class ExposureMove {
public:
    ExposureMove(RefactorPlan& plan, const std::set<ProductId>& products, const ContextId& to)
        : m_plan(plan), m_products(products), m_to(to)
    {
    }

    // How many relationships no longer expose something, with none that does so instead.
    std::size_t done()
    {
        std::size_t losing = 0;
        for (RefactorPlan::Planned& planned : m_plan.relationships()) {
            const std::vector<ProductId> taken = takenFrom(planned.now);
            if (!taken.empty() && !giveToHeir(planned.now, taken))
                ++losing;
        }
        return losing;
    }

private:
    std::vector<ProductId> takenFrom(Relationship& relationship) const
    {
        std::vector<ProductId> taken;
        if (isSymmetric(relationship.type) || relationship.upstream == m_to)
            return taken;
        for (const ProductId& id : relationship.exposes) {
            const DataProduct* product = m_plan.map().product(id);
            if (m_products.count(id) > 0 && product->owner == relationship.upstream)
                taken.push_back(id);
        }
        std::erase_if(relationship.exposes, [&taken](const ProductId& id) {
            return std::find(taken.begin(), taken.end(), id) != taken.end();
        });
        return taken;
    }

    bool giveToHeir(const Relationship& from, const std::vector<ProductId>& taken)
    {
        if (from.downstream == m_to)
            return true;  // its own now: nothing is lost
        for (RefactorPlan::Planned& heir : m_plan.relationships()) {
            Relationship& now = heir.now;
            if (now.type != from.type || now.upstream != m_to || now.downstream != from.downstream)
                continue;
            for (const ProductId& id : taken) {
                // One that lists nothing exposes everything, and goes on doing so.
                if (!now.exposes.empty() &&
                    std::find(now.exposes.begin(), now.exposes.end(), id) == now.exposes.end())
                    now.exposes.push_back(id);
            }
            return true;
        }
        return false;
    }

    RefactorPlan& m_plan;
    const std::set<ProductId>& m_products;
    const ContextId& m_to;
};

}  // namespace

WhyNot whyNotMoveProducts(const MapDocument& document, const ContextId& from)
{
    if (WhyNot no = whyNoContext(document, from))
        return no;
    if (document.map().productsOf(from).empty())
        return nameOf(document, from) + " has no products.";
    return whyNoOther(document);
}

WhyNot whyNotMoveProducts(const MapDocument& document, const ProductMove& move)
{
    if (WhyNot no = whyNoContext(document, move.to))
        return no;
    if (move.products.empty())
        return "No product is chosen.";
    std::set<std::string> names;
    for (const DataProduct* product : document.map().productsOf(move.to))
        names.insert(product->name);
    for (const ProductId& id : std::set<ProductId>(move.products.begin(), move.products.end())) {
        if (WhyNot no = whyNoProduct(document, id))
            return no;
        const DataProduct& product = *document.map().product(id);
        if (product.owner == move.to)
            return product.name + " belongs to " + nameOf(document, move.to) + " already.";
        if (!names.insert(product.name).second)
            return nameOf(document, move.to) + " would have two products " + product.name +
                   "; rename one of them first.";
    }
    return std::nullopt;
}

Result<Edit> moveProducts(const MapDocument& document, const ProductMove& move)
{
    if (WhyNot no = whyNotMoveProducts(document, move))
        return tl::unexpected(cannot(*no));
    const std::set<ProductId> products(move.products.begin(), move.products.end());
    RefactorPlan plan(document);
    std::set<ContextId> owners;
    for (const ProductId& id : products) {
        plan.giveProduct(id, move.to);
        owners.insert(document.map().product(id)->owner);
    }
    for (const ContextId& owner : owners)
        plan.followRoutes(products, owner, move.to);
    const std::size_t losing = ExposureMove(plan, products, move.to).done();
    std::string name = "Move " +
                       (products.size() == 1 ? document.map().product(*products.begin())->name
                                             : counted(products.size(), "product")) +
                       " to " + nameOf(document, move.to);
    if (losing > 0)
        name += ", no longer exposed by " + counted(losing, "relationship");
    return plan.finished(std::move(name));
}

WhyNot whyNotMoveTerms(const MapDocument& document, const ContextId& from)
{
    if (WhyNot no = whyNoContext(document, from))
        return no;
    if (document.map().context(from)->terms.empty())
        return nameOf(document, from) + " has no terms.";
    return whyNoOther(document);
}

WhyNot whyNotMoveTerms(const MapDocument& document, const TermMove& move)
{
    for (const ContextId& id : {move.from, move.to}) {
        if (WhyNot no = whyNoContext(document, id))
            return no;
    }
    if (move.from == move.to)
        return "The terms are in " + nameOf(document, move.to) + " already.";
    if (move.terms.empty())
        return "No term is chosen.";
    for (const std::string& term : move.terms) {
        if (WhyNot no = whyNoTerm(document, move.from, term))
            return no;
        if (!whyNoTerm(document, move.to, term))
            return nameOf(document, move.to) + " has a term \"" + term + "\" already.";
    }
    return std::nullopt;
}

Result<Edit> moveTerms(const MapDocument& document, const TermMove& move)
{
    if (WhyNot no = whyNotMoveTerms(document, move))
        return tl::unexpected(cannot(*no));
    const std::set<std::string> names(move.terms.begin(), move.terms.end());
    RefactorPlan plan(document);
    for (const Term& term : document.map().context(move.from)->terms) {
        if (names.count(term.name) == 0)
            continue;
        plan.addTerm(move.to, copyOf(plan.node(term.where)));
        plan.removeTerm(term);
    }
    return plan.finished(
        "Move " + (names.size() == 1 ? "term " + *names.begin() : counted(names.size(), "term")) +
        " from " + nameOf(document, move.from) + " to " + nameOf(document, move.to));
}

}  // namespace portolan
