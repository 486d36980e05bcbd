// SPDX-License-Identifier: Apache-2.0
// Dates and times as ISO 8601 writes them, read strictly and told in UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portolan {

// Seconds since 1970 of "2026-11-24", "2026-11-24T10:30", with seconds, parts of them, "Z" or an offset; without one it is UTC. A
// date alone is its first second. Empty: not one of these.
std::optional<std::int64_t> secondsOf(std::string_view time);
// A date alone is its last second here: "as of the 24th" has what came on that day.
std::optional<std::int64_t> lastSecondOf(std::string_view time);

// Now, as imports write it: "2026-11-24T10:30:00Z".
std::string timeNow();

}  // namespace portolan
