// SPDX-License-Identifier: Apache-2.0
#include "model/json/json_edit.h"

#include "model/json/json_reader.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace portolan {
namespace {

constexpr std::size_t widestLine = 100;

bool hasLineBreak(std::string_view text)
{
    return text.find('\n') != std::string_view::npos;
}

std::string_view between(const DataTree& tree, std::size_t start, std::size_t end)
{
    return std::string_view(tree.text()).substr(start, end - start);
}

// Where a member begins with its key, or an element with its value.
std::uint32_t startOf(DataNode child)
{
    return child.node().keyEnd > child.node().keyStart ? child.node().keyStart : child.node().start;
}

// What stands before a child: space after the bracket or the child before it, and the comma.
std::string_view gapBefore(DataNode child)
{
    const DataNode container = child.parent();
    std::uint32_t end = container.node().start + 1;
    for (const DataNode sibling : container) {
        if (sibling.index() == child.index())
            break;
        end = sibling.node().end;
    }
    return between(*child.tree(), end, startOf(child));
}

// The white space behind the last line break.
std::string indentationIn(std::string_view gap)
{
    const std::size_t lineBreak = gap.rfind('\n');
    if (lineBreak == std::string_view::npos)
        return {};
    const std::string_view rest = gap.substr(lineBreak + 1);
    return std::string(rest.substr(0, rest.find_first_not_of(" \t")));
}

std::string indentationOfLine(const DataTree& tree, std::uint32_t offset)
{
    const std::string_view text = tree.text();
    const std::size_t lineBreak = text.substr(0, offset).rfind('\n');
    std::size_t start = lineBreak == std::string_view::npos ? 0 : lineBreak + 1;
    if (start == 0 && text.starts_with("\xEF\xBB\xBF"))
        start = 3;
    const std::size_t end = text.find_first_not_of(" \t", start);
    return std::string(text.substr(start, std::min<std::size_t>(end, offset) - start));
}

// One step: how much further in the children of some container stand than the line it begins in.
std::optional<std::string> stepOf(const DataTree& tree)
{
    std::optional<std::string> step;
    for (std::uint32_t i = 0; i < tree.nodes().size() && !step; ++i) {
        const DataNode container(&tree, i);
        if (container.size() == 0 || !(container.isObject() || container.isArray()))
            continue;
        const std::string_view gap =
            between(tree, container.node().start + 1, startOf(*container.begin()));
        if (!hasLineBreak(gap))
            continue;
        const std::string outer = indentationOfLine(tree, container.node().start);
        const std::string inner = indentationIn(gap);
        if (inner.size() > outer.size() && inner.starts_with(outer))
            step = inner.substr(outer.size());
    }
    return step;
}

std::optional<std::string> colonOf(const DataNode member)
{
    if (member.isMissing() || member.node().keyEnd == member.node().keyStart)
        return std::nullopt;
    std::string colon(between(*member.tree(), member.node().keyEnd, member.node().start));
    if (hasLineBreak(colon))
        return std::nullopt;
    return colon;
}

bool isListOfScalars(const JsonValue& value)
{
    return value.kind == JsonValue::Kind::Array &&
           std::all_of(value.members.begin(), value.members.end(), [](const auto& member) {
               return member.second.kind == JsonValue::Kind::Scalar;
           });
}

void writeOnOneLine(std::string& out, const JsonValue& value, const JsonStyle& style)
{
    if (value.kind == JsonValue::Kind::Scalar) {
        out += value.spelling;
        return;
    }
    const bool isObject = value.kind == JsonValue::Kind::Object;
    const std::string padding = isObject && !value.members.empty() ? style.padding : std::string();
    out += (isObject ? "{" : "[") + padding;
    bool isFirst = true;
    for (const auto& [key, member] : value.members) {
        if (!isFirst)
            out += style.comma;
        isFirst = false;
        if (isObject)
            out += jsonString(key) + style.colon;
        writeOnOneLine(out, member, style);
    }
    out += padding + (isObject ? "}" : "]");
}

// Puts a new child's text together, for a container with or without others.
class ChildWriter {
public:
    ChildWriter(DataNode container, JsonStyle style)
        : m_container(container), m_style(std::move(style)), m_children(children(container))
    {
        if (!m_children.empty() && container.isObject()) {
            if (const std::optional<std::string> colon = colonOf(m_children.back()))
                m_style.colon = *colon;
        }
        for (const DataNode child : m_children) {
            if (child.isObject() && child.size() > 0)
                m_lastObject = child;
            else if (child.isArray() && child.size() > 0)
                m_lastArray = child;
        }
    }

