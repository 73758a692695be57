// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/archivepage.h"
#include "chat/conversations.h"
#include "xep/extensions.h"

#include <QObject>

#include <deque>
#include <map>

namespace chat {

class Inbox;

/// Fetches from the account's archive what was missed, and what lies further back when somebody looks (RELIABILITY 2.4).
/// One page at a time: first what a person waits for, then the newest gap, then older ones.
class Archive : public QObject
{
    Q_OBJECT
public:
    enum class Support { Unknown, None, Available };
    Q_ENUM(Support)

    static constexpr int pageSize = 50;
    static constexpr int catchUpPageSize = 100;
    /// So much of what was there before this client is fetched by itself; the rest when somebody looks.
    static constexpr int firstHistory = 500;
    /// Of what is no message (receipts, markers) so much is read for it.
    static constexpr int firstEntries = 5000;
    static constexpr size_t mostWanted = 100;
    // RELIABILITY 2.4: then it is told, and a person may try again.
    static constexpr int mostFailures = 3;
    static constexpr int mostPages = 10000;
    static constexpr std::chrono::seconds retryPause{30};

    /// How far it is.
    struct Progress {
        bool running = false;
        bool paused = false;
        qint64 fetched = 0; ///< Messages that the archive gave since the catch-up began.
        qint64 added = 0;   ///< Those of them that were not known.
        QDateTime reached;  ///< The time of the last one, by the archive's clock.

        friend bool operator==(const Progress &, const Progress &) = default;
    };

    Archive(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, Inbox &inbox,
            Conversations &conversations, const Jid &account);
    ~Archive() override;

    /// After sign-in and before the presence: asks whether there is an archive, and, where the session is a new one, notes
    /// that what came since the last is not known. Only then its ids are trusted (XEP-0359).
    Task<void> prepare(bool isNewSession);
    /// Ends when support() is known, or the stream is gone.
    Task<void> prepared();
    /// After the presence: fetches what was missed.
    void catchUp();
    /// Somebody looks at a gap of this chat, or at the end of what is stored: one page of it.
    void want(qint64 chat);
    /// Also gaps that the archive does not fill as it should.
    Task<Result<>> retry(qint64 chat);
    /// Everything that was there before this client, to the archive's start.
    void fetchAll();
    /// Only what somebody looks at is fetched.
    void setPaused(bool paused);

    Support support() const { return m_support; }
    const Progress &progress() const { return m_progress; }

Q_SIGNALS:
    void progressChanged();
    /// Gaps of this chat (0: of any) have moved, closed or got stuck.
    void gapsChanged(qint64 chat);

private:
    /// What this session knows of a gap.
    struct Work {
        bool probed = false; ///< Its beginning was asked for.
        bool isCut = false;  ///< Its beginning is not in the archive any more.
        int failures = 0;    ///< In a row.
        int pages = 0;
        qint64 historyLeft = 0; ///< Messages to be fetched by itself.
        qint64 entriesLeft = 0; ///< Results for that, receipts and the like among them.
    };
    void askAgain();
    void start();
    Task<void> work();
    Task<std::optional<ArchiveRequest>> choose();
    std::optional<ArchiveRequest> forChat(qint64 chat, const std::vector<store::ChatGap> &chatGaps,
                                          const std::vector<store::ArchiveGap> &gaps) const;
    std::optional<ArchiveRequest> forAll(const std::vector<store::ArchiveGap> &gaps);
    ArchiveRequest atNewEnd(const store::ArchiveGap &gap);
    Task<bool> ask(ArchiveRequest request);
    Task<bool> takeError(ArchiveRequest request, Error error);
    Task<bool> countFailure(ArchiveRequest request, std::chrono::seconds pause);
    Task<void> forgetCursor(ArchiveRequest request);
    void takeEnd();

    xmpp::Client &m_client;
    xep::Extensions &m_extensions;
    store::Store &m_store;
    Inbox &m_inbox;
    Conversations &m_conversations;
    Jid m_account;
    Support m_support = Support::Unknown;
    Progress m_progress;
    std::optional<qint64> m_asking; ///< A page is asked for and not here: of this chat, or 0.
    bool m_ready = false;           ///< Prepared, and our presence is known.
    bool m_all = false;
    std::vector<Later<bool>> m_prepared; ///< Who waits for it.
    std::deque<qint64> m_wanted;
    std::map<qint64, Work> m_work;
    Scope m_stream; ///< What runs while one session is up.
};

} // namespace chat
