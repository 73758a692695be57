// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/addressinput.h"

namespace ui {
namespace {

QString tidied(const QString &text)
{
    QString result = text.trimmed();
    if (result.startsWith(QStringLiteral("xmpp:"), Qt::CaseInsensitive))
        result = result.mid(5).section(u'?', 0, 0);
    result.replace(QChar(0xff20), u'@'); // full-width @, as Chinese input methods give it
    const auto at = result.indexOf(u'@');
    if (at >= 0) {
        for (qsizetype i = at; i < result.size(); ++i) {
            const ushort u = result.at(i).unicode();
            if (u == 0x3002 || u == 0xff0e || u == 0xff61)
                result[i] = u'.';
        }
    }
    return result;
}

} // namespace

AddressInput AddressInput::read(const QString &text)
{
    const QString typed = tidied(text);
    if (typed.isEmpty())
        return {};
    const auto at = typed.indexOf(u'@');
    if (at < 0)
        return {State::Unfinished, {}, tr("An address has an @ in the middle, like name@example.org.")};
    if (at == 0)
        return {State::Wrong, {}, tr("The name before the @ is missing.")};
    if (at == typed.size() - 1 || typed.endsWith(u'.'))
        return {State::Unfinished, {}, tr("The server after the @ is missing or not complete.")};
    if (typed.indexOf(u'@', at + 1) >= 0 && !typed.contains(u'/'))
        return {State::Wrong, {}, tr("An address has only one @.")};
    if (typed.contains(u'/'))
        return {State::Wrong, {}, tr("Leave out the / and what follows it.")};
    const auto jid = Jid::parse(typed);
    if (jid)
        return {State::Good, jid->bare(), {}};
    const QString host = typed.mid(at + 1);
    if (Jid::make(QString(), host))
        return {State::Wrong, {}, tr("The name before the @ has a character that is not allowed.")};
    return {State::Wrong, {}, tr("What stands after the @ is not the name of a server.")};
}

AddressInput AddressInput::readServer(const QString &text)
{
    const QString typed = tidied(text);
    if (typed.isEmpty())
        return {};
    if (typed.contains(u'@') || typed.contains(u'/'))
        return {State::Wrong, {}, tr("A guest has no name: enter the server alone, like example.org.")};
    if (typed.endsWith(u'.'))
        return {State::Unfinished, {}, tr("The name of the server is not complete.")};
    const auto jid = Jid::make(QString(), typed);
    if (!jid)
        return {State::Wrong, {}, tr("This is not the name of a server.")};
    return {State::Good, *jid, {}};
}

} // namespace ui
