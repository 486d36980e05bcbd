// SPDX-License-Identifier: Apache-2.0
#include "model/import/schemas/protobuf_file.h"

#include <google/protobuf/compiler/parser.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <limits>

namespace portolan {

namespace {

namespace pb = google::protobuf;

constexpr int depthMost = 64;           // the library's parser has no limit of its own
constexpr std::size_t filesMost = 500;  // imports of imports

// How deep braces nest outside of comments and strings.
int braceDepth(std::string_view text)
{
    int depth = 0;
    int most = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '/' && i + 1 < text.size() && text[i + 1] == '/') {
            i = std::min(text.find('\n', i), text.size());
        } else if (c == '/' && i + 1 < text.size() && text[i + 1] == '*') {
            const std::size_t end = text.find("*/", i + 2);
            i = end == std::string_view::npos ? text.size() : end + 1;
        } else if (c == '"' || c == '\'') {
            for (++i; i < text.size() && text[i] != c && text[i] != '\n'; ++i) {
                if (text[i] == '\\')
                    ++i;
            }
        } else if (c == '{' || c == '<') {
            most = std::max(most, ++depth);
        } else if (c == '}' || c == '>') {
            depth = std::max(depth - 1, 0);
        }
    }
    return most;
}

class Errors : public pb::io::ErrorCollector {
public:
    Errors(const ProtobufFile& file, ImportContext& context) : m_file(file), m_context(context) {}

    void AddError(int line, pb::io::ColumnNumber column, const std::string& message) override
    {
        std::string told = "Not protobuf: " + message;
        if (!told.ends_with('.'))
            told += '.';
        told += " What could be read is kept.";
        Problem problem{Severity::Error, "protobuf.syntax", std::move(told)};
        problem.where.file = m_file.name.empty() ? m_context.name() : m_file.name;
        problem.where.line = line < 0 ? 0 : m_file.firstLine + line;
        problem.where.column = column < 0 ? 0 : column + 1;
        m_context.problem(std::move(problem));
    }
    void AddWarning(int, pb::io::ColumnNumber, const std::string&) override {}

private:
    const ProtobufFile& m_file;
    ImportContext& m_context;
};

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

// The position of the first statement: after blanks and comments.
std::size_t firstStatement(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size()) {
        if (isSpace(text[at])) {
            ++at;
        } else if (text.substr(at, 2) == "//") {
            at = std::min(text.find('\n', at), text.size());
        } else if (text.substr(at, 2) == "/*") {
            const std::size_t end = text.find("*/", at + 2);
            at = end == std::string_view::npos ? text.size() : end + 2;
        } else {
            break;
        }
    }
    return at;
}

// Debian's library knows no editions. Their grammar is proto3's as far as its parser checks it.
std::string withoutEdition(std::string_view text, std::string& edition)
{
    std::string whole(text);
    const std::size_t at = firstStatement(text);
    if (text.substr(at, 7) != "edition")
        return whole;
    const std::size_t open = text.find_first_of("\"'", at);
    const std::size_t end = text.find(';', at);
    if (open == std::string_view::npos || end == std::string_view::npos || open > end)
        return whole;
    const std::size_t close = text.find(text[open], open + 1);
    if (close == std::string_view::npos || close > end)
        return whole;
    edition = text.substr(open + 1, close - open - 1);
    whole.replace(open, close - open + 1, "\"proto3\"");
    whole.replace(at, 7, "syntax ");
    return whole;
}

std::string pathOf(const pb::SourceCodeInfo::Location& location)
{
    std::string path;
    for (const int step : location.path())
        path.append(reinterpret_cast<const char*>(&step), sizeof step);
    return path;
}

std::string trimmedText(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

bool isKnownToTheLibrary(std::string_view name)
{
    return name.starts_with("google/protobuf/");
}

}  // namespace

std::string protobufPath(std::string path, int field, int position)
{
    path.append(reinterpret_cast<const char*>(&field), sizeof field);
    path.append(reinterpret_cast<const char*>(&position), sizeof position);
    return path;
}

const pb::SourceCodeInfo::Location* ProtobufFile::location(const std::string& path) const
{
    const auto found = locations.find(path);
    return found == locations.end() ? nullptr : &proto.source_code_info().location(found->second);
}

int ProtobufFile::line(const std::string& path) const
{
    const pb::SourceCodeInfo::Location* found = location(path);
    return found && found->span_size() > 0 ? firstLine + found->span(0) : 0;
}

std::string ProtobufFile::comment(const std::string& path) const
{
    const pb::SourceCodeInfo::Location* found = location(path);
    if (!found)
        return {};
    const std::string leading = trimmedText(found->leading_comments());
    return leading.empty() ? trimmedText(found->trailing_comments()) : leading;
}

const ProtobufFile* ProtobufFiles::read(std::string_view text, int line)
{
    const ProtobufFile* file = add(text, {}, line);
    if (!file)
        return nullptr;
    for (std::size_t i = 0; i < m_files.size(); ++i)
        readImports(*m_files[i]);
    for (const std::unique_ptr<ProtobufFile>& one : m_files)
        index(*one);
    return file;
}

