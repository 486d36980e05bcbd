// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/dock_title.h"

#include "ui/base/icons.h"
#include "ui/base/plain_label.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace portolan::ui {
namespace {

QToolButton* addButton(DockTitle* title, Sign sign, const QString& name)
{
    auto* button = new QToolButton(title);
    button->setAutoRaise(true);
    button->setIcon(iconOf(sign));
    button->setIconSize(QSize(12, 12) * textScale());
    button->setAccessibleName(name);
    setPlainToolTip(button, name);
    title->layout()->addWidget(button);
    return button;
}

}  // namespace

DockTitle::DockTitle(QDockWidget* dock) : QWidget(dock)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 4, 1);
    layout->setSpacing(0);
    auto* label = new PlainLabel(dock->windowTitle(), this);
    label->setRole(FontRole::DockTitle);
    layout->addWidget(label, 1);
    const QToolButton* floating =
        addButton(this, Sign::Float, tr("Float %1").arg(dock->windowTitle()));
    const QToolButton* close =
        addButton(this, Sign::Close, tr("Close %1").arg(dock->windowTitle()));
    connect(floating, &QToolButton::clicked, dock,
            [dock] { dock->setFloating(!dock->isFloating()); });
    connect(close, &QToolButton::clicked, dock, &QDockWidget::close);
}

QSize DockTitle::sizeHint() const
{
    return {100, qRound(metrics::dockTitleHeight * textScale())};
}

void DockTitle::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.window);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
}

}  // namespace portolan::ui
