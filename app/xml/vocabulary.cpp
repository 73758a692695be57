// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/vocabulary.h"

#include <bit>
#include <cstring>
#include <iterator>
#include <type_traits>

namespace xml::vocabulary {
namespace {

using namespace std::string_view_literals;

/// Of elements and attributes; no word twice here and below.
constexpr std::string_view names[] = {
    // The stream and its stanzas
    ""sv,
    "a"sv,
    "abort"sv,
    "active"sv,
    "affiliation"sv,
    "alt"sv,
    "apply-to"sv,
    "approved"sv,
    "ask"sv,
    "audio"sv,
    "authzid"sv,
    "autojoin"sv,
    "bind"sv,
    "body"sv,
    "bound"sv,
    "by"sv,
    "c"sv,
    "category"sv,
    "chat"sv,
    "code"sv,
    "composing"sv,
    "conference"sv,
    "condition"sv,
    "configure"sv,
    "content"sv,
    "count"sv,
    "data"sv,
    "date"sv,
    "delay"sv,
    "description"sv,
    "desc"sv,
    "destroy"sv,
    "device"sv,
    "devices"sv,
    "displayed"sv,
    "dnd"sv,
    "enable"sv,
    "enabled"sv,
    "encrypted"sv,
    "encryption"sv,
    "end"sv,
    "error"sv,
    "event"sv,
    "failed"sv,
    "fallback"sv,
    "feature"sv,
    "features"sv,
    "field"sv,
    "file"sv,
    "file-sharing"sv,
    "fin"sv,
    "first"sv,
    "for"sv,
    "form"sv,
    "forwarded"sv,
    "from"sv,
    "get"sv,
    "gone"sv,
    "group"sv,
    "h"sv,
    "hash"sv,
    "hash-used"sv,
    "header"sv,
    "height"sv,
    "id"sv,
    "identity"sv,
    "idle"sv,
    "inactive"sv,
    "index"sv,
    "info"sv,
    "instructions"sv,
    "invite"sv,
    "iq"sv,
    "item"sv,
    "items"sv,
    "item-not-found"sv,
    "iv"sv,
    "jid"sv,
    "key"sv,
    "keys"sv,
    "label"sv,
    "lang"sv,
    "last"sv,
    "list"sv,
    "location"sv,
    "markable"sv,
    "max"sv,
    "mechanism"sv,
    "mechanisms"sv,
    "media"sv,
    "media-type"sv,
    "message"sv,
    "metadata"sv,
    "moderate"sv,
    "moderated"sv,
    "name"sv,
    "namespace"sv,
    "nick"sv,
    "no-copy"sv,
    "no-permanent-store"sv,
    "no-store"sv,
    "node"sv,
    "occupant-id"sv,
    "option"sv,
    "origin-id"sv,
    "password"sv,
    "paused"sv,
    "payload"sv,
    "photo"sv,
    "ping"sv,
    "presence"sv,
    "preid"sv,
    "prekey"sv,
    "prev"sv,
    "priority"sv,
    "private"sv,
    "propose"sv,
    "publish"sv,
    "pubsub"sv,
    "query"sv,
    "queryid"sv,
    "r"sv,
    "reaction"sv,
    "reactions"sv,
    "reason"sv,
    "received"sv,
    "replace"sv,
    "reply"sv,
    "request"sv,
    "required"sv,
    "resource"sv,
    "response"sv,
    "result"sv,
    "resume"sv,
    "resumed"sv,
    "retract"sv,
    "retracted"sv,
    "rid"sv,
    "role"sv,
    "row"sv,
    "rsm"sv,
    "seconds"sv,
    "sent"sv,
    "session"sv,
    "set"sv,
    "show"sv,
    "sid"sv,
    "since"sv,
    "size"sv,
    "sources"sv,
    "source"sv,
    "stamp"sv,
    "stanza-id"sv,
    "start"sv,
    "starttls"sv,
    "status"sv,
    "store"sv,
    "storage"sv,
    "stream"sv,
    "subject"sv,
    "subscribe"sv,
    "subscription"sv,
    "target"sv,
    "text"sv,
    "thread"sv,
    "thumbnail"sv,
    "time"sv,
    "title"sv,
    "to"sv,
    "token"sv,
    "type"sv,
    "uri"sv,
    "url"sv,
    "url-data"sv,
    "value"sv,
    "var"sv,
    "vCard"sv,
    "vcard"sv,
    "ver"sv,
    "version"sv,
    "width"sv,
    "x"sv,
};

constexpr std::string_view namespaces[] = {
    "jabber:client"sv,
    "http://etherx.jabber.org/streams"sv,
    "http://www.w3.org/XML/1998/namespace"sv,
    "urn:ietf:params:xml:ns:xmpp-stanzas"sv,
    "urn:ietf:params:xml:ns:xmpp-streams"sv,
    "urn:ietf:params:xml:ns:xmpp-sasl"sv,
    "urn:ietf:params:xml:ns:xmpp-bind"sv,
    "urn:ietf:params:xml:ns:xmpp-session"sv,
    "urn:ietf:params:xml:ns:xmpp-tls"sv,
    "jabber:iq:roster"sv,
    "jabber:iq:version"sv,
    "jabber:iq:last"sv,
    "jabber:iq:register"sv,
    "jabber:iq:private"sv,
    "jabber:x:data"sv,
    "jabber:x:oob"sv,
    "jabber:x:conference"sv,
    "jabber:x:delay"sv,
    "vcard-temp"sv,
    "vcard-temp:x:update"sv,
    "storage:bookmarks"sv,
    "eu.siacs.conversations.axolotl"sv,
    "eu.siacs.conversations.axolotl.devicelist"sv,
    "http://jabber.org/protocol/caps"sv,
    "http://jabber.org/protocol/chatstates"sv,
    "http://jabber.org/protocol/commands"sv,
    "http://jabber.org/protocol/disco#info"sv,
    "http://jabber.org/protocol/disco#items"sv,
    "http://jabber.org/protocol/muc"sv,
    "http://jabber.org/protocol/muc#user"sv,
    "http://jabber.org/protocol/muc#admin"sv,
    "http://jabber.org/protocol/muc#owner"sv,
    "http://jabber.org/protocol/nick"sv,
    "http://jabber.org/protocol/pubsub"sv,
    "http://jabber.org/protocol/pubsub#event"sv,
    "http://jabber.org/protocol/rsm"sv,
    "http://jabber.org/protocol/xhtml-im"sv,
    "http://www.w3.org/1999/xhtml"sv,
    "urn:xmpp:attention:0"sv,
    "urn:xmpp:avatar:data"sv,
    "urn:xmpp:avatar:metadata"sv,
    "urn:xmpp:bind:0"sv,
    "urn:xmpp:blocking"sv,
    "urn:xmpp:bob"sv,
    "urn:xmpp:bookmarks:1"sv,
    "urn:xmpp:caps"sv,
    "urn:xmpp:carbons:2"sv,
    "urn:xmpp:chat-markers:0"sv,
    "urn:xmpp:csi:0"sv,
    "urn:xmpp:delay"sv,
    "urn:xmpp:eme:0"sv,
    "urn:xmpp:fallback:0"sv,
    "urn:xmpp:fast:0"sv,
    "urn:xmpp:fasten:0"sv,
    "urn:xmpp:file:metadata:0"sv,
    "urn:xmpp:forward:0"sv,
    "urn:xmpp:hashes:2"sv,
    "urn:xmpp:hints"sv,
    "urn:xmpp:http:upload:0"sv,
    "urn:xmpp:idle:1"sv,
    "urn:xmpp:jingle:1"sv,
    "urn:xmpp:jingle-message:0"sv,
    "urn:xmpp:mam:2"sv,
    "urn:xmpp:message-correct:0"sv,
    "urn:xmpp:message-moderate:1"sv,
    "urn:xmpp:message-retract:1"sv,
    "urn:xmpp:occupant-id:0"sv,
    "urn:xmpp:omemo:2"sv,
    "urn:xmpp:ping"sv,
    "urn:xmpp:reactions:0"sv,
    "urn:xmpp:receipts"sv,
    "urn:xmpp:reference:0"sv,
    "urn:xmpp:reply:0"sv,
    "urn:xmpp:sasl:2"sv,
    "urn:xmpp:sasl-cb:0"sv,
    "urn:xmpp:sce:1"sv,
    "urn:xmpp:sfs:0"sv,
    "urn:xmpp:sid:0"sv,
    "urn:xmpp:sims:1"sv,
    "urn:xmpp:sm:3"sv,
    "urn:xmpp:spoiler:0"sv,
    "urn:xmpp:styling:0"sv,
    "urn:xmpp:thumbs:1"sv,
    "urn:xmpp:time"sv,
};

static_assert(std::size(names) + std::size(namespaces) == count);

/// `N` bytes of `text` from `from` on, as a number that is good for nothing but mixing.
template<size_t N>
constexpr quint64 load(std::string_view text, size_t from)
{
    if (!std::is_constant_evaluated()) {
        std::conditional_t<N == 8, quint64, quint32> word;
        std::memcpy(&word, text.data() + from, N);
        return word;
    }
    quint64 word = 0;
    for (size_t i = 0; i < N; ++i) {
        const size_t at = std::endian::native == std::endian::little ? N - 1 - i : i;
        word = word << 8 | static_cast<unsigned char>(text[from + at]);
    }
    return word;
}

constexpr size_t slots = 1024;
static_assert(count * 3 < slots);

/// Where the search for `text` begins: a mix of its length, its first and its last bytes.
constexpr size_t slotOf(std::string_view text)
{
    quint64 mixed = text.size();
    if (text.size() >= 8) {
        mixed ^= load<8>(text, 0) * 0x9E3779B97F4A7C15ULL ^ load<8>(text, text.size() - 8);
    } else if (text.size() >= 4) {
        mixed ^= load<4>(text, 0) << 32 ^ load<4>(text, text.size() - 4) << 3;
    } else if (!text.empty()) {
        const auto byte = [&](size_t i) { return quint64(static_cast<unsigned char>(text[i])); };
        mixed ^= byte(0) << 24 ^ byte(text.size() / 2) << 16 ^ byte(text.size() - 1) << 8;
    }
    mixed *= 0xD6E8FEB86659FD93ULL;
    return size_t(mixed >> 54);
}

struct Table {
    std::array<std::string_view, count> words;
    std::array<quint16, slots> slot{}; ///< A number and one, or 0.
    bool isSound = true;               ///< No word twice, and no colon in names.
};

constexpr Table table = [] {
    Table made;
    for (size_t i = 0; i < count; ++i) {
        const std::string_view word = i < std::size(names) ? names[i] : namespaces[i - std::size(names)];
        made.words[i] = word;
        made.isSound = made.isSound && (i >= std::size(names) || word.find(':') == word.npos);
        size_t slot = slotOf(word);
        for (; made.slot[slot] != 0; slot = (slot + 1) % slots)
            made.isSound = made.isSound && made.words[made.slot[slot] - 1U] != word;
        made.slot[slot] = quint16(i + 1);
    }
    return made;
}();
static_assert(table.isSound && table.words[0].empty());

} // namespace

const std::array<std::string_view, count> words = table.words;

quint32 find(std::string_view word)
{
    for (size_t slot = slotOf(word); table.slot[slot] != 0; slot = (slot + 1) % slots) {
        if (table.words[table.slot[slot] - 1U] == word)
            return table.slot[slot] - 1U;
    }
    return count;
}

bool isName(quint32 number)
{
    return number < std::size(names);
}

} // namespace xml::vocabulary
