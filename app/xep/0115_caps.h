// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0030_disco.h"

#include <QHash>

namespace xep {

/// Knows what others can do from a hash in their presence, and puts ours into ours (XEP-0115). Each hash is asked about
/// once and believed only where the answer hashes to it (RELIABILITY 1.13). The hash of XEP-0115 joins its parts with
/// '<', so answers that contain one are refused; that features and forms can still be confused is why nothing that
/// protects a person (encryption, say) may be decided by it.
class Caps : public xmpp::Extension
{
    Q_OBJECT
public:
    static constexpr int mostKnown = 1000;         ///< Hashes in memory.
    static constexpr int mostKnownPerContact = 64; ///< Of them, brought by one bare JID.
    static constexpr int mostAskedPerContact = 32; ///< Questions to one bare JID in an hour.
    static constexpr int mostRunning = 4;          ///< Questions on their way at a time.
    static constexpr int mostWaiting = 200;        ///< Questions in line.
    static constexpr int mostSeen = 20000;         ///< Addresses whose hash we remember.

    /// The <c/> of a presence (XEP-0115 4).
    struct Claim {
        QString hash;
        QString node;
        QString ver;

        friend bool operator==(const Claim &, const Claim &) = default;
    };

    Caps(xmpp::Client &client, Disco &disco, const Audience &audience);
    ~Caps() override;

    QStringList features() const override { return {QStringLiteral("http://jabber.org/protocol/caps")}; }

    /// The verification string of an answer (XEP-0115 5.1): base64 of SHA-1. Nothing where the answer is ill-formed
    /// (5.4): something is there twice, or could be read in two ways.
    static std::optional<QString> verification(const DiscoInfo &info);
    /// Ours.
    QString ownVerification() const;

    /// Adds our <c/> to a presence that says we are available; leaves others alone.
    void stamp(xmpp::Presence &presence) const;

    /// What the client at `who` can do; nothing while that is unknown.
    std::optional<QStringList> features(const Jid &who) const;
    /// True where `who`, or, for a bare address, one of its clients, is known to have `feature`.
    bool supports(const Jid &who, QStringView feature) const;

    /// Takes what learned() gave in an earlier run. It is checked again: false where it does not hash to `ver`.
    bool preload(const QString &ver, const QByteArray &bytes);

Q_SIGNALS:
    /// A hash was checked for the first time; `bytes` is its disco#info, to be kept and given to preload().
    void learned(const QString &ver, const QByteArray &bytes);
    /// features(who) has a value now, or another one.
    void changed(const Jid &who);

private:
    struct Known {
        QStringList features;
        Jid by; ///< Who brought it; null: preload().
        quint64 used = 0;
    };
    struct Seen {
        Claim claim;
        /// What it says of itself where its hash is of another kind or wrong: counts for it alone.
        std::optional<QStringList> own;
    };
    struct Question {
        QList<Jid> candidates; ///< Who claims this hash: asked in turn, until one proves it.
        Claim claim;
    };

    void take(const xmpp::Incoming &incoming);
    void note(const Jid &who, const Claim &claim);
    void forget(const Jid &who);
    void clear();
    void ask(const Jid &who, const Claim &claim);
    bool mayAsk(const Jid &bare);
    void pump();
    Task<void> answer(QString key);
    bool settle(const Jid &who, const Claim &claim, const DiscoInfo &info);
    void remember(const QString &ver, Known known);
    void dropLeastUsed(const Jid &by);
    const Seen *seen(const Jid &who) const;

    xmpp::Client &m_client;
    Disco &m_disco;
    const Audience &m_audience;
    QHash<QString, Known> m_known; ///< By verification string.
    quint64 m_uses = 0;
    QHash<Jid, QHash<Jid, Seen>> m_seen; ///< By bare, then by whole address.
    int m_seenCount = 0;
    QHash<QString, Question> m_questions;
    QList<QString> m_waiting; ///< Keys of questions that nobody was asked yet.
    int m_running = 0;
    QHash<Jid, int> m_asked; ///< By bare JID, in the hour since m_askedSince.
    std::chrono::milliseconds m_askedSince;
    Scope m_scope;
};
constexpr auto describe(xml::Type<Caps::Claim>)
{
    return xml::element("c", "http://jabber.org/protocol/caps", xml::attribute("hash", &Caps::Claim::hash),
                        xml::required(xml::attribute("node", &Caps::Claim::node)),
                        xml::required(xml::attribute("ver", &Caps::Claim::ver)));
}

} // namespace xep
