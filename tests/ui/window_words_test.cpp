// SPDX-License-Identifier: Apache-2.0
// What holds for every widget of the window: hostile names are shown letter for letter, all that takes the focus has a name, no two
// mnemonics of a menu clash; and the palette finds things.
#include "tests/support/text_output.h"
#include "tests/support/window_world.h"

#include "model/map/edits.h"

#include "ui/base/message_band.h"
#include "ui/base/text.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMenuBar>

namespace portolan::ui {

using tests::child;
using tests::WindowWorld;

class WindowWordsTest : public QObject {
    Q_OBJECT

    static QStringList hostileTexts()
    {
        return {QStringLiteral("<b>bold</b>"),
                QStringLiteral("<img src=\"file:///etc/hostname\">"),
                QStringLiteral("<a href=\"http://example.com\">here</a>"),
                QStringLiteral("<table><tr><td>1</table>"),
                QStringLiteral("&lt;b&gt;"),
                QStringLiteral("<!-- hidden -->"),
                QStringLiteral("![x](file:///etc/hostname)"),
                QStringLiteral("<qt>rich</qt>"),
                QStringLiteral("%1 %n %s"),
                QStringLiteral("a\nb"),
                QStringLiteral("a\u202Eb"),
                QString(3000, u'x')};
    }
    static void selectEverything(MainWindow& window)
    {
        const ContextMap& map = window.session()->map();
        for (const BoundedContext& context : map.contexts) {
            window.session()->select({EntityKind::BoundedContext, context.id.text});
            QTest::qWait(5);
        }
    }

private slots:
    void noLabelGuessesAtMarkup()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        for (const QString& text : hostileTexts()) {
            Session* session = window->session();
            session->apply(addContext(*session->document(), toStdString(text), DomainId("party")));
            session->raiseMessage(text, true);
            window->band(QStringLiteral("file"))->show(Sign::Info, text, {{text, [] {}}});
        }
        selectEverything(*window);
        const auto labels = window->findChildren<QLabel*>();
        QVERIFY(labels.size() > 10);
        for (const QLabel* label : labels)
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
        for (const QWidget* widget : window->findChildren<QWidget*>())
            QVERIFY2(widget->toolTip().isEmpty() ||
                         widget->toolTip().startsWith(QStringLiteral("<qt>")) ||
                         !Qt::mightBeRichText(widget->toolTip()),
                     qPrintable(widget->toolTip()));
    }

    void aToolTipShowsMarkupAsLetters()
    {
        QCOMPARE(plainToolTip(QStringLiteral("<b>x</b> & y")),
                 QStringLiteral("<qt>&lt;b&gt;x&lt;/b&gt; &amp; y</qt>"));
        QCOMPARE(plainToolTip({}), QString());
    }

    void whatTurnsTheReadingDirectionIsMarked()
    {
        QCOMPARE(shown(QStringLiteral("a\u202Eb\u200Bc")), QStringLiteral("a\u25CCb\u25CCc"));
        QCOMPARE(shown(QStringLiteral("a\nb")), QStringLiteral("a b"));
        QCOMPARE(shown(QString(10, u'x'), 4), QStringLiteral("xxxx\u2026"));
    }

    void whatTakesTheFocusHasAName()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        selectEverything(*window);
        for (const QWidget* widget : window->findChildren<QWidget*>()) {
            const bool takesFocus = widget->focusPolicy() & Qt::TabFocus && widget->isVisible();
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const QString name = !widget->accessibleName().isEmpty() ? widget->accessibleName()
                                 : button                            ? button->text()
                                                                     : QString();
            QVERIFY2(
                !takesFocus || !name.isEmpty() || widget->focusProxy(),
                qPrintable(QStringLiteral("%1 '%2' in '%3'")
                               .arg(QString::fromLatin1(widget->metaObject()->className()),
                                    widget->objectName(), widget->parentWidget()->objectName())));
        }
    }

    void mnemonicsOfAMenuDoNotClash()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        QList<QList<QAction*>> menus{window->menuBar()->actions()};
        for (const QMenu* menu : window->menuBar()->findChildren<QMenu*>())
            menus << menu->actions();
        for (const QList<QAction*>& actions : menus) {
            QStringList seen;
            for (const QAction* action : actions) {
                const QString plain = QString(action->text()).replace(QStringLiteral("&&"), QString());
                const qsizetype at = plain.indexOf(u'&');
                if (at < 0)
                    continue;
                const QString key = plain.mid(at + 1, 1).toLower();
                QVERIFY2(!seen.contains(key), qPrintable(action->text()));
                seen << key;
            }
        }
    }

    void thePaletteFindsAContextByAPartOfItsName()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        child<QAction>(window.get(), "findAnything")->trigger();
        auto* field = child<QLineEdit>(window.get(), "paletteField");
        QTest::keyClicks(field, QStringLiteral("claims hand"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(window->session()->selection().at(0).id, std::string("claims-handling"));
    }

    void thePaletteRunsCommands()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        child<QAction>(window.get(), "findAnything")->trigger();
        auto* field = child<QLineEdit>(window.get(), "paletteField");
        QTest::keyClicks(field, QStringLiteral(">add team"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(window->session()->map().teams.size(), std::size_t(2));
        QVERIFY(!child<QWidget>(window.get(), "palette")->isVisible());
    }

    void thePaletteSaysWhenThereIsNothing()
    {
        const WindowWorld world;
        auto window = world.openWindow();
        child<QAction>(window.get(), "findAnything")->trigger();
        auto* field = child<QLineEdit>(window.get(), "paletteField");
        QTest::keyClicks(field, QStringLiteral("zzz\" OR (* AND"));
        QCOMPARE(child<QListView>(window.get(), "paletteList")->model()->rowCount(), 0);
        QTest::keyClick(field, Qt::Key_Return);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!child<QWidget>(window.get(), "palette")->isVisible());
    }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::WindowWordsTest)
#include "window_words_test.moc"
