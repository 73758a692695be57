// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0426_characters.h"

namespace xep {

/// What a body looks like, as styling (XEP-0393) or markup (XEP-0394) says it. All places are UTF-16 units of that body,
/// none of which is changed or left out: where something is a directive, a view shows it with what it stands for.
struct StyledText {
    /// Blocks inside each other; what is deeper counts as text.
    static constexpr int mostDepth = 16;
    /// UTF-16 units that are looked at; the rest of the body, from a line's start on, is one line without style.
    static constexpr qsizetype longestStyled = 128 * 1024;

    /// A block: lines that belong together. Two blocks lie apart, or one in the other.
    struct Block {
        enum class Kind { Quote, Preformatted, List, ListItem };

        Kind kind = Kind::Quote;
        TextRange range;        ///< From its first directive to the end of its last line, without that line's break.
        int parent = -1;        ///< Index of the block around it, always before it; -1: none.
        int depth = 0;          ///< Blocks around it.
        QString language;       ///< Of a preformatted block: what its author says it is; empty where unsaid.
        bool isOrdered = false; ///< Of a list: counted rather than pointed at.
    };
    /// One line, or with markup the part of one that lies in one block. In order; they hold all of the body but the breaks
    /// between them and the marks of the quotes.
    struct Line {
        TextRange range;          ///< Without the marks of the quotes around it, and without its break.
        qsizetype begin = 0;      ///< With these marks.
        int block = -1;           ///< The innermost block around it; -1: none.
        bool isDirective = false; ///< It only begins or ends a preformatted block.
    };
    /// A part that looks different. Two spans lie apart, or one in the other, and the outer one stands first.
    struct Span {
        enum class Style { Emphasis, Strong, Strike, Preformatted };

        Style style = Style::Emphasis;
        TextRange range;   ///< With its directives.
        int directive = 0; ///< UTF-16 units that the directive takes at each end: 1 by styling, 0 by markup.

        /// Without the directives.
        TextRange inner() const { return {range.begin + directive, range.end - directive}; }
    };

    std::vector<Block> blocks; ///< Each behind the one it is in.
    std::vector<Line> lines;
    std::vector<Span> spans;
    qint64 steps = 0; ///< The work it took, for tests: each step is one character looked at.

    /// Nothing in it looks different from plain text.
    bool isPlain() const { return blocks.empty() && spans.empty(); }
};

} // namespace xep
