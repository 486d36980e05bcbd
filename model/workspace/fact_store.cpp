// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/fact_store.h"

#include "model/workspace/database.h"
#include "model/workspace/fact_rows.h"
#include "model/workspace/history.h"
#include "model/workspace/search_index.h"

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstring>
#include <deque>
#include <limits>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace portolan {

namespace {

constexpr std::string_view sourceColumns =
    "id, file, path, format, format_version, hash, bytes, imported_at, problems_not_listed, "
    "reader, inode, modified_ns, facts_hash";

// Tells rows that a disk or a cable has changed; no protection against a person. Stays the same over versions and machines.
class FactsHash {
public:
    void add(std::uint64_t value)
    {
        m_state = std::rotl(m_state ^ value, 29) * 0x9E3779B97F4A7C15ULL + 0x632BE59BD9B4E019ULL;
    }
    void add(std::string_view text)
    {
        add(text.size());
        m_bytes += static_cast<std::int64_t>(text.size());
        for (; text.size() >= 8; text.remove_prefix(8)) {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data(), 8);
            add(word);
        }
        std::uint64_t rest = 0;
        for (const char character : text)
            rest = rest << 8 | static_cast<unsigned char>(character);
        add(rest);
    }
    std::int64_t value() const { return static_cast<std::int64_t>(m_state); }
    // About what the rows take in the file.
    std::int64_t bytes() const { return m_bytes; }
    void addRow() { m_bytes += bytesOfRow; }

private:
    static constexpr std::int64_t bytesOfRow = 24;

    std::int64_t m_bytes = 0;
    std::uint64_t m_state = 0x706F72746F6C616EULL;
};

// Binds a row's values and hashes them.
class RowWriter {
public:
    RowWriter(Statement& statement, FactsHash& hash) : m_statement(statement), m_hash(hash) {}

    void text(std::string_view value)
    {
        m_hash.add(value);
        m_statement.bind(value);
    }
    // A text that was made for the row: bound texts must live until the row is written.
    void madeText(std::string value) { text(m_made.emplace_back(std::move(value))); }
    void number(std::int64_t value)
    {
        m_hash.add(static_cast<std::uint64_t>(value));
        m_statement.bind(value);
    }
    void nothing()
    {
        m_hash.add(~std::uint64_t(0));
        m_statement.bindNull();
    }
    void flag(bool value) { number(value ? 1 : 0); }
    void flagOrNothing(std::optional<bool> value)
    {
        if (value)
            flag(*value);
        else
            nothing();
    }
    template <class Choice>
    void choice(Choice value, Choice)
    {
        number(static_cast<std::int64_t>(value));
    }
    template <class Choice, class From>
    void spelling(Choice value, From)
    {
        text(toString(value));
    }
    template <class Thing>
    void index(Index<Thing> value, std::size_t, bool)
    {
        if (value.isValid())
            number(value.value);
        else
            nothing();
    }
    void evidence(const Evidence& value, const Estate&)
    {
        if (!value.source.isValid()) {
            for (int i = 0; i < 4; ++i)
                nothing();
            return;
        }
        number(value.line);
        number(value.column);
        number(value.pointer);
        number(value.times);
    }

private:
    Statement& m_statement;
    FactsHash& m_hash;
    std::deque<std::string> m_made;
};

// Reads a row's values and hashes them; a value that cannot have been written makes the row unsound.
class RowReader {
public:
    RowReader(const Statement& statement, int firstColumn, FactsHash& hash)
        : m_statement(statement), m_column(firstColumn), m_hash(hash)
    {
    }
    bool isSound() const { return m_isSound; }

