// SPDX-License-Identifier: Apache-2.0
#include "ui/base/view_bar.h"

#include "ui/base/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

namespace portolan::ui {
namespace {

constexpr int leastWidth = 160;

}  // namespace

ViewBar::ViewBar(QWidget* parent) : QWidget(parent), m_row(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("viewBar"));
    setFixedHeight(qRound(metrics::viewBarHeight * textScale()));
    m_row->setContentsMargins(10, 0, 10, 0);
    m_row->setSpacing(8);
    // The bar follows its view, and not the other way round.
    m_row->setSizeConstraint(QLayout::SetNoConstraint);
}

QToolButton* ViewBar::addButton(QAction* action)
{
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setAccessibleName(action->iconText());
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    m_row->addWidget(button);
    return button;
}

void ViewBar::addStep(std::function<void(bool)> step)
{
    m_steps.push_back(std::move(step));
}

void ViewBar::addWordStep(std::vector<QToolButton*> buttons)
{
    addStep([buttons = std::move(buttons)](bool isTaken) {
        for (QToolButton* button : buttons)
            button->setToolButtonStyle(isTaken ? Qt::ToolButtonIconOnly
                                               : Qt::ToolButtonTextBesideIcon);
    });
}

void ViewBar::addHidingStep(QWidget* widget)
{
    addStep([widget](bool isTaken) { widget->setVisible(!isTaken); });
}

QSize ViewBar::minimumSizeHint() const
{
    return {leastWidth, height()};
}

bool ViewBar::event(QEvent* event)
{
    const bool isHandled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        fit();
    return isHandled;
}

void ViewBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

// A step is taken back only when what it has saved has room again, so that the bar comes to rest.
void ViewBar::fit()
{
    if (m_isFitting)
        return;
    m_isFitting = true;
    // What a step changes has told the layout; telling it again would bring us here again.
    const auto wanted = [this] { return m_row->sizeHint().width(); };
    int now = wanted();
    while (!m_saved.empty() && m_saved.back() >= 0 && now + m_saved.back() <= width()) {
        m_saved.pop_back();
        m_steps[m_saved.size()](false);
        now = wanted();
    }
    while (m_saved.size() < m_steps.size() && now > width()) {
        m_steps[m_saved.size()](true);
        const int after = wanted();
        m_saved.push_back(now - after);
        now = after;
    }
    m_isFitting = false;
}

void ViewBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
}

}  // namespace portolan::ui
