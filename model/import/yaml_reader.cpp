// SPDX-License-Identifier: Apache-2.0
// Two steps for each document: libyaml's events become a flat list of items, checked against the budget while they come in; then
// the items are built into the tree, with aliases copied and merge keys applied. No step's cost grows faster than the budget allows.
#include "model/import/yaml_reader.h"

#include <yaml.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace portolan {

namespace {

using Kind = DataTree::Kind;

constexpr int deepest = 2000;  // our recursion goes as deep as the document

// A value as it came from the events, in document order.
struct Item {
    enum class Form : std::uint8_t { Scalar, Sequence, Mapping, Alias } form = Form::Scalar;
    bool isPlain = false;  // an unquoted scalar without a tag that makes it text
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint32_t next = 0;    // the item after this one's subtree
    std::uint32_t target = 0;  // of an alias
    std::string value;         // of a scalar
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isInteger(std::string_view text)
{
    if (!text.empty() && (text[0] == '-' || text[0] == '+'))
        text.remove_prefix(1);
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

bool isPrefixed(std::string_view text)
{
    if (text.size() < 3 || text[0] != '0')
        return false;
    const std::string_view digits = text[1] == 'o'   ? "01234567"
                                    : text[1] == 'x' ? "0123456789abcdefABCDEF"
                                                     : "";
    return text.substr(2).find_first_not_of(digits) == std::string_view::npos;
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool isFloat(std::string_view text)
{
    if (!text.empty() && (text[0] == '-' || text[0] == '+'))
        text.remove_prefix(1);
    if (text == ".inf" || text == ".Inf" || text == ".INF")
        return true;
    std::size_t at = 0;
    std::size_t digits = 0;
    while (at < text.size() && isDigit(text[at]))
        ++at, ++digits;
    if (at < text.size() && text[at] == '.') {
        ++at;
        while (at < text.size() && isDigit(text[at]))
            ++at, ++digits;
    }
    if (digits == 0)
        return false;
    if (at == text.size())
        return true;
    return (text[at] == 'e' || text[at] == 'E') && isInteger(text.substr(at + 1));
}

// The core schema of YAML 1.2, section 10.3.2.
Kind kindOfPlain(std::string_view text)
{
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
        return Kind::Null;
    if (text == "true" || text == "True" || text == "TRUE" || text == "false" || text == "False" ||
        text == "FALSE")
        return Kind::Bool;
    if (isInteger(text) || isPrefixed(text) || isFloat(text) || text == ".nan" || text == ".NaN" ||
        text == ".NAN")
        return Kind::Number;
    return Kind::String;
}

// libyaml counts characters; we count bytes.
class ByteOffsets {
public:
    explicit ByteOffsets(std::string_view text) : m_text(text)
    {
        const auto isAscii = [](char c) { return (c & 0x80) == 0; };
        m_asciiBytes = static_cast<std::size_t>(
            std::find_if_not(text.begin(), text.end(), isAscii) - text.begin());
        if (m_asciiBytes == text.size())
            return;
        std::size_t characters = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if ((text[i] & 0xC0) == 0x80)
                continue;
            if (characters++ % step == 0)
                m_steps.push_back(static_cast<std::uint32_t>(i));
        }
    }

    std::uint32_t of(std::size_t character) const
    {
        if (character <= m_asciiBytes)
            return static_cast<std::uint32_t>(character);
        if (m_steps.empty() || character / step >= m_steps.size())
            return static_cast<std::uint32_t>(m_text.size());
        std::size_t at = m_steps[character / step];
        for (std::size_t left = character % step; left > 0 && at < m_text.size(); --left) {
            ++at;
            while (at < m_text.size() && (m_text[at] & 0xC0) == 0x80)
                ++at;
        }
        return static_cast<std::uint32_t>(at);
    }

private:
    static constexpr std::size_t step = 64;
    std::string_view m_text;
    std::size_t m_asciiBytes = 0;  // up to there a character is a byte
    std::vector<std::uint32_t> m_steps;
};

struct Event {
    yaml_event_t event = {};
    ~Event() { yaml_event_delete(&event); }
};

std::string_view view(const yaml_char_t* text)
{
    return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

constexpr std::string_view coreTag = "tag:yaml.org,2002:";

}  // namespace

struct YamlDocuments::State {
    State(std::string documentText, std::string fileName, const Budget& limits, Problems& list)
        : text(std::move(documentText)), file(std::move(fileName)), budget(limits), problems(list),
          offsets(text)
    {
        yaml_parser_initialize(&parser);
        yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()),
                                     text.size());
    }
    ~State() { yaml_parser_delete(&parser); }

