// SPDX-License-Identifier: Apache-2.0
// What a format's reader is. A new format is one file with one Importer and one row in the list of importers.cpp.
#pragma once

#include "model/base/budget.h"
#include "model/base/progress.h"
#include "model/base/result.h"
#include "model/estate/estate_builder.h"
#include "model/json/data_tree.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace portolan {

// The beginning of a source, for detection by content.
struct SourceHead {
    std::string_view fileName;  // breaks ties only
    std::string_view text;      // first bytes, decoded
    const DataTree* document =
        nullptr;  // the whole document, when it is one and was read; else null
};

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

    // The importer's own memory for this source, made when it is asked for first.
    template <class State>
    State& state()
    {
        if (!m_state)
            m_state = std::make_unique<State>();
        return static_cast<State&>(*m_state);
    }

    // Line, column and pointer of a value. Quick when values are asked for in about the order of the document.
    SourceSpan spanOf(const DataNode& node);
    // To be called before each document, whose tree may stand where the last one stood.
    void beginDocument();

private:
    std::pair<int, int> placeOf(const DataNode& node);
    void appendPointer(const DataNode& node, std::string& pointer);

    EstateBuilder& m_estate;
    SourceIndex m_source;
    const Budget& m_budget;
    Progress& m_progress;
    std::unique_ptr<ImportState> m_state;

    // Where the last value stood, so that the next one is found from there.
    std::uint32_t m_offset = 0;
    int m_linesBefore = 0;
    std::uint32_t m_lineStart = 0;
    std::unordered_map<std::uint32_t, std::pair<std::uint32_t, std::uint32_t>>
        m_positions;  // array: element, its position
    std::string m_pointer;
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
    virtual void readDocument(const DataNode& root, ImportContext& context) const = 0;

    // After the last document of the source.
    virtual void finish(ImportContext&) const {}

    // True: the source may also be one such document a line (NDJSON), and readDocument is called for each.
    virtual bool readsLines() const { return false; }
};

// All of them, in the order in which they are asked.
std::span<const std::unique_ptr<Importer>> importers();

}  // namespace portolan
