// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"
#include "ui/account/ownpresence.h"

#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

#include <memory>

namespace ui {

class Appearance;

/// The program's icon in the desktop's tray, where there is one and the person wants it: unread messages, presence, and a
/// menu. A click shows the window or hides it.
class Tray : public QObject
{
    Q_OBJECT
public:
    static constexpr int pause = 200; ///< Milliseconds between two pictures, at least.

    /// All outlive the tray; `window` owns the presence's questions.
    Tray(chat::Profile &profile, OwnPresence &presence, Appearance &appearance, QWidget &window);
    ~Tray() override;

    /// The desktop has a tray, and the person wants an icon there.
    bool isShown() const { return m_icon != nullptr; }
    void setUnread(int unread);
    /// The program ends: the icon goes, the menu may still be in use.
    void leave();
    QMenu &menu() { return m_menu; }
    /// What is said of the icon: the name, presence, unread messages.
    QString words() const;

Q_SIGNALS:
    /// A click: the window comes, or goes where it is in front.
    void toggled();
    void quitRequested();
    void accountsRequested();

private:
    void build();
    void refill();
    void follow();
    void refresh();

    chat::Profile &m_profile;
    OwnPresence &m_presence;
    Appearance &m_appearance;
    QWidget &m_window;
    QMenu m_menu;
    QAction *m_toggle = nullptr;
    QAction *m_disturb = nullptr;
    std::unique_ptr<QSystemTrayIcon> m_icon;
    QTimer m_timer;
    int m_unread = 0;
};

} // namespace ui
