// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0066_oob.h"
#include "xep/0308_correction.h"
#include "xep/0372_references.h"
#include "xep/0382_spoilers.h"
#include "xep/0424_retraction.h"
#include "xep/0511_linkmetadata.h"

using namespace xep;

/// XEPs that are payloads of messages alone.
class TestMessagePayloads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0308, example 4.
    void correction()
    {
        const auto message = tests::parsed(R"(
<message to='juliet@capulet.net/balcony' id='good1'>
  <body>But soft, what light through yonder window breaks?</body>
  <replace id='bad1' xmlns='urn:xmpp:message-correct:0'/>
</message>)");
        const auto correction = xml::find<Correction>(message);
        QVERIFY(correction);
        QCOMPARE(correction->id, QStringLiteral("bad1"));
        tests::roundTrip<Correction>("<replace id='bad1' xmlns='urn:xmpp:message-correct:0'/>");
        QVERIFY(!xml::decode<Correction>(tests::parsed("<replace xmlns='urn:xmpp:message-correct:0'/>")));
        QVERIFY(!xml::decode<Correction>(tests::parsed("<replace id='bad1' xmlns='urn:xmpp:message-correct:1'/>")));
        QVERIFY(!xml::decode<Correction>(tests::parsed("<replace id='bad1'/>")));
    }

    /// XEP-0424, example 4.
    void retraction()
    {
        const auto message = tests::parsed(R"(
<message type='chat' to='lord@capulet.example' id='retract-message-1'>
  <retract id="wrong-recipient-1" xmlns='urn:xmpp:message-retract:1'/>
  <fallback xmlns="urn:xmpp:fallback:0" for='urn:xmpp:message-retract:1'/>
  <body>/me retracted a previous message, but it's unsupported by your client.</body>
  <store xmlns="urn:xmpp:hints"/>
</message>)");
        QCOMPARE(xml::find<Retract>(message)->id, QStringLiteral("wrong-recipient-1"));
        tests::roundTrip<Retract>("<retract id='wrong-recipient-1' xmlns='urn:xmpp:message-retract:1'/>");
        const QString body = xmpp::Message::bodyOf(message);
        QVERIFY(withoutFallback(body, Fallback::of(message), {Retract::ns()}).isNull());
        QVERIFY(tests::Dialogue::isLike(xml::encode(Retract::fallback()),
                                        message.child("fallback", "urn:xmpp:fallback:0")));
        QVERIFY(!xml::decode<Retract>(tests::parsed("<retract xmlns='urn:xmpp:message-retract:1'/>")));
        QVERIFY(!xml::decode<Retract>(tests::parsed("<retract id='a' xmlns='urn:xmpp:message-retract:0'/>")));
    }

    /// XEP-0424 as it was in version 0.3, example 4.
    void formerRetraction()
    {
        const auto message = tests::parsed(R"(
<message type='chat' to='lord@capulet.example' id='retract-message-1'>
  <apply-to id="origin-id-1" xmlns="urn:xmpp:fasten:0"><retract xmlns='urn:xmpp:message-retract:0'/></apply-to>
  <fallback xmlns="urn:xmpp:fallback:0"/>
  <body>This person attempted to retract a previous message.</body>
</message>)");
        const auto former = xml::find<FormerRetract>(message);
        QVERIFY(former && former->mark);
        QCOMPARE(former->id, QStringLiteral("origin-id-1"));
        const auto other = xml::decode<FormerRetract>(
            tests::parsed("<apply-to id='a' xmlns='urn:xmpp:fasten:0'><external name='body'/></apply-to>"));
        QVERIFY(other && !other->mark);
    }

    /// XEP-0424, example 7.
    void tombstone()
    {
        const auto retracted = tests::roundTrip<Retracted>(
            "<retracted stamp='2019-09-20T23:09:32Z' xmlns='urn:xmpp:message-retract:1' id='retract-message-1'/>");
        QCOMPARE(retracted.id, QStringLiteral("retract-message-1"));
        QCOMPARE(retracted.stamp, QDateTime(QDate(2019, 9, 20), QTime(23, 9, 32), Qt::UTC));
        QVERIFY(retracted.by.isNull());
        const auto bare = tests::roundTrip<Retracted>(
            "<retracted xmlns='urn:xmpp:message-retract:1' id='a' by='romeo@montague.example'/>");
        QVERIFY(!bare.stamp.isValid());
        QCOMPARE(bare.by.toString(), QStringLiteral("romeo@montague.example"));
        QVERIFY(!xml::decode<Retracted>(tests::parsed("<retracted xmlns='urn:xmpp:message-retract:1'/>")));
        QVERIFY(!xml::decode<Retracted>(
            tests::parsed("<retracted xmlns='urn:xmpp:message-retract:1' id='a' stamp='yesterday'/>")));
    }

    /// XEP-0066, example 4.
    void outOfBand()
    {
        const auto oob = tests::roundTrip<OutOfBand>(
            "<x xmlns='jabber:x:oob'><url>http://www.jabber.org/images/psa-license.jpg</url></x>");
        QCOMPARE(oob.address()->host(), QStringLiteral("www.jabber.org"));
        QVERIFY(oob.description.isNull());
        const auto described = tests::roundTrip<OutOfBand>(
            "<x xmlns='jabber:x:oob'><url>https://a.test/b</url><desc>A picture</desc></x>");
        QCOMPARE(described.description, QStringLiteral("A picture"));
        const auto odd = xml::decode<OutOfBand>(tests::parsed("<x xmlns='jabber:x:oob'/>"));
        QVERIFY(odd && !odd->address());
    }

    void webAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("https");
        QTest::addColumn<bool>("http");
        const auto row = [](const QString &text, bool https, bool http) {
            QTest::newRow(qPrintable(text.left(60))) << text << https << http;
        };
        row(QStringLiteral("https://a.test/b?c=d#e"), true, true);
        row(QStringLiteral("HTTPS://A.TEST:8443/"), true, true);
        row(QStringLiteral("https://") + QStringLiteral(u"b\u00fccher.test/\u00fc"), true, true);
        row(QStringLiteral("https://[::1]/"), true, true);
        row(QStringLiteral("http://a.test/"), false, true);
        for (const QString &bad : {QStringLiteral(""),
                                   QStringLiteral("a.test"),
                                   QStringLiteral("//a.test/b"),
                                   QStringLiteral("https:"),
                                   QStringLiteral("https://"),
                                   QStringLiteral("https:///b"),
                                   QStringLiteral("https:a.test/b"),
                                   QStringLiteral("https://:443/"),
                                   QStringLiteral("https://a@b.test/"),
                                   QStringLiteral("https://a:b@c.test/"),
                                   QStringLiteral("https://a.test/b c"),
                                   QStringLiteral(" https://a.test/"),
                                   QStringLiteral("https://a.test/\n"),
                                   QStringLiteral("https://a.test\\b"),
                                   QStringLiteral("https://a.test/\u202e"
                                                  "b"),
                                   QStringLiteral("https://a.test:99999/"),
                                   QStringLiteral("ftp://a.test/"),
                                   QStringLiteral("file:///etc/passwd"),
                                   QStringLiteral("javascript:alert(1)"),
                                   QStringLiteral("data:text/html,a"),
                                   QStringLiteral("cid:a@b.test"),
                                   QStringLiteral("https://a.test/%zz"),
                                   QStringLiteral("https://a.test/") + QString(9000, QLatin1Char('x'))})
            row(bad, false, false);
    }
    void webAddresses()
    {
        QFETCH(QString, text);
        QFETCH(bool, https);
        QFETCH(bool, http);
        QCOMPARE(webAddress(text, WebSchemes::Https).has_value(), https);
        QCOMPARE(webAddress(text, WebSchemes::HttpToo).has_value(), http);
    }

    /// XEP-0372, example 3.
    void mention()
    {
        const auto message = tests::parsed(R"(
<message type='groupchat' id='sotehu-bthbtp32h3' to='balcony@channels.shakespeare.lit'>
  <body>But, soft! what light through yonder window breaks? It is the east, and Juliet is the sun.</body>
  <reference xmlns='urn:xmpp:reference:0' begin='72' end='78' type='mention' uri='xmpp:juliet@capulet.lit'/>
</message>)");
        const auto references = Reference::of(message);
        QCOMPARE(references.size(), size_t(1));
        QCOMPARE(references.front().mentioned().toString(), QStringLiteral("juliet@capulet.lit"));
        const QString body = xmpp::Message::bodyOf(message);
        const auto place = references.front().placeIn(CodePoints(body));
        QVERIFY(place);
        QCOMPARE(body.mid(place->begin, place->size()), QStringLiteral("Juliet"));
        const auto own =
            Reference::mention(Jid::fromWire(QStringLiteral("juliet@capulet.lit")), CodePoints(body), *place);
        QVERIFY(xml::encode(own) == xml::encode(references.front()));
    }

    /// XEP-0372, examples 4 and 5.
    void data()
    {
        const auto whole = tests::roundTrip<Reference>(
            "<reference xmlns='urn:xmpp:reference:0' type='data' "
            "uri='xmpp:fdp.shakespeare.lit?;node=fdp/submitted/stan.isode.net/accidentreport;item=ndina872be'/>");
        QCOMPARE(whole.type, Reference::Type::Data);
        const CodePoints body(u"Form received");
        QVERIFY(!whole.placeIn(body));
        QVERIFY(whole.mentioned().isNull());
        const auto earlier = tests::roundTrip<Reference>(
            "<reference xmlns='urn:xmpp:reference:0' type='data' begin='2' end='5' "
            "anchor='xmpp:balcony@channels.shakespeare.lit?;node=messages;item=bnhob' uri='xmpp:fdp.shakespeare.lit'/>");
        QVERIFY(!earlier.placeIn(body)); // of another body
    }

    void mentioned_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<QString>("who");
        QTest::newRow("codes") << QStringLiteral(
            "xmpp:nasty!%23$%25()*+,-.;=%3F%5B%5C%5D%5E_%60%7B%7C%7D~node@example.com")
                               << QStringLiteral("nasty!#$%()*+,-.;=?[\\]^_`{|}~node@example.com");
        QTest::newRow("letters") << QStringLiteral("XMPP:J%C3%BCrgen@EXAMPLE.com")
                                 << QStringLiteral(u"j\u00fcrgen@example.com");
        QTest::newRow("in a room") << QStringLiteral("xmpp:room@muc.test/nick") << QStringLiteral("room@muc.test/nick");
        for (const char *bad :
             {"xmpp:", "xmpp:@", "xmpp://a@b.test/c@d.test", "xmpp:a@b.test?remove", "xmpp:a@b.test#c",
              "mailto:a@b.test", "a@b.test", "xmpp:a%00b@b.test", "xmpp:%FF@b.test", "xmpp:a b@c.test"})
            QTest::newRow(bad) << QString::fromLatin1(bad) << QString();
    }
    void mentioned()
    {
        QFETCH(QString, uri);
        QFETCH(QString, who);
        Reference reference;
        reference.uri = uri;
        QCOMPARE(reference.mentioned().toString(), who);
        if (!who.isEmpty()) {
            const Jid jid = Jid::fromWire(who);
            QCOMPARE(Reference::mention(jid, CodePoints(u"a"), {0, 1}).mentioned(), jid.bare());
        }
    }

    void badReferences()
    {
        const auto place = [](const QByteArray &attributes) {
            const auto reference = xml::decode<Reference>(tests::parsed(
                "<reference xmlns='urn:xmpp:reference:0' type='mention' uri='xmpp:a@b.test' " + attributes + "/>"));
            return reference.value().placeIn(CodePoints(u"a\U0001F44Bb"));
        };
        QCOMPARE(place("begin='1' end='2'"), (std::optional<TextRange>(TextRange{1, 3})));
        QCOMPARE(place("begin='1' end='99'"), (std::optional<TextRange>(TextRange{1, 4})));
        for (const char *bad : {"", "begin='1'", "end='1'", "begin='2' end='1'", "begin='-1' end='1'",
                                "begin='a' end='1'", "begin='3' end='4'", "begin='1' end='1'"})
            QVERIFY2(!place(bad), bad);
        for (const char *bad : {"type='mention'", "uri='xmpp:a@b.test'", "type='insult' uri='xmpp:a@b.test'"})
            QVERIFY2(!xml::decode<Reference>(
                         tests::parsed(QByteArray("<reference xmlns='urn:xmpp:reference:0' ") + bad + "/>")),
                     bad);
        QByteArray message = "<message xmlns:r='urn:xmpp:reference:0'>";
        for (int i = 0; i < 10000; ++i)
            message += "<r:reference type='mention' uri='xmpp:a@b.test'/>";
        QCOMPARE(Reference::of(tests::parsed(message + "</message>")).size(), Reference::mostPerMessage);
    }

    /// XEP-0382, examples 3 to 6.
    void spoilers()
    {
        const auto hint = [](const QByteArray &spoilers, const char *language = "") {
            const auto spoiler = Spoiler::of(tests::parsed("<message><body>a</body>" + spoilers + "</message>"),
                                             QString::fromLatin1(language));
            return spoiler ? spoiler->hint : QStringLiteral("no spoiler");
        };
        QVERIFY(hint("<spoiler xmlns='urn:xmpp:spoiler:0'/>").isEmpty());
        QCOMPARE(hint("<spoiler xmlns='urn:xmpp:spoiler:0'>Love story end</spoiler>"),
                 QStringLiteral("Love story end"));
        const QByteArray two = "<spoiler xml:lang='en' xmlns='urn:xmpp:spoiler:0'>Trip to the beach</spoiler>"
                               "<spoiler xml:lang='ca' xmlns='urn:xmpp:spoiler:0'>Viatge a la platja</spoiler>";
        QCOMPARE(hint(two), QStringLiteral("Trip to the beach"));
        QCOMPARE(hint(two, "CA"), QStringLiteral("Viatge a la platja"));
        QCOMPARE(hint(two, "de"), QStringLiteral("Trip to the beach"));
        QCOMPARE(hint(two + "<spoiler xmlns='urn:xmpp:spoiler:0'>Beach</spoiler>", "de"), QStringLiteral("Beach"));
        QCOMPARE(hint("<spoiler/>"), QStringLiteral("no spoiler"));
        const QString waves = QStringLiteral(u"a") + QStringLiteral(u"\U0001F44B").repeated(Spoiler::longestHint);
        const auto cut = hint("<spoiler xmlns='urn:xmpp:spoiler:0'>" + waves.toUtf8() + "</spoiler>");
        QCOMPARE(cut, waves.left(Spoiler::longestHint - 1)); // not in the middle of one
        tests::roundTrip<Spoiler>("<spoiler xml:lang='en' xmlns='urn:xmpp:spoiler:0'>Love story end</spoiler>");
    }

    /// XEP-0511, example 1.
    void links()
    {
        const QByteArray description = R"(
<rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:og='https://ogp.me/ns#'
  xmlns:ogi='https://ogp.me/ns#image:' rdf:about='https://the.link.example.com/what-was-linked-to'>
  <og:title>The Best Webpage</og:title>
  <og:description>This is a great webpage and you will really like it</og:description>
  <og:url>https://example.com/canonical-url/for/what-was-linked-to</og:url>
  <og:image>https://link.to.example.com/image.png</og:image>
  <og:image>cid:sha-256+e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855@bob.xmpp.org</og:image>
  <og:image>ni:///shai-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU</og:image>
  <og:image>data:image/jpeg;base64,/9j/</og:image>
  <ogi:alt>Alt text for the social media image</ogi:alt>
  <og:type>website</og:type>
  <og:site_name>Example Website</og:site_name>
</rdf:Description>)";
        const auto link = tests::roundTrip<LinkMetadata>(description);
        QCOMPARE(link.title, QStringLiteral("The Best Webpage"));
        QCOMPARE(link.address()->host(), QStringLiteral("the.link.example.com"));
        QCOMPARE(link.siteName, QStringLiteral("Example Website"));
        QCOMPARE(link.imageText, QStringLiteral("Alt text for the social media image"));
        QCOMPARE(link.images.size(), size_t(4));
        QCOMPARE(link.imageBytes(), std::optional<QByteArray>(QByteArray("\xff\xd8\xff")));
        QCOMPARE(LinkMetadata::of(tests::parsed("<message>" + description + description + "</message>")).size(),
                 size_t(1));
    }

    void badLinks()
    {
        const auto of = [](const QByteArray &attributes, const QByteArray &children = {}) {
            return LinkMetadata::of(
                tests::parsed("<message><rdf:Description xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                              + attributes + ">" + children + "</rdf:Description></message>"));
        };
        QVERIFY(of("").empty());
        QVERIFY(of("about='https://a.test/'").empty()); // in no namespace
        QVERIFY(of("rdf:about='javascript:a'").empty());
        QVERIFY(of("rdf:about='https://a:b@c.test/'").empty());
        const auto large = of("xmlns:og='https://ogp.me/ns#' rdf:about='https://a.test/'",
                              "<og:title>" + QByteArray(100000, 'x') + "</og:title>"
                                  + QByteArray("<og:image>a</og:image>").repeated(1000));
        QCOMPARE(large.front().title.size(), LinkMetadata::longestText);
        QCOMPARE(large.front().images.size(), LinkMetadata::mostImages);
        QVERIFY(!large.front().imageBytes());
    }
};

BALCONY_TEST(TestMessagePayloads)
#include "tst_messagepayloads.moc"
