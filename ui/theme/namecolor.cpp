// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/namecolor.h"

#include <QCryptographicHash>
#include <QHash>

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {

namespace {

// CIE L*u*v* with the D65 white of sRGB, as HSLuv defines it.
constexpr double kappa = 903.2962962;
constexpr double epsilon = 0.0088564516;
constexpr double whiteU = 0.19783000664283;
constexpr double whiteV = 0.46831999493879;
constexpr std::array<std::array<double, 3>, 3> toRgb{{{3.240969941904521, -1.537383177570093, -0.498610760293},
                                                      {-0.96924363628087, 1.87596750150772, 0.041555057407175},
                                                      {0.055630079696993, -0.20397695888897, 1.056971514242878}}};

/// The largest chroma that sRGB can show at this lightness and hue.
double maxChroma(double lightness, double radians)
{
    const double cubed = std::pow(lightness + 16, 3) / 1560896;
    const double sub = cubed > epsilon ? cubed : lightness / kappa;
    double smallest = 1e9;
    for (const auto &[m1, m2, m3] : toRgb) {
        for (const int edge : {0, 1}) {
            const double top1 = (284517 * m1 - 94839 * m3) * sub;
            const double top2 = (838422 * m3 + 769860 * m2 + 731718 * m1) * lightness * sub - 769860 * edge * lightness;
            const double bottom = (632260 * m3 - 126452 * m2) * sub + 126452 * edge;
            const double length = (top2 / bottom) / (std::sin(radians) - (top1 / bottom) * std::cos(radians));
            if (length >= 0)
                smallest = std::min(smallest, length);
        }
    }
    return smallest;
}

double gamma(double linear)
{
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}

double linear(double gammaEncoded)
{
    return gammaEncoded <= 0.04045 ? gammaEncoded / 12.92 : std::pow((gammaEncoded + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

double nameAngle(const QString &text)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha1);
    const int value = quint8(hash.at(0)) | (quint8(hash.at(1)) << 8);
    return value / 65536.0 * 360;
}

QColor fromHsluv(double hue, double saturation, double lightness)
{
    if (lightness > 99.9999)
        return QColor::fromRgbF(1, 1, 1);
    if (lightness < 1e-4)
        return QColor::fromRgbF(0, 0, 0);
    const double radians = hue / 360 * 2 * M_PI;
    const double chroma = maxChroma(lightness, radians) / 100 * saturation;
    const double u = std::cos(radians) * chroma / (13 * lightness) + whiteU;
    const double v = std::sin(radians) * chroma / (13 * lightness) + whiteV;
    const double y = lightness > 8 ? std::pow((lightness + 16) / 116, 3) : lightness / kappa;
    const double x = 9 * y * u / (4 * v);
    const double z = (9 * y - 15 * v * y - v * x) / (3 * v);
    std::array<double, 3> rgb{};
    for (size_t i = 0; i < 3; ++i)
        rgb[i] = std::clamp(gamma(toRgb[i][0] * x + toRgb[i][1] * y + toRgb[i][2] * z), 0.0, 1.0);
    return QColor::fromRgbF(float(rgb[0]), float(rgb[1]), float(rgb[2]));
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto blend = [share](int from, int to) { return int(std::lround(from + (to - from) * share)); };
    return QColor(blend(a.red(), b.red()), blend(a.green(), b.green()), blend(a.blue(), b.blue()));
}

QColor withContrast(const QColor &color, const QColor &background, double ratio)
{
    const QColor end = contrast(Qt::white, background) > contrast(Qt::black, background) ? Qt::white : Qt::black;
    for (int step = 0; step < 64; ++step) {
        const QColor tried = mixed(color, end, step / 64.0);
        if (contrast(tried, background) >= ratio)
            return tried;
    }
    return end;
}

QColor nameColor(const QString &text, const QColor &background)
{
    const double angle = nameAngle(text);
    const bool dark = contrast(Qt::white, background) > contrast(Qt::black, background);
    // Lightness 50 is what the XEP proposes; from there towards what the background needs.
    for (int lightness = 50; lightness > 0 && lightness < 100; lightness += dark ? 2 : -2) {
        // As it is drawn: eight bits a channel.
        const QColor tried(fromHsluv(angle, 100, lightness).rgb());
        if (contrast(tried, background) >= 4.5)
            return tried;
    }
    return dark ? Qt::white : Qt::black;
}

} // namespace ui
