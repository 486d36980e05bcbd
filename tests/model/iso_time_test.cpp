// SPDX-License-Identifier: Apache-2.0
// Dates and times as files and people write them, and what is none.
#include "model/base/iso_time.h"

#include <QDateTime>
#include <QTest>

namespace portolan {

class IsoTimeTest : public QObject {
    Q_OBJECT

private slots:
    void readsATime_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("seconds");  // -1: none
        const auto row = [](const char* text, qint64 seconds) {
            QTest::newRow(text) << QByteArray(text) << seconds;
        };
        row("1970-01-01", 0);
        row("2026-11-24", 1795478400);
        row("2026-11-24T10:30", 1795516200);
        row("2026-11-24 10:30:05", 1795516205);
        row("2026-11-24T10:30:05Z", 1795516205);
        row("2026-11-24T10:30:05.250Z", 1795516205);
        row("2026-11-24T12:30:05+02:00", 1795516205);
        row("2026-11-24T05:30:05-0500", 1795516205);
        row("2028-02-29", 1835395200);
        row("2026-02-29", -1);
        row("2026-13-01", -1);
        row("2026-11-24T24:00", -1);
        row("2026-11-24T10", -1);
        row("2026-11-24T10:30Zx", -1);
        row("24.11.2026", -1);
        row("now", -1);
        row("", -1);
    }
    void readsATime()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, seconds);
        QCOMPARE(qint64(secondsOf(text.toStdString()).value_or(-1)), seconds);
    }

    void aDateAloneEndsWithItsDay()
    {
        QCOMPARE(*lastSecondOf("2026-11-24"), *secondsOf("2026-11-24T23:59:59Z"));
        QCOMPARE(*lastSecondOf("2026-11-24T10:30"), *secondsOf("2026-11-24T10:30:00Z"));
        QVERIFY(!lastSecondOf("2026-1-1"));
    }

    void nowIsATime()
    {
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        const std::int64_t told = secondsOf(timeNow()).value_or(0);
        QVERIFY(told >= now - 1 && told <= now + 5);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::IsoTimeTest)
#include "iso_time_test.moc"
