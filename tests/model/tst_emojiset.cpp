// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/emojiset.h"
#include "model/modelrig.h"
#include "model/recentemoji.h"
#include "support/testmain.h"

#include <QSet>

using model::EmojiSet;
using model::RecentEmoji;

namespace {

QString signsOf(const EmojiSet &set, const std::vector<int> &found)
{
    QString all;
    for (const int index : found)
        all += set.at(index).sign;
    return all;
}

} // namespace

/// The emoji that are offered, how they are found, and what is remembered of them.
class TestEmojiSet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasAllOfThem()
    {
        const EmojiSet set({QStringLiteral("en")});
        QVERIFY(set.count() > 1800);
        QCOMPARE(set.groups().size(), 9);
        QCOMPARE(set.groups().constFirst(), QStringLiteral("Smileys & Emotion"));
        QCOMPARE(set.groups().constLast(), QStringLiteral("Flags"));
        QCOMPARE(set.at(0).sign, QStringLiteral("😀"));
        QCOMPARE(set.name(0), QStringLiteral("grinning face"));
        QSet<QString> codes;
        int group = 0;
        for (int i = 0; i < set.count(); ++i) {
            const EmojiSet::Emoji &emoji = set.at(i);
            QVERIFY(emoji.group >= group && emoji.group < set.groups().size());
            group = emoji.group;
            QVERIFY2(!set.name(i).isEmpty(), qPrintable(emoji.sign));
            QCOMPARE(set.indexOf(emoji.sign), i);
            for (const QString &code : emoji.codes) {
                QVERIFY2(!code.isEmpty() && !codes.contains(code), qPrintable(emoji.sign + code));
                codes.insert(code);
                QCOMPARE(set.indexOfCode(code), i);
            }
        }
        QCOMPARE(set.indexOfCode(QStringLiteral("no_such_thing")), -1);
        QCOMPARE(set.indexOf(QStringLiteral("a")), -1);
        QCOMPARE(set.indexOf(QString()), -1);
    }

    void isCalledInTheLanguage()
    {
        const EmojiSet set({QStringLiteral("zh_HK"), QStringLiteral("zh_CN")});
        QCOMPARE(set.name(set.indexOfCode(QStringLiteral("joy"))), QStringLiteral("笑哭了"));
        // New ones have an English name at least, and so has everything in a language that is not there.
        for (int i = 0; i < set.count(); ++i)
            QVERIFY(!set.name(i).isEmpty());
        const EmojiSet other({QStringLiteral("ar_XB")});
        QCOMPARE(other.name(0), QStringLiteral("grinning face"));
    }

    void tones()
    {
        const EmojiSet set({QStringLiteral("en")});
        const int thumb = set.indexOfCode(QStringLiteral("+1"));
        QVERIFY(set.takesTone(thumb));
        QCOMPARE(set.sign(thumb, 0), QStringLiteral("👍"));
        QCOMPARE(set.sign(thumb, 1), QStringLiteral("👍🏻"));
        QCOMPARE(set.sign(thumb, 5), QStringLiteral("👍🏿"));
        QCOMPARE(set.sign(thumb, 6), QStringLiteral("👍"));
        QCOMPARE(set.indexOf(QStringLiteral("👍🏽")), thumb);
        // The tone takes the place of a variation selector, and both people have it.
        QCOMPARE(set.sign(set.indexOf(QStringLiteral("☝️")), 3), QStringLiteral("☝🏽"));
        const int couple = set.indexOf(QStringLiteral("🧑‍🤝‍🧑"));
        QCOMPARE(set.sign(couple, 2), QStringLiteral("🧑🏼‍🤝‍🧑🏼"));
        QCOMPARE(set.indexOf(set.sign(couple, 2)), couple);
        const int joy = set.indexOfCode(QStringLiteral("joy"));
        QVERIFY(!set.takesTone(joy));
        QCOMPARE(set.sign(joy, 3), set.at(joy).sign);
        for (int i = 0; i < set.count(); ++i)
            QCOMPARE(set.indexOf(set.sign(i, 4)), i);
    }

    void finds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("first");
        QTest::newRow("code") << QStringLiteral("tada") << QStringLiteral("🎉");
        QTest::newRow("colons") << QStringLiteral(":tada:") << QStringLiteral("🎉");
        QTest::newRow("code over name") << QStringLiteral("joy") << QStringLiteral("😂");
        QTest::newRow("plus") << QStringLiteral("+1") << QStringLiteral("👍");
        QTest::newRow("heart") << QStringLiteral("heart") << QStringLiteral("❤️");
        QTest::newRow("begins a code") << QStringLiteral("thumbs_u") << QStringLiteral("👍");
        QTest::newRow("words in any order") << QStringLiteral("tears joy") << QStringLiteral("😂");
        QTest::newRow("begins words") << QStringLiteral("ger fl") << QStringLiteral("🇩🇪");
        QTest::newRow("keyword") << QStringLiteral("rotfl") << QStringLiteral("🤣");
        QTest::newRow("case") << QStringLiteral("Grinning Face") << QStringLiteral("😀");
        QTest::newRow("Chinese name") << QStringLiteral("笑哭了") << QStringLiteral("😂");
        QTest::newRow("Chinese inside") << QStringLiteral("蛋糕") << QStringLiteral("🎂");
        QTest::newRow("Chinese keyword") << QStringLiteral("德国") << QStringLiteral("🇩🇪");
        QTest::newRow("a sign") << QStringLiteral("🎂") << QStringLiteral("🎂");
    }

    void finds()
    {
        QFETCH(QString, text);
        QFETCH(QString, first);
        const EmojiSet set({QStringLiteral("en")});
        const auto found = set.search(text, 50);
        QVERIFY(!found.empty());
        QCOMPARE(set.at(found.front()).sign, first);
    }

    void findsOnlyWhatBegins()
    {
        const EmojiSet set({QStringLiteral("en")});
        // "otfl" is inside "rotfl", and English words are found by how they begin.
        QVERIFY(set.search(QStringLiteral("otfl"), 10).empty());
        QVERIFY(set.search(QString(), 10).empty());
        QVERIFY(set.search(QStringLiteral(" :: "), 10).empty());
        QVERIFY(set.search(QStringLiteral("nothing at all is called so"), 10).empty());
        QCOMPARE(set.search(QStringLiteral("cat"), 3).size(), size_t(3));
        // Those whose name has the word before those that only have to do with it.
        const QString cats = signsOf(set, set.search(QStringLiteral("cat"), 100));
        QVERIFY(cats.indexOf(QStringLiteral("😹")) < cats.indexOf(QStringLiteral("🐯"))
                || !cats.contains(QStringLiteral("🐯")));
    }

    void leavesOutWhatCannotBeShown()
    {
        const EmojiSet set({QStringLiteral("en")}, [](const QString &sign) { return sign != QStringLiteral("😀"); });
        QCOMPARE(set.indexOf(QStringLiteral("😀")), -1);
        QCOMPARE(set.at(0).sign, QStringLiteral("😃"));
        QCOMPARE(set.name(0), QStringLiteral("grinning face with big eyes"));
        QVERIFY(set.search(QStringLiteral("grinning_face"), 50).front() >= 0);
    }

    void remembersWhatWasUsed()
    {
        tests::ModelRig rig;
        QVERIFY(rig.open());
        RecentEmoji recent(rig.profile.settings());
        QVERIFY(recent.signs().isEmpty());
        QCOMPARE(recent.tone(), 0);
        recent.use(QStringLiteral("😀"));
        recent.use(QStringLiteral("🎉"));
        recent.use(QStringLiteral("😀"));
        recent.use(QString());
        QCOMPARE(recent.signs(), QStringList({QStringLiteral("😀"), QStringLiteral("🎉")}));
        for (int i = 0; i < 2 * RecentEmoji::most; ++i)
            recent.use(QString::number(i));
        QCOMPARE(recent.signs().size(), RecentEmoji::most);
        QCOMPARE(recent.signs().constFirst(), QString::number(2 * RecentEmoji::most - 1));
        recent.setTone(3);
        QCOMPARE(RecentEmoji(rig.profile.settings()).tone(), 3);
        recent.setTone(99);
        QCOMPARE(recent.tone(), EmojiSet::tones - 1);
        // Whatever else stands in the settings.
        rig.profile.settings().set(QStringLiteral("emoji.tone"), -7);
        QCOMPARE(recent.tone(), 0);
    }
};

BALCONY_TEST(TestEmojiSet)
#include "tst_emojiset.moc"
