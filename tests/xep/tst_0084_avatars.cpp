// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0084_avatars.h"
#include "xep/0153_vcardavatars.h"

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
};

BALCONY_TEST(TestAvatars)
#include "tst_0084_avatars.moc"
