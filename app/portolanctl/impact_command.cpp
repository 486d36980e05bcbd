// SPDX-License-Identifier: Apache-2.0
// `impact NODE[@VERSION]`: who is hit when it changes, by which way and contract, and whether they read what changes.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/lineage_scope.h"
#include "model/analysis/lineage/impact.h"
#include "model/base/file_store.h"
#include "model/chart/impact_table.h"
#include "model/chart/table_export.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <optional>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "impact";

struct Options {
    std::string words;
    std::string where;
    std::string format = "text";
    std::string out;
    ScopeOptions scope;
    bool json = false;
};

// The versions of a product's contracts that "PRODUCT@2" means: 2, 2.0.0, 2.3.1.
ImpactSubject versionsOf(const LineageScopeParts& parts, const std::string& words)
{
    ImpactSubject subject;
    const std::size_t at = words.rfind('@');
    if (at == std::string::npos)
        return subject;
    const std::string name = words.substr(0, at);
    const std::string version = words.substr(at + 1);
    for (const DataProduct& product : parts.map().products) {
        if (product.id.text != name && product.name != name)
            continue;
        for (std::size_t i = 0; i < parts.estate().contracts.size(); ++i) {
            const Contract& contract = parts.estate().contracts[i];
            const bool isOurs = std::find(product.contracts.begin(), product.contracts.end(),
                                          contract.id) != product.contracts.end();
            if (!isOurs ||
                (contract.version != version && !contract.version.starts_with(version + ".")))
                continue;
            const ImpactSubject one =
                impactSubject({EntityKind::Contract, contract.key()}, parts.map(), parts.estate(),
                              parts.ownership, parts.published);
            subject.contracts.push_back(ContractIndex(i));
            subject.datasets.insert(subject.datasets.end(), one.datasets.begin(),
                                    one.datasets.end());
        }
    }
    return subject;
}

std::optional<ImpactSubject> subjectOf(const LineageScopeParts& parts, const Options& options)
{
    if (!options.where.empty()) {
        ImpactSubject subject = columnsWhere(options.where, parts.estate(), parts.ownership);
        if (!subject.columns.empty())
            return subject;
        complain("no column answers '" + options.where + "'");
        return std::nullopt;
    }
    if (ImpactSubject subject = versionsOf(parts, options.words); !subject.contracts.empty())
        return subject;
    const EntityRef entity = oneSubject(parts, options.words);
    if (entity.id.empty())
        return std::nullopt;
    return impactSubject(entity, parts.map(), parts.estate(), parts.ownership, parts.published);
}

std::string_view kindOf(const ImpactRow& row)
{
    switch (row.kind) {
    case ImpactRow::Kind::Context:
        return "context";
    case ImpactRow::Kind::Product:
        return "product";
    case ImpactRow::Kind::Dataset:
        return "dataset";
    case ImpactRow::Kind::Consumer:
        break;
    }
    return "consumer";
}

Json rowJson(const LineageScopeParts& parts, const ImpactRow& row)
{
    Json via = Json::array();
    for (const DatasetIndex dataset : row.path)
        via.push_back(parts.dataset(dataset).id);
    Json contracts = Json::array();
    for (const ContractIndex contract : row.contracts)
        contracts.push_back(parts.estate().contracts[contract.value].key());
    const auto idOrNull = [](const std::string& id) { return id.empty() ? Json() : Json(id); };
    return {{"id", row.id},
            {"kind", kindOf(row)},
            {"name", row.name},
            {"reads", toString(row.reads)},
            {"via", via},
            {"hops", row.hops},
            {"context", idOrNull(row.owner.text)},
            {"team", idOrNull(row.team)},
            {"product", idOrNull(row.product.text)},
            {"contracts", contracts},
            {"route", idOrNull(row.route.text)},
            {"declared", row.isDeclared}};
}

