// SPDX-License-Identifier: Apache-2.0
#include "model/base/iso_time.h"

#include <array>
#include <chrono>
#include <ctime>

namespace portolan {

namespace {

constexpr std::size_t dateLength = 10;
constexpr std::int64_t secondsOfDay = 86'400;

// Takes parts from the front of a text; once one is not there, nothing more is right.
class Parts {
public:
    explicit Parts(std::string_view text) : m_text(text) {}

    int number(std::size_t digits, int least, int most)
    {
        int value = 0;
        m_isRight &= m_text.size() >= digits;
        for (std::size_t i = 0; m_isRight && i < digits; ++i) {
            m_isRight = m_text[i] >= '0' && m_text[i] <= '9';
            value = value * 10 + (m_text[i] - '0');
        }
        m_text.remove_prefix(m_isRight ? digits : 0);
        m_isRight &= value >= least && value <= most;
        return value;
    }
    bool takes(char character)
    {
        if (!m_isRight || !m_text.starts_with(character))
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    void expect(char character) { m_isRight &= takes(character); }
    void skipDigits()
    {
        while (!m_text.empty() && m_text.front() >= '0' && m_text.front() <= '9')
            m_text.remove_prefix(1);
    }
    bool isWhole() const { return m_isRight && m_text.empty(); }

private:
    std::string_view m_text;
    bool m_isRight = true;
};

std::int64_t offsetIn(Parts& parts)
{
    if (parts.takes('Z') || parts.takes('z'))
        return 0;
    const bool isEast = parts.takes('+');
    if (!isEast && !parts.takes('-'))
        return 0;
    const std::int64_t hours = parts.number(2, 0, 23);
    parts.takes(':');
    const std::int64_t offset = hours * 3600 + std::int64_t(parts.number(2, 0, 59)) * 60;
    return isEast ? offset : -offset;
}

}  // namespace

std::optional<std::int64_t> secondsOf(std::string_view time)
{
    Parts parts(time);
    const int year = parts.number(4, 0, 9999);
    parts.expect('-');
    const int month = parts.number(2, 1, 12);
    parts.expect('-');
    const int day = parts.number(2, 1, 31);
    std::int64_t seconds = 0;
    if (parts.takes('T') || parts.takes('t') || parts.takes(' ')) {
        seconds = std::int64_t(parts.number(2, 0, 23)) * 3600;
        parts.expect(':');
        seconds += std::int64_t(parts.number(2, 0, 59)) * 60;
        if (parts.takes(':'))
            seconds += parts.number(2, 0, 60);
        if (parts.takes('.') || parts.takes(','))
            parts.skipDigits();
        seconds -= offsetIn(parts);
    }
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(unsigned(month)),
                                           std::chrono::day(unsigned(day))};
    if (!parts.isWhole() || !date.ok())
        return {};
    return std::chrono::sys_days(date).time_since_epoch().count() * secondsOfDay + seconds;
}

std::optional<std::int64_t> lastSecondOf(std::string_view time)
{
    std::optional<std::int64_t> seconds = secondsOf(time);
    if (seconds && time.size() == dateLength)
        *seconds += secondsOfDay - 1;
    return seconds;
}

std::string timeNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts = {};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text = {};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

}  // namespace portolan
