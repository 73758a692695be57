// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// bench_timeline: the real view on the real model on a chat of 1,000,000 messages.
//
//   bench_timeline [--quick] [--data DIR]   DIR keeps the database for the next run
#include "bench/filling.h"
#include "bench/heap.h"
#include "bench/report.h"
#include "model/timelinemodel.h"
#include "ui/chat/timelineview.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QScrollBar>
#include <QTemporaryDir>

using namespace bench;

namespace {

/// Frames of one kind: what the thread of the window spent on each.
struct Frames {
    std::vector<double> cpu;  ///< ms
    std::vector<double> wall; ///< ms
};

void report(const QString &name, const Frames &frames)
{
    bench::report(name + QStringLiteral("/cpu mean"), mean(frames.cpu), "ms");
    bench::report(name + QStringLiteral("/cpu max"), largest(frames.cpu), "ms");
    bench::report(name + QStringLiteral("/wall median"), median(frames.wall), "ms");
}

class Bench
{
public:
    Bench(const QString &folder, bool quick) : m_profile(folder), m_quick(quick)
    {
        m_profile.setConnectsByItself(false);
        must(wait(m_profile.open()));
        m_chat = m_profile.conversations().all().at(0).id;
    }
    ~Bench()
    {
        m_view.reset();
        m_model.reset();
        closeStore(m_profile.store());
    }

    void run()
    {
        open(QStringLiteral("timeline/open, first"));
        const int rounds = m_quick ? 1 : 10;
        Frames again;
        for (int i = 0; i < rounds; ++i)
            openOnce(again);
        report(QStringLiteral("timeline/open, again"), again);
        bench::report(QStringLiteral("timeline/layouts on opening"), double(m_view->layoutsMade()), "rows");
        const qint64 live = heap::liveBytes();
        scroll();
        pageSteps();
        jumps();
        resizes();
        append();
        if (heap::isCounted())
            bench::report(QStringLiteral("timeline/heap/after all"),
                          double(heap::liveBytes() - live) / 1e6 + m_openHeap, "MB");
    }

private:
    template<class F>
    void frame(Frames &frames, F f)
    {
        const qint64 cpu = threadCpuNow();
        const qint64 wall = wallNow();
        f();
        QApplication::processEvents();
        frames.cpu.push_back(double(threadCpuNow() - cpu) / 1e6);
        frames.wall.push_back(double(wallNow() - wall) / 1e6);
    }

    /// From nothing to a painted window.
    void openOnce(Frames &frames)
    {
        m_view.reset();
        m_model.reset();
        QApplication::processEvents();
        frame(frames, [this] {
            m_model = std::make_unique<model::TimelineModel>(m_profile, m_chat);
            m_view = std::make_unique<ui::TimelineView>();
            m_view->resize(900, 700);
            m_view->setTimeline(m_model.get());
            m_view->show();
            while (m_view->rowsPainted() == 0)
                QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        });
    }

    void open(const QString &name)
    {
        const qint64 live = heap::liveBytes();
        Frames frames;
        openOnce(frames);
        report(name, frames);
        m_openHeap = double(heap::liveBytes() - live) / 1e6;
        if (heap::isCounted())
            bench::report(QStringLiteral("timeline/heap/on opening, with fonts"), m_openHeap, "MB");
    }

    /// Up through some thousands of messages: the window moves along by pages from the database.
    void scroll()
    {
        Frames frames;
        const qint64 painted = m_view->rowsPainted();
        const int steps = m_quick ? 20 : 3000;
        for (int i = 0; i < steps; ++i)
            frame(frames, [this] { m_view->scrollByPixels(-30); });
        report(QStringLiteral("timeline/scroll 30 px"), frames);
        bench::report(QStringLiteral("timeline/scroll 30 px/rows painted"),
                      double(m_view->rowsPainted() - painted) / steps, "a frame");
    }

    void pageSteps()
    {
        Frames frames;
        for (int i = 0; i < (m_quick ? 3 : 200); ++i)
            frame(frames, [this] { m_view->scrollByPixels(-m_view->viewport()->height()); });
        report(QStringLiteral("timeline/page step"), frames);
    }

    void jumps()
    {
        Frames frames;
        QScrollBar *bar = m_view->verticalScrollBar();
        for (int i = 0; i < (m_quick ? 2 : 30); ++i) {
            bool settled = false;
            const auto connection =
                QObject::connect(m_model.get(), &model::Timeline::settled, [&settled] { settled = true; });
            frame(frames, [&] {
                bar->setValue(int(double(bar->maximum()) * ((i * 37 + 20) % 100) / 100.0));
                const qint64 begin = wallNow();
                while (!settled && wallNow() - begin < 20'000'000'000)
                    QApplication::processEvents(QEventLoop::WaitForMoreEvents);
            });
            QObject::disconnect(connection);
            if (!settled)
                giveUp(QStringLiteral("The scroll bar was moved, and the window did not follow."));
        }
        report(QStringLiteral("timeline/jump by the scroll bar"), frames);
    }

    void resizes()
    {
        Frames frames;
        for (int i = 0; i < (m_quick ? 2 : 40); ++i)
            frame(frames, [&] { m_view->resize(900 - (i % 20) * 10, 700); });
        report(QStringLiteral("timeline/resize"), frames);
        m_view->resize(900, 700);
    }

    /// A message comes while the newest shows. Stored first, as all are; the figure is what the window's thread does then.
    void append()
    {
        m_view->showLatest();
        while (!m_view->isAtLatest() || m_model->rowsAfter() > 0)
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QApplication::processEvents();
        Frames frames;
        Speech speech(7);
        for (int i = 0; i < (m_quick ? 3 : 100); ++i) {
            store::Message message;
            message.key = m_model->row(m_model->rowCount() - 1).key + 4;
            message.conversation = m_chat;
            message.author = m_profile.conversations().find(m_chat)->peer;
            message.body = speech.message();
            message.time = QDateTime::currentDateTimeUtc();
            const qint64 painted = m_view->rowsPainted();
            frame(frames, [&] { m_profile.conversations().announceMessage(message); });
            if (m_view->rowsPainted() == painted)
                giveUp(QStringLiteral("A new message was not painted."));
        }
        report(QStringLiteral("timeline/append, shown"), frames);
    }

    chat::Profile m_profile;
    bool m_quick;
    qint64 m_chat = 0;
    double m_openHeap = 0;
    std::unique_ptr<model::TimelineModel> m_model;
    std::unique_ptr<ui::TimelineView> m_view;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setStyle(new ui::Style(ui::Theme::make({})));
    const bool quick = hasOption("--quick");
    QTemporaryDir temporary;
    const QString folder = option("--data", temporary.path()) + QStringLiteral("/timeline");
    ensureProfile(folder, 1, quick ? 5000 : 1'000'000, false);
    Bench(folder, quick).run();
    return 0;
}
