// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/filestanzas.h"

#include "chat/filenames.h"
#include "chat/stanzas.h"
#include "store/messagerow.h"
#include "xep/0066_oob.h"
#include "xep/0428_fallback.h"
#include "xep/0447_filesharing.h"
#include "xml/parse.h"
#include "xml/writer.h"

#include <QMimeDatabase>

namespace chat::filestanzas {
namespace {

/// What is kept of a description; one that is larger is kept without its pictures.
constexpr qsizetype mostPayload = 128 * 1024;
constexpr qsizetype longestType = 255;

bool isSeen(const QString &type)
{
    return type.startsWith(u"image/") || type.startsWith(u"audio/") || type.startsWith(u"video/");
}

/// By a name's ending alone; empty where that says nothing.
QString typeOf(const QString &name)
{
    const QMimeType type = QMimeDatabase().mimeTypeForFile(name, QMimeDatabase::MatchExtension);
    return type.isDefault() ? QString() : type.name();
}

/// The first address that may be fetched from, else the first.
QString addressOf(const xep::FileSharing &sharing)
{
    const auto addresses = sharing.sources ? sharing.sources->addresses() : std::vector<QUrl>();
    for (const QUrl &url : addresses) {
        if (url.scheme() == u"https")
            return url.toString(QUrl::FullyEncoded);
    }
    return addresses.empty() ? QString() : addresses.front().toString(QUrl::FullyEncoded);
}

store::File described(const xep::FileSharing &sharing)
{
    store::File file;
    file.url = addressOf(sharing);
    file.name = filenames::safe(sharing.file->name);
    if (sharing.file->name.isEmpty() && !file.url.isEmpty())
        file.name = filenames::ofAddress(QUrl(file.url));
    file.type = sharing.file->type.left(longestType);
    if (file.type.isEmpty())
        file.type = typeOf(file.name);
    file.size = sharing.file->bytes();
    if (const xep::Hash *hash = xep::strongest(sharing.file->hashes)) {
        file.hashName = hash->name;
        file.hash = hash->value;
    }
    file.payload = xml::Writer::write(xml::encode(sharing));
    if (file.payload.size() > mostPayload) {
        xep::FileSharing smaller = sharing;
        smaller.file->thumbnails.clear();
        smaller.file->descriptions.clear();
        file.payload = xml::Writer::write(xml::encode(smaller));
    }
    if (file.payload.size() > mostPayload)
        file.payload.clear();
    return file;
}

/// What describePicture() wrote.
xep::FileMetadata ownDescription(const QByteArray &payload)
{
    if (payload.isEmpty())
        return {};
    const auto element = xml::parse(payload);
    if (!element)
        return {};
    const auto sharing = xml::decode<xep::FileSharing>(*element);
    return sharing && sharing->file ? *sharing->file : xep::FileMetadata();
}

} // namespace

QByteArray describePicture(QSize pixels)
{
    if (pixels.isEmpty())
        return {};
    xep::FileSharing sharing;
    sharing.file.emplace();
    sharing.file->setDimensions(pixels.width(), pixels.height());
    return xml::Writer::write(xml::encode(sharing));
}

QString captionOf(const store::Message &message)
{
    return store::captionOf(message.body, message.files);
}

QString bodyOf(const QString &caption, const store::File &file)
{
    return caption.isEmpty() ? file.url : caption + u'\n' + file.url;
}

xmpp::Message make(const Jid &to, const QString &id, const QString &caption, const store::File &file)
{
    const QString body = bodyOf(caption, file);
    xmpp::Message message = stanzas::plain(to, id, body, nullptr);
    message.add(xep::OutOfBand{file.url, {}});
    xep::FileSharing sharing;
    sharing.disposition = isSeen(file.type) ? QStringLiteral("inline") : QStringLiteral("attachment");
    sharing.file = ownDescription(file.payload);
    sharing.file->name = file.name;
    sharing.file->type = file.type;
    if (file.size)
        sharing.file->setBytes(*file.size);
    if (!file.hash.isEmpty())
        sharing.file->hashes.push_back({file.hashName, file.hash});
    sharing.sources.emplace();
    sharing.sources->urls.push_back({file.url});
    message.add(sharing);
    xep::Fallback fallback;
    fallback.ns = xep::FileSharing::ns();
    fallback.bodies.emplace_back();
    if (!caption.isEmpty()) {
        fallback.bodies.front().start = xep::CodePoint{xep::CodePoints(caption).count()};
        fallback.bodies.front().end = xep::CodePoint{xep::CodePoints(body).count()};
    }
    message.add(fallback);
    return message;
}

std::vector<store::File> filesIn(const xml::Element &message)
{
    std::vector<store::File> files;
    for (const xep::FileSharing &sharing : xep::FileSharing::of(message))
        files.push_back(described(sharing));
    if (!files.empty())
        return files;
    const auto oob = xml::find<xep::OutOfBand>(message);
    const auto address = oob ? oob->address() : std::nullopt;
    const QString body = xmpp::Message::bodyOf(message);
    if (!address || (!body.isEmpty() && body.trimmed() != oob->url))
        return files;
    store::File file;
    file.url = address->toString(QUrl::FullyEncoded);
    file.name = filenames::ofAddress(*address);
    file.type = typeOf(file.name);
    files.push_back(std::move(file));
    return files;
}

bool isInline(const store::File &file)
{
    if (!isSeen(file.type))
        return false;
    if (file.payload.isEmpty())
        return true;
    const auto element = xml::parse(file.payload);
    if (!element)
        return false;
    const auto sharing = xml::decode<xep::FileSharing>(*element);
    return sharing && sharing->shownAs() != xep::FileSharing::Disposition::Attachment;
}

} // namespace chat::filestanzas
