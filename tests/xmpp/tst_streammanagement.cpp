// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xmpp/streammanagement.h"

#include <random>
#include <set>

using tests::parsed;
using xmpp::HandledToken;
using xmpp::StreamManagement;
using Tags = std::vector<qint64>;

namespace {

const Jid self = Jid::fromWire(QStringLiteral("romeo@montague.lit/orchard"));

xml::Element sm(const QByteArray &name, const QByteArray &attributes = {})
{
    return parsed("<" + name + " xmlns='urn:xmpp:sm:3' " + attributes + "/>");
}

xml::Element ack(quint32 h)
{
    return sm("a", "h='" + QByteArray::number(h) + "'");
}

xml::Element resumed(quint32 h, const QByteArray &id = "s1")
{
    return sm("resumed", "previd='" + id + "' h='" + QByteArray::number(h) + "'");
}

void enable(StreamManagement &management)
{
    (void)management.enable();
    QVERIFY(management.takeEnabled(sm("enabled", "id='s1' resume='true' max='300' location='[::1]:9222'"), self));
}

quint32 send(StreamManagement &management, qint64 tag = 0)
{
    return management.sent(parsed("<message to='juliet@capulet.lit'/>"), tag, QDateTime());
}

/// A session whose counters stand just before the wrap.
void goNearTheWrap(StreamManagement &management)
{
    StreamManagement::Session session;
    session.id = QStringLiteral("s1");
    session.jid = self;
    session.handled = 0xFFFFFFFEu;
    management.restore(session);
    (void)management.resume();
    QVERIFY(management.takeResumed(resumed(0xFFFFFFFEu)));
}

} // namespace

