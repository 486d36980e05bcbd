// SPDX-License-Identifier: Apache-2.0
#include "ui/base/question.h"

#include "ui/base/plain_label.h"
#include "ui/base/style.h"
#include "ui/base/theme.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace portolan::ui {

Question::Question(const QString& title, const QString& what, const QString& details,
                   QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("question"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setMinimumWidth(qRound(420 * textScale()));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(8);
    auto* question = new PlainLabel(what, this);
    question->setObjectName(QStringLiteral("questionText"));
    question->setRole(FontRole::InspectorTitle);
    question->setWordWrap(true);
    layout->addWidget(question);
    auto* more = new PlainLabel(details, this);
    more->setWordWrap(true);
    more->setVisible(!details.isEmpty());
    layout->addWidget(more);
    layout->addSpacing(12);
    m_buttons = new QHBoxLayout;
    m_buttons->addStretch(1);
    layout->addLayout(m_buttons);
}

void Question::addAnswer(const QString& text, const QString& objectName, std::function<void()> run)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(objectName);
    if (!m_hasAnswer) {
        makePrimary(button);
        button->setDefault(true);
    }
    m_hasAnswer = true;
    connect(button, &QPushButton::clicked, this, [this, run = std::move(run)] {
        accept();
        run();
    });
    m_buttons->addWidget(button);
}

void Question::ask()
{
    auto* cancel = new QPushButton(tr("&Cancel"), this);
    cancel->setObjectName(QStringLiteral("answerCancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_buttons->addWidget(cancel);
    open();
}

}  // namespace portolan::ui
