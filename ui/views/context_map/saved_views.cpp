// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/saved_views.h"

#include "model/map/edits.h"

#include "ui/base/menu_button.h"
#include "ui/base/text.h"
#include "ui/session/session.h"

#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenu>

namespace portolan::ui {
namespace {

constexpr int mostNameLetters = 60;

QString menuName(const std::string& name)
{
    return withoutMnemonics(shown(name, mostNameLetters));
}

bool isSamePicture(const SavedView& a, const SavedView& b)
{
    return a.filter == b.filter && a.only == b.only && a.hidden == b.hidden &&
           a.collapsed == b.collapsed && a.focus == b.focus && a.depth == b.depth &&
           a.direction == b.direction && a.show == b.show && a.lens == b.lens &&
           a.placement == b.placement;
}

}  // namespace

SavedViews::SavedViews(Session* session, Picture picture, QWidget* parent)
    : QObject(parent), m_session(session), m_picture(std::move(picture)), m_parent(parent),
      m_menu(std::make_unique<QMenu>())
{
    m_menu->setTitle(tr("Saved &views"));
    m_menu->setObjectName(QStringLiteral("savedViewsMenu"));
    m_menu->menuAction()->setObjectName(QStringLiteral("mapSavedViews"));
    connect(m_menu.get(), &QMenu::aboutToShow, this, &SavedViews::fill);
    connect(m_session, &Session::mapChanged, this, &SavedViews::update);
}

SavedViews::~SavedViews() = default;

MenuButton* SavedViews::makeButton(QWidget* bar)
{
    m_button = new MenuButton(m_menu.get(), bar);
    m_button->setObjectName(QStringLiteral("savedViewsButton"));
    update();
    return m_button;
}

QAction* SavedViews::menuAction() const
{
    return m_menu->menuAction();
}

const SavedView* SavedViews::openView() const
{
    return m_open.isEmpty() ? nullptr : m_session->map().view(m_open);
}

bool SavedViews::isChanged() const
{
    const SavedView* open = openView();
    return open && !isSamePicture(*open, m_picture.taken());
}

bool SavedViews::show(const ViewId& id)
{
    const SavedView* view = m_session->map().view(id);
    if (!view)
        return false;
    const SavedView wanted = *view;  // the map may be read anew on the way
    m_open = id;
    m_picture.put(wanted);
    update();
    emit opened(shown(wanted.name, mostNameLetters));
    return true;
}

void SavedViews::leave()
{
    m_open = {};
    update();
}

void SavedViews::update()
{
    if (!openView())
        m_open = {};
    if (!m_button)
        return;
    const SavedView* open = openView();
    const QString name = open ? menuName(open->name) : QString();
    const QString words = !open         ? tr("Views")
                          : isChanged() ? tr("View: %1, changed").arg(name)
                                        : tr("View: %1").arg(name);
    m_button->setWords(words, tr("Views"));
    m_button->setAccessibleName(words);
    setPlainToolTip(m_button, tr("Saved views: open one, or save what is shown"));
}

// ---- the menu

void SavedViews::fill()
{
    m_menu->clear();
    auto* group = new QActionGroup(m_menu.get());
    QAction* whole = m_menu->addAction(tr("The &whole map"), this, [this] {
        m_open = {};
        m_picture.put({});
        update();
    });
    whole->setObjectName(QStringLiteral("viewWhole"));
    whole->setCheckable(true);
    whole->setChecked(!openView());
    group->addAction(whole);
    for (const SavedView& view : m_session->map().views) {
        QAction* action =
            m_menu->addAction(menuName(view.name), this, [this, id = view.id] { show(id); });
        action->setObjectName(QStringLiteral("view-") + toQString(view.id.text));
        action->setCheckable(true);
        action->setChecked(view.id == m_open);
        setPlainToolTip(action, shown(view.description, 300));
        group->addAction(action);
    }
    m_menu->addSeparator();
    addKeeping();
}

void SavedViews::addKeeping()
{
    const auto add = [this](const QString& text, const char* name, bool isOffered,
                            void (SavedViews::*slot)()) {
        QAction* action = m_menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setEnabled(isOffered);
        connect(action, &QAction::triggered, this, slot);
    };
    const bool hasMap = m_session->document() != nullptr;
    const SavedView* open = openView();
    const QString name = open ? menuName(open->name) : QString();
    add(tr("&Save what is shown as a view…"), "viewSaveAs", hasMap, &SavedViews::saveAs);
    if (open) {
        add(tr("Save the changes to %1").arg(name), "viewSaveOver", isChanged(),
            &SavedViews::saveOver);
        add(tr("&Rename %1…").arg(name), "viewRename", true, &SavedViews::rename);
        add(tr("Remove the view %1").arg(name), "viewRemove", true, &SavedViews::remove);
    }
    m_menu->addSeparator();
    add(tr("&Copy what is shown, in words"), "viewCopyWords", hasMap, &SavedViews::copyWords);
}

void SavedViews::askName(const QString& title, const QString& name,
                         std::function<void(std::string)> run)
{
    auto* dialog = new QInputDialog(m_parent);
    dialog->setObjectName(QStringLiteral("viewNameDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(tr("Name of the view:"));
    dialog->setTextValue(name);
    connect(dialog, &QInputDialog::textValueSelected, this,
            [run = std::move(run)](const QString& text) { run(toStdString(text)); });
    dialog->open();
}

void SavedViews::saveAs()
{
    askName(tr("Save view"), QString(), [this](const std::string& name) {
        if (!m_session->document())
            return;
        SavedView view = m_picture.taken();
        view.name = name;
        const std::string id = m_session->apply(addView(*m_session->document(), view));
        if (id.empty())
            return;
        m_open = ViewId(id);
        update();
    });
}

void SavedViews::saveOver()
{
    const SavedView* open = openView();
    if (!open || !m_session->document())
        return;
    SavedView view = m_picture.taken();
    view.name = open->name;
    view.description = open->description;
    m_session->apply(changeView(*m_session->document(), m_open, view));
    update();
}

void SavedViews::rename()
{
    const SavedView* open = openView();
    if (!open)
        return;
    askName(tr("Rename view"), shown(open->name), [this, id = m_open](const std::string& name) {
        const SavedView* now = m_session->map().view(id);
        if (!now || !m_session->document())
            return;
        SavedView view = *now;
        view.name = name;
        m_session->apply(changeView(*m_session->document(), id, view));
        update();
    });
}

void SavedViews::remove()
{
    if (!m_session->document() || !openView())
        return;
    m_session->apply(removeView(*m_session->document(), m_open));
    leave();
}

void SavedViews::copyWords()
{
    QGuiApplication::clipboard()->setText(m_picture.words());
    m_session->raiseMessage(tr("Copied what is shown, in words."));
}

}  // namespace portolan::ui
