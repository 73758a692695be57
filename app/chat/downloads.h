// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/diskfile.h"
#include "chat/filejobs.h"
#include "chat/services.h"

#include <QObject>

#include <map>
#include <set>

namespace chat {

class Conversations;

/// Fetches files of others into the profile: what a person asks for, and by itself what may be seen in the chat of a
/// contact, as long as it is small (RELIABILITY 1.44). What was asked for and is not here goes on after a restart.
class Downloads : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t mostAtOnce = 2;
    static constexpr qint64 mostByHand = 16LL << 30; ///< Bytes of a file that a person asks for.
    static constexpr std::chrono::hours newest{24};  ///< Older messages' files are not fetched by themselves.

    /// What is fetched without a question, and from where. Asked anew for each file.
    struct Policy {
        net::Proxy proxy{};
        qint64 mostByItself = 0; ///< Bytes; 0: nothing.
        bool isAtHome = false;   ///< Our server is in this computer's own network, so files may be, too.
    };

    Downloads(Services &services, Conversations &conversations, const Jid &account);
    ~Downloads() override;

    void setPolicy(std::function<Policy()> policy) { m_policy = std::move(policy); }
    /// Who is a contact.
    void setKnown(std::function<bool(const Jid &)> known) { m_known = std::move(known); }

    /// A person asks for a file: it is noted when this ends, and progress() and the message's change tell the rest. Errors:
    /// Input `file-unknown`, `file-here`, `bad-address`; Storage.
    Task<Result<>> accept(qint64 file);
    /// Stops one that was asked for. Errors: Input `file-unknown`; Storage.
    Task<Result<>> cancel(qint64 file);
    /// Goes on with what was asked for.
    void look();
    /// A person goes offline: nothing comes any more, until look().
    void stop() { m_running.clear(); }
    /// Takes from the disk what belongs to no message any more.
    void sweep();

Q_SIGNALS:
    /// Bytes that came, of how many; -1: nobody said.
    void progress(qint64 message, qint64 file, qint64 done, qint64 total);

private:
    void consider(const store::Message &message);
    Task<void> acceptQuietly(qint64 file);
    Task<void> takeWaiting();
    Task<void> download(filejobs::Download job);
    Task<Result<store::File>> attempt(filejobs::Download job);
    Task<void> put(store::File file);
    Task<void> sweepNow();
    bool mayComeByItself(const store::Message &message, const store::File &file, const Policy &policy) const;
    Worker *disk();
    void end(qint64 file);
    QString folderOf(qint64 file) const;

    Services &m_services;
    Conversations &m_conversations;
    Jid m_account;
    std::function<Policy()> m_policy;
    std::function<bool(const Jid &)> m_known;
    std::unique_ptr<Worker> m_disk;                     ///< Made when it is needed.
    std::map<qint64, std::unique_ptr<Scope>> m_running; ///< By the file's id.
    std::set<qint64> m_byHand;                          ///< A person asked for these, since the start.
    Scope m_sweeping;
    Scope m_scope;
};

} // namespace chat
