// SPDX-License-Identifier: Apache-2.0
#include "ui/session/session.h"

#include "model/analysis/identity/identity.h"
#include "model/analysis/rules/accepted_drift.h"
#include "model/analysis/rules/context_map_rules.h"
#include "model/chart/chart.h"
#include "model/estate/entity_keys.h"

#include "ui/base/task.h"
#include "ui/base/text.h"
#include "ui/session/edit_command.h"

#include <QUndoStack>

#include <algorithm>
#include <iterator>

namespace portolan::ui {
namespace {

constexpr std::size_t mostPlaces = 200;

// Above this the estate is held against the map on another thread; below, it takes less than a frame.
constexpr std::size_t largeEstate = 20'000;

bool isLarge(const Estate& estate)
{
    return estate.datasets.size() + estate.jobs.size() + estate.contracts.size() +
               estate.lineageEdges.size() >
           largeEstate;
}

// What follows from map and estate together.
struct Answers {
    EstateOwnership ownership;
    MapDrift drift;
    std::optional<std::vector<CouplingProfile>> couplings;  // empty: nobody asked yet
};

Answers answersFor(const ContextMap& map, const Estate& estate, const std::string& today)
{
    Answers answers;
    answers.ownership = ownershipOf(map, estate);
    answers.drift = mapDrift(map, estate, answers.ownership, {30, today});
    return answers;
}

// Owners unknown, but one for each thing: an index of this estate is always valid.
Answers noAnswersYet(const Estate& estate)
{
    Answers answers;
    answers.couplings.emplace();
    answers.ownership.datasetOwner.resize(estate.datasets.size());
    answers.ownership.contractOwner.resize(estate.contracts.size());
    answers.ownership.jobOwner.resize(estate.jobs.size());
    return answers;
}

bool sameDecisions(const std::vector<IdentityDecision>& one,
                   const std::vector<IdentityDecision>& other)
{
    const auto isSame = [](const IdentityDecision& a, const IdentityDecision& b) {
        return a.kind == b.kind && a.one == b.one && a.other == b.other && a.isSame == b.isSame;
    };
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), isSame);
}

bool isSame(const AsIsAnswers& one, const AsIsAnswers& other)
{
    const auto isSamePlace = [](const SourceSpan& a, const SourceSpan& b) {
        return a.file == b.file && a.line == b.line && a.column == b.column;
    };
    const auto isSameFinding = [&](const Finding& a, const Finding& b) {
        return a.subject == b.subject && a.message == b.message && isSamePlace(a.where, b.where);
    };
    return std::equal(one.findings.begin(), one.findings.end(), other.findings.begin(),
                      other.findings.end(), isSameFinding) &&
           one.problem.has_value() == other.problem.has_value() &&
           (!one.problem || (one.problem->message == other.problem->message &&
                             isSamePlace(one.problem->where, other.problem->where)));
}

std::pair<ContextId, std::string> termParts(const std::string& id)
{
    const std::size_t slash = id.find('/');
    if (slash == std::string::npos)
        return {ContextId(id), {}};
    return {ContextId(id.substr(0, slash)), id.substr(slash + 1)};
}

template <class Thing>
const Thing* byId(const std::vector<Thing>& things, const std::string& id)
{
    const auto found = std::find_if(things.begin(), things.end(),
                                    [&](const Thing& thing) { return thing.id.text == id; });
    return found == things.end() ? nullptr : &*found;
}

const Term* termOf(const ContextMap& map, const std::string& id)
{
    const auto [contextId, name] = termParts(id);
    const BoundedContext* context = map.context(contextId);
    if (!context)
        return nullptr;
    const auto found = std::find_if(context->terms.begin(), context->terms.end(),
                                    [&name = name](const Term& term) { return term.name == name; });
    return found == context->terms.end() ? nullptr : &*found;
}

std::string contextName(const ContextMap& map, const ContextId& id)
{
    const BoundedContext* context = map.context(id);
    return context && !context->name.empty() ? context->name : id.text;
}

std::string relationshipName(const ContextMap& map, const Relationship& relationship)
{
    if (!relationship.name.empty())
        return relationship.name;
    const char* joint = isSymmetric(relationship.type) ? " and " : " to ";
    return contextName(map, relationship.upstream) + joint +
           contextName(map, relationship.downstream);
}

template <class Thing>
std::string nameOrNothing(const Thing* thing)
{
    return thing ? thing->name : std::string();
}

