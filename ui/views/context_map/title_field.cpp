// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/title_field.h"

#include "ui/base/plain_label.h"
#include "ui/base/style.h"
#include "ui/base/theme.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr int textInset = 2;  // that a line edit without a frame keeps before its text

}  // namespace

TitleField::TitleField(Taker take, QWidget* parent)
    : QLineEdit(parent), m_take(std::move(take)), m_reason(new PlainLabel(parent))
{
    setObjectName(QStringLiteral("titleField"));
    setAccessibleName(tr("Name"));
    setFrame(false);
    setTextMargins(0, 0, 0, 0);
    setMaxLength(400);
    m_reason->setObjectName(QStringLiteral("titleFieldReason"));
    m_reason->setRole(FontRole::Secondary);
    m_reason->setAutoFillBackground(true);
    m_reason->setContentsMargins(6, 3, 6, 3);
    m_reason->setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(this, &QLineEdit::textEdited, this, [this] { complain({}); });
    m_reason->hide();
    hide();
}

void TitleField::open(const EntityRef& entity, const QString& name)
{
    m_entity = entity;
    m_before = name;
    setText(name);
    complain({});
    selectAll();
    show();
    raise();
    setFocus();
}

void TitleField::placeOver(const QRectF& title, const QFont& font)
{
    setFont(font);
    const int height = std::max(qRound(title.height()), fontMetrics().height() + 2);
    setGeometry(qRound(title.left()) - textInset, qRound(title.center().y() - height / 2.0),
                qRound(title.width()) + 2 * textInset, height);
    placeReason();
}

void TitleField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        finish(true);
    else
        QLineEdit::keyPressEvent(event);
    event->accept();  // the canvas below has its own use for keys
}

void TitleField::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        finish(false);
}

void TitleField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.setPen(accessibleDescription().isEmpty() ? theme.accent : theme.error.ink);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void TitleField::finish(bool byKey)
{
    if (isHidden())
        return;
    const QString name = text().trimmed();
    const QString reason = name == m_before.trimmed() ? QString() : m_take(m_entity, name);
    if (!reason.isEmpty()) {
        complain(reason);
        return;
    }
    m_before = name;
    hide();
    emit closed(byKey);
}

void TitleField::dismiss()
{
    if (isHidden())
        return;
    setText(m_before);  // hiding takes the focus away, and with it the text
    complain({});
    hide();
    emit closed(true);
}

void TitleField::complain(const QString& reason)
{
    markInvalid(this, !reason.isEmpty());
    setAccessibleDescription(reason);
    m_reason->setVisible(!reason.isEmpty());
    if (reason.isEmpty())
        return;
    QPalette colors = m_reason->palette();
    colors.setColor(QPalette::Window, themeOf(*this).error.fill);
    m_reason->setPalette(colors);
    m_reason->setFullText(reason);
    m_reason->raise();
    placeReason();
}

void TitleField::placeReason()
{
    m_reason->adjustSize();
    const int right = parentWidget()->width() - m_reason->width();
    m_reason->move(std::max(0, std::min(x(), right)), geometry().bottom() + 3);
}

}  // namespace portolan::ui
