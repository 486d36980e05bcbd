// SPDX-License-Identifier: Apache-2.0
// SQL data definitions in any dialect: tables, columns, keys, comments, and what views read. There is no packaged parser for more than one
// dialect, so statements are followed as far as all dialects agree, and what is not followed is counted by its kind.
#include "model/import/dataset_name.h"
#include "model/import/importers.h"
#include "model/sql/sql_tokens.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace portolan {

namespace {

constexpr std::size_t mostTokens = 200'000;  // of one statement that is looked into

using Tokens = std::vector<SqlToken>;

std::string word(const SqlToken& token)
{
    return token.kind == SqlToken::Kind::Word ? upperCase(token.text) : std::string();
}

// What may stand between CREATE and TABLE or VIEW.
constexpr std::string_view createWords =
    " OR REPLACE ALTER GLOBAL LOCAL TEMP TEMPORARY TRANSIENT VOLATILE EXTERNAL UNLOGGED FOREIGN "
    "DYNAMIC ICEBERG HYBRID EVENT SECURE RECURSIVE MATERIALIZED FORCE NO EDITIONABLE NONEDITIONABLE "
    "ALGORITHM MERGE UNDEFINED TEMPTABLE DEFINER SQL SECURITY INVOKER SNAPSHOT MULTISET SET LIVE "
    "STREAMING REFRESH ";

// The end of a column's type.
constexpr std::string_view typeEnds =
    " NOT NULL DEFAULT PRIMARY UNIQUE REFERENCES CHECK COMMENT COLLATE GENERATED AUTO_INCREMENT "
    "AUTOINCREMENT IDENTITY CONSTRAINT ENCODE MASKING TAG OPTIONS ON ENABLE DISTKEY SORTKEY KEY AS "
    "STORAGE COMPRESSION INVISIBLE VISIBLE SPARSE ROWGUIDCOL ";

// What a part of a table's list begins with that is no column.
constexpr std::string_view constraintWords =
    " CONSTRAINT PRIMARY FOREIGN UNIQUE CHECK EXCLUDE LIKE PERIOD FULLTEXT SPATIAL KEY INDEX ";

class SqlReading {
public:
    SqlReading(std::string_view text, ImportContext& context)
        : m_text(text), m_tokens(text), m_context(context), m_platform(platformOf(text))
    {
    }

    void run()
    {
        m_context.setFormatVersion(m_platform);
        while (readStatement()) {
            if (m_context.progress().stopRequested())
                return;
        }
        if (m_tables == 0)
            m_context.problemAt(Severity::Note, "sql.no-table",
                                "The file creates no table and no view. Nothing is read.", 1);
    }

private:
    // Only what the file itself says.
    static std::string platformOf(std::string_view text)
    {
        const std::string_view head = text.substr(0, 4096);
        const auto says = [head](std::string_view mark) {
            return head.find(mark) != std::string_view::npos;
        };
        if (says("PostgreSQL database dump"))
            return "postgres";
        if (says("MySQL dump") || says("MariaDB dump"))
            return "mysql";
        if (says("PRAGMA foreign_keys"))
            return "sqlite";
        return {};
    }

    // Up to a semicolon outside of brackets, a line with GO, or the end. Bodies of procedures are cut apart, which does no harm: their
    // pieces are ignored.
    bool readStatement()
    {
        Tokens tokens;
        std::size_t count = 0;
        bool isCut = false;
        SqlToken token = m_tokens.next();
        while (!token.isEnd()) {
            if (token.isSign(';') || (token.isWord("GO") && isAlone(token)))
                break;
            if (count++ < mostTokens)
                tokens.push_back(token);
            else
                isCut = true;
            token = m_tokens.next();
        }
        m_isCut = isCut;
        if (!tokens.empty()) {
            if (isCut && tokens.front().isWord("CREATE"))
                m_context.problemAt(Severity::Warning, "sql.too-long",
                                    "The statement is too long (at most 200,000 words are looked "
                                    "into). Its rest is left out.",
                                    tokens.front().line);
            m_at = 0;
            m_statement = std::move(tokens);
            read();
        }
        return !token.isEnd();
    }