// Empty when the thing has no name or is not there.
std::string declaredName(const ContextMap& map, const EntityRef& entity)
{
    switch (entity.kind) {
    case EntityKind::Domain:
        return nameOrNothing(byId(map.domains, entity.id));
    case EntityKind::BoundedContext:
        return nameOrNothing(byId(map.contexts, entity.id));
    case EntityKind::Team:
        return nameOrNothing(byId(map.teams, entity.id));
    case EntityKind::Term:
        return termParts(entity.id).second;
    case EntityKind::DataProduct:
        return nameOrNothing(byId(map.products, entity.id));
    case EntityKind::Route:
        return nameOrNothing(byId(map.routes, entity.id));
    case EntityKind::Identifier:
        return nameOrNothing(byId(map.identifiers, entity.id));
    case EntityKind::Relationship:
        if (const Relationship* relationship = byId(map.relationships, entity.id))
            return relationshipName(map, *relationship);
        if (const auto [upstream, downstream] = undeclaredEnds(entity.id); !upstream.empty())
            return contextName(map, ContextId(upstream)) + " to " +
                   contextName(map, ContextId(downstream)) + ", observed, undeclared";
        return {};
    default:
        return {};
    }
}

std::string observedName(const Estate& estate, const EntityRef& entity)
{
    if (entity.kind == EntityKind::Dataset) {
        const DatasetIndex index = estate.dataset(entity.id);
        return index.isValid() ? std::string(estate.datasets[index.value].name()) : std::string();
    }
    if (entity.kind == EntityKind::Column) {
        const ColumnIndex index = columnByKey(estate, entity.id);
        return index.isValid() ? estate.columns[index.value].name : std::string();
    }
    if (entity.kind == EntityKind::Job) {
        const JobIndex index = estate.job(entity.id);
        return index.isValid() ? estate.jobs[index.value].name : std::string();
    }
    if (entity.kind == EntityKind::DataProduct)
        return nameOrNothing(observedProduct(estate, entity.id));
    if (entity.kind == EntityKind::Domain)
        return nameOrNothing(observedDomain(estate, entity.id));
    if (entity.kind == EntityKind::BoundedContext)
        return nameOrNothing(observedContext(estate, entity.id));
    if (entity.kind == EntityKind::Team)
        return nameOrNothing(observedTeam(estate, entity.id));
    if (entity.kind == EntityKind::Term) {
        const ObservedTerm* term = observedTerm(estate, entity.id);
        return term ? term->name : std::string();
    }
    if (entity.kind == EntityKind::Contract) {
        const ContractIndex index = estate.contract(entity.id);
        if (!index.isValid())
            return {};
        const Contract& contract = estate.contracts[index.value];
        return (contract.name.empty() ? contract.id : contract.name) + " " + contract.version;
    }
    return {};
}

}  // namespace

struct Session::State {
    std::optional<MapDocument> document;
    FileStamp stamp;
    QUndoStack* undo = nullptr;
    EstatePtr observed = std::make_shared<const Estate>();  // as it was imported
    EstatePtr estate = observed;                            // with the map's identities applied
    std::vector<IdentityDecision> applied;
    Task identifying;

    mutable std::optional<std::vector<Finding>> findings;
    AsIsAnswers asIs;
    std::string today;  // 2026-11-24
    mutable std::optional<Answers> answers;
    Task answering;

    std::vector<EntityRef> selection;
    std::vector<std::vector<EntityRef>> places;
    std::size_t place = 0;  // the current one, when there are any

    const Answers& answersNow() const
    {
        if (!answers)
            answers = answersFor(document ? document->map() : ContextMap(), *estate, today);
        return *answers;
    }
};

Session::Session(QObject* parent) : QObject(parent), m_state(std::make_unique<State>())
{
    m_state->undo = new QUndoStack(this);
    connect(m_state->undo, &QUndoStack::cleanChanged, this,
            [this](bool isClean) { emit modifiedChanged(!isClean); });
}

Session::~Session()
{
    m_state->undo->disconnect();  // it tells of its own end, when those who listen are half gone
}

const MapDocument* Session::document() const
{
    return m_state->document ? &*m_state->document : nullptr;
}

const ContextMap& Session::map() const
{
    static const ContextMap none;
    return m_state->document ? m_state->document->map() : none;
}

QString Session::mapPath() const
{
    return toQString(m_state->stamp.path);
}

bool Session::isModified() const
{
    return m_state->document && !m_state->undo->isClean();
}

const FileStamp& Session::stamp() const
{
    return m_state->stamp;
}

QUndoStack* Session::undoStack() const
{
    return m_state->undo;
}

void Session::setMap(MapDocument document, FileStamp stamp)
{
    m_state->undo->clear();
    m_state->document.emplace(std::move(document));
    m_state->stamp = std::move(stamp);
    showAnotherMap();
}

void Session::closeMap()
{
    if (!m_state->document)
        return;
    m_state->undo->clear();
    m_state->document.reset();
    m_state->stamp = {};
    showAnotherMap();
}

