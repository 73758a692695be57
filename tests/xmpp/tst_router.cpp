// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"

#include <QSignalSpy>

using namespace std::chrono_literals;

namespace {

Jid jid(const char *text)
{
    return Jid::fromWire(QString::fromLatin1(text));
}

const char *const unavailable =
    "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>";

} // namespace

class TestRouter : public QObject
{
    Q_OBJECT

    using Answer = std::optional<Result<xml::Element>>;
    static xml::Element ping() { return xml::Builder("ping", "urn:xmpp:ping").build(); }

private Q_SLOTS:
    /// RFC 6120 8.1.2.1, RELIABILITY 1.4: an answer counts by id, sender and type.
    void answers_data()
    {
        QTest::addColumn<QByteArray>("asked");
        QTest::addColumn<QByteArray>("attributes");
        QTest::addColumn<bool>("counts");
        const QByteArray juliet = "juliet@capulet.lit/balcony";
        QTest::newRow("herself") << juliet << QByteArray("from='juliet@capulet.lit/balcony' id='$id' type='result'")
                                 << true;
        QTest::newRow("another resource")
            << juliet << QByteArray("from='juliet@capulet.lit/garden' id='$id' type='result'") << false;
        QTest::newRow("her bare address")
            << juliet << QByteArray("from='juliet@capulet.lit' id='$id' type='result'") << false;
        QTest::newRow("her server") << juliet << QByteArray("from='capulet.lit' id='$id' type='result'") << false;
        QTest::newRow("nobody") << juliet << QByteArray("id='$id' type='result'") << false;
        QTest::newRow("another") << juliet << QByteArray("from='mallory@capulet.lit/balcony' id='$id' type='result'")
                                 << false;
        QTest::newRow("another id") << juliet << QByteArray("from='juliet@capulet.lit/balcony' id='x$id' type='result'")
                                    << false;
        QTest::newRow("no id") << juliet << QByteArray("from='juliet@capulet.lit/balcony' type='result'") << false;
        QTest::newRow("a request with the id")
            << juliet << QByteArray("from='juliet@capulet.lit/balcony' id='$id' type='set'") << false;
        QTest::newRow("no type") << juliet << QByteArray("from='juliet@capulet.lit/balcony' id='$id'") << false;
        QTest::newRow("no address") << juliet << QByteArray("from='@' id='$id' type='result'") << false;
        QTest::newRow("server: no sender") << QByteArray() << QByteArray("id='$id' type='result'") << true;
        QTest::newRow("server: our bare address")
            << QByteArray() << QByteArray("from='romeo@montague.lit' id='$id' type='result'") << true;
        QTest::newRow("server: our full address")
            << QByteArray() << QByteArray("from='romeo@montague.lit/orchard' id='$id' type='result'") << true;
        QTest::newRow("server: its domain")
            << QByteArray() << QByteArray("from='montague.lit' id='$id' type='result'") << true;
        QTest::newRow("server: our other resource")
            << QByteArray() << QByteArray("from='romeo@montague.lit/x' id='$id' type='result'") << false;
        QTest::newRow("server: a neighbour")
            << QByteArray() << QByteArray("from='benvolio@montague.lit' id='$id' type='result'") << false;
        QTest::newRow("server: a stranger")
            << QByteArray() << QByteArray("from='capulet.lit' id='$id' type='result'") << false;
        QTest::newRow("own bare: no sender")
            << QByteArray("romeo@montague.lit") << QByteArray("id='$id' type='result'") << true;
        QTest::newRow("domain: no sender")
            << QByteArray("montague.lit") << QByteArray("id='$id' type='result'") << true;
        QTest::newRow("domain: a part of it")
            << QByteArray("montague.lit") << QByteArray("from='x.montague.lit' id='$id' type='result'") << false;
        QTest::newRow("other domain: no sender")
            << QByteArray("capulet.lit") << QByteArray("id='$id' type='result'") << false;
    }
    void answers()
    {
        QFETCH(QByteArray, asked);
        QFETCH(QByteArray, attributes);
        QFETCH(bool, counts);
        tests::Dialogue d;
        Scope scope;
        Answer answer;
        scope.run(tests::into(&answer, d.client().get(jid(asked), ping())));
        d.expects("<iq type='get' id='*'" + (asked.isEmpty() ? QByteArray() : " to='" + asked + "'")
                  + "><ping xmlns='urn:xmpp:ping'/></iq>");
        QSignalSpy dropped(&d.client().router(), &xmpp::Router::dropped);
        d.receives("<iq " + attributes + "><y xmlns='urn:y'/></iq>");
        QCOMPARE(answer.has_value(), counts);
        QCOMPARE(d.client().router().openRequests(), counts ? 0 : 1);
        if (counts)
            QCOMPARE((*answer)->firstChild().ns(), std::string_view("urn:y"));
        else if (attributes.contains("type='result'"))
            QCOMPARE(dropped.size(), 1);
        else
            QCOMPARE(d.unexpected(), 1); // refused
    }

