// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bench/report.h"
#include "bench/typed.h"
#include "xml/reader.h"

#include <vector>

namespace bench {

/// `bytes` cut into reads of `size`, each of its own, as a socket gives them; 0: one block.
inline std::vector<QByteArray> cut(const QByteArray &bytes, int size)
{
    std::vector<QByteArray> pieces;
    const qsizetype step = size > 0 ? size : qMax<qsizetype>(bytes.size(), 1);
    pieces.reserve(size_t(bytes.size() / step + 1));
    for (qsizetype at = 0; at < bytes.size(); at += step)
        pieces.push_back(bytes.mid(at, qMin(step, bytes.size() - at)));
    return pieces;
}

/// Feeds the pieces and calls `f(element)` for each top-level element. Gives their number; ends the program where the
/// reader refuses something.
template<class F>
int readAll(xml::Reader &reader, const std::vector<QByteArray> &pieces, F f)
{
    int count = 0;
    for (const QByteArray &piece : pieces) {
        if (!reader.feed(piece))
            continue;
        for (;;) {
            auto event = reader.next();
            if (!event)
                giveUp(event.error().condition + QStringLiteral(": ") + event.error().detail);
            if (event->kind == xml::Reader::Kind::Nothing)
                break;
            if (event->kind != xml::Reader::Kind::Element)
                continue;
            f(event->element);
            ++count;
        }
    }
    return count;
}

} // namespace bench
