// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/changes.h"
#include "store/conversations.h"

#include <QLocale>

/// How a chat is written into a file that others read (docs/export.md).
namespace chat::exportformats {

enum class Format {
    Html, ///< One page that needs nothing else.
    Text, ///< UTF-8.
    Json, ///< All that is known, for programs.
};

/// What people read around the messages, in their language; `%1` as each says.
struct Words {
    QString title;    ///< "Chat with ...": plain text.
    QString exported; ///< When it was written.
    QString edited;   ///< Beside a message that was corrected.
    QString before;   ///< "Before (%1): %2": what it said, and since when.
    QString deleted;  ///< In the place of a message that was taken back.
    QString answer;   ///< "In reply to %1: %2": a name, and the beginning of what it said.
    QString answerToUnknown;
    QString reactions; ///< "Reactions: %1".
    QString file;      ///< "File: %1".
    QString encrypted;
    QString notSent; ///< Beside one of ours that the server does not have.
    QLocale locale = QLocale::c();
    bool isRightToLeft = false;
};

struct Request {
    store::Conversation chat;
    Format format = Format::Html;
    QString path;      ///< Of the file; what is there is replaced when all is written.
    QString ownName;   ///< How we are called.
    QString otherName; ///< How the other side is called, or the room.
    QDateTime now;
    Words words;
};

/// A message with all that it ever said, oldest first; empty where it was never corrected.
struct Entry {
    store::Message message;
    std::vector<store::Change> versions;
};

/// Pieces of UTF-8: the beginning, then each message in its order, then the end.
QByteArray begin(const Request &request);
QByteArray entry(const Request &request, const Entry &entry, bool isFirst);
QByteArray end(const Request &request);

/// What a person is called who wrote something.
QString nameOf(const Request &request, const Jid &author, bool outgoing);
/// In UTC, ISO 8601, with milliseconds; empty where it is not known.
QString isoTime(const QDateTime &time);
/// In the person's time and language.
QString localTime(const Request &request, const QDateTime &time);
/// Without the characters that turn the direction of what stands around them.
QString withoutDirections(QString text);
/// An address that a browser may be sent to.
bool isWebAddress(const QString &url);

QByteArray beginHtml(const Request &request);
QByteArray entryHtml(const Request &request, const Entry &entry);
QByteArray beginText(const Request &request);
QByteArray entryText(const Request &request, const Entry &entry);
QByteArray beginJson(const Request &request);
QByteArray entryJson(const Request &request, const Entry &entry);

} // namespace chat::exportformats
