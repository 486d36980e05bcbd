// SPDX-License-Identifier: Apache-2.0
#include "ui/base/bundled_fonts.h"

#include <QFontDatabase>
#include <QString>

// At global scope, as the macro wants it: the resources are in a static library, where nothing else refers to them.
static void initResources()
{
    Q_INIT_RESOURCE(portolan);
}

namespace portolan::ui {
namespace {

QString loadFamily()
{
    initResources();
    QString family;
    for (const char* weight : {"Regular", "Medium", "SemiBold"}) {
        const int font = QFontDatabase::addApplicationFont(
            QStringLiteral(":/fonts/Inter-%1.otf").arg(QLatin1String(weight)));
        if (font >= 0)
            family = QStringLiteral("Inter");
    }
    return family;
}

}  // namespace

const QString& bundledFamily()
{
    static const QString family = loadFamily();
    return family;
}

}  // namespace portolan::ui
