// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/sessionrecord.h"
#include "store/store.h"
#include "xml/element.h"
#include "xmpp/client.h"

#include <optional>
#include <vector>

/// What the outbox does in the store: each a transaction, or a read, of its own. They run on the store's thread, so they
/// hold all that they need.
namespace chat::outboxjobs {

/// An Input error.
Error inputError(const char *condition, const QString &detail);

/// A message that was just stored, and its chat behind it.
struct Stored {
    store::Message message;
    store::Conversation conversation;
};

/// The first step of the way out: message and outbox row together.
struct StoreDraft {
    Jid account;
    Jid peer;
    store::NewMessage message;
    QByteArray stanza;
    /// Errors: Input `id-in-use`; Storage.
    Result<Stored> operator()(store::Transaction &transaction) const;
};

/// A failed message waits again, made anew with the same id. Errors: Input `message-unknown`; Storage.
struct Retry {
    Jid account;
    qint64 key;
    QDateTime now;
    Result<> operator()(store::Transaction &transaction) const;
};

/// Takes a message away for good; only one that no server can have: else it would vanish here and stay there. Errors:
/// Input `message-unknown`, `already-sent`; Storage.
struct Discard {
    qint64 key;
    Result<> operator()(store::Transaction &transaction) const;
};

/// The server has them.
struct Accept {
    std::vector<qint64> keys;
    QDateTime now;
    Result<> operator()(store::Transaction &transaction) const;
};

/// What was written to a stream that is gone: what the server says that it got needs nothing more (XEP-0198 5), the rest
/// waits again. Gives what it got.
struct Settle {
    Jid account;
    std::optional<xmpp::StreamManagement::Settled> settled;
    QDateTime now;
    Result<std::vector<qint64>> operator()(store::Transaction &transaction) const;
};

/// To whom something waits that was written before, and may have arrived.
struct ReadDoubtful {
    Jid account;
    Result<std::vector<Jid>> operator()(store::Reader &reader) const;
};

/// An entry of the outbox; without a stanza where its bytes cannot be read any more.
struct Taken {
    store::OutboxEntry entry;
    std::optional<xml::Element> stanza;
};

/// The next entries, counted as written before a byte of them goes out, each with the number that its stanza will have.
struct TakeNext {
    Jid account;
    int limit;
    QString session;                              ///< Empty where it cannot be resumed.
    quint32 sent;                                 ///< The last number given.
    std::vector<sessionrecord::Numbered> numbers; ///< What is not acknowledged.
    QDateTime now;
    Result<std::vector<Taken>> operator()(store::Transaction &transaction) const;
};

/// They never go again by themselves.
struct GiveUp {
    std::vector<qint64> keys;
    Error why;
    QDateTime now;
    Result<> operator()(store::Transaction &transaction) const;
};

/// Those of `keys` that are still there.
struct ReadMessages {
    std::vector<qint64> keys;
    Result<std::vector<store::Message>> operator()(store::Reader &reader) const;
};

} // namespace chat::outboxjobs
