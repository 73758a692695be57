// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "automation/commandline.h"
#include "automation/lineserver.h"
#include "automation/stdio.h"

#include "base/log.h"

#include <memory>

namespace automation {

/// balcony-headless from open profile to exit status.
class HeadlessRun : public QObject
{
    Q_OBJECT
public:
    explicit HeadlessRun(const CommandLine &line);
    ~HeadlessRun() override;

    /// Runs until `quit`, the end of standard input, or SIGTERM; gives the exit status.
    int exec();

private:
    Task<void> open();
    Task<void> leave();
    void startPort();
    void refuse(const Error &error);

    CommandLine m_line;
    base::LogFile m_log;
    chat::Profile m_profile;
    std::unique_ptr<Port> m_port;
    std::unique_ptr<LineServer> m_server;
    std::unique_ptr<Stdio> m_stdio;
    bool m_leaving = false;
    Scope m_scope;
};

} // namespace automation
