// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/timeline.h"
#include "ui/chat/rowfiles.h"
#include "ui/chat/rowquote.h"
#include "ui/chat/rowreactions.h"
#include "ui/chat/styledlayout.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QDate>
#include <QRect>

namespace ui {

/// How much room a message takes: bubbles with avatars, or one line a message as in IRC.
enum class Density { Comfortable, Compact };

/// What surrounds a row and so decides its shape. Equal contexts give equal layouts.
struct RowContext {
    int width = 0;
    Density density = Density::Comfortable;
    bool mirrored = false;   ///< A right-to-left interface.
    bool showAuthors = true; ///< Names and avatars of others; off where there is only one other.
    bool groupStart = true;  ///< The first of a run by one author.
    bool groupEnd = true;
    QDate separator;                                  ///< A new day begins with this row; invalid: it does not.
    QDate today;                                      ///< For "Today" and "Yesterday".
    bool firstUnread = false;                         ///< The "new messages" line stands above.
    model::Missing missing = model::Missing::Nothing; ///< The line that says so stands above.
    bool showAll = false;                             ///< A very long body is not cut.
    QString failure;                                  ///< Why it was not sent, as a sentence.
    QList<QSize> pictures; ///< The sizes of the files that are pictures, as far as they are known to us.

    friend bool operator==(const RowContext &, const RowContext &) = default;
};

/// What can be hit in a row.
enum class RowPart {
    None,
    Text,
    Link,
    Time,
    Edited,
    State,
    Retry,
    Delete,
    ShowAll,
    Missing,
    Quote,
    Reaction,
    File,
};

/// One message laid out: where each part stands, in the row's own coordinates. Made once, then only drawn.
class RowLayout
{
    Q_DECLARE_TR_FUNCTIONS(ui::RowLayout)
public:
    /// Bodies longer than this many UTF-16 units, or lines, are cut until "show all".
    static constexpr int longBody = 64 * 1024;
    static constexpr int longBodyLines = 2000;

    RowLayout(const model::TimelineRow &row, const RowContext &context, const Theme &theme);

    /// A cheap guess at the height of a row that was never laid out.
    static int estimate(const model::TimelineRow &row, const RowContext &context, const Theme &theme);

    const RowContext &context() const { return m_context; }
    int height() const { return m_height; }
    /// Where the message itself begins, under separators: this is what stays put when rows come in above.
    int bodyTop() const { return m_bodyTop; }
    /// The units of the body that are shown.
    int shownLength() const { return m_isRetracted ? 0 : int(m_body.text().text().size()); }

    RowPart partAt(const QPoint &point) const;
    /// The link under `point`, or an invalid URL.
    QUrl linkAt(const QPoint &point) const;
    /// The text position nearest to `point`.
    int cursorAt(const QPoint &point) const;
    /// The part of the row that reacts to `part`; of several reactions the one at `point`.
    QRect rectOf(RowPart part, const QPoint &point = {}) const;
    /// The index of the reaction at `point` in the row; -1 where there is none, or a chip that stands for many.
    int reactionAt(const QPoint &point) const;
    /// The index of the file at `point` in the row; -1 where there is none.
    int fileAt(const QPoint &point) const;

