// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/fields.h"
#include "automation/json.h"
#include "automation/port.h"

#include <QJsonArray>

namespace automation {
namespace {

QString passphraseField()
{
    return QStringLiteral("certificatePassphrase");
}

QString word(xmpp::SignIn::Proof proof)
{
    switch (proof) {
    case xmpp::SignIn::Proof::Password: return QStringLiteral("password");
    case xmpp::SignIn::Proof::Certificate: return QStringLiteral("certificate");
    case xmpp::SignIn::Proof::Guest: return QStringLiteral("guest");
    }
    Q_UNREACHABLE();
}

/// The fields that tell how the server is reached; those that are not given stay.
Result<chat::AccountSettings> withWay(chat::AccountSettings settings, const QJsonObject &arguments)
{
    const auto given = [&arguments](const char *field) { return arguments.contains(QLatin1String(field)); };
    if (given("host"))
        settings.host = arguments.value(QStringLiteral("host")).toString();
    // The command line gives numbers and truth values as text; both forms are taken.
    const QJsonValue port = arguments.value(QStringLiteral("port"));
    if (!port.isUndefined()) {
        const int number = port.isString() ? port.toString().toInt() : port.toInt(-1);
        if (number < 1 || number > 65535)
            return fail(badField(QStringLiteral("port"), QStringLiteral("a number from 1 to 65535")));
        settings.port = quint16(number);
    }
    const QString tls = arguments.value(QStringLiteral("tls")).toString();
    if (tls == u"starttls")
        settings.tls = net::TlsMode::StartTls;
    else if (tls == u"direct")
        settings.tls = net::TlsMode::Direct;
    else if (!tls.isEmpty())
        return fail(badField(QStringLiteral("tls"), QStringLiteral("\"starttls\" or \"direct\"")));
    if (given("resource"))
        settings.resource = arguments.value(QStringLiteral("resource")).toString();
    const QJsonValue plain = arguments.value(QStringLiteral("allowPlain"));
    if (!plain.isUndefined())
        settings.allowPlain = isTrue(plain);
    const QJsonValue markers = arguments.value(QStringLiteral("displayedMarkers"));
    if (!markers.isUndefined())
        settings.displayedMarkers = isTrue(markers);
    const QJsonValue automatic = arguments.value(QStringLiteral("automaticFiles"));
    if (!automatic.isUndefined())
        settings.automaticFiles = std::max<qint64>(0, automatic.toVariant().toLongLong());
    if (given("certificateFile"))
        settings.certificateFile = arguments.value(QStringLiteral("certificateFile")).toString();
    if (given("proxy")) {
        auto proxy = net::Proxy::fromText(arguments.value(QStringLiteral("proxy")).toString());
        if (!proxy)
            return fail(proxy.error());
        settings.proxy = std::move(*proxy);
    }
    if (given("proxyPassword")) {
        QString password = arguments.value(QStringLiteral("proxyPassword")).toString();
        settings.proxy.password = std::make_shared<const SecretBytes>(SecretBytes::take(password));
    }
    return settings;
}

/// Every field of account.add but the password.
Result<chat::AccountSettings> settingsOf(const QJsonObject &arguments)
{
    using Settings = chat::AccountSettings;
    const auto jid = Jid::parse(arguments.value(QStringLiteral("jid")).toString());
    if (!jid)
        return fail(jid.error());
    const bool isGuest = isTrue(arguments.value(QStringLiteral("guest")));
    if (!isGuest && jid->local().isEmpty())
        return fail(badField(QStringLiteral("jid"), QStringLiteral("an address with a name before the @")));
    if (isGuest && !jid->isDomain())
        return fail(badField(QStringLiteral("jid"), QStringLiteral("the server alone, as a guest has no name")));
    Settings settings;
    settings.jid = jid->bare();
    auto complete = withWay(std::move(settings), arguments);
    if (!complete)
        return complete;
    settings = std::move(*complete);
    const QString store = arguments.value(QStringLiteral("passwordStore")).toString();
    if (store == u"file")
        settings.passwordStore = Settings::PasswordStore::File;
    else if (store == u"none")
        settings.passwordStore = Settings::PasswordStore::None;
    else if (!store.isEmpty() && store != u"keychain")
        return fail(badField(QStringLiteral("passwordStore"), QStringLiteral("\"keychain\", \"file\" or \"none\"")));
    settings.passwordFile = arguments.value(QStringLiteral("passwordFile")).toString();
    const int proofs = int(!settings.passwordFile.isEmpty()) + int(arguments.contains(QStringLiteral("password")))
        + int(!settings.certificateFile.isEmpty()) + int(isGuest);
    if (proofs > 1)
        return fail(Error::Kind::Input, QStringLiteral("bad-field"),
                    QStringLiteral("Give one of \"password\", \"passwordFile\", \"certificateFile\" and \"guest\"."));
    return settings;
}

} // namespace

void Port::addAccountCommands()
{
    add("account.add", std::bind_front(&Port::accountAdd, this));
    add("account.set", std::bind_front(&Port::accountSet, this));
    add("account.list", std::bind_front(&Port::accountList, this));
    add("account.enable", std::bind_front(&Port::accountEnable, this));
    add("account.disable", std::bind_front(&Port::accountDisable, this));
    add("account.remove", std::bind_front(&Port::accountRemove, this));
    add("account.password", std::bind_front(&Port::accountPassword, this));
    add("account.keys", std::bind_front(&Port::accountKeys, this));
    add("connect", std::bind_front(&Port::connectAccounts, this));
    add("disconnect", std::bind_front(&Port::disconnectAccounts, this));
    add("state", std::bind_front(&Port::state, this));
    add("presence", std::bind_front(&Port::presence, this));
}

Task<Result<QJsonObject>> Port::accountAdd(QJsonObject arguments)
{
    auto settings = settingsOf(arguments);
    if (!settings)
        co_return fail(settings.error());
    std::optional<SecretBytes> password;
    if (arguments.contains(QStringLiteral("password")))
        password = takeSecret(arguments);
    else if (arguments.contains(passphraseField()) && !settings->certificateFile.isEmpty())
        password = takeSecret(arguments, passphraseField());
    const bool isAskedFor = settings->passwordStore == chat::AccountSettings::PasswordStore::None;
    std::optional<SecretBytes> once;
    if (password && isAskedFor)
        once = password->copy();
    auto added = co_await m_profile.accounts().add(*settings, std::move(password));
    if (!added)
        co_return fail(added.error());
    chat::Account *account = *added;
    if (m_profile.connectsByItself()) {
        if (once)
            account->goOnline(std::move(*once));
        else
            account->goOnline();
    }
    co_return QJsonObject{{QStringLiteral("account"), account->jid().toString()}};
}

Task<Result<QJsonObject>> Port::accountSet(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    auto settings = withWay((*account)->settings(), arguments);
    if (!settings)
        co_return fail(settings.error());
    std::optional<SecretBytes> passphrase;
    if (arguments.contains(passphraseField()) && !settings->certificateFile.isEmpty())
        passphrase = takeSecret(arguments, passphraseField());
    auto changing = m_profile.accounts().change(*settings, std::move(passphrase));
    auto changed = co_await std::move(changing);
    if (!changed)
        co_return fail(changed.error());
    co_return QJsonObject{{QStringLiteral("account"), settings->jid.toString()}};
}

Task<Result<QJsonObject>> Port::accountList(QJsonObject)
{
    QJsonArray list;
    for (chat::Account *account : m_profile.accounts().all())
        list.append(QJsonObject{{QStringLiteral("account"), account->jid().toString()},
                                {QStringLiteral("enabled"), account->settings().enabled},
                                {QStringLiteral("signIn"), word(account->settings().proof())},
                                {QStringLiteral("proxy"), account->settings().proxy.toText()},
                                {QStringLiteral("state"), json::word(account->state())}});
    co_return QJsonObject{{QStringLiteral("accounts"), list}};
}

Task<Result<QJsonObject>> Port::accountEnable(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    auto stored = co_await m_profile.accounts().setEnabled((*account)->jid(), true);
    if (!stored)
        co_return fail(stored.error());
    if (m_profile.connectsByItself())
        (*account)->goOnline();
    co_return QJsonObject{{QStringLiteral("account"), (*account)->jid().toString()}};
}

Task<Result<QJsonObject>> Port::accountDisable(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    auto stored = co_await m_profile.accounts().setEnabled((*account)->jid(), false);
    if (!stored)
        co_return fail(stored.error());
    (*account)->goOffline();
    co_return QJsonObject{{QStringLiteral("account"), (*account)->jid().toString()}};
}

Task<Result<QJsonObject>> Port::accountRemove(QJsonObject arguments)
{
    if (!arguments.contains(QStringLiteral("account")))
        co_return fail(badField(QStringLiteral("account"), QStringLiteral("the account to remove")));
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    const Jid jid = (*account)->jid();
    auto removed = co_await m_profile.accounts().remove(jid);
    if (!removed)
        co_return fail(removed.error());
    co_return QJsonObject{{QStringLiteral("account"), jid.toString()}};
}

Task<Result<QJsonObject>> Port::accountPassword(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    if (!arguments.contains(QStringLiteral("password")))
        co_return fail(badField(QStringLiteral("password"), QStringLiteral("the password to keep")));
    SecretBytes secret = takeSecret(arguments);
    auto stored = co_await m_profile.accounts().setPassword((*account)->jid(), std::move(secret));
    if (!stored)
        co_return fail(stored.error());
    co_return QJsonObject{{QStringLiteral("account"), (*account)->jid().toString()}};
}

Task<Result<QJsonObject>> Port::accountKeys(QJsonObject arguments)
{
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    QJsonArray keys;
    for (const store::ServerKey &key : (*account)->serverKeys().all())
        keys.append(json::serverKey(key));
    co_return QJsonObject{{QStringLiteral("account"), (*account)->jid().toString()}, {QStringLiteral("keys"), keys}};
}

} // namespace automation
