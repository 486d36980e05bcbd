// SPDX-License-Identifier: Apache-2.0
#include "model/import/import.h"

#include "model/estate/contradictions.h"
#include "model/import/importers.h"
#include "model/import/read_ahead.h"
#include "model/import/source_file.h"
#include "model/import/sql_lineage_facts.h"
#include "model/import/text_decoding.h"
#include "model/import/yaml_reader.h"
#include "model/json/json_reader.h"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace portolan {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t headBytes = 1 << 16;

bool endsWithAny(std::string_view name, std::initializer_list<std::string_view> endings)
{
    return std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view ending) { return name.ends_with(ending); });
}

bool isYamlName(std::string_view name)
{
    return endsWithAny(name, {".yaml", ".yml"});
}

bool isLinesName(std::string_view name)
{
    return endsWithAny(name, {".ndjson", ".jsonl"});
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

char firstCharacter(std::string_view text)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    const std::size_t at = text.find_first_not_of(" \t\r\n");
    return at == std::string_view::npos ? '\0' : text[at];
}

// Text that is worth a try as YAML although its name does not say so: it has a line "key:" that is not indented.
bool looksLikeYaml(std::string_view head)
{
    if (head.find('\0') != std::string_view::npos)
        return false;
    for (std::size_t start = 0; start < head.size();) {
        const std::size_t end = std::min(head.find('\n', start), head.size());
        const std::string_view line = head.substr(start, end - start);
        const std::size_t colon = line.find(':');
        if (colon != std::string_view::npos && colon > 0 &&
            line.substr(0, colon).find_first_of(" \t#/(){}<>;") == std::string_view::npos)
            return true;
        start = end + 1;
    }
    return false;
}

class SourceReading {
public:
    SourceReading(SourceFile& file, const FoundFile& found, const ImportOptions& options,
                  Progress& progress)
        : m_file(file), m_found(found), m_options(options), m_progress(progress),
          m_source(m_builder.source(newSource())),
          m_context(m_builder, m_source, m_options.budget, m_progress),
          m_deadline(Clock::now() + std::chrono::seconds(options.budget.fileSeconds))
    {
        m_context.setFolder({found.folder(), found.name});
    }

    Result<ImportedSource> read()
    {
        if (!m_options.format.empty() && !chooseByFormat())
            return tl::unexpected(unknownFormat());
        const Result<std::string_view> head = m_file.peek(headBytes);
        if (!head)
            return tl::unexpected(head.error());
        m_head = std::string(head->substr(0, headBytes));
        const Result<> done = readByForm();
        if (!done)
            return tl::unexpected(done.error());
        if (m_importer)
            m_importer->finish(m_context);
        if (m_progress.stopRequested())
            return tl::unexpected(cancelled());
        return finished();
    }

private:
    Source newSource() const
    {
        Source source;
        source.path = m_found.name;
        source.importedAt = m_options.importedAt;
        return source;
    }

    Source& source() { return m_builder.estate().sources[m_source.value]; }

    bool chooseByFormat()
    {
        for (const std::unique_ptr<Importer>& importer : importers()) {
            if (importer->format() == m_options.format)
                choose(*importer);
        }
        return m_importer != nullptr;
    }

    Problem unknownFormat() const
    {
        std::string known;
        for (const std::unique_ptr<Importer>& importer : importers())
            known += (known.empty() ? "" : ", ") + std::string(importer->format());
        return {Severity::Error, "import.unknown-format",
                "There is no format \"" + m_options.format + "\" (expected one of: " + known +
                    ")."};
    }

    void choose(const Importer& importer)
    {
        m_importer = &importer;
        source().format = importer.format();
    }

    // The surest importer; the first of equals.
    bool chooseFor(const DataTree* document)
    {
        if (m_importer)
            return true;
        const SourceHead head{m_found.name, m_head, document};
        const Importer* byName = nullptr;
        for (const std::unique_ptr<Importer>& importer : importers()) {
            if (importer->readsText())
                continue;
            const Match match = importer->match(head);
            if (match == Match::ByContent) {
                choose(*importer);
                return true;
            }
            if (match == Match::ByName && !byName)
                byName = importer.get();
        }
        if (byName)
            choose(*byName);
        return byName != nullptr;
    }

