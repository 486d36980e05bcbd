// SPDX-License-Identifier: Apache-2.0
// The anchor of the first frame: a main window with nothing in it. Prints the milliseconds from main to its first paint, and ends.
#include <QApplication>
#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>

#include <cstdio>

namespace {

class EmptyWindow : public QMainWindow {
public:
    explicit EmptyWindow(const QElapsedTimer& clock) : m_clock(clock) {}

protected:
    bool event(QEvent* event) override
    {
        const bool result = QMainWindow::event(event);
        if (event->type() == QEvent::Paint)
            QTimer::singleShot(0, this, [this] {
                std::printf("%.3f\n", double(m_clock.nsecsElapsed()) / 1e6);
                std::fflush(stdout);
                QCoreApplication::exit(0);
            });
        return result;
    }

private:
    const QElapsedTimer& m_clock;
};

}  // namespace

int main(int argc, char** argv)
{
    QElapsedTimer clock;
    clock.start();
    QApplication application(argc, argv);
    EmptyWindow window(clock);
    window.resize(1600, 1000);
    window.show();
    return QApplication::exec();
}
