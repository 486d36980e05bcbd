// SPDX-License-Identifier: Apache-2.0
// Saves the open map by itself when nobody has edited it for a few seconds. Never over a file that somebody else has changed, and never
// a map that has no file yet; undo goes on as after any saving.
#pragma once

#include <QObject>
#include <QTimer>

namespace portolan::ui {

class MapKeeper;
class Session;

class AutoSaver : public QObject {
    Q_OBJECT

public:
    AutoSaver(Session* session, MapKeeper* maps, QObject* parent = nullptr);

    void setOn(bool isOn);
    bool isOn() const { return m_isOn; }
    // Without waiting, before the map is closed. Nothing while it is off; what cannot be saved is left to be asked about.
    void saveNow();
    void setDelay(int milliseconds);  // after the last edit; tests do not wait long

signals:
    void saved();

private:
    void wait();
    void save();

    Session* m_session;
    MapKeeper* m_maps;
    QTimer m_timer;
    bool m_isOn = false;
    bool m_wasRefused = false;  // and said so; not again until something was saved
};

}  // namespace portolan::ui
