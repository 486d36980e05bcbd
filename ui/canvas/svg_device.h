// SPDX-License-Identifier: Apache-2.0
// A paint device that writes SVG: text stays text, everything else becomes a path. Own, because nothing of a file may reach the
// output unescaped: no links, no scripts, no styles, no titles from data.
#pragma once

#include <QPaintDevice>
#include <QSizeF>
#include <QString>

#include <memory>
#include <string>

namespace portolan::ui {

class SvgEngine;

class SvgDevice : public QPaintDevice {
public:
    explicit SvgDevice(const QSizeF& size);
    ~SvgDevice() override;

    QPaintEngine* paintEngine() const override;
    // The whole document, once the painter has ended. `title` is plain text.
    std::string document(const QString& title) const;

protected:
    int metric(PaintDeviceMetric metric) const override;

private:
    QSizeF m_size;
    std::unique_ptr<SvgEngine> m_engine;
};

// Text as it may stand in XML 1.0: escaped, and without the characters that no XML may hold.
std::string xmlText(const QString& text);

}  // namespace portolan::ui
