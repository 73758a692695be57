// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chat/profile.h"
#include "support/faketransport.h"
#include "ui/theme/appearance.h"

#include <QTemporaryDir>

#include <memory>

namespace tests {

/// A server in one object: it signs in whoever comes, gives the roster it was told, and says who is there.
class StageServer
{
public:
    /// Items of the roster, as XML.
    QByteArray roster;
    /// Sent after the client's first presence, as XML.
    QByteArray presences;
    /// Of a test: the whole answer to this iq of the client's; empty where the stage answers it itself.
    std::function<QByteArray(const QByteArray &iq)> answers;
    bool refuses = false; ///< No connection comes through.
    bool accepts = true;  ///< The password is right.

    std::unique_ptr<net::Transport> makeTransport();
    /// Stanzas that the client sent, as bytes.
    QByteArray heard;
    /// The server says this to the client that is there now.
    void say(const QByteArray &xml);
    void cut();

private:
    friend class StageTransport;
    QPointer<class StageTransport> m_transport;
};

/// A profile in a folder of its own, with an account, contacts and chats of people from Verona; without a network.
class Stage
{
public:
    /// `people` false: an account and nothing else. `account` false: nothing at all.
    explicit Stage(bool people = true, bool account = true);
    ~Stage();

    chat::Profile &profile() { return *m_profile; }
    StageServer &server() { return m_server; }
    QString folder() const { return m_folder.path(); }
    chat::Account *account() { return m_profile->accounts().all().front(); }
    /// Signs in and waits for the presences.
    bool goesOnline();
    /// Closes the profile and opens it again, as a second start does. Windows must be gone.
    void reopens();
    /// The chat with `peer`, made where there is none.
    qint64 chatWith(const char *peer);
    /// They say something: it comes through the connection.
    void receives(const char *peer, const QString &body, const char *id);

    static Jid self();

private:
    void fill(bool people, bool account);
    void open();

    QTemporaryDir m_folder;
    StageServer m_server;
    std::unique_ptr<chat::Profile> m_profile;
};

/// Puts the application into a look, and saves what `widget` looks like as screenshots/NAME.png.
struct WindowLook {
    const char *name;
    ui::Appearance::Choice scheme = ui::Appearance::Choice::Light;
    double textScale = 1;
    QSize size{1040, 720};
    bool mirrored = false;
};
void shoot(QWidget &widget, const QString &name);

/// Lets a task run and waits for its end, a minute at most. False where it did not end.
bool runs(Task<void> task);

} // namespace tests
