// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/exportformats.h"

// A page of its own: no script runs in it and nothing is fetched for it. All that is from outside is escaped, and stands in
// elements that its direction cannot leave.

namespace chat::exportformats {
namespace {

constexpr auto style = R"(<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; }
header { border-bottom: 1px solid; margin-bottom: 1.5em; }
article { margin: 1em 0; padding: 0.5em 0.8em; border: 1px solid #8888; border-radius: 0.6em; }
article.out { margin-inline-start: 3em; }
article.in { margin-inline-end: 3em; }
.head { font-size: 0.85em; margin: 0 0 0.3em; }
.body, .quote, .version { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0.2em 0; }
.quote { border-inline-start: 3px solid #8888; padding-inline-start: 0.6em; }
.note, .version { font-size: 0.85em; font-style: italic; margin: 0.2em 0; }
</style>
)";

QString safe(const QString &text)
{
    return text.toHtmlEscaped();
}

/// Text from outside inside a line.
QString inlineText(const QString &text)
{
    return QStringLiteral("<bdi>%1</bdi>").arg(safe(withoutDirections(text)));
}

QString paragraph(const char *kind, const QString &html)
{
    return QStringLiteral("<p class=\"%1\" dir=\"auto\">").arg(QLatin1String(kind)) + html + QStringLiteral("</p>\n");
}

QString timeElement(const Request &request, const QDateTime &time)
{
    const QString iso = safe(isoTime(time));
    return QStringLiteral("<time datetime=\"%1\" title=\"%1\">%2</time>").arg(iso, safe(localTime(request, time)));
}

/// Words of ours around text from outside: %1, %2.
QString filled(const QString &words, const QStringList &html)
{
    QString text = safe(words);
    if (html.size() == 1)
        return text.arg(html[0]);
    return text.arg(html[0], html[1]);
}

QString answerHtml(const Request &request, const store::Message &message)
{
    if (message.replyTo.isEmpty())
        return {};
    if (!message.answered || message.answered->key == 0)
        return paragraph("quote", safe(request.words.answerToUnknown));
    const store::Message::Answered &source = *message.answered;
    const QString text = source.retracted ? request.words.deleted : source.body;
    return paragraph(
        "quote",
        filled(request.words.answer, {inlineText(nameOf(request, source.author, source.outgoing)), inlineText(text)}));
}

QString filesHtml(const Request &request, const store::Message &message)
{
    QString html;
    for (const store::File &file : message.files) {
        QString name = inlineText(file.name.isEmpty() ? file.url : file.name);
        if (isWebAddress(file.url))
            name = QStringLiteral("<a rel=\"noreferrer\" href=\"%1\">").arg(safe(file.url)) + name
                + QStringLiteral("</a>");
        html += paragraph("file", filled(request.words.file, {name}));
    }
    return html;
}

QString reactionsHtml(const Request &request, const store::Message &message)
{
    QStringList each;
    for (const store::Reactor &reactor : message.reactions)
        each.append(inlineText(reactor.signs.join(u' ')) + u' '
                    + inlineText(nameOf(request, reactor.author, reactor.outgoing)));
    return each.isEmpty() ? QString()
                          : paragraph("note", filled(request.words.reactions, {each.join(QStringLiteral("; "))}));
}

QString versionsHtml(const Request &request, const Entry &entry)
{
    QString html;
    // The last one is what it says now.
    for (size_t i = 0; i + 1 < entry.versions.size(); ++i)
        html += paragraph("version",
                          filled(request.words.before,
                                 {timeElement(request, entry.versions[i].time), inlineText(entry.versions[i].body)}));
    return html;
}

} // namespace

QByteArray beginHtml(const Request &request)
{
    QString html = QStringLiteral("<!DOCTYPE html>\n<html lang=\"%1\" dir=\"%2\">\n<head>\n<meta charset=\"utf-8\">\n")
                       .arg(safe(request.words.locale.bcp47Name()),
                            request.words.isRightToLeft ? QStringLiteral("rtl") : QStringLiteral("ltr"));
    html += QStringLiteral(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                "'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%1</title>\n")
                .arg(safe(request.words.title));
    html += QLatin1String(style);
    html += QStringLiteral("</head>\n<body>\n<header>\n<h1 dir=\"auto\">%1</h1>\n").arg(safe(request.words.title));
    html += paragraph("note", inlineText(request.chat.peer.toString()));
    html += paragraph("note", safe(request.words.exported));
    return (html + QStringLiteral("</header>\n<main>\n")).toUtf8();
}

QByteArray entryHtml(const Request &request, const Entry &entry)
{
    const store::Message &message = entry.message;
    QString html =
        message.outgoing ? QStringLiteral("<article class=\"out\">\n") : QStringLiteral("<article class=\"in\">\n");
    html += QStringLiteral("<p class=\"head\"><strong>%1</strong> %2")
                .arg(inlineText(nameOf(request, message.author, message.outgoing)), timeElement(request, message.time));
    const auto note = [&html](bool applies, const QString &words) {
        if (applies)
            html += QStringLiteral(" · ") + safe(words);
    };
    note(message.edited, request.words.edited);
    note(message.encryption != store::Encryption::None, request.words.encrypted);
    note(message.state == store::MessageState::Failed || message.state == store::MessageState::Queued,
         request.words.notSent);
    html += QStringLiteral("</p>\n");
    html += answerHtml(request, message);
    if (message.retracted)
        html += paragraph("note", safe(request.words.deleted));
    else if (!message.body.isEmpty())
        html += QStringLiteral("<div class=\"body\" dir=\"auto\">") + safe(message.body) + QStringLiteral("</div>\n");
    html += filesHtml(request, message) + reactionsHtml(request, message) + versionsHtml(request, entry);
    return (html + QStringLiteral("</article>\n")).toUtf8();
}

} // namespace chat::exportformats
