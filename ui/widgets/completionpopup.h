// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>
#include <QPointer>
#include <QTextCursor>
#include <QWidget>

#include <functional>
#include <vector>

class QKeyEvent;
class QTextEdit;

namespace ui {

class RowList;

/// Something that can be put in the place of what is being typed.
struct Completion {
    QString insert; ///< What comes into the text.
    QString sign;   ///< Drawn in front, as an emoji; may be empty.
    QString text;   ///< What the list says; from outside, plain text.
    QString detail; ///< Behind it, quieter; likewise.
};

/// What completes the text before a cursor, from the position `start` of the document on; no items: nothing does.
struct Completions {
    int start = 0;
    std::vector<Completion> items;
};

/// A list over a text field of what could complete the word before the cursor. The keyboard stays in the field: Up and
/// Down choose, Tab and Enter take, Escape leaves until another word is begun. It comes only while somebody types, never
/// while an input method composes; what was typed comes back by one Undo.
class CompletionPopup : public QWidget
{
    Q_OBJECT
public:
    /// What completes the text before the cursor. The first source that has something counts.
    using Source = std::function<Completions(const QTextCursor &cursor)>;
    static constexpr int mostRows = 8;

    /// Lies over the window of `edit`, in which it is a child.
    explicit CompletionPopup(QTextEdit *edit);

    void addSource(Source source) { m_sources.push_back(std::move(source)); }
    RowList *list() const { return m_list; }
    /// Leaves, as Escape does.
    void leave();
    /// Puts `text` in the place from `start` to the cursor of `edit`, in one step of Undo.
    static void replace(QTextEdit &edit, int start, const QString &text);

Q_SIGNALS:
    void taken(const QString &inserted);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void changed(int removed, int added);
    void look();
    void show(Completions found);
    void place();
    void take(int row);
    bool takesKey(QKeyEvent *event);
    void tellCurrent();

    QTextEdit *m_edit;
    RowList *m_list;
    class CompletionModel *m_model;
    std::vector<Source> m_sources;
    int m_start = 0;
    int m_position = 0; ///< Of the cursor, when the list came.
    int m_left = -1;    ///< Where a word begins that was left by Escape; -1: none.
    bool m_typed = false;
    bool m_committed = false; ///< An input method gives its text.
    bool m_taking = false;
};

} // namespace ui
