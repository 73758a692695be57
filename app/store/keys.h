// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

/// Message keys: 20 bits of conversation, then 43 bits of time in quarter milliseconds since 2000 (until 2069), so that
/// four messages fit into each millisecond and a page of a conversation is one range of the table.
namespace store::keys {

constexpr int timeBits = 43;
constexpr qint64 timeMask = (qint64(1) << timeBits) - 1;
constexpr qint64 mostConversations = (qint64(1) << 20) - 1;
/// The last slots are kept for what comes after a message from the far future.
constexpr qint64 lastTimeSlot = timeMask - (qint64(1) << 22);

/// Below all keys of the conversation.
constexpr qint64 first(qint64 conversation)
{
    return conversation << timeBits;
}
/// The last key that the conversation could have.
constexpr qint64 last(qint64 conversation)
{
    return first(conversation) | timeMask;
}
constexpr qint64 conversationOf(qint64 key)
{
    return key >> timeBits;
}
/// The slot of a time, from 1; times out of range go to the ends.
qint64 slotOf(const QDateTime &time);

} // namespace store::keys
