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
/// The text as it goes out. Errors: Input `empty-message`, `message-too-large`.
Result<QString> checkText(const QString &text);

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
    qint64 answered;                    ///< The key of the message that it answers; 0: none.
    std::vector<xml::Element> payloads; ///< What goes beside the text.
    /// Errors: Input `id-in-use`, `message-unknown`, `message-without-id`; Storage.
    Result<Stored> operator()(store::Transaction &transaction) const;
};

/// A message that is passed on to the chat with `peer`: a text that quotes it, and its files by their addresses.
struct StoreForward {
    static constexpr int mostFiles = 16;
    Jid account;
    Jid peer;
    qint64 key;      ///< Of what is passed on.
    QString comment; ///< Above it; may be empty.
    QString head;    ///< Says whose it is.
    QDateTime now;
    QStringList ids; ///< Of the stanzas, `mostFiles`.
    /// Errors: Input `message-unknown`, `message-retracted`, `not-sent-yet`, `empty-message`, `message-too-large`; Storage.
    Result<std::vector<Stored>> operator()(store::Transaction &transaction) const;

private:
    QString textFor(const store::Message &source) const;
    Result<Stored> put(store::Transaction &transaction, qint64 chat, const QString &id, const QString &text,
                       const store::File *file) const;
};

/// The same for a correction or a retraction of one of ours, or our reactions to a message. What is so already stays so.
struct StoreChange {
    /// A reaction to be put on or taken off, beside the others.
    struct Sign {
        QString text;
        bool on;
    };
    Jid account;
    qint64 key;
    store::Change::Kind kind;
    QString text;             ///< Of a correction.
    std::optional<Sign> sign; ///< Of reactions: this one changes; else
    QStringList signs;        ///< they are these.
    QString id;               ///< The stanza's.
    QDateTime now;
    /// Errors: Input `message-unknown`, `message-without-id`, `message-retracted`, `not-own-message`, `not-sent-yet`,
    /// `too-many-reactions`; Storage.
    Result<Stored> operator()(store::Transaction &transaction) const;

private:
    Result<store::Change> make(store::Transaction &transaction, const store::Message &message) const;
};

/// A failed message waits again, made anew with the same id; of a message that is sent what failed of its changes. Errors: Input `message-unknown`; Storage.
struct Retry {
    Jid account;
    qint64 key;
    QDateTime now;
    Result<> operator()(store::Transaction &transaction) const;

private:
    Result<> retryChange(store::Transaction &transaction, const store::Message &message) const;
};

/// Takes a message away for good; only one that no server can have: else it would vanish here and stay there. Of a message
/// that was sent, the change of it that failed; gives how it is then. Errors: Input `message-unknown`, `already-sent`;
/// Storage.
struct Discard {
    qint64 key;
    Result<std::optional<store::Message>> operator()(store::Transaction &transaction) const;
};

/// The server has them.
struct Accept {
    std::vector<qint64> items;
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
    std::vector<qint64> items;
    Error why;
    QDateTime now;
    Result<> operator()(store::Transaction &transaction) const;
};

/// The messages of those items (store::OutboxEntry) that are still there; of changes what they change.
struct ReadMessages {
    std::vector<qint64> items;
    Result<std::vector<store::Message>> operator()(store::Reader &reader) const;
};

} // namespace chat::outboxjobs
