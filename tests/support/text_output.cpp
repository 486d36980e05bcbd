// SPDX-License-Identifier: Apache-2.0
#include "tests/support/text_output.h"

#include <QFile>

#include <algorithm>
#include <sstream>
#include <vector>

namespace QTest {

template <>
char* toString(const std::string& text)
{
    return qstrdup(text.c_str());
}

template <>
char* toString(const std::string_view& text)
{
    return qstrdup(std::string(text).c_str());
}

}  // namespace QTest

namespace portolan::tests {
namespace {

std::vector<std::string> linesOf(const std::string& text)
{
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

}  // namespace

std::string lines(const Problems& problems)
{
    std::string text;
    for (const Problem& problem : problems)
        text += toText(problem) + "\n";
    return text;
}

std::string testData(const std::string& name)
{
    QFile file(QString::fromStdString(std::string(PORTOLAN_TEST_DATA) + "/" + name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no test data: %s", name.c_str());
    return file.readAll().toStdString();
}

std::string lineDifference(const std::string& before, const std::string& after)
{
    const std::vector<std::string> a = linesOf(before);
    const std::vector<std::string> b = linesOf(after);
    std::vector<std::vector<int>> common(a.size() + 1, std::vector<int>(b.size() + 1, 0));
    for (std::size_t i = a.size(); i-- > 0;) {
        for (std::size_t j = b.size(); j-- > 0;)
            common[i][j] = a[i] == b[j] ? common[i + 1][j + 1] + 1
                                        : std::max(common[i + 1][j], common[i][j + 1]);
    }
    std::string text;
    const auto add = [&text](char sign, const std::string& line) {
        const std::size_t start = std::min(line.find_first_not_of(" \t"), line.size());
        text += sign + line.substr(start) + "\n";
    };
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            ++i;
            ++j;
        } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
            add('-', a[i++]);
        } else {
            add('+', b[j++]);
        }
    }
    return text;
}

}  // namespace portolan::tests
