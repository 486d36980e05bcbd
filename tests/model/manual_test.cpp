// SPDX-License-Identifier: Apache-2.0
// Keeps the manual true: what it says of the rules and limits is what the program has, and its links lead somewhere.
#include "model/analysis/rules/context_map_rules.h"
#include "model/base/budget.h"
#include "tests/support/text_output.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <cstdint>

namespace portolan {
namespace {

const QString folder = QStringLiteral(PORTOLAN_SOURCE_DIR "/resources/manual/");

QString page(const QString& name)
{
    QFile file(folder + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no page: %s", qPrintable(name));
    return QString::fromUtf8(file.readAll());
}

QString section(const RuleDescription& rule)
{
    const auto text = [](std::string_view part) {
        return QString::fromUtf8(part.data(), qsizetype(part.size()));
    };
    return QStringLiteral("### ") + text(rule.title) + QStringLiteral("\n\n`") + text(rule.id) +
           QStringLiteral("`: ") + text(rule.why) + QStringLiteral("\nTo mend: ") +
           text(rule.mend) + u'\n';
}

QStringList pages()
{
    return QDir(folder).entryList({QStringLiteral("*.md")}, QDir::Files);
}

}  // namespace

class ManualTest : public QObject {
    Q_OBJECT

private slots:
    void saysEachRuleInTheRulesOwnWords()
    {
        const QString text = page(QStringLiteral("rules.md"));
        for (const RuleDescription& rule : contextMapRules())
            QVERIFY2(text.contains(section(rule)), qPrintable(section(rule)));
        QCOMPARE(text.count(QStringLiteral("### ")), qsizetype(contextMapRules().size()));
    }

    void saysTheLimitsThatHold()
    {
        const QString text = page(QStringLiteral("importing.md"));
        const Budget budget;
        const auto mebibytes = [](std::int64_t bytes) {
            return QStringLiteral("| %1 MiB").arg(bytes >> 20);
        };
        const auto grouped = [](std::int64_t number) {
            return QStringLiteral("| ") + QLocale(QLocale::English).toString(qlonglong(number));
        };
        for (const QString& limit :
             {QStringLiteral("| a JSON file ") + mebibytes(budget.jsonBytes),
              QStringLiteral("| a YAML file ") + mebibytes(budget.yamlBytes),
              QStringLiteral("| one line of events ") + mebibytes(budget.lineBytes),
              QStringLiteral("| one text value ") + mebibytes(budget.stringBytes),
              QStringLiteral("| nesting | %1 levels").arg(budget.depth),
              QStringLiteral("| values in a document | %1 million").arg(budget.nodes / 1'000'000),
              QStringLiteral("| values that YAML aliases add ") + grouped(budget.aliasNodes),
              QStringLiteral("| files in a folder ") + grouped(budget.folderFiles) +
                  QStringLiteral(", %1 folders deep").arg(budget.folderDepth),
              QStringLiteral("| listed problems of a source ") + grouped(budget.problemsPerSource),
              QStringLiteral("| time for a source | %1 minutes").arg(budget.fileSeconds / 60)})
            QVERIFY2(text.contains(limit), qPrintable(limit));
    }

    void linksLeadToPages()
    {
        const QRegularExpression link(QStringLiteral("\\]\\(([^)]*)\\)"));
        for (const QString& name : pages()) {
            auto links = link.globalMatch(page(name));
            while (links.hasNext()) {
                const QString target = links.next().captured(1);
                QVERIFY2(QFile::exists(folder + target),
                         qPrintable(name + QStringLiteral(" -> ") + target));
            }
        }
    }

    void everyPageIsInTheContents()
    {
        const QString contents = page(QStringLiteral("index.md"));
        for (const QString& name : pages()) {
            if (name != QStringLiteral("index.md"))
                QVERIFY2(contents.contains(u'(' + name + u')'), qPrintable(name));
        }
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ManualTest)
#include "manual_test.moc"
