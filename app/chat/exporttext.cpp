// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/exportformats.h"

// Heads stand at the margin and all else is indented, so that no message can look like another one.

namespace chat::exportformats {
namespace {

const QString indent = QStringLiteral("    ");

/// Text from outside inside a line, of which its direction cannot get out.
QString inlinePlain(const QString &text)
{
    return QChar(0x2068) + withoutDirections(text).simplified() + QChar(0x2069);
}

/// Each line of it, at whatever ends a line for some program.
QString block(QString text, const QString &before)
{
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    for (const char16_t end : {u'\r', u'\v', u'\f', u'\u0085', u'\u2028', u'\u2029'})
        text.replace(QChar(end), u'\n');
    QString result;
    for (const QString &line : text.split(u'\n'))
        result += before + line + u'\n';
    return result;
}

QString answerText(const Request &request, const store::Message &message)
{
    if (message.replyTo.isEmpty())
        return {};
    if (!message.answered || message.answered->key == 0)
        return indent + QStringLiteral("> ") + request.words.answerToUnknown + u'\n';
    const store::Message::Answered &source = *message.answered;
    const QString text = source.retracted ? request.words.deleted : source.body;
    return block(
        request.words.answer.arg(inlinePlain(nameOf(request, source.author, source.outgoing)), inlinePlain(text)),
        indent + QStringLiteral("> "));
}

} // namespace

QByteArray beginText(const Request &request)
{
    return (request.words.title.simplified() + u'\n' + request.chat.peer.toString() + u'\n' + request.words.exported
            + u'\n')
        .toUtf8();
}

QByteArray entryText(const Request &request, const Entry &entry)
{
    const store::Message &message = entry.message;
    QString text = QStringLiteral("\n[%1 · %2] ").arg(isoTime(message.time), localTime(request, message.time))
        + inlinePlain(nameOf(request, message.author, message.outgoing));
    QStringList notes;
    if (message.edited)
        notes.append(request.words.edited);
    if (message.encryption != store::Encryption::None)
        notes.append(request.words.encrypted);
    if (message.state == store::MessageState::Failed || message.state == store::MessageState::Queued)
        notes.append(request.words.notSent);
    if (!notes.isEmpty())
        text += QStringLiteral(" (") + notes.join(QStringLiteral("; ")) + u')';
    text += QStringLiteral(":\n") + answerText(request, message);
    if (message.retracted)
        text += indent + request.words.deleted + u'\n';
    else if (!message.body.isEmpty())
        text += block(message.body, indent);
    for (const store::File &file : message.files) {
        const QString name = file.url.isEmpty() || file.url == file.name
            ? inlinePlain(file.name)
            : inlinePlain(file.name) + QStringLiteral(" <") + withoutDirections(file.url).simplified() + u'>';
        text += indent + request.words.file.arg(name) + u'\n';
    }
    QStringList reactions;
    for (const store::Reactor &reactor : message.reactions)
        reactions.append(inlinePlain(reactor.signs.join(u' ')) + u' '
                         + inlinePlain(nameOf(request, reactor.author, reactor.outgoing)));
    if (!reactions.isEmpty())
        text += indent + request.words.reactions.arg(reactions.join(QStringLiteral("; "))) + u'\n';
    for (size_t i = 0; i + 1 < entry.versions.size(); ++i)
        text +=
            block(request.words.before.arg(localTime(request, entry.versions[i].time), entry.versions[i].body), indent);
    return text.toUtf8();
}

} // namespace chat::exportformats
