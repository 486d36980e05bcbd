// SPDX-License-Identifier: Apache-2.0
// An open context map: its text, which is the truth, and the ContextMap read from it. It changes only by `apply`, which answers the
// inverse edit, so that undo restores the bytes whatever their formatting.
#pragma once

#include "model/base/result.h"
#include "model/json/data_tree.h"
#include "model/json/splice.h"
#include "model/map/context_map.h"

#include <memory>
#include <string>
#include <vector>

namespace portolan {

// A named change of a map's text. Its splices do not overlap and their offsets are those of the text before any of them.
struct Edit {
    std::string name;  // for the undo menu: "Rename Claims"; plain text, begins with a capital
    std::vector<Splice> splices;  // by rising offset
    std::string mergeKey;  // consecutive edits with the same non-empty key become one undo step

    bool changesNothing() const { return splices.empty(); }
};

class MapDocument {
public:
    // Reads a map. Not done: text that is no JSON object, has duplicate keys, or was made by a newer version ("map.newer-version").
    // A map that breaks the schema or a rule is read as far as it goes, with its problems listed: it can be shown, mended and saved.
    static Result<MapDocument> read(std::string text, std::string file);

    // A new, empty map: `{"portolan": 1, "name": ..., "domains": [], ...}`, one member a line.
    static MapDocument create(std::string_view name);

    MapDocument(const MapDocument&) = delete;
    MapDocument(MapDocument&&) noexcept;
    MapDocument& operator=(MapDocument&&) noexcept;
    ~MapDocument();

    const std::string& text() const { return m_tree->text(); }
    const std::string& file() const { return m_tree->file(); }
    void setFile(std::string file);
    const DataTree& tree() const { return *m_tree; }
    const ContextMap& map() const { return m_map; }
    const Problems& problems() const
    {
        return m_problems;
    }  // against the schema and of references; rules are elsewhere

    // Does it and answers the edit that undoes it. Refused, with nothing changed, when the result would be no readable map.
    Result<Edit> apply(const Edit& edit);

private:
    MapDocument();

    std::unique_ptr<DataTree> m_tree;
    ContextMap m_map;
    Problems m_problems;
};

// The text after the edit.
std::string applied(const std::string& text, const Edit& edit);

}  // namespace portolan
