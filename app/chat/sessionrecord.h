// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"
#include "xmpp/streammanagement.h"

#include <optional>
#include <vector>

namespace chat {

/// How far a session has come, by the id that the server gave it.
struct SessionMark {
    QString session; ///< Empty: the stream cannot be resumed, and nothing is kept.
    quint32 handled = 0;
};

/// What an account keeps of a managed session so that another start of the program can resume it (RELIABILITY 2.2, I5).
/// Each part names the session that it belongs to: what is of an older one counts for nothing.
namespace sessionrecord {

/// A message of the outbox and the number of its stanza in the session.
struct Numbered {
    qint64 message = 0;
    quint32 number = 0;
};

/// The session begins: who it is, and nothing handled yet.
Result<> put(store::Transaction &transaction, const Jid &account, const xmpp::StreamManagement::Session &session);
/// It cannot be asked back; nothing is done where it is the session `except`. The numbers stay: what the server said of it
/// last is still to be settled by them.
Result<> remove(store::Transaction &transaction, const Jid &account, const QString &except = {});
Result<std::optional<xmpp::StreamManagement::Session>> read(store::Reader &reader, const Jid &account);

/// Belongs in the transaction that stores what was handled: never ahead of it, never behind.
Result<> putHandled(store::Transaction &transaction, const Jid &account, const SessionMark &mark);

/// What was sent or is about to be, and is not acknowledged. Belongs in the transaction that counts it as written.
Result<> putNumbers(store::Transaction &transaction, const Jid &account, const QString &session,
                    const std::vector<Numbered> &numbers);
/// Of this session alone.
Result<std::vector<Numbered>> readNumbers(store::Reader &reader, const Jid &account, const QString &session);

/// They are settled: what was not acknowledged waits again.
Result<> removeNumbers(store::Transaction &transaction, const Jid &account);

} // namespace sessionrecord

} // namespace chat