void Session::showAnotherMap()
{
    m_state->places.clear();
    m_state->place = 0;
    m_state->asIs = {};
    forgetAnswers();
    show({});
    emit mapOpened();
    emit mapChanged();
    emit placesChanged();
    startAnswers();
    applyIdentities();
}

void Session::markSaved(FileStamp stamp)
{
    const bool isElsewhere = stamp.path != m_state->stamp.path;
    m_state->stamp = std::move(stamp);
    if (m_state->document && isElsewhere)
        m_state->document->setFile(m_state->stamp.path);
    m_state->undo->setClean();
    if (isElsewhere)
        emit savedAs(mapPath());
}

bool Session::apply(const Result<Edit>& edit)
{
    if (!edit) {
        raiseMessage(shown(edit.error().message), true);
        return false;
    }
    if (edit->changesNothing())
        return true;
    Result<Edit> inverse = perform(*edit);
    if (!inverse)
        return false;
    m_state->undo->push(new EditCommand(*this, *edit, std::move(*inverse)));
    return true;
}

std::string Session::apply(const Result<Creation>& creation)
{
    if (!creation) {
        raiseMessage(shown(creation.error().message), true);
        return {};
    }
    return apply(Result<Edit>(creation->edit)) ? creation->id : std::string();
}

Result<Edit> Session::perform(const Edit& edit)
{
    if (!m_state->document) {
        const Problem problem{Severity::Error, "session.no-map", "No map is open.", {}};
        raiseMessage(shown(problem.message), true);
        return tl::unexpected(problem);
    }
    Result<Edit> inverse = m_state->document->apply(edit);
    if (!inverse) {
        raiseMessage(shown(inverse.error().message), true);
        return inverse;
    }
    m_state->findings.reset();
    if (!isLarge(*m_state->estate))
        m_state->answers.reset();
    emit editApplied(edit);
    emit mapChanged();
    pruneSelection();
    startAnswers();
    applyIdentities();
    return inverse;
}

EstatePtr Session::estate() const
{
    return m_state->estate;
}

EstatePtr Session::observedEstate() const
{
    return m_state->observed;
}

void Session::setEstate(EstatePtr estate)
{
    m_state->observed = estate ? std::move(estate) : std::make_shared<const Estate>();
    m_state->applied.clear();
    m_state->identifying.stop();
    const bool isPlain = map().identities.empty() || isLarge(*m_state->observed);
    showEstate(isPlain ? m_state->observed : identified(m_state->observed, map()));
    if (isPlain)
        applyIdentities();
    else
        m_state->applied = map().identities;
}

void Session::showEstate(EstatePtr estate)
{
    m_state->estate = std::move(estate);
    forgetAnswers();
    emit estateChanged();
    pruneSelection();
    startAnswers();
}

// When the map's decisions on names are others than those that the estate was made with.
void Session::applyIdentities()
{
    if (sameDecisions(m_state->applied, map().identities))
        return;
    m_state->applied = map().identities;
    if (!isLarge(*m_state->observed)) {
        if (EstatePtr estate = identified(m_state->observed, map()); estate != m_state->estate)
            showEstate(std::move(estate));
        return;
    }
    m_state->identifying = Task::start(
        this,
        [map = map(), observed = m_state->observed](Progress&) {
            return identified(observed, map);
        },
        [this](const EstatePtr& estate) { showEstate(estate); });
}

// A large estate keeps the answers to the last map until the new ones come; they name relationships by id, so a view that finds
// one gone passes over it.
void Session::forgetAnswers()
{
    m_state->answering.stop();
    m_state->findings.reset();
    m_state->answers.reset();
    if (isLarge(*m_state->estate))
        m_state->answers = noAnswersYet(*m_state->estate);
}

void Session::startAnswers()
{
    emit findingsChanged();
    if (!isLarge(*m_state->estate))
        return;
    m_state->answering = Task::start(
        this,
        [map = map(), estate = m_state->estate, today = m_state->today](Progress&) {
            Answers answers = answersFor(map, *estate, today);
            answers.couplings = portolan::couplings(map, *estate, answers.ownership);
            return answers;
        },
        [this](Answers answers) {
            m_state->answers = std::move(answers);
            emit findingsChanged();
        });
}

const std::vector<Finding>& Session::findings() const
{
    if (!m_state->findings) {
        m_state->findings = m_state->document ? checkContextMap(map()) : std::vector<Finding>();
        std::vector<Finding> accepted = checkAcceptedDrift(map(), m_state->today);
        std::move(accepted.begin(), accepted.end(), std::back_inserter(*m_state->findings));
        m_state->findings->insert(m_state->findings->end(), m_state->asIs.findings.begin(),
                                  m_state->asIs.findings.end());
    }
    return *m_state->findings;
}

