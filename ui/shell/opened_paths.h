// SPDX-License-Identifier: Apache-2.0
// Tells what the user has named: a context map, a workspace, or sources to import. By content, not by name.
#pragma once

#include <QString>
#include <QStringList>

namespace portolan::ui {

struct OpenedPaths {
    QString map;
    QString workspace;
    QStringList sources;      // files and folders to import
    QStringList missing;      // named, but not there
    QStringList furtherMaps;  // one map is open at a time
};

// A folder with exactly one context map at its top stands for that map too.
OpenedPaths sortedPaths(const QStringList& paths);

bool isContextMap(const QString& file);
bool isWorkspace(const QString& file);

}  // namespace portolan::ui
