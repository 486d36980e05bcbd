// SPDX-License-Identifier: Apache-2.0
#include "ui/canvas/layout_task.h"

#include "model/layout/composed_layout.h"
#include "model/layout/layout_wire.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace portolan::ui {
namespace {

constexpr std::size_t thingsPerMs =
    5;  // nodes and edges for which the deadline is a millisecond later
constexpr qsizetype mostOutput = 256 << 20;

}  // namespace

LayoutTask::LayoutTask(QObject* parent) : QObject(parent)
{
    m_deadline.setSingleShot(true);
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
    m_request = std::move(request);
    m_isRunning = true;
    const QString path = helperPath();
    if (path.isEmpty()) {
        fallBack(tr("The layout program portolan-layout is missing; this is the simple layout."));
        return;
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
    const std::size_t things = m_request.nodes.size() + m_request.edges.size();
    m_deadline.start(m_deadlineMs + static_cast<int>(things / thingsPerMs));
    m_helper->start(path, QStringList());
    if (!m_helper)
        return;  // it did not even start
    const std::string bytes = toBytes(m_request);
    m_helper->write(bytes.data(), static_cast<qint64>(bytes.size()));
    m_helper->closeWriteChannel();
}

void LayoutTask::cancel()
{
    endHelper();
    m_fallback.stop();
    m_isRunning = false;
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
    auto result = layoutResultFrom(
        {m_output.constData(), static_cast<std::size_t>(m_output.size())}, m_request);
    if (!result) {
        fallBack(tr("The layout program gave no usable answer; this is the simple layout."));
        return;
    }
    endHelper();
    m_isRunning = false;
    emit finished(*result, QString());
}

void LayoutTask::fallBack(const QString& note)
{
    endHelper();
    m_fallback = Task::start(
        this,
        [request = m_request](Progress&) { return completeLayout(request, ownLayout(request)); },
        [this, note](const LayoutResult& result) {
            m_isRunning = false;
            emit finished(result, note);
        });
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
