// SPDX-License-Identifier: Apache-2.0
// What lineage is asked through: the index, made anew off the window's thread when the estate changes, and what follows from map and
// estate, made when it is first asked for.
#pragma once

#include "model/chart/lineage_chart.h"
#include "ui/base/task.h"

#include <QObject>

#include <array>
#include <memory>
#include <optional>

namespace portolan::ui {

class Session;

class LineageReader : public QObject {
    Q_OBJECT

public:
    explicit LineageReader(Session* session, QObject* parent = nullptr);
    ~LineageReader() override;

    // Begins to read, once: who never looks at lineage does not pay for it.
    void wake();
    // Another time's estate in place of the session's; none: the session's again.
    void lookAt(EstatePtr past);
    bool isReady() const { return m_index != nullptr; }
    const LineageIndex& index() const { return *m_index; }
    // To be kept by work on another thread.
    std::shared_ptr<const LineageIndex> sharedIndex() const { return m_index; }
    // Good until the map or the estate changes.
    LineageFacts facts(LineageGrain grain);
    const std::vector<PublishedDataset>& published();
    const EstateOwnership& ownership();  // by the numbers of the estate that is looked at

signals:
    void ready();       // there is a new index, or none
    void mapChanged();  // owners or products may be others

private:
    void read();
    void forgetMap();

    Session* m_session;
    std::shared_ptr<const LineageIndex> m_index;
    std::optional<std::vector<PublishedDataset>> m_published;
    std::array<std::unique_ptr<LineageRollUp>, 4> m_rollUps;  // by grain
    EstatePtr m_past;  // looked at instead of the session's; none: now
    std::optional<EstateOwnership> m_pastOwnership;
    bool m_isAwake = false;
    Task m_reading;
};

}  // namespace portolan::ui
