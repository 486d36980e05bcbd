// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/inspector_form.h"

#include "ui/base/plain_label.h"
#include "ui/base/style.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr int side = 12;
constexpr int labelWidth = 82;
constexpr int liveMs = 150;  // after the last key, before a live line is computed

int scaled(int px)
{
    return qRound(px * textScale());
}

// The heading of a section: chevron, title, count; a click folds the section.
class Heading : public QAbstractButton {
public:
    Heading(const QString& title, QString count, bool isOpen, QWidget* parent)
        : QAbstractButton(parent), m_count(std::move(count))
    {
        setText(title);
        setAccessibleName(title);
        setCheckable(true);
        setChecked(isOpen);
        setFocusPolicy(Qt::TabFocus);
        setFixedHeight(scaled(32));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = themeOf(*this);
        QPainter painter(this);
        painter.fillRect(QRect(0, 0, width(), 1), theme.line);
        if (underMouse())
            painter.fillRect(rect().adjusted(0, 1, 0, 0), theme.hover);
        paintSign(painter, isChecked() ? Sign::ChevronDown : Sign::ChevronRight,
                  QRectF(side - 2, height() / 2.0 - 6, 12, 12), theme.muted, theme.panel);
        painter.setFont(fontOf(FontRole::DockTitle));
        painter.setPen(theme.text);
        painter.drawText(rect().adjusted(side + 16, 0, -side, 0), Qt::AlignVCenter, text());
        painter.setFont(fontOf(FontRole::Count));
        painter.setPen(theme.muted);
        painter.drawText(rect().adjusted(side, 0, -side, 0), Qt::AlignVCenter | Qt::AlignRight,
                         m_count);
        if (hasFocus()) {
            painter.setPen(QPen(theme.accent, 2));
            painter.drawRect(rect().adjusted(1, 2, -1, -1));
        }
    }

private:
    QString m_count;
};

// A row that leads somewhere.
class Link : public QAbstractButton {
public:
    Link(const QIcon& icon, const QString& text, QString right, QWidget* parent)
        : QAbstractButton(parent), m_right(std::move(right))
    {
        setIcon(icon);
        setText(text);
        setAccessibleName(text);
        setAccessibleDescription(m_right);
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
        setMinimumHeight(scaled(metrics::treeRowHeight));
        setPlainToolTip(this, m_right.isEmpty() ? text : text + QStringLiteral(": ") + m_right);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override { return {scaled(120), scaled(metrics::treeRowHeight)}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = themeOf(*this);
        QPainter painter(this);
        if (underMouse())
            painter.fillRect(rect(), theme.hover);
        const int size = scaled(14);
        icon().paint(&painter, QRect(0, (height() - size) / 2, size, size));
        painter.setFont(fontOf(FontRole::Count));
        // Words of any length never lie over the name.
        const QString right = painter.fontMetrics().elidedText(
            m_right, Qt::ElideRight, std::min(width() * 3 / 5, width() - scaled(90)));
        const int rightWidth = painter.fontMetrics().horizontalAdvance(right);
        painter.setPen(theme.muted);
        painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignRight, right);
        painter.setFont(font());
        painter.setPen(theme.text);
        const int left = size + 8;
        const int room = width() - left - (rightWidth > 0 ? rightWidth + 8 : 0);
        painter.drawText(QRect(left, 0, room, height()), Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, room));
        if (hasFocus()) {
            painter.setPen(QPen(theme.accent, 2));
            painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), 3, 3);
        }
    }

private:
    QString m_right;
};

// A text field of some lines that tells when it was left. Tab moves on, Ctrl+Enter applies.
class TextBox : public QPlainTextEdit {
public:
    explicit TextBox(QWidget* parent) : QPlainTextEdit(parent) { setTabChangesFocus(true); }

    std::function<void()> left;

protected:
    void focusOutEvent(QFocusEvent* event) override
    {
        QPlainTextEdit::focusOutEvent(event);
        if (event->reason() != Qt::PopupFocusReason && left)
            left();
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (isEnter && event->modifiers() & Qt::ControlModifier && left)
            left();
        else
            QPlainTextEdit::keyPressEvent(event);
    }
};

void showProblem(QWidget* field, PlainLabel* line, const QString& problem)
{
    markInvalid(field, !problem.isEmpty());
    line->setFullText(problem);
    line->setVisible(!problem.isEmpty());
    field->setAccessibleDescription(problem);
}

}  // namespace

InspectorForm::InspectorForm(QSet<QString>& folded, QWidget* parent)
    : QWidget(parent), m_folded(folded)
{
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
}

