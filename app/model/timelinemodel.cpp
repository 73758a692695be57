// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/timelinemodel.h"

#include "chat/archive.h"
#include "store/chatpage.h"
#include "store/messagerow.h"

#include <algorithm>

namespace model {
namespace {

bool keyBefore(const TimelineRow &row, qint64 key)
{
    return row.key < key;
}

} // namespace

TimelineModel::TimelineModel(chat::Profile &profile, qint64 conversation)
    : m_profile(profile), m_conversation(conversation)
{
    if (const store::Conversation *row = profile.conversations().find(conversation))
        m_readKey = row->unread > 0 ? row->readKey : -1;
    connect(&profile.conversations(), &chat::Conversations::messageAdded, this, &TimelineModel::takeAdded);
    connect(&profile.conversations(), &chat::Conversations::messageChanged, this, &TimelineModel::takeChanged);
    connect(&profile.conversations(), &chat::Conversations::messageEdited, this, &TimelineModel::takeEdited);
    connect(&profile.conversations(), &chat::Conversations::messageRemoved, this, &TimelineModel::takeRemoved);
    connect(&profile.eraser(), &chat::Eraser::erased, this, [this](qint64 chat) {
        if (chat == m_conversation)
            showLatest();
    });
    connectArchive();
    connectFiles();
    showLatest();
}

TimelineModel::~TimelineModel() = default;

chat::Archive *TimelineModel::archive() const
{
    const store::Conversation *chat = m_profile.conversations().find(m_conversation);
    chat::Account *account = chat ? m_profile.accounts().find(chat->account) : nullptr;
    return account ? &account->archive() : nullptr;
}

void TimelineModel::connectArchive()
{
    const chat::Archive *archive = this->archive();
    if (!archive)
        return;
    connect(archive, &chat::Archive::gapsChanged, this, [this](qint64 chat) {
        if (chat == 0 || chat == m_conversation)
            m_gapsChanged = true;
        if (m_gapsChanged && !m_readingGaps)
            m_gapScope.run(loadGaps());
    });
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TimelineRow &row = m_rows[size_t(index.row())];
    if (role == RowRole)
        return QVariant::fromValue(row);
    if (role == Qt::DisplayRole)
        return row.body;
    return {};
}

int TimelineModel::indexOf(qint64 key) const
{
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), key, keyBefore);
    return found != m_rows.end() && found->key == key ? int(found - m_rows.begin()) : -1;
}

void TimelineModel::start(store::PageRequest request, Move move)
{
    m_loading = true;
    m_scope.run(load(request, move));
}

namespace {

struct ReadGaps {
    qint64 conversation;
    Result<std::vector<store::ChatGap>> operator()(store::Reader &reader) const
    {
        return reader.archives().openIn(conversation);
    }
};

} // namespace

Task<void> TimelineModel::loadGaps()
{
    m_readingGaps = true;
    while (std::exchange(m_gapsChanged, false)) {
        ReadGaps read{m_conversation};
        auto reading = m_profile.store().read(read);
        auto gaps = co_await std::move(reading);
        if (gaps)
            takeGaps(std::move(*gaps));
    }
    m_readingGaps = false;
}

void TimelineModel::takeGaps(std::vector<store::ChatGap> gaps)
{
    if (gaps == m_gaps)
        return;
    m_gaps = std::move(gaps);
    markMissing(true);
    wantMissing();
}

/// Above which rows something is missing.
void TimelineModel::markMissing(bool announce)
{
    std::vector<Missing> marks(m_rows.size(), Missing::Nothing);
    for (const store::ChatGap &gap : m_gaps) {
        const auto behind = std::lower_bound(m_rows.begin(), m_rows.end(), gap.place(), keyBefore);
        // What lies before it must be in the window, too, or not be there.
        const bool isHere = behind != m_rows.end() && (behind != m_rows.begin() || m_before == 0);
        if (!isHere || (gap.history && (behind != m_rows.begin() || m_before > 0)))
            continue;
        marks[size_t(behind - m_rows.begin())] = gap.stuck ? Missing::Stuck
            : gap.history                                  ? Missing::Older
                                                           : Missing::Messages;
    }
    for (size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].missing == marks[i])
            continue;
        m_rows[i].missing = marks[i];
        if (announce)
            Q_EMIT dataChanged(index(int(i)), index(int(i)));
    }
}

