// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/chart_table_model.h"

#include "ui/base/text.h"

namespace portolan::ui {

void ChartTableModel::setTable(ChartTable table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int ChartTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QVariant ChartTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const QString text = shown(m_table.rows[static_cast<std::size_t>(index.row())]
                                   .cells[static_cast<std::size_t>(index.column())]);
    return role == Qt::ToolTipRole ? plainToolTip(text) : text;
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    return toQString(m_table.columns[static_cast<std::size_t>(section)]);
}

}  // namespace portolan::ui
