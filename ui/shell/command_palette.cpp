// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/command_palette.h"

#include "model/workspace/name_index.h"

#include "ui/base/icons.h"
#include "ui/base/plain_label.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/session/session.h"
#include "ui/shell/find_button.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTabBar>
#include <QVBoxLayout>

namespace portolan::ui {
namespace {

constexpr int shadow = 24;                   // room around the box for its shadow
constexpr int mostHits = 60;                 // asked of the search
constexpr int mostInGroup = 8;               // of each group while all are shown
constexpr std::size_t largeEstate = 20'000;  // things; above, the search runs on another thread

// Names with the typed letters in accent, the path muted, kind or keys at the right.
class PaletteDelegate : public QStyledItemDelegate {
public:
    PaletteDelegate(const QLineEdit* field, QObject* parent)
        : QStyledItemDelegate(parent), m_field(field)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        const bool isHeading = index.data(PaletteModel::IsHeadingRole).toBool();
        return {100, qRound((isHeading ? 28 : metrics::paletteRowHeight) * textScale())};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        painter->save();
        const QRect row = option.rect;
        if (index.data(PaletteModel::IsHeadingRole).toBool()) {
            painter->setFont(fontOf(FontRole::HeaderCell));
            painter->setPen(theme.muted);
            painter->drawText(row.adjusted(16, 0, -16, 0), Qt::AlignVCenter,
                              index.data().toString());
            painter->restore();
            return;
        }
        const bool isSelected = option.state & QStyle::State_Selected;
        if (isSelected) {
            painter->fillRect(row, theme.selection);
            painter->fillRect(QRect(row.left(), row.top(), 3, row.height()), theme.accent);
        }
        paintContent(*painter, row, index, theme, isSelected);
        painter->restore();
    }

private:
    void paintContent(QPainter& painter, const QRect& row, const QModelIndex& index,
                      const Theme& theme, bool isSelected) const
    {
        const QColor muted = isSelected ? theme.mutedOnSelection() : theme.muted;
        const int side = qRound(16 * textScale());
        qvariant_cast<QIcon>(index.data(Qt::DecorationRole))
            .paint(&painter, QRect(row.left() + 16, row.center().y() - side / 2, side, side));
        const QString right = index.data(PaletteModel::RightRole).toString();
        painter.setFont(fontOf(FontRole::Count));
        const int rightWidth = painter.fontMetrics().horizontalAdvance(right);
        painter.setPen(muted);
        painter.drawText(row.adjusted(0, 0, -16, 0), Qt::AlignVCenter | Qt::AlignRight, right);

        int x = row.left() + 16 + side + 12;
        const int end = row.right() - rightWidth - 28;
        x = paintName(painter, QRect(x, row.top(), end - x, row.height()), index.data().toString(),
                      theme);
        painter.setFont(fontOf(FontRole::Secondary));
        painter.setPen(muted);
        if (end - x > 24)
            painter.drawText(
                QRect(x + 10, row.top(), end - x - 10, row.height()), Qt::AlignVCenter,
                painter.fontMetrics().elidedText(index.data(PaletteModel::PathRole).toString(),
                                                 Qt::ElideMiddle, end - x - 10));
    }

    int paintName(QPainter& painter, const QRect& rect, const QString& name,
                  const Theme& theme) const
    {
        const QString typed = wordsOf(m_field->text()).section(u' ', 0, 0);
        const qsizetype at = typed.isEmpty() ? -1 : name.indexOf(typed, 0, Qt::CaseInsensitive);
        const QFont plain = fontOf(FontRole::Body);
        const QFont strong = fontOf(FontRole::BodyStrong);
        if (QFontMetrics(strong).horizontalAdvance(name) > rect.width()) {
            painter.setFont(plain);
            painter.setPen(theme.text);
            painter.drawText(rect, Qt::AlignVCenter | Qt::TextSingleLine,
                             QFontMetrics(plain).elidedText(name, Qt::ElideRight, rect.width()));
            return rect.right();
        }
        int x = rect.left();
        const auto part = [&](const QString& text, bool isMatch) {
            painter.setFont(isMatch ? strong : plain);
            painter.setPen(isMatch ? theme.accent : theme.text);
            painter.drawText(QRect(x, rect.top(), rect.right() - x, rect.height()),
                             Qt::AlignVCenter | Qt::TextSingleLine, text);
            x += painter.fontMetrics().horizontalAdvance(text);
        };
        if (at < 0) {
            part(name, false);
            return x;
        }
        part(name.left(at), false);
        part(name.mid(at, typed.size()), true);
        part(name.mid(at + typed.size()), false);
        return x;
    }

