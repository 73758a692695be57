// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/manualclock.h"
#include "support/testmain.h"
#include "ui/account/autoaway.h"
#include "ui/account/ownpresence.h"
#include "ui/openprofile.h"
#include "ui/settings/presencepage.h"

#include <QCheckBox>
#include <QSpinBox>
#include <QtTest>

using namespace std::chrono_literals;
using tests::ManualClock;
using tests::OpenProfile;
using ui::AutoAway;
using Show = xmpp::Presence::Show;

namespace {

/// A computer that is touched when the test says so.
class FakeIdle final : public ui::IdleSource
{
public:
    explicit FakeIdle(Clock &clock) : m_clock(clock), m_touched(clock.monotonic()) { }

    void ask() override
    {
        ++asked;
        if (knows)
            Q_EMIT answered(m_clock.monotonic() - m_touched);
    }
    void touch() { m_touched = m_clock.monotonic(); }
    void lock(bool isLocked) { Q_EMIT lockChanged(isLocked); }

    int asked = 0;
    bool knows = true;

private:
    Clock &m_clock;
    std::chrono::milliseconds m_touched;
};

} // namespace

/// What others see while nobody is there.
class TestAutoAway : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<OpenProfile>();
        QVERIFY(m_profile->isOpen);
        chat::AccountSettings settings;
        settings.jid = Jid::fromWire(QStringLiteral("romeo@example.org"));
        settings.enabled = false;
        m_account = m_profile->add(settings);
        QVERIFY(m_account);
        m_source = std::make_unique<FakeIdle>(m_clock);
        m_away = std::make_unique<AutoAway>(**m_profile, *m_source, m_clock);
    }
    void cleanup()
    {
        m_away.reset();
        m_source.reset();
        m_profile.reset();
    }

    void goesAndComesBack()
    {
        m_clock.advance(9min + 59s);
        QCOMPARE(m_account->seenShow(), Show::Online);
        m_clock.advance(1s);
        QCOMPARE(m_account->seenShow(), Show::Away);
        QCOMPARE(m_account->presence().show, Show::Online); // nothing is kept of it
        m_clock.advance(50min);
        QCOMPARE(m_account->seenShow(), Show::ExtendedAway);
        m_source->touch();
        m_clock.advance(AutoAway::shortestLook);
        QCOMPARE(m_account->seenShow(), Show::Online);
    }

    /// A person who is there is looked after seldom, and never more than once a minute.
    void looksSeldom()
    {
        const int before = m_source->asked;
        for (int second = 0; second < 300; ++second) {
            m_source->touch();
            m_clock.advance(1s);
        }
        QVERIFY2(m_source->asked - before <= 6, qPrintable(QString::number(m_source->asked - before)));
        QCOMPARE(m_account->seenShow(), Show::Online);
    }

    void leavesWhatWasChosen()
    {
        m_account->setPresence(Show::DoNotDisturb, QStringLiteral("busy"));
        m_clock.advance(2h);
        QCOMPARE(m_account->seenShow(), Show::DoNotDisturb);
        m_account->setPresence(Show::Chat, {});
        QCOMPARE(m_account->seenShow(), Show::ExtendedAway);
        m_source->touch();
        m_clock.advance(AutoAway::shortestLook);
        QCOMPARE(m_account->seenShow(), Show::Chat);
    }

    void followsTheLock()
    {
        m_source->lock(true);
        QCOMPARE(m_account->seenShow(), Show::Away);
        m_clock.advance(61min);
        QCOMPARE(m_account->seenShow(), Show::ExtendedAway);
        m_source->lock(false);
        QCOMPARE(m_account->seenShow(), Show::Online);
        m_source->touch(); // by the password
        (*m_profile)->settings().set(chat::AwaySettings::lockedKey(), false);
        m_source->lock(true);
        QCOMPARE(m_account->seenShow(), Show::Online);
    }

    void nobodyKnows()
    {
        m_source->knows = false;
        m_clock.advance(5h);
        QCOMPARE(m_account->seenShow(), Show::Online);
    }

    /// The page, by the keyboard: at once, and 0 is never.
    void settingsAtOnce()
    {
        ui::PresencePage page((*m_profile)->settings(), nullptr);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        const auto boxes = page.findChildren<QSpinBox *>();
        QCOMPARE(boxes.size(), 2);
        QCOMPARE(boxes.at(0)->value(), 10);
        QCOMPARE(boxes.at(1)->value(), 60);
        for (const QSpinBox *box : boxes)
            QVERIFY(!box->accessibleName().isEmpty());
        boxes.at(0)->setFocus();
        boxes.at(0)->selectAll();
        QTest::keyClicks(boxes.at(0), QStringLiteral("3"));
        QTest::keyClick(boxes.at(0), Qt::Key_Tab);
        QCOMPARE((*m_profile)->settings().number(chat::AwaySettings::afterKey()), 3);
        m_clock.advance(3min);
        QCOMPARE(m_account->seenShow(), Show::Away);
        boxes.at(0)->setValue(0);
        boxes.at(1)->setValue(0);
        QCOMPARE(boxes.at(0)->text(), boxes.at(0)->specialValueText());
        QCOMPARE(m_account->seenShow(), Show::Online);
        m_clock.advance(24h);
        QCOMPARE(m_account->seenShow(), Show::Online);
        page.findChild<QCheckBox *>()->setFocus();
        QTest::keyClick(page.findChild<QCheckBox *>(), Qt::Key_Space);
        QVERIFY(!chat::AwaySettings::of((*m_profile)->settings()).whenLocked);
        (*m_profile)->settings().set(chat::AwaySettings::afterKey(), -5); // nonsense from elsewhere
        QCOMPARE(boxes.at(0)->value(), 10);
    }

    /// The window hears of it, and the choice stays.
    void isSeenInTheWindow()
    {
        ui::OwnPresence own(**m_profile);
        QSignalSpy changed(&own, &ui::OwnPresence::changed);
        m_clock.advance(10min);
        QVERIFY(changed.count() > 0);
        QCOMPARE(own.show(), Show::Online);
    }

private:
    ManualClock m_clock;
    std::unique_ptr<OpenProfile> m_profile;
    chat::Account *m_account = nullptr;
    std::unique_ptr<FakeIdle> m_source;
    std::unique_ptr<AutoAway> m_away;
};

BALCONY_TEST(TestAutoAway)
#include "tst_autoaway.moc"
