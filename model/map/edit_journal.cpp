// SPDX-License-Identifier: Apache-2.0
#include "model/map/edit_journal.h"

#include "model/base/budget.h"
#include "model/base/file_store.h"
#include "model/base/hash.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace portolan {

namespace {

constexpr std::string_view fileEnd = ".journal";
constexpr std::string_view headerKind = "portolan-journal-1";
constexpr std::string_view editKind = "edit";
constexpr std::size_t checksumDigits = 16;
constexpr std::int64_t journalBytes = 1LL << 30;
constexpr int otherHostsPatienceSeconds = 24 * 60 * 60;

// Fields and lines.

// Never empty and without white space, so that a line can be cut at its spaces.
std::string encoded(std::string_view field)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text = field.empty() ? "%" : "";
    for (const char character : field) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte > 0x20 && byte != 0x7f && byte != '%') {
            text += character;
            continue;
        }
        text += '%';
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

int hexDigit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

std::optional<std::string> decoded(std::string_view field)
{
    std::string text;
    if (field == "%")
        return text;
    text.reserve(field.size());
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] != '%') {
            text += field[i];
            continue;
        }
        if (i + 2 >= field.size())
            return std::nullopt;
        const int high = hexDigit(field[i + 1]);
        const int low = hexDigit(field[i + 2]);
        if (high < 0 || low < 0)
            return std::nullopt;
        text += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return text;
}

std::string line(std::string_view kind, const std::vector<std::string>& fields)
{
    std::string body(kind);
    for (const std::string& field : fields)
        body += " " + encoded(field);
    return sha256(body).substr(0, checksumDigits) + " " + body + "\n";
}

// The fields of a whole line of this kind; empty when it is none.
std::optional<std::vector<std::string>> fieldsOf(std::string_view line, std::string_view kind)
{
    if (line.size() <= checksumDigits || line[checksumDigits] != ' ')
        return std::nullopt;
    std::string_view body = line.substr(checksumDigits + 1);
    if (sha256(body).substr(0, checksumDigits) != line.substr(0, checksumDigits))
        return std::nullopt;
    std::vector<std::string> fields;
    for (bool isKind = true; !body.empty(); isKind = false) {
        const std::string_view part = body.substr(0, body.find(' '));
        body.remove_prefix(std::min(body.size(), part.size() + 1));
        if (isKind && part != kind)
            return std::nullopt;
        if (isKind)
            continue;
        std::optional<std::string> field = decoded(part);
        if (!field)
            return std::nullopt;
        fields.push_back(std::move(*field));
    }
    return fields;
}