void InspectorForm::setTitle(const QIcon& icon, const QString& title, const QString& kind)
{
    auto* head = new QWidget(this);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(side, 14, side, 12);
    layout->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    auto* sign = new QLabel(head);
    sign->setTextFormat(Qt::PlainText);
    sign->setPixmap(icon.pixmap(QSize(18, 18) * textScale(), devicePixelRatioF()));
    row->addWidget(sign, 0, Qt::AlignTop);
    auto* name = new PlainLabel(title, head);
    name->setObjectName(QStringLiteral("inspectorTitle"));
    name->setRole(FontRole::InspectorTitle);
    name->setWordWrap(true);
    row->addWidget(name, 1);
    layout->addLayout(row);
    auto* what = new PlainLabel(kind, head);
    what->setObjectName(QStringLiteral("inspectorKind"));
    what->setMuted(true);
    what->setWordWrap(true);
    layout->addWidget(what);
    m_layout->addWidget(head);
}

void InspectorForm::beginSection(const QString& title, const QString& count)
{
    const bool isOpen = !m_folded.contains(title);
    auto* heading = new Heading(title, count, isOpen, this);
    heading->setObjectName(QStringLiteral("section:") + title);
    m_layout->addWidget(heading);
    auto* body = new QWidget(this);
    m_section = new QVBoxLayout(body);
    m_section->setContentsMargins(side, 2, side, 10);
    m_section->setSpacing(4);
    body->setVisible(isOpen);
    m_layout->addWidget(body);
    connect(heading, &QAbstractButton::toggled, this, [this, title, body](bool open) {
        body->setVisible(open);
        if (open)
            m_folded.remove(title);
        else
            m_folded.insert(title);
    });
}

QVBoxLayout* InspectorForm::body()
{
    return m_section ? m_section : m_layout;
}

QWidget* InspectorForm::labelled(const QString& label, QWidget* field)
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* name = new PlainLabel(label, row);
    name->setMuted(true);
    name->setFixedWidth(scaled(labelWidth));
    name->setWordWrap(true);
    layout->addWidget(name, 0, Qt::AlignVCenter);
    field->setParent(row);
    layout->addWidget(field, 1);
    return row;
}

void InspectorForm::addFact(const QString& label, const QString& value)
{
    if (value.isEmpty())
        return;
    auto* fact = new PlainLabel(value, this);
    fact->setWordWrap(true);
    fact->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QWidget* row = labelled(label, fact);
    row->setMinimumHeight(scaled(metrics::treeRowHeight));
    body()->addWidget(row);
}

void InspectorForm::addNote(const QString& text)
{
    auto* note = new PlainLabel(text, this);
    note->setMuted(true);
    note->setWordWrap(true);
    body()->addWidget(note);
}

void InspectorForm::addLink(const QIcon& icon, const QString& text, const QString& right,
                            std::function<void()> run)
{
    auto* link = new Link(icon, text, right, this);
    link->setObjectName(QStringLiteral("link:") + text);
    connect(link, &QAbstractButton::clicked, this, std::move(run));
    body()->addWidget(link);
}

PlainLabel* InspectorForm::addProblemLine(QVBoxLayout* layout)
{
    auto* line = new PlainLabel(this);
    line->setWordWrap(true);
    QPalette palette;
    palette.setColor(QPalette::WindowText, currentTheme().error.ink);
    line->setPalette(palette);
    line->hide();
    layout->addWidget(line);
    return line;
}

void InspectorForm::addField(const QString& name, const QString& label, const QString& value,
                             Commit commit, const QString& placeholder)
{
    auto* field = new QLineEdit(value, this);
    field->setPlaceholderText(placeholder);
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setCursorPosition(0);
    body()->addWidget(labelled(label, field));
    PlainLabel* problem = addProblemLine(body());
    problem->setObjectName(name + QStringLiteral("Problem"));
    connect(field, &QLineEdit::editingFinished, this, [field, problem, commit, value] {
        if (!field->isModified())
            return;
        field->setModified(false);  // the focus leaves once more when the form is made anew
        const QString why = field->text() == value ? QString() : commit(field->text());
        showProblem(field, problem, why);
    });
}

void InspectorForm::addText(const QString& name, const QString& label, const QString& value,
                            Commit commit, int lines)
{
    addPatterns(name, label, value, {}, std::move(commit));
    if (auto* field = findChild<QPlainTextEdit*>(name))
        field->setFixedHeight(field->fontMetrics().lineSpacing() * lines + 14);
}

