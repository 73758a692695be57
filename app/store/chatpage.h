// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/archives.h"
#include "store/messages.h"
#include "store/store.h"

namespace store {

/// A page of one conversation, and where messages may be missing in it.
struct ChatPage {
    Page page;
    std::vector<ChatGap> gaps; ///< Those that are open, of the whole conversation.
};

/// For Store::read(): both of one moment. Errors: Storage.
struct ReadChatPage {
    qint64 conversation;
    PageRequest request;
    Result<ChatPage> operator()(Reader &reader) const
    {
        auto page = reader.messages().page(conversation, request);
        if (!page)
            return fail(page.error());
        auto gaps = reader.archives().openIn(conversation);
        if (!gaps)
            return fail(gaps.error());
        return ChatPage{std::move(*page), std::move(*gaps)};
    }
};

} // namespace store