    int depthLimit() const { return std::min(budget.depth, deepest); }

    // Places.
    SourceSpan spanAt(std::uint32_t offset) const;
    tl::unexpected<Problem> failed(std::uint32_t offset, std::string code, std::string message);

    // Events to items.
    Result<bool> readItems();
    Result<> takeEvent(const yaml_event_t& event);
    Result<> addItem(const yaml_event_t& event, Item::Form form, const yaml_char_t* anchor,
                     const yaml_char_t* tag, bool isTagImplied);
    void finishContainer(std::uint32_t end);
    std::uint32_t startOf(const yaml_event_t& event, bool hasProperties) const;
    void noteTag(std::string_view tag, std::uint32_t offset);
    tl::unexpected<Problem> parserError();

    // Items to tree.
    Result<> build(DataTreeBuilder& builder, std::uint32_t item, int depth, bool isCopy);
    Result<> buildMapping(DataTreeBuilder& builder, std::uint32_t item, int depth, bool isCopy);
    void buildScalar(DataTreeBuilder& builder, const Item& item);
    struct Member {
        std::uint32_t key;
        std::uint32_t value;
        bool isMerged;
    };
    Result<> members(std::uint32_t mapping, std::vector<Member>& out, bool isMerged, int depth);
    Result<> mergeFrom(std::uint32_t value, std::vector<Member>& out, int depth);
    Result<> countCopies(std::uint32_t offset);
    std::uint32_t resolved(std::uint32_t item) const;
    bool isMergeKey(std::uint32_t key) const;
    std::string keyText(std::uint32_t key) const;
    void passKey(DataTreeBuilder& builder, std::uint32_t key);

    std::string text;
    std::string file;
    Budget budget;
    Problems& problems;
    ByteOffsets offsets;
    yaml_parser_t parser = {};
    bool isOver = false;

