// SPDX-License-Identifier: Apache-2.0
// The explorer's rows as an item model. Thin: columns, roles, one setRows; renaming is handed on as a signal.
#pragma once

#include "ui/explorer/explorer_rows.h"

#include <QAbstractItemModel>

namespace portolan::ui {

class ExplorerModel : public QAbstractItemModel {
    Q_OBJECT

public:
    enum Role {
        DetailRole = Qt::UserRole,
        SignRole,
        HueRole,
        CodeRole,
        FindingsRole,
        SeverityRole,
        ProductKindRole,
        AuthorityRole
    };

    explicit ExplorerModel(QObject* parent = nullptr);
    ~ExplorerModel() override;

    void setRows(std::vector<ExplorerRow> rows);
    const ExplorerRow* row(const QModelIndex& index) const;  // null for an invalid index
    QModelIndex
    indexOf(const EntityRef& entity) const;          // among the rows that are made; the first one
    QString pathOf(const QModelIndex& index) const;  // keys down to it: stays the same over setRows

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    void renameRequested(const portolan::EntityRef& entity, const QString& name);

private:
    struct Node;
    Node* nodeOf(const QModelIndex& index) const;
    std::unique_ptr<Node> m_root;
};

}  // namespace portolan::ui
