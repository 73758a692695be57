// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/attention.h"

#include <QGuiApplication>

namespace ui {

Attention::Attention(int patience)
{
    m_away.setSingleShot(true);
    m_away.setInterval(patience);
    connect(&m_away, &QTimer::timeout, this, [this] { set(false); });
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, &Attention::follow);
    follow(QGuiApplication::applicationState());
}

void Attention::follow(Qt::ApplicationState state)
{
    if (state == Qt::ApplicationActive) {
        m_away.stop();
        set(true);
    } else if (m_here && !m_away.isActive()) {
        m_away.start();
    }
}

void Attention::set(bool here)
{
    if (std::exchange(m_here, here) != here)
        Q_EMIT changed(here);
}

} // namespace ui
