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

} // namespace xep
