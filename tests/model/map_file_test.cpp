// SPDX-License-Identifier: Apache-2.0
// Opening and saving a map's file, and noticing what others do to it meanwhile.
#include "model/map/map_file.h"

#include "model/base/file_store.h"
#include "model/base/hash.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/text_output.h"

#include <filesystem>
#include <optional>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portolan {

namespace {

const std::string mapText = "{\"portolan\": 1, \"name\": \"Insurer\"}\n";

std::string errorOf(const Result<FileStamp>& result)
{
    return result ? "saved" : result.error().message + " [" + result.error().code + "]";
}

std::string nameOf(FileChange change)
{
    return change == FileChange::None      ? "none"
           : change == FileChange::Changed ? "changed"
                                           : "vanished";
}

// As an editor or git does it: another file takes the place.
void replace(const std::string& path, const std::string& text)
{
    QVERIFY(saveAtomically(path, text).has_value());
}

// Puts the file's time back, as if it had been written long ago.
void makeOld(const std::string& path)
{
    const timespec then[2] = {{1'600'000'000, 5}, {1'600'000'000, 5}};
    QCOMPARE(::utimensat(AT_FDCWD, path.c_str(), then, 0), 0);
}

}  // namespace

class MapFileTest : public QObject {
    Q_OBJECT

    std::optional<tests::TemporaryFolder> m_folder;
    std::string m_path;

    FileStamp opened()
    {
        Result<OpenedMap> map = openMapFile(m_path);
        return map ? map->stamp : FileStamp();
    }

private slots:
    void init()
    {
        m_folder.emplace();
        m_path = m_folder->write("map.json", mapText);
    }

    void opensAMapWithItsStamp()
    {
        const Result<OpenedMap> map = openMapFile(m_path);
        QVERIFY(map.has_value());
        QCOMPARE(map->document.text(), mapText);
        QCOMPARE(map->stamp.path, m_path);
        QCOMPARE(map->stamp.bytes, std::int64_t(mapText.size()));
        QCOMPARE(map->stamp.hash, sha256(mapText));
        QCOMPARE(nameOf(changeOnDisk(map->stamp)), "none");
    }

    void saysThatThereIsNoFile()
    {
        const std::string path = m_folder->path() + "/none.json";
        QCOMPARE(toText(openMapFile(path).error()),
                 path + ": error: There is no such file. [file.not-found]");
    }

    void savingWithoutAnEditLeavesTheBytes()
    {
        const FileStamp stamp = opened();
        QCOMPARE(errorOf(saveMapFile(m_path, mapText, stamp)), "saved");
        QCOMPARE(m_folder->read("map.json"), mapText);
    }

    void aSavedFileIsNotAChangedOne()
    {
        FileStamp stamp = opened();
        for (int i = 0; i < 20; ++i) {
            const Result<FileStamp> saved =
                saveMapFile(m_path, mapText + std::string(std::size_t(i), '\n'), stamp);
            QCOMPARE(errorOf(saved), "saved");
            stamp = *saved;
            QCOMPARE(nameOf(changeOnDisk(stamp)), "none");
        }
    }

    // Atomic replaces of the same size, faster than the clock of the file system ticks, on reused inodes.
    void noticesAHundredReplacesInARow()
    {
        FileStamp stamp = opened();
        for (int i = 0; i < 100; ++i) {
            const std::string text =
                "{\"portolan\": 1, \"name\": \"" + std::to_string(100 + i) + "\"}";
            replace(m_path, text);
            QCOMPARE(nameOf(changeOnDisk(stamp)), "changed");
            stamp = opened();
            QCOMPARE(stamp.hash, sha256(text));
            QCOMPARE(nameOf(changeOnDisk(stamp)), "none");
        }
    }

    void noticesAChangeInPlaceThatKeepsSizeAndTime()
    {
        makeOld(m_path);
        FileStamp stamp = opened();
        std::string other = mapText;
        other[other.find("Insurer")] = 'X';
        replace(m_path, other);
        makeOld(m_path);
        QCOMPARE(nameOf(changeOnDisk(stamp)), "changed");  // by its inode
    }

    void aTouchedFileIsNotAChangedOne()
    {
        makeOld(m_path);
        const FileStamp stamp = opened();
        m_folder->write("map.json", mapText);
        QCOMPARE(nameOf(changeOnDisk(stamp)), "none");
    }

    void noticesThatTheFileVanished()
    {
        const FileStamp stamp = opened();
        std::filesystem::remove(m_path);
        QCOMPARE(nameOf(changeOnDisk(stamp)), "vanished");
    }

    void refusesToSaveOverWhatAnotherProgramWrote()
    {
        const FileStamp stamp = opened();
        replace(m_path, "theirs");
        QCOMPARE(errorOf(saveMapFile(m_path, "mine", stamp)),
                 "Not saved: another program has changed the file since it was opened here. "
                 "[file.changed-on-disk]");
        QCOMPARE(m_folder->read("map.json"), "theirs");
        QCOMPARE(errorOf(saveMapFile(m_path, "mine", stamp, true)), "saved");
        QCOMPARE(m_folder->read("map.json"), "mine");
    }

    void refusesToSaveWhereTheFileIsGone()
    {
        const FileStamp stamp = opened();
        std::filesystem::remove(m_path);
        QCOMPARE(errorOf(saveMapFile(m_path, "mine", stamp)),
                 "Not saved: the file is gone from the disk since it was opened. Save it under "
                 "this or another name. [file.changed-on-disk]");
        QVERIFY(!std::filesystem::exists(m_path));
        QCOMPARE(errorOf(saveMapFile(m_path, "mine", stamp, true)), "saved");
    }

    void refusesANewNameThatIsTaken()
    {
        const FileStamp stamp = opened();
        const std::string other = m_folder->write("other.json", "other");
        QCOMPARE(errorOf(saveMapFile(other, "mine", stamp)),
                 "Not saved: there is already a file of this name. [file.changed-on-disk]");
        QCOMPARE(m_folder->read("other.json"), "other");
    }

    void savingUnderAnotherNameLeavesTheFirstFile()
    {
        const FileStamp stamp = opened();
        const std::string other = m_folder->path() + "/other.json";
        const Result<FileStamp> saved = saveMapFile(other, "mine", stamp);
        QCOMPARE(errorOf(saved), "saved");
        QCOMPARE(saved->path, other);
        QCOMPARE(m_folder->read("other.json"), "mine");
        QCOMPARE(m_folder->read("map.json"), mapText);
    }

    void savingWhatIsOnDiskAlreadyIsNoConflict()
    {
        const FileStamp stamp = opened();
        replace(m_path, "mine");
        QCOMPARE(errorOf(saveMapFile(m_path, "mine", stamp)), "saved");
    }

    void savesANewMapThatHasNoFileYet()
    {
        const std::string path = m_folder->path() + "/new.json";
        QCOMPARE(errorOf(saveMapFile(path, mapText, FileStamp())), "saved");
        QCOMPARE(m_folder->read("new.json"), mapText);
    }
};

}  // namespace portolan

QTEST_APPLESS_MAIN(portolan::MapFileTest)
#include "map_file_test.moc"
