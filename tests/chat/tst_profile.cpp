// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/outbox.h"
#include "chat/profile.h"
#include "store/profilebytes.h"
#include "store/storage.h"
#include "support/testmain.h"

#include <QSignalSpy>

using namespace tests;

/// What a profile keeps from one run to the next: accounts, presence, settings, secrets. Nothing connects here.
class TestProfile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void keepsAccounts();
    void keepsPresence();
    void removesAccounts();
    void removedAccountsLeaveNothing();
    void keepsSettings();
    void keepsSecretsToItself();
    void saysWhyItDoesNotOpen();

private:
    QString folder() const { return m_dir->filePath(QStringLiteral("profile")); }
    std::unique_ptr<QTemporaryDir> m_dir;
};

namespace {

chat::AccountSettings romeo()
{
    chat::AccountSettings settings;
    settings.jid = jid("romeo@montague.lit");
    settings.passwordStore = chat::AccountSettings::PasswordStore::File;
    return settings;
}

SecretBytes password()
{
    QByteArray text("never was a story");
    return SecretBytes::take(text);
}

} // namespace

void TestProfile::keepsAccounts()
{
    {
        chat::Profile profile(folder());
        VERIFY_OK(wait(profile.open()));
        QSignalSpy added(&profile.accounts(), &chat::Accounts::added);
        const auto account = wait(profile.accounts().add(romeo(), password()));
        VERIFY_OK(account);
        QCOMPARE(added.count(), 1);
        QVERIFY(!(*account)->settings().resource.isEmpty());
        QCOMPARE(wait(profile.accounts().add(romeo(), {})).error().condition, QStringLiteral("account-exists"));
        VERIFY_OK(wait(profile.accounts().setEnabled(romeo().jid, false)));
        QVERIFY(wait(done(profile.close())));
    }
    chat::Profile profile(folder());
    VERIFY_OK(wait(profile.open()));
    QCOMPARE(profile.accounts().all().size(), size_t(1));
    QVERIFY(!profile.accounts().all()[0]->settings().enabled);
    const auto secret = wait(profile.services().files.read(QStringLiteral("romeo@montague.lit")));
    VERIFY_OK(secret);
    QCOMPARE(QByteArray(secret->data(), qsizetype(secret->size())), QByteArray("never was a story"));
}

void TestProfile::keepsPresence()
{
    {
        chat::Profile profile(folder());
        VERIFY_OK(wait(profile.open()));
        const auto account = wait(profile.accounts().add(romeo(), password()));
        VERIFY_OK(account);
        (*account)->setPresence(xmpp::Presence::Show::DoNotDisturb, QStringLiteral("Busy"), 7);
        (*account)->setPresence(xmpp::Presence::Show::Away, QStringLiteral("Out"), 7);
        (*account)->setPresence(xmpp::Presence::Show::DoNotDisturb, QStringLiteral("Busy"), 7);
        QVERIFY(wait(done(profile.close())));
    }
    chat::Profile profile(folder());
    VERIFY_OK(wait(profile.open()));
    const xmpp::Presence &presence = profile.accounts().all()[0]->presence();
    QCOMPARE(presence.show, xmpp::Presence::Show::DoNotDisturb);
    QCOMPARE(presence.status, QStringLiteral("Busy"));
    QCOMPARE(presence.priority, 7);
    QCOMPARE(profile.settings().statusTexts(), (QStringList{QStringLiteral("Busy"), QStringLiteral("Out")}));
}

void TestProfile::removesAccounts()
{
    chat::Profile profile(folder());
    VERIFY_OK(wait(profile.open()));
    VERIFY_OK(wait(profile.accounts().add(romeo(), password())));
    chat::Account *account = profile.accounts().find(romeo().jid);
    chat::Outbox::Draft draft;
    draft.to = jid("juliet@capulet.lit");
    draft.body = QStringLiteral("hello");
    VERIFY_OK(wait(account->outbox().send(draft)));
    QSignalSpy gone(&profile.conversations(), &chat::Conversations::removed);
    // What is still on its way to the store when the account goes ends by itself.
    Scope scope;
    std::optional<Result<store::Message>> sent;
    const auto keep = [&](Task<Result<store::Message>> task) { return tests::keep(std::move(task), &sent); };
    scope.run(keep(account->outbox().send(draft)));
    VERIFY_OK(wait(profile.accounts().remove(romeo().jid)));
    QTRY_VERIFY_WITH_TIMEOUT(sent.has_value(), 60000);
    QCOMPARE(gone.count(), 1);
    QVERIFY(profile.accounts().all().empty());
    QVERIFY(profile.conversations().all().empty());
    QCOMPARE(wait(profile.services().files.read(QStringLiteral("romeo@montague.lit"))).error().condition,
             QStringLiteral("not-found"));
    QCOMPARE(wait(profile.accounts().remove(romeo().jid)).error().condition, QStringLiteral("account-unknown"));
    VERIFY_OK(wait(profile.accounts().add(romeo(), password()))); // and may come again
}

