// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/faketransport.h"
#include "support/serverscript.h"
#include "support/testmain.h"
#include "xmpp/stream.h"

#include <QSignalSpy>

using namespace std::chrono_literals;
using tests::ServerScript;
using xmpp::Step;
using xmpp::Stream;

namespace {

constexpr Step steps[] = {Step::PlainFeatures, Step::StartTls, Step::SecureFeatures, Step::Sasl,
                          Step::BindFeatures,  Step::Bind,     Step::Session};

/// All that servers say at any step, and more, with the steps where each is legal.
struct Word {
    const char *xml;
    std::vector<Step> legal;
};
const Word words[] = {
    {"<stream:features/>", {Step::PlainFeatures, Step::SecureFeatures, Step::BindFeatures}},
    {"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", {Step::StartTls}},
    {"<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", {Step::StartTls}},
    {"<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", {Step::Sasl}},
    {"<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", {Step::Sasl}},
    {"<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", {Step::Sasl}},
    {"<iq/>", {Step::Bind, Step::Session}},
    {"<message/>", {Step::Session}},
    {"<presence/>", {Step::Session}},
    {"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", {}},
    {"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", {}},
    {"<response xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", {}},
    {"<proceed/>", {}},
    {"<features/>", {}},
    {"<stream:message/>", {}},
    {"<stream:proceed/>", {}},
    {"<success xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", {}},
    {"<message xmlns='jabber:server'/>", {}},
    {"<iq xmlns='jabber:component:accept'/>", {}},
    {"<compressed xmlns='http://jabber.org/protocol/compress'/>", {}},
    {"<enabled xmlns='urn:xmpp:sm:3'/>", {}},
    {"<handshake/>", {}},
    {"<x xmlns=''/>", {}},
};

Stream *make(std::unique_ptr<Stream> &place, tests::ManualClock &clock, tests::FakeTransport *&transport)
{
    auto fake = std::make_unique<tests::FakeTransport>();
    transport = fake.get();
    place = std::make_unique<Stream>(std::move(fake), clock);
    return place.get();
}

} // namespace

/// One stream from its opening to its end tags, without a network.
class TestStream : public QObject
{
    Q_OBJECT

    using Element = std::optional<Result<xml::Element>>;

    /// Connected, with direct TLS where `secure`.
    void open(bool secure = true)
    {
        m_scope.cancel();
        make(m_stream, m_clock, m_transport);
        m_transport->direct = secure;
        std::optional<Result<bool>> opened;
        m_scope.run(tests::into(&opened, m_stream->open({QStringLiteral("montague.lit")})));
        QTRY_VERIFY(opened && *opened);
        QCOMPARE(**opened, secure);
    }
    Element openXml(const QByteArray &answer)
    {
        Element header;
        xml::Writer::StreamHeader ours;
        ours.to = QStringLiteral("montague.lit");
        m_scope.run(tests::into(&header, m_stream->openXml(ours, xml::Limits::beforeLogin())));
        m_transport->receive(answer);
        return header;
    }
    /// A running session.
    void run()
    {
        open();
        QVERIFY(openXml(ServerScript::header));
        m_ended.clear();
        m_received.clear();
        connect(m_stream.get(), &Stream::ended, this, [this](const Error &error) { m_ended.push_back(error); });
        connect(m_stream.get(), &Stream::received, this,
                [this](const xml::Element &stanza) { m_received.append(stanza.attribute("id")); });
        m_stream->startSession();
        m_transport->takeWritten();
        QCoreApplication::processEvents();
    }

    tests::ManualClock m_clock;
    tests::FakeTransport *m_transport = nullptr;
    std::unique_ptr<Stream> m_stream;
    std::vector<Error> m_ended;
    QStringList m_received;
    Scope m_scope;

private Q_SLOTS:
    void cleanup()
    {
        m_scope.cancel();
        m_stream.reset();
        QCOMPARE(m_clock.running(), 0);
    }

