// SPDX-License-Identifier: Apache-2.0
#include "tests/support/process.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QStringList>

#include <csignal>
#include <fstream>

namespace portolan::tests {
namespace {

QStringList toQt(const std::vector<std::string>& texts)
{
    QStringList list;
    for (const std::string& text : texts)
        list.append(QString::fromStdString(text));
    return list;
}

QProcessEnvironment environmentOf(const ProgramCall& call)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const auto& [name, value] : call.environment)
        environment.insert(QString::fromStdString(name), QString::fromStdString(value));
    return environment;
}

// The mask of signals that have a handler.
unsigned long long caughtSignals(const std::string& statusFile)
{
    std::ifstream status(statusFile);
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("SigCgt:"))
            return std::stoull(line.substr(7), nullptr, 16);
    }
    return 0;
}

}  // namespace

std::string ProgramRun::outcome() const
{
    const std::string end = isTimeout ? "timeout"
                            : isCrash ? "crash"
                                      : "exit " + std::to_string(exitCode);
    return err.empty() ? end : end + ": " + err;
}

ProgramRun runProgram(const std::string& program, const ProgramCall& call)
{
    return RunningProgram(program, call).finish();
}

RunningProgram::RunningProgram(const std::string& program, const ProgramCall& call)
    : m_process(std::make_unique<QProcess>()), m_timeoutMs(call.timeoutMs)
{
    m_process->setProcessEnvironment(environmentOf(call));
    m_process->setWorkingDirectory(QString::fromStdString(call.folder));
    m_process->start(QString::fromStdString(program), toQt(call.arguments));
    m_process->waitForStarted(m_timeoutMs);
    m_process->write(QByteArray::fromStdString(call.input));
}

RunningProgram::~RunningProgram()
{
    if (m_process->state() == QProcess::NotRunning)
        return;
    m_process->kill();
    m_process->waitForFinished(m_timeoutMs);
}

bool RunningProgram::isRunning() const
{
    // Without an event loop, its end is noticed only by waiting for it.
    return m_process->state() == QProcess::Running && !m_process->waitForFinished(1) &&
           m_process->state() == QProcess::Running;
}

void RunningProgram::signal(int number)
{
    if (m_process->processId() > 0)
        ::kill(static_cast<pid_t>(m_process->processId()), number);
}

bool RunningProgram::waitUntilCatches(int number)
{
    const std::string status = "/proc/" + std::to_string(m_process->processId()) + "/status";
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < m_timeoutMs && isRunning()) {
        if (caughtSignals(status) >> (number - 1) & 1)
            return true;
        m_process->waitForFinished(5);
    }
    return false;
}

ProgramRun RunningProgram::finish()
{
    ProgramRun run;
    m_process->closeWriteChannel();
    if (!m_process->waitForFinished(m_timeoutMs) && m_process->state() != QProcess::NotRunning) {
        run.isTimeout = true;
        m_process->kill();
        m_process->waitForFinished(m_timeoutMs);
    }
    run.isCrash = !run.isTimeout && m_process->exitStatus() == QProcess::CrashExit;
    run.exitCode = run.isTimeout || run.isCrash ? -1 : m_process->exitCode();
    run.out = m_process->readAllStandardOutput().toStdString();
    run.err = m_process->readAllStandardError().toStdString();
    return run;
}

}  // namespace portolan::tests
