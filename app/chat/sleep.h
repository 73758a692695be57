// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace chat {

/// Tells when the computer goes to sleep and wakes. Tests drive one of their own.
class Sleep : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// After nears(): all was said, the computer need not wait for us any more.
    virtual void allow() = 0;

Q_SIGNALS:
    /// It goes to sleep, and waits some seconds for allow().
    void nears();
    void woke();
};

} // namespace chat
