// SPDX-License-Identifier: Apache-2.0
// `drift`: the declared map against what was observed; declares what was seen, or accepts a difference with a reason.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "app/portolanctl/scope.h"
#include "model/analysis/map_drift/likely_relationship.h"
#include "model/analysis/map_drift/map_drift.h"
#include "model/map/edits.h"
#include "model/map/map_file.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace portolan::ctl {
namespace {

constexpr std::string_view commandName = "drift";
constexpr std::size_t mostEvidence = 5;  // of one difference, in the text for people

struct Options {
    ScopeOptions scope;
    int staleDays = 30;
    bool all = false;
    bool json = false;
    std::string declared;  // ids of differences; empty: nothing is written
    std::string accepted;
    std::string withdrawn;
    std::string reason;
    std::string by;
    std::string until;

    bool writes() const { return !declared.empty() || !accepted.empty() || !withdrawn.empty(); }
};

std::string placeText(const SourceSpan& span)
{
    std::string text = span.file;
    if (span.line > 0)
        text += ":" + std::to_string(span.line);
    return text;
}

Json evidenceJson(const Estate& estate, const MapDrift& drift, const DriftItem& item)
{
    Json list = Json::array();
    for (const DriftEvidence& evidence : evidenceOf(estate, drift, item)) {
        Json one{{"path", evidence.where.file},
                 {"line", evidence.where.line},
                 {"pointer", evidence.where.pointer},
                 {"from", estate.datasets[evidence.from.value].key()},
                 {"to", estate.datasets[evidence.to.value].key()}};
        one["job"] = evidence.job.isValid() ? Json(estate.jobs[evidence.job.value].key()) : Json();
        list.push_back(std::move(one));
    }
    if (list.empty() && !item.where.file.empty())
        list.push_back({{"path", item.where.file},
                        {"line", item.where.line},
                        {"pointer", item.where.pointer}});
    return list;
}

Json crossingsJson(const Estate& estate, const MapDrift& drift, const DriftItem& item)
{
    Json list = Json::array();
    for (const std::uint32_t number : item.crossings) {
        const Crossing& crossing = drift.crossings.all[number];
        Json one{{"from", estate.datasets[crossing.from.value].key()},
                 {"to", estate.datasets[crossing.to.value].key()},
                 {"reads", crossing.readsInternals() ? "internals" : "product"}};
        one["product"] = crossing.readsInternals() ? Json() : Json(crossing.product.text);
        one["contracts"] = Json::array();
        for (const ContractIndex contract : crossing.contracts)
            one["contracts"].push_back(estate.contracts[contract.value].key());
        one["route"] = crossing.route.isEmpty() ? Json() : Json(crossing.route.text);
        one["bypass"] = crossing.isBypass();
        one["through"] = Json::array();
        for (const DatasetIndex dataset : crossing.through)
            one["through"].push_back(estate.datasets[dataset.value].key());
        list.push_back(std::move(one));
    }
    return list;
}

Json itemJson(const Scope& scope, const MapDrift& drift, const DriftItem& item)
{
    const Estate& estate = *scope.estate;
    Json one{{"id", item.id},
             {"kind", toString(item.kind)},
             {"severity", toString(item.severity)},
             {"upstream", item.upstream.text},
             {"downstream", item.downstream.text}};
    one["subject"] = item.subject.id.empty()
                         ? Json()
                         : Json(std::string(toString(item.subject.kind)) + ":" + item.subject.id);
    one["message"] = item.sentence;
    one["lastSeen"] = item.lastSeen.empty() ? Json() : Json(item.lastSeen);
    one["jobs"] = Json::array();
    for (const JobIndex job : item.jobs)
        one["jobs"].push_back(estate.jobs[job.value].key());
    one["crossings"] = crossingsJson(estate, drift, item);
    one["evidence"] = evidenceJson(estate, drift, item);
    one["accepted"] = item.isAccepted();
    const auto& accepted = item.acceptance;
    one["acceptance"] = !accepted ? Json()
                                  : Json{{"reason", accepted->reason},
                                         {"by", accepted->by},
                                         {"until", accepted->until},
                                         {"isPast", item.isPastAcceptance}};
    return one;
}

void printDocument(const Scope& scope, const MapDrift& drift)
{
    Json document = documentOf(commandName);
    for (const char* key : {"observedNotDeclared", "declaredNotObserved", "contradicted"})
        document[key] = Json::array();
    for (const DriftItem& item : drift.items) {
        const char* key = isContradiction(item.kind)                    ? "contradicted"
                          : item.kind == DriftKind::ObservedNotDeclared ? "observedNotDeclared"
                                                                        : "declaredNotObserved";
        document[key].push_back(itemJson(scope, drift, item));
    }
    std::size_t withContract = 0;
    std::size_t internals = 0;
    std::size_t bypasses = 0;
    for (const Crossing& crossing : drift.crossings.all) {
        withContract += crossing.contracts.empty() ? 0 : 1;
        internals += crossing.readsInternals() ? 1 : 0;
        bypasses += crossing.isBypass() ? 1 : 0;
    }
    document["crossings"] = {{"total", drift.crossings.all.size()},
                             {"withContract", withContract},
                             {"withoutContract", drift.crossings.all.size() - withContract},
                             {"readInternals", internals},
                             {"bypasses", bypasses},
                             {"unownedDatasets", drift.crossings.unownedDatasets},
                             {"edgesOfUnowned", drift.crossings.edgesOfUnowned},
                             {"isCut", drift.crossings.isCut}};
    document["newestRun"] = drift.newestRun.empty() ? Json() : Json(drift.newestRun);
    printJson(document);
}

void printItem(const Scope& scope, const MapDrift& drift, const DriftItem& item)
{
    printLine(std::string(toString(item.severity)) + "  " + item.id);
    printLine("  " + item.sentence);
    if (const auto& accepted = item.acceptance) {
        std::string text = item.isPastAcceptance ? "  was accepted" : "  accepted";
        text += accepted->until.empty() ? "" : " until " + accepted->until;
        text += accepted->by.empty() ? "" : " by " + accepted->by;
        printLine(text + ": " + accepted->reason);
    }
    std::vector<std::string> lines;
    for (const DriftEvidence& evidence : evidenceOf(*scope.estate, drift, item)) {
        std::string line = placeText(evidence.where);
        if (evidence.job.isValid())
            line += "  " + scope.estate->jobs[evidence.job.value].key();
        if (std::find(lines.begin(), lines.end(), line) == lines.end())
            lines.push_back(std::move(line));
        if (lines.size() > mostEvidence)
            break;
    }
    for (std::size_t i = 0; i < std::min(lines.size(), mostEvidence); ++i)
        printLine("    " + lines[i]);
    if (lines.size() > mostEvidence)
        printLine("    and more places (--json lists all)");
    if (lines.empty() && !item.where.file.empty())
        printLine("    " + placeText(item.where));
}

void printText(const Scope& scope, const MapDrift& drift, const Options& options)
{
    std::size_t accepted = 0;
    for (const DriftItem& item : drift.items) {
        accepted += item.isAccepted() ? 1 : 0;
        if (!item.isAccepted() || options.all)
            printItem(scope, drift, item);
    }
    const std::size_t open = drift.items.size() - accepted;
    std::string sum = open == 0 ? "No drift" : std::to_string(open) + " not accepted";
    if (accepted > 0)
        sum += ", " + std::to_string(accepted) + " accepted" + (options.all ? "" : " (--all)");
    printLine(sum + ".");
    if (drift.crossings.unownedDatasets > 0)
        printLine("Datasets that belong to no context: " +
                  std::to_string(drift.crossings.unownedDatasets) + "; the flows through them (" +
                  std::to_string(drift.crossings.edgesOfUnowned) +
                  ") are followed to the next owner.");
    if (drift.crossings.isCut)
        printLine("Some ways through them are longer than what is followed.");
}

Problem noSuchDrift(const std::string& id)
{
    return {Severity::Error,
            "drift.no-such-difference",
            "There is no difference \"" + id + "\"; `drift` without it lists those that are.",
            {}};
}

Result<Edit> editFor(const Scope& scope, const MapDrift& drift, const Options& options)
{
    const std::string& id = !options.declared.empty()   ? options.declared
                            : !options.accepted.empty() ? options.accepted
                                                        : options.withdrawn;
    const DriftItem* item = drift.item(id);
    if (!item)
        return tl::unexpected(noSuchDrift(id));
    AcceptedDrift accepted = acceptanceOf(*item);
    if (!options.withdrawn.empty())
        return withdrawAcceptance(*scope.map, accepted);
    if (!options.accepted.empty()) {
        accepted.reason = options.reason;
        accepted.by = options.by;
        accepted.until = options.until;
        return acceptDrift(*scope.map, accepted);
    }
    return declareObserved(*scope.map, *scope.estate, drift, *item);
}

Outcome write(const Options& options, const Scope& scope, const MapDrift& drift)
{
    const Result<Edit> edit = editFor(scope, drift, options);
    if (!edit)
        return notDone(commandName, edit.error(), options.json);
    Result<OpenedMap> opened = openMapFile(scope.map->file());
    if (!opened)
        return notDone(commandName, opened.error(), options.json);
    if (opened->document.text() != scope.map->text())
        return notDone(commandName,
                       {Severity::Error,
                        "drift.map-changed",
                        "The map was changed while it was being read. Nothing was written; run "
                        "the command again.",
                        {scope.map->file()}},
                       options.json);
    if (const Result<Edit> inverse = opened->document.apply(*edit); !inverse)
        return notDone(commandName, inverse.error(), options.json);
    const Result<FileStamp> saved =
        saveMapFile(scope.map->file(), opened->document.text(), opened->stamp);
    if (!saved)
        return notDone(commandName, saved.error(), options.json);
    if (options.json) {
        Json document = documentOf(commandName);
        document["edit"] = edit->name;
        document["path"] = scope.map->file();
        printJson(document);
    } else {
        printLine(edit->name + ": " + scope.map->file());
    }
    return Outcome::Done;
}

Outcome run(const Options& options, Progress& progress)
{
    if (options.scope.map.empty() && options.scope.workspace.empty()) {
        complain("drift needs a --map, or a --workspace that was used with one");
        return Outcome::NotDone;
    }
    const Result<Scope> scope = openScope(options.scope, progress);
    if (!scope)
        return notDone(commandName, scope.error(), options.json);
    if (!scope->map)
        return notDone(commandName,
                       {Severity::Error,
                        "drift.no-map",
                        "The workspace was used with no map; name one with --map.",
                        {options.scope.workspace}},
                       options.json);
    const MapDrift drift =
        mapDrift(scope->map->map(), *scope->estate, ownershipOf(scope->map->map(), *scope->estate),
                 {options.staleDays, timeOfImport().substr(0, 10)});
    if (options.writes())
        return write(options, *scope, drift);
    if (options.json)
        printDocument(*scope, drift);
    else
        printText(*scope, drift, options);
    const bool isFound = std::any_of(drift.items.begin(), drift.items.end(),
                                     [](const DriftItem& item) { return !item.isAccepted(); });
    return isFound ? Outcome::Found : Outcome::Done;
}

}  // namespace

