// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/layout_task.h"

#include "model/layout/composed_layout.h"
#include "model/layout/layout_wire.h"
#include "model/layout/new_nodes.h"
#include "model/layout/part_memory.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>

#include <algorithm>

namespace portolan::ui {
namespace {

constexpr std::size_t thingsPerMs =
    5;  // nodes and edges for which the deadline is a millisecond later
constexpr qsizetype mostOutput = 256 << 20;
constexpr std::size_t mostAnswers = 6;
constexpr std::size_t mostAnswerBytes = 48
                                        << 20;  // of all answers that are kept, as they were sent

QByteArray contentOf(std::string_view bytes)
{
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    hash.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return hash.result();
}

// Parts are remembered where there are some, and not in place of those of the whole chart.
bool hasMemory(const LayoutRequest& request)
{
    return request.engine == LayoutEngine::Graphviz && isComposed(request) &&
           !hasFewNewNodes(request);
}

using Drawn = std::shared_ptr<const LayoutResult>;

// By our own layers, on a thread. What is returned after a stop is never seen.
Drawn drawOwn(const LayoutRequest& request, const Progress& progress)
{
    std::vector<Point> positions = ownLayout(request);
    if (progress.stopRequested())
        return nullptr;
    return std::make_shared<const LayoutResult>(completeLayout(request, std::move(positions)));
}

}  // namespace

LayoutTask::LayoutTask(QObject* parent) : QObject(parent)
{
    m_deadline.setSingleShot(true);
    m_known.setSingleShot(true);
    connect(&m_known, &QTimer::timeout, this,
            [this] { finish(m_answers.front().result, QString()); });
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fallBack(tr("Graphviz took longer than %n second(s); this is the simple layout.", nullptr,
                    m_deadline.interval() / 1000));
    });
}

LayoutTask::~LayoutTask()
{
    endHelper();
}

QString LayoutTask::helperPath()
{
    if (qEnvironmentVariableIsSet("PORTOLAN_LAYOUT_HELPER"))
        return qEnvironmentVariable("PORTOLAN_LAYOUT_HELPER");
    const QString folder = QCoreApplication::applicationDirPath();
    for (const QString& path : {folder + QStringLiteral("/portolan-layout"),
                                folder + QStringLiteral("/../libexec/portolan/portolan-layout")}) {
        if (QFileInfo(path).isExecutable())
            return path;
    }
    return {};
}

void LayoutTask::start(LayoutRequest request)
{
    cancel();
    m_request = std::make_shared<const LayoutRequest>(std::move(request));
    m_isRunning = true;
    const std::string bytes = toBytes(*m_request);
    m_content = contentOf(bytes);
    if (answerFromMemory() || !startHelper())
        return;
    const std::string message = hasMemory(*m_request) ? withMemory(m_parts, bytes) : bytes;
    m_helper->write(message.data(), static_cast<qint64>(message.size()));
    m_helper->closeWriteChannel();
    drawDraft();
}

void LayoutTask::cancel()
{
    endHelper();
    m_known.stop();
    m_draft.stop();
    m_fallback.stop();
    m_isRunning = false;
}

bool LayoutTask::answerFromMemory()
{
    const auto known =
        std::find_if(m_answers.begin(), m_answers.end(),
                     [this](const Answer& answer) { return answer.content == m_content; });
    if (known == m_answers.end())
        return false;
    std::rotate(m_answers.begin(), known, known + 1);
    m_known.start(0);
    return true;
}

// Answers whether it runs.
bool LayoutTask::startHelper()
{
    const QString path = helperPath();
    if (path.isEmpty()) {
        fallBack(tr("The layout program portolan-layout is missing; this is the simple layout."));
        return false;
    }
    m_helper = std::make_unique<QProcess>();
    connect(m_helper.get(), &QProcess::readyReadStandardOutput, this, &LayoutTask::readOutput);
    connect(m_helper.get(), &QProcess::finished, this, &LayoutTask::helperEnded);
    connect(m_helper.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fallBack(tr("The layout program could not be started; this is the simple layout."));
    });
    // What it has to say on its error output is for a terminal.
    m_helper->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const std::size_t things = m_request->nodes.size() + m_request->edges.size();
    m_deadline.start(m_deadlineMs + static_cast<int>(things / thingsPerMs));
    m_helper->start(path, QStringList());
    return m_helper != nullptr;  // else it did not even start
}

void LayoutTask::drawDraft()
{
    if (!hasMemory(*m_request))
        return;  // the answer itself comes soon
    m_draft = Task::start(
        this,
        [request = m_request](const Progress& progress) { return drawOwn(*request, progress); },
        [this](const Drawn& result) { emit draft(*result); });
}

void LayoutTask::readOutput()
{
    m_output += m_helper->readAllStandardOutput();
    if (m_output.size() > mostOutput)
        fallBack(tr("The layout program answered without end; this is the simple layout."));
}

void LayoutTask::helperEnded(int exitCode, QProcess::ExitStatus status)
{
    m_output += m_helper->readAllStandardOutput();
    if (status != QProcess::NormalExit || exitCode != 0) {
        fallBack(tr("Graphviz could not lay this map out; this is the simple layout."));
        return;
    }
    const MessageParts message =
        messageParts({m_output.constData(), static_cast<std::size_t>(m_output.size())});
    auto result = layoutResultFrom(message.rest, *m_request);
    if (!result) {
        fallBack(tr("The layout program gave no usable answer; this is the simple layout."));
        return;
    }
    if (message.hasMemory)
        m_parts = message.memory;
    const auto answer = std::make_shared<const LayoutResult>(std::move(*result));
    remember(answer, message.rest.size());
    finish(answer, QString());
}

void LayoutTask::finish(std::shared_ptr<const LayoutResult> result, const QString& note)
{
    endHelper();
    m_draft.stop();
    m_isRunning = false;
    emit finished(*result, note);
}

void LayoutTask::remember(const std::shared_ptr<const LayoutResult>& result, std::size_t size)
{
    m_answers.push_front({m_content, result, size});
    std::size_t bytes = 0;
    const auto end =
        std::find_if(m_answers.begin(), m_answers.end(), [&bytes](const Answer& answer) {
            bytes += answer.size;
            return bytes > mostAnswerBytes;
        });
    m_answers.erase(end, m_answers.end());
    if (m_answers.size() > mostAnswers)
        m_answers.pop_back();
}

void LayoutTask::fallBack(const QString& note)
{
    endHelper();
    m_fallback = Task::start(
        this,
        [request = m_request](const Progress& progress) { return drawOwn(*request, progress); },
        [this, note](const Drawn& result) { finish(result, note); });
}

void LayoutTask::endHelper()
{
    m_deadline.stop();
    m_output.clear();
    if (!m_helper)
        return;
    m_helper->disconnect();
    if (m_helper->state() != QProcess::NotRunning) {
        m_helper->kill();
        m_helper->waitForFinished(1000);
    }
    m_helper.release()->deleteLater();  // we may be inside one of its signals
}

}  // namespace portolan::ui
