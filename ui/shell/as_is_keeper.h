// SPDX-License-Identifier: Apache-2.0
// Holds the open TO-BE map against the AS-IS map that it names: reads that file, looks from time to time whether it has changed, and
// tells the session what no decision explains. All of it off the window's thread.
#pragma once

#include "model/map/map_document.h"

#include "ui/base/task.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <string>

namespace portolan::ui {

class Session;

class AsIsKeeper : public QObject {
    Q_OBJECT

public:
    explicit AsIsKeeper(Session* session, QObject* parent = nullptr);
    ~AsIsKeeper() override;

    void setInterval(int milliseconds);  // between two looks at the file; tests look often

private:
    struct Answer;

    void startOver();
    void compare();
    void show(Answer answer);
    void look();
    void seen(const std::string& marks);

    Session* m_session;
    std::shared_ptr<const MapDocument> m_asIs;  // as it was read last; null: read it
    std::string m_path;                         // where it is; empty: none is named
    std::string m_marks;                        // of the file when it was looked at last
    Task m_comparing;
    Task m_looking;
    QTimer m_soon;  // several changes at once are compared once
    QTimer m_timer;
};

}  // namespace portolan::ui
