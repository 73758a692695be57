// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/conversationmodel.h"
#include "model/rostermodel.h"
#include "ui/roster/rowlist.h"

#include <QStyledItemDelegate>
#include <QTimer>

namespace ui {

/// One answer of a search: a heading, a chat, a contact, an address to start a chat with, or to go on in the messages.
struct Match {
    enum class Kind { Heading, Chat, Contact, Address, Messages };

    Kind kind = Kind::Heading;
    QString text; ///< Of a heading; what to look for in messages.
    model::ConversationRow chat;
    model::ContactRow contact;
    Jid address;
};

/// What a typed text finds among chats and contacts, anew at each key press: chats first, then the contacts without one,
/// then, where the text is an address that nobody has, that address; last, behind any answer, the search in messages.
class MatchModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        MatchRole = Qt::UserRole, ///< Match
    };
    /// More answers than this help nobody.
    static constexpr int mostOfAKind = 100;

    MatchModel(model::ConversationModel &chats, model::RosterModel &roster, QObject *parent = nullptr);

    /// The text to find. An empty one finds the newest chats and all contacts where `all`, else nothing.
    void setQuery(const QString &query, bool all);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// The first row that can be opened, -1: none.
    int firstAnswer() const;

private:
    void find();
    void addChats();
    void addContacts();
    void addAddress();
    void addMessages();
    bool matches(const QString &title, const Jid &jid) const;

    model::ConversationModel &m_chats;
    model::RosterModel &m_roster;
    QString m_query;
    QStringList m_words;
    bool m_all = false;
    std::vector<Match> m_matches;
    QTimer m_refresh;
};

/// Draws the answers.
class MatchDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace ui

Q_DECLARE_METATYPE(ui::Match)
