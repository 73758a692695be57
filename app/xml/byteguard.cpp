// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/byteguard.h"

#include <cstring>

namespace xml {
namespace {

constexpr std::string_view declarationWord = "?xml";
constexpr std::string_view cdataWord = "[CDATA[";

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// True where all eight bytes are ASCII and none of < > & or a quote stands among them: skipped in one step.
bool isPlainText(const char *p)
{
    quint64 word;
    std::memcpy(&word, p, 8);
    constexpr quint64 ones = 0x0101010101010101ULL;
    constexpr quint64 highs = 0x8080808080808080ULL;
    const quint64 less = word ^ (ones * '<');
    const quint64 bracket = word ^ (ones * ']');
    return ((word & highs) | ((less - ones) & ~less & highs) | ((bracket - ones) & ~bracket & highs)) == 0;
}

} // namespace

size_t ByteGuard::pass(std::string_view bytes)
{
    if (m_failed)
        return 0;
    size_t i = 0;
    while (i < bytes.size()) {
        if (m_state == State::Text && m_utf8Left == 0) {
            const size_t begin = i;
            while (i + 8 <= bytes.size() && isPlainText(bytes.data() + i))
                i += 8;
            if (m_depth > 1)
                m_elementBytes += qint64(i - begin);
            m_total += qint64(i - begin);
            if (i == bytes.size())
                break;
        }
        const char c = bytes[i];
        ++m_total;
        if (m_depth > 1 || m_state != State::Text)
            ++m_elementBytes;
        if (m_elementBytes > m_limits.elementBytes) {
            refuse("policy-violation", QStringLiteral("An element is larger than %1 bytes.").arg(m_limits.elementBytes));
            return i;
        }
        if (m_limits.totalBytes >= 0 && m_total > m_limits.totalBytes) {
            refuse("policy-violation", QStringLiteral("More than %1 bytes came before sign-in.").arg(m_limits.totalBytes));
            return i;
        }
        if (!checkUtf8(static_cast<unsigned char>(c)) || !step(c))
            return i;
        ++i;
    }
    // The plain runs above are counted without a look at the limit for each byte.
    if (m_elementBytes > m_limits.elementBytes)
        refuse("policy-violation", QStringLiteral("An element is larger than %1 bytes.").arg(m_limits.elementBytes));
    return m_failed ? 0 : i;
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
        if (c == '<') {
            m_state = State::Open;
            m_matched = -1; // a declaration may follow: only here
        } else if (static_cast<unsigned char>(c) < 0x80 && !isSpace(c)) {
            return refuse("not-well-formed", QStringLiteral("The stream does not begin with an element."));
        } else if (isSpace(c)) {
            m_state = State::Text;
        }
        return true;
    case State::Text:
        if (c == '<') {
            m_state = State::Open;
            m_matched = 0;
            if (m_depth <= 1)
                m_elementBytes = 1;
        }
        return true;
    case State::Open:
        return stepOpen(c);
    case State::Bang:
        return stepBang(c);
    case State::Declaration:
        if (c == '>') {
            m_state = State::Text;
            m_elementBytes = 0;
        }
        return true;
    case State::Name:
    case State::Tag:
    case State::Single:
    case State::Double:
        return stepTag(c);
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

bool ByteGuard::stepOpen(char c)
{
    if (m_matched > 0) { // inside "?xml"
        if (m_matched < int(declarationWord.size()) ? c != declarationWord[size_t(m_matched)] : !isSpace(c))
            return refuse("restricted-xml", QStringLiteral("A processing instruction is not allowed in a stream."));
        if (++m_matched > int(declarationWord.size()))
            m_state = State::Declaration;
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
    m_nameBytes = m_closing ? 0 : 1;
    m_state = State::Name;
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
    if (c == '>') {
        tagEnded();
        return true;
    }
    if (c == '\'' || c == '"') {
        m_state = c == '\'' ? State::Single : State::Double;
        m_nameBytes = 0;
        m_slash = false;
        return true;
    }
    m_slash = c == '/';
    if (isSpace(c) || c == '=' || c == '/') {
        m_nameBytes = 0;
        m_state = State::Tag;
    } else if (++m_nameBytes > m_limits.nameBytes) {
        return refuse("policy-violation", QStringLiteral("A name is longer than %1 bytes.").arg(m_limits.nameBytes));
    }
    return true;
}

void ByteGuard::tagEnded()
{
    m_state = State::Text;
    if (m_closing)
        --m_depth;
    else if (!m_slash)
        ++m_depth;
    if (m_depth <= 1)
        m_elementBytes = 0;
}

bool ByteGuard::refuse(const char *condition, const QString &detail)
{
    m_failed = true;
    m_error = Error{Error::Kind::Protocol, QString::fromLatin1(condition), detail};
    return false;
}

} // namespace xml
