// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actionmodel.h"

#include "ui/roster/rowpaint.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace ui {

void ActionModel::setActions(const QList<NamedAction> &actions)
{
    m_all = actions;
}

/// As a person reads it: without the marks for keys and for what asks more.
QString ActionModel::nameOf(const NamedAction &named)
{
    QString text = named.action->text().remove(u'…');
    text.replace(QStringLiteral("&&"), QStringLiteral("\n")).remove(u'&').replace(u'\n', u'&');
    //: In a list of all actions: %1 is a menu, %2 what it offers, as in "View: Dark".
    return named.menu.isEmpty() ? text : tr("%1: %2", "menu and action").arg(QString(named.menu).remove(u'&'), text);
}

void ActionModel::setQuery(const QString &text)
{
    const QString wanted = text.trimmed();
    const QStringList words = wanted.split(u' ', Qt::SkipEmptyParts);
    beginResetModel();
    m_found.clear();
    for (const NamedAction &named : std::as_const(m_all)) {
        if (!named.action)
            continue;
        const QString name = nameOf(named);
        if (std::all_of(words.cbegin(), words.cend(),
                        [&name](const QString &word) { return name.contains(word, Qt::CaseInsensitive); }))
            m_found.push_back(named);
    }
    std::stable_partition(m_found.begin(), m_found.end(), [&wanted](const NamedAction &named) {
        return nameOf(named).startsWith(wanted, Qt::CaseInsensitive);
    });
    endResetModel();
}

int ActionModel::firstAnswer() const
{
    const auto enabled = std::find_if(m_found.begin(), m_found.end(), [](const NamedAction &named) {
        return named.action && named.action->isEnabled();
    });
    return m_found.empty() ? -1 : enabled == m_found.end() ? 0 : int(enabled - m_found.begin());
}

int ActionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_found.size());
}

QVariant ActionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const NamedAction &named = m_found[size_t(index.row())];
    if (!named.action)
        return {};
    const QString keys = named.action->shortcut().toString(QKeySequence::NativeText);
    const QString reason = named.action->isEnabled() ? QString() : named.action->property("reason").toString();
    if (role == Qt::DisplayRole)
        return nameOf(named);
    if (role == KeysRole)
        return keys;
    if (role == ReasonRole)
        return reason;
    if (role == Qt::CheckStateRole && named.action->isCheckable())
        return int(named.action->isChecked() ? Qt::Checked : Qt::Unchecked);
    if (role != Qt::AccessibleTextRole)
        return {};
    QStringList spoken{nameOf(named), keys, reason};
    spoken.removeAll(QString());
    return QLocale().createSeparatedList(spoken);
}

Qt::ItemFlags ActionModel::flags(const QModelIndex &index) const
{
    const bool enabled =
        index.isValid() && m_found[size_t(index.row())].action && m_found[size_t(index.row())].action->isEnabled();
    return enabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                   : Qt::ItemFlags(Qt::ItemNeverHasChildren);
}

void ActionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::of(option.widget);
    const bool isEnabled = index.flags().testFlag(Qt::ItemIsEnabled);
    const bool isMirrored = option.direction == Qt::RightToLeft;
    painter->save();
    paintRowGround(*painter, option.rect.adjusted(theme.space.s, 1, -theme.space.s, -1), option.state, theme);
    QRect rest = option.rect.adjusted(theme.space.l, 0, -theme.space.l, 0);
    painter->setFont(theme.font(TextRole::Body));
    // What stands at the end, and has its room first.
    const auto drawEnd = [&](const QString &text, const QColor &color) {
        if (text.isEmpty())
            return;
        const int wide =
            std::min(rest.width() / 2, painter->fontMetrics().horizontalAdvance(text) + 2); // it rounds down
        const QRect part(isMirrored ? rest.left() : rest.right() + 1 - wide, rest.top(), wide, rest.height());
        painter->setPen(color);
        painter->drawText(part, Qt::AlignCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, wide));
        isMirrored ? rest.setLeft(part.right() + 1 + theme.space.m) : rest.setRight(part.left() - 1 - theme.space.m);
    };
    drawEnd(index.data(ActionModel::KeysRole).toString(), theme.colors.textMuted);
    drawEnd(index.data(ActionModel::ReasonRole).toString(), theme.colors.textMuted);
    if (index.data(Qt::CheckStateRole).toInt() == Qt::Checked) {
        const int side = theme.smallIconSize();
        QRect mark(0, 0, side, side);
        mark.moveCenter(rest.center());
        mark.moveLeft(isMirrored ? rest.left() : rest.right() + 1 - side);
        paintIcon(*painter, Icon::Check, mark, theme.colors.accentText);
        isMirrored ? rest.setLeft(mark.right() + 1 + theme.space.s) : rest.setRight(mark.left() - 1 - theme.space.s);
    }
    painter->setPen(isEnabled ? theme.colors.text : theme.colors.textDisabled);
    const Qt::Alignment side = isMirrored ? Qt::AlignRight : Qt::AlignLeft;
    const QString text = index.data(Qt::DisplayRole).toString();
    painter->drawText(rest, int(side | Qt::AlignVCenter) | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, rest.width()));
    painter->restore();
}

QSize ActionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const Theme &theme = Theme::of(option.widget);
    return {0, std::max(theme.scaled(36), QFontMetrics(theme.font(TextRole::Body)).height() + theme.space.s)};
}

} // namespace ui
