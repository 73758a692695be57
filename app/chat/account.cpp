// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/account.h"

#include "chat/inbox.h"
#include "chat/outbox.h"

#include "net/tlsstream.h"

#include <QFile>
#include <QJsonDocument>
#include <QUuid>

namespace chat {
namespace {

constexpr std::chrono::seconds idlePing{60};
constexpr std::chrono::seconds pingAnswer{15};
constexpr qint64 largestPasswordFile = 64 * 1024;
/// An endpoint that is older than this says little.
constexpr int endpointDays = 7;

QString endpointKey()
{
    return QStringLiteral("endpoint");
}

/// How an account is reached, as the person set it: an endpoint is good for that way alone.
QString wayOf(const AccountSettings &settings)
{
    return QStringLiteral("%1|%2|%3|%4")
        .arg(settings.host, QString::number(settings.port), QString::number(int(settings.tls)),
             settings.proxy.toText());
}

QByteArray toBytes(const net::Endpoint &endpoint, const QString &way, const QDateTime &now)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("host"), endpoint.target.host},
                                     {QStringLiteral("port"), endpoint.target.port},
                                     {QStringLiteral("direct"), endpoint.target.direct},
                                     {QStringLiteral("address"), endpoint.address.toString()},
                                     {QStringLiteral("way"), way},
                                     {QStringLiteral("time"), now.toSecsSinceEpoch()}})
        .toJson(QJsonDocument::Compact);
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

} // namespace

Account::Account(Services &services, Conversations &conversations, const AccountSettings &settings)
    : m_services(services), m_settings(settings), m_client(services.clock, services.random), m_extensions(m_client),
      m_contacts(m_client, services.store, settings.jid), m_presences(m_client),
      m_sessionKeeper(m_client, services.store, settings.jid),
      m_outbox(std::make_unique<Outbox>(m_client, m_extensions, services.store, conversations, settings.jid)),
      m_inbox(std::make_unique<Inbox>(m_client, m_extensions, services.store, conversations, settings.jid)),
      m_connection(
          m_client, [&services] { return services.makeTransport(); }, services.clock, services.random, services.worker)
{
    m_client.setAccount(settings.jid);
    m_presence.show = settings.show;
    m_presence.status = settings.status;
    m_presence.priority = settings.priority;
    connect(&m_connection, &xmpp::Connection::stateChanged, this, &Account::stateChanged);
    connect(&m_connection, &xmpp::Connection::signedIn, this, &Account::learn);
    connect(&m_connection, &xmpp::Connection::signedIn, this, &Account::onSignedIn);
    connect(&m_connection, &xmpp::Connection::tokenRefused, this, [this] {
        if (secrets())
            m_keeping.run(forgetToken());
    });
    connect(&m_client, &xmpp::Client::online, this, [this] { m_online.run(afterSignIn()); });
    connect(&m_client, &xmpp::Client::resumed, this, [this] {
        if (m_inbox->isFull())
            m_connection.setPaused(true);
    });
    connect(&m_client, &xmpp::Client::offline, this, [this] {
        m_online.cancel();
        m_announced = false;
    });
    connect(&m_client, &xmpp::Client::sent, this, [this] { ++m_stanzasOut; });
    connect(&m_client.router(), &xmpp::Router::taken, this, [this] { ++m_stanzasIn; });
    connect(m_inbox.get(), &Inbox::outgoingChanged, m_outbox.get(), &Outbox::countAgain);
    // Rule 13: what cannot be stored is not read either.
    connect(m_inbox.get(), &Inbox::fullChanged, this, [this](bool full) { m_connection.setPaused(full); });
    connect(m_outbox.get(), &Outbox::unanswered, this, &Account::loseLink);
    // RELIABILITY 4.5: strangers learn nothing of what we are.
    m_extensions.setMayAnswer([this](const Jid &who) { return isKnown(who); });
}

Account::~Account()
{
    // The connection goes after the scopes and says goodbye to the client then: nothing of that is for us any more.
    m_client.disconnect(this);
    m_connection.disconnect(this);
    m_online.cancel();
    m_scope.cancel();
    m_writing.cancel();
}

Task<Result<>> Account::load()
{
    auto contacts = co_await m_contacts.load();
    if (!contacts)
        co_return fail(contacts.error());
    co_return co_await m_sessionKeeper.load();
}

bool Account::isKnown(const Jid &who) const
{
    const Jid bare = who.bare();
    return bare == jid() || (bare.isDomain() && bare.domain() == jid().domain()) || m_contacts.find(bare) != nullptr;
}

