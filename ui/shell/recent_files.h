// SPDX-License-Identifier: Apache-2.0
// What was opened last, newest first, kept as one path a line in the state folder.
#pragma once

#include <QObject>
#include <QStringList>

#include <string>

class QMenu;

namespace portolan::ui {

class RecentFiles : public QObject {
    Q_OBJECT

public:
    static constexpr int most = 10;

    RecentFiles(const std::string& stateFolder, QObject* parent = nullptr);

    const QStringList& paths() const { return m_paths; }
    void add(const QString& path);
    void clear();

    // Fills the menu anew: what has vanished is greyed out and says so.
    void fill(QMenu* menu);

signals:
    void chosen(const QString& path);

private:
    void save() const;

    std::string m_file;
    QStringList m_paths;
};

}  // namespace portolan::ui