void addDrift(CLI::App& program, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand(
        "drift", "The declared map against what was observed, with evidence");
    takeAsTyped(command->add_option("PATH", options->scope.paths,
                                    "Files and folders to read, instead of the map's sources"));
    addScopeOptions(*command, options->scope);
    command
        ->add_option("--since", options->staleDays,
                     "What was not seen for more days than this before the newest run counts as "
                     "not observed since (30)")
        ->check(CLI::Range(0, 36500))
        ->type_name("DAYS");
    command->add_flag("--all", options->all, "List what is accepted, too");
    CLI::Option* declare = takeAsTyped(command->add_option(
        "--declare", options->declared, "Add the observed relationship with this id to the map"));
    declare->type_name("ID");
    CLI::Option* accept = takeAsTyped(command->add_option(
        "--accept", options->accepted, "Accept the difference with this id, for a reason"));
    accept->type_name("ID")->excludes(declare);
    takeAsTyped(command->add_option("--withdraw", options->withdrawn,
                                    "Withdraw the acceptance of the difference with this id"))
        ->type_name("ID")
        ->excludes(declare)
        ->excludes(accept);
    CLI::Option* reason =
        takeAsTyped(command->add_option("--reason", options->reason, "Why it is accepted"));
    reason->type_name("TEXT")->needs(accept);
    accept->needs(reason);
    takeAsTyped(command->add_option("--by", options->by, "Who accepts it"))
        ->type_name("NAME")
        ->needs(accept);
    takeAsTyped(command->add_option("--until", options->until,
                                    "The last day of the acceptance, such as 2027-03-31"))
        ->type_name("DATE")
        ->needs(accept);
    addJsonOption(*command, options->json);
    addBudgetOptions(*command, options->scope.budget);
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) { return run(*options, progress); };
    });
}

}  // namespace portolan::ctl
