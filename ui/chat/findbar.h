// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/chatfind.h"

#include <QWidget>

namespace ui {

class IconButton;
class PlainLabel;
class SearchField;

/// The bar over a conversation that finds a text in it: Enter and F3 lead to the next older message that has it, with Shift
/// to the next newer one, Escape leaves.
class FindBar : public QWidget
{
    Q_OBJECT
public:
    FindBar(chat::Profile &profile, qint64 conversation, QWidget *parent);

    /// Shows it with the keyboard in its field. What is found first is the newest that is not newer than `from`; 0: the
    /// newest.
    void open(qint64 from);
    void close();
    bool isOpen() const { return !isHidden(); }
    void goOlder() { m_find.goOlder(); }
    void goNewer() { m_find.goNewer(); }
    SearchField *field() const { return m_field; }
    model::ChatFind &find() { return m_find; }
    /// "3 of 17", or why there is no number.
    QString countText() const;

Q_SIGNALS:
    /// Some day is to be gone to.
    void dateRequested();
    /// A message to go to.
    void moved(qint64 key);
    /// Other words are to be marked.
    void phrasesChanged(const QList<store::SearchPhrase> &phrases);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void applyTheme();

    model::ChatFind m_find;
    qint64 m_from = 0;
    SearchField *m_field;
    PlainLabel *m_count;
    IconButton *m_date;
    IconButton *m_older;
    IconButton *m_newer;
    IconButton *m_close;
};

} // namespace ui
