// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QObject>
#include <QVariant>

#include <optional>

class QDBusVariant;

namespace ui {

/// Keeps the application in the theme that the person or the system wants. One in a program, made by main right after
/// the QApplication; every change takes effect at once in all windows.
class Appearance : public QObject
{
    Q_OBJECT
public:
    /// What the person chose; System follows the desktop as it changes.
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)
    enum class Contrast { System, Normal, High };
    Q_ENUM(Contrast)

    explicit Appearance(QObject *parent = nullptr);

    const Theme &theme() const { return m_theme; }
    Choice scheme() const { return m_choice; }
    Contrast contrast() const { return m_contrast; }
    double textScale() const { return m_textScale; }
    /// Invalid: the system's, or else our own.
    QColor accent() const { return m_accent; }

    void setScheme(Choice choice);
    void setContrast(Contrast contrast);
    /// 0.8 to 2; what is outside is drawn in.
    void setTextScale(double scale);
    void setAccent(const QColor &accent);

Q_SIGNALS:
    /// The theme in use is another one, and all widgets have it.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

#ifdef QT_DBUS_LIB
private Q_SLOTS:
    /// The portal's signal SettingChanged.
    void portalChanged(const QString &group, const QString &key, const QDBusVariant &value);
#endif

private:
    void followPortal();
    void readPortal(const QString &key);
    void takePortalValue(const QString &key, const QVariant &value);
    void readPalette();
    void apply();

    Choice m_choice = Choice::System;
    Contrast m_contrast = Contrast::System;
    double m_textScale = 1;
    QColor m_accent;
    QFont m_systemFont;
    Scheme m_systemScheme = Scheme::Light;
    bool m_systemHighContrast = false;
    bool m_systemMotion = true;
    QColor m_systemAccent;
    bool m_portalKnows = false; ///< The portal told a scheme: it goes before the palette's lightness.
    bool m_applying = false;
    std::optional<Theme::Wish> m_wish; ///< What the theme in use was made from; nothing: it must be made.
    Theme m_theme;
};

} // namespace ui