    // Of the document at hand.
    std::vector<Item> items;
    std::vector<std::uint32_t> open;
    std::unordered_map<std::string, std::uint32_t> anchors;
    std::set<std::string, std::less<>> tags;
    std::int64_t copies = 0;
    std::uint32_t base = 0;  // offset of the document's first line
    int firstLine = 1;
    std::uint32_t countedTo = 0;  // lines are counted up to this offset ...
    int linesCounted = 0;         // ... and this many there were
};

SourceSpan YamlDocuments::State::spanAt(std::uint32_t offset) const
{
    const std::string_view before = std::string_view(text).substr(0, offset);
    const std::size_t lineBreak = before.rfind('\n');
    SourceSpan span{file};
    span.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    span.column = static_cast<int>(before.size() -
                                   (lineBreak == std::string_view::npos ? 0 : lineBreak + 1)) +
                  1;
    return span;
}

tl::unexpected<Problem> YamlDocuments::State::failed(std::uint32_t offset, std::string code,
                                                     std::string message)
{
    isOver = true;
    return tl::unexpected(
        Problem{Severity::Error, std::move(code), std::move(message), spanAt(offset)});
}

tl::unexpected<Problem> YamlDocuments::State::parserError()
{
    const std::uint32_t offset = parser.error == YAML_READER_ERROR
                                     ? static_cast<std::uint32_t>(parser.problem_offset)
                                     : offsets.of(parser.problem_mark.index);
    std::string message = "Not YAML: ";
    if (parser.context)
        message += std::string(parser.context) + ", ";
    message += parser.problem ? parser.problem : "out of memory";
    return failed(std::min(offset, static_cast<std::uint32_t>(text.size())), "yaml.syntax",
                  message + ".");
}

Result<bool> YamlDocuments::State::readItems()
{
    items.clear();
    open.clear();
    anchors.clear();
    tags.clear();
    copies = 0;
    bool isInside = false;
    while (true) {
        Event event;
        if (!yaml_parser_parse(&parser, &event.event))
            return parserError();
        switch (event.event.type) {
        case YAML_STREAM_END_EVENT:
        case YAML_NO_EVENT:
            isOver = true;
            return false;
        case YAML_DOCUMENT_START_EVENT: {
            isInside = true;
            const std::uint32_t start = offsets.of(event.event.start_mark.index);
            const std::size_t lineBreak =
                start == 0 ? std::string::npos : text.rfind('\n', start - 1);
            base = lineBreak == std::string::npos ? 0 : static_cast<std::uint32_t>(lineBreak + 1);
            linesCounted +=
                static_cast<int>(std::count(text.begin() + countedTo, text.begin() + base, '\n'));
            countedTo = base;
            firstLine = linesCounted + 1;
            break;
        }
        case YAML_DOCUMENT_END_EVENT:
            return true;
        default:
            if (isInside) {
                if (const Result<> taken = takeEvent(event.event); !taken)
                    return tl::unexpected(taken.error());
            }
        }
    }
}

Result<> YamlDocuments::State::takeEvent(const yaml_event_t& event)
{
    switch (event.type) {
    case YAML_SCALAR_EVENT: {
        const auto& scalar = event.data.scalar;
        return addItem(event, Item::Form::Scalar, scalar.anchor, scalar.tag, scalar.plain_implicit);
    }
    case YAML_SEQUENCE_START_EVENT: {
        const auto& sequence = event.data.sequence_start;
        return addItem(event, Item::Form::Sequence, sequence.anchor, sequence.tag, true);
    }
    case YAML_MAPPING_START_EVENT: {
        const auto& mapping = event.data.mapping_start;
        return addItem(event, Item::Form::Mapping, mapping.anchor, mapping.tag, true);
    }
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        finishContainer(offsets.of(event.end_mark.index));
        return {};
    case YAML_ALIAS_EVENT: {
        const std::uint32_t at = offsets.of(event.start_mark.index);
        const std::string name(view(event.data.alias.anchor));
        const auto anchor = anchors.find(name);
        if (anchor == anchors.end())
            return failed(at, "yaml.unknown-alias", "There is no anchor \"" + name + "\" above.");
        if (std::find(open.begin(), open.end(), anchor->second) != open.end())
            return failed(at, "yaml.cycle",
                          "The alias \"" + name + "\" stands inside the value that it names.");
        if (const Result<> added = addItem(event, Item::Form::Alias, nullptr, nullptr, true);
            !added)
            return added;
        items.back().target = anchor->second;
        return {};
    }
    default:
        return {};
    }
}

Result<> YamlDocuments::State::addItem(const yaml_event_t& event, Item::Form form,
                                       const yaml_char_t* anchor, const yaml_char_t* tag,
                                       bool isTagImplied)
{
    const std::uint32_t start = startOf(event, anchor || tag);
    if (static_cast<std::int64_t>(items.size()) >= budget.nodes)
        return failed(start, "budget.nodes",
                      "The document has more than " + std::to_string(budget.nodes) + " values.");
    Item item;
    item.form = form;
    item.start = start;
    item.end = std::max(start, offsets.of(event.end_mark.index));
    item.next = static_cast<std::uint32_t>(items.size()) + 1;
    if (tag)
        noteTag(view(tag), start);
    if (form == Item::Form::Scalar) {
        const auto& scalar = event.data.scalar;
        if (static_cast<std::int64_t>(scalar.length) > budget.stringBytes)
            return failed(start, "budget.string",
                          "A text is longer than " + std::to_string(budget.stringBytes) +
                              " bytes.");
        item.value.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
        const bool isText = tag && (view(tag) == "!" || view(tag) == "tag:yaml.org,2002:str" ||
                                    view(tag) == "tag:yaml.org,2002:binary");
        item.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE && !isText;
        if (!isTagImplied && !isText && scalar.style != YAML_PLAIN_SCALAR_STYLE)
            item.isPlain = view(tag).starts_with(coreTag);  // !!int "3"
    }
    const auto index = static_cast<std::uint32_t>(items.size());
    items.push_back(std::move(item));
    if (anchor)
        anchors[std::string(view(anchor))] = index;
    if (form != Item::Form::Sequence && form != Item::Form::Mapping)
        return {};
    open.push_back(index);
    if (static_cast<int>(open.size()) > depthLimit())
        return failed(start, "budget.depth",
                      "The document is nested deeper than " + std::to_string(depthLimit()) +
                          " levels.");
    return {};
}

// A block collection's end mark stands at the next token; the value ends where its last part does.
void YamlDocuments::State::finishContainer(std::uint32_t end)
{
    const std::uint32_t index = open.back();
    open.pop_back();
    Item& item = items[index];
    item.next = static_cast<std::uint32_t>(items.size());
    const char opening = item.start < text.size() ? text[item.start] : '\0';
    const char closing = end > 0 && end <= text.size() ? text[end - 1] : '\0';
    const bool isFlow = (opening == '[' && closing == ']') || (opening == '{' && closing == '}');
    if (isFlow) {
        item.end = end;
        return;
    }
    item.end = item.start;
    for (std::size_t i = index + 1; i < items.size(); i = items[i].next)
        item.end = std::max(item.end, items[i].end);
}

// The event begins at its anchor or tag; the value stands behind them.
std::uint32_t YamlDocuments::State::startOf(const yaml_event_t& event, bool hasProperties) const
{
    std::size_t at = offsets.of(event.start_mark.index);
    const std::size_t end = offsets.of(event.end_mark.index);
    if (!hasProperties)
        return static_cast<std::uint32_t>(at);
    const auto isBlank = [&] { return std::strchr(" \t\r\n", text[at]) != nullptr; };
    while (at < text.size()) {
        if (text[at] == '&' || text[at] == '!') {
            while (at < text.size() && !isBlank())
                ++at;
        } else if (text[at] == '#') {
            at = std::min(text.find('\n', at), text.size());
        } else if (isBlank()) {
            ++at;
        } else {
            break;
        }
    }
    const bool isEmptyScalar = event.type == YAML_SCALAR_EVENT && event.data.scalar.length == 0 &&
                               event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return static_cast<std::uint32_t>(isEmptyScalar ? std::min(at, end) : at);
}

void YamlDocuments::State::noteTag(std::string_view tag, std::uint32_t offset)
{
    if (tag == "!" || tag.starts_with(coreTag) || !tags.emplace(tag).second)
        return;
    problems.push_back({Severity::Note, "yaml.tag",
                        "The tag \"" + std::string(tag) +
                            "\" is not known; the value is read as if "
                            "it had none.",
                        spanAt(offset)});
}

std::uint32_t YamlDocuments::State::resolved(std::uint32_t item) const
{
    return items[item].form == Item::Form::Alias ? items[item].target : item;
}

bool YamlDocuments::State::isMergeKey(std::uint32_t key) const
{
    return items[key].form == Item::Form::Scalar && items[key].isPlain && items[key].value == "<<";
}

// A key that is a list or a mapping is known by its spelling.
std::string YamlDocuments::State::keyText(std::uint32_t key) const
{
    const Item& item = items[resolved(key)];
    return item.form == Item::Form::Scalar ? item.value
                                           : text.substr(item.start, item.end - item.start);
}

Result<> YamlDocuments::State::countCopies(std::uint32_t offset)
{
    if (++copies <= budget.aliasNodes)
        return {};
    return failed(offset, "budget.aliases",
                  "The aliases of the document repeat more than " +
                      std::to_string(budget.aliasNodes) + " values.");
}

// The members of a mapping: its own, then those that it merges and does not have itself.
Result<> YamlDocuments::State::members(std::uint32_t mapping, std::vector<Member>& out,
                                       bool isMerged, int depth)
{
    std::vector<std::uint32_t> merges;
    for (std::uint32_t key = mapping + 1; key < items[mapping].next;) {
        const std::uint32_t value = items[key].next;
        const Item& valueItem = items[resolved(value)];
        if (isMergeKey(key) && valueItem.form != Item::Form::Scalar)
            merges.push_back(value);
        else
            out.push_back({key, value, isMerged});
        if (isMergeKey(key) && valueItem.form == Item::Form::Scalar)
            problems.push_back(
                {Severity::Warning, "yaml.merge-key",
                 "The merge key \"<<\" has no mapping as its value; it is kept as an "
                 "ordinary key.",
                 spanAt(items[key].start)});
        key = items[value].next;
        if (isMerged) {
            if (const Result<> counted = countCopies(items[mapping].start); !counted)
                return counted;
        }
    }
    for (const std::uint32_t value : merges) {
        if (const Result<> merged = mergeFrom(resolved(value), out, depth + 1); !merged)
            return merged;
    }
    return {};
}

Result<> YamlDocuments::State::mergeFrom(std::uint32_t value, std::vector<Member>& out, int depth)
{
    if (const Result<> counted = countCopies(items[value].start); !counted)
        return counted;
    if (depth > depthLimit())
        return failed(items[value].start, "budget.depth",
                      "Merge keys are nested deeper than " + std::to_string(depthLimit()) +
                          " levels.");
    if (items[value].form == Item::Form::Mapping)
        return members(value, out, true, depth);
    if (items[value].form != Item::Form::Sequence) {
        problems.push_back({Severity::Warning, "yaml.merge-key",
                            "A merge key names something that is no mapping; it is left out.",
                            spanAt(items[value].start)});
        return {};
    }
    for (std::uint32_t i = value + 1; i < items[value].next; i = items[i].next) {
        if (const Result<> merged = mergeFrom(resolved(i), out, depth + 1); !merged)
            return merged;
    }
    return {};
}

void YamlDocuments::State::buildScalar(DataTreeBuilder& builder, const Item& item)
{
    const Kind kind = item.isPlain ? kindOfPlain(item.value) : Kind::String;
    const std::string_view written =
        std::string_view(text).substr(item.start, item.end - item.start);
    const bool isQuoted = !item.isPlain;
    const bool isInQuotes = written.size() >= 2 && (written[0] == '"' || written[0] == '\'') &&
                            written.substr(1, written.size() - 2) == item.value;
    const std::uint32_t start = item.start - base;
    const std::uint32_t end = item.end - base;
    // What the tree would give as the text by itself needs no copy.
    if (isQuoted && kind == Kind::String ? isInQuotes : written == item.value)
        builder.scalar(kind, start, end, isQuoted);
    else
        builder.scalar(kind, start, end, isQuoted, item.value);
}

void YamlDocuments::State::passKey(DataTreeBuilder& builder, std::uint32_t key)
{
    const Item& item = items[key];
    const Item& meant = items[resolved(key)];
    if (meant.form != Item::Form::Scalar)
        problems.push_back({Severity::Warning, "yaml.complex-key",
                            "A key is a list or a mapping (expected text); its spelling is taken.",
                            spanAt(item.start)});
    builder.key(item.start - base, item.end - base, keyText(key));
}

Result<> YamlDocuments::State::buildMapping(DataTreeBuilder& builder, std::uint32_t item, int depth,
                                            bool isCopy)
{
    std::vector<Member> all;
    if (const Result<> listed = members(item, all, false, depth); !listed)
        return listed;
    const bool hasMerged = std::any_of(all.begin(), all.end(), [](auto& m) { return m.isMerged; });
    std::unordered_set<std::string> seen;
    const std::uint32_t index = builder.begin(Kind::Object, items[item].start - base);
    for (const Member& member : all) {
        if (hasMerged && !seen.insert(keyText(member.key)).second && member.isMerged)
            continue;
        passKey(builder, member.key);
        if (const Result<> built =
                build(builder, member.value, depth + 1, isCopy || member.isMerged);
            !built)
            return built;
    }
    builder.end(items[item].end - base);
    if (!isCopy)
        builder.reportDuplicateKeys(index, "yaml.duplicate-key", problems);
    return {};
}

Result<> YamlDocuments::State::build(DataTreeBuilder& builder, std::uint32_t item, int depth,
                                     bool isCopy)
{
    const bool isAlias = items[item].form == Item::Form::Alias;
    isCopy = isCopy || isAlias;
    if (isCopy) {
        if (const Result<> counted = countCopies(items[item].start); !counted)
            return counted;
    }
    item = resolved(item);
    const Item& value = items[item];
    if (value.form == Item::Form::Scalar) {
        buildScalar(builder, value);
        return {};
    }
    if (depth > depthLimit())
        return failed(value.start, "budget.depth",
                      "With its aliases the document is nested deeper than " +
                          std::to_string(depthLimit()) + " levels.");
    if (value.form == Item::Form::Mapping)
        return buildMapping(builder, item, depth, isCopy);
    builder.begin(Kind::Array, value.start - base);
    for (std::uint32_t i = item + 1; i < items[item].next; i = items[i].next) {
        if (const Result<> built = build(builder, i, depth + 1, isCopy); !built)
            return built;
    }
    builder.end(items[item].end - base);
    return {};
}

YamlDocuments::YamlDocuments(std::string text, std::string file, const Budget& budget,
                             Problems& problems)
    : m_state(std::make_unique<State>(std::move(text), std::move(file), budget, problems))
{
}

YamlDocuments::~YamlDocuments() = default;

Result<bool> YamlDocuments::next(DataTree& tree)
{
    State& state = *m_state;
    if (state.isOver)
        return false;
    if (static_cast<std::int64_t>(state.text.size()) > state.budget.yamlBytes)
        return state.failed(0, "budget.bytes",
                            "The document is longer than " +
                                std::to_string(state.budget.yamlBytes) + " bytes.");
    const Result<bool> isRead = state.readItems();
    if (!isRead || !*isRead)
        return isRead;
    std::uint32_t end = state.base;
    for (const Item& item : state.items)
        end = std::max(end, item.end);
    DataTreeBuilder builder(tree, state.text.substr(state.base, end - state.base), state.file,
                            state.firstLine);
    if (!state.items.empty()) {
        if (const Result<> built = state.build(builder, 0, 1, false); !built)
            return tl::unexpected(built.error());
    }
    return true;
}

}  // namespace portolan
