// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

#include <QTimer>

namespace base {
namespace {

Timer startTimer(std::chrono::milliseconds interval, bool once, std::function<void()> f)
{
    // deleteLater, because `f` may drop the Timer while the QTimer emits.
    const std::shared_ptr<QTimer> timer(new QTimer, [](QTimer *t) {
        t->stop();
        t->disconnect();
        t->deleteLater();
    });
    timer->setSingleShot(once);
    timer->setTimerType(interval < std::chrono::seconds(2) ? Qt::PreciseTimer : Qt::CoarseTimer);
    QObject::connect(timer.get(), &QTimer::timeout, timer.get(), [f = std::move(f)] {
        const auto copy = f; // dropping the Timer disconnects, which destroys this closure
        copy();
    });
    timer->start(interval);
    return Timer(timer);
}

} // namespace

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

std::chrono::milliseconds SystemClock::monotonic() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

Timer SystemClock::after(std::chrono::milliseconds delay, std::function<void()> f)
{
    return startTimer(delay, true, std::move(f));
}

Timer SystemClock::every(std::chrono::milliseconds period, std::function<void()> f)
{
    return startTimer(period, false, std::move(f));
}

} // namespace base
