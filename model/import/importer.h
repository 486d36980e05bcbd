// SPDX-License-Identifier: Apache-2.0
// What a format's reader is. A new format is one file with one Importer and one row in the list of importers.cpp.
#pragma once

#include "model/base/budget.h"
#include "model/base/progress.h"
#include "model/base/result.h"
#include "model/estate/estate_builder.h"
#include "model/import/source_folder.h"
#include "model/json/data_tree.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace portolan {

// The beginning of a source, for detection by content.
struct SourceHead {
    std::string_view fileName;  // breaks ties only
    std::string_view text;      // first bytes, decoded
    const DataTree* document =
        nullptr;  // the whole document, when it is one and was read; else null
};

// Values of one document by whatever they are looked up by; kept while the document is.
using DocumentNames = std::unordered_map<std::string, DataNode>;

// What an importer remembers between the documents of one source.
struct ImportState {
    virtual ~ImportState() = default;
};

// How sure an importer is that a source is of its format. The surest one reads it.
enum class Match { No, ByName, ByContent };

// One source while it is read: where facts and problems go.
class ImportContext {
public:
    ImportContext(EstateBuilder& estate, SourceIndex source, const Budget& budget,
                  Progress& progress)
        : m_estate(estate), m_source(source), m_budget(budget), m_progress(progress)
    {
    }

    EstateBuilder& estate() { return m_estate; }
    SourceIndex source() const { return m_source; }
    const Budget& budget() const { return m_budget; }
    Progress& progress() { return m_progress; }

    Evidence evidence(const DataNode& node);  // where the value stands
    void setFormatVersion(std::string version);
    void problem(Problem problem);  // capped by Budget::problemsPerSource; the rest is counted
    void problem(Severity severity, std::string code, std::string message, const DataNode& where);

    // The same for text formats: line and column from 1, 0 when not known; `pointer` says what it is about, in words or as a path.
    Evidence evidenceAt(int line, int column = 0, std::string_view pointer = {});
    void problemAt(Severity severity, std::string code, std::string message, int line,
                   int column = 0);

    // What does not become a fact, for the report: counted by name, with the first place.
    void ignored(std::string_view name, std::string_view reason, const DataNode& where);
    void ignoredAt(std::string_view name, std::string_view reason, int line);
    void unresolved(std::string_view reference, std::string_view reason, const DataNode& where);
    void unresolvedAt(std::string_view reference, std::string_view reason, int line);

    // Another file of the imported folder, by a path relative to this source (or to `base`, itself named from the imported folder):
    // "../common/schemas.yaml". Codes when not: "import.outside" (leaves the folder, absolute, a URL), "import.missing",
    // "import.unreadable". Kept as Source::readAlso, so that a change of it makes this source be read anew.
    Result<std::string> siblingText(std::string_view relative, std::string_view base = {});
    // The same, read as JSON or YAML (its first document); kept until the source is read. Evidence for its values names the file.
    Result<DataNode> sibling(std::string_view relative, std::string_view base = {});
    // Names, from the imported folder, of the files beside this source that end so; at most 1,000, in byte order.
    std::vector<std::string> siblingNames(std::string_view ending);
    // Where a value stands that sibling() gave, as `base` for references in it; this source's own name for its own values.
    std::string fileOf(const DataNode& node) const;
    // What a text value holds, read as JSON or else YAML; kept until the source is read. Missing, with a problem at the value, when it is
    // neither. Evidence for its values is the place of the text value.
    DataNode embedded(const DataNode& text);
    DataNode embeddedText(std::string_view text, int line, std::string_view what);
    // Lets go of all that embedded() and embeddedText() gave, for a source that holds many such texts.
    void forgetEmbedded();

    void setFolder(SourceFolder folder) { m_folder = std::move(folder); }
    const std::string& name() const { return m_folder.name; }

    // The importer's own memory for this source, made when it is asked for first.
    template <class State>
    State& state()
    {
        if (!m_state)
            m_state = std::make_unique<State>();
        return static_cast<State&>(*m_state);
    }

    // An index over a document's values that whoever follows references may fill; empty at first.
    DocumentNames& namesIn(const DataTree& tree) { return m_names[&tree]; }

    // Line, column and pointer of a value. Quick when values are asked for in about the order of the document.
    SourceSpan spanOf(const DataNode& node);
    // To be called before each document, whose tree may stand where the last one stood.
    void beginDocument();

private:
    // A document beside the source's own: another file, or one inside a text value.
    struct Beside {
        DataTree tree;
        std::string file;           // empty: inside a text value
        std::string hostPointer;    // of that value
        std::pair<int, int> place;  // line and column of that value
    };

    const Beside* besideOf(const DataNode& node) const;
    void forgetPlaces();
    std::pair<int, int> placeOf(const DataNode& node);
    const std::vector<std::uint32_t>& lineStarts(const DataTree& tree);
    void appendPointer(const DataNode& node, std::string& pointer);
    bool isLeftOutBefore(std::string_view name, std::string_view reason, bool isUnresolved);
    void leaveOut(std::string_view name, std::string_view reason, bool isUnresolved,
                  SourceSpan where);
    void readAlso(const std::string& path, std::string hash);
    DataNode keepBeside(std::unique_ptr<Beside> beside, std::string text, bool triesYaml);

    EstateBuilder& m_estate;
    SourceIndex m_source;
    const Budget& m_budget;
    Progress& m_progress;
    std::unique_ptr<ImportState> m_state;
    SourceFolder m_folder;
    std::vector<std::unique_ptr<Beside>> m_beside;
    const Beside* m_lastBeside = nullptr;  // whose tree m_offset and m_positions are of

    // Where the last value stood, so that the next one is found from there.
    std::uint32_t m_offset = 0;
    int m_linesBefore = 0;
    std::uint32_t m_lineStart = 0;
    using Positions = std::unordered_map<std::uint32_t, std::pair<std::uint32_t, std::uint32_t>>;
    std::unordered_map<const DataTree*, Positions> m_positions;  // array: element, its position
    std::string m_pointer;
    std::unordered_map<const DataTree*, DocumentNames> m_names;
    std::unordered_map<const DataTree*, std::vector<std::uint32_t>>
        m_lineStarts;  // made when places are asked for far from each other
};

class Importer {
public:
    virtual ~Importer() = default;

    virtual std::string_view format() const = 0;  // "odcs": in reports and for --format
    virtual std::string_view title() const = 0;   // "Open Data Contract Standard": for people
    virtual std::string_view
    group() const = 0;  // "Data contracts", "Lineage" ...: a row of the first-start page
    virtual Match match(const SourceHead& head) const = 0;

    // One whole document (JSON, or one YAML document). Problems go to the context; facts of sound parts are kept.
    virtual void readDocument(const DataNode&, ImportContext&) const {}

    // True: a format of its own, neither JSON nor YAML; match() sees the head's text without a document, and readText gets the whole
    // file, decoded to UTF-8. Such an importer is asked before a file is tried as YAML, and before JSON when it is sure by content.
    virtual bool readsText() const { return false; }
    virtual void readText(std::string_view, ImportContext&) const {}

    // After the last document of the source.
    virtual void finish(ImportContext&) const {}

    // True: the source may also be one such document a line (NDJSON), and readDocument is called for each.
    virtual bool readsLines() const { return false; }
};

// All of them, in the order in which they are asked.
std::span<const std::unique_ptr<Importer>> importers();

}  // namespace portolan
