// SPDX-License-Identifier: Apache-2.0
// Changes to a JSON text that leave every other byte alone: values are replaced, members and elements put in and taken out, in the
// text's own way of writing (indentation, line ends, space after commas and colons, objects on one line or on many).
#pragma once

#include "model/json/data_tree.h"
#include "model/json/splice.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan {

// A value that is to be written.
struct JsonValue {
    enum class Kind { Scalar, Array, Object };
    Kind kind = Kind::Scalar;
    std::string spelling = "null";                           // of a scalar
    std::vector<std::pair<std::string, JsonValue>> members;  // elements have empty keys

    static JsonValue scalar(std::string spelling);
    static JsonValue text(std::string_view text);
    static JsonValue boolean(bool value);
    static JsonValue number(double value);  // shortest spelling; must be finite
    static JsonValue array(std::vector<JsonValue> elements = {});
    static JsonValue texts(const std::vector<std::string>& elements);
    static JsonValue object();
    JsonValue& add(std::string_view key, JsonValue value);  // to an object; answers this
    JsonValue& add(JsonValue element);                      // to an array
};

// How a text is written.
struct JsonStyle {
    std::string newline = "\n";
    std::string unit = "  ";  // one step of indentation
    std::string colon = ": ";
    std::string comma = ", ";  // on one line
    std::string padding;       // inside the braces of an object on one line

    static JsonStyle of(const DataTree& tree);
};

// Appends the value. `indentation` is that of the line it begins in; lists of scalars stay on one line where they fit in 100 columns.
void writeJson(std::string& out, const JsonValue& value, const JsonStyle& style,
               const std::string& indentation, bool isMultiline);

// Collects changes of one tree and makes splices of them. A change inside something that is removed or replaced is left out.
// The nodes are those of the tree, which must outlive this.
class JsonEdit {
public:
    explicit JsonEdit(const DataTree& tree) : m_tree(tree) {}

    void replace(DataNode value, JsonValue with);
    void remove(DataNode child);  // a member or an element
    void append(DataNode container, JsonValue element);
    // Puts a member into an object that has none of that key, next to its neighbours in `order`; a key that is not in it goes last.
    void insert(DataNode object, std::string_view key, JsonValue value,
                const std::vector<std::string_view>& order = {});
    // Replaces the member's value or inserts it.
    void set(DataNode object, std::string_view key, JsonValue value,
             const std::vector<std::string_view>& order = {});
    // Makes a list of strings equal to `elements`, keeping those that stay.
    void setTexts(DataNode array, const std::vector<std::string>& elements);

    // By rising offset, without overlaps.
    std::vector<Splice> splices() const;

private:
    struct Insertion {
        std::uint32_t after = 0;  // a child of the container; DataTree::none: at its beginning
        std::string key;
        JsonValue value;
    };
    struct Changes {
        std::set<std::uint32_t> removed;
        std::vector<Insertion> inserted;
    };

    bool isGone(std::uint32_t node) const;
    void spliceContainer(DataNode container, const Changes& changes,
                         std::vector<Splice>& splices) const;

    const DataTree& m_tree;
    std::map<std::uint32_t, JsonValue> m_replaced;
    std::map<std::uint32_t, Changes> m_changes;
};

}  // namespace portolan
