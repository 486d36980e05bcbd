// SPDX-License-Identifier: Apache-2.0
// Imported folders are looked at: what changes in them is imported by itself, and only that.
#include "ui/session/session.h"
#include "ui/shell/estate_keeper.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

namespace portolan::ui {

class SourceWatchTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = std::make_unique<Session>();
        m_keeper = std::make_unique<EstateKeeper>(m_session.get());
        m_keeper->watch()->setInterval(20);
        write("a.odcs.yaml", "a");
        m_keeper->import({m_folder->path()});
        QTRY_COMPARE(contracts(), 1U);
    }

    void importsWhatIsNew()
    {
        write("b.odcs.yaml", "b");
        QTRY_COMPARE(contracts(), 2U);
        QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("a.odcs.yaml"))));
        QTRY_COMPARE(contracts(), 1U);
    }

    void importsWhatIsWrittenInPlace()
    {
        write("a.odcs.yaml", "other");
        QTRY_COMPARE(QString::fromStdString(m_session->observedEstate()->contracts[0].id),
                     QStringLiteral("other"));
    }

    void leavesTheFilesOfPortolanAlone()
    {
        QSignalSpy started(m_keeper.get(), &EstateKeeper::started);
        write("map.portolan.json", "x");
        write("work.portolan", "x");
        QTest::qWait(200);
        QCOMPARE(started.count(), 0);
    }

    void staysStillWhenTurnedOff()
    {
        m_keeper->setWatching(false);
        QSignalSpy started(m_keeper.get(), &EstateKeeper::started);
        write("b.odcs.yaml", "b");
        QTest::qWait(200);
        QCOMPARE(started.count(), 0);
        m_keeper->setWatching(true);
        QTRY_COMPARE(contracts(), 2U);  // what changed meanwhile counts, too
    }

private:
    void write(const char* name, const QByteArray& id)
    {
        QFile file(m_folder->filePath(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("apiVersion: v3.1.0\nkind: DataContract\nid: " + id +
                   "\nversion: 1.0.0\nstatus: active\n");
    }

    std::size_t contracts() const
    {
        return m_session->observedEstate() ? m_session->observedEstate()->contracts.size() : 0;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<EstateKeeper> m_keeper;
};

}  // namespace portolan::ui

QTEST_MAIN(portolan::ui::SourceWatchTest)
#include "source_watch_test.moc"
