// SPDX-License-Identifier: Apache-2.0
// Ten thousand random gestures on a map, by real events: no crash, a map that still reads, and at the end undo back to the very bytes.
// PORTOLAN_MONKEY_SEED and PORTOLAN_MONKEY_GESTURES choose others.
#include "model/map/map_document.h"
#include "tests/support/text_output.h"
#include "ui/session/session.h"
#include "ui/views/context_map/context_map_view.h"
#include "ui/views/context_map/saved_views.h"

#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QInputDialog>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QTest>
#include <QUndoStack>
#include <QWheelEvent>

#include <cstdio>
#include <random>

namespace portolan::ui {

class ContextMapMonkeyTest : public QObject {
    Q_OBJECT

    static constexpr std::size_t fewContexts = 4;
    static constexpr std::size_t manyContexts = 30;

    std::unique_ptr<Session> m_session;
    std::unique_ptr<ContextMapView> m_view;
    Canvas* m_canvas = nullptr;
    std::mt19937 m_random;
    std::string m_last;  // what was done, for the message of a failure

    int below(int end) { return static_cast<int>(m_random() % unsigned(end)); }

    QPoint somewhere()
    {
        const std::vector<ChartNode>& nodes = m_canvas->chart().nodes;
        if (!nodes.empty() && below(4) != 0) {
            const auto number = static_cast<std::size_t>(below(static_cast<int>(nodes.size())));
            if (const auto rect = m_canvas->rectOf(nodes[number].entity)) {
                const QPoint at =
                    rect->topLeft().toPoint() + QPoint(below(std::max(1, int(rect->width()) + 6)),
                                                       below(std::max(1, int(rect->height()) + 6)));
                if (m_canvas->rect().contains(at))
                    return at;
            }
        }
        return {below(m_canvas->width()), below(m_canvas->height())};
    }

    void move(const QPoint& at, Qt::MouseButtons buttons, Qt::KeyboardModifiers modifiers = {})
    {
        QMouseEvent event(QEvent::MouseMove, at, m_canvas->mapToGlobal(at), Qt::NoButton, buttons,
                          modifiers);
        QApplication::sendEvent(m_canvas, &event);
    }

    void drag(Qt::MouseButton button)
    {
        const Qt::KeyboardModifiers modifiers = below(4) == 0 ? Qt::ShiftModifier : Qt::NoModifier;
        const QPoint from = somewhere();
        const QPoint to = somewhere();
        move(from, Qt::NoButton);
        QTest::mousePress(m_canvas, button, modifiers, from);
        for (int step = 1; step <= 3; ++step)
            move(from + (to - from) * step / 3, button, modifiers);
        if (below(12) == 0)
            QTest::keyClick(m_canvas, Qt::Key_Escape);
        QTest::mouseRelease(m_canvas, button, modifiers, to);
    }

    void key()
    {
        static const std::vector<std::pair<int, Qt::KeyboardModifiers>> keys = {
            {Qt::Key_Left, {}},
            {Qt::Key_Right, {}},
            {Qt::Key_Up, {}},
            {Qt::Key_Down, {}},
            {Qt::Key_Tab, {}},
            {Qt::Key_Tab, Qt::ShiftModifier},
            {Qt::Key_Return, {}},
            {Qt::Key_Escape, {}},
            {Qt::Key_F2, {}},
            {Qt::Key_C, {}},
            {Qt::Key_F, {}},
            {Qt::Key_0, {}},
            {Qt::Key_Plus, {}},
            {Qt::Key_Minus, {}},
            {Qt::Key_Insert, {}},
            {Qt::Key_Delete, {}},
            {Qt::Key_A, Qt::ControlModifier},
            {Qt::Key_C, Qt::ControlModifier},
            {Qt::Key_X, Qt::ControlModifier},
            {Qt::Key_V, Qt::ControlModifier},
            {Qt::Key_D, Qt::ControlModifier},
            {Qt::Key_Left, Qt::ShiftModifier},
            {Qt::Key_Space, {}},
            {Qt::Key_L, {}},
            {Qt::Key_L, Qt::AltModifier},
            {Qt::Key_M, {}},
            {Qt::Key_Slash, {}},
            {Qt::Key_F, Qt::ControlModifier},
            {Qt::Key_F, Qt::ShiftModifier},
            {Qt::Key_F3, {}},
            {Qt::Key_H, {}},
            {Qt::Key_H, Qt::ShiftModifier},
            {Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier},
            {Qt::Key_E, {}},
            {Qt::Key_E, Qt::ShiftModifier},
            {Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier},
            {Qt::Key_T, Qt::ControlModifier},
        };
        const auto& [code, modifiers] =
            keys[static_cast<std::size_t>(below(static_cast<int>(keys.size())))];
        m_last += " key " + std::to_string(code);
        QTest::keyClick(focused(), static_cast<Qt::Key>(code), modifiers);
    }

