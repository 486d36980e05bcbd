// SPDX-License-Identifier: Apache-2.0
// The model's UTF-8 and Qt's text, and the guards for text that came from a file: it is shown as it is, never as markup.
#pragma once

#include <QString>

#include <string>
#include <string_view>

class QAction;
class QWidget;

namespace portolan::ui {

inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

inline std::string toStdString(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

// Text for one line of a label, a cell or a menu: line ends become spaces, what would turn the reading direction or cannot be
// seen becomes a visible mark, and what is longer than `cap` characters is cut with an ellipsis.
QString shown(std::string_view text, int cap = 2000);
QString shown(const QString& text, int cap = 2000);

// The same for text that keeps its lines.
QString shownLines(const QString& text, int cap = 20000);

// A tooltip that shows `text` letter for letter: item models answer it for Qt::ToolTipRole. Empty stays empty.
QString plainToolTip(const QString& text);

// The only callers of setToolTip.
void setPlainToolTip(QWidget* widget, const QString& text);
void setPlainToolTip(QAction* action, const QString& text);

// "1 context", "3 contexts": `one` and `many` hold a %1 for the number.
QString counted(qsizetype number, const QString& one, const QString& many);

// Text for an action, tab or button: an ampersand in it is no mnemonic.
QString withoutMnemonics(const QString& text);

}  // namespace portolan::ui
