// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/search.h"

#include "store/changes.h"
#include "store/keys.h"
#include "store/messagerow.h"
#include "store/searchwords.h"

#include <QStringList>

namespace store {
namespace {

/// Each word as a phrase whose last token may go on, each quoted phrase as it stands. Empty where there is nothing to look
/// for.
QStringList termsOf(const QString &text)
{
    QStringList terms;
    for (const SearchPhrase &phrase : phrasesOf(text))
        terms.append(
            (phrase.exact ? QStringLiteral("\"%1\"") : QStringLiteral("\"%1\"*")).arg(Search::segment(phrase.text)));
    return terms;
}

/// A statement that finds the keys of a request. Numbers stand in its text, what came from a person is bound.
class Finder
{
public:
    explicit Finder(const SearchRequest &request) : m_request(request)
    {
        QStringList terms = termsOf(request.text);
        // The index knows where links may be; whether they are is seen in the text.
        if (request.hasLink)
            terms.append(QStringLiteral("(\"http\" OR \"https\")"));
        m_match = terms.join(QStringLiteral(" AND "));
        addPlace();
        addAuthor();
        addAccount();
        addTime();
        addKinds();
    }

    /// The request can find something: it says what, and what it says has words.
    bool isPossible() const { return !m_request.isEmpty() && (m_request.text.isEmpty() || hasWords(m_request.text)); }

    /// The column is `hit`.
    QByteArray sql(int limit) const
    {
        const bool indexOnly = m_filters.isEmpty();
        QByteArray text = m_match.isEmpty() ? "SELECT m.key AS hit FROM messages m WHERE m.body <> ''"
            : indexOnly                     ? "SELECT w.rowid AS hit FROM message_words w WHERE w.message_words MATCH ?"
                        : "SELECT w.rowid AS hit FROM message_words w JOIN messages m ON m.key = w.rowid "
                          "WHERE w.message_words MATCH ?";
        const QByteArray key = m_match.isEmpty() ? "m.key" : "w.rowid";
        for (QByteArray condition : m_places)
            text += " AND " + condition.replace("KEY", key);
        for (const QByteArray &filter : m_filters)
            text += " AND " + filter;
        text += " ORDER BY " + order(key) + " LIMIT " + QByteArray::number(limit);
        return text;
    }
    /// In one chat the keys are in the order of time, and are read in it; else all hits must be seen for the newest.
    QByteArray order(const QByteArray &key) const
    {
        return m_request.conversation > 0
            ? key + " DESC"
            : key + " & " + QByteArray::number(keys::timeMask) + " DESC, " + key + " DESC";
    }
    void bind(Statement &statement) const
    {
        if (!m_match.isEmpty())
            statement.bind(m_match);
        for (const QString &text : m_texts)
            statement.bind(text);
    }

private:
    void addPlace()
    {
        const qint64 behind = m_request.behind;
        if (m_request.conversation > 0) {
            const qint64 last = keys::last(m_request.conversation);
            m_places.append("KEY BETWEEN " + QByteArray::number(keys::first(m_request.conversation)) + " AND "
                            + QByteArray::number(behind > 0 ? std::min(last, behind - 1) : last));
        } else if (behind > 0) {
            const QByteArray time = "(KEY & " + QByteArray::number(keys::timeMask) + ")";
            const QByteArray slot = QByteArray::number(behind & keys::timeMask);
            m_places.append("(" + time + " < " + slot + " OR (" + time + " = " + slot + " AND KEY < "
                            + QByteArray::number(behind) + "))");
        }
        if (m_request.conversations.isEmpty())
            return;
        QByteArrayList ids;
        for (const qint64 id : m_request.conversations)
            ids.append(QByteArray::number(id));
        m_places.append("(KEY >> " + QByteArray::number(keys::timeBits) + ") IN (" + ids.join(',') + ")");
    }
    void addAuthor()
    {
        QByteArrayList any;
        if (m_request.outgoing)
            any.append(*m_request.outgoing ? "m.outgoing = 1" : "m.outgoing = 0");
        for (const Jid &author : m_request.authors) {
            // What is greater than "jid/" and less than "jid0" has a resource behind the slash.
            const QString jid = orEmpty(author.toString());
            any.append("(m.outgoing = 0 AND (m.author = ? OR (m.author > ? AND m.author < ?)))");
            m_texts << jid << jid + u'/' << jid + u'0';
        }
        if (!any.isEmpty())
            m_filters.append("(" + any.join(" OR ") + ")");
    }
    void addAccount()
    {
        if (m_request.account.isNull())
            return;
        m_filters.append("(m.key >> " + QByteArray::number(keys::timeBits)
                         + ") IN (SELECT id FROM conversations WHERE account = ?)");
        m_texts.append(m_request.account.toString());
    }
    void addTime()
    {
        if (m_request.since.isValid())
            m_filters.append("m.time >= " + QByteArray::number(m_request.since.toMSecsSinceEpoch()));
        if (m_request.until.isValid())
            m_filters.append("m.time < " + QByteArray::number(m_request.until.toMSecsSinceEpoch()));
    }
    void addKinds()
    {
        if (m_request.hasLink)
            m_filters.append("(m.body LIKE '%http:' || '//_%' OR m.body LIKE '%https:' || '//_%')");
        if (m_request.hasReply)
            m_filters.append("m.reply_to <> ''");
        if (m_request.hasReaction)
            m_filters.append("m.key IN (SELECT message FROM message_changes WHERE kind = "
                             + QByteArray::number(int(Change::Kind::Reactions))
                             + " AND in_force = 1 AND body <> '' AND message IS NOT NULL)");
    }

