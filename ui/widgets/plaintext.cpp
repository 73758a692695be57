// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plaintext.h"

#include <QStringList>

namespace ui {

namespace {

bool isBidiControl(QChar c)
{
    const ushort u = c.unicode();
    return (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069);
}

/// What stands for `c` in a text to send.
QChar sendableUnit(QChar c)
{
    const ushort u = c.unicode();
    if (u == 0x2028 || u == 0x2029)
        return u'\n';
    if (u == u'\n' || u == u'\t')
        return c;
    const bool bad = u < 0x20 || u == 0xfffe || u == 0xffff || (u >= 0xfdd0 && u <= 0xfdef) || u == 0xfffc;
    return bad ? QChar(QChar::ReplacementCharacter) : c;
}

} // namespace

QString isolated(const QString &text)
{
    QString result;
    result.reserve(text.size() + 2);
    result.append(QChar(0x2068));
    for (const QChar c : text) {
        if (!isBidiControl(c))
            result.append(c);
    }
    result.append(QChar(0x2069));
    return result;
}

QString singleLine(const QString &text)
{
    QString result = text;
    for (QChar &c : result) {
        if (c.unicode() < 0x20 || c.unicode() == 0x2028 || c.unicode() == 0x2029 || c.unicode() == 0x7f)
            c = u' ';
    }
    return result;
}

QString menuText(const QString &text, int longest)
{
    QString line = singleLine(text);
    if (line.size() > longest)
        line = line.left(line.at(longest - 1).isHighSurrogate() ? longest - 1 : longest) + u'…';
    return isolated(line.replace(u'&', QStringLiteral("&&")));
}

QString sendable(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'\r') {
            if (i + 1 == text.size() || text.at(i + 1) != u'\n')
                result.append(u'\n');
        } else if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            const char32_t whole = QChar::surrogateToUcs4(c, text.at(i + 1));
            if (QChar::isNonCharacter(whole))
                result.append(QChar(QChar::ReplacementCharacter));
            else
                result.append(c).append(text.at(i + 1));
            ++i;
        } else {
            result.append(c.isSurrogate() ? QChar(QChar::ReplacementCharacter) : sendableUnit(c));
        }
    }
    return result;
}

} // namespace ui