const ProtobufFile* ProtobufFiles::add(std::string_view text, std::string name, int line)
{
    auto file = std::make_unique<ProtobufFile>();
    file->name = std::move(name);
    file->firstLine = line;
    if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) ||
        braceDepth(text) > depthMost) {
        m_context.problem(
            {Severity::Error,
             "protobuf.depth",
             "The file nests deeper than " + std::to_string(depthMost) + " levels. It is not read.",
             {file->name.empty() ? m_context.name() : file->name}});
        return nullptr;
    }
    static const bool isSilent = [] {
        pb::SetLogHandler(nullptr);  // it would write to the standard error output
        return true;
    }();
    (void)isSilent;
    std::string edition;
    const std::string whole = withoutEdition(text, edition);
    Errors errors(*file, m_context);
    pb::io::ArrayInputStream stream(whole.data(), static_cast<int>(whole.size()));
    pb::io::Tokenizer tokenizer(&stream, &errors);
    pb::compiler::Parser parser;
    parser.RecordErrorsTo(&errors);
    parser.Parse(&tokenizer, &file->proto);
    if (!edition.empty())
        file->proto.set_syntax("edition " + edition);
    else
        file->proto.set_syntax(parser.GetSyntaxIdentifier());
    for (int i = 0; i < file->proto.source_code_info().location_size(); ++i)
        file->locations.emplace(pathOf(file->proto.source_code_info().location(i)), i);
    m_files.push_back(std::move(file));
    return m_files.back().get();
}

void ProtobufFiles::readImports(const ProtobufFile& file)
{
    for (int i = 0; i < file.proto.dependency_size(); ++i) {
        const std::string& import = file.proto.dependency(i);
        if (isKnownToTheLibrary(import) || m_imports.contains(import))
            continue;
        const std::string importer = file.name.empty() ? m_context.name() : file.name;
        const bool isFound = m_files.size() < filesMost && readImport(import, importer);
        m_imports[import] = isFound;
        if (!isFound)
            m_context.unresolvedAt(import, "no such file in the imported folder",
                                   file.name.empty() ? file.line(protobufPath({}, 3, i)) : 0);
    }
}

// An import is named from a root that nobody tells: the importing file's folder, or one above it.
bool ProtobufFiles::readImport(const std::string& import, const std::string& importer)
{
    const auto levels = std::count(importer.begin(), importer.end(), '/');
    std::string up;
    for (std::ptrdiff_t level = 0; level <= levels; ++level, up += "../") {
        const std::string relative = up + import;
        if (const Result<std::string> text = m_context.siblingText(relative, importer)) {
            std::string folder = importer.substr(0, importer.rfind('/') + 1);
            for (std::ptrdiff_t i = 0; i < level; ++i)
                folder.resize(folder.size() < 2 ? 0 : folder.rfind('/', folder.size() - 2) + 1);
            add(*text, folder + import, 1);
            return true;
        }
    }
    return false;
}

void ProtobufFiles::index(const ProtobufFile& file)
{
    const std::string& package = file.proto.package();
    const std::string scope = package.empty() ? "" : package + ".";
    for (int i = 0; i < file.proto.message_type_size(); ++i)
        index(file, file.proto.message_type(i), scope, protobufPath({}, 4, i));
    for (const pb::EnumDescriptorProto& one : file.proto.enum_type())
        m_enumerations.emplace(scope + one.name(), &one);
}

void ProtobufFiles::index(const ProtobufFile& file, const pb::DescriptorProto& message,
                          const std::string& scope, const std::string& path)
{
    const std::string name = scope + message.name();
    m_messages.emplace(name, ProtobufMessage{&file, &message, path, name});
    for (int i = 0; i < message.nested_type_size(); ++i)
        index(file, message.nested_type(i), name + ".", protobufPath(path, 3, i));
    for (const pb::EnumDescriptorProto& one : message.enum_type())
        m_enumerations.emplace(name + "." + one.name(), &one);
}

namespace {

// Innermost scope first; a leading dot begins at the root.
template <class Map>
auto inScopes(const Map& map, std::string_view name, std::string_view scope)
{
    if (name.starts_with('.'))
        return map.find(std::string(name.substr(1)));
    while (true) {
        const auto found = map.find(scope.empty() ? std::string(name)
                                                  : std::string(scope) + "." + std::string(name));
        if (found != map.end() || scope.empty())
            return found;
        const std::size_t dot = scope.rfind('.');
        scope = scope.substr(0, dot == std::string_view::npos ? 0 : dot);
    }
}

}  // namespace

const ProtobufMessage* ProtobufFiles::message(std::string_view name, std::string_view scope) const
{
    const auto found = inScopes(m_messages, name, scope);
    return found == m_messages.end() ? nullptr : &found->second;
}

const pb::EnumDescriptorProto* ProtobufFiles::enumeration(std::string_view name,
                                                          std::string_view scope) const
{
    const auto found = inScopes(m_enumerations, name, scope);
    return found == m_enumerations.end() ? nullptr : found->second;
}

}  // namespace portolan
