// SPDX-License-Identifier: Apache-2.0
// Context maps: reading, the rules, the canonical form, and that an edit which is undone leaves the same bytes.
#include "model/analysis/rules/context_map_rules.h"
#include "model/map/edits.h"
#include "model/map/map_diff.h"

#include <cstdlib>

namespace {

void editAndUndo(portolan::MapDocument& document)
{
    if (document.map().contexts.empty())
        return;
    const std::string before = document.text();
    const auto edit = portolan::renameContext(document, document.map().contexts.front().id,
                                              "Renamed \"context\"");
    if (!edit)
        return;
    const auto inverse = document.apply(*edit);
    if (inverse && (!document.apply(*inverse) || document.text() != before))
        std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto document = portolan::MapDocument::read(
        std::string(reinterpret_cast<const char*>(data), size), "map.json");
    if (!document)
        return 0;
    (void)portolan::checkContextMap(document->map());
    const auto canonical =
        portolan::MapDocument::read(portolan::canonicalText(*document), "canonical.json");
    if (!canonical || portolan::canonicalText(*canonical) != canonical->text())
        std::abort();
    // Things are told apart by their ids: in a map that lacks some, another order of keys is another thing.
    if (document->problems().empty() && !portolan::mapChanges(*document, *canonical).empty())
        std::abort();
    editAndUndo(*document);
    return 0;
}
