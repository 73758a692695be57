// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chatfind.h"

#include <algorithm>

namespace model {
namespace {

struct FindHits {
    store::SearchRequest request;
    std::shared_ptr<std::atomic<int>> newest;
    int number = 0;

    Result<store::SearchHits> operator()(store::Reader &reader) const
    {
        if (newest->load() != number)
            return fail(Error::Kind::Cancelled, QStringLiteral("interrupted"), {});
        return reader.search().hits(request);
    }
};

} // namespace

ChatFind::ChatFind(chat::Profile &profile, qint64 conversation, QObject *parent)
    : QObject(parent), m_profile(profile), m_conversation(conversation)
{
    connect(&profile.conversations(), &chat::Conversations::messageRemoved, this, &ChatFind::takeRemoved);
    connect(&profile.searchIndexer(), &chat::SearchIndexer::caughtUp, this, [this] {
        if (!m_wasBehind || m_state == State::Idle)
            return;
        if (m_position > 0)
            m_from = current(); // the same one, whatever came before it
        start();
    });
}

ChatFind::~ChatFind()
{
    ++*m_newest;
}

void ChatFind::setText(const QString &text, qint64 from)
{
    m_text = text.trimmed();
    m_phrases = store::phrasesOf(m_text);
    m_from = from;
    m_error.reset();
    m_keys.clear();
    m_hasMore = false;
    m_position = 0;
    if (m_text.isEmpty()) {
        ++*m_newest;
        m_scope.cancel();
        return setState(State::Idle);
    }
    m_profile.searchIndexer().hurry();
    start();
}

void ChatFind::start()
{
    m_wasBehind = m_profile.searchIndexer().isBehind();
    store::SearchRequest request;
    request.text = m_text;
    request.conversation = m_conversation;
    m_scope.cancel();
    setState(State::Searching);
    m_scope.run(search(request));
}

Task<void> ChatFind::search(store::SearchRequest request)
{
    const int number = ++*m_newest;
    FindHits find{request, m_newest, number};
    auto searching = m_profile.store().search(find);
    auto found = co_await std::move(searching);
    // Another search, over all chats, came in between: this one waits for its turn then.
    while (!found && found.error().condition == u"interrupted") {
        auto again = m_profile.store().search(find, true);
        found = co_await std::move(again);
    }
    const qint64 before = current();
    m_keys.clear();
    m_position = 0;
    if (!found) {
        m_error = found.error();
        setState(State::Failed);
        co_return;
    }
    m_keys = std::move(found->keys);
    m_hasMore = found->more;
    if (m_keys.empty()) {
        setState(State::Nothing);
        co_return;
    }
    const auto first =
        std::find_if(m_keys.begin(), m_keys.end(), [this](qint64 key) { return m_from == 0 || key <= m_from; });
    m_position = first == m_keys.end() ? 1 : int(first - m_keys.begin()) + 1;
    setState(State::Found);
    if (current() != before)
        Q_EMIT moved(current());
}

void ChatFind::move(int by)
{
    if (m_keys.empty())
        return;
    const int count = int(m_keys.size());
    m_position = (m_position - 1 + by + count) % count + 1;
    Q_EMIT changed();
    Q_EMIT moved(current());
}

void ChatFind::takeRemoved(qint64 conversation, qint64 key)
{
    if (conversation != m_conversation)
        return;
    const auto gone = std::lower_bound(m_keys.begin(), m_keys.end(), key, std::greater<>());
    if (gone == m_keys.end() || *gone != key)
        return;
    const int at = int(gone - m_keys.begin()) + 1;
    m_keys.erase(gone);
    if (at < m_position || m_position > count())
        --m_position;
    setState(m_keys.empty() ? State::Nothing : State::Found);
}

void ChatFind::setState(State state)
{
    m_state = state;
    Q_EMIT changed();
}

} // namespace model
