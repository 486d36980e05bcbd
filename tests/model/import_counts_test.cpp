// SPDX-License-Identifier: Apache-2.0
// What every real file of each format comes to (tests/data/import-counts.txt: file | format | counts). Operations, channels, fields, contexts
// and the like were compared with an independent reader's figures where there are such (figures.json); a change of any of them is seen here.
// Each file is read with its folder, so that what it refers to is followed.
#include "tests/support/imported_text.h"
#include "tests/support/text_output.h"

#include <QStringList>
#include <QtTest>

namespace portolan {

class ImportCountsTest : public QObject {
    Q_OBJECT

private slots:
    void comesToTheseCounts_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("counts");
        const QString rows = QString::fromStdString(tests::testData("import-counts.txt"));
        for (const QString& row : rows.split(u'\n', Qt::SkipEmptyParts)) {
            const QStringList parts = row.split(u'|');
            QTest::addRow("%s", qPrintable(parts[0])) << parts[0] << parts[1] << parts[2];
        }
    }

    void comesToTheseCounts()
    {
        QFETCH(QString, file);
        QFETCH(QString, format);
        QFETCH(QString, counts);
        const ImportedText imported = importData(file.toStdString());
        QCOMPARE(imported.format, format.toStdString());
        QCOMPARE(countsText(*imported.estate), counts.toStdString());
        for (const Problem& problem : imported.estate->sources[0].problems)
            QVERIFY2(problem.severity != Severity::Error ||
                         file.contains(QStringLiteral("v2.0/")) ||
                         file.contains(QStringLiteral("broken")),
                     qPrintable(QString::fromStdString(toText(problem))));
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::ImportCountsTest)
#include "import_counts_test.moc"