    // "GO" is a separator when nothing else stands on its line.
    bool isAlone(const SqlToken& token) const
    {
        const auto start = static_cast<std::size_t>(token.text.data() - m_text.data());
        const std::size_t end = start + token.text.size();
        const std::size_t before =
            start == 0 ? std::string_view::npos : m_text.rfind('\n', start - 1);
        const std::size_t first = before == std::string_view::npos ? 0 : before + 1;
        const std::size_t after = std::min(m_text.find('\n', end), m_text.size());
        return m_text.substr(first, start - first).find_first_not_of(" \t") ==
                   std::string_view::npos &&
               m_text.substr(end, after - end).find_first_not_of(" \t\r0123456789") ==
                   std::string_view::npos;
    }

    const SqlToken& peek(std::size_t ahead = 0) const
    {
        static const SqlToken end;
        return m_at + ahead < m_statement.size() ? m_statement[m_at + ahead] : end;
    }

    bool take(std::string_view text)
    {
        if (!peek().isWord(text))
            return false;
        ++m_at;
        return true;
    }

    bool takeSign(char sign)
    {
        if (!peek().isSign(sign))
            return false;
        ++m_at;
        return true;
    }

    Evidence here(const SqlToken& token) { return m_context.evidenceAt(token.line); }

    void read()
    {
        const SqlToken first = peek();
        if (take("CREATE"))
            readCreate(first);
        else if (take("COMMENT"))
            readComment(first);
        else if (take("ALTER"))
            readAlter(first);
        else if (take("USE"))
            readUse();
        else if (fillsFromQuery(first))
            keepQuery(DatasetIndex());
        else if (first.isWord("COPY") && m_statement.back().isWord("STDIN"))
            m_tokens.skipCopiedRows(), ignore(first);
        else
            ignore(first);
    }

    // INSERT INTO a SELECT ..., MERGE INTO a USING b: what they write is found by its name when all sources are known.
    bool fillsFromQuery(const SqlToken& first) const
    {
        const bool mayFill = first.isWord("INSERT") || first.isWord("MERGE") ||
                             first.isWord("UPDATE") || first.isWord("WITH");
        return mayFill && m_statement.size() > 1 &&
               std::any_of(m_statement.begin() + 1, m_statement.end(), [](const SqlToken& token) {
                   return token.isWord("SELECT") || token.isWord("USING") || token.isWord("FROM");
               });
    }

    void keepQuery(DatasetIndex writes)
    {
        if (m_isCut)
            return;
        const char* const start = m_statement.front().text.data();
        const SqlToken& last = m_statement.back();
        ObservedQuery query;
        query.writes = writes;
        query.text.assign(start, last.text.data() + last.text.size());
        query.dialect = m_platform;
        query.space = dottedPath({m_database, m_schema});
        query.firstLine = m_statement.front().line;
        query.evidence = here(m_statement.front());
        m_context.estate().fact(std::move(query));
    }

    void ignore(const SqlToken& first, std::string_view kind = {})
    {
        static constexpr std::string_view silent =
            " SET BEGIN COMMIT END GO PRAGMA LOCK UNLOCK START ";
        const std::string name = first.isName() ? upperCase(first.text.substr(0, 40)) : "?";
        if (isOneOf(name, silent))
            return;
        m_context.ignoredAt(kind.empty() ? name : name + " " + std::string(kind),
                            "a statement that declares no table", first.line);
    }

    void readUse()
    {
        take("DATABASE");
        const bool isSchema = take("SCHEMA");
        if (take("WAREHOUSE") || take("ROLE") || !peek().isName())
            return;
        (isSchema ? m_schema : m_database) = peek().value();
    }

    void readCreate(const SqlToken& first)
    {
        while (isCreateWord())
            ++m_at;
        if (take("TABLE"))
            readTable("table");
        else if (take("VIEW"))
            readTable("view");
        else
            ignore(first, word(peek()));
    }

    // ALGORITHM=UNDEFINED DEFINER=`root`@`localhost` stand there too.
    bool isCreateWord() const
    {
        if (isOneOf(word(peek()), createWords))
            return true;
        const bool isValue =
            m_at > 0 && (m_statement[m_at - 1].isSign('=') || m_statement[m_at - 1].isWord("@"));
        return peek().isSign('=') ||
               (isValue && (peek().isName() || peek().kind == SqlToken::Kind::Text)) ||
               (peek().kind == SqlToken::Kind::Word && peek().text.front() == '@');
    }

