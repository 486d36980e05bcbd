// SPDX-License-Identifier: Apache-2.0
#include "tests/support/imported_text.h"

#include "tests/support/text_output.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

namespace portolan {

namespace {

ImportedText importedFrom(const FoundFile& file, const Budget& budget)
{
    ImportOptions options;
    options.budget = budget;
    Progress progress;
    const Result<ImportedSource> source = importFile(file, options, progress);
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

}  // namespace

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
    ImportedText imported = importedFrom(found, budget);
    file.remove();
    return imported;
}

ImportedText importData(const std::string& name)
{
    const std::string path = std::string(PORTOLAN_TEST_DATA) + "/" + name;
    return importedFrom({path, name, QFileInfo(QString::fromStdString(path)).size()}, {});
}

std::string leftOutText(const Estate& estate)
{
    std::string text;
    for (const Source& source : estate.sources) {
        for (const LeftOut& one : source.leftOut)
            text += (one.isUnresolved ? "? " : "") + one.name +
                    (one.times > 1 ? " (" + std::to_string(one.times) + ")" : "") + ": " +
                    one.reason + "\n";
    }
    return text;
}

std::string countsText(const Estate& estate)
{
    std::string text;
    for (const auto& [key, count] : countsOf(estate))
        text += (text.empty() ? "" : ", ") + key + " " + std::to_string(count);
    return text;
}

}  // namespace portolan