    void report(Problem problem)
    {
        if (problem.where.file.empty())
            problem.where.file = m_found.name;
        m_context.problem(std::move(problem));
    }

    // A file that cannot be parsed: an error when it is one of ours, a warning when only its name says what it is.
    void reportUnparsed(Problem problem, bool isNamed)
    {
        if (chooseFor(nullptr)) {
            report(std::move(problem));
        } else if (isNamed) {
            problem.severity = Severity::Warning;
            problem.message += " File skipped.";
            report(std::move(problem));
        }
    }

    Result<> readByForm()
    {
        const bool isJson = firstCharacter(m_head) == '{' || firstCharacter(m_head) == '[';
        if (isUtf16(m_head))
            return readWhole(isYamlName(m_found.name) ? Form::Yaml : Form::Json);
        if (choosesText(isJson))
            return readWhole(Form::Text);
        if (isLinesName(m_found.name))
            return readLines();
        if (isYamlName(m_found.name))
            return readWhole(Form::Yaml);
        if (isJson) {
            const Result<bool> isLines = beginsWithWholeLine();
            if (!isLines)
                return tl::unexpected(isLines.error());
            return *isLines ? readLines() : readWhole(Form::Json);
        }
        if (m_found.name.ends_with(".json") || m_importer)
            return readWhole(m_importer && !m_found.name.ends_with(".json") ? Form::Yaml
                                                                            : Form::Json);
        if (looksLikeYaml(m_head) && m_file.size() <= m_options.budget.yamlBytes)
            return readWhole(Form::Yaml);
        return hashTheRest();
    }

    // Whether an importer of a text format of its own reads it: one that is sure by content, or, when nothing else can be told from the
    // file, by its name.
    bool choosesText(bool isJson)
    {
        if (m_importer)
            return m_importer->readsText();
        const SourceHead head{m_found.name, m_head, nullptr};
        const bool isDocument = isJson || isLinesName(m_found.name) || isYamlName(m_found.name) ||
                                m_found.name.ends_with(".json");
        const Importer* byName = nullptr;
        for (const std::unique_ptr<Importer>& importer : importers()) {
            if (!importer->readsText())
                continue;
            const Match match = importer->match(head);
            if (match == Match::ByContent) {
                choose(*importer);
                return true;
            }
            if (match == Match::ByName && !byName)
                byName = importer.get();
        }
        if (!byName || isDocument)
            return false;
        choose(*byName);
        return true;
    }

    // Whether the first line is a JSON document by itself and more follows: then it is one document a line.
    Result<bool> beginsWithWholeLine()
    {
        std::size_t wanted = headBytes;
        while (true) {
            const Result<std::string_view> text = m_file.peek(wanted);
            if (!text)
                return tl::unexpected(text.error());
            const std::size_t lineBreak = text->find('\n');
            if (lineBreak != std::string_view::npos) {
                if (isBlank(text->substr(lineBreak)) && text->size() < wanted)
                    return false;
                Problems unused;
                return readJson(m_tree, std::string(text->substr(0, lineBreak)), m_found.name,
                                m_options.budget, unused) &&
                       m_tree.root().isObject();
            }
            if (text->size() < wanted ||
                static_cast<std::int64_t>(wanted) > m_options.budget.lineBytes)
                return false;
            wanted *= 2;
        }
    }

    enum class Form { Json, Yaml, Text };

    Result<> readWhole(Form form)
    {
        const Budget& budget = m_options.budget;
        Result<std::string> bytes =
            m_file.rest(form == Form::Yaml ? budget.yamlBytes : budget.jsonBytes);
        if (!bytes) {
            if (bytes.error().code != "budget.bytes")
                return tl::unexpected(bytes.error());
            reportUnparsed(bytes.error(), true);
            return {};
        }
        Result<std::string> text = decodeText(std::move(*bytes), m_found.name);
        const bool isNamed = isYamlName(m_found.name) || m_found.name.ends_with(".json");
        if (!text) {
            reportUnparsed(text.error(), isNamed);
            return {};
        }
        m_head = text->substr(0, headBytes);
        if (form == Form::Text)
            m_importer->readText(*text, m_context);
        else if (form == Form::Yaml)
            readYaml(std::move(*text), isNamed);
        else
            readJsonDocument(std::move(*text), isNamed);
        return {};
    }

