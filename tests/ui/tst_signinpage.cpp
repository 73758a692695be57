// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/profile.h"
#include "support/faultvfs.h"
#include "support/realserver.h"
#include "support/testmain.h"
#include "ui/account/certificatechoice.h"
#include "ui/account/connectionoptions.h"
#include "ui/account/formfield.h"
#include "ui/account/note.h"
#include "ui/account/passwordbar.h"
#include "ui/account/passwordedit.h"
#include "ui/account/passwordkeeping.h"
#include "ui/account/signinpage.h"
#include "ui/errortext.h"
#include "ui/widgets/iconbutton.h"

#include "looks.h"
#include "openprofile.h"

#include <QCheckBox>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>

#include <sqlite3.h>

using ui::SignInPage;
using State = chat::Account::State;

namespace {

using tests::OpenProfile;
using tests::slow;

/// The form's parts, as a person finds them.
struct Form {
    explicit Form(SignInPage &page)
        : address(page.findChildren<QLineEdit *>().at(0)), password(page.findChild<ui::PasswordEdit *>()),
          keeping(page.findChild<ui::PasswordKeeping *>()), options(page.findChild<ui::ConnectionOptions *>()),
          note(page.findChild<ui::Note *>())
    {
        for (auto *button : page.findChildren<QPushButton *>()) {
            if (button->isDefault())
                signIn = button;
        }
        cancel = page.findChildren<QPushButton *>().last();
        addressField = qobject_cast<ui::FormField *>(address->parentWidget());
    }
    void fill(const QString &jid, const QString &secret, const QString &host, quint16 port,
              net::TlsMode tls = net::TlsMode::StartTls)
    {
        address->setText(jid);
        password->clear();
        QTest::keyClicks(password, secret);
        chat::AccountSettings settings;
        settings.host = host;
        settings.port = port;
        settings.tls = tls;
        options->show(settings);
    }
    bool waitForNote() const
    {
        return QTest::qWaitFor([this] { return note->isVisible(); }, slow);
    }

    QLineEdit *address;
    ui::PasswordEdit *password;
    ui::PasswordKeeping *keeping;
    ui::ConnectionOptions *options;
    ui::Note *note;
    QPushButton *signIn = nullptr;
    QPushButton *cancel;
    ui::FormField *addressField;
};

const QString local = QStringLiteral("127.0.0.1");

} // namespace

