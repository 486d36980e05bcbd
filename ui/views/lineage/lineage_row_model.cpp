// SPDX-License-Identifier: Apache-2.0
#include "ui/views/lineage/lineage_row_model.h"

#include "ui/base/text.h"

namespace portolan::ui {

void LineageRowModel::setRows(std::vector<LineageRow> rows)
{
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int LineageRowModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LineageRowModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LineageRowModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const LineageRow& row = m_rows[static_cast<std::size_t>(index.row())];
    const auto text = [role](const std::string& words) -> QVariant {
        return role == Qt::ToolTipRole ? plainToolTip(toQString(words)) : shown(words);
    };
    switch (index.column()) {
    case FromColumn:
        return text(role == Qt::ToolTipRole ? row.from.id : row.fromName);
    case ToColumn:
        return text(role == Qt::ToolTipRole ? row.to.id : row.toName);
    case JobColumn:
        return text(row.job);
    case KindColumn:
        if (row.kind.empty() || row.expression.empty())
            return text(row.kind + row.expression);
        return text(row.kind + ": " + row.expression);
    case PlaceColumn:
        return text(row.times > 1 ? row.place + " (" + std::to_string(row.times) + " times)"
                                  : row.place);
    default:
        return {};
    }
}

QVariant LineageRowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case FromColumn:
        return tr("From");
    case ToColumn:
        return tr("To");
    case JobColumn:
        return tr("Job");
    case KindColumn:
        return tr("How");
    case PlaceColumn:
        return tr("Evidence");
    default:
        return {};
    }
}

}  // namespace portolan::ui
