// SPDX-License-Identifier: Apache-2.0
// Edits by which people accept where the map differs from what was observed, and take that back.
#include "model/map/edit_parts.h"

#include <algorithm>

namespace portolan {

using namespace edits;

namespace {

const AcceptedDrift* known(const ContextMap& map, const AcceptedDrift& accepted)
{
    const auto isSame = [&](const AcceptedDrift& one) {
        return one.kind == accepted.kind && one.subject == accepted.subject &&
               one.from == accepted.from && one.to == accepted.to;
    };
    const auto found = std::find_if(map.acceptedDrift.begin(), map.acceptedDrift.end(), isSame);
    return found == map.acceptedDrift.end() ? nullptr : &*found;
}

std::string aboutWhat(const MapDocument& document, const AcceptedDrift& accepted)
{
    if (!accepted.subject.empty())
        return accepted.subject;
    return nameOf(document, accepted.from) + " → " + nameOf(document, accepted.to);
}

bool isDay(std::string_view text)
{
    if (text.size() != 10)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isDash = i == 4 || i == 7;
        if (isDash ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    }
    const int month = (text[5] - '0') * 10 + (text[6] - '0');
    const int day = (text[8] - '0') * 10 + (text[9] - '0');
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

Result<> check(const AcceptedDrift& accepted)
{
    for (const std::string* text :
         {&accepted.subject, &accepted.from.text, &accepted.to.text, &accepted.by}) {
        if (const Result<> done = checkText(*text); !done)
            return done;
    }
    if (std::find(driftKindKeys.begin(), driftKindKeys.end(), accepted.kind) == driftKindKeys.end())
        return tl::unexpected(
            refused("edit.no-such-drift", "\"" + accepted.kind + "\" is no kind of drift."));
    if (accepted.subject.empty() && (accepted.from.isEmpty() || accepted.to.isEmpty()))
        return tl::unexpected(refused("edit.no-subject",
                                      "An acceptance is about a subject or between two contexts."));
    if (!accepted.until.empty() && !isDay(accepted.until))
        return tl::unexpected(refused("edit.no-day", "\"" + accepted.until +
                                                         "\" is no day; expected one such as "
                                                         "2027-03-31."));
    return {};
}

JsonValue valueOf(const AcceptedDrift& accepted, const std::string& reason)
{
    JsonValue value = JsonValue::object().add("kind", JsonValue::text(accepted.kind));
    const auto add = [&value](std::string_view key, const std::string& text) {
        if (!text.empty())
            value.add(key, JsonValue::text(text));
    };
    add("subject", accepted.subject);
    add("from", accepted.from.text);
    add("to", accepted.to.text);
    add("reason", reason);
    add("by", accepted.by);
    add("until", accepted.until);
    return value;
}

}  // namespace

Result<Edit> acceptDrift(const MapDocument& document, const AcceptedDrift& accepted)
{
    if (const Result<> done = check(accepted); !done)
        return tl::unexpected(done.error());
    const Result<std::string> reason = checkedName(accepted.reason);
    if (!reason)
        return tl::unexpected(refused("edit.no-reason",
                                      "Say why the difference is accepted: the reason is empty or "
                                      "cannot be written."));
    JsonEdit edit(document.tree());
    if (const AcceptedDrift* there = known(document.map(), accepted)) {
        const DataNode node(&document.tree(), there->where.node);
        setTextMember(edit, node, MapObject::AcceptedDrift, "reason", *reason);
        setTextMember(edit, node, MapObject::AcceptedDrift, "by", accepted.by);
        setTextMember(edit, node, MapObject::AcceptedDrift, "until", accepted.until);
    } else if (const Result<> done = appendTo(edit, document.tree().root(), MapObject::Map,
                                              "acceptedDrift", valueOf(accepted, *reason));
               !done) {
        return tl::unexpected(done.error());
    }
    return finish("Accept drift of " + aboutWhat(document, accepted), edit);
}

Result<Edit> withdrawAcceptance(const MapDocument& document, const AcceptedDrift& accepted)
{
    const AcceptedDrift* there = known(document.map(), accepted);
    if (!there)
        return tl::unexpected(
            refused("edit.no-such-thing",
                    "No drift is accepted of " + aboutWhat(document, accepted) + "."));
    JsonEdit edit(document.tree());
    edit.remove(DataNode(&document.tree(), there->where.node));
    return finish("Withdraw acceptance of " + aboutWhat(document, accepted), edit);
}

}  // namespace portolan
