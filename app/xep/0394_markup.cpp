// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0394_markup.h"

#include <algorithm>

namespace xep {
namespace {

using Block = StyledText::Block;
using Span = StyledText::Span;

/// A block that is wished for.
struct Wish {
    Block block;
    int list = -1; ///< Of an item: which list it is of; of a list: its number.
};

/// All blocks as they were given, inside the body, lists before their items.
class Wishes
{
public:
    Wishes(const CodePoints &points, const Markup &markup) : m_points(points)
    {
        for (size_t i = 0; i < std::min(markup.quotes.size(), Markup::mostParts); ++i)
            add(Block::Kind::Quote, markup.quotes[i].start, markup.quotes[i].end);
        for (size_t i = 0; i < std::min(markup.lists.size(), Markup::mostParts); ++i)
            addList(markup.lists[i], int(i));
        for (size_t i = 0; i < std::min(markup.codes.size(), Markup::mostParts); ++i) {
            if (Wish *wish = add(Block::Kind::Preformatted, markup.codes[i].start, markup.codes[i].end))
                wish->block.language = markup.codes[i].language;
        }
        // The outer one first; of two that are equal, the one that was given first.
        std::stable_sort(m_wishes.begin(), m_wishes.end(), [](const Wish &a, const Wish &b) {
            return a.block.range.begin != b.block.range.begin ? a.block.range.begin < b.block.range.begin
                                                              : a.block.range.end > b.block.range.end;
        });
    }

    const std::vector<Wish> &all() const { return m_wishes; }

private:
    Wish *add(Block::Kind kind, CodePoint start, CodePoint end)
    {
        const auto range = m_points.range(start, end);
        if (!range)
            return nullptr;
        Wish wish;
        wish.block.kind = kind;
        wish.block.range = *range;
        m_wishes.push_back(wish);
        return &m_wishes.back();
    }
    /// XEP-0394 4.3: the first item starts where the list does; each starts behind the one before it.
    void addList(const MarkupList &list, int number)
    {
        if (list.items.empty() || list.items.front().start != list.start)
            return;
        if (Wish *wish = add(Block::Kind::List, list.start, list.end)) {
            wish->block.isOrdered = list.isOrdered.value_or(false);
            wish->list = number;
        }
        for (size_t i = 0; i < list.items.size() && m_items < Markup::mostParts; ++i, ++m_items) {
            const bool isLast = i + 1 == list.items.size();
            const CodePoint end = isLast ? list.end : list.items[i + 1].start;
            if (list.items[i].start.index < list.start.index || end.index > list.end.index)
                continue;
            if (Wish *wish = add(Block::Kind::ListItem, list.items[i].start, end))
                wish->list = number;
        }
    }

