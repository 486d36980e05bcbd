// SPDX-License-Identifier: Apache-2.0
// Hands the lineage view the imports that the workspace remembers, and the estate of the time that is chosen there.
#pragma once

#include "ui/base/task.h"

#include <QObject>

namespace portolan::ui {

class EstateKeeper;
class LineageView;
class Session;

class LineageTimes : public QObject {
    Q_OBJECT

public:
    LineageTimes(Session* session, EstateKeeper* keeper, LineageView* view);

private:
    void readImports();
    void readChosen();
    void readCompared();

    Session* m_session;
    EstateKeeper* m_keeper;
    LineageView* m_view;
    Task m_imports;
    Task m_estate;
    Task m_compared;
};

}  // namespace portolan::ui
