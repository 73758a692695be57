// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "automation/commandline.h"
#include "automation/lineserver.h"
#include "base/log.h"
#include "chat/profile.h"
#include "ui/attention.h"
#include "ui/theme/appearance.h"

#include <QTimer>

#include <memory>

namespace ui {

class AutoAway;
class Background;
class IdleSource;
class MainWindow;
class StartWindow;

/// The program with windows, from command line to exit status: opens the profile, shows the window, serves the local
/// socket, and leaves in order.
class Application : public QObject
{
    Q_OBJECT
public:
    explicit Application(const automation::CommandLine &line);
    ~Application() override;

    /// Runs until the person, `quit` or a signal ends it; gives the exit status.
    int exec();

private:
    Task<void> open();
    Task<void> leave();
    void start();
    void startPort();
    void showWindow();
    void showBackground();
    void refuse(const Error &error);
    void activate(const QStringList &arguments);
    void quit();

    automation::CommandLine m_line;
    base::LogFile m_log;
    chat::Profile m_profile;
    Appearance m_appearance;
    Attention m_attention;
    std::unique_ptr<automation::Port> m_port;
    std::unique_ptr<automation::LineServer> m_server;
    std::unique_ptr<StartWindow> m_startWindow;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Background> m_background;
    std::unique_ptr<IdleSource> m_idle;
    std::unique_ptr<AutoAway> m_away;
    QTimer m_patience;
    int m_status = 0;
    bool m_leaving = false;
    Scope m_scope;
};

} // namespace ui
