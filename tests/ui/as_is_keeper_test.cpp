// SPDX-License-Identifier: Apache-2.0
// A TO-BE map in the window: what its AS-IS map says against it, while either file changes.
#include "tests/support/text_output.h"
#include "tests/support/window_world.h"

#include "model/map/edits.h"

#include "ui/problems/quick_fix_menu.h"
#include "ui/shell/as_is_keeper.h"
#include "ui/views/context_map/context_map_view.h"

#include <QAction>
#include <QMenu>
#include <QTableView>
#include <QUndoStack>
#include <QtTest>

namespace portolan::ui {

using tests::child;
using tests::WindowWorld;

class AsIsKeeperTest : public QObject {
    Q_OBJECT

    static QByteArray toBe(const QByteArray& asIs = "now.json")
    {
        QByteArray text = tests::smallMap;
        text.replace("\"name\": \"Small\",",
                     "\"name\": \"Small\", \"state\": \"to-be\", \"asIs\": \"" + asIs + "\",");
        text.replace("\"Who a party is.\"", "\"Who any party is.\"");
        return text;
    }
    static void write(const QString& path, const QByteArray& text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
    }
    static QStringList found(const MainWindow& window)
    {
        QStringList lines;
        for (const Finding& finding : window.session()->findings())
            if (finding.rule == "as-is-to-be")
                lines << QString::fromStdString(finding.message);
        return lines;
    }
    static QString problemsIn(MainWindow& window)
    {
        QStringList cells;
        const auto* model = child<QTableView>(&window, "problemsTable")->model();
        for (int row = 0; row < model->rowCount(); ++row)
            for (int column = 0; column < model->columnCount(); ++column)
                cells << model->index(row, column).data().toString();
        return cells.join(u'|');
    }

private slots:
    void init()
    {
        m_world = std::make_unique<WindowWorld>();
        write(now(), tests::smallMap);
        m_world->write(toBe());
        m_window = m_world->openWindow();
        m_window->asIs()->setInterval(20);
    }
    void cleanup()
    {
        m_window.reset();
        m_world.reset();
    }

    void namesWhatNoDecisionExplains()
    {
        QTRY_COMPARE(found(*m_window),
                     QStringList(QStringLiteral("Context \"Party Management\" differs from the "
                                                "AS-IS map (purpose), and no decision says why.")));
        const auto* view = m_window->findChild<ContextMapView*>();
        const auto badge = [view] {
            const Chart& chart = view->canvas()->chart();
            const int node = chart.node({EntityKind::BoundedContext, "party-management"});
            return node >= 0 && chart.nodes[std::size_t(node)].badge.has_value();
        };
        QTRY_VERIFY(badge());
    }

    void explainsByADecision()
    {
        QTRY_COMPARE(found(*m_window).size(), 1);
        Session& session = *m_window->session();
        QMenu menu;
        quickFixMenu(menu, session,
                     findingsAt(session, {EntityKind::BoundedContext, "party-management"}));
        auto* fixes = menu.findChild<QMenu*>(QStringLiteral("quickFixes"));
        QVERIFY(fixes);
        emit fixes->aboutToShow();
        QAction* record = nullptr;
        for (QAction* action : fixes->actions())
            if (action->text() == QStringLiteral("Record a decision"))
                record = action;
        QVERIFY(record);
        record->trigger();
        QCOMPARE(session.map().decisions.size(), std::size_t(1));
        QTRY_VERIFY(found(*m_window).isEmpty());
        session.undoStack()->undo();
        QTRY_COMPARE(found(*m_window).size(), 1);
    }

    void followsTheFile()
    {
        QTRY_COMPARE(found(*m_window).size(), 1);
        write(now(), toBe());
        QTRY_VERIFY(found(*m_window).isEmpty());
        QVERIFY(QFile::remove(now()));
        QTRY_VERIFY(m_window->session()->asIsProblem());
        write(now(), tests::smallMap);
        QTRY_COMPARE(found(*m_window).size(), 1);
        QVERIFY(!m_window->session()->asIsProblem());
    }

    void saysWhatIsWrongWithTheFile()
    {
        write(now(), "[]");
        QTRY_VERIFY(problemsIn(*m_window).contains(
            QStringLiteral("The AS-IS map \"now.json\" cannot be read: ")));
        QVERIFY(problemsIn(*m_window).contains(QStringLiteral("map.json:3")));
        QVERIFY(found(*m_window).isEmpty());
    }

    void saysNothingOfAMapWithout()
    {
        QTRY_COMPARE(found(*m_window).size(), 1);
        m_world->write(tests::smallMap);
        m_window->openPaths({m_world->mapPath()});
        QTRY_VERIFY(m_window->session()->map().asIs.empty());
        QTRY_VERIFY(found(*m_window).isEmpty());
        QVERIFY(!m_window->session()->asIsProblem());
    }

private:
    QString now() const { return m_world->path(QStringLiteral("now.json")); }

    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<MainWindow> m_window;
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::AsIsKeeperTest)
#include "as_is_keeper_test.moc"
