// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/account/systemidle.h"

#if defined(Q_OS_WIN)
#include <windows.h>
#elif defined(Q_OS_MACOS)
#include <ApplicationServices/ApplicationServices.h>
#elif defined(BALCONY_XCB_SCREENSAVER)
#include <QGuiApplication>

#include <xcb/screensaver.h>
#endif

namespace ui {

#if defined(Q_OS_WIN)

std::optional<std::chrono::milliseconds> systemIdleTime()
{
    LASTINPUTINFO last{};
    last.cbSize = sizeof(last);
    if (!GetLastInputInfo(&last))
        return {};
    // Both count milliseconds in 32 bits, so that the difference is right when one of them has begun anew.
    return std::chrono::milliseconds(DWORD(GetTickCount() - last.dwTime));
}

#elif defined(Q_OS_MACOS)

std::optional<std::chrono::milliseconds> systemIdleTime()
{
    const double seconds =
        CGEventSourceSecondsSinceLastEventType(kCGEventSourceStateCombinedSessionState, kCGAnyInputEventType);
    return std::chrono::milliseconds(qint64(seconds * 1000));
}

#elif defined(BALCONY_XCB_SCREENSAVER)

/// The MIT-SCREEN-SAVER extension. Under Xwayland it hears only what goes to X windows, but there Qt is on Wayland itself.
std::optional<std::chrono::milliseconds> systemIdleTime()
{
    const auto *x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
    xcb_connection_t *connection = x11 ? x11->connection() : nullptr;
    if (!connection)
        return {};
    const xcb_query_extension_reply_t *extension = xcb_get_extension_data(connection, &xcb_screensaver_id);
    if (!extension || !extension->present)
        return {};
    const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(connection)).data->root;
    const std::unique_ptr<xcb_screensaver_query_info_reply_t, decltype(&free)> info(
        xcb_screensaver_query_info_reply(connection, xcb_screensaver_query_info(connection, root), nullptr), &free);
    if (!info)
        return {};
    return std::chrono::milliseconds(info->ms_since_user_input);
}

#else

std::optional<std::chrono::milliseconds> systemIdleTime()
{
    return {};
}

#endif

} // namespace ui
