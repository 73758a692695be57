// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/searchmodel.h"

#include <algorithm>

namespace model {
namespace {

/// Units of a text in which what was found is looked for to be marked.
constexpr int mostScanned = 64 * 1024;
/// Units of a snippet, and of them before what was found.
constexpr int snippetLength = 240;
constexpr int snippetBefore = 40;
/// What begins so early, or is no longer than this, is seen from the beginning.
constexpr int earlyMark = 60;
constexpr int shortText = 90;

bool isBidiControl(QChar c)
{
    const ushort u = c.unicode();
    return (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069);
}

/// In one line, and so that it cannot reorder what surrounds it.
QString plainLine(const QString &text)
{
    QString line;
    line.reserve(std::min<qsizetype>(text.size(), mostScanned));
    for (const QChar c : QStringView(text).left(mostScanned)) {
        if (!isBidiControl(c))
            line.append(c.isSpace() || c.unicode() < 0x20 || c.unicode() == 0x7f ? QChar(u' ') : c);
    }
    return line;
}

/// Where to begin so that `mark` is seen with what stands before it: at a word, never inside a character.
int startFor(const QString &line, int mark)
{
    if (mark <= earlyMark || line.size() <= shortText)
        return 0;
    int start = mark - snippetBefore;
    const qsizetype space = line.indexOf(u' ', start);
    if (space >= 0 && space < mark)
        return int(space) + 1;
    if (line.at(start).isLowSurrogate())
        ++start;
    return start;
}

struct FindMessages {
    store::SearchRequest request;
    std::shared_ptr<std::atomic<int>> newest;
    int number = 0;

    Result<std::vector<store::Message>> operator()(store::Reader &reader) const
    {
        if (newest->load() != number)
            return fail(Error::Kind::Cancelled, QStringLiteral("interrupted"), {});
        return reader.search().find(request);
    }
};

} // namespace

void cutSnippet(SearchRow &row, const QString &body, const QList<store::SearchPhrase> &phrases)
{
    const QString line = plainLine(body);
    const auto marks = store::findPhrases(line, phrases);
    const int start = marks.isEmpty() ? 0 : startFor(line, marks.constFirst().first);
    QString part = line.mid(start, snippetLength);
    if (!part.isEmpty() && part.back().isHighSurrogate())
        part.chop(1);
    const int end = start + int(part.size());
    const int moved = (start > 0 ? 1 : 0) - start;
    row.marks.clear();
    for (const auto &[from, length] : marks) {
        if (from >= end)
            break;
        row.marks.append({from + moved, std::min(length, end - from)});
    }
    const bool isCut = end < line.size() || body.size() > mostScanned;
    row.snippet = (start > 0 ? QStringLiteral("…") : QString()) + part + (isCut ? QStringLiteral("…") : QString());
}

SearchModel::SearchModel(chat::Profile &profile, QObject *parent) : QAbstractListModel(parent), m_profile(profile)
{
    const chat::Conversations &conversations = profile.conversations();
    connect(&conversations, &chat::Conversations::messageEdited, this, &SearchModel::takeEdited);
    connect(&conversations, &chat::Conversations::messageRemoved, this,
            [this](qint64, qint64 key) { takeRemoved(key); });
    connect(&conversations, &chat::Conversations::removed, this, [this](qint64 chat) {
        for (int i = int(m_rows.size()) - 1; i >= 0; --i) {
            if (m_rows[size_t(i)].conversation == chat)
                takeRemoved(m_rows[size_t(i)].key);
        }
    });
    connect(&profile.searchIndexer(), &chat::SearchIndexer::caughtUp, this, [this] {
        if (!m_wasBehind || m_state == State::Idle || m_state == State::NotUnderstood)
            return;
        m_isAgain = m_state == State::Found;
        start();
    });
}

SearchModel::~SearchModel()
{
    ++*m_newest;
}

void SearchModel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    refresh();
}

