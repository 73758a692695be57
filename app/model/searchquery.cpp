// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/searchquery.h"

#include <algorithm>

namespace model {
namespace {

/// People and chats that one name may mean; more would be no answer.
constexpr int mostMeant = 200;

bool isQuote(QChar c)
{
    return c == u'"' || c == u'\u201c' || c == u'\u201d' || c == u'\u201e';
}

/// What is between spaces; in quotation marks a space is a letter.
QStringList piecesOf(const QString &text)
{
    QStringList pieces;
    QString piece;
    bool isQuoted = false;
    for (const QChar c : text) {
        if (isQuote(c))
            isQuoted = !isQuoted;
        if (c.isSpace() && !isQuoted) {
            if (!piece.isEmpty())
                pieces.append(piece);
            piece.clear();
        } else {
            piece.append(c);
        }
    }
    if (!piece.isEmpty())
        pieces.append(piece);
    return pieces;
}

struct Days {
    QDate first;
    QDate end; ///< The day behind the last one.
};

/// A day, a month (2026-02) or a year.
std::optional<Days> daysOf(const QString &value, const QDate &today)
{
    const QString word = value.toLower();
    if (word == u"today" || word == u"今天")
        return Days{today, today.addDays(1)};
    if (word == u"yesterday" || word == u"昨天")
        return Days{today.addDays(-1), today};
    if (const QDate day = QDate::fromString(value, u"yyyy-M-d"); day.isValid())
        return Days{day, day.addDays(1)};
    if (const QDate month = QDate::fromString(value + QStringLiteral("-1"), u"yyyy-M-d"); month.isValid())
        return Days{month, month.addMonths(1)};
    if (const QDate year = QDate::fromString(value + QStringLiteral("-1-1"), u"yyyy-M-d"); year.isValid())
        return Days{year, year.addYears(1)};
    return std::nullopt;
}

/// Takes the filters of a text one by one.
class Parser
{
public:
    Parser(SearchQuery &query, const QDate &today) : m_query(query), m_today(today) { }

    void take(const QString &piece)
    {
        qsizetype colon = 0;
        while (colon < piece.size() && piece.at(colon).isLetter())
            ++colon;
        // The colon of a Chinese keyboard, too.
        const bool isFilter = colon < piece.size() && (piece.at(colon) == u':' || piece.at(colon) == u'\uff1a');
        QString value = isFilter ? piece.mid(colon + 1) : QString();
        value.removeIf(isQuote);
        if (!isFilter || !takeFilter(piece.left(colon).toLower(), value.simplified()))
            m_words.append(piece);
    }
    void finish()
    {
        m_query.words = m_words.join(u' ');
        if (m_query.since.isValid() && m_query.until.isValid() && m_query.since >= m_query.until)
            complain(SearchProblem::Kind::EmptyTime, {}, {});
    }

private:
    /// False where there is no such filter: it is text, such as the beginning of an address.
    bool takeFilter(const QString &name, const QString &value)
    {
        const bool isTime = name == u"before" || name == u"after" || name == u"on";
        if (!isTime && name != u"from" && name != u"in" && name != u"has")
            return false;
        if (value.isEmpty())
            complain(SearchProblem::Kind::NoValue, name, {});
        else if (isTime)
            takeTime(name, value);
        else if (name == u"has")
            takeKind(value);
        else
            (name == u"from" ? m_query.from : m_query.in).append(value);
        return true;
    }
    void takeTime(const QString &name, const QString &value)
    {
        const auto days = daysOf(value, m_today);
        if (!days)
            return complain(SearchProblem::Kind::BadDate, name, value);
        const auto setUntil = [this](const QDate &day) {
            m_query.until = m_query.until.isValid() ? std::min(m_query.until, day) : day;
        };
        if (name == u"before")
            return setUntil(days->first);
        m_query.since = m_query.since.isValid() ? std::max(m_query.since, days->first) : days->first;
        if (name == u"on")
            setUntil(days->end);
    }
    void takeKind(const QString &value)
    {
        const QString kind = value.toLower();
        if (kind == u"link" || kind == u"links")
            m_query.hasLink = true;
        else if (kind == u"reaction" || kind == u"reactions")
            m_query.hasReaction = true;
        else if (kind == u"reply" || kind == u"replies")
            m_query.hasReply = true;
        else if (kind == u"file" || kind == u"files" || kind == u"image" || kind == u"images")
            complain(SearchProblem::Kind::LaterKind, QStringLiteral("has"), value);
        else
            complain(SearchProblem::Kind::UnknownKind, QStringLiteral("has"), value);
    }
    void complain(SearchProblem::Kind kind, const QString &filter, const QString &value)
    {
        m_query.problems.push_back({kind, filter, value});
    }

