// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace ui {

/// A list of the sidebar: no frame, a row is opened by a click or by Enter, and the arrow keys move only the keyboard's
/// place. What is open is selected by the owner.
class RowList : public QListView
{
    Q_OBJECT
public:
    explicit RowList(QWidget *parent = nullptr);

Q_SIGNALS:
    /// A row was opened.
    void chosen(const QModelIndex &index);
    /// The menu of a row is asked for, by the pointer or by the keyboard.
    void menuRequested(const QModelIndex &index, const QPoint &globalPosition);
    /// Up was pressed on the first row.
    void leaveUpPressed();
    void escapePressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index, const QEvent *event) const override;
};

/// The place of the menu of `index`: under the pointer, or at the row where the keyboard asked.
QPoint menuPlace(const QAbstractItemView &view, const QModelIndex &index, const QContextMenuEvent &event);
/// Gives a list of the sidebar its ground and no frame; again after the theme changed.
void applySidebarLook(QAbstractItemView &view);

} // namespace ui
