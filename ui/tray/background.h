// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"
#include "ui/notify/notifier.h"

#include <memory>

namespace ui {

class Appearance;
class LauncherBadge;
class MainWindow;
class Notices;
class Tray;

/// What of the program is seen without its window: notifications, the icon in the tray, the number on the launcher; and what
/// closing the window does.
class Background : public QObject
{
    Q_OBJECT
public:
    /// All outlive this.
    Background(chat::Profile &profile, Appearance &appearance, MainWindow &window, std::unique_ptr<Notifier> notifier);
    ~Background() override;

    /// The desktop's own notifier; one that shows nothing where there is none.
    static std::unique_ptr<Notifier> systemNotifier();
    /// A window that closes leaves the program running.
    bool isKept() const;
    Tray &tray() { return *m_tray; }
    /// The program ends: what is shown of it is taken away. Nothing is shown any more.
    void leave();

Q_SIGNALS:
    void quitRequested();

private:
    bool mayClose();
    void ask();
    void toggle();
    void open(qint64 chat, const QString &token);

    chat::Profile &m_profile;
    MainWindow &m_window;
    std::unique_ptr<Notifier> m_notifier;
    std::unique_ptr<Notices> m_notices;
    std::unique_ptr<Tray> m_tray;
    std::unique_ptr<LauncherBadge> m_badge;
};

} // namespace ui
