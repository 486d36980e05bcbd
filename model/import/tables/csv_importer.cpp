// SPDX-License-Identifier: Apache-2.0
// Delimited tables by their headers: edge lists (lineage), dumps of information_schema (tables and their columns), glossaries, and any
// other table as a snapshot, a dataset with its columns and number of rows.
#include "model/import/dataset_name.h"
#include "model/import/importers.h"
#include "model/import/tables/csv_reader.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace portolan {

namespace {

enum class Meaning { None, Edges, InformationSchema, Glossary, Snapshot };

std::string simplified(std::string_view name)
{
    std::string simple;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z')
            simple += static_cast<char>(c - 'A' + 'a');
        else if (c == ' ' || c == '-')
            simple += '_';
        else
            simple += c;
    }
    return simple;
}

// Where the columns of a meaning stand; -1: there is none.
class Header {
public:
    explicit Header(const std::vector<std::string>& cells)
    {
        for (std::size_t i = 0; i < cells.size(); ++i)
            m_places.try_emplace(simplified(cells[i]), static_cast<int>(i));
    }

    int place(std::initializer_list<std::string_view> names) const
    {
        for (const std::string_view name : names) {
            const auto found = m_places.find(std::string(name));
            if (found != m_places.end())
                return found->second;
        }
        return -1;
    }

    int from() const
    {
        return place({"from", "source", "upstream", "source_dataset", "from_dataset",
                      "upstream_dataset", "source_table", "from_table", "upstream_table", "input"});
    }
    int to() const
    {
        return place({"to", "target", "downstream", "target_dataset", "to_dataset",
                      "downstream_dataset", "target_table", "to_table", "downstream_table",
                      "destination", "output"});
    }

    Meaning meaning() const
    {
        if (place({"table_name"}) >= 0 && place({"column_name"}) >= 0)
            return Meaning::InformationSchema;
        if (place({"table_name"}) >= 0 &&
            place({"table_schema", "table_catalog", "table_type"}) >= 0)
            return Meaning::InformationSchema;
        if (from() >= 0 && to() >= 0)
            return Meaning::Edges;
        if (place({"term", "name"}) >= 0 && place({"definition", "meaning"}) >= 0)
            return Meaning::Glossary;
        return Meaning::Snapshot;
    }

private:
    std::map<std::string, int> m_places;
};

std::string_view firstLine(std::string_view text)
{
    const std::size_t start = text.find_first_not_of("\r\n");
    if (start == std::string_view::npos)
        return {};
    return text.substr(start, text.find_first_of("\r\n", start) - start);
}

bool isTableName(std::string_view name)
{
    return name.ends_with(".csv") || name.ends_with(".tsv") || name.ends_with(".psv");
}

// A header is words: no cell is empty or a number, and there are two of them at least.
bool isSoundHeader(const std::vector<std::string>& cells)
{
    return !cells.empty() && std::all_of(cells.begin(), cells.end(), [](const std::string& cell) {
        return !cell.empty() && cell.size() < 200 &&
               cell.find_first_not_of("0123456789.,-+eE ") != std::string::npos &&
               cell.find_first_of("{}<>") == std::string::npos;
    });
}

class CsvReading {
public:
    CsvReading(std::string_view text, ImportContext& context)
        : m_rows(text, delimiterOf(firstLine(text))), m_context(context)
    {
    }

    void run()
    {
        std::vector<std::string> header;
        if (!m_rows.next(header)) {
            m_context.problemAt(Severity::Warning, "csv.empty",
                                "The table is empty (expected a header line). Nothing is read.", 1);
            return;
        }
        m_width = header.size();
        m_headerLine = m_rows.line();
        const Header places(header);
        switch (places.meaning()) {
        case Meaning::Edges:
            m_context.setFormatVersion("edges");
            readEdges(places);
            break;
        case Meaning::InformationSchema:
            m_context.setFormatVersion("information_schema");
            readInformationSchema(places);
            break;
        case Meaning::Glossary:
            m_context.setFormatVersion("glossary");
            readGlossary(places);
            break;
        case Meaning::Snapshot:
        case Meaning::None:
            m_context.setFormatVersion("snapshot");
            readSnapshot(header);
            break;
        }
    }

private:
    // The next row, padded to the header; a ragged one is told of and kept as far as it goes.
    bool next()
    {
        if (!m_rows.next(m_cells))
            return false;
        ++m_count;
        if (m_cells.size() != m_width)
            m_context.problemAt(Severity::Warning, "csv.ragged",
                                "The row has " + std::to_string(m_cells.size()) +
                                    " cells (expected " + std::to_string(m_width) +
                                    "). Kept as far as it goes.",
                                m_rows.line());
        m_cells.resize(m_width);
        return true;
    }

    const std::string& cell(int place) const
    {
        static const std::string none;
        return place >= 0 ? m_cells[static_cast<std::size_t>(place)] : none;
    }

    Evidence here() { return m_context.evidenceAt(m_rows.line()); }

    // "postgres://db/shop.orders" in the normal form; else a path on the platform and instance that the row says.
    DatasetIndex dataset(const std::string& name, const std::string& platform)
    {
        const std::size_t scheme = name.find("://");
        if (scheme == std::string::npos)
            return m_context.estate().dataset(lowerCase(platform), {}, name, here());
        const std::size_t slash = name.find('/', scheme + 3);
        const DatasetName normal =
            fromNamespace(std::string_view(name).substr(0, slash),
                          slash == std::string::npos ? std::string_view()
                                                     : std::string_view(name).substr(slash + 1));
        return m_context.estate().dataset(normal.platform, normal.instance,
                                          normal.path.empty() ? name : normal.path, here());
    }

