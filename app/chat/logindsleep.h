// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/sleep.h"

#include <memory>

namespace chat {

/// What logind (or elogind) tells on the system bus: org.freedesktop.login1(5). Silent where there is none.
class LogindSleep final : public Sleep
{
    Q_OBJECT
public:
    explicit LogindSleep(QObject *parent = nullptr);
    ~LogindSleep() override;

    void allow() override;

private Q_SLOTS:
    void prepare(bool sleeps);

private:
    void takeLock();

    std::shared_ptr<void> m_lock; ///< While it lives, the computer waits for us.
};

} // namespace chat
