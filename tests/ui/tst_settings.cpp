// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/realserver.h"
#include "support/testmain.h"
#include "ui/account/certificatechoice.h"
#include "ui/account/connectionoptions.h"
#include "ui/account/passwordedit.h"
#include "ui/account/signinpage.h"
#include "ui/settings/accountcard.h"
#include "ui/settings/appearancepage.h"
#include "ui/settings/connectiondetails.h"
#include "ui/settings/preferences.h"
#include "ui/settings/settingsdialog.h"
#include "ui/theme/appearance.h"
#include "ui/widgets/panels.h"

#include "looks.h"
#include "openprofile.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>

using tests::OpenProfile;
using tests::slow;
using ui::AccountCard;
using ui::SettingsDialog;
using State = chat::Account::State;

/// Every setting takes effect at once, and is there at the next start.
class TestSettings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        const auto started = m_server.start({});
        QVERIFY2(started, started ? "" : qPrintable(started.error().detail));
        qputenv("SSL_CERT_FILE", m_server.caFile().toLocal8Bit());
        ui::installTranslators(*qApp, QStringLiteral("en"), QString());
    }

    void turnsAccountsOffAndOn()
    {
        OpenProfile profile;
        chat::Account *romeo = signIn(profile);
        QVERIFY(romeo);
        SettingsDialog dialog(*profile);
        dialog.show();
        auto *card = dialog.findChild<AccountCard *>();
        auto *box = card->findChild<QCheckBox *>();
        QVERIFY(box->isChecked() && card->accessibleDescription() == u"Online");
        QTest::keyClick(box, Qt::Key_Space);
        QVERIFY(QTest::qWaitFor([&] { return romeo->state() == State::Offline && !romeo->settings().enabled; }, slow));
        QVERIFY(QTest::qWaitFor([&] { return card->accessibleDescription() == u"Turned off"; }, slow));
        QTest::keyClick(box, Qt::Key_Space);
        QVERIFY(QTest::qWaitFor([&] { return romeo->settings().enabled; }, slow));
        // Its password is kept nowhere: the card says what is missing.
        QVERIFY(QTest::qWaitFor([&] { return romeo->state() == State::NeedsPassword; }, slow));
        QVERIFY(card->accessibleDescription().contains(QStringLiteral("password")));
    }

    void takesANewPassword()
    {
        OpenProfile profile;
        chat::AccountSettings settings = romeoSettings();
        settings.passwordStore = chat::AccountSettings::PasswordStore::File;
        chat::Account *romeo = profile.add(settings);
        romeo->goOnline();
        QVERIFY(QTest::qWaitFor([&] { return romeo->state() == State::NeedsPassword; }, slow));
        SettingsDialog dialog(*profile);
        dialog.show();
        QTest::mouseClick(button(dialog, "New password…"), Qt::LeftButton);
        auto *edit = dialog.findChild<ui::PasswordEdit *>();
        QVERIFY(edit->isVisible());
        QTest::keyClicks(edit, m_server.password(QStringLiteral("romeo")));
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return romeo->state() == State::Online; }, slow));
        QVERIFY(edit->text().isEmpty() && !edit->isVisible());
        QVERIFY(dialog.isVisible()); // Return in a field closes nothing
    }

    /// An account's proxy, from the card to the settings that are stored.
    void givesAnAccountAProxy()
    {
        OpenProfile profile;
        chat::AccountSettings settings = romeoSettings();
        settings.passwordStore = chat::AccountSettings::PasswordStore::File;
        chat::Account *romeo = profile.add(settings);
        SettingsDialog dialog(*profile);
        dialog.show();
        QTest::mouseClick(button(dialog, "Connection…"), Qt::LeftButton);
        auto *options = dialog.findChild<ui::ConnectionOptions *>();
        QVERIFY(options->isVisible());
        QComboBox *kind = nullptr;
        for (QComboBox *box : options->findChildren<QComboBox *>()) {
            if (box->findText(QStringLiteral("SOCKS5, as for Tor")) >= 0)
                kind = box;
        }
        QVERIFY(kind);
        kind->setCurrentIndex(kind->findText(QStringLiteral("SOCKS5, as for Tor")));
        // Without a host it is not taken, and the field has the focus.
        QTest::mouseClick(button(dialog, "Use connection"), Qt::LeftButton);
        QVERIFY(options->isVisible());
        QVERIFY(romeo->settings().proxy.isNone());
        auto *host = qobject_cast<QLineEdit *>(dialog.focusWidget());
        QVERIFY(host);
        QTest::keyClicks(host, QStringLiteral("127.0.0.1"));
        QTest::mouseClick(button(dialog, "Use connection"), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return !romeo->settings().proxy.isNone(); }, slow));
        QCOMPARE(romeo->settings().proxy.toText(), QStringLiteral("socks5://127.0.0.1:1080"));
        QVERIFY(QTest::qWaitFor([&] { return !options->isVisible(); }, slow));
    }

    /// The certificate's file goes from the card to the settings that are stored, and what is wrong with it is said.
    void givesAnAccountACertificate()
    {
        OpenProfile profile;
        chat::AccountSettings settings = romeoSettings();
        settings.passwordStore = chat::AccountSettings::PasswordStore::File;
        chat::Account *romeo = profile.add(settings);
        SettingsDialog dialog(*profile);
        dialog.show();
        QTest::mouseClick(button(dialog, "Connection…"), Qt::LeftButton);
        auto *choice = dialog.findChild<ui::CertificateChoice *>();
        QVERIFY(choice && choice->isVisible());
        choice->setFile(m_server.caFile());
        QTest::mouseClick(button(dialog, "Use connection"), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return romeo->settings().certificateFile == m_server.caFile(); }, slow));
        romeo->goOnline();
        QVERIFY(QTest::qWaitFor([&] { return romeo->state() == State::NeedsDecision; }, slow));
        auto *card = dialog.findChild<AccountCard *>();
        QVERIFY2(card->accessibleDescription().contains(QStringLiteral("certificate file")),
                 qPrintable(card->accessibleDescription()));
    }

    /// How the account is connected is there to read: TLS, the way of signing in, the certificate and its key.
    void tellsHowItIsConnected()
    {
        OpenProfile profile;
        chat::Account *romeo = signIn(profile);
        QVERIFY(romeo);
        SettingsDialog dialog(*profile);
        dialog.show();
        QTest::mouseClick(button(dialog, "Connection…"), Qt::LeftButton);
        auto *details = dialog.findChild<ui::ConnectionDetails *>();
        QVERIFY(details && details->isVisible());
        const auto says = [details](const QString &text) {
            const auto labels = details->findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(),
                               [&text](const QLabel *label) { return label->text().contains(text); });
        };
        const xmpp::SignedIn &facts = romeo->facts();
        for (const QString &text :
             {facts.tls.version, facts.tls.cipher, facts.mechanism, facts.tls.subject, facts.tls.issuer})
            QVERIFY2(!text.isEmpty() && says(text), qPrintable(text));
        const QString key = QString::fromLatin1(facts.tls.key.left(4).toUpper());
        QVERIFY(QTest::qWaitFor([&] { return says(key); }, slow));
        QVERIFY(says(QLocale().toString(QDate::currentDate(), QLocale::ShortFormat)));
    }

    void removesAfterAsking()
    {
        OpenProfile profile;
        QVERIFY(signIn(profile));
        SettingsDialog dialog(*profile);
        dialog.show();
        QTest::mouseClick(button(dialog, "Remove…"), Qt::LeftButton);
        QCOMPARE(profile->accounts().all().size(), size_t(1));
        QTest::mouseClick(button(dialog, "Keep"), Qt::LeftButton);
        QVERIFY(!button(dialog, "Remove account and chats")->isVisible());
        QTest::mouseClick(button(dialog, "Remove…"), Qt::LeftButton);
        QTest::mouseClick(button(dialog, "Remove account and chats"), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return profile->accounts().all().empty(); }, slow));
        QVERIFY(QTest::qWaitFor([&] { return !dialog.findChild<AccountCard *>(); }, slow));
    }

    void addsAnAccount()
    {
        OpenProfile profile;
        SettingsDialog dialog(*profile);
        dialog.show();
        dialog.addAccount();
        auto *page = dialog.findChild<ui::SignInPage *>();
        QVERIFY(page && page->isVisible());
        QTest::mouseClick(button(dialog, "Back to the accounts"), Qt::LeftButton);
        QVERIFY(QTest::qWaitFor([&] { return !dialog.findChild<ui::SignInPage *>(); }, slow));
    }

    void appearanceAtOnce()
    {
        OpenProfile profile;
        ui::Appearance appearance;
        appearance.setScheme(ui::Appearance::Choice::Light);
        SettingsDialog dialog(*profile, nullptr, &appearance);
        dialog.show();
        dialog.findChild<QListWidget *>()->setCurrentRow(1);
        for (auto *radio : dialog.findChildren<QRadioButton *>()) {
            if (radio->text() == u"&Dark")
                radio->click();
        }
        QCOMPARE(ui::Theme::of(nullptr).scheme, ui::Scheme::Dark);
        const auto boxes = dialog.findChild<ui::AppearancePage *>()->findChildren<QComboBox *>();
        QComboBox *scale = boxes.at(0);
        QCOMPARE(scale->currentData().toInt(), 100);
        QTest::keyClick(scale, Qt::Key_Down);
        QCOMPARE(ui::Theme::of(nullptr).textScale, 1.1);
        QComboBox *language = boxes.at(1);
        const int chinese = language->findData(QStringLiteral("zh_CN"));
        QCOMPARE(language->itemText(chinese), QString::fromUtf8("简体中文"));
        language->setCurrentIndex(chinese);
        Q_EMIT language->activated(chinese);

        const ui::Preferences kept = ui::Preferences::load(profile.folder());
        QCOMPARE(kept.scheme, ui::Appearance::Choice::Dark);
        QCOMPARE(kept.textScale, 1.1);
        QCOMPARE(kept.language, QStringLiteral("zh_CN"));
        ui::Appearance next;
        kept.applyTo(next);
        QCOMPARE(next.theme().scheme, ui::Scheme::Dark);
        appearance.setTextScale(1);
        appearance.setScheme(ui::Appearance::Choice::Light);
    }

    void oddPreferences()
    {
        QTemporaryDir folder;
        QCOMPARE(ui::Preferences::load(folder.path()), ui::Preferences());
        QFile file(folder.filePath(QStringLiteral("interface.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"scheme": "purple", "textScale": 90, "language": 7})");
        file.close();
        ui::Preferences expected;
        expected.textScale = 2;
        QCOMPARE(ui::Preferences::load(folder.path()), expected);
        QVERIFY(!ui::Preferences().save(folder.filePath(QStringLiteral("nowhere"))).has_value());
    }

    void searches()
    {
        OpenProfile profile;
        SettingsDialog dialog(*profile);
        dialog.show();
        auto *list = dialog.findChild<QListWidget *>();
        QTest::keyClicks(dialog.findChild<ui::SearchField *>(), QStringLiteral("contrast"));
        QVERIFY(list->item(0)->isHidden() && !list->item(1)->isHidden());
        QCOMPARE(list->currentRow(), 1);
        dialog.findChild<ui::SearchField *>()->clear();
        QVERIFY(!list->item(0)->isHidden());
    }

    void looks_data() { tests::addLooks(); }
    void looks()
    {
        QFETCH(int, which);
        OpenProfile profile;
        const tests::Look look = tests::looks().at(which);
        const tests::InLook wearing(look, profile.folder());
        chat::Account *romeo = signIn(profile);
        QVERIFY(romeo);
        chat::AccountSettings other;
        other.jid = Jid::parse(QStringLiteral("montague@work.example")).value();
        other.passwordStore = chat::AccountSettings::PasswordStore::None;
        profile.add(other)->goOnline();
        SettingsDialog dialog(*profile);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        dialog.findChildren<AccountCard *>().at(1)->findChildren<QPushButton *>().at(1)->click();
        readable(dialog); // once laid out, which the picture is not to run ahead of
        QVERIFY(wearing.shoot(dialog, "settings-accounts"));
        dialog.findChildren<AccountCard *>().at(0)->findChildren<QPushButton *>().at(1)->click();
        readable(dialog);
        QVERIFY(wearing.shoot(dialog, "settings-connection"));
        dialog.findChild<QListWidget *>()->setCurrentRow(1);
        QCoreApplication::processEvents();
        QVERIFY(wearing.shoot(dialog, "settings-appearance"));
        readable(dialog);
    }

private:
    chat::AccountSettings romeoSettings() const
    {
        chat::AccountSettings settings;
        settings.jid = Jid::parse(m_server.jid(QStringLiteral("romeo"))).value();
        settings.host = QStringLiteral("127.0.0.1");
        settings.port = m_server.port();
        settings.tls = net::TlsMode::StartTls;
        return settings;
    }

    chat::Account *signIn(OpenProfile &profile) const
    {
        return profile.signIn(m_server.jid(QStringLiteral("romeo")), m_server.password(QStringLiteral("romeo")),
                              m_server.port());
    }

    static QPushButton *button(const QWidget &root, const char *text)
    {
        for (auto *one : root.findChildren<QPushButton *>()) {
            if (one->text() == QString::fromUtf8(text))
                return one;
        }
        return nullptr;
    }

    static void readable(const QWidget &dialog)
    {
        (void)QTest::qWaitFor([&] { return tests::clipped(dialog).isEmpty(); });
        const QStringList cut = tests::clipped(dialog) + tests::nameless(dialog);
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QStringLiteral(" | "))));
    }

    tests::RealServer m_server;
};

BALCONY_TEST(TestSettings)
#include "tst_settings.moc"
