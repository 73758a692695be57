// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/exportformats.h"

#include <QUrl>

namespace chat::exportformats {

QByteArray begin(const Request &request)
{
    switch (request.format) {
    case Format::Html: return beginHtml(request);
    case Format::Text: return beginText(request);
    case Format::Json: return beginJson(request);
    }
    Q_UNREACHABLE();
}

QByteArray entry(const Request &request, const Entry &entry, bool isFirst)
{
    switch (request.format) {
    case Format::Html: return entryHtml(request, entry);
    case Format::Text: return entryText(request, entry);
    case Format::Json: return (isFirst ? QByteArray() : QByteArray(",\n")) + entryJson(request, entry);
    }
    Q_UNREACHABLE();
}

QByteArray end(const Request &request)
{
    switch (request.format) {
    case Format::Html: return "</main>\n</body>\n</html>\n";
    case Format::Text: return {};
    case Format::Json: return "\n]}\n";
    }
    Q_UNREACHABLE();
}

QString nameOf(const Request &request, const Jid &author, bool outgoing)
{
    if (outgoing)
        return request.ownName;
    const bool inRoom = request.chat.kind != store::ConversationKind::Chat;
    return inRoom && !author.resource().isEmpty() ? author.resource() : request.otherName;
}

QString isoTime(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QString localTime(const Request &request, const QDateTime &time)
{
    return request.words.locale.toString(time.toLocalTime(), QLocale::LongFormat);
}

QString withoutDirections(QString text)
{
    return text.removeIf([](QChar c) {
        return (c.unicode() >= 0x202a && c.unicode() <= 0x202e) || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069);
    });
}

bool isWebAddress(const QString &url)
{
    const QUrl parsed(url, QUrl::StrictMode);
    return parsed.isValid() && !parsed.host().isEmpty() && (parsed.scheme() == u"https" || parsed.scheme() == u"http");
}

} // namespace chat::exportformats
