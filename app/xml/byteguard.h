// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "xml/limits.h"

#include <string_view>

namespace xml {

/// Looks at each byte before the parser does: strict UTF-8, no DTD, comment or processing instruction (RFC 6120 11.1),
/// and the limits on size and names. Keeps a few counters, no bytes.
class ByteGuard
{
public:
    explicit ByteGuard(const Limits &limits) : m_limits(limits) { }

    /// How many bytes of `bytes`, from the first, may go to the parser. Fewer than all: error() says why.
    size_t pass(std::string_view bytes);
    /// Kind Protocol; the condition is the stream error to send: `restricted-xml`, `policy-violation`,
    /// `not-well-formed` or `unsupported-encoding`.
    const Error &error() const { return m_error; }
    bool hasFailed() const { return m_failed; }

    void setLimits(const Limits &limits) { m_limits = limits; }

private:
    enum class State {
        Start,       // nothing yet: a BOM, or <?xml, may come
        Text,
        Open,        // after '<'
        Bang,        // after '<!': only [CDATA[ may follow
        Declaration, // inside <?xml ... ?>
        Name,        // the tag's name
        Tag,         // inside a tag, outside quotes
        Single,      // inside '...'
        Double,      // inside "..."
        Cdata,
    };
    bool checkUtf8(unsigned char c);
    bool step(char c);
    bool stepOpen(char c);
    bool stepBang(char c);
    bool stepTag(char c);
    void tagEnded();
    bool refuse(const char *condition, const QString &detail);

    Limits m_limits;
    State m_state = State::Start;
    int m_utf8Left = 0;
    unsigned char m_utf8Low = 0x80;
    unsigned char m_utf8High = 0xBF;
    int m_matched = 0;       // progress in a fixed word: BOM, "?xml", "[CDATA[", "]]>"
    int m_nameBytes = 0;
    qint64 m_depth = 0;      // open elements, the stream header among them
    bool m_closing = false;  // the tag at hand is </...>
    bool m_slash = false;    // the last byte in the tag was '/'
    qint64 m_elementBytes = 0;
    qint64 m_total = 0;
    bool m_failed = false;
    Error m_error;
};

} // namespace xml
