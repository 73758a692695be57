// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace net {

/// What the system says of the network. It may be wrong (a manager that manages nothing), so it explains what failed and
/// says when to look again, and forbids nothing.
struct NetworkState {
    bool isGone = false;    ///< No way out of this computer.
    bool hasPortal = false; ///< The network wants a sign-in in a browser first.

    friend bool operator==(const NetworkState &, const NetworkState &) = default;
};

/// Tells when the network changes. Tests drive one of their own.
class Reachability : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual NetworkState state() const = 0;

Q_SIGNALS:
    /// The state, the addresses of this computer or the medium changed: links may be dead, and others possible. May come
    /// several times for one change.
    void changed();
};

} // namespace net
