// SPDX-License-Identifier: Apache-2.0
// The words of a filter field, read once and held against cards (chart_filter.h says the language).
#pragma once

#include "model/chart/chart.h"

#include <string>
#include <string_view>
#include <vector>

namespace portolan {

class FilterWords {
public:
    explicit FilterWords(std::string_view text);

    bool isEmpty() const { return m_terms.empty(); }
    bool accepts(const Chart& chart, std::size_t node) const;
    // What is wanted anywhere in a card, in small letters: to mark it where it stands.
    std::vector<std::string> wanted() const;

private:
    struct Term {
        std::string place;  // "owner", "is" ...; empty: anywhere
        std::string text;   // in small letters
        bool isWanted = true;
    };
    static bool finds(const Term& term, const Chart& chart, const ChartNode& node);

    std::vector<Term> m_terms;
};

}  // namespace portolan
