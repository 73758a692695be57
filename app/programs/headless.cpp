// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// balcony-headless: the whole client without a window, driven by lines on standard input.
#include "automation/commandline.h"
#include "automation/headlessrun.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    automation::prepareProcess();
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("balcony"));
    QCoreApplication::setApplicationVersion(QStringLiteral(BALCONY_VERSION));
    const automation::CommandLine line = automation::CommandLine::parse(app.arguments());
    if (line.exitStatus)
        return line.say();
    automation::HeadlessRun run(line);
    return run.exec();
}
