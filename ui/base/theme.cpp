// SPDX-License-Identifier: Apache-2.0
#include "ui/base/theme.h"

#include "ui/base/bundled_fonts.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace portolan::ui {
namespace {

constexpr double bodyPx = 13;

QColor rgb(QRgb value)
{
    return QColor::fromRgb(value);
}

Theme lightTheme()
{
    Theme theme;
    theme.window = rgb(0xECEBE6);
    theme.panel = rgb(0xF6F5F1);
    theme.canvas = rgb(0xFBFAF6);
    theme.base = rgb(0xFFFFFF);
    theme.line = rgb(0xDAD8D0);
    theme.lineStrong = rgb(0xB5B2A8);
    theme.fieldBorder = rgb(0x8C8A80);
    theme.text = rgb(0x1C2128);
    theme.muted = rgb(0x5B626C);
    theme.edge = rgb(0x4A515C);
    theme.accent = rgb(0x1F5FBF);
    theme.onAccent = rgb(0xFFFFFF);
    theme.selection = rgb(0xD6E4FA);
    theme.selectionInactive = rgb(0xE4E2DB);
    theme.hover = rgb(0xEFEEE9);
    theme.success = {rgb(0x1B7A48), rgb(0xE0F1E6)};
    theme.warning = {rgb(0x8F5600), rgb(0xFBECCB)};
    theme.error = {rgb(0xBF2A2E), rgb(0xFBE1DF)};
    theme.info = {rgb(0x1F5FBF), rgb(0xE1ECFB)};
    theme.unknown = {theme.muted, theme.panel};
    theme.hues = {rgb(0x2039B6), rgb(0xCC6D13), rgb(0x309B74), rgb(0x840574),
                  rgb(0x715B13), rgb(0xB360E4), rgb(0x552C15), rgb(0x5C708C)};
    theme.lensGrades = {rgb(0x063A40), rgb(0x0E6A72), rgb(0x3F8A90), rgb(0x6D979A)};
    theme.lensOthers = theme.fieldBorder;
    theme.lensCardShare = 0.10;
    theme.regionFillShare = 0.09;
    theme.regionOutlineShare = 0.45;
    theme.chipFillShare = 0.26;
    theme.popupShadowShare = 0.24;
    return theme;
}

Theme darkTheme()
{
    Theme theme;
    theme.isDark = true;
    theme.window = rgb(0x1B1E23);
    theme.panel = rgb(0x21252B);
    theme.canvas = rgb(0x16191E);
    theme.base = rgb(0x1B1F24);
    theme.line = rgb(0x343A43);
    theme.lineStrong = rgb(0x515967);
    theme.fieldBorder = rgb(0x6F7887);
    theme.text = rgb(0xE3E6EB);
    theme.muted = rgb(0x9EA6B2);
    theme.edge = rgb(0xB4BBC6);
    theme.accent = rgb(0x78ABFF);
    theme.onAccent = rgb(0x0B1626);
    theme.selection = rgb(0x263F61);
    theme.selectionInactive = rgb(0x30353D);
    theme.hover = rgb(0x2A2F37);
    theme.success = {rgb(0x5CC690), rgb(0x1C3A2B)};
    theme.warning = {rgb(0xE6B04C), rgb(0x403214)};
    theme.error = {rgb(0xFF8078), rgb(0x4A2323)};
    theme.info = {rgb(0x78ABFF), rgb(0x1F3554)};
    theme.unknown = {theme.muted, theme.panel};
    theme.hues = {rgb(0x6482DC), rgb(0xF99C39), rgb(0x9AF4F1), rgb(0xC94891),
                  rgb(0xEFD95D), rgb(0xCCAEFC), rgb(0xBB8160), rgb(0x8DAAB5)};
    theme.lensGrades = {rgb(0xD4F7F4), rgb(0x8CD3D1), rgb(0x55A3A5), rgb(0x557F82)};
    theme.lensOthers = theme.fieldBorder;
    theme.lensCardShare = 0.10;
    theme.regionFillShare = 0.11;
    theme.regionOutlineShare = 0.50;
    theme.chipFillShare = 0.30;
    theme.popupShadowShare = 0.60;
    return theme;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

struct Type {
    double px;
    QFont::Weight weight;
};

Type typeOf(FontRole role)
{
    switch (role) {
    case FontRole::Body:
        return {bodyPx, QFont::Normal};
    case FontRole::BodyStrong:
    case FontRole::CardTitle:
        return {bodyPx, QFont::DemiBold};
    case FontRole::Secondary:
    case FontRole::Code:
        return {12, QFont::Normal};
    case FontRole::DockTitle:
        return {12, QFont::DemiBold};
    case FontRole::HeaderCell:
        return {11.5, QFont::Medium};
    case FontRole::Count:
        return {11, QFont::Normal};
    case FontRole::Chip:
        return {11, QFont::DemiBold};
    case FontRole::InspectorTitle:
        return {15, QFont::DemiBold};
    case FontRole::Headline:
        return {24, QFont::DemiBold};
    case FontRole::CanvasSecondary:
        return {11.5, QFont::Normal};
    case FontRole::PlateCell:
        return {10, QFont::DemiBold};
    }
    return {bodyPx, QFont::Normal};
}

// Point sizes carry fractions, pixel sizes do not; 96 dpi is what Qt's logical pixels mean.
constexpr double pointsPerPx = 72.0 / 96.0;

}  // namespace

const Theme& Theme::light()
{
    static const Theme theme = lightTheme();
    return theme;
}

const Theme& Theme::dark()
{
    static const Theme theme = darkTheme();
    return theme;
}

QColor Theme::hue(int number) const
{
    return hues[static_cast<std::size_t>(std::max(0, number) % hueCount)];
}

QColor Theme::regionFill(int hueNumber) const
{
    return mixed(hue(hueNumber), canvas, regionFillShare);
}

QColor Theme::plainRegionFill() const
{
    return mixed(muted, canvas, regionFillShare);
}

QColor Theme::plainRegionOutline() const
{
    return mixed(muted, canvas, regionOutlineShare);
}

QColor Theme::regionOutline(int hueNumber) const
{
    return mixed(hue(hueNumber), canvas, regionOutlineShare);
}

QColor Theme::chipFill(int hueNumber, const QColor& ground) const
{
    return mixed(hue(hueNumber), ground, chipFillShare);
}

QColor mixed(const QColor& ink, const QColor& ground, double share)
{
    const auto channel = [share](float one, float other) {
        return static_cast<float>(one * share + other * (1 - share));
    };
    return QColor::fromRgbF(channel(ink.redF(), ground.redF()),
                            channel(ink.greenF(), ground.greenF()),
                            channel(ink.blueF(), ground.blueF()));
}

QColor readableOn(const QColor& ground)
{
    const QColor white(Qt::white);
    const QColor black(Qt::black);
    return contrastRatio(white, ground) >= contrastRatio(black, ground) ? white : black;
}

double contrastRatio(const QColor& one, const QColor& other)
{
    const double first = luminance(one) + 0.05;
    const double second = luminance(other) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

QPalette paletteOf(const Theme& theme)
{
    QPalette palette;
    palette.setColor(QPalette::Window, theme.window);
    palette.setColor(QPalette::WindowText, theme.text);
    palette.setColor(QPalette::Base, theme.base);
    palette.setColor(QPalette::AlternateBase, theme.panel);
    palette.setColor(QPalette::Text, theme.text);
    palette.setColor(QPalette::PlaceholderText, theme.muted);
    palette.setColor(QPalette::Button, theme.base);
    palette.setColor(QPalette::ButtonText, theme.text);
    palette.setColor(QPalette::BrightText, theme.error.ink);
    palette.setColor(QPalette::ToolTipBase, theme.base);
    palette.setColor(QPalette::ToolTipText, theme.text);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.accent);
    palette.setColor(QPalette::Light, theme.panel);
    palette.setColor(QPalette::Midlight, theme.hover);
    palette.setColor(QPalette::Mid, theme.line);
    palette.setColor(QPalette::Dark, theme.lineStrong);
    palette.setColor(QPalette::Shadow, theme.fieldBorder);
    palette.setColor(QPalette::Highlight, theme.selection);
    palette.setColor(QPalette::HighlightedText, theme.text);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, theme.selectionInactive);
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, mixed(theme.muted, theme.window, 0.6));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, theme.selectionInactive);
    return palette;
}

