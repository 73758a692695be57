// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

using namespace xep;
using namespace std::chrono_literals;

class TestPing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0199, examples 1 and 2.
    void answers()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        d.receives("<iq from='montague.lit' to='romeo@montague.lit/orchard' id='s2c1' type='get'><ping "
                   "xmlns='urn:xmpp:ping'/></iq>");
        d.expects("<iq to='montague.lit' id='s2c1' type='result'/>");
        // Without `from` it is our server.
        d.receives("<iq id='s2c2' type='get'><ping xmlns='urn:xmpp:ping'/></iq>");
        d.expects("<iq id='s2c2' type='result'/>");
        // Without `id` nobody could take an answer.
        d.receives("<iq from='montague.lit' type='get'><ping xmlns='urn:xmpp:ping'/></iq>");
        d.expectsNothing();
    }

    /// XEP-0199, examples 4 to 6.
    void asksTheServer()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        Scope scope;
        std::optional<Result<>> answer;
        scope.run(tests::into(&answer, extensions.ping.ping(Jid())));
        d.expects("<iq type='get' id='*'><ping xmlns='urn:xmpp:ping'/></iq>");
        QVERIFY(!answer);
        d.receives("<iq from='montague.lit' to='romeo@montague.lit/orchard' id='$id' type='result'/>");
        QVERIFY(answer && *answer);

        scope.run(tests::into(&answer, extensions.ping.ping(Jid())));
        d.takeSent();
        d.receives(R"(<iq id='$id' type='error'><ping xmlns='urn:xmpp:ping'/><error type='cancel'>
                        <service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>)");
        QVERIFY(!*answer);
        QCOMPARE(answer->error().kind, Error::Kind::Stanza);
        QCOMPARE(answer->error().condition, QStringLiteral("service-unavailable"));
    }

    void nobodyAnswers()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        Scope scope;
        std::optional<Result<>> answer;
        scope.run(tests::into(&answer,
                              extensions.ping.ping(Jid::fromWire(QStringLiteral("juliet@capulet.lit/chamber")), 15s)));
        d.takeSent();
        // Another cannot answer for her.
        d.receives("<iq from='mallory@capulet.lit/chamber' id='$id' type='result'/>");
        d.passes(14s);
        QVERIFY(!answer);
        d.passes(2s);
        QVERIFY(answer);
        QCOMPARE(answer->error().kind, Error::Kind::Timeout);
        // Too late.
        d.receives("<iq from='juliet@capulet.lit/chamber' id='$id' type='result'/>");
        QCOMPARE(answer->error().kind, Error::Kind::Timeout);
        QCOMPARE(d.client().router().openRequests(), 0);
    }

    void offline()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        Scope scope;
        std::optional<Result<>> answer;
        scope.run(tests::into(&answer, extensions.ping.ping(Jid())));
        d.goesOffline();
        QVERIFY(answer);
        QCOMPARE(answer->error().condition, QStringLiteral("connection-lost"));
        scope.run(tests::into(&answer, extensions.ping.ping(Jid())));
        QCOMPARE(answer->error().condition, QStringLiteral("offline"));
    }
};

BALCONY_TEST(TestPing)
#include "tst_0199_ping.moc"
