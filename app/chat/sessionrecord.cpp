// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/sessionrecord.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>

namespace chat::sessionrecord {
namespace {

const QString sessionKey = QStringLiteral("stream/session");
const QString handledKey = QStringLiteral("stream/handled");
const QString numbersKey = QStringLiteral("stream/numbers");

Result<QCborArray> readArray(store::Reader &reader, const Jid &account, const QString &key)
{
    auto bytes = reader.records().value(account, key);
    if (!bytes)
        return fail(bytes.error());
    return *bytes ? QCborValue::fromCbor(**bytes).toArray() : QCborArray();
}

Result<> putArray(store::Transaction &transaction, const Jid &account, const QString &key, const QCborArray &array)
{
    return transaction.records().put(account, key, QCborValue(array).toCbor());
}

} // namespace

Result<> put(store::Transaction &transaction, const Jid &account, const xmpp::StreamManagement::Session &session)
{
    return putArray(transaction, account, sessionKey,
                    {session.id, session.jid.toString(), session.location, qint64(session.max.count())});
}

Result<> remove(store::Transaction &transaction, const Jid &account, const QString &except)
{
    const auto kept = readArray(transaction, account, sessionKey);
    if (!kept)
        return fail(kept.error());
    if (!except.isEmpty() && kept->at(0).toString() == except)
        return {};
    for (const QString &key : {sessionKey, handledKey}) {
        if (auto removed = transaction.records().remove(account, key); !removed)
            return fail(removed.error());
    }
    return {};
}

Result<std::optional<xmpp::StreamManagement::Session>> read(store::Reader &reader, const Jid &account)
{
    const auto array = readArray(reader, account, sessionKey);
    if (!array)
        return fail(array.error());
    xmpp::StreamManagement::Session session;
    session.id = array->at(0).toString();
    session.jid = Jid::fromWire(array->at(1).toString());
    session.location = array->at(2).toString();
    session.max = std::chrono::seconds(array->at(3).toInteger());
    if (session.id.isEmpty() || !session.jid.isFull() || session.jid.bare() != account)
        return std::optional<xmpp::StreamManagement::Session>();
    const auto handled = readArray(reader, account, handledKey);
    if (!handled)
        return fail(handled.error());
    if (handled->at(0).toString() == session.id)
        session.handled = quint32(handled->at(1).toInteger());
    return std::optional(session);
}

Result<> putHandled(store::Transaction &transaction, const Jid &account, const SessionMark &mark)
{
    if (mark.session.isEmpty())
        return {};
    const auto before = readArray(transaction, account, handledKey);
    if (!before)
        return fail(before.error());
    if (before->at(0).toString() == mark.session
        && xmpp::StreamManagement::isAtLeast(quint32(before->at(1).toInteger()), mark.handled))
        return {};
    return putArray(transaction, account, handledKey, {mark.session, qint64(mark.handled)});
}

Result<> putNumbers(store::Transaction &transaction, const Jid &account, const QString &session,
                    const std::vector<Numbered> &numbers)
{
    if (session.isEmpty())
        return {};
    QCborArray array{session};
    for (const Numbered &each : numbers) {
        array.append(each.message);
        array.append(qint64(each.number));
    }
    return putArray(transaction, account, numbersKey, array);
}

Result<std::vector<Numbered>> readNumbers(store::Reader &reader, const Jid &account, const QString &session)
{
    const auto array = readArray(reader, account, numbersKey);
    if (!array)
        return fail(array.error());
    std::vector<Numbered> numbers;
    if (session.isEmpty() || array->at(0).toString() != session)
        return numbers;
    for (qsizetype i = 1; i + 1 < array->size(); i += 2)
        numbers.push_back({array->at(i).toInteger(), quint32(array->at(i + 1).toInteger())});
    return numbers;
}

Result<> removeNumbers(store::Transaction &transaction, const Jid &account)
{
    if (auto removed = transaction.records().remove(account, numbersKey); !removed)
        return fail(removed.error());
    return {};
}

} // namespace chat::sessionrecord
