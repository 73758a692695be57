// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/search/searchrows.h"

#include "ui/roster/rowpaint.h"
#include "ui/search/searchtext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/plaintext.h"

#include <QPainter>
#include <QTextLayout>

namespace ui {

namespace {

constexpr int snippetLines = 2;

int lineHeight(const Theme &theme, TextRole role)
{
    return QFontMetrics(theme.font(role)).height();
}

/// The text under the title of a result, with its marks.
struct Words {
    QString text;
    QList<std::pair<int, int>> marks;
};

/// The snippet with who wrote it before it, where the title does not say so; kept from reordering what is around it.
Words wordsOf(const model::SearchRow &row)
{
    Words words;
    words.text = row.snippet;
    int moved = 0;
    if (row.author != row.chat) {
        const QString author = row.author.isEmpty() ? SearchDelegate::tr("You") : isolated(singleLine(row.author));
        // The text is put where the translation has it, so that the marks are known to move.
        const QChar place(QChar::ObjectReplacementCharacter);
        //: A message that was found: %1 is who wrote it, %2 the text.
        const QString whole = SearchDelegate::tr("%1: %2", "author and text").arg(author, QString(place));
        const qsizetype before = whole.indexOf(place);
        words.text = whole.left(before) + QChar(0x2068) + row.snippet + QChar(0x2069) + whole.mid(before + 1);
        moved = int(before) + 1;
    }
    words.text = QChar(0x2068) + words.text + QChar(0x2069);
    for (const auto &[start, length] : row.marks)
        words.marks.append({start + moved + 1, length});
    return words;
}

/// Breaks the text into lines; gives how many.
int layOut(QTextLayout &layout, int width, int leading)
{
    layout.beginLayout();
    int y = 0;
    for (;;) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y));
        y += leading;
    }
    layout.endLayout();
    return layout.lineCount();
}

void paintWords(QPainter &painter, const QRect &rect, Words words, Qt::LayoutDirection direction, const Theme &theme)
{
    QList<QTextLayout::FormatRange> formats;
    for (const auto &[start, length] : words.marks) {
        QTextLayout::FormatRange range;
        range.start = start;
        range.length = length;
        // Not by colour alone.
        range.format.setForeground(theme.colors.accentText);
        range.format.setFontWeight(QFont::Bold);
        formats.append(range);
    }
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(direction);
    option.setAlignment(QStyle::visualAlignment(direction, Qt::AlignLeft) | Qt::AlignAbsolute);
    QTextLayout layout(words.text, theme.font(TextRole::Body));
    layout.setTextOption(option);
    layout.setFormats(formats);
    const int leading = lineHeight(theme, TextRole::Body);
    // What is more than two lines ends in "…"; a wide mark may push it out again.
    for (int more = 1; layOut(layout, rect.width(), leading) > snippetLines && more < 24; more += 2) {
        const QTextLine last = layout.lineAt(snippetLines - 1);
        qsizetype end = std::max(0, last.textStart() + last.textLength() - more);
        if (end > 0 && words.text.at(end - 1).isHighSurrogate())
            --end;
        layout.clearLayout();
        layout.setText(words.text.left(end).trimmed() + u'…' + QChar(0x2069));
        QList<QTextLayout::FormatRange> kept;
        for (QTextLayout::FormatRange range : formats) {
            range.length = std::min(range.length, int(end) - range.start);
            if (range.length > 0)
                kept.append(range);
        }
        layout.setFormats(kept);
    }
    painter.setPen(theme.colors.textMuted);
    layout.draw(&painter, rect.topLeft());
}

} // namespace

QVariant SearchRows::data(const QModelIndex &index, int role) const
{
    if (role == Qt::AccessibleTextRole)
        return spokenResult(index.data(model::SearchModel::RowRole).value<model::SearchRow>());
    return QIdentityProxyModel::data(index, role);
}

void SearchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const auto row = index.data(model::SearchModel::RowRole).value<model::SearchRow>();
    painter->save();
    painter->setLayoutDirection(option.direction);
    const QRect body = option.rect.adjusted(theme.space.s, 1, -theme.space.s, -1);
    paintRowGround(*painter, body, option.state, theme);
    const QRect inner = body.adjusted(theme.space.m, theme.space.s, -theme.space.m, -theme.space.s);
    const auto mirrored = [&](const QRect &rect) { return QStyle::visualRect(option.direction, inner, rect); };
    const int titleHeight = lineHeight(theme, TextRole::Strong);

    const QString time = shortTime(row.time, QDateTime::currentDateTime());
    painter->setFont(theme.font(TextRole::Caption));
    painter->setPen(theme.colors.textMuted);
    const int timeWidth = painter->fontMetrics().horizontalAdvance(time);
    painter->drawText(mirrored(QRect(inner.right() + 1 - timeWidth, inner.top(), timeWidth, titleHeight)),
                      Qt::AlignCenter | Qt::TextSingleLine, time);

    painter->setFont(theme.font(TextRole::Strong));
    painter->setPen(theme.colors.text);
    const QRect title =
        mirrored(QRect(inner.left(), inner.top(), std::max(0, inner.width() - timeWidth - theme.space.s), titleHeight));
    const Qt::Alignment side = QStyle::visualAlignment(option.direction, Qt::AlignLeft) | Qt::AlignAbsolute;
    painter->drawText(title, int(side | Qt::AlignVCenter) | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(isolated(singleLine(row.chat)), Qt::ElideRight, title.width()));

    const int top = inner.top() + titleHeight + theme.scaled(2);
    paintWords(*painter, QRect(inner.left(), top, inner.width(), inner.bottom() + 1 - top), wordsOf(row),
               option.direction, theme);
    painter->restore();
}

QSize SearchDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const Theme &theme = Theme::of(option.widget);
    return {0,
            lineHeight(theme, TextRole::Strong) + theme.scaled(2) + snippetLines * lineHeight(theme, TextRole::Body)
                + 2 * theme.space.s + 2};
}

} // namespace ui
