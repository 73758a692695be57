// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faketransport.h"
#include "support/testmain.h"
#include "ui/account/statebar.h"
#include "ui/openprofile.h"
#include "ui/stage.h"

#include <QPushButton>

using State = chat::Account::State;

/// The bar says what is wrong with the network, and when the next try comes.
class TestStateBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<tests::OpenProfile>();
        QVERIFY(m_profile->isOpen);
        m_attempts = 0;
        (*m_profile)->services().makeTransport = [this] {
            auto transport = std::make_unique<tests::FakeTransport>();
            transport->direct = true;
            transport->openError = m_error;
            ++m_attempts;
            return transport;
        };
        chat::AccountSettings settings;
        settings.jid = Jid::fromWire(QStringLiteral("romeo@montague.lit"));
        settings.passwordStore = chat::AccountSettings::PasswordStore::None;
        m_account = m_profile->add(settings);
        QVERIFY(m_account);
    }
    void cleanup() { m_profile.reset(); }

    void noNetwork()
    {
        ui::StateBar bar(*m_account, nullptr);
        waitsWith({Error::Kind::Network, QStringLiteral("network-unreachable"), {}}, {true, false});
        QVERIFY(bar.text().contains(QStringLiteral("no network")));
        QVERIFY(bar.text().contains(QStringLiteral("as soon as there is a network")));
        QVERIFY2(bar.text().contains(QStringLiteral("in 300 s")) || bar.text().contains(QStringLiteral("in 299 s")),
                 qPrintable(bar.text()));
        bar.resize(700, bar.sizeHint().height());
        tests::shoot(bar, QStringLiteral("bar-no-network"));
        QTRY_VERIFY_WITH_TIMEOUT(bar.text().contains(QStringLiteral("in 298 s")), tests::slow); // it counts down
        triesNow(bar);
        // The network is back, and the server still is not there.
        m_account->setNetwork({});
        m_account->check();
        QTRY_VERIFY_WITH_TIMEOUT(bar.text().contains(QStringLiteral("cannot be reached")), tests::slow);
        QVERIFY(!bar.text().contains(QStringLiteral("as soon as")));
    }

    void portal()
    {
        ui::StateBar bar(*m_account, nullptr);
        waitsWith({Error::Kind::Network, QStringLiteral("captive-portal"), {}}, {});
        QVERIFY(bar.text().contains(QStringLiteral("sign in to the network")));
        QVERIFY(bar.text().contains(QStringLiteral("Next try in")));
        bar.resize(700, bar.sizeHint().height());
        tests::shoot(bar, QStringLiteral("bar-portal"));
        triesNow(bar);
    }

    /// Whose certificate the portal shows is told; there is no button that takes it.
    void portalsCertificate()
    {
        ui::StateBar bar(*m_account, nullptr);
        const QDateTime day(QDate(2026, 3, 1), QTime(), Qt::UTC);
        Error error{Error::Kind::Tls, QStringLiteral("certificate-unknown-issuer"), {}};
        error.certificate =
            CertificateFacts{QStringLiteral("portal.test"), QStringLiteral("The Hotel"), day, day.addYears(1), {}};
        waitsWith(error, {false, true});
        for (const char *part : {"portal.test", "The Hotel", "2026", "Next try in"})
            QVERIFY2(bar.text().contains(QString::fromLatin1(part)), part);
        QCOMPARE(bar.findChildren<QPushButton *>().size(), 1);
        bar.resize(700, bar.heightForWidth(700));
        tests::shoot(bar, QStringLiteral("bar-portal-certificate"));
        triesNow(bar);
    }

private:
    void waitsWith(const Error &error, const net::NetworkState &network)
    {
        m_error = error;
        m_account->setNetwork(network);
        QByteArray password("secret");
        m_account->goOnline(SecretBytes::take(password));
        QTRY_COMPARE_WITH_TIMEOUT(m_account->state(), State::Waiting, tests::slow);
    }
    void triesNow(ui::StateBar &bar)
    {
        const int before = m_attempts;
        auto *button = bar.findChild<QPushButton *>();
        QCOMPARE(button->text(), QStringLiteral("Try now"));
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_attempts, before + 1, tests::slow);
        QTRY_COMPARE_WITH_TIMEOUT(m_account->state(), State::Waiting, tests::slow);
    }

    std::unique_ptr<tests::OpenProfile> m_profile;
    chat::Account *m_account = nullptr;
    std::optional<Error> m_error;
    int m_attempts = 0;
};

BALCONY_TEST(TestStateBar)
#include "tst_statebar.moc"
