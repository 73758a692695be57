// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/archive.h"
#include "chat/contacts.h"
#include "chat/conversations.h"
#include "chat/inbox.h"
#include "chat/outbox.h"
#include "store/storage.h"
#include "support/dialogue.h"

#include <QAbstractEventDispatcher>

namespace tests {

/// One account's rooms of the chat layer over a store, with the test as the server and the clock in its hand. Romeo is
/// the account, Juliet the peer.
class ChatRig
{
public:
    explicit ChatRig(store::StoreOptions options = {}) : store(std::move(options)) { }
    ~ChatRig() { settle(); }

    /// Opens the store; false where that fails.
    bool open()
    {
        if (!wait(store.open()))
            return false;
        const Jid own = account;
        const auto put = [own](store::Transaction &transaction) { return transaction.accounts().put({own, true, {}}); };
        if (!wait(store.write(put)) || !wait(conversations.load()))
            return false;
        extensions.setMayAnswer([](const Jid &) { return true; });
        outbox = std::make_unique<chat::Outbox>(client(), extensions, store, conversations, account);
        inbox = std::make_unique<chat::Inbox>(client(), extensions, store, conversations, account);
        archive = std::make_unique<chat::Archive>(client(), extensions, store, *inbox, conversations, account);
        QObject::connect(inbox.get(), &chat::Inbox::outgoingChanged, outbox.get(),
                         &chat::Outbox::countAgain); // as Account does
        settle();
        return true;
    }
    xmpp::Client &client() { return d.client(); }

    /// Lets the store and the event loop come to rest.
    void settle()
    {
        for (int quiet = 0; quiet < 3;) {
            const bool idle = store.pending() == 0;
            const bool handled = QAbstractEventDispatcher::instance()->processEvents(QEventLoop::AllEvents);
            quiet = idle && !handled && store.pending() == 0 ? quiet + 1 : 0;
        }
    }
    void online()
    {
        d.goesOnline();
        outbox->resume();
        settle();
    }
    /// Sends a message to Juliet; the test fails where it cannot be stored.
    store::Message send(const QString &body)
    {
        chat::Outbox::Draft draft;
        draft.to = peer;
        draft.body = body;
        auto stored = wait(outbox->send(draft));
        if (!stored)
            QTest::qFail(qPrintable(stored.error().condition), __FILE__, __LINE__);
        settle();
        return stored.value_or(store::Message());
    }
    /// A chat message comes in and has time to be stored.
    void hears(const QByteArray &from, const QByteArray &id, const QByteArray &content)
    {
        d.receives("<message type='chat' from='" + from + "' to='romeo@montague.lit/orchard' id='" + id + "'>" + content
                   + "</message>");
    }
    void gathers()
    {
        d.passes(chat::Inbox::groupTime);
        settle();
    }
    /// The next stanza must be the barrier's ping; it is answered.
    bool answersPing()
    {
        const xml::Element ping = d.takeSent();
        if (!ping || !ping.child("ping", "urn:xmpp:ping"))
            return false;
        d.receives("<iq type='result' id='$id'/>");
        settle();
        return true;
    }
    store::Message stored(qint64 key)
    {
        const auto read = [key](store::Reader &reader) { return reader.messages().require(key); };
        return wait(store.read(read)).value_or(store::Message());
    }
    std::vector<store::Message> messagesWith(const Jid &who)
    {
        const store::Conversation *chat = conversations.find(account, who);
        if (!chat)
            return {};
        const qint64 id = chat->id;
        const auto read = [id](store::Reader &reader) { return reader.messages().page(id, {0, 0, 0, -1, 1000}); };
        auto page = wait(store.read(read));
        return page ? page->messages : std::vector<store::Message>();
    }

    const Jid account = jid("romeo@montague.lit");
    const Jid peer = jid("juliet@capulet.lit");
    Dialogue d;
    store::Store store;
    chat::Conversations conversations{store};
    xep::Extensions extensions{d.client()};
    std::unique_ptr<chat::Outbox> outbox;
    std::unique_ptr<chat::Inbox> inbox;
    std::unique_ptr<chat::Archive> archive;
};

inline QString bodyOf(const xml::Element &stanza)
{
    return stanza ? xmpp::Message::bodyOf(stanza) : QString();
}

} // namespace tests
