// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

using namespace xep;
using Slot = HttpUpload::Slot;

class TestHttpUpload : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0363, example 4.
    void service()
    {
        const auto service = serviceOf("<feature var='urn:xmpp:http:upload:0'/>", "5242880");
        QVERIFY(service);
        QCOMPARE(service->largestFile, std::optional<qint64>(5242880));
        QVERIFY(!serviceOf("<feature var='urn:xmpp:http:upload'/>", "5242880"));
        for (const char *odd : {"", "0", "-1", "much", "99999999999999999999"})
            QVERIFY2(!serviceOf("<feature var='urn:xmpp:http:upload:0'/>", odd)->largestFile, odd);
    }

    /// XEP-0363, examples 5 and 6.
    void asks()
    {
        tests::Dialogue d(QStringLiteral("romeo@montague.lit/garden"));
        Extensions extensions(d.client());
        HttpUpload &upload = extensions.upload;
        Scope scope;
        std::optional<HttpUpload::Answer> answer;
        const QString name = QStringLiteral(u"tr\u00e8s cool.jpg");
        scope.run(tests::into(&answer, upload.request(host, name, 23456, QStringLiteral("image/jpeg"))));
        d.expects("<iq id='*' to='upload.montague.lit' type='get'><request xmlns='urn:xmpp:http:upload:0' "
                  "filename='tr\xc3\xa8s cool.jpg' size='23456' content-type='image/jpeg'/></iq>");
        d.receives(R"(
<iq from='upload.montague.lit' id='$id' to='romeo@montague.lit/garden' type='result'>
  <slot xmlns='urn:xmpp:http:upload:0'>
    <put url='https://upload.montague.lit/4a771ac1-f0b2-4a4a-9700-f2a26fa2bb67/tr%C3%A8s%20cool.jpg'>
      <header name='Authorization'>Basic Base64String==</header>
      <header name='Cookie'>foo=bar; user=romeo</header>
    </put>
    <get url='https://download.montague.lit/4a771ac1-f0b2-4a4a-9700-f2a26fa2bb67/tr%C3%A8s%20cool.jpg'/>
  </slot>
</iq>)");
        QVERIFY(answer && answer->slot);
        const Slot slot = *answer->slot;
        QCOMPARE(
            slot.put.toString(QUrl::FullyEncoded),
            QStringLiteral("https://upload.montague.lit/4a771ac1-f0b2-4a4a-9700-f2a26fa2bb67/tr%C3%A8s%20cool.jpg"));
        QCOMPARE(slot.get.host(), QStringLiteral("download.montague.lit"));
        QCOMPARE(slot.headers.size(), size_t(2));
        QCOMPARE(slot.headers.at(0).name, QByteArray("Authorization"));
        QCOMPARE(slot.headers.at(0).value, QByteArray("Basic Base64String=="));
        QCOMPARE(slot.headers.at(1).value, QByteArray("foo=bar; user=romeo"));
        // Who does not say what the file is leaves it out.
        scope.run(tests::into(&answer, upload.request(host, name, 1)));
        d.expects("<iq id='*' to='upload.montague.lit' type='get'><request xmlns='urn:xmpp:http:upload:0' "
                  "filename='tr\xc3\xa8s cool.jpg' size='1'/></iq>");
    }

    /// XEP-0363, examples 11 to 13.
    void isRefused_data()
    {
        QTest::addColumn<QByteArray>("error");
        QTest::addColumn<QString>("condition");
        QTest::addColumn<qint64>("largest");
        QTest::addColumn<QDateTime>("retry");
        QTest::newRow("too large") << QByteArray(
            "<error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
            "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>File too large.</text>"
            "<file-too-large xmlns='urn:xmpp:http:upload:0'><max-file-size>20000</max-file-size>"
            "</file-too-large></error>")
                                   << QStringLiteral("not-acceptable") << qint64(20000) << QDateTime();
        QTest::newRow("too much") << QByteArray(
            "<error type='wait'><resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
            "<retry xmlns='urn:xmpp:http:upload:0' stamp='2017-12-03T23:42:05Z'/></error>")
                                  << QStringLiteral("resource-constraint") << qint64(-1)
                                  << QDateTime(QDate(2017, 12, 3), QTime(23, 42, 5), Qt::UTC);
        QTest::newRow("not allowed") << QByteArray(
            "<error type='auth'><forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>")
                                     << QStringLiteral("forbidden") << qint64(-1) << QDateTime();
        QTest::newRow("too large, of nobody knows what")
            << QByteArray("<error type='modify'><not-acceptable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                          "<file-too-large xmlns='urn:xmpp:http:upload:0'/></error>")
            << QStringLiteral("not-acceptable") << qint64(0) << QDateTime();
    }
    void isRefused()
    {
        QFETCH(QByteArray, error);
        QFETCH(QString, condition);
        QFETCH(qint64, largest);
        QFETCH(QDateTime, retry);
        tests::Dialogue d;
        Extensions extensions(d.client());
        HttpUpload &upload = extensions.upload;
        Scope scope;
        std::optional<HttpUpload::Answer> answer;
        scope.run(tests::into(&answer, upload.request(host, QStringLiteral("a"), 23456)));
        d.takeSent();
        d.receives("<iq from='romeo@montague.lit/x' id='$id' type='result'>" + slotXml() + "</iq>"); // somebody else
        QVERIFY(!answer);
        d.receives("<iq from='upload.montague.lit' id='$id' type='error'>" + error + "</iq>");
        QVERIFY(answer && !answer->slot);
        QCOMPARE(answer->slot.error().kind, Error::Kind::Stanza);
        QCOMPARE(answer->slot.error().condition, condition);
        QCOMPARE(answer->largestFile.value_or(-1), largest);
        QCOMPARE(answer->retry, retry);
    }

    void noFile()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        HttpUpload &upload = extensions.upload;
        Scope scope;
        std::optional<HttpUpload::Answer> answer;
        const auto asks = [&](const Jid &who, const QString &name, qint64 size) {
            answer.reset();
            scope.run(tests::into(&answer, upload.request(who, name, size)));
            return answer && !answer->slot && answer->slot.error().kind == Error::Kind::Input;
        };
        QVERIFY(asks(host, {}, 1));
        QVERIFY(asks(host, QString(HttpUpload::longestName + 1, QLatin1Char('x')), 1));
        QVERIFY(asks(host, QStringLiteral("a"), 0));
        QVERIFY(asks(host, QStringLiteral("a"), -1));
        QVERIFY(asks(Jid(), QStringLiteral("a"), 1));
        d.expectsNothing();
    }

    /// RELIABILITY 1.49, F11.
    void badSlots_data()
    {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<QString>("condition");
        const auto row = [](const char *name, const QByteArray &xml, const char *condition = "bad-request") {
            QTest::newRow(name) << xml << QString::fromLatin1(condition);
        };
        row("http to put", slotXml({}, "http://a.test/b"));
        row("http to get", slotXml({}, "https://a.test/b", "http://a.test/b"));
        row("a file", slotXml({}, "file:///etc/passwd"));
        row("no host", slotXml({}, "https:///b"));
        row("no address", slotXml({}, "a.test/b"));
        row("a password", slotXml({}, "https://a:b@a.test/b"));
        row("a space", slotXml({}, "https://a.test/b c"));
        row("a line break", slotXml({}, "https://a.test/b&#13;&#10;Host: c.test"));
        row("empty", slotXml({}, ""));
        row("no end", slotXml({}, "https://a.test/" + QByteArray(10000, 'x')));
        row("no put", "<slot xmlns='urn:xmpp:http:upload:0'><get url='https://a.test/b'/></slot>");
        row("no get", "<slot xmlns='urn:xmpp:http:upload:0'><put url='https://a.test/b'/></slot>");
        row("the old one",
            "<slot xmlns='urn:xmpp:http:upload'><put>https://a.test/b</put>"
            "<get>https://a.test/b</get></slot>");
        row("another element", "<query xmlns='urn:xmpp:http:upload:0'/>");
        row("a hundred headers", slotXml(QByteArray("<header name='Cookie'>a</header>").repeated(100)),
            "policy-violation");
        row("a long header", slotXml("<header name='Cookie'>" + QByteArray(20000, 'x') + "</header>"),
            "policy-violation");
        row("a control", slotXml("<header name='Cookie'>a\x7f</header>"), "policy-violation");
    }
    void badSlots()
    {
        QFETCH(QByteArray, xml);
        QFETCH(QString, condition);
        const auto slot = HttpUpload::slotOf(tests::parsed(xml));
        QVERIFY(!slot);
        QCOMPARE(slot.error().kind, Error::Kind::Protocol);
        QCOMPARE(slot.error().condition, condition);
        QVERIFY(!HttpUpload::slotOf({}));
    }

    void headers()
    {
        const auto slot = HttpUpload::slotOf(tests::parsed(slotXml("<header name='eXpires'>1</header>"
                                                                   "<header name='Host'>evil.test</header>"
                                                                   "<header name='X'>a&#13;&#10;B: c</header>"
                                                                   "<header name='Cookie'>a&#13;&#10;B: c</header>"
                                                                   "<header name='Coo&#10;kie'>b</header>"
                                                                   "<header name='Cookie: a'>c</header>"
                                                                   "<header>d</header>"
                                                                   "<header xmlns='other' name='Cookie'>e</header>"
                                                                   "<header name='AUTHORIZATION'/>")
                                                           + QByteArray()));
        QVERIFY(slot);
        QStringList lines;
        for (const HttpUpload::Header &header : slot->headers)
            lines.append(QString::fromUtf8(header.name + ": " + header.value));
        QCOMPARE(lines,
                 QStringList({QStringLiteral("Expires: 1"), QStringLiteral("Cookie: aB: c"),
                              QStringLiteral("Cookie: b"), QStringLiteral("Authorization: ")}));
        const auto many =
            slotXml(QByteArray("<header name='Host'>a</header>").repeated(100) + "<header name='Cookie'>a</header>");
        QCOMPARE(HttpUpload::slotOf(tests::parsed(many))->headers.size(), size_t(1));
    }

private:
    static QByteArray slotXml(const QByteArray &headers = {}, const QByteArray &put = "https://a.test/b",
                              const QByteArray &get = "https://a.test/b")
    {
        return "<slot xmlns='urn:xmpp:http:upload:0'><put url='" + put + "'>" + headers + "</put><get url='" + get
            + "'/></slot>";
    }
    static std::optional<HttpUpload::Service> serviceOf(const QByteArray &feature, const QByteArray &size)
    {
        const auto info = DiscoInfo::of(
            tests::parsed("<query xmlns='http://jabber.org/protocol/disco#info'>"
                          "<identity category='store' type='file' name='HTTP File Upload'/>"
                          + feature
                          + "<x type='result' xmlns='jabber:x:data'><field var='FORM_TYPE' type='hidden'>"
                            "<value>urn:xmpp:http:upload:0</value></field><field var='max-file-size'><value>"
                          + size + "</value></field></x></query>"));
        return HttpUpload::Service::of(info.value());
    }
    const Jid host = Jid::fromWire(QStringLiteral("upload.montague.lit"));
};

BALCONY_TEST(TestHttpUpload)
#include "tst_0363_httpupload.moc"