    void text(std::string& value)
    {
        m_isSound &= m_statement.isText(m_column);
        value = m_statement.text(m_column++);
        m_hash.add(value);
    }
    template <std::integral Number>
    void number(Number& value)
    {
        m_isSound &= m_statement.isInteger(m_column);
        const std::int64_t found = m_statement.number(m_column++);
        m_isSound &= std::in_range<Number>(found);
        value = static_cast<Number>(found);
        m_hash.add(static_cast<std::uint64_t>(found));
    }
    bool nothing()
    {
        if (!m_statement.isNull(m_column))
            return false;
        ++m_column;
        m_hash.add(~std::uint64_t(0));
        return true;
    }
    void flag(bool& value)
    {
        int found = 0;
        number(found);
        m_isSound &= found == 0 || found == 1;
        value = found != 0;
    }
    void flagOrNothing(std::optional<bool>& value)
    {
        if (!nothing())
            flag(value.emplace());
    }
    template <class Choice>
    void choice(Choice& value, Choice last)
    {
        int found = 0;
        number(found);
        m_isSound &= found >= 0 && found <= static_cast<int>(last);
        value = m_isSound ? static_cast<Choice>(found) : last;
    }
    template <class Choice, class From>
    void spelling(Choice& value, From from)
    {
        std::string found;
        text(found);
        const std::optional<Choice> choice = from(found);
        m_isSound &= choice.has_value();
        value = choice.value_or(Choice());
    }
    template <class Thing>
    void index(Index<Thing>& value, std::size_t count, bool mayBeNone)
    {
        if (nothing()) {
            m_isSound &= mayBeNone;
            return;
        }
        std::int64_t found = 0;
        number(found);
        m_isSound &= found >= 0 && static_cast<std::uint64_t>(found) < count;
        if (m_isSound)
            value = Index<Thing>(static_cast<std::size_t>(found));
    }
    void evidence(Evidence& value, const Estate& estate)
    {
        if (nothing()) {
            m_isSound &= nothing() && nothing() && nothing();
            return;
        }
        value.source = SourceIndex(0);
        number(value.line);
        number(value.column);
        number(value.pointer);
        number(value.times);
        m_isSound &= value.pointer < estate.pointers.size();
    }

private:
    const Statement& m_statement;
    int m_column;
    FactsHash& m_hash;
    bool m_isSound = true;
};

std::string insertSql(std::string_view table, std::string_view columns)
{
    std::string sql = "INSERT INTO " + std::string(table) + "(source, n, " + std::string(columns) +
                      ") VALUES(?, ?, ?";
    for (std::ptrdiff_t i = std::count(columns.begin(), columns.end(), ','); i > 0; --i)
        sql += ", ?";
    return sql + ")";
}

template <class Table>
void writeTable(Database& database, std::int64_t source, const Estate& estate, FactsHash& hash)
{
    std::optional<Statement> insert;
    std::int64_t number = 0;
    Table::each(estate, [&](const auto& row) {
        if (database.problem())
            return;
        if (!insert)
            insert.emplace(database, insertSql(Table::name, Table::columns));
        insert->bind(source).bind(number);
        RowWriter writer(*insert, hash);
        Table::visit(writer, row, estate);
        hash.addRow();
        insert->step();
        insert->reset();
        ++number;
    });
}

void deleteRows(Database& database, std::int64_t source)
{
    rows::forEachTable([&]<class Table>(Table) {
        Statement statement(database,
                            "DELETE FROM " + std::string(Table::name) + " WHERE source = ?");
        statement.bind(source).step();
    });
}

// The rows of former sources lie below those of current ones, under the negative number: reading what is current never meets them.
void keepAsPast(Database& database, std::int64_t source, std::int64_t import)
{
    rows::forEachTable([&]<class Table>(Table) {
        Statement(database,
                  "UPDATE " + std::string(Table::name) + " SET source = ? WHERE source = ?")
            .bind(-source)
            .bind(source)
            .step();
    });
    Statement(database, "INSERT INTO past_source(" + std::string(sourceColumns) +
                            ", brought, superseded, fact_bytes) SELECT -id" +
                            std::string(sourceColumns.substr(2)) +
                            ", coalesce(import, 0), ?, coalesce(fact_bytes, source.bytes, 0) FROM "
                            "source LEFT JOIN source_import ON source_import.source = source.id "
                            "WHERE id = ?")
        .bind(import)
        .bind(source)
        .step();
}

// What only current sources have.
void forgetCurrent(Database& database, std::int64_t source)
{
    removeFromIndex(database, source);
    for (const char* sql :
         {"DELETE FROM source WHERE id = ?", "DELETE FROM source_import WHERE source = ?"})
        Statement(database, sql).bind(source).step();
}

