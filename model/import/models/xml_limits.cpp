// SPDX-License-Identifier: Apache-2.0
#include "model/import/models/xml_limits.h"

#include <algorithm>

namespace portolan {

namespace {

constexpr int mostAttributes = 1'000;

// Goes from tag to tag. It need not tell what is well-formed: the reader stops at the first thing that is not.
class TagScan {
public:
    TagScan(std::string_view text, const Budget& budget) : m_text(text), m_budget(budget) {}

    std::optional<XmlExcess> run()
    {
        std::optional<XmlExcess> excess;
        for (m_at = m_text.find('<'); m_at < m_text.size() && !excess;
             m_at = m_text.find('<', m_at))
            excess = scanTag();
        return excess;
    }

private:
    std::optional<XmlExcess> scanTag()
    {
        const std::string_view rest = m_text.substr(m_at);
        if (rest.starts_with("<!--")) {
            passBehind("-->", 4);
        } else if (rest.starts_with("<![CDATA[")) {
            passBehind("]]>", 9);
        } else if (rest.starts_with("<?")) {
            passBehind("?>", 2);
        } else if (rest.starts_with("<!")) {
            return found("doctype", "The file has a document type declaration (expected none, "
                                    "because it can declare entities).");
        } else if (rest.starts_with("</")) {
            --m_depth;
            passBehind(">", 2);
        } else {
            return scanStart();
        }
        return {};
    }

    std::optional<XmlExcess> scanStart()
    {
        const std::size_t start = m_at;
        int attributes = 0;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '>'; ++m_at) {
            if (m_text[m_at] != '"' && m_text[m_at] != '\'')
                continue;
            m_at = std::min(m_text.find(m_text[m_at], m_at + 1), m_text.size() - 1);
            ++attributes;
        }
        const bool isEmpty = m_at > 0 && m_text[m_at - 1] == '/';
        if (attributes > mostAttributes) {
            m_at = start;
            return found("attributes", "An element has more than " +
                                           std::to_string(mostAttributes) + " attributes.");
        }
        if (!isEmpty && ++m_depth > m_budget.depth) {
            m_at = start;
            return found("depth", "Elements nest deeper than " + std::to_string(m_budget.depth) +
                                      " levels.");
        }
        return {};
    }

    void passBehind(std::string_view end, std::size_t from)
    {
        const std::size_t found = m_text.find(end, m_at + from);
        m_at = found == std::string_view::npos ? m_text.size() : found + end.size();
    }

    std::optional<XmlExcess> found(std::string code, std::string message) const
    {
        const std::string_view before = m_text.substr(0, m_at);
        return XmlExcess{std::move(code), std::move(message),
                         1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'))};
    }

    std::string_view m_text;
    const Budget& m_budget;
    std::size_t m_at = 0;
    int m_depth = 0;
};

}  // namespace

std::optional<XmlExcess> xmlExcess(std::string_view text, const Budget& budget)
{
    return TagScan(text, budget).run();
}

}  // namespace portolan
