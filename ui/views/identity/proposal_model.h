// SPDX-License-Identifier: Apache-2.0
// Proposals and decisions as a table: how sure, the two things, why, and how many it is about.
#pragma once

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace portolan::ui {

struct ProposalRow {
    int confidence = -1;   // per cent; below 0: a decision, not a proposal
    std::string decision;  // of a decision: what was decided, in words
    std::string one;
    std::string other;
    std::string reason;
    std::vector<std::string> members;  // what it is about, a line each
};

class ProposalModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { SureColumn, OneColumn, OtherColumn, CountColumn, ReasonColumn, ColumnCount };
    static constexpr int SortRole = Qt::UserRole;

    ProposalModel(QString oneTitle, QString otherTitle, QObject* parent = nullptr);

    void setRows(std::vector<ProposalRow> rows);
    const std::vector<ProposalRow>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QString m_oneTitle;
    QString m_otherTitle;
    std::vector<ProposalRow> m_rows;
};

}  // namespace portolan::ui
