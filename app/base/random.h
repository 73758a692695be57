// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace base {

/// Randomness, handed in so that tests can fix it.
class Random
{
public:
    virtual ~Random() = default;
    /// `count` bytes fit for keys and nonces.
    virtual QByteArray bytes(int count) = 0;
    /// A new 128-bit id as 22 characters of base64url: for stanzas, requests, resources. Nobody can guess the next one.
    QString id();
    /// Evenly spread in [0, bound), bound > 0.
    quint32 below(quint32 bound);
};

/// The operating system's generator.
class SystemRandom final : public Random
{
public:
    QByteArray bytes(int count) override;
};

} // namespace base

using base::Random;
