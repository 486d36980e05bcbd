// SPDX-License-Identifier: Apache-2.0
// The field that a title is changed in, exactly over it. Enter and leaving take the text, Esc restores.
#pragma once

#include "model/base/entity_ref.h"

#include <QLineEdit>

namespace portolan::ui {

class TitleField : public QLineEdit {
    Q_OBJECT

public:
    explicit TitleField(QWidget* parent);

    void open(const EntityRef& entity, const QString& name, const QRectF& over, const QFont& font);
    const EntityRef& entity() const { return m_entity; }

signals:
    void renamed(const portolan::EntityRef& entity, const QString& name);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void finish(bool takes);

    EntityRef m_entity;
    QString m_before;
};

}  // namespace portolan::ui
