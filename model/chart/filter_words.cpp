// SPDX-License-Identifier: Apache-2.0
#include "model/chart/filter_words.h"

#include "model/base/ascii_text.h"

#include <QString>

#include <algorithm>

namespace portolan {
namespace {

std::string folded(std::string_view text)
{
    const bool isAscii = std::all_of(text.begin(), text.end(),
                                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (isAscii)
        return lowerCase(text);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
        .toCaseFolded()
        .toStdString();
}

bool holds(std::string_view text, const std::string& wanted)
{
    return folded(text).find(wanted) != std::string::npos;
}

// "a \"b c\" -d" -> a, b c, -d. An open quote ends with the text: it is being typed.
std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    bool isQuoted = false;
    for (const char c : text) {
        if (c == '"') {
            isQuoted = !isQuoted;
        } else if (!isQuoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) {
            if (!word.empty())
                words.push_back(std::exchange(word, {}));
        } else {
            word += c;
        }
    }
    if (!word.empty())
        words.push_back(word);
    return words;
}

bool inRegions(const Chart& chart, const ChartNode& node, const std::string& wanted)
{
    for (int region = node.region; region >= 0;
         region = chart.regions[static_cast<std::size_t>(region)].parent) {
        if (holds(chart.regions[static_cast<std::size_t>(region)].title, wanted))
            return true;
    }
    return false;
}

bool inProducts(const ChartNode& node, const std::string& wanted)
{
    return std::any_of(node.products.begin(), node.products.end(),
                       [&](const ChartProduct& product) { return holds(product.name, wanted); });
}

bool inTerms(const ChartNode& node, const std::string& wanted)
{
    return std::any_of(node.terms.begin(), node.terms.end(),
                       [&](const std::string& term) { return holds(term, wanted); });
}

// The nearest region that says what kind of subdomain it is.
bool isKind(const Chart& chart, const ChartNode& node, const std::string& kind)
{
    for (int region = node.region; region >= 0;
         region = chart.regions[static_cast<std::size_t>(region)].parent) {
        const std::string& note = chart.regions[static_cast<std::size_t>(region)].note;
        if (!note.empty())
            return note == kind;
    }
    return false;
}

bool hasThing(const ChartNode& node, const std::string& thing)
{
    if (thing == "product")
        return !node.products.empty();
    if (!node.badge)
        return false;
    // The badge tells the worst severity alone.
    return thing == "finding" || (thing == "error" && node.badge->severity == Severity::Error) ||
           (thing == "warning" && node.badge->severity == Severity::Warning);
}

bool isPlace(std::string_view word)
{
    return isOneOf(word, " owner domain product term is has ");
}

}  // namespace

FilterWords::FilterWords(std::string_view text)
{
    for (std::string word : wordsOf(text)) {
        Term term;
        if (word.size() > 1 && word.front() == '-') {
            term.isWanted = false;
            word.erase(0, 1);
        }
        const std::size_t colon = word.find(':');
        if (colon != std::string::npos && isPlace(lowerCase(word.substr(0, colon)))) {
            term.place = lowerCase(word.substr(0, colon));
            word.erase(0, colon + 1);
        }
        term.text = folded(word);
        if (!term.text.empty())  // "owner:" is being typed
            m_terms.push_back(std::move(term));
    }
}

bool FilterWords::accepts(const Chart& chart, std::size_t node) const
{
    return std::all_of(m_terms.begin(), m_terms.end(), [&](const Term& term) {
        return finds(term, chart, chart.nodes[node]) == term.isWanted;
    });
}

std::vector<std::string> FilterWords::wanted() const
{
    std::vector<std::string> texts;
    for (const Term& term : m_terms) {
        if (term.place.empty() && term.isWanted)
            texts.push_back(term.text);
    }
    return texts;
}

bool FilterWords::finds(const Term& term, const Chart& chart, const ChartNode& node)
{
    if (term.place == "owner")
        return holds(node.secondary, term.text);
    if (term.place == "domain")
        return inRegions(chart, node, term.text);
    if (term.place == "product")
        return inProducts(node, term.text);
    if (term.place == "term")
        return inTerms(node, term.text);
    if (term.place == "has")
        return hasThing(node, term.text);
    if (term.place == "is") {
        return (term.text == "legacy" && node.isLegacy) ||
               (term.text == "mud" && node.isBigBallOfMud) || isKind(chart, node, term.text);
    }
    return holds(node.title, term.text) || holds(node.secondary, term.text) ||
           inRegions(chart, node, term.text) || inProducts(node, term.text) ||
           inTerms(node, term.text);
}

}  // namespace portolan
