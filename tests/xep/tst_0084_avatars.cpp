// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0153_vcardavatars.h"
#include "xep/extensions.h"

#include <QSignalSpy>

using namespace xep;

class TestAvatars : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0084, examples 3, 4 and 9.
    void metadata()
    {
        const auto inNode = tests::roundTrip<AvatarMetadata>(
            "<metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='12345' height='64' "
            "id='111f4b3c50d7b0df729d299bc6f8e9ef9066971f' type='image/png' width='64'/></metadata>");
        QVERIFY(inNode.inNode());
        QCOMPARE(inNode.inNode()->bytes, 12345U);
        QCOMPARE(inNode.inNode()->width, std::optional<quint16>(64));
        const auto elsewhere = tests::roundTrip<AvatarMetadata>(
            "<metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='23456' height='64' "
            "id='357a8123a30844a3aa99861b6349264ba67a5694' type='image/gif' url='http://avatars.example.org/happy.gif' "
            "width='64'/></metadata>");
        QVERIFY(!elsewhere.inNode());
        QVERIFY(tests::roundTrip<AvatarMetadata>("<metadata xmlns='urn:xmpp:avatar:metadata'/>").forms.empty());
    }

    /// XEP-0084, examples 11 and 12, and others.
    void forms_data()
    {
        QTest::addColumn<QByteArray>("forms");
        QTest::addColumn<QString>("id"); // its first letter
        const auto form = [](const char *letter, const QByteArray &bytes, const QByteArray &more = "type='image/png'") {
            return "<info bytes='" + bytes + "' id='" + QByteArray(letter).repeated(40) + "' " + more + "/>";
        };
        QTest::newRow("several") << form("a", "12345")
                + form("a", "12345", "type='image/png' url='http://a.test/happy.png'")
                + form("b", "10", "type='image/gif' url='http://a.test/happy.gif'")
                + form("c", "78912", "type='image/mng' url='http://a.test/happy.mng'")
                                 << QStringLiteral("a");
        QTest::newRow("a pointer") << form("a", "12345")
                + "<pointer><x xmlns='http://example.com/virtualworlds'/></pointer>"
                                   << QStringLiteral("a");
        QTest::newRow("PNG first") << form("a", "10", "type='image/jpeg'") + form("b", "20") << QStringLiteral("b");
        QTest::newRow("the smallest") << form("a", "20", "type='image/jpeg'") + form("b", "10", "type='image/webp'")
                                      << QStringLiteral("b");
        QTest::newRow("too large") << form("a", "1048577") << QString();
        QTest::newRow("as large as may be") << form("a", "1048576") << QStringLiteral("a");
        QTest::newRow("larger than a number") << form("a", "4294967296") << QString();
        QTest::newRow("empty") << form("a", "0") << QString();
        QTest::newRow("negative") << form("a", "-1") << QString();
        QTest::newRow("no name of SHA-1") << form("g", "1") + form("../../x", "1") << QString();
        QTest::newRow("no size") << QByteArray("<info id='a' type='image/png'/>") << QString();
        QTest::newRow("no type") << form("a", "1", "") << QString();
        QTest::newRow("wide") << form("a", "1", "type='image/png' width='65536'") << QString();
        QTest::newRow("behind too many") << form("a", "1048577").repeated(100) + form("b", "1") << QString();
    }
    void forms()
    {
        QFETCH(QByteArray, forms);
        QFETCH(QString, id);
        const auto metadata = xml::decode<AvatarMetadata>(
            tests::parsed("<metadata xmlns='urn:xmpp:avatar:metadata'>" + forms + "</metadata>"));
        QVERIFY(metadata);
        const AvatarInfo *form = metadata->inNode();
        QCOMPARE(form ? form->id.left(1) : QString(), id);
    }

    void data()
    {
        const auto data =
            tests::roundTrip<AvatarData>("<data xmlns='urn:xmpp:avatar:data'>qANQR1DBwU4DX7jmYZnncg==</data>");
        QCOMPARE(data.bytes.size(), qsizetype(16));
        const AvatarInfo info = AvatarInfo::of(data.bytes, QStringLiteral("image/png"));
        QVERIFY(isAvatar(data.bytes, info));
        QCOMPARE(avatarId("abc"), QStringLiteral("a9993e364706816aba3e25717850c26c9cd0d89d")); // RFC 3174 7.3
        AvatarInfo upper = info;
        upper.id = info.id.toUpper();
        QVERIFY(isAvatar(data.bytes, upper));
        AvatarInfo longer = info;
        longer.bytes = 17;
        QVERIFY(!isAvatar(data.bytes, longer));
        QVERIFY(!isAvatar(data.bytes + "a", info));
        QVERIFY(!isAvatar({}, AvatarInfo::of({}, {})));
        AvatarInfo other = info;
        other.id = avatarId("abc");
        QVERIFY(!isAvatar(data.bytes, other));
        const QByteArray large(AvatarMetadata::mostBytes + 1, 'x');
        QVERIFY(!isAvatar(large, AvatarInfo::of(large, {})));
        // White space may stand in it, as in the XEP's example; something else may not.
        QVERIFY(xml::decode<AvatarData>(tests::parsed("<data xmlns='urn:xmpp:avatar:data'>\n  qANQ\n  R1DB\n</data>")));
        QVERIFY(!xml::decode<AvatarData>(tests::parsed("<data xmlns='urn:xmpp:avatar:data'>qANQ...</data>")));
    }

    /// XEP-0153, examples 3, 6 and 7.
    void updates()
    {
        const auto update = tests::roundTrip<VCardUpdate>(
            "<x xmlns='vcard-temp:x:update'><photo>01b87fcd030b72895ff8e88db57ec525450f000d</photo></x>");
        QCOMPARE(update.id(), QStringLiteral("01b87fcd030b72895ff8e88db57ec525450f000d"));
        QVERIFY(!update.isWithout());
        const auto unsaid = tests::roundTrip<VCardUpdate>("<x xmlns='vcard-temp:x:update'/>");
        QVERIFY(unsaid.id().isNull() && !unsaid.isWithout());
        const auto none = tests::roundTrip<VCardUpdate>("<x xmlns='vcard-temp:x:update'><photo/></x>");
        QVERIFY(none.id().isNull() && none.isWithout());
        const auto odd = xml::decode<VCardUpdate>(tests::parsed(
            "<x xmlns='vcard-temp:x:update'><photo>\n01B87FCD030B72895FF8E88DB57EC525450F000D\n</photo></x>"));
        QCOMPARE(odd->id(), update.id());
        const auto bad =
            xml::decode<VCardUpdate>(tests::parsed("<x xmlns='vcard-temp:x:update'><photo>../../x</photo></x>"));
        QVERIFY(bad->id().isNull() && !bad->isWithout());
    }

    /// XEP-0153, example 5.
    void vcard()
    {
        const auto card = xml::decode<VCardPicture>(tests::parsed(R"(
<vCard xmlns='vcard-temp'>
  <BDAY>1476-06-09</BDAY>
  <N><GIVEN>Juliet</GIVEN><FAMILY>Capulet</FAMILY></N>
  <PHOTO>
    <TYPE>image/jpeg</TYPE>
    <BINVAL>
      YWJj
    </BINVAL>
  </PHOTO>
</vCard>)"));
        QVERIFY(card && card->photo);
        QCOMPARE(card->photo->type, QStringLiteral("image/jpeg"));
        QCOMPARE(card->picture(avatarId("abc")), std::optional<QByteArray>(QByteArray("abc")));
        QVERIFY(!card->picture(avatarId("abd")));
        QVERIFY(!card->picture({}));
        tests::roundTrip<VCardPicture>("<vCard xmlns='vcard-temp'><PHOTO><TYPE>image/png</TYPE><BINVAL>YWJj</BINVAL>"
                                       "</PHOTO></vCard>");
        tests::roundTrip<VCardPicture>("<vCard xmlns='vcard-temp'/>");
        const auto elsewhere = xml::decode<VCardPicture>(
            tests::parsed("<vCard xmlns='vcard-temp'><PHOTO><EXTVAL>http://a.test/b</EXTVAL></PHOTO></vCard>"));
        QVERIFY(elsewhere && !elsewhere->picture(avatarId({})));
        VCardPicture large;
        large.photo = VCardPhoto{{}, QByteArray(AvatarMetadata::mostBytes + 1, 'x')};
        QVERIFY(!large.picture(avatarId(large.photo->bytes)));
    }

    /// XEP-0084, examples 5 and 10; RELIABILITY 1.5.
    void hears()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        QVERIFY(extensions.features().contains(QStringLiteral("urn:xmpp:avatar:metadata+notify")));
        std::vector<std::pair<Jid, AvatarMetadata>> told;
        connect(&extensions.avatars, &Avatars::told, this,
                [&told](const Jid &owner, const AvatarMetadata &metadata) { told.emplace_back(owner, metadata); });
        d.receives(event("from='juliet@capulet.lit'", info));
        QCOMPARE(told.size(), size_t(1));
        QCOMPARE(told.back().first.toString(), QStringLiteral("juliet@capulet.lit"));
        QCOMPARE(told.back().second.inNode()->bytes, 12345U);
        d.receives(event("from='juliet@capulet.lit'", {}));
        QCOMPARE(told.size(), size_t(2));
        QVERIFY(told.back().second.forms.empty());
        // Our own account, whose server leaves the address out.
        d.receives(event("from='romeo@montague.lit'", info));
        d.receives(event("", info));
        QCOMPARE(told.size(), size_t(4));
        QCOMPARE(told.back().first.toString(), QStringLiteral("romeo@montague.lit"));
        // A client does not speak for its account, an error is no news, another node is another matter.
        d.receives(event("from='juliet@capulet.lit/balcony'", info));
        d.receives(event("from='juliet@capulet.lit' type='error'", info));
        d.receives(event("from='juliet@capulet.lit'", info).replace("node='urn:xmpp:avatar:metadata'", "node='x'"));
        // Nor does who forwards it to us.
        d.receives("<message from='tybalt@capulet.lit/tomb'><received xmlns='urn:xmpp:carbons:2'>"
                   "<forwarded xmlns='urn:xmpp:forward:0'>"
                   + event("xmlns='jabber:client' from='juliet@capulet.lit'", info)
                   + "</forwarded></received></message>");
        QCOMPARE(told.size(), size_t(4));
    }

    /// XEP-0084, examples 6 and 7.
    void fetches()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        const Jid juliet = Jid::fromWire(QStringLiteral("juliet@capulet.lit"));
        const AvatarInfo wanted = AvatarInfo::of("abc", QStringLiteral("image/png"));
        const QByteArray id = wanted.id.toLatin1();
        const auto asks = [&](const QByteArray &answer) {
            std::optional<Result<QByteArray>> picture;
            Scope scope;
            scope.run(tests::into(&picture, extensions.avatars.picture(juliet, wanted)));
            d.expects("<iq type='get' id='*' to='juliet@capulet.lit'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                      "<items node='urn:xmpp:avatar:data'><item id='"
                      + id + "'/></items></pubsub></iq>");
            d.receives("<iq type='result' id='$id' from='juliet@capulet.lit'>"
                       "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data'>"
                       + answer + "</items></pubsub></iq>");
            return picture.value_or(fail(Error::Kind::Timeout, QStringLiteral("no answer"), {}));
        };
        const auto item = [](const QByteArray &name, const QByteArray &data) {
            return "<item id='" + name + "'><data xmlns='urn:xmpp:avatar:data'>" + data + "</data></item>";
        };
        QCOMPARE(asks(item(id, "YWJj")).value_or(QByteArray()), QByteArray("abc"));
        QCOMPARE(asks(item(id, "YWJk")).error().condition, QStringLiteral("avatar-wrong"));
        QCOMPARE(asks(item(id, "not base64")).error().condition, QStringLiteral("avatar-wrong"));
        QCOMPARE(asks("<item id='" + id + "'/>").error().condition, QStringLiteral("avatar-wrong"));
        QCOMPARE(asks(item("other", "YWJj")).error().condition, QStringLiteral("item-not-found"));
        QCOMPARE(asks({}).error().condition, QStringLiteral("item-not-found"));
    }

    /// XEP-0084, examples 1, 3 and 9: the data first, and nothing of it told where they are refused.
    void publishes()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        AvatarInfo info = AvatarInfo::of("abc", QStringLiteral("image/png"));
        info.width = info.height = quint16(64);
        const QByteArray id = info.id.toLatin1();
        const QByteArray data =
            publish("data", "<item id='" + id + "'><data xmlns='urn:xmpp:avatar:data'>YWJj</data></item>");
        Scope scope;
        std::optional<Result<>> done;
        scope.run(tests::into(&done, extensions.avatars.publish("abc", info)));
        d.expects(data);
        d.expectsNothing();
        d.receives("<iq type='result' id='$id'/>");
        d.expects(publish("metadata",
                          "<item id='" + id + "'><metadata xmlns='urn:xmpp:avatar:metadata'><info bytes='3' id='" + id
                              + "' type='image/png' width='64' height='64'/></metadata></item>"));
        d.receives("<iq type='result' id='$id'/>");
        QVERIFY(done && *done);
        scope.run(tests::into(&done, extensions.avatars.publish("abc", info)));
        d.expects(data);
        d.receives("<iq type='error' id='$id'><error type='auth'>"
                   "<forbidden xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        QCOMPARE(done->error().condition, QStringLiteral("forbidden"));
        d.expectsNothing();
        scope.run(tests::into(&done, extensions.avatars.disable()));
        d.expects(publish("metadata", "<item><metadata xmlns='urn:xmpp:avatar:metadata'/></item>"));
        d.receives("<iq type='result' id='$id'/>");
        QVERIFY(*done);
    }

    /// XEP-0153, examples 3 to 5: who is available tells; the vCard is fetched, and what is in it has to be that.
    void vcardsOfOthers()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        QSignalSpy told(&extensions.vcardAvatars, &VCardAvatars::told);
        const QByteArray update =
            "<x xmlns='vcard-temp:x:update'><photo>" + avatarId("abc").toLatin1() + "</photo></x>";
        d.receives("<presence from='juliet@capulet.lit/balcony'>" + update + "</presence>");
        QCOMPARE(told.size(), 1);
        d.receives("<presence from='juliet@capulet.lit/balcony'/>");
        d.receives("<presence from='juliet@capulet.lit/balcony' type='unavailable'>" + update + "</presence>");
        d.receives("<presence from='juliet@capulet.lit/balcony' type='error'>" + update + "</presence>");
        QCOMPARE(told.size(), 1);
        const Jid juliet = Jid::fromWire(QStringLiteral("juliet@capulet.lit"));
        for (const QByteArray data : {"YWJj", "YWJk"}) {
            std::optional<Result<QByteArray>> picture;
            Scope scope;
            scope.run(tests::into(&picture, extensions.vcardAvatars.picture(juliet, avatarId("abc"))));
            d.expects("<iq type='get' id='*' to='juliet@capulet.lit'><vCard xmlns='vcard-temp'/></iq>");
            d.receives("<iq type='result' id='$id' from='juliet@capulet.lit'><vCard xmlns='vcard-temp'><PHOTO>"
                       "<TYPE>image/png</TYPE><BINVAL>"
                       + data + "</BINVAL></PHOTO></vCard></iq>");
            QVERIFY(picture);
            QCOMPARE(picture->value_or(QByteArray()), data == "YWJj" ? QByteArray("abc") : QByteArray());
        }
    }

    /// XEP-0054, examples 3 and 5: everything else in our vCard stays, and nothing is written where it cannot be read.
    void ownVCard()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        const auto publish = [&](const QByteArray &picture, const QByteArray &before, const QByteArray &after) {
            std::optional<Result<>> done;
            Scope scope;
            scope.run(tests::into(&done, extensions.vcardAvatars.publish(picture, QStringLiteral("image/png"))));
            d.expects("<iq type='get' id='*'><vCard xmlns='vcard-temp'/></iq>");
            d.receives(before);
            if (!after.isEmpty()) {
                d.expects("<iq type='set' id='*'>" + after + "</iq>");
                d.receives("<iq type='result' id='$id'/>");
            }
            d.expectsNothing();
            return done && *done;
        };
        const QByteArray rest = "<FN>Romeo</FN><N><FAMILY>Montague</FAMILY></N>";
        const QByteArray card = "<vCard xmlns='vcard-temp' version='2.0'>" + rest;
        const QByteArray photo = "<PHOTO><TYPE>image/png</TYPE><BINVAL>YWJj</BINVAL></PHOTO>";
        QVERIFY(publish("abc",
                        "<iq type='result' id='$id'>" + card + "<PHOTO><BINVAL>eA==</BINVAL></PHOTO></vCard></iq>",
                        card + photo + "</vCard>"));
        QVERIFY(publish({}, "<iq type='result' id='$id'>" + card + photo + "</vCard></iq>", card + "</vCard>"));
        QVERIFY(publish("abc",
                        "<iq type='error' id='$id'><error type='cancel'>"
                        "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
                        "<vCard xmlns='vcard-temp'>" + photo + "</vCard>"));
        QVERIFY(!publish("abc",
                         "<iq type='error' id='$id'><error type='wait'>"
                         "<internal-server-error xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>",
                         {}));
    }

private:
    static QByteArray event(const QByteArray &attributes, const QByteArray &content)
    {
        return "<message " + attributes
            + "><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:avatar:metadata'>"
              "<item id='111f4b3c50d7b0df729d299bc6f8e9ef9066971f'><metadata xmlns='urn:xmpp:avatar:metadata'>"
            + content + "</metadata></item></items></event></message>";
    }
    static QByteArray publish(const QByteArray &node, const QByteArray &item)
    {
        return "<iq type='set' id='*'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
               "<publish node='urn:xmpp:avatar:"
            + node + "'>" + item + "</publish></pubsub></iq>";
    }
    const QByteArray info = "<info bytes='12345' height='64' id='111f4b3c50d7b0df729d299bc6f8e9ef9066971f' "
                            "type='image/png' width='64'/>";
};

BALCONY_TEST(TestAvatars)
#include "tst_0084_avatars.moc"
