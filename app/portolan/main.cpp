// SPDX-License-Identifier: Apache-2.0
// portolan: the window. Reads the arguments, makes the parts and joins them.
#include "app/portolan/arguments.h"
#include "app/portolan/export.h"

#include "model/base/file_store.h"

#include "ui/base/appearance.h"
#include "ui/base/bundled_fonts.h"
#include "ui/base/text.h"
#include "ui/shell/file_menu.h"
#include "ui/shell/main_window.h"
#include "ui/shell/resources.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFont>
#include <QIcon>
#include <QSettings>
#include <QTimer>

#include <cstdio>

using namespace portolan;
using namespace portolan::ui;

namespace {

void setIdentity()
{
    QCoreApplication::setApplicationName(QStringLiteral("portolan"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PORTOLAN_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Portolan"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.portolan.Portolan"));
}

// For the bench: prints the milliseconds from the start of main to the first frame, and ends.
void printFirstFrame(MainWindow& window, const QElapsedTimer& clock)
{
    QObject::connect(&window, &MainWindow::painted, &window, [&clock] {
        std::printf("%.3f\n", double(clock.nsecsElapsed()) / 1e6);
        std::fflush(stdout);
        QCoreApplication::exit(0);
    });
}

int runWindow(int argc, char** argv, const Arguments& arguments, const QElapsedTimer& clock)
{
    QApplication application(argc, argv);
    setIdentity();
    // A bare session names no font of its own; then the bundled face is better than whatever comes first.
    if (const QString& face = bundledFamily();
        !face.isEmpty() && qEnvironmentVariableIsEmpty("XDG_CURRENT_DESKTOP"))
        QApplication::setFont(QFont(face, 10));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/org.portolan.Portolan.svg")));
    const QString settings = toQString(configFolder()) + QStringLiteral("/settings.ini");
    const int theme =
        QSettings(settings, QSettings::IniFormat).value(QStringLiteral("theme"), 0).toInt();
    Appearance appearance(theme == 1   ? ThemeChoice::Light
                          : theme == 2 ? ThemeChoice::Dark
                                       : ThemeChoice::FollowDesktop);
    MainWindow window({stateFolder(), settings, resourcesFolder()}, &appearance);
    if (qEnvironmentVariableIsSet("PORTOLAN_FIRST_FRAME"))
        printFirstFrame(window, clock);
    window.show();
    // What may wait until the window stands.
    QTimer::singleShot(0, &window, [&] {
        appearance.followDesktop();
        window.files()->offerRecovery();
        window.showSavedView(toQString(arguments.savedView));
        window.openPaths(arguments.paths);
    });
    return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv)
{
    QElapsedTimer clock;
    clock.start();
    const Arguments arguments = readArguments(argc, argv);
    switch (arguments.wish) {
    case Arguments::Wish::Say:
        std::fputs(arguments.words.c_str(), arguments.exitCode == 0 ? stdout : stderr);
        return arguments.exitCode;
    case Arguments::Wish::Export:
        return runExport(argc, argv, arguments);
    case Arguments::Wish::Window:
        break;
    }
    return runWindow(argc, argv, arguments, clock);
}
