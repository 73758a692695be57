// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/await.h"
#include "media/protocol.h"

#include <QObject>
#include <QProcess>
#include <QSize>

namespace media {

/// What came back of a job.
struct HelperReply {
    QSize full; ///< As displayed, before it was scaled.
    QSize size; ///< Of what `bytes` hold.
    bool isJpeg = false;
    QByteArray bytes;
};

/// How long one process may take.
struct HelperTimes {
    std::chrono::milliseconds start, job, idle;
};

/// One process of balcony-decoder, from its start to its end; one job at a time. What it says is believed only where it
/// stays within what the job allows.
class HelperProcess : public QObject
{
    Q_OBJECT
public:
    using Reply = Result<HelperReply>;

    HelperProcess(Clock &clock, const QString &program, HelperTimes times);
    ~HelperProcess() override;

    bool isFree() const { return !m_isOver && !m_job; }
    /// Puts the outcome into `reply`, from the event loop. Errors: Unsupported `no-decoder`; Input
    /// `image-type-unsupported`, `image-damaged`, `image-too-large`, `image-undecodable`; Timeout `image-undecodable`.
    void begin(const protocol::Job &job, const QByteArray &image, base::Later<Reply> reply);
    /// Nobody waits for the job any more: it gets no longer than this.
    void hurry(std::chrono::milliseconds time);

Q_SIGNALS:
    /// The process has ended.
    void ended();

private:
    void read();
    bool readReady();
    bool readHead();
    bool readBody();
    void judge();
    void finish(Reply reply);
    void end(const Error &error);
    void arm(std::chrono::milliseconds time);
    void setIdle();

    Clock &m_clock;
    HelperTimes m_times;
    QProcess *m_process; ///< A child of ours; of the program's, where it outlives us.
    std::optional<protocol::Job> m_job;
    base::Later<Reply> m_reply;
    std::optional<protocol::Answer> m_answer;
    QByteArray m_bytes;
    qsizetype m_read = 0; ///< Of m_bytes.
    bool m_isReady = false;
    bool m_isOver = false;
    Timer m_timer; ///< Of the start, of the job, or of idleness.
};

} // namespace media
