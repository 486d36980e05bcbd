// SPDX-License-Identifier: Apache-2.0
#include "ui/base/message_band.h"

#include "ui/base/plain_label.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace portolan::ui {
namespace {

const StatusColors& colorsOf(Sign sign, const Theme& theme)
{
    switch (sign) {
    case Sign::Success:
        return theme.success;
    case Sign::Warning:
        return theme.warning;
    case Sign::Error:
        return theme.error;
    default:
        return theme.info;
    }
}

}  // namespace

MessageBand::MessageBand(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("messageBand"));
    setAccessibleName(tr("Message"));
    setMinimumHeight(qRound(metrics::bandHeight * textScale()));
    m_layout = new QHBoxLayout(this);
    m_layout->setContentsMargins(36, 2, 8, 2);
    m_layout->setSpacing(8);
    m_label = new PlainLabel(this);
    m_label->setObjectName(QStringLiteral("messageBandText"));
    m_label->setElided(true);
    m_label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_layout->addWidget(m_label, 1);
    m_buttons = new QWidget(this);
    auto* buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    m_layout->addWidget(m_buttons);
    auto* close = new QToolButton(this);
    close->setObjectName(QStringLiteral("messageBandClose"));
    close->setIcon(iconOf(Sign::Close));
    close->setAccessibleName(tr("Close this message"));
    setPlainToolTip(close, tr("Close this message"));
    connect(close, &QToolButton::clicked, this, &MessageBand::dismiss);
    m_layout->addWidget(close);
    hide();
}

void MessageBand::show(Sign sign, const QString& text, std::vector<Action> actions)
{
    m_sign = sign;
    setText(text);
    const auto old = m_buttons->findChildren<QPushButton*>();
    for (QPushButton* button : old) {
        button->hide();
        button->deleteLater();
    }
    for (const Action& action : actions)
        addAction(action);
    QWidget::show();
    update();
}

void MessageBand::setText(const QString& text)
{
    m_label->setFullText(text);
    setAccessibleDescription(text);
}

QString MessageBand::text() const
{
    return accessibleDescription();
}

void MessageBand::addAction(const Action& action)
{
    auto* button = new QPushButton(action.text, m_buttons);
    button->setObjectName(QStringLiteral("bandAction:") + action.text);
    button->setAccessibleName(action.text);
    connect(button, &QPushButton::clicked, this, [this, action] {
        if (action.closes)
            dismiss();
        action.run();
    });
    m_buttons->layout()->addWidget(button);
}

void MessageBand::dismiss()
{
    hide();
    emit closed();
}

void MessageBand::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    const StatusColors& colors = colorsOf(m_sign, theme);
    QPainter painter(this);
    painter.fillRect(rect(), colors.fill);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
    paintSign(painter, m_sign, QRectF(12, height() / 2.0 - 8, 16, 16), colors.ink, colors.fill);
}

}  // namespace portolan::ui
