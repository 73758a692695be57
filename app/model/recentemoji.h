// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/settings.h"

namespace model {

/// The emoji that the person used last, and the skin tone they like: kept in the profile's settings.
class RecentEmoji
{
public:
    /// How many are remembered.
    static constexpr int most = 27;

    /// `settings` outlives this.
    explicit RecentEmoji(chat::Settings &settings) : m_settings(settings) { }

    /// The signs as they were used, the latest first.
    QStringList signs() const;
    /// Puts `sign` first.
    void use(const QString &sign);
    /// 0: none, 1 to 5: from light to dark.
    int tone() const;
    void setTone(int tone);

private:
    chat::Settings &m_settings;
};

} // namespace model
