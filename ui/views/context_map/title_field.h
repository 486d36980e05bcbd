// SPDX-License-Identifier: Apache-2.0
// The field that a title is changed in, exactly over it. Enter and leaving take the text, Esc restores. A name that cannot be stays
// in the field, with the reason under it.
#pragma once

#include "model/base/entity_ref.h"

#include <QFont>
#include <QLineEdit>

#include <functional>

namespace portolan::ui {

class PlainLabel;

class TitleField : public QLineEdit {
    Q_OBJECT

public:
    // Takes a name; answers why it cannot be, or nothing.
    using Taker = std::function<QString(const EntityRef& entity, const QString& name)>;

    TitleField(Taker take, QWidget* parent);

    void open(const EntityRef& entity, const QString& name);
    // Where the title stands, in the parent's coordinates, and how it is written.
    void placeOver(const QRectF& title, const QFont& font);
    const EntityRef& entity() const { return m_entity; }
    void dismiss();  // restores

signals:
    void closed(bool byKey);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void finish(bool byKey);
    void complain(const QString& reason);
    void placeReason();

    Taker m_take;
    EntityRef m_entity;
    QString m_before;
    PlainLabel* m_reason = nullptr;
};

}  // namespace portolan::ui
