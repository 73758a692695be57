// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace ui {

/// Whether somebody is looking at the program: while it has the focus, and for a minute behind that, so that a look into
/// another window is no news for the server (XEP-0352).
class Attention : public QObject
{
    Q_OBJECT
public:
    static constexpr int lookedAway = 60'000; ///< Milliseconds.

    explicit Attention(int patience = lookedAway);

    bool isHere() const { return m_here; }

Q_SIGNALS:
    void changed(bool here);

private:
    void follow(Qt::ApplicationState state);
    void set(bool here);

    QTimer m_away;
    bool m_here = true;
};

} // namespace ui
