// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"

#include <QAbstractListModel>
#include <QSet>

namespace model {

/// A chat as the sidebar draws it.
struct ConversationRow {
    qint64 id = 0;
    Jid account;
    Jid peer;
    QString title; ///< The contact's name or the address; from outside, plain text.
    QString preview;
    bool previewIsDraft = false;
    bool previewIsOwn = false;
    bool typing = false;
    QDateTime time;
    int unread = 0;
    bool pinned = false;
    bool muted = false;
    bool archived = false;
    bool failed = false; ///< The last own message failed.
    /// Best presence, or nothing where offline or not shown to us.
    std::optional<xmpp::Presence::Show> show;

    friend bool operator==(const ConversationRow &, const ConversationRow &) = default;
};

/// The chats of all accounts: pinned first, then by last activity.
class ConversationModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        RowRole = Qt::UserRole, ///< ConversationRow
    };

    explicit ConversationModel(chat::Profile &profile);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    const ConversationRow &row(int index) const { return m_rows[size_t(index)]; }
    /// The index of the chat, or -1.
    int indexOf(qint64 id) const;
    /// Unread messages in all chats that are not muted.
    int unread() const;

Q_SIGNALS:
    void unreadChanged();

private:
    void connectAccount(chat::Account *account);
    void reload();
    /// Everything but the order may be different: no reset, views keep their place.
    void refreshRows();
    void takeAway(qint64 id);
    void update(qint64 id);
    void updatePeer(const Jid &account, const Jid &peer);
    ConversationRow rowFor(const store::Conversation &conversation) const;
    static bool before(const ConversationRow &a, const ConversationRow &b);

    chat::Profile &m_profile;
    std::vector<ConversationRow> m_rows;
    QSet<qint64> m_typing;
};

} // namespace model

Q_DECLARE_METATYPE(model::ConversationRow)
