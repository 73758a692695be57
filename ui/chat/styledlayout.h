// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/chat/timelinetext.h"
#include "ui/theme/theme.h"
#include "xep/styledtext.h"

#include <QRectF>
#include <QTextLayout>

namespace ui {

/// The text of a message, laid out: its styling (XEP-0393), its links and its emoji. Every unit of the text stays where
/// it is and is drawn, the directives quieter than the rest, so that places in it are places in the body.
class StyledLayout
{
public:
    /// What a text is: a body with or without styling, or a sentence of our own in the place of one.
    enum class Kind { Styled, Unstyled, Note };
    /// Parts that look different; what is behind them stays plain, so that no body costs more than its length.
    static constexpr int mostParts = 4000;

    /// `mayBeBig`: a few emoji alone are drawn big. `ground` stands behind preformatted text.
    void prepare(const QString &text, Kind kind, bool mayBeBig, const QColor &ground, const Theme &theme);
    /// Breaks the text for `width` and returns what it takes.
    QSizeF breakLines(double width);

    const QTextLayout &text() const { return m_text; }
    const QVector<TextLink> &links() const { return m_links; }
    bool isBigEmoji() const { return m_isBigEmoji; }
    bool isRightToLeft() const { return m_text.textOption().textDirection() == Qt::RightToLeft; }
    /// The width that the lines were broken for.
    double width() const { return m_width; }
    double height() const { return m_height; }
    /// How far the last line reaches from the side where it begins; all the width where a ground is behind it.
    double lastLineWidth() const { return m_lastLineWidth; }
    /// From the top to the baseline of the first line; `otherwise` where there is no line.
    double firstBaseline(double otherwise) const;

    /// What is drawn behind a block: a ground, or for a quote a bar at the side where it begins.
    struct Backdrop {
        QRectF rect;
        bool isBar = false;
    };
    /// All of them, where the text takes `width`; the outer ones first.
    QVector<Backdrop> backdrops(double width) const;

    /// The link at a place in the layout's coordinates, or an invalid URL.
    QUrl linkAt(const QPointF &point) const;
    /// The text position nearest to it.
    int cursorAt(const QPointF &point) const;

private:
    /// Where the lines of a block stand.
    struct Extent {
        double top = -1; ///< Below 0: no line of it yet.
        double bottom = 0;
    };
    using Formats = QList<QTextLayout::FormatRange>;

    Formats partFormats(const QString &text, const QColor &ground, const Theme &theme) const;
    Formats linkFormats(const Theme &theme) const;
    void placeLine(QTextLine &line, double y, size_t at);
    double enter(int block, double y);
    double leave(int block, double y);
    void extend(int block, double top, double bottom);
    bool isPreformatted(int block) const;
    double indentOf(int block) const;

    QTextLayout m_text;
    QVector<TextLink> m_links;
    xep::StyledText m_style;
    QVector<Extent> m_extents; ///< One a block.
    double m_step = 0;         ///< What a quote is set in by.
    double m_edge = 0;         ///< Between the border of a ground and its text.
    double m_bar = 0;
    double m_hang = 0; ///< What the lines that go on in a quote are set in by: the width of its marks.
    double m_width = 0;
    double m_height = 0;
    double m_lastLineWidth = 0;
    bool m_isBigEmoji = false;
};

} // namespace ui
