// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/chatrig.h"
#include "support/testmain.h"

using namespace tests;

/// A message that is passed on to another chat: a quote that every client shows, and files by their addresses.
class TestForward : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTextIsQuoted()
    {
        ChatRig rig;
        QVERIFY(rig.open());
        const store::Message source = rig.send(QStringLiteral("Art thou not Romeo?\nAnd a Montague?"));
        rig.online();
        QVERIFY(rig.d.takeSent());
        QVERIFY(rig.answersPing());
        const auto messages = wait(rig.outbox->forward(to(source.key, QStringLiteral("  Look:  "))));
        VERIFY_OK(messages);
        rig.settle();
        QCOMPARE(messages->size(), size_t(1));
        const QString body =
            QStringLiteral("Look:\n\nForwarded from Juliet, today:\n> Art thou not Romeo?\n> And a Montague?");
        QCOMPARE(messages->front().body, body);
        const xml::Element sent = rig.d.takeSent();
        QCOMPARE(sent.attribute("to"), QStringLiteral("nurse@capulet.lit"));
        QCOMPARE(bodyOf(sent), body);
        QCOMPARE(rig.messagesWith(jid("nurse@capulet.lit")).size(), size_t(1));
        QVERIFY(rig.answersPing());
        // Without a word of one's own.
        const auto bare = wait(rig.outbox->forward(to(source.key, {})));
        VERIFY_OK(bare);
        QVERIFY(bare->front().body.startsWith(QStringLiteral("Forwarded from Juliet, today:\n> Art")));
    }

    /// Also while there is no connection.
    void filesGoByTheirAddresses()
    {
        ChatRig rig;
        QVERIFY(rig.open());
        const qint64 key = withFiles(rig,
                                     {QStringLiteral("https://files.capulet.lit/1/balcony.png"),
                                      QStringLiteral("https://files.capulet.lit/2/rose.png")});
        const auto messages = wait(rig.outbox->forward(to(key, {})));
        VERIFY_OK(messages);
        QCOMPARE(messages->size(), size_t(2));
        const store::Message first = rig.stored(messages->front().key);
        QCOMPARE(first.files.size(), size_t(1));
        QCOMPARE(first.files[0].url, QStringLiteral("https://files.capulet.lit/1/balcony.png"));
        QCOMPARE(first.files[0].state, store::FileState::Remote);
        QCOMPARE(rig.outbox->pending(), 2);
        rig.online();
        const xml::Element sent = rig.d.takeSent();
        QCOMPARE(bodyOf(sent),
                 QStringLiteral("Forwarded from Juliet, today:\n> look\nhttps://files.capulet.lit/1/balcony.png"));
        QVERIFY(sent.child("file-sharing", "urn:xmpp:sfs:0"));
        const xml::Element second = rig.d.takeSent();
        QCOMPARE(bodyOf(second), QStringLiteral("https://files.capulet.lit/2/rose.png"));
        QVERIFY(second.child("x", "jabber:x:oob"));
    }

    void whatCannotBePassedOn()
    {
        ChatRig rig;
        QVERIFY(rig.open());
        QCOMPARE(wait(rig.outbox->forward(to(12345, {}))).error().condition, QStringLiteral("message-unknown"));
        const qint64 key = withFiles(rig, {QString()});
        QCOMPARE(wait(rig.outbox->forward(to(key, {}))).error().condition, QStringLiteral("not-sent-yet"));
        const auto retract = [key](store::Transaction &transaction) { return transaction.messages().retract(key); };
        VERIFY_OK(wait(rig.store.write(retract)));
        QCOMPARE(wait(rig.outbox->forward(to(key, {}))).error().condition, QStringLiteral("message-retracted"));
        QVERIFY(rig.messagesWith(jid("nurse@capulet.lit")).empty());
        QCOMPARE(rig.outbox->pending(), 0);
    }

private:
    static chat::Outbox::Forward to(qint64 key, const QString &comment)
    {
        return {jid("nurse@capulet.lit"), key, comment, QStringLiteral("Forwarded from Juliet, today:")};
    }
    /// A message of Juliet with files at these addresses.
    static qint64 withFiles(ChatRig &rig, const QStringList &addresses)
    {
        const Jid own = rig.account;
        const Jid who = rig.peer;
        const auto add = [=](store::Transaction &transaction) {
            store::NewMessage message;
            message.conversation = transaction.conversations().open(own, who).value();
            message.author = who;
            message.body = QStringLiteral("look\n") + addresses.value(0);
            message.stanzaId = QStringLiteral("with-files");
            message.time = at(1);
            for (const QString &address : addresses) {
                store::File file;
                file.name = QStringLiteral("picture.png");
                file.type = QStringLiteral("image/png");
                file.url = address;
                message.files.push_back(file);
            }
            return transaction.messages().append(message);
        };
        const auto stored = wait(rig.store.write(add));
        return stored ? stored->key : 0;
    }
};

BALCONY_TEST(TestForward)
#include "tst_forward.moc"
