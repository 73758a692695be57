// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "automation/linebuffer.h"
#include "automation/port.h"

#include <memory>

class QSocketNotifier;

namespace automation {

/// The port on standard input and output. Nothing else may write there. A reader that does not read holds nothing up:
/// what it has not taken is kept up to a limit; beyond it events are left out and counted, and no more commands are read.
class Stdio : public QObject
{
    Q_OBJECT
public:
    explicit Stdio(Port &port);
    ~Stdio() override;

    /// Waits for the reader to take what is left, at most so long.
    void drain(std::chrono::milliseconds limit);

Q_SIGNALS:
    /// Standard input ended: the program should leave.
    void finished();

private:
    void takeBytes();
    void takeLines();
    void write(const QJsonObject &object);
    void flush();
    bool writeSome(int timeout);
    qsizetype unread() const { return m_output.size() - m_written; }

    Port &m_port;
    std::unique_ptr<QSocketNotifier> m_reading;
    std::unique_ptr<QSocketNotifier> m_writing;
    LineBuffer m_input;
    QByteArray m_output;
    qsizetype m_written = 0; ///< Of m_output.
    qint64 m_lost = 0;       ///< Events that were left out.
    bool m_ended = false;    ///< Standard input.
};

} // namespace automation
