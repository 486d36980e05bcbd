// SPDX-License-Identifier: Apache-2.0
#include "model/import/relation_names.h"

#include "model/base/ascii_text.h"

#include <algorithm>
#include <utility>

namespace portolan {

namespace {

using Parts = std::vector<std::string>;

// Also of a part that is spelt with dots in quotes as a whole: `project.dataset.table`.
Parts partsOf(const SqlName& name)
{
    Parts parts;
    for (const SqlName::Part& part : name.parts) {
        if (name.parts.size() == 1 && part.isQuoted && part.text.find('.') != std::string::npos)
            return partsOfRelation(part.text);
        parts.push_back(part.text);
    }
    return parts;
}

bool isSame(const std::string& one, const std::string& other, bool anyCase)
{
    return anyCase ? one.size() == other.size() && lowerCase(one) == lowerCase(other)
                   : one == other;
}

bool endsWith(const Parts& whole, const Parts& end, bool anyCase)
{
    if (end.size() > whole.size())
        return false;
    for (std::size_t i = 0; i < end.size(); ++i) {
        if (!isSame(whole[whole.size() - end.size() + i], end[i], anyCase))
            return false;
    }
    return true;
}

// The path inside a key: behind the instance.
std::string_view pathOfKey(std::string_view key)
{
    const std::size_t mark = key.find("://");
    const std::size_t slash = key.find('/', mark == std::string_view::npos ? 0 : mark + 3);
    return slash == std::string_view::npos ? std::string_view() : key.substr(slash + 1);
}

// A source that knows no instance may mean any; two that are known to differ are two.
bool isOn(const Dataset& dataset, const RelationScope& scope, bool sameInstance)
{
    if (dataset.platform != scope.platform)
        return false;
    return sameInstance ? dataset.instance == scope.instance
                        : dataset.instance.empty() || scope.instance.empty();
}

}  // namespace

std::vector<std::string> partsOfRelation(std::string_view path)
{
    if (path.find('/') != std::string_view::npos)
        return {std::string(path)};
    Parts parts;
    while (!path.empty()) {
        const char open = path.front();
        const bool isQuoted = open == '"' || open == '`';
        std::size_t end = isQuoted ? path.find(open, 1) : path.find('.');
        if (isQuoted && end == std::string_view::npos)
            return {std::string(path)};
        end = std::min(end, path.size());
        parts.emplace_back(path.substr(isQuoted ? 1 : 0, isQuoted ? end - 1 : end));
        path.remove_prefix(isQuoted ? end + 1 : end);
        if (!path.empty())
            path.remove_prefix(1);  // the dot
    }
    return parts;
}

RelationNames::RelationNames(const Estate& estate) : m_estate(estate)
{
    for (std::size_t i = 0; i < estate.datasets.size(); ++i)
        add(DatasetIndex(i), estate.datasets[i].path);
    for (const auto& [key, dataset] : estate.datasetByKey) {
        if (estate.datasets[dataset.value].key() != key)
            add(dataset, std::string(pathOfKey(key)));
    }
}

void RelationNames::add(DatasetIndex dataset, const std::string& path)
{
    Parts parts = partsOfRelation(path);
    if (parts.empty())
        return;
    m_namesOf[dataset].push_back(parts);
    m_byLastPart[lowerCase(parts.back())].push_back({dataset, std::move(parts)});
}

DatasetIndex RelationNames::find(const SqlName& name, const RelationScope& scope) const
{
    const Parts parts = partsOf(name);
    if (parts.empty())
        return {};
    if (const DatasetIndex found = exact(parts, scope); found.isValid())
        return found;
    if (const DatasetIndex found = among(scope.near, parts); found.isValid())
        return found;
    return parts.size() > 1 ? bySuffix(parts, scope) : DatasetIndex();
}

// The one dataset that fits; where several do in any case, the one that is spelt as the name.
template <class Fits>
DatasetIndex RelationNames::one(const std::string& lastPart, const Parts& parts, Fits fits) const
{
    const auto known = m_byLastPart.find(lowerCase(lastPart));
    if (known == m_byLastPart.end())
        return {};
    for (const bool anyCase : {true, false}) {
        DatasetIndex found;
        bool isSeveral = false;
        for (const Named& named : known->second) {
            if (!endsWith(named.parts, parts, anyCase) || !fits(named))
                continue;
            isSeveral |= found.isValid() && found != named.dataset;
            found = named.dataset;
        }
        if (!isSeveral)
            return found;
    }
    return {};
}

DatasetIndex RelationNames::exact(const Parts& parts, const RelationScope& scope) const
{
    // "orders" in shop.public is shop.public.orders; "public.orders" is that in shop.
    Parts whole = parts;
    if (scope.space.size() + 1 >= parts.size() && !scope.space.empty()) {
        const std::size_t missing =
            parts.size() <= scope.space.size() ? scope.space.size() + 1 - parts.size() : 0;
        whole.insert(whole.begin(), scope.space.begin(),
                     scope.space.begin() + static_cast<std::ptrdiff_t>(missing));
    }
    for (const Parts& wanted : {whole, parts}) {
        for (const bool sameInstance : {true, false}) {
            const DatasetIndex found = one(parts.back(), wanted, [&](const Named& named) {
                return named.parts.size() == wanted.size() &&
                       isOn(m_estate.datasets[named.dataset.value], scope, sameInstance);
            });
            if (found.isValid())
                return found;
        }
    }
    return {};
}

DatasetIndex RelationNames::among(std::span<const DatasetIndex> near, const Parts& parts) const
{
    for (const bool anyCase : {true, false}) {
        DatasetIndex found;
        bool isSeveral = false;
        for (const DatasetIndex dataset : near) {
            const auto names = m_namesOf.find(dataset);
            const bool fits =
                names != m_namesOf.end() &&
                std::any_of(names->second.begin(), names->second.end(), [&](const Parts& whole) {
                    // The query may name a database that the dataset's name leaves out.
                    return endsWith(whole, parts, anyCase) ||
                           (whole.size() > 1 && endsWith(parts, whole, anyCase));
                });
            if (!fits)
                continue;
            isSeveral |= found.isValid() && found != dataset;
            found = dataset;
        }
        if (!isSeveral)
            return found;
    }
    return {};
}

DatasetIndex RelationNames::bySuffix(const Parts& parts, const RelationScope& scope) const
{
    for (const bool sameInstance : {true, false}) {
        const DatasetIndex found = one(parts.back(), parts, [&](const Named& named) {
            return isOn(m_estate.datasets[named.dataset.value], scope, sameInstance);
        });
        if (found.isValid())
            return found;
    }
    return {};
}

}  // namespace portolan
