// SPDX-License-Identifier: Apache-2.0
// The tokens keep what the design promises: text 4.5:1, lines that carry meaning 3:1, in both themes.
#include "ui/base/theme.h"

#include "tests/support/text_output.h"

#include <QTest>
#include <QWidget>

#include <vector>

namespace portolan::ui {

class ThemeTest : public QObject {
    Q_OBJECT

    static void eachTheme()
    {
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    static const Theme& theme()
    {
        QFETCH_GLOBAL(bool, isDark);
        return isDark ? Theme::dark() : Theme::light();
    }
    static void isAtLeast(double least, const QColor& ink, const QColor& ground, const char* what)
    {
        const double ratio = contrastRatio(ink, ground);
        QVERIFY2(ratio >= least,
                 qPrintable(QStringLiteral("%1: %2 on %3 is %4:1, not %5:1")
                                .arg(QString::fromUtf8(what), ink.name(), ground.name())
                                .arg(ratio, 0, 'f', 2)
                                .arg(least)));
    }

private slots:
    void initTestCase_data() { eachTheme(); }

    void contrastIsThatOfWcag()
    {
        QCOMPARE(contrastRatio(Qt::white, Qt::black), 21.0);
        QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
    }

    void textIsReadableOnEachGround()
    {
        const Theme& t = theme();
        for (const QColor& ground : {t.window, t.panel, t.canvas, t.base, t.hover}) {
            isAtLeast(4.5, t.text, ground, "text");
            isAtLeast(4.5, t.muted, ground, "muted");
            isAtLeast(4.5, t.accent, ground, "accent");
        }
        for (const QColor& ground : {t.selection, t.selectionInactive}) {
            isAtLeast(4.5, t.text, ground, "text on a selection");
            isAtLeast(4.5, t.mutedOnSelection(), ground, "muted on a selection");
        }
        isAtLeast(4.5, t.onAccent, t.accent, "text on the primary button");
    }

    void statusTextIsReadable()
    {
        const Theme& t = theme();
        for (const StatusColors& status : {t.success, t.warning, t.error, t.info, t.unknown}) {
            isAtLeast(4.5, status.ink, status.fill, "status on its fill");
            isAtLeast(4.5, t.text, status.fill, "text on a status fill");
            isAtLeast(4.5, status.ink, t.base, "status on base");
            isAtLeast(3, status.ink, t.canvas, "status line on canvas");
        }
    }

    void linesThatCarryMeaningStandOut()
    {
        const Theme& t = theme();
        for (const QColor& ground : {t.canvas, t.base, t.panel}) {
            isAtLeast(3, t.edge, ground, "edge");
            isAtLeast(3, t.fieldBorder, ground, "field border");
        }
        for (const QColor& hue : t.hues) {
            isAtLeast(3, hue, t.canvas, "hue on canvas");
            isAtLeast(3, hue, t.base, "hue on base");
        }
    }

    void whatALensShowsStandsOutOnACard()
    {
        const Theme& t = theme();
        std::vector<QColor> inks(t.hues.begin(), t.hues.end());
        inks.insert(inks.end(), t.lensGrades.begin(), t.lensGrades.end());
        inks.push_back(t.lensOthers);
        for (const QColor& ink : inks) {
            isAtLeast(3, ink, t.base, "lens on base");
            isAtLeast(3, ink, t.canvas, "lens on canvas");
            isAtLeast(4.5, readableOn(ink), ink, "sign on the lens's ink");
            const QColor card = mixed(ink, t.base, t.lensCardShare);
            isAtLeast(4.5, t.text, card, "text on a card under a lens");
            isAtLeast(4.5, t.muted, card, "muted on a card under a lens");
        }
        isAtLeast(4.5, t.text, t.plainRegionFill(), "name of a region under a lens");
        isAtLeast(4.5, t.muted, t.plainRegionFill(), "note of a region under a lens");
        for (std::size_t i = 0; i + 1 < t.lensGrades.size(); ++i)
            isAtLeast(1.2, t.lensGrades[i], t.lensGrades[i + 1], "a grade beside the next");
    }

    void textStaysReadableOnRegionsAndChips()
    {
        const Theme& t = theme();
        for (int hue = 0; hue < Theme::hueCount; ++hue) {
            isAtLeast(4.5, t.text, t.regionFill(hue), "name of a region");
            isAtLeast(4.5, t.text, t.chipFill(hue, t.panel), "code on a chip");
        }
    }

    void aWidgetFindsTheThemeItStandsIn()
    {
        QWidget window;
        window.setPalette(paletteOf(theme()));
        QWidget child(&window);
        QCOMPARE(&themeOf(child), &theme());
    }

    void sizesFollowTheSystemFont()
    {
        QFont system;
        system.setPointSizeF(10);
        QCOMPARE(textScale(system), 1.0);
        QCOMPARE(qRound(fontOf(FontRole::Body, system).pointSizeF() * 96 / 72), 13);
        system.setPointSizeF(15);
        QVERIFY(qAbs(textScale(system) - 1.5) < 0.05);
        QVERIFY(qAbs(fontOf(FontRole::Body, system).pointSizeF() * 96 / 72 - 20) < 0.5);
    }

    void aNinthDomainReusesTheFirstHue() { QCOMPARE(theme().hue(8), theme().hue(0)); }
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::ThemeTest)
#include "theme_test.moc"