void SearchModel::refresh()
{
    ++*m_newest;
    m_scope.cancel();
    m_fetching = false;
    m_error.reset();
    m_query = SearchQuery::parse(m_text, QDate::currentDate());
    m_request = m_query.request(m_profile);
    m_request.limit = pageSize;
    m_phrases = store::phrasesOf(m_query.words);
    if (m_query.isEmpty() || !m_query.problems.empty()) {
        clear();
        return setState(m_query.isEmpty() ? State::Idle : State::NotUnderstood);
    }
    m_isAgain = false;
    m_profile.searchIndexer().hurry();
    start();
}

void SearchModel::start()
{
    m_wasBehind = m_profile.searchIndexer().isBehind();
    m_fetching = true;
    m_scope.cancel();
    setState(State::Searching);
    m_scope.run(search(m_request));
}

Task<void> SearchModel::search(store::SearchRequest request)
{
    const int number = ++*m_newest;
    FindMessages find{request, m_newest, number};
    auto searching = m_profile.store().search(find);
    auto found = co_await std::move(searching);
    // Another search, in a chat, came in between: this one waits for its turn then.
    while (!found && found.error().condition == u"interrupted") {
        auto again = m_profile.store().search(find, true);
        found = co_await std::move(again);
    }
    if (!found) {
        m_fetching = false;
        m_error = found.error();
        clear();
        setState(State::Failed);
        co_return;
    }
    std::vector<SearchRow> rows;
    rows.reserve(found->size());
    for (const store::Message &message : *found)
        rows.push_back(rowFor(message));
    request.behind == 0 ? takeFirst(std::move(rows)) : takeMore(std::move(rows));
    m_fetching = false; // only now: a view asks for more while rows come in
    setState(m_rows.empty() ? State::Nothing : State::Found);
}

void SearchModel::takeFirst(std::vector<SearchRow> rows)
{
    // Found again what was there: nobody loses their place.
    const bool isWhole = rows.size() == m_rows.size() || int(rows.size()) == pageSize;
    if (m_isAgain && isWhole && rows.size() <= m_rows.size() && std::equal(rows.begin(), rows.end(), m_rows.begin()))
        return;
    m_hasMore = int(rows.size()) == pageSize;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void SearchModel::takeMore(std::vector<SearchRow> rows)
{
    m_hasMore = int(rows.size()) == pageSize;
    if (rows.empty())
        return;
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(rows.size()) - 1);
    std::move(rows.begin(), rows.end(), std::back_inserter(m_rows));
    endInsertRows();
}

void SearchModel::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

void SearchModel::clear()
{
    m_hasMore = false;
    if (m_rows.empty())
        return;
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SearchRow &row = m_rows[size_t(index.row())];
    if (role == RowRole)
        return QVariant::fromValue(row);
    if (role == Qt::DisplayRole)
        return row.snippet;
    return {};
}

bool SearchModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_hasMore && !m_fetching && m_state == State::Found;
}

void SearchModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_fetching = true;
    store::SearchRequest request = m_request;
    request.behind = m_rows.back().key;
    m_scope.run(search(request));
}

SearchRow SearchModel::rowFor(const store::Message &message) const
{
    SearchRow row;
    row.key = message.key;
    row.conversation = message.conversation;
    if (const store::Conversation *chat = m_profile.conversations().find(message.conversation))
        row.chat = chatTitle(m_profile, *chat);
    row.author = authorTitle(m_profile, message);
    row.time = message.time;
    cutSnippet(row, message.body, m_phrases);
    return row;
}

int SearchModel::indexOf(qint64 key) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [key](const SearchRow &row) { return row.key == key; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

/// It shows as it is now; what it was found for may be gone, and only what has no text at all goes.
void SearchModel::takeEdited(const store::Message &message)
{
    const int at = indexOf(message.key);
    if (at < 0)
        return;
    if (message.retracted)
        return takeRemoved(message.key);
    SearchRow row = rowFor(message);
    if (row == m_rows[size_t(at)])
        return;
    m_rows[size_t(at)] = std::move(row);
    Q_EMIT dataChanged(index(at), index(at));
}

void SearchModel::takeRemoved(qint64 key)
{
    const int at = indexOf(key);
    if (at < 0)
        return;
    beginRemoveRows({}, at, at);
    m_rows.erase(m_rows.begin() + at);
    endRemoveRows();
    if (m_rows.empty() && m_state == State::Found)
        setState(State::Nothing);
}

} // namespace model
