// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/roster/chatlist.h"

#include "ui/roster/rowpaint.h"

namespace ui {

using model::ConversationModel;
using model::ConversationRow;

ChatFilter::ChatFilter(ConversationModel &chats, QObject *parent) : QSortFilterProxyModel(parent), m_chats(chats)
{
    setSourceModel(&chats);
    setDynamicSortFilter(true);
}

void ChatFilter::setShow(Show show)
{
    m_show = show;
    invalidateFilter();
}

void ChatFilter::setKept(qint64 id)
{
    m_kept = id;
    if (m_show == Show::Unread)
        invalidateFilter();
}

bool ChatFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const ConversationRow &chat = m_chats.row(row);
    switch (m_show) {
    case Show::Active: return !chat.archived;
    case Show::Unread: return !chat.archived && (chat.unread > 0 || chat.id == m_kept);
    case Show::Archived: return chat.archived;
    }
    Q_UNREACHABLE();
}

QVariant ChatFilter::data(const QModelIndex &index, int role) const
{
    if (role == Qt::AccessibleTextRole)
        return spokenChat(index.data(ConversationModel::RowRole).value<ConversationRow>());
    return QSortFilterProxyModel::data(index, role);
}

void ChatDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto row = index.data(ConversationModel::RowRole).value<ConversationRow>();
    paintChatRow(*painter, option, row, Theme::of(option.widget));
}

QSize ChatDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {0, chatRowHeight(Theme::of(option.widget))};
}

ChatList::ChatList(ConversationModel &chats, QWidget *parent)
    : RowList(parent), m_chats(chats), m_filter(new ChatFilter(chats, this))
{
    setObjectName(QStringLiteral("chatList"));
    setAccessibleName(tr("Chats"));
    setUniformItemSizes(true);
    setModel(m_filter);
    setItemDelegate(new ChatDelegate(this));
    connect(m_filter, &QAbstractItemModel::modelReset, this, &ChatList::select);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &ChatList::select);
}

void ChatList::setOpenChat(qint64 id)
{
    m_open = id;
    m_filter->setKept(id);
    select();
}

void ChatList::select()
{
    const int row = rowOf(m_open);
    if (row < 0) {
        selectionModel()->clear();
        return;
    }
    const QModelIndex index = m_filter->index(row, 0);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    scrollTo(index);
}

qint64 ChatList::chatAt(int row) const
{
    const QModelIndex index = m_filter->mapToSource(m_filter->index(row, 0));
    return index.isValid() ? m_chats.row(index.row()).id : 0;
}

int ChatList::rowOf(qint64 id) const
{
    const int source = m_chats.indexOf(id);
    return source < 0 ? -1 : m_filter->mapFromSource(m_chats.index(source)).row();
}

} // namespace ui
