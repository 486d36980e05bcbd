// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/filter_bar.h"

#include "ui/base/icons.h"
#include "ui/base/plain_label.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QSpinBox>
#include <QToolButton>

namespace portolan::ui {
namespace {

constexpr int typingMs = 150;
constexpr int deepestFocus = 9;
constexpr int wordsWidth = 260;
constexpr int leastWordsWidth = 120;

QToolButton* textButton(const QString& text, const char* name, QWidget* bar)
{
    auto* button = new QToolButton(bar);
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

}  // namespace

FilterBar::FilterBar(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("filterBar"));
    setAccessibleName(tr("Filter"));
    setFixedHeight(qRound(metrics::viewBarHeight * textScale()));
    m_words = new QLineEdit(this);
    m_words->setObjectName(QStringLiteral("filterWords"));
    m_words->setAccessibleName(tr("Show contexts with these words"));
    m_words->setPlaceholderText(tr("Filter the map"));
    m_words->setClearButtonEnabled(true);
    m_words->addAction(iconOf(Sign::Filter), QLineEdit::LeadingPosition);
    m_words->setMinimumWidth(qRound(leastWordsWidth * textScale()));
    m_words->setMaximumWidth(qRound(wordsWidth * textScale()));
    setPlainToolTip(m_words,
                    tr("Words of a name, team, domain, product or term; all must be found.\n"
                       "-word: must not be. owner:  domain:  product:  term:\n"
                       "is:legacy  is:mud  is:core  has:finding  has:error  has:product"));
    m_words->installEventFilter(this);
    m_marking = textButton(tr("Mark only"), "filterMarking", this);
    m_marking->setCheckable(true);
    setPlainToolTip(m_marking, tr("Mark what is found, and hide nothing (Ctrl+F)"));
    connect(m_marking, &QToolButton::toggled, this, &FilterBar::markingChanged);
    createReach();
    m_hint = new PlainLabel(this);
    m_hint->setObjectName(QStringLiteral("filterHint"));
    m_hint->setRole(FontRole::Secondary);
    m_hint->setElided(true);
    m_showSelected = textButton(tr("Show it"), "filterShowSelected", this);
    m_count = textButton(QString(), "filterCount", this);
    m_reasons = new QMenu(m_count);
    m_reasons->setObjectName(QStringLiteral("filterReasons"));
    connect(m_count, &QToolButton::clicked, this,
            [this] { m_reasons->popup(m_count->mapToGlobal(QPoint(0, m_count->height()))); });
    setPlainToolTip(m_count, tr("What is hidden, and why"));
    m_showAll = textButton(tr("Show all"), "filterShowAll", this);
    auto* close = textButton(QString(), "filterClose", this);
    close->setIcon(iconOf(Sign::Close));
    close->setToolButtonStyle(Qt::ToolButtonIconOnly);
    close->setAccessibleName(tr("Close the filter and show all"));
    setPlainToolTip(close, close->accessibleName());
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 0, 10, 0);
    row->setSpacing(8);
    row->addWidget(m_words, 2);
    row->addWidget(m_marking);
    row->addWidget(m_reach);
    row->addWidget(m_hint, 1);
    row->addWidget(m_showSelected);
    row->addStretch(1);
    row->addWidget(m_count);
    row->addWidget(m_showAll);
    row->addWidget(close);
    m_typed.setSingleShot(true);
    connect(m_words, &QLineEdit::textEdited, this, [this] { m_typed.start(typingMs); });
    // The button in the field clears without an edit.
    connect(m_words, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty() && !m_isSetting)
            m_typed.start(0);
    });
    connect(&m_typed, &QTimer::timeout, this,
            [this] { emit wordsChanged(toStdString(m_words->text())); });
    connect(m_showAll, &QToolButton::clicked, this, &FilterBar::showAllRequested);
    connect(m_showSelected, &QToolButton::clicked, this, &FilterBar::showSelectedRequested);
    connect(close, &QToolButton::clicked, this, &FilterBar::closed);
    setHint(QString());
}

