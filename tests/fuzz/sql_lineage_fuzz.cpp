// SPDX-License-Identifier: Apache-2.0
// Column lineage of SQL in every dialect: the first byte says which.
#include "model/sql/sql_lineage.h"

#include <cstdlib>

namespace {

class TwoTables : public portolan::SqlCatalog {
public:
    const std::vector<std::string>* columns(const portolan::SqlName& relation) const override
    {
        const std::string& name = relation.parts.back().text;
        return name == "t" ? &m_short : name == "w" ? &m_wide : nullptr;
    }

private:
    std::vector<std::string> m_short = {"a", "b", "c"};
    std::vector<std::string> m_wide = std::vector<std::string>(40, "d");
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto dialect = static_cast<portolan::SqlDialect>(data[0] % 10);
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    for (const portolan::SqlStatement& statement :
         portolan::sqlLineage(text, dialect, TwoTables())) {
        const auto check = [&](const portolan::SqlInput& input) {
            // An input of a relation that is not listed would be looked up out of bounds.
            if (input.relation >= statement.relations.size() || input.expression.size() > 500)
                std::abort();
        };
        for (const portolan::SqlInput& input : statement.influences)
            check(input);
        for (const portolan::SqlOutput& output : statement.outputs) {
            if (output.isComplete != output.whyNot.empty())
                std::abort();
            for (const portolan::SqlInput& input : output.inputs) {
                check(input);
                if (input.influence == portolan::SqlInfluence::Filter ||
                    input.influence == portolan::SqlInfluence::Join)
                    std::abort();
            }
        }
    }
    return 0;
}
