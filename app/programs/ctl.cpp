// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// balconyctl: sends one command to a running Balcony and prints what comes back. Exit status: 0 done, 1 refused or nobody
// there, 2 usage.
#include "automation/jsonline.h"
#include "automation/lineserver.h"
#include "chat/profile.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>

#include <cstdio>

namespace {

constexpr int usageError = 2;
constexpr int answerLimit = 60000; // ms

/// The fields that are lists; every other one given as field=value is text, whatever it looks like, and the port reads
/// numbers and truth values from text. field:=JSON gives any value.
const QStringList listFields{QStringLiteral("groups"), QStringLiteral("react"), QStringLiteral("arguments")};

/// One word of the command line; false where it is no field.
bool takeField(const QString &word, QJsonObject &object)
{
    const auto equals = word.indexOf(u'=');
    const bool isJson = equals > 1 && word[equals - 1] == u':';
    const QString key = word.left(isJson ? equals - 1 : equals);
    if (equals <= 0 || key.isEmpty())
        return false;
    const QString value = word.mid(equals + 1);
    if (!isJson && !(listFields.contains(key) && value.startsWith(u'['))) {
        object[key] = value;
        return true;
    }
    // In a list, because a document's top must be a list or an object.
    const QJsonArray parsed = QJsonDocument::fromJson('[' + value.toUtf8() + ']').array();
    if (parsed.size() != 1)
        return false;
    object[key] = parsed.first();
    return true;
}

int say(const QString &text, int status)
{
    std::fprintf(stderr, "balconyctl: %s\n", qPrintable(text));
    return status;
}

void print(const QByteArray &line)
{
    std::fwrite(line.constData(), 1, size_t(line.size()), stdout);
    std::fflush(stdout);
}

/// Blocking on purpose: the program does nothing else. Returns the exit status.
int converse(QLocalSocket &socket, const QJsonObject &command, bool eventsOnly)
{
    if (!eventsOnly)
        socket.write(automation::toLine(command));
    for (;;) {
        while (!socket.canReadLine()) {
            if (!socket.waitForReadyRead(eventsOnly ? -1 : answerLimit) && !socket.canReadLine())
                return eventsOnly ? 0 : say(QStringLiteral("Balcony did not answer."), 1);
        }
        const QByteArray line = socket.readLine();
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const bool isEvent = object.contains(QStringLiteral("event"));
        if (eventsOnly == isEvent)
            print(line);
        if (!eventsOnly && !isEvent)
            return object[QStringLiteral("ok")].toBool() ? 0 : 1;
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("balcony"));
    QCoreApplication::setApplicationVersion(QStringLiteral(BALCONY_VERSION));
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Sends a command to a running Balcony, as docs/automation.md describes:\n"
                       "  balconyctl --profile DIR send to=juliet@capulet.example body=Hello\n"
                       "  balconyctl --profile DIR events"));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsPositionalArguments);
    const QCommandLineOption profile(QStringLiteral("profile"), QStringLiteral("The profile's folder."),
                                     QStringLiteral("DIR"));
    parser.addOption(profile);
    parser.addPositionalArgument(QStringLiteral("command"), QStringLiteral("The command, or events."));
    parser.addPositionalArgument(QStringLiteral("fields"), QStringLiteral("field=value ..."),
                                 QStringLiteral("[field=value ...] [field:=JSON ...]"));
    if (!parser.parse(app.arguments()))
        return say(parser.errorText(), usageError);
    if (parser.isSet(QStringLiteral("help")))
        parser.showHelp();
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();
    QStringList words = parser.positionalArguments();
    if (words.isEmpty())
        return say(QStringLiteral("No command was given; --help shows how."), usageError);
    const QString name = words.takeFirst();
    QJsonObject command;
    for (const QString &word : words) {
        if (!takeField(word, command))
            return say(QStringLiteral("\"%1\" is neither field=value nor field:=JSON.").arg(word), usageError);
    }
    command[QStringLiteral("cmd")] = name;
    if (!command.contains(QStringLiteral("id")))
        command[QStringLiteral("id")] = 1;

    const QString folder = parser.isSet(profile) ? parser.value(profile) : chat::Profile::defaultFolder();
    QLocalSocket socket;
    socket.connectToServer(automation::LineServer::nameFor(folder));
    if (!socket.waitForConnected(answerLimit))
        return say(QStringLiteral("No Balcony runs on the profile %1.").arg(folder), 1);
    return converse(socket, command, name == u"events");
}