void FilterBar::createReach()
{
    m_reach = new QWidget(this);
    auto* row = new QHBoxLayout(m_reach);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    auto* label = new PlainLabel(tr("Focus"), m_reach);
    label->setRole(FontRole::Secondary);
    label->setMuted(true);
    row->addWidget(label);
    m_depth = new QSpinBox(m_reach);
    m_depth->setObjectName(QStringLiteral("focusDepth"));
    m_depth->setAccessibleName(tr("Hops from the focus"));
    m_depth->setRange(0, deepestFocus);
    row->addWidget(m_depth);
    m_direction = new QComboBox(m_reach);
    m_direction->setObjectName(QStringLiteral("focusDirection"));
    m_direction->setAccessibleName(tr("Direction from the focus"));
    m_direction->addItem(tr("Both ways"), int(FlowDirection::Both));
    m_direction->addItem(tr("Upstream"), int(FlowDirection::Upstream));
    m_direction->addItem(tr("Downstream"), int(FlowDirection::Downstream));
    row->addWidget(m_direction);
    QToolButton* leave = textButton(tr("Leave focus"), "focusLeave", m_reach);
    row->addWidget(leave);
    m_reach->hide();
    connect(m_depth, &QSpinBox::valueChanged, this, &FilterBar::tellReach);
    connect(m_direction, &QComboBox::currentIndexChanged, this, &FilterBar::tellReach);
    connect(leave, &QToolButton::clicked, this, &FilterBar::focusLeft);
}

void FilterBar::tellReach()
{
    m_depth->setSuffix(m_depth->value() == 1 ? tr(" hop") : tr(" hops"));
    if (!m_isSetting)
        emit reachChanged(m_depth->value(), FlowDirection(m_direction->currentData().toInt()));
}

void FilterBar::setFilter(const ChartFilter& filter)
{
    m_isSetting = true;
    const QString words = toQString(filter.words);
    if (!isMarking() && m_words->text() != words && !m_typed.isActive())
        m_words->setText(words);
    m_depth->setValue(filter.focus.depth);
    tellReach();  // its words alone: it is being set
    m_direction->setCurrentIndex(m_direction->findData(int(filter.focus.direction)));
    m_reach->setVisible(!filter.focus.on.empty());
    m_isSetting = false;
    if (!filter.isEmpty())
        show();
}

void FilterBar::setCount(const QString& words, bool isAll)
{
    m_count->setText(words);
    m_count->setAccessibleName(words);
    m_count->setEnabled(!isAll);
    m_showAll->setVisible(!isAll);
}

QString FilterBar::count() const
{
    return m_count->text();
}

void FilterBar::setHint(const QString& words)
{
    m_hint->setFullText(words);
    m_hint->setVisible(!words.isEmpty());
    m_showSelected->setVisible(!words.isEmpty());
}

bool FilterBar::isMarking() const
{
    return m_marking->isChecked();
}

void FilterBar::open(bool isMarking)
{
    show();
    m_marking->setChecked(isMarking);
    if (!m_words->text().isEmpty())
        m_typed.start(0);  // from last time
    m_words->setFocus(Qt::ShortcutFocusReason);
    m_words->selectAll();
}

void FilterBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_words || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Escape:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Down:
        takeKey(key);
        return true;
    default:
        return false;
    }
}

void FilterBar::takeKey(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        if (m_words->text().isEmpty())
            emit closed();
        else
            m_words->clear();
        return;
    }
    m_typed.stop();
    emit wordsChanged(toStdString(m_words->text()));
    if (isMarking() && event->key() != Qt::Key_Down)
        emit nextRequested(!(event->modifiers() & Qt::ShiftModifier));
    else if (parentWidget())
        parentWidget()->setFocus(Qt::TabFocusReason);
}

}  // namespace portolan::ui