/// The counting of XEP-0198.
class TestStreamManagement : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isOffered()
    {
        QVERIFY(StreamManagement::isOffered(parsed("<stream:features><sm xmlns='urn:xmpp:sm:3'/></stream:features>")));
        QVERIFY(!StreamManagement::isOffered(parsed("<stream:features><sm xmlns='urn:xmpp:sm:2'/></stream:features>")));
    }

    void enables()
    {
        StreamManagement management;
        QVERIFY(!management.takeEnabled(sm("enabled"), self)); // nobody asked
        QVERIFY(!management.received());
        const xml::Element request = management.enable();
        QVERIFY(tests::Dialogue::isLike(request, sm("enable", "resume='true'")));
        QVERIFY(!management.received()); // the count begins with the answer
        QVERIFY(management.takeEnabled(sm("enabled", "id='s1' resume='1' max='300' location='a.lit:9'"), self));
        QVERIFY(!management.takeEnabled(sm("enabled", "id='s2' resume='1'"), self)); // twice
        const auto session = management.session();
        QVERIFY(session);
        QCOMPARE(session->id, QStringLiteral("s1"));
        QCOMPARE(session->location, QStringLiteral("a.lit:9"));
        QCOMPARE(session->max.count(), 300);
        QCOMPARE(session->jid, self);
    }

    void managedAndNotResumable()
    {
        for (const char *attributes : {"", "id='s1'", "resume='true'", "id='s1' resume='false'"}) {
            StreamManagement management;
            (void)management.enable();
            QVERIFY(management.takeEnabled(sm("enabled", attributes), self));
            QVERIFY(management.isEnabled());
            QVERIFY(!management.canResume());
        }
        StreamManagement management;
        (void)management.enable();
        const QByteArray id(StreamManagement::longestId + 1, 'x');
        QVERIFY(management.takeEnabled(sm("enabled", "resume='true' id='" + id + "'"), self));
        QVERIFY(!management.canResume());
    }

    void acknowledges()
    {
        StreamManagement management;
        enable(management);
        QCOMPARE(send(management, 11), 1u);
        QCOMPARE(send(management), 2u);
        QCOMPARE(send(management, 13), 3u);
        QCOMPARE(*management.takeAck(ack(0)), Tags());
        QCOMPARE(*management.takeAck(ack(2)), Tags({11}));
        QCOMPARE(*management.takeAck(ack(2)), Tags());
        QCOMPARE(*management.takeAck(ack(3)), Tags({13}));
        QVERIFY(management.pending().empty());
    }

    void lies()
    {
        StreamManagement management;
        enable(management);
        (void)send(management, 1);
        (void)send(management, 2);
        QVERIFY(management.takeAck(ack(1)));
        const auto falling = management.takeAck(ack(0));
        QCOMPARE(falling.error().condition, QStringLiteral("undefined-condition"));
        QVERIFY(!management.complaint());
        const auto tooHigh = management.takeAck(ack(3));
        QCOMPARE(tooHigh.error().condition, QStringLiteral("undefined-condition"));
        QVERIFY(tests::Dialogue::isLike(management.complaint(), sm("handled-count-too-high", "h='3' send-count='2'")));
        for (const char *attributes : {"", "h=''", "h='-1'", "h='x'", "h='4294967296'"})
            QCOMPARE(management.takeAck(sm("a", attributes)).error().condition, QStringLiteral("bad-format"));
        QCOMPARE(management.pending().size(), size_t(1)); // a lie takes nothing away
        QCOMPARE(*management.takeAck(ack(2)), Tags({2}));
    }

    /// Only what has no hole before it counts, in whatever order it is dealt with.
    void handledOutOfOrder()
    {
        StreamManagement management;
        enable(management);
        int grown = 0;
        management.setHandledObserver([&] { ++grown; });
        HandledToken one = management.received();
        HandledToken two = management.received();
        HandledToken copy = two;
        HandledToken three = management.received();
        QCOMPARE(management.receivedCount(), 3u);
        QCOMPARE(management.handledWith({one, three}), 1u);
        QCOMPARE(management.handledWith({two, one}), 2u);
        three.reset();
        QCOMPARE(management.handled(), 0u);
        QCOMPARE(grown, 0);
        one.reset();
        QCOMPARE(management.handled(), 1u);
        two.reset();
        QCOMPARE(management.handled(), 1u); // a copy is left
        copy.reset();
        QCOMPARE(management.handled(), 3u);
        QCOMPARE(grown, 2);
        QVERIFY(tests::Dialogue::isLike(management.acknowledgement(), sm("a", "h='3'")));
    }

    void wraps()
    {
        StreamManagement management;
        goNearTheWrap(management);
        for (qint64 tag = 1; tag <= 4; ++tag)
            (void)send(management, tag);
        QCOMPARE(management.sentCount(), 2u);
        QCOMPARE(*management.takeAck(ack(0xFFFFFFFFu)), Tags({1}));
        QCOMPARE(*management.takeAck(ack(1)), Tags({2, 3}));
        QVERIFY(!management.takeAck(ack(0xFFFFFFFFu)));
        QVERIFY(!management.takeAck(ack(3)));
        QCOMPARE(*management.takeAck(ack(2)), Tags({4}));
        HandledToken tokens[3] = {management.received(), management.received(), management.received()};
        tokens[1].reset();
        tokens[0].reset();
        QCOMPARE(management.handled(), 0u);
        QCOMPARE(management.handledWith({tokens[2]}), 1u);
        tokens[2].reset();
        QVERIFY(tests::Dialogue::isLike(management.acknowledgement(), sm("a", "h='1'")));
    }

    void resumes()
    {
        StreamManagement management;
        enable(management);
        for (qint64 tag = 1; tag <= 3; ++tag)
            (void)send(management, tag);
        HandledToken first = management.received();
        HandledToken second = management.received();
        first.reset();
        QVERIFY(tests::Dialogue::isLike(management.resume(), sm("resume", "previd='s1' h='1'")));
        second.reset(); // comes again, and counts then
        QCOMPARE(management.handled(), 1u);
        (void)send(management, 4);
        QCOMPARE(*management.takeResumed(resumed(2)), Tags({1, 2}));
        QCOMPARE(management.pending().size(), size_t(2));
        QCOMPARE(management.pending()[0].tag, 3);
        QCOMPARE(management.settled()->handled, std::optional(2u));
        (void)management.received();
        QCOMPARE(management.handled(), 2u);
        QCOMPARE(*management.takeAck(ack(4)), Tags({3, 4}));
        QVERIFY(!management.takeResumed(resumed(4))); // resumed twice
    }

    void resumedWrongly()
    {
        for (const xml::Element &lie : {resumed(0, "s2"), resumed(3), resumed(0), sm("resumed", "previd='s1'")}) {
            StreamManagement management;
            enable(management);
            (void)send(management, 1);
            (void)send(management, 2);
            QVERIFY(management.takeAck(ack(1)));
            (void)management.resume();
            QVERIFY(!management.takeResumed(lie));
        }
        StreamManagement management;
        QVERIFY(!management.takeResumed(resumed(0)));
    }

    void resumingFails()
    {
        const QByteArray condition = "><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>";
        for (const auto &[h, tags, known] : {std::tuple(" h='2'", Tags({1, 2}), true), std::tuple("", Tags(), false),
                                             std::tuple(" h='7'", Tags(), false)}) {
            StreamManagement management;
            enable(management);
            for (qint64 tag = 1; tag <= 3; ++tag)
                (void)send(management, tag);
            (void)management.resume();
            QCOMPARE(management.takeFailed(parsed(QByteArray("<failed xmlns='urn:xmpp:sm:3'") + h + condition)), tags);
            QVERIFY(!management.canResume());
            QCOMPARE(management.settled()->id, QStringLiteral("s1"));
            QCOMPARE(management.settled()->handled.has_value(), known);
            (void)management.enable();
            QVERIFY(management.settled()); // whoever keeps messages asks later
        }
    }

    void restores()
    {
        StreamManagement management;
        enable(management);
        (void)management.received();
        (void)send(management, 1);
        const auto session = management.session();
        StreamManagement later;
        later.restore(*session);
        QCOMPARE(later.session(), session);
        QVERIFY(tests::Dialogue::isLike(later.resume(), sm("resume", "previd='s1' h='1'")));
        QVERIFY(later.takeResumed(resumed(41)));
        QCOMPARE(send(later), 42u);
        QVERIFY(later.takeAck(ack(42)));
        QVERIFY(!later.takeAck(ack(43)));
    }

    /// Two ends that count, and a link that loses everything now and then: whatever is sent, dealt with, acknowledged, lost
    /// and resumed, and in whatever order, arrives once and in order. BALCONY_TEST_SEED runs one of them again.
    void anyInterleaving()
    {
        const QByteArray wanted = qgetenv("BALCONY_TEST_SEED");
        const quint32 first = wanted.isEmpty() ? 0 : wanted.toUInt();
        const quint32 last = wanted.isEmpty() ? 3000 : first;
        for (quint32 seed = first; seed <= last; ++seed) {
            const QString failure = interleave(seed);
            QVERIFY2(failure.isEmpty(), qPrintable(QStringLiteral("BALCONY_TEST_SEED=%1: %2").arg(seed).arg(failure)));
        }
    }

