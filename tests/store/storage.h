// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/schema.h"
#include "store/store.h"

#include <QCoreApplication>
#include <QTemporaryDir>
#include <QTest>

namespace tests {

template<class T>
Task<void> keep(Task<T> task, std::optional<T> *result)
{
    auto value = co_await std::move(task);
    result->emplace(std::move(value));
}

/// Runs the event loop until the task has its answer.
template<class T>
T wait(Task<T> task)
{
    std::optional<T> result;
    base::Scope scope;
    scope.run(keep(std::move(task), &result));
    while (!result)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return std::move(*result);
}

inline Task<bool> done(Task<void> task)
{
    co_await std::move(task);
    co_return true;
}

/// A JID that must be good.
inline Jid jid(const char *text)
{
    return Jid::fromWire(QString::fromLatin1(text));
}

inline QDateTime at(qint64 seconds, qint64 milliseconds = 0)
{
    return QDateTime::fromMSecsSinceEpoch(1700000000000 + seconds * 1000 + milliseconds, Qt::UTC);
}

/// A connection to an empty database with the newest schema, in memory, for what needs no threads.
inline std::unique_ptr<store::Database> emptyDatabase()
{
    auto database = store::Database::open(QStringLiteral(":memory:"), store::Database::Mode::Create);
    if (!database || !(*database)->execute("PRAGMA foreign_keys = ON") || !store::schema::migrate(**database))
        qFatal("no database");
    return std::move(*database);
}

/// With the account a@example.org and a chat of it with b@example.org.
struct Chat {
    std::unique_ptr<store::Database> database = emptyDatabase();
    Jid account = jid("a@example.org");
    Jid peer = jid("b@example.org");
    qint64 id = 0;
    store::Messages messages{*database};
    store::Conversations conversations{*database};

    explicit Chat(store::ConversationKind kind = store::ConversationKind::Chat)
    {
        if (!store::Accounts(*database).put({account, true, {}}))
            qFatal("no account");
        id = conversations.open(account, peer, kind).value_or(0);
    }

    /// An incoming message.
    store::NewMessage incoming(const QString &body, const QString &stanzaId, const QDateTime &time) const
    {
        store::NewMessage message;
        message.conversation = id;
        message.author = peer.withResource(QStringLiteral("phone"));
        message.body = body;
        message.stanzaId = stanzaId;
        message.time = time;
        return message;
    }
    /// One of ours that is queued.
    store::NewMessage outgoing(const QString &body, const QString &stanzaId, const QDateTime &time) const
    {
        store::NewMessage message = incoming(body, stanzaId, time);
        message.outgoing = true;
        message.author = account;
        message.originId = stanzaId;
        message.state = store::MessageState::Queued;
        return message;
    }
    store::Conversation row() const { return conversations.byId(id).value().value(); }
};

} // namespace tests

/// Fails the test with the error's text.
#define VERIFY_OK(result)                                                                                              \
    do {                                                                                                               \
        if (!(result))                                                                                                 \
            QFAIL(qPrintable((result).error().condition + QStringLiteral(": ") + (result).error().detail));            \
    } while (false)
