// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0444_reactions.h"

using namespace xep;

class TestReactions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0444, examples 5 to 7.
    void examples()
    {
        const QString wave = QStringLiteral(u"\U0001F44B");
        const QString turtle = QStringLiteral(u"\U0001F422");
        const QByteArray start = "<reactions id='744f6e18' xmlns='urn:xmpp:reactions:0'>";
        const auto one = tests::roundTrip<Reactions>(start + "<reaction>\xf0\x9f\x91\x8b</reaction></reactions>");
        QCOMPARE(one.id, QStringLiteral("744f6e18"));
        QCOMPARE(one.emoji(), QStringList{wave});
        const auto two = tests::roundTrip<Reactions>(
            start + "<reaction>\xf0\x9f\x91\x8b</reaction><reaction>\xf0\x9f\x90\xa2</reaction></reactions>");
        QCOMPARE(two.emoji(), QStringList({wave, turtle}));
        const auto none = tests::roundTrip<Reactions>(start + "</reactions>");
        QVERIFY(none.emoji().isEmpty());
        QVERIFY(xml::encode(Reactions::to(QStringLiteral("744f6e18"), {wave, turtle, wave})) == xml::encode(two));
        QVERIFY(!xml::decode<Reactions>(tests::parsed("<reactions xmlns='urn:xmpp:reactions:0'/>")));
        QVERIFY(!xml::decode<Reactions>(tests::parsed("<reactions id='a' xmlns='urn:xmpp:reactions:1'/>")));
    }

    void unfit_data()
    {
        QTest::addColumn<QByteArray>("reactions");
        QTest::addColumn<QStringList>("emoji");
        const auto row = [](const char *name, const QByteArray &reactions, const QStringList &emoji) {
            QTest::newRow(name) << reactions << emoji;
        };
        const auto element = [](const QByteArray &text) { return "<reaction>" + text + "</reaction>"; };
        const QString wave = QStringLiteral(u"\U0001F44B");
        const QByteArray waving = "\xf0\x9f\x91\x8b";
        row("doubles", element(waving) + element("a") + element(waving), {wave, QStringLiteral("a")});
        row("white space around", element("\n  " + waving + "\n"), {wave});
        row("doubles but for white space", element(waving) + element(" " + waving), {wave});
        row("empty", element("") + element(" ") + element(waving), {wave});
        row("words", element("not nice") + element(waving), {wave});
        row("two lines", element("a&#10;b"), {});
        row("turns the text around",
            element("\xe2\x80\xae"
                    "a")
                + element("\xe2\x81\xa6"
                          "a"),
            {});
        row("too long", element(QByteArray(Reactions::longest + 1, 'x')), {});
        row("as long as may be", element(QByteArray(Reactions::longest, 'x')),
            {QString(Reactions::longest, QLatin1Char('x'))});
        row("another namespace", "<reaction xmlns='urn:xmpp:reactions:1'>a</reaction>", {});
        // A family of four, joined, with skin tones; a flag of tags; a heart with its selector.
        const QString family = QStringLiteral(u"\U0001F468\U0001F3FB\u200D\u2764\uFE0F\u200D\U0001F48B\u200D\U0001F468"
                                              u"\U0001F3FF");
        const QString flag = QStringLiteral(u"\U0001F3F4\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F");
        row("joined ones", element(family.toUtf8()) + element(flag.toUtf8()), {family, flag});
    }
    void unfit()
    {
        QFETCH(QByteArray, reactions);
        QFETCH(QStringList, emoji);
        const auto decoded = xml::decode<Reactions>(
            tests::parsed("<reactions id='a' xmlns='urn:xmpp:reactions:0'>" + reactions + "</reactions>"));
        QVERIFY(decoded);
        QCOMPARE(decoded->emoji(), emoji);
        QCOMPARE(Reactions::to(QStringLiteral("a"), emoji).emoji(), emoji);
    }

    void tooMany()
    {
        Reactions reactions;
        for (int i = 0; i < 10000; ++i)
            reactions.reactions.push_back({QString::number(i)});
        QCOMPARE(reactions.emoji().size(), Reactions::mostPerUser);
        Reactions doubles;
        doubles.reactions.resize(10000, {QStringLiteral("a")});
        QCOMPARE(doubles.emoji().size(), qsizetype(1));
    }

    /// XEP-0444, example 3.
    void rules()
    {
        const auto rules = rulesOf("<field var='max_reactions_per_user'><value>1</value></field>"
                                   "<field var='allowlist'><value>\xf0\x9f\x92\x98</value>"
                                   "<value>\xe2\x9d\xa4\xef\xb8\x8f</value><value>\xf0\x9f\x92\x9c</value></field>");
        QCOMPARE(rules.mostPerUser, std::optional<int>(1));
        QCOMPARE(rules.allowed->size(), qsizetype(3));
        const QString heart = QStringLiteral(u"\u2764\uFE0F");
        QVERIFY(rules.allow({heart}));
        QVERIFY(rules.allow({}));
        QVERIFY(!rules.allow({heart, QStringLiteral(u"\U0001F49C")}));
        QVERIFY(!rules.allow({QStringLiteral(u"\U0001F44B")}));
    }

    void oddRules()
    {
        const QStringList two{QStringLiteral("a"), QStringLiteral("b")};
        QVERIFY(rulesOf("").allow(two));
        QVERIFY(rulesOf("<field var='max_reactions_per_user'><value>many</value></field>").allow(two));
        QVERIFY(rulesOf("<field var='max_reactions_per_user'><value>-1</value></field>").allow(two));
        QVERIFY(!rulesOf("<field var='max_reactions_per_user'><value>0</value></field>").allow(two));
        QVERIFY(!rulesOf("<field var='allowlist'/>").allow(two)); // nothing is allowed
        QByteArray many = "<field var='allowlist'>";
        for (int i = 0; i < 5000; ++i)
            many += "<value>" + QByteArray::number(i) + "</value>";
        QCOMPARE(rulesOf(many + "</field>").allowed->size(), ReactionRules::mostAllowed);
        QVERIFY(ReactionRules::of(DiscoInfo{}).allow(two));
    }

private:
    static ReactionRules rulesOf(const QByteArray &fields)
    {
        const auto info = DiscoInfo::of(
            tests::parsed("<query xmlns='http://jabber.org/protocol/disco#info'><feature var='urn:xmpp:reactions:0'/>"
                          "<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'>"
                          "<value>urn:xmpp:reactions:0:restrictions</value></field>"
                          + fields + "</x></query>"));
        return ReactionRules::of(info.value());
    }
};

BALCONY_TEST(TestReactions)
#include "tst_0444_reactions.moc"