void InspectorForm::addPatterns(const QString& name, const QString& label, const QString& value,
                                std::function<QString(const QString&)> live, Commit commit)
{
    auto* title = new PlainLabel(label, this);
    title->setMuted(true);
    body()->addWidget(title);
    auto* field = new TextBox(this);
    field->setObjectName(name);
    field->setAccessibleName(label);
    field->setPlainText(value);
    field->document()->setModified(false);
    field->setFixedHeight(field->fontMetrics().lineSpacing() * 3 + 14);
    body()->addWidget(field);
    PlainLabel* problem = addProblemLine(body());
    problem->setObjectName(name + QStringLiteral("Problem"));
    if (live) {
        auto* count = new PlainLabel(live(value), this);
        count->setObjectName(name + QStringLiteral("Count"));
        count->setMuted(true);
        count->setWordWrap(true);
        body()->addWidget(count);
        auto* timer = new QTimer(field);
        timer->setSingleShot(true);
        timer->setInterval(liveMs);
        connect(field, &QPlainTextEdit::textChanged, timer, qOverload<>(&QTimer::start));
        connect(timer, &QTimer::timeout, this,
                [count, field, live] { count->setFullText(live(field->toPlainText())); });
    }
    field->left = [field, problem, commit, value] {
        if (!field->document()->isModified())
            return;
        field->document()->setModified(false);
        const QString text = field->toPlainText();
        showProblem(field, problem, text == value ? QString() : commit(text));
    };
}

void InspectorForm::addChoice(const QString& name, const QString& label,
                              const std::vector<std::pair<QString, QString>>& choices,
                              const QString& current, std::function<void(const QString&)> run,
                              const std::vector<Offer>& offers)
{
    auto* box = new QComboBox(this);
    box->setObjectName(name);
    box->setAccessibleName(label);
    box->setMinimumContentsLength(8);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const auto& [value, words] : choices)
        box->addItem(words, value);
    const int now = std::max(0, box->findData(current));
    box->setCurrentIndex(now);
    connect(box, &QComboBox::activated, this, [box, current, run = std::move(run)] {
        if (box->currentData().toString() != current)
            run(box->currentData().toString());
    });
    body()->addWidget(labelled(label, box));
    for (int row = 0; row < static_cast<int>(offers.size()); ++row)
        offerRow(box, row, offers[static_cast<std::size_t>(row)]);
    if (now >= static_cast<int>(offers.size()))
        return;
    // The list is as wide as its words, signs among them, however narrow the panel is.
    box->view()->setMinimumWidth(box->view()->sizeHintForColumn(0) + scaled(16));
    const Offer& chosen = offers[static_cast<std::size_t>(now)];
    box->setAccessibleDescription(rowsInWords(box, chosen.isAllowed ? chosen.meaning : QString()));
    setPlainToolTip(box, chosen.words());
    if (chosen.isAllowed)
        return;
    box->setItemIcon(now, iconOf(Sign::Warning));
    addReason(name, chosen.reason);
}

void InspectorForm::addReason(const QString& name, const QString& reason)
{
    PlainLabel* line = addProblemLine(body());
    line->setObjectName(name + QStringLiteral("Problem"));
    line->setFullText(reason);
    line->show();
}

void InspectorForm::addCheck(const QString& name, const QString& label, std::optional<bool> isOn,
                             std::function<void(bool)> run, const Offer& offer)
{
    auto* box = new QCheckBox(isOn ? label : tr("%1 (different)").arg(label), this);
    box->setObjectName(name);
    box->setTristate(!isOn);
    box->setCheckState(!isOn ? Qt::PartiallyChecked : *isOn ? Qt::Checked : Qt::Unchecked);
    box->setMinimumHeight(scaled(metrics::smallestTarget));
    connect(box, &QCheckBox::clicked, this, std::move(run));
    body()->addWidget(box);
    describeOffer(box, offer);
    if (offer.isAllowed)
        return;
    box->setEnabled(isOn.value_or(true));
    if (!box->isEnabled())
        return;
    box->setIcon(iconOf(Sign::Warning));
    addReason(name, offer.reason);
}

void InspectorForm::addButton(const QString& name, const QString& text, std::function<void()> run,
                              const Offer& offer)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setEnabled(offer.isAllowed);
    describeOffer(button, offer);
    connect(button, &QPushButton::clicked, this, std::move(run));
    body()->addWidget(button);
}

void InspectorForm::addRemovable(const QIcon& icon, const QString& text, const QString& removeName,
                                 std::function<void()> open, std::function<void()> remove)
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* link = new Link(icon, text, {}, row);
    link->setObjectName(QStringLiteral("link:") + text);
    connect(link, &QAbstractButton::clicked, this, std::move(open));
    layout->addWidget(link, 1);
    auto* button = new QToolButton(row);
    button->setAutoRaise(true);
    button->setIcon(iconOf(Sign::Remove));
    button->setObjectName(QStringLiteral("remove:") + text);
    button->setAccessibleName(removeName);
    setPlainToolTip(button, removeName);
    connect(button, &QToolButton::clicked, this, std::move(remove));
    layout->addWidget(button);
    body()->addWidget(row);
}

void InspectorForm::finish()
{
    m_layout->addStretch(1);
}

}  // namespace portolan::ui
