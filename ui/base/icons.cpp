// SPDX-License-Identifier: Apache-2.0
#include "ui/base/icons.h"

#include "ui/base/theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <cmath>
#include <initializer_list>
#include <numbers>

namespace portolan::ui {
namespace {

constexpr double grid = 16;
constexpr double stroke = 1.4;

using Points = std::initializer_list<QPointF>;

void addLine(QPainterPath& path, Points points, bool isClosed = false)
{
    bool isFirst = true;
    for (const QPointF& point : points) {
        isFirst ? path.moveTo(point) : path.lineTo(point);
        isFirst = false;
    }
    if (isClosed)
        path.closeSubpath();
}

QPainterPath lines(std::initializer_list<Points> all)
{
    QPainterPath path;
    for (const Points& points : all)
        addLine(path, points);
    return path;
}

QPainterPath polygon(Points points)
{
    QPainterPath path;
    addLine(path, points, true);
    return path;
}

QPainterPath roundedBox(const QRectF& box, double radius)
{
    QPainterPath path;
    path.addRoundedRect(box, radius, radius);
    return path;
}

QPainterPath disc(double x, double y, double radius)
{
    QPainterPath path;
    path.addEllipse(QPointF(x, y), radius, radius);
    return path;
}

QPainterPath undoArrow()
{
    QPainterPath path = lines({{{5.5, 2.5}, {2.5, 5.5}, {5.5, 8.5}}});
    path.moveTo(2.5, 5.5);
    path.lineTo(9.5, 5.5);
    path.cubicTo(14.5, 5.5, 14.5, 12.5, 9.5, 12.5);
    path.lineTo(6, 12.5);
    return path;
}

QPainterPath mirrored(const QPainterPath& path)
{
    return QTransform(-1, 0, 0, 1, grid, 0).map(path);
}

QPainterPath importArrow()
{
    QPainterPath path;
    path.arcMoveTo(QRectF(2.5, 2.5, 11, 11), 40);
    path.arcTo(QRectF(2.5, 2.5, 11, 11), 40, 290);
    addLine(path, {{12.6, 1.2}, {12.4, 4.6}, {9, 4.4}});
    return path;
}

QPainterPath tangle()
{
    QPainterPath path;
    path.moveTo(3, 11);
    path.cubicTo(0, 3, 13, -1, 13.5, 7);
    path.cubicTo(14, 14, 4, 15, 4.5, 8.5);
    path.cubicTo(5, 4, 11, 4.5, 10.5, 8.5);
    path.cubicTo(10, 11, 7, 10.5, 7.5, 8.5);
    return path;
}

QPainterPath cylinder()
{
    QPainterPath path;
    path.addEllipse(QRectF(3, 2, 10, 4));
    path.moveTo(3, 4);
    path.lineTo(3, 12);
    path.cubicTo(3, 14.6, 13, 14.6, 13, 12);
    path.lineTo(13, 4);
    path.moveTo(3, 8);
    path.cubicTo(3, 10.6, 13, 10.6, 13, 8);
    return path;
}

QPainterPath gear()
{
    QPainterPath path = disc(8, 8, 2.2);
    for (int tooth = 0; tooth < 8; ++tooth) {
        const double angle = tooth * std::numbers::pi / 4;
        const QPointF way(std::cos(angle), std::sin(angle));
        addLine(path, {QPointF(8, 8) + way * 4, QPointF(8, 8) + way * 6.4});
    }
    path.addEllipse(QPointF(8, 8), 4.4, 4.4);
    return path;
}

QPainterPath book()
{
    QPainterPath path;
    path.moveTo(8, 4);
    path.cubicTo(6, 2.6, 4, 2.6, 2, 3);
    path.lineTo(2, 12.4);
    path.cubicTo(4, 12, 6, 12, 8, 13.4);
    path.cubicTo(10, 12, 12, 12, 14, 12.4);
    path.lineTo(14, 3);
    path.cubicTo(12, 2.6, 10, 2.6, 8, 4);
    path.lineTo(8, 13.2);
    return path;
}

QPainterPath keySign()
{
    QPainterPath path = disc(5, 11, 2.8);
    addLine(path, {{7, 9}, {13.5, 2.5}});
    addLine(path, {{11, 5}, {13, 7}});
    return path;
}

QPainterPath document()
{
    QPainterPath path = polygon({{3.5, 1.8}, {9.5, 1.8}, {12.5, 4.8}, {12.5, 14.2}, {3.5, 14.2}});
    addLine(path, {{9.2, 2}, {9.2, 5.2}, {12.3, 5.2}});
    return path;
}

QPainterPath people()
{
    QPainterPath path = disc(8, 5, 2.6);
    path.moveTo(2.8, 13.6);
    path.cubicTo(3, 8.4, 13, 8.4, 13.2, 13.6);
    return path;
}

QPainterPath folder()
{
    return polygon({{1.8, 3.2}, {6.2, 3.2}, {7.8, 5}, {14.2, 5}, {14.2, 13}, {1.8, 13}});
}

QPainterPath routeSign()
{
    QPainterPath path = disc(3.6, 12, 1.7);
    path.addEllipse(QPointF(12.4, 4), 1.7, 1.7);
    path.moveTo(5.4, 12);
    path.cubicTo(11, 12, 5, 4, 10.6, 4);
    return path;
}

QPainterPath pin()
{
    return lines({{{5, 2}, {11, 2}},
                  {{6, 2}, {6, 7}, {4, 9.5}, {12, 9.5}, {10, 7}, {10, 2}},
                  {{8, 9.5}, {8, 14}}});
}

QPainterPath compass()
{
    QPainterPath path = disc(8, 8, 6.6);
    addLine(
        path,
        {{8, 1.5}, {9.4, 6.6}, {14.5, 8}, {9.4, 9.4}, {8, 14.5}, {6.6, 9.4}, {1.5, 8}, {6.6, 6.6}},
        true);
    return path;
}

QPainterPath strokedPath(Sign sign)
{
    switch (sign) {
    case Sign::Back:
        return lines({{{10, 3}, {5, 8}, {10, 13}}});
    case Sign::Forward:
        return lines({{{6, 3}, {11, 8}, {6, 13}}});
    case Sign::Undo:
        return undoArrow();
    case Sign::Redo:
        return mirrored(undoArrow());
    case Sign::Find: {
        QPainterPath path = disc(6.8, 6.8, 4.4);
        addLine(path, {{10.2, 10.2}, {14, 14}});
        return path;
    }
    case Sign::Import:
        return importArrow();
    case Sign::Export:
        return lines({{{2.5, 9.5}, {2.5, 13.5}, {13.5, 13.5}, {13.5, 9.5}},
                      {{8, 10.5}, {8, 2.5}},
                      {{4.5, 6}, {8, 2.5}, {11.5, 6}}});
    case Sign::Filter:
        return polygon({{2, 3}, {14, 3}, {9.5, 8.5}, {9.5, 13.5}, {6.5, 12}, {6.5, 8.5}});
    case Sign::Float: {
        QPainterPath path = roundedBox(QRectF(2, 5.5, 8.5, 8.5), 1);
        addLine(path, {{5.5, 5.5}, {5.5, 2}, {14, 2}, {14, 10.5}, {10.5, 10.5}});
        return path;
    }
    case Sign::Close:
        return lines({{{3.5, 3.5}, {12.5, 12.5}}, {{12.5, 3.5}, {3.5, 12.5}}});
    case Sign::Pin:
        return pin();
    case Sign::ChevronRight:
        return lines({{{6, 4}, {10, 8}, {6, 12}}});
    case Sign::ChevronDown:
        return lines({{{4, 6}, {8, 10}, {12, 6}}});
    case Sign::Plus:
        return lines({{{8, 3}, {8, 13}}, {{3, 8}, {13, 8}}});
    case Sign::Minus:
        return lines({{{3, 8}, {13, 8}}});
    case Sign::Fit:
        return lines({{{2.5, 6}, {2.5, 2.5}, {6, 2.5}},
                      {{10, 2.5}, {13.5, 2.5}, {13.5, 6}},
                      {{13.5, 10}, {13.5, 13.5}, {10, 13.5}},
                      {{6, 13.5}, {2.5, 13.5}, {2.5, 10}}});
    case Sign::Arrange:
        return lines({{{2, 4}, {9, 4}},
                      {{2, 8}, {7, 8}},
                      {{2, 12}, {6, 12}},
                      {{8, 11}, {10.5, 13.5}, {14.5, 8}}});
    case Sign::Command:
        return lines({{{3, 4}, {7, 8}, {3, 12}}, {{8.5, 12}, {13.5, 12}}});
    case Sign::Folder:
        return folder();
    case Sign::Compass:
        return compass();
    case Sign::Clock: {
        QPainterPath path = disc(8, 8, 6);
        addLine(path, {{8, 4.5}, {8, 8.3}, {10.8, 9.8}});
        return path;
    }
    case Sign::Remove: {
        QPainterPath path = lines({{{2.5, 4}, {13.5, 4}}, {{6, 4}, {6, 2.2}, {10, 2.2}, {10, 4}}});
        addLine(path, {{4, 4}, {4.7, 14}, {11.3, 14}, {12, 4}});
        return path;
    }
    case Sign::Domain:
        return roundedBox(QRectF(2, 2, 12, 12), 3);
    case Sign::Context: {
        QPainterPath path = roundedBox(QRectF(2, 3, 12, 10), 2);
        addLine(path, {{5.4, 3}, {5.4, 13}});
        return path;
    }
    case Sign::BallOfMud:
        return tangle();
    case Sign::Team:
        return people();
    case Sign::Term:
        return book();
    case Sign::Relationship:
        return lines({{{2, 8}, {13.5, 8}}, {{10, 4.5}, {13.5, 8}, {10, 11.5}}});
    case Sign::Route:
        return routeSign();
    case Sign::Identifier:
        return keySign();
    case Sign::Contract:
        return document();
    case Sign::Field:
        return lines({{{3, 4}, {13, 4}}, {{3, 8}, {13, 8}}, {{3, 12}, {9, 12}}});
    case Sign::Table: {
        QPainterPath path = roundedBox(QRectF(2, 2.5, 12, 11), 1.5);
        addLine(path, {{2, 6}, {14, 6}});
        addLine(path, {{6.5, 6}, {6.5, 13.5}});
        return path;
    }
    case Sign::Dataset:
        return cylinder();
    case Sign::Column: {
        QPainterPath path = roundedBox(QRectF(5, 2, 6, 12), 1.5);
        addLine(path, {{5, 6}, {11, 6}});
        addLine(path, {{5, 10}, {11, 10}});
        return path;
    }
    case Sign::Job:
        return gear();
    case Sign::Source: {
        QPainterPath path = document();
        addLine(path, {{5.8, 8}, {10.2, 8}});
        addLine(path, {{5.8, 11}, {10.2, 11}});
        return path;
    }
    default:
        return {};
    }
}

QPainterPath filledPath(Sign sign)
{
    switch (sign) {
    case Sign::Present:
        return polygon({{4.5, 2.8}, {13, 8}, {4.5, 13.2}});
    case Sign::OperationalApi:
    case Sign::Product:
        return polygon({{8, 2}, {13.2, 5}, {13.2, 11}, {8, 14}, {2.8, 11}, {2.8, 5}});
    case Sign::Event:
        return polygon({{2.5, 3}, {9, 3}, {14, 8}, {9, 13}, {2.5, 13}, {6.5, 8}});
    case Sign::State: {
        QPainterPath path = roundedBox(QRectF(2.2, 2.2, 11.6, 11.6), 2);
        path.addRoundedRect(QRectF(3.9, 3.9, 8.2, 8.2), 1, 1);
        path.addRect(QRectF(5.7, 5.7, 4.6, 4.6));
        return path;
    }
    case Sign::Analytical: {
        QPainterPath path;
        path.addRect(QRectF(2, 9, 3.2, 5));
        path.addRect(QRectF(6.4, 5.5, 3.2, 8.5));
        path.addRect(QRectF(10.8, 2, 3.2, 12));
        return path;
    }
    case Sign::Success:
    case Sign::Info:
        return disc(8, 8, 6.6);
    case Sign::Warning: {
        QPainterPath path;
        path.moveTo(8, 1.6);
        path.lineTo(15, 14.2);
        path.lineTo(1, 14.2);
        path.closeSubpath();
        return path;
    }
    case Sign::Error:
        return polygon({{5.2, 1.4},
                        {10.8, 1.4},
                        {14.6, 5.2},
                        {14.6, 10.8},
                        {10.8, 14.6},
                        {5.2, 14.6},
                        {1.4, 10.8},
                        {1.4, 5.2}});
    default:
        return {};
    }
}

// What is drawn on top of a filled sign, in the ground's colour.
QPainterPath cutPath(Sign sign)
{
    switch (sign) {
    case Sign::Success:
        return lines({{{5, 8.3}, {7.2, 10.5}, {11.2, 5.8}}});
    case Sign::Info:
        return lines({{{8, 7.4}, {8, 11.4}}, {{8, 4.8}, {8, 4.9}}});
    case Sign::Warning:
        return lines({{{8, 6}, {8, 9.8}}, {{8, 12.1}, {8, 12.2}}});
    case Sign::Error:
        return lines({{{5.6, 5.6}, {10.4, 10.4}}, {{10.4, 5.6}, {5.6, 10.4}}});
    default:
        return {};
    }
}

void paintUnknown(QPainter& painter, const QColor& ink)
{
    QPen pen(ink, stroke, Qt::CustomDashLine, Qt::RoundCap, Qt::RoundJoin);
    pen.setDashPattern({1.6, 2.2});
    painter.setPen(pen);
    painter.drawPath(disc(8, 8, 6.4));
    QPainterPath mark;
    mark.moveTo(6, 6.4);
    mark.cubicTo(6, 3.8, 10.2, 4, 10, 6.4);
    mark.cubicTo(9.8, 8, 8, 7.8, 8, 9.4);
    addLine(mark, {{8, 11.5}, {8, 11.6}});
    painter.setPen(QPen(ink, stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(mark);
}

std::optional<QColor> statusInk(Sign sign, const Theme& theme)
{
    switch (sign) {
    case Sign::Success:
        return theme.success.ink;
    case Sign::Warning:
        return theme.warning.ink;
    case Sign::Error:
        return theme.error.ink;
    case Sign::Info:
        return theme.info.ink;
    case Sign::Unknown:
        return theme.unknown.ink;
    default:
        return std::nullopt;
    }
}

class SignEngine : public QIconEngine {
public:
    SignEngine(Sign sign, std::optional<int> hue) : m_sign(sign), m_hue(hue) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const Theme& theme = currentTheme();
        QColor ink = theme.text;
        if (const std::optional<QColor> status = statusInk(m_sign, theme))
            ink = *status;
        if (m_hue)
            ink = theme.hue(*m_hue);
        if (mode == QIcon::Disabled)
            ink = mixed(theme.muted, theme.window, 0.5);
        paintSign(*painter, m_sign, rect, ink, theme.base);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new SignEngine(*this); }

private:
    Sign m_sign;
    std::optional<int> m_hue;
};

}  // namespace

void paintSign(QPainter& painter, Sign sign, const QRectF& square, const QColor& ink,
               const QColor& ground)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(square.topLeft());
    painter.scale(square.width() / grid, square.height() / grid);
    painter.setBrush(Qt::NoBrush);
    if (sign == Sign::Unknown) {
        paintUnknown(painter, ink);
    } else if (const QPainterPath filled = filledPath(sign); !filled.isEmpty()) {
        painter.fillPath(filled, ink);
        painter.setPen(QPen(ground, stroke + 0.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(cutPath(sign));
    } else {
        QPen pen(ink, stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        if (sign == Sign::Domain)
            pen.setDashPattern({2.2, 2});
        painter.setPen(pen);
        painter.drawPath(strokedPath(sign));
    }
    painter.restore();
}

QIcon iconOf(Sign sign)
{
    return QIcon(new SignEngine(sign, std::nullopt));
}

QIcon iconOf(Sign sign, int hueNumber)
{
    return QIcon(new SignEngine(sign, hueNumber));
}

Sign signOf(EntityKind kind)
{
    switch (kind) {
    case EntityKind::Domain:
        return Sign::Domain;
    case EntityKind::BoundedContext:
        return Sign::Context;
    case EntityKind::Team:
        return Sign::Team;
    case EntityKind::Term:
        return Sign::Term;
    case EntityKind::Relationship:
        return Sign::Relationship;
    case EntityKind::DataProduct:
        return Sign::Product;
    case EntityKind::Route:
        return Sign::Route;
    case EntityKind::Identifier:
    case EntityKind::Crosswalk:
        return Sign::Identifier;
    case EntityKind::Contract:
        return Sign::Contract;
    case EntityKind::SchemaObject:
        return Sign::Table;
    case EntityKind::Field:
        return Sign::Field;
    case EntityKind::Dataset:
        return Sign::Dataset;
    case EntityKind::Column:
        return Sign::Column;
    case EntityKind::Job:
        return Sign::Job;
    case EntityKind::Source:
        return Sign::Source;
    }
    return Sign::Unknown;
}

Sign signOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return Sign::Error;
    case Severity::Warning:
        return Sign::Warning;
    case Severity::Note:
        return Sign::Info;
    }
    return Sign::Unknown;
}

const Theme& currentTheme()
{
    return themeOf(QGuiApplication::palette());
}

}  // namespace portolan::ui