private:
    /// The reference: a server that keeps a session, as plain lists.
    struct Model {
        std::vector<qint64> got;  ///< From us, in order.
        quint32 base = 0;         ///< got.size() when the session began.
        std::deque<qint64> toUs;  ///< In flight towards the server.
        quint32 saidToClient = 0; ///< Numbered stanzas of the session given to the link.
        std::deque<int> unacked;  ///< Sent to the client and not acknowledged.
        int next = 0;             ///< The next stanza for the client.
        quint32 h() const { return quint32(got.size()) - base; }
    };
    struct Client {
        StreamManagement management;
        std::vector<std::pair<int, HandledToken>> open; ///< Received and not stored.
        std::vector<int> stored;
        std::vector<qint64> outbox; ///< Not known to have arrived.
        std::vector<qint64> written;
        qint64 next = 1;
    };

    static QString interleave(quint32 seed);
    static void arrive(Client &client, const Tags &tags)
    {
        for (const qint64 tag : tags)
            client.outbox.erase(std::remove(client.outbox.begin(), client.outbox.end(), tag), client.outbox.end());
    }
};

QString TestStreamManagement::interleave(quint32 seed)
{
    std::mt19937 chance(seed);
    const auto pick = [&](quint32 n) { return quint32(chance() % n); };
    Model server;
    Client client;
    std::deque<int> toClient; // in flight
    enable(client.management);
    const auto sendNew = [&] {
        const qint64 tag = client.next++;
        client.outbox.push_back(tag);
        (void)send(client.management, tag);
        server.toUs.push_back(tag);
    };
    const auto take = [&](qint64 tag) { server.got.push_back(tag); };
    const auto store = [&](int stanza) {
        if (std::find(client.stored.begin(), client.stored.end(), stanza) == client.stored.end())
            client.stored.push_back(stanza); // by its id, as the inbox does
    };
    const auto deliver = [&] {
        if (toClient.empty())
            return;
        client.open.emplace_back(toClient.front(), client.management.received());
        toClient.pop_front();
    };
    const auto storeSome = [&](size_t count) {
        for (size_t i = 0; i < count; ++i)
            store(client.open[i].first);
        client.open.erase(client.open.begin(), client.open.begin() + qptrdiff(count));
    };
    const auto reconnect = [&](bool well) -> QString {
        toClient.clear();
        for (quint32 n = pick(quint32(server.toUs.size()) + 1); n > 0; --n) { // some came through before the end
            take(server.toUs.front());
            server.toUs.pop_front();
        }
        server.toUs.clear();
        (void)client.management.resume();
        const quint32 h = client.management.handled();
        if (pick(2) == 0 && !client.open.empty())
            storeSome(pick(quint32(client.open.size())) + 1); // late commits of the old stream
        if (well) {
            auto tags = client.management.takeResumed(resumed(server.h()));
            if (!tags)
                return tags.error().detail;
            arrive(client, *tags);
            for (const auto &pending : client.management.pending())
                server.toUs.push_back(pending.tag);
            const quint32 gone = h - (server.saidToClient - quint32(server.unacked.size()));
            if (gone > server.unacked.size())
                return QStringLiteral("h beyond what was sent");
            server.unacked.erase(server.unacked.begin(), server.unacked.begin() + qptrdiff(gone));
            toClient.assign(server.unacked.begin(), server.unacked.end());
            return {};
        }
        const bool tells = pick(2) == 0;
        arrive(client,
               client.management.takeFailed(tells ? sm("failed", "h='" + QByteArray::number(server.h()) + "'")
                                                  : sm("failed")));
        enable(client.management);
        server.base = quint32(server.got.size());
        // What the client did not take goes another way (offline storage), before anything new.
        server.saidToClient = quint32(server.unacked.size());
        toClient.assign(server.unacked.begin(), server.unacked.end());
        for (const qint64 tag : client.outbox) { // again, with the same ids
            (void)send(client.management, tag);
            server.toUs.push_back(tag);
        }
        return {};
    };
    const quint32 steps = 20 + pick(60);
    for (quint32 i = 0; i < steps; ++i) {
        switch (pick(9)) {
        case 0:
        case 1: sendNew(); break;
        case 2:
            server.unacked.push_back(server.next);
            toClient.push_back(server.next++);
            ++server.saidToClient;
            break;
        case 3: deliver(); break;
        case 4:
            if (!server.toUs.empty()) {
                take(server.toUs.front());
                server.toUs.pop_front();
            }
            break;
        case 5:
            if (!client.open.empty())
                storeSome(pick(quint32(client.open.size())) + 1);
            break;
        case 6: {
            const auto tags = client.management.takeAck(ack(server.h()));
            if (!tags)
                return tags.error().detail;
            arrive(client, *tags);
            break;
        }
        case 7: {
            const quint32 gone = client.management.handled() - (server.saidToClient - quint32(server.unacked.size()));
            if (gone > server.unacked.size())
                return QStringLiteral("acknowledged more than was sent");
            for (quint32 n = 0; n < gone; ++n) {
                const int stanza = server.unacked[n];
                if (std::find(client.stored.begin(), client.stored.end(), stanza) == client.stored.end())
                    return QStringLiteral("acknowledged before it was stored"); // I5
            }
            server.unacked.erase(server.unacked.begin(), server.unacked.begin() + qptrdiff(gone));
            break;
        }
        case 8:
            if (const QString failure = reconnect(pick(3) != 0); !failure.isEmpty())
                return failure;
            break;
        }
    }
    // In the end everything comes to rest.
    if (const QString failure = reconnect(true); !failure.isEmpty())
        return failure;
    while (!server.toUs.empty()) {
        take(server.toUs.front());
        server.toUs.pop_front();
    }
    while (!toClient.empty())
        deliver();
    storeSome(client.open.size());
    const auto tags = client.management.takeAck(ack(server.h()));
    if (!tags)
        return tags.error().detail;
    arrive(client, *tags);
    if (!client.outbox.empty())
        return QStringLiteral("something is left in the outbox");
    std::vector<qint64> once;
    for (const qint64 tag : server.got) { // as the receiver does, by their ids
        if (std::find(once.begin(), once.end(), tag) == once.end())
            once.push_back(tag);
    }
    for (size_t i = 0; i < once.size(); ++i) {
        if (once[i] != qint64(i) + 1)
            return QStringLiteral("lost or out of order at the server");
    }
    if (once.size() != size_t(client.next - 1))
        return QStringLiteral("lost on the way to the server");
    for (size_t i = 0; i < client.stored.size(); ++i) {
        if (client.stored[i] != int(i))
            return QStringLiteral("lost or out of order at the client");
    }
    return client.stored.size() == size_t(server.next) ? QString() : QStringLiteral("lost on the way to the client");
}

BALCONY_TEST(TestStreamManagement)
#include "tst_streammanagement.moc"
