// SPDX-License-Identifier: Apache-2.0
// `map validate FILE...`: the format's problems and the rules of context maps.
#include "app/portolanctl/command.h"
#include "app/portolanctl/command_line.h"
#include "app/portolanctl/output.h"
#include "app/portolanctl/scope.h"
#include "app/portolanctl/standard_input.h"
#include "model/analysis/rules/accepted_drift.h"
#include "model/analysis/rules/as_is_to_be.h"
#include "model/analysis/rules/context_map_rules.h"
#include "model/base/budget.h"
#include "model/map/as_is.h"
#include "model/map/map_document.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace portolan::ctl {
namespace {

struct Options {
    std::vector<std::string> files;
    bool json = false;
};

// All that can be said about one file, in one list, and the findings a second time with what only they carry.
struct Validation {
    std::string path = {};
    std::string name = {};
    bool isRead = false;
    Problems problems = {};
    std::vector<Finding> findings = {};
};

Problem problemOf(const Finding& finding)
{
    const std::string mend = finding.mend.empty() ? "" : " " + finding.mend;
    return {finding.severity, "rule." + finding.rule, finding.message + mend, finding.where};
}

// A map that names its AS-IS map is held against it, wherever that file is.
void compareWithAsIs(const MapDocument& document, Validation& validation)
{
    if (document.map().asIs.empty())
        return;
    const Result<MapDocument> asIs = readAsIs(document);
    if (!asIs) {
        validation.problems.push_back(asIs.error());
        return;
    }
    for (Finding& finding : checkAsIsToBe(document, *asIs))
        validation.findings.push_back(std::move(finding));
}

Validation validate(const std::string& path, const Progress& progress)
{
    Validation validation{path};
    Result<std::string> text = readInput(path, Budget().jsonBytes, progress);
    if (!text) {
        validation.problems.push_back(text.error());
        return validation;
    }
    const Result<MapDocument> document = MapDocument::read(std::move(*text), path);
    if (!document) {
        validation.problems.push_back(document.error());
        return validation;
    }
    validation.isRead = true;
    validation.name = document->map().name;
    validation.problems = document->problems();
    validation.findings = checkContextMap(document->map());
    for (Finding& finding : checkAcceptedDrift(document->map(), timeOfImport().substr(0, 10)))
        validation.findings.push_back(std::move(finding));
    compareWithAsIs(*document, validation);
    for (const Finding& finding : validation.findings)
        validation.problems.push_back(problemOf(finding));
    return validation;
}

Outcome outcomeOf(const Validation& validation)
{
    if (!validation.isRead)
        return Outcome::NotDone;
    const bool isFound =
        std::any_of(validation.problems.begin(), validation.problems.end(),
                    [](const Problem& problem) { return problem.severity != Severity::Note; });
    return isFound ? Outcome::Found : Outcome::Done;
}

Json toJson(const EntityRef& entity)
{
    return Json{{"kind", toString(entity.kind)}, {"id", entity.id}};
}

Json toJson(const Finding& finding)
{
    Json related = Json::array();
    for (const EntityRef& entity : finding.related)
        related.push_back(toJson(entity));
    return Json{{"rule", finding.rule},
                {"severity", toString(finding.severity)},
                {"subject", toJson(finding.subject)},
                {"subjectName", finding.subjectName},
                {"message", finding.message},
                {"mend", finding.mend},
                {"related", std::move(related)},
                {"evidence", Json::array({Json{{"path", finding.where.file},
                                               {"line", finding.where.line},
                                               {"pointer", finding.where.pointer}}})}};
}

Json toJson(const Validation& validation)
{
    Json findings = Json::array();
    for (const Finding& finding : validation.findings)
        findings.push_back(toJson(finding));
    return Json{{"path", validation.path},
                {"name", validation.name},
                {"problems", ctl::toJson(validation.problems)},
                {"findings", std::move(findings)}};
}

void printDocument(const std::vector<Validation>& validations)
{
    Json document = documentOf("map validate");
    Json files = Json::array();
    Json problems = Json::array();
    for (const Validation& validation : validations) {
        files.push_back(toJson(validation));
        for (const Problem& problem : validation.problems)
            problems.push_back(ctl::toJson(problem));
    }
    document["maps"] = std::move(files);
    document["problems"] = std::move(problems);
    printJson(document);
}

std::string summaryOf(const Validation& validation)
{
    std::string counts;
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
        const auto count = std::count_if(
            validation.problems.begin(), validation.problems.end(),
            [severity](const Problem& problem) { return problem.severity == severity; });
        if (count > 0)
            counts += (counts.empty() ? "" : ", ") + std::to_string(count) + " " +
                      std::string(toString(severity)) + (count == 1 ? "" : "s");
    }
    return validation.path + ": " + (counts.empty() ? "no problems" : counts);
}

void printText(const Validation& validation)
{
    for (const Problem& problem : validation.problems)
        printLine(portolan::toText(problem));
    printLine(summaryOf(validation));
}

Outcome run(const Options& options, const Progress& progress)
{
    std::vector<Validation> validations;
    Outcome outcome = Outcome::Done;
    for (const std::string& file : options.files) {
        validations.push_back(validate(file, progress));
        outcome = worse(outcome, outcomeOf(validations.back()));
        if (progress.stopRequested())
            return notDone("map validate", cancelled(), options.json);
        if (!options.json)
            printText(validations.back());
    }
    if (options.json)
        printDocument(validations);
    return outcome;
}

}  // namespace

void addMapValidate(CLI::App& map, Action& chosen)
{
    auto options = std::make_shared<Options>();
    CLI::App* command =
        map.add_subcommand("validate", "Check context maps against the format and its rules");
    takeAsTyped(command->add_option("FILE", options->files, "Context maps; - is standard input")
                    ->required());
    addJsonOption(*command, options->json);
    command->footer(
        "Exit status: 0 no errors or warnings; 1 some; 2 a file that is no readable map.");
    command->callback([options, &chosen] {
        chosen = [options](Progress& progress) { return run(*options, progress); };
    });
}

}  // namespace portolan::ctl