    const CodePoints &m_points;
    std::vector<Wish> m_wishes;
    size_t m_items = 0;
};

/// Takes the wishes that fit into each other.
void addBlocks(StyledText &text, const Wishes &wishes)
{
    std::vector<int> open;  // blocks around, the outer ones first
    std::vector<int> lists; // the number of the list that each open block is, or -1
    for (const Wish &wish : wishes.all()) {
        ++text.steps;
        const auto around = [&]() -> const Block & { return text.blocks[size_t(open.back())]; };
        while (!open.empty() && around().range.end <= wish.block.range.begin) {
            open.pop_back();
            lists.pop_back();
        }
        const bool isItem = wish.block.kind == Block::Kind::ListItem;
        const bool fits =
            open.empty() || (wish.block.range.end <= around().range.end && around().kind != Block::Kind::Preformatted);
        // An item lies in its own list, and a list holds nothing else.
        const bool isInList = !open.empty() && around().kind == Block::Kind::List;
        const bool belongs = isItem ? isInList && lists.back() == wish.list : !isInList;
        if (!fits || !belongs || open.size() >= size_t(StyledText::mostDepth))
            continue;
        Block block = wish.block;
        block.parent = open.empty() ? -1 : open.back();
        block.depth = int(open.size());
        text.blocks.push_back(block);
        open.push_back(int(text.blocks.size()) - 1);
        lists.push_back(block.kind == Block::Kind::List ? wish.list : -1);
    }
}

/// Where blocks begin and end, in order.
std::vector<qsizetype> bordersOf(const StyledText &text)
{
    std::vector<qsizetype> borders;
    for (const Block &block : text.blocks) {
        borders.push_back(block.range.begin);
        borders.push_back(block.range.end);
    }
    std::sort(borders.begin(), borders.end());
    return borders;
}

void addSpans(StyledText &text, const CodePoints &points, const Markup &markup)
{
    std::vector<Span> wishes;
    for (size_t i = 0; i < std::min(markup.spans.size(), Markup::mostParts); ++i) {
        const MarkupSpan &span = markup.spans[i];
        const auto range = points.range(span.start, span.end);
        if (!range)
            continue;
        const std::pair<bool, Span::Style> styles[] = {{span.isEmphasis, Span::Style::Emphasis},
                                                       {span.isStrong, Span::Style::Strong},
                                                       {span.isDeleted, Span::Style::Strike},
                                                       {span.isCode, Span::Style::Preformatted}};
        for (const auto &[has, style] : styles) {
            if (has)
                wishes.push_back({style, *range, 0});
        }
    }
    std::stable_sort(wishes.begin(), wishes.end(), [](const Span &a, const Span &b) {
        return a.range.begin != b.range.begin ? a.range.begin < b.range.begin : a.range.end > b.range.end;
    });
    const std::vector<qsizetype> borders = bordersOf(text);
    std::vector<qsizetype> open; // where the spans around end
    for (const Span &span : wishes) {
        ++text.steps;
        while (!open.empty() && open.back() <= span.range.begin)
            open.pop_back();
        const auto border = std::upper_bound(borders.begin(), borders.end(), span.range.begin);
        const bool crosses = border != borders.end() && *border < span.range.end;
        if (crosses || (!open.empty() && span.range.end > open.back()) || open.size() >= size_t(StyledText::mostDepth))
            continue;
        text.spans.push_back(span);
        open.push_back(span.range.end);
    }
}

/// Cuts the body at its breaks and where blocks begin and end.
void addLines(StyledText &text, const QString &body)
{
    size_t next = 0;
    int inside = -1;
    const auto enter = [&](qsizetype at) {
        for (bool isDone = false; !isDone;) {
            while (inside >= 0 && text.blocks[size_t(inside)].range.end <= at)
                inside = text.blocks[size_t(inside)].parent;
            isDone = next == text.blocks.size() || text.blocks[next].range.begin > at;
            if (!isDone)
                inside = int(next++);
        }
    };
    const std::vector<qsizetype> borders = bordersOf(text);
    auto border = borders.begin();
    qsizetype lineEnd = -1;
    for (qsizetype begin = 0; begin <= body.size();) {
        enter(begin);
        while (border != borders.end() && *border <= begin)
            ++border;
        if (begin > lineEnd) {
            const qsizetype found = begin > StyledText::longestStyled ? -1 : body.indexOf(u'\n', begin);
            lineEnd = found < 0 ? body.size() : found;
            text.steps += lineEnd - begin;
        }
        const bool isCut = border != borders.end() && *border < lineEnd;
        const qsizetype end = isCut ? *border : lineEnd;
        text.lines.push_back({{begin, end}, begin, inside, false});
        text.steps += 1;
        begin = isCut ? end : end + 1;
    }
}

} // namespace

std::optional<Markup> Markup::of(const xml::Element &message)
{
    xml::Element body;
    for (xml::Element each = message.child("body", xmpp::ns::client); each;
         each = each.nextSibling("body", xmpp::ns::client)) {
        const bool hasLanguage = each.hasAttribute("lang", xmpp::ns::xml);
        if (!body || !hasLanguage)
            body = each;
        if (!hasLanguage)
            break;
    }
    const std::string_view language = body.attributeView("lang", xmpp::ns::xml);
    for (xml::Element each = message.child("markup", "urn:xmpp:markup:0"); body && each;
         each = each.nextSibling("markup", "urn:xmpp:markup:0")) {
        if (each.attributeView("lang", xmpp::ns::xml) != language)
            continue;
        if (auto decoded = xml::decode<Markup>(each))
            return std::move(*decoded);
    }
    return {};
}

StyledText markedUp(const QString &body, const Markup &markup)
{
    StyledText text;
    const CodePoints points(body);
    addBlocks(text, Wishes(points, markup));
    addSpans(text, points, markup);
    addLines(text, body);
    return text;
}

} // namespace xep
