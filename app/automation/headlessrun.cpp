// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/headlessrun.h"

#include "automation/exporter.h"
#include "automation/json.h"
#include "automation/jsonline.h"
#include "automation/quitsignals.h"

#include <QCoreApplication>

#include <cstdio>

namespace automation {
namespace {

constexpr std::chrono::milliseconds lastWords{300}; // of the 3 s that leaving may take

} // namespace

HeadlessRun::HeadlessRun(const CommandLine &line) : m_line(line), m_log(line.logFile), m_profile(line.profile) { }

HeadlessRun::~HeadlessRun() = default;

int HeadlessRun::exec()
{
    const QuitSignals signals([this] {
        if (!m_leaving)
            m_scope.run(leave());
    });
    QMetaObject::invokeMethod(
        this, [this] { m_scope.run(open()); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

Task<void> HeadlessRun::open()
{
    if (!m_line.exportFolder.isEmpty()) {
        auto exported = co_await exportMessages(m_line.profile, m_line.exportFolder);
        if (!exported)
            refuse(exported.error());
        else
            QCoreApplication::exit(0);
        co_return;
    }
    auto opened = co_await m_profile.open();
    if (!opened) {
        refuse(opened.error());
        co_return;
    }
    if (m_leaving)
        co_return;
    m_profile.setConnectsByItself(!m_line.offline);
    startPort();
    if (!m_line.offline)
        m_profile.accounts().goOnline();
}

void HeadlessRun::startPort()
{
    m_port = std::make_unique<Port>(m_profile);
    m_server = std::make_unique<LineServer>(*m_port);
    if (!m_server->listen(m_line.profile))
        qWarning("the local socket cannot be opened: %s", qPrintable(m_server->errorString()));
    m_stdio = std::make_unique<Stdio>(*m_port);
    const auto quit = [this] {
        if (!m_leaving)
            m_scope.run(leave());
    };
    connect(m_stdio.get(), &Stdio::finished, this, quit);
    connect(m_port.get(), &Port::quitRequested, this, quit);
    if (const store::Opened &found = m_profile.opened(); !found.damagedCopy.isNull())
        Q_EMIT m_port->happened(
            {{QStringLiteral("event"), QStringLiteral("error")},
             {QStringLiteral("error"),
              json::error(
                  {Error::Kind::Storage, QStringLiteral("database-damaged"),
                   QStringLiteral("The database was damaged; it was moved to %1, and %2 of its rows were taken over.")
                       .arg(found.damagedCopy)
                       .arg(found.salvaged)})}});
}

Task<void> HeadlessRun::leave()
{
    m_leaving = true;
    co_await m_profile.close();
    if (m_stdio)
        m_stdio->drain(lastWords);
    QCoreApplication::exit(0);
}

/// One structured line for programs, one sentence for people.
void HeadlessRun::refuse(const Error &error)
{
    const QByteArray line =
        toLine({{QStringLiteral("event"), QStringLiteral("error")}, {QStringLiteral("error"), json::error(error)}});
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fflush(stdout);
    std::fprintf(stderr, "balcony: %s\n", qPrintable(error.detail));
    QCoreApplication::exit(chat::Profile::exitStatus(error));
}

} // namespace automation