    QWidget* focused() const
    {
        QWidget* widget = QApplication::focusWidget();
        return widget && (widget == m_view.get() || m_view->isAncestorOf(widget)) ? widget
                                                                                  : m_canvas;
    }

    void menu()
    {
        QContextMenuEvent event(QContextMenuEvent::Mouse, somewhere(), QPoint(10, 10));
        QApplication::sendEvent(m_canvas, &event);
        auto* menu = m_view->findChild<QMenu*>(QStringLiteral("contextMapMenu"));
        if (!menu)
            return;
        QList<QAction*> actions = menu->findChildren<QAction*>();
        actions += menu->actions();
        QAction* action = actions.isEmpty() ? nullptr : actions[below(int(actions.size()))];
        if (action && action->isEnabled() && !action->menu() && !action->isSeparator() &&
            action->objectName() != QLatin1String("mapExport")) {
            m_last += " menu " + action->text().toStdString();
            action->trigger();
        }
        menu->close();
    }

    void lens()
    {
        const QList<QAction*> lenses =
            m_view->findChild<QMenu*>(QStringLiteral("lensMenu"))->actions();
        QAction* action = lenses[below(int(lenses.size()))];
        m_last += " lens " + action->text().toStdString();
        if (action->isEnabled())
            action->trigger();
    }

    void savedView()
    {
        auto* menu = m_view->savedViews()->menuAction()->menu();
        emit menu->aboutToShow();
        const QList<QAction*> entries = menu->actions();
        QAction* action = entries[below(int(entries.size()))];
        m_last += " view " + action->text().toStdString();
        if (action->isEnabled() && !action->isSeparator())
            action->trigger();
        if (auto* name = m_view->findChild<QInputDialog*>(); name && name->isVisible())
            name->setTextValue(QStringLiteral("View %1").arg(below(5)));
    }

    // Dialogs are answered, popups closed; the form now and then stays for the next gesture.
    void answer()
    {
        while (QWidget* popup = QApplication::activePopupWidget()) {
            if (below(3) == 0)
                QTest::keyClick(popup, Qt::Key_Return);
            if (QApplication::activePopupWidget() == popup)
                popup->close();
        }
        for (auto* dialog : m_view->findChildren<QDialog*>()) {
            if (!dialog->isVisible())
                continue;
            QList<QPushButton*> buttons = dialog->findChildren<QPushButton*>();
            buttons.erase(std::remove_if(buttons.begin(), buttons.end(),
                                         [](QPushButton* button) { return !button->isEnabled(); }),
                          buttons.end());
            if (!buttons.isEmpty())
                QTest::mouseClick(buttons[below(int(buttons.size()))], Qt::LeftButton);
            if (dialog->isVisible())
                dialog->reject();
        }
    }