    // "a.b.c" with each part unquoted, as a relation that the normal form of names understands.
    std::string readName()
    {
        std::string name;
        while (peek().isName()) {
            const SqlToken& part = peek();
            std::string value = part.value();
            if (part.kind == SqlToken::Kind::QuotedName && value.find('.') != std::string::npos &&
                part.text.front() != '`')
                value = "\"" + value + "\"";
            name += value;
            ++m_at;
            if (!peek().isSign('.'))
                break;
            name += '.';
            ++m_at;
        }
        return name;
    }

    std::string qualified(std::string name) const
    {
        const auto dots = std::count(name.begin(), name.end(), '.');
        if (dots == 0 && !m_schema.empty())
            name.insert(0, m_schema + ".");
        if ((dots == 0 || (dots == 1 && !m_schema.empty())) && !m_database.empty())
            name.insert(0, m_database + ".");
        return name;
    }

    DatasetIndex dataset(const std::string& name, const SqlToken& token)
    {
        return m_context.estate().dataset(m_platform, {}, qualified(name), here(token));
    }

    void readTable(std::string_view type)
    {
        if (take("IF")) {
            take("NOT");
            take("EXISTS");
        }
        const SqlToken at = peek();
        const std::string name = readName();
        if (name.empty()) {
            m_context.problemAt(Severity::Warning, "sql.no-name",
                                "A " + std::string(type) +
                                    " has no name (expected one here). Statement skipped.",
                                at.isEnd() ? m_statement.front().line : at.line);
            return;
        }
        ++m_tables;
        const DatasetIndex made = dataset(name, at);
        Dataset& one = m_context.estate().estate().datasets[made.value];
        if (one.type.empty())
            one.type = type;
        m_keyPosition = 0;
        if (peek().isSign('('))
            readColumns(made);
        readTail(made);
    }

    void readColumns(DatasetIndex table)
    {
        takeSign('(');
        while (!peek().isEnd() && !peek().isSign(')')) {
            const std::size_t start = m_at;
            readPart(table);
            skipPart();
            if (!takeSign(',') && m_at == start)
                ++m_at;
        }
        if (!takeSign(')'))
            m_context.problemAt(Severity::Warning, "sql.open-bracket",
                                "The list of columns does not end (expected a closing bracket). "
                                "Kept as far as it goes.",
                                m_statement.back().line);
    }

    // To the comma or bracket that ends this part.
    void skipPart()
    {
        int depth = 0;
        for (; !peek().isEnd(); ++m_at) {
            if (peek().isSign('('))
                ++depth;
            else if (peek().isSign(')') && depth-- == 0)
                return;
            else if (peek().isSign(',') && depth == 0)
                return;
        }
    }

    void readPart(DatasetIndex table)
    {
        if (isOneOf(word(peek()), constraintWords) && !isColumnNamedSo())
            readConstraint(table);
        else if (peek().isName())
            readColumn(table);
    }

    // A column may be called "key", "period" or "fulltext" as well; then a type follows: KEY varchar(20) against KEY by_name (name).
    bool isColumnNamedSo() const
    {
        static constexpr std::string_view plainWords = " LIKE PERIOD FULLTEXT SPATIAL KEY INDEX ";
        if (!isOneOf(word(peek()), plainWords) || peek(1).kind != SqlToken::Kind::Word)
            return false;
        if (peek().isWord("LIKE"))
            return !peek(2).isSign(',') && !peek(2).isSign(')') && !peek(2).isSign('.') &&
                   !peek(2).isWord("INCLUDING") && !peek(2).isWord("EXCLUDING");
        if (peek(1).isWord("KEY") || peek(1).isWord("INDEX") || peek(1).isWord("FOR"))
            return false;
        return !peek(2).isSign('(') || peek(3).kind == SqlToken::Kind::Number;
    }

    void readColumn(DatasetIndex table)
    {
        const SqlToken at = peek();
        const std::string name = at.value();
        ++m_at;
        const std::string type = readType();
        const ColumnIndex column = m_context.estate().column(table, name, type, here(at));
        for (int depth = 0; !peek().isEnd(); ++m_at) {
            if (depth == 0 && (peek().isSign(',') || peek().isSign(')')))
                return;
            if (peek().isSign('('))
                ++depth;
            else if (peek().isSign(')'))
                --depth;
            else if (depth == 0)
                readColumnWord(table, column, name);
        }
    }

