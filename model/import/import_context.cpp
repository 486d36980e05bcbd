// SPDX-License-Identifier: Apache-2.0
#include "model/import/importer.h"
#include "model/import/source_file.h"
#include "model/import/source_folder.h"
#include "model/import/text_decoding.h"
#include "model/import/yaml_reader.h"
#include "model/json/json_reader.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>

namespace portolan {

namespace {

constexpr std::size_t besideMost = 2000;  // files beside one source
constexpr std::uint32_t farAway = 4096;   // from here on a place is found by the table of lines

}  // namespace

void ImportContext::beginDocument()
{
    forgetEmbedded();
    m_names.clear();
    m_lineStarts.clear();
    m_positions.clear();
}

void ImportContext::forgetEmbedded()
{
    std::erase_if(m_beside, [this](const std::unique_ptr<Beside>& one) {
        if (!one->file.empty())
            return false;
        m_names.erase(&one->tree);
        m_lineStarts.erase(&one->tree);
        m_positions.erase(&one->tree);
        return true;
    });
    m_lastBeside = nullptr;
    forgetPlaces();
}

void ImportContext::forgetPlaces()
{
    m_offset = 0;
    m_linesBefore = 0;
    m_lineStart = 0;
}

const ImportContext::Beside* ImportContext::besideOf(const DataNode& node) const
{
    if (m_beside.empty())
        return nullptr;
    for (auto beside = m_beside.rbegin(); beside != m_beside.rend(); ++beside) {
        if (&(*beside)->tree == node.tree())
            return beside->get();
    }
    return nullptr;
}

// Line breaks are counted from the last place that was asked for, forward or backward.
std::pair<int, int> ImportContext::placeOf(const DataNode& node)
{
    const Beside* beside = besideOf(node);
    if (beside != m_lastBeside) {
        forgetPlaces();
        m_lastBeside = beside;
    }
    if (beside && beside->file.empty())
        return beside->place;
    const std::string_view text = node.tree()->text();
    const std::uint32_t offset = node.node().start;
    if (offset > m_offset + farAway || offset + farAway < m_offset) {
        const std::vector<std::uint32_t>& starts = lineStarts(*node.tree());
        const auto line = std::prev(std::upper_bound(starts.begin(), starts.end(), offset));
        m_linesBefore = static_cast<int>(line - starts.begin());
        m_lineStart = *line;
        m_offset = offset;
    }
    if (offset < m_offset && offset < m_offset - offset)
        forgetPlaces();
    if (offset >= m_offset) {
        const std::string_view upTo = text.substr(0, offset);
        for (std::size_t at = upTo.find('\n', m_offset); at != std::string_view::npos;
             at = upTo.find('\n', at + 1)) {
            ++m_linesBefore;
            m_lineStart = static_cast<std::uint32_t>(at) + 1;
        }
    } else {
        m_linesBefore -=
            static_cast<int>(std::count(text.begin() + offset, text.begin() + m_offset, '\n'));
        const std::size_t lineBreak =
            offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
        m_lineStart =
            lineBreak == std::string_view::npos ? 0 : static_cast<std::uint32_t>(lineBreak) + 1;
    }
    m_offset = offset;
    return {node.tree()->firstLine() + m_linesBefore, static_cast<int>(offset - m_lineStart) + 1};
}

const std::vector<std::uint32_t>& ImportContext::lineStarts(const DataTree& tree)
{
    std::vector<std::uint32_t>& starts = m_lineStarts[&tree];
    if (starts.empty()) {
        const std::string_view text = tree.text();
        starts.push_back(0);
        for (std::size_t at = text.find('\n'); at != std::string_view::npos;
             at = text.find('\n', at + 1))
            starts.push_back(static_cast<std::uint32_t>(at) + 1);
    }
    return starts;
}

void ImportContext::appendPointer(const DataNode& node, std::string& pointer)
{
    const DataNode above = node.parent();
    if (above.isMissing())
        return;
    appendPointer(above, pointer);
    pointer += '/';
    if (above.isObject()) {
        for (const char c : node.key()) {
            if (c == '~')
                pointer += "~0";
            else if (c == '/')
                pointer += "~1";
            else
                pointer += c;
        }
        return;
    }
    auto& [element, position] = m_positions[node.tree()][above.index()];
    if (element == 0 || element > node.index()) {
        element = above.index() + 1;
        position = 0;
    }
    while (element < node.index()) {
        element = node.tree()->nodes()[element].next;
        ++position;
    }
    pointer += std::to_string(position);
}

SourceSpan ImportContext::spanOf(const DataNode& node)
{
    SourceSpan span;
    if (node.isMissing())
        return span;
    const auto [line, column] = placeOf(node);
    const Beside* beside = m_lastBeside;
    span.file = beside ? beside->file : node.tree()->file();
    if (span.file.empty())
        span.file = m_folder.name;
    span.line = line;
    span.column = column;
    if (beside)
        span.pointer = beside->hostPointer;
    appendPointer(node, span.pointer);
    return span;
}

Evidence ImportContext::evidence(const DataNode& node)
{
    if (node.isMissing())
        return m_estate.evidence(m_source, 0);
    const auto [line, column] = placeOf(node);
    m_pointer.clear();
    const Beside* beside = m_lastBeside;
    if (beside)
        m_pointer = beside->hostPointer;
    // A place in another file: its line is no line of this source.
    const bool isElsewhere = beside && !beside->file.empty();
    if (isElsewhere)
        m_pointer = beside->file + ":" + std::to_string(line) + "#";
    appendPointer(node, m_pointer);
    return m_estate.evidence(m_source, isElsewhere ? 0 : static_cast<std::uint32_t>(line),
                             isElsewhere ? 0 : static_cast<std::uint32_t>(column), m_pointer);
}

Evidence ImportContext::evidenceAt(int line, int column, std::string_view pointer)
{
    return m_estate.evidence(m_source, static_cast<std::uint32_t>(std::max(line, 0)),
                             static_cast<std::uint32_t>(std::max(column, 0)), pointer);
}

void ImportContext::setFormatVersion(std::string version)
{
    Source& source = m_estate.estate().sources[m_source.value];
    if (source.formatVersion.empty())
        source.formatVersion = std::move(version);
}

void ImportContext::problem(Problem problem)
{
    Source& source = m_estate.estate().sources[m_source.value];
    if (static_cast<std::int64_t>(source.problems.size()) >= m_budget.problemsPerSource)
        ++source.problemsNotListed;
    else
        source.problems.push_back(std::move(problem));
}

void ImportContext::problem(Severity severity, std::string code, std::string message,
                            const DataNode& where)
{
    Problem problem{severity, std::move(code), std::move(message), spanOf(where)};
    if (problem.where.file.empty())
        problem.where.file = m_estate.estate().sources[m_source.value].path;
    this->problem(std::move(problem));
}

void ImportContext::problemAt(Severity severity, std::string code, std::string message, int line,
                              int column)
{
    problem({severity, std::move(code), std::move(message), {m_folder.name, line, column}});
}

// Counts what was left out before; true when there is nothing more to do. Where a further one stands nobody asks, which saves finding it.
bool ImportContext::isLeftOutBefore(std::string_view name, std::string_view reason,
                                    bool isUnresolved)
{
    std::vector<LeftOut>& all = m_estate.estate().sources[m_source.value].leftOut;
    const auto known = std::find_if(all.begin(), all.end(), [&](const LeftOut& one) {
        return one.name == name && one.reason == reason && one.isUnresolved == isUnresolved;
    });
    if (known != all.end()) {
        ++known->times;
        return true;
    }
    // Beyond the limit one row counts the rest: a file with a million strange keys has no use for a list of them.
    if (static_cast<std::int64_t>(all.size()) < m_budget.problemsPerSource)
        return false;
    if (all.back().name != "...")
        all.push_back({"...", "further ones, not listed", isUnresolved, 0, {m_folder.name}});
    ++all.back().times;
    return true;
}

void ImportContext::leaveOut(std::string_view name, std::string_view reason, bool isUnresolved,
                             SourceSpan where)
{
    m_estate.estate().sources[m_source.value].leftOut.push_back(
        {std::string(name), std::string(reason), isUnresolved, 1, std::move(where)});
}

void ImportContext::ignored(std::string_view name, std::string_view reason, const DataNode& where)
{
    if (!isLeftOutBefore(name, reason, false))
        leaveOut(name, reason, false, spanOf(where));
}

void ImportContext::ignoredAt(std::string_view name, std::string_view reason, int line)
{
    if (!isLeftOutBefore(name, reason, false))
        leaveOut(name, reason, false, {m_folder.name, line});
}

void ImportContext::unresolved(std::string_view reference, std::string_view reason,
                               const DataNode& where)
{
    if (!isLeftOutBefore(reference, reason, true))
        leaveOut(reference, reason, true, spanOf(where));
}

void ImportContext::unresolvedAt(std::string_view reference, std::string_view reason, int line)
{
    if (!isLeftOutBefore(reference, reason, true))
        leaveOut(reference, reason, true, {m_folder.name, line});
}

void ImportContext::readAlso(const std::string& path, std::string hash)
{
    std::vector<ReadAlso>& all = m_estate.estate().sources[m_source.value].readAlso;
    const auto isKnown = [&](const ReadAlso& one) { return one.path == path; };
    if (std::none_of(all.begin(), all.end(), isKnown))
        all.push_back({path, std::move(hash)});
}

Result<std::string> ImportContext::siblingText(std::string_view relative, std::string_view base)
{
    const std::string path = pathInFolder(base.empty() ? m_folder.name : base, relative);
    const auto refused = [&](std::string code, std::string message) {
        return tl::unexpected(
            Problem{Severity::Warning, std::move(code), std::move(message), {m_folder.name}});
    };
    if (path.empty() || m_folder.path.empty() || hasLinkOnTheWay(m_folder, path))
        return refused("import.outside", "\"" + std::string(relative) +
                                             "\" leads out of the imported folder. Not followed.");
    Result<SourceFile> file = SourceFile::open(m_folder.path + "/" + path, path);
    if (!file) {
        std::error_code error;
        const bool isThere = std::filesystem::exists(
            std::filesystem::symlink_status(m_folder.path + "/" + path, error));
        readAlso(path, {});
        return isThere ? refused("import.unreadable",
                                 "\"" + path + "\" cannot be read: " + file.error().message)
                       : refused("import.missing", "There is no file \"" + path + "\".");
    }
    Result<std::string> bytes = file->rest(m_budget.jsonBytes);
    if (!bytes)
        return refused("import.unreadable",
                       "\"" + path + "\" cannot be read: " + bytes.error().message);
    readAlso(path, file->hash());
    return decodeText(std::move(*bytes), path);
}

DataNode ImportContext::keepBeside(std::unique_ptr<Beside> beside, std::string text, bool triesYaml)
{
    Problems problems;
    const std::string file = beside->file.empty() ? m_folder.name : beside->file;
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    const bool isJson = first != std::string::npos &&
                        (text[first] == '{' || text[first] == '[' || text[first] == '"');
    Result<bool> isRead = false;
    if (isJson && !file.ends_with(".yaml") && !file.ends_with(".yml")) {
        const Result<> done = readJson(beside->tree, text, file, m_budget, problems);
        if (done)
            isRead = true;
        else
            isRead = tl::unexpected(done.error());
    }
    if (!isRead.value_or(false) && triesYaml && (!isJson || isRead.has_value())) {
        YamlDocuments documents(std::move(text), file, m_budget, problems);
        isRead = documents.next(beside->tree);
    }
    if (!isRead) {
        Problem told = isRead.error();
        told.severity = Severity::Warning;
        if (beside->file.empty()) {
            told.message =
                "The text at " + beside->hostPointer + " cannot be read: " + told.message;
            told.where = {m_folder.name, beside->place.first, beside->place.second,
                          beside->hostPointer};
        }
        problem(std::move(told));
        return {};
    }
    if (!*isRead)
        return {};
    m_beside.push_back(std::move(beside));
    return m_beside.back()->tree.root();
}

Result<DataNode> ImportContext::sibling(std::string_view relative, std::string_view base)
{
    const std::string path = pathInFolder(base.empty() ? m_folder.name : base, relative);
    for (const std::unique_ptr<Beside>& known : m_beside) {
        if (!path.empty() && known->file == path)
            return known->tree.root();
    }
    if (m_beside.size() >= besideMost)
        return tl::unexpected(Problem{Severity::Warning,
                                      "import.unreadable",
                                      "It refers to more than " + std::to_string(besideMost) +
                                          " files. \"" + path + "\" is not read.",
                                      {m_folder.name}});
    Result<std::string> text = siblingText(relative, base);
    if (!text)
        return tl::unexpected(text.error());
    auto beside = std::make_unique<Beside>();
    beside->file = path;
    const DataNode root = keepBeside(std::move(beside), std::move(*text), true);
    if (root.isMissing())
        return tl::unexpected(Problem{Severity::Warning,
                                      "import.unreadable",
                                      "\"" + path + "\" is neither JSON nor YAML.",
                                      {m_folder.name}});
    return root;
}

std::vector<std::string> ImportContext::siblingNames(std::string_view ending)
{
    if (m_folder.path.empty())
        return {};
    std::vector<std::string> names = namesBeside(m_folder, ending);
    readAlso(listingPath(m_folder, ending), listingHash(names));
    return names;
}

std::string ImportContext::fileOf(const DataNode& node) const
{
    const Beside* beside = besideOf(node);
    return beside && !beside->file.empty() ? beside->file : m_folder.name;
}

DataNode ImportContext::embedded(const DataNode& text)
{
    if (!text.isString())
        return {};
    const SourceSpan span = spanOf(text);
    auto beside = std::make_unique<Beside>();
    beside->hostPointer = span.pointer;
    beside->place = {span.line, span.column};
    return keepBeside(std::move(beside), text.string(), true);
}

DataNode ImportContext::embeddedText(std::string_view text, int line, std::string_view what)
{
    auto beside = std::make_unique<Beside>();
    beside->hostPointer = what;
    beside->place = {line, 0};
    return keepBeside(std::move(beside), std::string(text), true);
}

}  // namespace portolan
