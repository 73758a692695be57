// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Our own picture: published, and put into our vCard where the server does not do that.
#include "chat/avatars.h"
#include "media/imageheader.h"

namespace chat {
namespace {

using store::AvatarOwner;
using store::AvatarSource;

} // namespace

Task<Result<Avatars::Server>> Avatars::askServer()
{
    if (m_server)
        co_return *m_server;
    auto asking = m_extensions.disco.info(m_account);
    const auto info = co_await std::move(asking);
    if (!info)
        co_return fail(info.error());
    Server server;
    server.converts = info->has(xep::VCardAvatars::conversionFeature());
    for (const xep::DiscoIdentity &each : info->identities)
        server.publishes = server.publishes || (each.category == u"pubsub" && each.type == u"pep"); // XEP-0163 6.1
    m_server = server;
    co_return server;
}

Task<Result<>> Avatars::publish(QByteArray picture)
{
    const auto header = media::readImageHeader(picture, media::mostAvatarPixels);
    if (!header)
        co_return fail(header.error());
    if (picture.size() > mostOwnBytes)
        co_return fail(Error::Kind::Input, QStringLiteral("image-too-large"),
                       QStringLiteral("The picture has more than %1 bytes.").arg(mostOwnBytes));
    auto info = xep::AvatarInfo::of(picture, media::mediaType(header->type));
    info.width = quint16(header->size.width());
    info.height = quint16(header->size.height());
    auto asking = askServer();
    const auto server = co_await std::move(asking);
    if (!server)
        co_return fail(server.error());
    // Kept first: what others tell us of it is nothing to be fetched then.
    auto keeping = keep(info.id, picture);
    const auto kept = co_await std::move(keeping);
    if (!kept)
        co_return fail(kept.error());
    auto publishing = publishOn(*server, picture, info);
    co_return co_await std::move(publishing);
}

Task<Result<>> Avatars::publishOn(Server server, QByteArray picture, xep::AvatarInfo info)
{
    if (server.publishes) {
        auto publishing = m_extensions.avatars.publish(picture, info);
        const auto published = co_await std::move(publishing);
        if (!published)
            co_return fail(published.error());
        setOwner({m_account, info.id, info.bytes, AvatarSource::Published});
        if (server.converts)
            co_return Result<>{};
    }
    auto putting = m_extensions.vcardAvatars.publish(picture, info.type);
    const auto put = co_await std::move(putting);
    if (!put && server.publishes)
        co_return Result<>{}; // those who know XEP-0084 see it
    if (!put)
        co_return fail(put.error());
    setOwner({m_account, info.id, info.bytes, server.publishes ? AvatarSource::Both : AvatarSource::VCard});
    if (!server.converts)
        tell(info.id);
    co_return Result<>{};
}

Task<Result<>> Avatars::remove()
{
    auto asking = askServer();
    const auto server = co_await std::move(asking);
    if (!server)
        co_return fail(server.error());
    if (server->publishes) {
        auto disabling = m_extensions.avatars.disable();
        const auto disabled = co_await std::move(disabling);
        if (!disabled)
            co_return fail(disabled.error());
    }
    if (!server->converts || !server->publishes) {
        auto putting = m_extensions.vcardAvatars.publish({}, {});
        const auto put = co_await std::move(putting);
        if (!put && !server->publishes)
            co_return fail(put.error());
        if (put && !server->converts)
            tell(QLatin1String(""));
    }
    setOwner({m_account, {}, 0, AvatarSource::Published});
    co_return Result<>{};
}

/// Whether our vCard still has the picture that we put there, which another device may have changed (XEP-0153 4.4).
Task<void> Avatars::checkOwn()
{
    if (++m_checks > mostChecksOfOwn)
        co_return;
    auto asking = askServer();
    const auto server = co_await std::move(asking);
    if (!server || server->converts)
        co_return;
    auto reading = m_extensions.vcardAvatars.own();
    const auto id = co_await std::move(reading);
    if (!id)
        co_return;
    AvatarOwner own = m_owners.value(m_account);
    if (own.source == AvatarSource::VCard && own.id != *id)
        setOwner({m_account, *id, 0, AvatarSource::VCard});
    tell(*id);
}

void Avatars::tell(const QString &id)
{
    if (id == m_told && id.isNull() == m_told.isNull())
        return;
    m_told = id;
    Q_EMIT toldChanged();
}

} // namespace chat