    void readColumnWord(DatasetIndex table, ColumnIndex column, const std::string& name)
    {
        if (peek().isWord("PRIMARY") && peek(1).isWord("KEY"))
            claim(table, name, "key", std::to_string(++m_keyPosition), peek());
        else if (peek().isWord("NOT") && peek(1).isWord("NULL"))
            claim(table, name, "required", "true", peek());
        else if (peek().isWord("REFERENCES"))
            readReferences(table, {name});
        else if (peek().isWord("COMMENT") && peek(1).kind == SqlToken::Kind::Text)
            describe(column, peek(1).value());
    }

    // As it is spelt, on one line. Commas inside STRUCT<a INT64, b STRING> are the type's.
    std::string readType()
    {
        std::string type;
        int depth = 0;
        int angles = 0;
        const char* end = nullptr;
        for (; !peek().isEnd(); ++m_at) {
            const SqlToken& token = peek();
            if (depth == 0 && angles == 0 &&
                (token.isSign(',') || token.isSign(')') || token.isSign('=') ||
                 token.kind == SqlToken::Kind::Text || isOneOf(word(token), typeEnds)))
                break;
            if (token.isSign('('))
                ++depth;
            else if (token.isSign(')') && depth-- == 0)
                break;
            else if (token.isSign('<'))
                ++angles;
            else if (token.isSign('>') && angles > 0)
                --angles;
            if (end && end != token.text.data() && !type.empty() && type.size() < 1000)
                type += ' ';
            if (type.size() < 1000)
                type += token.text;
            end = token.text.data() + token.text.size();
        }
        return type;
    }

    void claim(DatasetIndex table, const std::string& column, std::string_view property,
               std::string value, const SqlToken& token)
    {
        const std::string key = m_context.estate().estate().datasets[table.value].key();
        m_context.estate().fact(Claim{ClaimAbout::Column, key + "#" + column, std::string(property),
                                      std::move(value), here(token)});
    }

    void describe(ColumnIndex column, std::string text)
    {
        Column& one = m_context.estate().estate().columns[column.value];
        if (one.description.empty())
            one.description = std::move(text);
    }

    std::vector<std::string> readList()
    {
        std::vector<std::string> names;
        if (!takeSign('('))
            return names;
        while (!peek().isEnd() && !peek().isSign(')')) {
            if (peek().isName())
                names.push_back(peek().value());
            skipPart();
            if (!takeSign(','))
                break;
        }
        takeSign(')');
        return names;
    }

    // [CONSTRAINT name] PRIMARY KEY (a, b) | FOREIGN KEY (a) REFERENCES t (b) | others, which are counted.
    void readConstraint(DatasetIndex table)
    {
        const SqlToken at = peek();
        if (take("CONSTRAINT") && peek().isName() && !isOneOf(word(peek()), constraintWords))
            ++m_at;
        if (take("PRIMARY")) {
            take("KEY");
            while (!peek().isEnd() && !peek().isSign('(') && !peek().isSign(',') &&
                   !peek().isSign(')'))
                ++m_at;  // CLUSTERED, USING BTREE
            for (const std::string& column : readList())
                claim(table, column, "key", std::to_string(++m_keyPosition), at);
        } else if (take("FOREIGN")) {
            take("KEY");
            if (peek().isName())
                ++m_at;
            const std::vector<std::string> columns = readList();
            if (peek().isWord("REFERENCES"))
                readReferences(table, columns);
        } else if (take("LIKE")) {
            const SqlToken other = peek();
            m_context.unresolvedAt(readName(), "columns are copied from another table", other.line);
        } else {
            const std::string kind = word(peek()).empty() ? word(at) : word(peek());
            m_context.ignoredAt("constraint " + (kind.empty() ? "?" : kind), "not kept", at.line);
        }
    }

    void readReferences(DatasetIndex table, const std::vector<std::string>& columns)
    {
        const SqlToken at = peek();
        take("REFERENCES");
        const std::string other = readName();
        if (other.empty())
            return;
        const std::vector<std::string> others = readList();
        for (std::size_t i = 0; i < columns.size(); ++i)
            claim(table, columns[i], "references",
                  qualified(other) + (i < others.size() ? "." + others[i] : ""), at);
        if (m_at > 0)
            --m_at;  // the caller steps over the last word
    }

