// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>

#include <chrono>

namespace ui {

/// Knows how long its events keep the user interface: nothing may take longer than 8 ms there (docs/benchmarks.md).
class WatchedApplication : public QApplication
{
    Q_OBJECT
public:
    using Time = std::chrono::nanoseconds;

    /// Durations of one kind of events.
    struct Durations {
        qint64 count = 0;
        Time sum{0};
        Time longest{0};
        void add(Time time);
    };

    static constexpr std::chrono::milliseconds most{8};
    static constexpr std::chrono::milliseconds felt{50};

    WatchedApplication(int &argc, char **argv);

    /// Each event from the loop, with all that it led to. Where it ran a loop of its own it is not counted.
    const Durations &events() const { return m_events; }
    /// Events beyond `most`, and beyond `felt`.
    qint64 longEvents() const { return m_long; }
    qint64 stalls() const { return m_stalls; }
    /// Paintings of timelines.
    const Durations &frames() const { return m_frames; }

    bool notify(QObject *receiver, QEvent *event) override;

private:
    int m_depth = 0;     ///< Events that are being handled.
    qint64 m_blocks = 0; ///< How often a loop had nothing to do.
    Durations m_events;
    Durations m_frames;
    qint64 m_long = 0;
    qint64 m_stalls = 0;
};

} // namespace ui
