// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

#include <QSignalSpy>

using namespace xep;

class TestReceipts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0184, examples 3 and 4.
    void confirms()
    {
        tests::Dialogue d(QStringLiteral("kingrichard@royalty.england.lit/throne"));
        Extensions extensions(d.client());
        connect(&d.client(), &xmpp::Client::message, this,
                [&](const xmpp::Incoming &message) { extensions.receipts.confirm(message); });
        d.receives(R"(
<message from='northumberland@shakespeare.lit/westminster' id='richard2-4.1.247'
         to='kingrichard@royalty.england.lit/throne'>
  <body>My lord, dispatch; read o'er these articles.</body>
  <request xmlns='urn:xmpp:receipts'/>
</message>)");
        d.expects(R"(
<message id='*' to='northumberland@shakespeare.lit/westminster'>
  <received xmlns='urn:xmpp:receipts' id='richard2-4.1.247'/>
  <store xmlns='urn:xmpp:hints'/>
</message>)");
        // The same type comes back (XEP-0184 5, note).
        d.receives("<message from='northumberland@shakespeare.lit/x' id='b' type='chat'><request "
                   "xmlns='urn:xmpp:receipts'/></message>");
        d.expects(R"(<message id='*' to='northumberland@shakespeare.lit/x' type='chat'>
                       <received xmlns='urn:xmpp:receipts' id='b'/><store xmlns='urn:xmpp:hints'/></message>)");
        d.expectsNothing();
    }

    void confirmsNot_data()
    {
        QTest::addColumn<QByteArray>("xml");
        const QByteArray request = "<request xmlns='urn:xmpp:receipts'/>";
        QTest::newRow("not asked") << QByteArray(
            "<message from='juliet@capulet.lit/b' id='a' type='chat'><body>x</body></message>");
        QTest::newRow("no id") << "<message from='juliet@capulet.lit/b' type='chat'><body>x</body>" + request
                + "</message>";
        QTest::newRow("empty id") << "<message from='juliet@capulet.lit/b' id='' type='chat'>" + request + "</message>";
        QTest::newRow("error") << "<message from='juliet@capulet.lit/b' id='a' type='error'>" + request + "</message>";
        QTest::newRow("room") << "<message from='juliet@capulet.lit/b' id='a' type='groupchat'>" + request
                + "</message>";
        QTest::newRow("stranger") << "<message from='mallory@capulet.test/b' id='a' type='chat'>" + request
                + "</message>";
        QTest::newRow("ourselves") << "<message from='romeo@montague.lit/balcony' id='a' type='chat'>" + request
                + "</message>";
        QTest::newRow("our server") << "<message id='a' type='chat'>" + request + "</message>";
        QTest::newRow("a receipt that asks for one")
            << "<message from='juliet@capulet.lit/b' id='a' type='chat'><received xmlns='urn:xmpp:receipts' id='z'/>"
                + request + "</message>";
        QTest::newRow("other namespace") << QByteArray(
            "<message from='juliet@capulet.lit/b' id='a' type='chat'><request "
            "xmlns='urn:xmpp:chat-markers:0'/></message>");
        QTest::newRow("hidden deeper") << "<message from='juliet@capulet.lit/b' id='a' type='chat'><x xmlns='urn:x'>"
                + request + "</x></message>";
    }
    void confirmsNot()
    {
        QFETCH(QByteArray, xml);
        tests::Dialogue d;
        Extensions extensions(d.client());
        extensions.setMayAnswer([](const Jid &who) { return who.domain() != u"capulet.test"; });
        int messages = 0;
        connect(&d.client(), &xmpp::Client::message, this, [&](const xmpp::Incoming &message) {
            ++messages;
            extensions.receipts.confirm(message);
        });
        d.receives(xml);
        QCOMPARE(messages, 1);
        d.expectsNothing();
    }

    void switchedOff()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        connect(&d.client(), &xmpp::Client::message, this,
                [&](const xmpp::Incoming &message) { extensions.receipts.confirm(message); });
        extensions.receipts.setEnabled(false);
        d.receives(
            "<message from='juliet@capulet.lit/b' id='a' type='chat'><request xmlns='urn:xmpp:receipts'/></message>");
        d.expectsNothing();
    }

    void tellsOfReceipts()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        QSignalSpy received(&extensions.receipts, &Receipts::received);
        d.receives("<message from='juliet@capulet.lit/balcony' id='x' type='chat'><received xmlns='urn:xmpp:receipts' "
                   "id='m1'/></message>");
        QCOMPARE(received.size(), 1);
        QCOMPARE(received.at(0).at(0).value<Jid>().toString(), QStringLiteral("juliet@capulet.lit/balcony"));
        QCOMPARE(received.at(0).at(1).toString(), QStringLiteral("m1"));
        // Without an id, with an empty one, as a bounce: nothing is confirmed.
        d.receives(
            "<message from='juliet@capulet.lit/balcony' id='m1'><received xmlns='urn:xmpp:receipts'/></message>");
        d.receives(
            "<message from='juliet@capulet.lit/balcony' id='m1'><received xmlns='urn:xmpp:receipts' id=''/></message>");
        d.receives("<message from='juliet@capulet.lit/balcony' type='error'><received xmlns='urn:xmpp:receipts' "
                   "id='m1'/></message>");
        QCOMPARE(received.size(), 1);
        // A stranger's is reported with the stranger's name: who may confirm is judged where the message is known.
        d.receives("<message from='mallory@capulet.test/b'><received xmlns='urn:xmpp:receipts' id='m1'/></message>");
        QCOMPARE(received.size(), 2);
        QCOMPARE(received.at(1).at(0).value<Jid>().toString(), QStringLiteral("mallory@capulet.test/b"));
        d.expectsNothing();
    }

    void asks()
    {
        tests::Dialogue d;
        xmpp::Message message;
        message.to = Jid::fromWire(QStringLiteral("juliet@capulet.lit"));
        message.id = QStringLiteral("m1");
        message.body = QStringLiteral("My lord");
        message.add(Receipts::Request{});
        d.client().send(message);
        d.expects(R"(<message to='juliet@capulet.lit' id='m1' type='chat'><body>My lord</body>
                       <request xmlns='urn:xmpp:receipts'/></message>)");
    }

    void roundTrips()
    {
        QCOMPARE(tests::roundTrip<Receipts::Received>("<received xmlns='urn:xmpp:receipts' id='richard2-4.1.247'/>").id,
                 QStringLiteral("richard2-4.1.247"));
        tests::roundTrip<Receipts::Request>("<request xmlns='urn:xmpp:receipts'/>");
    }
};

BALCONY_TEST(TestReceipts)
#include "tst_0184_receipts.moc"
