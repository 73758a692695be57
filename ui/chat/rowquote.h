// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/timeline.h"
#include "ui/theme/theme.h"

#include <QRect>

class QPainter;

namespace ui {

/// What a message answers, as a preview over its text: who wrote it, and the beginning of it in one line.
class RowQuote
{
public:
    RowQuote() = default;
    /// `inOneLine`: the name and the text beside each other.
    RowQuote(const model::RowReply &reply, bool inOneLine);

    /// There is none.
    bool isNull() const { return m_text.isEmpty(); }
    /// The width at which nothing of it is left out, but no more than is good for a preview.
    int wishedWidth(const Theme &theme) const;
    int height(const Theme &theme) const;
    QRect rect() const { return m_rect; }
    void setRect(const QRect &rect) { m_rect = rect; }
    /// Whether what it quotes is here, so that a click leads to it.
    bool leads() const { return m_leads; }

    /// How it is drawn beyond its words.
    struct Look {
        QColor ground;
        bool isHovered = false;
        bool isMirrored = false; ///< Its bar is on the right.
    };
    void paint(QPainter &painter, const Look &look, const Theme &theme) const;

private:
    void paintWords(QPainter &painter, const QRect &room, const Look &look, const Theme &theme) const;

    QString m_author; ///< Isolated, in one line; empty where nobody is known.
    QString m_name;   ///< What its colour comes from.
    QString m_text;
    QRect m_rect;
    bool m_inOneLine = false;
    bool m_isNote = false; ///< The text is a sentence of ours.
    bool m_leads = false;
};

/// What is quoted, in one line: the beginning of the message, or why there is none.
QString quoteWords(const model::RowReply &reply);

} // namespace ui
