// SPDX-License-Identifier: Apache-2.0
#include "ui/views/identity/proposal_model.h"

#include "ui/base/text.h"

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr std::size_t membersInToolTip = 20;

QString membersOf(const ProposalRow& row)
{
    QString text;
    for (std::size_t i = 0; i < std::min(row.members.size(), membersInToolTip); ++i)
        text += (i == 0 ? QString() : QStringLiteral("\n")) + toQString(row.members[i]);
    if (row.members.size() > membersInToolTip)
        text += QStringLiteral("\n") +
                ProposalModel::tr("and %L1 more").arg(row.members.size() - membersInToolTip);
    return text;
}

}  // namespace

ProposalModel::ProposalModel(QString oneTitle, QString otherTitle, QObject* parent)
    : QAbstractTableModel(parent), m_oneTitle(std::move(oneTitle)),
      m_otherTitle(std::move(otherTitle))
{
}

void ProposalModel::setRows(std::vector<ProposalRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int ProposalModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ProposalModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProposalModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_rows.size())
        return {};
    const ProposalRow& row = m_rows[std::size_t(index.row())];
    if (role == SortRole && index.column() == SureColumn && row.confidence >= 0)
        return row.confidence;
    if (role == SortRole && index.column() == CountColumn)
        return qulonglong(row.members.size());
    const QString texts[] = {row.confidence >= 0 ? QStringLiteral("%1 %").arg(row.confidence)
                                                 : shown(row.decision),
                             shown(row.one), shown(row.other),
                             QStringLiteral("%L1").arg(row.members.size()), shown(row.reason)};
    switch (role) {
    case Qt::DisplayRole:
    case SortRole:
        return texts[index.column()];
    case Qt::ToolTipRole:
        return plainToolTip(index.column() == CountColumn ? membersOf(row) : texts[index.column()]);
    case Qt::TextAlignmentRole:
        return index.column() == CountColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                             : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == OneColumn && !row.other.empty()
                   ? tr("%1 and %2, %3")
                         .arg(texts[OneColumn], texts[OtherColumn], texts[SureColumn])
                   : texts[index.column()];
    default:
        return {};
    }
}

QVariant ProposalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Sure"), m_oneTitle, m_otherTitle, tr("Things"), tr("Why")};
    return titles[section];
}

}  // namespace portolan::ui
