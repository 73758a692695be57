// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "automation/setting.h"
#include "chat/profile.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <map>

namespace media {
class Decoder;
}

namespace automation {

/// The automation port (docs/automation.md): JSON objects in, answers and events out. One implementation behind standard
/// input and output and behind the local socket.
class Port : public QObject
{
    Q_OBJECT
public:
    /// `profile` is open and outlives the port.
    explicit Port(chat::Profile &profile);
    ~Port() override;

    /// Takes one line. `answer` is called once, with the answer object, now or later.
    using Answer = std::function<void(const QJsonObject &)>;
    void take(const QByteArray &line, Answer answer);

    /// Every command of the contract, implemented or not, in the order of the document.
    static QStringList commands();
    /// Adds a figure to `stats`: the view's frame times, say.
    void addMeasure(const QString &name, std::function<QJsonValue()> measure) { m_measures[name] = std::move(measure); }
    /// Adds a setting to `settings.get` and `settings.set`: one that only windows have, say.
    void addSetting(const QString &key, Setting setting) { m_settings[key] = std::move(setting); }
    bool isImplemented(const QString &command) const { return m_handlers.count(command) > 0; }

Q_SIGNALS:
    /// Something happened; for every carrier.
    void happened(const QJsonObject &event);
    /// `quit` was asked for; its answer was given.
    void quitRequested();
    /// A second start asks this one to come forward, with its arguments.
    void activated(const QStringList &arguments);

private:
    using Handler = std::function<Task<Result<QJsonObject>>(QJsonObject)>;
    void add(const char *name, Handler handler);
    void addAccountCommands();
    void addContactCommands();
    void addMessageCommands();
    void addFileCommands();
    void addAvatarCommands();
    void addProgramCommands();
    void addArchiveCommands();
    void addSettingsCommands();
    void connectEvents();
    void connectAlerts();
    void connectAccount(chat::Account *account);
    void connectFiles(chat::Account *account);
    void connectAvatars(chat::Account *account);
    Task<void> run(QString command, QJsonObject arguments, Answer answer);

    /// The account that `arguments` name; with one account only, that one.
    Result<chat::Account *> accountOf(const QJsonObject &arguments) const;
    Result<chat::Account *> accountOfChat(qint64 conversation) const;
    QJsonObject stateOf(chat::Account *account) const;

    Task<Result<QJsonObject>> accountAdd(QJsonObject arguments);
    Task<Result<QJsonObject>> accountSet(QJsonObject arguments);
    Task<Result<QJsonObject>> accountList(QJsonObject arguments);
    Task<Result<QJsonObject>> accountEnable(QJsonObject arguments);
    Task<Result<QJsonObject>> accountDisable(QJsonObject arguments);
    Task<Result<QJsonObject>> accountRemove(QJsonObject arguments);
    Task<Result<QJsonObject>> accountPassword(QJsonObject arguments);
    Task<Result<QJsonObject>> accountKeys(QJsonObject arguments);
    Task<Result<QJsonObject>> connectAccounts(QJsonObject arguments);
    Task<Result<QJsonObject>> disconnectAccounts(QJsonObject arguments);
    Task<Result<QJsonObject>> state(QJsonObject arguments);
    Task<Result<QJsonObject>> presence(QJsonObject arguments);
    Task<Result<QJsonObject>> roster(QJsonObject arguments);
    Task<Result<QJsonObject>> rosterAdd(QJsonObject arguments);
    Task<Result<QJsonObject>> rosterRemove(QJsonObject arguments);
    Task<Result<QJsonObject>> rosterRename(QJsonObject arguments);
    Task<Result<QJsonObject>> rosterGroups(QJsonObject arguments);
    Task<Result<QJsonObject>> subscriptionAccept(QJsonObject arguments);
    Task<Result<QJsonObject>> subscriptionDeny(QJsonObject arguments);
    Task<Result<QJsonObject>> send(QJsonObject arguments);
    Task<Result<qint64>> named(Jid account, Jid peer, QString name);
    Task<Result<QJsonObject>> change(chat::Account *account, Jid peer, QString field, QJsonObject arguments);
    Task<Result<QJsonObject>> sendFile(QJsonObject arguments);
    Task<Result<QJsonObject>> fileAccept(QJsonObject arguments);
    Task<Result<QJsonObject>> fileCancel(QJsonObject arguments);
    Task<Result<QJsonObject>> avatarSet(QJsonObject arguments);
    Task<Result<QJsonObject>> avatarGet(QJsonObject arguments);
    Task<Result<QJsonObject>> history(QJsonObject arguments);
    Task<Result<QJsonObject>> search(QJsonObject arguments);
    Task<Result<QJsonObject>> archiveState(QJsonObject arguments);
    Task<Result<QJsonObject>> archiveFetch(QJsonObject arguments);
    Task<Result<QJsonObject>> archivePause(QJsonObject arguments);
    Task<Result<QJsonObject>> archivePrefs(QJsonObject arguments);
    static QJsonObject archiveProgress(chat::Account *account);
    Task<Result<QJsonObject>> chats(QJsonObject arguments);
    Task<Result<QJsonObject>> chatRead(QJsonObject arguments);
    Task<Result<QJsonObject>> version(QJsonObject arguments);
    Task<Result<QJsonObject>> ping(QJsonObject arguments);
    Task<Result<QJsonObject>> disco(QJsonObject arguments);
    Result<const Setting *> settingOf(const QString &key) const;
    Task<Result<QJsonObject>> settingsGet(QJsonObject arguments);
    Task<Result<QJsonObject>> settingsSet(QJsonObject arguments);
    Task<Result<QJsonObject>> stats(QJsonObject arguments);
    Task<Result<QJsonObject>> quit(QJsonObject arguments);
    Task<Result<QJsonObject>> activate(QJsonObject arguments);

    chat::Profile &m_profile;
    std::map<QString, Handler> m_handlers;
    std::map<QString, std::function<QJsonValue()>> m_measures;
    std::map<QString, Setting> m_settings;
    std::unique_ptr<media::Decoder> m_decoder; ///< Made when it is needed.
    std::map<qint64, qint64> m_fileSteps;      ///< What was told last of each file that is on its way.
    Scope m_scope;
};

} // namespace automation
