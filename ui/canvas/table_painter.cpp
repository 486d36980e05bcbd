// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/table_painter.h"

#include "ui/base/icons.h"
#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/canvas/chart_painter.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace portolan::ui {
namespace {

constexpr double tableWidth = 228;
constexpr double headerHeight = 36;
constexpr double rowHeight = 22;
constexpr double tableFoot = 4;
constexpr double jobSide = 28;
constexpr double jobLabelWidth = 120;
constexpr double inset = 10;
constexpr double chipHeight = 18;
constexpr double signSide = 14;
constexpr int mostLetters = 200;

double textWidth(const QString& text, const QFont& font)
{
    return QFontMetricsF(font).horizontalAdvance(text);
}

// One line, elided in the middle: the end of a dataset's name tells it apart.
void paintLine(QPainter& painter, const QRectF& box, const QString& text, const QFont& font,
               const QColor& ink, Qt::TextElideMode elide = Qt::ElideRight)
{
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(QPointF(box.left(), box.center().y() + metrics.capHeight() / 2),
                     metrics.elidedText(text, elide, std::max(0.0, box.width())));
}

// Letters keep their size on the screen down to 60 %, as far as their row has room.
double letterPx(double px, double zoom)
{
    return std::min(std::max(px, 10 / zoom), 16.5);
}

QString chipText(int count)
{
    return count > 999 ? QStringLiteral("999+") : QStringLiteral("+%1").arg(count);
}

double chipWidth(int count)
{
    return textWidth(chipText(count), chartFont(11, QFont::DemiBold)) + 20;
}

// A small arrow says where the hidden ones are.
void paintChip(QPainter& painter, const QRectF& chip, int count, bool isUpstream,
               const Theme& theme)
{
    if (chip.isEmpty())
        return;
    QPainterPath shape;
    shape.addRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.fillPath(shape, theme.base);
    painter.strokePath(shape, QPen(theme.lineStrong, 1));
    const double arrow = isUpstream ? chip.left() + 5 : chip.right() - 5;
    const double back = isUpstream ? arrow + 4 : arrow - 4;
    const double y = chip.center().y();
    painter.setPen(QPen(theme.text, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF{{back, y - 3.5}, {arrow, y}, {back, y + 3.5}});
    const QRectF letters = chip.adjusted(isUpstream ? 12 : 6, 0, 0, 0);
    paintLine(painter, letters, chipText(count), chartFont(11, QFont::DemiBold), theme.text);
}

Sign signOf(const ChartNode& node)
{
    return node.note == "topic" ? Sign::Event : Sign::Table;
}

void paintHeader(QPainter& painter, const ChartNode& node, const QRectF& table, const Theme& theme,
                 double zoom)
{
    const double middle = table.top() + headerHeight / 2;
    paintSign(painter, signOf(node),
              {table.left() + inset, middle - signSide / 2, signSide, signSide}, theme.text,
              theme.base);
    double right = table.right() - 8;
    for (const QRectF& chip : {afterChip(node, table), beforeChip(node, table)}) {
        if (!chip.isEmpty())
            right = std::min(right, chip.left() - 6);
    }
    if (node.isPinned) {
        paintSign(painter, Sign::Pin, {right - signSide, middle - signSide / 2, signSide, signSide},
                  theme.accent, theme.base);
        right -= signSide + 5;
    }
    const double left = table.left() + inset + signSide + 7;
    paintLine(painter, {left, middle - 9, right - left, 18}, shown(node.title, mostLetters),
              chartFont(letterPx(12.5, zoom), QFont::DemiBold), theme.text, Qt::ElideMiddle);
    paintChip(painter, beforeChip(node, table), node.before, true, theme);
    paintChip(painter, afterChip(node, table), node.after, false, theme);
}

void paintRow(QPainter& painter, const ChartRow& row, const QRectF& box, const Theme& theme,
              double zoom)
{
    double right = box.right() - inset;
    const QFont noteFont = chartFont(letterPx(11.5, zoom), QFont::Normal);
    const QString note = shown(row.note, 40);
    const double noteWidth = std::min(textWidth(note, noteFont), box.width() * 0.4);
    paintLine(painter, {right - noteWidth, box.top(), noteWidth + 1, box.height()}, note, noteFont,
              theme.muted);
    right -= noteWidth + (noteWidth > 0 ? 8 : 0);
    const double left = box.left() + inset + 4;
    const QFont font = chartFont(letterPx(12, zoom), QFont::Normal);
    const QString title = shown(row.title, mostLetters);
    const double room = right - left - (row.isKey ? 16 : 0);
    paintLine(painter, {left, box.top(), room, box.height()}, title, font, theme.text);
    if (row.isKey) {
        const double at = left + std::min(textWidth(title, font), room) + 4;
        paintSign(painter, Sign::Identifier, {at, box.center().y() - 6, 12, 12}, theme.muted,
                  theme.base);
    }
}

}  // namespace

QSizeF sizeOf(const ChartNode& node)
{
    if (node.shape == ChartShape::Card)
        return cardSize();
    if (node.shape == ChartShape::Job)
        return {jobSide, jobSide};
    const double rows = static_cast<double>(node.rows.size() + (node.moreRows.empty() ? 0 : 1));
    return {tableWidth, headerHeight + (rows > 0 ? rows * rowHeight + tableFoot : 0)};
}

QRectF rowRect(const QRectF& table, std::size_t row)
{
    return {table.left(), table.top() + headerHeight + static_cast<double>(row) * rowHeight,
            table.width(), rowHeight};
}

QRectF afterChip(const ChartNode& node, const QRectF& table)
{
    if (node.shape != ChartShape::Table || node.after == 0)
        return {};
    const double width = chipWidth(node.after);
    return {table.right() - 7 - width, table.top() + (headerHeight - chipHeight) / 2, width,
            chipHeight};
}

QRectF beforeChip(const ChartNode& node, const QRectF& table)
{
    if (node.shape != ChartShape::Table || node.before == 0)
        return {};
    const double width = chipWidth(node.before);
    const QRectF after = afterChip(node, table);
    const double right = after.isEmpty() ? table.right() - 7 : after.left() - 4;
    return {right - width, table.top() + (headerHeight - chipHeight) / 2, width, chipHeight};
}

void paintTable(QPainter& painter, const ChartNode& node, const QRectF& table, const Theme& theme,
                const TableMarks& marks, double zoom)
{
    QPainterPath shape;
    shape.addRoundedRect(table.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.fillPath(shape, theme.base);
    painter.save();
    painter.setClipPath(shape, Qt::IntersectClip);
    const QColor hue = node.hue >= 0 ? theme.hue(node.hue) : theme.muted;
    painter.fillRect(QRectF(table.left(), table.top(), table.width(), headerHeight),
                     mixed(hue, theme.base, theme.regionFillShare));
    for (std::size_t row = 0; row < node.rows.size(); ++row) {
        const QRectF box = rowRect(table, row);
        const bool isSelected = marks.selectedRow == static_cast<int>(row);
        if (isSelected)
            painter.fillRect(box, theme.selection);
        else if (row < marks.isLinked.size() && marks.isLinked[row])
            painter.fillRect(box, mixed(theme.selection, theme.base, 0.5));
        if (isSelected)
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.accent);
    }
    painter.restore();
    if (!node.rows.empty() || !node.moreRows.empty())
        painter.fillRect(QRectF(table.left() + 1, table.top() + headerHeight, table.width() - 2, 1),
                         theme.line);
    painter.strokePath(shape, QPen(theme.lineStrong, 1));
    paintHeader(painter, node, table, theme, zoom);
    for (std::size_t row = 0; row < node.rows.size(); ++row)
        paintRow(painter, node.rows[row], rowRect(table, row), theme, zoom);
    if (!node.moreRows.empty())
        paintLine(painter, rowRect(table, node.rows.size()).adjusted(inset + 4, 0, -inset, 0),
                  shown(node.moreRows, 60), chartFont(letterPx(12, zoom), QFont::Normal),
                  theme.muted);
    if (marks.focusedRow >= 0) {
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(
            rowRect(table, static_cast<std::size_t>(marks.focusedRow)).adjusted(2, 2, -2, -2), 3,
            3);
    }
}

void paintJob(QPainter& painter, const ChartNode& node, const QRectF& rect, const Theme& theme,
              const QColor& ground)
{
    const QColor ink = node.badge ? theme.warning.ink : theme.edge;
    QPainterPath shape;
    shape.addRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6);
    painter.fillPath(shape, theme.base);
    painter.strokePath(shape, QPen(ink, 1.6));
    const double side = rect.width() * 0.58;
    paintSign(painter, Sign::Job,
              {rect.center().x() - side / 2, rect.center().y() - side / 2, side, side}, ink,
              theme.base);
    const QFont font = chartFont(11, QFont::Normal);
    const QString name = QFontMetricsF(font).elidedText(shown(node.title, mostLetters),
                                                        Qt::ElideMiddle, jobLabelWidth);
    const double width = textWidth(name, font);
    const QRectF label(rect.center().x() - width / 2, rect.bottom() + 2, width, 15);
    // Lines that pass below do not run through the letters.
    QColor veil = ground;
    veil.setAlphaF(0.85F);
    painter.fillRect(label.adjusted(-2, 0, 2, 0), veil);
    paintLine(painter, label.adjusted(0, 0, 1, 0), name, font, theme.text);
}

namespace {

void curveTo(QPainterPath& path, const QPointF& to)
{
    const QPointF from = path.currentPosition();
    const double reach = std::max(24.0, std::abs(to.x() - from.x()) / 2);
    path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
}

}  // namespace

QPainterPath linkPath(const QRectF& from, const QRectF& via, const QRectF& to)
{
    QPainterPath path(QPointF(from.right(), from.center().y()));
    if (!via.isEmpty()) {
        curveTo(path, {via.left(), via.center().y()});
        path.lineTo(via.right(), via.center().y());
    }
    curveTo(path, {to.left(), to.center().y()});
    return path;
}

}  // namespace portolan::ui
