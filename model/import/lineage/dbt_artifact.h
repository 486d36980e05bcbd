// SPDX-License-Identifier: Apache-2.0
// What dbt's artifacts have in common: their head, and the names of nodes and relations.
#pragma once

#include "model/import/importer.h"

#include <string>
#include <string_view>

namespace portolan {

struct DbtHead {
    std::string kind;  // "manifest", "catalog" ...
    int version = 0;
    std::string adapter;
    std::string project;
};
// Of "https://schemas.getdbt.com/dbt/manifest/v12.json" and what stands beside it; the kind is empty when there is none.
DbtHead dbtHead(const DataNode& root);

// Whether it is of that kind and says its version; a version newer than `newest` is read with a warning.
bool checkDbtHead(const DataNode& root, std::string_view kind, int newest, ImportContext& context);

// "model" of "model.jaffle_shop.orders.v2". The prefix is right where resource_type is not: packages write foreign nodes as they like.
std::string_view dbtKind(std::string_view uniqueId);
std::string_view dbtPackage(std::string_view uniqueId);
std::string_view dbtName(std::string_view uniqueId);  // "orders.v2"

// The value of a node's key, or of its config's: newer versions moved some of them there.
DataNode ofNodeOrConfig(const DataNode& node, std::string_view key);

// The platform as dataset names spell it: "postgres" for the adapter "postgres".
std::string dbtPlatform(const DbtHead& head);

// "shop.public.orders" of a node of the manifest: its relation, or what it is made of; empty when it has no name. An ephemeral model
// has no relation.
std::string dbtRelation(const DataNode& node, std::string_view platform);
bool isEphemeral(const DataNode& node);

// The node's columns as the manifest declares them, and a column's name.
DataNode dbtColumns(const DataNode& node);
std::string dbtColumnName(const DataNode& column);

bool isDbtData(std::string_view kind);  // model, seed, snapshot or source

}  // namespace portolan
