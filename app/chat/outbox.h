// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/conversations.h"
#include "xep/extensions.h"
#include "xmpp/client.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace chat {

namespace outboxjobs {
struct StoreChange;
}

/// The one way out for an account's messages (RELIABILITY 2.2): a message is on disk before anybody calls it sent, goes
/// out in order whenever a stream is up, and leaves only when the server has it, refused it, or the person took it back.
class Outbox : public QObject
{
    Q_OBJECT
public:
    /// What a person wants to send.
    struct Draft {
        Jid to; ///< Bare in ordinary chats.
        QString body;
        QString id;         ///< The stanza's id; made by chance where empty.
        qint64 replyTo = 0; ///< The key of the message that it answers (XEP-0461); 0: none.
    };

    Outbox(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, Conversations &conversations,
           const Jid &account);
    ~Outbox() override;

    /// Stores the message and its outbox row in one synced transaction, and gives the stored message; only then may a
    /// composer empty. Errors: Input `empty-message`, `jid-malformed`, `message-too-large`; Storage.
    Task<Result<store::Message>> send(Draft draft);
    /// A message that is passed on to another chat.
    struct Forward {
        Jid to;
        qint64 key = 0;  ///< Of the message, in whatever chat.
        QString comment; ///< What the person writes with it; may be empty.
        QString head;    ///< "Forwarded from ...": a line in the person's language.
    };
    /// Passes a message on: as a text of ours that quotes it and says whose it is, which every client shows; its files by
    /// their addresses, each in a message of its own, without another upload. Gives what was stored, as send() does. Errors:
    /// Input `message-unknown`, `message-retracted`, `not-sent-yet` (a file of it has no address), `empty-message`, and as
    /// send().
    Task<Result<std::vector<store::Message>>> forward(Forward forward);
    /// Another text for one of ours that was sent (XEP-0308). On disk and in the outbox when it ends, as with send(); gives
    /// the message as it is then. Errors:
    /// Input `empty-message`, `message-too-large`, `message-unknown`, `message-without-id`, `message-retracted`,
    /// `not-own-message`, `not-sent-yet`; Storage.
    Task<Result<store::Message>> correct(qint64 key, QString body);
    /// Takes one of ours that was sent back (XEP-0424): its text is gone here, and the others are asked to forget it. Errors as
    /// correct().
    Task<Result<store::Message>> retract(qint64 key);
    /// Puts a reaction on a message, or takes it off (XEP-0444). Errors: Input `sign-unusable`, `too-many-reactions`, and as
    /// correct().
    Task<Result<store::Message>> react(qint64 key, QString sign, bool on);
    /// As react(), of all of them at once: ours are these.
    Task<Result<store::Message>> setReactions(qint64 key, QStringList signs);
    /// A failed message goes out again, with the same id; or what failed of its changes.
    Task<Result<>> retry(qint64 key);
    /// Takes a message that is queued or failed back, for good; of one that is sent the change that failed. Errors: Input `message-unknown`, `already-sent`; Storage.
    Task<Result<>> discard(qint64 key);

    /// Looks which of what was written to these (bare) has arrived after all, and takes it out of the store's outbox.
    using Doubt = std::function<Task<void>(std::vector<Jid> peers)>;
    /// Asked before anything goes again whose session is gone; without one it simply goes again.
    void setDoubt(Doubt doubt) { m_doubt = std::move(doubt); }
    /// A stream is up: what waited goes out, what was written and never confirmed goes again.
    void resume();
    /// Messages that the server has not confirmed yet.
    int pending() const { return m_pending; }
    /// Counts them anew, after somebody else took some away.
    void countAgain();
    /// Counts them anew and sends what may go now, after somebody else made room for it.
    void look();

    /// Something came about a message of ours: to whom and under which id that went, and since when it is so.
    struct News {
        Jid account;
        Jid peer;
        QString id;
        QDateTime time;
    };
    /// A receipt or marker: the message is now `state`. Called inside the inbox's transaction.
    static Result<std::optional<store::Message>> confirm(store::Transaction &transaction, const News &news,
                                                         store::MessageState state);
    /// The message came back with an error. As confirm().
    static Result<std::optional<store::Message>> bounce(store::Transaction &transaction, const News &news,
                                                        const Error &why);

Q_SIGNALS:
    void pendingChanged();
    /// The server did not answer the barrier behind what was written: the link is dead.
    void unanswered();

private:
    Task<void> recount();
    Task<void> restart();
    Task<void> flush();
    enum class Step { Done, More, Stop, Again };
    Task<Step> writeBatch();
    Task<Result<store::Message>> change(outboxjobs::StoreChange job);
    Task<Step> confirmBatch(std::vector<qint64> keys);
    Task<bool> giveUp(std::vector<qint64> keys, Error why);
    void takeEnd(const Error &why);
    Task<void> accept(std::vector<qint64> keys);
    bool isManaged() const;
    int room() const;
    std::vector<qint64> poisonous() const;
    Task<void> announce(std::vector<qint64> keys);
    xml::Element stampedWhereLate(const store::OutboxEntry &entry, const xml::Element &stanza) const;
    void wake();

    xmpp::Client &m_client;
    xep::Extensions &m_extensions;
    store::Store &m_store;
    Conversations &m_conversations;
    Jid m_account;
    Doubt m_doubt;
    int m_pending = 0;
    bool m_flushing = false;
    bool m_again = false;
    bool m_restarted = false;          ///< What an older stream left is in the queue again.
    std::vector<qint64> m_unconfirmed; ///< Written to the running stream, without an answer yet.
    std::chrono::milliseconds m_writtenAt{0};
    /// How often a stream was closed with an error right after these were written (I14).
    std::map<qint64, int> m_suspects;
    /// Until the numbers of an earlier start are settled nothing else may take one of them.
    std::unique_ptr<xmpp::Client::Hold> m_hold;
    Scope m_stream; ///< What runs while one stream is up.
    Scope m_scope;
};

} // namespace chat
