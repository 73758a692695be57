// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/filesrig.h"
#include "support/testmain.h"
#include "xep/0066_oob.h"
#include "xep/0428_fallback.h"
#include "xep/0447_filesharing.h"

using namespace tests;
using namespace std::chrono_literals;
using store::FileState;
using store::MessageState;

namespace {

/// One red pixel.
QByteArray picture()
{
    return QByteArray::fromBase64(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC");
}

} // namespace

/// Files on their way out: in the store first, to the upload service then, and by the outbox in their place.
class TestUploads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<FilesRig>();
        QVERIFY(m_rig->openAll());
    }
    void cleanup() { m_rig.reset(); }

    void wholeWay()
    {
        m_rig->online();
        m_rig->uploads->begin();
        const auto stored = m_rig->sendFile(m_rig->write(QStringLiteral("a b.png"), picture() + "GPS 45.4384 N"));
        VERIFY_OK(stored);
        QCOMPARE(stored->body, QStringLiteral("a b.png"));
        QCOMPARE(stored->state, MessageState::Queued);
        QCOMPARE(stored->files.front().state, FileState::Waiting);
        m_rig->send(QStringLiteral("behind"));
        QCOMPARE(m_rig->outbox->pending(), 2);
        findService();
        const xml::Element request = m_rig->sends();
        QCOMPARE(request.firstChild().attribute("filename"), QStringLiteral("a b.png"));
        QCOMPARE(request.firstChild().attribute("size"), QStringLiteral("69"));
        QCOMPARE(request.firstChild().attribute("content-type"), QStringLiteral("image/png"));
        giveSlot();
        QTRY_COMPARE(m_rig->http.answers.size(), size_t(1));
        m_rig->settle();
        m_rig->d.expectsNothing(); // not even the text behind it
        const net::HttpRequest &put = m_rig->http.requests.front();
        QCOMPARE(put.url, QUrl(QStringLiteral("https://upload.montague.lit/put")));
        QCOMPARE(put.size, 69);
        QCOMPARE(put.headers.size(), size_t(2));
        QCOMPARE(put.headers[0].value, QByteArray("image/png"));
        QCOMPARE(put.headers[1].value, QByteArray("Bearer x"));
        m_rig->http.answers.front().set(Result<>{});
        const xml::Element message = m_rig->sends();
        QCOMPARE(bodyOf(message), QStringLiteral("https://upload.montague.lit/get"));
        QCOMPARE(message.attribute("id"), stored->stanzaId);
        QCOMPARE(xml::find<xep::OutOfBand>(message)->url, bodyOf(message));
        const auto sharing = xep::FileSharing::of(message);
        QCOMPARE(sharing.size(), size_t(1));
        QCOMPARE(sharing[0].shownAs(), std::optional(xep::FileSharing::Disposition::Inline));
        QCOMPARE(sharing[0].file->name, QStringLiteral("a b.png"));
        QCOMPARE(sharing[0].file->bytes(), std::optional<qint64>(69));
        // F16: nothing but the picture, and how large that is.
        QCOMPARE(m_rig->http.bodies.front(), picture());
        QCOMPARE(sharing[0].file->dimensions(), std::optional(std::pair(1, 1)));
        QCOMPARE(sharing[0].file->hashes.front().value, xep::Hash::of(m_rig->http.bodies.front()).value);
        QCOMPARE(bodyOf(m_rig->sends()), QStringLiteral("behind"));
        QVERIFY(m_rig->confirms());
        const store::Message sent = m_rig->stored(stored->key);
        QCOMPARE(sent.state, MessageState::Accepted);
        QCOMPARE(sent.body, bodyOf(message));
        QVERIFY(!sent.edited);
        QCOMPARE(sent.files.front().state, FileState::Here);
        QVERIFY(sent.files.front().path.endsWith(QStringLiteral("a b.png")));
    }

    void caption()
    {
        m_rig->online();
        m_rig->uploads->begin();
        const QString text = QStringLiteral(u"Two lines\n\U0001F3AD");
        VERIFY_OK(m_rig->sendFile(m_rig->write(QStringLiteral("a.zip"), "zip"), text));
        findService();
        m_rig->sends();
        giveSlot();
        QTRY_COMPARE(m_rig->http.answers.size(), size_t(1));
        m_rig->http.answers.front().set(Result<>{});
        const xml::Element message = m_rig->sends();
        QCOMPARE(bodyOf(message), text + QStringLiteral("\nhttps://upload.montague.lit/get"));
        QCOMPARE(xep::withoutFallback(bodyOf(message), xep::Fallback::of(message), {xep::FileSharing::ns()}), text);
        QCOMPARE(xep::FileSharing::of(message).front().shownAs(),
                 std::optional(xep::FileSharing::Disposition::Attachment));
    }

    void offlineFirst()
    {
        const auto stored = m_rig->sendFile(m_rig->write(QStringLiteral("a.png"), "png"));
        VERIFY_OK(stored);
        m_rig->settle();
        m_rig->d.expectsNothing();
        // Another start of the program.
        m_rig->uploads = std::make_unique<chat::Uploads>(m_rig->services, m_rig->client(), m_rig->extensions,
                                                         *m_rig->outbox, m_rig->conversations, m_rig->account);
        m_rig->online();
        m_rig->uploads->begin();
        findService();
        QVERIFY(m_rig->sends().firstChild().is("request", "urn:xmpp:http:upload:0"));
        // Lost before there is a slot: the next stream asks again.
        m_rig->d.goesOffline();
        m_rig->settle();
        m_rig->online();
        m_rig->uploads->begin();
        findService();
        QVERIFY(m_rig->sends().firstChild().is("request", "urn:xmpp:http:upload:0"));
        QCOMPARE(m_rig->stored(stored->key).state, MessageState::Queued);
    }

    void tooLarge()
    {
        m_rig->online();
        m_rig->uploads->begin();
        const auto stored = m_rig->sendFile(m_rig->write(QStringLiteral("a.png"), QByteArray(1001, 'x')));
        VERIFY_OK(stored);
        m_rig->send(QStringLiteral("behind"));
        findService();
        QCOMPARE(bodyOf(m_rig->sends()), QStringLiteral("behind"));
        const store::Message failed = m_rig->stored(stored->key);
        QCOMPARE(failed.state, MessageState::Failed);
        QCOMPARE(failed.failure.condition, QStringLiteral("file-too-large"));
        QCOMPARE(failed.files.front().state, FileState::Failed);
        QVERIFY(m_rig->http.requests.empty());
    }

    void refusedThenRetried()
    {
        m_rig->online();
        m_rig->uploads->begin();
        const auto stored = m_rig->sendFile(m_rig->write(QStringLiteral("a.png"), "png"));
        VERIFY_OK(stored);
        findService();
        m_rig->sends();
        m_rig->d.receives("<iq type='error' id='$id' from='upload.montague.lit'><error type='auth'>"
                          "<forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        QTRY_COMPARE(m_rig->stored(stored->key).state, MessageState::Failed);
        QCOMPARE(m_rig->stored(stored->key).failure.condition, QStringLiteral("forbidden"));
        m_rig->settle();
        VERIFY_OK(wait(m_rig->outbox->retry(stored->key)));
        QVERIFY(m_rig->sends().firstChild().is("request", "urn:xmpp:http:upload:0"));
        QCOMPARE(m_rig->stored(stored->key).files.front().state, FileState::Waiting);
    }

    /// A failure of the network passes; a service that is full says when it has room.
    void triesAgain()
    {
        m_rig->online();
        m_rig->uploads->begin();
        VERIFY_OK(m_rig->sendFile(m_rig->write(QStringLiteral("a.png"), "png")));
        findService();
        m_rig->sends();
        giveSlot();
        QTRY_COMPARE(m_rig->http.answers.size(), size_t(1));
        m_rig->http.answers.front().set(fail(Error::Kind::Network, QStringLiteral("connection-lost"), {}));
        m_rig->settle();
        m_rig->d.expectsNothing();
        m_rig->d.passes(2s);
        QVERIFY(m_rig->sends().firstChild().is("request", "urn:xmpp:http:upload:0"));
        const QString stamp = m_rig->client().clock().now().addSecs(600).toString(Qt::ISODate);
        m_rig->d.receives("<iq type='error' id='$id' from='upload.montague.lit'><error type='wait'>"
                          "<resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                          "<retry xmlns='urn:xmpp:http:upload:0' stamp='"
                          + stamp.toLatin1() + "'/></error></iq>");
        m_rig->settle();
        m_rig->d.passes(590s);
        m_rig->settle();
        m_rig->d.expectsNothing();
        m_rig->d.passes(11s);
        QVERIFY(m_rig->sends().firstChild().is("request", "urn:xmpp:http:upload:0"));
    }

    void takenBack()
    {
        m_rig->online();
        m_rig->uploads->begin();
        const auto stored = m_rig->sendFile(m_rig->write(QStringLiteral("a.png"), "png"));
        VERIFY_OK(stored);
        m_rig->send(QStringLiteral("behind"));
        findService();
        m_rig->sends();
        giveSlot();
        QTRY_COMPARE(m_rig->http.answers.size(), size_t(1));
        VERIFY_OK(wait(m_rig->outbox->discard(stored->key)));
        QCOMPARE(bodyOf(m_rig->sends()), QStringLiteral("behind"));
        m_rig->http.answers.front().set(Result<>{});
        QVERIFY(m_rig->confirms());
        m_rig->settle();
        m_rig->d.expectsNothing();
        QCOMPARE(m_rig->messagesWith(m_rig->peer).size(), size_t(1));
    }

    void noService()
    {
        m_rig->online();
        m_rig->uploads->begin();
        const auto stored = m_rig->sendFile(m_rig->write(QStringLiteral("a.png"), "png"));
        VERIFY_OK(stored);
        m_rig->sends();
        m_rig->d.receives("<iq type='result' id='$id' from='montague.lit'><query "
                          "xmlns='http://jabber.org/protocol/disco#items'/></iq>");
        m_rig->sends();
        m_rig->d.receives("<iq type='result' id='$id' from='montague.lit'><query "
                          "xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        QTRY_COMPARE(m_rig->stored(stored->key).failure.condition, QStringLiteral("no-upload-service"));
    }

    void noFile()
    {
        const auto refused = [this](const QString &path) {
            const auto stored = m_rig->sendFile(path);
            return stored ? QString() : stored.error().condition;
        };
        QCOMPARE(refused(m_rig->dir.filePath(QStringLiteral("none"))), QStringLiteral("not-a-file"));
        QCOMPARE(refused(m_rig->dir.path()), QStringLiteral("not-a-file"));
        QCOMPARE(refused(m_rig->write(QStringLiteral("empty"), {})), QStringLiteral("file-empty"));
        QCOMPARE(refused(QString()), QStringLiteral("not-a-file"));
        QCOMPARE(m_rig->outbox->pending(), 0);
    }

    /// Its bytes are read when it goes.
    void changedMeanwhile()
    {
        const QString path = m_rig->write(QStringLiteral("a.png"), "png");
        const auto stored = m_rig->sendFile(path);
        VERIFY_OK(stored);
        QVERIFY(QFile::remove(path));
        m_rig->online();
        m_rig->uploads->begin();
        QTRY_COMPARE(m_rig->stored(stored->key).failure.condition, QStringLiteral("not-a-file"));
    }

private:
    /// Answers who takes files: at most 1,000 bytes.
    void findService()
    {
        QVERIFY(m_rig->sends().firstChild().is("query", "http://jabber.org/protocol/disco#items"));
        m_rig->d.receives("<iq type='result' id='$id' from='montague.lit'><query "
                          "xmlns='http://jabber.org/protocol/disco#items'><item jid='rooms.montague.lit' node='x'/>"
                          "<item jid='upload.montague.lit'/></query></iq>");
        QVERIFY(m_rig->sends().firstChild().is("query", "http://jabber.org/protocol/disco#info"));
        m_rig->d.receives("<iq type='result' id='$id' from='montague.lit'><query "
                          "xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        QVERIFY(m_rig->sends().firstChild().is("query", "http://jabber.org/protocol/disco#info"));
        m_rig->d.receives(
            "<iq type='result' id='$id' from='upload.montague.lit'><query xmlns='http://jabber.org/protocol/disco#info'>"
            "<feature var='urn:xmpp:http:upload:0'/><x type='result' xmlns='jabber:x:data'><field var='FORM_TYPE' "
            "type='hidden'><value>urn:xmpp:http:upload:0</value></field><field var='max-file-size'><value>1000</value>"
            "</field></x></query></iq>");
    }
    void giveSlot()
    {
        m_rig->d.receives("<iq type='result' id='$id' from='upload.montague.lit'><slot xmlns='urn:xmpp:http:upload:0'>"
                          "<put url='https://upload.montague.lit/put'><header name='Authorization'>Bearer x</header>"
                          "</put><get url='https://upload.montague.lit/get'/></slot></iq>");
    }

    std::unique_ptr<FilesRig> m_rig;
};

BALCONY_TEST(TestUploads)
#include "tst_uploads.moc"
