// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/welcome_page.h"

#include "model/import/importer.h"

#include "ui/base/icons.h"
#include "ui/base/plain_label.h"
#include "ui/base/style.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/shell/find_button.h"
#include "ui/shell/rhumb_lines.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <functional>

namespace portolan::ui {
namespace {

constexpr int contentWidth = 800;
constexpr int cardHeight = 182;

// A box with a rounded outline on the base colour.
class Box : public QWidget {
public:
    Box(bool isChosen, QWidget* parent) : QWidget(parent), m_isChosen(isChosen) {}

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = themeOf(*this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const double pen = m_isChosen ? metrics::selectionWidth : 1;
        painter.setPen(QPen(m_isChosen ? theme.accent : theme.lineStrong, pen));
        painter.setBrush(theme.base);
        painter.drawRoundedRect(QRectF(rect()).adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2),
                                metrics::cardRadius, metrics::cardRadius);
    }

private:
    bool m_isChosen;
};

// A sign as a widget of its own.
class SignBox : public QWidget {
public:
    SignBox(Sign sign, int size, bool isAccent, QWidget* parent)
        : QWidget(parent), m_sign(sign), m_isAccent(isAccent)
    {
        setFixedSize(QSize(size, size) * textScale());
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = themeOf(*this);
        QPainter painter(this);
        paintSign(painter, m_sign, rect(), m_isAccent ? theme.accent : theme.muted, theme.base);
    }

private:
    Sign m_sign;
    bool m_isAccent;
};

class Rose : public QWidget {
public:
    explicit Rose(QWidget* parent) : QWidget(parent) { setFixedSize(QSize(64, 64) * textScale()); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintRose(painter, rect(), themeOf(*this));
    }
};

class Row : public QWidget {
public:
    Row(bool isHeader, QWidget* parent) : QWidget(parent), m_isHeader(isHeader)
    {
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(16, 0, 16, 0);
        layout->setSpacing(8);
        setMinimumHeight(qRound((isHeader ? 38 : 30) * textScale()));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = themeOf(*this);
        QPainter painter(this);
        if (m_isHeader)
            painter.fillRect(rect(), theme.panel);
        painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
    }

private:
    bool m_isHeader;
};

QPushButton* addCard(QWidget* parent, Sign sign, const QString& title, const QString& words,
                     const QString& action, bool isChosen)
{
    auto* card = new Box(isChosen, parent);
    card->setMinimumHeight(qRound(cardHeight * textScale()));
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(21, 20, 21, 18);
    layout->setSpacing(6);
    layout->addWidget(new SignBox(sign, 20, isChosen, card));
    auto* heading = new PlainLabel(title, card);
    heading->setRole(FontRole::InspectorTitle);
    layout->addSpacing(2);
    layout->addWidget(heading);
    auto* text = new PlainLabel(words, card);
    text->setMuted(true);
    text->setWordWrap(true);
    layout->addWidget(text);
    layout->addStretch(1);
    auto* button = new QPushButton(action, card);
    if (isChosen)
        makePrimary(button);
    layout->addWidget(button);
    static_cast<QHBoxLayout*>(parent->layout())->addWidget(card, 1);
    return button;
}

struct FormatGroup {
    QString name;
    QStringList titles;
};

std::vector<FormatGroup> formatGroups()
{
    std::vector<FormatGroup> groups;
    for (const auto& importer : importers()) {
        if (importer->format() == "context-map")
            continue;  // opened, not imported
        const QString name = toQString(importer->group());
        auto found = std::find_if(groups.begin(), groups.end(),
                                  [&](const FormatGroup& group) { return group.name == name; });
        if (found == groups.end())
            found = groups.insert(groups.end(), FormatGroup{name, {}});
        found->titles << toQString(importer->title());
    }
    return groups;
}

Sign signOfGroup(const QString& group)
{
    if (group.contains(QStringLiteral("ontract")))
        return Sign::Contract;
    if (group.contains(QStringLiteral("ineage")))
        return Sign::Route;
    if (group.contains(QStringLiteral("chema")))
        return Sign::Dataset;
    return Sign::Table;
}

void addHint(QHBoxLayout* layout, const QString& text, const QString& key, QWidget* parent,
             const std::function<void()>& run)
{
    class Hint : public QAbstractButton {
    public:
        Hint(const QString& words, QString keys, QWidget* owner)
            : QAbstractButton(owner), m_key(std::move(keys))
        {
            setText(words);
            setAccessibleName(words);
            setCursor(Qt::PointingHandCursor);
            setFixedSize(fontMetrics().horizontalAdvance(words) + 18 + keyChipWidth(m_key),
                         qRound(metrics::smallestTarget * textScale()));
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            const Theme& theme = themeOf(*this);
            QPainter painter(this);
            painter.setPen(underMouse() || hasFocus() ? theme.accent : theme.muted);
            painter.drawText(rect().adjusted(2, 0, 0, 0), Qt::AlignVCenter, text());
            const int chip = keyChipWidth(m_key);
            paintKeyChip(painter, QRect(width() - chip, 0, chip, height()), m_key, theme);
        }

    private:
        QString m_key;
    };
    auto* hint = new Hint(text, key, parent);
    QObject::connect(hint, &QAbstractButton::clicked, parent, run);
    layout->addWidget(hint);
}

}  // namespace