    // What parts a new child from the one before it (the `position`-th, counted from 0).
    std::string separator(std::size_t position) const
    {
        if (m_children.size() >= 2) {
            const std::size_t next = std::min(position + 1, m_children.size() - 1);
            return std::string(gapBefore(m_children[next]));
        }
        const std::string gap(gapBefore(m_children.front()));
        return hasLineBreak(gap) ? "," + gap : m_style.comma;
    }

    std::string child(const std::string& key, const JsonValue& value, std::string_view gap) const
    {
        return child(key, value, hasLineBreak(gap), indentationIn(gap));
    }

    std::string child(const std::string& key, const JsonValue& value, bool isOnOwnLine,
                      const std::string& indentation) const
    {
        JsonStyle style = m_style;
        bool isMultiline = isOnOwnLine;
        if (m_container.isArray()) {
            const DataNode like = lastLike(value);
            if (like && !hasLineBreak(like.raw())) {
                isMultiline = false;
                style.padding = std::string(
                    between(*like.tree(), like.node().start + 1, startOf(*like.begin())));
                if (like.isObject())
                    style.colon = colonOf(*like.begin()).value_or(style.colon);
            }
        }
        std::string out = m_container.isObject() ? jsonString(key) + style.colon : std::string();
        writeJson(out, value, style, indentation, isMultiline);
        return out;
    }

    const JsonStyle& style() const { return m_style; }

    static std::vector<DataNode> children(DataNode container)
    {
        std::vector<DataNode> all;
        for (const DataNode child : container)
            all.push_back(child);
        return all;
    }

private:
    // The last element of the same kind tells how a new one is to be written.
    DataNode lastLike(const JsonValue& value) const
    {
        if (value.kind == JsonValue::Kind::Scalar)
            return {};
        return value.kind == JsonValue::Kind::Object ? m_lastObject : m_lastArray;
    }

    DataNode m_container;
    JsonStyle m_style;
    std::vector<DataNode> m_children;
    DataNode m_lastObject;
    DataNode m_lastArray;
};

}  // namespace

JsonValue JsonValue::scalar(std::string spelling)
{
    JsonValue value;
    value.spelling = std::move(spelling);
    return value;
}

JsonValue JsonValue::text(std::string_view text)
{
    return scalar(jsonString(text));
}

JsonValue JsonValue::boolean(bool value)
{
    return scalar(value ? "true" : "false");
}

JsonValue JsonValue::number(double value)
{
    char spelling[64];
    const auto [end, error] = std::to_chars(spelling, spelling + sizeof spelling,
                                            value == 0 ? 0.0 : value);  // -0 is 0
    return scalar(error == std::errc() ? std::string(spelling, end) : std::string("0"));
}

JsonValue JsonValue::array(std::vector<JsonValue> elements)
{
    JsonValue value;
    value.kind = Kind::Array;
    for (JsonValue& element : elements)
        value.members.emplace_back(std::string(), std::move(element));
    return value;
}

JsonValue JsonValue::texts(const std::vector<std::string>& elements)
{
    JsonValue value = array();
    for (const std::string& element : elements)
        value.add(text(element));
    return value;
}

JsonValue JsonValue::object()
{
    JsonValue value;
    value.kind = Kind::Object;
    return value;
}

JsonValue& JsonValue::add(std::string_view key, JsonValue value)
{
    members.emplace_back(std::string(key), std::move(value));
    return *this;
}

JsonValue& JsonValue::add(JsonValue element)
{
    members.emplace_back(std::string(), std::move(element));
    return *this;
}

JsonStyle JsonStyle::of(const DataTree& tree)
{
    JsonStyle style;
    const std::string& text = tree.text();
    if (const std::size_t at = text.find('\n');
        at != std::string::npos && at > 0 && text[at - 1] == '\r')
        style.newline = "\r\n";
    style.unit = stepOf(tree).value_or(style.unit);
    if (const DataNode root = tree.root(); root.isObject() && root.size() > 0) {
        style.colon = colonOf(*root.begin()).value_or(style.colon);
        const bool isTight = style.colon.back() == ':';
        style.comma = isTight ? "," : ", ";
    }
    return style;
}

