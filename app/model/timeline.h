// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QSize>

#include <optional>

namespace model {

/// Where an outgoing message is (RELIABILITY 2.10). Incoming messages are Received.
enum class Delivery { Received, Queued, Encrypted, Written, Accepted, Delivered, Displayed, Failed };

/// What the server's archive has, or may have, between a row and the one above it.
enum class Missing {
    Nothing,
    Older,    ///< What was there before this client; only where nothing above is stored.
    Messages, ///< Some that came while nobody was here; they are being fetched.
    Stuck,    ///< The same, and the archive does not give them.
};

/// Since when a message is, or was, at a place of its way.
struct Reached {
    Delivery delivery = Delivery::Queued;
    QDateTime time; ///< UTC.

    friend bool operator==(const Reached &, const Reached &) = default;
};

/// One reaction to a message (XEP-0444), and by whom.
struct RowReaction {
    QString text;      ///< As it came: one sign, plain text from outside.
    QStringList names; ///< Of those who reacted so, without ourselves; as shown.
    bool own = false;  ///< We did, too.

    int count() const { return int(names.size()) + (own ? 1 : 0); }
    friend bool operator==(const RowReaction &, const RowReaction &) = default;
};

/// The message that one answers (XEP-0461).
struct RowReply {
    qint64 key = 0; ///< 0: it is not stored here.
    QString authorName;
    QString body; ///< As it is now, in one line or several; empty where it is not here, or was taken back.
    bool retracted = false;

    friend bool operator==(const RowReply &, const RowReply &) = default;
};

/// Where a file of a message is.
enum class FilePlace {
    Remote,  ///< Theirs: to be had at its address.
    Loading, ///< Theirs: asked for, and not here yet.
    Here,    ///< On this computer, and, where it is ours, at its address, too.
    Waiting, ///< Ours: has to go to the server first; also while it goes.
    Failed,
};

/// A file of a message (XEP-0447, XEP-0066). What others say of it is a claim.
struct RowFile {
    qint64 id = 0;
    FilePlace place = FilePlace::Remote;
    QString name;               ///< From outside: plain text, for a label.
    QString type;               ///< Media type; empty: not said.
    std::optional<qint64> size; ///< Bytes.
    QString url;                ///< Empty: it is at no address yet.
    QString path;               ///< On this computer; empty: it is not here.
    QSize pixels;               ///< Of a picture or a film, as said; empty: not said.
    QByteArray thumbnail;       ///< A small picture, encoded, as it came: for the decoder alone. Empty: none.
    bool isPicture = false;     ///< To be seen in the chat, of a kind that this program shows.
    Error failure;              ///< Where it failed.

    friend bool operator==(const RowFile &, const RowFile &) = default;
};

/// What a message said before it was corrected (XEP-0308).
struct RowVersion {
    QString body;   ///< From outside: plain text, any length.
    QDateTime time; ///< UTC: since when it said so.

    friend bool operator==(const RowVersion &, const RowVersion &) = default;
};

/// One message as the timeline draws it: one typed value per row.
struct TimelineRow {
    qint64 key = 0; ///< Local, unique, stable, ordered as the archive is.
    bool outgoing = false;
    Jid author;         ///< Bare JID in chats.
    QString authorName; ///< As shown; from outside, so plain text.
    QString body;   ///< From outside: plain text, any length. Of a message with files the caption; may be empty then.
    QDateTime time; ///< UTC.
    Delivery delivery = Delivery::Received;
    QList<Reached> reached; ///< The way of an outgoing message after it was written down, as far as it is known.
    Error failure;          ///< Why, where delivery is Failed.
    bool encrypted = false;
    bool unstyled = false;     ///< The body is no styling (XEP-0393 6).
    bool edited = false;       ///< The body is not what it was first (XEP-0308).
    bool retracted = false;    ///< Taken back (XEP-0424): there is no body, and the place stays.
    bool changeWaits = false;  ///< Ours: a correction or retraction of it is not with the server yet.
    bool changeFailed = false; ///< What we said of it last (a correction, a reaction) was not sent.
    bool canChange = false;    ///< Ours, and the server has had it: it can be corrected and taken back.
    std::optional<RowReply> reply;
    QList<RowReaction> reactions;       ///< In the order in which they came first.
    QList<RowFile> files;               ///< In their order; none where it was taken back.
    bool firstUnread = false;           ///< The "new messages" line stands above this row.
    Missing missing = Missing::Nothing; ///< The line that says so stands above this row.

    friend bool operator==(const TimelineRow &, const TimelineRow &) = default;
};

/// What the timeline view needs of its model: a window of some hundred rows on a conversation of any length, oldest
/// first, and the ways to move it. Rows are told by keys; fetching inserts at one end and removes at the other.
class Timeline : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    enum Role {
        RowRole = Qt::UserRole, ///< TimelineRow
    };

    virtual const TimelineRow &row(int index) const = 0;
    /// The index of `key` in the window, or -1.
    virtual int indexOf(qint64 key) const = 0;
    /// About how many rows lie before and after the window; 0 exactly where the window touches that end.
    virtual qint64 rowsBefore() const = 0;
    virtual qint64 rowsAfter() const = 0;

    /// Whether fetchOlder() may bring something: from the store, or from the server's archive.
    virtual bool hasOlder() const { return rowsBefore() > 0; }
    /// Tries again to get what the archive did not give (Missing::Stuck).
    virtual void retryMissing() { }

    /// Asks what a message said before; versionsRead() follows, unless that cannot be read.
    virtual void readVersions(qint64 key) { Q_UNUSED(key); }

    /// How far a file on its way is, 0 to 1; less than 0: nobody knows. fileProgress() tells of news.
    virtual double progressOf(qint64 file) const
    {
        Q_UNUSED(file);
        return -1;
    }

    /// Starts a fetch at the old or new end, unless one runs or nothing is there; rows come by rowsInserted.
    virtual void fetchOlder() = 0;
    virtual void fetchNewer() = 0;
    /// Moves the window to the newest rows; modelReset follows where it was elsewhere.
    virtual void showLatest() = 0;
    /// Moves the window around a place in [0, 1] of the whole conversation (for the scroll bar); modelReset follows.
    virtual void showFraction(double place) = 0;
    /// Moves the window so that it holds `key`; modelReset follows where it did not.
    virtual void showKey(qint64 key) = 0;

Q_SIGNALS:
    /// The first fill or a move is done, and the window has its rows.
    void settled();
    /// More of a file of this message went or came.
    void fileProgress(qint64 key);
    /// The earlier versions of a message, oldest first; none where it was not corrected.
    void versionsRead(qint64 key, const QList<model::RowVersion> &versions);
};

} // namespace model

Q_DECLARE_METATYPE(model::TimelineRow)
