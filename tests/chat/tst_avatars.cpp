// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/avatars.h"

#include "chatrig.h"
#include "media/imageheader.h"
#include "support/testmain.h"

#include <QSignalSpy>

using namespace tests;
using namespace std::chrono_literals;

namespace {

/// A whole picture of one pixel, with a text behind it that makes it another one.
QByteArray png(const QByteArray &more = {})
{
    return QByteArray::fromBase64(
               "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
               "rkJggg==")
        + more;
}

using Answer = std::optional<Result<QByteArray>>;

/// A rig with avatars. Juliet and Mercutio are contacts, Tybalt is not.
class AvatarsRig : public ChatRig
{
public:
    explicit AvatarsRig(store::StoreOptions options = {}) : ChatRig(std::move(options)) { }
    ~AvatarsRig()
    {
        scope.cancel();
        avatars.reset();
    }
    bool open()
    {
        if (!ChatRig::open())
            return false;
        restart();
        return true;
    }
    /// As at the next start of the program.
    void restart()
    {
        settle();
        avatars = std::make_unique<chat::Avatars>(client(), extensions, store, account);
        avatars->setKnown([this](const Jid &who) { return contacts.contains(who); });
        if (!wait(avatars->load()))
            QTest::qFail("not loaded", __FILE__, __LINE__);
        QObject::connect(avatars.get(), &chat::Avatars::changed, avatars.get(),
                         [this](const Jid &who) { changed.append(who); });
        QObject::connect(avatars.get(), &chat::Avatars::offered, avatars.get(),
                         [this](const Jid &who) { offered.append(who); });
    }
    void publishes(const Jid &who, const QByteArray &picture)
    {
        const QByteArray id = xep::avatarId(picture).toLatin1();
        tells(who, "<info bytes='" + QByteArray::number(picture.size()) + "' id='" + id + "' type='image/png'/>");
    }
    void tells(const Jid &who, const QByteArray &forms)
    {
        d.receives("<message from='" + who.toString().toUtf8()
                   + "'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
                     "<items node='urn:xmpp:avatar:metadata'><item id='x'><metadata xmlns='urn:xmpp:avatar:metadata'>"
                   + forms + "</metadata></item></items></event></message>");
        settle();
    }
    void comes(const QByteArray &who, const QByteArray &photo)
    {
        d.receives("<presence from='" + who + "'><x xmlns='vcard-temp:x:update'>" + photo + "</x></presence>");
        settle();
    }
    static QByteArray photo(const QByteArray &picture)
    {
        return "<photo>" + xep::avatarId(picture).toLatin1() + "</photo>";
    }
    /// Somebody wants to see it.
    void wants(const Jid &who, Answer *answer)
    {
        scope.run(into(answer, avatars->picture(who)));
        settle();
    }
    /// The next stanza asks for the published picture of that id; it is answered.
    bool asksForData(const Jid &who, const QByteArray &id, const QByteArray &data)
    {
        const xml::Element sent = d.takeSent();
        const xml::Element items = sent.child("pubsub", pubsub).child("items", pubsub);
        const bool isRight = sent.attribute("to") == who.toString()
            && items.attribute("node") == u"urn:xmpp:avatar:data"
            && items.firstChild().attribute("id") == QString::fromLatin1(id);
        d.receives("<iq type='result' id='$id' from='" + who.toString().toUtf8()
                   + "'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data'><item id='"
                   + id + "'><data xmlns='urn:xmpp:avatar:data'>" + data.toBase64()
                   + "</data></item></items></pubsub></iq>");
        settle();
        return isRight;
    }
    bool refuses(const Jid &who)
    {
        const xml::Element sent = d.takeSent();
        d.receives("<iq type='error' id='$id' from='" + who.toString().toUtf8()
                   + "'><error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        settle();
        return sent.attribute("type") == u"get";
    }
    bool answersVCard(const QByteArray &from, const QByteArray &picture)
    {
        const bool isRight = d.takeSent().hasChild("vCard", "vcard-temp");
        d.receives("<iq type='result' id='$id'" + (from.isEmpty() ? QByteArray() : " from='" + from + "'")
                   + "><vCard xmlns='vcard-temp'><FN>x</FN>"
                   + (picture.isEmpty() ? QByteArray() : "<PHOTO><BINVAL>" + picture.toBase64() + "</BINVAL></PHOTO>")
                   + "</vCard></iq>");
        settle();
        return isRight;
    }
    /// The account is asked what its server can do.
    bool answersDisco(bool publishes, bool converts)
    {
        const bool isRight = d.takeSent().hasChild("query", "http://jabber.org/protocol/disco#info");
        d.receives("<iq type='result' id='$id' from='romeo@montague.lit'>"
                   "<query xmlns='http://jabber.org/protocol/disco#info'>"
                   + QByteArray(publishes ? "<identity category='pubsub' type='pep'/>" : "")
                   + QByteArray(converts ? "<feature var='urn:xmpp:pep-vcard-conversion:0'/>" : "") + "</query></iq>");
        settle();
        return isRight;
    }
    /// The next stanza publishes in this node; it is accepted.
    bool takesPublished(const QString &node)
    {
        const xml::Element publish = d.takeSent().child("pubsub", pubsub).child("publish", pubsub);
        d.receives("<iq type='result' id='$id'/>");
        settle();
        return publish.attribute("node") == node;
    }
    /// The next stanza changes our vCard; it is accepted.
    bool takesVCard(const QByteArray &picture)
    {
        const xml::Element sent = d.takeSent();
        const auto card = xml::decode<xep::VCardPicture>(sent.firstChild());
        const bool hasRest = sent.firstChild().hasChild("FN", "vcard-temp");
        d.receives("<iq type='result' id='$id'/>");
        settle();
        return sent.attribute("type") == u"set" && card && hasRest
            && (card->photo ? card->photo->bytes : QByteArray()) == picture;
    }
    int kept()
    {
        const auto count = [](store::Reader &reader) { return reader.avatars().count(); };
        return wait(store.read(count)).value_or(-1);
    }

    static constexpr char pubsub[] = "http://jabber.org/protocol/pubsub";
    const Jid mercutio = jid("mercutio@verona.lit"), tybalt = jid("tybalt@capulet.lit");
    QList<Jid> contacts{peer, mercutio};
    QList<Jid> changed, offered;
    std::unique_ptr<chat::Avatars> avatars;
    Scope scope;
};

QString conditionOf(const Answer &answer)
{
    return !answer ? QStringLiteral("none yet") : *answer ? QStringLiteral("no error") : answer->error().condition;
}

} // namespace

/// The pictures of contacts and our own, with the test as the server.
class TestAvatars : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<AvatarsRig>();
        QVERIFY(m_rig->open());
    }
    void cleanup() { m_rig.reset(); }

    /// It is known who has which at once; the picture comes when somebody looks, once, and is there at the next start.
    void comesWhenWanted()
    {
        const QByteArray id = xep::avatarId(png()).toLatin1();
        m_rig->publishes(m_rig->peer, png());
        QCOMPARE(m_rig->changed, QList<Jid>{m_rig->peer});
        QCOMPARE(m_rig->avatars->idOf(m_rig->peer), QString::fromLatin1(id));
        m_rig->d.expectsNothing();
        Answer first, second;
        m_rig->wants(m_rig->peer, &first);
        m_rig->wants(jid("juliet@capulet.lit/balcony"), &second);
        QVERIFY(m_rig->asksForData(m_rig->peer, id, png()));
        m_rig->d.expectsNothing();
        QCOMPARE((*first).value_or(QByteArray()), png());
        QCOMPARE((*second).value_or(QByteArray()), png());
        m_rig->restart();
        QCOMPARE(m_rig->avatars->idOf(m_rig->peer), QString::fromLatin1(id));
        Answer third;
        m_rig->wants(m_rig->peer, &third);
        QCOMPARE((*third).value_or(QByteArray()), png());
        m_rig->publishes(m_rig->peer, png());
        m_rig->d.expectsNothing();
        QCOMPARE(m_rig->changed.size(), 1); // told again, it is no news
        m_rig->tells(m_rig->peer, {});
        QVERIFY(m_rig->avatars->idOf(m_rig->peer).isNull());
        m_rig->restart();
        QVERIFY(m_rig->avatars->idOf(m_rig->peer).isNull());
        Answer none;
        m_rig->wants(m_rig->peer, &none);
        QCOMPARE(conditionOf(none), QStringLiteral("no-avatar"));
    }

    /// RELIABILITY 4.5: nothing of strangers is kept, and nothing is asked of them.
    void notFromStrangers()
    {
        m_rig->publishes(m_rig->tybalt, png());
        m_rig->comes("tybalt@capulet.lit/tomb", AvatarsRig::photo(png()));
        QVERIFY(m_rig->avatars->idOf(m_rig->tybalt).isNull());
        // Who is no contact any more is one.
        m_rig->publishes(m_rig->peer, png());
        m_rig->contacts.removeAll(m_rig->peer);
        Answer answer;
        m_rig->wants(m_rig->peer, &answer);
        QCOMPARE(conditionOf(answer), QStringLiteral("contact-unknown"));
        m_rig->d.expectsNothing();
        m_rig->avatars->forget(m_rig->peer);
        QVERIFY(m_rig->avatars->idOf(m_rig->peer).isNull());
    }

    /// What is no picture, or another one, is refused, and tried again later, a few times.
    void refusesWhatLies_data()
    {
        QTest::addColumn<QByteArray>("promised");
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QString>("condition");
        QTest::newRow("another") << png() << png("x") << QStringLiteral("avatar-wrong");
        QTest::newRow("nothing") << png() << QByteArray() << QStringLiteral("avatar-wrong");
        QTest::newRow("a page") << QByteArray("<html>") << QByteArray("<html>")
                                << QStringLiteral("image-type-unsupported");
        QByteArray huge = png();
        huge.replace(16, 8, QByteArray::fromHex("0000ffff0000ffff"));
        QTest::newRow("claims to be huge") << huge << huge << QStringLiteral("image-too-large");
    }
    void refusesWhatLies()
    {
        QFETCH(QByteArray, promised);
        QFETCH(QByteArray, sent);
        QFETCH(QString, condition);
        const QByteArray id = xep::avatarId(promised).toLatin1();
        m_rig->publishes(m_rig->peer, promised);
        auto wait = std::chrono::milliseconds(chat::Avatars::retryAfter);
        for (int i = 0; i < chat::Avatars::mostTries; ++i) {
            Answer answer;
            m_rig->wants(m_rig->peer, &answer);
            QVERIFY(m_rig->asksForData(m_rig->peer, id, sent));
            QCOMPARE(conditionOf(answer), condition);
            // Not at once, whoever asks.
            Answer again;
            m_rig->wants(m_rig->peer, &again);
            QCOMPARE(conditionOf(again), condition);
            m_rig->d.passes(wait - 1ms);
            QVERIFY(m_rig->offered.isEmpty());
            m_rig->d.passes(1ms);
            QCOMPARE(m_rig->offered.size(), i + 1 < chat::Avatars::mostTries ? 1 : 0);
            m_rig->offered.clear();
            wait *= 2;
        }
        Answer last;
        m_rig->wants(m_rig->peer, &last);
        QCOMPARE(conditionOf(last), condition);
        m_rig->d.expectsNothing();
        QCOMPARE(m_rig->kept(), 0);
        // Another picture is another matter.
        m_rig->publishes(m_rig->peer, png("y"));
        Answer other;
        m_rig->wants(m_rig->peer, &other);
        QVERIFY(m_rig->asksForData(m_rig->peer, xep::avatarId(png("y")).toLatin1(), png("y")));
        QVERIFY(*other);
    }

    /// XEP-0153: told by a presence, where nothing is published.
    void fromVCards()
    {
        m_rig->comes("juliet@capulet.lit/balcony", AvatarsRig::photo(png()));
        Answer answer;
        m_rig->wants(m_rig->peer, &answer);
        QVERIFY(m_rig->answersVCard("juliet@capulet.lit", png()));
        QCOMPARE((*answer).value_or(QByteArray()), png());
        // Not said is not none.
        m_rig->comes("juliet@capulet.lit/balcony", {});
        QVERIFY(!m_rig->avatars->idOf(m_rig->peer).isNull());
        m_rig->comes("juliet@capulet.lit/balcony", "<photo/>");
        QVERIFY(m_rig->avatars->idOf(m_rig->peer).isNull());
        // What is published counts more, whatever presences say.
        m_rig->publishes(m_rig->peer, png("a"));
        m_rig->comes("juliet@capulet.lit/balcony", AvatarsRig::photo(png()));
        m_rig->comes("juliet@capulet.lit/balcony", "<photo/>");
        QCOMPARE(m_rig->avatars->idOf(m_rig->peer), xep::avatarId(png("a")));
    }

    /// Only in the web: it is not fetched, and what was known stays.
    void notFromTheWeb()
    {
        m_rig->publishes(m_rig->peer, png());
        m_rig->tells(m_rig->peer,
                     "<info bytes='9' id='357a8123a30844a3aa99861b6349264ba67a5694' type='image/png' "
                     "url='http://capulet.lit/a.png'/>");
        QCOMPARE(m_rig->avatars->idOf(m_rig->peer), xep::avatarId(png()));
    }

    /// A few at once, in order; each contact is asked a few times an hour.
    void isPatient()
    {
        const QByteArray a = png("a");
        std::vector<Answer> answers(20);
        for (int i = 0; i < 6; ++i) {
            const Jid who = Jid::fromWire(QStringLiteral("page%1@verona.lit").arg(i));
            m_rig->contacts.append(who);
            m_rig->publishes(who, png(QByteArray::number(i)));
            m_rig->wants(who, &answers[size_t(i)]);
        }
        QCOMPARE(m_rig->d.unexpected(), int(chat::Avatars::mostAtOnce));
        for (int i = 0; i < 6; ++i) {
            const QByteArray own = png(QByteArray::number(i));
            QVERIFY(m_rig->asksForData(Jid::fromWire(QStringLiteral("page%1@verona.lit").arg(i)),
                                       xep::avatarId(own).toLatin1(), own));
            QVERIFY(answers[size_t(i)] && *answers[size_t(i)]);
        }
        // Who changes it all the time is asked no more than so often.
        for (int i = 0; i < 20; ++i) {
            const QByteArray own = png("m" + QByteArray::number(i));
            m_rig->publishes(m_rig->mercutio, own);
            Answer answer;
            m_rig->wants(m_rig->mercutio, &answer);
            if (i < chat::Avatars::mostAskedPerContact)
                QVERIFY(m_rig->asksForData(m_rig->mercutio, xep::avatarId(own).toLatin1(), own));
            else
                QCOMPARE(conditionOf(answer), QStringLiteral("avatar-busy"));
        }
        m_rig->d.expectsNothing();
        m_rig->d.passes(chat::Avatars::askingWindow);
        QCOMPARE(m_rig->offered, QList<Jid>{m_rig->mercutio});
        Answer answer;
        m_rig->wants(m_rig->mercutio, &answer);
        QCOMPARE(m_rig->d.unexpected(), 1);
    }

    /// What was wanted without a connection is offered when there is one; what was on its way, too.
    void waitsForAConnection()
    {
        m_rig->publishes(m_rig->peer, png());
        Answer running, offline, again;
        m_rig->wants(m_rig->peer, &running);
        m_rig->d.takeSent();
        m_rig->d.goesOffline();
        m_rig->settle();
        QCOMPARE(conditionOf(running), QStringLiteral("connection-lost"));
        m_rig->wants(m_rig->peer, &offline);
        QCOMPARE(conditionOf(offline), QStringLiteral("offline"));
        m_rig->d.goesOnline();
        m_rig->avatars->begin();
        QCOMPARE(m_rig->offered, QList<Jid>{m_rig->peer});
        m_rig->wants(m_rig->peer, &again);
        QVERIFY(m_rig->asksForData(m_rig->peer, xep::avatarId(png()).toLatin1(), png()));
        QVERIFY(*again);
    }

    /// A node that only others may read is tried a few times, and nothing is said about it.
    void forbidden()
    {
        m_rig->publishes(m_rig->peer, png());
        Answer answer;
        m_rig->wants(m_rig->peer, &answer);
        QVERIFY(m_rig->refuses(m_rig->peer));
        QCOMPARE(conditionOf(answer), QStringLiteral("forbidden"));
    }

    /// XEP-0398: the server does the rest.
    void ownOnAServerThatConverts()
    {
        std::optional<Result<>> done;
        m_rig->scope.run(into(&done, m_rig->avatars->publish(png())));
        QVERIFY(m_rig->answersDisco(true, true));
        QVERIFY(m_rig->takesPublished(QStringLiteral("urn:xmpp:avatar:data")));
        QVERIFY(m_rig->takesPublished(QStringLiteral("urn:xmpp:avatar:metadata")));
        m_rig->d.expectsNothing();
        QVERIFY(done && *done);
        QCOMPARE(m_rig->avatars->idOf(m_rig->account), xep::avatarId(png()));
        QVERIFY(m_rig->avatars->told().isNull());
        Answer own;
        m_rig->wants(m_rig->account, &own);
        QCOMPARE((*own).value_or(QByteArray()), png());
        m_rig->scope.run(into(&done, m_rig->avatars->remove()));
        QVERIFY(m_rig->takesPublished(QStringLiteral("urn:xmpp:avatar:metadata")));
        m_rig->d.expectsNothing();
        QVERIFY(done && *done);
        QVERIFY(m_rig->avatars->idOf(m_rig->account).isNull());
    }

    /// Elsewhere the vCard has it, too, and our presences say so, also at the next sign-in, until another device changes it.
    void ownOnAServerThatDoesNot()
    {
        QSignalSpy told(m_rig->avatars.get(), &chat::Avatars::toldChanged);
        std::optional<Result<>> done;
        m_rig->scope.run(into(&done, m_rig->avatars->publish(png())));
        QVERIFY(m_rig->answersDisco(true, false));
        QVERIFY(m_rig->takesPublished(QStringLiteral("urn:xmpp:avatar:data")));
        QVERIFY(m_rig->takesPublished(QStringLiteral("urn:xmpp:avatar:metadata")));
        QVERIFY(m_rig->answersVCard({}, "old"));
        QVERIFY(m_rig->takesVCard(png()));
        QVERIFY(done && *done);
        QCOMPARE(told.size(), 1);
        QCOMPARE(m_rig->avatars->told(), xep::avatarId(png()));
        m_rig->publishes(m_rig->account, png()); // our own news
        m_rig->restart();
        m_rig->d.goesOffline();
        m_rig->d.goesOnline();
        m_rig->avatars->begin();
        QVERIFY(m_rig->answersDisco(true, false));
        QVERIFY(m_rig->answersVCard({}, png()));
        QCOMPARE(m_rig->avatars->told(), xep::avatarId(png()));
        // XEP-0153 4.3
        m_rig->comes("romeo@montague.lit/phone", {});
        m_rig->comes("romeo@montague.lit/phone", AvatarsRig::photo(png()));
        m_rig->d.expectsNothing();
        m_rig->comes("romeo@montague.lit/phone", AvatarsRig::photo("another"));
        QVERIFY(m_rig->avatars->told().isNull());
        QVERIFY(m_rig->answersVCard({}, "another"));
        QCOMPARE(m_rig->avatars->told(), xep::avatarId("another"));
    }

    /// Without nodes the vCard alone has it.
    void ownInTheVCardAlone()
    {
        std::optional<Result<>> done;
        m_rig->scope.run(into(&done, m_rig->avatars->publish(png())));
        QVERIFY(m_rig->answersDisco(false, false));
        QVERIFY(m_rig->answersVCard({}, {}));
        QVERIFY(m_rig->takesVCard(png()));
        QVERIFY(done && *done);
        QCOMPARE(m_rig->avatars->told(), xep::avatarId(png()));
        m_rig->scope.run(into(&done, m_rig->avatars->remove()));
        QVERIFY(m_rig->answersVCard({}, png()));
        QVERIFY(m_rig->takesVCard({}));
        QVERIFY(done && *done);
        QVERIFY(!m_rig->avatars->told().isNull() && m_rig->avatars->told().isEmpty());
    }

    /// Nothing goes out that is no picture, or too large for a stanza; and nothing is ours that was refused.
    void ownRefused()
    {
        std::optional<Result<>> done;
        m_rig->scope.run(into(&done, m_rig->avatars->publish("<svg/>")));
        QCOMPARE(done->error().condition, QStringLiteral("image-type-unsupported"));
        m_rig->scope.run(into(&done, m_rig->avatars->publish(png(QByteArray(chat::Avatars::mostOwnBytes, 'x')))));
        QCOMPARE(done->error().condition, QStringLiteral("image-too-large"));
        m_rig->d.expectsNothing();
        m_rig->scope.run(into(&done, m_rig->avatars->publish(png())));
        QVERIFY(m_rig->answersDisco(true, true));
        QVERIFY(!m_rig->refuses(m_rig->account));
        QCOMPARE(done->error().condition, QStringLiteral("forbidden"));
        QVERIFY(m_rig->avatars->idOf(m_rig->account).isNull());
        m_rig->d.goesOffline();
        m_rig->scope.run(into(&done, m_rig->avatars->publish(png())));
        QCOMPARE(done->error().condition, QStringLiteral("offline"));
    }

private:
    std::unique_ptr<AvatarsRig> m_rig;
};

BALCONY_TEST(TestAvatars)
#include "tst_avatars.moc"