void writeJson(std::string& out, const JsonValue& value, const JsonStyle& style,
               const std::string& indentation, bool isMultiline)
{
    if (!isMultiline || value.kind == JsonValue::Kind::Scalar || value.members.empty()) {
        writeOnOneLine(out, value, style);
        return;
    }
    if (isListOfScalars(value)) {
        const std::size_t before = out.size();
        writeOnOneLine(out, value, style);
        const std::size_t lineBreak = out.rfind('\n', before);
        const std::size_t column =
            lineBreak == std::string::npos ? indentation.size() + before : before - lineBreak - 1;
        if (column + out.size() - before <= widestLine)
            return;
        out.resize(before);
    }
    const bool isObject = value.kind == JsonValue::Kind::Object;
    const std::string inner = indentation + style.unit;
    out += isObject ? '{' : '[';
    bool isFirst = true;
    for (const auto& [key, member] : value.members) {
        out += (isFirst ? "" : ",") + style.newline + inner;
        isFirst = false;
        if (isObject)
            out += jsonString(key) + style.colon;
        writeJson(out, member, style, inner, true);
    }
    out += style.newline + indentation + (isObject ? '}' : ']');
}

void JsonEdit::replace(DataNode value, JsonValue with)
{
    m_replaced[value.index()] = std::move(with);
}

void JsonEdit::remove(DataNode child)
{
    m_changes[child.parent().index()].removed.insert(child.index());
}

void JsonEdit::append(DataNode container, JsonValue element)
{
    std::uint32_t last = DataTree::none;
    for (const DataNode child : container)
        last = child.index();
    m_changes[container.index()].inserted.push_back({last, {}, std::move(element)});
}

void JsonEdit::insert(DataNode object, std::string_view key, JsonValue value,
                      const std::vector<std::string_view>& order)
{
    std::uint32_t after = DataTree::none;
    for (const DataNode member : object)
        after = member.index();
    const auto place = std::find(order.begin(), order.end(), key);
    if (place != order.end() && object.size() > 0) {
        auto earlier =
            std::find_if(std::make_reverse_iterator(place), order.rend(),
                         [&](std::string_view known) { return !object[known].isMissing(); });
        if (earlier != order.rend()) {
            after = object[*earlier].index();
        } else if (const auto later = std::find_if(
                       place, order.end(),
                       [&](std::string_view known) { return !object[known].isMissing(); });
                   later != order.end()) {
            after = DataTree::none;
            for (const DataNode member : object) {
                if (member.key() == *later)
                    break;
                after = member.index();
            }
        }
    }
    m_changes[object.index()].inserted.push_back({after, std::string(key), std::move(value)});
}

void JsonEdit::set(DataNode object, std::string_view key, JsonValue value,
                   const std::vector<std::string_view>& order)
{
    if (const DataNode member = object[key])
        replace(member, std::move(value));
    else
        insert(object, key, std::move(value), order);
}

void JsonEdit::setTexts(DataNode array, const std::vector<std::string>& elements)
{
    // The longest common subsequence stays. Lists of a map are short.
    const std::vector<DataNode> old = ChildWriter::children(array);
    std::vector<std::vector<std::size_t>> common(old.size() + 1,
                                                 std::vector<std::size_t>(elements.size() + 1, 0));
    const auto isSame = [&](std::size_t i, std::size_t j) {
        return old[i].isString() && old[i].text() == elements[j];
    };
    for (std::size_t i = old.size(); i-- > 0;) {
        for (std::size_t j = elements.size(); j-- > 0;)
            common[i][j] = isSame(i, j) ? common[i + 1][j + 1] + 1
                                        : std::max(common[i + 1][j], common[i][j + 1]);
    }
    Changes changes;
    std::uint32_t after = DataTree::none;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < old.size() || j < elements.size()) {
        if (i < old.size() && j < elements.size() && isSame(i, j)) {
            after = old[i++].index();
            ++j;
        } else if (i < old.size() &&
                   (j == elements.size() || common[i + 1][j] >= common[i][j + 1])) {
            changes.removed.insert(old[i++].index());
        } else {
            changes.inserted.push_back({after, {}, JsonValue::text(elements[j++])});
        }
    }
    if (!changes.removed.empty() || !changes.inserted.empty())
        m_changes[array.index()] = std::move(changes);
}

bool JsonEdit::isGone(std::uint32_t node) const
{
    // Whether something around it is replaced or removed.
    for (std::uint32_t at = node;;) {
        const std::uint32_t parent = m_tree.nodes()[at].parent;
        if (parent == DataTree::none)
            return false;
        const auto changes = m_changes.find(parent);
        if (changes != m_changes.end() && changes->second.removed.count(at) > 0)
            return true;
        if (m_replaced.count(parent) > 0)
            return true;
        at = parent;
    }
}

