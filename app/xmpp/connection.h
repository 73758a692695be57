// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/reachability.h"
#include "xmpp/acknowledger.h"
#include "xmpp/client.h"
#include "xmpp/negotiation.h"
#include "xmpp/reconnect.h"
#include "xmpp/route.h"

#include <functional>
#include <memory>

namespace xmpp {

/// Makes a fresh transport for each attempt: the seam to the network.
using TransportFactory = std::function<std::unique_ptr<net::Transport>()>;

/// THE connection of an account: opens streams, signs in, keeps trying, and lends the running stream to its Client.
class Connection : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Offline, ///< Not asked to connect, or stopped for good by error().
        Connecting,
        Online,
        Waiting, ///< Broken; the next try comes by itself.
        Closing,
        NeedsPassword, ///< No password is known, or the server refused it; or the proxy, where error() is `proxy-auth`.
    };
    Q_ENUM(State)

    Connection(Client &client, TransportFactory makeTransport, Clock &clock, Random &random, Worker &worker);
    ~Connection() override;

    /// For the next attempt; the running stream is left alone.
    void setSignIn(const SignIn &signIn) { m_signIn = signIn; }
    const SignIn &signIn() const { return m_signIn; }

    /// Goes online and stays so until stop(). Does nothing where it already tries.
    void start();
    /// While waiting: tries now, and the next pauses start short again.
    void retryNow();
    /// Closes the stream in order; state() becomes Offline, within 3 s whatever the server does.
    void stop();
    /// Stops and starts reading the running stream, so that TCP slows the server down; each new stream starts unpaused.
    void setPaused(bool paused);
    /// Asks whether the server is still there, where the stream is managed (XEP-0198 4); no answer ends it as broken.
    void probe();
    /// What the system says of the network, for judging what fails.
    void setNetwork(const net::NetworkState &network) { m_network = network; }
    /// The network changed, or the computer slept: whatever runs may be dead, and what failed may work. A managed stream
    /// is probed, its answer due within Acknowledger::quickLimit; an attempt begins anew; a pause ends.
    void check();
    /// Tells the server what was dealt with (XEP-0198 4), before a silence.
    void tell();
    /// Ends the running stream as broken; the usual reconnection follows.
    void breakOff(const Error &error);

    State state() const { return m_state; }
    /// Why it is not online.
    const std::optional<Error> &error() const { return m_error; }
    /// What the server offers, where error() is `sign-in-weaker`: for the person to judge.
    const std::optional<Pin> &weakerOffer() const { return m_weakerOffer; }
    /// Until the next try, while waiting.
    std::chrono::milliseconds untilNextTry() const;
    /// What the running stream's sign-in agreed on.
    const SignedIn &facts() const { return m_facts; }
    /// Where the account got online last.
    const std::optional<net::Endpoint> &known() const { return m_route.known(); }
    /// Bytes that the socket has not taken yet.
    qint64 pendingBytes() const;

Q_SIGNALS:
    void stateChanged();
    /// An attempt proved the server's certificate, whatever came of its sign-in.
    void proven(const net::TlsFacts &facts);
    /// Just before the client is told that it is online.
    void signedIn();
    /// The server does not take the token any more that SignIn had; it is to be forgotten.
    void tokenRefused();

private:
    Task<void> run();
    Task<Result<SignedIn>> attempt();
    Task<Error> session();
    void begin();
    void endSession(const Error &error);
    void leave(const Error &error);
    void takeElement(const xml::Element &element);
    void preferLocation(SignIn &signIn);
    void setState(State state, std::optional<Error> error = {});
    bool endsForGood(const Error &error);
    bool losesConflict(const Error &error);
    bool isSentElsewhere(const Error &error);
    void write(const xml::Element &stanza);

    Client &m_client;
    TransportFactory m_makeTransport;
    Clock &m_clock;
    Random &m_random;
    Worker &m_worker;
    Reconnect m_reconnect;
    Route m_route;
    SignIn m_signIn;
    SignedIn m_facts;
    State m_state = State::Offline;
    std::optional<Error> m_error;
    std::optional<Pin> m_weakerOffer;
    std::chrono::milliseconds m_nextTry{0};
    net::NetworkState m_network;
    std::optional<std::chrono::milliseconds> m_checkedAt;  ///< The last check().
    std::optional<std::chrono::milliseconds> m_conflictAt; ///< The last `conflict` since start().
    std::optional<Later<bool>> m_wake;
    std::unique_ptr<Stream> m_stream;
    std::unique_ptr<Acknowledger> m_acknowledger; ///< Where the running stream is managed.
    bool m_locationTried = false;
    xml::Element m_complaint; ///< What the last attempt's error needs besides its condition.
    Timer m_expiry;           ///< The server gives an interrupted session up.
    /// A stream that still closes in order while nobody listens any more.
    std::unique_ptr<Stream> m_old;
    Scope m_scope; // last: its tasks use all the others
};

} // namespace xmpp
