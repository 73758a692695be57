// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/conversationmodel.h"
#include "ui/roster/rowlist.h"

#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

namespace ui {

/// The chats that the list shows: the archived ones apart from the others; each speaks as a sentence.
class ChatFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum class Show { Active, Unread, Archived };
    Q_ENUM(Show)

    explicit ChatFilter(model::ConversationModel &chats, QObject *parent = nullptr);

    void setShow(Show show);
    Show show() const { return m_show; }
    /// The chat that is open stays among the unread ones while it is open.
    void setKept(qint64 id);
    QVariant data(const QModelIndex &index, int role) const override;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    model::ConversationModel &m_chats;
    Show m_show = Show::Active;
    qint64 m_kept = 0;
};

/// Draws the rows of the chat list.
class ChatDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// The list of chats in the sidebar.
class ChatList : public RowList
{
    Q_OBJECT
public:
    explicit ChatList(model::ConversationModel &chats, QWidget *parent = nullptr);

    ChatFilter &filter() { return *m_filter; }
    /// Marks the chat that is open; 0: none.
    void setOpenChat(qint64 id);
    /// The chat of a row, 0 where there is none.
    qint64 chatAt(int row) const;
    /// The row of a chat, -1 where it is not shown.
    int rowOf(qint64 id) const;

private:
    void select();

    model::ConversationModel &m_chats;
    ChatFilter *m_filter;
    qint64 m_open = 0;
};

} // namespace ui
