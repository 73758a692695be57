// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/searchmodel.h"

#include <QStackedWidget>
#include <QWidget>

namespace ui {

class EmptyState;
class IconButton;
class PlainLabel;
class RowList;
class SearchField;

/// The search over all messages, in the place of the lists: a field, and under it what to type, what was found, or why
/// nothing was. All of it by keyboard: Enter opens the first result, Down leads into the results, Escape leaves.
class SearchPanel : public QWidget
{
    Q_OBJECT
public:
    explicit SearchPanel(chat::Profile &profile, QWidget *parent = nullptr);

    /// Puts the keyboard into the field; `text` instead of what was looked for last, where there is one.
    void open(const QString &text = {});
    SearchField *field() const { return m_field; }
    RowList *list() const { return m_list; }
    model::SearchModel &results() { return m_model; }
    /// Puts the keyboard where one goes on after a result was seen.
    void focusResults();

Q_SIGNALS:
    /// A result was opened.
    void chosen(qint64 conversation, qint64 key);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeHead();
    QWidget *makeHelp();
    void choose(const QModelIndex &index);
    void chooseCurrent();
    void insertFilter(const QString &filter);
    void refresh();
    QString statusText() const;
    void keepCurrent();
    void restoreCurrent();
    void applyTheme();

    model::SearchModel m_model;
    SearchField *m_field;
    IconButton *m_close;
    PlainLabel *m_status;
    QStackedWidget *m_pages;
    RowList *m_list;
    EmptyState *m_note; ///< Why there is no list.
    QWidget *m_head;
    QWidget *m_help;
    qint64 m_current = 0; ///< The key of the current row while the list is filled anew.
};

} // namespace ui
