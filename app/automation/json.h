// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/account.h"
#include "chat/alerts.h"
#include "store/store.h"

#include <QJsonObject>

/// The words and objects of the automation port (docs/automation.md): one function an object.
namespace automation::json {

/// {"kind", "condition", "text"}, and "certificate" where it is about one.
QJsonObject error(const Error &error);
/// A key of an account's server, as in account.keys and in `server.key` events.
QJsonObject serverKey(const store::ServerKey &key);
/// A stored message, as in history and in message events.
QJsonObject message(const store::Message &message, const store::Conversation *conversation);
/// What a person is told, as in `notification` events.
QJsonObject alert(const chat::Alert &alert);
QJsonObject chat(const store::Conversation &conversation);
QJsonObject contact(const chat::Contact &contact, const std::vector<chat::ResourcePresence> &presences);
QJsonObject resource(const chat::ResourcePresence &presence);

QString word(chat::Account::State state);
QString word(xmpp::Presence::Show show);
/// Nothing where `text` is no show; "online" and "available" are the plain one.
std::optional<xmpp::Presence::Show> show(const QString &text);
/// XEP-0082 with milliseconds, or empty.
QString time(const QDateTime &time);

} // namespace automation::json
