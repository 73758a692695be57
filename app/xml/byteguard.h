// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "xml/limits.h"

#include <string_view>
#include <vector>

namespace xml {

/// A value or a text of which nothing but its letters is to be read: no reference, no white space to be changed, only
/// characters that XML allows. The parser need not see it.
struct Plain {
    qint64 at = 0; ///< Of its first byte, among all that were passed.
    quint32 size = 0;
    qint32 attribute = -1; ///< Its place among the values of its tag, from 0; -1: a text.
    /// Each beginning and each end of an element counts one: the number of the one that it belongs to, or, of a text,
    /// that follows it.
    quint64 event = 0;
};

/// Looks at each byte before the parser does: strict UTF-8, no DTD, comment or processing instruction (RFC 6120 11.1),
/// and the limits on size, names and attributes. Keeps a few counters, no bytes. It also says where tags and top-level
/// elements end, so that the parser never reads a long tag twice and never runs ahead of the element in hand.
class ByteGuard
{
public:
    explicit ByteGuard(const Limits &limits) : m_limits(limits) { }

    /// How many bytes of `bytes`, from the first, are good. Fewer than all where hasFailed(), or where a top-level tag
    /// ended: then isAtEnd(), and the rest is to be passed by the next call.
    size_t pass(std::string_view bytes);
    /// True where the last byte passed ended the stream header, a top-level element or the stream.
    bool isAtEnd() const { return m_atEnd; }
    /// True inside a top-level element, or a tag.
    bool isInElement() const { return m_depth > 1 || isInTag(); }
    /// True outside tags, references and CDATA.
    bool isInText() const { return m_state == State::Text; }
    /// How many bytes were passed in all.
    qint64 total() const { return m_total; }
    /// The plain pieces among them, in their order, since clearPlain(). Only such as came whole in one call.
    const std::vector<Plain> &plain() const { return m_plain; }
    /// The first `count` go.
    void clearPlain(size_t count) { m_plain.erase(m_plain.begin(), m_plain.begin() + qptrdiff(count)); }
    /// How many of the last bytes passed belong to a tag, or to a reference in text, that is not complete yet.
    qint64 unfinished() const { return isInTag() || m_state == State::Reference ? m_total - m_heldFrom : 0; }

    /// Kind Protocol; the condition is the stream error to send: `restricted-xml`, `policy-violation`,
    /// `not-well-formed` or `unsupported-encoding`.
    const Error &error() const { return m_error; }
    bool hasFailed() const { return m_failed; }

    void setLimits(const Limits &limits) { m_limits = limits; }

private:
    static constexpr qint64 leastPlain = 4; ///< Bytes. Shorter ones are not worth the trouble.

    enum class State {
        Start, // nothing yet: a BOM, or <?xml, may come
        Text,
        Reference, // after '&' in text
        Cdata,
        Open,        // after '<'; from here on: inside a tag
        Bang,        // after '<!': only [CDATA[ may follow
        Declaration, // inside <?xml ... ?>
        Name,        // in a name
        Tag,         // outside names and quotes
        Single,      // inside '...'
        Double,      // inside "..."
    };
    bool isInTag() const { return m_state >= State::Open; }
    /// True where the bytes count towards the size of an element: white space between stanzas does not.
    bool isCounted() const { return m_depth > 1 || m_state != State::Text; }
    size_t passRun(std::string_view bytes);
    const char *passMarkup(const char *begin, const char *end);
    const char *tagRun(const char *p, const char *end);
    void beginTag(qint64 at, bool closing);
    qint64 room() const;
    bool mayTakeOne();
    void count(qint64 bytes);
    bool checkUtf8(unsigned char c);
    bool step(char c);
    bool stepText(char c);
    bool stepReference(char c);
    bool stepOpen(char c);
    bool stepDeclaration(char c);
    bool stepBang(char c);
    bool stepTag(char c);
    void tagEnded();
    bool refuse(const char *condition, const QString &detail);

    Limits m_limits;
    State m_state = State::Start;
    int m_utf8Left = 0;
    unsigned char m_utf8Low = 0x80;
    unsigned char m_utf8High = 0xBF;
    int m_matched = 0;      // progress in a fixed word: "?xml", "?>", "[CDATA[", "]]>"
    int m_nameBytes = 0;    // of the name, or of the reference, at hand
    int m_attributes = 0;   // of the tag at hand
    qint64 m_depth = 0;     // open elements, the stream header among them
    bool m_closing = false; // the tag at hand is </...>
    bool m_slash = false;   // the last byte in the tag was '/'
    bool m_atEnd = false;
    qint64 m_elementBytes = 0;
    qint64 m_total = 0;
    qint64 m_heldFrom = 0;  // where, in m_total, the '<' or '&' at hand stands
    bool m_isFresh = false; // in text of which no byte came yet
    quint64 m_events = 0;   // beginnings and ends of elements
    std::vector<Plain> m_plain;
    bool m_failed = false;
    Error m_error;
};

} // namespace xml
