// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "automation/port.h"

#include <memory>

class QSocketNotifier;

namespace automation {

/// The port on standard input and output. Nothing else may write there.
class Stdio : public QObject
{
    Q_OBJECT
public:
    explicit Stdio(Port &port);
    ~Stdio() override;

Q_SIGNALS:
    /// Standard input ended: the program should leave.
    void finished();

private:
    void takeBytes();
    void write(const QJsonObject &object);

    Port &m_port;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QByteArray m_input;
};

} // namespace automation
