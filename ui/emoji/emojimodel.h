// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/emoji/emojibook.h"

#include <QAbstractTableModel>

namespace ui {

/// The emoji as a table for the picker: each group a heading, which takes a whole row, and rows of as many signs as there
/// are columns; or what a search found, without headings.
class EmojiModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    /// Found at most.
    static constexpr int mostFound = 200;

    explicit EmojiModel(EmojiBook &book, QObject *parent = nullptr);

    /// At least 1.
    void setColumns(int columns);
    /// Shows what `text` finds; an empty one shows all, with those used last in front.
    void setQuery(const QString &text);
    /// Everything anew: another skin tone, or others were used.
    void refresh();

    /// The heading of a row, empty where the row has signs.
    QString heading(int row) const;
    /// The sign in a cell; empty where there is none.
    QString sign(const QModelIndex &index) const;
    /// The emoji it is, -1: none.
    int emoji(const QModelIndex &index) const;
    /// Rows that are headings, in order.
    std::vector<int> headings() const;
    /// The cell `steps` signs before or behind `from`, not beyond the first and last.
    QModelIndex moved(const QModelIndex &from, int steps) const;
    /// The cell in the nearest row of signs above (-1) or below (1), as far to the side as that row goes.
    QModelIndex movedRow(const QModelIndex &from, int direction) const;
    QModelIndex first() const;
    QModelIndex last() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Cell {
        QString sign;
        int emoji = -1;
    };
    /// A heading and the signs under it.
    struct Section {
        QString title; ///< Empty: no heading.
        std::vector<Cell> cells;
        int firstRow = 0;
    };

    void fill();
    void addGroups();
    void addFound();
    void layOut();
    const Section *sectionAt(int row) const;
    const Cell *cellAt(const QModelIndex &index) const;
    int cellsIn(int row) const;

    EmojiBook &m_book;
    QString m_query;
    int m_columns = 9;
    int m_rows = 0;
    std::vector<Section> m_sections;
};

/// What Unicode's group is called in the person's language.
QString emojiGroupName(const QString &unicodeName);

} // namespace ui