    void table()
    {
        for (const Word &word : words) {
            const xml::Element element = tests::parsed(word.xml);
            for (const Step step : steps) {
                const bool isLegal = std::find(word.legal.begin(), word.legal.end(), step) != word.legal.end();
                QVERIFY2(xmpp::isLegal(step, element) == isLegal, word.xml);
            }
        }
    }

    /// What the table does not name ends the stream, at each step.
    void illegalIsFatal_data()
    {
        QTest::addColumn<int>("step");
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<bool>("legal");
        for (const Step step : steps) {
            if (step == Step::Session)
                continue;
            for (const Word &word : words) {
                const bool isLegal = std::find(word.legal.begin(), word.legal.end(), step) != word.legal.end();
                QTest::addRow("%d %s", int(step), word.xml) << int(step) << QByteArray(word.xml) << isLegal;
            }
        }
    }
    void illegalIsFatal()
    {
        QFETCH(int, step);
        QFETCH(QByteArray, xml);
        QFETCH(bool, legal);
        open();
        QVERIFY(openXml(ServerScript::header));
        Element next;
        m_scope.run(tests::into(&next, m_stream->next(Step(step))));
        m_transport->receive(xml);
        QVERIFY(next);
        QCOMPARE(next->has_value(), legal);
        if (!legal) {
            QCOMPARE(next->error().kind, Error::Kind::Protocol);
            QCOMPARE(next->error().condition, QStringLiteral("unsupported-stanza-type"));
        }
    }

