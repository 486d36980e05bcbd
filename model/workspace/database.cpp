// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/database.h"

#include <ctime>
#include <utility>

#include <sqlite3.h>

namespace portolan {

namespace {

constexpr int busyMs = 2000;
constexpr int stepsBetweenLooks = 2000;
constexpr int longestValue = 256 << 20;

std::int64_t monotonicMs()
{
    timespec now = {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

// A name for SQLite's own URI syntax, in which ?, # and % have a meaning.
std::string uriOf(const std::string& path, std::string_view options)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string uri = "file:";
    if (path.starts_with("//"))
        uri += "//";  // else the first part would be taken for a host
    for (const char character : path) {
        if (character != '?' && character != '#' && character != '%') {
            uri += character;
            continue;
        }
        const auto byte = static_cast<unsigned char>(character);
        uri += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return uri + std::string(options);
}

std::pair<const char*, std::string> meaning(int code, const char* words)
{
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
        return {"workspace.damaged", "The workspace is damaged (" + std::string(words) +
                                         "). Import its sources into a new one."};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {"workspace.busy",
                "Another process is writing to the workspace. Try again when it is done."};
    case SQLITE_FULL:
        return {"workspace.disk", "The disk is full. The workspace is as it was before."};
    case SQLITE_IOERR:
        return {"workspace.disk",
                "The disk failed (" + std::string(words) + "). The workspace is as it was before."};
    case SQLITE_READONLY:
        return {"workspace.read-only", "The workspace can only be read here."};
    case SQLITE_INTERRUPT:
        return {"workspace.damaged", "Reading the workspace takes too long, so it was given up."};
    default:
        return {"workspace.unreadable",
                "The workspace cannot be used (" + std::string(words) + ")."};
    }
}

}  // namespace

Statement::Statement(Database& database, std::string_view sql) : m_database(&database)
{
    const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
    if (code != SQLITE_OK)
        database.fail(code);
}

Statement::Statement(Statement&& other) noexcept
    : m_database(other.m_database), m_statement(std::exchange(other.m_statement, nullptr)),
      m_bound(other.m_bound)
{
}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

Statement& Statement::bind(std::string_view text)
{
    // A null pointer would bind NULL in place of an empty text.
    const int code = sqlite3_bind_text64(m_statement, ++m_bound, text.empty() ? "" : text.data(),
                                         text.size(), SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK && m_statement)
        m_database->fail(code);  // longer than a value may be
    return *this;
}

Statement& Statement::bind(std::int64_t number)
{
    sqlite3_bind_int64(m_statement, ++m_bound, number);
    return *this;
}

Statement& Statement::bindNull()
{
    sqlite3_bind_null(m_statement, ++m_bound);
    return *this;
}

bool Statement::step()
{
    if (!m_statement)
        return false;
    const int code = sqlite3_step(m_statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        m_database->fail(code);
    return code == SQLITE_ROW;
}

void Statement::reset()
{
    sqlite3_reset(m_statement);
    m_bound = 0;
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

bool Statement::isInteger(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_INTEGER;
}

bool Statement::isText(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_TEXT;
}

std::int64_t Statement::number(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

std::string_view Statement::text(int column) const
{
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    if (!bytes)
        return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Mode mode)
{
    std::unique_ptr<Database> database(new Database);
    database->m_path = path;
    const int access = mode == Mode::ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    const int code = sqlite3_open_v2(
        uriOf(path, mode == Mode::Immutable ? "?immutable=1" : "").c_str(), &database->m_handle,
        access | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    if (code != SQLITE_OK) {
        database->fail(code);
        return tl::unexpected(*database->m_problem);
    }
    database->secure();
    return database;
}

std::unique_ptr<Database> Database::inMemory()
{
    std::unique_ptr<Database> database(new Database);
    if (sqlite3_open(":memory:", &database->m_handle) != SQLITE_OK)
        database->fail(SQLITE_CANTOPEN);
    return database;
}

Database::~Database()
{
    sqlite3_close_v2(m_handle);
}

void Database::secure()
{
    sqlite3_busy_timeout(m_handle, busyMs);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_limit(m_handle, SQLITE_LIMIT_LENGTH, longestValue);
    allowAttaching(false);
    sqlite3_progress_handler(m_handle, stepsBetweenLooks, &Database::watch, this);
    execute("PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA foreign_keys=OFF;"
            "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=OFF; PRAGMA synchronous=FULL;");
}

int Database::watch(void* database)
{
    auto* self = static_cast<Database*>(database);
    if (self->m_deadlineMs == 0 || monotonicMs() < self->m_deadlineMs)
        return 0;
    self->m_hasPassedDeadline = true;
    return 1;
}

bool Database::execute(std::string_view sql)
{
    const int code = sqlite3_exec(m_handle, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        fail(code);
    return code == SQLITE_OK;
}

std::optional<std::string> Database::firstText(std::string_view sql)
{
    Statement statement(*this, sql);
    if (!statement.step())
        return std::nullopt;
    return std::string(statement.text(0));
}

std::optional<std::int64_t> Database::firstNumber(std::string_view sql)
{
    Statement statement(*this, sql);
    if (!statement.step())
        return std::nullopt;
    return statement.number(0);
}

void Database::clearProblem()
{
    m_problem.reset();
    m_hasPassedDeadline = false;
}

Result<> Database::outcome() const
{
    if (m_problem)
        return tl::unexpected(*m_problem);
    return {};
}

void Database::setDeadlineMs(int milliseconds)
{
    m_deadlineMs = milliseconds == 0 ? 0 : monotonicMs() + milliseconds;
}

bool Database::hasMoved() const
{
    int moved = 0;
    return sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
           moved != 0;
}

std::string Database::serialized()
{
    sqlite3_int64 size = 0;
    unsigned char* bytes = sqlite3_serialize(m_handle, "main", &size, 0);
    if (!bytes) {
        fail(SQLITE_NOMEM);
        return {};
    }
    std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return text;
}

void Database::allowAttaching(bool isAllowed)
{
    sqlite3_limit(m_handle, SQLITE_LIMIT_ATTACHED, isAllowed ? 1 : 0);
}

void Database::fail(int code)
{
    if (m_problem)
        return;
    auto [problemCode, message] =
        meaning(code, m_handle ? sqlite3_errmsg(m_handle) : sqlite3_errstr(code));
    m_problem = Problem{Severity::Error, problemCode, std::move(message), {m_path}};
}

Transaction::Transaction(Database& database, Kind kind)
    : m_database(database),
      m_isOpen(database.execute(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN"))
{
}

Transaction::~Transaction()
{
    if (m_isOpen && sqlite3_get_autocommit(m_database.handle()) == 0)
        sqlite3_exec(m_database.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

bool Transaction::commit()
{
    if (!m_isOpen || m_database.problem() || !m_database.execute("COMMIT"))
        return false;
    m_isOpen = false;
    return true;
}

}  // namespace portolan
