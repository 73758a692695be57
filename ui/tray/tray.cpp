// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/tray.h"

#include "ui/account/presencemenu.h"
#include "ui/roster/presencelook.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/tray/traypicture.h"

namespace ui {

Tray::Tray(chat::Profile &profile, OwnPresence &presence, Appearance &appearance, QWidget &window)
    : m_profile(profile), m_presence(presence), m_appearance(appearance), m_window(window)
{
    build();
    m_timer.setSingleShot(true);
    m_timer.setInterval(pause);
    connect(&m_timer, &QTimer::timeout, this, &Tray::refresh);
    const auto later = [this] {
        if (!m_timer.isActive())
            m_timer.start();
    };
    connect(&presence, &OwnPresence::changed, this, later);
    connect(&appearance, &Appearance::changed, this, later);
    connect(&profile.settings(), &chat::Settings::changed, this, [this](const QString &key) {
        if (key == chat::AlertSettings::trayKey())
            follow();
    });
    follow();
}

Tray::~Tray() = default;

void Tray::build()
{
    m_menu.setObjectName(QStringLiteral("trayMenu"));
    m_toggle = m_menu.addAction(QString(), this, &Tray::toggled);
    m_menu.addSeparator();
    auto *presence = new PresenceMenu(m_presence, m_profile, &m_window);
    presence->setObjectName(QStringLiteral("trayPresenceMenu"));
    connect(presence, &PresenceMenu::accountsRequested, this, &Tray::accountsRequested);
    connect(this, &QObject::destroyed, presence, &QObject::deleteLater);
    m_menu.addMenu(presence);
    m_disturb = m_menu.addAction(themedIcon(Icon::Bell, IconRole::Muted), tr("No notifications for now"));
    m_disturb->setCheckable(true);
    connect(m_disturb, &QAction::toggled, this,
            [this](bool on) { m_profile.settings().set(chat::AlertSettings::disturbKey(), on); });
    m_menu.addSeparator();
    m_menu.addAction(themedIcon(Icon::SignOut, IconRole::Muted), tr("Quit"), this, &Tray::quitRequested);
    connect(&m_menu, &QMenu::aboutToShow, this, &Tray::refill);
    refill();
}

void Tray::refill()
{
    m_toggle->setText(m_window.isVisible() && !m_window.isMinimized() ? tr("Hide Balcony") : tr("Show Balcony"));
    const QSignalBlocker quiet(m_disturb);
    m_disturb->setChecked(m_profile.settings().flag(chat::AlertSettings::disturbKey()));
}

/// The desktop is asked only here, after the window is there.
void Tray::follow()
{
    const bool isWanted =
        m_profile.settings().flag(chat::AlertSettings::trayKey(), true) && QSystemTrayIcon::isSystemTrayAvailable();
    if (!isWanted) {
        m_icon.reset();
        return;
    }
    if (m_icon)
        return;
    m_icon = std::make_unique<QSystemTrayIcon>();
    m_icon->setContextMenu(&m_menu);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            Q_EMIT toggled();
    });
    refresh();
    m_icon->show();
}

void Tray::leave()
{
    m_profile.settings().disconnect(this);
    if (m_icon)
        m_icon->hide();
}

void Tray::setUnread(int unread)
{
    if (std::exchange(m_unread, unread) != unread && !m_timer.isActive())
        m_timer.start();
}

QString Tray::words() const
{
    const QString presence = presenceName(m_presence.seen());
    return m_unread == 0
        //: What is said of the icon in the tray; %1 is one's own presence.
        ? tr("Balcony: %1").arg(presence)
        //: What is said of the icon in the tray; %1 is one's own presence.
        : tr("Balcony: %1, %n unread message(s)", nullptr, m_unread).arg(presence);
}

void Tray::refresh()
{
    refill();
    if (!m_icon)
        return;
    m_icon->setIcon(trayPicture(m_unread, m_presence.seen(), m_appearance.theme()));
    m_icon->setToolTip(words());
}

} // namespace ui
