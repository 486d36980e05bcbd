// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/lineage_times.h"

#include "model/analysis/identity/identity.h"

#include "ui/base/text.h"
#include "ui/session/session.h"
#include "ui/shell/estate_keeper.h"
#include "ui/views/lineage/lineage_view.h"
#include "ui/views/lineage/time_choice.h"

namespace portolan::ui {

LineageTimes::LineageTimes(Session* session, EstateKeeper* keeper, LineageView* view)
    : QObject(view), m_session(session), m_keeper(keeper), m_view(view)
{
    connect(keeper, &EstateKeeper::workspaceOpened, view->time(), &TimeChoice::reset);
    connect(keeper, &EstateKeeper::ended, this, &LineageTimes::readImports);
    connect(view->time(), &TimeChoice::asOfChanged, this, &LineageTimes::readChosen);
    connect(view->time(), &TimeChoice::compareWithChanged, this, &LineageTimes::readCompared);
}

void LineageTimes::readImports()
{
    m_imports = m_keeper->readImports(this, [this](const Result<std::vector<ImportRun>>& imports) {
        m_view->time()->setImports(imports.value_or(std::vector<ImportRun>()));
    });
}

void LineageTimes::readChosen()
{
    m_estate.stop();
    if (!m_view->time()->asOf()) {
        m_view->showEstate(nullptr);
        return;
    }
    m_estate = m_keeper->readEstate(
        this, *m_view->time()->asOf(), [this](const Result<EstatePtr>& estate) {
            if (estate) {
                m_view->showEstate(*estate);
                return;
            }
            m_session->raiseMessage(shown(estate.error().message), true);
            m_view->time()->setAsOf({});
        });
}

void LineageTimes::readCompared()
{
    m_compared.stop();
    const std::optional<AsOf> time = m_view->time()->compareWith();
    if (!time) {
        m_view->compareWith(nullptr, {});
        return;
    }
    m_compared = m_keeper->readEstate(this, *time, [this, time](const Result<EstatePtr>& estate) {
        if (estate) {
            m_view->compareWith(identified(*estate, m_session->map()),
                                m_view->time()->wordsOf(*time));
            return;
        }
        m_session->raiseMessage(shown(estate.error().message), true);
        m_view->time()->setCompareWith({});
    });
}

}  // namespace portolan::ui
