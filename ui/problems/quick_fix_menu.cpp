// SPDX-License-Identifier: Apache-2.0
#include "ui/problems/quick_fix_menu.h"

#include "model/analysis/rules/quick_fixes.h"
#include "ui/base/icons.h"
#include "ui/base/text.h"
#include "ui/session/session.h"

#include <QMenu>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr int mostLetters = 90;

QString menuText(const std::string& text)
{
    return withoutMnemonics(shown(text, mostLetters));
}

QString wordsOf(const char* words)
{
    return Session::tr(words);
}

// The map may have changed since the menu was made, so the fix is made anew.
void apply(Session& session, const Finding& finding, const std::string& title)
{
    if (!session.document())
        return;
    for (const QuickFix& fix : quickFixes(*session.document(), finding)) {
        if (fix.title == title) {
            session.apply(Result<Edit>(fix.edit));
            return;
        }
    }
    session.raiseMessage(wordsOf("The map has changed: this fix no longer helps."));
}

EntityRef cardOf(const Session& session, const EntityRef& subject)
{
    if (subject.kind == EntityKind::DataProduct) {
        const DataProduct* product = session.map().product(ProductId(subject.id));
        return {EntityKind::BoundedContext, product ? product->owner.text : std::string()};
    }
    if (subject.kind == EntityKind::Term)
        return {EntityKind::BoundedContext, subject.id.substr(0, subject.id.find('/'))};
    return subject;
}

void addDisabled(QMenu& menu, const QString& text, const QIcon& icon = {})
{
    menu.addAction(icon, text)->setEnabled(false);
}

}  // namespace

std::vector<Finding> findingsAt(const Session& session, const EntityRef& entity)
{
    std::vector<Finding> found;
    for (const Finding& finding : session.findings()) {
        if (cardOf(session, finding.subject) == entity)
            found.push_back(finding);
    }
    return found;
}

void quickFixMenu(QMenu& menu, Session& session, const std::vector<Finding>& ofThisSubject)
{
    std::vector<Finding> findings;
    std::copy_if(ofThisSubject.begin(), ofThisSubject.end(), std::back_inserter(findings),
                 [](const Finding& finding) { return hasFixes(finding.rule); });
    if (findings.empty())
        return;
    menu.addSeparator();
    QMenu* fixes = menu.addMenu(wordsOf("Fix"));
    fixes->setObjectName(QStringLiteral("quickFixes"));
    QObject::connect(fixes, &QMenu::aboutToShow, fixes, [fixes, &session, findings] {
        fixes->clear();
        addQuickFixes(*fixes, session, findings);
    });
}

void addQuickFixes(QMenu& menu, Session& session, const std::vector<Finding>& findings)
{
    bool hasAny = false;
    for (const Finding& finding : findings) {
        const std::vector<QuickFix> fixes =
            session.document() ? quickFixes(*session.document(), finding) : std::vector<QuickFix>();
        if (fixes.empty())
            continue;
        if (findings.size() > 1) {
            if (hasAny)
                menu.addSeparator();
            addDisabled(menu, menuText(finding.message), iconOf(signOf(finding.severity)));
        }
        hasAny = true;
        for (const QuickFix& fix : fixes)
            menu.addAction(menuText(fix.title), &session, [&session, finding, title = fix.title] {
                apply(session, finding, title);
            });
    }
    if (!hasAny)
        addDisabled(menu, wordsOf("Only you can know how to mend this"));
}

}  // namespace portolan::ui
