// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"

using xmpp::Presence;

/// Presence both ways (RFC 6121 3 and 4).
class TestPresence : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void written_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("show");
        QTest::addColumn<int>("priority");
        QTest::addColumn<QByteArray>("xml");
        const auto row = [](const char *name, Presence::Type type, Presence::Show show, int priority, const char *xml) {
            QTest::newRow(name) << int(type) << int(show) << priority << QByteArray(xml);
        };
        using Type = Presence::Type;
        using Show = Presence::Show;
        row("available", Type::Available, Show::Online, 0, "<presence/>");
        row("chat", Type::Available, Show::Chat, 1, "<presence><show>chat</show><priority>1</priority></presence>");
        row("away", Type::Available, Show::Away, -1, "<presence><show>away</show><priority>-1</priority></presence>");
        row("xa", Type::Available, Show::ExtendedAway, 500,
            "<presence><show>xa</show><priority>127</priority></presence>");
        row("dnd", Type::Available, Show::DoNotDisturb, -500,
            "<presence><show>dnd</show><priority>-128</priority></presence>");
        // RFC 6121 4.7.2: these belong to available presence alone.
        row("unavailable", Type::Unavailable, Show::Away, 5, "<presence type='unavailable'/>");
        row("subscribe", Type::Subscribe, Show::Away, 5, "<presence type='subscribe'/>");
        row("subscribed", Type::Subscribed, Show::Online, 0, "<presence type='subscribed'/>");
        row("unsubscribe", Type::Unsubscribe, Show::Online, 0, "<presence type='unsubscribe'/>");
        row("unsubscribed", Type::Unsubscribed, Show::Online, 0, "<presence type='unsubscribed'/>");
    }
    void written()
    {
        QFETCH(int, type);
        QFETCH(int, show);
        QFETCH(int, priority);
        QFETCH(QByteArray, xml);
        Presence presence;
        presence.type = Presence::Type(type);
        presence.show = Presence::Show(show);
        presence.priority = priority;
        tests::Dialogue d;
        d.client().send(presence);
        d.expects(xml);
    }

    void read_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<bool>("legal");
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("show");
        QTest::addColumn<int>("priority");
        const auto row = [](const char *name, const QByteArray &xml, int type, int show = 0, int priority = 0) {
            QTest::newRow(name) << xml << (type >= 0) << type << show << priority;
        };
        row("empty", "<presence/>", int(Presence::Type::Available));
        row("empty type", "<presence type=''/>", -1);
        row("unknown type", "<presence type='invisible'/>", -1);
        row("case", "<presence type='Unavailable'/>", -1);
        row("probe", "<presence type='probe'/>", int(Presence::Type::Probe));
        row("error", "<presence type='error'/>", int(Presence::Type::Error));
        row("dnd", "<presence><show>dnd</show><priority> -3 </priority></presence>", 0,
            int(Presence::Show::DoNotDisturb), -3);
        row("unknown show", "<presence><show>busy</show></presence>", 0, int(Presence::Show::Online));
        row("foreign show", "<presence><show xmlns='urn:x'>dnd</show></presence>", 0, int(Presence::Show::Online));
        row("huge priority", "<presence><priority>99999</priority></presence>", 0, 0, 127);
        row("low priority", "<presence><priority>-129</priority></presence>", 0, 0, -128);
        row("bad priority", "<presence><priority>high</priority></presence>", 0, 0, 0);
        row("overflow", "<presence><priority>99999999999999999999</priority></presence>", 0, 0, 0);
    }
    void read()
    {
        QFETCH(QByteArray, xml);
        QFETCH(bool, legal);
        QFETCH(int, type);
        QFETCH(int, show);
        QFETCH(int, priority);
        const auto presence = Presence::of(tests::parsed(xml));
        QCOMPARE(presence.has_value(), legal);
        if (!presence)
            return;
        QCOMPARE(int(presence->type), type);
        QCOMPARE(int(presence->show), show);
        QCOMPARE(presence->priority, priority);
    }

    /// The life of a subscription, word by word (RFC 6121 3): each reaches those who listen, with who said it.
    void subscriptionLife()
    {
        tests::Dialogue d;
        QStringList heard;
        connect(&d.client(), &xmpp::Client::presence, this, [&](const xmpp::Incoming &incoming) {
            const auto presence = Presence::of(incoming.element());
            heard.append(incoming.author().toString() + u' '
                         + (presence ? xml::Value<Presence::Type>::text(presence->type) : QStringLiteral("?")));
        });
        Presence presence;
        presence.to = Jid::fromWire(QStringLiteral("juliet@capulet.lit"));
        presence.type = Presence::Type::Subscribe;
        presence.status = QStringLiteral("It is the east");
        d.client().send(presence);
        d.expects("<presence to='juliet@capulet.lit' type='subscribe'><status>It is the east</status></presence>");
        d.receives("<presence from='juliet@capulet.lit' type='subscribed'/>");
        d.receives("<presence from='juliet@capulet.lit' type='subscribe'/>");
        d.receives("<presence from='juliet@capulet.lit/balcony'/>");
        d.receives("<presence from='juliet@capulet.lit/balcony' type='unavailable'/>");
        d.receives("<presence from='juliet@capulet.lit' type='unsubscribe'/>");
        d.receives("<presence from='juliet@capulet.lit' type='unsubscribed'/>");
        d.receives("<presence type='unavailable'/>"); // our server, for our account
        QCOMPARE(
            heard,
            QStringList({QStringLiteral("juliet@capulet.lit subscribed"),
                         QStringLiteral("juliet@capulet.lit subscribe"), QStringLiteral("juliet@capulet.lit/balcony "),
                         QStringLiteral("juliet@capulet.lit/balcony unavailable"),
                         QStringLiteral("juliet@capulet.lit unsubscribe"),
                         QStringLiteral("juliet@capulet.lit unsubscribed"),
                         QStringLiteral("romeo@montague.lit unavailable")}));
        d.expectsNothing(); // nothing is granted or answered by itself
    }
};

BALCONY_TEST(TestPresence)
#include "tst_presence.moc"
