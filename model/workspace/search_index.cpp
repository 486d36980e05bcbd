// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/search_index.h"

#include "model/workspace/database.h"
#include "model/workspace/search.h"
#include "model/workspace/sql_text.h"
#include "model/workspace/workspace.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace portolan {

namespace {

constexpr char memberEnd = '\x1f';  // a control character, as names have none
constexpr int rowsLookedAt = 2000;
constexpr int deadlineMs = 1000;
constexpr std::size_t hitsKept = 50'000;

bool isUpper(char character)
{
    return character >= 'A' && character <= 'Z';
}

// "PartyProfile" also answers to "profile": its parts, when it is written so; else nothing.
void addPartsOf(std::string_view name, std::string& parts)
{
    const std::size_t start = parts.size();
    bool hasParts = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool begins =
            i > 0 && isUpper(name[i]) && !isUpper(name[i - 1]) && name[i - 1] != ' ';
        if (begins)
            parts += ' ';
        hasParts |= begins;
        parts += name[i];
    }
    if (hasParts)
        parts += '\n';
    else
        parts.resize(start);
}

// One row for a thing with the names of all that is in it: the columns of a dataset, the fields of an object. There may be
// hundred thousands of those, and a row for each would take longer than reading their source.
class IndexWriter {
public:
    IndexWriter(Database& database, std::int64_t source)
        : m_insert(database, "INSERT INTO search(rowid, name, place, members, words, kind, id) "
                             "VALUES(?, ?, ?, ?, ?, ?, ?)"),
          m_row(source << 32)
    {
    }

    void addMember(std::string_view name)
    {
        m_members += name;
        m_members += memberEnd;
        addPartsOf(name, m_words);
    }
    void add(const NamedThing& thing)
    {
        addPartsOf(thing.name, m_words);
        const std::string place = thing.place();
        const std::string id = thing.id();
        m_insert.bind(m_row++).bind(thing.name).bind(place).bind(m_members).bind(m_words);
        m_insert.bind(toString(thing.kind)).bind(id).step();
        m_insert.reset();
        m_members.clear();
        m_words.clear();
    }

private:
    Statement m_insert;
    std::int64_t m_row;
    std::string m_members;
    std::string m_words;
};

// The hits of one row: the thing itself, and what is in it.
class RowHits {
public:
    RowHits(const SearchWords& wanted, std::vector<SearchHit>& hits)
        : m_wanted(wanted), m_hits(hits)
    {
    }

    void add(const Statement& row)
    {
        const std::optional<EntityKind> kind = entityKindFrom(row.text(4));
        if (!kind)
            return;
        const std::string id(row.text(3));
        const std::string place(row.text(1));
        consider(*kind, row.text(0), place, id);
        // The names of keys and places of members: model/estate/entity_keys.h and forEachNamed.
        const bool isDataset = *kind == EntityKind::Dataset;
        const std::string within = isDataset ? place : place + " / " + std::string(row.text(0));
        for (std::string_view members = row.text(2); !members.empty();) {
            const std::string_view name = members.substr(0, members.find(memberEnd));
            members.remove_prefix(std::min(members.size(), name.size() + 1));
            if (m_hits.size() < hitsKept)
                consider(isDataset ? EntityKind::Column : EntityKind::Field, name, within, id, "#");
        }
    }

private:
    void consider(EntityKind kind, std::string_view name, const std::string& place,
                  const std::string& id, std::string_view separator = {})
    {
        const std::optional<double> score = m_wanted.score(kind, name, [&] { return place; });
        if (!score)
            return;
        std::string key = id;
        if (!separator.empty())
            key.append(separator).append(name);
        m_hits.push_back({{kind, std::move(key)}, std::string(name), place, *score});
    }

    const SearchWords& m_wanted;
    std::vector<SearchHit>& m_hits;
};

}  // namespace

void addToIndex(Database& database, std::int64_t source, const Estate& estate)
{
    IndexWriter writer(database, source);
    forEachNamed(
        estate,
        [&](const NamedThing& thing) {
            if (database.problem())
                return;
            if (thing.kind == EntityKind::Dataset)
                for (const ColumnIndex column : estate.datasets[thing.index].columns)
                    writer.addMember(estate.columns[column.value].name);
            if (thing.kind == EntityKind::SchemaObject)
                for (const FieldIndex field : estate.objects[thing.index].fields)
                    writer.addMember(estate.fields[field.value].path);
            writer.add(thing);
        },
        Members::LeftOut);
}

void removeFromIndex(Database& database, std::int64_t source)
{
    Statement statement(database, "DELETE FROM search WHERE rowid BETWEEN ? AND ?");
    statement.bind(source << 32).bind((source << 32) + 0xFFFFFFFF).step();
}

Result<std::vector<SearchHit>> searchIndex(Database& database, std::string_view words, int limit)
{
    const SearchWords wanted(words);
    const std::string query = fullTextQuery(words);
    std::vector<SearchHit> hits;
    if (query.empty() || wanted.isEmpty() || limit <= 0)
        return hits;
    database.setDeadlineMs(deadlineMs);
    {
        Statement statement(database, "SELECT name, place, members, id, kind FROM search WHERE "
                                      "search MATCH ? ORDER BY rank LIMIT ?");
        statement.bind(query).bind(rowsLookedAt);
        RowHits rows(wanted, hits);
        while (statement.step())
            rows.add(statement);
    }
    database.setDeadlineMs(0);
    if (database.problem())
        return tl::unexpected(*database.problem());
    return bestHits(std::move(hits), limit);
}

}  // namespace portolan
