// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/commands.h"

#include <QCoreApplication>
#include <QTextBlock>

#include <algorithm>

namespace ui {

namespace {

using Show = xmpp::Presence::Show;

/// One command that there is.
struct CommandEntry {
    const char *name;
    const char *usage; ///< Behind the name; what stands in its place is translated.
    const char *text;
};

constexpr CommandEntry commandEntries[] = {
    {"me", QT_TRANSLATE_NOOP("ui::Commands", "action"),
     QT_TRANSLATE_NOOP("ui::Commands", "Says what you do, as in “Romeo waves”.")},
    {"status", QT_TRANSLATE_NOOP("ui::Commands", "[available|away|xa|dnd] text"),
     QT_TRANSLATE_NOOP("ui::Commands", "Sets your presence, your status text, or both.")},
    {"search", QT_TRANSLATE_NOOP("ui::Commands", "words"),
     QT_TRANSLATE_NOOP("ui::Commands", "Searches in all messages.")},
    {"help", "", QT_TRANSLATE_NOOP("ui::Commands", "Shows this list.")},
};

QString commandTr(const char *text)
{
    return *text == '\0' ? QString() : QCoreApplication::translate("ui::Commands", text);
}

std::optional<Show> showNamed(const QString &word)
{
    if (word == u"available" || word == u"online")
        return Show::Online;
    if (word == u"away")
        return Show::Away;
    if (word == u"xa")
        return Show::ExtendedAway;
    if (word == u"dnd")
        return Show::DoNotDisturb;
    return {};
}

Command readStatus(const QString &words)
{
    Command command{Command::Kind::Status, QStringLiteral("status"), words, {}};
    const QString first = words.section(u' ', 0, 0);
    command.show = showNamed(first.toLower());
    if (command.show)
        command.text = words.mid(first.size()).trimmed();
    if (!command.show && words.isEmpty())
        command.kind = Command::Kind::Missing;
    return command;
}

} // namespace

Command readCommand(const QString &text)
{
    if (!text.startsWith(u'/'))
        return {Command::Kind::Text, {}, text, {}};
    if (text.startsWith(u"//"))
        return {Command::Kind::Text, {}, text.mid(1), {}};
    qsizetype end = 1;
    while (end < text.size() && text.at(end).isLetter())
        ++end;
    // A path, a fraction, a smiley.
    if (end == 1 || (end < text.size() && !text.at(end).isSpace()))
        return {Command::Kind::Text, {}, text, {}};
    const QString name = text.mid(1, end - 1).toLower();
    const QString rest = text.mid(end).trimmed();
    if (name == u"me" && text.startsWith(u"/me "))
        return {Command::Kind::Text, {}, text, {}};
    if (name == u"me")
        return {Command::Kind::Missing, name, {}, {}};
    if (name == u"status")
        return readStatus(rest);
    if (name == u"search")
        return {rest.isEmpty() ? Command::Kind::Missing : Command::Kind::Search, name, rest, {}};
    if (name == u"help")
        return {Command::Kind::Help, name, {}, {}};
    return {Command::Kind::Unknown, name, rest, {}};
}

QList<CommandHelp> commandHelp()
{
    QList<CommandHelp> all;
    for (const CommandEntry &entry : commandEntries) {
        const QString usage = commandTr(entry.usage);
        const QString name = u'/' + QString::fromLatin1(entry.name);
        all.append({usage.isEmpty() ? name : name + u' ' + usage, commandTr(entry.text)});
    }
    return all;
}

Completions commandCompletions(const QTextCursor &cursor)
{
    if (cursor.blockNumber() != 0)
        return {};
    const QString typed = cursor.block().text().left(cursor.positionInBlock());
    if (!typed.startsWith(u'/') || typed.contains(u' '))
        return {};
    Completions found;
    const QList<CommandHelp> help = commandHelp();
    for (const CommandHelp &entry : help) {
        const QString name = entry.usage.section(u' ', 0, 0);
        if (name.startsWith(typed, Qt::CaseInsensitive))
            found.items.push_back({name == entry.usage ? name : name + u' ', {}, entry.usage, entry.text});
    }
    return found;
}

} // namespace ui
