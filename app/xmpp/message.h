// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "xml/describe.h"

namespace xmpp {

/// A message to send (RFC 6121 5). Extensions put payloads in; no field is ever added for one of them.
struct Message {
    enum class Type { Normal, Chat, Groupchat, Headline, Error };

    Jid to;
    QString id;
    Type type = Type::Chat;
    QString body; ///< Null: no body.
    QString subject;
    QString thread;
    std::vector<xml::Element> payloads;

    template<xml::Described T>
    void add(const T &payload)
    {
        payloads.push_back(xml::encode(payload));
    }
    xml::Element toElement() const;

    /// The type of a received message; an unknown or missing one is Normal (RFC 6121 5.2.2).
    static Type typeOf(const xml::Element &message);
    /// The body of a received message: the first without xml:lang, else the first. Null where there is none.
    static QString bodyOf(const xml::Element &message);
};

} // namespace xmpp

template<>
struct xml::Words<xmpp::Message::Type> {
    static constexpr std::array<std::pair<xmpp::Message::Type, std::string_view>, 5> table{{
        {xmpp::Message::Type::Normal, "normal"},
        {xmpp::Message::Type::Chat, "chat"},
        {xmpp::Message::Type::Groupchat, "groupchat"},
        {xmpp::Message::Type::Headline, "headline"},
        {xmpp::Message::Type::Error, "error"},
    }};
};