    void readEdges(const Header& header)
    {
        const int from = header.from();
        const int to = header.to();
        const int fromColumn = header.place(
            {"from_column", "source_column", "upstream_column", "from_field", "source_field"});
        const int toColumn = header.place(
            {"to_column", "target_column", "downstream_column", "to_field", "target_field"});
        const int job = header.place({"job", "process", "pipeline", "task"});
        const int transformation = header.place({"transformation", "expression", "rule"});
        const int fromPlatform = header.place({"from_platform", "source_platform", "platform"});
        const int toPlatform = header.place({"to_platform", "target_platform", "platform"});
        while (next()) {
            if (cell(from).empty() || cell(to).empty()) {
                m_context.problemAt(Severity::Warning, "csv.edge-without-end",
                                    "The row does not name both ends of the edge. Row skipped.",
                                    m_rows.line());
                continue;
            }
            const DatasetIndex one = dataset(cell(from), cell(fromPlatform));
            const DatasetIndex other = dataset(cell(to), cell(toPlatform));
            const JobIndex by =
                cell(job).empty() ? JobIndex() : m_context.estate().job("", cell(job), here());
            m_context.estate().lineage(one, other, by, here());
            if (!cell(fromColumn).empty() && !cell(toColumn).empty())
                m_context.estate().columnLineage(
                    m_context.estate().column(one, cell(fromColumn), {}, here()),
                    m_context.estate().column(other, cell(toColumn), {}, here()), by,
                    ColumnFlow::Direct, cell(transformation), false, here());
        }
    }

    void readInformationSchema(const Header& header)
    {
        const int catalog = header.place({"table_catalog", "database", "database_name"});
        const int schema = header.place({"table_schema", "schema", "schema_name"});
        const int table = header.place({"table_name"});
        const int column = header.place({"column_name"});
        const int type = header.place({"data_type", "column_type", "type"});
        const int comment = header.place({"comment", "column_comment", "remarks", "description"});
        const int kind = header.place({"table_type"});
        const int constraint = header.place({"constraint_name", "constraint_type"});
        while (next()) {
            const std::string path = dottedPath({cell(catalog), cell(schema), cell(table)});
            if (cell(table).empty()) {
                m_context.problemAt(Severity::Warning, "csv.row-without-table",
                                    "The row has no table_name. Row skipped.", m_rows.line());
                continue;
            }
            const DatasetIndex index = m_context.estate().dataset({}, {}, path, here());
            Dataset& known = m_context.estate().estate().datasets[index.value];
            const std::string word = lowerCase(cell(kind));
            if (known.type.empty() || !word.empty())
                known.type = word.find("view") != std::string::npos ? "view" : "table";
            if (cell(column).empty())
                continue;
            const std::string key = known.key() + "#" + cell(column);
            const ColumnIndex made =
                m_context.estate().column(index, cell(column), cell(type), here());
            std::string& description = m_context.estate().estate().columns[made.value].description;
            if (description.empty())
                description = cell(comment);
            if (!cell(constraint).empty())
                m_context.estate().fact(
                    Claim{ClaimAbout::Column, key, "constraints", cell(constraint), here()});
        }
    }

    void readGlossary(const Header& header)
    {
        const int term = header.place({"term", "name"});
        const int meaning = header.place({"definition", "meaning"});
        const int context = header.place({"context", "domain", "bounded_context", "glossary"});
        while (next()) {
            if (!cell(term).empty())
                m_context.estate().term({cell(context), cell(term), cell(meaning), here()});
        }
    }

    void readSnapshot(const std::vector<std::string>& header)
    {
        const DatasetIndex index = m_context.estate().dataset("file", {}, m_context.name(),
                                                              m_context.evidenceAt(m_headerLine));
        m_context.estate().estate().datasets[index.value].type = "file";
        for (const std::string& name : header) {
            const std::size_t before = m_context.estate().estate().columns.size();
            m_context.estate().column(index, name, {}, m_context.evidenceAt(m_headerLine));
            if (m_context.estate().estate().columns.size() == before)
                m_context.problemAt(Severity::Warning, "csv.duplicate-column",
                                    "The column \"" + name + "\" stands twice in the header.",
                                    m_headerLine);
        }
        while (next()) {
        }
        m_context.estate().fact(Observation{m_context.name(),
                                            index,
                                            {},
                                            "rows",
                                            std::to_string(m_count),
                                            "rows",
                                            {},
                                            m_context.evidenceAt(m_headerLine)});
    }

    CsvRows m_rows;
    ImportContext& m_context;
    std::vector<std::string> m_cells;
    std::size_t m_width = 0;
    int m_headerLine = 1;
    std::int64_t m_count = 0;
};

class CsvImporter : public Importer {
public:
    std::string_view format() const override { return "csv"; }
    std::string_view title() const override
    {
        return "Tables: edge lists, information_schema, glossaries, snapshots";
    }
    std::string_view group() const override { return "Plain tables and SQL"; }
    bool readsText() const override { return true; }

    Match match(const SourceHead& head) const override
    {
        if (!isTableName(head.fileName) || head.text.find('\0') != std::string_view::npos)
            return Match::No;
        const std::string_view line = firstLine(head.text);
        std::vector<std::string> cells;
        CsvRows rows(line, delimiterOf(line));
        if (!rows.next(cells))
            return Match::ByName;
        return isSoundHeader(cells) ? Match::ByContent : Match::No;
    }

    void readText(std::string_view text, ImportContext& context) const override
    {
        CsvReading(text, context).run();
    }
};

}  // namespace

std::unique_ptr<Importer> csvImporter()
{
    return std::make_unique<CsvImporter>();
}

}  // namespace portolan
