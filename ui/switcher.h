// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actionmodel.h"
#include "ui/roster/matchmodel.h"

#include <QWidget>

namespace ui {

class PlainLabel;
class RowList;
class SearchField;

/// The quick switcher: a panel over the window in which a few letters find a chat, a contact, or start a chat with an
/// address; behind a ">" they find what the window can do. The keyboard stays in its field; Up and Down choose, Enter opens, Escape leaves.
class Switcher : public QWidget
{
    Q_OBJECT
public:
    /// Covers `window`, its parent.
    Switcher(model::ConversationModel &chats, model::RosterModel &roster, QWidget *window);

    /// What the window can do, asked for when somebody types ">".
    void setActions(std::function<QList<NamedAction>()> actions) { m_listActions = std::move(actions); }
    /// It is for something else than going to a chat: what it is called, and what its field asks for.
    void setPurpose(const QString &name, const QString &placeholder);
    /// Shows it, empty.
    void open();
    /// Shows it with all actions.
    void openActions();
    void close();
    SearchField *field() const { return m_field; }
    RowList *list() const { return m_list; }

Q_SIGNALS:
    void chatChosen(qint64 conversation);
    void contactChosen(const Jid &account, const Jid &contact);
    void addressChosen(const Jid &address);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool focusNextPrevChild(bool) override { return true; } // the keyboard stays here while it is open

private:
    QRect panel() const;
    void place();
    void move(int rows);
    void choose(const QModelIndex &index);
    void take(const QString &text);
    void setFindsActions(bool actions);
    void chooseAction(const QModelIndex &index);
    void refresh();
    void applyTheme();

    SearchField *m_field;
    RowList *m_list;
    PlainLabel *m_hint;
    MatchModel *m_matches;
    ActionModel *m_actions;
    MatchDelegate *m_matchLook;
    ActionDelegate *m_actionLook;
    std::function<QList<NamedAction>()> m_listActions;
    QPointer<QWidget> m_before; ///< Where the keyboard was.
};

} // namespace ui