void JsonEdit::spliceContainer(DataNode container, const Changes& changes,
                               std::vector<Splice>& splices) const
{
    const ChildWriter writer(container, JsonStyle::of(m_tree));
    const std::vector<DataNode> children = ChildWriter::children(container);
    const std::size_t count = children.size();
    std::vector<bool> stays(count);
    std::size_t firstStaying = count;
    for (std::size_t i = count; i-- > 0;) {
        stays[i] = changes.removed.count(children[i].index()) == 0;
        if (stays[i])
            firstStaying = i;
    }

    if (firstStaying == count) {
        const DataTree::Node& node = container.node();
        if (changes.inserted.empty()) {
            splices.push_back({node.start + 1u, node.end - node.start - 2u, {}});
            return;
        }
        const JsonValue& sample = changes.inserted.front().value;
        const DataNode parent = container.parent();
        const bool isOnOwnLine = !parent.isMissing() && hasLineBreak(gapBefore(container));
        std::string gap;
        std::string closing;
        std::string separator;
        std::size_t start = node.start + 1u;
        std::size_t end = node.end - 1u;
        if (count > 0) {
            gap = gapBefore(children.front());
            start = startOf(children.front());
            end = children.back().node().end;
            separator = writer.separator(0);
        } else if (isOnOwnLine &&
                   (container.isObject() || sample.kind == JsonValue::Kind::Object)) {
            const std::string outer = indentationOfLine(m_tree, node.start);
            gap = writer.style().newline + outer + writer.style().unit;
            closing = writer.style().newline + outer;
            separator = "," + gap;
        } else {
            separator = writer.style().comma;
        }
        std::string text = count > 0 ? std::string() : gap;
        bool isFirst = true;
        for (const Insertion& insertion : changes.inserted) {
            if (!isFirst)
                text += separator;
            isFirst = false;
            text += writer.child(insertion.key, insertion.value, gap);
        }
        splices.push_back({start, end - start, text + closing});
        return;
    }

    // Insertions go behind the nearest child before them that stays, else before the first that stays.
    std::map<std::size_t, std::string> behind;
    std::string front;
    // Many at the same place, as when something is pasted, look for it once.
    const Insertion* last = nullptr;
    std::optional<std::size_t> anchor;
    std::string separator;
    for (const Insertion& insertion : changes.inserted) {
        if (!last || last->after != insertion.after) {
            anchor.reset();
            for (std::size_t i = 0; i < count && insertion.after != DataTree::none; ++i) {
                if (stays[i] && children[i].index() <= insertion.after)
                    anchor = i;
            }
            separator = writer.separator(anchor.value_or(0));
            last = &insertion;
        }
        if (anchor)
            behind[*anchor] += separator + writer.child(insertion.key, insertion.value, separator);
        else
            front += writer.child(insertion.key, insertion.value, separator) + separator;
    }
    for (const auto& [before, text] : behind)
        splices.push_back({children[before].node().end, 0, text});
    if (!front.empty())
        splices.push_back({startOf(children[firstStaying]), 0, front});

    for (std::size_t i = 0; i < count;) {
        if (stays[i]) {
            ++i;
            continue;
        }
        std::size_t next = i;
        while (next < count && !stays[next])
            ++next;
        const std::size_t start = next < count ? startOf(children[i]) : children[i - 1].node().end;
        const std::size_t end =
            next < count ? startOf(children[next]) : children[next - 1].node().end;
        splices.push_back({start, end - start, {}});
        i = next;
    }
}

std::vector<Splice> JsonEdit::splices() const
{
    std::vector<Splice> splices;
    const JsonStyle style = JsonStyle::of(m_tree);
    for (const auto& [index, value] : m_replaced) {
        const DataNode old(&m_tree, index);
        if (isGone(index))
            continue;
        std::string text;
        writeJson(text, value, style, indentationOfLine(m_tree, old.node().start),
                  index == 0 || hasLineBreak(gapBefore(old)));
        if (text != old.raw())
            splices.push_back({old.node().start, old.raw().size(), std::move(text)});
    }
    for (const auto& [index, changes] : m_changes) {
        if (!isGone(index) && m_replaced.count(index) == 0)
            spliceContainer(DataNode(&m_tree, index), changes, splices);
    }
    // An insertion comes before a removal at the same place.
    std::stable_sort(splices.begin(), splices.end(), [](const Splice& a, const Splice& b) {
        return std::pair(a.offset, a.length > 0) < std::pair(b.offset, b.length > 0);
    });
    return splices;
}

}  // namespace portolan