    void gesture()
    {
        const int kind = below(100);
        m_last = std::to_string(kind);
        QUndoStack* undo = m_session->undoStack();
        if (kind < 20)
            QTest::mouseClick(m_canvas, Qt::LeftButton,
                              below(3) == 0 ? Qt::ControlModifier : Qt::NoModifier, somewhere());
        else if (kind < 42)
            drag(below(6) == 0 ? Qt::MiddleButton : Qt::LeftButton);
        else if (kind < 46)
            QTest::mouseDClick(m_canvas, Qt::LeftButton, {}, somewhere());
        else if (kind < 70)
            key();
        else if (kind < 76)
            menu();
        else if (kind < 82)
            QTest::keyClicks(focused(), QString::number(below(100)));
        else if (kind < 88) {
            const QPoint at = somewhere();
            QWheelEvent event(at, m_canvas->mapToGlobal(at), {}, {0, below(2) == 0 ? 120 : -120},
                              Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(m_canvas, &event);
        } else if (kind < 93)
            undo->undo();
        else if (kind < 96)
            undo->redo();
        else if (kind < 98)
            lens();
        else
            savedView();
        answer();
    }

    // Neither empties nor grows without end.
    void keepSize()
    {
        QUndoStack* undo = m_session->undoStack();
        const std::size_t contexts = m_session->map().contexts.size();
        if (contexts >= fewContexts && contexts <= manyContexts)
            return;
        while (undo->canUndo() && (m_session->map().contexts.size() < fewContexts ||
                                   m_session->map().contexts.size() > manyContexts))
            undo->undo();
    }

    void check(const std::string& text) const
    {
        const auto read = MapDocument::read(text, "map.json");
        QVERIFY(read.has_value());
        QCOMPARE(read->map().contexts.size(), m_session->map().contexts.size());
        QCOMPARE(read->map().relationships.size(), m_session->map().relationships.size());
        const Chart& chart = m_canvas->chart();
        QCOMPARE(m_canvas->layout().positions.size(), chart.nodes.size());
        QCOMPARE(m_canvas->layout().edges.size(), chart.edges.size());
    }

private slots:
    void undoesTenThousandGesturesToTheByte()
    {
        const int count = qEnvironmentVariableIsSet("PORTOLAN_MONKEY_GESTURES")
                              ? qEnvironmentVariableIntValue("PORTOLAN_MONKEY_GESTURES")
                              : 10000;
        m_random.seed(qEnvironmentVariableIsSet("PORTOLAN_MONKEY_SEED")
                          ? unsigned(qEnvironmentVariableIntValue("PORTOLAN_MONKEY_SEED"))
                          : 20260101U);
        const std::string text = tests::testData("charts/insurer-map.json");
        m_session = std::make_unique<Session>();
        m_session->setMap(*MapDocument::read(text, "map.json"), {});
        m_view = std::make_unique<ContextMapView>(m_session.get());
        m_view->resize(1200, 800);
        m_view->show();
        m_canvas = m_view->canvas();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        QVERIFY(QTest::qWaitFor([this] { return m_view->isLaidOut(); }, 8000));
        m_canvas->setFocus();
        int edits = 0;
        connect(m_session.get(), &Session::editApplied, this, [&edits] { ++edits; });
        for (int i = 0; i < count; ++i) {
            gesture();
            keepSize();
            if (i % 20 == 0) {
                QApplication::processEvents();
                m_canvas->repaint();
            }
            if (i % 250 == 0) {
                check(m_session->document()->text());
                if (QTest::currentTestFailed()) {
                    std::fprintf(stderr, "after gesture %d: %s\n", i, m_last.c_str());
                    return;
                }
            }
        }
        QVERIFY2(edits > count / 20, "the gestures have hardly edited anything");
        while (m_session->undoStack()->canUndo())
            m_session->undoStack()->undo();
        QCOMPARE(m_session->document()->text(), text);
        // Its redo leads somewhere that still reads.
        while (m_session->undoStack()->canRedo())
            m_session->undoStack()->redo();
        check(m_session->document()->text());
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::ContextMapMonkeyTest)
#include "context_map_monkey_test.moc"
