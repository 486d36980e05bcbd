// SPDX-License-Identifier: Apache-2.0
#include "ui/views/context_map/export_dialog.h"

#include "ui/base/plain_label.h"
#include "ui/base/style.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace portolan::ui {
namespace {

constexpr int dialogWidth = 400;
// In the order of their lists.
constexpr std::array formats = {PictureFormat::Pdf, PictureFormat::Png, PictureFormat::Svg,
                                PictureFormat::Html};
constexpr std::array papers = {PaperSize::A4, PaperSize::A3, PaperSize::Letter,
                               PaperSize::AsPicture};
constexpr std::array tiles = {0.5, 0.75, 1.0, 1.5, 2.0};
constexpr std::array scales = {leastPictureScale, 1.0, 2.0, 3.0, 4.0, 6.0, mostPictureScale};
constexpr int wholeTile = 2;
constexpr int doubleScale = 2;
static_assert(tiles[wholeTile] == 1 && scales[doubleScale] == 2);

// Of what is not in the list: the first, or `otherwise`.
template <class Values, class Value>
int indexOf(const Values& values, const Value& value, int otherwise = 0)
{
    const auto found = std::find(values.begin(), values.end(), value);
    return found == values.end() ? otherwise : static_cast<int>(found - values.begin());
}

template <class Values>
auto valueOf(const Values& values, const QComboBox* list)
{
    return values[static_cast<std::size_t>(std::max(0, list->currentIndex()))];
}

template <class Values>
QStringList percents(const Values& values)
{
    QStringList texts;
    for (const double value : values)
        texts << ExportDialog::tr("%1 %").arg(std::lround(value * 100));
    return texts;
}

}  // namespace

ExportDialog::ExportDialog(const QSizeF& withLegend, const QSizeF& withoutLegend,
                           const ExportChoice& last, QWidget* parent)
    : QDialog(parent), m_withLegend(withLegend), m_withoutLegend(withoutLegend), m_last(last)
{
    setObjectName(QStringLiteral("exportDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Export the map"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 16);
    layout->setSpacing(12);
    layout->setSizeConstraint(QLayout::SetMinimumSize);
    m_form = new QFormLayout;
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->addLayout(m_form);
    createFields();
    m_preview = new PlainLabel(this);
    m_preview->setObjectName(QStringLiteral("exportPreview"));
    m_preview->setWordWrap(true);
    m_preview->setMuted(true);
    m_preview->setMinimumWidth(qRound(dialogWidth * textScale()));
    m_preview->setMinimumHeight(2 * m_preview->fontMetrics().lineSpacing());
    m_preview->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    layout->addWidget(m_preview);
    layout->addStretch(1);
    createButtons();
    show(last);
    refresh();
}

void ExportDialog::createFields()
{
    m_format =
        addChoice(tr("&Kind"), "exportFormat",
                  {tr("PDF document"), tr("PNG picture"), tr("SVG picture"), tr("HTML page")});
    m_paper = addChoice(tr("&Paper"), "exportPaper",
                        {tr("A4"), tr("A3"), tr("Letter"), tr("As large as the map")});
    m_sheets = addChoice(tr("&Sheets"), "exportSheets",
                         {tr("Fitted to one"), tr("Several, to lay side by side")});
    m_tile = addChoice(tr("Si&ze on paper"), "exportTile", percents(tiles));
    m_scale = addChoice(tr("Si&ze"), "exportScale", percents(scales));
    m_legend = addCheck(tr("&Legend below the map"), "exportLegend");
    m_dark = addCheck(tr("&Dark colours"), "exportDark");
}

void ExportDialog::createButtons()
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    m_save = buttons->button(QDialogButtonBox::Save);
    m_save->setObjectName(QStringLiteral("exportSave"));
    m_save->setText(tr("Sa&ve as…"));
    for (QAbstractButton* button : buttons->buttons())
        button->setIcon(QIcon());
    makePrimary(m_save);
    m_save->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("&Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(buttons);
}

QComboBox* ExportDialog::addChoice(const QString& label, const char* objectName,
                                   const QStringList& texts)
{
    auto* list = new QComboBox(this);
    list->setObjectName(QLatin1String(objectName));
    list->setAccessibleName(QString(label).remove(u'&'));
    list->addItems(texts);
    auto* words = new PlainLabel(label, this);
    words->setBuddy(list);
    m_form->addRow(words, list);
    connect(list, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
    return list;
}

QCheckBox* ExportDialog::addCheck(const QString& text, const char* objectName)
{
    auto* box = new QCheckBox(text, this);
    box->setObjectName(QLatin1String(objectName));
    m_form->addRow(QString(), box);
    connect(box, &QCheckBox::toggled, this, &ExportDialog::refresh);
    return box;
}

void ExportDialog::show(const ExportChoice& choice)
{
    m_format->setCurrentIndex(indexOf(formats, choice.format));
    m_paper->setCurrentIndex(indexOf(papers, choice.options.paper.size));
    m_sheets->setCurrentIndex(choice.options.paper.isTiled ? 1 : 0);
    m_tile->setCurrentIndex(indexOf(tiles, choice.options.paper.scale, wholeTile));
    m_scale->setCurrentIndex(indexOf(scales, choice.options.scale, doubleScale));
    m_legend->setChecked(choice.options.hasLegend);
    m_dark->setChecked(choice.options.isDark);
}

ExportChoice ExportDialog::choice() const
{
    ExportChoice choice = m_last;
    choice.format = valueOf(formats, m_format);
    choice.options.paper = {valueOf(papers, m_paper), m_sheets->currentIndex() == 1,
                            valueOf(tiles, m_tile)};
    choice.options.scale = valueOf(scales, m_scale);
    choice.options.hasLegend = m_legend->isChecked();
    choice.options.isDark = m_dark->isChecked();
    return choice;
}

void ExportDialog::refresh()
{
    if (!m_save)
        return;  // still being made
    const ExportChoice now = choice();
    const bool isPdf = now.format == PictureFormat::Pdf;
    const bool hasSheets = isPdf && now.options.paper.size != PaperSize::AsPicture;
    m_form->setRowVisible(m_paper, isPdf);
    m_form->setRowVisible(m_sheets, hasSheets);
    m_form->setRowVisible(m_tile, hasSheets && now.options.paper.isTiled);
    m_form->setRowVisible(m_scale, now.format == PictureFormat::Png);
    const Result<QString> said =
        announced(now.options.hasLegend ? m_withLegend : m_withoutLegend, now.format, now.options);
    m_preview->setFullText(said ? *said : toQString(said.error().message));
    m_save->setEnabled(said.has_value());
}

void ExportDialog::accept()
{
    emit chosen(choice());
    QDialog::accept();
}

}  // namespace portolan::ui
