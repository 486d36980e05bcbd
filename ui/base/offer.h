// SPDX-License-Identifier: Apache-2.0
// Choices in lists and boxes of which some cannot be made: greyed, with the reason as tooltip and for screen readers.
#pragma once

#include <QString>

class QComboBox;
class QWidget;

namespace portolan {
struct RelationshipChoice;
}

namespace portolan::ui {

struct Offer {
    bool isAllowed = true;
    QString meaning;  // what the choice means; may be empty
    QString
        reason;  // why it cannot be made or, where it can, is doubtful; empty: nothing speaks against it

    const QString& words() const { return reason.isEmpty() ? meaning : reason; }
};

// In the words of the rules of context maps.
Offer offerOf(const RelationshipChoice& choice);

// Greys a row of a list, or marks it as doubtful. No row (-1) is nothing to do.
void offerRow(QComboBox* box, int row, const Offer& offer);
bool isRowOffered(const QComboBox* box, int row);
// A line for the meaning of the chosen row, and one for each row that cannot be chosen.
QString rowsInWords(const QComboBox* box, const QString& meaning);
// The tooltip and the description of a box or button; what it looks like is left to the caller.
void describeOffer(QWidget* box, const Offer& offer);

}  // namespace portolan::ui