Account::State Account::state() const
{
    using Connection = xmpp::Connection;
    if (m_readingPassword)
        return State::Connecting;
    if (m_ownError)
        return m_ownError->kind == Error::Kind::Auth ? State::NeedsPassword : State::NeedsDecision;
    switch (m_connection.state()) {
    case Connection::State::Offline: return weakerOffer() && error() ? State::NeedsDecision : State::Offline;
    case Connection::State::Closing: return State::Offline;
    case Connection::State::Connecting: return State::Connecting;
    case Connection::State::Online: return State::Online;
    case Connection::State::Waiting: return State::Waiting;
    case Connection::State::NeedsPassword: return State::NeedsPassword;
    }
    Q_UNREACHABLE();
}

const std::optional<Error> &Account::error() const
{
    return m_ownError ? m_ownError : m_connection.error();
}

void Account::goOnline()
{
    if (m_readingPassword || state() == State::Online || state() == State::Connecting)
        return;
    if (m_connection.state() == xmpp::Connection::State::Waiting) {
        m_connection.retryNow();
        return;
    }
    m_readingPassword = true;
    m_ownError.reset();
    Q_EMIT stateChanged();
    m_scope.run(signIn());
}

void Account::goOnline(SecretBytes password)
{
    m_scope.cancel(); // a password being read is not the one to use
    m_readingPassword = true;
    m_ownError.reset();
    m_fromStore = false;
    m_keys.reset();
    m_token.reset();
    m_scope.run(signInWith(std::make_shared<const SecretBytes>(std::move(password))));
}

Task<void> Account::signInWith(std::shared_ptr<const SecretBytes> password)
{
    co_await readProxyPassword();
    co_await loadEndpoint();
    m_readingPassword = false;
    start(std::move(password));
}

Task<void> Account::signIn()
{
    auto password = co_await readPassword();
    m_keys.reset();
    m_token.reset();
    m_fromStore = password && secrets();
    if (m_fromStore)
        co_await readKeys();
    co_await readProxyPassword();
    co_await loadEndpoint();
    m_readingPassword = false;
    if (!password) {
        m_ownError = password.error();
        if (m_ownError->condition == u"not-found")
            m_ownError = Error{Error::Kind::Auth, QStringLiteral("needs-password"), password.error().detail};
        Q_EMIT stateChanged();
        co_return;
    }
    start(std::make_shared<const SecretBytes>(std::move(*password)));
}

Task<Result<SecretBytes>> Account::readPassword()
{
    if (!m_settings.passwordFile.isEmpty()) {
        QFile file(m_settings.passwordFile);
        if (!file.open(QIODevice::ReadOnly))
            co_return fail(Error::Kind::Secret, QStringLiteral("password-file"),
                           QStringLiteral("The password file %1 cannot be read: %2.")
                               .arg(m_settings.passwordFile, file.errorString()));
        QByteArray line = file.read(largestPasswordFile);
        while (line.endsWith('\n') || line.endsWith('\r'))
            line.chop(1);
        co_return SecretBytes::take(line);
    }
    const QString key = m_settings.jid.toString();
    switch (m_settings.passwordStore) {
    case AccountSettings::PasswordStore::Keychain: {
        auto secret = co_await m_services.keychain.read(key);
        // A keychain that is missing or locked is no dead end: the person can type the password (RELIABILITY D13).
        if (!secret && secret.error().condition != u"not-found")
            co_return fail(Error::Kind::Auth, QStringLiteral("needs-password"), secret.error().detail);
        co_return std::move(secret);
    }
    case AccountSettings::PasswordStore::File: {
        auto secret = co_await m_services.files.read(key);
        co_return std::move(secret);
    }
    case AccountSettings::PasswordStore::None: break;
    }
    co_return fail(Error::Kind::Auth, QStringLiteral("needs-password"),
                   QStringLiteral("The account's password is not stored."));
}

Secrets *Account::secrets() const
{
    if (!m_settings.passwordFile.isEmpty()) // its secrets are the person's own business
        return nullptr;
    switch (m_settings.passwordStore) {
    case AccountSettings::PasswordStore::Keychain: return &m_services.keychain;
    case AccountSettings::PasswordStore::File: return &m_services.files;
    case AccountSettings::PasswordStore::None: break;
    }
    return nullptr;
}

Task<Result<>> Account::keepPassword(SecretBytes password)
{
    m_keeping.cancel();
    m_fromStore = false; // what is in use may be another one
    Secrets *store = secrets();
    if (!store)
        co_return Result<>{};
    auto removing = store->remove(scramKeysOf(m_settings.jid));
    (void)co_await std::move(removing);
    auto removingToken = store->remove(tokenOf(m_settings.jid));
    (void)co_await std::move(removingToken);
    xmpp::SignIn signIn = m_connection.signIn();
    signIn.token.reset();
    signIn.wantsToken = false;
    m_connection.setSignIn(signIn);
    auto writing = store->write(m_settings.jid.toString(), std::move(password));
    co_return co_await std::move(writing);
}

