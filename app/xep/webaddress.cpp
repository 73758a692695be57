// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/webaddress.h"

#include <algorithm>

namespace xep {

std::optional<QUrl> webAddress(const QString &text, WebSchemes schemes)
{
    if (text.isEmpty() || text.size() > longestWebAddress)
        return {};
    const bool isClean = std::none_of(text.begin(), text.end(), [](QChar c) {
        return c.isSpace() || c == u'\\' || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
    });
    if (!isClean)
        return {};
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == u"https" || (schemes == WebSchemes::HttpToo && url.scheme() == u"http");
    if (!url.isValid() || !isWeb || url.host().isEmpty() || !url.userInfo().isEmpty())
        return {};
    return url;
}

} // namespace xep
