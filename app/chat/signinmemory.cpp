// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/signinmemory.h"

#include "net/tlsstream.h"

#include <QJsonDocument>
#include <QUuid>

namespace chat {
namespace {

/// An endpoint that is older than this says little.
constexpr int endpointDays = 7;

QString endpointKey()
{
    return QStringLiteral("endpoint");
}

QString signInKey()
{
    return QStringLiteral("sign-in");
}

/// How an account is reached, as the person set it: an endpoint is good for that way alone.
QString wayOf(const AccountSettings &settings)
{
    return QStringLiteral("%1|%2|%3|%4")
        .arg(settings.host, QString::number(settings.port), QString::number(int(settings.tls)),
             settings.proxy.toText());
}

QByteArray toBytes(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QByteArray toBytes(const net::Endpoint &endpoint, const QString &way, const QDateTime &now)
{
    return toBytes(QJsonObject{{QStringLiteral("host"), endpoint.target.host},
                               {QStringLiteral("port"), endpoint.target.port},
                               {QStringLiteral("direct"), endpoint.target.direct},
                               {QStringLiteral("address"), endpoint.address.toString()},
                               {QStringLiteral("way"), way},
                               {QStringLiteral("time"), now.toSecsSinceEpoch()}});
}

std::optional<net::Endpoint> toEndpoint(const QByteArray &bytes, const QString &way, const QDateTime &now)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    const auto time = QDateTime::fromSecsSinceEpoch(json[QStringLiteral("time")].toInteger());
    const net::Endpoint endpoint{{json[QStringLiteral("host")].toString(),
                                  quint16(json[QStringLiteral("port")].toInt()),
                                  json[QStringLiteral("direct")].toBool()},
                                 QHostAddress(json[QStringLiteral("address")].toString())};
    const bool isFresh = time <= now && time.daysTo(now) < endpointDays;
    if (!isFresh || json[QStringLiteral("way")].toString() != way || endpoint.address.isNull())
        return {};
    return endpoint;
}

/// None for an unknown word.
net::ChannelBinding bindingOf(const QString &word)
{
    using net::ChannelBinding;
    for (const ChannelBinding type :
         {ChannelBinding::TlsServerEndPoint, ChannelBinding::TlsUnique, ChannelBinding::TlsExporter}) {
        if (word == net::word(type))
            return type;
    }
    return ChannelBinding::None;
}

QString makeDevice(Random &random)
{
    QByteArray bytes = random.bytes(16);
    bytes[6] = char((bytes[6] & 0x0F) | 0x40); // RFC 4122 4.4: made by chance
    bytes[8] = char((bytes[8] & 0x3F) | 0x80);
    return QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
}

/// Both records of an account.
struct ReadMemory {
    Jid account;
    Result<std::pair<std::optional<QByteArray>, std::optional<QByteArray>>> operator()(store::Reader &reader) const
    {
        auto own = reader.records().value(account, signInKey());
        if (!own)
            return fail(own.error());
        auto endpoint = reader.records().value(account, endpointKey());
        if (!endpoint)
            return fail(endpoint.error());
        return std::pair(std::move(*own), std::move(*endpoint));
    }
};

} // namespace

SignInMemory::SignInMemory(Services &services, const Jid &account) : m_services(services), m_account(account) { }

SignInMemory::~SignInMemory()
{
    m_keeping.cancel();
    m_writing.cancel();
}

Task<Result<>> SignInMemory::load(QJsonObject config)
{
    ReadMemory read{m_account};
    auto reading = m_services.store.read(std::move(read));
    const auto records = co_await std::move(reading);
    if (!records)
        co_return fail(records.error());
    const bool isOlder = !records->first;
    const QJsonObject json = isOlder ? config : QJsonDocument::fromJson(*records->first).object();
    m_pin = {json[QStringLiteral("bestMechanism")].toString(),
             bindingOf(json[QStringLiteral("bestBinding")].toString())};
    m_device = json[QStringLiteral("device")].toString();
    m_storedEndpoint = records->second.value_or(QByteArray());
    if (isOlder && (!m_device.isEmpty() || !m_pin.mechanism.isEmpty()))
        keep(); // before the settings are written the next time
    co_return Result<>{};
}

void SignInMemory::keep()
{
    QJsonObject json;
    if (!m_pin.mechanism.isEmpty())
        json[QStringLiteral("bestMechanism")] = m_pin.mechanism;
    if (m_pin.binding != net::ChannelBinding::None)
        json[QStringLiteral("bestBinding")] = net::word(m_pin.binding);
    json[QStringLiteral("device")] = m_device;
    m_writing.run(write(signInKey(), toBytes(json)));
}

/// Where it fails it is known until the program's end.
Task<void> SignInMemory::write(QString key, QByteArray value)
{
    const Jid account = m_account;
    auto writing = m_services.store.write([account, key, value](store::Transaction &transaction) {
        return transaction.records().put(account, key, value);
    });
    (void)co_await std::move(writing);
}

void SignInMemory::fill(xmpp::SignIn *signIn, const AccountSettings &settings)
{
    if (m_device.isEmpty()) {
        m_device = makeDevice(m_services.random);
        keep();
    }
    if (!m_storedEndpoint.isEmpty())
        m_endpoint = toEndpoint(std::exchange(m_storedEndpoint, {}), wayOf(settings), m_services.clock.now());
    if (!m_session)
        m_session = std::make_shared<net::TlsSession>();
    signIn->destination.session = m_session;
    signIn->destination.known = m_endpoint;
    signIn->pin = m_pin;
    signIn->device = m_device;
    signIn->keys = m_keys;
    signIn->token = m_token;
    signIn->wantsToken = m_place != nullptr;
}

void SignInMemory::setPin(const xmpp::Pin &pin)
{
    if (pin == m_pin)
        return;
    m_pin = pin;
    keep();
}

Task<void> SignInMemory::usePlace(Secrets *place)
{
    dropPlace();
    m_place = place;
    if (!place)
        co_return;
    auto reading = place->read(scramKeysOf(m_account));
    const auto keys = co_await std::move(reading);
    if (keys)
        m_keys = xmpp::KnownKeys::fromBytes(*keys);
    auto readingToken = place->read(tokenOf(m_account));
    const auto token = co_await std::move(readingToken);
    if (token)
        m_token = xmpp::FastToken::fromBytes(*token);
}

// RELIABILITY 1.31: what was good enough once is asked for from then on.
void SignInMemory::learn(const xmpp::SignedIn &facts, const std::optional<net::Endpoint> &endpoint,
                         const AccountSettings &settings)
{
    setPin(m_pin.raised({facts.mechanism, facts.binding}));
    if (facts.derivations > 0 && facts.keys && m_place)
        m_keeping.run(keepKeys(facts.keys));
    if (facts.newToken && m_place)
        m_keeping.run(keepToken(facts.newToken));
    if (!endpoint || !settings.proxy.isNone())
        return;
    m_endpoint = endpoint;
    // Also where it is the same one: its time is new.
    m_writing.run(write(endpointKey(), toBytes(*endpoint, wayOf(settings), m_services.clock.now())));
}

void SignInMemory::dropToken()
{
    m_token.reset();
    if (m_place)
        m_keeping.run(forgetToken());
}

void SignInMemory::dropPlace()
{
    m_keeping.cancel();
    m_place = nullptr;
    m_keys.reset();
    m_token.reset();
}

void SignInMemory::dropWay()
{
    m_session.reset(); // resuming would tell that the two ways are one person's
    m_endpoint.reset();
    m_storedEndpoint.clear();
}

/// Without them the next sign-in only takes longer, so a keychain that fails is nothing to tell.
Task<void> SignInMemory::keepKeys(std::shared_ptr<const xmpp::KnownKeys> keys)
{
    auto writing = m_place->write(scramKeysOf(m_account), keys->toBytes());
    (void)co_await std::move(writing);
}

/// RELIABILITY 1.37: used only once it is safe. Until then, and where it cannot be kept, the older one is good.
Task<void> SignInMemory::keepToken(std::shared_ptr<const xmpp::FastToken> token)
{
    auto writing = m_place->write(tokenOf(m_account), token->toBytes());
    const auto written = co_await std::move(writing);
    if (!written)
        co_return;
    m_token = token;
    Q_EMIT tokenKept(token);
}

Task<void> SignInMemory::forgetToken()
{
    auto removing = m_place->remove(tokenOf(m_account));
    (void)co_await std::move(removing);
}

} // namespace chat
