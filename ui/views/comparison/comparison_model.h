// SPDX-License-Identifier: Apache-2.0
// What differs between two maps, as a tree: kinds of change, things, and what is otherwise in each.
#pragma once

#include "model/chart/comparison_chart.h"

#include <QAbstractItemModel>

#include <set>
#include <vector>

namespace portolan::ui {

class ComparisonModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { ThingColumn, ChangeColumn, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    void setRows(std::vector<ComparisonRow> rows);
    void setHidden(std::set<ChartChange> hidden);  // kinds of change that are not listed
    const std::vector<ComparisonRow>& rows() const { return m_rows; }
    std::vector<ComparisonRow> rowsInSight() const;

    const ComparisonRow* row(const QModelIndex& index) const;  // null for a kind of change
    QModelIndex indexOf(const EntityRef& onChart) const;       // the first that is seen there

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    struct Group {
        ChartChange change = ChartChange::Changed;
        std::vector<std::size_t> rows;
    };

    void group();

    std::vector<ComparisonRow> m_rows;
    std::set<ChartChange> m_hidden;
    std::vector<Group> m_groups;
};

QString wordsOfChange(ChartChange change);  // "Added" ...

}  // namespace portolan::ui
