// SPDX-License-Identifier: Apache-2.0
// Paints a row of the explorer: sign, name, findings and the detail at the right.
#pragma once

#include <QStyledItemDelegate>

namespace portolan::ui {

class ExplorerDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
};

}  // namespace portolan::ui
