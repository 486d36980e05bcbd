// SPDX-License-Identifier: Apache-2.0
#include "ui/views/import_report/report_model.h"

#include "ui/base/icons.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace portolan::ui {
namespace {

constexpr quintptr isGroup = ~quintptr(0);

Sign signOf(ReportKind kind)
{
    switch (kind) {
    case ReportKind::Error:
        return Sign::Error;
    case ReportKind::Warning:
    case ReportKind::Unresolved:
        return Sign::Warning;
    case ReportKind::Note:
        return Sign::Info;
    case ReportKind::Ignored:
    case ReportKind::Skipped:
        break;
    }
    return Sign::Unknown;
}

QString placeOf(const SourceSpan& span, bool isShort)
{
    if (isShort)
        return span.line > 0 ? ReportModel::tr("line %L1").arg(span.line) : QString();
    QString text = toQString(span.file);
    if (span.line > 0)
        text += QStringLiteral(":%1").arg(span.line);
    return shown(text);
}

// "2 errors, 14 ignored"
QString countWords(const ReportGroup& group)
{
    const QString words[] = {ReportModel::tr("errors"),  ReportModel::tr("warnings"),
                             ReportModel::tr("notes"),   ReportModel::tr("unresolved"),
                             ReportModel::tr("ignored"), ReportModel::tr("skipped")};
    const QString one[] = {ReportModel::tr("error"), ReportModel::tr("warning"),
                           ReportModel::tr("note")};
    QString text;
    for (std::size_t i = 0; i < reportKinds; ++i) {
        if (group.counts[i] > 0)
            text += (text.isEmpty() ? QString() : QStringLiteral(", ")) +
                    QStringLiteral("%L1 %2")
                        .arg(group.counts[i])
                        .arg(group.counts[i] == 1 && i < std::size(one) ? one[i] : words[i]);
    }
    return text;
}

}  // namespace

QString wordOf(ReportKind kind)
{
    const QString words[] = {ReportModel::tr("Error"),   ReportModel::tr("Warning"),
                             ReportModel::tr("Note"),    ReportModel::tr("Unresolved"),
                             ReportModel::tr("Ignored"), ReportModel::tr("Skipped")};
    return words[std::size_t(kind)];
}

void ReportModel::setReport(std::vector<ReportRow> rows, std::vector<ReportGroup> groups,
                            bool hasFiles)
{
    beginResetModel();
    m_hasFiles = hasFiles;
    m_rows = std::move(rows);
    m_groups = std::move(groups);
    endResetModel();
}

const ReportGroup* ReportModel::group(const QModelIndex& index) const
{
    const bool isOne = index.isValid() && index.internalId() == isGroup &&
                       std::size_t(index.row()) < m_groups.size();
    return isOne ? &m_groups[std::size_t(index.row())] : nullptr;
}

const ReportRow* ReportModel::row(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == isGroup)
        return nullptr;
    const ReportGroup& group = m_groups[index.internalId()];
    return &m_rows[group.rows[std::size_t(index.row())]];
}

QModelIndex ReportModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) : isGroup);
}

QModelIndex ReportModel::parent(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == isGroup)
        return {};
    return createIndex(int(index.internalId()), 0, isGroup);
}

int ReportModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    const ReportGroup* above = parent.column() == 0 ? group(parent) : nullptr;
    return above ? int(above->rows.size()) : 0;
}

int ReportModel::columnCount(const QModelIndex&) const
{
    return ColumnCount;
}

QVariant ReportModel::data(const QModelIndex& index, int role) const
{
    if (const ReportRow* here = row(index))
        return rowData(*here, index.column(), role);
    if (const ReportGroup* here = group(index))
        return groupData(*here, index.column(), role);
    return {};
}

QVariant ReportModel::groupData(const ReportGroup& group, int column, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    const QString title =
        shown(group.title.empty() ? toStdString(tr("Between sources")) : group.title);
    const QString counts = countWords(group);
    if (column != SubjectColumn)
        return {};
    QString text = title;
    for (const QString& part : {shown(group.summary), counts}) {
        if (!part.isEmpty())
            text += QStringLiteral("   ·   ") + part;
    }
    if (role == Qt::ToolTipRole)
        return plainToolTip(text);
    if (role == Qt::AccessibleTextRole && column == SubjectColumn)
        return counts.isEmpty() ? tr("%1, nothing to report").arg(title)
                                : QStringLiteral("%1, %2").arg(title, counts);
    return text;
}

QVariant ReportModel::rowData(const ReportRow& row, int column, int role) const
{
    const QString texts[] = {shown(row.subject), shown(row.message),
                             row.times > 1 ? QStringLiteral("%L1").arg(row.times) : QString(),
                             placeOf(row.where, m_hasFiles && row.where.file == row.source)};
    switch (role) {
    case Qt::DecorationRole:
        return column == SubjectColumn ? QVariant(iconOf(signOf(row.kind))) : QVariant();
    case Qt::TextAlignmentRole:
        return column == TimesColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::AccessibleTextRole:
        return column == SubjectColumn
                   ? QStringLiteral("%1: %2").arg(wordOf(row.kind), texts[column])
                   : texts[column];
    case Qt::ToolTipRole:
        return plainToolTip(column == SubjectColumn
                                ? QStringLiteral("%1: %2").arg(wordOf(row.kind), texts[column])
                                : texts[column]);
    case Qt::DisplayRole:
        return texts[column];
    default:
        return {};
    }
}

QVariant ReportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Source and subject"), tr("What was found"), tr("Times"),
                              tr("Place")};
    return titles[section];
}

}  // namespace portolan::ui
