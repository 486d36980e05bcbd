// SPDX-License-Identifier: Apache-2.0
#include "model/workspace/name_index.h"

#include "model/workspace/search.h"
#include "model/workspace/workspace.h"

#include <algorithm>
#include <future>
#include <optional>
#include <string>
#include <utility>

namespace portolan {
namespace {

constexpr std::uint32_t noPlace = UINT32_MAX;
constexpr std::size_t manyNames = 50'000;  // from here on a second thread is worth its start

// Texts one after the other.
struct PackedTexts {
    std::string text;
    std::vector<std::uint32_t> ends;

    void add(std::string_view more)
    {
        text += more;
        ends.push_back(static_cast<std::uint32_t>(text.size()));
    }
    std::string_view at(std::size_t number) const
    {
        const std::size_t begin = number == 0 ? 0 : ends[number - 1];
        return std::string_view(text).substr(begin, ends[number] - begin);
    }
    std::size_t bytes() const { return text.capacity() + ends.capacity() * sizeof(ends[0]); }
};

struct Entry {
    std::uint64_t letters = 0;
    std::uint32_t number = 0;       // in the estate's list of its kind; else in `few`
    std::uint32_t place = noPlace;  // in `places`
    EntityKind kind = EntityKind::Dataset;
};

// What scored, by number of entry.
struct Scored {
    double score = 0;
    std::uint32_t entry = 0;

    bool isBefore(const Scored& other) const
    {
        return score != other.score ? score > other.score : entry < other.entry;
    }
};

// The best few of many, at a cost of one comparison for the rest.
class Best {
public:
    explicit Best(std::size_t most) : m_most(most) {}

    double worst() const { return m_worst; }
    void add(const Scored& one)
    {
        m_kept.push_back(one);
        if (m_kept.size() >= 4 * m_most)
            cut();
    }
    std::vector<Scored> take()
    {
        cut();
        return std::move(m_kept);
    }

private:
    void cut()
    {
        if (m_kept.size() <= m_most)
            return;
        const auto isBefore = [](const Scored& a, const Scored& b) { return a.isBefore(b); };
        std::nth_element(m_kept.begin(), m_kept.begin() + static_cast<std::ptrdiff_t>(m_most - 1),
                         m_kept.end(), isBefore);
        m_kept.resize(m_most);
        m_worst = m_kept.back().score;
    }

    std::size_t m_most;
    double m_worst = -1e9;
    std::vector<Scored> m_kept;
};

// Kinds of which an estate has so many that they are found again by their number alone.
bool isMany(EntityKind kind)
{
    return kind == EntityKind::Dataset || kind == EntityKind::Column || kind == EntityKind::Field;
}

}  // namespace

struct NameIndex::Tables {
    EstatePtr estate;
    PackedTexts folded;
    PackedTexts originals;  // of the same bytes each, or empty where folding changes them
    std::vector<Entry> entries;
    PackedTexts places;           // folded
    std::vector<NamedThing> few;  // of the other kinds

