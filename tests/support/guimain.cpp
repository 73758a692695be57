// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>

int balconyTestMain(const QStringList &arguments);

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    return balconyTestMain(app.arguments());
}
