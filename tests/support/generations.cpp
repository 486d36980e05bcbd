// SPDX-License-Identifier: Apache-2.0
#include "tests/support/generations.h"

#include <cstdlib>

namespace portolan::tests {

std::string generationText(int number)
{
    const std::string name = std::to_string(number);
    std::string text = name + "\n";
    for (int line = 0; line < 1000 + number % 7 * 500; ++line)
        text += "generation " + name + " line " + std::to_string(line) + "\n";
    return text + "end of " + name + "\n";
}

int generationOf(const std::string& text)
{
    const int number = std::atoi(text.c_str());
    return number > 0 && generationText(number) == text ? number : 0;
}

std::vector<std::pair<std::string, std::string>> generationSources(int number)
{
    std::vector<std::pair<std::string, std::string>> sources;
    for (const std::string file : {"a", "b", "c"}) {
        std::string text = "apiVersion: v3.1.0\nkind: DataContract\nid: " + file + "\nversion: '" +
                           std::to_string(number) + "'\nstatus: active\nschema:\n  - name: t\n" +
                           "    properties:\n";
        for (int i = 0; i < generationFields; ++i)
            text +=
                "      - name: " + generationField(number, i) + "\n        logicalType: string\n";
        sources.emplace_back(file + ".yaml", text);
    }
    return sources;
}

std::string generationField(int number, int field)
{
    return "g" + std::to_string(number) + "_f" + std::to_string(field);
}

std::vector<int> generationsIn(const Estate& estate)
{
    std::vector<int> numbers;
    for (const Contract& contract : estate.contracts) {
        const int number = std::atoi(contract.version.c_str());
        const bool hasTable = contract.objects.size() == 1;
        const std::vector<FieldIndex> fields =
            hasTable ? estate.objects[contract.objects.front().value].fields
                     : std::vector<FieldIndex>();
        bool isWhole = fields.size() == std::size_t(generationFields);
        for (std::size_t i = 0; isWhole && i < fields.size(); ++i)
            isWhole = estate.fields[fields[i].value].path == generationField(number, int(i));
        numbers.push_back(isWhole ? number : 0);
    }
    return numbers;
}

}  // namespace portolan::tests
