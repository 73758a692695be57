// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/completionmodel.h"

#include "ui/roster/rowpaint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/plaintext.h"

#include <QPainter>

namespace ui {

void CompletionModel::setItems(std::vector<Completion> items)
{
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
}

int CompletionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_items.size());
}

QVariant CompletionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Completion &its = item(index.row());
    if (role == Qt::DisplayRole)
        return singleLine(its.text);
    if (role == Qt::AccessibleTextRole)
        return QStringList{singleLine(its.text), singleLine(its.detail)}.join(u' ').trimmed();
    return {};
}

void CompletionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const Completion &item = m_model->item(index.row());
    painter->save();
    paintRowGround(*painter, option.rect.adjusted(theme.space.xs, 0, -theme.space.xs, 0), option.state, theme);
    const bool isMirrored = option.direction == Qt::RightToLeft;
    QRect rest = option.rect.adjusted(theme.space.m, 0, -theme.space.m, 0);
    const auto cut = [&](int wide) {
        QRect part(isMirrored ? rest.right() + 1 - wide : rest.left(), rest.top(), wide, rest.height());
        isMirrored ? rest.setRight(part.left() - 1 - theme.space.s) : rest.setLeft(part.right() + 1 + theme.space.s);
        return part;
    };
    const auto draw = [&](const QRect &rect, const QString &text) {
        const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width());
        const Qt::Alignment side = isMirrored ? Qt::AlignRight : Qt::AlignLeft;
        painter->drawText(rect, int(side | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
    };
    if (!item.sign.isEmpty()) {
        QFont font = theme.font(TextRole::Body);
        font.setFamilies(theme.font(TextRole::BigEmoji).families());
        painter->setFont(font);
        painter->setPen(theme.colors.text);
        painter->drawText(cut(theme.scaled(24)), Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, item.sign);
    }
    painter->setFont(theme.font(TextRole::Body));
    painter->setPen(theme.colors.text);
    const QString text = isolated(singleLine(item.text));
    draw(cut(std::min(rest.width(), painter->fontMetrics().horizontalAdvance(text) + theme.space.s)), text);
    painter->setPen(theme.colors.textMuted);
    if (rest.width() > theme.space.xl)
        draw(rest, isolated(singleLine(item.detail)));
    painter->restore();
}

QSize CompletionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const Theme &theme = Theme::of(option.widget);
    return {0, std::max(theme.scaled(30), QFontMetrics(theme.font(TextRole::Body)).height() + theme.space.xs)};
}

} // namespace ui
