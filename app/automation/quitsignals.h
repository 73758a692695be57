// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>

class QSocketNotifier;

namespace automation {

/// Turns SIGTERM, SIGINT and SIGHUP into one call from the event loop, so that a program can flush and leave. One at a
/// time in a program.
class QuitSignals
{
public:
    explicit QuitSignals(std::function<void()> quit);
    ~QuitSignals();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace automation
