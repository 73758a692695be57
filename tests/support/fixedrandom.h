// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"

namespace tests {

/// The same bytes in each run, never the same twice in a row: a counter, spread over the bytes.
class FixedRandom final : public Random
{
public:
    QByteArray bytes(int count) override
    {
        QByteArray result;
        result.reserve(count);
        while (result.size() < count) {
            // splitmix64: all bytes differ from one number to the next
            quint64 z = (m_state += 0x9e3779b97f4a7c15u);
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
            z ^= z >> 31;
            for (int i = 0; i < 8 && result.size() < count; ++i)
                result.append(char(z >> (8 * i)));
        }
        return result;
    }

private:
    quint64 m_state = 0;
};

} // namespace tests
