// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/timeline.h"
#include "ui/theme/theme.h"

#include <QPixmap>
#include <QRect>
#include <QVector>

#include <functional>

class QPainter;

namespace ui {

/// The files of a message: pictures as they are, several of them as a mosaic, and a card for each of the rest. A picture
/// has its room before it is here, as far as its size was said.
class RowFiles
{
public:
    struct Item {
        QRect rect;
        QRect button; ///< What fetches or stops it; empty: there is none.
        int index = -1;
        bool isPicture = false; ///< Else a card.
        bool isTile = false;    ///< One of a mosaic: it fills its room, and is cut.
    };

    RowFiles() = default;
    /// `sizes`: the pictures' sizes as far as they are known to us, one a file.
    RowFiles(const QList<model::RowFile> &files, const QList<QSize> &sizes);

    bool isEmpty() const { return m_files.isEmpty(); }
    /// The width at which nothing has to be made smaller, `most` at most.
    int wishedWidth(int most, const Theme &theme) const;
    /// Puts all into `room`, from its top on. Gives the height that they take.
    int place(const QRect &room, const Theme &theme);
    /// Mirrors all in a row of this width.
    void mirror(int width);

    const QVector<Item> &items() const { return m_items; }
    /// The file at a place; nullptr where there is none.
    const Item *itemAt(const QPoint &point) const;
    /// What a click at a place is for: the button, or the whole file. Empty where nothing happens.
    QRect targetAt(const QPoint &point) const;

    /// What comes from elsewhere while it is drawn.
    struct Look {
        QColor ground; ///< Behind cards and pictures that are not here.
        QRect hovered; ///< What is under the pointer.
        bool isMirrored = false;
        /// A picture for this many device pixels; null while there is none.
        std::function<QPixmap(const model::RowFile &, const QSize &)> picture;
        /// As Timeline::progressOf().
        std::function<double(qint64)> progress;
        /// A file's failure as a sentence.
        std::function<QString(const Error &)> failure;
    };
    void paint(QPainter &painter, const Look &look, const Theme &theme) const;

private:
    bool isMosaic() const;
    QSize pictureSize(int index, int most, const Theme &theme) const;
    int placeMosaic(const QRect &room, const Theme &theme);
    void paintPicture(QPainter &painter, const Item &item, const Look &look, const Theme &theme) const;
    void paintCard(QPainter &painter, const Item &item, const Look &look, const Theme &theme) const;
    double progressOf(const model::RowFile &file, const Look &look) const;

    QList<model::RowFile> m_files;
    QList<QSize> m_sizes;
    QVector<Item> m_items;
};

/// About how high the files of a row will be, at this width.
int filesHeight(const QList<model::RowFile> &files, int most, const Theme &theme);

} // namespace ui
