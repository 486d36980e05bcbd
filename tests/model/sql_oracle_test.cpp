// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's own grammar (libpg_query) as the oracle of the SQL reader: the relations, and the number and names of the outputs of
// each query of the corpus that PostgreSQL reads. Nothing but this test knows libpg_query.
#include "tests/support/sql_corpus.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <pg_query.h>

#include <algorithm>
#include <optional>

namespace portolan {
namespace {

using Json = nlohmann::json;

// The only statement of a text as PostgreSQL reads it; none: it does not read it.
std::optional<Json> postgresTree(const std::string& query)
{
    PgQueryParseResult parsed = pg_query_parse(query.c_str());
    std::optional<Json> result;
    if (parsed.error == nullptr) {
        const Json tree = Json::parse(parsed.parse_tree);
        if (tree.at("stmts").size() == 1) {
            result = tree.at("stmts").at(0).at("stmt");
        }
    }
    pg_query_free_parse_result(parsed);
    return result;
}

// PostgreSQL reads these two, but as something else than their dialects mean: a path in FROM as a table of a schema, the alias in
// SET as a column with a part.
bool meansAnotherThing(const test::CorpusCase& truth)
{
    return truth.name == "super data by dots and brackets" ||
           truth.name == "update through its alias";
}

// Each node of a kind within a tree. What a statement writes stands there without its kind, so RangeVar finds what is read.
void findAll(const Json& tree, const std::string& kind, std::vector<Json>& found)
{
    for (const auto& [key, value] : tree.items()) {
        if (key == kind) {
            found.push_back(value);
        }
        if (value.is_structured()) {
            findAll(value, kind, found);
        }
    }
}

std::set<std::string> relationsRead(const Json& tree)
{
    std::vector<Json> tables;
    findAll(tree, "CommonTableExpr", tables);
    std::set<std::string> ctes;
    for (const Json& table : tables) {
        ctes.insert(test::folded(table.at("ctename").get<std::string>()));
    }
    std::vector<Json> ranges;
    findAll(tree, "RangeVar", ranges);
    std::set<std::string> result;
    for (const Json& range : ranges) {
        std::string name;
        for (const char* part : {"catalogname", "schemaname", "relname"}) {
            if (range.contains(part)) {
                name += (name.empty() ? "" : ".") + range.at(part).get<std::string>();
            }
        }
        name = test::folded(name);
        if (!ctes.contains(name)) {
            result.insert(name);
        }
    }
    return result;
}

// The query whose outputs are the statement's: of a set operation the first side; null: the names are given elsewhere.
const Json* outputsOf(const Json& tree)
{
    const Json* node = &tree;
    if (tree.contains("UpdateStmt")) {
        return &tree.at("UpdateStmt");
    }
    if (tree.contains("CreateTableAsStmt")) {
        node = &tree.at("CreateTableAsStmt").at("query");
    } else if (tree.contains("ViewStmt") && !tree.at("ViewStmt").contains("aliases")) {
        node = &tree.at("ViewStmt").at("query");
    }
    if (!node->contains("SelectStmt")) {
        return nullptr;
    }
    node = &node->at("SelectStmt");
    while (node->contains("larg")) {
        node = &node->at("larg");
    }
    return node;
}

// "": PostgreSQL would make one up; "*": a star.
std::string nameOf(const Json& target)
{
    if (target.contains("name")) {
        return target.at("name").get<std::string>();
    }
    if (target.contains("val") && target.at("val").contains("ColumnRef")) {
        const Json& last = target.at("val").at("ColumnRef").at("fields").back();
        return last.contains("String") ? last.at("String").at("sval").get<std::string>() : "*";
    }
    return "";
}

std::vector<std::string> outputNames(const Json& query)
{
    std::vector<std::string> names;
    for (const Json& target : query.value("targetList", Json::array())) {
        names.push_back(nameOf(target.at("ResTarget")));
    }
    return names;
}

QString joined(const std::set<std::string>& names)
{
    QStringList words;
    for (const std::string& name : names) {
        words << QString::fromStdString(name);
    }
    return words.join(QStringLiteral(", "));
}

}  // namespace

class SqlOracleTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithPostgres_data();
    void agreesWithPostgres();
    void postgresReadsItsOwnCases();
};

void SqlOracleTest::agreesWithPostgres_data()
{
    QTest::addColumn<int>("number");
    const auto& cases = test::sqlCorpus();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        if (postgresTree(cases[i].query) && !meansAnotherThing(cases[i])) {
            QTest::newRow((std::string(toString(cases[i].dialect)) + ": " + cases[i].name).c_str())
                << static_cast<int>(i);
        }
    }
}

void SqlOracleTest::agreesWithPostgres()
{
    QFETCH(int, number);
    const test::CorpusCase& truth = test::sqlCorpus().at(static_cast<std::size_t>(number));
    const std::optional<Json> tree = postgresTree(truth.query);
    QVERIFY(tree.has_value());
    const std::vector<SqlStatement> statements =
        sqlLineage(truth.query, SqlDialect::PostgreSql, test::CorpusCatalog(truth));
    QCOMPARE(statements.size(), std::size_t(1));

    // What is written may be read too: its conditions need it.
    std::set<std::string> expected = relationsRead(*tree);
    expected.erase(truth.target);
    std::set<std::string> relations;
    for (const SqlName& name : statements.front().relations) {
        relations.insert(test::folded(name.text()));
    }
    relations.erase(truth.target);
    QCOMPARE(joined(relations), joined(expected));

    const Json* query = outputsOf(*tree);
    const std::vector<std::string> names =
        query == nullptr ? std::vector<std::string>() : outputNames(*query);
    if (names.empty() || std::find(names.begin(), names.end(), "*") != names.end()) {
        return;
    }
    QCOMPARE(statements.front().outputs.size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!names[i].empty()) {
            QCOMPARE(test::folded(statements.front().outputs[i].name), test::folded(names[i]));
        }
    }
}

void SqlOracleTest::postgresReadsItsOwnCases()
{
    int read = 0;
    for (const test::CorpusCase& truth : test::sqlCorpus()) {
        const bool isRead = postgresTree(truth.query).has_value();
        QVERIFY2(isRead || truth.dialect != SqlDialect::PostgreSql, truth.name.c_str());
        read += isRead ? 1 : 0;
    }
    QVERIFY2(read >= 40, std::to_string(read).c_str());
}

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::SqlOracleTest)
#include "sql_oracle_test.moc"
