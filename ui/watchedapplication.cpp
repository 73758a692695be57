// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/watchedapplication.h"

#include "ui/chat/timelineview.h"

#include <QAbstractEventDispatcher>

#include <algorithm>

namespace ui {

void WatchedApplication::Durations::add(Time time)
{
    ++count;
    sum += time;
    longest = std::max(longest, time);
}

WatchedApplication::WatchedApplication(int &argc, char **argv) : QApplication(argc, argv)
{
    connect(eventDispatcher(), &QAbstractEventDispatcher::aboutToBlock, this, [this] { ++m_blocks; });
}

bool WatchedApplication::notify(QObject *receiver, QEvent *event)
{
    if (receiver->thread() != thread())
        return QApplication::notify(receiver, event);
    const bool isFrame = event->type() == QEvent::Paint && qobject_cast<TimelineView *>(receiver->parent());
    if (m_depth > 0 && !isFrame)
        return QApplication::notify(receiver, event);
    ++m_depth;
    const qint64 blocks = m_blocks;
    const auto begin = std::chrono::steady_clock::now();
    const bool result = QApplication::notify(receiver, event);
    const Time taken = std::chrono::steady_clock::now() - begin;
    --m_depth;
    if (isFrame)
        m_frames.add(taken);
    // One that waited ran a loop of its own, which did what there was to do.
    if (m_depth == 0 && blocks == m_blocks) {
        m_events.add(taken);
        m_long += taken > most;
        m_stalls += taken > felt;
    }
    return result;
}

} // namespace ui
