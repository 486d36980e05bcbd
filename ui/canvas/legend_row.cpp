// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/legend_row.h"

#include "ui/base/icons.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"

#include <QPainter>
#include <QToolButton>

namespace portolan::ui {
namespace {

constexpr int rowHeight = static_cast<int>(legendRowHeight);
constexpr double gap = 18;
constexpr double restRoom = 70;  // for "+3 more"
constexpr double closeRoom = 34;

}  // namespace

LegendRow::LegendRow(QWidget* parent) : QWidget(parent), m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("legend"));
    setFixedHeight(rowHeight);
    setFont(fontOf(FontRole::HeaderCell, font()));
    m_close->setObjectName(QStringLiteral("closeLegend"));
    m_close->setAutoRaise(true);
    m_close->setIcon(iconOf(Sign::Close));
    m_close->setAccessibleName(tr("Close the legend"));
    m_close->setFocusPolicy(Qt::NoFocus);
    setPlainToolTip(m_close, tr("Close the legend (L)"));
    m_close->resize(24, 24);
    connect(m_close, &QToolButton::clicked, this, &LegendRow::closed);
}

void LegendRow::setChart(const Chart& chart)
{
    m_legend = legendOf(chart);
    setFixedHeight(m_legend.lensTitle.isEmpty() ? rowHeight : 2 * rowHeight);
    showTexts();
    update();
}

void LegendRow::showTexts()
{
    setAccessibleName(tr("Legend: %1").arg(text()));
    setPlainToolTip(this, text());  // what has no room is there
}

void LegendRow::resizeEvent(QResizeEvent*)
{
    m_close->move(width() - 30, (rowHeight - m_close->height()) / 2);
}

void LegendRow::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(*this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    painter.fillRect(QRect(0, 0, width(), 1), theme.line);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_legend.lensTitle.isEmpty())
        paintLens(painter);
    paintKeys(painter);
}

void LegendRow::paintKeys(QPainter& painter) const
{
    const std::vector<LegendKey>& keys = m_legend.keys;
    const QRectF row(0, height() - rowHeight, width(), rowHeight);
    double x = 12;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const double room = i + 1 < keys.size() ? restRoom : 0;
        if (x + widthOf(keys[i], font()) + room > width() - closeRoom) {
            paintRest(painter, keys.size() - i, x, row);
            return;
        }
        x = paintKey(painter, keys[i], x, row, font(), themeOf(*this)) + gap;
    }
}

void LegendRow::paintLens(QPainter& painter) const
{
    const Theme& theme = themeOf(*this);
    const QRectF row(0, 0, width(), rowHeight);
    const LegendFonts fonts{font(), fontOf(FontRole::Chip, font()),
                            fontOf(FontRole::PlateCell, font())};
    const std::vector<LegendAnswer>& answers = m_legend.answers;
    double x =
        paintLegendWords(painter, m_legend.lensTitle, 12, row, fonts.strong, theme.text) + 14;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const double room = i + 1 < answers.size() ? restRoom : 0;
        if (x + widthOf(answers[i], fonts) + room > width() - closeRoom) {
            paintRest(painter, answers.size() - i, x, row);
            return;
        }
        x = paintAnswer(painter, answers[i], x, row, fonts, theme) + gap;
    }
}

// Never silently: how many have no room.
void LegendRow::paintRest(QPainter& painter, std::size_t count, double x, const QRectF& row) const
{
    paintLegendWords(painter, tr("+%L1 more").arg(static_cast<qulonglong>(count)), x, row, font(),
                     themeOf(*this).muted);
}

}  // namespace portolan::ui
