// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

using namespace xep;

class TestMarkers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0333, example 4, with a hint, so that our other devices find it in the archive.
    void tells()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        const Jid northumberland = Jid::fromWire(QStringLiteral("northumberland@shakespeare.lit"));
        QVERIFY(extensions.markers.tell(northumberland, QStringLiteral("message-1")));
        d.expects(
            "<message type='chat' id='*' to='northumberland@shakespeare.lit'>"
            "<displayed xmlns='urn:xmpp:chat-markers:0' id='message-1'/><store xmlns='urn:xmpp:hints'/></message>");
        QVERIFY(!extensions.markers.tell(northumberland, {}));
        extensions.setMayAnswer([](const Jid &who) { return who.domain() != u"shakespeare.lit"; });
        QVERIFY(!extensions.markers.tell(northumberland, QStringLiteral("message-2"))); // a stranger
        extensions.setMayAnswer({});
        extensions.markers.setEnabled(false);
        QVERIFY(!extensions.markers.tell(northumberland, QStringLiteral("message-2")));
        extensions.markers.setEnabled(true);
        d.goesOffline();
        QVERIFY(!extensions.markers.tell(northumberland, QStringLiteral("message-2")));
        d.expectsNothing();
    }

    void reads()
    {
        QCOMPARE(tests::roundTrip<Markers::Displayed>("<displayed xmlns='urn:xmpp:chat-markers:0' id='message-1'/>").id,
                 QStringLiteral("message-1"));
        tests::roundTrip<Markers::Markable>("<markable xmlns='urn:xmpp:chat-markers:0'/>");
        QVERIFY(!xml::decode<Markers::Displayed>(tests::parsed("<displayed xmlns='urn:xmpp:chat-markers:0'/>")));
    }
};

BALCONY_TEST(TestMarkers)
#include "tst_0333_markers.moc"
