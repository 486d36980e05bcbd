// SPDX-License-Identifier: Apache-2.0
// What is selected on a context map: by kind, in words, and as text to paste elsewhere.
#pragma once

#include "model/base/entity_ref.h"
#include "model/chart/chart.h"
#include "model/map/context_map.h"

#include <QString>

#include <string>
#include <vector>

namespace portolan::ui {

class Session;

struct SelectionParts {
    std::vector<ContextId> contexts;
    std::vector<DomainId> domains;
    std::vector<std::string> relationships;  // ids, those of observed flows among them
};
SelectionParts partsOf(const std::vector<EntityRef>& selection);

// A product, term or dataset stands for the card that it belongs to; each thing once. Empty for what no card shows.
std::vector<EntityRef> onCanvas(const Session& session, const std::vector<EntityRef>& selection);

// "Claims", "3 contexts". For a menu: an ampersand is no mnemonic.
QString named(const Session& session, const SelectionParts& parts);

// A line in words for each selected thing, then the places that say so, as "file:line".
QString copiedText(const Session& session, const Chart& chart);

}  // namespace portolan::ui
