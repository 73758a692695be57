// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/styledlayout.h"

#include "xep/0393_styling.h"

#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

using Block = xep::StyledText::Block;
using Span = xep::StyledText::Span;

/// Quotes in quotes are set in no further than this.
constexpr int deepestIndent = 5;

QTextLayout::FormatRange rangeFormat(xep::TextRange range)
{
    QTextLayout::FormatRange format;
    format.start = int(range.begin);
    format.length = int(range.size());
    return format;
}

void addQuiet(QList<QTextLayout::FormatRange> &formats, xep::TextRange range, const Theme &theme)
{
    if (range.size() <= 0)
        return;
    QTextLayout::FormatRange format = rangeFormat(range);
    format.format.setForeground(theme.colors.textMuted);
    formats.append(format);
}

QTextLayout::FormatRange spanFormat(const Span &span, const QColor &ground, const Theme &theme)
{
    QTextLayout::FormatRange format = rangeFormat(span.inner());
    switch (span.style) {
    case Span::Style::Strong: format.format.setFontWeight(QFont::Bold); break;
    case Span::Style::Emphasis: format.format.setFontItalic(true); break;
    case Span::Style::Strike: format.format.setFontStrikeOut(true); break;
    case Span::Style::Preformatted:
        format = rangeFormat(span.range);
        format.format.setFontFamilies(theme.font(TextRole::Fixed).families());
        format.format.setBackground(ground);
        break;
    }
    return format;
}

} // namespace

