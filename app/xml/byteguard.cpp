// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/byteguard.h"

#include "xml/scan.h"

#include <algorithm>
#include <array>
#include <limits>

namespace xml {
namespace {

constexpr std::string_view declarationWord = "?xml";
constexpr std::string_view cdataWord = "[CDATA[";

// A NUL among so many first bytes lets the parser take the stream for UTF-16, whatever encoding it was told.
constexpr qint64 sniffed = 2;

// A character reference may carry any number of leading zeros; nobody needs them.
constexpr int longestReference = 32;

bool isSpaceByte(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

constexpr auto nameBytes = [] {
    std::array<bool, 256> table{};
    for (int c = 0; c < 128; ++c)
        table[size_t(c)] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
            || c == ':' || c == '_' || c == '.';
    return table;
}();

bool isNameByte(char c)
{
    return nameBytes[static_cast<unsigned char>(c)];
}

/// The length of the UTF-8 sequence of several bytes that `bytes` begins with (RFC 3629 4); 0 where it is none, or is not
/// whole.
size_t wholeSequence(std::string_view bytes)
{
    const auto at = [&](size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const auto isTail = [&](size_t i) { return (at(i) & 0xC0) == 0x80; };
    if (bytes.size() < 2 || !isTail(1))
        return 0;
    const unsigned first = at(0);
    const unsigned second = at(1);
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool isShortest = first != 0xE0 || second >= 0xA0;
        const bool isSurrogate = first == 0xED && second >= 0xA0;
        return bytes.size() >= 3 && isTail(2) && isShortest && !isSurrogate ? 3 : 0;
    }
    const bool isInRange =
        (first == 0xF0 && second >= 0x90) || (first > 0xF0 && first < 0xF4) || (first == 0xF4 && second < 0x90);
    return isInRange && bytes.size() >= 4 && isTail(2) && isTail(3) ? 4 : 0;
}

/// The length of the whole and legal reference that stands at `p`; 0 where there is none.
qint64 referenceAt(const char *p, const char *end)
{
    if (p == end || *p != '&')
        return 0;
    const char *at = p + 1;
    while (at < end && (isNameByte(*at) || *at == '#'))
        ++at;
    return at < end && *at == ';' && at - p - 1 <= longestReference ? at + 1 - p : 0;
}

/// The end of the run from `p` on of good UTF-8 without `a`, `b` and `c` and without controls. It may come too early,
/// never too late. `isPlain` becomes false where a character is in it that XML does not allow (XML 1.0, 2.2: Char).
const char *runWithout(const char *p, const char *end, char a, char b, char c, bool &isPlain)
{
    for (;;) {
        p = scan::asciiWithout(p, end, a, b, c);
        if (p == end || static_cast<unsigned char>(*p) < 0x80)
            return p;
        do {
            const size_t sequence = wholeSequence({p, size_t(end - p)});
            if (sequence == 0)
                return p;
            if (p[0] == '\xEF' && p[1] == '\xBF' && static_cast<unsigned char>(p[2]) >= 0xBE)
                isPlain = false; // U+FFFE, U+FFFF
            p += sequence;
        } while (p < end && static_cast<unsigned char>(*p) >= 0x80);
    }
}

/// As above, without `a` and `b`; controls pass.
const char *runWithout(const char *p, const char *end, char a, char b)
{
    for (bool isPlain = true;; ++p) {
        p = runWithout(p, end, a, b, b, isPlain);
        if (p == end || *p == a || *p == b || static_cast<unsigned char>(*p) >= 0x80)
            return p;
    }
}

/// The end of the text, or of what is good of it: at a '<', or before what step() must judge.
const char *textRun(const char *p, const char *end, bool &isPlain)
{
    for (;; ++p) {
        p = runWithout(p, end, '<', '&', '>', isPlain);
        if (p == end || *p == '<' || static_cast<unsigned char>(*p) >= 0x80)
            return p;
        if (*p == '\n' || *p == '\t')
            continue;
        isPlain = false; // a reference, a line end to be changed, a character that is not allowed, or perhaps ]]>
        if (*p != '&')
            continue;
        const qint64 reference = referenceAt(p, end);
        if (reference == 0)
            return p;
        p += reference - 1;
    }
}

/// The end of the value: at its quote, or before what step() must judge.
const char *valueRun(const char *p, const char *end, char quote, bool &isPlain)
{
    for (;; ++p) {
        p = runWithout(p, end, quote, '<', '&', isPlain);
        if (p == end || *p == quote || static_cast<unsigned char>(*p) >= 0x80)
            return p;
        isPlain = false; // a reference, white space to be changed, or what is not allowed
    }
}

/// How many of the last bytes before `end`, back to `begin`, stand in a name.
qint64 nameBefore(const char *begin, const char *end)
{
    const char *p = end;
    while (p > begin && isNameByte(p[-1]))
        --p;
    return end - p;
}

} // namespace

size_t ByteGuard::pass(std::string_view bytes)
{
    m_atEnd = false;
    size_t i = 0;
    while (i < bytes.size() && !m_failed && !m_atEnd) {
        if (const size_t run = passRun(bytes.substr(i))) {
            i += run;
            continue;
        }
        const char c = bytes[i];
        const bool isAscii = static_cast<unsigned char>(c) < 0x80 && m_utf8Left == 0;
        if ((room() <= 0 && !mayTakeOne()) || (!isAscii && !checkUtf8(static_cast<unsigned char>(c))))
            break;
        if (c == '\0' && m_total < sniffed) {
            refuse("not-well-formed", QStringLiteral("A stream does not begin with NUL."));
            break;
        }
        count(1);
        m_isFresh = false;
        if (!(m_state >= State::Name ? stepTag(c) : step(c))) {
            --m_total;
            break;
        }
        ++i;
    }
    return i;
}

/// Passes what needs no second look: nearly all bytes. Gives how many; at the next one step() must decide.
size_t ByteGuard::passRun(std::string_view bytes)
{
    const qint64 most = std::min(qint64(bytes.size()), room());
    if (m_utf8Left > 0 || m_total < sniffed || most <= 0)
        return 0;
    const char *const begin = bytes.data();
    const char *const end = begin + most;
    if (m_state == State::Text && m_depth <= 0)
        return 0;
    if (m_state == State::Text && m_depth == 1) { // between stanzas nothing but '<' matters, and nothing is counted
        const auto run = size_t(runWithout(begin, end, '<', '&') - begin);
        count(qint64(run));
        return run;
    }
    if (m_state == State::Cdata && m_matched == 0) {
        const auto run = size_t(runWithout(begin, end, ']', ']') - begin);
        count(qint64(run));
        return run;
    }
    return m_state == State::Text || m_state >= State::Name ? size_t(passMarkup(begin, end) - begin) : 0;
}

/// Text inside elements, and tags. `end` is within the limits on size; the others are looked at here.
const char *ByteGuard::passMarkup(const char *begin, const char *end)
{
    const char *p = begin;
    const char *value = nullptr; // where the value at hand begins, if that is here
    for (;;) {
        const char *const from = p;
        if (m_state == State::Text) {
            bool isPlain = m_isFresh;
            p = textRun(p, end, isPlain);
            m_isFresh = isPlain && p == from;
            // The byte after '<' says what it begins; what is no tag goes step by step.
            if (end - p < 2 || *p != '<' || !(p[1] == '/' || isNameByte(p[1])))
                break;
            if (isPlain && p - from >= leastPlain)
                m_plain.push_back({m_total + (from - begin), quint32(p - from), -1, m_events});
            beginTag(m_total + (p - begin), p[1] == '/');
            p += m_closing ? 2 : 1;
        } else if (m_state >= State::Single) {
            const char quote = m_state == State::Single ? '\'' : '"';
            bool isPlain = value != nullptr;
            p = valueRun(p, end, quote, isPlain);
            if (p == end || *p != quote)
                break;
            if (isPlain && p - value >= leastPlain)
                m_plain.push_back({m_total + (value - begin), quint32(p - value), m_attributes - 1, m_events});
            value = nullptr;
            ++p;
            m_nameBytes = 0;
            m_state = State::Tag;
        } else {
            p = tagRun(p, end);
            if (p > from)
                m_slash = p[-1] == '/';
            if (p < end && *p == '>') {
                ++p;
                tagEnded();
                if (m_atEnd)
                    break;
            } else if (p < end && (*p == '\'' || *p == '"') && m_attributes < m_limits.attributes) {
                m_state = *p == '\'' ? State::Single : State::Double;
                ++m_attributes;
                m_slash = false;
                value = ++p;
            } else {
                const qint64 name = nameBefore(from, p);
                m_nameBytes = name == p - from ? m_nameBytes + int(name) : int(name);
                m_state = m_nameBytes > 0 ? State::Name : State::Tag;
                break;
            }
        }
    }
    m_total += p - begin;
    m_elementBytes += p - begin;
    if (m_atEnd)
        m_elementBytes = 0;
    return p;
}

/// The end of what stands in a tag outside quotes and means nothing more, at most so far that no name can be too long.
const char *ByteGuard::tagRun(const char *p, const char *end)
{
    if (m_state == State::Tag)
        m_nameBytes = 0;
    const qint64 most = std::max(0, m_limits.nameBytes - m_nameBytes);
    const char *const window = end - p > most ? p + most : end;
    for (;; ++p) { // white space may be a control
        p = scan::asciiWithout(p, window, '>', '\'', '"');
        if (p == window || static_cast<unsigned char>(*p) >= 0x20)
            return p;
    }
}

void ByteGuard::beginTag(qint64 at, bool closing)
{
    m_state = State::Tag;
    m_heldFrom = at;
    m_closing = closing;
    m_slash = false;
    m_attributes = 0;
    m_nameBytes = 0;
}

/// How many more bytes the limits allow.
qint64 ByteGuard::room() const
{
    const qint64 element = isCounted() ? m_limits.elementBytes - m_elementBytes : std::numeric_limits<qint64>::max();
    return m_limits.totalBytes < 0 ? element : std::min(element, m_limits.totalBytes - m_total);
}

/// With the reason where it may not.
bool ByteGuard::mayTakeOne()
{
    if (isCounted() && m_elementBytes >= m_limits.elementBytes)
        return refuse("policy-violation",
                      QStringLiteral("An element is larger than %1 bytes.").arg(m_limits.elementBytes));
    if (m_limits.totalBytes >= 0 && m_total >= m_limits.totalBytes)
        return refuse("policy-violation",
                      QStringLiteral("More than %1 bytes came before sign-in.").arg(m_limits.totalBytes));
    return true;
}

void ByteGuard::count(qint64 bytes)
{
    m_total += bytes;
    if (isCounted())
        m_elementBytes += bytes;
}

// RFC 3629 4: the table of well-formed sequences, one byte at a time.
bool ByteGuard::checkUtf8(unsigned char c)
{
    if (m_utf8Left > 0) {
        if (c < m_utf8Low || c > m_utf8High)
            return refuse("not-well-formed", QStringLiteral("The bytes are not UTF-8."));
        m_utf8Low = 0x80;
        m_utf8High = 0xBF;
        --m_utf8Left;
        return true;
    }
    if (c < 0x80)
        return true;
    if (c >= 0xC2 && c <= 0xDF) {
        m_utf8Left = 1;
    } else if (c >= 0xE0 && c <= 0xEF) {
        m_utf8Left = 2;
        m_utf8Low = c == 0xE0 ? 0xA0 : 0x80;
        m_utf8High = c == 0xED ? 0x9F : 0xBF;
    } else if (c >= 0xF0 && c <= 0xF4) {
        m_utf8Left = 3;
        m_utf8Low = c == 0xF0 ? 0x90 : 0x80;
        m_utf8High = c == 0xF4 ? 0x8F : 0xBF;
    } else {
        return refuse(m_state == State::Start ? "unsupported-encoding" : "not-well-formed",
                      QStringLiteral("The bytes are not UTF-8."));
    }
    return true;
}

bool ByteGuard::step(char c)
{
    switch (m_state) {
    case State::Start:
        // A BOM passes; what else is not ASCII here, the parser refuses.
        if (static_cast<unsigned char>(c) >= 0x80)
            return true;
        if (c != '<' && !isSpaceByte(c))
            return refuse("not-well-formed", QStringLiteral("The stream does not begin with an element."));
        stepText(c);
        m_matched = c == '<' ? -1 : 0; // a declaration may follow: only here
        if (c != '<')
            m_state = State::Text;
        return true;
    case State::Text: return stepText(c);
    case State::Reference: return stepReference(c);
    case State::Open: return stepOpen(c);
    case State::Bang: return stepBang(c);
    case State::Declaration: return stepDeclaration(c);
    case State::Name:
    case State::Tag:
    case State::Single:
    case State::Double: return stepTag(c);
    case State::Cdata:
        if (c == ']')
            m_matched = m_matched < 2 ? m_matched + 1 : 2;
        else if (c == '>' && m_matched == 2)
            m_state = State::Text;
        else
            m_matched = 0;
        return true;
    }
    return true;
}

bool ByteGuard::stepText(char c)
{
    // Before and after the stream the parser would take quotes for the ends of a literal, with any markup in between.
    if (m_depth <= 0 && c != '<' && !isSpaceByte(c))
        return refuse("not-well-formed", QStringLiteral("Text stands outside the stream."));
    if (c == '<') {
        m_state = State::Open;
        m_matched = 0;
        m_attributes = 0;
        m_heldFrom = m_total - 1;
        if (m_depth <= 1)
            m_elementBytes = 1;
    } else if (c == '&') {
        m_state = State::Reference;
        m_nameBytes = 0;
        m_heldFrom = m_total - 1;
    }
    return true;
}

bool ByteGuard::stepReference(char c)
{
    if (c == ';') {
        m_state = State::Text;
        return true;
    }
    if (!isNameByte(c) && c != '#')
        return refuse("not-well-formed", QStringLiteral("A reference does not end."));
    if (++m_nameBytes > longestReference)
        return refuse("policy-violation", QStringLiteral("A reference is longer than %1 bytes.").arg(longestReference));
    return true;
}

bool ByteGuard::stepOpen(char c)
{
    if (m_matched > 0) { // inside "?xml"
        if (m_matched < int(declarationWord.size()) ? c != declarationWord[size_t(m_matched)] : !isSpaceByte(c))
            return refuse("restricted-xml", QStringLiteral("A processing instruction is not allowed in a stream."));
        if (++m_matched > int(declarationWord.size())) {
            m_state = State::Declaration;
            m_matched = 0;
        }
        return true;
    }
    if (c == '?') {
        if (m_matched != -1)
            return refuse("restricted-xml", QStringLiteral("A processing instruction is not allowed in a stream."));
        m_matched = 1;
        return true;
    }
    if (c == '!') {
        m_state = State::Bang;
        m_matched = 0;
        return true;
    }
    m_closing = c == '/';
    m_slash = false;
    m_state = State::Tag;
    return m_closing || stepTag(c);
}

// The parser goes on to the first "?>": it must be where the first '>' is.
bool ByteGuard::stepDeclaration(char c)
{
    if (c == '>' && m_matched != 1)
        return refuse("not-well-formed", QStringLiteral("The XML declaration does not end."));
    m_matched = c == '?' ? 1 : 0;
    if (c != '>')
        return true;
    m_state = State::Text;
    m_elementBytes = 0;
    return true;
}

bool ByteGuard::stepBang(char c)
{
    if (c != cdataWord[size_t(m_matched)])
        return refuse("restricted-xml", QStringLiteral("A comment, DTD or entity is not allowed in a stream."));
    if (++m_matched == int(cdataWord.size())) {
        m_state = State::Cdata;
        m_matched = 0;
    }
    return true;
}

bool ByteGuard::stepTag(char c)
{
    if (m_state == State::Single || m_state == State::Double) {
        if (c == (m_state == State::Single ? '\'' : '"'))
            m_state = State::Tag;
        return true;
    }
    if (isNameByte(c) || static_cast<unsigned char>(c) >= 0x80) {
        m_slash = false;
        m_nameBytes = m_state == State::Name ? m_nameBytes + 1 : 1;
        m_state = State::Name;
        if (m_nameBytes > m_limits.nameBytes)
            return refuse("policy-violation",
                          QStringLiteral("A name is longer than %1 bytes.").arg(m_limits.nameBytes));
        return true;
    }
    if (c == '>') {
        tagEnded();
        return true;
    }
    m_slash = c == '/';
    m_state = State::Tag;
    if (c == '\'' || c == '"') {
        m_state = c == '\'' ? State::Single : State::Double;
        if (++m_attributes > m_limits.attributes)
            return refuse("policy-violation",
                          QStringLiteral("An element has more than %1 attributes.").arg(m_limits.attributes));
    }
    return true;
}

void ByteGuard::tagEnded()
{
    m_state = State::Text;
    m_isFresh = true;
    m_events += m_closing || !m_slash ? 1 : 2;
    if (m_closing)
        --m_depth;
    else if (!m_slash)
        ++m_depth;
    if (m_depth > 1)
        return;
    m_elementBytes = 0;
    m_atEnd = true;
}

bool ByteGuard::refuse(const char *condition, const QString &detail)
{
    m_failed = true;
    m_error = Error{Error::Kind::Protocol, QString::fromLatin1(condition), detail};
    return false;
}

} // namespace xml
