// SPDX-License-Identifier: Apache-2.0
// The report's groups and rows as a tree of two levels for a tree view.
#pragma once

#include "ui/views/import_report/report_rows.h"

#include <QAbstractItemModel>

namespace portolan::ui {

class ReportModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Column { SubjectColumn, MessageColumn, TimesColumn, PlaceColumn, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    // `hasFiles`: the groups are files, so that rows say their line only.
    void setReport(std::vector<ReportRow> rows, std::vector<ReportGroup> groups, bool hasFiles);
    const ReportRow* row(const QModelIndex& index) const;      // null for a group
    const ReportGroup* group(const QModelIndex& index) const;  // null for a row

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QVariant groupData(const ReportGroup& group, int column, int role) const;
    QVariant rowData(const ReportRow& row, int column, int role) const;

    std::vector<ReportRow> m_rows;
    std::vector<ReportGroup> m_groups;
    bool m_hasFiles = true;
};

QString wordOf(ReportKind kind);  // "Error", "Ignored" ...

}  // namespace portolan::ui
