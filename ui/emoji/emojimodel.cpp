// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/emoji/emojimodel.h"

#include <algorithm>

namespace ui {

namespace {

/// Unicode's names of the groups, to be translated.
constexpr const char *emojiGroups[] = {
    QT_TRANSLATE_NOOP("ui::EmojiModel", "Smileys & Emotion"),
    QT_TRANSLATE_NOOP("ui::EmojiModel", "People & Body"),
    QT_TRANSLATE_NOOP("ui::EmojiModel", "Animals & Nature"),
    QT_TRANSLATE_NOOP("ui::EmojiModel", "Food & Drink"),
    QT_TRANSLATE_NOOP("ui::EmojiModel", "Travel & Places"),
    QT_TRANSLATE_NOOP("ui::EmojiModel", "Activities"),
    QT_TRANSLATE_NOOP("ui::EmojiModel", "Objects"),
    QT_TRANSLATE_NOOP("ui::EmojiModel", "Symbols"),
    QT_TRANSLATE_NOOP("ui::EmojiModel", "Flags"),
};

} // namespace

QString emojiGroupName(const QString &unicodeName)
{
    const auto *const known = std::find_if(std::begin(emojiGroups), std::end(emojiGroups),
                                           [&](const char *name) { return unicodeName == QLatin1String(name); });
    return known == std::end(emojiGroups) ? unicodeName : EmojiModel::tr(*known);
}

EmojiModel::EmojiModel(EmojiBook &book, QObject *parent) : QAbstractTableModel(parent), m_book(book) { }

void EmojiModel::setColumns(int columns)
{
    if (columns == m_columns || columns < 1)
        return;
    beginResetModel();
    m_columns = columns;
    layOut();
    endResetModel();
}

void EmojiModel::setQuery(const QString &text)
{
    m_query = text;
    refresh();
}

void EmojiModel::refresh()
{
    beginResetModel();
    fill();
    layOut();
    endResetModel();
}

void EmojiModel::fill()
{
    m_sections.clear();
    if (m_query.trimmed().isEmpty())
        addGroups();
    else
        addFound();
}

void EmojiModel::addGroups()
{
    const model::EmojiSet &set = m_book.set();
    Section recent{tr("Used Recently"), {}, 0};
    for (const QString &sign : m_book.recent().signs()) {
        if (const int index = set.indexOf(sign); index >= 0)
            recent.cells.push_back({sign, index});
    }
    if (!recent.cells.empty())
        m_sections.push_back(std::move(recent));
    int group = -1;
    for (int i = 0; i < set.count(); ++i) {
        if (set.at(i).group != group) {
            group = set.at(i).group;
            m_sections.push_back({emojiGroupName(set.groups().at(group)), {}, 0});
        }
        m_sections.back().cells.push_back({m_book.preferred(i), i});
    }
}

void EmojiModel::addFound()
{
    Section found;
    for (const int index : m_book.set().search(m_query, mostFound))
        found.cells.push_back({m_book.preferred(index), index});
    if (!found.cells.empty())
        m_sections.push_back(std::move(found));
}

void EmojiModel::layOut()
{
    m_rows = 0;
    for (Section &section : m_sections) {
        section.firstRow = m_rows;
        m_rows += (section.title.isEmpty() ? 0 : 1) + (int(section.cells.size()) + m_columns - 1) / m_columns;
    }
}

const EmojiModel::Section *EmojiModel::sectionAt(int row) const
{
    const auto behind = std::upper_bound(m_sections.begin(), m_sections.end(), row,
                                         [](int wanted, const Section &section) { return wanted < section.firstRow; });
    return behind == m_sections.begin() || row >= m_rows ? nullptr : &*std::prev(behind);
}

QString EmojiModel::heading(int row) const
{
    const Section *section = sectionAt(row);
    return section && row == section->firstRow ? section->title : QString();
}

std::vector<int> EmojiModel::headings() const
{
    std::vector<int> rows;
    for (const Section &section : m_sections) {
        if (!section.title.isEmpty())
            rows.push_back(section.firstRow);
    }
    return rows;
}

/// How many cells of a row have a sign; 0 in a heading.
int EmojiModel::cellsIn(int row) const
{
    const Section *section = sectionAt(row);
    if (!section)
        return 0;
    const int line = row - section->firstRow - (section->title.isEmpty() ? 0 : 1);
    return line < 0 ? 0 : std::min(m_columns, int(section->cells.size()) - line * m_columns);
}

const EmojiModel::Cell *EmojiModel::cellAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.column() >= cellsIn(index.row()))
        return nullptr;
    const Section *section = sectionAt(index.row());
    const int line = index.row() - section->firstRow - (section->title.isEmpty() ? 0 : 1);
    return &section->cells[size_t(line * m_columns + index.column())];
}

QString EmojiModel::sign(const QModelIndex &index) const
{
    const Cell *cell = cellAt(index);
    return cell ? cell->sign : QString();
}

int EmojiModel::emoji(const QModelIndex &index) const
{
    const Cell *cell = cellAt(index);
    return cell ? cell->emoji : -1;
}

QModelIndex EmojiModel::movedRow(const QModelIndex &from, int direction) const
{
    for (int row = from.row() + direction; row >= 0 && row < m_rows; row += direction) {
        if (const int cells = cellsIn(row); cells > 0)
            return index(row, std::min(from.column(), cells - 1));
    }
    return from;
}

QModelIndex EmojiModel::moved(const QModelIndex &from, int steps) const
{
    QModelIndex at = from;
    for (int left = std::abs(steps); left > 0; --left) {
        const int column = at.column() + (steps > 0 ? 1 : -1);
        if (column >= 0 && column < cellsIn(at.row())) {
            at = index(at.row(), column);
            continue;
        }
        const QModelIndex next = movedRow(at, steps > 0 ? 1 : -1);
        if (next == at)
            break;
        at = index(next.row(), steps > 0 ? 0 : cellsIn(next.row()) - 1);
    }
    return at;
}

QModelIndex EmojiModel::first() const
{
    for (int row = 0; row < m_rows; ++row) {
        if (cellsIn(row) > 0)
            return index(row, 0);
    }
    return {};
}

QModelIndex EmojiModel::last() const
{
    return m_rows == 0 ? QModelIndex() : index(m_rows - 1, cellsIn(m_rows - 1) - 1);
}

int EmojiModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int EmojiModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_columns;
}

QVariant EmojiModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (const QString title = heading(index.row()); !title.isEmpty())
        return role == Qt::AccessibleTextRole && index.column() == 0 ? QVariant(title) : QVariant();
    const Cell *cell = cellAt(index);
    if (!cell)
        return {};
    if (role == Qt::DisplayRole)
        return cell->sign;
    if (role == Qt::AccessibleTextRole)
        return m_book.set().name(cell->emoji);
    if (role == Qt::ToolTipRole)
        //: A tooltip: %1 is what an emoji is called, %2 what can be typed for it, as in ":tada:".
        return tr("%1  :%2:").arg(m_book.set().name(cell->emoji), m_book.set().shortCode(cell->emoji));
    return {};
}

Qt::ItemFlags EmojiModel::flags(const QModelIndex &index) const
{
    return cellAt(index) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                         : Qt::ItemFlags(Qt::ItemNeverHasChildren);
}

} // namespace ui
