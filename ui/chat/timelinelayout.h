// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/timeline.h"
#include "ui/chat/timelinetext.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QDate>
#include <QRect>
#include <QTextLayout>

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

    friend bool operator==(const RowContext &, const RowContext &) = default;
};

/// What can be hit in a row.
enum class RowPart { None, Text, Link, Time, State, Retry, Delete, ShowAll, Missing };

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
    int shownLength() const { return int(m_text.text().size()); }

    RowPart partAt(const QPoint &point) const;
    /// The link under `point`, or an invalid URL.
    QUrl linkAt(const QPoint &point) const;
    /// The text position nearest to `point`.
    int cursorAt(const QPoint &point) const;
    /// The part of the row that reacts to `part`.
    QRect rectOf(RowPart part) const;

    // What the painter draws; empty rectangles are not there.
    const QTextLayout &text() const { return m_text; }
    QPointF textPosition() const { return m_textPosition; }
    QRect bubble() const { return m_bubble; }
    QRect avatar() const { return m_avatar; }
    QRect author() const { return m_author; }
    QRect time() const { return m_time; }
    QRect state() const { return m_state; }
    QRect lock() const { return m_lock; }
    QRect failure() const { return m_failure; }
    QRect retry() const { return m_retry; }
    QRect remove() const { return m_remove; }
    QRect showAll() const { return m_showAll; }
    QRect dateLine() const { return m_dateLine; }
    QRect unreadLine() const { return m_unreadLine; }
    QRect missingLine() const { return m_missingLine; }
    QString timeText() const { return m_timeText; }
    QString dateText() const { return m_dateText; }
    bool isBigEmoji() const { return m_bigEmoji; }
    bool hasLink() const { return !m_links.isEmpty(); }
    const QVector<TextLink> &links() const { return m_links; }

private:
    int placeAbove(const Theme &theme);
    void prepareText(const model::TimelineRow &row, const Theme &theme);
    QSizeF breakLines(double width);
    int placeComfortable(const model::TimelineRow &row, const Theme &theme, int y);
    int placeCompact(const model::TimelineRow &row, const Theme &theme, int y);
    int placeMeta(const model::TimelineRow &row, const Theme &theme, const QRect &area);
    int placeFailure(const Theme &theme, int y, bool trailing);
    int metaWidth(const model::TimelineRow &row, const Theme &theme) const;
    void mirror();

    RowContext m_context;
    QTextLayout m_text;
    QPointF m_textPosition;
    QVector<TextLink> m_links;
    QString m_timeText;
    QString m_dateText;
    QRect m_bubble, m_avatar, m_author, m_time, m_state, m_lock, m_failure, m_retry, m_remove, m_showAll, m_dateLine,
        m_unreadLine, m_missingLine;
    double m_textWidth = 0;
    int m_height = 0;
    int m_bodyTop = 0;
    bool m_bigEmoji = false;
    bool m_cut = false;
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
/// A message as one sentence for a screen reader.
QString spokenRow(const model::TimelineRow &row, const QString &failure);

} // namespace ui
