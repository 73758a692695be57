// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/messages.h"

namespace store {

/// What another stanza says of a message.
struct Change {
    enum class Kind {
        Original = 0,   ///< What a message said before it was corrected first: kept, never sent.
        Correction = 1, ///< XEP-0308
        Retraction = 2, ///< XEP-0424
        Reactions = 3,  ///< XEP-0444: all of one author's; the newest set counts.
    };

    qint64 id = 0;
    qint64 conversation = 0;
    qint64 message = 0; ///< The key of what it changes; 0: that is not here (yet).
    Kind kind = Kind::Correction;
    bool outgoing = false;
    Jid author;
    QString target; ///< The `id` that it names.
    QDateTime time;
    MessageState state = MessageState::Received; ///< Of ours: Queued, Written, Accepted, or Failed.
    Error failure;                               ///< Where the state is Failed.
    QString stanzaId;
    QString archiveId;
    /// Where an archive tells it: it came after the changes up to this id, and before all later ones; nothing: it came live,
    /// after all.
    std::optional<qint64> after;
    /// Which page of the archive told it; of two with the same stamps the greater one is newer.
    qint64 page = 0;
    qint64 place = 0;     ///< Live, all changes up to this id came before it; set by Changes.
    bool inForce = false; ///< The last of its author's; set by Changes.
    qint64 standIn = 0;   ///< A correction whose message is not here stands as this one until then; 0: none.
    QString body;         ///< The new text; of reactions the signs, one a line.
    QByteArray payload;
};

/// What record() or resolve() did.
struct Recorded {
    qint64 id = 0;               ///< The change.
    bool duplicate = false;      ///< It was there before; ours may have moved to Accepted.
    qint64 message = 0;          ///< What looks different now; 0: nothing does.
    std::vector<qint64> removed; ///< Stand-ins that went, by their keys.
    qint64 standIn = 0;          ///< What stands in for the message that is not here; 0: nothing does.
    bool retracted = false;      ///< The message that is not here was taken back: no correction of it counts.
};

/// The changes of messages. An author is held to what is theirs: a correction or a retraction counts only for a message of
/// the same author in the same conversation (RELIABILITY 1.7). Which came last counts, whatever the order of arrival, and not by
/// clocks that differ; what a message said first is kept until it is taken back. Reads are const.
class Changes
{
public:
    /// Of those whose message is not here, in one conversation; the oldest go then.
    static constexpr int mostWaiting = 10'000;
    /// Of an author's reactions to a message that are not in force any more.
    static constexpr int mostFormer = 64;

    explicit Changes(Database &database) : m_database(database) { }

    /// Keeps a change (`id`, `message`, `standIn` and `failure` are not looked at), and makes it where its message is here;
    /// or finds it known already. Errors: Storage.
    Result<Recorded> record(const Change &change);
    /// Whether record() would find it known already, and the message that it is about, or 0.
    Result<Recorded> lookUp(const Change &change) const;
    /// Until its message comes, the correction `id` is shown as the message `key`.
    Result<> setStandIn(qint64 id, qint64 key);
    /// A message came: what waited for it is done to it. Gives the message where something was.
    Result<Recorded> resolve(const Message &message);
    /// Takes one of ours back that never got out: what counted before it counts again. Of a retraction only the note goes, the
    /// text does not come back.
    Result<> drop(qint64 id);
    /// Moves one of ours forward, or from Failed to Queued. False where that would be a step back.
    Result<bool> setState(qint64 id, MessageState state, const Error &failure = {});

    Result<std::optional<Change>> byId(qint64 id) const;
    /// The newest one's id, or 0.
    Result<qint64> newest() const;
    /// One of ours by the `id` of its stanza.
    Result<std::optional<Change>> findOwn(qint64 conversation, const QString &stanzaId) const;
    /// All that a message said, oldest first; empty where it was never corrected.
    Result<std::vector<Change>> history(qint64 message) const;
    /// The signs that one side put on a message last.
    Result<QStringList> reactions(qint64 message, bool outgoing) const;
    /// Fills what messages say of their changes: `reactions`, `waiting`, `answered`.
    Result<> fill(Message &message) const;
    Result<> fill(std::vector<Message> &messages) const;

private:
    Result<> fillAnswered(Message &message) const;
    Result<std::optional<Change>> findKnown(const Change &change) const;
    Result<qint64> targetOf(const Change &change) const;
    Result<std::vector<Change>> waitingWith(const Change &change) const;
    Result<> changeStandIn(const Change &change, qint64 standIn);
    Result<> restore(qint64 message, const Change &version);
    Result<> restoreOriginal(qint64 message);
    Result<> moveChanges(qint64 from, qint64 to);
    Result<> apply(const Change &change);
    Result<> correct(const Change &change);
    Result<bool> takeForce(const Change &change);
    Result<> limitWaiting(qint64 conversation, qint64 id);

    Database &m_database;
};

} // namespace store
