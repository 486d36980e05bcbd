// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/recent_files.h"

#include "model/base/file_store.h"

#include "ui/base/text.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>

namespace portolan::ui {
namespace {

constexpr std::int64_t mostBytes = 64 << 10;

}  // namespace

RecentFiles::RecentFiles(const std::string& stateFolder, QObject* parent)
    : QObject(parent), m_file(stateFolder + "/recent-files")
{
    if (const Result<std::string> text = readFile(m_file, mostBytes))
        m_paths = toQString(*text).split(u'\n', Qt::SkipEmptyParts).mid(0, most);
}

void RecentFiles::add(const QString& path)
{
    if (path.contains(u'\n'))
        return;  // one a line
    m_paths.removeAll(path);
    m_paths.prepend(path);
    m_paths = m_paths.mid(0, most);
    save();
}

void RecentFiles::clear()
{
    m_paths.clear();
    save();
}

void RecentFiles::save() const
{
    // Forgetting a recent file harms nobody: a failure is not told.
    if (makePrivateFolder(m_file.substr(0, m_file.rfind('/'))))
        (void)saveAtomically(m_file, toStdString(m_paths.join(u'\n')));
}

void RecentFiles::fill(QMenu* menu)
{
    menu->clear();
    for (const QString& path : m_paths) {
        const bool isThere = QFileInfo::exists(path);
        const QString name = QDir::toNativeSeparators(path);
        QAction* action =
            menu->addAction(withoutMnemonics(shown(isThere ? name : tr("%1 (gone)").arg(name))));
        action->setEnabled(isThere);
        connect(action, &QAction::triggered, this, [this, path] { emit chosen(path); });
    }
    if (m_paths.isEmpty())
        menu->addAction(tr("Nothing was opened yet"))->setEnabled(false);
    menu->addSeparator();
    QAction* forget = menu->addAction(tr("&Clear this list"));
    forget->setEnabled(!m_paths.isEmpty());
    connect(forget, &QAction::triggered, this, &RecentFiles::clear);
}

}  // namespace portolan::ui
