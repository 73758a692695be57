// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/emoji/emojibook.h"

#include "ui/chat/rowreactions.h"
#include "ui/language.h"
#include "ui/theme/theme.h"

#include <QFontInfo>
#include <QLocale>
#include <QRawFont>

namespace ui {

namespace {

/// What the font for emoji has signs for. A sign of several characters that are all there may still be drawn as several:
/// to know that it would have to be laid out, each of them.
model::EmojiSet::Shows emojiShownBy(const Theme &theme)
{
    QFont wanted = theme.font(TextRole::BigEmoji);
    const QString family = QFontInfo(wanted).family();
    // Without a font for emoji the system mixes what it has, and nobody knows what.
    if (!wanted.families().mid(0, 3).contains(family))
        return {};
    wanted.setFamilies({family});
    const QRawFont font = QRawFont::fromFont(wanted);
    if (!font.isValid() || !font.supportsCharacter(0x1f600U))
        return {};
    return [font](const QString &sign) {
        const QList<uint> characters = sign.toUcs4();
        return std::all_of(characters.cbegin(), characters.cend(), [&font](uint c) {
            const bool isSeen = c != 0xfe0f && c != 0x200d && c != 0x20e3 && (c < 0xe0000 || c > 0xe007f);
            return !isSeen || font.supportsCharacter(c);
        });
    };
}

QString drawingKey(const QString &sign, int side, qreal ratio)
{
    return QStringLiteral("%1 %2 %3").arg(sign).arg(side).arg(ratio);
}

} // namespace

const model::EmojiSet &EmojiBook::set()
{
    if (!m_set)
        m_set = std::make_unique<model::EmojiSet>(translationNames(QLocale().name()), emojiShownBy(Theme::of(nullptr)));
    return *m_set;
}

std::optional<QPixmap> EmojiBook::drawn(const QString &sign, int side, qreal ratio) const
{
    const QPixmap *kept = m_drawings.object(drawingKey(sign, side, ratio));
    return kept ? std::optional(*kept) : std::nullopt;
}

QPixmap EmojiBook::drawing(const QString &sign, int side, qreal ratio, const Theme &theme)
{
    if (const auto kept = drawn(sign, side, ratio))
        return *kept;
    const QPixmap made = signPixmap(sign, side, ratio, theme);
    m_drawings.insert(drawingKey(sign, side, ratio), new QPixmap(made));
    return made;
}

} // namespace ui
