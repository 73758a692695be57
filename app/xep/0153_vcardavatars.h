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

inline std::optional<QByteArray> VCardPicture::picture(const QString &id) const
{
    if (!photo || photo->bytes.isEmpty() || photo->bytes.size() > qsizetype(AvatarMetadata::mostBytes)
        || avatarId(photo->bytes) != id)
        return {};
    return photo->bytes;
}

} // namespace xep
