// SPDX-License-Identifier: Apache-2.0
#include "ui/views/comparison/comparison_model.h"

#include "ui/base/text.h"

namespace portolan::ui {
namespace {

// The internal id of a kind of change; that of a thing is the number of its kind.
constexpr quintptr isGroup = ~quintptr(0);

QString detailsOf(const ComparisonRow& row, const QString& between)
{
    QStringList details;
    for (const std::string& detail : row.details)
        details << shown(detail);
    return details.join(between);
}

}  // namespace

QString wordsOfChange(ChartChange change)
{
    switch (change) {
    case ChartChange::Added:
        return ComparisonModel::tr("Added");
    case ChartChange::Removed:
        return ComparisonModel::tr("Removed");
    case ChartChange::Changed:
        return ComparisonModel::tr("Changed");
    case ChartChange::Renamed:
        return ComparisonModel::tr("Renamed");
    case ChartChange::Moved:
        return ComparisonModel::tr("Moved");
    case ChartChange::None:
    case ChartChange::Same:
        break;
    }
    return {};
}

void ComparisonModel::setRows(std::vector<ComparisonRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    group();
    endResetModel();
}

void ComparisonModel::setHidden(std::set<ChartChange> hidden)
{
    beginResetModel();
    m_hidden = std::move(hidden);
    group();
    endResetModel();
}

// The rows are in the order of their changes.
void ComparisonModel::group()
{
    m_groups.clear();
    for (std::size_t number = 0; number < m_rows.size(); ++number) {
        const ChartChange change = m_rows[number].change;
        if (m_hidden.contains(change))
            continue;
        if (m_groups.empty() || m_groups.back().change != change)
            m_groups.push_back({change, {}});
        m_groups.back().rows.push_back(number);
    }
}

std::vector<ComparisonRow> ComparisonModel::rowsInSight() const
{
    std::vector<ComparisonRow> rows;
    for (const Group& group : m_groups)
        for (const std::size_t number : group.rows)
            rows.push_back(m_rows[number]);
    return rows;
}

const ComparisonRow* ComparisonModel::row(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == isGroup)
        return nullptr;
    return &m_rows[m_groups[index.internalId()].rows[static_cast<std::size_t>(index.row())]];
}

QModelIndex ComparisonModel::indexOf(const EntityRef& onChart) const
{
    for (std::size_t group = 0; group < m_groups.size(); ++group)
        for (std::size_t i = 0; i < m_groups[group].rows.size(); ++i)
            if (m_rows[m_groups[group].rows[i]].onChart == onChart)
                return createIndex(static_cast<int>(i), 0, group);
    return {};
}

QModelIndex ComparisonModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) : isGroup);
}

QModelIndex ComparisonModel::parent(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == isGroup)
        return {};
    return createIndex(static_cast<int>(index.internalId()), 0, isGroup);
}

int ComparisonModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != isGroup || parent.column() > 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].rows.size());
}

int ComparisonModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant ComparisonModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const ComparisonRow* thing = row(index);
    if (!thing) {
        const Group& group = m_groups[static_cast<std::size_t>(index.row())];
        if (role == Qt::DisplayRole && index.column() == ThingColumn)
            return QStringLiteral("%1 %2 %L3")
                .arg(toQString(signOfChange(group.change)), wordsOfChange(group.change))
                .arg(qsizetype(group.rows.size()));
        return {};
    }
    const QString name =
        QStringLiteral("%1, %2").arg(shown(thing->name, 200), shown(thing->kind, 40));
    if (role == Qt::DisplayRole)
        return index.column() == ThingColumn ? name : detailsOf(*thing, QStringLiteral("; "));
    if (role == Qt::ToolTipRole && !thing->details.empty())
        return plainToolTip(name + u'\n' + detailsOf(*thing, QStringLiteral("\n")));
    if (role == Qt::AccessibleTextRole && index.column() == ThingColumn)
        return QStringLiteral("%1, %2 %3")
            .arg(name, wordsOfChange(thing->change).toLower(),
                 detailsOf(*thing, QStringLiteral("; ")));
    return {};
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == ThingColumn ? tr("Thing") : tr("What changed");
}

}  // namespace portolan::ui
