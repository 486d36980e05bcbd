// SPDX-License-Identifier: Apache-2.0
#include "ui/base/empty_state.h"

#include "ui/base/plain_label.h"
#include "ui/base/theme.h"

#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace portolan::ui {
namespace {

constexpr int signSize = 28;

}  // namespace

EmptyState::EmptyState(Sign sign, const QString& what, const QString& how, QWidget* parent)
    : QWidget(parent), m_sign(sign)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 16, 24, 16);
    layout->setSpacing(4);
    layout->addStretch(1);
    layout->addSpacing(signSize + 8);
    m_what = new PlainLabel(this);
    m_what->setRole(FontRole::BodyStrong);
    m_how = new PlainLabel(this);
    m_how->setMuted(true);
    for (PlainLabel* label : {m_what, m_how}) {
        label->setAlignment(Qt::AlignCenter);
        label->setWordWrap(true);
        layout->addWidget(label);
    }
    layout->addStretch(3);
    setWords(what, how);
}

void EmptyState::setWords(const QString& what, const QString& how)
{
    m_what->setFullText(what);
    m_how->setFullText(how);
}

QPushButton* EmptyState::addButton(const QString& text)
{
    auto* button = new QPushButton(text, this);
    auto* box = static_cast<QVBoxLayout*>(layout());
    box->insertSpacing(box->count() - 1, 8);
    box->insertWidget(box->count() - 1, button, 0, Qt::AlignHCenter);
    return button;
}

void EmptyState::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    const double top = m_what->y() - signSize - 8;
    paintSign(painter, m_sign, QRectF(width() / 2.0 - signSize / 2.0, top, signSize, signSize),
              theme.muted, theme.panel);
}

}  // namespace portolan::ui
