// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/title_field.h"

#include <QKeyEvent>

namespace portolan::ui {

TitleField::TitleField(QWidget* parent) : QLineEdit(parent)
{
    setObjectName(QStringLiteral("titleField"));
    setAccessibleName(tr("Name"));
    setFrame(false);
    setTextMargins(0, 0, 0, 0);
    hide();
}

void TitleField::open(const EntityRef& entity, const QString& name, const QRectF& over,
                      const QFont& font)
{
    m_entity = entity;
    m_before = name;
    setFont(font);
    setText(name);
    // The text begins where the title does; a line edit keeps two pixels to its left.
    const int height = std::max(static_cast<int>(over.height()), sizeHint().height());
    setGeometry(QRect(static_cast<int>(over.left()) - 2,
                      static_cast<int>(over.center().y() - height / 2.0),
                      static_cast<int>(over.width()) + 4, height));
    selectAll();
    show();
    raise();
    setFocus();
}

void TitleField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        finish(false);
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        finish(true);
    else
        QLineEdit::keyPressEvent(event);
}

void TitleField::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        finish(true);
}

void TitleField::finish(bool takes)
{
    if (!isVisible())
        return;
    const QString name = text().trimmed();
    hide();
    if (takes && !name.isEmpty() && name != m_before)
        emit renamed(m_entity, name);
    emit closed();
}

}  // namespace portolan::ui
