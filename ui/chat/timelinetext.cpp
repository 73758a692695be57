// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/timelinetext.h"

#include <QRegularExpression>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace ui {

namespace {

bool isEmojiBase(char32_t c)
{
    return (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x1f000 && c <= 0x1f2ff) || (c >= 0x2600 && c <= 0x27bf)
        || (c >= 0x2b00 && c <= 0x2bff) || (c >= 0x2300 && c <= 0x23ff) || c == 0x203c || c == 0x2049 || c == 0x3030
        || c == 0x303d || c == 0x3297 || c == 0x3299;
}

/// One grapheme cluster that shows as an emoji: a pictograph, or something made one by U+FE0F (digits, arrows).
bool isEmojiCluster(QStringView cluster)
{
    const QList<uint> points = cluster.toUcs4();
    if (points.isEmpty())
        return false;
    if (isEmojiBase(points.first()))
        return !points.contains(0xfe0e) && (points.first() > 0xffff || points.contains(0xfe0f) || points.size() == 1);
    return points.contains(0xfe0f);
}

/// Takes off what belongs to the sentence: closing punctuation, and brackets that were not opened inside.
qsizetype trimmedLength(QStringView link)
{
    while (!link.isEmpty()) {
        const QChar last = link.last();
        const bool closes = last == u')' && link.count(u'(') < link.count(u')');
        const bool bracket = last == u']' && link.count(u'[') < link.count(u']');
        if (!closes && !bracket
            && !QStringView(u".,;:!?'\"*_~`\u3002\uff0c\uff01\uff1f\uff1b\uff1a\uff09\u300d\u300f\u2026")
                    .contains(last))
            break;
        link.chop(1);
    }
    return link.size();
}

} // namespace

QVector<TextLink> findLinks(const QString &text)
{
    QVector<TextLink> links;
    if (!text.contains(u':'))
        return links;
    static const QRegularExpression pattern(
        QStringLiteral("(?<![\\w@])(?:https?://|xmpp:|mailto:)[^\\s<>\"\\x{2066}-\\x{2069}\\x{202a}-\\x{202e}]+"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const qsizetype length = trimmedLength(match.capturedView());
        const QUrl url(match.captured().left(length), QUrl::StrictMode);
        const bool whole = url.scheme().startsWith(u"http") ? !url.host().isEmpty() : !url.path().isEmpty();
        if (url.isValid() && whole)
            links.append({int(match.capturedStart()), int(length), url});
    }
    return links;
}

bool isEmojiOnly(const QString &text)
{
    if (text.isEmpty() || text.size() > 96 || text.at(0).unicode() < 0x23)
        return false;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype start = 0;
    int count = 0;
    for (qsizetype end = finder.toNextBoundary(); end > 0; end = finder.toNextBoundary()) {
        const QStringView cluster = QStringView(text).mid(start, end - start);
        start = end;
        if (cluster == u" ")
            continue;
        if (!isEmojiCluster(cluster) || ++count > 3)
            return false;
    }
    return count > 0;
}

QVector<std::pair<int, int>> emojiRuns(const QString &text)
{
    QVector<std::pair<int, int>> runs;
    const auto candidate = [](QChar c) {
        return (c.unicode() >= 0xd83c && c.unicode() <= 0xd83e) || c.unicode() == 0xfe0f;
    };
    if (std::none_of(text.cbegin(), text.cend(), candidate))
        return runs;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    qsizetype start = 0;
    for (qsizetype end = finder.toNextBoundary(); end > 0; end = finder.toNextBoundary()) {
        const QStringView cluster = QStringView(text).mid(start, end - start);
        if (std::any_of(cluster.cbegin(), cluster.cend(), candidate) && isEmojiCluster(cluster)) {
            if (!runs.isEmpty() && runs.constLast().first + runs.constLast().second == start)
                runs.last().second += int(end - start);
            else
                runs.append({int(start), int(end - start)});
        }
        start = end;
    }
    return runs;
}

QString cutText(const QString &text, int limit, int lines)
{
    qsizetype end = std::min<qsizetype>(limit, text.size());
    int seen = 0;
    for (qsizetype i = text.indexOf(u'\n'); i >= 0 && i < end; i = text.indexOf(u'\n', i + 1)) {
        if (++seen == lines) {
            end = i;
            break;
        }
    }
    if (end > 0 && end < text.size() && text.at(end - 1).isHighSurrogate())
        --end;
    return text.left(end);
}

QString layoutText(const QString &text)
{
    QString result = text;
    for (QChar &c : result) {
        const ushort u = c.unicode();
        if (u == u'\n' || u == 0x2029)
            c = QChar::LineSeparator;
        else if (u == u'\r')
            c = u' ';
        else if ((u < 0x20 && u != u'\t') || u == 0x7f)
            c = QChar::ReplacementCharacter;
    }
    return result;
}

} // namespace ui
