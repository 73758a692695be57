// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0447_filesharing.h"

namespace xep {

std::vector<QUrl> FileSources::addresses() const
{
    std::vector<QUrl> all;
    for (const UrlData &url : urls) {
        if (all.size() >= mostUrls)
            break;
        if (const auto address = url.address())
            all.push_back(*address);
    }
    return all;
}

std::vector<FileSharing> FileSharing::of(const xml::Element &message)
{
    std::vector<FileSharing> all = findAll<FileSharing>(message, mostPerMessage);
    std::erase_if(all, [](const FileSharing &each) { return !each.file; });
    return all;
}

std::optional<FileSharing::Disposition> FileSharing::shownAs() const
{
    return xml::fromWord<Disposition>(disposition.toStdString());
}

} // namespace xep
