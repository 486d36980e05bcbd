// SPDX-License-Identifier: Apache-2.0
// The choice of a time for lineage, by mouse and keyboard, and the keeper that reads what is chosen.
#include "ui/views/lineage/time_choice.h"

#include "tests/support/temporary_folder.h"

#include "ui/session/session.h"
#include "ui/shell/estate_keeper.h"
#include "ui/shell/lineage_times.h"
#include "ui/views/lineage/lineage_reader.h"
#include "ui/views/lineage/lineage_view.h"

#include <QAction>
#include <QDateEdit>
#include <QDialog>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace portolan::ui {

class TimeChoiceTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TimeChoice> m_choice;

    QToolButton* button(const char* name) const
    {
        return m_choice->findChild<QToolButton*>(QLatin1String(name));
    }
    static std::vector<ImportRun> imports()
    {
        return {{3, "2026-03-04T10:00:00Z", 0, 0, 1},
                {2, "2026-03-03T10:00:00Z", 1, 2, 0},
                {1, "2026-03-01T10:00:00Z", 4, 0, 0}};
    }
    static QStringList entries(const QToolButton* button)
    {
        QStringList texts;
        for (const QAction* action : button->menu()->actions())
            if (!action->isSeparator())
                texts << action->text() + (action->isChecked() ? QStringLiteral(" *") : QString());
        return texts;
    }
    static std::string contract(int fields)
    {
        std::string text =
            "apiVersion: v3.1.0\nkind: DataContract\nid: a\nname: a\nversion: 1.0.0\n"
            "status: active\nschema:\n  - name: t\n    properties:\n";
        for (int i = 0; i < fields; ++i)
            text += "      - name: f" + std::to_string(i) + "\n        logicalType: string\n";
        return text;
    }

