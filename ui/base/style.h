// SPDX-License-Identifier: Apache-2.0
// How Qt's own widgets look in this program: Fusion underneath, with the design's fields, buttons, tabs, rows and scroll bars. All
// colours come from the theme of the widget's palette, so a change of palette is a change of theme.
#pragma once

#include <QProxyStyle>

class QAbstractButton;

namespace portolan::ui {

class Style : public QProxyStyle {
    Q_OBJECT

public:
    Style();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                         SubControl subControl, const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option,
                         const QWidget* widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option,
                    const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override;

    // The desktop's wish; widgets ask for SH_Widget_Animation_Duration.
    void setHasMotion(bool hasMotion) { m_hasMotion = hasMotion; }

private:
    bool m_hasMotion = true;
};

// The one button of a view that stands out.
void makePrimary(QAbstractButton* button);
bool isPrimary(const QWidget* widget);

// A field whose text was not taken: outlined in red.
void markInvalid(QWidget* field, bool isInvalid);

}  // namespace portolan::ui
