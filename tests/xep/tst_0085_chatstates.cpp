// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

#include <QSignalSpy>

using namespace xep;
using namespace std::chrono_literals;
using State = ChatStates::State;

class TestChatStates : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0085, examples 3 to 7.
    void conversation()
    {
        tests::Dialogue d(QStringLiteral("bernardo@shakespeare.lit/pda"));
        Extensions extensions(d.client());
        QSignalSpy changed(&extensions.states, &ChatStates::changed);
        const Jid francisco = Jid::fromWire(QStringLiteral("francisco@shakespeare.lit"));

        // Before he answered, only the message itself tells.
        extensions.states.set(francisco, State::Composing);
        d.expectsNothing();
        send(d, extensions, francisco, QStringLiteral("Who's there?"));
        d.expects(R"(<message to='francisco@shakespeare.lit' id='*' type='chat'><body>Who's there?</body>
                       <active xmlns='http://jabber.org/protocol/chatstates'/></message>)");
        d.receives(R"(<message from='francisco@shakespeare.lit/elsinore' to='bernardo@shakespeare.lit/pda' type='chat'>
                        <body>Nay, answer me: stand, and unfold yourself.</body>
                        <active xmlns='http://jabber.org/protocol/chatstates'/></message>)");
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.at(0).at(0).value<Jid>().toString(), QStringLiteral("francisco@shakespeare.lit/elsinore"));
        QCOMPARE(changed.at(0).at(1).value<State>(), State::Active);

        extensions.states.set(francisco, State::Composing);
        d.expects(standalone("composing"));
        send(d, extensions, francisco, QStringLiteral("Long live the king!"));
        d.expects(R"(<message to='francisco@shakespeare.lit' id='*' type='chat'><body>Long live the king!</body>
                       <active xmlns='http://jabber.org/protocol/chatstates'/></message>)");
        d.expectsNothing();
    }

    void pausesByItself()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        const Jid francisco = understanding(d);
        extensions.states.set(francisco, State::Composing);
        d.expects(standalone("composing"));
        for (int i = 0; i < 10; ++i) { // one key every 20 s: never twice the same (XEP-0085 5.3)
            d.passes(20s);
            extensions.states.set(francisco, State::Composing);
        }
        d.expectsNothing();
        d.passes(29s);
        d.expectsNothing();
        d.passes(1s);
        d.expects(standalone("paused"));
        d.passes(10min);
        d.expectsNothing();
        extensions.states.set(francisco, State::Composing);
        d.expects(standalone("composing"));
        // What is sent ends the pause's timer.
        send(d, extensions, francisco, QStringLiteral("a"));
        d.takeSent();
        d.passes(1min);
        d.expectsNothing();
    }

    void comesAndGoes()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        const Jid francisco = understanding(d);
        // A window that opens and closes while nothing is said tells nothing.
        for (const State state : {State::Active, State::Paused, State::Inactive, State::Gone})
            extensions.states.set(francisco, state);
        d.expectsNothing();
        send(d, extensions, francisco, QStringLiteral("a"));
        d.takeSent();
        extensions.states.set(francisco, State::Active);
        d.expectsNothing();
        extensions.states.set(francisco, State::Inactive);
        d.expects(standalone("inactive"));
        extensions.states.set(francisco, State::Inactive);
        d.expectsNothing();
        extensions.states.set(francisco, State::Active);
        d.expects(standalone("active"));
        extensions.states.set(francisco, State::Gone);
        d.expects(standalone("gone"));
        for (const State state : {State::Gone, State::Inactive, State::Active})
            extensions.states.set(francisco, state);
        d.expectsNothing();
    }

    /// XEP-0085 5.1, rule 2.
    void stopsWhereTheOtherSideKnowsNone()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        const Jid francisco = Jid::fromWire(QStringLiteral("francisco@shakespeare.lit"));
        send(d, extensions, francisco, QStringLiteral("a"));
        d.takeSent();
        d.receives("<message from='francisco@shakespeare.lit/x' type='chat'><body>b</body></message>");
        send(d, extensions, francisco, QStringLiteral("c"));
        d.expects("<message to='francisco@shakespeare.lit' id='*' type='chat'><body>c</body></message>");
        extensions.states.set(francisco, State::Composing);
        d.expectsNothing();
        // A receipt is no reply and changes nothing; a state of its own does.
        d.receives(
            "<message from='francisco@shakespeare.lit/x'><received xmlns='urn:xmpp:receipts' id='a'/></message>");
        extensions.states.set(francisco, State::Composing);
        d.expectsNothing();
        d.receives("<message from='francisco@shakespeare.lit/x' type='chat'><composing "
                   "xmlns='http://jabber.org/protocol/chatstates'/></message>");
        extensions.states.set(francisco, State::Composing);
        d.expects(standalone("composing"));
    }

    void supportByCaps()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        const Jid francisco = Jid::fromWire(QStringLiteral("francisco@shakespeare.lit"));
        const QByteArray info =
            "<query xmlns='http://jabber.org/protocol/disco#info'><identity category='client' type='pc'/>"
            "<feature var='http://jabber.org/protocol/chatstates'/></query>";
        const auto ver = Caps::verification(*DiscoInfo::of(tests::parsed(info)));
        QVERIFY(extensions.caps.preload(*ver, info));
        d.receives("<presence from='francisco@shakespeare.lit/x'><c xmlns='http://jabber.org/protocol/caps' "
                   "hash='sha-1' node='n' ver='"
                   + ver->toUtf8() + "'/></presence>");
        extensions.states.set(francisco, State::Composing);
        d.expects(standalone("composing"));
    }

    void reads_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<int>("signalsExpected");
        const QByteArray composing = "<composing xmlns='http://jabber.org/protocol/chatstates'/>";
        const QByteArray gone = "<gone xmlns='http://jabber.org/protocol/chatstates'/>";
        QTest::newRow("chat") << "<message from='a@b.test/c' type='chat'>" + composing + "</message>" << 1;
        QTest::newRow("no type") << "<message from='a@b.test/c'>" + composing + "</message>" << 1;
        QTest::newRow("room") << "<message from='a@b.test/c' type='groupchat'>" + composing + "</message>" << 1;
        QTest::newRow("gone in a room") << "<message from='a@b.test/c' type='groupchat'>" + gone + "</message>" << 0;
        QTest::newRow("gone") << "<message from='a@b.test/c' type='chat'>" + gone + "</message>" << 1;
        QTest::newRow("error") << "<message from='a@b.test/c' type='error'>" + composing + "</message>" << 0;
        QTest::newRow("headline") << "<message from='a@b.test/c' type='headline'>" + composing + "</message>" << 0;
        QTest::newRow("two") << "<message from='a@b.test/c' type='chat'>" + composing + gone + "</message>" << 0;
        QTest::newRow("unknown") << QByteArray("<message from='a@b.test/c' type='chat'>"
                                               "<dancing xmlns='http://jabber.org/protocol/chatstates'/></message>")
                                 << 0;
        QTest::newRow("other namespace") << QByteArray(
            "<message from='a@b.test/c' type='chat'><composing xmlns='urn:x'/></message>")
                                         << 0;
        QTest::newRow("our other device")
            << "<message from='romeo@montague.lit/x' type='chat'>" + composing + "</message>" << 0;
        QTest::newRow("kept for us") << "<message from='a@b.test/c' type='chat'>" + composing
                + "<delay xmlns='urn:xmpp:delay' from='montague.lit' stamp='2020-01-01T00:00:00Z'/></message>"
                                     << 0;
    }
    void reads()
    {
        QFETCH(QByteArray, xml);
        QFETCH(int, signalsExpected);
        tests::Dialogue d;
        Extensions extensions(d.client());
        QSignalSpy changed(&extensions.states, &ChatStates::changed);
        d.receives(xml);
        QCOMPARE(changed.size(), signalsExpected);
        d.expectsNothing();
    }

    void switchedOff()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        const Jid francisco = understanding(d);
        extensions.states.set(francisco, State::Composing);
        d.expects(standalone("composing"));
        extensions.states.setEnabled(false);
        d.expects(standalone("active"));
        d.passes(1min);
        extensions.states.set(francisco, State::Composing);
        d.expectsNothing();
        send(d, extensions, francisco, QStringLiteral("a"));
        d.expects("<message to='francisco@shakespeare.lit' id='*' type='chat'><body>a</body></message>");
    }

    void offline()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        const Jid francisco = understanding(d);
        extensions.states.set(francisco, State::Composing);
        d.expects(standalone("composing"));
        d.goesOffline();
        d.passes(1min);
        extensions.states.set(francisco, State::Composing);
        d.goesOnline();
        d.passes(1min);
        d.expectsNothing();
        extensions.states.set(francisco, State::Composing);
        d.expects(standalone("composing"));
    }

    void manyStrangers()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        for (int i = 0; i < 6000; ++i)
            d.receives("<message from='a" + QByteArray::number(i)
                       + "@mallory.test/x' type='chat'><body>x</body></message>");
        d.expectsNothing();
        const Jid francisco = understanding(d);
        extensions.states.set(francisco, State::Composing);
        d.expects(standalone("composing"));
    }

    void words()
    {
        for (const State state : {State::Active, State::Composing, State::Paused, State::Inactive, State::Gone}) {
            xmpp::Message message;
            message.payloads.push_back(ChatStates::element(state));
            QCOMPARE(ChatStates::of(message.toElement()), std::optional(state));
        }
        QVERIFY(!ChatStates::of(tests::parsed("<message/>")));
    }

private:
    static void send(tests::Dialogue &d, Extensions &extensions, const Jid &to, const QString &body)
    {
        xmpp::Message message;
        message.to = to;
        message.id = QStringLiteral("m");
        message.body = body;
        extensions.states.mark(message);
        d.client().send(message);
    }
    /// Somebody who has shown to know chat states.
    static Jid understanding(tests::Dialogue &d)
    {
        d.receives("<message from='francisco@shakespeare.lit/x' type='chat'><active "
                   "xmlns='http://jabber.org/protocol/chatstates'/></message>");
        return Jid::fromWire(QStringLiteral("francisco@shakespeare.lit"));
    }
    static QByteArray standalone(const QByteArray &state)
    {
        return "<message to='francisco@shakespeare.lit' id='*' type='chat'><" + state
            + " xmlns='http://jabber.org/protocol/chatstates'/><no-store xmlns='urn:xmpp:hints'/></message>";
    }
};

BALCONY_TEST(TestChatStates)
#include "tst_0085_chatstates.moc"