std::optional<std::size_t> numberIn(const std::string& text)
{
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::string utcNow()
{
    const time_t now = ::time(nullptr);
    std::tm parts = {};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text;
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string editLine(const Edit& edit)
{
    std::vector<std::string> fields = {utcNow(), edit.name, edit.mergeKey};
    for (const Splice& splice : edit.splices) {
        fields.push_back(std::to_string(splice.offset));
        fields.push_back(std::to_string(splice.length));
        fields.push_back(splice.text);
    }
    return line(editKind, fields);
}

struct TimedEdit {
    std::string at;
    Edit edit;
};

std::optional<TimedEdit> editIn(std::string_view text)
{
    const std::optional<std::vector<std::string>> fields = fieldsOf(text, editKind);
    if (!fields || fields->size() < 3 || fields->size() % 3 != 0)
        return std::nullopt;
    TimedEdit timed{(*fields)[0], {(*fields)[1], {}, (*fields)[2]}};
    for (std::size_t i = 3; i < fields->size(); i += 3) {
        const std::optional<std::size_t> offset = numberIn((*fields)[i]);
        const std::optional<std::size_t> length = numberIn((*fields)[i + 1]);
        if (!offset || !length)
            return std::nullopt;
        timed.edit.splices.push_back({*offset, *length, (*fields)[i + 2]});
    }
    return timed;
}

// Whose journal it is.

// Tells one process from another one that was given the same number later, also after a start of the machine.
struct Process {
    std::string host;
    std::string boot;
    std::string id;
    std::string startTime;

    friend bool operator==(const Process&, const Process&) = default;
};

std::string firstLineOf(const std::string& path)
{
    const Result<std::string> text = readFile(path, 1 << 16);
    return text ? text->substr(0, text->find('\n')) : std::string();
}

// In clock ticks since the start of the machine; empty when there is no such process, or only what is left of an ended one that
// its parent has not asked about yet.
std::string startTimeOf(const std::string& processId)
{
    const std::string status = firstLineOf("/proc/" + processId + "/stat");
    // The second field is the program's name in brackets, which may itself hold spaces and brackets.
    std::size_t at = status.rfind(')');
    const char state = at == std::string::npos || at + 2 >= status.size() ? 'X' : status[at + 2];
    if (state == 'Z' || state == 'X')
        return {};
    for (int field = 2; field < 22 && at != std::string::npos; ++field)
        at = status.find(' ', at + 1);
    if (at == std::string::npos)
        return {};
    return status.substr(at + 1, status.find(' ', at + 1) - at - 1);
}

Process thisProcess()
{
    std::array<char, 256> host = {};
    ::gethostname(host.data(), host.size() - 1);
    const std::string id = std::to_string(::getpid());
    return {host.data(), firstLineOf("/proc/sys/kernel/random/boot_id"), id, startTimeOf(id)};
}

bool isAlive(const Process& process, time_t lastChange)
{
    const Process here = thisProcess();
    if (process.host != here.host)  // a home folder shared by machines: we cannot look
        return ::time(nullptr) - lastChange < otherHostsPatienceSeconds;
    return process.boot == here.boot && !process.startTime.empty() &&
           startTimeOf(process.id) == process.startTime;
}

Problem problemAbout(const std::string& path, std::string code, std::string message)
{
    return {Severity::Error, std::move(code), std::move(message), {path}};
}

std::string reason(int error)
{
    return std::generic_category().message(error);
}

// A journal's file, read as far as it is whole.
struct JournalFile {
    Process process;
    time_t lastChange = 0;
    AbandonedJournal content;
};

std::optional<JournalFile> readJournal(const std::string& path)
{
    struct stat status = {};
    const Result<std::string> text = readFile(path, journalBytes, false);
    if (!text || ::stat(path.c_str(), &status) != 0)
        return std::nullopt;
    std::string_view rest = *text;
    const auto nextLine = [&rest]() -> std::optional<std::string_view> {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos)
            return std::nullopt;
        const std::string_view found = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        return found;
    };
    const std::optional<std::string_view> first = nextLine();
    const std::optional<std::vector<std::string>> header =
        first ? fieldsOf(*first, headerKind) : std::nullopt;
    if (!header || header->size() != 7 || sha256((*header)[6]) != (*header)[5])
        return std::nullopt;
    JournalFile file;
    file.process = {(*header)[0], (*header)[1], (*header)[2], (*header)[3]};
    file.lastChange = status.st_mtim.tv_sec;
    file.content.journalPath = path;
    file.content.mapPath = (*header)[4];
    file.content.baseHash = (*header)[5];
    file.content.baseText = (*header)[6];
    while (const std::optional<std::string_view> next = nextLine()) {
        std::optional<TimedEdit> timed = editIn(*next);
        if (!timed)
            break;  // later edits build on this one
        file.content.lastEditAt = timed->at;
        file.content.edits.push_back(std::move(timed->edit));
    }
    return file;
}

// Whether `edit` can be applied to a text of this length.
bool fits(const Edit& edit, std::size_t textLength)
{
    std::size_t end = 0;
    for (const Splice& splice : edit.splices) {
        if (splice.offset < end || splice.offset > textLength ||
            splice.length > textLength - splice.offset)
            return false;
        end = splice.offset + splice.length;
    }
    return true;
}

// Edits that lead nowhere: undone again, or saved before the process ended.
bool isIdle(const AbandonedJournal& journal)
{
    const Result<std::string> text = recoveredText(journal);
    if (!text)
        return false;
    if (*text == journal.baseText)
        return true;
    if (journal.mapPath.empty())
        return false;
    const Result<std::string> saved = readFile(journal.mapPath, Budget().jsonBytes);
    return saved && *saved == *text;
}

}  // namespace

struct EditJournal::State {
    std::string folder;
    std::string mapPath;
    std::string baseText;
    std::string path;       // of the file; chosen when it is made
    std::string unwritten;  // lines that the disk did not take yet
    int file = -1;
    off_t length = 0;
    bool isTorn = false;  // the file may end in half a line
    bool isFolderSynced = false;

    ~State() { close(); }
    void close()
    {
        if (file >= 0)
            ::close(file);
        file = -1;
        length = 0;
        isTorn = false;
        isFolderSynced = false;
    }

    std::string header() const
    {
        const Process process = thisProcess();
        return line(headerKind, {process.host, process.boot, process.id, process.startTime, mapPath,
                                 sha256(baseText), baseText});
    }

    Result<> makeFile()
    {
        for (int number = 1; file < 0; ++number) {
            path = folder + "/" + sha256(mapPath).substr(0, 12) + "-" + std::to_string(::getpid()) +
                   "-" + std::to_string(number) + std::string(fileEnd);
            file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
            if (file < 0 && errno != EEXIST && errno != EINTR)
                return notWritten(errno);
        }
        unwritten.insert(0, header());
        return {};
    }

