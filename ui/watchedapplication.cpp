// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/watchedapplication.h"

#include "ui/chat/timelineview.h"

#include <QThread>

#include <algorithm>
#include <utility>

namespace ui {

void WatchedApplication::Durations::add(Time time)
{
    ++count;
    sum += time;
    longest = std::max(longest, time);
}

bool WatchedApplication::notify(QObject *receiver, QEvent *event)
{
    if (QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    const bool isFrame = event->type() == QEvent::Paint && qobject_cast<TimelineView *>(receiver->parent());
    const int level = thread()->loopLevel();
    const bool isFirst = level != m_level;
    if (!isFirst && !isFrame)
        return QApplication::notify(receiver, event);
    const int outer = std::exchange(m_level, level);
    if (isFirst)
        m_ranLoop = outer >= 0; // of the event that is being handled at the outer level
    const auto begin = std::chrono::steady_clock::now();
    const bool result = QApplication::notify(receiver, event);
    const Time taken = std::chrono::steady_clock::now() - begin;
    m_level = outer;
    if (isFrame)
        m_frames.add(taken);
    if (isFirst && (outer >= 0 || !std::exchange(m_ranLoop, false))) {
        m_events.add(taken);
        m_long += taken > most;
        m_stalls += taken > felt;
    }
    return result;
}

} // namespace ui
