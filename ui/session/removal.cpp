// SPDX-License-Identifier: Apache-2.0
#include "ui/session/removal.h"

#include "model/chart/chart.h"
#include "model/map/edits.h"

#include "ui/base/question.h"
#include "ui/base/text.h"
#include "ui/base/words.h"
#include "ui/session/map_commands.h"
#include "ui/session/session.h"

#include <QCoreApplication>
#include <QPointer>
#include <QStringList>
#include <QUndoStack>

#include <algorithm>

namespace portolan::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Removal)
};

constexpr std::size_t mostDependentsNamed = 12;

bool areAll(const std::vector<EntityRef>& entities, EntityKind kind)
{
    return std::all_of(entities.begin(), entities.end(),
                       [kind](const EntityRef& entity) { return entity.kind == kind; });
}

std::vector<std::string> dependentsOfAll(const MapDocument& document,
                                         const std::vector<EntityRef>& entities)
{
    std::vector<ContextId> contexts;
    std::vector<DomainId> domains;
    std::vector<ProductId> products;
    std::vector<TeamId> teams;
    for (const EntityRef& entity : entities) {
        if (entity.kind == EntityKind::BoundedContext)
            contexts.emplace_back(entity.id);
        else if (entity.kind == EntityKind::Domain)
            domains.emplace_back(entity.id);
        else if (entity.kind == EntityKind::DataProduct)
            products.emplace_back(entity.id);
        else if (entity.kind == EntityKind::Team)
            teams.emplace_back(entity.id);
    }
    return dependentsOf(document, contexts, domains, products, teams);
}

void remove(Session& session, const std::vector<EntityRef>& entities)
{
    const int before = session.undoStack()->index();
    removeFromMap(session, entities);
    // What goes along is in the step's name.
    if (const QUndoStack& undo = *session.undoStack(); undo.index() > before)
        session.raiseMessage(Words::tr("Done: %1. Undo takes it back.").arg(undo.undoText()));
}

}  // namespace

QString removeText(const Session& session, const std::vector<EntityRef>& entities)
{
    if (entities.empty())
        return Words::tr("Remove");
    const EntityRef& first = entities.front();
    const int count = static_cast<int>(entities.size());
    if (count > 1)
        return areAll(entities, EntityKind::BoundedContext)
                   ? Words::tr("Remove %1 contexts").arg(count)
                   : Words::tr("Remove %1 things").arg(count);
    if (first.kind == EntityKind::Relationship)
        return Words::tr("Remove relationship");
    const QString name = withoutMnemonics(shown(session.nameOf(first), 60));
    return first.kind == EntityKind::BoundedContext
               ? Words::tr("Remove %1").arg(name)
               : Words::tr("Remove %1 %2").arg(wordOf(first.kind).toLower(), name);
}

void askAndRemove(Session& session, const std::vector<EntityRef>& entities, QWidget* parent)
{
    if (!session.document() || entities.empty())
        return;
    if (entities.size() == 1 && entities.front().kind == EntityKind::Relationship &&
        isUndeclaredId(entities.front().id)) {
        session.raiseMessage(Words::tr("This flow was observed, it is not in the map. Declare it, "
                                       "or hide what was observed."));
        return;
    }
    const std::vector<std::string> dependents = dependentsOfAll(*session.document(), entities);
    if (dependents.empty()) {
        remove(session, entities);
        return;
    }
    QStringList lines;
    for (std::size_t i = 0; i < dependents.size() && i < mostDependentsNamed; ++i)
        lines += shown(dependents[i], 120);
    if (dependents.size() > mostDependentsNamed)
        lines += Words::tr("and %n more", nullptr,
                           static_cast<int>(dependents.size() - mostDependentsNamed));
    auto* question =
        new Question(Words::tr("Remove"),
                     Words::tr("%1 and what depends on it?").arg(removeText(session, entities)),
                     lines.join(QLatin1Char('\n')), parent);
    question->addAnswer(Words::tr("&Remove"), QStringLiteral("answerRemove"),
                        [to = QPointer(&session), entities] {
                            if (to)
                                remove(*to, entities);
                        });
    question->ask();
}

}  // namespace portolan::ui