/// A gap that somebody looks at is filled next.
void TimelineModel::wantMissing()
{
    const bool isSeen = std::any_of(m_rows.begin(), m_rows.end(),
                                    [](const TimelineRow &row) { return row.missing == Missing::Messages; });
    chat::Archive *archive = this->archive();
    if (isSeen && archive)
        archive->want(m_conversation);
    // A chat that shows less than a page may have more on the server.
    if (m_before == 0 && int(m_rows.size()) < pageSize)
        wantHistory();
}

void TimelineModel::wantHistory()
{
    if (chat::Archive *archive = this->archive(); archive && hasOlder())
        archive->want(m_conversation);
}

bool TimelineModel::hasOlder() const
{
    return m_before > 0 || std::any_of(m_gaps.begin(), m_gaps.end(), [](const store::ChatGap &gap) {
               return gap.history && !gap.stuck;
           });
}

void TimelineModel::retryMissing()
{
    m_gapScope.run(retryGaps());
}

Task<void> TimelineModel::retryGaps()
{
    if (chat::Archive *archive = this->archive()) {
        auto retrying = archive->retry(m_conversation);
        (void)co_await std::move(retrying); // where the disk fails, another bar says so
    }
}

Task<void> TimelineModel::load(store::PageRequest request, Move move)
{
    store::ReadChatPage read{m_conversation, request};
    auto found = co_await m_profile.store().read(read);
    m_loading = false;
    if (!found) {
        m_error = found.error();
        Q_EMIT failed(*m_error);
        co_return;
    }
    m_error.reset();
    m_gaps = std::move(found->gaps);
    switch (move) {
    case Move::Older: takeOlder(found->page); break;
    case Move::Newer: takeNewer(found->page); break;
    case Move::Replace: replace(found->page); break;
    }
    markMissing(move != Move::Replace);
    wantMissing();
    Q_EMIT settled();
}

void TimelineModel::fetchOlder()
{
    if (m_loading || m_rows.empty())
        return;
    if (m_before == 0)
        return wantHistory();
    store::PageRequest request;
    request.before = m_rows.front().key;
    request.limit = pageSize;
    start(request, Move::Older);
}

void TimelineModel::fetchNewer()
{
    if (m_loading || m_rows.empty() || m_after == 0)
        return;
    store::PageRequest request;
    request.after = m_rows.back().key;
    request.limit = pageSize;
    start(request, Move::Newer);
}

void TimelineModel::showLatest()
{
    m_scope.cancel(); // an older wish
    m_loading = false;
    if (!m_rows.empty() && m_after == 0)
        return;
    store::PageRequest request;
    request.limit = pageSize;
    start(request, Move::Replace);
}

void TimelineModel::showFraction(double place)
{
    m_scope.cancel();
    store::PageRequest request;
    request.fraction = std::clamp(place, 0.0, 1.0);
    request.limit = pageSize;
    start(request, Move::Replace);
}

void TimelineModel::showKey(qint64 key)
{
    m_scope.cancel();
    m_loading = false;
    if (indexOf(key) >= 0)
        return;
    store::PageRequest request;
    request.around = key;
    request.limit = pageSize;
    start(request, Move::Replace);
}

void TimelineModel::replace(const store::Page &page)
{
    beginResetModel();
    m_rows.clear();
    for (const store::Message &message : page.messages)
        m_rows.push_back(rowFor(message));
    m_before = page.reachesOldest ? 0 : std::max<qint64>(page.estimatedBefore, 1);
    m_after = page.reachesNewest ? 0 : std::max<qint64>(page.estimatedAfter, 1);
    markFirstUnread();
    markMissing(false);
    endResetModel();
}

void TimelineModel::takeOlder(const store::Page &page)
{
    if (!page.messages.empty()) {
        beginInsertRows({}, 0, int(page.messages.size()) - 1);
        std::vector<TimelineRow> rows;
        rows.reserve(page.messages.size() + m_rows.size());
        for (const store::Message &message : page.messages)
            rows.push_back(rowFor(message));
        std::move(m_rows.begin(), m_rows.end(), std::back_inserter(rows));
        m_rows = std::move(rows);
        markFirstUnread();
        endInsertRows();
    }
    m_before = page.reachesOldest ? 0 : std::max<qint64>(m_before - qint64(page.messages.size()), 1);
    if (int(m_rows.size()) > mostRows)
        dropNewest(int(m_rows.size()) - mostRows);
}

void TimelineModel::takeNewer(const store::Page &page)
{
    std::vector<TimelineRow> rows;
    for (const store::Message &message : page.messages)
        rows.push_back(rowFor(message));
    append(std::move(rows));
    m_after = page.reachesNewest ? 0 : std::max<qint64>(m_after - qint64(page.messages.size()), 1);
}

