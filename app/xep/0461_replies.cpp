// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0461_replies.h"

namespace xep {
namespace {

const QChar ellipsis(0x2026);

/// The start of `text`, whole code points, at most `longest` units.
QStringView startOf(QStringView text, qsizetype longest)
{
    if (text.size() <= longest)
        return text;
    text.truncate(longest);
    if (text.back().isHighSurrogate())
        text.chop(1);
    return text;
}

} // namespace

QuotedReply QuotedReply::of(const QString &heading, const QString &original, const QString &text)
{
    QuotedReply reply;
    reply.fallback.ns = Reply::ns();
    const auto quote = [&reply](QStringView line) {
        reply.body += u"> ";
        reply.body += line;
        reply.body += u'\n';
    };
    if (!heading.isEmpty())
        quote(QString(heading).replace(u'\n', u' '));
    QStringView rest = startOf(original, longestQuote);
    bool isCut = rest.size() < original.size();
    for (int lines = 0; !rest.isEmpty(); ++lines) {
        const qsizetype found = rest.indexOf(u'\n');
        const qsizetype end = found < 0 ? rest.size() : found;
        const bool isLast = end + 1 >= rest.size();
        if (lines == mostLines - 1 && (!isLast || isCut)) {
            isCut = true;
            break;
        }
        quote(rest.left(end));
        rest = isLast ? QStringView() : rest.mid(end + 1);
    }
    if (isCut)
        quote(QStringView(&ellipsis, 1));
    if (!reply.body.isEmpty())
        reply.fallback.bodies.push_back({CodePoint{0}, CodePoint{CodePoints(reply.body).count()}});
    reply.body += text;
    return reply;
}

} // namespace xep
