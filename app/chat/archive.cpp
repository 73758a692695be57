// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/archive.h"

#include "chat/inbox.h"

#include <algorithm>

namespace chat {
namespace {

/// Around an id that is not there any more the archive is asked by time, with so much of overlap (RELIABILITY 2.4).
constexpr int overlapDays = 1;
constexpr std::chrono::seconds noPause{0};

/// Conditions by which a server says that there is nothing to ask.
bool isRefusal(const QString &condition)
{
    static const QStringList conditions{QStringLiteral("feature-not-implemented"),
                                        QStringLiteral("service-unavailable"), QStringLiteral("not-allowed"),
                                        QStringLiteral("forbidden")};
    return conditions.contains(condition);
}

/// Where nothing is known of the archive yet, and nobody knows whether there is one, nothing is opened.
struct OpenGap {
    Jid account;
    bool isSure = false;
    Result<store::ArchiveGap> operator()(store::Transaction &transaction) const
    {
        if (!isSure) {
            auto newest = transaction.archives().newest(account, account);
            if (!newest)
                return fail(newest.error());
            if (newest->isEmpty())
                return store::ArchiveGap();
        }
        return transaction.archives().open(account, account);
    }
};

struct Gaps {
    std::vector<store::ArchiveGap> all;
    std::vector<std::vector<store::ChatGap>> wanted; ///< For each chat that was asked for.
};

struct ReadGaps {
    Jid account;
    std::deque<qint64> wanted;
    Result<Gaps> operator()(store::Reader &reader) const
    {
        Gaps gaps;
        auto all = reader.archives().gaps(account, account);
        if (!all)
            return fail(all.error());
        gaps.all = std::move(*all);
        for (const qint64 chat : wanted) {
            auto open = reader.archives().openIn(chat);
            if (!open)
                return fail(open.error());
            gaps.wanted.push_back(std::move(*open));
        }
        return gaps;
    }
};

struct SetStuck {
    qint64 gap;
    bool stuck;
    Result<> operator()(store::Transaction &transaction) const { return transaction.archives().setStuck(gap, stuck); }
};

/// All gaps of the chat may be tried again.
struct Unstick {
    qint64 chat;
    Result<> operator()(store::Transaction &transaction) const
    {
        auto gaps = transaction.archives().openIn(chat);
        if (!gaps)
            return fail(gaps.error());
        for (const store::ChatGap &gap : *gaps) {
            if (auto done = transaction.archives().setStuck(gap.gap, false); !done)
                return done;
        }
        return {};
    }
};

struct ForgetCursor {
    ArchiveRequest request;
    Result<> operator()(store::Transaction &transaction) const { return ArchiveStep::forget(transaction, request); }
};

} // namespace

Archive::Archive(xmpp::Client &client, xep::Extensions &extensions, store::Store &store, Inbox &inbox,
                 Conversations &conversations, const Jid &account)
    : m_client(client), m_extensions(extensions), m_store(store), m_inbox(inbox), m_conversations(conversations),
      m_account(account)
{
    // Before anything of the new session comes: an id that moved the archive on before the gap is noted would hide it.
    connect(&client, &xmpp::Client::online, this, [this] { m_client.router().setArchiveIdsTrusted(false); });
    connect(&client, &xmpp::Client::resumed, this, &Archive::askAgain);
    connect(&client, &xmpp::Client::offline, this, &Archive::takeEnd);
}

Archive::~Archive() = default;

void Archive::takeEnd()
{
    m_stream.cancel();
    m_asking.reset();
    m_ready = false;
    m_all = false;
    m_support = Support::Unknown;
    m_work.clear();
    m_wanted.clear();
    m_progress.running = false;
    Q_EMIT progressChanged();
    for (const auto &waiting : std::exchange(m_prepared, {}))
        waiting.set(false);
}

Task<void> Archive::prepare(bool isNewSession)
{
    m_client.router().setArchiveIdsTrusted(false);
    auto asking = m_extensions.disco.info(m_account);
    const auto info = co_await std::move(asking);
    if (info)
        m_support = info->has(xep::Mam::feature()) ? Support::Available : Support::None;
    // What came on the last session must have its say first.
    auto draining = m_inbox.drained();
    co_await std::move(draining);
    const bool isOpening = isNewSession && m_support != Support::None;
    for (bool isDone = !isOpening; !isDone;) {
        auto writing = m_store.write(OpenGap{m_account, m_support == Support::Available});
        const auto opened = co_await std::move(writing);
        if (opened && opened->isHistory() && opened->before.isEmpty())
            m_work[opened->id] = Work{.historyLeft = firstHistory, .entriesLeft = firstEntries};
        isDone = opened || opened.error().kind != Error::Kind::Storage;
        if (!isDone)
            co_await base::sleep(m_client.clock(), store::retryAfter);
    }
    m_client.router().setArchiveIdsTrusted(m_support == Support::Available && info->has(u"urn:xmpp:sid:0"));
    Q_EMIT gapsChanged(0);
    for (const auto &waiting : std::exchange(m_prepared, {}))
        waiting.set(true);
}

Task<void> Archive::prepared()
{
    if (m_support != Support::Unknown)
        co_return;
    Later<bool> done;
    m_prepared.push_back(done);
    (void)co_await done;
}

void Archive::catchUp()
{
    m_ready = true;
    m_progress.fetched = 0;
    m_progress.added = 0;
    m_progress.reached = QDateTime();
    if (m_conversations.visible() != 0)
        want(m_conversations.visible());
    start();
}

void Archive::want(qint64 chat)
{
    const store::Conversation *known = m_conversations.find(chat);
    if (!known || known->account != m_account || known->kind != store::ConversationKind::Chat)
        return;
    if (std::find(m_wanted.begin(), m_wanted.end(), chat) != m_wanted.end())
        return;
    m_wanted.push_front(chat);
    if (m_wanted.size() > mostWanted)
        m_wanted.pop_back();
    start();
}

Task<Result<>> Archive::retry(qint64 chat)
{
    auto writing = m_store.write(Unstick{chat});
    auto done = co_await std::move(writing);
    if (!done)
        co_return done;
    for (auto &[gap, work] : m_work)
        work.failures = work.pages = 0;
    Q_EMIT gapsChanged(chat);
    want(chat);
    start();
    co_return done;
}

void Archive::fetchAll()
{
    m_all = true;
    start();
}

void Archive::setPaused(bool paused)
{
    if (m_progress.paused == paused)
        return;
    m_progress.paused = paused;
    Q_EMIT progressChanged();
    start();
}

/// Servers lose answers while one stream takes over from another (ejabberd 23 does): what was asked is asked anew rather
/// than waited for. Not what is being stored: the same page once more would look like the known end of its gap.
void Archive::askAgain()
{
    const auto asked = std::exchange(m_asking, {});
    if (asked) {
        m_stream.cancel();
        m_progress.running = false;
        want(*asked); // somebody may look at it
    }
    start();
}

void Archive::start()
{
    if (!m_ready || m_support != Support::Available || m_progress.running)
        return;
    m_progress.running = true;
    m_stream.run(work());
}

Task<void> Archive::work()
{
    for (bool goesOn = true; goesOn;) {
        auto choosing = choose();
        const auto request = co_await std::move(choosing);
        if (!request && m_wanted.empty())
            break;
        if (!request)
            continue; // somebody has begun to look meanwhile
        auto asking = ask(*request);
        goesOn = co_await std::move(asking);
        Q_EMIT progressChanged();
    }
    m_progress.running = false;
    Q_EMIT progressChanged();
}

/// What is next: the chats that somebody looks at, then the newest gap.
Task<std::optional<ArchiveRequest>> Archive::choose()
{
    const std::deque<qint64> asked = m_wanted;
    auto reading = m_store.read(ReadGaps{m_account, asked});
    const auto gaps = co_await std::move(reading);
    if (!gaps)
        co_return std::nullopt;
    std::optional<ArchiveRequest> everything;
    if (!m_progress.paused)
        everything = forAll(gaps->all);
    std::deque<qint64> left;
    for (const qint64 chat : m_wanted) {
        if (std::find(asked.begin(), asked.end(), chat) == asked.end())
            left.push_back(chat); // wanted since then
    }
    std::optional<ArchiveRequest> chosen;
    for (size_t i = 0; i < asked.size(); ++i) {
        const bool wasChosen = chosen.has_value();
        if (!wasChosen)
            chosen = forChat(asked[i], gaps->wanted[i], gaps->all);
        // The gap's end is not known before its first page came; then this chat is next.
        if (wasChosen || (!chosen && everything && !gaps->wanted[i].empty()))
            left.push_back(asked[i]);
    }
    m_wanted = left;
    co_return chosen ? chosen : everything;
}

std::optional<ArchiveRequest> Archive::forChat(qint64 chat, const std::vector<store::ChatGap> &chatGaps,
                                               const std::vector<store::ArchiveGap> &gaps) const
{
    for (auto each = chatGaps.rbegin(); each != chatGaps.rend(); ++each) {
        const auto gap = std::find_if(gaps.begin(), gaps.end(), [&](const auto &one) { return one.id == each->gap; });
        if (gap == gaps.end() || gap->stuck || gap->before.isEmpty())
            continue;
        ArchiveRequest request;
        request.gap = gap->id;
        request.chat = chat;
        request.cursor = each->before.isEmpty() ? gap->before : each->before;
        request.max = pageSize;
        return request;
    }
    return {};
}

std::optional<ArchiveRequest> Archive::forAll(const std::vector<store::ArchiveGap> &gaps)
{
    for (auto gap = gaps.rbegin(); gap != gaps.rend(); ++gap) {
        const Work &work = m_work[gap->id];
        if (gap->stuck || (gap->isHistory() && std::min(work.historyLeft, work.entriesLeft) <= 0 && !m_all))
            continue;
        // Mostly nothing was missed, or little: one page from the old end closes it.
        if (!gap->isHistory() && gap->before.isEmpty() && !work.probed) {
            ArchiveRequest request;
            request.gap = gap->id;
            request.side = store::GapSide::Old;
            request.cursor = gap->after;
            request.max = pageSize;
            return request;
        }
        return atNewEnd(*gap);
    }
    return {};
}

ArchiveRequest Archive::atNewEnd(const store::ArchiveGap &gap)
{
    ArchiveRequest request;
    request.gap = gap.id;
    request.cursor = gap.before;
    request.max = gap.before.isEmpty() ? pageSize : catchUpPageSize;
    if (m_work[gap.id].isCut && gap.afterTime.isValid())
        request.start = gap.afterTime.addDays(-overlapDays);
    return request;
}

/// False: nothing more can be asked now.
Task<bool> Archive::ask(ArchiveRequest request)
{
    const store::Conversation *chat = m_conversations.find(request.chat);
    if (request.chat != 0 && !chat)
        co_return true; // it is gone
    const Jid with = chat ? chat->peer : Jid();
    auto asking = m_extensions.mam.page(request.toQuery(Jid(), with));
    m_asking = request.chat;
    auto page = co_await std::move(asking);
    m_asking.reset();
    if (!page) {
        auto failing = takeError(request, page.error());
        co_return co_await std::move(failing);
    }
    const ArchivePage facts = ArchivePage::of(request, *page);
    if (!facts.isProof) {
        auto counting = countFailure(request, noPause);
        co_return co_await std::move(counting);
    }
    auto storing = m_inbox.storePage(std::move(page->messages), facts);
    const auto step = co_await std::move(storing);
    if (!step)
        co_return false;
    Work &work = m_work[request.gap];
    work.probed = work.probed || request.side == store::GapSide::Old;
    work.historyLeft -= step->added;
    work.entriesLeft -= facts.ids.size();
    m_progress.fetched += facts.ids.size();
    m_progress.added += step->added;
    if (facts.firstTime.isValid())
        m_progress.reached = facts.firstTime;
    Q_EMIT gapsChanged(request.chat);
    const bool isEndless = ++work.pages >= mostPages;
    if ((step->moved || step->closed) && !isEndless) {
        work.failures = 0;
        co_return true;
    }
    if (isEndless)
        work.failures = mostFailures;
    auto counting = countFailure(request, noPause);
    co_return co_await std::move(counting);
}

Task<bool> Archive::takeError(ArchiveRequest request, Error error)
{
    Work &work = m_work[request.gap];
    if (error.kind == Error::Kind::Network || error.kind == Error::Kind::Cancelled)
        co_return false;
    if (error.kind == Error::Kind::Stanza && isRefusal(error.condition)) {
        m_support = Support::None;
        co_return false;
    }
    if (error.kind == Error::Kind::Stanza && error.condition == u"item-not-found") {
        if (request.side == store::GapSide::Old) {
            work.probed = true;
            work.isCut = true;
            co_return true;
        }
        auto forgetting = forgetCursor(request);
        co_await std::move(forgetting);
        auto counting = countFailure(request, noPause);
        co_return co_await std::move(counting);
    }
    const std::chrono::seconds pause = retryPause * (work.failures + 1);
    auto counting = countFailure(request, pause);
    co_return co_await std::move(counting);
}

/// So much went wrong with this gap; true: the next thing may be asked.
Task<bool> Archive::countFailure(ArchiveRequest request, std::chrono::seconds pause)
{
    Work &work = m_work[request.gap];
    if (++work.failures >= mostFailures) {
        auto writing = m_store.write(SetStuck{request.gap, true});
        const auto done = co_await std::move(writing);
        Q_EMIT gapsChanged(0);
        co_return done.has_value();
    }
    if (pause.count() > 0)
        co_await base::sleep(m_client.clock(), pause);
    co_return true;
}

Task<void> Archive::forgetCursor(ArchiveRequest request)
{
    auto writing = m_store.write(ForgetCursor{request});
    (void)co_await std::move(writing); // else it is asked once more
}

} // namespace chat
