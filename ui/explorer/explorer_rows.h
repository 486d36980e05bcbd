// SPDX-License-Identifier: Apache-2.0
// What the explorer lists, as plain data: domains with their contexts and products, then everything else by kind. Long lists are
// made when they are opened; a filter is answered over all of them, whether open or not.
#pragma once

#include "model/analysis/map_drift/map_drift.h"
#include "model/analysis/rules/rule.h"
#include "model/base/entity_ref.h"
#include "model/estate/estate.h"
#include "model/map/context_map.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::ui {

// Which sign stands before a row.
enum class ExplorerSign {
    Group,
    Domain,
    Context,
    BigBallOfMud,
    Product,
    Relationship,
    Contract,
    Dataset,
    Column,
    Job,
    Term,
    Identifier,
    Route,
    Team,
    Source,
    More
};

struct ExplorerRow {
    std::string key;  // tells it from its siblings, and stays over changes
    std::string name;
    std::string detail;  // at the right: a count, a version, "legacy"
    ExplorerSign sign = ExplorerSign::Group;
    std::optional<EntityRef> entity;  // empty: a heading
    std::optional<EntityKind> adds;   // what "Add…" on this row makes
    bool isObserved = false;          // not declared in the map: nothing of it can be edited
    int hue = -1;                     // domain hue from 0; -1: none
    std::string code;                 // of a domain
    ProductKind productKind = ProductKind::Unknown;
    Authority authority = Authority::Unknown;
    int findings = 0;  // of the worst severity, children included
    Severity worst = Severity::Note;
    std::vector<ExplorerRow> children;
    std::function<std::vector<ExplorerRow>()>
        makeChildren;  // instead of `children`, for long lists
};

// What the rows are made from; kept alive by rows that make their children later.
struct ExplorerContents {
    std::shared_ptr<const ContextMap> map;
    EstatePtr estate;
    std::shared_ptr<const EstateOwnership> ownership;
    std::vector<Finding> findings;
};

// With a filter (any letters, of any case): only rows whose name holds it and the rows above them, at most `cap` hits, and a last
// row that counts the others.
std::vector<ExplorerRow> explorerRows(const ExplorerContents& contents,
                                      std::string_view filter = {}, int cap = 500);

}  // namespace portolan::ui
