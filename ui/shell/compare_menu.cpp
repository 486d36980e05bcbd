// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/compare_menu.h"

#include "model/base/budget.h"
#include "model/base/file_store.h"
#include "model/map/as_is.h"

#include "ui/base/message_band.h"
#include "ui/base/text.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenu>
#include <QProcess>
#include <QStandardPaths>

namespace portolan::ui {
namespace {

constexpr int editedMs = 300;  // after an edit; several in a row are compared once
constexpr int gitMs = 10'000;

QString gitPath()
{
    static const QString path = QStandardPaths::findExecutable(QStringLiteral("git"));
    return path;
}

}  // namespace

CompareMenu::CompareMenu(MainWindow* window)
    : QObject(window), m_window(window), m_session(window->session()),
      m_menu(new QMenu(tr("Compare"), window)), m_view(new ComparisonView)
{
    m_menu->setObjectName(QStringLiteral("compareMenu"));
    add(tr("Compare with another &map…"), QStringLiteral("compareWithMap"),
        &CompareMenu::askForMap);
    m_withAsIs = add(tr("Compare with its &AS-IS map"), QStringLiteral("compareWithAsIs"),
                     &CompareMenu::compareWithAsIs);
    m_withSaved = add(tr("Compare with what is &saved"), QStringLiteral("compareWithSaved"),
                      &CompareMenu::compareWithSaved);
    m_withRevision = add(tr("Compare with a git &revision…"), QStringLiteral("compareWithRevision"),
                         &CompareMenu::askForRevision);
    m_withRevision->setVisible(!gitPath().isEmpty());
    m_view->setWindowTitle(tr("Comparison"));
    m_window->addExtraView(m_view);
    m_edited.setSingleShot(true);
    m_edited.setInterval(editedMs);
    connect(&m_edited, &QTimer::timeout, this, &CompareMenu::compareNow);
    connect(m_view, &ComparisonView::closeRequested, this, &CompareMenu::close);
    connect(m_session, &Session::mapOpened, this, &CompareMenu::close);
    connect(m_session, &Session::mapChanged, this, [this] {
        refresh();
        if (m_before)
            m_edited.start();
    });
    connect(m_session, &Session::savedAs, this, &CompareMenu::refresh);
    refresh();
}

CompareMenu::~CompareMenu()
{
    if (m_git) {
        m_git->disconnect(this);
        m_git->kill();
    }
}

QAction* CompareMenu::add(const QString& text, const QString& name, void (CompareMenu::*run)())
{
    QAction* action = m_menu->addAction(text);
    action->setObjectName(name);
    connect(action, &QAction::triggered, this, run);
    m_actions.push_back(action);
    return action;
}

void CompareMenu::refresh()
{
    const bool hasMap = m_session->document() != nullptr;
    const bool hasFile = hasMap && !m_session->mapPath().isEmpty();
    for (QAction* action : m_actions)
        action->setEnabled(hasMap);
    m_withAsIs->setEnabled(hasMap && !m_session->map().asIs.empty());
    m_withSaved->setEnabled(hasFile);
    m_withRevision->setEnabled(hasFile);
}

void CompareMenu::askForMap()
{
    auto* dialog = new QFileDialog(m_window, tr("Compare with"));
    dialog->setObjectName(QStringLiteral("compareDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Context maps (*.json)"), tr("All files (*)")});
    if (!m_session->mapPath().isEmpty())
        dialog->setDirectory(QFileInfo(m_session->mapPath()).absolutePath());
    connect(dialog, &QFileDialog::fileSelected, this, &CompareMenu::compareWithFile);
    dialog->open();
}

void CompareMenu::compareWithFile(const QString& path)
{
    const std::string file = toStdString(path);
    m_reading = Task::start(
        this, [file](Progress&) { return readFile(file, Budget().jsonBytes); },
        [this, path, file](const Result<std::string>& text) {
            take(text, QFileInfo(path).fileName(), file);
        });
}

void CompareMenu::compareWithAsIs()
{
    if (m_session->document())
        compareWithFile(toQString(asIsPath(*m_session->document())));
}

