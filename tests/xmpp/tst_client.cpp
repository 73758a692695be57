// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"

#include <QSignalSpy>

using namespace std::chrono_literals;

/// What a XEP talks to, across the streams of its account.
class TestClient : public QObject
{
    Q_OBJECT

    using Answer = std::optional<Result<xml::Element>>;
    static xml::Element ping() { return xml::Builder("ping", "urn:xmpp:ping").build(); }

private Q_SLOTS:
    void upAndDown()
    {
        tests::ManualClock clock;
        tests::FixedRandom random;
        xmpp::Client client(clock, random);
        const Jid full = Jid::fromWire(QStringLiteral("romeo@montague.lit/orchard"));
        QSignalSpy online(&client, &xmpp::Client::online);
        QSignalSpy offline(&client, &xmpp::Client::offline);
        QSignalSpy sent(&client, &xmpp::Client::sent);
        client.setAccount(full.bare());
        QVERIFY(!client.isOnline());
        QCOMPARE(client.self(), full.bare());
        client.send(tests::parsed("<message/>"));
        QCOMPARE(sent.size(), 0);
        client.down(Error{}); // it never was up
        QCOMPARE(offline.size(), 0);
        QList<xml::Element> written;
        client.up(full, [&](const xml::Element &stanza) { written.append(stanza); });
        QCOMPARE(online.size(), 1);
        QVERIFY(client.isOnline());
        QCOMPARE(client.self(), full);
        QVERIFY(written.isEmpty()); // by itself it says nothing
        client.send(tests::parsed("<message id='a'/>"));
        QCOMPARE(written.size(), 1);
        QCOMPARE(sent.size(), 1);
        client.down({Error::Kind::Network, QStringLiteral("connection-lost"), {}});
        client.down({Error::Kind::Network, QStringLiteral("connection-lost"), {}});
        QCOMPARE(offline.size(), 1);
        QCOMPARE(offline[0][0].value<Error>().condition, QStringLiteral("connection-lost"));
        QCOMPARE(client.self(), full.bare());
        client.send(tests::parsed("<message id='b'/>"));
        QCOMPARE(written.size(), 1);
        client.up(full, [&](const xml::Element &stanza) { written.append(stanza); });
        QCOMPARE(online.size(), 2);
    }

    void questionsEndWithTheStream()
    {
        tests::Dialogue d;
        Scope scope;
        Answer first;
        Answer second;
        scope.run(tests::into(&first, d.client().get(Jid(), ping())));
        scope.run(tests::into(&second, d.client().set(Jid::fromWire(QStringLiteral("juliet@capulet.lit/x")), ping())));
        QCOMPARE(d.client().router().openRequests(), 2);
        d.takeSent();
        const QByteArray id = d.takeSent().attribute("id").toUtf8();
        d.goesOffline();
        QCOMPARE(first->error().kind, Error::Kind::Network);
        QCOMPARE(first->error().condition, QStringLiteral("connection-lost"));
        QCOMPARE(second->error().condition, QStringLiteral("connection-lost"));
        QCOMPARE(d.client().router().openRequests(), 0);
        Answer third;
        scope.run(tests::into(&third, d.client().get(Jid(), ping())));
        QCOMPARE(third->error().condition, QStringLiteral("offline"));
        // An answer of the old stream is nobody's on the new one.
        d.goesOnline();
        QSignalSpy dropped(&d.client().router(), &xmpp::Router::dropped);
        d.receives("<iq type='result' id='" + id + "' from='juliet@capulet.lit/x'/>");
        QCOMPARE(dropped.size(), 1);
    }

    /// A link that was cut for a moment is nobody's business: what is asked meanwhile goes out with what else waits.
    void questionsWaitForTheStreamToGoOn()
    {
        tests::Dialogue d;
        Scope scope;
        Answer asked;
        d.isInterrupted();
        scope.run(tests::into(&asked, d.client().get(Jid(), ping())));
        QVERIFY(!asked);
        const auto pending = d.client().management().pending();
        QCOMPARE(pending.size(), size_t(1));
        d.resumes({});
        d.receives("<iq type='result' id='" + pending.front().stanza.attribute("id").toUtf8() + "'/>");
        QVERIFY(asked && *asked);
        // It did not go on.
        Answer lost;
        d.isInterrupted();
        scope.run(tests::into(&lost, d.client().get(Jid(), ping())));
        d.goesOffline();
        QCOMPARE(lost->error().condition, QStringLiteral("connection-lost"));
    }

