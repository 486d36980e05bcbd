// SPDX-License-Identifier: Apache-2.0
#include "ui/base/offer.h"

#include "model/analysis/rules/legal_choices.h"

#include "ui/base/icons.h"
#include "ui/base/text.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QStandardItemModel>
#include <QStringList>

namespace portolan::ui {
namespace {

constexpr int mostLetters = 400;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Offer)
};

QStandardItem* itemAt(const QComboBox* box, int row)
{
    return static_cast<QStandardItemModel*>(box->model())->item(row);
}

}  // namespace

Offer offerOf(const RelationshipChoice& choice)
{
    return {choice.isAllowed, shown(choice.explanation, mostLetters),
            shown(choice.reason, mostLetters)};
}

void offerRow(QComboBox* box, int row, const Offer& offer)
{
    if (row < 0)
        return;
    QStandardItem* item = itemAt(box, row);
    item->setEnabled(offer.isAllowed);
    item->setData(plainToolTip(offer.words()), Qt::ToolTipRole);
    item->setData(offer.words(), Qt::AccessibleDescriptionRole);
    const bool isDoubtful = offer.isAllowed && !offer.reason.isEmpty();
    item->setIcon(isDoubtful ? iconOf(Sign::Warning) : QIcon());
}

bool isRowOffered(const QComboBox* box, int row)
{
    return row >= 0 && itemAt(box, row)->isEnabled();
}

QString rowsInWords(const QComboBox* box, const QString& meaning)
{
    QStringList lines;
    if (!meaning.isEmpty())
        lines << meaning;
    for (int row = 0; row < box->count(); ++row) {
        if (!isRowOffered(box, row))
            lines << Words::tr("%1 cannot be: %2")
                         .arg(box->itemText(row),
                              box->itemData(row, Qt::AccessibleDescriptionRole).toString());
    }
    return lines.join(QLatin1Char('\n'));
}

void describeOffer(QWidget* box, const Offer& offer)
{
    setPlainToolTip(box, offer.words());
    const bool isDoubtful = offer.isAllowed && !offer.reason.isEmpty();
    box->setAccessibleDescription(isDoubtful && !offer.meaning.isEmpty()
                                      ? offer.meaning + QLatin1Char('\n') + offer.reason
                                  : offer.isAllowed ? offer.meaning
                                                    : offer.reason);
}

}  // namespace portolan::ui
