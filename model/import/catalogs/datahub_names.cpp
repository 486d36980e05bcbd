// SPDX-License-Identifier: Apache-2.0
#include "model/import/catalogs/datahub_names.h"

#include "model/import/dataset_name.h"

#include <utility>

namespace portolan {

namespace {

constexpr std::size_t mostPairs =
    10'000;  // of one entry: each of its upstreams with each downstream

// Fields of one side of an entry; datasets have an empty path.
struct End {
    DatasetIndex dataset;
    std::string path;
};

std::vector<End> endsAt(const DataNode& list, ImportContext& context)
{
    std::vector<End> ends;
    // Avro's unions are written as {"array": [...]}.
    for (const DataNode one : list.isObject() && list["array"] ? list["array"] : list) {
        const DataHubUrn urn = dataHubUrn(one.text());
        const bool isField = urn.type == "schemaField" && urn.parts.size() == 2;
        const DatasetIndex dataset =
            dataHubDataset(isField ? urn.parts[0] : one.text(), one, context);
        if (dataset.isValid())
            ends.push_back({dataset, isField ? dataHubFieldPath(urn.parts[1]) : std::string()});
    }
    return ends;
}

}  // namespace

DataHubUrn dataHubUrn(std::string_view text)
{
    constexpr std::string_view start = "urn:li:";
    if (!text.starts_with(start))
        return {};
    text.remove_prefix(start.size());
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return {};
    DataHubUrn urn{text.substr(0, colon), {}};
    text.remove_prefix(colon + 1);
    if (!text.starts_with('(') || !text.ends_with(')')) {
        urn.parts.push_back(text);
        return urn;
    }
    text = text.substr(1, text.size() - 2);
    int depth = 0;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || (text[i] == ',' && depth == 0)) {
            urn.parts.push_back(text.substr(from, i - from));
            from = i + 1;
        } else {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        }
    }
    return urn;
}

std::string dataHubId(std::string_view text)
{
    const DataHubUrn urn = dataHubUrn(text);
    return std::string(urn.type.empty() ? text : urn.id());
}

std::string dataHubFieldPath(std::string_view path)
{
    if (!path.starts_with('['))
        return std::string(path);
    std::string plain;
    while (!path.empty()) {
        const std::size_t dot = path.starts_with('[') ? path.find("].") : path.find('.');
        const std::size_t end =
            path.starts_with('[') && dot != std::string_view::npos ? dot + 1 : dot;
        const std::string_view part = path.substr(0, end);
        if (!part.starts_with('['))
            plain += (plain.empty() ? "" : ".") + std::string(part);
        path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
    }
    return plain;
}

DatasetIndex dataHubDataset(std::string_view platform, std::string_view path,
                            std::string_view environment, const DataNode& where,
                            ImportContext& context)
{
    const std::string known = dataHubId(platform);
    return context.estate().dataset(fromNamespace(known + "://x", "").platform,
                                    environment == "PROD" ? std::string_view() : environment, path,
                                    context.evidence(where));
}

DatasetIndex dataHubDataset(std::string_view urn, const DataNode& where, ImportContext& context)
{
    const DataHubUrn parts = dataHubUrn(urn);
    if (parts.type == "dataset" && parts.parts.size() == 3)
        return dataHubDataset(parts.parts[0], parts.parts[1], parts.parts[2], where, context);
    context.unresolved(urn.empty() ? "?" : urn, "no dataset's URN", where);
    return {};
}

void readDataHubFineLineage(const DataNode& entry, JobIndex job, ImportContext& context)
{
    const std::vector<End> from = endsAt(entry["upstreams"], context);
    const std::vector<End> to = endsAt(entry["downstreams"], context);
    if (from.empty() || to.empty() || from.size() * to.size() > mostPairs) {
        context.ignored("fineGrainedLineages",
                        from.empty() || to.empty() ? "one end names no field"
                                                   : "too many pairs of fields",
                        entry);
        return;
    }
    const Evidence place = context.evidence(entry);
    EstateBuilder& estate = context.estate();
    const DataNode said = entry["transformOperation"];
    const std::string change = said.isObject() ? said["string"].string() : said.string();
    for (const End& source : from) {
        for (const End& target : to) {
            if (source.path.empty() || target.path.empty()) {
                estate.lineage(source.dataset, target.dataset, job, place);
                continue;
            }
            estate.columnLineage(estate.column(source.dataset, source.path, {}, place),
                                 estate.column(target.dataset, target.path, {}, place), job,
                                 ColumnFlow::Direct, change, false, place);
        }
    }
}

}  // namespace portolan
