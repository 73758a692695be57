// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"
#include "model/timeline.h"

#include <QHash>

#include <vector>

namespace model {

/// The window on one chat's stored messages: pages by key from the store, news from the conversations.
class TimelineModel : public Timeline
{
    Q_OBJECT
public:
    static constexpr int pageSize = 100;
    static constexpr int mostRows = 600;

    TimelineModel(chat::Profile &profile, qint64 conversation);
    ~TimelineModel() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

    const TimelineRow &row(int index) const override { return m_rows[size_t(index)]; }
    int indexOf(qint64 key) const override;
    qint64 rowsBefore() const override { return m_before; }
    qint64 rowsAfter() const override { return m_after; }
    bool hasOlder() const override;
    void retryMissing() override;
    void fetchOlder() override;
    void fetchNewer() override;
    void showLatest() override;
    void showFraction(double place) override;
    void showKey(qint64 key) override;
    void readVersions(qint64 key) override;
    double progressOf(qint64 file) const override { return m_progress.value(file, -1); }

    qint64 conversation() const { return m_conversation; }
    /// Reading failed: the last error, for a line in the view.
    const std::optional<Error> &error() const { return m_error; }

Q_SIGNALS:
    void failed(const Error &error);

private:
    /// How the window moves with a page that comes in.
    enum class Move { Older, Newer, Replace };
    Task<void> load(store::PageRequest request, Move move);
    Task<void> loadVersions(qint64 key);
    Task<void> loadGaps();
    Task<void> retryGaps();
    void connectArchive();
    void connectFiles();
    void takeProgress(qint64 key, qint64 file, qint64 done, qint64 total);
    void takeGaps(std::vector<store::ChatGap> gaps);
    void markMissing(bool announce);
    void wantMissing();
    void wantHistory();
    chat::Archive *archive() const;
    void start(store::PageRequest request, Move move);
    void takeOlder(const store::Page &page);
    void takeNewer(const store::Page &page);
    void replace(const store::Page &page);
    void append(std::vector<TimelineRow> rows);
    void dropOldest(int count);
    void dropNewest(int count);
    void takeAdded(const store::Message &message);
    void takeEdited(const store::Message &message);
    void takeChanged(const store::Message &message);
    void takeRemoved(qint64 conversation, qint64 key);
    TimelineRow rowFor(const store::Message &message) const;
    QString nameOf(const Jid &author, bool outgoing) const;
    QList<RowReaction> reactionsOf(const store::Message &message) const;
    void markFirstUnread();

    chat::Profile &m_profile;
    qint64 m_conversation;
    std::vector<TimelineRow> m_rows;
    qint64 m_before = 0;
    qint64 m_after = 0;
    std::vector<store::ChatGap> m_gaps; ///< Those that are open in this chat, oldest first.
    qint64 m_readKey = 0;               ///< As it was when the chat was opened: the "new messages" line stays there.
    bool m_loading = false;
    std::optional<Error> m_error;
    QHash<qint64, double> m_progress; ///< Of files on their way, by their ids.
    bool m_readingGaps = false;
    bool m_gapsChanged = false; ///< Again, while they are read.
    Scope m_gapScope;
    Scope m_versionScope;
    Scope m_scope;
};

} // namespace model
