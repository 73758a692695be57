// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage.h"
#include "support/testmain.h"

using namespace tests;
using store::AvatarOwner;
using store::Avatars;
using store::AvatarSource;

/// Pictures of persons, each once, and who has which.
class TestAvatars : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_database = emptyDatabase();
        for (const Jid &each : {romeo, benvolio})
            QVERIFY(store::Accounts(*m_database).put({each, true, {}}));
    }

    void owners()
    {
        Avatars avatars(*m_database);
        const AvatarOwner hers{juliet, QStringLiteral("a"), 12345, AvatarSource::Published};
        QVERIFY(avatars.setOwner(romeo, hers));
        QVERIFY(avatars.setOwner(romeo, {romeo, QStringLiteral("b"), 0, AvatarSource::Both}));
        QCOMPARE(avatars.owners(romeo)->size(), size_t(2));
        QVERIFY(avatars.owners(benvolio)->empty());
        const AvatarOwner other{juliet, QStringLiteral("c"), 0, AvatarSource::VCard};
        QVERIFY(avatars.setOwner(romeo, other));
        QVERIFY(avatars.removeOwner(romeo, romeo));
        QVERIFY(avatars.removeOwner(romeo, romeo));
        QCOMPARE(avatars.owners(romeo).value(), std::vector<AvatarOwner>{other});
        // They go with their account; without one there is none.
        QVERIFY(store::Accounts(*m_database).remove(romeo));
        QVERIFY(avatars.owners(romeo)->empty());
        QVERIFY(!avatars.setOwner(romeo, hers));
    }

    void pictures()
    {
        Avatars avatars(*m_database);
        QVERIFY(avatars.keep(QStringLiteral("a"), "picture", at(0)));
        QVERIFY(avatars.keep(QStringLiteral("a"), "picture", at(1)));
        QCOMPARE(avatars.count().value(), 1);
        QCOMPARE(avatars.picture(QStringLiteral("a"))->value(), QByteArray("picture"));
        QVERIFY(!avatars.picture(QStringLiteral("b"))->has_value());
    }

    /// What nobody has goes first, then the oldest; and what nobody has for a month.
    void sweeps()
    {
        Avatars avatars(*m_database);
        for (int i = 0; i < 6; ++i)
            QVERIFY(avatars.keep(QString::number(i), QByteArray(10, 'x'), at(i)));
        QVERIFY(avatars.setOwner(romeo, {juliet, QStringLiteral("0"), 0, AvatarSource::Published}));
        QVERIFY(avatars.setOwner(benvolio, {juliet, QStringLiteral("1"), 0, AvatarSource::Published}));
        QVERIFY(avatars.sweep(at(6)));
        QCOMPARE(left(), QStringLiteral("012345"));
        QVERIFY(avatars.sweep(at(6), 5));
        QCOMPARE(left(), QStringLiteral("01345"));
        QVERIFY(avatars.sweep(at(6), 5, 49));
        QCOMPARE(left(), QStringLiteral("0145"));
        QVERIFY(avatars.sweep(at(6), 5, 10));
        QCOMPARE(left(), QStringLiteral("1"));
        QVERIFY(avatars.keep(QStringLiteral("2"), "x", at(7)));
        const qint64 month = qint64(Avatars::daysWithoutOwner) * 24 * 60 * 60;
        QVERIFY(avatars.sweep(at(7 + month)));
        QCOMPARE(left(), QStringLiteral("12"));
        QVERIFY(avatars.sweep(at(8 + month)));
        QCOMPARE(left(), QStringLiteral("1"));
    }

private:
    QString left()
    {
        QString all;
        for (int i = 0; i < 6; ++i) {
            if (Avatars(*m_database).picture(QString::number(i))->has_value())
                all += QString::number(i);
        }
        return all;
    }

    const Jid romeo = jid("romeo@montague.lit"), benvolio = jid("benvolio@montague.lit");
    const Jid juliet = jid("juliet@capulet.lit");
    std::unique_ptr<store::Database> m_database;
};

BALCONY_TEST(TestAvatars)
#include "tst_avatars.moc"
