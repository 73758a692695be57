// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/emojiset.h"

#include <QFile>

#include <algorithm>

namespace model {

namespace {

constexpr QChar variationSelector(0xfe0f);
constexpr char32_t firstTone = 0x1f3fb;
constexpr int notFound = 100;

/// A resource of resources/emoji/make.py, as text; empty where there is none.
QString readResource(const QString &name)
{
    QFile file(QStringLiteral(":/emoji/") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Calls `take(line)` for each line that is not a comment.
template<class Take>
void forEachLine(const QString &text, Take take)
{
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = text.indexOf(u'\n', at);
        if (end < 0)
            end = text.size();
        const QStringView line = QStringView(text).mid(at, end - at);
        // The keycap "#" has a tab behind it.
        if (!line.startsWith(u"# "))
            take(line);
        at = end + 1;
    }
}

bool isHanText(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

/// Some word in `text` begins with `start`.
bool hasWordWith(const QString &text, const QString &start)
{
    for (qsizetype at = text.indexOf(start, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(start, at + 1, Qt::CaseInsensitive)) {
        if (at == 0 || !text.at(at - 1).isLetterOrNumber())
            return true;
    }
    return false;
}

/// Without skin tones and variation selectors.
QString bareSign(const QString &sign)
{
    QString bare;
    for (qsizetype i = 0; i < sign.size(); ++i) {
        const QChar c = sign.at(i);
        const bool isPair = c.isHighSurrogate() && i + 1 < sign.size();
        const char32_t whole = isPair ? QChar::surrogateToUcs4(c, sign.at(i + 1)) : c.unicode();
        if (isPair)
            ++i;
        // A tone alone is a sign of its own.
        const bool isTone = whole >= firstTone && whole < firstTone + EmojiSet::tones - 1 && !bare.isEmpty();
        if (c != variationSelector && !isTone)
            bare.append(isPair ? QStringView(sign).mid(i - 1, 2) : QStringView(sign).mid(i, 1));
    }
    return bare;
}

/// Where the tone stands, from the column of the resource.
QString patternOf(const QString &sign, QStringView column)
{
    if (column != u"+")
        return column.toString();
    const qsizetype first = sign.at(0).isHighSurrogate() ? 2 : 1;
    const qsizetype rest = first < sign.size() && sign.at(first) == variationSelector ? first + 1 : first;
    return sign.left(first) + u'~' + sign.mid(rest);
}

} // namespace

EmojiSet::EmojiSet(const QStringList &locales, const Shows &shows)
{
    readSigns(shows);
    const QStringList always{QStringLiteral("en"), QStringLiteral("zh_CN")};
    for (const QString &locale : locales) {
        if (!m_names.empty())
            break;
        readNames(locale);
    }
    const QString own = m_names.empty() ? QString() : locales.value(0);
    for (const QString &locale : always) {
        if (m_names.empty() || locale != own)
            readNames(locale);
    }
}

void EmojiSet::readSigns(const Shows &shows)
{
    const QString text = readResource(QStringLiteral("emoji.txt"));
    forEachLine(text, [this, &shows](QStringView line) {
        if (line.startsWith(u'@')) {
            m_groups.append(line.mid(1).toString());
            return;
        }
        const auto columns = line.split(u'\t');
        const QString sign = columns.value(0).toString();
        const bool isHere = columns.size() == 3 && !sign.isEmpty() && (!shows || shows(sign));
        m_here.push_back(isHere);
        if (isHere)
            m_all.push_back(
                {sign, patternOf(sign, columns.at(1)), columns.at(2).toString().split(u','), int(m_groups.size()) - 1});
    });
}

void EmojiSet::readNames(const QString &locale)
{
    const QString text = readResource(QStringLiteral("names.%1.txt").arg(locale));
    if (text.isEmpty())
        return;
    Names names;
    names.isHan = locale.startsWith(u"zh") || locale.startsWith(u"ja");
    size_t at = 0;
    forEachLine(text, [&](QStringView line) {
        if (at >= m_here.size() || !m_here[at++])
            return;
        const qsizetype tab = line.indexOf(u'\t');
        names.names.append(line.left(tab).toString());
        names.words.append(tab < 0 ? QString() : line.mid(tab + 1).toString());
    });
    if (names.names.size() == qsizetype(m_all.size()))
        m_names.push_back(std::move(names));
}

QString EmojiSet::name(int index) const
{
    for (const Names &names : m_names) {
        if (!names.names.at(index).isEmpty())
            return names.names.at(index);
    }
    return at(index).codes.constFirst();
}

QString EmojiSet::sign(int index, int tone) const
{
    const Emoji &emoji = at(index);
    if (tone <= 0 || tone >= tones || emoji.pattern.isEmpty())
        return emoji.sign;
    const char32_t modifier = firstTone + char32_t(tone) - 1;
    return QString(emoji.pattern).replace(u'~', QString::fromUcs4(&modifier, 1));
}

int EmojiSet::indexOf(const QString &sign) const
{
    if (m_bySign.isEmpty()) {
        for (int i = 0; i < count(); ++i)
            m_bySign.insert(bareSign(at(i).sign), i);
    }
    return m_bySign.value(bareSign(sign), -1);
}

int EmojiSet::indexOfCode(const QString &code) const
{
    if (m_byCode.isEmpty()) {
        for (int i = 0; i < count(); ++i) {
            for (const QString &its : at(i).codes)
                m_byCode.insert(its, i);
        }
    }
    return m_byCode.value(code, -1);
}

int EmojiSet::rankOfWord(int index, const QString &word) const
{
    int best = notFound;
    for (const QString &code : at(index).codes) {
        // Words of codes have underscores between them, and those are letters to nobody.
        if (hasWordWith(QString(code).replace(u'_', u' '), word))
            best = 2;
    }
    for (const Names &names : m_names) {
        const QString &name = names.names.at(index);
        const QString &words = names.words.at(index);
        const auto has = [&](const QString &text) {
            return names.isHan ? text.contains(word, Qt::CaseInsensitive) : hasWordWith(text, word);
        };
        best = std::min(best, has(name) ? 2 : has(words) ? 3 : notFound);
    }
    return best;
}

/// How well one is meant; 0 is the best.
int EmojiSet::rank(int index, const QString &code, const QStringList &words) const
{
    const Emoji &emoji = at(index);
    int best = notFound;
    for (const QString &its : emoji.codes)
        best = std::min(best, its == code ? 0 : its.startsWith(code) ? 1 : notFound);
    if (best < notFound)
        return best;
    for (const Names &names : m_names) {
        if (names.names.at(index).compare(code, Qt::CaseInsensitive) == 0)
            return 1;
    }
    int worst = 0;
    for (const QString &word : words)
        worst = std::max(worst, rankOfWord(index, word));
    return worst;
}

std::vector<int> EmojiSet::search(const QString &text, int most) const
{
    QString wanted = text.trimmed().toLower();
    // Codes may be typed with their colons, and signs pasted.
    while (wanted.startsWith(u':'))
        wanted.remove(0, 1);
    while (wanted.endsWith(u':'))
        wanted.chop(1);
    if (wanted.isEmpty())
        return {};
    if (const int exact = indexOf(wanted); exact >= 0 && !isHanText(wanted))
        return {exact};
    QStringList words = QString(wanted).replace(u'_', u' ').split(u' ', Qt::SkipEmptyParts);
    const QString code = words.join(u'_');
    std::vector<std::pair<int, int>> found;
    for (int i = 0; i < count(); ++i) {
        if (const int its = rank(i, code, words); its < notFound)
            found.emplace_back(its, i);
    }
    std::stable_sort(found.begin(), found.end());
    std::vector<int> result;
    for (const auto &[its, index] : found) {
        if (int(result.size()) == most)
            break;
        result.push_back(index);
    }
    return result;
}

} // namespace model
