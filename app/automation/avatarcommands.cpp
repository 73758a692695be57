// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/fields.h"
#include "automation/port.h"
#include "chat/avatars.h"
#include "media/decoder.h"

namespace automation {
namespace {

constexpr int largestEdge = 256, smallerEdge = 192; // pixels
constexpr qsizetype bytesEnough = 96 * 1024;

/// Another size of the same: PNG, which all have to know (XEP-0084 4.1).
Task<Result<media::Encoded>> asAvatar(media::Decoder *decoder, QString path)
{
    media::EncodeOptions options;
    options.format = media::EncodeOptions::Format::Png;
    auto encoding = decoder->encode(path, QSize(largestEdge, largestEdge), options);
    auto encoded = co_await std::move(encoding);
    if (!encoded || encoded->bytes.size() <= bytesEnough)
        co_return encoded;
    auto again = decoder->encode(path, QSize(smallerEdge, smallerEdge), options);
    co_return co_await std::move(again);
}

} // namespace

void Port::addAvatarCommands()
{
    add("avatar.set", std::bind_front(&Port::avatarSet, this));
    add("avatar.get", std::bind_front(&Port::avatarGet, this));
}

Task<Result<QJsonObject>> Port::avatarSet(QJsonObject arguments)
{
    const auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    const QJsonValue path = arguments.value(QStringLiteral("path"));
    if (!path.isString())
        co_return fail(badField(QStringLiteral("path"), QStringLiteral("a picture's path, or empty")));
    if (!(*account)->client().isOnline())
        co_return fail(Error::Kind::Network, QStringLiteral("offline"),
                       QStringLiteral("The account %1 is not connected.").arg((*account)->jid().toString()));
    Result<> done;
    if (path.toString().isEmpty()) {
        auto removing = (*account)->avatars().remove();
        done = co_await std::move(removing);
    } else {
        if (!m_decoder)
            m_decoder = std::make_unique<media::Decoder>(m_profile.services().clock);
        auto making = asAvatar(m_decoder.get(), path.toString());
        const auto made = co_await std::move(making);
        if (!made)
            co_return fail(made.error());
        auto publishing = (*account)->avatars().publish(made->bytes);
        done = co_await std::move(publishing);
    }
    if (!done)
        co_return fail(done.error());
    const QString id = (*account)->avatars().idOf((*account)->jid());
    co_return QJsonObject{{QStringLiteral("account"), (*account)->jid().toString()},
                          {QStringLiteral("hash"), id.isNull() ? QJsonValue() : QJsonValue(id)}};
}

Task<Result<QJsonObject>> Port::avatarGet(QJsonObject arguments)
{
    const auto account = accountOf(arguments);
    if (!account)
        co_return fail(account.error());
    Jid who = (*account)->jid();
    if (const QJsonValue named = arguments.value(QStringLiteral("jid")); !named.isUndefined()) {
        const auto parsed = Jid::parse(named.toString());
        if (!parsed)
            co_return fail(parsed.error());
        who = parsed->bare();
    }
    const QString id = (*account)->avatars().idOf(who);
    auto getting = (*account)->avatars().picture(who);
    const auto picture = co_await std::move(getting);
    if (!picture)
        co_return fail(picture.error());
    const auto header = media::readImageHeader(*picture, media::mostAvatarPixels);
    if (!header)
        co_return fail(header.error());
    co_return QJsonObject{{QStringLiteral("account"), (*account)->jid().toString()},
                          {QStringLiteral("jid"), who.toString()},
                          {QStringLiteral("hash"), id},
                          {QStringLiteral("type"), media::mediaType(header->type)},
                          {QStringLiteral("width"), header->size.width()},
                          {QStringLiteral("height"), header->size.height()},
                          {QStringLiteral("data"), QString::fromLatin1(picture->toBase64())}};
}

void Port::connectAvatars(chat::Account *account)
{
    connect(&account->avatars(), &chat::Avatars::changed, this, [this, account](const Jid &who) {
        const QString id = account->avatars().idOf(who);
        Q_EMIT happened({{QStringLiteral("event"), QStringLiteral("avatar")},
                         {QStringLiteral("account"), account->jid().toString()},
                         {QStringLiteral("jid"), who.toString()},
                         {QStringLiteral("hash"), id.isNull() ? QJsonValue() : QJsonValue(id)}});
    });
}

} // namespace automation
