// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/glide.h"

#include <cmath>

namespace portolan::ui {
namespace {

constexpr int glideMs = 180;

QPointF middleOf(const Sight& sight, const QSizeF& size)
{
    return sight.origin + QPointF(size.width(), size.height()) / (2 * sight.zoom);
}

}  // namespace

Glide::Glide(QObject* parent) : QObject(parent)
{
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setDuration(glideMs);
    m_animation.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant& part) {
        if (isRunning() && part.toDouble() < 1)
            emit moved(at(part.toDouble()));
    });
    connect(&m_animation, &QVariantAnimation::finished, this, [this] { emit moved(m_to); });
}

void Glide::start(const Sight& from, const Sight& to, const QSizeF& size)
{
    m_animation.stop();
    m_from = from;
    m_to = to;
    m_size = size;
    m_animation.start();
}

void Glide::stop()
{
    m_animation.stop();
}

bool Glide::isRunning() const
{
    return m_animation.state() == QAbstractAnimation::Running;
}

Sight Glide::at(double part) const
{
    Sight sight;
    sight.zoom = m_from.zoom * std::pow(m_to.zoom / m_from.zoom, part);
    const QPointF from = middleOf(m_from, m_size);
    const QPointF middle = from + (middleOf(m_to, m_size) - from) * part;
    sight.origin = middle - QPointF(m_size.width(), m_size.height()) / (2 * sight.zoom);
    sight.isFitted = m_to.isFitted;
    return sight;
}

}  // namespace portolan::ui