    const SearchRequest &m_request;
    QString m_match;
    QByteArrayList m_places;  ///< Over keys alone.
    QByteArrayList m_filters; ///< Over the row of the message.
    QStringList m_texts;      ///< Bound to the filters, in order.
};

} // namespace

QString Search::segment(const QString &text)
{
    QString result;
    result.reserve(text.size() + 16);
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (isPair)
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
        const auto piece = QStringView(text).mid(i, isPair ? 2 : 1);
        if (isWordByItself(c))
            result += QChar::Space;
        result += piece;
        if (isWordByItself(c))
            result += QChar::Space;
        i += isPair;
    }
    return result;
}

Result<int> Search::index(int limit)
{
    struct Row {
        qint64 key;
        QString body;
    };
    // In the order of the keys: FTS5 starts a new segment whenever they go back (docs/benchmarks.md, Layouts).
    auto rows =
        m_database
            .query(
                "SELECT m.key, m.body FROM unindexed u JOIN messages m ON m.key = u.message ORDER BY u.message LIMIT ?",
                limit)
            .all<Row>([](const Statement &row) {
                return Row{row.integer(0), row.text(1)};
            });
    if (!rows)
        return fail(rows.error());
    for (const Row &row : *rows) {
        auto done =
            m_database.query("INSERT INTO message_words (rowid, body) VALUES (?, ?)", row.key, segment(row.body)).run();
        if (done)
            done = m_database.query("DELETE FROM unindexed WHERE message = ?", row.key).run();
        if (!done)
            return fail(done.error());
    }
    return int(rows->size());
}

Result<> Search::forget(const Message &message)
{
    auto done = m_database.query("DELETE FROM unindexed WHERE message = ?", message.key).run();
    if (!done || m_database.changes() > 0 || message.body.isEmpty())
        return done;
    return m_database
        .query("INSERT INTO message_words (message_words, rowid, body) VALUES ('delete', ?, ?)", message.key,
               segment(message.body))
        .run();
}

Result<> Search::forgetRange(qint64 first, qint64 last)
{
    auto rows = m_database.query(
        "SELECT " STORE_MESSAGE_COLUMNS " FROM messages m WHERE m.key BETWEEN ? AND ? ORDER BY m.key", first, last);
    while (rows.next()) {
        if (auto done = forget(readMessage(rows)); !done)
            return done;
    }
    return rows.finish();
}

bool SearchRequest::isEmpty() const
{
    return text.trimmed().isEmpty() && conversation == 0 && conversations.isEmpty() && account.isNull()
        && authors.isEmpty() && !outgoing && !since.isValid() && !until.isValid() && !hasLink && !hasReaction
        && !hasReply;
}

Result<std::vector<Message>> Search::find(const SearchRequest &request) const
{
    const Finder finder(request);
    if (!finder.isPossible())
        return std::vector<Message>();
    // Only keys are sorted; the messages are read for those of the page.
    auto rows =
        m_database.queryOnce("SELECT " STORE_MESSAGE_COLUMNS " FROM (" + finder.sql(qBound(1, request.limit, 1000))
                             + ") JOIN messages m ON m.key = hit ORDER BY " + finder.order("hit"));
    finder.bind(rows);
    return rows.all<Message>(readMessage);
}

Result<SearchHits> Search::hits(const SearchRequest &request) const
{
    SearchRequest all = request;
    all.behind = 0;
    const Finder finder(all);
    if (!finder.isPossible() || request.conversation == 0)
        return SearchHits();
    auto rows = m_database.queryOnce(finder.sql(mostHits + 1));
    finder.bind(rows);
    auto keys = rows.all<qint64>([](const Statement &row) { return row.integer(0); });
    if (!keys)
        return fail(keys.error());
    SearchHits hits{std::move(*keys), false};
    if (hits.keys.size() > size_t(mostHits)) {
        hits.keys.resize(mostHits);
        hits.more = true;
    }
    return hits;
}

Result<qint64> Search::waiting(qint64 most) const
{
    return m_database.query("SELECT count(*) FROM (SELECT 1 FROM unindexed LIMIT ?)", most).number();
}

} // namespace store
