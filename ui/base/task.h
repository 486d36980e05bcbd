// SPDX-License-Identifier: Apache-2.0
// The one way in which ui runs long work: off the window's thread, with progress, and with its end delivered to a receiver on the
// window's thread. Assigning or destroying the Task stops the work and drops its result; a receiver that died gets none.
#pragma once

#include "model/base/progress.h"
#include "model/base/result.h"

#include <QFutureWatcher>
#include <QPointer>
#include <QPromise>
#include <QThreadPool>

#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace portolan::ui {

class Task {
public:
    Task() = default;
    Task(Task&&) noexcept = default;
    Task& operator=(Task&& other) noexcept
    {
        if (this != &other) {
            stop();
            m_progress = std::move(other.m_progress);
            m_watcher = std::exchange(other.m_watcher, nullptr);
        }
        return *this;
    }
    ~Task() { stop(); }

    // `work(Progress&)` runs on a pool thread and must own all it uses; `done(result)` is called on the receiver's thread.
    template <class Work, class Done>
    static Task start(QObject* receiver, Work work, Done done);

    bool isRunning() const { return m_watcher && !m_watcher->isFinished(); }
    // How far it is; the initial state when nothing was started.
    Progress::State state() const { return m_progress ? m_progress->state() : Progress::State(); }
    // Asks the work to end early; its result, often `cancelled()`, is still delivered.
    void requestStop()
    {
        if (m_progress)
            m_progress->requestStop();
    }
    // Asks the work to end early and drops its result.
    void stop();

private:
    std::shared_ptr<Progress> m_progress;
    QPointer<QFutureWatcher<void>> m_watcher;  // child of the receiver
};

inline void Task::stop()
{
    requestStop();
    if (m_watcher) {
        m_watcher->disconnect();
        m_watcher->deleteLater();
    }
    m_watcher = nullptr;
    m_progress.reset();
}

template <class Work, class Done>
Task Task::start(QObject* receiver, Work work, Done done)
{
    using Answer = std::decay_t<std::invoke_result_t<Work&, Progress&>>;
    const auto answer = std::make_shared<std::optional<Answer>>();
    const auto promise = std::make_shared<QPromise<void>>();

    Task task;
    task.m_progress = std::make_shared<Progress>();
    task.m_watcher = new QFutureWatcher<void>(receiver);
    QObject::connect(task.m_watcher, &QFutureWatcherBase::finished, receiver,
                     [watcher = task.m_watcher, answer, done = std::move(done)]() mutable {
                         watcher->deleteLater();
                         if (*answer)
                             done(std::move(**answer));
                     });
    task.m_watcher->setFuture(promise->future());
    promise->start();
    QThreadPool::globalInstance()->start(
        [progress = task.m_progress, answer, promise, work = std::move(work)]() mutable {
            try {
                answer->emplace(work(*progress));
            } catch (const std::exception& error) {  // such as no memory left
                if constexpr (std::is_constructible_v<Answer, tl::unexpected<Problem>>)
                    answer->emplace(tl::unexpected(
                        Problem{Severity::Error,
                                "work.failed",
                                std::string("The work could not be finished: ") + error.what(),
                                {}}));
            }
            promise->finish();
        });
    return task;
}

}  // namespace portolan::ui
