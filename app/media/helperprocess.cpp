// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/helperprocess.h"

#include "media/imageheader.h"

#include <QCoreApplication>

namespace media {
namespace {

Error inputError(QString condition, QString detail)
{
    return {Error::Kind::Input, std::move(condition), std::move(detail)};
}

Error undecodable()
{
    return inputError(QStringLiteral("image-undecodable"), QStringLiteral("The picture could not be decoded."));
}

/// Whether an answer is one that this job can have.
bool isPossible(const protocol::Answer &answer, const protocol::Job &job)
{
    if (answer.status != protocol::Status::Done)
        return answer.length == 0;
    const auto area = [](quint32 width, quint32 height) { return quint64(width) * height; };
    const auto isWithin = [](quint32 side, quint32 most) { return side > 0 && (most == 0 || side <= most); };
    const bool fits = isWithin(answer.width, job.width) && isWithin(answer.height, job.height)
        && isWithin(answer.fullWidth, 0) && isWithin(answer.fullHeight, 0);
    if (!fits || area(answer.fullWidth, answer.fullHeight) > job.mostPixels
        || area(answer.width, answer.height) > job.mostPixels)
        return false;
    return job.want == protocol::Want::Pixels ? area(answer.width, answer.height) * 4 == answer.length
                                              : answer.length > 0;
}

Error errorOf(protocol::Status status)
{
    switch (status) {
    case protocol::Status::Unsupported:
        return inputError(QStringLiteral("image-type-unsupported"),
                          QStringLiteral("Pictures of this type cannot be shown by this installation."));
    case protocol::Status::Damaged:
        return inputError(QStringLiteral("image-damaged"), QStringLiteral("The picture is damaged."));
    case protocol::Status::TooLarge:
        return inputError(QStringLiteral("image-too-large"), QStringLiteral("The picture has too many pixels."));
    case protocol::Status::Done:
    case protocol::Status::Undecodable: break;
    }
    return undecodable();
}

} // namespace

HelperProcess::HelperProcess(Clock &clock, const QString &program, HelperTimes times)
    : m_clock(clock), m_times(times), m_process(new QProcess(this))
{
    connect(m_process, &QProcess::readyReadStandardOutput, this, &HelperProcess::read);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            end({Error::Kind::Unsupported, QStringLiteral("no-decoder"),
                 QStringLiteral("The program that decodes pictures could not be started.")});
            Q_EMIT ended();
        } else {
            end(undecodable());
        }
    });
    connect(m_process, &QProcess::finished, this, [this] {
        end(undecodable());
        Q_EMIT ended();
    });
    m_process->setStandardErrorFile(QProcess::nullDevice());
    arm(m_times.start);
    m_process->start(program, QStringList());
}

HelperProcess::~HelperProcess()
{
    m_process->disconnect(this);
    m_process->kill();
    // Its destructor would wait for the end.
    if (m_process->state() != QProcess::NotRunning) {
        connect(m_process, &QProcess::finished, m_process, &QObject::deleteLater);
        m_process->setParent(QCoreApplication::instance());
    }
}

void HelperProcess::begin(const protocol::Job &job, const QByteArray &image, base::Later<Reply> reply)
{
    m_job = job;
    m_reply = std::move(reply);
    m_answer.reset();
    if (m_isReady)
        arm(m_times.job);
    m_process->write(job.bytes());
    m_process->write(image);
}

void HelperProcess::hurry(std::chrono::milliseconds time)
{
    if (m_job && !m_isOver)
        arm(time);
}

void HelperProcess::read()
{
    while (!m_isOver && (!m_isReady ? readReady() : !m_answer ? readHead() : readBody())) { }
}

bool HelperProcess::readReady()
{
    const QByteArray expected = protocol::readyBytes();
    if (m_process->bytesAvailable() < expected.size())
        return false;
    if (m_process->read(expected.size()) != expected) {
        end(undecodable());
        return false;
    }
    m_isReady = true;
    if (m_job)
        arm(m_times.job);
    else
        setIdle();
    return true;
}

bool HelperProcess::readHead()
{
    if (!m_job) {
        if (m_process->bytesAvailable() > 0)
            end(undecodable()); // nobody asked
        return false;
    }
    if (m_process->bytesAvailable() < protocol::Answer::size)
        return false;
    m_answer = protocol::Answer::read(m_process->read(protocol::Answer::size));
    if (!m_answer || !isPossible(*m_answer, *m_job)) {
        end(undecodable());
        return false;
    }
    m_bytes = QByteArray(qsizetype(m_answer->length), Qt::Uninitialized);
    m_read = 0;
    return true;
}

bool HelperProcess::readBody()
{
    const qint64 taken = m_process->read(m_bytes.data() + m_read, m_bytes.size() - m_read);
    if (taken < 0) {
        end(undecodable());
        return false;
    }
    m_read += qsizetype(taken);
    if (m_read < m_bytes.size())
        return taken > 0;
    judge();
    return true;
}

void HelperProcess::judge()
{
    const protocol::Answer answer = *std::exchange(m_answer, std::nullopt);
    QByteArray bytes = std::exchange(m_bytes, {});
    if (answer.status == protocol::Status::Done)
        finish(HelperReply{QSize(int(answer.fullWidth), int(answer.fullHeight)),
                           QSize(int(answer.width), int(answer.height)), answer.isJpeg, std::move(bytes)});
    else
        finish(fail(errorOf(answer.status)));
}

/// From the event loop, because whoever waits for it may be about to delete us.
void HelperProcess::finish(Reply reply)
{
    m_job.reset();
    setIdle();
    const auto put = [later = std::exchange(m_reply, {}), reply = std::move(reply)] { later.set(reply); };
    QMetaObject::invokeMethod(this, put, Qt::QueuedConnection);
}

void HelperProcess::end(const Error &error)
{
    if (m_isOver)
        return;
    m_isOver = true;
    if (m_job)
        finish(fail(error));
    m_timer.stop();
    m_process->kill();
}

void HelperProcess::arm(std::chrono::milliseconds time)
{
    m_timer = m_clock.after(time, [this] {
        end({Error::Kind::Timeout, QStringLiteral("image-undecodable"),
             QStringLiteral("The picture could not be decoded in time.")});
    });
}

void HelperProcess::setIdle()
{
    arm(m_times.idle);
}

} // namespace media