void StyledLayout::prepare(const QString &text, Kind kind, bool mayBeBig, const QColor &ground, const Theme &theme)
{
    m_step = theme.scaled(10);
    m_edge = theme.space.s;
    m_bar = theme.scaled(3);
    const bool isNote = kind == Kind::Note;
    m_isBigEmoji = mayBeBig && !isNote && isEmojiOnly(text);
    m_style = {};
    if (kind == Kind::Styled && !m_isBigEmoji)
        m_style = xep::styled(text);
    m_links = isNote ? QVector<TextLink>() : findLinks(text);
    m_text.setText(layoutText(text));
    QFont font = theme.font(m_isBigEmoji ? TextRole::BigEmoji : TextRole::Body);
    font.setItalic(isNote);
    m_text.setFont(font);
    m_text.setCacheEnabled(true);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    const bool rightToLeft = text.isRightToLeft();
    option.setTextDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment(rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    m_text.setTextOption(option);
    Formats formats;
    if (isNote)
        addQuiet(formats, {0, text.size()}, theme);
    else if (!m_style.isPlain())
        formats = partFormats(text, ground, theme);
    formats += linkFormats(theme);
    if (!m_isBigEmoji) {
        for (const auto &[start, length] : emojiRuns(text)) {
            QTextLayout::FormatRange range = rangeFormat({start, start + length});
            range.format.setFontFamilies(theme.font(TextRole::BigEmoji).families());
            formats.append(range);
        }
    }
    m_text.setFormats(formats);
}

/// What blocks and spans look like, and their directives.
StyledLayout::Formats StyledLayout::partFormats(const QString &text, const QColor &ground, const Theme &theme) const
{
    Formats formats;
    const QStringList fixed = theme.font(TextRole::Fixed).families();
    for (const Block &block : m_style.blocks) {
        if (formats.size() >= mostParts)
            return formats;
        if (block.kind != Block::Kind::Preformatted)
            continue;
        QTextLayout::FormatRange format = rangeFormat(block.range);
        format.format.setFontFamilies(fixed);
        formats.append(format);
    }
    for (const Span &span : m_style.spans) {
        if (formats.size() >= mostParts)
            return formats;
        formats.append(spanFormat(span, ground, theme));
        addQuiet(formats, {span.range.begin, span.inner().begin}, theme);
        addQuiet(formats, {span.inner().end, span.range.end}, theme);
    }
    for (const xep::StyledText::Line &line : m_style.lines) {
        if (formats.size() >= mostParts)
            return formats;
        addQuiet(formats, {line.begin, line.range.begin}, theme);
        if (line.isDirective)
            addQuiet(formats, {line.range.begin, std::min(line.range.end, text.size())}, theme);
    }
    return formats;
}

StyledLayout::Formats StyledLayout::linkFormats(const Theme &theme) const
{
    Formats formats;
    for (const TextLink &link : m_links) {
        QTextLayout::FormatRange range = rangeFormat({link.start, link.start + link.length});
        range.format.setForeground(theme.colors.link);
        range.format.setFontUnderline(true);
        formats.append(range);
    }
    return formats;
}

bool StyledLayout::isPreformatted(int block) const
{
    return block >= 0 && m_style.blocks[size_t(block)].kind == Block::Kind::Preformatted;
}

/// How far the quotes around the lines of a block, and the block itself, set them in.
double StyledLayout::indentOf(int block) const
{
    if (block < 0)
        return 0;
    const int depth = m_style.blocks[size_t(block)].depth + (isPreformatted(block) ? 0 : 1);
    return std::min(depth, deepestIndent) * m_step + (isPreformatted(block) ? m_edge : 0);
}

QSizeF StyledLayout::breakLines(double width)
{
    m_width = width;
    m_extents.fill({}, qsizetype(m_style.blocks.size()));
    m_lastLineWidth = m_hang = 0;
    double used = 0;
    double y = 0;
    size_t at = 0;
    int before = -1;
    m_text.beginLayout();
    for (QTextLine line = m_text.createLine(); line.isValid(); line = m_text.createLine()) {
        while (at + 1 < m_style.lines.size() && m_style.lines[at + 1].begin <= line.textStart())
            ++at;
        const int block = at < m_style.lines.size() ? m_style.lines[at].block : -1;
        if (block != before) {
            y = enter(block, leave(before, y));
            before = block;
        }
        placeLine(line, y, at);
        const double top = y;
        y += std::ceil(line.height() + std::max(0.0, line.leading()));
        extend(block, top, y);
        const double edge = isPreformatted(block) ? m_edge : 0;
        const double indent = isRightToLeft() ? width - line.x() - line.width() : line.x();
        m_lastLineWidth = isPreformatted(block) ? width : indent + line.naturalTextWidth();
        used = std::max(used, indent + line.naturalTextWidth() + edge);
    }
    m_text.endLayout();
    m_height = leave(before, y);
    return {std::ceil(used), m_height};
}

/// Gives a line its width and its place; `at` is the line of the body that it belongs to.
void StyledLayout::placeLine(QTextLine &line, double y, size_t at)
{
    const bool isKnown = at < m_style.lines.size();
    const int block = isKnown ? m_style.lines[at].block : -1;
    const bool isFirst = !isKnown || line.textStart() == m_style.lines[at].begin;
    const double least = std::min(m_width, 4 * m_step);
    double indent = std::min(indentOf(block), m_width - least);
    const double edge = isPreformatted(block) ? m_edge : 0;
    if (isFirst)
        m_hang = 0;
    else
        indent = std::min(indent + m_hang, m_width - least);
    line.setLineWidth(std::max(least, m_width - indent - edge));
    line.setPosition(QPointF(isRightToLeft() ? m_width - indent - line.width() : indent, y));
    if (isFirst && isKnown && m_style.lines[at].range.begin > m_style.lines[at].begin) {
        const double begin = line.cursorToX(int(m_style.lines[at].begin));
        m_hang = std::min(std::abs(line.cursorToX(int(m_style.lines[at].range.begin)) - begin), m_width / 3);
    }
}

/// The lines of a block begin at `y`; gives where the first one does.
double StyledLayout::enter(int block, double y)
{
    if (!isPreformatted(block))
        return y;
    const double top = y > 0 ? y + m_bar : y;
    extend(block, top, top);
    return top + m_edge / 2;
}

/// They end at `y`; gives where what follows begins.
double StyledLayout::leave(int block, double y)
{
    if (!isPreformatted(block))
        return y;
    extend(block, y, y + m_edge / 2);
    return y + m_edge / 2 + m_bar;
}

/// A block, and those around it, have lines there.
void StyledLayout::extend(int block, double top, double bottom)
{
    for (; block >= 0; block = m_style.blocks[size_t(block)].parent) {
        Extent &extent = m_extents[block];
        if (extent.top < 0)
            extent.top = top;
        extent.bottom = std::max(extent.bottom, bottom);
    }
}

double StyledLayout::firstBaseline(double otherwise) const
{
    return m_text.lineCount() > 0 ? m_text.lineAt(0).y() + m_text.lineAt(0).ascent() : otherwise;
}

QVector<StyledLayout::Backdrop> StyledLayout::backdrops(double width) const
{
    QVector<Backdrop> drawn;
    for (qsizetype i = 0; i < m_extents.size(); ++i) {
        const Extent &extent = m_extents.at(i);
        const Block &block = m_style.blocks[size_t(i)];
        // One in which nothing stands cannot be, but that its lines were cut.
        if (extent.top < 0 || block.depth >= deepestIndent)
            continue;
        const bool isBar = block.kind == Block::Kind::Quote;
        const double begin = block.depth * m_step;
        const double wide = isBar ? m_bar : width - begin;
        QRectF rect(begin, extent.top, wide, extent.bottom - extent.top);
        if (isRightToLeft())
            rect.moveLeft(width - begin - wide);
        drawn.append({rect, isBar});
    }
    return drawn;
}

QUrl StyledLayout::linkAt(const QPointF &point) const
{
    for (int i = 0; i < m_text.lineCount() && !m_links.isEmpty(); ++i) {
        const QTextLine line = m_text.lineAt(i);
        if (!line.naturalTextRect().contains(point))
            continue;
        const int at = line.xToCursor(point.x(), QTextLine::CursorOnCharacter);
        for (const TextLink &link : m_links) {
            if (at >= link.start && at < link.start + link.length)
                return link.url;
        }
    }
    return {};
}

int StyledLayout::cursorAt(const QPointF &point) const
{
    if (m_text.lineCount() == 0 || point.y() < 0)
        return 0;
    for (int i = 0; i < m_text.lineCount(); ++i) {
        const QTextLine line = m_text.lineAt(i);
        if (point.y() < line.y() + line.height() + line.leading())
            return line.xToCursor(point.x());
    }
    return int(m_text.text().size());
}

} // namespace ui
