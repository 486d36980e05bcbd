// SPDX-License-Identifier: Apache-2.0
// Flows of data as a table: from, to, by which job, how, and where that is said.
#pragma once

#include "model/chart/lineage_table.h"

#include <QAbstractTableModel>

#include <vector>

namespace portolan::ui {

class LineageRowModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { FromColumn, ToColumn, JobColumn, KindColumn, PlaceColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<LineageRow> rows);
    const std::vector<LineageRow>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    std::vector<LineageRow> m_rows;
};

}  // namespace portolan::ui
