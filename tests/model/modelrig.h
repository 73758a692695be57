// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"
#include "store/storage.h"
#include "xmpp/ns.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace tests {

/// A profile on disk with the account romeo@montague.lit, which the test can feed as a server would.
class ModelRig
{
public:
    bool open()
    {
        if (!wait(profile.open()))
            return false;
        chat::AccountSettings settings;
        settings.jid = jid("romeo@montague.lit");
        settings.passwordStore = chat::AccountSettings::PasswordStore::None;
        const auto added = wait(profile.accounts().add(settings, {}));
        account = added ? *added : nullptr;
        return account != nullptr;
    }
    ~ModelRig() { wait(done(profile.close())); }

    /// Stores `count` messages in the chat with `peer`, behind those that are there; gives the chat.
    qint64 fill(const char *peer, int count, bool read = true)
    {
        const Jid own = account->jid();
        const Jid who = jid(peer);
        const int first = m_next;
        m_next += count;
        const auto put = [own, who, count, first, read](store::Transaction &transaction) -> Result<qint64> {
            const auto chat = transaction.conversations().open(own, who);
            if (!chat)
                return chat;
            for (int i = first; i < first + count; ++i) {
                store::NewMessage message;
                message.conversation = *chat;
                message.author = who;
                message.body = QString::number(i);
                message.time = at(i);
                message.stanzaId = QStringLiteral("a-stored-message-%1").arg(i);
                message.read = read;
                if (auto stored = transaction.messages().append(message); !stored)
                    return fail(stored.error());
            }
            return chat;
        };
        const auto chat = wait(profile.store().write(put));
        if (!chat)
            return 0;
        wait(done(profile.conversations().refresh(*chat)));
        return *chat;
    }
    QString stanzaIdOf(qint64 key)
    {
        const auto read = [key](store::Reader &reader) { return reader.messages().require(key); };
        return wait(profile.store().read(read))->stanzaId;
    }
    /// One more message, announced as the inbox does.
    store::Message arrives(qint64 chat, const char *peer)
    {
        (void)fill(peer, 1, false);
        const auto read = [chat](store::Reader &reader) { return reader.messages().page(chat, {0, 0, 0, -1, 1}); };
        const store::Message message = wait(profile.store().read(read))->messages.at(0);
        profile.conversations().announceMessage(message);
        return message;
    }
    /// The account is signed in, and hears stanzas.
    void online()
    {
        account->client().up(jid("romeo@montague.lit/orchard"), [](const xml::Element &) {});
    }
    void presence(const Jid &who, const char *show = nullptr)
    {
        xml::Builder builder("presence", xmpp::ns::client);
        builder.attribute("from", who.toString() + QStringLiteral("/x"));
        if (show)
            builder.textChild("show", QString::fromLatin1(show));
        account->client().router().take(builder.build());
    }

    QTemporaryDir dir;
    chat::Profile profile{dir.filePath(QStringLiteral("profile"))};
    chat::Account *account = nullptr;

private:
    int m_next = 0;
};

} // namespace tests