private slots:
    void init()
    {
        QLocale::setDefault(QLocale::c());
        m_choice = std::make_unique<TimeChoice>();
        m_choice->setImports(imports());
        m_choice->show();
        QVERIFY(QTest::qWaitForWindowActive(m_choice.get()));
    }
    void cleanup() { m_choice.reset(); }

    void listsTheImportsWithWhatTheyChanged()
    {
        const QStringList texts = entries(button("lineageTime"));
        QCOMPARE(texts.size(), 5);
        QCOMPARE(texts.first(), QStringLiteral("&Now *"));
        QVERIFY(texts.at(1).endsWith(QStringLiteral(": removed 1")));
        QVERIFY(texts.at(2).endsWith(QStringLiteral(": added 1, replaced 2")));
        QCOMPARE(texts.last(), QStringLiteral("A &date…"));
        QCOMPARE(button("lineageTime")->text(), QStringLiteral("Now"));
    }

    void anImportIsChosenByKeyboardAlone()
    {
        QSignalSpy changed(m_choice.get(), &TimeChoice::asOfChanged);
        QToolButton* time = button("lineageTime");
        time->setFocus();
        QTest::keyClick(time, Qt::Key_Space);
        QMenu* menu = time->menu();
        QTRY_VERIFY(menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(m_choice->asOf() == std::optional(AsOf{2, {}}));
        QVERIFY(time->text().startsWith(QStringLiteral("As of ")));
        QVERIFY(entries(time).at(2).endsWith(QStringLiteral("replaced 2 *")));
        QCOMPARE(time->accessibleName(), QStringLiteral("Time of the lineage: ") + time->text());
    }

    void aDateIsAskedFor()
    {
        QSignalSpy changed(m_choice.get(), &TimeChoice::compareWithChanged);
        QToolButton* compare = button("lineageCompare");
        QTest::mouseClick(compare, Qt::LeftButton);
        QTRY_VERIFY(compare->menu()->isVisible());
        QAction* date = compare->menu()->actions().last();
        QTest::mouseClick(compare->menu(), Qt::LeftButton, {},
                          compare->menu()->actionGeometry(date).center());
        QTRY_VERIFY(m_choice->findChild<QDialog*>(QStringLiteral("lineageDate")));
        auto* dialog = m_choice->findChild<QDialog*>(QStringLiteral("lineageDate"));
        QVERIFY(entries(compare).first().endsWith(QLatin1Char('*')));  // nothing is chosen yet
        dialog->findChild<QDateEdit*>()->setDate(QDate(2026, 3, 2));
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(m_choice->compareWith() == std::optional(AsOf{0, "2026-03-02"}));
        QVERIFY(!m_choice->asOf());
        QVERIFY(entries(compare).last().endsWith(QLatin1Char('*')));
        m_choice->reset();
        QCOMPARE(changed.size(), 2);
        QCOMPARE(compare->text(), QStringLiteral("Compare with…"));
    }

    void whatIsForgottenIsGivenUp()
    {
        m_choice->setAsOf(AsOf{1, {}});
        m_choice->setCompareWith(AsOf{2, {}});
        QSignalSpy changed(m_choice.get(), &TimeChoice::asOfChanged);
        std::vector<ImportRun> later = imports();
        later.pop_back();
        m_choice->setImports(later);
        QCOMPARE(changed.size(), 1);
        QVERIFY(!m_choice->asOf());
        QVERIFY(m_choice->compareWith() == std::optional(AsOf{2, {}}));
    }

    void withoutHistoryItSaysWhy()
    {
        m_choice->setImports({});
        for (const char* name : {"lineageTime", "lineageCompare"}) {
            QVERIFY(!button(name)->isEnabled());
            QVERIFY(button(name)->accessibleDescription().startsWith(
                QStringLiteral("Only a workspace remembers")));
        }
    }

    void theKeeperReadsAnEarlierEstateAndLeavesTheCurrentOne()
    {
        const tests::TemporaryFolder folder;
        const std::string data = folder.path() + "/data";
        {
            Result<Workspace> workspace = Workspace::open(folder.path() + "/w.portolan");
            for (int fields : {2, 5}) {
                folder.write("data/a.yaml", contract(fields));
                Progress progress;
                QVERIFY(workspace->import({data}, {}, progress).has_value());
            }
        }
        Session session;
        EstateKeeper keeper(&session);
        int importCount = -1;
        Task imports = keeper.readImports(
            this, [&](const auto& runs) { importCount = runs ? int(runs->size()) : -2; });
        QTRY_COMPARE(importCount, 0);  // no workspace yet

        QSignalSpy opened(&keeper, &EstateKeeper::workspaceOpened);
        keeper.openWorkspace(QString::fromStdString(folder.path() + "/w.portolan"));
        QTRY_COMPARE(opened.size(), 1);
        imports = keeper.readImports(
            this, [&](const auto& runs) { importCount = runs ? int(runs->size()) : -2; });
        QTRY_COMPARE(importCount, 2);
        const EstatePtr current = session.estate();
        EstatePtr then;
        Task reading = keeper.readEstate(this, AsOf{1, {}}, [&](const Result<EstatePtr>& estate) {
            then = estate ? *estate : nullptr;
        });
        QTRY_VERIFY(then);
        QCOMPARE(then->fields.size(), std::size_t(2));
        QVERIFY(session.estate() == current);

        // Chosen in the view: what is shown there is of then.
        LineageView view(&session);
        new LineageTimes(&session, &keeper, &view);
        view.show();
        emit keeper.ended();
        auto* time = view.findChild<QToolButton*>(QStringLiteral("lineageTime"));
        QTRY_VERIFY(time->isEnabled());
        QVERIFY(view.findChild<QToolButton*>(QStringLiteral("lineageCompare")));
        time->menu()->actions().at(3)->trigger();
        auto* reader = view.findChild<LineageReader*>();
        QTRY_VERIFY(reader->isReady() && reader->index().estate().fields.size() == 2);
        view.time()->reset();
        QTRY_VERIFY(reader->isReady() && reader->index().estate().fields.size() == 5);
        view.time()->setAsOf(AsOf{0, "2001-01-01"});
        QTRY_VERIFY(!view.time()->asOf());  // not known: back at now
        QCOMPARE(current->fields.size(), std::size_t(5));
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::TimeChoiceTest)
#include "time_choice_test.moc"