    // Behind the columns: a comment, and the query that fills the table or is the view.
    void readTail(DatasetIndex made)
    {
        for (; !peek().isEnd(); ++m_at) {
            if (peek().isWord("COMMENT")) {
                const std::size_t text = peek(1).isSign('=') ? 2 : 1;
                Dataset& one = m_context.estate().estate().datasets[made.value];
                if (peek(text).kind == SqlToken::Kind::Text && one.description.empty())
                    one.description = peek(text).value();
            } else if (peek().isWord("SELECT") || peek().isWord("WITH")) {
                // WITH (options) and WITH NO DATA are none.
                if (peek().isWord("SELECT") || (peek(1).isName() && !peek(1).isWord("NO")))
                    return readQuery(made);
            }
        }
    }

    // What a query reads: names behind FROM, JOIN and their commas that are no common table expressions and no functions.
    void readQuery(DatasetIndex made)
    {
        keepQuery(made);
        std::set<std::string> local;
        for (std::size_t i = m_at; i + 2 < m_statement.size(); ++i) {
            const bool isNamed = m_statement[i].isName() && m_statement[i + 1].isWord("AS");
            if (isNamed &&
                (m_statement[i + 2].isSign('(') || m_statement[i + 2].isWord("MATERIALIZED") ||
                 m_statement[i + 2].isWord("NOT")))
                local.insert(upperCase(m_statement[i].value()));
            else if (m_statement[i].isSign(')') && m_statement[i + 1].isWord("AS") &&
                     m_statement[i + 2].isSign('('))
                local.insert(nameBefore(i));
        }
        std::vector<QueryLevel> levels(1);
        levels[0].hasSelect = true;
        while (!peek().isEnd())
            readQueryWord(made, local, levels);
    }

    // What is known at one depth of brackets.
    struct QueryLevel {
        bool hasSelect = false;      // without, FROM is a function's: extract(year from x)
        bool isInFrom = false;       // commas lead to further sources
        bool expectsSource = false;  // behind FROM, JOIN, a comma, and a bracket there
    };

    void readQueryWord(DatasetIndex target, const std::set<std::string>& local,
                       std::vector<QueryLevel>& levels)
    {
        static constexpr std::string_view ends =
            " WHERE GROUP ORDER HAVING UNION EXCEPT INTERSECT LIMIT WINDOW QUALIFY FETCH OFFSET SET ";
        QueryLevel& level = levels.back();
        const std::string text = word(peek());
        if (peek().isSign('(')) {
            const bool isSource = level.expectsSource;
            level.expectsSource = false;
            levels.push_back({false, isSource, isSource});
        } else if (peek().isSign(')')) {
            if (levels.size() > 1)
                levels.pop_back();
        } else if (peek().isSign(',')) {
            level.expectsSource = level.isInFrom;
        } else if (text == "SELECT") {
            level = {true, false, false};
        } else if (text == "FROM" && level.hasSelect && !isDistinctFrom()) {
            level.isInFrom = level.expectsSource = true;
        } else if (text == "JOIN") {
            level.expectsSource = true;
        } else if (isOneOf(text, ends)) {
            level.isInFrom = level.expectsSource = false;
        } else if (text == "LATERAL" || text == "ONLY") {
        } else if (level.expectsSource && peek().isName()) {
            level.expectsSource = false;
            readSource(target, local);
            return;
        }
        ++m_at;
    }

    // "a is distinct from b" compares.
    bool isDistinctFrom() const
    {
        return m_at > 1 && m_statement[m_at - 1].isWord("DISTINCT") &&
               (m_statement[m_at - 2].isWord("IS") || m_statement[m_at - 2].isWord("NOT"));
    }

    void readSource(DatasetIndex target, const std::set<std::string>& local)
    {
        const SqlToken at = peek();
        const std::string name = readName();
        const bool isFunction = peek().isSign('(');
        if (name.empty() || isFunction || at.isWord("VALUES") || local.contains(upperCase(name)))
            return;
        const DatasetIndex from = dataset(name, at);
        if (from.value != target.value)
            m_context.estate().lineage(from, target, JobIndex(), here(at));
    }

