// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/account.h"

#include "chat/avatars.h"
#include "chat/downloads.h"
#include "chat/handover.h"
#include "chat/inbox.h"
#include "chat/outbox.h"
#include "chat/readmarks.h"
#include "chat/uploads.h"
#include "net/publichosts.h"
#include "xep/0319_idle.h"

#include "xmpp/tokenend.h"

namespace chat {
namespace {

constexpr std::chrono::seconds idlePing{60};
constexpr std::chrono::seconds pingAnswer{15};
constexpr std::chrono::seconds tokenEndLimit{20};

} // namespace

Account::Account(Services &services, Conversations &conversations, const AccountSettings &settings)
    : m_services(services), m_settings(settings), m_client(services.clock, services.random), m_extensions(m_client),
      m_contacts(m_client, services.store, settings.jid), m_presences(m_client),
      m_sessionKeeper(m_client, services.store, settings.jid), m_memory(services, settings.jid),
      m_serverKeys(services.clock, services.store, settings.jid),
      m_outbox(std::make_unique<Outbox>(m_client, m_extensions, services.store, conversations, settings.jid)),
      m_inbox(std::make_unique<Inbox>(m_client, m_extensions, services.store, conversations, settings.jid)),
      m_archive(
          std::make_unique<Archive>(m_client, m_extensions, services.store, *m_inbox, conversations, settings.jid)),
      m_handOver(
          std::make_unique<HandOver>(m_client, m_extensions, services.store, *m_archive, *m_inbox, settings.jid)),
      m_readMarks(std::make_unique<ReadMarks>(m_client, m_extensions, services.store, conversations, settings.jid)),
      m_avatars(std::make_unique<Avatars>(m_client, m_extensions, services.store, settings.jid)),
      m_uploads(std::make_unique<Uploads>(services, m_client, m_extensions, *m_outbox, conversations, settings.jid)),
      m_downloads(std::make_unique<Downloads>(services, conversations, settings.jid)),
      m_connection(
          m_client, [&services] { return services.makeTransport(); }, services.clock, services.random, services.worker),
      m_lastInteraction(services.clock)
{
    m_client.setAccount(settings.jid);
    m_client.router().setCrashMarks(services.crashMarks);
    m_extensions.markers.setEnabled(settings.displayedMarkers);
    m_presence.show = settings.show;
    m_presence.status = settings.status;
    m_presence.priority = settings.priority;
    connect(&m_connection, &xmpp::Connection::stateChanged, this, &Account::stateChanged);
    connect(&m_connection, &xmpp::Connection::signedIn, this, &Account::learn);
    connect(&m_connection, &xmpp::Connection::proven, &m_serverKeys, &ServerKeys::take);
    connect(&m_connection, &xmpp::Connection::tokenRefused, &m_memory, &SignInMemory::dropToken);
    connect(&m_memory, &SignInMemory::tokenKept, this,
            [this](const std::shared_ptr<const xmpp::FastToken> &token) { setToken(token, true); });
    connect(&m_client, &xmpp::Client::online, this, [this] {
        m_handOver->begin(!m_connection.facts().resumed);
        m_online.run(afterSignIn());
    });
    connect(&m_client, &xmpp::Client::resumed, this, [this] {
        m_handOver->begin(false);
        if (m_inbox->isFull())
            m_connection.setPaused(true);
    });
    connect(&m_client, &xmpp::Client::offline, this, [this] {
        m_online.cancel();
        m_pinging.cancel();
        m_announced = false;
    });
    connect(&m_client, &xmpp::Client::sent, this, [this] { ++m_stanzasOut; });
    connect(&m_client.router(), &xmpp::Router::taken, this, [this] { ++m_stanzasIn; });
    connect(m_inbox.get(), &Inbox::outgoingChanged, m_outbox.get(), &Outbox::countAgain);
    m_outbox->setDoubt([this](std::vector<Jid> peers) { return m_handOver->settle(std::move(peers)); });
    connect(m_inbox.get(), &Inbox::seenElsewhere, m_readMarks.get(), &ReadMarks::seenElsewhere);
    connect(m_archive.get(), &Archive::gapsChanged, m_readMarks.get(), &ReadMarks::lookAgain);
    connect(&m_lastInteraction, &LastInteraction::changed, this, [this] {
        if (m_announced)
            sendPresence();
    });
    // Rule 13: what cannot be stored is not read either.
    connect(m_inbox.get(), &Inbox::fullChanged, this, [this](bool full) { m_connection.setPaused(full); });
    connect(m_outbox.get(), &Outbox::unanswered, this, &Account::loseLink);
    connectFiles();
    connectAvatars();
    // RELIABILITY 4.5: strangers learn nothing of what we are.
    m_extensions.setMayAnswer([this](const Jid &who) { return isKnown(who); });
}

void Account::connectFiles()
{
    connect(&m_client, &xmpp::Client::resumed, m_uploads.get(), &Uploads::look);
    m_uploads->setProxy([this] { return m_settings.proxy; });
    m_downloads->setPolicy([this] {
        const auto &endpoint = m_connection.known();
        const bool isAtHome = endpoint && !endpoint->address.isNull() && !net::isPublic(endpoint->address);
        return Downloads::Policy{m_settings.proxy, m_settings.automaticFiles, isAtHome};
    });
    m_downloads->setKnown([this](const Jid &who) { return isFriend(who); });
}

void Account::connectAvatars()
{
    m_avatars->setKnown([this](const Jid &who) { return isFriend(who); });
    connect(&m_contacts, &Contacts::removed, m_avatars.get(), &Avatars::forget);
    connect(m_avatars.get(), &Avatars::toldChanged, this, [this] {
        if (m_announced)
            sendPresence();
    });
}

bool Account::isFriend(const Jid &who) const
{
    const Contact *contact = m_contacts.find(who);
    return contact && !contact->blocked && contact->subscription != xmpp::RosterItem::Subscription::None;
}

Account::~Account()
{
    // The connection goes after the scopes and says goodbye to the client then: nothing of that is for us any more.
    m_client.disconnect(this);
    m_connection.disconnect(this);
    m_archive->disconnect();
    m_online.cancel();
    m_pinging.cancel();
    m_scope.cancel();
}

Task<Result<>> Account::load(QJsonObject config)
{
    auto remembering = m_memory.load(std::move(config));
    auto remembered = co_await std::move(remembering);
    if (!remembered)
        co_return remembered;
    auto keys = co_await m_serverKeys.load();
    if (!keys)
        co_return keys;
    auto contacts = co_await m_contacts.load();
    if (!contacts)
        co_return fail(contacts.error());
    auto avatars = co_await m_avatars->load();
    if (!avatars)
        co_return avatars;
    co_return co_await m_sessionKeeper.load();
}

bool Account::isKnown(const Jid &who) const
{
    const Jid bare = who.bare();
    return bare == jid() || bare == m_client.self().bare() || (bare.isDomain() && bare.domain() == jid().domain())
        || m_contacts.find(bare) != nullptr;
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
    m_scope.run(signIn(nullptr));
}

void Account::goOnline(SecretBytes password)
{
    m_scope.cancel(); // a password being read is not the one to use
    m_readingPassword = true;
    m_ownError.reset();
    m_memory.dropPlace();
    m_scope.run(signIn(std::make_shared<const SecretBytes>(std::move(password))));
}

/// With `typed` as the password, or the passphrase of the certificate; null: with the stored one.
Task<void> Account::signIn(std::shared_ptr<const SecretBytes> typed)
{
    using Proof = xmpp::SignIn::Proof;
    const Credentials credentials(m_services, m_settings);
    const Proof proof = m_settings.proof();
    std::shared_ptr<const SecretBytes> secret = std::move(typed);
    Result<> ready;
    Secrets *place = nullptr;
    if (!secret && proof != Proof::Guest) {
        auto reading = credentials.password();
        auto stored = co_await std::move(reading);
        if (stored)
            secret = std::make_shared<const SecretBytes>(std::move(*stored));
        else
            ready = fail(stored.error());
        place = stored && proof == Proof::Password ? credentials.place() : nullptr;
    }
    auto placing = m_memory.usePlace(place);
    co_await std::move(placing);
    m_certificate.reset();
    if (ready && proof == Proof::Certificate) {
        auto opening = credentials.certificate(secret);
        auto certificate = co_await std::move(opening);
        if (certificate)
            m_certificate = std::move(*certificate);
        else
            ready = fail(certificate.error());
    }
    co_await readProxyPassword();
    m_readingPassword = false;
    if (!ready) {
        m_ownError = ready.error();
        Q_EMIT stateChanged();
        co_return;
    }
    start(std::move(secret));
}

/// A password that cannot be read is the proxy's to ask for: the person then sees `proxy-auth`.
Task<void> Account::readProxyPassword()
{
    if (m_settings.proxy.password)
        co_return;
    const Credentials credentials(m_services, m_settings);
    auto reading = credentials.proxyPassword();
    m_settings.proxy.password = co_await std::move(reading);
}

Task<Result<>> Account::keepPassword(SecretBytes password)
{
    m_memory.dropPlace(); // what is in use may be another one
    setToken(nullptr, false);
    const Credentials credentials(m_services, m_settings);
    auto keeping = credentials.keepPassword(std::move(password));
    co_return co_await std::move(keeping);
}

void Account::change(const AccountSettings &settings)
{
    const bool isOther = m_settings.isOtherWay(settings) || settings.proxy.password;
    const auto password = m_settings.proxy.isLike(settings.proxy) ? m_settings.proxy.password : nullptr;
    const bool isProxyAsking = state() == State::NeedsPassword && error()->condition == u"proxy-auth";
    const AccountSettings older = std::exchange(m_settings, settings);
    m_settings.takePresence(older);
    m_extensions.markers.setEnabled(settings.displayedMarkers);
    if (!m_settings.proxy.password)
        m_settings.proxy.password = password;
    if (!isOther)
        return;
    m_memory.dropWay();
    if (isProxyAsking && older.certificateFile == settings.certificateFile) { // the account's own proof is not in doubt
        start(m_connection.signIn().password);
        return;
    }
    if (state() == State::Offline || state() == State::NeedsPassword || state() == State::NeedsDecision)
        return;
    goOffline();
    goOnline();
}

void Account::start(std::shared_ptr<const SecretBytes> password)
{
    xmpp::SignIn signIn;
    signIn.account = m_settings.jid;
    signIn.proof = m_settings.proof();
    signIn.destination = {m_settings.jid.asciiDomain(), m_settings.host, m_settings.port, m_settings.tls,
                          m_settings.proxy};
    signIn.resource = m_settings.resource;
    signIn.allowPlain = m_settings.allowPlain;
    signIn.inactive = !m_extensions.clientState.isActive();
    signIn.password = std::move(password);
    signIn.carbons = true;
    m_memory.fill(&signIn, m_settings);
    signIn.destination.certificate = m_certificate;
    if (signIn.proof == xmpp::SignIn::Proof::Guest)
        signIn.device.clear(); // it would tell one guest from another
    m_connection.setSignIn(signIn);
    m_connection.start();
}

void Account::setPin(const xmpp::Pin &pin)
{
    xmpp::SignIn signIn = m_connection.signIn();
    signIn.pin = pin;
    m_connection.setSignIn(signIn);
}

void Account::setToken(std::shared_ptr<const xmpp::FastToken> token, bool wanted)
{
    xmpp::SignIn signIn = m_connection.signIn();
    signIn.token = std::move(token);
    signIn.wantsToken = wanted;
    m_connection.setSignIn(signIn);
}

void Account::learn()
{
    // Before the session's first stanza is taken. What an earlier start resumes had them on where it could.
    m_extensions.carbons.setEnabled(facts().carbons || facts().resumed);
    m_memory.learn(facts(), m_connection.known(), m_settings);
    if (facts().features) // a session that is resumed inside of SASL2 comes without
        m_extensions.clientState.setFeatures(facts().features);
    setPin(m_memory.pin());
    if (m_settings.isGuest())
        m_client.setAccount(facts().jid.bare());
}

void Account::acceptWeaker(Weaker how)
{
    if (m_ownError || state() != State::NeedsDecision || !weakerOffer())
        return;
    const xmpp::Pin accepted = *weakerOffer();
    setPin(accepted);
    if (how == Weaker::FromNowOn)
        m_memory.setPin(accepted);
    m_connection.start();
}

void Account::goOffline()
{
    m_scope.cancel();
    m_uploads->stop();
    m_downloads->stop();
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

void Account::leave()
{
    xmpp::SignIn signIn = m_connection.signIn();
    const bool isWanted = m_connection.state() != xmpp::Connection::State::Offline && signIn.token;
    goOffline();
    m_memory.dropPlace();
    if (isWanted)
        m_scope.run(endToken(signIn));
}

/// Where it fails, the token ends at its time.
Task<void> Account::endToken(xmpp::SignIn signIn)
{
    auto ending = xmpp::endToken(m_services.makeTransport(), std::move(signIn), &m_services.clock, &m_services.random,
                                 &m_services.worker);
    (void)co_await base::within(m_services.clock, tokenEndLimit, std::move(ending));
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

void Account::setAway(std::optional<xmpp::Presence::Show> show)
{
    const xmpp::Presence::Show before = seenShow();
    m_away = show;
    if (seenShow() == before)
        return;
    if (m_announced)
        sendPresence();
    Q_EMIT presenceChanged();
}

xmpp::Presence::Show Account::seenShow() const
{
    using Show = xmpp::Presence::Show;
    const bool isThere = m_presence.show == Show::Online || m_presence.show == Show::Chat;
    return isThere && m_away ? *m_away : m_presence.show;
}

void Account::setActive(bool active)
{
    m_extensions.clientState.setActive(active);
    xmpp::SignIn signIn = m_connection.signIn();
    signIn.inactive = !active;
    m_connection.setSignIn(signIn);
    m_lastInteraction.setActive(active);
}

void Account::sendPresence()
{
    xmpp::Presence presence = m_presence;
    presence.show = seenShow();
    if (m_lastInteraction.idleSince().isValid())
        presence.add(xep::Idle{m_lastInteraction.idleSince()});
    if (!m_avatars->told().isNull())
        presence.add(xep::VCardUpdate{m_avatars->told()});
    m_extensions.caps.stamp(presence);
    m_client.send(presence);
}

// RFC 6121 2.2: the roster before the presence, so that pushes and presences meet a known list.
Task<void> Account::afterSignIn()
{
    m_outbox->resume();
    if (m_inbox->isFull())
        m_connection.setPaused(true);
    const bool isNew = !m_connection.facts().resumed;
    std::vector<Task<void>> preparing;
    preparing.push_back(m_archive->prepare(isNew));
    if (isNew) {
        preparing.push_back(fetchContacts());
        preparing.push_back(switchCarbonsOn());
    }
    auto all = base::all(std::move(preparing));
    co_await std::move(all);
    if (isNew) {
        m_sessionKeeper.begin();
    } else {
        // The session of an earlier start: its contact list is kept, but not who is there. Going and coming back brings
        // that, and shows others what they would have seen anyway.
        xmpp::Presence gone;
        gone.type = xmpp::Presence::Type::Unavailable;
        m_client.send(gone);
    }
    m_announced = true;
    sendPresence();
    // Behind the presence: what comes from here on comes live.
    m_readMarks->begin();
    m_avatars->begin();
    m_archive->catchUp();
    m_uploads->begin();
    m_downloads->look();
    m_downloads->sweep();
    co_await keepAlive();
}

Task<void> Account::fetchContacts()
{
    (void)co_await m_contacts.fetch();
}

/// Where the session did not begin with them (XEP-0386 4.4). Without them other devices' messages come by the archive.
Task<void> Account::switchCarbonsOn()
{
    if (m_extensions.carbons.isEnabled())
        co_return;
    const Jid server = *Jid::make(QString(), jid().domain());
    auto asking = m_extensions.disco.info(server);
    const auto info = co_await std::move(asking);
    if (!info || !info->has(xep::Carbons::feature()))
        co_return;
    auto enabling = m_extensions.carbons.enable();
    (void)co_await std::move(enabling);
}

/// Notices a dead link (RELIABILITY 2.6).
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
        co_await ping(pingAnswer);
    }
}

/// Any answer, an error too, shows that the server is there.
Task<void> Account::ping(std::chrono::milliseconds limit)
{
    const auto answer = co_await m_extensions.ping.ping(Jid(), limit);
    if (!answer && answer.error().kind == Error::Kind::Timeout)
        loseLink();
}

void Account::check()
{
    m_connection.check();
    if (m_client.isOnline() && !m_client.management().isEnabled() && !m_inbox->isFull())
        m_pinging.run(ping(xmpp::Acknowledger::quickLimit));
}

void Account::loseLink()
{
    if (!m_inbox->isFull())
        m_connection.breakOff(Error{Error::Kind::Network, QStringLiteral("connection-lost"),
                                    QStringLiteral("The server does not answer any more.")});
}

} // namespace chat
