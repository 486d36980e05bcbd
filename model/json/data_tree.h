// SPDX-License-Identifier: Apache-2.0
// One document (JSON or YAML) as a tree of values that knows where each of them stands in its text. Nothing is lost: numbers
// keep their spelling, duplicate keys stay (a look-up finds the last), order is the file's. Built by the readers, then read only.
#pragma once

#include "model/base/problem.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

class DataNode;

class DataTree {
public:
    enum class Kind : std::uint8_t { Null, Bool, Number, String, Array, Object };
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    // Offsets are bytes into text(). `start..end` is the value as written (quotes and brackets included); `keyStart..keyEnd` is
    // the member's key as written, and empty outside objects.
    struct Node {
        std::uint32_t start = 0;
        std::uint32_t end = 0;
        std::uint32_t keyStart = 0;
        std::uint32_t keyEnd = 0;
        std::uint32_t parent = none;
        std::uint32_t next = 0;   // the node after this one's subtree
        std::uint32_t count = 0;  // members or elements
        std::uint32_t decodedValue =
            none;  // into the decoded texts; none: the text between the quotes is the value
        std::uint32_t decodedKey = none;
        Kind kind = Kind::Null;
        bool isQuoted = false;  // YAML: a quoted or block scalar, which is always text
    };

    DataNode root() const;
    const std::string& file() const { return m_file; }
    const std::string& text() const { return m_text; }
    const std::vector<Node>& nodes() const { return m_nodes; }

    int firstLine() const { return m_firstLine; }

    // Line and column (from 1, in bytes) of an offset, counted from the line at which this document begins in its file.
    SourceSpan spanAt(std::uint32_t offset) const;

private:
    friend class DataNode;
    friend class DataTreeBuilder;

    std::string m_file;
    std::string m_text;
    int m_firstLine = 1;
    std::vector<Node> m_nodes;
    std::deque<std::string> m_decoded;
};

// A value in a DataTree: cheap to copy, valid while the tree lives and stays in its place. A look-up that finds nothing gives
// a missing node, on which every further look-up is missing too; so a path may be asked for without a check at each step.
class DataNode {
public:
    using Kind = DataTree::Kind;

    DataNode() = default;
    DataNode(const DataTree* tree, std::uint32_t index) : m_tree(tree), m_index(index) {}

    bool isMissing() const { return m_index == DataTree::none; }
    explicit operator bool() const { return !isMissing(); }
    Kind kind() const { return isMissing() ? Kind::Null : node().kind; }
    bool isNull() const { return kind() == Kind::Null; }  // also true when missing
    bool isObject() const { return kind() == Kind::Object; }
    bool isArray() const { return kind() == Kind::Array; }
    bool isString() const { return kind() == Kind::String; }

    DataNode operator[](
        std::string_view key) const;  // last member of that name; missing when this is no object
    DataNode at(std::string_view key) const { return (*this)[key]; }
    std::uint32_t size() const { return isMissing() ? 0 : node().count; }
    std::string_view key() const;  // empty outside objects

    // The value as text: strings decoded, scalars as spelt; empty for containers, null and missing nodes.
    std::string_view text() const;
    std::string string() const { return std::string(text()); }
    std::optional<bool> boolean() const;          // of a Bool only
    std::optional<std::int64_t> integer() const;  // of a Number that is an int64 exactly
    std::optional<double> number() const;         // of a Number that is finite as a double
    std::string_view raw() const;                 // as written in the file

    SourceSpan span() const;     // of the value, with its pointer
    SourceSpan keySpan() const;  // of the key where there is one
    std::string
    pointer() const;  // JSON pointer; its cost grows with depth and with the positions in arrays
    int line() const;

    const DataTree* tree() const { return m_tree; }
    std::uint32_t index() const { return m_index; }
    const DataTree::Node& node() const { return m_tree->m_nodes[m_index]; }
    DataNode parent() const;

    // Iterates the members or elements.
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = DataNode;
        using difference_type = std::ptrdiff_t;
        using pointer = const DataNode*;
        using reference = DataNode;

        Iterator(const DataTree* tree, std::uint32_t index, std::uint32_t left)
            : m_tree(tree), m_index(index), m_left(left)
        {
        }
        DataNode operator*() const { return {m_tree, m_index}; }
        Iterator& operator++();
        void operator++(int) { ++*this; }
        bool operator==(const Iterator& other) const { return m_left == other.m_left; }
        bool operator!=(const Iterator& other) const { return m_left != other.m_left; }

    private:
        const DataTree* m_tree;
        std::uint32_t m_index;
        std::uint32_t m_left;
    };
    Iterator begin() const { return {m_tree, m_index + 1, size()}; }
    Iterator end() const { return {m_tree, m_index, 0}; }

private:
    const DataTree* m_tree = nullptr;
    std::uint32_t m_index = DataTree::none;
};

// "object", "array", "string", "number", "true or false", "null": for messages.
std::string_view toString(DataTree::Kind kind);

// What readers build a tree with. Values are begun and ended in document order.
class DataTreeBuilder {
public:
    // Begins a new document in `tree`, whose memory is reused. Nodes refer into `text` by offset.
    DataTreeBuilder(DataTree& tree, std::string text, std::string file, int firstLine = 1);

    const std::string& text() const { return m_tree.m_text; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_tree.m_nodes.size()); }

    void key(std::uint32_t start, std::uint32_t end);  // of the value that comes next
    void key(std::uint32_t start, std::uint32_t end, std::string decoded);
    std::uint32_t scalar(DataTree::Kind kind, std::uint32_t start, std::uint32_t end,
                         bool isQuoted);
    std::uint32_t scalar(DataTree::Kind kind, std::uint32_t start, std::uint32_t end, bool isQuoted,
                         std::string decoded);
    std::uint32_t begin(DataTree::Kind kind, std::uint32_t start);  // an Array or Object
    void end(std::uint32_t end);  // the innermost one that is open
    int depth() const { return static_cast<int>(m_open.size()); }

    // Copies the finished value `index` as the next value: for YAML aliases. The caller counts what it costs.
    std::uint32_t copyOf(std::uint32_t index);

    // After an object was ended: reports keys that occur twice, with both lines, as warnings with this code.
    void reportDuplicateKeys(std::uint32_t object, std::string_view code, Problems& problems) const;

private:
    std::uint32_t add(DataTree::Node node);

    DataTree& m_tree;
    std::vector<std::uint32_t> m_open;
    DataTree::Node m_key;  // only its key fields are used
};

}  // namespace portolan
