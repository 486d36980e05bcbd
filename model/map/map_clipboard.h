// SPDX-License-Identifier: Apache-2.0
// A part of a map as text, for the clipboard: copied from one map, pasted into the same or another as one Edit.
//
//     {"portolanMapPart": 1, "name": "<the map it is from>", "domains": [...], "teams": [...], "contexts": [...],
//      "products": [...], "relationships": [...], "routes": [...], "placement": {...}}
//
// The lists hold objects as they are in a map's file, with their unknown keys: the chosen contexts and domains; the domains (with those
// above them) and teams that the contexts name; their products; relationships and routes among them, that is, with no end outside.
// Identifiers, crosswalks and migrations are not copied.
#pragma once

#include "model/base/result.h"
#include "model/map/map_document.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

std::string copyMapPart(const MapDocument& document, const std::vector<ContextId>& contexts,
                        const std::vector<DomainId>& domains = {});

// Cheap: whether a text says of itself that it is one. It may still be refused.
bool looksLikeMapPart(std::string_view text);

// Limits on what comes from the clipboard.
inline constexpr std::size_t largestMapPart = std::size_t(4) << 20;  // bytes
inline constexpr std::size_t mostPastedThings = 20000;

struct Pasted {
    Edit edit;
    std::vector<ContextId> contexts;  // as they are named in this map
    std::vector<DomainId> domains;    // those that were made
};

// Puts a part into a map, `offset` away from where it stood.
// - An id that is taken is numbered ("claims-2"), and so is the name of a context.
// - A domain or team that is here already, by its id or else by its name, is taken as it is; others are made.
// - A reference to something that is neither in the part nor here is dropped, and so is a pattern of ownership that a context of this
//   map has: a thing has one owner.
// Refused with a sentence: text that is no part of a map, is larger than the limits, or breaks the format.
Result<Pasted> pasteMapPart(const MapDocument& document, std::string_view text,
                            const Position& offset);

// Copies beside their originals, with the relationships among them.
Result<Pasted> duplicateContexts(const MapDocument& document, const std::vector<ContextId>& ids);

}  // namespace portolan
