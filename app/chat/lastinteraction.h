// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QDateTime>
#include <QObject>

namespace chat {

/// Since when nobody has looked, once that is worth telling others (XEP-0319).
class LastInteraction : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::minutes worthTelling{5};

    explicit LastInteraction(Clock &clock) : m_clock(clock) { }

    /// Somebody looks, or does no more. At first somebody does.
    void setActive(bool active)
    {
        if (active == !m_leftAt.isValid())
            return;
        m_leftAt = active ? QDateTime() : m_clock.now();
        m_timer = active ? Timer() : m_clock.after(worthTelling, [this] { tell(true); });
        if (active)
            tell(false);
    }
    /// What others are told; invalid: nothing, somebody is there.
    QDateTime idleSince() const { return m_isTold ? m_leftAt : QDateTime(); }

Q_SIGNALS:
    /// idleSince() changed.
    void changed();

private:
    void tell(bool idle)
    {
        if (std::exchange(m_isTold, idle) != idle)
            Q_EMIT changed();
    }

    Clock &m_clock;
    QDateTime m_leftAt;
    Timer m_timer;
    bool m_isTold = false;
};

} // namespace chat