namespace {

/// A message with a file that came, and a draft.
struct SaySecret {
    Jid account;
    QString path;
    Result<int> operator()(store::Transaction &transaction) const
    {
        const auto chat = transaction.conversations().open(account, jid("juliet@capulet.lit"));
        if (!chat)
            return fail(chat.error());
        store::NewMessage message;
        message.conversation = *chat;
        message.author = jid("juliet@capulet.lit");
        message.body = QStringLiteral("zyxwounded");
        message.time = at(1);
        store::File file;
        file.state = store::FileState::Here;
        file.name = QStringLiteral("zyxwounded.txt");
        file.path = path;
        message.files.push_back(file);
        if (auto stored = transaction.messages().append(message); !stored)
            return fail(stored.error());
        if (auto drafted = transaction.conversations().setDraft(*chat, QStringLiteral("zyxwounded")); !drafted)
            return fail(drafted.error());
        return transaction.search().index();
    }
};

} // namespace

/// D12: nothing of its chats is left in any file of the profile, nor in its copies.
void TestProfile::removedAccountsLeaveNothing()
{
    chat::Profile profile(folder());
    VERIFY_OK(wait(profile.open()));
    VERIFY_OK(wait(profile.accounts().add(romeo(), password())));
    const QString path = folder() + QStringLiteral("/files/7/zyxwounded.txt");
    QVERIFY(QDir().mkpath(folder() + QStringLiteral("/files/7")));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("zyxwounded") > 0);
    file.close();
    VERIFY_OK(wait(profile.store().write(SaySecret{romeo().jid, path})));
    VERIFY_OK(wait(profile.store().backUp(at(2))));
    QVERIFY(filesWith(folder(), "zyxwounded").size() >= 3);
    VERIFY_OK(wait(profile.accounts().remove(romeo().jid)));
    QVERIFY(!profile.eraser().isDone());
    QTRY_VERIFY_WITH_TIMEOUT(profile.eraser().isDone(), 60000);
    QCOMPARE(filesWith(folder(), "zyxwounded"), QStringList());
    QVERIFY(wait(done(profile.close())));
    QCOMPARE(filesWith(folder(), "zyxwounded"), QStringList());
}

void TestProfile::keepsSettings()
{
    {
        chat::Profile profile(folder());
        VERIFY_OK(wait(profile.open()));
        chat::Settings &settings = profile.settings();
        QCOMPARE(settings.number(QStringLiteral("none"), 5), 5);
        QSignalSpy changed(&settings, &chat::Settings::changed);
        settings.set(QStringLiteral("a.number"), 42);
        settings.set(QStringLiteral("a.number"), 42);
        QCOMPARE(changed.count(), 1);                              // nothing changed the second time
        QCOMPARE(settings.number(QStringLiteral("a.number")), 42); // at once
        settings.setBytes(QStringLiteral("window.geometry"), QByteArray("\0\xff x", 4));
        settings.setList(QStringLiteral("a.list"), {QStringLiteral("x"), QStringLiteral("y")});
        settings.set(QStringLiteral("a.flag"), true);
        settings.set(QStringLiteral("a.flag"), QJsonValue(QJsonValue::Undefined));
        for (int i = 0; i < 20; ++i)
            settings.rememberStatus(QString::number(i));
        QVERIFY(wait(done(profile.close())));
    }
    chat::Profile profile(folder());
    VERIFY_OK(wait(profile.open()));
    const chat::Settings &settings = profile.settings();
    QCOMPARE(settings.number(QStringLiteral("a.number")), 42);
    QCOMPARE(settings.bytes(QStringLiteral("window.geometry")), QByteArray("\0\xff x", 4));
    QCOMPARE(settings.list(QStringLiteral("a.list")), (QStringList{QStringLiteral("x"), QStringLiteral("y")}));
    QVERIFY(settings.value(QStringLiteral("a.flag")).isUndefined());
    QCOMPARE(settings.statusTexts().size(), chat::Settings::mostStatusTexts);
    QCOMPARE(settings.statusTexts().first(), QStringLiteral("19"));
}

void TestProfile::keepsSecretsToItself()
{
    const QString path = m_dir->filePath(QStringLiteral("secrets"));
    chat::FileSecrets secrets(path);
    VERIFY_OK(wait(secrets.write(QStringLiteral("../../evil"), password())));
    const QFileInfoList files = QDir(path).entryInfoList(QDir::Files);
    QCOMPARE(files.size(), 1); // no key leaves the folder
    const auto own = QFile::ReadOwner | QFile::WriteOwner;
    const auto all = own | QFile::ExeOwner | QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(files[0].permissions() & all, own);
    QCOMPARE(QFileInfo(path).permissions() & all, own | QFile::ExeOwner);
    VERIFY_OK(wait(secrets.read(QStringLiteral("../../evil"))));
    VERIFY_OK(wait(secrets.remove(QStringLiteral("../../evil"))));
    QVERIFY(!wait(secrets.read(QStringLiteral("../../evil"))));
}

void TestProfile::saysWhyItDoesNotOpen()
{
    chat::Profile profile(folder());
    VERIFY_OK(wait(profile.open()));
    chat::Profile second(folder());
    const auto refused = wait(second.open());
    QVERIFY(!refused);
    QCOMPARE(refused.error().condition, QStringLiteral("profile-in-use"));
    QCOMPARE(chat::Profile::exitStatus(refused.error()), 3);
}

BALCONY_TEST(TestProfile)
#include "tst_profile.moc"
