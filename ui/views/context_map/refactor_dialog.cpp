// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/refactor_dialog.h"

#include "model/map/edit_effect.h"

#include "ui/base/plain_label.h"
#include "ui/base/style.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/session/session.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <set>
#include <utility>

namespace portolan::ui {
namespace {

constexpr int dialogWidth = 480;
constexpr int mostRows = 9;
constexpr int longestName = 400;
constexpr int idRole = Qt::UserRole;
constexpr int groupRole = Qt::UserRole + 1;

std::pair<QString, QString> keyOf(const QListWidgetItem& item)
{
    return {item.data(groupRole).toString(), item.data(idRole).toString()};
}

bool holds(const QListWidget& list, const std::vector<RefactorOption>& options)
{
    if (list.count() != static_cast<int>(options.size()))
        return false;
    int row = 0;
    return std::all_of(options.begin(), options.end(), [&](const RefactorOption& option) {
        return keyOf(*list.item(row++)) == std::pair(toQString(option.group), toQString(option.id));
    });
}

}  // namespace

RefactorDialog::RefactorDialog(Session* session, const QString& title, const QString& doIt,
                               QWidget* parent)
    : QDialog(parent), m_session(session)
{
    setObjectName(QStringLiteral("refactorDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    layout->setSizeConstraint(QLayout::SetMinimumSize);
    m_form = new QFormLayout;
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    layout->addLayout(m_form, 1);
    m_preview = new PlainLabel(this);
    m_preview->setObjectName(QStringLiteral("refactorPreview"));
    m_preview->setWordWrap(true);
    m_preview->setMinimumWidth(qRound(dialogWidth * textScale()));
    m_preview->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_preview->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(m_preview);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setObjectName(QStringLiteral("refactorOk"));
    m_ok->setText(doIt);
    makePrimary(m_ok);
    m_ok->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("&Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &RefactorDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    // What was chosen here is of the map as it was when it was asked.
    connect(session, &Session::mapOpened, this, &QDialog::reject);
    connect(session, &Session::mapChanged, this, &RefactorDialog::refresh);
}

void RefactorDialog::addRow(const QString& label, QWidget* field)
{
    auto* words = new PlainLabel(withoutMnemonics(shown(label, 200)), this);
    words->setMuted(true);
    words->setBuddy(field);
    field->setAccessibleName(shown(label, 200));
    m_form->addRow(words, field);
    m_fields.push_back(field);
}

QLineEdit* RefactorDialog::addName(const QString& label, const QString& objectName,
                                   const QString& value)
{
    auto* name = new QLineEdit(value, this);
    name->setObjectName(objectName);
    name->setMaxLength(longestName);
    addRow(label, name);
    connect(name, &QLineEdit::textChanged, this, &RefactorDialog::refresh);
    return name;
}

QComboBox* RefactorDialog::addChoice(const QString& label, const QString& objectName,
                                     const std::vector<RefactorOption>& options)
{
    auto* choice = new QComboBox(this);
    choice->setObjectName(objectName);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(20);
    for (const RefactorOption& option : options) {
        choice->addItem(shown(option.text, 100), toQString(option.id));
        if (option.isChecked)
            choice->setCurrentIndex(choice->count() - 1);
    }
    addRow(label, choice);
    connect(choice, &QComboBox::currentIndexChanged, this, &RefactorDialog::refresh);
    return choice;
}

QListWidget* RefactorDialog::addChecks(const QString& label, const QString& objectName,
                                       const std::vector<RefactorOption>& options)
{
    auto* list = new QListWidget(this);
    list->setObjectName(objectName);
    list->setUniformItemSizes(true);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    addRow(label, list);
    setOptions(list, options);
    connect(list, &QListWidget::itemChanged, this, &RefactorDialog::refresh);
    return list;
}

void RefactorDialog::setOptions(QListWidget* list, const std::vector<RefactorOption>& options)
{
    if (holds(*list, options) && !options.empty())
        return;
    std::set<std::pair<QString, QString>> wasChecked;
    for (int row = 0; row < list->count(); ++row) {
        if (list->item(row)->checkState() == Qt::Checked)
            wasChecked.insert(keyOf(*list->item(row)));
    }
    const bool wasRefreshing = std::exchange(m_isRefreshing, true);
    list->clear();
    for (const RefactorOption& option : options) {
        auto* item = new QListWidgetItem(shown(option.text, 300), list);
        item->setData(idRole, toQString(option.id));
        item->setData(groupRole, toQString(option.group));
        item->setData(Qt::ToolTipRole, plainToolTip(shown(option.text, 1000)));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        const bool isKept = wasChecked.count(keyOf(*item)) > 0;
        item->setCheckState(option.isChecked || isKept ? Qt::Checked : Qt::Unchecked);
    }
    m_isRefreshing = wasRefreshing;
    if (!options.empty())
        list->setCurrentRow(0);
    const int rows = std::clamp(list->count(), 1, mostRows);
    list->setFixedHeight(rows * std::max(list->sizeHintForRow(0), 1) + 2 * list->frameWidth());
    list->setHidden(options.empty());
    if (QWidget* label = m_form->labelForField(list))
        label->setHidden(options.empty());
}

std::string RefactorDialog::chosen(const QComboBox* choice)
{
    return toStdString(choice->currentData().toString());
}

std::vector<std::string> RefactorDialog::checked(const QListWidget* list, const std::string& group)
{
    std::vector<std::string> ids;
    for (int row = 0; row < list->count(); ++row) {
        const QListWidgetItem& item = *list->item(row);
        if (item.checkState() == Qt::Checked &&
            toStdString(item.data(groupRole).toString()) == group)
            ids.push_back(toStdString(item.data(idRole).toString()));
    }
    return ids;
}

void RefactorDialog::ask(Make make)
{
    m_make = std::move(make);
    refresh();
    // The foot was made first, and comes last.
    QWidget* last = nullptr;
    for (QWidget* next : m_fields) {
        if (last)
            setTabOrder(last, next);
        last = next;
    }
    setTabOrder(last, m_preview);
    setTabOrder(m_preview, m_ok);
    open();
    m_fields.front()->setFocus(Qt::OtherFocusReason);
}

void RefactorDialog::refresh()
{
    if (!m_make || m_isRefreshing || !m_session || !m_session->document())
        return;
    m_isRefreshing = true;
    if (m_follow)
        m_follow();
    m_isRefreshing = false;
    const MapDocument& document = *m_session->document();
    const Result<Edit> edit = m_make(document);
    const QString text =
        edit ? tr("%1. %2").arg(toQString(edit->name), toQString(effectInWords(document, *edit)))
             : toQString(edit.error().message);
    m_preview->setFullText(shown(text, 1000));
    // Its change is told to screen readers by Qt.
    m_preview->setAccessibleName(
        (edit ? tr("What will happen: %1") : tr("Not possible: %1")).arg(shown(text, 1000)));
    fitPreview();
    m_ok->setEnabled(edit.has_value());
    const QString reason = edit ? QString() : shown(text, 1000);
    setPlainToolTip(m_ok, reason);
    m_ok->setAccessibleDescription(reason);
}

// Three lines at least, so that the buttons mostly stay in place; all of a longer text.
void RefactorDialog::fitPreview()
{
    const int width = std::max(m_preview->width(), m_preview->minimumWidth());
    m_preview->setMinimumHeight(
        std::max(3 * fontMetrics().lineSpacing(), m_preview->heightForWidth(width)));
}

void RefactorDialog::resizeEvent(QResizeEvent* event)
{
    QDialog::resizeEvent(event);
    fitPreview();
}

void RefactorDialog::accept()
{
    if (!m_session || !m_session->document() || !m_make)
        return;
    const Result<Edit> edit = m_make(*m_session->document());
    if (!edit) {
        refresh();
        return;
    }
    QDialog::accept();
    if (m_session->apply(edit))
        m_session->raiseMessage(tr("Done: %1. Undo takes it back.").arg(shown(edit->name, 300)));
}

}  // namespace portolan::ui