void insertSource(Database& database, const StoredSource& stored)
{
    Statement statement(database, "INSERT INTO source(" + std::string(sourceColumns) +
                                      ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const Source& source = stored.source;
    statement.bind(stored.id).bind(stored.file).bind(source.path).bind(source.format);
    statement.bind(source.formatVersion).bind(source.hash).bind(source.bytes);
    statement.bind(source.importedAt).bind(source.problemsNotListed).bind(stored.reader);
    statement.bind(stored.inode).bind(stored.modifiedNs).bind(stored.factsHash);
    statement.step();
}

StoredSource sourceIn(const Statement& row)
{
    StoredSource stored;
    stored.id = row.number(0);
    stored.file = row.text(1);
    stored.source.path = row.text(2);
    stored.source.format = row.text(3);
    stored.source.formatVersion = row.text(4);
    stored.source.hash = row.text(5);
    stored.source.bytes = row.number(6);
    stored.source.importedAt = row.text(7);
    stored.source.problemsNotListed = row.number(8);
    stored.reader = row.text(9);
    stored.inode = row.number(10);
    stored.modifiedNs = row.number(11);
    stored.factsHash = row.number(12);
    return stored;
}

// Numbers are never used again, not even those of former sources.
constexpr std::string_view nextIdSql = "SELECT 1 + max((SELECT coalesce(max(id), 0) FROM source), "
                                       "(SELECT coalesce(-min(id), 0) FROM past_source))";

struct OldSource {
    std::int64_t id = 0;
    std::int64_t factsHash = 0;
    std::int64_t import = 0;  // that brought it; 0: it was there before there was history
};

std::optional<OldSource> oldSource(Database& database, const std::string& file)
{
    Statement statement(database,
                        "SELECT id, facts_hash, coalesce(import, 0) FROM source LEFT JOIN "
                        "source_import ON source_import.source = source.id "
                        "WHERE file = ?");
    if (!statement.bind(file).step())
        return {};
    return OldSource{statement.number(0), statement.number(1), statement.number(2)};
}

void addSources(Database& database, const std::string& from, std::optional<std::int64_t> import,
                std::vector<StoredSource>& stored)
{
    Statement statement(database, "SELECT " + std::string(sourceColumns) + " " + from);
    if (import)
        statement.bind(*import);
    while (statement.step())
        stored.push_back(sourceIn(statement));
}

Result<std::vector<StoredSource>> inOrder(const Database& database,
                                          std::vector<StoredSource> stored)
{
    if (database.problem())
        return tl::unexpected(*database.problem());
    std::sort(stored.begin(), stored.end(), [](const StoredSource& a, const StoredSource& b) {
        return std::tie(a.source.path, a.file) < std::tie(b.source.path, b.file);
    });
    return stored;
}

Problem decayed(const Database& database, const StoredSource& stored)
{
    return {Severity::Error,
            "workspace.damaged",
            "The workspace is damaged: what it keeps of " + stored.source.path +
                " is not what was written. Import that source again.",
            {database.path()}};
}

// The estates of some sources while their rows come in, table by table.
class Loader {
public:
    Loader(Database& database, const std::vector<StoredSource>& stored) : m_database(database)
    {
        m_version = database.firstNumber("PRAGMA user_version").value_or(0);
        m_parts.reserve(stored.size());
        for (const StoredSource& one : stored) {
            m_numberById[one.id] = m_parts.size();
            m_parts.push_back({&one, {}, {}, 0, true});
            m_parts.back().estate.sources.push_back(one.source);
            m_parts.back().estate.pointers.clear();
        }
    }

    Result<std::vector<Estate>> run()
    {
        rows::forEachTable([this]<class Table>(Table) { readTable<Table>(); });
        if (m_database.problem())
            return tl::unexpected(*m_database.problem());
        std::vector<Estate> estates;
        for (Part& part : m_parts) {
            if (!part.isSound || part.hash.value() != part.stored->factsHash)
                return tl::unexpected(decayed(m_database, *part.stored));
            estates.push_back(std::move(part.estate));
        }
        return estates;
    }

private:
    struct Part {
        const StoredSource* stored;
        Estate estate;
        FactsHash hash;
        std::int64_t rows = 0;  // of the table at hand
        bool isSound;
    };

    template <class Table>
    void readTable()
    {
        if (Table::since > m_version)
            return;
        for (Part& part : m_parts)
            part.rows = 0;
        if (m_parts.size() > 1)
            readRows<Table>("source > 0", {});
        for (const Part& part : m_parts) {
            if (m_parts.size() == 1 || part.stored->id < 0)
                readRows<Table>("source = ?", part.stored->id);
        }
        if constexpr (std::is_same_v<Table, rows::PointerTable>) {
            for (Part& each : m_parts) {
                if (each.estate.pointers.empty())
                    each.isSound = false;  // the empty one is always there
            }
        }
    }

    template <class Table>
    void readRows(const std::string& which, std::optional<std::int64_t> source)
    {
        Statement statement(m_database, "SELECT source, n, " + std::string(Table::columns) +
                                            " FROM " + std::string(Table::name) + " WHERE " +
                                            which + " ORDER BY source, n");
        if (source)
            statement.bind(*source);
        std::int64_t id = 0;
        Part* part = nullptr;
        while (statement.step()) {
            if (!part || id != statement.number(0)) {
                id = statement.number(0);
                const auto found = m_numberById.find(id);
                part = found == m_numberById.end() ? nullptr : &m_parts[found->second];
            }
            if (part && part->isSound)
                readRow<Table>(statement, *part);
        }
    }

    template <class Table>
    static void readRow(const Statement& statement, Part& part)
    {
        typename Table::Row row{};
        RowReader reader(statement, 2, part.hash);
        Table::visit(reader, row, part.estate);
        part.isSound = reader.isSound() && statement.number(1) == part.rows++;
        if (part.isSound)
            Table::add(part.estate, std::move(row));
    }

    Database& m_database;
    std::int64_t m_version = 0;  // an older workspace that may only be read lacks some tables
    std::vector<Part> m_parts;
    std::unordered_map<std::int64_t, std::size_t> m_numberById;
};

}  // namespace

