// SPDX-License-Identifier: Apache-2.0
// A short glide of the view from one sight to another, so that one sees where it goes. The owner applies each step; the last one is the
// target, exactly.
#pragma once

#include <QPointF>
#include <QSizeF>
#include <QVariantAnimation>

namespace portolan::ui {

// What is in sight of a canvas.
struct Sight {
    QPointF origin;  // chart point at the top left corner
    double zoom = 1;
    bool isFitted = true;  // follows the size of the window

    friend bool operator==(const Sight&, const Sight&) = default;
};

class Glide : public QObject {
    Q_OBJECT

public:
    explicit Glide(QObject* parent);

    // `size` is that of the view in chart units at 100 %: its middle moves straight, the zoom by equal factors.
    void start(const Sight& from, const Sight& to, const QSizeF& size);
    void stop();  // where it is
    bool isRunning() const;
    const Sight& target() const { return m_to; }

signals:
    void moved(const portolan::ui::Sight& sight);

private:
    Sight at(double part) const;

    QVariantAnimation m_animation;
    Sight m_from;
    Sight m_to;
    QSizeF m_size;
};

}  // namespace portolan::ui
