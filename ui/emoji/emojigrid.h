// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/emoji/emojimodel.h"

#include <QElapsedTimer>
#include <QTableView>
#include <QTimer>

namespace ui {

/// The grid of the picker. It draws only what shows, and of that only as much at a time as takes a few milliseconds; the
/// rest follows at once, without holding up the window.
class EmojiGrid : public QTableView
{
    Q_OBJECT
public:
    /// Milliseconds for new drawings in one go.
    static constexpr int budget = 4;

    EmojiGrid(EmojiBook &book, QWidget *parent);

    EmojiModel *table() const { return m_table; }
    /// Goes to the first sign.
    void goFirst();
    /// Goes to the first sign under the heading so many headings before or behind; 0 is the one of the current sign.
    void goGroup(int headings);
    /// Goes to the first sign under a heading, which stands on top then.
    void goToHeading(int row);
    /// The menu of skin tones of the current sign; nothing where it takes none.
    void showTones();
    /// All that shows is drawn.
    bool isDrawn() const { return m_drawn; }
    /// The longest that drawing took at one go, in milliseconds: what tests hold it to.
    double longestDrawing() const { return m_longest; }
    int cellSize() const;
    /// Alt+Down: opens the menu of skin tones.
    static bool isToneKey(const QKeyEvent &event);
    /// The drawing of a cell, or a null one: it follows.
    QPixmap drawingFor(const QString &sign);

Q_SIGNALS:
    /// A sign was chosen; `stay`: another one will be.
    void chosen(const QString &sign, bool stay);
    /// The current one is another one.
    void moved();
    /// The person went up from the first row, or pressed a key that writes.
    void leaveUpPressed();
    void written(QKeyEvent *event);
    /// The person likes another skin tone from now on.
    void toneChosen(int tone);

protected:
    bool event(QEvent *event) override;
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void layOut();
    void choose(const QModelIndex &index, bool stay);

    EmojiBook &m_book;
    EmojiModel *m_table;
    QElapsedTimer m_painting;
    QTimer m_press; ///< Runs while a button is held.
    bool m_drawn = false;
    double m_longest = 0;
};

} // namespace ui
