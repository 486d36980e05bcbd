// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/resources.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace portolan::ui {
namespace {

constexpr int mostParents = 5;

bool hasManual(const QDir& folder)
{
    return QFileInfo(folder, QStringLiteral("manual")).isDir();
}

}  // namespace

QString resourcesFolder()
{
    QDir folder(QCoreApplication::applicationDirPath());
    if (const QDir installed(folder.filePath(QStringLiteral("../share/portolan")));
        hasManual(installed))
        return installed.canonicalPath();
    for (int parent = 0; parent < mostParents; ++parent) {
        if (const QDir sources(folder.filePath(QStringLiteral("resources"))); hasManual(sources))
            return sources.canonicalPath();
        if (!folder.cdUp())
            break;
    }
    return {};
}

}  // namespace portolan::ui
