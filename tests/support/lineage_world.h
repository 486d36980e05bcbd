// SPDX-License-Identifier: Apache-2.0
// An estate and a map from text, with all that lineage is asked through.
#pragma once

#include "model/analysis/lineage/lineage_roll_up.h"
#include "model/analysis/lineage/published_datasets.h"
#include "model/map/map_document.h"
#include "tests/support/estate_text.h"
#include "tests/support/text_output.h"

#include <algorithm>
#include <string>

namespace portolan {

struct LineageWorld {
    // `lines` as estateFrom; `members` of the map's JSON object, with ' for ".
    LineageWorld(const std::string& lines, const std::string& members)
        : index(estateFrom(lines)), map(mapOf(members)), ownership(ownershipOf(map, estate())),
          published(publishedDatasets(map, estate()))
    {
    }
    LineageWorld(const LineageWorld&) = delete;
    LineageWorld& operator=(const LineageWorld&) = delete;

    const Estate& estate() const { return index.estate(); }
    EntityRef dataset(const std::string& path) const
    {
        return {EntityKind::Dataset, "postgres://db/" + path};
    }
    EntityRef column(const std::string& name) const
    {
        const std::size_t dot = name.rfind('.');
        return {EntityKind::Column, dataset(name.substr(0, dot)).id + "#" + name.substr(dot + 1)};
    }

    static ContextMap mapOf(std::string members)
    {
        std::replace(members.begin(), members.end(), '\'', '"');
        const Result<MapDocument> document = MapDocument::read(
            "{\"portolan\": 1, \"name\": \"Test\", " + members + "}", "test.json");
        if (!document)
            qFatal("%s", toText(document.error()).c_str());
        return document->map();
    }

    LineageIndex index;
    ContextMap map;
    EstateOwnership ownership;
    std::vector<PublishedDataset> published;
};

}  // namespace portolan
