// SPDX-License-Identifier: Apache-2.0
#include "tests/support/imported_text.h"

#include <QFile>
#include <QTemporaryDir>

namespace portolan {

std::string ImportedText::problemsText() const
{
    std::string text;
    for (const std::string& problem : problems)
        text += problem + "\n";
    return text;
}

ImportedText importText(const std::string& name, std::string_view text, Budget budget)
{
    static const QTemporaryDir folder;
    FoundFile found;
    // A new name each time: to overwrite a file makes some file systems wait for the disk.
    static int number = 0;
    found.path = folder.filePath(QString::number(++number)).toStdString();
    found.name = name;
    QFile file(QString::fromStdString(found.path));
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(text.data(), qint64(text.size())) != qint64(text.size()))
        qFatal("cannot write the test's file");
    file.close();
    ImportOptions options;
    options.budget = budget;
    Progress progress;
    const Result<ImportedSource> source = importFile(found, options, progress);
    file.remove();
    ImportedText imported;
    if (!source) {
        imported.estate = std::make_shared<const Estate>();
        imported.problems.push_back(toText(source.error()));
        return imported;
    }
    imported.estate = source->estate;
    imported.format = source->estate->sources[0].format;
    for (const Problem& problem : source->estate->sources[0].problems)
        imported.problems.push_back(toText(problem));
    return imported;
}

std::string countsText(const Estate& estate)
{
    std::string text;
    for (const auto& [key, count] : countsOf(estate))
        text += (text.empty() ? "" : ", ") + key + " " + std::to_string(count);
    return text;
}

}  // namespace portolan
