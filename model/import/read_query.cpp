// SPDX-License-Identifier: Apache-2.0
#include "model/import/read_query.h"

#include <bit>
#include <charconv>
#include <cstring>
#include <limits>
#include <type_traits>

namespace portolan {

namespace {

// Numbers end with ';', texts have their length before them: "3:abc".
class Writer {
public:
    template <class Number>
    void number(Number& value)
    {
        m_text += std::to_string(static_cast<std::int64_t>(value));
        m_text += ';';
    }
    void wide(std::uint64_t& value)
    {
        m_text += std::to_string(value);
        m_text += ';';
    }
    void text(const std::string& value)
    {
        m_text += std::to_string(value.size());
        m_text += ':';
        m_text += value;
    }
    void flag(bool value) { m_text += value ? "1;" : "0;"; }
    template <class Things, class Visit>
    void list(Things& things, Visit visit)
    {
        m_text += std::to_string(things.size());
        m_text += ';';
        for (auto& thing : things)
            visit(thing);
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    template <class Number>
    void number(Number& value)
    {
        std::int64_t found = 0;
        value = read(found, ';') ? static_cast<Number>(found) : Number();
    }
    void wide(std::uint64_t& value) { read(value, ';'); }
    void text(std::string& value)
    {
        std::size_t size = 0;
        if (!read(size, ':') || size > m_text.size()) {
            m_isSound = false;
            return;
        }
        value = m_text.substr(0, size);
        m_text.remove_prefix(size);
    }
    void flag(bool& value)
    {
        int found = 0;
        number(found);
        value = found != 0;
    }
    template <class Things, class Visit>
    void list(Things& things, Visit visit)
    {
        std::size_t size = 0;
        if (!read(size, ';') || size > m_text.size()) {
            m_isSound = false;
            return;
        }
        for (std::size_t i = 0; i < size && m_isSound; ++i)
            visit(things.emplace_back());
    }
    bool isSound() const { return m_isSound; }
    bool isSoundEnd() const { return m_isSound && m_text.empty(); }

private:
    template <class Number>
    bool read(Number& value, char end)
    {
        const auto [place, error] =
            std::from_chars(m_text.data(), m_text.data() + m_text.size(), value);
        const auto size = static_cast<std::size_t>(place - m_text.data());
        m_isSound &= error == std::errc() && size < m_text.size() && m_text[size] == end;
        if (m_isSound)
            m_text.remove_prefix(size + 1);
        return m_isSound;
    }

    std::string_view m_text;
    bool m_isSound = true;
};

template <class Visitor>
void visitName(Visitor& v, SqlName& name)
{
    v.list(name.parts, [&](SqlName::Part& part) {
        v.text(part.text);
        v.flag(part.isQuoted);
    });
}

template <class Visitor>
void visitInput(Visitor& v, SqlInput& input)
{
    v.number(input.relation);
    v.text(input.column);
    v.number(input.influence);
    v.flag(input.isMasked);
    v.text(input.expression);
    v.number(input.line);
}

template <class Visitor>
void visitStatement(Visitor& v, SqlStatement& statement)
{
    v.number(statement.kind);
    bool hasTarget = statement.target.has_value();
    v.flag(hasTarget);
    if (hasTarget)
        visitName(v, statement.target ? *statement.target : statement.target.emplace());
    v.list(statement.relations, [&](SqlName& name) { visitName(v, name); });
    v.list(statement.outputs, [&](SqlOutput& output) {
        v.text(output.name);
        v.list(output.inputs, [&](SqlInput& input) { visitInput(v, input); });
        v.flag(output.isComplete);
        v.text(output.whyNot);
        v.number(output.line);
    });
    v.list(statement.influences, [&](SqlInput& input) { visitInput(v, input); });
    v.flag(statement.hasUnknownColumns);
    v.list(statement.notUnderstood, [&](SqlNotUnderstood& one) {
        v.text(one.construct);
        v.number(one.line);
    });
    v.number(statement.line);
}

template <class Visitor>
void visitQuery(Visitor& v, ReadQuery& query)
{
    v.list(query.statements, [&](SqlStatement& statement) { visitStatement(v, statement); });
    v.list(query.asked, [&](ReadQuery::Asked& asked) {
        visitName(v, asked.relation);
        v.wide(asked.columns);
    });
}

// Numbers lead to relations that are there, and choices are ones that are known.
bool holdsTogether(const ReadQuery& query)
{
    const auto isInput = [](const SqlStatement& statement, const SqlInput& input) {
        return input.relation < statement.relations.size() &&
               input.influence <= SqlInfluence::Window;
    };
    for (const SqlStatement& statement : query.statements) {
        bool isSound = statement.kind <= SqlStatementKind::Other;
        for (const SqlOutput& output : statement.outputs) {
            for (const SqlInput& input : output.inputs)
                isSound &= isInput(statement, input);
        }
        for (const SqlInput& input : statement.influences)
            isSound &= isInput(statement, input);
        if (!isSound)
            return false;
    }
    return true;
}

// Tells a decayed disk; no protection against a person.
std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = text.size();
    const auto add = [&hash](std::uint64_t word) {
        hash = std::rotl(hash ^ word, 29) * 0x9E3779B97F4A7C15ULL;
    };
    for (; text.size() >= 8; text.remove_prefix(8)) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), 8);
        add(word);
    }
    for (const char c : text)
        add(static_cast<unsigned char>(c));
    return hash;
}

}  // namespace

// With a hash before it, which tells a decayed disk.
std::string packed(const ReadQuery& query)
{
    Writer writer;
    ReadQuery copy = query;  // one description serves both ways
    visitQuery(writer, copy);
    const std::string body = writer.take();
    return std::to_string(hashOf(body)) + ";" + body;
}

std::optional<ReadQuery> readQueryFrom(std::string_view text)
{
    ReadQuery query;
    std::uint64_t hash = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hash);
    const auto size = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || size >= text.size() || text[size] != ';')
        return std::nullopt;
    text.remove_prefix(size + 1);
    if (hashOf(text) != hash)
        return std::nullopt;
    Reader reader(text);
    visitQuery(reader, query);
    if (!reader.isSoundEnd() || !holdsTogether(query))
        return std::nullopt;
    return query;
}

std::uint64_t hashOfColumns(const std::vector<std::string>& columns)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * 0x100000001B3ULL; };
    for (const std::string& column : columns) {
        for (const char c : column)
            add(static_cast<unsigned char>(c));
        add(0);
    }
    return hash == 0 ? 1 : hash;
}

}  // namespace portolan
