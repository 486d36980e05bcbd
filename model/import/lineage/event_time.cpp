// SPDX-License-Identifier: Apache-2.0
#include "model/import/lineage/event_time.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace portolan {

namespace {

constexpr std::int64_t microsPerSecond = 1'000'000;

class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    bool isAtEnd() const { return m_text.empty(); }
    char peek() const { return m_text.empty() ? '\0' : m_text.front(); }
    bool take(char c)
    {
        if (peek() != c)
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    // Exactly that many digits; -1 when there are not.
    int number(std::size_t digits)
    {
        if (m_text.size() < digits)
            return -1;
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (m_text[i] < '0' || m_text[i] > '9')
                return -1;
            value = value * 10 + (m_text[i] - '0');
        }
        m_text.remove_prefix(digits);
        return value;
    }
    // Digits behind the decimal sign, as microseconds; further ones are cut off.
    std::int64_t fraction()
    {
        std::int64_t value = 0;
        int digits = 0;
        for (; peek() >= '0' && peek() <= '9'; m_text.remove_prefix(1)) {
            if (digits < 6) {
                value = value * 10 + (peek() - '0');
                ++digits;
            }
        }
        for (; digits < 6; ++digits)
            value *= 10;
        return value;
    }

private:
    std::string_view m_text;
};

// The zone's distance from UTC in minutes; empty when there is something else.
std::optional<int> zoneOf(Scanner& scanner)
{
    if (scanner.take('Z') || scanner.take('z'))
        return 0;
    const bool isWest = scanner.peek() == '-';
    if (!scanner.take('+') && !scanner.take('-'))
        return std::nullopt;
    const int hours = scanner.number(2);
    scanner.take(':');
    const int minutes = scanner.isAtEnd() ? 0 : scanner.number(2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return std::nullopt;
    return (isWest ? -1 : 1) * (hours * 60 + minutes);
}

}  // namespace

std::optional<EventTime> eventTimeFrom(std::string_view text)
{
    Scanner scanner(text);
    const int year = scanner.number(4);
    const bool hasMonth = scanner.take('-');
    const int month = scanner.number(2);
    const bool hasDay = scanner.take('-');
    const int day = scanner.number(2);
    const bool hasTime = scanner.take('T') || scanner.take('t') || scanner.take(' ');
    const int hour = scanner.number(2);
    const bool hasMinute = scanner.take(':');
    const int minute = scanner.number(2);
    if (year < 0 || !hasMonth || !hasDay || !hasTime || hour < 0 || hour > 24 || !hasMinute ||
        minute < 0 || minute > 59)
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (month < 0 || day < 0 || !date.ok())
        return std::nullopt;
    int second = 0;
    std::int64_t fraction = 0;
    if (scanner.take(':')) {
        second = scanner.number(2);
        if (second < 0 || second > 60)
            return std::nullopt;
        if (scanner.take('.') || scanner.take(','))
            fraction = scanner.fraction();
    }
    EventTime time;
    time.hasZone = !scanner.isAtEnd();
    const std::optional<int> zone = time.hasZone ? zoneOf(scanner) : 0;
    if (!zone || !scanner.isAtEnd())
        return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t seconds = ((days * 24 + hour) * 60 + minute - *zone) * 60 + second;
    time.microseconds = seconds * microsPerSecond + fraction;
    return time;
}

std::string eventTimeText(std::int64_t microseconds)
{
    using namespace std::chrono;
    const sys_time<std::chrono::microseconds> instant{std::chrono::microseconds(microseconds)};
    const sys_days day = floor<days>(instant);
    const year_month_day date(day);
    const std::int64_t millis = duration_cast<milliseconds>(instant - day).count();
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()),
                  unsigned(date.month()), unsigned(date.day()), int(millis / 3'600'000),
                  int(millis / 60'000 % 60), int(millis / 1000 % 60), int(millis % 1000));
    return text.data();
}

}  // namespace portolan
