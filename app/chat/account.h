// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/contacts.h"
#include "chat/credentials.h"
#include "chat/lastinteraction.h"
#include "chat/presences.h"
#include "chat/serverkeys.h"
#include "chat/sessionkeeper.h"
#include "chat/signinmemory.h"
#include "xep/extensions.h"

namespace chat {

class Archive;
class Avatars;
class HandOver;
class Conversations;
class Downloads;
class Inbox;
class Outbox;
class ReadMarks;
class Uploads;

/// One account: its connection, extensions, contacts, and the way in and out for its messages.
class Account : public QObject
{
    Q_OBJECT
public:
    enum class State { Offline, Connecting, Online, Waiting, NeedsPassword, NeedsDecision };
    Q_ENUM(State)

    Account(Services &services, Conversations &conversations, const AccountSettings &settings);
    ~Account() override;

    const Jid &jid() const { return m_settings.jid; }
    const AccountSettings &settings() const { return m_settings; }
    void setSettings(const AccountSettings &settings) { m_settings = settings; }

    /// What was learned by signing in, whatever is set.
    const SignInMemory &memory() const { return m_memory; }
    SignInMemory &memory() { return m_memory; }
    ServerKeys &serverKeys() { return m_serverKeys; }
    const ServerKeys &serverKeys() const { return m_serverKeys; }

    /// Other settings, which a running connection takes up by connecting anew where they need it.
    void change(const AccountSettings &settings);

    State state() const;
    /// Why it is not online, where there is a reason.
    const std::optional<Error> &error() const;
    /// Until the next try, while Waiting.
    std::chrono::milliseconds untilNextTry() const { return m_connection.untilNextTry(); }
    /// What the server offers now, where error() is `sign-in-weaker`; memory().pin() is what was used before.
    const std::optional<xmpp::Pin> &weakerOffer() const { return m_connection.weakerOffer(); }
    enum class Weaker { Once, FromNowOn };
    /// The person's answer to `sign-in-weaker`: signs in by nothing weaker than weakerOffer(). Once is until it has signed
    /// in: the next connection asks again. Does nothing where nothing was asked.
    void acceptWeaker(Weaker how);
    const xmpp::SignedIn &facts() const { return m_connection.facts(); }

    /// Goes online and stays so; with a password (or the passphrase of its certificate) where one is given, else with the
    /// one in its store.
    void goOnline();
    void goOnline(SecretBytes password);
    /// Keeps `password` where the settings say; nowhere is no error. Error: Secret.
    Task<Result<>> keepPassword(SecretBytes password);
    /// True while a stream is being closed in order.
    bool isClosing() const { return m_connection.state() == xmpp::Connection::State::Closing; }
    /// Says goodbye and closes the stream in order.
    void goOffline();
    void retryNow() { m_connection.retryNow(); }
    /// What the system says of the network, for judging what fails.
    void setNetwork(const net::NetworkState &network) { m_connection.setNetwork(network); }
    /// The network changed, or the computer slept: a running stream is probed, and who waits tries at once.
    void check();
    /// Tells the server what has arrived, before a silence.
    void tell() { m_connection.tell(); }
    /// Bytes that the socket has not taken yet.
    qint64 unsent() const { return m_connection.pendingBytes(); }
    /// Goes offline, and lets the server forget the token where there is one and the account was to be online. For an
    /// account that goes.
    void leave();
    /// Before the first goOnline(): what an earlier start of the program left. `config` is the account's row. Error:
    /// Storage.
    Task<Result<>> load(QJsonObject config);

    /// Whether somebody is looking at the program; only the server hears of it (XEP-0352).
    void setActive(bool active);
    /// What we say of ourselves; sent now where online, and at each sign-in. Kept over the program's end.
    void setPresence(xmpp::Presence::Show show, const QString &status, int priority = 0);
    const xmpp::Presence &presence() const { return m_presence; }
    /// Nobody is there: what others see instead of "online" and "free to chat", until nothing is set. Not kept.
    void setAway(std::optional<xmpp::Presence::Show> show);
    /// What others see.
    xmpp::Presence::Show seenShow() const;

    xmpp::Client &client() { return m_client; }
    const xmpp::Client &client() const { return m_client; }
    xep::Extensions &extensions() { return m_extensions; }
    Contacts &contacts() { return m_contacts; }
    const Contacts &contacts() const { return m_contacts; }
    Presences &presences() { return m_presences; }
    const Presences &presences() const { return m_presences; }
    Outbox &outbox() { return *m_outbox; }
    Inbox &inbox() { return *m_inbox; }
    Uploads &uploads() { return *m_uploads; }
    Downloads &downloads() { return *m_downloads; }
    Avatars &avatars() { return *m_avatars; }
    const Avatars &avatars() const { return *m_avatars; }
    Archive &archive() { return *m_archive; }
    const Archive &archive() const { return *m_archive; }
    /// Counted since the program's start.
    qint64 stanzasIn() const { return m_stanzasIn; }
    qint64 stanzasOut() const { return m_stanzasOut; }

Q_SIGNALS:
    void stateChanged();
    void presenceChanged();

private:
    Task<void> signIn(std::shared_ptr<const SecretBytes> typed);
    Task<void> readProxyPassword();
    Task<void> endToken(xmpp::SignIn signIn);
    Task<void> afterSignIn();
    Task<void> fetchContacts();
    Task<void> switchCarbonsOn();
    Task<void> keepAlive();
    Task<void> ping(std::chrono::milliseconds limit);
    void start(std::shared_ptr<const SecretBytes> password);
    void learn();
    void setPin(const xmpp::Pin &pin);
    void setToken(std::shared_ptr<const xmpp::FastToken> token, bool wanted);
    void sendPresence();
    void loseLink();
    void connectFiles();
    void connectAvatars();
    /// Ourselves, our server, and who is in the contact list.
    bool isKnown(const Jid &who) const;
    /// A contact who sees us, or whom we see.
    bool isFriend(const Jid &who) const;

    Services &m_services;
    AccountSettings m_settings;
    xmpp::Client m_client;
    xep::Extensions m_extensions;
    Contacts m_contacts;
    Presences m_presences;
    SessionKeeper m_sessionKeeper;
    SignInMemory m_memory;
    ServerKeys m_serverKeys;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<Inbox> m_inbox;
    std::unique_ptr<Archive> m_archive;
    std::unique_ptr<HandOver> m_handOver;
    std::unique_ptr<ReadMarks> m_readMarks;
    std::unique_ptr<Avatars> m_avatars;
    std::unique_ptr<Uploads> m_uploads;
    std::unique_ptr<Downloads> m_downloads;
    xmpp::Connection m_connection;
    xmpp::Presence m_presence;
    std::optional<xmpp::Presence::Show> m_away;
    LastInteraction m_lastInteraction;
    std::shared_ptr<const net::ClientCertificate> m_certificate;
    std::optional<Error> m_ownError; ///< The password, or the certificate, could not be read.
    bool m_readingPassword = false;
    qint64 m_stanzasIn = 0;
    qint64 m_stanzasOut = 0;
    bool m_announced = false; ///< This stream's first presence went out.
    Scope m_online;           ///< What runs while one stream is up.
    Scope m_pinging;
    Scope m_scope;
};

} // namespace chat