void Session::setAsIsAnswers(AsIsAnswers answers)
{
    if (isSame(m_state->asIs, answers))
        return;
    m_state->asIs = std::move(answers);
    m_state->findings.reset();
    emit findingsChanged();
}

const std::optional<Problem>& Session::asIsProblem() const
{
    return m_state->asIs.problem;
}

const EstateOwnership& Session::ownership() const
{
    return m_state->answersNow().ownership;
}

void Session::setToday(const std::string& day)
{
    if (day == m_state->today)
        return;
    m_state->today = day;
    forgetAnswers();
    startAnswers();
}

const MapDrift& Session::drift() const
{
    return m_state->answersNow().drift;
}

const std::vector<CouplingProfile>& Session::couplings() const
{
    const Answers& answers = m_state->answersNow();
    if (!answers.couplings)
        m_state->answers->couplings =
            portolan::couplings(map(), *m_state->estate, answers.ownership);
    return *answers.couplings;
}

const std::vector<EntityRef>& Session::selection() const
{
    return m_state->selection;
}

void Session::select(const EntityRef& entity)
{
    setSelection({entity});
}

void Session::clearSelection()
{
    setSelection({});
}

void Session::setSelection(std::vector<EntityRef> entities)
{
    if (entities == m_state->selection)
        return;
    if (!entities.empty()) {
        auto& places = m_state->places;
        if (!places.empty())
            places.resize(m_state->place + 1);
        if (places.empty() || places.back() != entities)
            places.push_back(entities);
        if (places.size() > mostPlaces)
            places.erase(places.begin());
        m_state->place = places.size() - 1;
    }
    show(std::move(entities));
    emit placesChanged();
}

void Session::show(std::vector<EntityRef> entities)
{
    if (entities == m_state->selection)
        return;
    m_state->selection = std::move(entities);
    emit selectionChanged();
}

// What was removed is no longer selected.
void Session::pruneSelection()
{
    std::vector<EntityRef> left;
    std::copy_if(m_state->selection.begin(), m_state->selection.end(), std::back_inserter(left),
                 [this](const EntityRef& entity) { return exists(entity); });
    show(std::move(left));
}

bool Session::exists(const EntityRef& entity) const
{
    const ContextMap& now = map();
    const Estate& estate = *m_state->estate;
    switch (entity.kind) {
    case EntityKind::Domain:
        return byId(now.domains, entity.id) || observedDomain(estate, entity.id);
    case EntityKind::BoundedContext:
        return byId(now.contexts, entity.id) || observedContext(estate, entity.id);
    case EntityKind::Team:
        return byId(now.teams, entity.id) || observedTeam(estate, entity.id);
    case EntityKind::Term:
        return termOf(now, entity.id) || observedTerm(estate, entity.id);
    case EntityKind::Relationship: {
        const auto [upstream, downstream] = undeclaredEnds(entity.id);
        return byId(now.relationships, entity.id) ||
               (byId(now.contexts, upstream) && byId(now.contexts, downstream));
    }
    case EntityKind::DataProduct:
        return byId(now.products, entity.id) || observedProduct(estate, entity.id);
    case EntityKind::Route:
        return byId(now.routes, entity.id);
    case EntityKind::Identifier:
        return byId(now.identifiers, entity.id);
    case EntityKind::Crosswalk:
        return byId(now.crosswalks, entity.id);
    case EntityKind::Dataset:
        return estate.dataset(entity.id).isValid();
    case EntityKind::Job:
        return estate.job(entity.id).isValid();
    case EntityKind::Contract:
        return estate.contract(entity.id).isValid();
    default:
        return true;  // looked up by nobody by key; the inspector says when it finds none
    }
}

bool Session::canGoBack() const
{
    return !m_state->places.empty() && (m_state->place > 0 || m_state->selection.empty());
}

bool Session::canGoForward() const
{
    return m_state->place + 1 < m_state->places.size();
}

void Session::goBack()
{
    if (!canGoBack())
        return;
    // With nothing selected, the last place is the one before.
    goTo(m_state->selection.empty() ? m_state->place : m_state->place - 1);
}

void Session::goForward()
{
    if (canGoForward())
        goTo(m_state->place + 1);
}

void Session::goTo(std::size_t place)
{
    m_state->place = place;
    std::vector<EntityRef> entities;
    std::copy_if(m_state->places[place].begin(), m_state->places[place].end(),
                 std::back_inserter(entities),
                 [this](const EntityRef& entity) { return exists(entity); });
    show(std::move(entities));
    emit placesChanged();
}

QString Session::nameOf(const EntityRef& entity) const
{
    std::string name = declaredName(map(), entity);
    if (name.empty())
        name = observedName(*m_state->estate, entity);
    return shown(name.empty() ? entity.id : name);
}

}  // namespace portolan::ui