const Theme& themeOf(const QPalette& palette)
{
    return palette.color(QPalette::Active, QPalette::Base).lightness() < 128 ? Theme::dark()
                                                                             : Theme::light();
}

const Theme& themeOf(const QWidget& widget)
{
    return themeOf(widget.palette());
}

QFont fontOf(FontRole role)
{
    return fontOf(role, QGuiApplication::font());
}

QFont fontOf(FontRole role, const QFont& base)
{
    const Type type = typeOf(role);
    QFont font =
        role == FontRole::Code ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : base;
    font.setPointSizeF(type.px * textScale(base) * pointsPerPx);
    font.setWeight(type.weight);
    return font;
}

double textScale()
{
    return textScale(QGuiApplication::font());
}

double textScale(const QFont& base)
{
    const double px =
        base.pointSizeF() > 0 ? base.pointSizeF() / pointsPerPx : double(base.pixelSize());
    // 10 pt is 13.3 px, and the design's 13; sizes near it are taken as it, so that hairlines stay on the grid.
    const double scale = px / bodyPx;
    return std::abs(scale - 1) < 0.04 ? 1 : scale;
}

QFont canvasFont()
{
    QFont font = QGuiApplication::font();
    if (!bundledFamily().isEmpty())
        font.setFamily(bundledFamily());
    font.setWeight(QFont::Normal);
    font.setPointSizeF(bodyPx * textScale() * pointsPerPx);
    return font;
}

}  // namespace portolan::ui
