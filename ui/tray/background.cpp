// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/background.h"

#include "ui/chat/chatpane.h"
#include "ui/errortext.h"
#include "ui/mainwindow.h"
#include "ui/notify/dbusnotifier.h"
#include "ui/notify/launcherbadge.h"
#include "ui/notify/notices.h"
#include "ui/tray/tray.h"
#include "ui/widgets/textprompt.h"

#include <QGuiApplication>

namespace ui {

Background::Background(chat::Profile &profile, Appearance &appearance, MainWindow &window,
                       std::unique_ptr<Notifier> notifier)
    : m_profile(profile), m_window(window), m_notifier(std::move(notifier)),
      m_notices(std::make_unique<Notices>(profile, *m_notifier)),
      m_tray(std::make_unique<Tray>(profile, window.presence(), appearance, window))
{
    connect(m_notices.get(), &Notices::chosen, this, &Background::open);
    connect(m_notices.get(), &Notices::answerFailed, this, [this](qint64 chat, const Error &error) {
        open(chat, {});
        m_window.tell(errorText(error));
    });
    connect(m_tray.get(), &Tray::toggled, this, &Background::toggle);
    connect(m_tray.get(), &Tray::quitRequested, this, &Background::quitRequested);
    connect(m_tray.get(), &Tray::accountsRequested, this, [this] {
        m_window.activate();
        m_window.showSettings();
    });
#ifdef QT_DBUS_LIB
    m_badge = std::make_unique<LauncherBadge>(QDBusConnection::sessionBus(), QGuiApplication::desktopFileName());
#else
    m_badge = std::make_unique<LauncherBadge>();
#endif
    const auto takeUnread = [this](int unread) {
        m_tray->setUnread(unread);
        m_badge->setCount(unread);
    };
    connect(&window, &MainWindow::unreadChanged, this, takeUnread);
    takeUnread(window.unread());
    window.setMayClose([this] { return mayClose(); });
}

Background::~Background()
{
    m_window.setMayClose({});
}

void Background::leave()
{
    m_notices->leave();
    m_tray->leave();
    m_badge->setCount(0);
}

std::unique_ptr<Notifier> Background::systemNotifier()
{
#ifdef QT_DBUS_LIB
    return std::make_unique<DBusNotifier>(QDBusConnection::sessionBus(), QGuiApplication::desktopFileName());
#else
    return std::make_unique<Notifier>();
#endif
}

bool Background::isKept() const
{
    return m_tray->isShown() && m_profile.settings().flag(chat::AlertSettings::keepKey());
}

bool Background::mayClose()
{
    if (!m_tray->isShown() || m_profile.settings().value(chat::AlertSettings::keepKey()).isBool())
        return true;
    ask();
    return false;
}

/// Once: the answer is kept, and the settings change it.
void Background::ask()
{
    auto *question =
        new Confirmation(tr("Keep Balcony running when its window is closed?"),
                         tr("It stays in the tray and tells you of new messages. You can change this in the settings."),
                         tr("Keep running"), false, &m_window);
    question->setOther(tr("Quit"));
    const auto decide = [this](bool keep) {
        m_profile.settings().set(chat::AlertSettings::keepKey(), keep);
        m_window.close();
    };
    connect(question, &Confirmation::confirmed, this, [decide] { decide(true); });
    connect(question, &Confirmation::otherChosen, this, [decide] { decide(false); });
    question->open();
}

void Background::toggle()
{
    if (!m_window.isVisible() || m_window.isMinimized()) {
        m_window.activate();
        return;
    }
    m_window.remember();
    m_window.hide();
}

void Background::open(qint64 chat, const QString &token)
{
    // Where Qt looks for it when it asks the compositor to bring a window to the front.
    if (!token.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
    m_window.activate();
    if (chat == 0)
        return;
    m_window.openChat(chat);
    if (ChatPage *page = m_window.pane()->page())
        page->focusComposer();
}

} // namespace ui
