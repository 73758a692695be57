// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/chatrig.h"
#include "chat/fakearchive.h"

namespace tests {

inline const QByteArray archiveFeatures = "<feature var='urn:xmpp:mam:2'/><feature var='urn:xmpp:sid:0'/>";

/// A rig whose server has an archive.
class ArchiveRig : public ChatRig
{
public:
    explicit ArchiveRig(store::StoreOptions options = {}) : ChatRig(std::move(options)) { }

    void fills(int count, const QByteArray &peer = "juliet@capulet.lit")
    {
        for (int i = 0; i < count; ++i)
            server.add(peer, false, QByteArray::number(server.entries.size()),
                       now().addSecs(int(server.entries.size())));
    }
    /// Also what is still being read.
    void settle()
    {
        for (int i = 0; i < 3; ++i) {
            ChatRig::settle();
            (void)wait(store.read([](store::Reader &) { return Result<int>(0); }));
        }
        ChatRig::settle();
    }
    QDateTime now() { return d.clock().now().addDays(-1); }
    /// A new session, up to the presence; false where something else than the one question is asked.
    bool signsIn(const QByteArray &has = archiveFeatures, bool isNew = true)
    {
        d.goesOffline();
        settle();
        while (d.takeSent()) { }
        d.goesOnline();
        m_scope.run(archive->prepare(isNew));
        const xml::Element question = d.takeSent();
        if (question.attribute("to") != account.toString() || d.unexpected() != 0)
            return false;
        d.receives(
            "<iq type='result' id='$id' from='romeo@montague.lit'><query xmlns='http://jabber.org/protocol/disco#info'>"
            "<identity category='account' type='registered'/>"
            + has + "</query></iq>");
        settle();
        return true;
    }
    /// Answers the next questions; gives how many there were.
    int answers(int most = 1000)
    {
        int answered = 0;
        for (settle(); answered < most; ++answered) {
            const xml::Element iq = d.takeSent();
            if (!iq)
                break;
            last = iq;
            if (!iq.child("query", xmpp::ns::archive)) {
                --answered;
                confirmed.append(iq.child("received", "urn:xmpp:receipts").attribute("id"));
                continue;
            }
            for (const QByteArray &stanza : server.answer(iq))
                d.receives(stanza);
            settle();
        }
        return answered;
    }
    QString bodies(const Jid &peer)
    {
        QStringList result;
        for (const store::Message &message : messagesWith(peer))
            result.append(message.body);
        return result.join(u' ');
    }
    QString numbers(int first, int last)
    {
        QStringList result;
        for (int i = first; i < last; ++i)
            result.append(QString::number(i));
        return result.join(u' ');
    }
    std::vector<store::ArchiveGap> gaps()
    {
        const Jid own = account;
        return wait(store.read([own](store::Reader &reader) { return reader.archives().gaps(own, own); })).value();
    }

    FakeArchive server;
    xml::Element last;     ///< The last question.
    QStringList confirmed; ///< The ids of messages that receipts went out for.

private:
    Scope m_scope;
};

} // namespace tests
