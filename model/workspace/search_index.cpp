// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/search_index.h"

#include "model/estate/entity_keys.h"
#include "model/workspace/database.h"
#include "model/workspace/search.h"
#include "model/workspace/sql_text.h"
#include "model/workspace/workspace.h"

#include <algorithm>

namespace portolan {

namespace {

constexpr int rankedAtMost = 2000;
constexpr int deadlineMs = 1000;

bool isUpper(char character)
{
    return character >= 'A' && character <= 'Z';
}

// "PartyProfile" also answers to "profile": its parts, when it is written so; else empty.
std::string partsOf(std::string_view name)
{
    std::string parts;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (i > 0 && isUpper(name[i]) && !isUpper(name[i - 1]) && name[i - 1] != ' ')
            parts += ' ';
        parts += name[i];
    }
    return parts.size() == name.size() ? std::string() : parts;
}

class IndexWriter {
public:
    IndexWriter(Database& database, std::int64_t source)
        : m_insert(database, "INSERT INTO search(rowid, name, words, place, kind, id) "
                             "VALUES(?, ?, ?, ?, ?, ?)"),
          m_row(source << 32)
    {
    }

    void add(EntityKind kind, std::string_view name, std::string_view place, std::string_view id)
    {
        if (name.empty())
            return;
        const std::string parts = partsOf(name);
        m_insert.bind(m_row++).bind(name).bind(parts).bind(place);
        m_insert.bind(toString(kind)).bind(id).step();
        m_insert.reset();
    }

private:
    Statement m_insert;
    std::int64_t m_row;
};

}  // namespace

void addToIndex(Database& database, std::int64_t source, const Estate& estate)
{
    IndexWriter writer(database, source);
    forEachNamed(estate, [&](const NamedThing& thing) {
        writer.add(thing.kind, thing.name, thing.place(), thing.id());
    });
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
        Statement statement(database, "SELECT name, place, kind, id FROM search WHERE search MATCH "
                                      "? ORDER BY rank LIMIT ?");
        statement.bind(query).bind(rankedAtMost);
        while (statement.step()) {
            const std::optional<EntityKind> kind = entityKindFrom(statement.text(2));
            if (!kind)
                continue;
            SearchHit hit{{*kind, std::string(statement.text(3))},
                          std::string(statement.text(0)),
                          std::string(statement.text(1))};
            hit.score = wanted.score(*kind, hit.name, [&hit] { return hit.path; }).value_or(0);
            hits.push_back(std::move(hit));
        }
    }
    database.setDeadlineMs(0);
    if (database.problem())
        return tl::unexpected(*database.problem());
    return bestHits(std::move(hits), limit);
}

}  // namespace portolan
