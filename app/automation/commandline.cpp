// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/commandline.h"

#include "chat/profile.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#endif

namespace automation {

CommandLine CommandLine::parse(const QStringList &arguments)
{
    CommandLine line;
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Balcony, a chat client for XMPP."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Shows this help."));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")},
                                     QStringLiteral("Shows the version."));
    const QCommandLineOption profile(QStringLiteral("profile"), QStringLiteral("Keeps every file under this folder."),
                                     QStringLiteral("DIR"));
    const QCommandLineOption minimized(QStringLiteral("minimized"), QStringLiteral("Starts without opening a window."));
    const QCommandLineOption offline(QStringLiteral("offline"), QStringLiteral("Connects no account until asked."));
    const QCommandLineOption lang(QStringLiteral("lang"), QStringLiteral("Uses this language."),
                                  QStringLiteral("LOCALE"));
    const QCommandLineOption log(QStringLiteral("log"), QStringLiteral("Writes the log to this file."),
                                 QStringLiteral("FILE"));
    const QCommandLineOption exporting(
        QStringLiteral("export"),
        QStringLiteral("Writes all stored messages as JSON lines into this folder and leaves."), QStringLiteral("DIR"));
    parser.addOptions({help, version, profile, minimized, offline, lang, log, exporting});
    parser.addPositionalArgument(QStringLiteral("uri"), QStringLiteral("An xmpp: address to open."),
                                 QStringLiteral("[xmpp:...]"));
    if (!parser.parse(arguments)) {
        line.exitStatus = usageError;
        line.text = parser.errorText();
        return line;
    }
    if (parser.isSet(help) || parser.isSet(version)) {
        line.exitStatus = 0;
        line.text = parser.isSet(help) ? parser.helpText()
                                       : QStringLiteral("balcony ") + QCoreApplication::applicationVersion();
        return line;
    }
    for (const QCommandLineOption &option : {profile, exporting, log, lang}) {
        if (parser.isSet(option) && parser.value(option).isEmpty()) {
            line.exitStatus = usageError;
            line.text = QStringLiteral("The option --%1 needs a value.").arg(option.names().constFirst());
            return line;
        }
    }
    for (const QString &argument : parser.positionalArguments()) {
        if (!argument.startsWith(u"xmpp:")) {
            line.exitStatus = usageError;
            line.text =
                QStringLiteral("\"%1\" is neither an option nor an xmpp: address; --help lists what is.").arg(argument);
            return line;
        }
        line.uris.append(argument);
    }
    line.profile = QDir(parser.isSet(profile) ? parser.value(profile) : chat::Profile::defaultFolder()).absolutePath();
    line.exportFolder = parser.value(exporting);
    line.logFile = parser.value(log);
    line.language = parser.value(lang);
    line.minimized = parser.isSet(minimized);
    line.offline = parser.isSet(offline);
    return line;
}

int CommandLine::say() const
{
    std::FILE *stream = exitStatus == 0 ? stdout : stderr;
    std::fprintf(stream, "%s\n", qPrintable(text));
    return exitStatus.value_or(0);
}

void prepareProcess()
{
#ifdef Q_OS_UNIX
    ::umask(077); // whatever we make is ours alone
    std::signal(SIGPIPE, SIG_IGN);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
#endif
}

} // namespace automation