    // "days" of "days(d, e) AS (": where the bracket that ends at `close` begins; empty when that is far away.
    std::string nameBefore(std::size_t close) const
    {
        std::size_t i = close;
        while (i > 1 && close - i < 400 && !m_statement[i].isSign('('))
            --i;
        return i > 0 && m_statement[i].isSign('(') && m_statement[i - 1].isName()
                   ? upperCase(m_statement[i - 1].value())
                   : std::string();
    }

    // COMMENT ON TABLE a.b IS '...', COMMENT ON COLUMN a.b.c IS '...'
    void readComment(const SqlToken& first)
    {
        if (!take("ON"))
            return ignore(first);
        while (take("MATERIALIZED") || take("FOREIGN")) {
        }
        const bool isColumn = take("COLUMN");
        if (!isColumn && !take("TABLE") && !take("VIEW"))
            return ignore(first, "ON " + word(peek()));
        const SqlToken at = peek();
        const std::string name = readName();
        if (!take("IS") || peek().kind != SqlToken::Kind::Text)
            return;
        const std::string text = peek().value();
        const std::size_t dot = name.rfind('.');
        if (isColumn && dot != std::string::npos) {
            const DatasetIndex table = dataset(name.substr(0, dot), at);
            describe(m_context.estate().column(table, name.substr(dot + 1), {}, here(at)), text);
        } else if (!isColumn && !name.empty()) {
            Dataset& one = m_context.estate().estate().datasets[dataset(name, at).value];
            if (one.description.empty())
                one.description = text;
        }
    }

    // ALTER TABLE [ONLY] a.b ADD CONSTRAINT ... | ADD [COLUMN] c type
    void readAlter(const SqlToken& first)
    {
        if (!take("TABLE"))
            return ignore(first, word(peek()));
        if (take("IF"))
            take("EXISTS");
        take("ONLY");
        const SqlToken at = peek();
        const std::string name = readName();
        bool isRead = false;
        for (; !peek().isEnd(); ++m_at) {
            if (!take("ADD"))
                continue;
            take("COLUMN");
            if (take("IF")) {
                take("NOT");
                take("EXISTS");
            }
            const bool isList = takeSign('(');
            m_keyPosition = 0;
            const DatasetIndex table = dataset(name, at);
            do {
                readPart(table);
                skipPart();
            } while (isList && takeSign(','));
            isRead = true;
            if (peek().isEnd())
                break;
        }
        if (!isRead)
            ignore(first, "TABLE");
    }

    std::string_view m_text;
    SqlTokens m_tokens;
    ImportContext& m_context;
    std::string m_platform;
    std::string m_database;
    std::string m_schema;
    Tokens m_statement;  // the one at hand
    std::size_t m_at = 0;
    bool m_isCut = false;  // m_statement is only its beginning
    int m_keyPosition = 0;
    int m_tables = 0;
};

class SqlImporter : public Importer {
public:
    std::string_view format() const override { return "sql"; }
    std::string_view title() const override { return "SQL data definitions"; }
    std::string_view group() const override { return "Plain tables and SQL"; }
    bool readsText() const override { return true; }

    // A statement that creates a table or view, at the beginning of a line; in files of other names, the file must begin with one.
    Match match(const SourceHead& head) const override
    {
        const bool isNamed = head.fileName.ends_with(".sql") || head.fileName.ends_with(".ddl") ||
                             head.fileName.ends_with(".SQL") || head.fileName.ends_with(".hql");
        SqlTokens tokens(head.text);
        bool isStart = true;
        for (int seen = 0; seen < 20'000; ++seen) {
            const SqlToken token = tokens.next();
            if (token.isEnd())
                return Match::No;
            if (isStart && token.isWord("CREATE")) {
                SqlToken kind = tokens.next();
                for (int i = 0; i < 12 && !kind.isEnd(); ++i, kind = tokens.next()) {
                    if (kind.isWord("TABLE") || kind.isWord("VIEW"))
                        return Match::ByContent;
                    if (!isOneOf(word(kind), createWords) && kind.kind == SqlToken::Kind::Word &&
                        !isNamed)
                        return Match::No;
                }
            } else if (seen == 0 && !isNamed) {
                return Match::No;
            }
            isStart = token.isSign(';') || token.isWord("GO");
        }
        return Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        SqlReading(text, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> sqlImporter()
{
    return std::make_unique<SqlImporter>();
}

}  // namespace portolan
