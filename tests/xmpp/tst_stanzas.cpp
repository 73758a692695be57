// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"

using xmpp::Message;
using xmpp::Presence;
using xmpp::StanzaError;

/// Message, Presence and StanzaError: both directions.
class TestStanzas : public QObject
{
    Q_OBJECT

    static void compare(const xml::Element &element, const QByteArray &xml)
    {
        QVERIFY2(tests::Dialogue::isLike(element, tests::parsed(xml)),
                 xml::Writer::write(element, xmpp::ns::client).constData());
    }

private Q_SLOTS:
    void messages()
    {
        Message message;
        compare(message.toElement(), "<message type='chat'/>");
        message.to = Jid::fromWire(QStringLiteral("juliet@capulet.lit"));
        message.id = QStringLiteral("i");
        message.type = Message::Type::Normal;
        message.subject = QStringLiteral("s");
        message.body = QStringLiteral("<b>&\"'");
        message.thread = QStringLiteral("t");
        message.payloads.push_back(xml::Builder("x", "urn:x").build());
        compare(message.toElement(),
                "<message to='juliet@capulet.lit' id='i'><subject>s</subject><body>&lt;b>&amp;\"'</body>"
                "<thread>t</thread><x xmlns='urn:x'/></message>");
        // An empty body is a body.
        message = {};
        message.body = QLatin1String("");
        QCOMPARE(message.toElement().childCount(), 1);
    }

    /// RFC 6121 5.2.2.
    void messageTypes()
    {
        QCOMPARE(Message::typeOf(tests::parsed("<message/>")), Message::Type::Normal);
        QCOMPARE(Message::typeOf(tests::parsed("<message type='normal'/>")), Message::Type::Normal);
        QCOMPARE(Message::typeOf(tests::parsed("<message type='dance'/>")), Message::Type::Normal);
        QCOMPARE(Message::typeOf(tests::parsed("<message type='CHAT'/>")), Message::Type::Normal);
        QCOMPARE(Message::typeOf(tests::parsed("<message type='chat'/>")), Message::Type::Chat);
        QCOMPARE(Message::typeOf(tests::parsed("<message type='groupchat'/>")), Message::Type::Groupchat);
        QCOMPARE(Message::typeOf(tests::parsed("<message type='headline'/>")), Message::Type::Headline);
        QCOMPARE(Message::typeOf(tests::parsed("<message type='error'/>")), Message::Type::Error);
    }

    /// RFC 6121 5.2.3.
    void bodies()
    {
        QVERIFY(Message::bodyOf(tests::parsed("<message/>")).isNull());
        QVERIFY(Message::bodyOf(tests::parsed("<message><body xmlns='urn:x'>no</body></message>")).isNull());
        QVERIFY(Message::bodyOf(
                    tests::parsed("<message><x xmlns='urn:x'><body xmlns='jabber:client'>no</body></x></message>"))
                    .isNull());
        QVERIFY(!Message::bodyOf(tests::parsed("<message><body/></message>")).isNull());
        QCOMPARE(Message::bodyOf(tests::parsed("<message><body xml:lang='cs'>cs</body><body>none</body></message>")),
                 QStringLiteral("none"));
        QCOMPARE(Message::bodyOf(
                     tests::parsed("<message><body xml:lang='cs'>cs</body><body xml:lang='en'>en</body></message>")),
                 QStringLiteral("cs"));
    }

    void presences()
    {
        Presence presence;
        compare(presence.toElement(), "<presence/>");
        presence.show = Presence::Show::ExtendedAway;
        presence.status = QStringLiteral("anon!");
        presence.priority = 200;
        compare(presence.toElement(),
                "<presence><show>xa</show><status>anon!</status><priority>127</priority></presence>");
        presence.type = Presence::Type::Unavailable;
        compare(presence.toElement(), "<presence type='unavailable'><status>anon!</status></presence>");
        presence = {};
        presence.type = Presence::Type::Subscribe;
        presence.to = Jid::fromWire(QStringLiteral("juliet@capulet.lit"));
        compare(presence.toElement(), "<presence type='subscribe' to='juliet@capulet.lit'/>");
    }

    /// RFC 6121 4.7.
    void readsPresences()
    {
        const auto presence = Presence::of(tests::parsed(
            "<presence id='p'><show> dnd </show><status>Wooing</status><priority>-5</priority></presence>"));
        QVERIFY(presence);
        QCOMPARE(presence->type, Presence::Type::Available);
        QCOMPARE(presence->show, Presence::Show::DoNotDisturb);
        QCOMPARE(presence->status, QStringLiteral("Wooing"));
        QCOMPARE(presence->priority, -5);
        QCOMPARE(presence->id, QStringLiteral("p"));
        const auto odd =
            Presence::of(tests::parsed("<presence><show>dancing</show><priority>99999999999999</priority></presence>"));
        QCOMPARE(odd->show, Presence::Show::Online);
        QVERIFY(odd->priority <= 127 && odd->priority >= -128);
        QCOMPARE(Presence::of(tests::parsed("<presence><priority>4000</priority></presence>"))->priority, 127);
        QCOMPARE(Presence::of(tests::parsed("<presence type='unsubscribed'/>"))->type, Presence::Type::Unsubscribed);
        QVERIFY(!Presence::of(tests::parsed("<presence type='dance'/>")));
        QVERIFY(!Presence::of(tests::parsed("<presence type=''/>")));
        QVERIFY(!Presence::of(tests::parsed("<presence type='available'/>")));
    }

    /// RFC 6120 8.3.
    void readsErrors()
    {
        const auto error = StanzaError::of(tests::parsed(R"(
<message type='error'><body>x</body><error by='capulet.lit' type='modify'>
  <not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
  <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'> Too long </text>
  <too-many-parameters xmlns='urn:example:app'/>
</error></message>)"));
        QCOMPARE(error.type, QStringLiteral("modify"));
        QCOMPARE(error.condition, QStringLiteral("not-acceptable"));
        QCOMPARE(error.text, QStringLiteral("Too long"));
        QVERIFY(error.application.is("too-many-parameters", "urn:example:app"));
        QCOMPARE(error.toError().kind, Error::Kind::Stanza);
        QCOMPARE(error.toError().condition, QStringLiteral("not-acceptable"));

        QCOMPARE(StanzaError::of(tests::parsed("<message type='error'/>")).condition,
                 QStringLiteral("undefined-condition"));
        QCOMPARE(StanzaError::of(tests::parsed("<message type='error'><error/></message>")).condition,
                 QStringLiteral("undefined-condition"));
        QCOMPARE(StanzaError::of(tests::parsed("<message><error xmlns='urn:x'><forbidden "
                                               "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"))
                     .condition,
                 QStringLiteral("undefined-condition"));
    }

    void writesErrors()
    {
        compare(StanzaError{{}, QStringLiteral("forbidden"), {}, {}}.toElement(),
                "<error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");
        compare(StanzaError{QStringLiteral("wait"), QStringLiteral("item-not-found"), QStringLiteral("Later"),
                            xml::Builder("x", "urn:x").build()}
                    .toElement(),
                "<error type='wait'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Later</text><x xmlns='urn:x'/></error>");
        compare(StanzaError{{}, QStringLiteral("service-unavailable"), {}, {}}.toElement(),
                "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>");
    }
};

BALCONY_TEST(TestStanzas)
#include "tst_stanzas.moc"
