// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/canvas_accessible.h"

#include "ui/base/text.h"
#include "ui/canvas/canvas.h"

#include <QAccessibleWidget>
#include <QPointer>

#include <algorithm>
#include <map>

namespace portolan::ui {
namespace {

// The table that a column is a row of, and the row; -1 when it is none.
std::pair<int, int> tableOf(const Chart& chart, const EntityRef& column)
{
    for (std::size_t node = 0; node < chart.nodes.size(); ++node) {
        const std::vector<ChartRow>& rows = chart.nodes[node].rows;
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const ChartRow& candidate) {
            return candidate.entity == column;
        });
        if (row != rows.end())
            return {static_cast<int>(node), static_cast<int>(row - rows.begin())};
    }
    return {-1, -1};
}

// One card or edge. Numbers count the cards first, then the edges.
class ItemInterface : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    ItemInterface(Canvas* canvas, int number) : m_canvas(canvas), m_number(number) {}

    bool isValid() const override { return m_canvas && m_number < itemCount(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override
    {
        return QAccessible::queryAccessibleInterface(m_canvas);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    void setText(QAccessible::Text, const QString&) override {}

    QString text(QAccessible::Text kind) const override
    {
        if (!isValid())
            return {};
        const Chart& chart = m_canvas->chart();
        if (kind == QAccessible::Name)
            return shown(isNode() ? describe(chart, chart.nodes[node()])
                                  : chart.edges[edge()].description);
        if (kind == QAccessible::Description && isNode())
            return shown(chart.nodes[node()].note + selectedRow());
        return {};
    }

    QRect rect() const override
    {
        if (!isValid() || !isNode())
            return m_canvas ? QRect(m_canvas->mapToGlobal(QPoint()), QSize(1, 1)) : QRect();
        const auto box = m_canvas->rectOf(entity());
        return box ? QRect(m_canvas->mapToGlobal(box->topLeft().toPoint()), box->size().toSize())
                   : QRect();
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid())
            return state;
        const std::vector<EntityRef>& selection = m_canvas->selection();
        state.selectable = true;
        state.focusable = true;
        state.selected = std::find(selection.begin(), selection.end(), entity()) != selection.end();
        state.focused = m_canvas->hasFocus() && !selection.empty() && selection.front() == entity();
        return state;
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this)
                                                    : nullptr;
    }
    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    QStringList keyBindingsForAction(const QString&) const override { return {}; }
    void doAction(const QString& name) override
    {
        if (!isValid())
            return;
        emit m_canvas->selectionRequested({entity()});
        if (name == pressAction())
            emit m_canvas->activated(entity());
    }

private:
    // The row of this table that is current, for who walks its rows.
    std::string selectedRow() const
    {
        const std::vector<EntityRef>& selection = m_canvas->selection();
        if (selection.empty() || selection.front().kind != EntityKind::Column)
            return {};
        const auto [table, number] = tableOf(m_canvas->chart(), selection.front());
        if (table != m_number)
            return {};
        const std::vector<ChartRow>& rows = m_canvas->chart().nodes[node()].rows;
        const ChartRow& row = rows[static_cast<std::size_t>(number)];
        return "; column " + std::to_string(number + 1) + " of " + std::to_string(rows.size()) +
               ": " + row.title + " " + row.note + (row.isKey ? ", key" : "");
    }

    int nodeCount() const { return static_cast<int>(m_canvas->chart().nodes.size()); }
    int itemCount() const { return nodeCount() + static_cast<int>(m_canvas->chart().edges.size()); }
    bool isNode() const { return m_number < nodeCount(); }
    std::size_t node() const { return static_cast<std::size_t>(m_number); }
    std::size_t edge() const { return static_cast<std::size_t>(m_number - nodeCount()); }
    const EntityRef& entity() const
    {
        const Chart& chart = m_canvas->chart();
        return isNode() ? chart.nodes[node()].entity : chart.edges[edge()].entity;
    }

    QPointer<Canvas> m_canvas;
    int m_number;
};

class CanvasInterface : public QAccessibleWidget {
public:
    explicit CanvasInterface(Canvas* canvas)
        : QAccessibleWidget(canvas, QAccessible::List), m_canvas(canvas)
    {
    }

    ~CanvasInterface() override { forget(); }

    // The zoom box is a widget child; the items come after it.
    int childCount() const override
    {
        return QAccessibleWidget::childCount() + static_cast<int>(m_canvas->chart().nodes.size()) +
               static_cast<int>(m_canvas->chart().edges.size());
    }

    QAccessibleInterface* child(int index) const override
    {
        const int widgets = QAccessibleWidget::childCount();
        if (index < widgets)
            return QAccessibleWidget::child(index);
        if (index >= childCount())
            return nullptr;
        const auto known = m_ids.find(index - widgets);
        if (known != m_ids.end())
            return QAccessible::accessibleInterface(known->second);
        auto* item = new ItemInterface(m_canvas, index - widgets);
        m_ids[index - widgets] = QAccessible::registerAccessibleInterface(item);
        return item;
    }

    int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (const auto& [number, id] : m_ids) {
            if (QAccessible::accessibleInterface(id) == child)
                return number + QAccessibleWidget::childCount();
        }
        return QAccessibleWidget::indexOfChild(child);
    }

    QAccessibleInterface* item(int number) const
    {
        return child(number + QAccessibleWidget::childCount());
    }

    void forget()
    {
        for (const auto& [number, id] : m_ids)
            QAccessible::deleteAccessibleInterface(id);
        m_ids.clear();
    }

private:
    Canvas* m_canvas;
    mutable std::map<int, QAccessible::Id> m_ids;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object)
{
    auto* canvas = qobject_cast<Canvas*>(object);
    return canvas ? new CanvasInterface(canvas) : nullptr;
}

CanvasInterface* interfaceOf(Canvas* canvas)
{
    if (!QAccessible::isActive())
        return nullptr;
    return dynamic_cast<CanvasInterface*>(QAccessible::queryAccessibleInterface(canvas));
}

}  // namespace

void registerCanvasAccessibility()
{
    static const bool isDone = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(isDone)
}

void forgetAccessibleItems(Canvas* canvas)
{
    if (CanvasInterface* list = interfaceOf(canvas))
        list->forget();
}

void announceCurrent(Canvas* canvas)
{
    CanvasInterface* list = interfaceOf(canvas);
    if (!list || canvas->selection().empty())
        return;
    const EntityRef& current = canvas->selection().front();
    int number = canvas->chart().node(current);
    if (current.kind == EntityKind::Column)
        number = tableOf(canvas->chart(), current).first;
    if (number < 0) {
        const int edge = canvas->chart().edge(current);
        if (edge < 0)
            return;
        number = static_cast<int>(canvas->chart().nodes.size()) + edge;
    }
    QAccessibleEvent event(list->item(number), QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

}  // namespace portolan::ui
