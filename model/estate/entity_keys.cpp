// SPDX-License-Identifier: Apache-2.0
#include "model/estate/entity_keys.h"

namespace portolan {

namespace {

// Names may hold the separator themselves, so every place where the key can be cut is tried, the last one first.
template <class Thing, class Find>
Index<Thing> findCut(std::string_view key, char separator, Find find)
{
    for (std::size_t at = key.rfind(separator); at != std::string_view::npos;
         at = at == 0 ? std::string_view::npos : key.rfind(separator, at - 1)) {
        const Index<Thing> found = find(key.substr(0, at), key.substr(at + 1));
        if (found.isValid())
            return found;
    }
    return {};
}

}  // namespace

std::string columnKey(const Estate& estate, ColumnIndex column)
{
    const Column& thing = estate.columns[column.value];
    return estate.datasets[thing.dataset.value].key() + "#" + thing.name;
}

std::string objectKey(const Estate& estate, SchemaObjectIndex object)
{
    const SchemaObject& thing = estate.objects[object.value];
    return estate.contracts[thing.contract.value].key() + "/" + thing.name;
}

std::string fieldKey(const Estate& estate, FieldIndex field)
{
    const Field& thing = estate.fields[field.value];
    return objectKey(estate, thing.object) + "#" + thing.path;
}

ColumnIndex columnByKey(const Estate& estate, std::string_view key)
{
    return findCut<Column>(key, '#', [&](std::string_view dataset, std::string_view name) {
        const DatasetIndex index = estate.dataset(dataset);
        if (!index.isValid())
            return ColumnIndex();
        for (const ColumnIndex column : estate.datasets[index.value].columns) {
            if (estate.columns[column.value].name == name)
                return column;
        }
        return ColumnIndex();
    });
}

SchemaObjectIndex objectByKey(const Estate& estate, std::string_view key)
{
    return findCut<SchemaObject>(key, '/', [&](std::string_view contract, std::string_view name) {
        const ContractIndex index = estate.contract(contract);
        if (!index.isValid())
            return SchemaObjectIndex();
        for (const SchemaObjectIndex object : estate.contracts[index.value].objects) {
            if (estate.objects[object.value].name == name)
                return object;
        }
        return SchemaObjectIndex();
    });
}

FieldIndex fieldByKey(const Estate& estate, std::string_view key)
{
    return findCut<Field>(key, '#', [&](std::string_view object, std::string_view path) {
        const SchemaObjectIndex index = objectByKey(estate, object);
        if (!index.isValid())
            return FieldIndex();
        for (const FieldIndex field : estate.objects[index.value].fields) {
            if (estate.fields[field.value].path == path)
                return field;
        }
        return FieldIndex();
    });
}

}  // namespace portolan
