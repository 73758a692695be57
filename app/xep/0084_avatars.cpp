// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0084_avatars.h"

#include <QCryptographicHash>

#include <algorithm>

namespace xep {

AvatarInfo AvatarInfo::of(const QByteArray &picture, const QString &type)
{
    AvatarInfo info;
    info.bytes = quint32(picture.size());
    info.id = avatarId(picture);
    info.type = type;
    return info;
}

const AvatarInfo *AvatarMetadata::inNode() const
{
    const AvatarInfo *best = nullptr;
    for (size_t i = 0; i < std::min(forms.size(), mostForms); ++i) {
        const AvatarInfo &each = forms[i];
        if (!each.url.isNull() || each.bytes == 0 || each.bytes > mostBytes || avatarIdOf(each.id).isNull())
            continue;
        const bool isPng = each.type == u"image/png";
        if (isPng)
            return &each;
        if (!best || each.bytes < best->bytes)
            best = &each;
    }
    return best;
}

QString avatarId(const QByteArray &picture)
{
    return QString::fromLatin1(QCryptographicHash::hash(picture, QCryptographicHash::Sha1).toHex());
}

QString avatarIdOf(const QString &text)
{
    const QString id = xml::trimmed(text).toString().toLower();
    const bool isHexadecimal =
        std::all_of(id.begin(), id.end(), [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
    return id.size() == 40 && isHexadecimal ? id : QString();
}

bool isAvatar(const QByteArray &picture, const AvatarInfo &info)
{
    return !picture.isEmpty() && picture.size() <= qsizetype(AvatarMetadata::mostBytes)
        && picture.size() == qsizetype(info.bytes) && avatarId(picture) == avatarIdOf(info.id);
}

Error wrongAvatar(const Jid &owner)
{
    return {Error::Kind::Protocol, QStringLiteral("avatar-wrong"),
            QStringLiteral("What came from %1 is not the picture that was promised.").arg(owner.toString())};
}

Avatars::Avatars(Pubsub &pubsub) : m_pubsub(pubsub)
{
    connect(&pubsub, &Pubsub::published, this,
            [this](const xmpp::Incoming &from, const QString &node, const std::vector<Pubsub::Item> &items) {
                if (node == AvatarMetadata::node())
                    take(from, items);
            });
}

void Avatars::take(const xmpp::Incoming &from, const std::vector<Pubsub::Item> &items)
{
    using Channel = xmpp::Origin::Channel;
    const xmpp::Origin &origin = from.origin();
    // RELIABILITY 1.5: an account speaks for itself, by its bare address; what an archive or a copy says of it is old.
    if (!origin.author().isBare() || (origin.channel() != Channel::Live && origin.channel() != Channel::Offline))
        return;
    for (const Pubsub::Item &item : items) {
        if (const auto metadata = xml::decode<AvatarMetadata>(item.payload)) {
            Q_EMIT told(origin.author(), *metadata);
            return;
        }
    }
}

Task<Result<QByteArray>> Avatars::picture(Jid owner, AvatarInfo info)
{
    auto asking = m_pubsub.item(owner, AvatarData::node(), info.id);
    const auto item = co_await std::move(asking);
    if (!item)
        co_return fail(item.error());
    const auto data = xml::decode<AvatarData>(item->payload);
    if (!data || !isAvatar(data->bytes, info))
        co_return fail(wrongAvatar(owner));
    co_return data->bytes;
}

Task<Result<>> Avatars::publish(QByteArray picture, AvatarInfo info)
{
    Pubsub::Item data{info.id, xml::encode(AvatarData{picture})};
    auto sending = m_pubsub.publishShared(AvatarData::node(), std::move(data));
    const auto sent = co_await std::move(sending);
    if (!sent)
        co_return fail(sent.error());
    AvatarMetadata metadata;
    metadata.forms.push_back(info);
    Pubsub::Item telling{info.id, xml::encode(metadata)};
    auto publishing = m_pubsub.publishShared(AvatarMetadata::node(), std::move(telling));
    co_return co_await std::move(publishing);
}

Task<Result<>> Avatars::disable()
{
    Pubsub::Item nothing{{}, xml::encode(AvatarMetadata{})};
    auto publishing = m_pubsub.publishShared(AvatarMetadata::node(), std::move(nothing));
    co_return co_await std::move(publishing);
}

} // namespace xep
