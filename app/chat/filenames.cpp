// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/filenames.h"

#include <algorithm>

namespace chat::filenames {
namespace {

/// An ending that is longer than this is part of the name.
constexpr qsizetype longestEnding = 16;

bool isShown(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // direction marks among them
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return false;
    default: return true;
    }
}

/// Names that Windows keeps for devices, with any ending.
bool isDevice(const QString &name)
{
    const QString stem = name.section(u'.', 0, 0).trimmed().toUpper();
    static const QStringList devices{QStringLiteral("CON"), QStringLiteral("PRN"),    QStringLiteral("AUX"),
                                     QStringLiteral("NUL"), QStringLiteral("CONIN$"), QStringLiteral("CONOUT$")};
    const bool isPort = stem.size() == 4 && (stem.startsWith(u"COM") || stem.startsWith(u"LPT")) && stem[3].isDigit();
    return isPort || devices.contains(stem);
}

/// At most `most` bytes of UTF-8, whole code points.
QString shortened(const QString &text, qsizetype most)
{
    QString result;
    qsizetype bytes = 0;
    for (const char32_t c : text.toUcs4()) {
        const QString each = QString::fromUcs4(&c, 1);
        bytes += each.toUtf8().size();
        if (bytes > most)
            break;
        result += each;
    }
    return result;
}

} // namespace

QString safe(const QString &name)
{
    const qsizetype path = std::max(name.lastIndexOf(u'/'), name.lastIndexOf(u'\\'));
    QString result;
    for (const char32_t c : name.mid(path + 1).normalized(QString::NormalizationForm_C).toUcs4()) {
        if (!isShown(c))
            continue;
        const bool isSpecial = c < 128 && QByteArray("<>:\"|?*").contains(char(c));
        result += isSpecial ? QStringLiteral("_") : QString::fromUcs4(&c, 1);
    }
    while (result.startsWith(u'.') || result.startsWith(u' '))
        result.remove(0, 1);
    while (result.endsWith(u'.') || result.endsWith(u' '))
        result.chop(1);
    if (result.isEmpty())
        return QStringLiteral("file");
    if (isDevice(result))
        result.prepend(u'_');
    if (result.toUtf8().size() <= mostBytes)
        return result;
    const qsizetype dot = result.lastIndexOf(u'.');
    const QString ending = dot > 0 && result.size() - dot <= longestEnding ? result.mid(dot) : QString();
    return shortened(result.left(result.size() - ending.size()), mostBytes - ending.toUtf8().size()) + ending;
}

QString ofAddress(const QUrl &url)
{
    // Decoded once, and cut after that: an encoded separator is one.
    return safe(url.path(QUrl::FullyDecoded));
}

} // namespace chat::filenames
