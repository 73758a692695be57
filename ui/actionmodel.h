// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QAction>
#include <QPointer>
#include <QStyledItemDelegate>

#include <vector>

namespace ui {

/// An action and the menu that it is in, if that says something: "View".
struct NamedAction {
    QString menu;
    QPointer<QAction> action;
};

/// The actions of a window as rows of the command palette: what they are called, their shortcut, and for one that cannot
/// be done now, why, where its property `reason` says so.
class ActionModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        KeysRole = Qt::UserRole, ///< The shortcut as text; may be empty.
        ReasonRole,              ///< Why not now; may be empty.
    };

    using QAbstractListModel::QAbstractListModel;

    void setActions(const QList<NamedAction> &actions);
    /// Shows those in whose names all words of `text` stand; those that begin so come first.
    void setQuery(const QString &text);
    QAction *action(int row) const { return m_found[size_t(row)].action; }
    /// The first that can be done, or else the first; -1: none.
    int firstAnswer() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    static QString nameOf(const NamedAction &named);

    QList<NamedAction> m_all;
    std::vector<NamedAction> m_found;
};

/// Draws them.
class ActionDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace ui
