// SPDX-License-Identifier: Apache-2.0
#include "model/import/schemas/schema_rules.h"

namespace portolan {

namespace {

constexpr std::size_t textMost = 1000;

void appendValue(const DataNode& value, std::string& text)
{
    if (value.isString())
        text += value.text();
    else
        text += value.raw().substr(0, textMost + 1);
}

}  // namespace

std::string ruleText(const DataNode& value)
{
    std::string text;
    if (value.isArray()) {
        for (const DataNode one : value) {
            if (text.size() > textMost)
                break;
            text += text.empty() ? "" : ", ";
            appendValue(one, text);
        }
    } else {
        appendValue(value, text);
    }
    if (text.size() <= textMost)
        return text;
    std::size_t end = textMost;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    text.resize(end);
    return text + "...";
}

void addSchemaRule(SchemaRule rule, const DataNode& where, ImportContext& context)
{
    Check check;
    check.contract = rule.contract;
    check.object = rule.object;
    check.field = rule.field;
    check.name = std::move(rule.name);
    check.type = "schema";
    check.expression = std::move(rule.expression);
    check.evidence = context.evidence(where);
    context.estate().check(std::move(check));
}

}  // namespace portolan
