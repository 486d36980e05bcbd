// SPDX-License-Identifier: Apache-2.0
// Instants as events spell them: with any zone or none, with any number of digits behind the second.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portolan {

struct EventTime {
    std::int64_t microseconds = 0;  // since 1970, UTC
    bool hasZone = true;            // false: taken as UTC
};

std::optional<EventTime> eventTimeFrom(std::string_view text);

// "2026-03-01T12:00:00.000Z": always as long, so that texts compare as instants do.
std::string eventTimeText(std::int64_t microseconds);

}  // namespace portolan
