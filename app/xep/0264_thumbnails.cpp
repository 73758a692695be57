// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0264_thumbnails.h"

namespace xep {

std::optional<QByteArray> Thumbnail::bytes() const
{
    const QStringView text(uri);
    // Four letters for three bytes, and some for the header.
    if (!text.startsWith(u"data:image/", Qt::CaseInsensitive) || text.size() > mostBytes / 3 * 4 + 256)
        return {};
    const qsizetype comma = text.indexOf(u',');
    if (comma < 0 || !text.left(comma).endsWith(u";base64", Qt::CaseInsensitive))
        return {};
    auto bytes = xml::Value<QByteArray>::parse(text.mid(comma + 1).toString());
    if (!bytes || bytes->isEmpty() || bytes->size() > mostBytes)
        return {};
    return bytes;
}

} // namespace xep