/// Without them the next sign-in only takes longer, so a keychain that fails is nothing to tell.
Task<void> Account::keepKeys(std::shared_ptr<const xmpp::KnownKeys> keys)
{
    auto writing = secrets()->write(scramKeysOf(m_settings.jid), keys->toBytes());
    (void)co_await std::move(writing);
}

/// RELIABILITY 1.37: used only once it is safe. Until then, and where it cannot be kept, the older one is good.
Task<void> Account::keepToken(std::shared_ptr<const xmpp::FastToken> token)
{
    auto writing = secrets()->write(tokenOf(m_settings.jid), token->toBytes());
    const auto written = co_await std::move(writing);
    if (!written)
        co_return;
    xmpp::SignIn signIn = m_connection.signIn();
    signIn.token = token;
    m_connection.setSignIn(signIn);
}

/// A password that cannot be read is the proxy's to ask for: the person then sees `proxy-auth`.
Task<void> Account::readProxyPassword()
{
    using Store = AccountSettings::PasswordStore;
    if (m_settings.proxy.user.isEmpty() || m_settings.proxy.password || m_settings.passwordStore == Store::None)
        co_return;
    Secrets &secrets = m_settings.passwordStore == Store::File ? m_services.files : m_services.keychain;
    auto reading = secrets.read(m_settings.proxyKey());
    auto secret = co_await std::move(reading);
    if (secret)
        m_settings.proxy.password = std::make_shared<const SecretBytes>(std::move(*secret));
}

Task<void> Account::loadEndpoint()
{
    if (std::exchange(m_knownLoaded, true))
        co_return;
    const Jid account = m_settings.jid;
    const QString key = endpointKey();
    auto reading =
        m_services.store.read([account, key](store::Reader &reader) { return reader.records().value(account, key); });
    const auto bytes = co_await std::move(reading);
    if (bytes && *bytes)
        m_known = toEndpoint(**bytes, wayOf(m_settings), m_services.clock.now());
}

void Account::onSignedIn()
{
    const auto known = m_connection.known();
    if (!known || !m_settings.proxy.isNone())
        return;
    m_known = known;
    // Also where it is the same one: its time is new.
    m_writing.run(keepEndpoint(toBytes(*known, wayOf(m_settings), m_services.clock.now())));
}

Task<void> Account::keepEndpoint(QByteArray endpoint)
{
    const Jid account = m_settings.jid;
    const QString key = endpointKey();
    auto writing = m_services.store.write([account, key, endpoint](store::Transaction &transaction) {
        return transaction.records().put(account, key, endpoint);
    });
    (void)co_await std::move(writing); // without it the next start asks DNS
}

void Account::change(const AccountSettings &settings)
{
    const bool isOther = m_settings.isOtherWay(settings) || settings.proxy.password;
    const auto password = m_settings.proxy.isLike(settings.proxy) ? m_settings.proxy.password : nullptr;
    m_settings = settings;
    if (!m_settings.proxy.password)
        m_settings.proxy.password = password;
    if (!isOther)
        return;
    m_session.reset(); // resuming would tell that the two ways are one person's
    m_known.reset();
    m_knownLoaded = true;
    if (state() == State::Offline || state() == State::NeedsPassword || state() == State::NeedsDecision)
        return;
    goOffline();
    goOnline();
}

Task<void> Account::forgetToken()
{
    auto removing = secrets()->remove(tokenOf(m_settings.jid));
    (void)co_await std::move(removing);
}

Task<void> Account::readKeys()
{
    auto reading = secrets()->read(scramKeysOf(m_settings.jid));
    auto keys = co_await std::move(reading);
    if (keys)
        m_keys = xmpp::KnownKeys::fromBytes(*keys);
    auto readingToken = secrets()->read(tokenOf(m_settings.jid));
    auto token = co_await std::move(readingToken);
    if (token)
        m_token = xmpp::FastToken::fromBytes(*token);
}

