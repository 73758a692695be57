// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"
#include "store/search.h"

#include <QDate>
#include <QStringList>

#include <vector>

namespace model {

/// Something in a search that cannot be answered, to be told to the person.
struct SearchProblem {
    enum class Kind {
        NoValue,       ///< Nothing stands behind the colon of `filter`.
        UnknownPerson, ///< Nobody is called `value`.
        UnknownChat,   ///< No chat is called so.
        BadDate,       ///< `value` is no date.
        EmptyTime,     ///< No day is both after and before what was said.
        UnknownKind,   ///< A message cannot have such a thing.
        LaterKind,     ///< This version does not know which messages have it: files.
    };

    Kind kind = Kind::NoValue;
    QString filter; ///< As in "before".
    QString value;  ///< As it was typed.

    friend bool operator==(const SearchProblem &, const SearchProblem &) = default;
};

/// What a person typed into a search, taken apart: `from:`, `in:`, `before:`, `after:`, `on:` and `has:` with what stands
/// behind their colon, a name of several words in quotation marks; all else is looked for as text. Several `from:` or `in:` mean any of
/// them. Days are those of the person's own clock.
struct SearchQuery {
    QString words;
    QStringList from;
    QStringList in;
    QDate since; ///< From this day on: `after:`; invalid: no limit.
    QDate until; ///< Before this day: `before:`.
    bool hasLink = false;
    bool hasReaction = false;
    bool hasReply = false;
    std::vector<SearchProblem> problems;

    static SearchQuery parse(const QString &text, const QDate &today);

    /// Nothing is asked for.
    bool isEmpty() const;
    /// The request, with the people and chats of the profile that are meant; those that nobody is add to `problems`.
    store::SearchRequest request(chat::Profile &profile);
};

/// The first day of what was typed: 2026-11-30, 2026-11, 2026, today, yesterday; invalid: it is no date.
QDate dayOf(const QString &text, const QDate &today);
/// How a chat is called: the contact's name, or the address. From outside.
QString chatTitle(chat::Profile &profile, const store::Conversation &chat);
/// How the author of a message in that chat is called; empty for ourselves.
QString authorTitle(chat::Profile &profile, const store::Message &message);

} // namespace model
