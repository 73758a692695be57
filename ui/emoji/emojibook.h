// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/emojiset.h"
#include "model/recentemoji.h"

#include <QCache>
#include <QPixmap>

#include <memory>
#include <optional>

namespace ui {

struct Theme;

/// The emoji of one window: those that its fonts can show, what was used last, and how they look. Nothing is read before
/// somebody asks for the first of them.
class EmojiBook
{
public:
    /// `settings` outlives this.
    explicit EmojiBook(chat::Settings &settings) : m_recent(settings) { }

    const model::EmojiSet &set();
    model::RecentEmoji &recent() { return m_recent; }
    /// The sign in the skin tone that the person likes.
    QString preferred(int index) { return set().sign(index, m_recent.tone()); }

    /// The drawing of a sign, `side` device-independent pixels a side; drawn where it is not there yet.
    QPixmap drawing(const QString &sign, int side, qreal ratio, const Theme &theme);
    /// Likewise, but only where it is drawn already.
    std::optional<QPixmap> drawn(const QString &sign, int side, qreal ratio) const;

private:
    std::unique_ptr<model::EmojiSet> m_set;
    model::RecentEmoji m_recent;
    QCache<QString, QPixmap> m_drawings{500};
};

} // namespace ui
