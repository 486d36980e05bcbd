// SPDX-License-Identifier: Apache-2.0
#include "ui/views/lineage/time_choice.h"

#include "ui/base/menu_button.h"
#include "ui/base/text.h"

#include <QAction>
#include <QActionGroup>
#include <QDateEdit>
#include <QDateTime>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>

#include <algorithm>

namespace portolan::ui {
namespace {

// More would not fit a screen; the older ones are reached by their date.
constexpr std::size_t importsListed = 25;

QString dateOf(const std::string& at)
{
    const QDateTime time = QDateTime::fromString(toQString(at), Qt::ISODate);
    return time.isValid() ? QLocale().toString(time.toLocalTime(), QLocale::ShortFormat)
                          : shown(at);
}

QString changeOf(const ImportRun& run)
{
    QStringList words;
    if (run.added > 0)
        words << TimeChoice::tr("added %1").arg(run.added);
    if (run.replaced > 0)
        words << TimeChoice::tr("replaced %1").arg(run.replaced);
    if (run.removed > 0)
        words << TimeChoice::tr("removed %1").arg(run.removed);
    return words.join(QStringLiteral(", "));
}

QAction* chosenOf(const QMenu* menu)
{
    const QList<QAction*> actions = menu->actions();
    const auto found = std::find_if(actions.begin(), actions.end(),
                                    [](const QAction* action) { return action->isChecked(); });
    return found == actions.end() ? nullptr : *found;
}

MenuButton* buttonOf(QMenu* menu, QWidget* parent, const char* name)
{
    auto* button = new MenuButton(menu, parent, [menu] { return chosenOf(menu); });
    button->setObjectName(QLatin1String(name));
    return button;
}

}  // namespace

TimeChoice::TimeChoice(QWidget* parent)
    : QWidget(parent), m_timeMenu(new QMenu(this)), m_compareMenu(new QMenu(this)),
      m_timeButton(buttonOf(m_timeMenu, this, "lineageTime")),
      m_compareButton(buttonOf(m_compareMenu, this, "lineageCompare"))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_timeButton);
    row->addWidget(m_compareButton);
    setFocusProxy(m_timeButton);
    refresh();
}

void TimeChoice::setImports(std::vector<ImportRun> imports)
{
    m_imports = std::move(imports);
    if (!isKnown(m_asOf))
        setAsOf({});
    if (!isKnown(m_compareWith))
        setCompareWith({});
    refresh();
}

void TimeChoice::setAsOf(const std::optional<AsOf>& time)
{
    if (m_asOf == time)
        return;
    m_asOf = time;
    refresh();
    emit asOfChanged(m_asOf);
}

void TimeChoice::setCompareWith(const std::optional<AsOf>& time)
{
    if (m_compareWith == time)
        return;
    m_compareWith = time;
    refresh();
    emit compareWithChanged(m_compareWith);
}

void TimeChoice::reset()
{
    setCompareWith({});
    setAsOf({});
}

bool TimeChoice::isKnown(const std::optional<AsOf>& time) const
{
    if (!time || time->import == 0)
        return !time || !m_imports.empty();
    return std::any_of(m_imports.begin(), m_imports.end(),
                       [&](const ImportRun& run) { return run.number == time->import; });
}

QString TimeChoice::wordsOf(const AsOf& time) const
{
    for (const ImportRun& run : m_imports) {
        if (run.number == time.import)
            return dateOf(run.at);
    }
    const QDate date = QDate::fromString(toQString(time.time), Qt::ISODate);
    return date.isValid() ? QLocale().toString(date, QLocale::ShortFormat) : shown(time.time);
}

void TimeChoice::refresh()
{
    fill(m_timeMenu, tr("&Now"), m_asOf, &TimeChoice::setAsOf);
    fill(m_compareMenu, tr("With &nothing"), m_compareWith, &TimeChoice::setCompareWith);
    m_timeButton->setText(m_asOf ? tr("As of %1").arg(wordsOf(*m_asOf)) : tr("Now"));
    m_compareButton->setText(m_compareWith ? tr("Compared with %1").arg(wordsOf(*m_compareWith))
                                           : tr("Compare with…"));
    m_timeButton->setAccessibleName(tr("Time of the lineage: %1").arg(m_timeButton->text()));
    m_compareButton->setAccessibleName(m_compareWith ? m_compareButton->text()
                                                     : tr("Compare the lineage with another time"));
    const bool hasHistory = !m_imports.empty();
    const QString why = hasHistory ? QString()
                                   : tr("Only a workspace remembers earlier imports: make one "
                                        "with File > New workspace.");
    for (MenuButton* button : {m_timeButton, m_compareButton}) {
        button->setEnabled(hasHistory);
        setPlainToolTip(button, why);
        button->setAccessibleDescription(why);
    }
}

void TimeChoice::fill(QMenu* menu, const QString& none, const std::optional<AsOf>& chosen,
                      Setter set)
{
    // The menu may be the one whose entry was chosen just now: its actions end after that.
    for (QAction* action : menu->actions()) {
        menu->removeAction(action);
        action->deleteLater();
    }
    delete menu->findChild<QActionGroup*>();
    auto* group = new QActionGroup(menu);
    const auto add = [&](const QString& text, const std::optional<AsOf>& time) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(chosen == time);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, set, time] { (this->*set)(time); });
    };
    add(none, {});
    menu->addSeparator();
    const std::size_t listed = std::min(m_imports.size(), importsListed);
    for (std::size_t i = 0; i < listed; ++i) {
        const ImportRun& run = m_imports[i];
        add(withoutMnemonics(tr("%1: %2").arg(dateOf(run.at), changeOf(run))),
            AsOf{run.number, {}});
    }
    menu->addSeparator();
    QAction* date = menu->addAction(tr("A &date…"));
    date->setCheckable(true);
    date->setChecked(chosen && chosen->import == 0);
    group->addAction(date);
    connect(date, &QAction::triggered, this, [this, set] { askForDate(set); });
}

void TimeChoice::askForDate(Setter set)
{
    refresh();  // what is marked stays what is looked at until a date is given
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("lineageDate"));
    dialog->setWindowTitle(tr("Lineage as of a date"));
    auto* date = new QDateEdit(m_lastDate.isValid() ? m_lastDate : QDate::currentDate(), dialog);
    date->setCalendarPopup(true);
    date->setAccessibleName(tr("Date"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, dialog);
    auto* form = new QFormLayout(dialog);
    form->addRow(tr("As it was at the &end of:"), date);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, [this, date, set] {
        m_lastDate = date->date();
        (this->*set)(AsOf{0, toStdString(m_lastDate.toString(Qt::ISODate))});
    });
    dialog->open();
}

}  // namespace portolan::ui
