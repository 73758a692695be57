// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0153_vcardavatars.h"

#include "xmpp/presence.h"

namespace xep {
namespace {

constexpr char cardNs[] = "vcard-temp";

/// `card` with this picture instead of its own. It may be null.
xml::Element withPhoto(const xml::Element &card, const std::optional<VCardPhoto> &photo)
{
    xml::Builder builder("vCard", cardNs);
    for (const char *name : {"version", "prodid"})
        builder.attribute(name, card.attribute(name));
    for (const xml::Element &each : card.children()) {
        if (!each.is("PHOTO", cardNs))
            builder.child(each);
    }
    if (photo)
        builder.child(xml::encode(*photo));
    return builder.build();
}

} // namespace

std::optional<QByteArray> VCardPicture::picture(const QString &id) const
{
    if (!photo || photo->bytes.isEmpty() || photo->bytes.size() > qsizetype(AvatarMetadata::mostBytes)
        || avatarId(photo->bytes) != id)
        return {};
    return photo->bytes;
}

VCardAvatars::VCardAvatars(xmpp::Client &client) : m_client(client)
{
    connect(&client, &xmpp::Client::presence, this, &VCardAvatars::take);
}

void VCardAvatars::take(const xmpp::Incoming &incoming)
{
    const auto presence = xmpp::Presence::of(incoming.element());
    if (!presence || presence->type != xmpp::Presence::Type::Available)
        return;
    if (const auto update = incoming.get<VCardUpdate>())
        Q_EMIT told(incoming.author(), *update);
}

Task<Result<QByteArray>> VCardAvatars::picture(Jid owner, QString id)
{
    const xml::Element question = xml::encode(VCardPicture{});
    auto answer = co_await m_client.get(owner, question);
    if (!answer)
        co_return fail(answer.error());
    const auto card = xml::decode<VCardPicture>(answer->firstChild());
    auto picture = card ? card->picture(id) : std::nullopt;
    if (!picture)
        co_return fail(wrongAvatar(owner));
    co_return std::move(*picture);
}

/// The whole of it; null where there is none (XEP-0054 3.1).
Task<Result<xml::Element>> VCardAvatars::ownCard()
{
    const xml::Element question = xml::encode(VCardPicture{});
    auto answer = co_await m_client.get(Jid(), question);
    if (answer)
        co_return answer->child("vCard", cardNs);
    const Error &error = answer.error();
    if (error.kind == Error::Kind::Stanza && error.condition == u"item-not-found")
        co_return xml::Element();
    co_return fail(error);
}

Task<Result<QString>> VCardAvatars::own()
{
    auto asking = ownCard();
    const auto card = co_await std::move(asking);
    if (!card)
        co_return fail(card.error());
    const auto picture = xml::decode<VCardPicture>(*card);
    if (!picture || !picture->photo || picture->photo->bytes.isEmpty())
        co_return QString();
    co_return avatarId(picture->photo->bytes);
}

Task<Result<>> VCardAvatars::publish(QByteArray picture, QString type)
{
    auto asking = ownCard();
    const auto card = co_await std::move(asking);
    // What is there and cannot be read is not written over.
    if (!card)
        co_return fail(card.error());
    std::optional<VCardPhoto> photo;
    if (!picture.isEmpty())
        photo = VCardPhoto{type, picture};
    const xml::Element changed = withPhoto(*card, photo);
    auto answer = co_await m_client.set(Jid(), changed);
    if (!answer)
        co_return fail(answer.error());
    co_return Result<>{};
}

} // namespace xep
