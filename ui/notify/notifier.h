// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace ui {

/// What the desktop shows of one alert. Texts are plain, and may be from outside.
struct Notice {
    qint64 id = 0; ///< One of the same id takes the place of the one before.
    QString title;
    QString body;
    bool hasSound = false; ///< False: it must not be heard.
    bool hasChat = false;  ///< It can be answered and marked as read.
};

/// The desktop's notifications. One implementation a desktop: DBusNotifier for freedesktop.org's, and this one, which shows
/// nothing, where there is none yet. Nothing here blocks.
class Notifier : public QObject
{
    Q_OBJECT
public:
    /// What notifications can do here; what is false is left out by show().
    struct Capabilities {
        bool isThere = false; ///< Somebody shows notifications.
        bool body = false;
        bool markup = false; ///< Bodies are read as markup, so they are escaped.
        bool actions = false;
        bool inlineReply = false;
        bool sound = false;
    };

    /// Texts of the interface that every notice has, in the language of the person.
    struct Words {
        QString open;
        QString markRead;
        QString reply;
        QString replyHint; ///< Stands in the empty field for the answer.
    };

    explicit Notifier(QObject *parent = nullptr) : QObject(parent) { }

    virtual const Capabilities &capabilities() const { return m_none; }
    virtual void setWords(const Words & /*words*/) { }
    /// Shows the notice, or puts it in the place of the one with the same id.
    virtual void show(const Notice & /*notice*/) { }
    /// Takes it from the screen and from the list of those that were missed.
    virtual void withdraw(qint64 /*id*/) { }

Q_SIGNALS:
    /// The person chose it. `token` lets the window come to the front (xdg-activation); may be empty.
    void activated(qint64 id, const QString &token);
    void readChosen(qint64 id);
    void replied(qint64 id, const QString &text);
    void capabilitiesChanged();

private:
    Capabilities m_none;
};

} // namespace ui
