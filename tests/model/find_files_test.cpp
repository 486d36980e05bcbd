// SPDX-License-Identifier: Apache-2.0
// Every entry of a folder is found or listed, whatever it is, and none of them can make the walk wait.
#include "model/import/import.h"
#include "tests/support/text_output.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <fstream>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace portolan {

class FindFilesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string at(const std::string& name) const
    {
        return m_folder.path().toStdString() + "/" + name;
    }

    void write(const std::string& name)
    {
        std::ofstream file(at(name));  // the name is bytes, of whatever encoding
        file << 'x';
        QVERIFY(file.good());
    }

    FoundFiles find(Budget budget = {})
    {
        Progress progress;
        return findFiles({m_folder.path().toStdString()}, budget, progress);
    }

    static std::string names(const FoundFiles& found)
    {
        std::string text;
        for (const FoundFile& file : found.files)
            text += (text.empty() ? "" : " ") + file.name;
        return text;
    }

private slots:
    void init()
    {
        std::filesystem::remove_all(m_folder.path().toStdString());
        QVERIFY(QDir().mkpath(m_folder.path()));
    }

    void cleanup() { std::filesystem::remove_all(m_folder.path().toStdString()); }

    void findsFilesInByteOrder()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("b/c")));
        write("b/c/1.json");
        write("a.json");
        write("b/2.json");
        write("Z.json");
        const FoundFiles found = find();
        QCOMPARE(names(found), std::string("Z.json a.json b/2.json b/c/1.json"));
        QCOMPARE(tests::lines(found.skipped), std::string());
        QCOMPARE(found.files[0].bytes, 1);
    }

    void listsWhatIsNoFile()
    {
        write("a.json");
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("d/.git/objects")));
        write("d/.git/objects/x");
        QCOMPARE(::symlink(".", at("loop").c_str()), 0);
        QCOMPARE(::symlink("a.json", at("link.json").c_str()), 0);
        QCOMPARE(::symlink("nowhere", at("dangling").c_str()), 0);
        QCOMPARE(::mkfifo(at("pipe.json").c_str(), 0600), 0);
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        qstrncpy(address.sun_path, at("socket").c_str(), sizeof address.sun_path);
        QCOMPARE(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        const FoundFiles found = find();
        ::close(socket);
        QCOMPARE(names(found), std::string("a.json"));
        QCOMPARE(
            tests::lines(found.skipped),
            std::string("d/.git: note: This is a hidden folder. Skipped with all that is in it. "
                        "[file.hidden]\n"
                        "dangling: note: This is a link; links are not followed. Skipped. "
                        "[file.special]\n"
                        "link.json: note: This is a link; links are not followed. Skipped. "
                        "[file.special]\n"
                        "loop: note: This is a link; links are not followed. Skipped. "
                        "[file.special]\n"
                        "pipe.json: note: This is a named pipe. Skipped. [file.special]\n"
                        "socket: note: This is a socket. Skipped. [file.special]\n"));
    }

    void listsOneFileUnderTwoNamesOnce()
    {
        write("a.json");
        QCOMPARE(::link(at("a.json").c_str(), at("b.json").c_str()), 0);
        const FoundFiles found = find();
        QCOMPARE(names(found), std::string("a.json"));
        QCOMPARE(tests::lines(found.skipped),
                 std::string("b.json: note: The same file was met before under another name. "
                             "Skipped. [file.repeated]\n"));
    }

    void showsNamesThatAreNotUtf8()
    {
        write("caf\xE9.json");
        const FoundFiles found = find();
        QCOMPARE(names(found), std::string("caf\\xE9.json"));
        QCOMPARE(
            tests::lines(found.skipped),
            std::string("caf\\xE9.json: note: The name is not valid UTF-8. The file is read all "
                        "the same. [file.name]\n"));
        Progress progress;
        QVERIFY(importFile(found.files[0], {}, progress));
    }

    void listsWhatCannotBeRead()
    {
        if (::geteuid() == 0)
            QSKIP("the superuser reads everything");
        write("a.json");
        QCOMPARE(::chmod(at("a.json").c_str(), 0), 0);
        QCOMPARE(tests::lines(find().skipped),
                 std::string("a.json: warning: Cannot be read: Permission denied. "
                             "[file.unreadable]\n"));
    }

    void stopsAtDepthAndNumber()
    {
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("a/b/c/d")));
        write("a/b/1");
        write("a/b/c/2");
        Budget budget;
        budget.folderDepth = 3;
        const FoundFiles deep = find(budget);
        QCOMPARE(names(deep), std::string("a/b/1"));
        QCOMPARE(tests::lines(deep.skipped),
                 std::string("a/b/c: error: Folders are nested deeper than 3 levels. This one is "
                             "left out. [budget.folders]\n"));
        budget = {};
        budget.folderFiles = 2;
        QCOMPARE(tests::lines(find(budget).skipped),
                 std::string("a/b/1: error: There are more than 2 entries. This one and all after "
                             "it are left out. [budget.files]\n"));
    }

    void namesAPathThatIsNotThere()
    {
        Progress progress;
        const FoundFiles found = findFiles({"/no/such/place"}, {}, progress);
        QCOMPARE(tests::lines(found.skipped),
                 std::string("/no/such/place: error: There is no such file or folder. "
                             "[file.missing]\n"));
    }

    void doesNotWaitForAPipeThatIsNamed()
    {
        QCOMPARE(::mkfifo(at("pipe").c_str(), 0600), 0);
        Progress progress;
        const FoundFiles found = findFiles({at("pipe")}, {}, progress);
        QVERIFY(found.files.empty());
        QVERIFY(!importFile({at("pipe"), "pipe", 0}, {}, progress));
    }

    // Files of the system say size 0 and have something in them.
    void readsBySizeOfWhatComes()
    {
        Progress progress;
        const Result<ImportedSource> source =
            importFile({"/proc/self/status", "status", 0}, {}, progress);
        QVERIFY(source);
        QVERIFY(source->estate->sources[0].bytes > 0);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::FindFilesTest)
#include "find_files_test.moc"
