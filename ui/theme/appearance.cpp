// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/appearance.h"

#include "ui/theme/namecolor.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QEvent>
#include <QStyleHints>

#include <algorithm>

#ifdef QT_DBUS_LIB
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#endif

namespace ui {

Appearance::Appearance(QObject *parent) : QObject(parent), m_systemFont(QApplication::font())
{
    readPalette();
    apply();
    QApplication::instance()->installEventFilter(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        readPalette();
        apply();
    });
#endif
    followPortal();
}

void Appearance::setScheme(Choice choice)
{
    m_choice = choice;
    apply();
}

void Appearance::setContrast(Contrast contrast)
{
    m_contrast = contrast;
    apply();
}

void Appearance::setTextScale(double scale)
{
    m_textScale = std::clamp(scale, 0.8, 2.0);
    apply();
}

void Appearance::setAccent(const QColor &accent)
{
    m_accent = accent;
    apply();
}

/// A palette that is not ours came from the system: its lightness tells the scheme.
void Appearance::readPalette()
{
    if (m_portalKnows)
        return;
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (const auto scheme = QGuiApplication::styleHints()->colorScheme(); scheme != Qt::ColorScheme::Unknown) {
        m_systemScheme = scheme == Qt::ColorScheme::Dark ? Scheme::Dark : Scheme::Light;
        return;
    }
#endif
    const QPalette palette = QApplication::palette();
    const bool dark = palette.color(QPalette::Window).lightnessF() < palette.color(QPalette::WindowText).lightnessF();
    m_systemScheme = dark ? Scheme::Dark : Scheme::Light;
}

bool Appearance::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && watched == QApplication::instance() && !m_applying
        && QApplication::palette().color(QPalette::Window) != m_theme.colors.window) {
        readPalette();
        m_wish.reset(); // the palette is to be set again in any case
        apply();
    }
    return QObject::eventFilter(watched, event);
}

void Appearance::apply()
{
    Theme::Wish wish;
    wish.scheme = m_choice == Choice::System ? m_systemScheme : m_choice == Choice::Dark ? Scheme::Dark : Scheme::Light;
    wish.highContrast = m_contrast == Contrast::High || (m_contrast == Contrast::System && m_systemHighContrast);
    wish.accent = m_accent.isValid() ? m_accent : m_systemAccent;
    wish.textScale = m_textScale;
    wish.motion = m_systemMotion;
    wish.font = m_systemFont;
    if (m_applying || wish == m_wish)
        return;
    m_applying = true;
    m_wish = wish;
    m_theme = Theme::make(wish);
    QApplication::setStyle(new Style(m_theme)); // the application owns it, and tells every widget
    QApplication::setPalette(m_theme.palette());
    QApplication::setFont(m_theme.font(TextRole::Body));
    m_applying = false;
    Q_EMIT changed();
}

#ifdef QT_DBUS_LIB

namespace {

const QString service = QStringLiteral("org.freedesktop.portal.Desktop");
const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interface = QStringLiteral("org.freedesktop.portal.Settings");
const QString appearance = QStringLiteral("org.freedesktop.appearance");

} // namespace

void Appearance::followPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, QStringLiteral("SettingChanged"), this,
                SLOT(portalChanged(QString, QString, QDBusVariant)));
    for (const char *key : {"color-scheme", "contrast", "accent-color", "reduced-motion"})
        readPortal(QString::fromLatin1(key));
}

/// Asks without waiting; where there is no portal, or it does not know the key, nothing happens.
void Appearance::readPortal(const QString &key)
{
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, interface, QStringLiteral("Read"));
    call << appearance << key;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, 5000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isError())
            return;
        takePortalValue(key, reply.value().variant());
        apply();
    });
}

void Appearance::portalChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group != appearance)
        return;
    takePortalValue(key, value.variant());
    apply();
}

void Appearance::takePortalValue(const QString &key, const QVariant &value)
{
    QVariant inner = value;
    // Read wraps its answer twice, SettingChanged once.
    while (inner.canConvert<QDBusVariant>())
        inner = inner.value<QDBusVariant>().variant();
    if (key == QLatin1String("color-scheme")) {
        m_portalKnows = inner.toUInt() != 0; // 0: no preference
        if (m_portalKnows)
            m_systemScheme = inner.toUInt() == 1 ? Scheme::Dark : Scheme::Light;
    } else if (key == QLatin1String("contrast")) {
        m_systemHighContrast = inner.toUInt() == 1;
    } else if (key == QLatin1String("reduced-motion")) {
        m_systemMotion = inner.toUInt() != 1;
    } else if (key == QLatin1String("accent-color") && inner.canConvert<QDBusArgument>()) {
        double red = -1;
        double green = -1;
        double blue = -1;
        const auto argument = inner.value<QDBusArgument>();
        argument.beginStructure();
        argument >> red >> green >> blue;
        argument.endStructure();
        const auto valid = [](double part) { return part >= 0 && part <= 1; };
        // Out of range means that none is set.
        m_systemAccent = valid(red) && valid(green) && valid(blue)
            ? QColor(QColor::fromRgbF(float(red), float(green), float(blue)).rgb())
            : QColor();
    }
}

#else

void Appearance::followPortal() { }

#endif

} // namespace ui
