// SPDX-License-Identifier: Apache-2.0
// The cases of tests/data/sql-lineage as values, for the tests that hold the column lineage of SQL against them.
#pragma once

#include "model/sql/sql_lineage.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace portolan::test {

struct CorpusTable {
    std::string name;  // whole, folded, without quotes
    std::vector<std::string> columns;
    bool isKnown = true;
};

struct CorpusInput {
    std::string kind;  // the word of the README
    std::string table;
    std::string column;
    bool isMasked = false;

    auto operator<=>(const CorpusInput&) const = default;
};

struct CorpusOutput {
    std::string name;
    std::set<CorpusInput> inputs;
    bool isUnknown = false;
};

struct CorpusCase {
    SqlDialect dialect = SqlDialect::Generic;
    std::string name;
    std::vector<CorpusTable> tables;
    std::string query;
    std::string kind = "select";
    std::string target;
    std::string unknown;  // "", "may", "some"
    std::vector<CorpusOutput> outputs;
    std::set<CorpusInput> influences;
    std::set<CorpusInput> allowedInfluences;
    bool hasUnknownColumns = false;
    std::string open;     // what the reader still gets wrong: the case is expected to fail
    std::string problem;  // of the case itself: a sentence
};

const std::vector<CorpusCase>& sqlCorpus();

class CorpusCatalog : public SqlCatalog {
public:
    explicit CorpusCatalog(const CorpusCase& truth);
    const std::vector<std::string>* columns(const SqlName& relation) const override;

private:
    std::map<std::string, std::vector<std::string>> m_columns;
};

std::string folded(std::string_view name);  // small letters, without quotes
std::string kindWord(SqlInfluence influence);
std::string kindWord(SqlStatementKind kind);

}  // namespace portolan::test
