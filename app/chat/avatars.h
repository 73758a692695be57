// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/store.h"
#include "xep/extensions.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <list>
#include <map>
#include <set>

namespace chat {

/// The pictures of one account's contacts, and its own. Who has which is learned as it is told, and kept; the pictures
/// themselves are fetched when somebody wants to see them, a few at a time, and never from who is no contact. What
/// cannot be had is tried again later, a few times.
class Avatars : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t mostAtOnce = 2;
    static constexpr size_t mostWaiting = 500;
    static constexpr int mostAskedPerContact = 8; ///< In askingWindow.
    static constexpr std::chrono::hours askingWindow{1};
    static constexpr int mostTries = 5;                   ///< For one picture; after that, at the next start.
    static constexpr std::chrono::minutes retryAfter{10}; ///< Doubled each time.
    static constexpr int mostChecksOfOwn = 5;             ///< Of our own vCard, in a session.
    static constexpr qsizetype mostOwnBytes = 128 * 1024; ///< Base64 makes it a third more, and servers limit stanzas.

    Avatars(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, const Jid &account);
    ~Avatars() override;

    /// Who is a contact, by a bare address. Until it is set nobody is.
    void setKnown(std::function<bool(const Jid &bare)> known) { m_known = std::move(known); }
    /// Reads who has which. Error: Storage.
    Task<Result<>> load();
    /// A session is up, and our presence is known.
    void begin();
    /// They are no contact any more.
    void forget(const Jid &bare);

    /// The name of the picture of a contact, or of our own account: SHA-1 in hexadecimal. Null: there is none.
    QString idOf(const Jid &bare) const;
    /// The picture itself, which is fetched where it is not here: a PNG, JPEG, GIF or WebP of at most
    /// AvatarMetadata::mostBytes and media::mostAvatarPixels, as its header says. Errors: Input `no-avatar`,
    /// `contact-unknown`; Network `offline`; Unsupported `avatar-busy`; Protocol `avatar-wrong`; Input as
    /// media::readImageHeader(); as xmpp::Client::get(). Where trying again may help, offered() tells when.
    Task<Result<QByteArray>> picture(Jid who);

    /// Makes `picture`, a PNG or JPEG without metadata, ours, and tells others. Errors: Input `image-too-large` beyond
    /// mostOwnBytes; as media::readImageHeader() and xmpp::Client::set().
    Task<Result<>> publish(QByteArray picture);
    /// We have none any more. Errors: as xmpp::Client::set().
    Task<Result<>> remove();
    /// Which picture our presences say that our vCard has; null: they say nothing, because the server does (XEP-0398) or
    /// nothing is known.
    const QString &told() const { return m_told; }

Q_SIGNALS:
    /// idOf(bare) is another one.
    void changed(const Jid &bare);
    /// picture(bare), which failed, may succeed now.
    void offered(const Jid &bare);
    /// told() is another one.
    void toldChanged();

private:
    using Answer = Result<QByteArray>;
    struct Wish {
        Jid who;
        QString id;
        std::vector<base::Later<Answer>> waiting;
        bool isRunning = false;
    };
    struct Trouble {
        QString id;
        Error error;
        int tries = 0;
        std::chrono::milliseconds until{0}; ///< Not before.
        bool isOver = false;                ///< offered() told that it may be tried again.
    };
    /// What our server does with pictures.
    struct Server {
        bool publishes = false; ///< It has our nodes (XEP-0163).
        bool converts = false;  ///< It keeps the vCard's picture equal (XEP-0398).
    };

    void takeMetadata(const Jid &owner, const xep::AvatarMetadata &metadata);
    void takeUpdate(const Jid &who, const xep::VCardUpdate &update);
    void takeEnd();
    void offerAgain();
    bool isKnown(const Jid &bare) const;
    void setOwner(const store::AvatarOwner &owner);
    std::optional<Error> mayAsk(const Jid &bare, const QString &id);
    bool countAsking(const Jid &bare);
    std::optional<Error> enter(const Jid &bare, const QString &id, const base::Later<Answer> &later);
    void pump();
    Task<void> fetch(Jid who, QString id);
    Task<Answer> ask(store::AvatarOwner owner);
    void finish(const Jid &who, const QString &id, const Answer &answer);
    void note(const Jid &who, const QString &id, const Error &error);
    void schedule();
    void retry();
    Task<Result<>> keep(QString id, QByteArray picture);
    Task<void> keepOwner(store::AvatarOwner owner);
    Task<Result<Server>> askServer();
    Task<Result<>> publishOn(Server server, QByteArray picture, xep::AvatarInfo info);
    Task<void> checkOwn();
    void tell(const QString &id);

    xmpp::Client &m_client;
    xep::Extensions &m_extensions;
    store::Store &m_store;
    Jid m_account;
    std::function<bool(const Jid &)> m_known;
    QHash<Jid, store::AvatarOwner> m_owners; ///< None of them is without an id.
    std::list<Wish> m_wishes;
    std::map<Jid, Trouble> m_troubles;
    std::set<Jid> m_missed; ///< Wanted while there was no connection.
    QHash<Jid, int> m_asked;
    std::chrono::milliseconds m_askedSince;
    std::optional<Server> m_server;
    QString m_told;
    int m_checks = 0;
    Timer m_retrying;
    Scope m_stream; ///< What runs while one session is up.
    Scope m_scope;
};

} // namespace chat
