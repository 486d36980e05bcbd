// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/refactor_menu.h"

#include "model/map/refactorings.h"

#include "ui/base/text.h"
#include "ui/session/session.h"
#include "ui/views/context_map/refactor_dialog.h"

#include <QAction>
#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>

namespace portolan::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Refactorings", text);
}

using Reason = std::optional<std::string>;
using Options = std::vector<RefactorOption>;

// Groups of things in one list.
const std::string termGroup = "term";
const std::string productGroup = "product";
const std::string relationshipGroup = "relationship";

struct PatternGroup {
    const char* name;
    std::vector<std::string> Ownership::*patterns;
    const char* words;
};
constexpr PatternGroup patternGroups[] = {
    {"datasets", &Ownership::datasets, QT_TRANSLATE_NOOP("Refactorings", "Datasets %1")},
    {"contracts", &Ownership::contracts, QT_TRANSLATE_NOOP("Refactorings", "Contracts %1")},
    {"jobs", &Ownership::jobs, QT_TRANSLATE_NOOP("Refactorings", "Jobs %1")}};

// What is selected, as far as refactorings are concerned.
struct Selected {
    std::vector<ContextId> contexts;
    std::vector<RelationshipId> relationships;
    std::vector<std::string> products;
    std::vector<std::string> terms;
};

void addOnce(std::vector<ContextId>& ids, const ContextId& id)
{
    if (std::find(ids.begin(), ids.end(), id) == ids.end())
        ids.push_back(id);
}

// Products and terms stand for their context, and are checked when it is asked which ones.
Selected selectedOf(const ContextMap& map, const std::vector<EntityRef>& selection)
{
    Selected selected;
    for (const EntityRef& entity : selection) {
        if (entity.kind == EntityKind::BoundedContext && map.context(ContextId(entity.id))) {
            addOnce(selected.contexts, ContextId(entity.id));
        } else if (entity.kind == EntityKind::Relationship &&
                   map.relationship(RelationshipId(entity.id))) {
            selected.relationships.emplace_back(entity.id);
        } else if (entity.kind == EntityKind::DataProduct) {
            if (const DataProduct* product = map.product(ProductId(entity.id))) {
                addOnce(selected.contexts, product->owner);
                selected.products.push_back(entity.id);
            }
        } else if (entity.kind == EntityKind::Term) {
            const std::size_t slash = entity.id.find('/');
            if (slash == std::string::npos)
                continue;
            addOnce(selected.contexts, ContextId(entity.id.substr(0, slash)));
            selected.terms.push_back(entity.id.substr(slash + 1));
        }
    }
    return selected;
}

QString nameOf(const ContextMap& map, const ContextId& id)
{
    const BoundedContext* context = map.context(id);
    return toQString(context ? context->name : id.text);
}