void TimelineModel::append(std::vector<TimelineRow> rows)
{
    if (rows.empty())
        return;
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(rows.size()) - 1);
    std::move(rows.begin(), rows.end(), std::back_inserter(m_rows));
    markFirstUnread();
    endInsertRows();
    // Some slack: not a row out for each row in.
    if (int(m_rows.size()) > mostRows + pageSize / 2)
        dropOldest(int(m_rows.size()) - mostRows);
}

void TimelineModel::dropOldest(int count)
{
    beginRemoveRows({}, 0, count - 1);
    m_rows.erase(m_rows.begin(), m_rows.begin() + count);
    m_before += count;
    endRemoveRows();
}

void TimelineModel::dropNewest(int count)
{
    const int size = int(m_rows.size());
    beginRemoveRows({}, size - count, size - 1);
    m_rows.erase(m_rows.end() - count, m_rows.end());
    m_after += count;
    endRemoveRows();
}

void TimelineModel::takeAdded(const store::Message &message)
{
    if (message.conversation != m_conversation)
        return;
    if (m_after > 0) {
        ++m_after; // below the window; it comes when it is scrolled to
        return;
    }
    const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), message.key, keyBefore);
    if (place != m_rows.end() && place->key == message.key)
        return;
    if (place == m_rows.end()) {
        std::vector<TimelineRow> rows;
        rows.push_back(rowFor(message));
        append(std::move(rows));
        return;
    }
    if (place == m_rows.begin() && m_before > 0) {
        ++m_before;
        return;
    }
    const auto at = place - m_rows.begin();
    beginInsertRows({}, int(at), int(at));
    m_rows.insert(place, rowFor(message));
    endInsertRows();
    markMissing(true);
    // What an archive brings above what somebody looks at.
    if (at == 0 && int(m_rows.size()) > mostRows + pageSize / 2)
        dropNewest(int(m_rows.size()) - mostRows);
}

void TimelineModel::takeRemoved(qint64 conversation, qint64 key)
{
    if (conversation != m_conversation)
        return;
    const int at = indexOf(key);
    if (at >= 0) {
        beginRemoveRows({}, at, at);
        m_rows.erase(m_rows.begin() + at);
        endRemoveRows();
    } else if (m_before > 0 && !m_rows.empty() && key < m_rows.front().key) {
        m_before = std::max<qint64>(m_before - 1, 1); // a page tells when it is the end
    } else if (m_after > 0 && !m_rows.empty() && key > m_rows.back().key) {
        m_after = std::max<qint64>(m_after - 1, 1);
    }
}

/// Its answers quote it as it is now.
void TimelineModel::takeEdited(const store::Message &message)
{
    takeChanged(message);
    if (message.conversation != m_conversation)
        return;
    const QString preview = store::previewOf(message.body, message.files);
    for (size_t i = 0; i < m_rows.size(); ++i) {
        std::optional<RowReply> &reply = m_rows[i].reply;
        if (!reply || reply->key != message.key || (reply->body == preview && reply->retracted == message.retracted))
            continue;
        reply->body = preview;
        reply->retracted = message.retracted;
        Q_EMIT dataChanged(index(int(i)), index(int(i)));
    }
}

void TimelineModel::takeChanged(const store::Message &message)
{
    const int at = message.conversation == m_conversation ? indexOf(message.key) : -1;
    if (at < 0)
        return;
    TimelineRow row = rowFor(message);
    row.firstUnread = m_rows[size_t(at)].firstUnread;
    row.missing = m_rows[size_t(at)].missing;
    if (row == m_rows[size_t(at)])
        return;
    m_rows[size_t(at)] = std::move(row);
    Q_EMIT dataChanged(index(at), index(at));
}

void TimelineModel::markFirstUnread()
{
    if (m_readKey < 0)
        return;
    const auto isMarked = [](const TimelineRow &row) { return row.firstUnread; };
    const auto first = std::find_if(m_rows.begin(), m_rows.end(),
                                    [this](const TimelineRow &row) { return row.key > m_readKey && !row.outgoing; });
    // Only where the row before it is known to be read, or there is none.
    const bool isKnown = first != m_rows.end() && (first != m_rows.begin() || m_before == 0);
    const auto old = std::find_if(m_rows.begin(), m_rows.end(), isMarked);
    if (old != m_rows.end() && (!isKnown || old != first))
        old->firstUnread = false;
    if (isKnown)
        first->firstUnread = true;
}

} // namespace model
