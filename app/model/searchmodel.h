// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/searchquery.h"
#include "store/searchwords.h"

#include <QAbstractListModel>

#include <atomic>

namespace model {

/// One message that was found.
struct SearchRow {
    qint64 key = 0;
    qint64 conversation = 0;
    QString chat;                     ///< How the chat is called; from outside, plain text.
    QString author;                   ///< Likewise; empty: we wrote it.
    QString snippet;                  ///< The part of the text around what was found: one line, without bidi controls.
    QList<std::pair<int, int>> marks; ///< What was found in the snippet: start and length, in order.
    QDateTime time;                   ///< UTC.

    friend bool operator==(const SearchRow &, const SearchRow &) = default;
};

/// What a search over all chats finds, newest first, page by page. The last text wins: a search for an older one is stopped.
class SearchModel : public QAbstractListModel
{
    Q_OBJECT
public:
    static constexpr int pageSize = 50;
    enum Role {
        RowRole = Qt::UserRole, ///< SearchRow
    };
    enum class State {
        Idle,          ///< Nothing is asked for.
        NotUnderstood, ///< See problems().
        Searching,     ///< The rows are still those of the text before.
        Found,
        Nothing,
        Failed, ///< See error().
    };
    Q_ENUM(State)

    explicit SearchModel(chat::Profile &profile, QObject *parent = nullptr);
    ~SearchModel() override;

    /// What to look for, as it is typed.
    void setText(const QString &text);
    const QString &text() const { return m_text; }
    /// Looks again.
    void refresh();

    State state() const { return m_state; }
    const std::vector<SearchProblem> &problems() const { return m_query.problems; }
    const std::optional<Error> &error() const { return m_error; }
    /// There are older ones than the rows show.
    bool hasMore() const { return m_hasMore; }
    /// What came last may not be found yet.
    bool isBehind() const { return m_profile.searchIndexer().isBehind(); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    const SearchRow &row(int index) const { return m_rows[size_t(index)]; }

Q_SIGNALS:
    /// The state, or what goes with it, is another one.
    void stateChanged();

private:
    void start();
    Task<void> search(store::SearchRequest request);
    void takeFirst(std::vector<SearchRow> rows);
    void takeMore(std::vector<SearchRow> rows);
    void setState(State state);
    void clear();
    SearchRow rowFor(const store::Message &message) const;
    void takeEdited(const store::Message &message);
    void takeRemoved(qint64 key);
    int indexOf(qint64 key) const;

    chat::Profile &m_profile;
    QString m_text;
    SearchQuery m_query;
    QList<store::SearchPhrase> m_phrases;
    store::SearchRequest m_request;
    State m_state = State::Idle;
    std::optional<Error> m_error;
    std::vector<SearchRow> m_rows;
    bool m_hasMore = false;
    bool m_fetching = false;
    bool m_isAgain = false;   ///< The same is looked for again.
    bool m_wasBehind = false; ///< When the last search began.
    /// The number of the newest search: those that wait in the thread's queue see that they are not wanted any more.
    std::shared_ptr<std::atomic<int>> m_newest = std::make_shared<std::atomic<int>>(0);
    Scope m_scope;
};

/// The part of `body` around the first of `phrases` in it, with all that are in that part: for SearchRow.
void cutSnippet(SearchRow &row, const QString &body, const QList<store::SearchPhrase> &phrases);

} // namespace model

Q_DECLARE_METATYPE(model::SearchRow)
