// SPDX-License-Identifier: Apache-2.0
#include "ui/problems/problem_model.h"

#include "ui/base/icons.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QColor>
#include <QFont>

namespace portolan::ui {
namespace {

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return ProblemModel::tr("Error");
    case Severity::Warning:
        return ProblemModel::tr("Warning");
    case Severity::Note:
        break;
    }
    return ProblemModel::tr("Note");
}

// Looks like the link that it is.
QVariant fixLink(int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case ProblemModel::SortRole:
        return ProblemModel::tr("Fix…");
    case Qt::ToolTipRole:
        return plainToolTip(ProblemModel::tr("Choose a fix (Ctrl+.)"));
    case Qt::ForegroundRole:
        return currentTheme().accent;
    case Qt::FontRole: {
        QFont font = fontOf(FontRole::Body);
        font.setUnderline(true);
        return font;
    }
    default:
        return {};
    }
}

QString wholeText(const ProblemRow& row)
{
    return toQString(row.mend.empty() ? row.message : row.message + "\n" + row.mend);
}

}  // namespace

ProblemModel::ProblemModel(QObject* parent, Kind kind) : QAbstractTableModel(parent), m_kind(kind)
{
}

void ProblemModel::setRows(std::vector<ProblemRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const ProblemRow* ProblemModel::row(const QModelIndex& index) const
{
    const auto number = static_cast<std::size_t>(index.row());
    return index.isValid() && number < m_rows.size() ? &m_rows[number] : nullptr;
}

int ProblemModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ProblemModel::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return m_kind == Kind::Findings ? ColumnCount : FixColumn;
}

QVariant ProblemModel::data(const QModelIndex& index, int role) const
{
    const ProblemRow* here = row(index);
    if (!here)
        return {};
    if (index.column() == FixColumn)
        return here->finding ? fixLink(role) : QVariant();
    if (role == Qt::ToolTipRole)
        return plainToolTip(wholeText(*here));
    if (role == Qt::DecorationRole && index.column() == SeverityColumn)
        return iconOf(signOf(here->severity));
    if (role == SortRole && index.column() == SeverityColumn)
        return -static_cast<int>(here->severity);
    if (role == Qt::AccessibleTextRole && index.column() == MessageColumn)
        return shown(wholeText(*here));
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    switch (index.column()) {
    case SeverityColumn:
        return severityWord(here->severity);
    case RuleColumn:
        return shown(here->rule);
    case SubjectColumn:
        return shown(here->subject);
    case MessageColumn:
        return shown(here->message);
    case PlaceColumn:
        return shown(here->place());
    default:
        return {};
    }
}

QVariant ProblemModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SeverityColumn:
        return tr("Severity");
    case RuleColumn:
        return tr("Rule");
    case SubjectColumn:
        return tr("Subject");
    case MessageColumn:
        return tr("What was found");
    case PlaceColumn:
        return tr("Evidence");
    case FixColumn:
        return tr("Fix");
    default:
        return {};
    }
}

void ImportModel::setRows(std::vector<ImportRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const ImportRow* ImportModel::row(const QModelIndex& index) const
{
    const auto number = static_cast<std::size_t>(index.row());
    return index.isValid() && number < m_rows.size() ? &m_rows[number] : nullptr;
}

int ImportModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ImportModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 5;
}

QVariant ImportModel::data(const QModelIndex& index, int role) const
{
    const ImportRow* here = row(index);
    if (!here || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const QString texts[] = {shown(here->path), shown(here->format), shown(here->content),
                             here->problems == 0 ? tr("none") : QString::number(here->problems),
                             shown(here->importedAt)};
    const QString& text = texts[index.column()];
    return role == Qt::ToolTipRole ? plainToolTip(text) : text;
}

QVariant ImportModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Source"), tr("Format"), tr("What it holds"), tr("Problems"),
                              tr("Imported")};
    return titles[section];
}

}  // namespace portolan::ui
