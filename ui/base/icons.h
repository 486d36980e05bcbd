// SPDX-License-Identifier: Apache-2.0
// Our own signs on a 16 px grid, painted as paths and tinted with the theme: sharp at each scale, and no icon theme is needed.
#pragma once

#include "model/base/entity_ref.h"
#include "model/base/problem.h"

#include <QColor>
#include <QIcon>

#include <optional>

class QPainter;
class QRectF;

namespace portolan::ui {

enum class Sign {
    // shell
    Back,
    Forward,
    Undo,
    Redo,
    Find,
    Import,
    Export,
    Filter,
    Float,
    Close,
    Pin,
    ChevronRight,
    ChevronDown,
    Plus,
    Minus,
    Fit,
    Arrange,
    Present,
    Command,
    Folder,
    Compass,
    Clock,
    Remove,
    // things
    Domain,
    Context,
    BallOfMud,
    Team,
    Term,
    Relationship,
    OperationalApi,
    Event,
    State,
    Analytical,
    Product,
    Route,
    Identifier,
    Contract,
    Field,
    Table,
    Dataset,
    Column,
    Job,
    Source,
    // status: filled, so that they survive at 12 px
    Success,
    Warning,
    Error,
    Info,
    Unknown
};

// Paints the sign into the square; strokes in `ink`, what is cut out of a filled one in `ground`.
void paintSign(QPainter& painter, Sign sign, const QRectF& square, const QColor& ink,
               const QColor& ground);

// Tinted with the text colour of the palette in force when it is painted, status signs with theirs; greyed when disabled.
QIcon iconOf(Sign sign);
// Tinted with a domain's hue.
QIcon iconOf(Sign sign, int hueNumber);

Sign signOf(EntityKind kind);
Sign signOf(Severity severity);

// The theme of the program's palette, for what is painted outside any widget.
const struct Theme& currentTheme();

}  // namespace portolan::ui
