// SPDX-License-Identifier: Apache-2.0
// The schema part of an Open Data Contract Standard contract: objects, fields, keys, references, checks. Both layouts: `dataset` with
// columns (v2) and `schema` with properties (v3).
#pragma once

#include "model/import/importer.h"

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace portolan {

// Where the objects of a contract are, as its servers say it.
struct OdcsLocation {
    std::string platform;  // empty: no server says it
    std::string instance;
    std::string prefix;  // "database.schema"
};

struct OdcsFacts {
    ContractIndex contract;
    bool isVersion2 = false;
    OdcsLocation location;
};

class OdcsSchema {
public:
    OdcsSchema(ImportContext& context, OdcsFacts facts);

    void read(const std::vector<DataNode>& objects);

    // Known to the coming version 3.2 only, and known to none; in the order in which they were met.
    const std::vector<std::string>& newerKeys() const { return m_newerKeys; }

    // Reports keys that no version knows, and counts those that are not kept. The lists are of names with a space between them.
    void checkKeys(const DataNode& object, std::string_view read, std::string_view unkept,
                   std::string_view newer);

private:
    struct OpenObject {
        SchemaObjectIndex index;
        DatasetIndex dataset;
        std::string name;
        int keys = 0;
        std::set<std::string> sources;  // datasets that fields are made from
    };

    void readObject(const DataNode& node);
    DatasetIndex datasetOf(const std::string& physicalName, const DataNode& node);
    void readProperties(const DataNode& parent, const std::string& prefix, OpenObject& object);
    void readProperty(const DataNode& node, const std::string& prefix, OpenObject& object);
    void readItems(const DataNode& property, const std::string& path, OpenObject& object);
    void readKey(const DataNode& node, Field& field, OpenObject& object);
    void readTransform(const DataNode& node, OpenObject& object);
    void readTransformLogic(const DataNode& node, const std::string& path,
                            const OpenObject& object);
    void readQuality(const DataNode& owner, SchemaObjectIndex object, FieldIndex field);
    void readRule(const DataNode& node, SchemaObjectIndex object, FieldIndex field);
    void checkRule(const DataNode& node, const Check& check, int operators);
    void checkEnum(const DataNode& node);
    void readPropertyRelationships(const DataNode& node, FieldIndex field);
    void readObjectRelationships(const DataNode& node, const std::string& object);
    void addReference(FieldIndex field, const std::string& to);
    void resolveReferences();
    void checkReference(const DataNode& node);
    void remember(const DataNode& node, const std::string& object, const std::string& path,
                  FieldIndex field);

    ImportContext& m_context;
    OdcsFacts m_facts;
    std::vector<std::string> m_newerKeys;
    std::set<std::string, std::less<>> m_unknownKeys;
    std::unordered_map<std::string, FieldIndex> m_fieldByName;  // "object.path" and by ids
    std::set<std::string, std::less<>> m_objects;               // names and ids
    struct Relationship {
        DataNode node;
        std::string object;
    };
    std::vector<Relationship> m_objectRelationships;
    std::vector<DataNode> m_targets;
    std::int64_t m_unplacedSources = 0;
    DataNode m_firstUnplaced;
};

}  // namespace portolan
