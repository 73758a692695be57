// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>

namespace ui {

/// The hue angle in degrees [0, 360) that XEP-0392 5.1 gives to `text`: the first two octets of its SHA-1.
double nameAngle(const QString &text);
/// The sRGB colour of an HSLuv triple: `hue` in degrees, `saturation` and `lightness` in [0, 100] (XEP-0392 5.2).
QColor fromHsluv(double hue, double saturation, double lightness);
/// The contrast of two opaque colours by WCAG 2.1, 1 to 21.
double contrast(const QColor &a, const QColor &b);
/// The colour nearest to `color` in lightness that stands against `background` by at least `ratio`.
QColor withContrast(const QColor &color, const QColor &background, double ratio = 4.5);
/// The colour of a name (XEP-0392), corrected so that it reads on `background` (WCAG AA, 4.5:1).
QColor nameColor(const QString &text, const QColor &background);
/// `a` with `share` in [0, 1] of `b` mixed in.
QColor mixed(const QColor &a, const QColor &b, double share);

} // namespace ui
