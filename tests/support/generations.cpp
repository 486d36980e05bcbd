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
        std::string text;
        for (int i = 0; i < generationDatasets; ++i) {
            const std::string name = "g" + std::to_string(number) + ".t" + std::to_string(i);
            text += R"({"eventType":"COMPLETE","eventTime":"2026-01-01T00:00:00Z",)"
                    R"("producer":"https://example.com/bench","run":{"runId":")" +
                    name + R"("},"job":{"namespace":")" + file + R"(","name":"load )" + name +
                    R"("},"inputs":[],"outputs":[{"namespace":"postgres://)" + file +
                    R"(:5432","name":")" + name +
                    R"(","facets":{"schema":{"fields":[{"name":"id","type":"int"}]}}}]})" + "\n";
        }
        sources.emplace_back(file + ".ndjson", text);
    }
    return sources;
}

}  // namespace portolan::tests