Json documentFor(const LineageScopeParts& parts, const ImpactSubject& subject, const Impact& impact)
{
    Json document = documentOf(commandName);
    document["changes"] = {
        {"columns", Json::array()}, {"datasets", Json::array()}, {"contracts", Json::array()}};
    for (const ColumnIndex column : subject.columns)
        document["changes"]["columns"].push_back(parts.column(column).id);
    for (const DatasetIndex dataset : subject.datasets)
        document["changes"]["datasets"].push_back(parts.dataset(dataset).id);
    for (const ContractIndex contract : subject.contracts)
        document["changes"]["contracts"].push_back(parts.estate().contracts[contract.value].key());
    document["consumers"] = Json::array();
    for (const ImpactRow& row : impact.rows)
        document["consumers"].push_back(rowJson(parts, row));
    document["productsUntouched"] = impact.productsUntouched;
    document["contextsUntouched"] = impact.contextsUntouched;
    return document;
}

Result<std::string> written(const ChartTable& table, const std::string& format)
{
    if (format == "csv")
        return toCsv(table);
    if (format == "markdown")
        return toMarkdown(table);
    if (format == "xlsx")
        return toXlsx(table, "Impact");
    std::string text;
    for (const ChartTable::Row& row : table.rows) {
        const std::vector<std::string>& cells = row.cells;
        text += cells[0] + " " + cells[1] + ": " + cells[3];
        if (!cells[2].empty())
            text += "; " + cells[2];
        if (!cells[4].empty())
            text += "; by " + cells[4];
        text += "; " + cells[6] + "\n";
    }
    return text;
}

Outcome answer(const LineageScopeParts& parts, const Impact& impact, const Options& options)
{
    const Result<std::string> bytes =
        written(impactTable(impact, parts.map(), parts.estate()), options.format);
    if (!bytes)
        return notDone(commandName, bytes.error(), false);
    if (!options.out.empty()) {
        const Result<> saved = saveAtomically(options.out, *bytes);
        return saved ? Outcome::Done : notDone(commandName, saved.error(), false);
    }
    if (options.format != "text") {
        printBytes(*bytes);
        return Outcome::Done;
    }
    std::size_t begin = 0;
    while (begin < bytes->size()) {
        const std::size_t end = bytes->find('\n', begin);
        printLine(std::string_view(*bytes).substr(begin, end - begin));
        begin = end + 1;
    }
    printLine("not touched: " + std::to_string(impact.contextsUntouched) + " contexts, " +
              std::to_string(impact.productsUntouched) + " products");
    return Outcome::Done;
}

Outcome run(const Options& options, Progress& progress)
{
    if (options.scope.isEmpty()) {
        complain("impact needs a --map, a --workspace or a path to look at");
        return Outcome::NotDone;
    }
    if (options.words.empty() == options.where.empty()) {
        complain("impact needs a NODE or --where WORDS, and not both");
        return Outcome::NotDone;
    }
    if (options.format == "xlsx" && options.out.empty()) {
        complain("--format xlsx needs --out FILE");
        return Outcome::NotDone;
    }
    const Result<Scope> scope = openScope(options.scope, progress);
    if (!scope)
        return notDone(commandName, scope.error(), options.json);
    const LineageScopeParts parts(*scope);
    const std::optional<ImpactSubject> subject = subjectOf(parts, options);
    if (!subject)
        return Outcome::NotDone;
    const Impact impact =
        impactOf(parts.index, parts.map(), parts.ownership, parts.published, *subject);
    if (options.json) {
        printJson(documentFor(parts, *subject, impact));
        return Outcome::Done;
    }
    return answer(parts, impact, options);
}

}  // namespace

void addImpact(CLI::App& program, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command =
        program.add_subcommand("impact", "Who is hit when a thing changes, and what they read");
    takeAsTyped(command->add_option(
        "NODE", options->words,
        "A column, dataset, context, contract, or a product with its version: party-profile@2"));
    takeAsTyped(command->add_option("PATH", options->scope.paths,
                                    "Files or folders to read first; - is standard input"));
    command
        ->add_option("--where", options->where,
                     "All columns that answer these words: email, classification:pii, "
                     "owner:crm, jurisdiction:de")
        ->type_name("WORDS");
    command->add_option("--format", options->format, "text, csv, markdown or xlsx")
        ->check(CLI::IsMember({"text", "csv", "markdown", "xlsx"}));
    command->add_option("--out", options->out, "Write to this file")->type_name("FILE");
    addScopeOptions(*command, options->scope);
    addTimeOption(*command, options->scope);
    addJsonOption(*command, options->json);
    addBudgetOptions(*command, options->scope.budget);
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) { return run(*options, progress); };
    });
}

}  // namespace portolan::ctl
