// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/difference_dialog.h"

#include "model/map/map_diff.h"

#include "ui/base/icons.h"
#include "ui/base/plain_label.h"
#include "ui/base/style.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/shell/line_diff.h"

#include <QDialogButtonBox>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTextBlock>
#include <QVBoxLayout>

namespace portolan::ui {
namespace {

constexpr int mostLines = 20'000;

QString lineText(const DiffLine& line)
{
    switch (line.kind) {
    case DiffLine::Kind::Added:
        return QStringLiteral("+ ") + shown(line.text);
    case DiffLine::Kind::Removed:
        return QStringLiteral("\u2212 ") + shown(line.text);
    case DiffLine::Kind::Left:
        return counted(toQString(line.text).toInt(), DifferenceDialog::tr("… %1 equal line"),
                       DifferenceDialog::tr("… %1 equal lines"));
    case DiffLine::Kind::Same:
        break;
    }
    return QStringLiteral("  ") + shown(line.text);
}

QTextBlockFormat formatOf(DiffLine::Kind kind, const Theme& theme)
{
    QTextBlockFormat format;
    if (kind == DiffLine::Kind::Added)
        format.setBackground(theme.success.fill);
    else if (kind == DiffLine::Kind::Removed)
        format.setBackground(theme.error.fill);
    return format;
}

}  // namespace

DifferenceDialog::DifferenceDialog(const QString& title, const QString& question,
                                   std::string before, std::string after, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("differenceDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    resize(860, 560);
    auto* layout = new QVBoxLayout(this);
    auto* label = new PlainLabel(question, this);
    label->setWordWrap(true);
    layout->addWidget(label);
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    layout->addWidget(m_tabs, 1);
    addThings(before, after);
    addLines(before, after);
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("&Cancel"));
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(m_buttons);
}

void DifferenceDialog::addChoice(const QString& text, bool isPrimary, std::function<void()> run)
{
    QPushButton* button = m_buttons->addButton(text, QDialogButtonBox::ActionRole);
    button->setObjectName(QStringLiteral("choice:") + text);
    if (isPrimary) {
        makePrimary(button);
        button->setDefault(true);
    }
    connect(button, &QPushButton::clicked, this, [this, run = std::move(run)] {
        accept();
        run();
    });
}

void DifferenceDialog::addThings(const std::string& before, const std::string& after)
{
    auto* list = new QListWidget(m_tabs);
    list->setObjectName(QStringLiteral("differenceThings"));
    list->setAccessibleName(tr("What changed, thing by thing"));
    list->setWordWrap(true);
    const Result<MapDocument> one = MapDocument::read(before, "before");
    const Result<MapDocument> other = MapDocument::read(after, "after");
    if (!one || !other) {
        list->addItem(tr("One of the two is no readable map: %1")
                          .arg(shown((one ? other : one).error().message)));
    } else {
        const std::vector<MapChange> changes = mapChanges(*one, *other);
        for (const MapChange& change : changes)
            list->addItem(shown(toText(change)));
        if (changes.empty())
            list->addItem(tr("Nothing; only the writing differs."));
    }
    m_tabs->addTab(list, tr("By thing"));
}

void DifferenceDialog::addLines(const std::string& before, const std::string& after)
{
    auto* text = new QPlainTextEdit(m_tabs);
    text->setObjectName(QStringLiteral("differenceLines"));
    text->setAccessibleName(tr("What changed, line by line"));
    text->setReadOnly(true);
    text->setFont(fontOf(FontRole::Code));
    text->setLineWrapMode(QPlainTextEdit::NoWrap);
    QTextCursor cursor(text->document());
    int shownLines = 0;
    for (const DiffLine& line : lineDiff(before, after)) {
        if (shownLines++ > 0)
            cursor.insertBlock();
        if (shownLines > mostLines) {
            cursor.insertText(tr("… and more"));
            break;
        }
        cursor.setBlockFormat(formatOf(line.kind, currentTheme()));
        cursor.insertText(lineText(line));
    }
    m_tabs->addTab(text, tr("By line"));
}

}  // namespace portolan::ui
