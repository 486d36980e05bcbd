// SPDX-License-Identifier: Apache-2.0
// Problems or findings as a table: severity, rule, subject, what was found, where, and for findings a link to their fixes. Thin: one
// setRows, sorting by SortRole.
#pragma once

#include "ui/problems/problem_rows.h"

#include <QAbstractTableModel>

namespace portolan::ui {

class ProblemModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        SeverityColumn,
        RuleColumn,
        SubjectColumn,
        MessageColumn,
        PlaceColumn,
        FixColumn,  // of findings only
        ColumnCount
    };
    static constexpr int SortRole = Qt::UserRole;

    enum class Kind { Problems, Findings };

    explicit ProblemModel(QObject* parent = nullptr, Kind kind = Kind::Problems);

    void setRows(std::vector<ProblemRow> rows);
    const ProblemRow* row(const QModelIndex& index) const;  // null for an invalid index

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    Kind m_kind;
    std::vector<ProblemRow> m_rows;
};

class ImportModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<ImportRow> rows);
    const ImportRow* row(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    std::vector<ImportRow> m_rows;
};

}  // namespace portolan::ui