    // What the painter draws; empty rectangles are not there.
    const QTextLayout &text() const { return m_body.text(); }
    QPointF textPosition() const { return m_textPosition; }
    QRect bubble() const { return m_bubble; }
    QRect avatar() const { return m_avatar; }
    QRect author() const { return m_author; }
    QRect time() const { return m_time; }
    QRect edited() const { return m_edited; }
    const RowQuote &quote() const { return m_quote; }
    const RowReactions &reactions() const { return m_reactions; }
    const RowFiles &files() const { return m_files; }
    /// Grounds and bars behind the text, in the row's coordinates.
    QVector<StyledLayout::Backdrop> backdrops() const;
    QRect state() const { return m_state; }
    QRect lock() const { return m_lock; }
    QRect failure() const { return m_failure; }
    QRect retry() const { return m_retry; }
    QRect remove() const { return m_remove; }
    QString removeWords() const { return m_removeWords; }
    QRect showAll() const { return m_showAll; }
    QRect dateLine() const { return m_dateLine; }
    QRect unreadLine() const { return m_unreadLine; }
    QRect missingLine() const { return m_missingLine; }
    QString timeText() const { return m_timeText; }
    QString dateText() const { return m_dateText; }
    bool isBigEmoji() const { return m_body.isBigEmoji(); }
    /// Whether the message stands on a ground of its own.
    bool hasBubble() const
    {
        return m_context.density == Density::Comfortable && (!isBigEmoji() || !m_quote.isNull() || !m_files.isEmpty());
    }
    const QVector<TextLink> &links() const { return m_body.links(); }

private:
    int placeAbove(const Theme &theme);
    void prepareText(const model::TimelineRow &row, const Theme &theme);
    int innerWidth(const model::TimelineRow &row, const Theme &theme, int most, bool inLine) const;
    int placeQuote(const Theme &theme, int x, int y, int width);
    int placeFiles(const Theme &theme, int x, int y, int width);
    int placeShowAll(const Theme &theme, int x, int y);
    int placeReactions(const model::TimelineRow &row, const Theme &theme, int y);
    int placeComfortable(const model::TimelineRow &row, const Theme &theme, int y);
    int placeCompact(const model::TimelineRow &row, const Theme &theme, int y);
    int placeMeta(const model::TimelineRow &row, const Theme &theme, const QRect &area);
    int placeFailure(const model::TimelineRow &row, const Theme &theme, int y, bool trailing);
    int metaWidth(const model::TimelineRow &row, const Theme &theme) const;
    void mirror();

    RowContext m_context;
    StyledLayout m_body;
    QPointF m_textPosition;
    RowQuote m_quote;
    RowReactions m_reactions;
    RowFiles m_files;
    QString m_timeText;
    QString m_removeWords;
    QString m_dateText;
    QRect m_bubble, m_avatar, m_author, m_time, m_edited, m_state, m_lock, m_failure, m_retry, m_remove, m_showAll,
        m_dateLine, m_unreadLine, m_missingLine;
    int m_textRoom = 0; ///< How wide the text is drawn, with the grounds behind it.
    int m_height = 0;
    int m_bodyTop = 0;
    bool m_cut = false;
    bool m_isRetracted = false;
    bool m_isBare = false; ///< Files without a text.
};

/// The state of an outgoing message in words; empty for incoming ones.
QString deliveryWords(model::Delivery delivery);
/// A step of an outgoing message's way, as a label before its time.
QString stepWords(model::Delivery step);
/// A moment to the second; with its date where that is not `today`.
QString momentWords(const QDateTime &time, const QDate &today);
/// The steps that a message came to, each with its time: for a tooltip. Empty where no time is known.
QStringList wayWords(const model::TimelineRow &row, const QDate &today);
/// The glyph of a state.
Icon deliveryIcon(model::Delivery delivery);
/// "Today", "Yesterday", or the date in words.
QString dayWords(const QDate &day, const QDate &today);
/// The time of day as it stands in a row.
QString clockWords(const QDateTime &time);
/// What the line over a row says about what is missing there; empty for nothing.
QString missingWords(model::Missing missing);
/// What stands in the place of a message that was taken back.
QString deletedWords();
/// The mark of a message that is not what it was first.
QString editedWords();
/// The state of an outgoing message, and whether a change of it waits, in words; empty for incoming ones.
QString stateWords(const model::TimelineRow &row);
/// What takes away a message that was not sent, or what we said of it last.
QString removeWords(const model::TimelineRow &row);
/// All reactions to a message, as one part of a sentence; empty where there are none.
QString reactionWords(const QList<model::RowReaction> &reactions);
/// A message as one sentence for a screen reader.
QString spokenRow(const model::TimelineRow &row, const QString &failure);

} // namespace ui