    void read();
    Best scan(std::size_t begin, std::size_t end, const SearchWords& wanted,
              const std::vector<std::vector<bool>>& inPlace, bool isWeakWanted,
              std::size_t most) const;
    std::vector<Scored> best(const SearchWords& wanted, std::size_t most) const;
    void append(std::vector<SearchHit>& hits, const std::vector<Scored>& scored) const;
};

// Members of one thing share its place, which is most of the text: columns the key of their dataset.
void NameIndex::Tables::read()
{
    const Estate& facts = *estate;
    std::vector<std::uint32_t> placeOfDataset(facts.datasets.size(), noPlace);
    const auto placed = [&](std::string_view place) {
        places.add(foldedForSearch(place));
        return static_cast<std::uint32_t>(places.ends.size() - 1);
    };
    forEachNamed(facts, [&](const NamedThing& thing) {
        const std::string name = foldedForSearch(thing.name);
        folded.add(name);
        originals.add(name.size() == thing.name.size() ? thing.name : std::string_view());
        Entry entry{lettersOf(name), static_cast<std::uint32_t>(thing.index), noPlace, thing.kind};
        if (!isMany(thing.kind)) {
            entry.number = static_cast<std::uint32_t>(few.size());
            few.push_back(thing);
        }
        if (thing.kind == EntityKind::Column) {
            const std::uint32_t dataset = facts.columns[thing.index].dataset.value;
            if (placeOfDataset[dataset] == noPlace)
                placeOfDataset[dataset] = placed(thing.place());
            entry.place = placeOfDataset[dataset];
        } else if (const std::string place = thing.place(); !place.empty()) {
            entry.place = placed(place);
            if (thing.kind == EntityKind::Dataset)
                placeOfDataset[thing.index] = entry.place;
        }
        entries.push_back(entry);
    });
    folded.text.shrink_to_fit();
    originals.text.shrink_to_fit();
    places.text.shrink_to_fit();
}

Best NameIndex::Tables::scan(std::size_t begin, std::size_t end, const SearchWords& wanted,
                             const std::vector<std::vector<bool>>& inPlace, bool isWeakWanted,
                             std::size_t most) const
{
    Best found(most);
    for (std::size_t i = begin; i < end; ++i) {
        const Entry& entry = entries[i];
        const SearchName name{folded.at(i), originals.at(i), entry.letters};
        const double score = wanted.score(entry.kind, name, isWeakWanted, [&](std::size_t word) {
            return entry.place != noPlace && inPlace[word][entry.place];
        });
        if (score > found.worst())
            found.add({score, static_cast<std::uint32_t>(i)});
    }
    return found;
}

std::vector<Scored> NameIndex::Tables::best(const SearchWords& wanted, std::size_t most) const
{
    std::vector<std::vector<bool>> inPlace;
    const auto findPlaces = [&] {
        for (const std::string& word : wanted.words()) {
            std::vector<bool> found(places.ends.size(), false);
            for (std::size_t i = 0; i < found.size(); ++i)
                found[i] = places.at(i).find(word) != std::string_view::npos;
            inPlace.push_back(std::move(found));
        }
    };
    const auto scanAll = [&](bool isWeakWanted) {
        const std::size_t half = entries.size() < manyNames ? 0 : entries.size() / 2;
        std::future<std::vector<Scored>> first;
        if (half > 0)
            first = std::async(std::launch::async, [&] {
                return scan(0, half, wanted, inPlace, isWeakWanted, most).take();
            });
        std::vector<Scored> all =
            scan(half, entries.size(), wanted, inPlace, isWeakWanted, most).take();
        if (half > 0) {
            const std::vector<Scored> more = first.get();
            all.insert(all.end(), more.begin(), more.end());
        }
        return all;
    };
    // Of one word, what holds it beats whatever only has its letters or is in a place with it.
    std::vector<Scored> all;
    if (wanted.words().size() == 1)
        all = scanAll(false);
    if (all.size() < most) {
        findPlaces();
        all = scanAll(true);
    }
    std::sort(all.begin(), all.end(),
              [](const Scored& a, const Scored& b) { return a.isBefore(b); });
    if (all.size() > most)
        all.resize(most);
    return all;
}

void NameIndex::Tables::append(std::vector<SearchHit>& hits,
                               const std::vector<Scored>& scored) const
{
    for (const Scored& one : scored) {
        const Entry& entry = entries[one.entry];
        const NamedThing thing =
            isMany(entry.kind) ? namedThing(*estate, entry.kind, entry.number) : few[entry.number];
        hits.push_back(
            {{thing.kind, thing.id()}, std::string(thing.name), thing.place(), one.score});
    }
}

NameIndex::NameIndex(EstatePtr estate) : m_tables(std::make_unique<Tables>())
{
    m_tables->estate = std::move(estate);
    m_tables->read();
}

NameIndex::NameIndex(NameIndex&&) noexcept = default;
NameIndex& NameIndex::operator=(NameIndex&&) noexcept = default;
NameIndex::~NameIndex() = default;

const EstatePtr& NameIndex::estate() const
{
    return m_tables->estate;
}

std::size_t NameIndex::size() const
{
    return m_tables->entries.size();
}

std::size_t NameIndex::bytes() const
{
    const Tables& t = *m_tables;
    return t.folded.bytes() + t.originals.bytes() + t.places.bytes() +
           t.entries.capacity() * sizeof(Entry) + t.few.capacity() * sizeof(NamedThing);
}

std::vector<SearchHit> NameIndex::search(const ContextMap* map, std::string_view words,
                                         int limit) const
{
    const SearchWords wanted(words);
    std::vector<SearchHit> hits;
    if (wanted.isEmpty() || limit <= 0)
        return hits;
    if (map) {
        forEachNamed(*map, [&](const NamedThing& thing) {
            if (const std::optional<double> score =
                    wanted.score(thing.kind, thing.name, thing.place))
                hits.push_back(
                    {{thing.kind, thing.id()}, std::string(thing.name), thing.place(), *score});
        });
    }
    // A few more than asked for, as the same thing may come twice.
    m_tables->append(hits, m_tables->best(wanted, static_cast<std::size_t>(limit) * 4));
    return bestHits(std::move(hits), limit);
}

}  // namespace portolan