/// Signs in to a real server by the page, makes every mistake that people make, and looks at it.
class TestSignInPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        // No keychain, whatever the machine has.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        tests::RealServer::Options options;
        options.guests = true;
        const auto started = m_server.start(options);
        QVERIFY2(started, started ? "" : qPrintable(started.error().detail));
        qputenv("SSL_CERT_FILE", m_server.caFile().toLocal8Bit());
    }

    void init() { ui::installTranslators(*qApp, QStringLiteral("en"), QString()); }

    void signsIn()
    {
        OpenProfile profile;
        QVERIFY(profile.isOpen);
        SignInPage page(*profile);
        show(page);
        QSignalSpy signedIn(&page, &SignInPage::signedIn);
        Form form(page);
        QCOMPARE(QApplication::focusWidget(), form.address);

        // By the keyboard alone; the keychain's absence is found out meanwhile.
        QTest::keyClicks(form.address, m_server.jid(QStringLiteral("romeo")));
        QTest::keyClick(form.address, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), form.password);
        QTest::keyClicks(form.password, m_server.password(QStringLiteral("romeo")));
        QVERIFY(QTest::qWaitFor([&] { return !form.keeping->isKeychainAvailable(); }, slow));
        const auto radios = form.keeping->findChildren<QRadioButton *>();
        QVERIFY(radios.at(0)->isVisible() && radios.at(0)->isChecked()); // never the file by itself
        radios.at(1)->setFocus();
        QTest::keyClick(radios.at(1), Qt::Key_Space);
        QCOMPARE(form.keeping->store(), chat::AccountSettings::PasswordStore::File);
        setServer(form);
        QTest::keyClick(form.password, Qt::Key_Return);
        QVERIFY(page.isBusy());
        QVERIFY(signedIn.wait(slow));

        auto *account = signedIn.at(0).at(0).value<chat::Account *>();
        QCOMPARE(account->state(), State::Online);
        QCOMPARE(profile->accounts().all().size(), size_t(1));
        QVERIFY(!QDir(profile.folder() + QStringLiteral("/secrets")).isEmpty());
        QVERIFY(form.password->text().isEmpty());
    }

    void wrongPassword()
    {
        OpenProfile profile;
        SignInPage page(*profile);
        show(page);
        Form form(page);
        form.fill(m_server.jid(QStringLiteral("romeo")), QStringLiteral("wrong"), local, m_server.port());
        QTest::keyClick(form.password, Qt::Key_Return);
        QVERIFY(form.waitForNote());
        says(form, Error::Kind::Auth, "not-authorized", m_server.jid(QStringLiteral("romeo")));
        QCOMPARE(form.password->text(), QStringLiteral("wrong"));
        QCOMPARE(form.password->selectedText().size(), 5); // to be typed over
        QCOMPARE(QApplication::focusWidget(), form.password);
        QVERIFY(profile->accounts().all().empty());

        // Mended in place.
        QSignalSpy signedIn(&page, &SignInPage::signedIn);
        form.password->setText(m_server.password(QStringLiteral("romeo")));
        QTest::keyClick(form.password, Qt::Key_Return);
        QVERIFY(signedIn.wait(slow));
        QVERIFY(!form.note->isVisible());
    }

    void unknownHost()
    {
        OpenProfile profile;
        SignInPage page(*profile);
        show(page);
        Form form(page);
        form.fill(QStringLiteral("romeo@verona.test"), QStringLiteral("secret"), QStringLiteral("nowhere.invalid"),
                  5222);
        QTest::keyClick(form.password, Qt::Key_Return);
        QVERIFY(form.waitForNote());
        // Without any DNS at all the answer is another one, and just as clear.
        const QString text = form.note->text();
        QVERIFY2(text.contains(QStringLiteral("nowhere.invalid")), qPrintable(text));
        keepsEverything(form, profile);
    }

    void refusedConnection()
    {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        const quint16 port = free.serverPort();
        free.close();
        OpenProfile profile;
        SignInPage page(*profile);
        show(page);
        Form form(page);
        form.fill(QStringLiteral("romeo@verona.test"), QStringLiteral("secret"), local, port);
        QTest::keyClick(form.password, Qt::Key_Return);
        QVERIFY(form.waitForNote());
        says(form, Error::Kind::Network, "connection-refused", local);
        keepsEverything(form, profile);
    }

    void badCertificates_data()
    {
        QTest::addColumn<QString>("bad");
        QTest::addColumn<QByteArray>("condition");
        QTest::newRow("name") << QStringLiteral("name") << QByteArray("certificate-name-mismatch");
        QTest::newRow("self-signed") << QStringLiteral("self-signed") << QByteArray("certificate-self-signed");
        QTest::newRow("expired") << QStringLiteral("expired") << QByteArray("certificate-expired");
    }

    void badCertificates()
    {
        QFETCH(QString, bad);
        QFETCH(QByteArray, condition);
        tests::RealServer server;
        tests::RealServer::Options options;
        options.badCertificate = bad;
        const auto started = server.start(options);
        QVERIFY2(started, started ? "" : qPrintable(started.error().detail));
        qputenv("SSL_CERT_FILE", server.caFile().toLocal8Bit());
        OpenProfile profile;
        SignInPage page(*profile);
        show(page);
        Form form(page);
        form.fill(server.jid(QStringLiteral("romeo")), QStringLiteral("montague"), local, server.port());
        QTest::keyClick(form.password, Qt::Key_Return);
        QVERIFY(form.waitForNote());
        qputenv("SSL_CERT_FILE", m_server.caFile().toLocal8Bit());
        // Whose it is, who issued it, and since when: not the sentence that knows nothing of it.
        const QString text = form.note->text();
        QVERIFY(text != ui::errorText({Error::Kind::Tls, QLatin1String(condition), {}}, server.domain()));
        const QString whose = bad == u"name" ? QStringLiteral("somebody-else.test") : server.domain();
        QVERIFY2(text.contains(whose), qPrintable(text));
        QVERIFY2(bad == u"self-signed" || text.contains(QStringLiteral("Balcony test authority")), qPrintable(text));
        const int year = QDate::currentDate().addDays(-2).year();
        QVERIFY2(text.contains(QString::number(year)), qPrintable(text));
        keepsEverything(form, profile);
    }

    /// A guest has no name and no password, and is gone with the program.
    void signsInAsGuest()
    {
        OpenProfile profile;
        SignInPage page(*profile);
        show(page);
        Form form(page);
        setServer(form);
        openOptions(page);
        QCheckBox *guest = nullptr;
        for (QCheckBox *box : form.options->findChildren<QCheckBox *>()) {
            if (box->text().contains(QStringLiteral("guest")))
                guest = box;
        }
        QVERIFY(guest && guest->isVisible() && !guest->isChecked());
        QVERIFY(form.password->isVisible());
        guest->setFocus();
        QTest::keyClick(guest, Qt::Key_Space);
        QVERIFY(!form.password->isVisible() && !form.keeping->isVisible());
        QSignalSpy signedIn(&page, &SignInPage::signedIn);
        for (const char *wrong : {"", "romeo@guests.verona.test"}) {
            form.address->setText(QLatin1String(wrong));
            QTest::mouseClick(form.signIn, Qt::LeftButton);
            QVERIFY(!page.isBusy());
            QVERIFY(form.addressField->hasProblem());
        }
        form.address->setText(m_server.domain()); // takes none
        QTest::mouseClick(form.signIn, Qt::LeftButton);
        QVERIFY(form.waitForNote());
        says(form, Error::Kind::Auth, "no-guests", m_server.domain());
        QVERIFY(profile->accounts().all().empty());
        form.address->setText(QStringLiteral("guests.") + m_server.domain());
        QTest::mouseClick(form.signIn, Qt::LeftButton);
        QVERIFY(signedIn.wait(slow));
        auto *account = signedIn.at(0).at(0).value<chat::Account *>();
        QVERIFY(account->settings().isGuest());
        QCOMPARE(account->facts().mechanism, QStringLiteral("ANONYMOUS"));
    }

    void signsInByCertificate()
    {
        OpenProfile profile;
        SignInPage page(*profile);
        show(page);
        Form form(page);
        setServer(form);
        openOptions(page);
        form.address->setText(m_server.jid(QStringLiteral("romeo")));
        auto *choice = form.options->findChild<ui::CertificateChoice *>();
        auto *file = choice->findChildren<QLineEdit *>().at(0);
        QVERIFY(choice->isVisible());
        QTest::keyClicks(file, QStringLiteral("/nowhere/romeo.pem"));
        QVERIFY(!form.password->isVisible());
        QTest::mouseClick(form.signIn, Qt::LeftButton);
        QVERIFY(!page.isBusy());
        QCOMPARE(QApplication::focusWidget(), file);
        QVERIFY(!file->accessibleDescription().isEmpty());
        choice->setFile(m_server.caFile()); // a certificate without a key
        QTest::mouseClick(form.signIn, Qt::LeftButton);
        QVERIFY(form.waitForNote());
        says(form, Error::Kind::Secret, "certificate-unreadable", {});
        QCOMPARE(QApplication::focusWidget(), file);
        QVERIFY(profile->accounts().all().empty());
        file->clear();
        QVERIFY(form.password->isVisible());
    }

    void fullDisk()
    {
        tests::FaultVfs disk;
        sqlite3_vfs *usual = sqlite3_vfs_find(nullptr);
        sqlite3_vfs_register(sqlite3_vfs_find(disk.name().constData()), 1);
        {
            OpenProfile profile;
            QVERIFY(profile.isOpen);
            SignInPage page(*profile);
            show(page);
            Form form(page);
            form.fill(m_server.jid(QStringLiteral("romeo")), QStringLiteral("montague"), local, m_server.port());
            disk.failAt(1, SQLITE_FULL);
            QTest::keyClick(form.password, Qt::Key_Return);
            QVERIFY(form.waitForNote());
            says(form, Error::Kind::Storage, "disk-full", {});
            keepsEverything(form, profile);
            disk.heal();
        }
        sqlite3_vfs_register(usual, 1);
    }

    void cancels()
    {
        QTcpServer silent; // takes the connection and says nothing
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        OpenProfile profile;
        SignInPage page(*profile);
        show(page);
        Form form(page);
        form.fill(QStringLiteral("romeo@verona.test"), QStringLiteral("secret"), local, silent.serverPort());
        QTest::keyClick(form.password, Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return profile->accounts().all().size() == 1; }, slow));
        QCOMPARE(QApplication::focusWidget(), form.cancel);
        QVERIFY(!form.address->isEnabled());
        QTest::keyClick(form.cancel, Qt::Key_Escape);
        QVERIFY(QTest::qWaitFor([&] { return !page.isBusy(); }, slow));
        QVERIFY(!form.note->isVisible());
        keepsEverything(form, profile);
        QVERIFY(form.address->isEnabled());
    }

    void closedWindowLeavesNothing()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        OpenProfile profile;
        {
            SignInPage page(*profile);
            show(page);
            Form form(page);
            form.fill(QStringLiteral("romeo@verona.test"), QStringLiteral("secret"), local, silent.serverPort());
            QTest::keyClick(form.password, Qt::Key_Return);
            QVERIFY(QTest::qWaitFor([&] { return profile->accounts().all().size() == 1; }, slow));
        }
        QVERIFY(QTest::qWaitFor([&] { return profile->accounts().all().empty(); }, slow));
    }

    void validatesWhileTyping_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("complainsAtOnce");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("nothing yet") << QString() << false << false;
        QTest::newRow("a name") << QStringLiteral("romeo") << false << false;
        QTest::newRow("no server yet") << QStringLiteral("romeo@") << false << false;
        QTest::newRow("half a server") << QStringLiteral("romeo@verona.") << false << false;
        QTest::newRow("good") << QStringLiteral("romeo@verona.test") << false << true;
        QTest::newRow("spaces around") << QStringLiteral("  romeo@verona.test ") << false << true;
        QTest::newRow("a link") << QStringLiteral("xmpp:romeo@verona.test?message") << false << true;
        QTest::newRow("full width") << QString::fromUtf8("romeo＠verona。test") << false << true;
        QTest::newRow("Chinese") << QString::fromUtf8("罗密欧@维罗纳.测试") << false << true;
        QTest::newRow("no name") << QStringLiteral("@verona.test") << true << false;
        QTest::newRow("two @") << QStringLiteral("a@b@c") << true << false;
        QTest::newRow("a resource") << QStringLiteral("romeo@verona.test/home") << true << false;
        QTest::newRow("a bad server") << QStringLiteral("romeo@ve rona") << true << false;
    }

    void validatesWhileTyping()
    {
        QFETCH(QString, typed);
        QFETCH(bool, complainsAtOnce);
        QFETCH(bool, isGood);
        OpenProfile profile;
        SignInPage page(*profile);
        show(page);
        Form form(page);
        // As an input method gives it: whole, and as edited text.
        QInputMethodEvent event;
        event.setCommitString(typed);
        QApplication::sendEvent(form.address, &event);
        QCOMPARE(form.addressField->hasProblem(), complainsAtOnce);
        QTest::keyClick(form.address, Qt::Key_Tab); // done with it
        QCOMPARE(form.addressField->hasProblem(), !typed.isEmpty() && !isGood);
        QTest::mouseClick(form.signIn, Qt::LeftButton);
        QVERIFY(!page.isBusy()); // there is no password
        QCOMPARE(form.addressField->hasProblem(), !isGood);
        QCOMPARE(form.address->accessibleDescription().isEmpty(), isGood);
        QCOMPARE(QApplication::focusWidget(), isGood ? static_cast<QWidget *>(form.password) : form.address);
    }

    void showsAndHidesThePassword()
    {
        OpenProfile profile;
        SignInPage page(*profile);
        show(page);
        Form form(page);
        form.password->setFocus();
        QTest::keyClicks(form.password, QStringLiteral("secret"));
        QTest::keyClick(form.password, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), form.password->eye());
        const QString before = form.password->eye()->accessibleName();
        QTest::keyClick(form.password->eye(), Qt::Key_Space);
        QVERIFY(form.password->isShown());
        QVERIFY(form.password->eye()->accessibleName() != before);
        QTest::keyClick(form.password->eye(), Qt::Key_Space);
        QVERIFY(!form.password->isShown());
    }

    void passwordBar()
    {
        OpenProfile profile;
        chat::AccountSettings settings;
        settings.jid = Jid::parse(m_server.jid(QStringLiteral("juliet"))).value();
        settings.host = local;
        settings.port = m_server.port();
        settings.tls = net::TlsMode::StartTls;
        settings.passwordStore = chat::AccountSettings::PasswordStore::File;
        chat::Account *account = profile.add(settings);
        QVERIFY(account);
        ui::PasswordBar bar(*account);
        QVERIFY(!bar.isVisible());
        account->goOnline();
        QVERIFY(QTest::qWaitFor([&] { return bar.isVisible(); }, slow));
        auto *edit = bar.findChild<ui::PasswordEdit *>();
        QTest::keyClicks(edit, QStringLiteral("wrong"));
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return account->state() == State::Connecting; }, slow));
        QVERIFY(!bar.isVisible());
        QVERIFY(QTest::qWaitFor([&] { return bar.isVisible(); }, slow));
        QCOMPARE(edit->text(), QStringLiteral("wrong"));
        const QString asked =
            ui::errorText({Error::Kind::Auth, QStringLiteral("not-authorized"), {}}, settings.jid.toString());
        QCOMPARE(edit->accessibleDescription(), asked);
        const QDir secrets(profile.folder() + QStringLiteral("/secrets"));
        QVERIFY(secrets.isEmpty()); // a wrong one is not kept
        edit->setText(m_server.password(QStringLiteral("juliet")));
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(QTest::qWaitFor([&] { return account->state() == State::Online; }, slow));
        QVERIFY(!bar.isVisible());
        QVERIFY(edit->text().isEmpty());
        QVERIFY(QTest::qWaitFor([&] { return !QDir(secrets.path()).isEmpty(); }, slow));
    }

    void looks_data() { tests::addLooks(); }
    void looks()
    {
        QFETCH(int, which);
        const tests::Look look = tests::looks().at(which);
        OpenProfile profile;
        const tests::InLook wearing(look, profile.folder());
        SignInPage page(*profile);
        page.resize(qRound(900 * std::min(look.textScale, 1.5)), qRound(720 * std::min(look.textScale, 1.6)));
        show(page);
        readable(page);
        QVERIFY(wearing.shoot(page, "signin-welcome"));

        Form form(page);
        form.address->setText(QStringLiteral("romeo@verona.test"));
        QTest::keyClicks(form.password, QStringLiteral("montague"));
        QVERIFY(QTest::qWaitFor([&] { return !form.keeping->isKeychainAvailable(); }, slow));
        page.resize(page.width(), qRound(1000 * look.textScale));
        QCoreApplication::processEvents();
        readable(page);
        QVERIFY(wearing.shoot(page, "signin-nokeychain"));

        form.note->tell({Error::Kind::Tls, QStringLiteral("certificate-name-mismatch"),
                         QStringLiteral("The certificate is for capulet.test and not for verona.test.")},
                        QStringLiteral("verona.test"));
        for (auto *button : page.findChildren<QPushButton *>()) {
            if (button->isFlat() && button->isVisible())
                button->click();
        }
        page.resize(page.width(), qRound(1450 * look.textScale));
        QCoreApplication::processEvents();
        readable(page);
        QVERIFY(wearing.shoot(page, "signin-failed"));

        chat::AccountSettings settings;
        settings.host = local;
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        settings.port = silent.serverPort();
        form.options->show(settings);
        QTest::mouseClick(form.signIn, Qt::LeftButton);
        QVERIFY(page.isBusy());
        QCoreApplication::processEvents();
        readable(page);
        QVERIFY(wearing.shoot(page, "signin-busy"));
    }

