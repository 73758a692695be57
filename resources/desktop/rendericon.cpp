// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A tool of the build. render_icon SVG SIZE PNG: draws a square icon of SIZE pixels; makes the folder of PNG.

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>

#include <cstdio>

int main(int count, char **arguments)
{
    if (count != 4) {
        std::fputs("usage: render_icon SVG SIZE PNG\n", stderr);
        return 2;
    }
    const QString target = QString::fromLocal8Bit(arguments[3]);
    const int size = QByteArray(arguments[2]).toInt();
    QSvgRenderer drawing(QString::fromLocal8Bit(arguments[1]));
    if (size < 1 || !drawing.isValid() || !QDir().mkpath(QFileInfo(target).path())) {
        std::fprintf(stderr, "render_icon: cannot draw %s\n", arguments[1]);
        return 1;
    }
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(0);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    drawing.render(&painter);
    painter.end();
    if (!image.save(target, "PNG")) {
        std::fprintf(stderr, "render_icon: cannot write %s\n", arguments[3]);
        return 1;
    }
    return 0;
}