    void readJsonDocument(std::string text, bool isNamed)
    {
        Problems problems;
        const Result<> done =
            readJson(m_tree, std::move(text), m_found.name, m_options.budget, problems);
        if (!done) {
            reportUnparsed(done.error(), isNamed);
            return;
        }
        m_context.beginDocument();
        readDocument(problems);
    }

    void readYaml(std::string text, bool isNamed)
    {
        Problems problems;
        YamlDocuments documents(std::move(text), m_found.name, m_options.budget, problems);
        for (int number = 1;; ++number) {
            const Result<bool> isAny = documents.next(m_tree);
            if (!isAny) {
                reportUnparsed(isAny.error(), isNamed);
                return;
            }
            if (!*isAny || m_progress.stopRequested())
                return;
            m_context.beginDocument();  // places are of the new one, whoever speaks of them first
            if (number > 1 && !m_tree.root().isNull() && !isOfChosenFormat()) {
                m_context.problem(Severity::Note, "import.other-document",
                                  "Document " + std::to_string(number) +
                                      " of the file is of another kind. Skipped.",
                                  m_tree.root());
                continue;
            }
            readDocument(problems);
            problems.clear();
        }
    }

    bool isOfChosenFormat() const
    {
        return !m_importer || m_importer->match({m_found.name, m_head, &m_tree}) != Match::No;
    }

    void readDocument(const Problems& problems)
    {
        if (!chooseFor(&m_tree)) {
            reportUnknown();
            return;
        }
        for (const Problem& problem : problems)
            report(problem);
        if (m_importer->readsText())
            return;  // named by the user for a file of lines
        m_importer->readDocument(m_tree.root(), m_context);
    }

    void reportUnknown()
    {
        const DataNode root = m_tree.root();
        if (const std::string known = knownButNotRead(root); !known.empty())
            report({Severity::Note, "import.not-read",
                    "This is " + known + ": known, not yet read. File skipped."});
        else if (root.isObject() && !root["eventTime"] && isFacet(root))
            report({Severity::Warning, "openlineage.facet",
                    "This is an OpenLineage facet, not an event. File skipped."});
    }

    // The facet itself, or facets by their names.
    static bool isFacet(const DataNode& root)
    {
        const auto isOne = [](const DataNode& node) {
            return node["_producer"] && node["_schemaURL"];
        };
        if (isOne(root))
            return true;
        for (const DataNode member : root) {
            if (isOne(member))
                return true;
        }
        return false;
    }

    Result<> readLines()
    {
        const Budget& budget = m_options.budget;
        SourceFile::Line line;
        std::int64_t documents = 0;
        Problems problems;
        for (int number = 1;; ++number) {
            const Result<bool> isAny = m_file.nextLine(line, budget.lineBytes);
            if (!isAny)
                return tl::unexpected(isAny.error());
            if (!*isAny)
                break;
            if (number % 64 == 0 && !mayGoOn(number))
                break;
            if (isBlank(line.text) && !line.isTooLong)
                continue;
            ++documents;
            if (line.isTooLong) {
                lineSkipped(number, 0, "budget.line",
                            "The line is longer than " + std::to_string(budget.lineBytes) +
                                " bytes.");
                continue;
            }
            problems.clear();
            const Result<> done =
                readJson(m_tree, std::string(line.text), m_found.name, budget, problems, number);
            if (!done) {
                lineSkipped(number, done.error().where.column, "json.line",
                            "Not JSON: " + done.error().message);
                continue;
            }
            m_context.beginDocument();
            if (!m_importer && !chooseFor(&m_tree)) {
                reportUnknown();
                return hashTheRest();
            }
            readDocument(problems);
        }
        finishLines(documents);
        return {};
    }

    bool mayGoOn(int line)
    {
        m_progress.report(m_file.bytesRead(), m_file.size());
        if (m_progress.stopRequested())
            return false;
        if (Clock::now() < m_deadline)
            return true;
        report({Severity::Error,
                "budget.time",
                "Reading took longer than " + std::to_string(m_options.budget.fileSeconds) +
                    " seconds. What comes after this line was not read.",
                {m_found.name, line}});
        return false;
    }

