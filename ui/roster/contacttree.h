// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/rostermodel.h"

#include <QSet>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <QTreeView>

namespace ui {

/// The contacts that the tree shows, each with the sentence it speaks.
class ContactFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit ContactFilter(model::RosterModel &roster, QObject *parent = nullptr);

    void setHideOffline(bool hide);
    bool hideOffline() const { return m_hideOffline; }
    /// Under which setting the window keeps that.
    static QString hideOfflineKey() { return QStringLiteral("contacts.hideOffline"); }
    QVariant data(const QModelIndex &index, int role) const override;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    bool m_hideOffline = false;
};

/// Draws groups and contacts.
class ContactDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

/// The contacts by group, in the sidebar.
class ContactTree : public QTreeView
{
    Q_OBJECT
public:
    explicit ContactTree(model::RosterModel &roster, QWidget *parent = nullptr);

    ContactFilter &filter() { return *m_filter; }
    /// Groups that the person closed, by name.
    QStringList closedGroups() const;
    void setClosedGroups(const QStringList &groups);

Q_SIGNALS:
    void chosen(const model::ContactRow &contact);
    void menuRequested(const model::ContactRow &contact, const QPoint &globalPosition);
    void closedGroupsChanged();
    void leaveUpPressed();
    void escapePressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void drawBranches(QPainter *, const QRect &, const QModelIndex &) const override { }
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index, const QEvent *event) const override;

private:
    void open(const QModelIndex &index);
    void expandNew(int first, int last);

    ContactFilter *m_filter;
    QSet<QString> m_closed;
    bool m_expanding = false;
};

} // namespace ui
