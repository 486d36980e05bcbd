// SPDX-License-Identifier: Apache-2.0
#include "ui/problems/history_model.h"

#include "ui/base/icons.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/session/session.h"

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QUndoStack>

namespace portolan::ui {
namespace {

// Keeps the steps in one line with the one that has a sign.
QIcon blankIcon()
{
    QPixmap blank(16, 16);
    blank.fill(Qt::transparent);
    return blank;
}

}  // namespace

HistoryModel::HistoryModel(Session* session, QObject* parent)
    : QAbstractTableModel(parent), m_session(session)
{
    const QUndoStack* undo = session->undoStack();
    connect(undo, &QUndoStack::indexChanged, this, &HistoryModel::refresh);
    connect(undo, &QUndoStack::cleanChanged, this, &HistoryModel::refresh);
    connect(session, &Session::mapOpened, this, &HistoryModel::refresh);
    connect(session, &Session::savedAs, this, &HistoryModel::refresh);
    refresh();
}

void HistoryModel::refresh()
{
    beginResetModel();
    m_rows = m_session->document() ? m_session->undoStack()->count() + 1 : 0;
    endResetModel();
}

int HistoryModel::present() const
{
    return m_rows > 0 ? m_session->undoStack()->index() : -1;
}

void HistoryModel::goTo(const QModelIndex& step)
{
    if (step.isValid() && step.row() < m_rows)
        m_session->undoStack()->setIndex(step.row());
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int HistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString HistoryModel::step(int row) const
{
    if (row > 0)
        return shown(m_session->undoStack()->text(row - 1));
    return m_session->mapPath().isEmpty() ? tr("New map") : tr("As opened");
}

QString HistoryModel::state(int row) const
{
    QStringList words;
    if (row == present())
        words << tr("the map stands here");
    if (row > present())
        words << tr("undone");
    if (row == m_session->undoStack()->cleanIndex() && !m_session->mapPath().isEmpty())
        words << tr("saved");
    return words.join(QStringLiteral(", "));
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows)
        return {};
    const bool isStep = index.column() == StepColumn;
    const bool isPresent = index.row() == present();
    if (role == Qt::DisplayRole)
        return isStep ? step(index.row()) : state(index.row());
    if (role == Qt::ToolTipRole)
        return plainToolTip(isStep ? step(index.row()) : state(index.row()));
    if (role == Qt::AccessibleTextRole && isStep) {
        const QString words = state(index.row());
        return words.isEmpty() ? step(index.row())
                               : step(index.row()) + QStringLiteral(", ") + words;
    }
    if (role == Qt::DecorationRole && isStep)
        return isPresent ? iconOf(Sign::ChevronRight) : blankIcon();
    if (role == Qt::ForegroundRole && index.row() > present())
        return currentTheme().muted;
    return {};
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == StepColumn ? tr("Step") : tr("State");
}

}  // namespace portolan::ui
