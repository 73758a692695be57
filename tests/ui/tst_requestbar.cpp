// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/realserver.h"
#include "support/testmain.h"
#include "ui/roster/requestbar.h"

#include "looks.h"
#include "openprofile.h"

#include <QLabel>
#include <QPushButton>

using tests::OpenProfile;
using tests::slow;
using ui::RequestBar;

/// Two strangers ask on a real server: one is let in, the other is not.
class TestRequestBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        tests::RealServer::Options options;
        options.friends = false;
        options.accounts.insert(QStringLiteral("tybalt"), QStringLiteral("rapier"));
        const auto started = m_server.start(options);
        QVERIFY2(started, started ? "" : qPrintable(started.error().detail));
        qputenv("SSL_CERT_FILE", m_server.caFile().toLocal8Bit());
        ui::installTranslators(*qApp, QStringLiteral("en"), QString());
    }

    void answers()
    {
        OpenProfile home;
        OpenProfile outside;
        chat::Account *romeo = signIn(home, "romeo");
        chat::Account *juliet = signIn(outside, "juliet");
        chat::Account *tybalt = signIn(outside, "tybalt");
        QVERIFY(romeo && juliet && tybalt);
        RequestBar bar(*home);
        QVERIFY(!bar.isVisible());

        QVERIFY(outside.run(juliet->contacts().add(romeo->jid(), {}, {})).has_value());
        QVERIFY(QTest::qWaitFor([&] { return bar.count() == 1; }, slow));
        QVERIFY(outside.run(tybalt->contacts().add(romeo->jid(), {}, {})).has_value());
        QVERIFY(QTest::qWaitFor([&] { return bar.count() == 2; }, slow));
        QVERIFY(bar.isVisible());
        QVERIFY(
            bar.accessibleName().contains(juliet->jid().toString())); // the first comes first, under the whole address
        QVERIFY(words(bar).contains(QStringLiteral("1 more waiting")));

        QTest::keyClick(button(bar, "Accept"), Qt::Key_Space);
        QVERIFY(QTest::qWaitFor([&] { return bar.count() == 1; }, slow));
        QVERIFY(bar.accessibleName().contains(tybalt->jid().toString()));
        using Subscription = xmpp::RosterItem::Subscription;
        // She sees him, and he asks her in turn.
        QVERIFY(QTest::qWaitFor(
            [&] {
                const chat::Contact *known = romeo->contacts().find(juliet->jid());
                return known && known->subscription == Subscription::From && known->asked;
            },
            slow));

        QVERIFY(QTest::qWaitFor([&] { return button(bar, "Deny")->isEnabled(); }, slow));
        QTest::keyClick(button(bar, "Deny"), Qt::Key_Space);
        QVERIFY(QTest::qWaitFor([&] { return bar.count() == 0 && !bar.isVisible(); }, slow));
        const chat::Contact *enemy = romeo->contacts().find(tybalt->jid());
        QVERIFY(!enemy || enemy->subscription == Subscription::None);
    }

    void waitsOffline()
    {
        OpenProfile home;
        chat::Account *romeo = withRequest(home, QStringLiteral("hello"));
        RequestBar bar(*home);
        QVERIFY(bar.isVisible());
        QVERIFY(!button(bar, "Accept")->isEnabled() && !button(bar, "Deny")->isEnabled());
        QVERIFY(words(bar).contains(romeo->jid().toString()));
    }

    /// What strangers say is shown as it is: no markup, no line breaks, no turned order, and not without end.
    void plainText()
    {
        OpenProfile home;
        withRequest(home, QString::fromUtf8("<b>me</b>\n\n\n\u202ethis&amp;") + QString(900, u'x'));
        RequestBar bar(*home);
        for (const auto *label : bar.findChildren<QLabel *>()) {
            if (!label->text().isEmpty())
                QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        QVERIFY(words(bar).contains(QStringLiteral("<b>me</b>")));
        QVERIFY(words(bar).contains(QStringLiteral("this&amp;")));
        QVERIFY(!words(bar).contains(QChar(0x202e)));
        QVERIFY(!words(bar).contains(QString(300, u'x')));
    }

    void goesWithTheAccount()
    {
        OpenProfile home;
        const Jid jid = withRequest(home, QStringLiteral("hello"))->jid();
        RequestBar bar(*home);
        QVERIFY(bar.isVisible());
        QVERIFY(home.run(home->accounts().remove(jid)).has_value());
        QVERIFY(QTest::qWaitFor([&] { return !bar.isVisible(); }, slow));
    }

    void looks_data() { tests::addLooks(); }
    void looks()
    {
        QFETCH(int, which);
        OpenProfile home;
        const tests::Look look = tests::looks().at(which);
        const tests::InLook wearing(look, home.folder());
        withRequest(home, QStringLiteral("It is my lady, O, it is my love! Let me see thee at thy window."));
        RequestBar bar(*home);
        bar.resize(qRound(360 * look.textScale), 10);
        bar.resize(bar.width(), bar.heightForWidth(bar.width()));
        QVERIFY(wearing.shoot(bar, "requestbar"));
        (void)QTest::qWaitFor([&] { return tests::clipped(bar).isEmpty(); });
        const QStringList cut = tests::clipped(bar) + tests::nameless(bar);
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QStringLiteral(" | "))));
    }

private:
    chat::Account *signIn(OpenProfile &profile, const char *name)
    {
        const QString who = QLatin1String(name);
        return profile.signIn(m_server.jid(who), m_server.password(who), m_server.port());
    }

    /// An account with a stored request, as it is after a start without the network.
    static chat::Account *withRequest(OpenProfile &profile, const QString &text)
    {
        chat::AccountSettings settings;
        settings.jid = Jid::parse(QStringLiteral("romeo@verona.test")).value();
        chat::Account *account = profile.add(settings);
        const Jid jid = settings.jid;
        store::SubscriptionRequest row;
        row.jid = Jid::parse(QStringLiteral("juliet@capulet.example")).value();
        row.text = text;
        row.time = QDateTime::currentDateTimeUtc();
        const auto put = [jid, row](store::Transaction &transaction) {
            return transaction.contacts().putRequest(jid, row);
        };
        (void)profile.run(profile->store().write(put));
        (void)profile.run(account->contacts().load());
        return account;
    }

    static QPushButton *button(const QWidget &bar, const char *name)
    {
        const auto all = bar.findChildren<QPushButton *>();
        const auto found = std::find_if(all.begin(), all.end(),
                                        [name](const QPushButton *one) { return one->text() == QLatin1String(name); });
        return found == all.end() ? nullptr : *found;
    }

    static QString words(const QWidget &bar)
    {
        QStringList all;
        for (const auto *label : bar.findChildren<QLabel *>())
            all.append(label->text());
        return all.join(u'\n');
    }

    tests::RealServer m_server;
};

BALCONY_TEST(TestRequestBar)
#include "tst_requestbar.moc"
