// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QListView>
#include <QTimer>

#include <vector>

namespace ui {

/// A list of the sidebar: no frame, a row is opened by a click or by Enter, and the arrow keys move only the keyboard's
/// place. What is open is selected by the owner.
///
/// Rows that change many times a second are drawn at once and then again when `calm` has passed: nobody reads faster, and
/// drawing is what a flood of messages costs most. What the person does shows at once.
class RowList : public QListView
{
    Q_OBJECT
public:
    static constexpr int calm = 100; ///< Milliseconds.

    explicit RowList(QWidget *parent = nullptr);
    void setModel(QAbstractItemModel *model) override;
    /// What lay over it is gone: it is drawn at once, and no change of rows holds that back.
    void uncover();

Q_SIGNALS:
    /// A row was opened.
    void chosen(const QModelIndex &index);
    /// The menu of a row is asked for, by the pointer or by the keyboard.
    void menuRequested(const QModelIndex &index, const QPoint &globalPosition);
    /// Up was pressed on the first row.
    void leaveUpPressed();
    void escapePressed();

protected:
    bool viewportEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex &index, const QEvent *event) const override;

private:
    void takeChange();
    void drawNow();

    std::vector<QMetaObject::Connection> m_changes;
    QElapsedTimer m_drawn;
    QTimer m_calming;
    bool m_due = false; ///< What was held back is to be drawn, and nothing may hold it back again.
};

/// The place of the menu of `index`: under the pointer, or at the row where the keyboard asked.
QPoint menuPlace(const QAbstractItemView &view, const QModelIndex &index, const QContextMenuEvent &event);
/// Gives a list of the sidebar its ground and no frame; again after the theme changed.
void applySidebarLook(QAbstractItemView &view);

} // namespace ui