    Result<> write()
    {
        // What a failed write left behind goes first: half a line would hide every later one.
        if (isTorn && ::ftruncate(file, length) != 0)
            return notWritten(errno);
        isTorn = false;
        std::size_t done = 0;
        while (done < unwritten.size()) {
            const ssize_t count = ::write(file, unwritten.data() + done, unwritten.size() - done);
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0) {
                const int error = count == 0 ? ENOSPC : errno;
                isTorn = ::ftruncate(file, length) != 0;
                return notWritten(error);
            }
            done += static_cast<std::size_t>(count);
        }
        length += static_cast<off_t>(done);
        unwritten.clear();
        return {};
    }

    tl::unexpected<Problem> notWritten(int error) const
    {
        return tl::unexpected(
            problemAbout(path, "journal.not-written",
                         "Unsaved edits cannot be kept for a recovery: " + reason(error) + "."));
    }

    Result<> removeFile()
    {
        close();
        unwritten.clear();
        const std::string old = std::exchange(path, {});
        return old.empty() ? Result<>() : removeJournal(old);
    }
};

EditJournal::EditJournal(std::unique_ptr<State> state) : m_state(std::move(state)) {}
EditJournal::EditJournal(EditJournal&&) noexcept = default;
EditJournal& EditJournal::operator=(EditJournal&&) noexcept = default;
EditJournal::~EditJournal() = default;

Result<EditJournal> EditJournal::begin(const std::string& folder, const std::string& mapPath,
                                       const std::string& baseText)
{
    if (Result<> made = makePrivateFolder(folder); !made)
        return tl::unexpected(std::move(made.error()));
    auto state = std::make_unique<State>();
    state->folder = folder;
    EditJournal journal(std::move(state));
    if (Result<> based = journal.rebase(mapPath, baseText); !based)
        return tl::unexpected(std::move(based.error()));
    return journal;
}

Result<> EditJournal::append(const Edit& edit)
{
    m_state->unwritten += editLine(edit);
    if (m_state->file < 0)
        if (Result<> made = m_state->makeFile(); !made)
            return made;
    return m_state->write();
}

Result<> EditJournal::flush()
{
    State& state = *m_state;
    if (state.file < 0)
        return {};
    if (::fdatasync(state.file) != 0)
        return state.notWritten(errno);
    if (state.isFolderSynced)
        return {};
    const int folder = ::open(state.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return state.notWritten(errno);
    state.isFolderSynced = ::fsync(folder) == 0;
    const int error = errno;
    ::close(folder);
    return state.isFolderSynced ? Result<>() : state.notWritten(error);
}

Result<> EditJournal::rebase(const std::string& mapPath, const std::string& baseText)
{
    Result<> removed = m_state->removeFile();
    std::error_code error;
    const std::filesystem::path whole = std::filesystem::absolute(mapPath, error);
    m_state->mapPath = mapPath.empty() || error ? mapPath : whole.string();
    m_state->baseText = baseText;
    return removed;
}

Result<> EditJournal::discard()
{
    return m_state->removeFile();
}

std::vector<AbandonedJournal> abandonedJournals(const std::string& folder)
{
    std::vector<AbandonedJournal> journals;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string path = entry->path().string();
        if (!path.ends_with(fileEnd))
            continue;
        std::optional<JournalFile> file = readJournal(path);
        if (!file || isAlive(file->process, file->lastChange))
            continue;
        if (isIdle(file->content))
            (void)removeJournal(path);
        else if (!file->content.edits.empty())
            journals.push_back(std::move(file->content));
    }
    std::sort(journals.begin(), journals.end(), [](const auto& a, const auto& b) {
        return std::tie(a.lastEditAt, a.journalPath) < std::tie(b.lastEditAt, b.journalPath);
    });
    return journals;
}

Result<std::string> recoveredText(const AbandonedJournal& journal)
{
    std::string text = journal.baseText;
    for (const Edit& edit : journal.edits) {
        if (!fits(edit, text.size()))
            return tl::unexpected(
                problemAbout(journal.journalPath, "journal.does-not-fit",
                             "The unsaved edits cannot be recovered: \"" + edit.name +
                                 "\" does not fit the text that it was made for."));
        text = applied(text, edit);
    }
    return text;
}

Result<> removeJournal(const std::string& journalPath)
{
    if (::unlink(journalPath.c_str()) == 0 || errno == ENOENT)
        return {};
    return tl::unexpected(
        problemAbout(journalPath, "journal.not-removed",
                     "The journal of unsaved edits cannot be removed: " + reason(errno) + "."));
}

}  // namespace portolan