    SearchQuery &m_query;
    QDate m_today;
    QStringList m_words;
};

/// Whether something called `title` with this address is meant by `name`: 2 exactly, 1 in part, 0 not.
int meant(const QString &name, const QString &title, const Jid &jid)
{
    const QString address = jid.toString();
    for (const QString &each : {title, address, jid.local()}) {
        if (each.compare(name, Qt::CaseInsensitive) == 0)
            return 2;
    }
    return title.contains(name, Qt::CaseInsensitive) || address.contains(name, Qt::CaseInsensitive) ? 1 : 0;
}

/// Those that are meant exactly, or, where none is, those that are in part.
template<class T>
class Meant
{
public:
    void add(int how, const T &value)
    {
        if (how == 0 || m_all[how - 1].contains(value) || m_all[how - 1].size() >= mostMeant)
            return;
        m_all[how - 1].append(value);
    }
    const QList<T> &best() const { return m_all[1].isEmpty() ? m_all[0] : m_all[1]; }

private:
    QList<T> m_all[2];
};

QList<Jid> peopleCalled(const QString &name, chat::Profile &profile)
{
    Meant<Jid> people;
    for (const chat::Account *account : profile.accounts().all()) {
        for (const auto &[jid, contact] : account->contacts().all())
            people.add(meant(name, contact.title(), jid), jid);
    }
    for (const store::Conversation &chat : profile.conversations().all())
        people.add(meant(name, chatTitle(profile, chat), chat.peer), chat.peer);
    return people.best();
}

QList<qint64> chatsCalled(const QString &name, chat::Profile &profile)
{
    Meant<qint64> chats;
    for (const store::Conversation &chat : profile.conversations().all())
        chats.add(meant(name, chatTitle(profile, chat), chat.peer), chat.id);
    return chats.best();
}

bool isSelf(const QString &name, chat::Profile &profile)
{
    if (name.compare(u"me", Qt::CaseInsensitive) == 0 || name == u"我")
        return true;
    const std::vector<chat::Account *> accounts = profile.accounts().all();
    return std::any_of(accounts.begin(), accounts.end(), [&name](const chat::Account *account) {
        return account->jid().toString().compare(name, Qt::CaseInsensitive) == 0;
    });
}

} // namespace

SearchQuery SearchQuery::parse(const QString &text, const QDate &today)
{
    SearchQuery query;
    Parser parser(query, today);
    for (const QString &piece : piecesOf(text))
        parser.take(piece);
    parser.finish();
    return query;
}

bool SearchQuery::isEmpty() const
{
    return words.isEmpty() && from.isEmpty() && in.isEmpty() && !since.isValid() && !until.isValid() && !hasLink
        && !hasReaction && !hasReply && problems.empty();
}

store::SearchRequest SearchQuery::request(chat::Profile &profile)
{
    store::SearchRequest request;
    request.text = words;
    for (const QString &name : from) {
        if (isSelf(name, profile)) {
            request.outgoing = true;
            continue;
        }
        const QList<Jid> people = peopleCalled(name, profile);
        if (people.isEmpty())
            problems.push_back({SearchProblem::Kind::UnknownPerson, QStringLiteral("from"), name});
        request.authors.append(people);
    }
    for (const QString &name : in) {
        const QList<qint64> chats = chatsCalled(name, profile);
        if (chats.isEmpty())
            problems.push_back({SearchProblem::Kind::UnknownChat, QStringLiteral("in"), name});
        request.conversations.append(chats);
    }
    // One chat is one range of the index.
    if (request.conversations.size() == 1)
        request.conversation = request.conversations.takeFirst();
    if (since.isValid())
        request.since = since.startOfDay();
    if (until.isValid())
        request.until = until.startOfDay();
    request.hasLink = hasLink;
    request.hasReaction = hasReaction;
    request.hasReply = hasReply;
    return request;
}

QDate dayOf(const QString &text, const QDate &today)
{
    const auto days = daysOf(text, today);
    return days ? days->first : QDate();
}

QString chatTitle(chat::Profile &profile, const store::Conversation &chat)
{
    const chat::Account *account = profile.accounts().find(chat.account);
    const chat::Contact *contact = account ? account->contacts().find(chat.peer) : nullptr;
    return contact ? contact->title() : chat.peer.toString();
}

QString authorTitle(chat::Profile &profile, const store::Message &message)
{
    const store::Conversation *chat = message.outgoing ? nullptr : profile.conversations().find(message.conversation);
    if (!chat)
        return {};
    if (chat->kind == store::ConversationKind::Groupchat)
        return message.author.resource();
    const Jid bare = message.author.bare();
    const chat::Account *account = profile.accounts().find(chat->account);
    const chat::Contact *contact = account ? account->contacts().find(bare) : nullptr;
    return contact ? contact->title() : bare.toString();
}

} // namespace model