bool has(const std::vector<std::string>& texts, const std::string& text)
{
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

template <class AnyId>
std::vector<AnyId> idsOf(const std::vector<std::string>& texts)
{
    return {texts.begin(), texts.end()};
}

void addTerms(Options& options, const BoundedContext& context, const Selected& selected,
              const QString& words)
{
    for (const Term& term : context.terms)
        options.push_back({words.arg(toQString(term.name)), term.name, termGroup,
                           has(selected.terms, term.name)});
}

void addProducts(Options& options, const ContextMap& map, const ContextId& id,
                 const Selected& selected, const QString& words)
{
    for (const DataProduct* product : map.productsOf(id))
        options.push_back({words.arg(toQString(product->name)), product->id.text, productGroup,
                           has(selected.products, product->id.text)});
}

Options contextsBut(const ContextMap& map, const ContextId& id)
{
    Options options;
    for (const BoundedContext& context : map.contexts) {
        if (context.id != id)
            options.push_back({toQString(context.name), context.id.text, {}, false});
    }
    std::stable_sort(options.begin(), options.end(),
                     [](const RefactorOption& one, const RefactorOption& other) {
                         return QString::localeAwareCompare(one.text, other.text) < 0;
                     });
    return options;
}

Options bothOf(const ContextMap& map, const ContextId& one, const ContextId& other)
{
    return {{nameOf(map, one), one.text, {}, true}, {nameOf(map, other), other.text, {}, false}};
}

// The terms that are defined twice: those that are checked take the definition of `other`.
Options contestedOptions(const MapDocument& document, const ContextId& one, const ContextId& other)
{
    Options options;
    for (const std::string& term : contestedTerms(document, one, other))
        options.push_back({toQString(term), term, {}, false});
    return options;
}

TermChoices choicesOf(const MapDocument& document, const ContextId& one, const ContextId& other,
                      const std::vector<std::string>& ofOther)
{
    TermChoices choices;
    for (const std::string& term : contestedTerms(document, one, other))
        choices.emplace_back(term, has(ofOther, term) ? other : one);
    return choices;
}

// The dialogs

class Refactorings {
public:
    Refactorings(Session& session, const std::vector<EntityRef>& selection, QWidget* parent)
        : m_session(session), m_selected(selectedOf(session.map(), selection)), m_parent(parent)
    {
    }

    void fill(QMenu& menu)
    {
        const MapDocument& document = *m_session.document();
        add(menu, "refactorSplit", tr("Split context…"),
            whyNotOfContext([&](const ContextId& id) { return whyNotSplitContext(document, id); }),
            &Refactorings::split);
        add(menu, "refactorMerge", tr("Merge contexts…"), whyNotMerge(document),
            &Refactorings::merge);
        add(menu, "refactorMoveProducts", tr("Move products…"),
            whyNotOfContext([&](const ContextId& id) { return whyNotMoveProducts(document, id); }),
            &Refactorings::moveProducts);
        add(menu, "refactorMoveTerms", tr("Move terms…"),
            whyNotOfContext([&](const ContextId& id) { return whyNotMoveTerms(document, id); }),
            &Refactorings::moveTerms);
        menu.addSeparator();
        add(menu, "refactorExtractKernel", tr("Extract shared kernel…"),
            whyNotOfRelationship(
                [&](const RelationshipId& id) { return whyNotExtractSharedKernel(document, id); }),
            &Refactorings::extractKernel);
        add(menu, "refactorReplaceKernel", tr("Replace shared kernel by upstream/downstream…"),
            whyNotOfRelationship(
                [&](const RelationshipId& id) { return whyNotReplaceSharedKernel(document, id); }),
            &Refactorings::replaceKernel);
        add(menu, "refactorReplacePartnership", tr("Replace partnership by upstream/downstream…"),
            whyNotOfRelationship(
                [&](const RelationshipId& id) { return whyNotReplacePartnership(document, id); }),
            &Refactorings::replacePartnership);
        add(menu, "refactorInvert", tr("Invert relationship"),
            whyNotOfRelationship(
                [&](const RelationshipId& id) { return whyNotInvertRelationship(document, id); }),
            &Refactorings::invert);
    }

private:
    using Run = void (Refactorings::*)() const;

    void add(QMenu& menu, const char* objectName, const QString& text, const Reason& reason,
             Run run) const
    {
        QAction* action = menu.addAction(text);
        action->setObjectName(QString::fromLatin1(objectName));
        action->setEnabled(!reason);
        if (reason)
            setPlainToolTip(action, shown(*reason, 500));
        // A copy, since the menu may be gone by then.
        QObject::connect(action, &QAction::triggered, m_parent, [self = *this, run] {
            if (self.m_session.document())
                (self.*run)();
        });
    }

    template <class Why>
    Reason whyNotOfContext(Why why) const
    {
        if (m_selected.contexts.size() != 1)
            return toStdString(tr("Select one context for this."));
        return why(m_selected.contexts.front());
    }

    template <class Why>
    Reason whyNotOfRelationship(Why why) const
    {
        if (m_selected.relationships.size() != 1)
            return toStdString(tr("Select one relationship for this."));
        return why(m_selected.relationships.front());
    }

    Reason whyNotMerge(const MapDocument& document) const
    {
        const std::vector<ContextId>& contexts = m_selected.contexts;
        if (contexts.empty() || contexts.size() > 2)
            return toStdString(tr("Select one or two contexts for this."));
        if (contexts.size() == 2)
            return whyNotMergeContexts(document, contexts[0], contexts[1]);
        if (document.map().contexts.size() < 2)
            return toStdString(tr("The map has no other context."));
        return std::nullopt;
    }

    RefactorDialog* dialog(const QString& title, const QString& doIt) const
    {
        return new RefactorDialog(&m_session, title, doIt, m_parent);
    }

    void split() const
    {
        const ContextMap& map = m_session.map();
        const ContextId id = m_selected.contexts.front();
        const BoundedContext* context = map.context(id);
        if (!context)
            return;
        Options parts;
        addTerms(parts, *context, m_selected, tr("Term %1"));
        addProducts(parts, map, id, m_selected, tr("Product %1"));
        for (const PatternGroup& group : patternGroups) {
            for (const std::string& pattern : context->owns.*group.patterns)
                parts.push_back(
                    {tr(group.words).arg(toQString(pattern)), pattern, group.name, false});
        }
        for (const Relationship* relationship : map.relationshipsOf(id))
            parts.push_back(
                {tr("Relationship %1").arg(toQString(relationshipInWords(map, *relationship))),
                 relationship->id.text, relationshipGroup, false});
        RefactorDialog* ask = dialog(tr("Split %1").arg(shown(context->name, 60)), tr("&Split"));
        const QLineEdit* name =
            ask->addName(tr("Name of the new context"), QStringLiteral("refactorName"), {});
        const QListWidget* going =
            ask->addChecks(tr("Goes to the new context"), QStringLiteral("refactorParts"), parts);
        const QComboBox* joined =
            ask->addChoice(tr("New relationship between the two"), QStringLiteral("refactorJoined"),
                           {{tr("None"), "none", {}, false},
                            {tr("The new context is downstream"), "downstream", {}, false},
                            {tr("The new context is upstream"), "upstream", {}, false}});
        ask->ask([=](const MapDocument& document) {
            ContextSplit split;
            split.context = id;
            split.name = toStdString(name->text());
            split.terms = RefactorDialog::checked(going, termGroup);
            split.products = idsOf<ProductId>(RefactorDialog::checked(going, productGroup));
            for (const PatternGroup& group : patternGroups)
                split.owns.*group.patterns = RefactorDialog::checked(going, group.name);
            split.relationships =
                idsOf<RelationshipId>(RefactorDialog::checked(going, relationshipGroup));
            const std::string end = RefactorDialog::chosen(joined);
            split.joined = end == "upstream"     ? ContextSplit::Joined::NewIsUpstream
                           : end == "downstream" ? ContextSplit::Joined::NewIsDownstream
                                                 : ContextSplit::Joined::No;
            return splitContext(document, split);
        });
    }

    void merge() const
    {
        const ContextMap& map = m_session.map();
        const ContextId first = m_selected.contexts.front();
        RefactorDialog* ask = dialog(tr("Merge contexts"), tr("&Merge"));
        const QComboBox* goes = nullptr;
        const QComboBox* stays = nullptr;
        if (m_selected.contexts.size() == 2) {
            stays = ask->addChoice(tr("The one that stays"), QStringLiteral("refactorStays"),
                                   bothOf(map, first, m_selected.contexts.back()));
        } else {
            goes = ask->addChoice(tr("The one that is merged into %1").arg(nameOf(map, first)),
                                  QStringLiteral("refactorGoes"), contextsBut(map, first));
        }
        QLineEdit* name = ask->addName(tr("Name of the merged context"),
                                       QStringLiteral("refactorName"), nameOf(map, first));
        QListWidget* contested =
            ask->addChecks(tr("Defined by both: check where the definition of the other holds"),
                           QStringLiteral("refactorDefinitions"), {});
        const auto ends = [=, contexts = m_selected.contexts] {
            if (goes)
                return std::pair(first, ContextId(RefactorDialog::chosen(goes)));
            const ContextId kept(RefactorDialog::chosen(stays));
            return std::pair(kept, kept == contexts[0] ? contexts[1] : contexts[0]);
        };
        Session* session = &m_session;
        ask->onChange([=, last = first]() mutable {
            const auto [kept, other] = ends();
            // The name goes with the one that stays, until somebody has written another.
            if (kept != last && name->text() == nameOf(session->map(), last))
                name->setText(nameOf(session->map(), kept));
            last = kept;
            ask->setOptions(contested, contestedOptions(*session->document(), kept, other));
        });
        ask->ask([=](const MapDocument& document) {
            const auto [kept, other] = ends();
            return mergeContexts(
                document, {kept, other, toStdString(name->text().trimmed()),
                           choicesOf(document, kept, other, RefactorDialog::checked(contested))});
        });
    }

    void moveProducts() const
    {
        const ContextMap& map = m_session.map();
        const ContextId from = m_selected.contexts.front();
        Options products;
        addProducts(products, map, from, m_selected, QStringLiteral("%1"));
        RefactorDialog* ask = dialog(
            tr("Move products of %1").arg(shown(toStdString(nameOf(map, from)), 60)), tr("&Move"));
        const QListWidget* moved =
            ask->addChecks(tr("Products"), QStringLiteral("refactorParts"), products);
        const QComboBox* to =
            ask->addChoice(tr("To"), QStringLiteral("refactorTo"), contextsBut(map, from));
        ask->ask([=](const MapDocument& document) {
            return portolan::moveProducts(
                document, {idsOf<ProductId>(RefactorDialog::checked(moved, productGroup)),
                           ContextId(RefactorDialog::chosen(to))});
        });
    }

    void moveTerms() const
    {
        const ContextMap& map = m_session.map();
        const ContextId from = m_selected.contexts.front();
        const BoundedContext* context = map.context(from);
        if (!context)
            return;
        Options terms;
        addTerms(terms, *context, m_selected, QStringLiteral("%1"));
        RefactorDialog* ask =
            dialog(tr("Move terms of %1").arg(shown(context->name, 60)), tr("&Move"));
        const QListWidget* moved =
            ask->addChecks(tr("Terms"), QStringLiteral("refactorParts"), terms);
        const QComboBox* to =
            ask->addChoice(tr("To"), QStringLiteral("refactorTo"), contextsBut(map, from));
        ask->ask([=](const MapDocument& document) {
            return portolan::moveTerms(document, {from, RefactorDialog::checked(moved, termGroup),
                                                  ContextId(RefactorDialog::chosen(to))});
        });
    }

    void extractKernel() const
    {
        const ContextMap& map = m_session.map();
        const Relationship* kernel = map.relationship(m_selected.relationships.front());
        if (!kernel || !map.context(kernel->upstream) || !map.context(kernel->downstream))
            return;
        const ContextId one = kernel->upstream;
        const ContextId other = kernel->downstream;
        Options parts;
        addTerms(parts, *map.context(one), m_selected, tr("Term %1"));
        for (const Term& term : map.context(other)->terms) {
            const bool isKnown = std::any_of(parts.begin(), parts.end(), [&](const auto& option) {
                return option.id == term.name;
            });
            if (!isKnown)
                parts.push_back({tr("Term %1").arg(toQString(term.name)), term.name, termGroup,
                                 has(m_selected.terms, term.name)});
        }
        for (const ContextId& end : {one, other})
            addProducts(parts, map, end, m_selected,
                        tr("Product %1 of %2").arg(QStringLiteral("%1"), nameOf(map, end)));
        RefactorDialog* ask = dialog(tr("Extract shared kernel"), tr("&Extract"));
        const QLineEdit* name = ask->addName(
            tr("Name of the new context"), QStringLiteral("refactorName"), toQString(kernel->name));
        const QListWidget* going =
            ask->addChecks(tr("Goes to the new context"), QStringLiteral("refactorParts"), parts);
        const QListWidget* contested = ask->addChecks(
            tr("Defined by both: check where the definition of %1 holds").arg(nameOf(map, other)),
            QStringLiteral("refactorDefinitions"),
            contestedOptions(*m_session.document(), one, other));
        ask->ask([=, id = kernel->id](const MapDocument& document) {
            return extractSharedKernel(
                document, {id, toStdString(name->text()), RefactorDialog::checked(going, termGroup),
                           idsOf<ProductId>(RefactorDialog::checked(going, productGroup)),
                           choicesOf(document, one, other, RefactorDialog::checked(contested))});
        });
    }

    void replaceKernel() const
    {
        direct(tr("Replace shared kernel"), portolan::replaceSharedKernel);
    }

    void replacePartnership() const
    {
        direct(tr("Replace partnership"), portolan::replacePartnership);
    }

    void direct(const QString& title,
                Result<Edit> (*replace)(const MapDocument&, const Direction&)) const
    {
        const ContextMap& map = m_session.map();
        const Relationship* known = map.relationship(m_selected.relationships.front());
        if (!known)
            return;
        RefactorDialog* ask = dialog(title, tr("&Replace"));
        const QComboBox* upstream =
            ask->addChoice(tr("Upstream"), QStringLiteral("refactorUpstream"),
                           bothOf(map, known->upstream, known->downstream));
        const QListWidget* roles =
            ask->addChecks(tr("Upstream roles"), QStringLiteral("refactorUpstreamRoles"),
                           {{tr("Open host service (OHS)"), "OHS", {}, false},
                            {tr("Published language (PL)"), "PL", {}, false}});
        const QComboBox* role =
            ask->addChoice(tr("Downstream role"), QStringLiteral("refactorDownstreamRole"),
                           {{tr("None"), "", {}, false},
                            {tr("Anticorruption layer (ACL)"), "ACL", {}, false},
                            {tr("Conformist (CF)"), "CF", {}, false}});
        ask->ask([=, id = known->id](const MapDocument& document) {
            Direction direction;
            direction.relationship = id;
            direction.upstream = ContextId(RefactorDialog::chosen(upstream));
            for (const std::string& text : RefactorDialog::checked(roles))
                direction.upstreamRoles.push_back(*roleFrom(text));
            if (const std::optional<Role> down = roleFrom(RefactorDialog::chosen(role)))
                direction.downstreamRoles.push_back(*down);
            return replace(document, direction);
        });
    }

    void invert() const
    {
        m_session.apply(
            invertRelationship(*m_session.document(), m_selected.relationships.front()));
    }

    Session& m_session;
    Selected m_selected;
    QWidget* m_parent;
};

}  // namespace

void addRefactorings(QMenu& menu, Session& session, const std::vector<EntityRef>& selection,
                     QWidget* parent)
{
    if (!session.document())
        return;
    QMenu* submenu = menu.addMenu(tr("Refactor"));
    submenu->setObjectName(QStringLiteral("refactorMenu"));
    submenu->setToolTipsVisible(true);
    Refactorings(session, selection, parent).fill(*submenu);
}

}  // namespace portolan::ui
