// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// balcony: the program with windows.
#include "automation/headlessrun.h"
#include "ui/application.h"
#include "ui/handover.h"
#include "ui/language.h"
#include "ui/theme/icons.h"
#include "ui/watchedapplication.h"

#include <cstring>

namespace {

/// These need no display, and none may be there.
bool isWindowless(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        for (const char *option : {"-h", "--help", "-v", "--version", "--export"}) {
            const size_t length = std::strlen(option);
            if (std::strncmp(argv[i], option, length) == 0 && (argv[i][length] == '\0' || argv[i][length] == '='))
                return true;
        }
    }
    return false;
}

void setNames()
{
    QCoreApplication::setApplicationName(QStringLiteral("balcony"));
    QCoreApplication::setApplicationVersion(QStringLiteral(BALCONY_VERSION));
}

int runWindowless(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    setNames();
    const automation::CommandLine line = automation::CommandLine::parse(QCoreApplication::arguments());
    if (line.exitStatus)
        return line.say();
    automation::HeadlessRun run(line);
    return run.exec();
}

} // namespace

int main(int argc, char **argv)
{
    automation::prepareProcess();
    if (isWindowless(argc, argv))
        return runWindowless(argc, argv);
    ui::WatchedApplication app(argc, argv);
    setNames();
    QGuiApplication::setDesktopFileName(QStringLiteral(BALCONY_APP_ID));
    const automation::CommandLine line = automation::CommandLine::parse(QCoreApplication::arguments());
    if (line.exitStatus)
        return line.say();
    if (ui::handOver(line.profile, line.uris))
        return 0;
    ui::installTranslators(app, line.language, line.profile);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Balcony"));
    QApplication::setWindowIcon(ui::applicationIcon());
    ui::Application application(line);
    return application.exec();
}
