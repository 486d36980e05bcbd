// SPDX-License-Identifier: Apache-2.0
// A thin layer over SQLite: statements that are prepared once and bound, transactions that roll back by themselves, and failures
// as Problems. For the workspace's own files only. One thread at a time.
#pragma once

#include "model/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace portolan {

class Database;

// Values are numbered from 0, bound and read in order. The texts bound must live until `step`.
class Statement {
public:
    Statement(Database& database, std::string_view sql);
    Statement(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    Statement& bind(std::string_view text);
    Statement& bind(const std::string& text) { return bind(std::string_view(text)); }
    Statement& bind(const char* text) { return bind(std::string_view(text)); }
    Statement& bind(std::int64_t number);
    Statement& bind(int number) { return bind(static_cast<std::int64_t>(number)); }
    Statement& bindNull();

    // True: there is a row. False: it is at its end, or it failed, which `Database::problem` tells.
    bool step();
    void reset();  // ready for new values

    bool isNull(int column) const;
    bool isInteger(int column) const;
    bool isText(int column) const;
    std::int64_t number(int column) const;
    std::string_view text(int column) const;  // valid until the next step

private:
    Database* m_database;
    sqlite3_stmt* m_statement = nullptr;
    int m_bound = 0;
};

class Database {
public:
    enum class Mode { ReadWrite, ReadOnly, Immutable };

    // With all the settings under which files from elsewhere may be opened: nothing in the schema is trusted.
    static Result<std::unique_ptr<Database>> open(const std::string& path, Mode mode);
    static std::unique_ptr<Database> inMemory();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    bool execute(std::string_view sql);  // one or more statements of our own; false: see `problem`
    std::optional<std::string> firstText(std::string_view sql);
    std::optional<std::int64_t> firstNumber(std::string_view sql);

    // What failed first since the last `clearProblem`: "workspace.damaged" for a file that is not sound, "workspace.busy",
    // "workspace.disk" for a full or failing disk, "workspace.unreadable" for the rest.
    const std::optional<Problem>& problem() const { return m_problem; }
    void clearProblem();
    Result<> outcome() const;  // `problem` or success

    // Statements stop as failed once this time has passed; 0: no limit.
    void setDeadlineMs(int milliseconds);
    bool hasPassedDeadline() const { return m_hasPassedDeadline; }
    bool hasMoved() const;  // the file was deleted or renamed under us
    std::string serialized();
    void allowAttaching(bool isAllowed);

    const std::string& path() const { return m_path; }
    sqlite3* handle() const { return m_handle; }
    void fail(int code);  // notes what SQLite says

private:
    Database() = default;
    void secure();
    static int watch(void* database);

    std::string m_path;
    sqlite3* m_handle = nullptr;
    std::optional<Problem> m_problem;
    std::int64_t m_deadlineMs = 0;  // on the monotonic clock
    bool m_hasPassedDeadline = false;
};

// Begins at once as a writer, so that it cannot fail half way because another one wrote; rolls back unless committed.
class Transaction {
public:
    enum class Kind { Write, Read };
    explicit Transaction(Database& database, Kind kind = Kind::Write);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    bool hasBegun() const { return m_isOpen; }
    bool commit();  // false, and rolled back: see Database::problem

private:
    Database& m_database;
    bool m_isOpen;
};

}  // namespace portolan
