// SPDX-License-Identifier: Apache-2.0
#include "ui/explorer/explorer_model.h"

#include "ui/base/text.h"

namespace portolan::ui {
namespace {

// A long list grows by so many rows as it is scrolled, so that neither the view nor a screen reader walks all of it at once.
constexpr std::size_t page = 500;

bool canBeRenamed(const ExplorerRow& row)
{
    if (row.isObserved)
        return false;
    switch (row.sign) {
    case ExplorerSign::Domain:
    case ExplorerSign::Context:
    case ExplorerSign::BigBallOfMud:
    case ExplorerSign::Product:
    case ExplorerSign::Term:
    case ExplorerSign::Team:
        return true;
    default:
        return false;
    }
}

QString signName(const ExplorerRow& row)
{
    switch (row.sign) {
    case ExplorerSign::BigBallOfMud:
        return ExplorerModel::tr("big ball of mud");
    case ExplorerSign::Group:
    case ExplorerSign::More:
        return {};
    default:
        return row.entity ? toQString(toString(row.entity->kind)) : QString();
    }
}

QString findingsInWords(const ExplorerRow& row)
{
    switch (row.worst) {
    case Severity::Error:
        return ExplorerModel::tr("%n error(s)", nullptr, row.findings);
    case Severity::Warning:
        return ExplorerModel::tr("%n warning(s)", nullptr, row.findings);
    case Severity::Note:
        break;
    }
    return ExplorerModel::tr("%n note(s)", nullptr, row.findings);
}

QString inWords(const ExplorerRow& row)
{
    QStringList words = {shown(row.name)};
    if (!signName(row).isEmpty())
        words << signName(row);
    if (!row.detail.empty())
        words << shown(row.detail);
    if (row.findings > 0)
        words << findingsInWords(row);
    return words.join(QStringLiteral(", "));
}

}  // namespace

struct ExplorerModel::Node {
    ExplorerRow row;
    Node* parent = nullptr;
    int number = 0;
    std::vector<std::unique_ptr<Node>> children;
    std::vector<ExplorerRow> waiting;  // made, but not yet shown; from the end
    bool isMade = false;

    explicit Node(ExplorerRow made) : row(std::move(made))
    {
        if (row.makeChildren)
            return;
        adopt(std::move(row.children));
        row.children.clear();
    }

    void adopt(std::vector<ExplorerRow> rows)
    {
        isMade = true;
        if (rows.size() <= page) {
            for (ExplorerRow& made : rows)
                add(std::move(made));
            return;
        }
        waiting.assign(std::make_move_iterator(rows.rbegin()),
                       std::make_move_iterator(rows.rend()));
    }

    void add(ExplorerRow made)
    {
        children.push_back(std::make_unique<Node>(std::move(made)));
        children.back()->parent = this;
        children.back()->number = static_cast<int>(children.size()) - 1;
    }
};

ExplorerModel::ExplorerModel(QObject* parent)
    : QAbstractItemModel(parent), m_root(std::make_unique<Node>(ExplorerRow()))
{
}

ExplorerModel::~ExplorerModel() = default;

void ExplorerModel::setRows(std::vector<ExplorerRow> rows)
{
    beginResetModel();
    ExplorerRow root;
    root.children = std::move(rows);
    m_root = std::make_unique<Node>(std::move(root));
    endResetModel();
}

ExplorerModel::Node* ExplorerModel::nodeOf(const QModelIndex& index) const
{
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

const ExplorerRow* ExplorerModel::row(const QModelIndex& index) const
{
    return index.isValid() ? &nodeOf(index)->row : nullptr;
}

QModelIndex ExplorerModel::indexOf(const EntityRef& entity) const
{
    std::vector<Node*> open = {m_root.get()};
    while (!open.empty()) {
        Node* node = open.back();
        open.pop_back();
        if (node->row.entity == entity)
            return createIndex(node->number, 0, node);
        for (auto child = node->children.rbegin(); child != node->children.rend(); ++child)
            open.push_back(child->get());
    }
    return {};
}

QString ExplorerModel::pathOf(const QModelIndex& index) const
{
    QString path;
    for (QModelIndex at = index; at.isValid(); at = at.parent())
        path.prepend(QLatin1Char('\n') + toQString(row(at)->key));
    return path;
}

QModelIndex ExplorerModel::index(int row, int column, const QModelIndex& parent) const
{
    const Node* above = nodeOf(parent);
    if (row < 0 || column != 0 || static_cast<std::size_t>(row) >= above->children.size())
        return {};
    return createIndex(row, column, above->children[static_cast<std::size_t>(row)].get());
}

QModelIndex ExplorerModel::parent(const QModelIndex& index) const
{
    Node* above = index.isValid() ? nodeOf(index)->parent : nullptr;
    return above && above != m_root.get() ? createIndex(above->number, 0, above) : QModelIndex();
}

int ExplorerModel::rowCount(const QModelIndex& parent) const
{
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int ExplorerModel::columnCount(const QModelIndex&) const
{
    return 1;
}

bool ExplorerModel::hasChildren(const QModelIndex& parent) const
{
    const Node* node = nodeOf(parent);
    return !node->children.empty() || !node->waiting.empty() ||
           (!node->isMade && node->row.makeChildren);
}

bool ExplorerModel::canFetchMore(const QModelIndex& parent) const
{
    const Node* node = nodeOf(parent);
    return !node->waiting.empty() || (!node->isMade && node->row.makeChildren);
}

void ExplorerModel::fetchMore(const QModelIndex& parent)
{
    Node* node = nodeOf(parent);
    if (!node->isMade) {
        std::vector<ExplorerRow> rows = node->row.makeChildren();
        node->isMade = true;
        node->waiting.assign(std::make_move_iterator(rows.rbegin()),
                             std::make_move_iterator(rows.rend()));
    }
    const std::size_t count = std::min(page, node->waiting.size());
    if (count == 0)
        return;
    const int first = static_cast<int>(node->children.size());
    beginInsertRows(parent, first, first + static_cast<int>(count) - 1);
    for (std::size_t i = 0; i < count; ++i) {
        node->add(std::move(node->waiting.back()));
        node->waiting.pop_back();
    }
    endInsertRows();
}

QVariant ExplorerModel::data(const QModelIndex& index, int role) const
{
    const ExplorerRow* here = row(index);
    if (!here)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return shown(here->name);
    case Qt::EditRole:
        return toQString(here->name);
    case Qt::ToolTipRole:
        return plainToolTip(inWords(*here));
    case Qt::AccessibleTextRole:
        return inWords(*here);
    case DetailRole:
        return shown(here->detail);
    case SignRole:
        return static_cast<int>(here->sign);
    case HueRole:
        return here->hue;
    case CodeRole:
        return shown(here->code, 4);
    case FindingsRole:
        return here->findings;
    case SeverityRole:
        return static_cast<int>(here->worst);
    case ProductKindRole:
        return static_cast<int>(here->productKind);
    case AuthorityRole:
        return static_cast<int>(here->authority);
    default:
        return {};
    }
}

bool ExplorerModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const ExplorerRow* here = row(index);
    if (!here || role != Qt::EditRole || !here->entity)
        return false;
    const QString name = value.toString();
    if (name != toQString(here->name))
        emit renameRequested(*here->entity, name);
    return true;
}

Qt::ItemFlags ExplorerModel::flags(const QModelIndex& index) const
{
    const ExplorerRow* here = row(index);
    if (!here)
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (canBeRenamed(*here))
        flags |= Qt::ItemIsEditable;
    return flags;
}

}  // namespace portolan::ui
