// SPDX-License-Identifier: Apache-2.0
// Saving and reading whole files: what is on disk after each, and what is said. Failing system calls are in programs.save_faults.
#include "model/base/file_store.h"
#include "model/base/hash.h"

#include "tests/support/text_output.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

namespace portolan {

namespace {

void put(const std::string& path, std::string_view bytes)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(bytes.data(), static_cast<qint64>(bytes.size())) !=
            static_cast<qint64>(bytes.size()))
        qFatal("cannot write %s", path.c_str());
}

std::string bytesOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "(no file)";
}

std::string errorOf(const Result<>& result)
{
    return result ? "done" : toText(result.error());
}

std::string answerOf(const Result<std::string>& result)
{
    return result ? *result : toText(result.error());
}

mode_t modeOf(const std::string& path)
{
    struct stat status = {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

void makeOlder(const std::string& path, int seconds)
{
    const timeval then = {::time(nullptr) - seconds, 0};
    const timeval times[2] = {then, then};
    ::utimes(path.c_str(), times);
}

}  // namespace

class FileStoreTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string m_path;

    std::string at(const std::string& name) const
    {
        return m_folder.path().toStdString() + "/" + name;
    }
    std::string names() const
    {
        return QDir(m_folder.path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                       QDir::Name)
            .join(QLatin1Char(' '))
            .toStdString();
    }

private slots:
    void init()
    {
        m_folder = QTemporaryDir();
        QVERIFY(m_folder.isValid());
        m_path = at("map.json");
    }

    void makesAFileThatWasNotThere()
    {
        ::umask(022);
        QCOMPARE(errorOf(saveAtomically(m_path, "new")), "done");
        QCOMPARE(bytesOf(m_path), "new");
        QCOMPARE(modeOf(m_path), mode_t(0644));
        QCOMPARE(names(), "map.json");
    }

    void replacesAFileAndKeepsItsMode()
    {
        put(m_path, "old");
        ::chmod(m_path.c_str(), 0640);
        QCOMPARE(errorOf(saveAtomically(m_path, "new")), "done");
        QCOMPARE(bytesOf(m_path), "new");
        QCOMPARE(modeOf(m_path), mode_t(0640));
        QCOMPARE(names(), "map.json");
    }

    void savesEmptyAndLargeTexts_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {0, 1, 4096, 65537, 20 << 20})
            QTest::addRow("%d bytes", size) << size;
    }
    void savesEmptyAndLargeTexts()
    {
        QFETCH(int, size);
        const std::string bytes(static_cast<std::size_t>(size), 'x');
        put(m_path, "old");
        QCOMPARE(errorOf(saveAtomically(m_path, bytes)), "done");
        QVERIFY(bytesOf(m_path) == bytes);
    }

    void replacesTheTargetOfALinkAndNotTheLink()
    {
        put(at("real.json"), "old");
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("links")));
        QCOMPARE(::symlink("../real.json", at("links/one").c_str()), 0);
        QCOMPARE(::symlink("links/one", at("two").c_str()), 0);
        QCOMPARE(errorOf(saveAtomically(at("two"), "new")), "done");
        QCOMPARE(bytesOf(at("real.json")), "new");
        QCOMPARE(names(), "links real.json two");
        struct stat status = {};
        QCOMPARE(::lstat(at("two").c_str(), &status), 0);
        QVERIFY(S_ISLNK(status.st_mode));
    }

    void makesTheTargetOfADanglingLink()
    {
        QCOMPARE(::symlink("later.json", at("link").c_str()), 0);
        QCOMPARE(errorOf(saveAtomically(at("link"), "new")), "done");
        QCOMPARE(bytesOf(at("later.json")), "new");
    }

    void refusesALinkThatLeadsNowhere()
    {
        QCOMPARE(::symlink("round", m_path.c_str()), 0);
        QCOMPARE(::symlink("map.json", at("round").c_str()), 0);
        QCOMPARE(errorOf(saveAtomically(m_path, "new")),
                 m_path + ": error: Not saved: it is a link that leads nowhere. Nothing was "
                          "changed. [file.not-saved]");
    }

    void saysWhyAFolderOrPipeIsNotReplaced()
    {
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("map.json")));
        QCOMPARE(errorOf(saveAtomically(m_path, "new")),
                 m_path + ": error: Not saved: it is a folder. The file on disk is the old one, "
                          "unchanged. [file.not-saved]");
        QCOMPARE(::mkfifo(at("pipe").c_str(), 0600), 0);
        QCOMPARE(errorOf(saveAtomically(at("pipe"), "new")),
                 at("pipe") + ": error: Not saved: it is no regular file. The file on disk is the "
                              "old one, unchanged. [file.not-saved]");
        QCOMPARE(names(), "map.json pipe");
    }

    void saysThatAFolderIsMissing()
    {
        QCOMPARE(errorOf(saveAtomically(at("no/map.json"), "new")),
                 at("no/map.json") + ": error: Not saved: No such file or directory. There is "
                                     "still no file of this name on disk. [file.not-saved]");
    }

    void leavesAWriteProtectedFile()
    {
        put(m_path, "old");
        ::chmod(m_path.c_str(), 0444);
        ::chmod(m_folder.path().toUtf8().constData(), 0777);
        const uid_t user = ::geteuid();
        if (user == 0)  // who may write everything
            QCOMPARE(::seteuid(65534), 0);
        const Result<> saved = saveAtomically(m_path, "new");
        QCOMPARE(::seteuid(user), 0);
        QCOMPARE(errorOf(saved),
                 m_path + ": error: Not saved: it is write-protected. The file on disk is the old "
                          "one, unchanged. [file.not-saved]");
        QCOMPARE(bytesOf(m_path), "old");
    }

    void savesAFileWithTheLongestName()
    {
        const std::string path = at(std::string(255, 'n'));
        QCOMPARE(errorOf(saveAtomically(path, "new")), "done");
        QCOMPARE(bytesOf(path), "new");
    }

    void removesOnlyItsOwnOldLeftovers()
    {
        const std::string old = at(".map.json.portolan-0123456789abcdef.tmp");
        const std::string fresh = at(".map.json.portolan-fedcba9876543210.tmp");
        const std::string others = at(".other.json.portolan-0123456789abcdef.tmp");
        const std::string likeOne = at(".map.json.portolan-0123456789abcdeX.tmp");
        for (const std::string& path : {old, fresh, others, likeOne, m_path}) {
            put(path, "x");
            makeOlder(path, path == fresh ? 3600 : 90000);
        }
        removeOldLeftovers(m_path);
        QCOMPARE(names(), ".map.json.portolan-0123456789abcdeX.tmp "
                          ".map.json.portolan-fedcba9876543210.tmp "
                          ".other.json.portolan-0123456789abcdef.tmp map.json");
    }

    void knowsItsLeftoversByName()
    {
        QVERIFY(isLeftoverName(".map.json.portolan-0123456789abcdef.tmp"));
        QVERIFY(!isLeftoverName("map.json.portolan-0123456789abcdef.tmp"));
        QVERIFY(!isLeftoverName(".map.json.portolan-0123456789abcde.tmp"));
        QVERIFY(!isLeftoverName(".map.json.portolan-0123456789abcdeg.tmp"));
        QVERIFY(!isLeftoverName("map.json"));
    }

    void readsAFileUpToTheLimit()
    {
        put(m_path, "12345");
        QCOMPARE(answerOf(readFile(m_path, 5)), "12345");
        QCOMPARE(answerOf(readFile(m_path, 4)),
                 m_path + ": error: It is larger than the limit of 4 bytes. [file.too-large]");
        put(m_path, "");
        QCOMPARE(answerOf(readFile(m_path, 0)), "");
    }

    void readsFilesWhoseSizeIsNotSaid()
    {
        QVERIFY(answerOf(readFile("/proc/self/status", 1 << 20)).starts_with("Name:"));
        QVERIFY(answerOf(readFile("/proc/self/status", 10)).ends_with("[file.too-large]"));
    }

    void neverBlocksOnWhatIsNoFile()
    {
        QCOMPARE(::mkfifo(at("pipe").c_str(), 0600), 0);
        QCOMPARE(answerOf(readFile(at("pipe"), 10)),
                 at("pipe") + ": error: It is a pipe; a file was expected. [file.not-regular]");
        QCOMPARE(answerOf(readFile("/dev/zero", 10)),
                 "/dev/zero: error: It is no regular file. [file.not-regular]");
        QCOMPARE(answerOf(readFile(m_folder.path().toStdString(), 10)),
                 m_folder.path().toStdString() +
                     ": error: It is a folder; a file was expected. [file.not-regular]");
    }

    void followsLinksOnlyWhenAsked()
    {
        put(m_path, "text");
        QCOMPARE(::symlink("map.json", at("link").c_str()), 0);
        QCOMPARE(answerOf(readFile(at("link"), 10)), "text");
        QCOMPARE(answerOf(readFile(at("link"), 10, false)),
                 at("link") + ": error: It is a link, and links are not followed here. "
                              "[file.not-regular]");
    }

    void saysThatThereIsNoFile()
    {
        QCOMPARE(answerOf(readFile(m_path, 10)),
                 m_path + ": error: There is no such file. [file.not-found]");
    }

    void findsTheUsersFolders()
    {
        qputenv("HOME", "/home/someone");
        qputenv("XDG_STATE_HOME", "/state");
        qputenv("XDG_CONFIG_HOME", "relative/is/ignored");
        qunsetenv("XDG_CACHE_HOME");
        QCOMPARE(stateFolder(), "/state/portolan");
        QCOMPARE(configFolder(), "/home/someone/.config/portolan");
        QCOMPARE(cacheFolder(), "/home/someone/.cache/portolan");
    }

    void makesAPrivateFolderWithItsParents()
    {
        QCOMPARE(errorOf(makePrivateFolder(at("a/b/c"))), "done");
        QCOMPARE(errorOf(makePrivateFolder(at("a/b/c"))), "done");
        QCOMPARE(modeOf(at("a/b/c")), mode_t(0700));
        put(m_path, "x");
        QCOMPARE(errorOf(makePrivateFolder(m_path)),
                 m_path + ": error: The folder cannot be made: a file is in its place. "
                          "[file.no-folder]");
    }

    void hashesInOneOrManyPieces()
    {
        QCOMPARE(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        Sha256 hash;
        hash.add("a");
        hash.add("");
        hash.add("bc");
        QCOMPARE(hash.hex(), sha256("abc"));
        QCOMPARE(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    void hashesTheSameWithAndWithoutTheProcessorsHelp()
    {
        std::string bytes;
        for (int length = 0; length < 300; ++length) {
            bytes += static_cast<char>(length * 37 + length / 7);
            Sha256 fast;
            Sha256 slow = Sha256::withoutProcessorsHelp();
            // In two pieces, cut at another place for each length.
            const std::size_t cut = static_cast<std::size_t>(length * 13) % bytes.size();
            for (Sha256* hash : {&fast, &slow}) {
                hash->add(std::string_view(bytes).substr(0, cut));
                hash->add(std::string_view(bytes).substr(cut));
            }
            QCOMPARE(fast.hex(), slow.hex());
        }
        const std::string large(3'000'001, 'x');
        Sha256 slow = Sha256::withoutProcessorsHelp();
        slow.add(large);
        QCOMPARE(sha256(large), slow.hex());
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::FileStoreTest)
#include "file_store_test.moc"