    const QLineEdit* m_field;
};

class KeyHints : public QWidget {
public:
    explicit KeyHints(QWidget* parent) : QWidget(parent)
    {
        setFixedHeight(qRound(36 * textScale()));
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = themeOf(*this);
        QPainter painter(this);
        painter.fillRect(QRect(0, 0, width(), 1), theme.line);
        painter.setFont(fontOf(FontRole::Count));
        int x = 16;
        const std::pair<QString, QString> hints[] = {
            {QStringLiteral("\u2191 \u2193"), tr("choose")},
            {tr("Enter"), tr("open")},
            {tr("Tab"), tr("next group")},
            {QStringLiteral(">"), tr("commands only")},
            {QStringLiteral("!"), tr("findings only")},
            {tr("Esc"), tr("close")}};
        for (const auto& [key, words] : hints) {
            const int chip = keyChipWidth(key);
            paintKeyChip(painter, QRect(x, 0, chip, height()), key, theme);
            x += chip + 6;
            painter.setPen(theme.muted);
            painter.drawText(QRect(x, 0, 200, height()), Qt::AlignVCenter, words);
            x += painter.fontMetrics().horizontalAdvance(words) + 16;
        }
    }
};

}  // namespace

void PaletteModel::setRows(std::vector<PaletteRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const PaletteRow* PaletteModel::row(const QModelIndex& index) const
{
    return index.isValid() && index.row() < int(m_rows.size()) ? &m_rows[std::size_t(index.row())]
                                                               : nullptr;
}

int PaletteModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const
{
    const PaletteRow* row = this->row(index);
    if (!row)
        return {};
    const bool isHeading = !row->group.isEmpty();
    switch (role) {
    case Qt::DisplayRole:
        return isHeading ? row->group : row->name;
    case Qt::AccessibleTextRole:
        return isHeading ? row->group : row->name + QStringLiteral(", ") + row->right;
    case Qt::DecorationRole:
        if (isHeading)
            return {};
        if (row->severity)
            return iconOf(signOf(*row->severity));
        return iconOf(row->entity ? signOf(row->entity->kind) : Sign::Command);
    case PathRole:
        return row->path;
    case RightRole:
        return row->right;
    case IsHeadingRole:
        return isHeading;
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const
{
    const PaletteRow* row = this->row(index);
    if (!row || !row->group.isEmpty())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

CommandPalette::CommandPalette(Session* session, QWidget* window)
    : QWidget(window), m_session(session)
{
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Find anything"));
    createWidgets();
    hide();
    window->installEventFilter(this);
}

void CommandPalette::createWidgets()
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(shadow + 1, shadow + 1, shadow + 1, shadow + 1);
    layout->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(46, 8, 16, 8);
    m_field = new QLineEdit(this);
    m_field->setObjectName(QStringLiteral("paletteField"));
    m_field->setAccessibleName(tr("Words to find"));
    m_field->setPlaceholderText(tr("Find anything or run a command"));
    m_field->setFrame(false);
    m_field->setFont(fontOf(FontRole::InspectorTitle));
    m_field->setMinimumHeight(qRound(36 * textScale()));
    m_field->installEventFilter(this);
    top->addWidget(m_field, 1);
    m_count = new PlainLabel(this);
    m_count->setRole(FontRole::Count);
    m_count->setMuted(true);
    top->addWidget(m_count);
    layout->addLayout(top);

    m_scopes = new QTabBar(this);
    m_scopes->setObjectName(QStringLiteral("paletteScopes"));
    m_scopes->setAccessibleName(tr("Kinds of things"));
    m_scopes->setDrawBase(false);
    m_scopes->setExpanding(false);
    m_scopes->setFocusPolicy(Qt::NoFocus);
    for (const QString& scope : {tr("All"), tr("Contexts and products"), tr("Datasets"),
                                 tr("Terms"), tr("Findings"), tr("Commands")})
        m_scopes->addTab(scope);
    layout->addWidget(m_scopes);

    m_model = new PaletteModel(this);
    m_list = new QListView(this);
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("What was found"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setItemDelegate(new PaletteDelegate(m_field, m_list));
    m_list->setModel(m_model);
    layout->addWidget(m_list, 1);
    layout->addWidget(new KeyHints(this));

    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_scopes, &QTabBar::currentChanged, this, &CommandPalette::search);
    connect(m_list, &QListView::clicked, this, &CommandPalette::activate);
}

void CommandPalette::open(std::vector<QAction*> commands)
{
    m_commands.assign(commands.begin(), commands.end());
    m_focusBefore = QApplication::focusWidget();
    m_field->clear();
    m_scopes->setCurrentIndex(0);
    place();
    QWidget::show();
    raise();
    m_field->setFocus();
    search();
}

void CommandPalette::place()
{
    const QWidget* window = parentWidget();
    const int wide = std::min(qRound(metrics::paletteWidth * textScale()), window->width() - 32);
    const int top = metrics::paletteTop;
    const int high = std::min(qRound(600 * textScale()), window->height() - top - 32);
    setGeometry((window->width() - wide) / 2 - shadow, top - shadow, wide + 2 * shadow,
                high + 2 * shadow);
}

void CommandPalette::search()
{
    if (isHidden())
        return;
    m_clock.start();
    const PaletteScope scope =
        scopeOf(m_field->text(), PaletteScope(std::max(0, m_scopes->currentIndex())));
    const QString words = wordsOf(m_field->text());
    if (words.isEmpty() || scope == PaletteScope::Commands || scope == PaletteScope::Findings) {
        m_searching.stop();
        show({});
        return;
    }
    const EstatePtr estate = m_session->estate();
    const auto work = [estate, map = m_session->map(), text = toStdString(words)](Progress&) {
        return searchEstate(*estate, &map, text, mostHits);
    };
    if (estate->datasets.size() + estate->columns.size() + estate->fields.size() < largeEstate) {
        m_searching.stop();
        Progress progress;
        show(work(progress));
        return;
    }
    if (!m_names || m_names->estate() != estate) {
        readNames();
        return;
    }
    // A later key drops the answer to an earlier one.
    m_searching = Task::start(
        this,
        [names = m_names, map = m_session->map(), text = toStdString(words)](Progress&) {
            return names->search(&map, text, mostHits);
        },
        [this](const std::vector<SearchHit>& hits) { show(hits); });
}

// Once for an estate; what was typed meanwhile is searched for when they are there.
void CommandPalette::readNames()
{
    const EstatePtr estate = m_session->estate();
    if (m_reading.isRunning() && m_read == estate)
        return;
    m_read = estate;
    m_names.reset();
    m_reading = Task::start(
        this, [estate](Progress&) { return std::make_shared<const NameIndex>(estate); },
        [this](const std::shared_ptr<const NameIndex>& names) {
            m_names = names;
            search();
        });
}

void CommandPalette::show(const std::vector<SearchHit>& hits)
{
    const PaletteScope scope =
        scopeOf(m_field->text(), PaletteScope(std::max(0, m_scopes->currentIndex())));
    const QString words = wordsOf(m_field->text());
    const bool isAll = scope == PaletteScope::All;
    const int most = isAll ? mostInGroup : mostHits;
    std::vector<PaletteRow> rows = hitRows(hits, scope, most);
    const auto append = [&rows](std::vector<PaletteRow> more) {
        rows.insert(rows.end(), std::make_move_iterator(more.begin()),
                    std::make_move_iterator(more.end()));
    };
    if ((isAll && !words.isEmpty()) || scope == PaletteScope::Findings)
        append(findingPaletteRows(m_session->findings(), words, most));
    if (isAll || scope == PaletteScope::Commands) {
        std::vector<QAction*> commands;
        for (const QPointer<QAction>& command : m_commands)
            if (command)
                commands.push_back(command);
        append(commandRows(commands, words, isAll && !words.isEmpty() ? most : 200));
    }
    const auto count = std::count_if(rows.begin(), rows.end(),
                                     [](const PaletteRow& row) { return row.group.isEmpty(); });
    m_count->setFullText(words.isEmpty() ? QString()
                         : count == 0    ? tr("Nothing found")
                                         : tr("%1 in %2 ms")
                                            .arg(counted(count, tr("%1 match"), tr("%1 matches")))
                                            .arg(m_clock.elapsed()));
    m_model->setRows(std::move(rows));
    m_list->setCurrentIndex({});
    move(1);
}

void CommandPalette::move(int step)
{
    const int rows = m_model->rowCount();
    int row = m_list->currentIndex().row();
    for (int tries = 0; tries < rows; ++tries) {
        row = (row + step + rows) % rows;
        if (m_model->flags(m_model->index(row)) & Qt::ItemIsSelectable) {
            m_list->setCurrentIndex(m_model->index(row));
            if (row == 1)
                m_list->scrollToTop();
            return;
        }
    }
}

void CommandPalette::activate(const QModelIndex& index)
{
    const PaletteRow* row = m_model->row(index);
    if (!row || !row->group.isEmpty())
        return;
    const std::optional<EntityRef> entity = row->entity;
    const QPointer<QAction> command = row->command;
    dismiss();
    if (entity) {
        m_session->select(*entity);
        emit chosen(*entity);
    } else if (command) {
        command->trigger();
    }
}

void CommandPalette::dismiss()
{
    m_searching.stop();
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget()) {
        if (event->type() == QEvent::Resize && isVisible())
            place();
        return false;
    }
    if (event->type() == QEvent::FocusOut && isVisible() &&
        static_cast<QFocusEvent*>(event)->reason() == Qt::MouseFocusReason) {
        hide();
        return false;
    }
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter)
            event->accept();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Escape:
        dismiss();
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        activate(m_list->currentIndex());
        return true;
    case Qt::Key_Tab:
        m_scopes->setCurrentIndex((m_scopes->currentIndex() + 1) % m_scopes->count());
        return true;
    case Qt::Key_Backtab:
        m_scopes->setCurrentIndex((m_scopes->currentIndex() + m_scopes->count() - 1) %
                                  m_scopes->count());
        return true;
    default:
        return false;
    }
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(shadow, shadow, -shadow, -shadow);
    painter.setPen(Qt::NoPen);
    for (int ring = shadow; ring > 0; ring -= 2) {
        const double share = theme.popupShadowShare / 14 * (1 - ring / double(shadow));
        painter.setBrush(QColor::fromRgbF(0, 0, 0, float(share)));
        painter.drawRoundedRect(box.adjusted(-ring, 8 - ring, ring, ring),
                                metrics::popupRadius + ring, metrics::popupRadius + ring);
    }
    painter.setPen(theme.lineStrong);
    painter.setBrush(theme.base);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), metrics::popupRadius,
                            metrics::popupRadius);
    const double middle = m_field->geometry().center().y();
    paintSign(painter, Sign::Find, QRectF(box.left() + 18, middle - 8, 16, 16), theme.muted,
              theme.base);
}

}  // namespace portolan::ui
