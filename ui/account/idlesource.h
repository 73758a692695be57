// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <chrono>
#include <memory>

namespace ui {

/// Tells how long nobody has touched keyboard and pointer, whatever window they were for. Tests drive one of their own.
class IdleSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Asks. answered() follows, now or later, unless nobody knows.
    virtual void ask() = 0;

Q_SIGNALS:
    void answered(std::chrono::milliseconds idle);
    /// The screen was locked, or unlocked.
    void lockChanged(bool isLocked);
};

/// What this system has: Mutter's monitor and logind's lock on the session's and the system's bus, the screen saver of an
/// X server, and the like of Windows and macOS.
std::unique_ptr<IdleSource> makeIdleSource();

} // namespace ui
