// SPDX-License-Identifier: Apache-2.0
#include "model/estate/contradictions.h"

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace portolan {

namespace {

// What a thing may well have several of, and prose, which nobody writes twice alike.
bool mayBeSeveral(const Claim& claim)
{
    return claim.property.empty() || claim.property.ends_with('s') || claim.property == "tag" ||
           claim.property == "description" || claim.property == "product" ||
           // A system of one tool is an application of the other.
           (claim.about == ClaimAbout::Context && claim.property == "type") ||
           claim.property == "label" || claim.property == "same-as" || claim.property == "link";
}

std::string placeOf(const SourceSpan& span)
{
    if (span.line > 0)
        return span.file + ":" + std::to_string(span.line);
    return span.pointer.empty() ? span.file : span.file + " (" + span.pointer + ")";
}

}  // namespace

Problems contradictions(const Estate& estate)
{
    using Subject = std::tuple<ClaimAbout, std::string_view, std::string_view>;
    std::map<Subject, std::vector<const Claim*>> bySubject;
    for (const Claim& claim : estate.claims) {
        if (!mayBeSeveral(claim) && claim.evidence.source.isValid())
            bySubject[{claim.about, claim.subject, claim.property}].push_back(&claim);
    }
    Problems problems;
    for (const auto& [subject, claims] : bySubject) {
        const Claim& first = *claims.front();
        const SourceSpan firstPlace = places(estate, first.evidence).front().span;
        for (std::size_t i = 1; i < claims.size(); ++i) {
            const Claim& later = *claims[i];
            const SourceSpan place = places(estate, later.evidence).front().span;
            problems.push_back({Severity::Warning, "estate.contradiction",
                                "The " + later.property + " of the " +
                                    std::string(toString(later.about)) + " \"" + later.subject +
                                    "\" is \"" + later.value + "\" here, and \"" + first.value +
                                    "\" in " + placeOf(firstPlace) + ". Both are kept.",
                                place});
        }
    }
    return problems;
}

}  // namespace portolan
