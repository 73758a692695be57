// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/timeline.h"
#include "ui/theme/theme.h"

#include <QPixmap>
#include <QRect>
#include <QVector>

class QPainter;

namespace ui {

/// The reactions to a message as chips under it: the sign and how many gave it.
class RowReactions
{
public:
    /// So many different ones are shown; the rest is counted in one more chip.
    static constexpr int mostChips = 20;

    struct Chip {
        QRect rect;
        QString sign; ///< One line, elided where it is no sign but a text.
        QString count;
        int index = -1; ///< Of the reaction in its row; -1: the chip stands for all the rest.
        bool own = false;
    };

    /// Puts the chips into `room`, from its top on, in as many lines as they need; `trailing`: at its right side. Gives
    /// the height that they take.
    int place(const QList<model::RowReaction> &reactions, const QRect &room, bool trailing, const Theme &theme);
    /// Mirrors all in a row of this width.
    void mirror(int width);

    const QVector<Chip> &chips() const { return m_chips; }
    /// The chip at a place; nullptr where there is none.
    const Chip *chipAt(const QPoint &point) const;
    /// `hovered` is the rectangle of the chip under the pointer.
    void paint(QPainter &painter, const QRect &hovered, const Theme &theme) const;

private:
    QVector<Chip> m_chips;
};

/// About how high the chips will be.
int reactionsHeight(const Theme &theme);
/// A sign as a drawing, `side` device-independent pixels a side, for a menu; sharp at `ratio`.
QPixmap signPixmap(const QString &sign, int side, qreal ratio, const Theme &theme);
/// The same sign, whether or not it asks to be shown as a picture.
bool isSameSign(const QString &a, const QString &b);
/// Who reacted, as a list: "Juliet, Nurse, and you".
QString reactionNames(const model::RowReaction &reaction);

} // namespace ui
