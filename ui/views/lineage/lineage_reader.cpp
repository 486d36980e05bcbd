// SPDX-License-Identifier: Apache-2.0
#include "ui/views/lineage/lineage_reader.h"

#include "model/analysis/identity/identity.h"
#include "model/analysis/map_drift/ownership.h"

#include "ui/session/session.h"

namespace portolan::ui {

LineageReader::LineageReader(Session* session, QObject* parent)
    : QObject(parent), m_session(session)
{
    connect(session, &Session::estateChanged, this, [this] {
        if (m_isAwake && !m_past)
            read();
    });
    connect(session, &Session::mapChanged, this, [this] {
        forgetMap();
        emit mapChanged();
    });
}

LineageReader::~LineageReader() = default;

void LineageReader::wake()
{
    if (m_isAwake)
        return;
    m_isAwake = true;
    read();
}

void LineageReader::forgetMap()
{
    m_published.reset();
    m_pastOwnership.reset();
    for (auto& rollUp : m_rollUps)
        rollUp.reset();
}

void LineageReader::read()
{
    forgetMap();
    m_index.reset();
    m_reading = Task::start(
        this,
        [estate = m_past ? m_past : m_session->estate(),
         map = m_past ? std::optional(m_session->map()) : std::nullopt](Progress&) {
            return std::make_shared<const LineageIndex>(map ? identified(estate, *map) : estate);
        },
        [this](const std::shared_ptr<const LineageIndex>& index) {
            m_index = index;
            emit ready();
        });
}

void LineageReader::lookAt(EstatePtr past)
{
    m_past = std::move(past);
    if (m_isAwake)
        read();
}

const EstateOwnership& LineageReader::ownership()
{
    if (!m_past)
        return m_session->ownership();
    if (!m_pastOwnership)
        m_pastOwnership = ownershipOf(m_session->map(), m_index->estate());
    return *m_pastOwnership;
}

const std::vector<PublishedDataset>& LineageReader::published()
{
    if (!m_published)
        m_published = publishedDatasets(m_session->map(), m_index->estate());
    return *m_published;
}

LineageFacts LineageReader::facts(LineageGrain grain)
{
    auto& rollUp = m_rollUps[static_cast<std::size_t>(grain)];
    if (!rollUp)
        rollUp = std::make_unique<LineageRollUp>(*m_index, m_session->map(), ownership(), grain);
    return {*rollUp, m_session->map(), ownership(), published()};
}

}  // namespace portolan::ui
