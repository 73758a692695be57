// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0511_linkmetadata.h"

#include "xep/payloads.h"

#include <algorithm>

namespace xep {
namespace {

void cut(QString *text)
{
    if (text->size() <= LinkMetadata::longestText)
        return;
    text->truncate(LinkMetadata::longestText);
    if (text->back().isHighSurrogate())
        text->chop(1);
}

} // namespace

std::vector<LinkMetadata> LinkMetadata::of(const xml::Element &message)
{
    std::vector<LinkMetadata> all;
    for (LinkMetadata &each : findAll<LinkMetadata>(message, mostPerMessage)) {
        const bool isKnown =
            std::any_of(all.begin(), all.end(), [&each](const LinkMetadata &one) { return one.about == each.about; });
        if (isKnown || !each.address())
            continue;
        for (QString *text : {&each.title, &each.text, &each.kind, &each.siteName, &each.imageText})
            cut(text);
        each.images.resize(std::min(each.images.size(), mostImages));
        all.push_back(std::move(each));
    }
    return all;
}

std::optional<QByteArray> LinkMetadata::imageBytes() const
{
    for (size_t i = 0; i < std::min(images.size(), mostImages); ++i) {
        Thumbnail image;
        image.uri = images[i].uri;
        if (auto bytes = image.bytes())
            return bytes;
    }
    return {};
}

} // namespace xep
