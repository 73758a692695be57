// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/diskfile.h"
#include "chat/filejobs.h"
#include "chat/services.h"
#include "xep/extensions.h"

#include <QObject>

#include <map>
#include <set>

namespace chat {

class Conversations;
class Outbox;

/// Brings an account's files to its server's upload service (XEP-0363), and their messages into the outbox after that. What
/// has to go is in the store before anybody calls it sent, and goes on after a restart, with a new slot.
class Uploads : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t mostAtOnce = 2;
    /// A service that has no room now may say from when on there will be; longer nobody waits.
    static constexpr std::chrono::hours longestPause{1};

    /// What a person wants to send.
    struct Draft {
        Jid to;
        QString path;    ///< Read when it goes, so it has to stay until then; of a picture a copy is sent.
        QString caption; ///< Plain text beside it; may be empty.
        QString id;      ///< The stanza's id; made by chance where empty.
    };

    Uploads(Services &services, xmpp::Client &client, xep::Extensions &extensions, Outbox &outbox,
            Conversations &conversations, const Jid &account);
    ~Uploads() override;

    /// The way to the web: the account's own.
    void setProxy(std::function<net::Proxy()> proxy) { m_proxy = std::move(proxy); }

    /// Stores a message for the file, with its place in the chat and in the outbox. A picture goes without what it tells
    /// beside what it shows (picturefiles::clean()). Errors: Input `not-a-file`, `picture-not-cleaned`, `file-empty`, `jid-malformed`, `message-too-large`, `id-in-use`; Storage `file-unreadable`, others; Unsupported
    /// `no-upload-service` where this program has no way to the web.
    Task<Result<store::Message>> send(Draft draft);
    /// Keeps what is in no file yet, as a picture from the clipboard, for a message: gives its path. It goes with its
    /// message, or, where none comes, an hour later. `name` is made safe. Errors: Storage; Unsupported
    /// `no-upload-service` where this program keeps no files.
    Task<Result<QString>> keep(QString name, QByteArray bytes);
    /// Goes on with what waits, where a stream is up.
    void look();
    /// A new session: the service is looked for anew.
    void begin();
    /// A person goes offline: nothing goes any more, until begin().
    void stop();

Q_SIGNALS:
    /// Bytes that the server's system has, of how many.
    void progress(qint64 message, qint64 file, qint64 done, qint64 total);

private:
    struct Service {
        Jid jid;
        std::optional<qint64> largestFile;
    };
    struct Attempt {
        Result<store::File> file;
        QDateTime retry{}; ///< Not before.
    };
    Worker *disk();
    QString newFolder() const;
    Task<void> takeWaiting();
    Task<void> upload(filejobs::Upload job);
    Task<Attempt> attempt(filejobs::Upload job);
    Task<Result<>> put(store::File file, xep::HttpUpload::Slot slot, DiskReader *reader);
    Task<Result<Service>> findService();
    Task<void> keep(filejobs::Upload job);
    Task<void> giveUp(filejobs::Upload job, Error why);
    void announce(const std::optional<store::Message> &message);
    void end(qint64 file);
    void forget(qint64 message);
    void tellFailed(const store::Message &message);

    Services &m_services;
    xmpp::Client &m_client;
    xep::Extensions &m_extensions;
    Outbox &m_outbox;
    Conversations &m_conversations;
    Jid m_account;
    std::function<net::Proxy()> m_proxy;
    std::unique_ptr<Worker> m_disk; ///< Made when it is needed.
    std::optional<Service> m_service;
    struct Running {
        qint64 message = 0;
        std::unique_ptr<Scope> scope;
    };
    std::map<qint64, Running> m_running; ///< By the file's id.
    std::set<qint64> m_waiting;          ///< Messages, by their keys, that are known to wait or to go.
    Scope m_scope;
};

} // namespace chat
