// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/lens_menu.h"

#include "ui/base/menu_button.h"
#include "ui/base/text.h"
#include "ui/session/session.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>

namespace portolan::ui {
namespace {

QString wordsOf(Lens lens)
{
    switch (lens) {
    case Lens::None:
        return LensMenu::tr("&No lens");
    case Lens::Owner:
        return LensMenu::tr("&Owner");
    case Lens::Subdomain:
        return LensMenu::tr("&Subdomain kind");
    case Lens::Findings:
        return LensMenu::tr("&Findings");
    case Lens::Drift:
        return LensMenu::tr("&Drift");
    case Lens::Adoption:
        return LensMenu::tr("&Adoption");
    case Lens::Freshness:
        return LensMenu::tr("F&reshness");
    }
    return {};
}

QString nameOf(Lens lens)
{
    return lens == Lens::None ? LensMenu::tr("none") : wordsOf(lens).remove(QLatin1Char('&'));
}

QString explanation(Lens lens)
{
    switch (lens) {
    case Lens::None:
        return LensMenu::tr("Cards in the colours of their domains");
    case Lens::Owner:
        return LensMenu::tr("Which team each context belongs to");
    case Lens::Subdomain:
        return LensMenu::tr("Core, supporting or generic");
    case Lens::Findings:
        return LensMenu::tr("How many errors, warnings and notes concern each context");
    case Lens::Drift:
        return LensMenu::tr("What was observed against what the map declares");
    case Lens::Adoption:
        return LensMenu::tr("Which versions the consumers of each context use");
    case Lens::Freshness:
        return LensMenu::tr("When the data of each context was last seen to move");
    }
    return {};
}

}  // namespace

LensMenu::LensMenu(Session* session, QWidget* parent)
    : QObject(parent), m_session(session), m_menu(std::make_unique<QMenu>(tr("&Lens"), parent))
{
    m_menu->setObjectName(QStringLiteral("lensMenu"));
    m_menu->setToolTipsVisible(true);
    auto* group = new QActionGroup(this);
    group->addAction(addLens(Lens::None));
    m_menu->addSeparator();
    for (const Lens lens : allLenses)
        group->addAction(addLens(lens));
    m_actions.front()->setChecked(true);
}

LensMenu::~LensMenu() = default;

QAction* LensMenu::addLens(Lens lens)
{
    QAction* action = m_menu->addAction(wordsOf(lens));
    action->setObjectName(QStringLiteral("mapLens-") + toQString(toString(lens)));
    action->setCheckable(true);
    action->setData(static_cast<int>(lens));
    action->setProperty("nameAlone", tr("Lens: %1").arg(nameOf(lens)));
    connect(action, &QAction::triggered, this, [this, lens] { setLens(lens); });
    m_actions.push_back(action);
    return action;
}

MenuButton* LensMenu::makeButton(QWidget* bar)
{
    m_button = new MenuButton(m_menu.get(), bar,
                              [this] { return m_actions[static_cast<std::size_t>(m_lens)]; });
    m_button->setObjectName(QStringLiteral("mapLensButton"));
    setPlainToolTip(m_button, tr("Colour the cards by one question"));
    showChoice();
    return m_button;
}

QAction* LensMenu::menuAction() const
{
    return m_menu->menuAction();
}

void LensMenu::setLens(Lens lens)
{
    if (lens == m_lens)
        return;
    m_lens = lens;
    showChoice();
    emit lensChanged(lens);
}

void LensMenu::showChoice()
{
    for (QAction* action : m_actions)
        action->setChecked(action->data().toInt() == static_cast<int>(m_lens));
    if (!m_button)
        return;
    const QString title = nameOf(m_lens);
    m_button->setWords(m_lens == Lens::None ? tr("&Lens") : tr("&Lens: %1").arg(title),
                       tr("&Lens"));
    m_button->setAccessibleName(tr("Lens: %1").arg(title));
}

void LensMenu::putOn(Chart& chart)
{
    offer();
    const LensSources sources{m_session->map(), m_session->findings(), *m_session->estate(),
                              m_session->ownership(), m_session->drift()};
    portolan::putOn(chart, lensReading(m_lens, sources), sources.map);
}

void LensMenu::offer()
{
    const LensSources sources{m_session->map(), m_session->findings(), *m_session->estate(),
                              m_session->ownership(), m_session->drift()};
    for (QAction* action : m_actions) {
        const auto lens = static_cast<Lens>(action->data().toInt());
        const QString reason = toQString(whyEmpty(lens, sources));
        const QString words = wordsOf(lens);
        // The one that is on can be left alone: it says "not known".
        action->setEnabled(reason.isEmpty() || lens == m_lens);
        action->setText(reason.isEmpty() ? words : tr("%1 – %2").arg(words, reason));
        setPlainToolTip(action, reason.isEmpty() ? explanation(lens) : reason);
    }
}

}  // namespace portolan::ui