    void illegalInSession_data()
    {
        QTest::addColumn<QByteArray>("xml");
        for (const Word &word : words) {
            if (std::find(word.legal.begin(), word.legal.end(), Step::Session) == word.legal.end())
                QTest::newRow(word.xml) << QByteArray(word.xml);
        }
    }
    void illegalInSession()
    {
        QFETCH(QByteArray, xml);
        run();
        m_transport->receive("<message id='a'/>" + xml + "<message id='b'/>");
        QCOMPARE(m_received, QStringList{QStringLiteral("a")});
        QCOMPARE(m_ended.size(), 1U);
        QCOMPARE(m_ended[0].condition, QStringLiteral("unsupported-stanza-type"));
        QCOMPARE(m_transport->written,
                 QByteArray("<stream:error><unsupported-stanza-type xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                            "</stream:error></stream:stream>"));
        QVERIFY(!m_transport->isOpen);
    }

    /// RFC 6120 4.7, RELIABILITY S14.
    void headers_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("condition");
        const auto header = [](const QByteArray &attributes) {
            return "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' " + attributes
                + '>';
        };
        QTest::newRow("usual") << QByteArray(ServerScript::header) << QString();
        QTest::newRow("no declaration") << header("id='a' from='montague.lit' version='1.0'") << QString();
        QTest::newRow("no from") << header("id='a' version='1.0'") << QString();
        QTest::newRow("case") << header("id='a' from='Montague.LIT' version='1.0'") << QString();
        QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + QByteArray(ServerScript::header) << QString();
        QTest::newRow("other prefix") << QByteArray(
            "<s:stream xmlns='jabber:client' xmlns:s='http://etherx.jabber.org/streams' "
            "id='a' version='1.0'>") << QString();
        QTest::newRow("version 2.0") << header("id='a' version='2.0'") << QString();
        QTest::newRow("version 1.7") << header("id='a' version='1.7'") << QString();
        QTest::newRow("version 0.9") << header("id='a' version='0.9'") << QStringLiteral("unsupported-version");
        QTest::newRow("version -1.0") << header("id='a' version='-1.0'") << QStringLiteral("unsupported-version");
        QTest::newRow("version x") << header("id='a' version='x'") << QStringLiteral("unsupported-version");
        QTest::newRow("no version") << header("id='a'") << QStringLiteral("unsupported-version");
        QTest::newRow("no id") << header("version='1.0'") << QStringLiteral("invalid-xml");
        QTest::newRow("empty id") << header("id='' version='1.0'") << QStringLiteral("invalid-xml");
        QTest::newRow("other from") << header("id='a' from='capulet.lit' version='1.0'")
                                    << QStringLiteral("invalid-from");
        QTest::newRow("part of from") << header("id='a' from='x.montague.lit' version='1.0'")
                                      << QStringLiteral("invalid-from");
        QTest::newRow("user as from") << header("id='a' from='romeo@montague.lit' version='1.0'")
                                      << QStringLiteral("invalid-from");
        QTest::newRow("bad from") << header("id='a' from='@' version='1.0'") << QStringLiteral("invalid-from");
        QTest::newRow("other namespace") << QByteArray(
            "<stream:stream xmlns='jabber:client' xmlns:stream='urn:x' id='a' version='1.0'>")
                                         << QStringLiteral("invalid-namespace");
        QTest::newRow("no namespace") << QByteArray("<stream id='a' version='1.0'>")
                                      << QStringLiteral("invalid-namespace");
        QTest::newRow("other name") << QByteArray(
            "<stream:river xmlns:stream='http://etherx.jabber.org/streams' id='a' version='1.0'>")
                                    << QStringLiteral("invalid-namespace");
        QTest::newRow("UTF-16") << QByteArray("<?xml version='1.0' encoding='UTF-16'?>")
                + header("id='a' version='1.0'")
                                << QStringLiteral("unsupported-encoding");
        QTest::newRow("web server") << QByteArray("HTTP/1.1 302 Found\r\nLocation: http://portal.test/\r\n\r\n<html>")
                                    << QStringLiteral("captive-portal");
    }
    void headers()
    {
        QFETCH(QByteArray, header);
        QFETCH(QString, condition);
        open();
        const Element opened = openXml(header);
        QVERIFY(opened);
        QCOMPARE(opened->has_value(), condition.isEmpty());
        if (!*opened) {
            QCOMPARE(opened->error().kind,
                     condition == u"captive-portal" ? Error::Kind::Network : Error::Kind::Protocol);
            QCOMPARE(opened->error().condition, condition);
        }
    }

    void ourHeader()
    {
        open(false);
        Element header;
        xml::Writer::StreamHeader ours;
        ours.to = QStringLiteral("montague.lit");
        ours.language = QStringLiteral("it");
        m_scope.run(tests::into(&header, m_stream->openXml(ours, {})));
        QCOMPARE(m_transport->written,
                 QByteArray("<?xml version='1.0'?><stream:stream to='montague.lit' version='1.0' xml:lang='it' "
                            "xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"));
    }

    /// RELIABILITY S16: silence, and a drop each second, end after 30 s.
    void slowServers()
    {
        open();
        Element header = openXml({});
        m_clock.advance(29'999ms);
        QVERIFY(!header);
        // `header` is where the waiting task writes to: it is asked again below, on a new stream.
        m_scope.cancel();
        open();
        QVERIFY(openXml(ServerScript::header));
        Element next;
        m_scope.run(tests::into(&next, m_stream->next(Step::SecureFeatures)));
        for (int i = 0; i < 29; ++i) {
            m_clock.advance(1s);
            m_transport->receive(QByteArray("<stream:features><mechanisms>").mid(i, 1));
        }
        QVERIFY(!next);
        m_clock.advance(1s);
        QVERIFY(next && !*next);
        QCOMPARE(next->error().kind, Error::Kind::Timeout);
    }

    /// RELIABILITY 1.25: what stands behind <proceed/> was said by anybody.
    void nothingAfterProceed_data()
    {
        QTest::addColumn<QByteArray>("more");
        QTest::newRow("element") << QByteArray("<message from='juliet@capulet.lit'><body>Come!</body></message>");
        QTest::newRow("features") << QByteArray("<stream:features/>");
        QTest::newRow("part") << QByteArray("<a");
        QTest::newRow("space") << QByteArray(" ");
        QTest::newRow("record") << QByteArray("\x16\x03\x03");
        QTest::newRow("end") << QByteArray("</stream:stream>");
    }
    void nothingAfterProceed()
    {
        QFETCH(QByteArray, more);
        open(false);
        QVERIFY(openXml(ServerScript::header));
        Element next;
        m_scope.run(tests::into(&next, m_stream->next(Step::StartTls)));
        m_transport->receive(ServerScript::proceed + more);
        QVERIFY(next && *next);
        std::optional<Result<>> secured;
        m_scope.run(tests::into(&secured, m_stream->startTls()));
        QVERIFY(secured && !*secured);
        QCOMPARE(secured->error().kind, Error::Kind::Tls);
        QCOMPARE(secured->error().condition, QStringLiteral("tls-early-data"));
        QVERIFY(!m_transport->startedTls);
    }

    void stanzasAtAnySplit()
    {
        const QByteArray stanzas =
            "<message id='a'><body>\xE4\xBD\xA0\xE5\xA5\xBD &amp; \xF0\x9F\x8C\xB9</body></message>"
            " \n<presence id='b'/><iq id='c' type='get'><q xmlns='urn:q'/></iq>";
        for (qsizetype size = 1; size <= stanzas.size(); ++size) {
            run();
            for (qsizetype at = 0; at < stanzas.size(); at += size)
                m_transport->receive(stanzas.mid(at, size));
            QCOMPARE(m_received, QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
            QVERIFY(m_ended.empty());
        }
    }

    /// Stanzas in the same read as the end of the sign-in wait until somebody listens.
    void stanzasBeforeAnyoneListens()
    {
        open();
        QVERIFY(openXml(QByteArray(ServerScript::header) + "<message id='a'/><message id='b'/>"));
        m_received.clear();
        m_ended.clear();
        m_stream->startSession();
        connect(m_stream.get(), &Stream::received, this,
                [this](const xml::Element &stanza) { m_received.append(stanza.attribute("id")); });
        connect(m_stream.get(), &Stream::ended, this, [this](const Error &error) { m_ended.push_back(error); });
        m_transport->lose(); // and the connection is gone already
        QCOMPARE(m_received, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(m_ended.size(), 1U);
        QCOMPARE(m_ended[0].condition, QStringLiteral("connection-lost"));
    }

    /// RELIABILITY S17: nothing of a stanza that was cut.
    void cutAnywhere()
    {
        const QByteArray stanza = "<message id='a'><body>\xE4\xBD\xA0</body></message>";
        for (qsizetype size = 0; size < stanza.size(); ++size) {
            run();
            m_transport->receive(stanza.left(size));
            m_transport->lose();
            QCOMPARE(m_received, QStringList());
            QCOMPARE(m_ended.size(), 1U);
            QCOMPARE(m_ended[0].kind, Error::Kind::Network);
        }
    }

    void badXml_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<QByteArray>("condition");
        QTest::newRow("comment") << QByteArray("<message><body>a<!---->b</body></message>")
                                 << QByteArray("restricted-xml");
        QTest::newRow("instruction") << QByteArray("<?xml-stylesheet href='x'?>") << QByteArray("restricted-xml");
        QTest::newRow("unbound") << QByteArray("<x:message/>") << QByteArray("bad-namespace-prefix");
        QTest::newRow("mismatch") << QByteArray("<message><body></message>") << QByteArray("not-well-formed");
        QTest::newRow("second header") << QByteArray(ServerScript::header).mid(21) << QByteArray("bad-format");
    }
    void badXml()
    {
        QFETCH(QByteArray, xml);
        QFETCH(QByteArray, condition);
        run();
        m_transport->receive(xml + "<message id='z'/>");
        QCOMPARE(m_received, QStringList());
        QCOMPARE(m_ended.size(), 1U);
        QCOMPARE(m_ended[0].kind, Error::Kind::Protocol);
        QCOMPARE(m_ended[0].condition, QString::fromLatin1(condition));
        QCOMPARE(m_transport->written,
                 "<stream:error><" + condition
                     + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
                       "</stream:error></stream:stream>");
        QVERIFY(!m_transport->isOpen);
    }

    /// RFC 6120 4.4: our end tag, what is still on its way, theirs, then the connection.
    void weClose()
    {
        run();
        m_stream->close();
        QCOMPARE(m_transport->takeWritten(), QByteArray("</stream:stream>"));
        QVERIFY(m_transport->isOpen);
        QVERIFY(m_ended.empty());
        m_transport->receive("<message id='late'/>");
        QCOMPARE(m_received, QStringList{QStringLiteral("late")});
        m_stream->send(tests::parsed("<message/>")); // nothing after the end tag
        m_stream->close();
        QCOMPARE(m_transport->takeWritten(), QByteArray());
        m_transport->receive("</stream:stream>");
        QVERIFY(!m_transport->isOpen);
        QCOMPARE(m_ended.size(), 1U);
        QCOMPARE(m_ended[0].kind, Error::Kind::Cancelled);
        m_clock.advance(1min);
        QCoreApplication::processEvents();
        QCOMPARE(m_ended.size(), 1U);
    }

    void weCloseAndTheyDoNot()
    {
        run();
        m_stream->close();
        m_clock.advance(1999ms);
        QVERIFY(m_ended.empty());
        m_clock.advance(1ms);
        QCOMPARE(m_ended.size(), 1U);
        QCOMPARE(m_ended[0].kind, Error::Kind::Cancelled);
        QVERIFY(!m_transport->isOpen);
    }

    void theyClose()
    {
        run();
        m_transport->receive("<message id='a'/></stream:stream>");
        QCOMPARE(m_received, QStringList{QStringLiteral("a")});
        QCOMPARE(m_transport->takeWritten(), QByteArray("</stream:stream>"));
        QVERIFY(!m_transport->isOpen);
        QCOMPARE(m_ended.size(), 1U);
        QCOMPARE(m_ended[0].kind, Error::Kind::Network);
        QCOMPARE(m_ended[0].condition, QStringLiteral("connection-lost"));
        QCoreApplication::processEvents();
        QCOMPARE(m_ended.size(), 1U);
    }

    /// RFC 6120 4.9.1.1.
    void theirError()
    {
        run();
        m_transport->receive(
            "<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/><text "
            "xmlns='urn:ietf:params:xml:ns:xmpp-streams'>Replaced</text></stream:error></stream:stream>");
        QCOMPARE(m_transport->takeWritten(), QByteArray("</stream:stream>"));
        QCOMPARE(m_ended.size(), 1U);
        QCOMPARE(m_ended[0].kind, Error::Kind::Stream);
        QCOMPARE(m_ended[0].condition, QStringLiteral("conflict"));
        QVERIFY(m_ended[0].detail.contains(QStringLiteral("Replaced")));
    }

    void unknownErrorWord()
    {
        run();
        m_transport->receive(
            "<stream:error><tea-time xmlns='urn:ietf:params:xml:ns:xmpp-streams'/><reset xmlns='urn:x'/></stream:error>");
        QCOMPARE(m_ended.size(), 1U);
        QCOMPARE(m_ended[0].condition, QStringLiteral("undefined-condition"));
    }

    /// RELIABILITY G2: before TLS nothing but our header and <starttls/>, not even a complaint.
    void silentBeforeTls()
    {
        open(false);
        QVERIFY(openXml(ServerScript::header));
        m_transport->takeWritten();
        m_stream->breakOff(Error{Error::Kind::Protocol, QStringLiteral("bad-format"), {}});
        QCOMPARE(m_transport->takeWritten(), QByteArray());
        QVERIFY(!m_transport->isOpen);
    }

    /// Listeners may end the stream, or the object, from inside.
    void endedByAListener()
    {
        run();
        connect(m_stream.get(), &Stream::received, this, [this] { m_stream.reset(); });
        m_transport->receive("<message id='a'/><message id='b'/>");
        QCOMPARE(m_received, QStringList{QStringLiteral("a")});
        run();
        connect(m_stream.get(), &Stream::received, this, [this] {
            m_stream->breakOff(Error{Error::Kind::Network, QStringLiteral("connection-lost"), {}});
        });
        m_transport->receive("<message id='a'/><message id='b'/>");
        QCOMPARE(m_received, QStringList{QStringLiteral("a")});
        QCOMPARE(m_ended.size(), 1U);
    }
};

BALCONY_TEST(TestStream)
#include "tst_stream.moc"
