// SPDX-License-Identifier: Apache-2.0
// A bar that is too narrow gives up words, then buttons, and takes them back; it never makes its view wider.
#include "ui/base/view_bar.h"

#include "tests/support/text_output.h"
#include "ui/base/icons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QTest>
#include <QToolButton>

namespace portolan::ui {

class ViewBarTest : public QObject {
    Q_OBJECT

    struct Shown {
        ViewBar bar;
        QAction first{iconOf(Sign::Filter), QStringLiteral("Filter the map")};
        QAction second{iconOf(Sign::Table), QStringLiteral("Show as a table")};
        QToolButton* one = bar.addButton(&first);
        QToolButton* two = bar.addButton(&second);

        Shown()
        {
            bar.addWordStep({one, two});
            bar.addHidingStep(two);
            bar.resize(600, bar.height());
            bar.show();
            (void)QTest::qWaitForWindowExposed(&bar);
        }
        QString state() const
        {
            const bool hasWords = one->toolButtonStyle() == Qt::ToolButtonTextBesideIcon;
            return QStringLiteral("%1 %2").arg(
                hasWords ? QStringLiteral("words") : QStringLiteral("signs"),
                two->isHidden() ? QStringLiteral("one") : QStringLiteral("two"));
        }
        void resize(int width)
        {
            bar.resize(width, bar.height());
            QCoreApplication::processEvents();
        }
    };

private slots:
    void givesUpWordsThenButtons()
    {
        Shown shown;
        QCOMPARE(shown.state(), QStringLiteral("words two"));
        const int whole = shown.bar.row()->sizeHint().width();
        shown.resize(whole - 1);
        QCOMPARE(shown.state(), QStringLiteral("signs two"));
        const int signs = shown.bar.row()->sizeHint().width();
        QVERIFY(signs < whole);
        shown.resize(signs - 1);
        QCOMPARE(shown.state(), QStringLiteral("signs one"));
        shown.resize(signs);
        QCOMPARE(shown.state(), QStringLiteral("signs two"));
        shown.resize(whole);
        QCOMPARE(shown.state(), QStringLiteral("words two"));
    }

    void makesRoomForWhatComesLater()
    {
        Shown shown;
        shown.resize(shown.bar.row()->sizeHint().width());
        QAction third(QStringLiteral("One more button with a great many words on it"));
        QToolButton* button = shown.bar.addButton(&third);
        button->show();
        QTRY_COMPARE(shown.state(), QStringLiteral("signs one"));
        button->hide();
        QTRY_COMPARE(shown.state(), QStringLiteral("words two"));
    }

    void comesToRest()
    {
        Shown shown;
        shown.resize(shown.bar.row()->sizeHint().width() - 1);
        class Counter : public QObject {
        public:
            int requests = 0;
            bool eventFilter(QObject*, QEvent* event) override
            {
                requests += event->type() == QEvent::LayoutRequest ? 1 : 0;
                return false;
            }
        } counter;
        shown.bar.installEventFilter(&counter);
        shown.one->updateGeometry();
        for (int round = 0; round < 20; ++round)
            QCoreApplication::processEvents();
        QVERIFY(counter.requests > 0);
        QVERIFY(counter.requests < 5);
    }

    void staysNarrow()
    {
        Shown shown;
        QVERIFY(shown.bar.minimumSizeHint().width() < 200);
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::ViewBarTest)
#include "view_bar_test.moc"