private:
    static void show(SignInPage &page)
    {
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page, slow));
        page.setFocus();
    }

    static void openOptions(const SignInPage &page)
    {
        for (auto *button : page.findChildren<QPushButton *>()) {
            if (button->isFlat() && button->isVisible() && button->text().contains(QStringLiteral("onnection options")))
                button->click();
        }
    }

    void setServer(Form &form)
    {
        chat::AccountSettings settings;
        settings.host = local;
        settings.port = m_server.port();
        form.options->show(settings);
    }

    static void says(const Form &form, Error::Kind kind, const char *condition, const QString &where)
    {
        QCOMPARE(form.note->text(), ui::errorText({kind, QLatin1String(condition), {}}, where));
        QCOMPARE(form.note->accessibleName(), form.note->text());
    }

    static void keepsEverything(const Form &form, OpenProfile &profile)
    {
        QVERIFY(!form.address->text().isEmpty());
        QVERIFY(!form.password->text().isEmpty());
        QVERIFY(!form.options->host().isEmpty());
        QVERIFY(profile->accounts().all().empty());
    }

    static void readable(const QWidget &page)
    {
        // The layouts of a form that changed settle one within the other.
        (void)QTest::qWaitFor([&page] { return tests::clipped(page).isEmpty(); });
        const QStringList cut = tests::clipped(page);
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QStringLiteral(" | "))));
        const QStringList mute = tests::nameless(page);
        QVERIFY2(mute.isEmpty(), qPrintable(mute.join(QStringLiteral(" | "))));
    }

    tests::RealServer m_server;
};

BALCONY_TEST(TestSignInPage)
#include "tst_signinpage.moc"