    void lineSkipped(int line, int column, std::string code, std::string message)
    {
        ++m_linesSkipped;
        report(
            {Severity::Error, std::move(code), std::move(message), {m_found.name, line, column}});
    }

    // How many were loaded is known at the end only.
    void finishLines(std::int64_t documents)
    {
        if (m_linesSkipped == 0)
            return;
        if (m_linesSkipped == documents && !chooseFor(nullptr)) {
            source().problems.resize(1);
            return;
        }
        const std::string loaded = " Line skipped, " + std::to_string(documents - m_linesSkipped) +
                                   " of " + std::to_string(documents) + " events loaded.";
        for (Problem& problem : source().problems) {
            if (problem.code == "json.line" || problem.code == "budget.line")
                problem.message += loaded;
        }
    }

    Result<> hashTheRest()
    {
        SourceFile::Line line;
        while (!m_progress.stopRequested()) {
            const Result<bool> isAny = m_file.nextLine(line, headBytes);
            if (!isAny)
                return tl::unexpected(isAny.error());
            if (!*isAny)
                break;
        }
        return {};
    }

    Result<ImportedSource> finished()
    {
        if (m_file.hasChanged())
            report({Severity::Warning, "file.changed",
                    "The file changed while it was read. Import it again."});
        source().bytes = m_file.bytesRead();
        source().hash = m_file.hash();
        Estate estate = m_builder.take();
        estate.sources[0].counts = countsOf(estate);
        return ImportedSource{std::make_shared<const Estate>(std::move(estate))};
    }

    SourceFile& m_file;
    const FoundFile& m_found;
    const ImportOptions& m_options;
    Progress& m_progress;
    EstateBuilder m_builder;
    SourceIndex m_source;
    ImportContext m_context;
    Clock::time_point m_deadline;
    const Importer* m_importer = nullptr;
    DataTree m_tree;
    std::string m_head;  // the first bytes, decoded when that is needed
    std::int64_t m_linesSkipped = 0;
};

}  // namespace

std::string FoundFile::folder() const
{
    std::string_view whole = path;
    if (!whole.ends_with(name))
        return {};
    whole.remove_suffix(name.size());
    while (whole.size() > 1 && whole.back() == '/')
        whole.remove_suffix(1);
    return whole.empty() ? "." : std::string(whole);
}

Result<ImportedSource> importFile(const FoundFile& file, const ImportOptions& options,
                                  Progress& progress)
{
    Result<SourceFile> opened = SourceFile::open(file.path, file.name);
    if (!opened)
        return tl::unexpected(opened.error());
    progress.setWhat(file.name);
    return SourceReading(*opened, file, options, progress).read();
}

Result<ImportReport> importPaths(const std::vector<std::string>& paths,
                                 const ImportOptions& options, Progress& progress)
{
    const Clock::time_point started = Clock::now();
    FoundFiles found = findFiles(paths, options.budget, progress);
    ImportReport report;
    report.problems = std::move(found.skipped);
    EstateBuilder builder;
    if (progress.stopRequested())
        return tl::unexpected(cancelled());
    ReadAhead ahead(found.files, options, progress);
    for (const FoundFile& file : found.files) {
        const Result<ImportedSource> source = ahead.next();
        if (!source) {
            if (isCancelled(source.error()) || source.error().code == "import.unknown-format")
                return tl::unexpected(source.error());
            report.problems.push_back(source.error());
        } else if (source->isRecognised()) {
            builder.add(*source->estate);
        } else {
            const Problems& problems = source->estate->sources[0].problems;
            report.skipped.push_back(file.name);
            report.problems.insert(report.problems.end(), problems.begin(), problems.end());
        }
    }
    if (progress.stopRequested())
        return tl::unexpected(cancelled());
    Estate estate = builder.take();
    if (!deriveSqlLineage(estate, {}, progress).isComplete)
        return tl::unexpected(cancelled());
    report.estate = std::make_shared<const Estate>(std::move(estate));
    const Problems contradicting = contradictions(*report.estate);
    report.problems.insert(report.problems.end(), contradicting.begin(), contradicting.end());
    report.elapsedMs = std::chrono::duration<double, std::milli>(Clock::now() - started).count();
    return report;
}

}  // namespace portolan
