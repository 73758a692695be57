// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/application.h"

#include "automation/quitsignals.h"
#include "ui/account/autoaway.h"
#include "ui/mainwindow.h"
#include "ui/settings/looksettings.h"
#include "ui/settings/preferences.h"
#include "ui/startwindow.h"
#include "ui/tray/background.h"
#include "ui/watchedapplication.h"

#include <QJsonObject>

#include <cstdio>

namespace ui {

namespace {

/// A profile that opens within this time needs no window that says so.
constexpr int openingPatience = 400;

/// Milliseconds.
QJsonObject figures(const WatchedApplication::Durations &durations)
{
    const auto ms = [](std::chrono::nanoseconds time) { return double(time.count()) / 1e6; };
    return {{QStringLiteral("count"), durations.count},
            {QStringLiteral("mean"), durations.count > 0 ? ms(durations.sum) / double(durations.count) : 0.0},
            {QStringLiteral("longest"), ms(durations.longest)}};
}

} // namespace

Application::Application(const automation::CommandLine &line)
    : m_line(line), m_log(line.logFile), m_profile(line.profile)
{
    QApplication::setQuitOnLastWindowClosed(false); // quitting takes a moment, and is ours to order
    Preferences::load(line.profile).applyTo(m_appearance);
    m_patience.setSingleShot(true);
    m_patience.setInterval(openingPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_startWindow = std::make_unique<StartWindow>();
        connect(m_startWindow.get(), &StartWindow::closed, this, &Application::quit);
        m_startWindow->showOpening();
    });
}

Application::~Application() = default;

int Application::exec()
{
    const automation::QuitSignals signals([this] { quit(); });
    QMetaObject::invokeMethod(this, &Application::start, Qt::QueuedConnection);
    return QApplication::exec();
}

void Application::start()
{
    if (!m_line.minimized)
        m_patience.start();
    m_scope.run(open());
}

Task<void> Application::open()
{
    auto opening = m_profile.open();
    const auto opened = co_await std::move(opening);
    m_patience.stop();
    if (!opened) {
        refuse(opened.error());
        co_return;
    }
    m_profile.setConnectsByItself(!m_line.offline);
    startPort();
    showWindow();
    if (!m_line.offline)
        m_profile.accounts().goOnline();
}

void Application::startPort()
{
    m_port = std::make_unique<automation::Port>(m_profile);
    m_server = std::make_unique<automation::LineServer>(*m_port);
    if (!m_server->listen(m_line.profile))
        qWarning("the local socket cannot be opened: %s", qPrintable(m_server->errorString()));
    connect(m_port.get(), &automation::Port::quitRequested, this, &Application::quit);
    if (const auto *watched = qobject_cast<const WatchedApplication *>(QCoreApplication::instance())) {
        m_port->addMeasure(QStringLiteral("frames"), [watched] { return figures(watched->frames()); });
        m_port->addMeasure(QStringLiteral("events"), [watched] {
            QJsonObject events = figures(watched->events());
            events.insert(QStringLiteral("over8"), watched->longEvents());
            events.insert(QStringLiteral("over50"), watched->stalls());
            return events;
        });
    }
    connect(m_port.get(), &automation::Port::activated, this, &Application::activate);
    addLookSettings(*m_port, m_line.profile, m_appearance);
}

void Application::showWindow()
{
    m_profile.accounts().setActive(m_attention.isHere());
    connect(&m_attention, &Attention::changed, this, [this](bool here) { m_profile.accounts().setActive(here); });
    m_window = std::make_unique<MainWindow>(m_profile, m_appearance);
    connect(m_window.get(), &MainWindow::closed, this, [this] {
        if (!m_background || !m_background->isKept())
            quit();
    });
    connect(m_window.get(), &MainWindow::quitRequested, this, &Application::quit);
    if (!m_line.minimized)
        m_window->show();
    m_startWindow.reset();
    if (!m_profile.opened().damagedCopy.isEmpty())
        m_window->tell(tr("The database was damaged. What could be read was kept; the damaged file is %1.")
                           .arg(m_profile.opened().damagedCopy));
    for (const QString &uri : std::as_const(m_line.uris))
        m_window->askToOpen(uri);
    // When the window is up: it talks to the session bus.
    QMetaObject::invokeMethod(this, &Application::showBackground, Qt::QueuedConnection);
}

void Application::showBackground()
{
    if (m_leaving)
        return;
    m_background = std::make_unique<Background>(m_profile, m_appearance, *m_window, Background::systemNotifier());
    connect(m_background.get(), &Background::quitRequested, this, &Application::quit);
    m_idle = makeIdleSource();
    m_away = std::make_unique<AutoAway>(m_profile, *m_idle, m_profile.services().clock);
}

/// A second start came: its addresses are opened, the window comes forward.
void Application::activate(const QStringList &arguments)
{
    m_window->activate();
    for (const QString &argument : arguments) {
        if (argument.startsWith(u"xmpp:"))
            m_window->askToOpen(argument);
    }
}

/// The profile cannot be opened: one sentence for the person, the exit status for programs.
void Application::refuse(const Error &error)
{
    m_status = chat::Profile::exitStatus(error);
    std::fprintf(stderr, "balcony: %s\n", qPrintable(error.detail));
    if (!m_startWindow) {
        m_startWindow = std::make_unique<StartWindow>();
        connect(m_startWindow.get(), &StartWindow::closed, this, &Application::quit);
    }
    m_startWindow->showTrouble(error);
}

void Application::quit()
{
    if (std::exchange(m_leaving, true))
        return;
    m_scope.run(leave());
}

Task<void> Application::leave()
{
    if (m_startWindow)
        m_startWindow->hide();
    if (m_background)
        m_background->leave();
    if (m_window) {
        // Hidden, the pages hand their drafts to the store.
        m_window->remember();
        m_window->hide();
    }
    co_await m_profile.close();
    QApplication::exit(m_status);
}

} // namespace ui
