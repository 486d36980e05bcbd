// SPDX-License-Identifier: Apache-2.0
#include "app/portolanctl/output.h"

#include "model/json/json_reader.h"
#include "model/map/map_diff.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

namespace portolan::ctl {
namespace {

std::string visible(std::string_view text)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string shown;
    shown.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0;
        const bool isC1 = byte == 0xC2 && next >= 0x80 && next < 0xA0;
        if (byte >= 0x20 && byte != 0x7F && !isC1) {
            shown += text[i];
            continue;
        }
        const unsigned char code = isC1 ? static_cast<unsigned char>(text[++i]) : byte;
        shown += {'\\', 'x', digits[code >> 4], digits[code & 15]};
    }
    return shown;
}

// A number, where a program that reads the document gets what the file says; else its spelling.
Json numberOf(const DataNode& node)
{
    if (const std::optional<std::int64_t> integer = node.integer())
        return *integer;
    const std::string_view mantissa = node.text().substr(0, node.text().find_first_of("eE"));
    const auto digits = std::count_if(mantissa.begin(), mantissa.end(),
                                      [](char c) { return c >= '0' && c <= '9'; });
    if (const std::optional<double> number = node.number(); number && digits <= 15)
        return *number;
    return node.text();
}

}  // namespace

Json documentOf(std::string_view command)
{
    return Json{{"portolanctl", 1}, {"command", command}};
}

Json toJson(const Problem& problem)
{
    return Json{{"severity", toString(problem.severity)},
                {"code", problem.code},
                {"message", problem.message},
                {"path", problem.where.file},
                {"line", problem.where.line},
                {"column", problem.where.column},
                {"pointer", problem.where.pointer}};
}

Json toJson(const Problems& problems)
{
    Json list = Json::array();
    for (const Problem& problem : problems)
        list.push_back(toJson(problem));
    return list;
}

Json toJson(const Counts& counts)
{
    Json object = Json::object();
    for (const auto& [key, count] : counts) {
        if (count != 0)
            object[key] = count;
    }
    return object;
}

Json toJson(const DataNode& node)
{
    switch (node.kind()) {
    case DataNode::Kind::Null:
        return nullptr;
    case DataNode::Kind::Bool:
        return node.boolean().value_or(false);
    case DataNode::Kind::Number:
        return numberOf(node);
    case DataNode::Kind::String:
        return node.text();
    case DataNode::Kind::Array:
        break;
    case DataNode::Kind::Object: {
        Json object = Json::object();
        for (const DataNode member : node)
            object[std::string(member.key())] = toJson(member);
        return object;
    }
    }
    Json array = Json::array();
    for (const DataNode element : node)
        array.push_back(toJson(element));
    return array;
}

Json valueOf(const std::string& jsonText)
{
    DataTree tree;
    Problems problems;
    const Result<> done = readJson(tree, jsonText, {}, Budget(), problems);
    return done ? toJson(tree.root()) : Json(jsonText);
}

Json toJson(const MapChange& change)
{
    const auto value = [](const std::string& text) {
        return text.empty() ? Json() : valueOf(text);
    };
    return Json{
        {"kind", toString(change.kind)},
        {"subject", change.subject},
        {"earlierSubject", change.earlierSubject.empty() ? Json() : Json(change.earlierSubject)},
        {"name", change.name},
        {"pointer", change.pointer},
        {"before", value(change.before)},
        {"after", value(change.after)}};
}

void printJson(const Json& document)
{
    printBytes(document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

void printLine(std::string_view line)
{
    printBytes(visible(line) + "\n");
}

void printBytes(std::string_view bytes)
{
    std::fwrite(bytes.data(), 1, bytes.size(), stdout);
}

std::string toText(const Counts& counts)
{
    std::string text;
    for (const auto& [key, count] : counts) {
        if (count != 0)
            text += (text.empty() ? "" : ", ") + key + " " + std::to_string(count);
    }
    return text.empty() ? "nothing" : text;
}

void complain(std::string_view message)
{
    std::fprintf(stderr, "portolanctl: %s\n", visible(message).c_str());
}

Outcome notDone(std::string_view command, const Problem& problem, bool json)
{
    if (json) {
        Json document = documentOf(command);
        document["problems"] = toJson(Problems{problem});
        printJson(document);
    }
    complain(isCancelled(problem) ? "cancelled" : portolan::toText(problem));
    return isCancelled(problem) ? Outcome::Cancelled : Outcome::NotDone;
}

bool flushOutput()
{
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0)
        return true;
    complain(std::string("cannot write to standard output: ") + std::strerror(errno));
    return false;
}

}  // namespace portolan::ctl
