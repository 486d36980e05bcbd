// SPDX-License-Identifier: Apache-2.0
#include "ui/base/text.h"

#include <QAction>
#include <QLocale>
#include <QWidget>

namespace portolan::ui {
namespace {

// Directional overrides and isolates, zero-width and tag characters: they make a name look like another one.
bool isDeceptive(uint code)
{
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
           (code >= 0x200B && code <= 0x200F) || code == 0x061C || code == 0xFEFF ||
           (code >= 0xE0000 && code <= 0xE007F);
}

constexpr QChar visibleMark(0x25CC);  // a dotted circle

QString cleaned(const QString& text, int cap, bool keepLines)
{
    QString result;
    result.reserve(std::min<qsizetype>(text.size(), cap));
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (result.size() >= cap) {
            result += QChar(0x2026);
            break;
        }
        const QChar unit = text[at];
        uint code = unit.unicode();
        const bool isPair = unit.isHighSurrogate() && at + 1 < text.size();
        if (isPair)
            code = QChar::surrogateToUcs4(unit, text[at + 1]);
        const bool isBreak = unit == u'\n' || unit == u'\r' || unit == QChar::LineSeparator ||
                             unit == QChar::ParagraphSeparator;
        if (isBreak && !keepLines)
            result += u' ';
        else if (isDeceptive(code) || (code < 0x20 && !isBreak && unit != u'\t') || code == 0x7F)
            result += visibleMark;
        else if (isPair)
            result.append(unit).append(text[at + 1]);
        else
            result += unit;
        at += isPair ? 1 : 0;
    }
    return result;
}

}  // namespace

QString shown(const QString& text, int cap)
{
    return cleaned(text, cap, false);
}

QString shown(std::string_view text, int cap)
{
    return shown(toQString(text), cap);
}

QString shownLines(const QString& text, int cap)
{
    return cleaned(text, cap, true);
}

QString plainToolTip(const QString& text)
{
    if (text.isEmpty())
        return {};
    // Escaped text alone would still be guessed at; a tag says that it is markup, and the escapes are then shown as letters.
    QString escaped = shownLines(text, 2000).toHtmlEscaped();
    escaped.replace(u'\n', QStringLiteral("<br>"));
    return QStringLiteral("<qt>") + escaped + QStringLiteral("</qt>");
}

void setPlainToolTip(QWidget* widget, const QString& text)
{
    widget->setToolTip(plainToolTip(text));
}

void setPlainToolTip(QAction* action, const QString& text)
{
    action->setToolTip(plainToolTip(text));
}

QString counted(qsizetype number, const QString& one, const QString& many)
{
    return (number == 1 ? one : many).arg(QLocale().toString(qlonglong(number)));
}

QString withoutMnemonics(const QString& text)
{
    QString result = text;
    return result.replace(u'&', QStringLiteral("&&"));
}

}  // namespace portolan::ui
