// SPDX-License-Identifier: Apache-2.0
#include "model/base/spelling.h"

#include <algorithm>
#include <string>

namespace portolan {
namespace {

std::string lowered(std::string_view word)
{
    std::string lower(word);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

// Optimal string alignment: insertions, deletions, replacements, and two neighbours swapped.
std::size_t slips(const std::string& a, const std::string& b)
{
    std::vector<std::size_t> older(b.size() + 1);
    std::vector<std::size_t> old(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        old[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = old[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, old[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], older[j - 2] + 1);
        }
        older.swap(old);
        old.swap(row);
    }
    return old[b.size()];
}

constexpr std::size_t longestWord = 64;

}  // namespace

std::string_view closestSpelling(std::string_view word, const std::vector<std::string_view>& known)
{
    std::string_view best;
    if (word.empty() || word.size() > longestWord)
        return best;
    const std::string lower = lowered(word);
    std::size_t fewest = word.size() <= 4 ? 2 : 3;
    for (const std::string_view candidate : known) {
        const std::size_t apart = candidate.size() > word.size() ? candidate.size() - word.size()
                                                                 : word.size() - candidate.size();
        if (candidate.empty() || candidate == word || apart >= fewest)
            continue;
        const std::size_t count = std::max<std::size_t>(1, slips(lower, lowered(candidate)));
        if (count < fewest && count < candidate.size()) {
            fewest = count;
            best = candidate;
        }
    }
    return best;
}

}  // namespace portolan
