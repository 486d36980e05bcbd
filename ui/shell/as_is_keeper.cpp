// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/as_is_keeper.h"

#include "model/analysis/rules/as_is_to_be.h"
#include "model/map/as_is.h"

#include "ui/session/session.h"

#include <filesystem>
#include <system_error>
#include <utility>

namespace portolan::ui {
namespace {

constexpr int lookMs = 2000;

// Where the AS-IS map is. A map that has no file yet is beside nothing: then only a whole path says where.
std::string pathOf(const MapDocument* document)
{
    if (!document || document->map().asIs.empty())
        return {};
    const bool isBeside = std::filesystem::path(document->map().asIs).is_relative();
    return isBeside && document->file().empty() ? std::string() : asIsPath(*document);
}

std::string marksOf(const std::string& path)
{
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path, error);
    if (error)
        return "gone";
    const auto time = std::filesystem::last_write_time(path, error).time_since_epoch();
    return std::to_string(bytes) + " " + std::to_string(time.count());
}

}  // namespace

struct AsIsKeeper::Answer {
    std::shared_ptr<const MapDocument> asIs;
    std::string marks;  // of its file before it was read
    AsIsAnswers found;
};

AsIsKeeper::AsIsKeeper(Session* session, QObject* parent) : QObject(parent), m_session(session)
{
    m_soon.setSingleShot(true);
    m_timer.setInterval(lookMs);
    connect(&m_soon, &QTimer::timeout, this, &AsIsKeeper::compare);
    connect(&m_timer, &QTimer::timeout, this, &AsIsKeeper::look);
    connect(session, &Session::mapOpened, this, &AsIsKeeper::startOver);
    connect(session, &Session::savedAs, this, &AsIsKeeper::startOver);
    connect(session, &Session::mapChanged, this, [this] { m_soon.start(0); });
    startOver();
}

AsIsKeeper::~AsIsKeeper() = default;

void AsIsKeeper::setInterval(int milliseconds)
{
    m_timer.setInterval(milliseconds);
}

void AsIsKeeper::startOver()
{
    m_comparing.stop();
    m_looking.stop();
    m_asIs.reset();
    m_marks.clear();
    m_soon.start(0);
}

void AsIsKeeper::compare()
{
    const MapDocument* toBe = m_session->document();
    if (std::string path = pathOf(toBe); path != m_path) {
        m_path = std::move(path);
        m_asIs.reset();
        m_marks.clear();
    }
    if (m_path.empty()) {
        m_timer.stop();
        m_comparing.stop();
        m_looking.stop();
        m_session->setAsIsAnswers({});
        return;
    }
    if (!m_timer.isActive())
        m_timer.start();
    m_comparing = Task::start(
        this,
        [text = toBe->text(), file = toBe->file(), asIs = m_asIs](Progress&) {
            Answer answer;
            const Result<MapDocument> map = MapDocument::read(text, file);
            if (!map)
                return answer;  // it was read before, so it never comes to this
            answer.asIs = asIs;
            if (!answer.asIs) {
                answer.marks = marksOf(asIsPath(*map));
                Result<MapDocument> read = readAsIs(*map);
                if (!read) {
                    answer.found.problem = read.error();
                    return answer;
                }
                answer.asIs = std::make_shared<const MapDocument>(std::move(*read));
            }
            answer.found.findings = checkAsIsToBe(*map, *answer.asIs);
            return answer;
        },
        [this](Answer answer) { show(std::move(answer)); });
}

void AsIsKeeper::show(Answer answer)
{
    m_asIs = std::move(answer.asIs);
    if (!answer.marks.empty())
        m_marks = std::move(answer.marks);
    m_session->setAsIsAnswers(std::move(answer.found));
}

void AsIsKeeper::look()
{
    if (m_path.empty() || m_looking.isRunning())
        return;
    m_looking = Task::start(
        this, [path = m_path](Progress&) { return marksOf(path); },
        [this](const std::string& marks) { seen(marks); });
}

void AsIsKeeper::seen(const std::string& marks)
{
    const std::string before = std::exchange(m_marks, marks);
    if (before.empty() || before == marks)
        return;
    m_asIs.reset();
    m_soon.start(0);
}

}  // namespace portolan::ui
