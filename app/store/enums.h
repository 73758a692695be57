// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>

namespace store {

// The numbers are in the files of users: never change one, only add.

enum class ConversationKind {
    Chat = 0,      ///< With one account, by its bare JID.
    Groupchat = 1, ///< A room (XEP-0045), by its bare JID.
    Private = 2,   ///< With an occupant of a room, by the occupant's full JID.
};

/// A message's life (RELIABILITY 2.10). Outgoing ones go from Queued towards Displayed and never back, except from
/// Failed to Queued.
enum class MessageState {
    Received = 0,  ///< Incoming: it has no further state.
    Queued = 1,    ///< On disk, in the outbox.
    Encrypted = 2, ///< Its final bytes are on disk.
    Written = 3,   ///< Given to the socket; the server may have it.
    Accepted = 4,  ///< The server has it.
    Delivered = 5, ///< A device of theirs has it (XEP-0184).
    Displayed = 6, ///< They saw it (XEP-0333).
    Failed = 7,    ///< See `failure`.
};

enum class Encryption { None = 0, Omemo = 1, OpenPgp = 2 };

} // namespace store

Q_DECLARE_METATYPE(store::MessageState)
