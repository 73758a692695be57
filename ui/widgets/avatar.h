// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QPainter;

namespace ui {

/// What the dot on an avatar tells. The shapes differ, not only the colours.
enum class PresenceDot { None, Online, Away, Busy, Offline };

/// One or two letters for `name`: of its first and last word; one character for Han and the like.
QString initials(const QString &name);
/// Paints initials on a disc in the colour of `colorKey` (XEP-0392 5.1: the bare JID, or the nickname in a room).
void paintAvatar(QPainter &painter, const QRect &rect, const QString &name, const QString &colorKey,
                 const Theme &theme);
/// Somebody to be painted: `jid`, whom `account` knows, or that itself. Both may be null.
struct Person {
    QString name; ///< From outside.
    Jid account;
    Jid jid; ///< Gives the colour, too.
};
/// Paints the picture of `person`, or initials as paintAvatar() until there is one. `widget`, on which it is painted, is
/// painted again when that changes (AvatarPictures).
void paintPerson(QPainter &painter, const QRect &rect, const Person &person, const QWidget *widget);
/// Paints a presence dot at the lower end corner of an avatar in `rect`, cut out of `ground`.
void paintPresenceDot(QPainter &painter, const QRect &rect, PresenceDot dot, const QColor &ground, const Theme &theme,
                      Qt::LayoutDirection direction);
/// The word for a dot, for tooltips and screen readers.
QString presenceWord(PresenceDot dot);

/// Somebody's picture: initials until there is one, and a presence dot.
class Avatar : public QWidget
{
    Q_OBJECT
public:
    /// `size` in pixels at 100 % text.
    explicit Avatar(int size, QWidget *parent = nullptr);

    /// `name` is from outside; `colorKey` gives the colour. Both may be empty.
    void setPerson(const QString &name, const QString &colorKey);
    /// As above, with the picture that they have, whenever they have one.
    void setPerson(const Person &person);
    void setPresence(PresenceDot dot);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void describe();

    int m_size;
    QString m_name;
    QString m_colorKey;
    Person m_person; ///< Without account: nobody's picture is looked for.
    PresenceDot m_dot = PresenceDot::None;
};

} // namespace ui
