// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/conversationmodel.h"
#include "model/rostermodel.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QStyleOptionViewItem>

class QPainter;

namespace ui {

/// The height of a row with two lines of text in a list of the sidebar.
int chatRowHeight(const Theme &theme);
int contactRowHeight(const Theme &theme);
int headingHeight(const Theme &theme);

/// Paints the rows of the sidebar's lists. `option` gives place, state and direction; the ground under the rows is the
/// theme's sidebar colour.
void paintChatRow(QPainter &painter, const QStyleOptionViewItem &option, const model::ConversationRow &row,
                  const Theme &theme);
void paintContactRow(QPainter &painter, const QStyleOptionViewItem &option, const model::ContactRow &row,
                     const Theme &theme);
/// One line with a drawing at its start: "Start a chat with ...".
void paintActionRow(QPainter &painter, const QStyleOptionViewItem &option, Icon drawing, const QString &text,
                    const Theme &theme);
/// The ground of a row under the pointer, selected, or with the keyboard; gives its colour.
QColor paintRowGround(QPainter &painter, const QRect &body, QStyle::State state, const Theme &theme);
/// A heading over rows; `count` may be empty. `open`: which way a group's arrow points; nothing: no arrow.
void paintHeading(QPainter &painter, const QStyleOptionViewItem &option, const QString &text, const QString &count,
                  std::optional<bool> open, const Theme &theme);

/// When a chat was last alive, as short as it stays clear: "10:42", "Yesterday", "Tuesday", "3 Feb 2026".
QString shortTime(const QDateTime &time, const QDateTime &now);
/// The second line of a chat's row, without the mark of a draft.
QString previewText(const model::ConversationRow &row);
/// The second line of a contact's row: status, presence or what is outstanding.
QString contactLine(const model::ContactRow &row);
/// Rows as sentences for a screen reader.
QString spokenChat(const model::ConversationRow &row);
QString spokenContact(const model::ContactRow &row);

} // namespace ui