    /// A server may lose its answers where one stream takes over from another.
    void whatIsOpenIsAskedOnceMore()
    {
        tests::Dialogue d;
        Scope scope;
        Answer answered;
        Answer lost;
        Answer change;
        scope.run(tests::into(&answered, d.client().get(Jid(), ping())));
        scope.run(tests::into(&lost, d.client().get(Jid(), ping())));
        scope.run(tests::into(&change, d.client().set(Jid(), ping())));
        const QByteArray first = d.takeSent().attribute("id").toUtf8();
        const QString second = d.takeSent().attribute("id");
        d.takeSent();
        d.isInterrupted();
        d.resumes({});
        d.receives("<iq type='result' id='" + first + "'/>");
        d.passes(4'999ms);
        d.expectsNothing();
        d.passes(1ms);
        QCOMPARE(d.takeSent().attribute("id"), second);
        d.expectsNothing(); // nobody changes anything twice
        d.receives("<iq type='result' id='" + second.toUtf8() + "'/>");
        QVERIFY(answered && *answered && lost && *lost && !change);
        d.passes(1min);
        d.expectsNothing();
    }

    /// RELIABILITY N13: each question has its deadline and its owner, and what comes late is nothing.
    void manyQuestionsUnanswered()
    {
        tests::Dialogue d;
        Scope scope;
        std::vector<Answer> answers(500);
        for (Answer &answer : answers)
            scope.run(tests::into(&answer, d.client().get(Jid(), ping())));
        QList<QByteArray> ids;
        while (const xml::Element iq = d.takeSent())
            ids.append(iq.attribute("id").toUtf8());
        QCOMPARE(QSet<QByteArray>(ids.begin(), ids.end()).size(), 500);
        d.passes(29'999ms);
        QVERIFY(std::none_of(answers.begin(), answers.end(), [](const Answer &answer) { return answer.has_value(); }));
        d.passes(1ms);
        QVERIFY(std::all_of(answers.begin(), answers.end(), [](const Answer &answer) {
            return answer && answer->error().kind == Error::Kind::Timeout;
        }));
        QCOMPARE(d.client().router().openRequests(), 0);
        QCOMPARE(d.clock().running(), 0);
        d.passes(10min);
        QSignalSpy dropped(&d.client().router(), &xmpp::Router::dropped);
        for (const QByteArray &id : ids)
            d.receives("<iq type='result' id='" + id + "'/>");
        QCOMPARE(dropped.size(), 500);
        d.expectsNothing();
    }

    void aDroppedQuestionIsForgotten()
    {
        tests::Dialogue d;
        Answer answer;
        {
            Scope scope;
            scope.run(tests::into(&answer, d.client().get(Jid(), ping())));
            QCOMPARE(d.client().router().openRequests(), 1);
        }
        QCOMPARE(d.client().router().openRequests(), 0);
        QCOMPARE(d.clock().running(), 0);
    }

    /// RELIABILITY S15: who asks a thousand things that nobody knows is not answered a thousand times; who asks what we
    /// know always is.
    void floodOfUnknownRequests()
    {
        tests::Dialogue d;
        d.client().router().answer("get", "ping", "urn:xmpp:ping",
                                   [](const xmpp::Incoming &, xmpp::Reply reply) { reply.result(); });
        for (int i = 0; i < 1000; ++i)
            d.receives("<iq type='get' id='" + QByteArray::number(i)
                       + "' from='mallory@evil.test/x'><q xmlns='urn:unknown'/></iq>");
        QCOMPARE(d.unexpected(), xmpp::Router::mostRefusals);
        while (d.unexpected() > 0)
            d.takeSent();
        for (int i = 0; i < 1000; ++i)
            d.receives("<iq type='get' id='" + QByteArray::number(i)
                       + "' from='juliet@capulet.lit/x'><ping xmlns='urn:xmpp:ping'/></iq>");
        QCOMPARE(d.unexpected(), 1000);
        while (d.unexpected() > 0)
            d.takeSent();
        // It heals.
        d.passes(xmpp::Router::refusalPause * 5);
        for (int i = 0; i < 10; ++i)
            d.receives("<iq type='get' id='" + QByteArray::number(i)
                       + "' from='mallory@evil.test/x'><q xmlns='urn:unknown'/></iq>");
        QCOMPARE(d.unexpected(), 5);
        d.passes(1h);
        for (int i = 0; i < 1000; ++i)
            d.receives("<iq type='get' id='" + QByteArray::number(i)
                       + "' from='mallory@evil.test/x'><q xmlns='urn:unknown'/></iq>");
        QCOMPARE(d.unexpected(), 5 + xmpp::Router::mostRefusals);
    }

    /// RFC 6120 8.2.3: an answer is never answered, or two clients would talk for ever.
    void answersAreNotAnswered()
    {
        tests::Dialogue d;
        d.receives("<iq type='result' id='a' from='juliet@capulet.lit/x'><q xmlns='urn:q'/></iq>");
        d.receives("<iq type='error' id='a' from='juliet@capulet.lit/x'><q xmlns='urn:q'/></iq>");
        d.receives("<message type='error' from='juliet@capulet.lit/x'/>");
        d.receives("<presence type='error' from='juliet@capulet.lit/x'/>");
        d.expectsNothing();
    }
};

BALCONY_TEST(TestClient)
#include "tst_client.moc"
