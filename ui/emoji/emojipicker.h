// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/emoji/emojibook.h"

#include <QPointer>
#include <QWidget>

#include <vector>

class QToolButton;

namespace ui {

class ElidedLabel;
class EmojiGrid;
class SearchField;

/// The emoji picker: a panel over the window, near what opened it. The keyboard begins in its search; Down goes into the
/// grid, Enter takes a sign, Shift+Enter takes it and stays, Escape and a click beside the panel leave. It is part of the
/// window and no window of its own, so that input methods work in its search.
class EmojiPicker : public QWidget
{
    Q_OBJECT
public:
    /// Covers `window`, its parent, while it is open. `book` outlives it.
    EmojiPicker(EmojiBook &book, QWidget *window);

    /// Opens over or under `anchor`, which is in the window's coordinates. `purpose` says what the sign is for.
    void open(const QRect &anchor, const QString &purpose);
    void close();
    SearchField *field() const { return m_field; }
    EmojiGrid *grid() const { return m_grid; }
    /// What stands under the grid: the name of the current sign and what can be typed for it.
    QString footText() const;

Q_SIGNALS:
    void picked(const QString &sign);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    QRect panel() const;
    void place();
    int placeTabs(const QRect &inner, int top);
    void fillTabs();
    void take(const QString &sign, bool stay);
    void search(const QString &text);
    void tellCurrent();
    void askTone();
    void setTone(int tone);
    void applyTheme();
    bool fieldKey(QKeyEvent *event);

    EmojiBook &m_book;
    SearchField *m_field;
    EmojiGrid *m_grid;
    ElidedLabel *m_name;
    ElidedLabel *m_nothing;
    QToolButton *m_tone;
    std::vector<QToolButton *> m_tabs;
    QRect m_anchor;
    QPointer<QWidget> m_before; ///< Where the keyboard was.
};

} // namespace ui
