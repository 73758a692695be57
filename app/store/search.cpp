// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/search.h"

#include "store/keys.h"
#include "store/messagerow.h"

namespace store {
namespace {

/// Written without spaces between words: each character is a word of its own here.
bool standsAlone(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul: return true;
    default: return false;
    }
}

/// Each word as a phrase whose last token may go on. Empty where there is nothing to look for.
QString matchFor(const QString &text)
{
    QStringList phrases;
    for (QString word : text.simplified().split(QChar::Space, Qt::SkipEmptyParts)) {
        const auto codes = word.toUcs4();
        if (std::none_of(codes.begin(), codes.end(), [](uint c) { return QChar::isLetterOrNumber(c); }))
            continue; // the tokenizer would find no word in it
        word.replace(QLatin1Char('"'), QChar::Space);
        phrases.append(QStringLiteral("\"%1\"*").arg(Search::segment(word)));
    }
    return phrases.join(QChar::Space);
}

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
        if (standsAlone(c))
            result += QChar::Space;
        result += piece;
        if (standsAlone(c))
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

Result<std::vector<Message>> Search::find(const SearchRequest &request) const
{
    const QString match = matchFor(request.text);
    if (match.isEmpty())
        return std::vector<Message>();
    const qint64 first = request.conversation > 0 ? keys::first(request.conversation) : 0;
    const qint64 last =
        request.conversation > 0 ? keys::last(request.conversation) : std::numeric_limits<qint64>::max();
    const qint64 since =
        request.since.isValid() ? request.since.toMSecsSinceEpoch() : std::numeric_limits<qint64>::min();
    const qint64 until =
        request.until.isValid() ? request.until.toMSecsSinceEpoch() : std::numeric_limits<qint64>::max();
    const int limit = qBound(1, request.limit, 1000);
    if (request.account.isNull() && request.from.isNull() && !request.since.isValid() && !request.until.isValid()) {
        // Only the index is read until the hits are known.
        return m_database
            .query("SELECT " STORE_MESSAGE_COLUMNS
                   " FROM (SELECT rowid AS hit FROM message_words WHERE message_words MATCH ? "
                   "AND rowid BETWEEN ? AND ? ORDER BY rowid & ? DESC LIMIT ?) JOIN messages m ON m.key = hit "
                   "ORDER BY m.key & ?4 DESC",
                   match, first, last, keys::timeMask, limit)
            .all<Message>(readMessage);
    }
    const QString from = request.from.toString();
    return m_database
        .query("SELECT " STORE_MESSAGE_COLUMNS " FROM message_words w JOIN messages m ON m.key = w.rowid "
               "WHERE w.message_words MATCH ?1 AND w.rowid BETWEEN ?2 AND ?3 AND m.time >= ?4 AND m.time < ?5 "
               "AND (?6 = '' OR (m.key >> ?9) IN (SELECT id FROM conversations WHERE account = ?6)) "
               "AND (?7 = '' OR m.author = ?7 OR substr(m.author, 1, length(?7) + 1) = ?7 || '/') "
               "ORDER BY m.key & ?10 DESC LIMIT ?8",
               match, first, last, since, until, orEmpty(request.account.toString()), orEmpty(from), limit,
               keys::timeBits, keys::timeMask)
        .all<Message>(readMessage);
}

} // namespace store