void Account::start(std::shared_ptr<const SecretBytes> password)
{
    if (m_settings.device.isEmpty()) {
        QByteArray bytes = m_services.random.bytes(16);
        bytes[6] = char((bytes[6] & 0x0F) | 0x40); // RFC 4122 4.4: made by chance
        bytes[8] = char((bytes[8] & 0x3F) | 0x80);
        m_settings.device = QUuid::fromRfc4122(bytes).toString(QUuid::WithoutBraces);
        Q_EMIT settingsChanged();
    }
    xmpp::SignIn signIn;
    signIn.account = m_settings.jid;
    signIn.destination = {m_settings.jid.asciiDomain(), m_settings.host, m_settings.port, m_settings.tls,
                          m_settings.proxy};
    if (!m_session)
        m_session = std::make_shared<net::TlsSession>();
    signIn.destination.session = m_session;
    signIn.destination.known = m_known;
    signIn.resource = m_settings.resource;
    signIn.allowPlain = m_settings.allowPlain;
    signIn.pin = m_settings.pin;
    signIn.password = std::move(password);
    signIn.keys = m_keys;
    signIn.device = m_settings.device;
    signIn.token = m_token;
    signIn.wantsToken = m_fromStore;
    m_connection.setSignIn(signIn);
    m_connection.start();
}

void Account::setPin(const xmpp::Pin &pin)
{
    xmpp::SignIn signIn = m_connection.signIn();
    signIn.pin = pin;
    m_connection.setSignIn(signIn);
}

// RELIABILITY 1.31: what was good enough once is asked for from then on.
void Account::learn()
{
    if (facts().derivations > 0 && facts().keys && m_fromStore)
        m_keeping.run(keepKeys(facts().keys));
    if (facts().newToken && m_fromStore)
        m_keeping.run(keepToken(facts().newToken));
    const xmpp::Pin best = m_settings.pin.raised({facts().mechanism, facts().binding});
    setPin(best);
    if (best == m_settings.pin)
        return;
    m_settings.pin = best;
    Q_EMIT settingsChanged();
}

void Account::acceptWeaker(Weaker how)
{
    if (m_ownError || state() != State::NeedsDecision || !weakerOffer())
        return;
    const xmpp::Pin accepted = *weakerOffer();
    setPin(accepted);
    if (how == Weaker::FromNowOn) {
        m_settings.pin = accepted;
        Q_EMIT settingsChanged();
    }
    m_connection.start();
}

void Account::goOffline()
{
    m_scope.cancel();
    m_keeping.cancel();
    m_readingPassword = false;
    m_ownError.reset();
    if (m_client.isOnline()) {
        xmpp::Presence goodbye;
        goodbye.type = xmpp::Presence::Type::Unavailable;
        goodbye.status = m_presence.status;
        m_client.send(goodbye);
    }
    m_connection.stop();
    Q_EMIT stateChanged();
}

void Account::setPresence(xmpp::Presence::Show show, const QString &status, int priority)
{
    m_presence.show = show;
    m_presence.status = status;
    m_presence.priority = priority;
    m_settings.show = show;
    m_settings.status = status;
    m_settings.priority = priority;
    if (m_announced)
        sendPresence();
    Q_EMIT presenceChanged();
}

void Account::sendPresence()
{
    xmpp::Presence presence = m_presence;
    m_extensions.caps.stamp(presence);
    m_client.send(presence);
}

// RFC 6121 2.2: the roster before the presence, so that pushes and presences meet a known list.
Task<void> Account::afterSignIn()
{
    m_outbox->resume();
    if (m_inbox->isFull())
        m_connection.setPaused(true);
    if (m_connection.facts().resumed) {
        // The session of an earlier start: its contact list is kept, but not who is there. Going and coming back brings
        // that, and shows others what they would have seen anyway.
        xmpp::Presence gone;
        gone.type = xmpp::Presence::Type::Unavailable;
        m_client.send(gone);
    } else {
        (void)co_await m_contacts.fetch();
    }
    m_announced = true;
    sendPresence();
    co_await keepAlive();
}

/// Notices a dead link (RELIABILITY 2.6). Any answer, an error too, shows that the server is there.
Task<void> Account::keepAlive()
{
    for (;;) {
        co_await base::sleep(m_services.clock, idlePing);
        if (m_inbox->isFull())
            continue; // nothing is read, so no answer can come
        if (!m_client.isOnline())
            continue; // a session that may go on
        if (m_client.management().isEnabled()) {
            m_connection.probe();
            continue;
        }
        const auto answer = co_await m_extensions.ping.ping(Jid(), pingAnswer);
        if (!answer && answer.error().kind == Error::Kind::Timeout)
            loseLink();
    }
}

void Account::loseLink()
{
    if (!m_inbox->isFull())
        m_connection.breakOff(Error{Error::Kind::Network, QStringLiteral("connection-lost"),
                                    QStringLiteral("The server does not answer any more.")});
}

} // namespace chat
