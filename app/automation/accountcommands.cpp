// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/json.h"
#include "automation/port.h"
#include "chat/outbox.h"

#include <QJsonArray>

namespace automation {
namespace {

Error badField(const QString &field, const QString &expected)
{
    return {Error::Kind::Input, QStringLiteral("bad-field"),
            QStringLiteral("The field \"%1\" must be %2.").arg(field, expected)};
}

SecretBytes takeSecret(const QJsonObject &arguments, const QString &field = QStringLiteral("password"))
{
    QString text = arguments[field].toString();
    return SecretBytes::take(text);
}

QString passphraseField()
{
    return QStringLiteral("certificatePassphrase");
}

bool isTrue(const QJsonValue &value)
{
    return value.toBool() || value.toString() == u"true";
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
        settings.host = arguments[QStringLiteral("host")].toString();
    // The command line gives numbers and truth values as text; both forms are taken.
    const QJsonValue port = arguments[QStringLiteral("port")];
    if (!port.isUndefined()) {
        const int number = port.isString() ? port.toString().toInt() : port.toInt(-1);
        if (number < 1 || number > 65535)
            return fail(badField(QStringLiteral("port"), QStringLiteral("a number from 1 to 65535")));
        settings.port = quint16(number);
    }
    const QString tls = arguments[QStringLiteral("tls")].toString();
    if (tls == u"starttls")
        settings.tls = net::TlsMode::StartTls;
    else if (tls == u"direct")
        settings.tls = net::TlsMode::Direct;
    else if (!tls.isEmpty())
        return fail(badField(QStringLiteral("tls"), QStringLiteral("\"starttls\" or \"direct\"")));
    if (given("resource"))
        settings.resource = arguments[QStringLiteral("resource")].toString();
    const QJsonValue plain = arguments[QStringLiteral("allowPlain")];
    if (!plain.isUndefined())
        settings.allowPlain = isTrue(plain);
    if (given("certificateFile"))
        settings.certificateFile = arguments[QStringLiteral("certificateFile")].toString();
    if (given("proxy")) {
        auto proxy = net::Proxy::fromText(arguments[QStringLiteral("proxy")].toString());
        if (!proxy)
            return fail(proxy.error());
        settings.proxy = std::move(*proxy);
    }
    if (given("proxyPassword")) {
        QString password = arguments[QStringLiteral("proxyPassword")].toString();
        settings.proxy.password = std::make_shared<const SecretBytes>(SecretBytes::take(password));
    }
    return settings;
}

/// Every field of account.add but the password.
Result<chat::AccountSettings> settingsOf(const QJsonObject &arguments)
{
    using Settings = chat::AccountSettings;
    const auto jid = Jid::parse(arguments[QStringLiteral("jid")].toString());
    if (!jid)
        return fail(jid.error());
    const bool isGuest = isTrue(arguments[QStringLiteral("guest")]);
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
    const QString store = arguments[QStringLiteral("passwordStore")].toString();
    if (store == u"file")
        settings.passwordStore = Settings::PasswordStore::File;
    else if (store == u"none")
        settings.passwordStore = Settings::PasswordStore::None;
    else if (!store.isEmpty() && store != u"keychain")
        return fail(badField(QStringLiteral("passwordStore"), QStringLiteral("\"keychain\", \"file\" or \"none\"")));
    settings.passwordFile = arguments[QStringLiteral("passwordFile")].toString();
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

namespace {

QJsonObject signInOf(const QString &mechanism, net::ChannelBinding binding)
{
    return {{QStringLiteral("mechanism"), mechanism}, {QStringLiteral("channelBinding"), net::word(binding)}};
}

/// The answer to `sign-in-weaker`. Error: Input `bad-field`, or `nothing-asked` where there is no such question.
Result<> acceptWeaker(chat::Account *account, const QString &word)
{
    using Weaker = chat::Account::Weaker;
    if (word != u"once" && word != u"always")
        return fail(badField(QStringLiteral("weaker"), QStringLiteral("\"once\" or \"always\"")));
    if (!account->weakerOffer())
        return fail(Error::Kind::Input, QStringLiteral("nothing-asked"),
                    QStringLiteral("The account has not been refused a weaker sign-in."));
    account->acceptWeaker(word == u"once" ? Weaker::Once : Weaker::FromNowOn);
    return {};
}

} // namespace

Task<Result<QJsonObject>> Port::connectAccounts(QJsonObject arguments)
{
    const QString weaker = arguments[QStringLiteral("weaker")].toString();
    if (!weaker.isEmpty()) {
        auto account = accountOf(arguments);
        if (!account)
            co_return fail(account.error());
        if (auto accepted = acceptWeaker(*account, weaker); !accepted)
            co_return fail(accepted.error());
        co_return QJsonObject{{QStringLiteral("account"), (*account)->jid().toString()}};
    }
    if (!arguments.contains(QStringLiteral("account")) && !arguments.contains(QStringLiteral("password"))) {
        m_profile.setConnectsByItself(true);
        m_profile.accounts().goOnline();
        co_return QJsonObject{};
    }
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    if (arguments.contains(QStringLiteral("password")))
        (*account)->goOnline(takeSecret(arguments));
    else
        (*account)->goOnline();
    co_return QJsonObject{{QStringLiteral("account"), (*account)->jid().toString()}};
}

Task<Result<QJsonObject>> Port::disconnectAccounts(QJsonObject arguments)
{
    if (!arguments.contains(QStringLiteral("account"))) {
        for (chat::Account *account : m_profile.accounts().all())
            account->goOffline();
        co_return QJsonObject{};
    }
    auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    (*account)->goOffline();
    co_return QJsonObject{{QStringLiteral("account"), (*account)->jid().toString()}};
}

QJsonObject Port::stateOf(chat::Account *account) const
{
    using State = chat::Account::State;
    const State state = account->state();
    QJsonObject object{{QStringLiteral("account"), account->jid().toString()},
                       {QStringLiteral("state"), json::word(state)},
                       {QStringLiteral("outbox"), account->outbox().pending()}};
    if (account->error() && state != State::Online)
        object[QStringLiteral("reason")] = json::error(*account->error());
    if (const auto &offer = account->weakerOffer(); offer && state == State::NeedsDecision) {
        const xmpp::Pin &best = account->memory().pin();
        object[QStringLiteral("weaker")] =
            QJsonObject{{QStringLiteral("before"), signInOf(best.mechanism, best.binding)},
                        {QStringLiteral("offered"), signInOf(offer->mechanism, offer->binding)}};
    }
    if (state == State::Waiting)
        object[QStringLiteral("nextTry")] = double(account->untilNextTry().count()) / 1000;
    if (state != State::Online)
        return object;
    const xmpp::SignedIn &facts = account->facts();
    object[QStringLiteral("jid")] = facts.jid.toString();
    object[QStringLiteral("tls")] =
        QJsonObject{{QStringLiteral("version"), facts.tls.version},
                    {QStringLiteral("cipher"), facts.tls.cipher},
                    {QStringLiteral("certificate"), QString::fromLatin1(facts.tls.certificate)},
                    {QStringLiteral("verified"), facts.tls.verified},
                    {QStringLiteral("resumed"), facts.tls.resumed},
                    {QStringLiteral("alpn"), facts.tls.alpn},
                    {QStringLiteral("key"), QString::fromLatin1(facts.tls.key)},
                    {QStringLiteral("subject"), facts.tls.subject},
                    {QStringLiteral("issuer"), facts.tls.issuer},
                    {QStringLiteral("keyFirstSeen"), json::time(account->serverKeys().firstSeen(facts.tls.key))},
                    {QStringLiteral("validFrom"), json::time(facts.tls.validFrom)},
                    {QStringLiteral("validTo"), json::time(facts.tls.validTo)}};
    object[QStringLiteral("sasl")] = signInOf(facts.mechanism, facts.binding);
    const xmpp::StreamManagement &management = account->client().management();
    object[QStringLiteral("streamManagement")] = QJsonObject{{QStringLiteral("enabled"), management.isEnabled()},
                                                             {QStringLiteral("resumable"), management.canResume()},
                                                             {QStringLiteral("resumed"), facts.resumed}};
    QJsonArray features;
    for (const xml::Element &feature : facts.features.children())
        features.append(QString::fromUtf8(feature.ns().data(), qsizetype(feature.ns().size())));
    object[QStringLiteral("features")] = features;
    return object;
}

Task<Result<QJsonObject>> Port::state(QJsonObject arguments)
{
    if (arguments.contains(QStringLiteral("account"))) {
        auto account = accountOf(arguments);
        if (!account)
            co_return fail(account.error());
        co_return stateOf(*account);
    }
    QJsonArray list;
    for (chat::Account *account : m_profile.accounts().all())
        list.append(stateOf(account));
    co_return QJsonObject{{QStringLiteral("accounts"), list}};
}

Task<Result<QJsonObject>> Port::presence(QJsonObject arguments)
{
    const QString word = arguments[QStringLiteral("show")].toString(QStringLiteral("online"));
    const auto show = json::show(word);
    if (!show)
        co_return fail(
            badField(QStringLiteral("show"), QStringLiteral("\"online\", \"chat\", \"away\", \"xa\" or \"dnd\"")));
    const QString status = xml::cleanText(arguments[QStringLiteral("status")].toString());
    const QJsonValue given = arguments[QStringLiteral("priority")];
    const int priority = given.isString() ? given.toString().toInt() : given.toInt();
    if (priority < -128 || priority > 127)
        co_return fail(badField(QStringLiteral("priority"), QStringLiteral("a number from -128 to 127")));
    if (arguments.contains(QStringLiteral("account"))) {
        auto account = accountOf(arguments);
        if (!account)
            co_return fail(account.error());
        (*account)->setPresence(*show, status, priority);
        co_return QJsonObject{};
    }
    for (chat::Account *account : m_profile.accounts().all())
        account->setPresence(*show, status, priority);
    co_return QJsonObject{};
}

} // namespace automation
