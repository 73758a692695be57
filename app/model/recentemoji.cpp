// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/recentemoji.h"

#include "model/emojiset.h"

#include <algorithm>

namespace model {

namespace {

const QString recentEmojiKey = QStringLiteral("emoji.recent");
const QString emojiToneKey = QStringLiteral("emoji.tone");

} // namespace

QStringList RecentEmoji::signs() const
{
    return m_settings.list(recentEmojiKey).mid(0, most);
}

void RecentEmoji::use(const QString &sign)
{
    if (sign.isEmpty())
        return;
    QStringList all = signs();
    all.removeAll(sign);
    all.prepend(sign);
    m_settings.setList(recentEmojiKey, all.mid(0, most));
}

int RecentEmoji::tone() const
{
    return std::clamp(m_settings.number(emojiToneKey), 0, EmojiSet::tones - 1);
}

void RecentEmoji::setTone(int tone)
{
    m_settings.set(emojiToneKey, std::clamp(tone, 0, EmojiSet::tones - 1));
}

} // namespace model
