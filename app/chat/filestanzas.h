// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/messages.h"
#include "xmpp/message.h"

#include <QSize>

/// How files are written into messages, and read from them.
namespace chat::filestanzas {

/// What a person is to see beside the file: the message's text without the file's name or address, which stand for it.
QString captionOf(const store::Message &message);
/// The text of a message with this file: its address, below the caption where there is one. Older clients show it.
QString bodyOf(const QString &caption, const store::File &file);
/// The message, once the file is at its address: that as its body, with XEP-0066 for older clients and XEP-0447 for all
/// that is known of the file.
xmpp::Message make(const Jid &to, const QString &id, const QString &caption, const store::File &file);
/// What is said of a picture of ours beside its name and its size, as File::payload; empty where nothing is known.
QByteArray describePicture(QSize pixels);
/// The files of a message that came: those of XEP-0447, else the address of XEP-0066 where the text is nothing else.
std::vector<store::File> filesIn(const xml::Element &message);
/// Whether this file is meant to be seen in the chat, and not only offered (XEP-0447): a picture, a sound, a film.
bool isInline(const store::File &file);

} // namespace chat::filestanzas