    void errorsAreAnswers()
    {
        tests::Dialogue d;
        Scope scope;
        Answer answer;
        scope.run(tests::into(&answer, d.client().set(jid("juliet@capulet.lit/balcony"), ping())));
        d.expects("<iq type='set' to='juliet@capulet.lit/balcony' id='*'><ping xmlns='urn:xmpp:ping'/></iq>");
        d.receives(
            R"(<iq from='juliet@capulet.lit/balcony' id='$id' type='error'>
                        <ping xmlns='urn:xmpp:ping'/><error type='auth'>
                        <forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>
                        <text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Go away</text></error></iq>)");
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().kind, Error::Kind::Stanza);
        QCOMPARE(answer->error().condition, QStringLiteral("forbidden"));
        QVERIFY(answer->error().detail.contains(QStringLiteral("Go away")));
        // The same answer again: nobody waits any more.
        QSignalSpy dropped(&d.client().router(), &xmpp::Router::dropped);
        d.receives("<iq from='juliet@capulet.lit/balcony' id='$id' type='result'/>");
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(answer->error().condition, QStringLiteral("forbidden"));
    }

    void timeouts()
    {
        tests::Dialogue d;
        Scope scope;
        Answer answer;
        scope.run(tests::into(&answer, d.client().get(jid("juliet@capulet.lit/balcony"), ping(), 30s)));
        d.takeSent();
        d.passes(29999ms);
        QVERIFY(!answer);
        d.passes(1ms);
        QVERIFY(answer);
        QCOMPARE(answer->error().kind, Error::Kind::Timeout);
        QCOMPARE(d.client().router().openRequests(), 0);
        QSignalSpy dropped(&d.client().router(), &xmpp::Router::dropped);
        d.receives("<iq from='juliet@capulet.lit/balcony' id='$id' type='result'/>");
        QCOMPARE(dropped.size(), 1);
        QCOMPARE(answer->error().kind, Error::Kind::Timeout);
    }

    void droppedWithItsOwner()
    {
        tests::Dialogue d;
        Answer answer;
        {
            Scope scope;
            scope.run(tests::into(&answer, d.client().get(jid("juliet@capulet.lit/balcony"), ping())));
            QCOMPARE(d.client().router().openRequests(), 1);
        }
        QCOMPARE(d.client().router().openRequests(), 0);
        d.takeSent();
        d.receives("<iq from='juliet@capulet.lit/balcony' id='$id' type='result'/>");
        d.passes(1min);
        QVERIFY(!answer);
    }

    void lostStream()
    {
        tests::Dialogue d;
        Scope scope;
        Answer first;
        Answer second;
        scope.run(tests::into(&first, d.client().get(jid("juliet@capulet.lit/balcony"), ping())));
        scope.run(tests::into(&second, d.client().get(Jid(), ping())));
        d.goesOffline();
        QVERIFY(first && second);
        QCOMPARE(first->error().condition, QStringLiteral("connection-lost"));
        QCOMPARE(second->error().condition, QStringLiteral("connection-lost"));
        QCOMPARE(d.client().router().openRequests(), 0);
        QCOMPARE(d.client().self(), jid("romeo@montague.lit"));
        QVERIFY(!d.client().isOnline());
        // Nothing is asked of nobody.
        scope.run(tests::into(&first, d.client().get(Jid(), ping())));
        QCOMPARE(first->error().condition, QStringLiteral("offline"));
        QCOMPARE(d.unexpected(), 2);
    }

    /// RFC 6120 8.2.3 and 8.4.
    void requests_data()
    {
        QTest::addColumn<QByteArray>("iq");
        QTest::addColumn<QByteArray>("answer");
        const QByteArray head = "<iq type='error' id='a' to='juliet@capulet.lit/b'>";
        const QByteArray bad =
            head + "<error type='modify'><bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>";
        const QByteArray unknown = head + unavailable + "</iq>";
        QTest::newRow("known") << QByteArray(
            "<iq type='get' id='a' from='juliet@capulet.lit/b'><q xmlns='urn:q'/></iq>")
                               << QByteArray("<iq type='result' id='a' to='juliet@capulet.lit/b'/>");
        QTest::newRow("other type") << QByteArray(
            "<iq type='set' id='a' from='juliet@capulet.lit/b'><q xmlns='urn:q'/></iq>")
                                    << unknown;
        QTest::newRow("other name") << QByteArray(
            "<iq type='get' id='a' from='juliet@capulet.lit/b'><r xmlns='urn:q'/></iq>")
                                    << unknown;
        QTest::newRow("other namespace") << QByteArray(
            "<iq type='get' id='a' from='juliet@capulet.lit/b'><q xmlns='urn:r'/></iq>")
                                         << unknown;
        QTest::newRow("no child") << QByteArray("<iq type='get' id='a' from='juliet@capulet.lit/b'/>") << bad;
        QTest::newRow("two children") << QByteArray(
            "<iq type='get' id='a' from='juliet@capulet.lit/b'><q xmlns='urn:q'/><q xmlns='urn:q'/></iq>")
                                      << bad;
        QTest::newRow("no sender") << QByteArray("<iq type='get' id='a'><q xmlns='urn:q'/></iq>")
                                   << QByteArray("<iq type='result' id='a'/>");
        QTest::newRow("no id") << QByteArray("<iq type='get' from='juliet@capulet.lit/b'><q xmlns='urn:q'/></iq>")
                               << QByteArray();
        QTest::newRow("no type") << QByteArray("<iq id='a' from='juliet@capulet.lit/b'><q xmlns='urn:q'/></iq>") << bad;
        QTest::newRow("unknown type") << QByteArray(
            "<iq id='a' type='put' from='juliet@capulet.lit/b'><q xmlns='urn:q'/></iq>")
                                      << bad;
        QTest::newRow("no address") << QByteArray("<iq type='get' id='a' from='@@'><q xmlns='urn:q'/></iq>")
                                    << QByteArray();
        QTest::newRow("result for nobody")
            << QByteArray("<iq type='result' id='a' from='juliet@capulet.lit/b'/>") << QByteArray();
        QTest::newRow("error for nobody")
            << QByteArray("<iq type='error' id='a' from='juliet@capulet.lit/b'/>") << QByteArray();
        QTest::newRow("no stanza") << QByteArray("<greeting id='a'/>") << QByteArray();
        QTest::newRow("elsewhere") << QByteArray("<iq xmlns='jabber:server' type='get' id='a'><q xmlns='urn:q'/></iq>")
                                   << QByteArray();
    }
    void requests()
    {
        QFETCH(QByteArray, iq);
        QFETCH(QByteArray, answer);
        tests::Dialogue d;
        d.client().router().answer("get", "q", "urn:q",
                                   [](const xmpp::Incoming &, xmpp::Reply reply) { reply.result(); });
        QSignalSpy dropped(&d.client().router(), &xmpp::Router::dropped);
        d.receives(iq);
        if (answer.isEmpty())
            QCOMPARE(dropped.size(), 1);
        else
            d.expects(answer);
        d.expectsNothing();
    }

    /// RFC 6120 8.2.3: whoever asks gets one answer, and only one.
    void replies()
    {
        tests::Dialogue d;
        std::optional<xmpp::Reply> later;
        d.client().router().answer("get", "drop", "urn:q", [](const xmpp::Incoming &, xmpp::Reply) {});
        d.client().router().answer("get", "later", "urn:q",
                                   [&](const xmpp::Incoming &, xmpp::Reply reply) { later.emplace(std::move(reply)); });
        d.client().router().answer("get", "twice", "urn:q", [](const xmpp::Incoming &, xmpp::Reply reply) {
            reply.result(xml::Builder("r", "urn:q").build());
            reply.error("forbidden");
            reply.result();
        });
        d.receives("<iq type='get' id='a' from='juliet@capulet.lit/b'><drop xmlns='urn:q'/></iq>");
        d.expects(R"(<iq type='error' id='a' to='juliet@capulet.lit/b'><error type='cancel'>
                       <internal-server-error xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>)");
        d.receives("<iq type='get' id='b' from='juliet@capulet.lit/b'><twice xmlns='urn:q'/></iq>");
        d.expects("<iq type='result' id='b' to='juliet@capulet.lit/b'><r xmlns='urn:q'/></iq>");
        d.receives("<iq type='get' id='c' from='juliet@capulet.lit/b'><later xmlns='urn:q'/></iq>");
        d.expectsNothing();
        later->error("item-not-found");
        d.expects(R"(<iq type='error' id='c' to='juliet@capulet.lit/b'><error type='cancel'>
                       <item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>)");
        later.reset();
        d.expectsNothing();
    }

    void replyOutlivesTheClient()
    {
        std::optional<xmpp::Reply> later;
        {
            tests::Dialogue d;
            d.client().router().answer("get", "later", "urn:q", [&](const xmpp::Incoming &, xmpp::Reply reply) {
                later.emplace(std::move(reply));
            });
            d.receives("<iq type='get' id='c' from='juliet@capulet.lit/b'><later xmlns='urn:q'/></iq>");
        }
        QVERIFY(later);
        later->result(); // goes nowhere, and must not touch what is gone
    }

    void authors_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QString>("author");
        QTest::addColumn<bool>("isOwn");
        QTest::newRow("none") << QByteArray() << QStringLiteral("romeo@montague.lit") << true;
        QTest::newRow("own bare") << QByteArray("from='romeo@montague.lit'") << QStringLiteral("romeo@montague.lit")
                                  << true;
        QTest::newRow("own resource") << QByteArray("from='romeo@montague.lit/orchard'")
                                      << QStringLiteral("romeo@montague.lit/orchard") << false;
        QTest::newRow("server") << QByteArray("from='montague.lit'") << QStringLiteral("montague.lit") << false;
        QTest::newRow("another") << QByteArray("from='juliet@capulet.lit/b'") << QStringLiteral("juliet@capulet.lit/b")
                                 << false;
    }
    void authors()
    {
        QFETCH(QByteArray, from);
        QFETCH(QString, author);
        QFETCH(bool, isOwn);
        tests::Dialogue d;
        for (const QByteArray &name : {QByteArray("message"), QByteArray("presence")}) {
            const auto incoming = take(d, '<' + name + " id='i' " + from + "/>");
            QVERIFY(incoming);
            QCOMPARE(incoming->author().toString(), author);
            QCOMPARE(incoming->origin().isOwnAccount(), isOwn);
            QCOMPARE(incoming->id(), QStringLiteral("i"));
        }
    }

    void noLegalSender()
    {
        tests::Dialogue d;
        QSignalSpy dropped(&d.client().router(), &xmpp::Router::dropped);
        QVERIFY(!take(d, "<message from='@'/>"));
        QVERIFY(!take(d, "<presence from=''/>"));
        QCOMPARE(dropped.size(), 2);
    }

    /// XEP-0203, RELIABILITY 1.9 and P10. The clock stands at a time of our century.
    void times_data()
    {
        QTest::addColumn<QByteArray>("delays");
        QTest::addColumn<QString>("time"); // null: now
        const auto delay = [](const QByteArray &from, const QByteArray &stamp) -> QByteArray {
            return "<delay xmlns='urn:xmpp:delay'" + (from.isNull() ? QByteArray() : " from='" + from + "'")
                + " stamp='" + stamp + "'/>";
        };
        const QString kept = QStringLiteral("2020-02-03T04:05:06Z");
        QTest::newRow("none") << QByteArray() << QString();
        QTest::newRow("server") << delay("montague.lit", "2020-02-03T04:05:06Z") << kept;
        QTest::newRow("server for us") << delay("romeo@montague.lit", "2020-02-03T04:05:06Z") << kept;
        QTest::newRow("zone") << delay("montague.lit", "2020-02-03T05:05:06+01:00") << kept;
        QTest::newRow("nobody") << delay({}, "2020-02-03T04:05:06Z") << QString();
        QTest::newRow("the sender") << delay("juliet@capulet.lit", "2020-02-03T04:05:06Z") << QString();
        QTest::newRow("the sender's server") << delay("capulet.lit", "2020-02-03T04:05:06Z") << QString();
        QTest::newRow("a neighbour") << delay("benvolio@montague.lit", "2020-02-03T04:05:06Z") << QString();
        QTest::newRow("our resource") << delay("romeo@montague.lit/x", "2020-02-03T04:05:06Z") << QString();
        QTest::newRow("1970") << delay("montague.lit", "1970-01-01T00:00:00Z") << QString();
        QTest::newRow("9999") << delay("montague.lit", "9999-12-31T23:59:59Z") << QString();
        QTest::newRow("no zone") << delay("montague.lit", "2020-02-03T04:05:06") << QString();
        QTest::newRow("no date") << delay("montague.lit", "soon") << QString();
        QTest::newRow("sender's and server's")
            << delay("juliet@capulet.lit", "2001-01-01T00:00:00Z") + delay("montague.lit", "2020-02-03T04:05:06Z")
            << kept;
        // The sender claims to be our server; what our server says comes behind.
        QTest::newRow("forged and server's")
            << delay("montague.lit", "2001-01-01T00:00:00Z") + delay("montague.lit", "2020-02-03T04:05:06Z") << kept;
    }
    void times()
    {
        QFETCH(QByteArray, delays);
        QFETCH(QString, time);
        tests::Dialogue d;
        const auto incoming = take(d, "<message from='juliet@capulet.lit/b'><body>x</body>" + delays + "</message>");
        QVERIFY(incoming);
        QCOMPARE(incoming->origin().time(), time.isNull() ? d.clock().now() : QDateTime::fromString(time, Qt::ISODate));
        QCOMPARE(incoming->origin().channel(),
                 time.isNull() ? xmpp::Origin::Channel::Live : xmpp::Origin::Channel::Offline);
    }

    void notLaterThanNow()
    {
        tests::Dialogue d;
        const QByteArray soon = d.clock().now().addSecs(60).toString(Qt::ISODate).toLatin1();
        const auto incoming =
            take(d,
                 "<message from='juliet@capulet.lit/b'><delay xmlns='urn:xmpp:delay' from='montague.lit' stamp='" + soon
                     + "'/></message>");
        QCOMPARE(incoming->origin().time(), d.clock().now());
    }

    /// XEP-0359 4, RELIABILITY 1.8.
    void archiveIds()
    {
        const QByteArray own = "<stanza-id xmlns='urn:xmpp:sid:0' by='romeo@montague.lit' id='own'/>";
        const QByteArray others = "<stanza-id xmlns='urn:xmpp:sid:0' by='juliet@capulet.lit' id='hers'/>"
                                  "<stanza-id xmlns='urn:xmpp:sid:0' by='montague.lit' id='server'/>"
                                  "<stanza-id xmlns='urn:xmpp:sid:0' by='romeo@montague.lit/orchard' id='resource'/>"
                                  "<stanza-id xmlns='urn:xmpp:sid:0' id='nobody'/>"
                                  "<stanza-id xmlns='urn:example' by='romeo@montague.lit' id='elsewhere'/>"
                                  "<origin-id xmlns='urn:xmpp:sid:0' id='origin'/>";
        tests::Dialogue d;
        const QByteArray with = "<message from='juliet@capulet.lit/b'>" + others + own + "</message>";
        QVERIFY(take(d, with)->origin().archiveId().isNull()); // our server has not said that it stamps them
        d.client().router().setArchiveIdsTrusted(true);
        QCOMPARE(take(d, with)->origin().archiveId(), QStringLiteral("own"));
        QVERIFY(
            take(d, "<message from='juliet@capulet.lit/b'>" + others + "</message>")->origin().archiveId().isNull());
    }

    void countsWhatGoesOut()
    {
        tests::Dialogue d;
        QSignalSpy sent(&d.client(), &xmpp::Client::sent);
        d.client().send(xmpp::Presence());
        QCOMPARE(sent.size(), 1);
        d.goesOffline();
        d.client().send(xmpp::Presence());
        QCOMPARE(sent.size(), 1);
        QCOMPARE(d.unexpected(), 1);
    }

private:
    /// What the client tells of one message or presence, or nothing.
    static std::optional<xmpp::Incoming> take(tests::Dialogue &d, const QByteArray &xml)
    {
        std::optional<xmpp::Incoming> result;
        QObject context;
        connect(&d.client(), &xmpp::Client::message, &context,
                [&](const xmpp::Incoming &incoming) { result.emplace(incoming); });
        connect(&d.client(), &xmpp::Client::presence, &context,
                [&](const xmpp::Incoming &incoming) { result.emplace(incoming); });
        d.receives(xml);
        return result;
    }
};

BALCONY_TEST(TestRouter)
#include "tst_router.moc"
