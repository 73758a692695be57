// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0393_styling.h"

#include <array>

namespace xep {
namespace {

using Block = StyledText::Block;
using Span = StyledText::Span;

/// The directives of spans, and what they stand for (XEP-0393 5.2).
struct Directive {
    char16_t character;
    Span::Style style;
};
constexpr std::array<Directive, 4> directives{{
    {u'_', Span::Style::Emphasis},
    {u'*', Span::Style::Strong},
    {u'~', Span::Style::Strike},
    {u'`', Span::Style::Preformatted},
}};
constexpr size_t noDirective = directives.size();

size_t directiveAt(QChar c)
{
    for (size_t i = 0; i < directives.size(); ++i) {
        if (c == directives[i].character)
            return i;
    }
    return noDirective;
}

/// The spans of one line, from its start to its end: an opening directive takes the first closing one that fits, and
/// what lies between is read the same way. Looking for closing directives only ever goes forward, for each of the four.
class SpanReader
{
public:
    SpanReader(StyledText &text, QStringView body, TextRange line) : m_text(text), m_body(body), m_line(line)
    {
        m_closing.fill(line.begin);
    }

    void read()
    {
        bool mayOpen = true; // at the start, behind white space, behind another opening directive
        size_t opened = noDirective;
        for (qsizetype i = m_line.begin; i < m_line.end; ++i) {
            ++m_text.steps;
            while (!m_open.empty() && m_open.back() <= i)
                m_open.pop_back();
            const size_t directive = directiveAt(m_body[i]);
            const bool isClosing = !m_open.empty() && m_open.back() == i + 1;
            if (directive == noDirective || isClosing || !mayOpen || directive == opened) {
                mayOpen = m_body[i].isSpace();
                opened = noDirective;
                continue;
            }
            const qsizetype limit = m_open.empty() ? m_line.end : m_open.back() - 1;
            const qsizetype closing = closingOf(directive, i, limit);
            if (closing < 0) {
                mayOpen = false;
                opened = noDirective;
                // XEP-0393 5.2: where there is nothing between two of them, neither is one.
                if (i + 1 < limit && m_body[i + 1] == m_body[i])
                    ++i;
                continue;
            }
            m_text.spans.push_back({directives[directive].style, {i, closing + 1}, 1});
            if (directives[directive].style == Span::Style::Preformatted) {
                m_text.steps += closing - i;
                i = closing; // nothing is read in it
                mayOpen = false;
                opened = noDirective;
                continue;
            }
            m_open.push_back(closing + 1);
            opened = directive;
        }
    }

private:
    /// Where the directive at `opening` is closed, before `limit`; -1 where it opens nothing.
    qsizetype closingOf(size_t directive, qsizetype opening, qsizetype limit)
    {
        const QChar character = m_body[opening];
        if (opening + 1 >= limit || m_body[opening + 1].isSpace() || m_body[opening + 1] == character)
            return -1;
        qsizetype &at = m_closing[directive];
        at = std::max(at, opening + 2);
        while (at < m_line.end && (m_body[at] != character || m_body[at - 1].isSpace())) {
            ++m_text.steps;
            ++at;
        }
        return at < limit ? at : -1;
    }

    StyledText &m_text;
    QStringView m_body;
    TextRange m_line;
    std::array<qsizetype, directives.size()> m_closing{};
    std::vector<qsizetype> m_open; ///< Where the spans around end; four at most, since one ends at the first that fits.
};

/// The blocks, line by line.
class BlockReader
{
public:
    BlockReader(StyledText &text, QStringView body) : m_text(text), m_body(body) { }

    void read(TextRange line)
    {
        m_at = line.begin;
        m_end = line.end;
        if (!leaveQuotes())
            m_pre = -1;
        if (m_pre < 0)
            enterQuotes();
        StyledText::Line read;
        read.begin = line.begin;
        read.range = {m_at, m_end};
        const QStringView content = m_body.mid(m_at, m_end - m_at);
        bool isPlain = false;
        if (m_pre >= 0) {
            read.block = m_pre;
            read.isDirective = content == u"```";
            extend(m_pre);
            if (read.isDirective)
                m_pre = -1;
        } else if (content.startsWith(u"```")) {
            open(Block::Kind::Preformatted, m_at);
            m_pre = int(m_text.blocks.size()) - 1;
            m_text.blocks.back().language = content.mid(3).trimmed().toString();
            read.block = m_pre;
            read.isDirective = true;
        } else {
            read.block = m_quotes.empty() ? -1 : m_quotes.back();
            isPlain = true;
        }
        for (const int quote : m_quotes)
            extend(quote);
        m_text.lines.push_back(read);
        if (isPlain)
            SpanReader(m_text, m_body, read.range).read();
    }

private:
    /// Passes over the marks of the quotes that go on, and ends those that do not. True where all do.
    bool leaveQuotes()
    {
        size_t going = 0;
        while (going < m_quotes.size() && passMark())
            ++going;
        const bool isSame = going == m_quotes.size();
        m_quotes.resize(going);
        return isSame;
    }
    void enterQuotes()
    {
        while (m_quotes.size() < size_t(StyledText::mostDepth - 1)) {
            const qsizetype begin = m_at;
            if (!passMark())
                return;
            open(Block::Kind::Quote, begin);
            m_quotes.push_back(int(m_text.blocks.size()) - 1);
        }
    }
    /// XEP-0393 5.1.3: the mark, and one white space behind it.
    bool passMark()
    {
        ++m_text.steps;
        if (m_at >= m_end || m_body[m_at] != u'>')
            return false;
        ++m_at;
        if (m_at < m_end && m_body[m_at].isSpace())
            ++m_at;
        return true;
    }
    void open(Block::Kind kind, qsizetype begin)
    {
        Block block;
        block.kind = kind;
        block.range = {begin, m_end};
        block.parent = m_quotes.empty() ? -1 : m_quotes.back();
        block.depth = int(m_quotes.size());
        m_text.blocks.push_back(block);
    }
    void extend(int block)
    {
        ++m_text.steps;
        m_text.blocks[size_t(block)].range.end = m_end;
    }

    StyledText &m_text;
    QStringView m_body;
    qsizetype m_at = 0;
    qsizetype m_end = 0;
    std::vector<int> m_quotes; ///< Open now, the outer ones first.
    int m_pre = -1;            ///< The preformatted block that is open, always the innermost; -1: none.
};

/// Gives each line's range to `read`; from longestStyled on, all the rest to `rest`.
template<class Read, class Rest>
void forLines(const QString &body, Read read, Rest rest)
{
    qsizetype begin = 0;
    while (begin <= body.size()) {
        const qsizetype found = body.indexOf(u'\n', begin);
        const qsizetype end = found < 0 ? body.size() : found;
        if (end > StyledText::longestStyled) {
            rest(TextRange{begin, body.size()});
            return;
        }
        read(TextRange{begin, end});
        begin = end + 1;
    }
}

} // namespace

StyledText styled(const QString &body)
{
    StyledText text;
    BlockReader reader(text, body);
    forLines(
        body, [&reader](TextRange line) { reader.read(line); },
        [&text](TextRange rest) {
            text.lines.push_back({rest, rest.begin, -1, false});
        });
    text.steps += body.size();
    return text;
}

StyledText unstyled(const QString &body)
{
    StyledText text;
    const auto add = [&text](TextRange line) { text.lines.push_back({line, line.begin, -1, false}); };
    forLines(body, add, add);
    text.steps += body.size();
    return text;
}

} // namespace xep
