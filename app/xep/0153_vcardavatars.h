// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0084_avatars.h"

namespace xep {

/// In a presence: which picture the vCard of its sender has (XEP-0153).
struct VCardUpdate {
    QString photo; ///< Null: not said yet; empty: none; else its name, as it came.

    /// There is no picture, for certain (XEP-0153 4.1).
    bool isWithout() const { return !photo.isNull() && xml::trimmed(photo).isEmpty(); }
    /// The picture's name as avatarId() gives it; null where none is said.
    QString id() const { return avatarIdOf(photo); }
};
constexpr auto describe(xml::Type<VCardUpdate>)
{
    return xml::element("x", "vcard-temp:x:update", xml::textChild("photo", &VCardUpdate::photo));
}

/// The picture in a vCard (XEP-0054).
struct VCardPhoto {
    QString type; ///< Media type; a claim.
    QByteArray bytes;
};
constexpr auto describe(xml::Type<VCardPhoto>)
{
    return xml::element("PHOTO", "vcard-temp", xml::textChild("TYPE", &VCardPhoto::type),
                        xml::textChild("BINVAL", &VCardPhoto::bytes));
}

/// Of a vCard (XEP-0054) what pictures need. Empty, it is the question. To be read alone: written back, it would take
/// everything else out of the vCard.
struct VCardPicture {
    std::optional<VCardPhoto> photo;

    /// The picture, where the vCard has the one of this name (avatarId()) and it is not too large; else nothing.
    std::optional<QByteArray> picture(const QString &id) const;
};
constexpr auto describe(xml::Type<VCardPicture>)
{
    return xml::element("vCard", "vcard-temp", xml::child(&VCardPicture::photo));
}

/// Hears by presences what pictures are in the vCards of others, fetches them, and puts ours there (XEP-0153): for those
/// who do not know XEP-0084, and for servers that do not make the one of the other (XEP-0398).
class VCardAvatars : public xmpp::Extension
{
    Q_OBJECT
public:
    explicit VCardAvatars(xmpp::Client &client);

    /// What an account's features name where its server makes vCards' pictures of published ones (XEP-0398 2).
    static QString conversionFeature() { return QStringLiteral("urn:xmpp:pep-vcard-conversion:0"); }

    /// The picture of the name `id` in the vCard of `owner`, a bare address. Errors: as xmpp::Client::get(); Protocol
    /// `avatar-wrong` where there is none, or another one.
    Task<Result<QByteArray>> picture(Jid owner, QString id);
    /// The name of the picture in our own vCard; null where there is none. Errors: as xmpp::Client::get().
    Task<Result<QString>> own();
    /// Puts `picture` into our vCard (XEP-0054 3.2) and leaves the rest of it as it is; an empty one takes it out. Errors: as
    /// xmpp::Client::get() and set().
    Task<Result<>> publish(QByteArray picture, QString type);

Q_SIGNALS:
    /// The client at `who`, which may be ours, is available and says so. Anybody can.
    void told(const Jid &who, const xep::VCardUpdate &update);

private:
    void take(const xmpp::Incoming &presence);
    Task<Result<xml::Element>> ownCard();

    xmpp::Client &m_client;
};

} // namespace xep
