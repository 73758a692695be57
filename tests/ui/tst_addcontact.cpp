// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/realserver.h"
#include "support/testmain.h"
#include "ui/account/note.h"
#include "ui/roster/addcontactdialog.h"

#include "looks.h"
#include "openprofile.h"

#include <QComboBox>
#include <QPushButton>
#include <QSignalSpy>

using tests::OpenProfile;
using tests::slow;
using ui::AddContactDialog;

namespace {

/// The dialog's parts, by what a person calls them.
struct Form {
    explicit Form(AddContactDialog &dialog) : note(dialog.findChild<ui::Note *>())
    {
        for (auto *edit : dialog.findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == u"Address")
                address = edit;
            if (edit->accessibleName() == u"Name")
                name = edit;
        }
        for (auto *box : dialog.findChildren<QComboBox *>())
            (box->isEditable() ? group : account) = box;
        for (auto *button : dialog.findChildren<QPushButton *>())
            (button->isDefault() ? add : cancel) = button;
    }
    QLineEdit *address = nullptr;
    QLineEdit *name = nullptr;
    QComboBox *account = nullptr;
    QComboBox *group = nullptr;
    QPushButton *add = nullptr;
    QPushButton *cancel = nullptr;
    ui::Note *note;
};

} // namespace

/// Adds people to a contact list on a real server.
class TestAddContact : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        tests::RealServer::Options options;
        options.friends = false;
        const auto started = m_server.start(options);
        QVERIFY2(started, started ? "" : qPrintable(started.error().detail));
        qputenv("SSL_CERT_FILE", m_server.caFile().toLocal8Bit());
        ui::installTranslators(*qApp, QStringLiteral("en"), QString());
        m_profile = std::make_unique<OpenProfile>();
        m_romeo = m_profile->signIn(m_server.jid(QStringLiteral("romeo")), m_server.password(QStringLiteral("romeo")),
                                    m_server.port());
        QVERIFY(m_romeo);
    }
    void cleanupTestCase() { m_profile.reset(); }

    void adds()
    {
        AddContactDialog dialog(**m_profile, m_romeo);
        QSignalSpy added(&dialog, &AddContactDialog::contactAdded);
        QSignalSpy accepted(&dialog, &QDialog::accepted);
        show(dialog);
        Form form(dialog);
        QVERIFY(!form.account->isVisible()); // there is only one
        QTest::keyClicks(form.address, m_server.jid(QStringLiteral("juliet")));
        QTest::keyClicks(form.name, QStringLiteral("The Sun"));
        form.group->setEditText(QStringLiteral("Capulet"));
        QTest::keyClick(form.name, Qt::Key_Return);
        QVERIFY(accepted.wait(slow) || accepted.size() == 1);
        const Jid juliet = Jid::parse(m_server.jid(QStringLiteral("juliet"))).value();
        QCOMPARE(added.at(0).at(0).value<Jid>(), m_romeo->jid());
        QCOMPARE(added.at(0).at(1).value<Jid>(), juliet);
        QVERIFY(QTest::qWaitFor(
            [&] { return m_romeo->contacts().find(juliet) && m_romeo->contacts().find(juliet)->asked; }, slow));
        QCOMPARE(m_romeo->contacts().find(juliet)->name, QStringLiteral("The Sun"));
        QCOMPARE(m_romeo->contacts().find(juliet)->groups, std::vector<QString>{QStringLiteral("Capulet")});
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("nothing") << QString();
        QTest::newRow("no address") << QStringLiteral("juliet");
        QTest::newRow("oneself") << m_server.jid(QStringLiteral("romeo"));
        QTest::newRow("somebody known") << m_server.jid(QStringLiteral("juliet"));
    }

    void refuses()
    {
        QFETCH(QString, typed);
        AddContactDialog dialog(**m_profile, m_romeo);
        QSignalSpy added(&dialog, &AddContactDialog::contactAdded);
        show(dialog);
        Form form(dialog);
        QTest::keyClicks(form.address, typed);
        QTest::mouseClick(form.add, Qt::LeftButton);
        QVERIFY(!form.address->accessibleDescription().isEmpty());
        QVERIFY(form.address->isEnabled()); // nothing was sent
        QCOMPARE(form.address->text(), typed);
        QCOMPARE(QApplication::focusWidget(), form.address);
        QVERIFY(added.isEmpty());
    }

    void waitsForTheConnection()
    {
        OpenProfile profile;
        chat::AccountSettings settings;
        settings.jid = Jid::parse(QStringLiteral("nurse@verona.test")).value();
        QVERIFY(profile.add(settings));
        AddContactDialog dialog(*profile, nullptr);
        show(dialog);
        Form form(dialog);
        QVERIFY(!form.add->isEnabled());
        QVERIFY(form.note->isVisible() && form.note->text().contains(QStringLiteral("nurse@verona.test")));
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    void looks_data() { tests::addLooks(); }
    void looks()
    {
        QFETCH(int, which);
        OpenProfile profile;
        const tests::InLook wearing(tests::looks().at(which), profile.folder());
        for (const char *jid : {"romeo@verona.test", "romeo@work.example"}) {
            chat::AccountSettings settings;
            settings.jid = Jid::parse(QLatin1String(jid)).value();
            QVERIFY(profile.add(settings));
        }
        AddContactDialog dialog(*profile, nullptr);
        dialog.setAddress(QStringLiteral("juliet@"));
        show(dialog);
        QVERIFY(wearing.shoot(dialog, "addcontact"));
        (void)QTest::qWaitFor([&] { return tests::clipped(dialog).isEmpty(); });
        const QStringList cut = tests::clipped(dialog) + tests::nameless(dialog);
        QVERIFY2(cut.isEmpty(), qPrintable(cut.join(QStringLiteral(" | "))));
    }

private:
    static void show(AddContactDialog &dialog)
    {
        dialog.show();
        dialog.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&dialog, slow));
    }

    tests::RealServer m_server;
    std::unique_ptr<OpenProfile> m_profile;
    chat::Account *m_romeo = nullptr;
};

BALCONY_TEST(TestAddContact)
#include "tst_addcontact.moc"