Result<std::vector<StoredSource>> storedSources(Database& database)
{
    std::vector<StoredSource> stored;
    addSources(database, "FROM source", {}, stored);
    return inOrder(database, std::move(stored));
}

Result<std::vector<StoredSource>> storedSourcesAsOf(Database& database, std::int64_t import)
{
    std::vector<StoredSource> stored;
    addSources(database,
               "FROM source LEFT JOIN source_import ON source_import.source = source.id WHERE "
               "coalesce(import, 0) <= ?1",
               import, stored);
    addSources(database, "FROM past_source WHERE brought <= ?1 AND superseded > ?1", import,
               stored);
    return inOrder(database, std::move(stored));
}

std::unordered_map<std::int64_t, std::vector<ReadAlso>> storedReadAlso(Database& database)
{
    std::unordered_map<std::int64_t, std::vector<ReadAlso>> all;
    Statement statement(
        database, "SELECT source, path, hash FROM read_also WHERE source > 0 ORDER BY source, n");
    while (statement.step())
        all[statement.number(0)].push_back(
            {std::string(statement.text(1)), std::string(statement.text(2))});
    return all;
}

Result<> storeSource(Database& database, StoredSource stored, const Estate& estate,
                     ImportRecord& record)
{
    Transaction transaction(database);
    if (!transaction.hasBegun())
        return database.outcome();
    const std::optional<OldSource> old = oldSource(database, stored.file);
    stored.id = database.firstNumber(nextIdSql).value_or(1);
    FactsHash hash;
    rows::forEachTable(
        [&]<class Table>(Table) { writeTable<Table>(database, stored.id, estate, hash); });
    stored.factsHash = hash.value();
    const bool saysTheSame = old && old->factsHash == stored.factsHash;
    if (old && saysTheSame)
        deleteRows(database, old->id);
    else if (old)
        keepAsPast(database, old->id, record.number());
    if (old)
        forgetCurrent(database, old->id);
    insertSource(database, stored);
    Statement(database, "INSERT INTO source_import(source, import, fact_bytes) VALUES(?, ?, ?)")
        .bind(stored.id)
        .bind(saysTheSame ? old->import : record.number())
        .bind(hash.bytes())
        .step();
    addToIndex(database, stored.id, estate);
    if (!old)
        record.countAdded();
    else if (!saysTheSame)
        record.countReplaced();
    transaction.commit();
    return database.outcome();
}

Result<> updateMarks(Database& database, const StoredSource& stored)
{
    Statement statement(database, "UPDATE source SET inode = ?, modified_ns = ? WHERE id = ?");
    statement.bind(stored.inode).bind(stored.modifiedNs).bind(stored.id).step();
    return database.outcome();
}

Result<> dropSource(Database& database, std::int64_t id, ImportRecord& record)
{
    Transaction transaction(database);
    if (!transaction.hasBegun())
        return database.outcome();
    keepAsPast(database, id, record.number());
    forgetCurrent(database, id);
    record.countRemoved();
    transaction.commit();
    return database.outcome();
}

void forgetPastSources(Database& database, std::int64_t firstKept)
{
    std::vector<std::int64_t> forgotten;
    {
        Statement statement(database, "SELECT id FROM past_source WHERE superseded <= ?");
        statement.bind(firstKept);
        while (statement.step())
            forgotten.push_back(statement.number(0));
    }
    for (const std::int64_t id : forgotten) {
        deleteRows(database, id);
        Statement(database, "DELETE FROM past_source WHERE id = ?").bind(id).step();
    }
}

Result<Estate> loadSource(Database& database, const StoredSource& stored)
{
    Result<std::vector<Estate>> estates = Loader(database, {stored}).run();
    if (!estates)
        return tl::unexpected(std::move(estates.error()));
    return std::move(estates->front());
}

Result<std::vector<Estate>> loadSources(Database& database, const std::vector<StoredSource>& stored)
{
    return Loader(database, stored).run();
}

}  // namespace portolan