void CompareMenu::compareWithSaved()
{
    const std::string file = toStdString(m_session->mapPath());
    m_reading = Task::start(
        this, [file](Progress&) { return readFile(file, Budget().jsonBytes); },
        [this, file](const Result<std::string>& text) { take(text, tr("as saved"), file); });
}

void CompareMenu::askForRevision()
{
    auto* dialog = new QInputDialog(m_window);
    dialog->setObjectName(QStringLiteral("revisionDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Compare with a git revision"));
    dialog->setLabelText(tr("Branch, tag or commit, such as main, v2 or HEAD~3:"));
    dialog->setTextValue(QStringLiteral("HEAD"));
    connect(dialog, &QInputDialog::textValueSelected, this, &CompareMenu::compareWithRevision);
    dialog->open();
}

// The bytes as git keeps them; no filter or helper that the repository names is run, and nothing is fetched.
void CompareMenu::compareWithRevision(const QString& revision)
{
    const QString name = revision.trimmed();
    if (name.isEmpty() || name.startsWith(u'-') || name.contains(u':')) {
        fail(tr("%1 names no revision.").arg(shown(revision)));
        return;
    }
    const QFileInfo map(m_session->mapPath());
    if (m_git)
        m_git->kill();
    m_git = new QProcess(this);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("GIT_NO_LAZY_FETCH"), QStringLiteral("1"));
    environment.insert(QStringLiteral("GIT_TERMINAL_PROMPT"), QStringLiteral("0"));
    m_git->setProcessEnvironment(environment);
    m_git->setWorkingDirectory(map.absolutePath());
    QProcess* git = m_git;
    QTimer::singleShot(gitMs, git, [git] { git->kill(); });
    connect(git, &QProcess::errorOccurred, this, [this, git](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            git->deleteLater();
            fail(tr("git cannot be started."));
        }
    });
    const QString title = tr("%1 at %2").arg(map.fileName(), name);
    // What git keeps may be of any size.
    connect(git, &QProcess::readyReadStandardOutput, this, [this, git, title] {
        if (git != m_git || git->bytesAvailable() <= qint64(Budget().jsonBytes))
            return;
        m_git.clear();
        git->kill();
        fail(tr("%1 is too large.").arg(shown(title)));
    });
    connect(git, &QProcess::finished, this,
            [this, git, title, file = toStdString(map.filePath())](int exitCode) {
                git->deleteLater();
                if (git != m_git)
                    return;
                if (exitCode != 0 || git->exitStatus() != QProcess::NormalExit) {
                    fail(tr("git does not give %1: %2")
                             .arg(shown(title),
                                  shown(QString::fromUtf8(git->readAllStandardError().left(400)))));
                    return;
                }
                take(git->readAllStandardOutput().toStdString(), title, file);
            });
    git->start(gitPath(), {QStringLiteral("cat-file"), QStringLiteral("blob"),
                           name + QStringLiteral(":./") + map.fileName()});
}

void CompareMenu::take(const Result<std::string>& text, const QString& title,
                       const std::string& file)
{
    if (!text) {
        fail(tr("%1 cannot be read: %2").arg(shown(title), shown(text.error().message)));
        return;
    }
    m_before = MapVersion{title, *text, file};
    m_window->showExtraView(m_view, true);
    compareNow();
}

void CompareMenu::compareNow()
{
    if (!m_before || !m_session->document())
        return;
    const QString path = m_session->mapPath();
    QString title = path.isEmpty() ? tr("the untitled map") : QFileInfo(path).fileName();
    if (m_session->isModified())
        title += tr(", with unsaved edits");
    m_view->compare(*m_before, MapVersion{title, m_session->document()->text(), toStdString(path)});
}

void CompareMenu::close()
{
    m_reading.stop();
    m_edited.stop();
    m_before.reset();
    m_view->clear();
    m_window->showExtraView(m_view, false);
    refresh();
}

void CompareMenu::fail(const QString& message)
{
    m_window->band(QStringLiteral("compare"))
        ->show(Sign::Error, tr("Not compared: %1").arg(message));
}

}  // namespace portolan::ui
