// SPDX-License-Identifier: Apache-2.0
#include "model/import/text_decoding.h"

#include "model/json/json_reader.h"

#include <algorithm>

namespace portolan {

namespace {

constexpr std::string_view utf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16LittleMark = "\xFF\xFE";
constexpr std::string_view utf16BigMark = "\xFE\xFF";
constexpr std::string_view utf32LittleMark{"\xFF\xFE\0\0", 4};

Problem problemAt(std::string_view before, const std::string& file, std::string code,
                  std::string message)
{
    const std::size_t lineBreak = before.rfind('\n');
    const std::size_t lineStart = lineBreak == std::string_view::npos ? 0 : lineBreak + 1;
    SourceSpan where{file};
    where.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    where.column = 1 + static_cast<int>(before.size() - lineStart);
    return {Severity::Error, std::move(code), std::move(message), std::move(where)};
}

void appendUtf8(std::string& text, std::uint32_t code)
{
    if (code < 0x80) {
        text += static_cast<char>(code);
        return;
    }
    if (code < 0x800) {
        text += static_cast<char>(0xC0 | code >> 6);
    } else {
        if (code < 0x10000) {
            text += static_cast<char>(0xE0 | code >> 12);
        } else {
            text += static_cast<char>(0xF0 | code >> 18);
            text += static_cast<char>(0x80 | (code >> 12 & 0x3F));
        }
        text += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    }
    text += static_cast<char>(0x80 | (code & 0x3F));
}

Result<std::string> fromUtf16(std::string_view bytes, bool isLittle, const std::string& file)
{
    const auto unitAt = [&](std::size_t i) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const auto second = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<std::uint32_t>(isLittle ? first | second << 8 : first << 8 | second);
    };
    std::string text;
    text.reserve(bytes.size());
    for (std::size_t i = 2; i < bytes.size(); i += 2) {
        std::uint32_t code = i + 1 < bytes.size() ? unitAt(i) : 0xDC00;
        if (code >= 0xD800 && code < 0xDC00 && i + 3 < bytes.size() && unitAt(i + 2) >= 0xDC00 &&
            unitAt(i + 2) < 0xE000) {
            code = 0x10000 + ((code - 0xD800) << 10) + (unitAt(i + 2) - 0xDC00);
            i += 2;
        }
        if (code >= 0xD800 && code < 0xE000)
            return tl::unexpected(
                problemAt(text, file, "text.not-utf16",
                          "The bytes at offset " + std::to_string(i) + " are not valid UTF-16."));
        appendUtf8(text, code);
    }
    return text;
}

Result<std::string> withoutNul(std::string text, const std::string& file)
{
    const std::size_t nul = text.find('\0');
    if (nul == std::string::npos)
        return text;
    return tl::unexpected(
        problemAt(std::string_view(text).substr(0, nul), file, "text.nul",
                  "There is a NUL byte at offset " + std::to_string(nul) + "; expected text."));
}

}  // namespace

bool isUtf16(std::string_view bytes)
{
    return (bytes.starts_with(utf16LittleMark) && !bytes.starts_with(utf32LittleMark)) ||
           bytes.starts_with(utf16BigMark);
}

Result<std::string> decodeText(std::string bytes, const std::string& file)
{
    if (isUtf16(bytes)) {
        Result<std::string> text = fromUtf16(bytes, bytes.starts_with(utf16LittleMark), file);
        return text ? withoutNul(std::move(*text), file) : text;
    }
    if (const std::size_t bad = invalidUtf8(bytes); bad != std::string::npos)
        return tl::unexpected(
            problemAt(std::string_view(bytes).substr(0, bad), file, "text.not-utf8",
                      "The byte at offset " + std::to_string(bad) + " is not valid UTF-8."));
    if (bytes.starts_with(utf8Mark))
        bytes.erase(0, utf8Mark.size());
    return withoutNul(std::move(bytes), file);
}

}  // namespace portolan
