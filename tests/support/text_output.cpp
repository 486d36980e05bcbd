// SPDX-License-Identifier: Apache-2.0
#include "tests/support/text_output.h"

#include <QFile>

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

}  // namespace portolan::tests
