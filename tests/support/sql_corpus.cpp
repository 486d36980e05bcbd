// SPDX-License-Identifier: Apache-2.0
// Reads the cases line by line; a line that does not fit becomes the problem of its case.
#include "tests/support/sql_corpus.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <string_view>
#include <utility>

namespace portolan::test {
namespace {

std::string trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos
               ? std::string()
               : std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::vector<std::string> pieces(std::string_view text, char mark)
{
    std::vector<std::string> result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(mark), text.size());
        if (std::string piece = trimmed(text.substr(0, end)); !piece.empty()) {
            result.push_back(std::move(piece));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

class CaseReader {
public:
    explicit CaseReader(CorpusCase& result) : m_case(result) {}

    void read(const std::string& line)
    {
        if (line.starts_with("  ") || line.empty()) {
            readInside(line);
            return;
        }
        const std::size_t colon = line.find(':');
        m_section = line.substr(0, colon);
        const std::string rest = colon == std::string::npos ? "" : trimmed(line.substr(colon + 1));
        if (m_section == "kind") {
            m_case.kind = rest;
        } else if (m_section == "target") {
            m_case.target = folded(rest);
        } else if (m_section == "open") {
            m_case.open = rest;
        } else if (m_section == "unknown") {
            m_case.unknown = rest;
        } else if (m_section != "tables" && m_section != "query" && m_section != "expect") {
            m_case.problem = "No such section: " + line;
        }
    }

private:
    void readInside(const std::string& line)
    {
        if (m_section == "query") {
            m_case.query += (line.empty() ? line : line.substr(2)) + "\n";
        } else if (!line.empty() && m_section == "tables") {
            readTable(trimmed(line));
        } else if (!line.empty()) {
            readExpectation(trimmed(line));
        }
    }

    void readTable(const std::string& line)
    {
        const std::size_t open = line.find('(');
        const std::string columns = line.substr(open + 1, line.size() - open - 2);
        m_case.tables.push_back(
            {folded(line.substr(0, open)), pieces(columns, ','), columns != "?"});
    }

    void readExpectation(const std::string& line)
    {
        if (line.starts_with("* ")) {
            m_case.influences.merge(inputs(line.substr(2)));
        } else if (line.starts_with("may * ")) {
            m_case.allowedInfluences.merge(inputs(line.substr(6)));
        } else if (line == "columns ?") {
            m_case.hasUnknownColumns = true;
        } else if (const std::size_t arrow = line.find(" <-"); arrow != std::string::npos) {
            m_case.outputs.push_back(
                {line.substr(0, arrow), inputs(line.substr(arrow + 3)), false});
        } else if (const std::size_t mark = line.find(" ?"); mark != std::string::npos) {
            m_case.outputs.push_back({line.substr(0, mark), inputs(line.substr(mark + 2)), true});
        } else {
            m_case.problem = "Not read: " + line;
        }
    }

    std::set<CorpusInput> inputs(const std::string& text)
    {
        std::set<CorpusInput> result;
        for (const std::string& group : pieces(text, ';')) {
            const std::size_t blank = group.find(' ');
            const std::string kind = group.substr(0, blank);
            for (const std::string& column : pieces(group.substr(blank + 1), ',')) {
                result.insert(input(kind, column));
            }
        }
        return result;
    }

    CorpusInput input(const std::string& kind, std::string column)
    {
        const bool isMasked = column.ends_with(" masked");
        if (isMasked) {
            column.resize(column.size() - 7);
        }
        const bool isBracketed = column.starts_with('[');
        const std::size_t end = column.find(isBracketed ? ']' : '.');
        if (end == std::string::npos) {
            m_case.problem = "No table: " + column;
            return {};
        }
        const std::string table = column.substr(isBracketed ? 1 : 0, end - (isBracketed ? 1 : 0));
        return {kind, wholeName(folded(table)), folded(column.substr(end + (isBracketed ? 2 : 1))),
                isMasked};
    }

    std::string wholeName(const std::string& part)
    {
        std::string result;
        for (const CorpusTable& table : m_case.tables) {
            if (table.name == part || table.name.ends_with("." + part)) {
                if (!result.empty()) {
                    m_case.problem = "Two tables may be meant: " + part;
                }
                result = table.name;
            }
        }
        if (result.empty()) {
            m_case.problem = "No such table: " + part;
        }
        return result;
    }

    CorpusCase& m_case;
    std::string m_section;
};

void readFile(const std::string& path, SqlDialect dialect, std::vector<CorpusCase>& cases)
{
    std::ifstream file(path);
    std::string line;
    std::vector<std::vector<std::string>> blocks;
    while (std::getline(file, line)) {
        if (line.starts_with("# ")) {
            blocks.emplace_back();
        }
        if (!blocks.empty()) {
            blocks.back().push_back(line);
        }
    }
    for (const std::vector<std::string>& block : blocks) {
        CorpusCase& truth = cases.emplace_back();
        truth.dialect = dialect;
        truth.name = block.front().substr(2);
        CaseReader reader(truth);
        for (std::size_t i = 1; i < block.size(); ++i) {
            reader.read(block[i]);
        }
    }
}

constexpr std::array fileNames = {
    std::pair{"postgres.txt", SqlDialect::PostgreSql},
    std::pair{"snowflake.txt", SqlDialect::Snowflake},
    std::pair{"bigquery.txt", SqlDialect::BigQuery},
    std::pair{"databricks.txt", SqlDialect::Databricks},
    std::pair{"redshift.txt", SqlDialect::Redshift},
    std::pair{"trino.txt", SqlDialect::Trino},
    std::pair{"tsql.txt", SqlDialect::TSql},
    std::pair{"duckdb.txt", SqlDialect::DuckDb},
    std::pair{"sqlite.txt", SqlDialect::Sqlite},
};

}  // namespace

const std::vector<CorpusCase>& sqlCorpus()
{
    static const std::vector<CorpusCase> cases = [] {
        std::vector<CorpusCase> result;
        for (const auto& [name, dialect] : fileNames) {
            readFile(std::string(PORTOLAN_TEST_DATA "/sql-lineage/") + name, dialect, result);
        }
        return result;
    }();
    return cases;
}

CorpusCatalog::CorpusCatalog(const CorpusCase& truth)
{
    for (const CorpusTable& table : truth.tables) {
        if (table.isKnown) {
            m_columns.emplace(table.name, table.columns);
        }
    }
}

const std::vector<std::string>* CorpusCatalog::columns(const SqlName& relation) const
{
    const auto found = m_columns.find(folded(relation.text()));
    return found == m_columns.end() ? nullptr : &found->second;
}

std::string folded(std::string_view name)
{
    std::string result;
    for (const char sign : name) {
        if (std::string_view("\"`[]").find(sign) == std::string_view::npos) {
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(sign)));
        }
    }
    return result;
}

std::string kindWord(SqlInfluence influence)
{
    switch (influence) {
    case SqlInfluence::Identity:
        return "same";
    case SqlInfluence::Rename:
        return "rename";
    case SqlInfluence::Transformation:
        return "expr";
    case SqlInfluence::Aggregation:
        return "agg";
    case SqlInfluence::Conditional:
        return "cond";
    case SqlInfluence::Filter:
        return "filter";
    case SqlInfluence::Join:
        return "join";
    case SqlInfluence::GroupBy:
        return "group";
    case SqlInfluence::Sort:
        return "sort";
    case SqlInfluence::Window:
        return "window";
    }
    return {};
}

std::string kindWord(SqlStatementKind kind)
{
    switch (kind) {
    case SqlStatementKind::Select:
        return "select";
    case SqlStatementKind::CreateTable:
        return "createtable";
    case SqlStatementKind::CreateView:
        return "createview";
    case SqlStatementKind::Insert:
        return "insert";
    case SqlStatementKind::Merge:
        return "merge";
    case SqlStatementKind::Update:
        return "update";
    case SqlStatementKind::Delete:
        return "delete";
    case SqlStatementKind::Other:
        return "other";
    }
    return {};
}

}  // namespace portolan::test
