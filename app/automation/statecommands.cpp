// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/fields.h"
#include "automation/json.h"
#include "automation/port.h"
#include "chat/outbox.h"

#include <QJsonArray>

namespace automation {
namespace {

QJsonObject signInOf(const QString &mechanism, net::ChannelBinding binding)
{
    return {{QStringLiteral("mechanism"), mechanism}, {QStringLiteral("channelBinding"), net::word(binding)}};
}

QJsonObject tlsOf(const net::TlsFacts &tls, const chat::ServerKeys &keys)
{
    return {{QStringLiteral("version"), tls.version},
            {QStringLiteral("cipher"), tls.cipher},
            {QStringLiteral("certificate"), QString::fromLatin1(tls.certificate)},
            {QStringLiteral("verified"), tls.verified},
            {QStringLiteral("resumed"), tls.resumed},
            {QStringLiteral("alpn"), tls.alpn},
            {QStringLiteral("key"), QString::fromLatin1(tls.key)},
            {QStringLiteral("subject"), tls.subject},
            {QStringLiteral("issuer"), tls.issuer},
            {QStringLiteral("keyFirstSeen"), json::time(keys.firstSeen(tls.key))},
            {QStringLiteral("validFrom"), json::time(tls.validFrom)},
            {QStringLiteral("validTo"), json::time(tls.validTo)}};
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
    const QString weaker = arguments.value(QStringLiteral("weaker")).toString();
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
    object[QStringLiteral("tls")] = tlsOf(facts.tls, account->serverKeys());
    QJsonObject sasl = signInOf(facts.mechanism, facts.binding);
    sasl[QStringLiteral("sasl2")] = facts.sasl2;
    sasl[QStringLiteral("bind2")] = bool(facts.bound);
    object[QStringLiteral("sasl")] = sasl;
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
    const QString word = arguments.value(QStringLiteral("show")).toString(QStringLiteral("online"));
    const auto show = json::show(word);
    if (!show)
        co_return fail(
            badField(QStringLiteral("show"), QStringLiteral("\"online\", \"chat\", \"away\", \"xa\" or \"dnd\"")));
    const QString status = xml::cleanText(arguments.value(QStringLiteral("status")).toString());
    const QJsonValue given = arguments.value(QStringLiteral("priority"));
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