WelcomePage::WelcomePage(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("welcomePage"));
    setAccessibleName(tr("Welcome"));
    // A low window shows a part of it rather than all of it squeezed.
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* page = new QWidget(scroll);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    auto* outer = new QHBoxLayout(page);
    outer->setContentsMargins(16, 16, 16, 16);
    auto* content = new QWidget(page);
    content->setFixedWidth(qRound(contentWidth * textScale()));
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(18);
    layout->addStretch(3);
    layout->addWidget(makeHeadline());
    layout->addWidget(makeCards());
    layout->addWidget(makeFormats());
    layout->addWidget(makeFooter());
    layout->addStretch(4);
    outer->addStretch(1);
    outer->addWidget(content);
    outer->addStretch(1);
    scroll->setWidget(page);
    // What lies behind them is this page's.
    page->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
}

QWidget* WelcomePage::makeHeadline()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(18);
    layout->addWidget(new Rose(row));
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    auto* headline = new PlainLabel(tr("Chart your estate"), row);
    headline->setRole(FontRole::Headline);
    auto* line = new PlainLabel(
        tr("Import what you have, lay your context map over it, see where the two disagree."), row);
    line->setMuted(true);
    words->addStretch(1);
    words->addWidget(headline);
    words->addWidget(line);
    words->addStretch(1);
    layout->addLayout(words, 1);
    return row;
}

QWidget* WelcomePage::makeCards()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    QPushButton* folder =
        addCard(row, Sign::Folder, tr("Import an estate"),
                tr("Choose a folder. Portolan finds its contracts, lineage and schemas."),
                tr("Choose folder…"), true);
    folder->setObjectName(QStringLiteral("welcomeFolder"));
    QPushButton* map =
        addCard(row, Sign::Context, tr("Open a context map"),
                tr("A JSON file that your team already keeps in git."), tr("Open map…"), false);
    map->setObjectName(QStringLiteral("welcomeMap"));
    QPushButton* example = addCard(
        row, Sign::Compass, tr("Look at an example"),
        tr("A global insurer: its contexts, products and routes, with findings to look at."),
        tr("Open example"), false);
    example->setObjectName(QStringLiteral("welcomeExample"));
    connect(folder, &QPushButton::clicked, this, &WelcomePage::folderWanted);
    connect(map, &QPushButton::clicked, this, &WelcomePage::mapWanted);
    connect(example, &QPushButton::clicked, this, &WelcomePage::exampleWanted);
    return row;
}

QWidget* WelcomePage::makeFormats()
{
    auto* box = new Box(false, this);
    box->setObjectName(QStringLiteral("welcomeFormats"));
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    auto* header = new Row(true, box);
    auto* title = new PlainLabel(tr("What can be imported"), header);
    title->setRole(FontRole::BodyStrong);
    auto* promise = new PlainLabel(tr("Read only. Nothing leaves this computer."), header);
    promise->setMuted(true);
    static_cast<QHBoxLayout*>(header->layout())->addWidget(title, 1);
    header->layout()->addWidget(promise);
    layout->addWidget(header);
    for (const FormatGroup& group : formatGroups()) {
        auto* row = new Row(false, box);
        auto* name = new PlainLabel(group.name, row);
        name->setFixedWidth(qRound(192 * textScale()));
        auto* titles = new PlainLabel(group.titles.join(QStringLiteral(", ")), row);
        titles->setMuted(true);
        titles->setElided(true);
        row->layout()->addWidget(new SignBox(signOfGroup(group.name), 16, false, row));
        row->layout()->addWidget(name);
        static_cast<QHBoxLayout*>(row->layout())->addWidget(titles, 1);
        layout->addWidget(row);
    }
    auto* last = new PlainLabel(tr("Or drop files and folders anywhere in this window."), box);
    last->setMuted(true);
    last->setContentsMargins(16, 8, 16, 8);
    layout->addWidget(last);
    return box;
}

QWidget* WelcomePage::makeFooter()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    addHint(layout, tr("New map"), QStringLiteral("Ctrl+N"), row, [this] { emit newMapWanted(); });
    layout->addStretch(1);
    addHint(layout, tr("Find any command"), QStringLiteral("Ctrl+K"), row,
            [this] { emit paletteWanted(); });
    return row;
}

void WelcomePage::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.canvas);
    paintRhumbLines(painter, rect(), theme);
}

}  // namespace portolan::ui
