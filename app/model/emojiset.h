// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace model {

/// All emoji of Unicode without their skin tones, in its order and groups, with what they are called in English, Chinese and
/// the person's language. Read from resources when made (some milliseconds); what does not change is never read again.
class EmojiSet
{
public:
    /// Whether the system can show a sign.
    using Shows = std::function<bool(const QString &sign)>;
    /// None, and the five of Unicode from light to dark: 0 to 5.
    static constexpr int tones = 6;

    struct Emoji {
        QString sign;
        QString pattern;   ///< With "~" for each skin tone; empty: takes none.
        QStringList codes; ///< Short codes without colons; the first is made from the English name. Never empty.
        int group = 0;
    };

    /// Names are of the first of `locales` (as in translation file names) that there is; English where there is none.
    /// What `shows` does not take is left out; without it all are there.
    explicit EmojiSet(const QStringList &locales, const Shows &shows = {});

    int count() const { return int(m_all.size()); }
    const Emoji &at(int index) const { return m_all[size_t(index)]; }
    /// Unicode's English names of the groups, in order: "Smileys & Emotion" ...
    const QStringList &groups() const { return m_groups; }
    /// What CLDR calls it in the person's language.
    QString name(int index) const;
    /// The sign in a skin tone, 0 to 5; as it is where it takes none.
    QString sign(int index, int tone) const;
    /// The short code that people know it by, without colons.
    QString shortCode(int index) const { return at(index).codes.value(1, at(index).codes.constFirst()); }
    bool takesTone(int index) const { return !at(index).pattern.isEmpty(); }

    /// Which emoji a sign is, in whatever skin tone and with or without variation selectors; -1: none that is here.
    int indexOf(const QString &sign) const;
    /// Whose short code this is, without colons, in lower case; -1: nobody's.
    int indexOfCode(const QString &code) const;
    /// What is found by `text`, best first: the short code itself, codes that begin so, names of which words begin so,
    /// other words that do. Han is found anywhere in names and words. `most` at most.
    std::vector<int> search(const QString &text, int most) const;

private:
    /// The names of one locale, one for each that is here.
    struct Names {
        bool isHan = false; ///< Written without spaces.
        QStringList names;
        QStringList words; ///< With "|" between them.
    };

    void readSigns(const Shows &shows);
    void readNames(const QString &locale);
    int rank(int index, const QString &code, const QStringList &words) const;
    int rankOfWord(int index, const QString &word) const;

    std::vector<Emoji> m_all;
    std::vector<bool> m_here; ///< By line of the resource: it is in m_all.
    QStringList m_groups;
    std::vector<Names> m_names; ///< The person's language first.
    mutable QHash<QString, int> m_bySign;
    mutable QHash<QString, int> m_byCode;
};

} // namespace model
