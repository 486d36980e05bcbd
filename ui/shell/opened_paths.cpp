// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/opened_paths.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace portolan::ui {
namespace {

constexpr int headBytes = 4096;
constexpr int mostCandidates = 100;

// Only of regular files: a pipe would block for ever.
QByteArray headOf(const QString& path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    return file.read(headBytes);
}

QStringList mapsIn(const QString& folder)
{
    QStringList maps;
    const QStringList names =
        QDir(folder).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
    for (const QString& name : names.mid(0, mostCandidates))
        if (isContextMap(QDir(folder).filePath(name)))
            maps << QDir(folder).filePath(name);
    return maps;
}

void addMap(OpenedPaths& sorted, const QString& path)
{
    if (sorted.map.isEmpty())
        sorted.map = path;
    else if (sorted.map != path)
        sorted.furtherMaps << path;
}

}  // namespace

bool isContextMap(const QString& file)
{
    QByteArray head = headOf(file);
    if (head.startsWith("\xEF\xBB\xBF"))
        head.remove(0, 3);
    return head.trimmed().startsWith('{') && head.contains("\"portolan\"") &&
           !head.contains("\"portolanctl\"");
}

bool isWorkspace(const QString& file)
{
    return headOf(file).startsWith(QByteArray("SQLite format 3\0", 16));
}

OpenedPaths sortedPaths(const QStringList& paths)
{
    OpenedPaths sorted;
    for (const QString& named : paths) {
        const QFileInfo info(named);
        const QString path = info.absoluteFilePath();
        if (!info.exists()) {
            sorted.missing << named;
        } else if (info.isDir()) {
            sorted.sources << path;
            const QStringList maps = mapsIn(path);
            if (maps.size() == 1)
                addMap(sorted, maps.front());
        } else if (isWorkspace(path)) {
            sorted.workspace = path;
        } else if (isContextMap(path)) {
            addMap(sorted, path);
        } else {
            sorted.sources << path;
        }
    }
    return sorted;
}

}  // namespace portolan::ui
