// SPDX-License-Identifier: Apache-2.0
// The overview map in the corner of a canvas: the whole chart from afar, and what of it is in sight. A click or a drag leads there. Its
// picture is made once for a chart and kept while the view moves.
#pragma once

#include <QImage>
#include <QRectF>
#include <QWidget>

#include <functional>

class QTransform;

namespace portolan::ui {

class Minimap : public QWidget {
    Q_OBJECT

public:
    // Fills an image with the whole chart; the transform leads from chart units to its pixels.
    using Painting = std::function<void(QImage& picture, const QTransform& toPixels)>;
    Minimap(Painting painting, QWidget* canvas);

    void forget();  // the chart, its layout or its colours are others
    void setSight(const QRectF& whole, const QRectF& visible);  // in chart units
    // Whether there is enough out of sight for an overview to help.
    static bool isUseful(const QRectF& whole, const QRectF& visible);
    qint64 pictureKey() const { return m_picture.cacheKey(); }  // another one: made anew

signals:
    void centreRequested(const QPointF& chartPoint);
    void zoomRequested(double factor);  // by the wheel

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    double unit() const;     // pixels of a chart unit
    QPointF corner() const;  // of the chart, in widget coordinates
    void lead(const QPointF& at);
    void makePicture();

    Painting m_painting;
    QRectF m_whole;
    QRectF m_visible;
    QImage m_picture;
};

}  // namespace portolan::ui
