// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QStringList>
#include <QTimer>

namespace tests {

/// A throw-away Prosody or ejabberd on free loopback ports, run by realserver.py, with its own certificate authority
/// and data folder. It lives as long as this object. Main thread; waits in an event loop, so timers and sockets of the
/// code under test go on meanwhile.
class RealServer
{
public:
    struct Options {
        QString kind = QStringLiteral("prosody"); ///< Or `ejabberd`.
        QString domain = QStringLiteral("verona.test");
        /// Local part to password.
        QMap<QString, QString> accounts = {{QStringLiteral("romeo"), QStringLiteral("montague")},
                                           {QStringLiteral("juliet"), QStringLiteral("capulet")}};
        bool friends = true;        ///< Everybody is in everybody's contact list, subscribed both ways.
        bool registration = false;  ///< Strangers may create accounts (XEP-0077).
        bool guests = false;        ///< Also serves guests.DOMAIN, where anybody signs in as a guest.
        QString badCertificate;     ///< Empty, `name`, `self-signed` or `expired`.
        QString extraConfiguration; ///< Lines for the end of the server's configuration file.
    };

    RealServer() = default;
    RealServer(const RealServer &) = delete;
    RealServer &operator=(const RealServer &) = delete;
    ~RealServer() { stop(); }

    /// True where the machine has the server `kind`; where not, a test fails: ./check installs it.
    static bool isInstalled(const QString &kind)
    {
        if (kind == QLatin1String("prosody"))
            return QFileInfo::exists(QStringLiteral("/usr/bin/prosody"));
        return QFileInfo::exists(QStringLiteral("/usr/sbin/ejabberdctl"));
    }

    /// Starts the server and returns when it answers. Error: what the server said.
    Result<void> start(const Options &options)
    {
        QStringList accounts;
        for (auto it = options.accounts.cbegin(); it != options.accounts.cend(); ++it)
            accounts.append(it.key() + u':' + it.value());
        const QString folder = QStringLiteral(QT_TESTCASE_SOURCEDIR "/support"); // __FILE__ may be relative
        QStringList arguments{folder + QStringLiteral("/realserver.py"),
                              QStringLiteral("start"),
                              QStringLiteral("--kind"),
                              options.kind,
                              QStringLiteral("--domain"),
                              options.domain,
                              QStringLiteral("--accounts"),
                              accounts.join(u',')};
        if (options.friends)
            arguments.append(QStringLiteral("--friends"));
        if (options.registration)
            arguments.append(QStringLiteral("--register"));
        if (options.guests)
            arguments.append(QStringLiteral("--guests"));
        if (!options.badCertificate.isEmpty())
            arguments.append({QStringLiteral("--bad-cert"), options.badCertificate});
        if (!options.extraConfiguration.isEmpty())
            arguments.append({QStringLiteral("--extra"), options.extraConfiguration});
        m_process.start(QStringLiteral("python3"), arguments);
        return readObject(std::chrono::seconds(90)).transform([this](const QJsonObject &object) { m_facts = object; });
    }

    /// Ends the server and removes its folder. The destructor does the same.
    void stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(15000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    QString domain() const { return text("domain"); }
    /// The address of an account: `romeo` gives `romeo@verona.test`.
    QString jid(const QString &name) const { return name + u'@' + domain(); }
    QString password(const QString &name) const
    {
        return m_facts.value(QLatin1String("accounts")).toObject().value(name).toString();
    }
    QString rooms() const { return text("rooms"); }
    /// The port for STARTTLS, the one for direct TLS, and the one for HTTP uploads, all on 127.0.0.1.
    quint16 port() const { return number("starttls"); }
    quint16 directPort() const { return number("direct"); }
    quint16 httpPort() const { return number("http"); }
    /// The certificate authority, PEM. A started Balcony trusts it by SSL_CERT_FILE.
    QString caFile() const { return text("ca"); }

    /// One more account.
    Result<void> addAccount(const QString &name, const QString &password)
    {
        return command(QStringLiteral("account %1 %2").arg(name, password));
    }
    /// Freezes the server: its sockets stay open and say nothing. `resume` thaws it.
    Result<void> pause() { return command(QStringLiteral("pause")); }
    Result<void> resume() { return command(QStringLiteral("resume")); }
    /// Ends the server at once, as a power cut would: all connections break. `restart` gives the same ports and data.
    Result<void> kill() { return command(QStringLiteral("kill")); }
    Result<void> restart() { return command(QStringLiteral("start")); }

private:
    QString text(const char *name) const { return m_facts.value(QLatin1String(name)).toString(); }
    quint16 number(const char *name) const { return quint16(m_facts.value(QLatin1String(name)).toInt()); }

    Result<void> command(const QString &line)
    {
        m_process.write(line.toUtf8() + '\n');
        return readObject(std::chrono::seconds(90)).and_then([](const QJsonObject &answer) -> Result<void> {
            if (answer.value(QLatin1String("ok")).toBool())
                return {};
            return failed(answer.value(QLatin1String("error")).toString());
        });
    }

    /// The next line of the tool.
    Result<QJsonObject> readObject(std::chrono::milliseconds limit)
    {
        const QDeadlineTimer deadline(limit);
        while (!m_process.canReadLine()) {
            if (m_process.state() == QProcess::NotRunning)
                return failed(QString::fromUtf8(m_process.readAllStandardError()));
            if (deadline.hasExpired())
                return failed(QStringLiteral("realserver.py does not answer"));
            QEventLoop loop;
            QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &loop, &QEventLoop::quit);
            QObject::connect(&m_process, &QProcess::finished, &loop, &QEventLoop::quit);
            QObject::connect(&m_process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
            QTimer::singleShot(deadline.remainingTime(), &loop, &QEventLoop::quit);
            loop.exec();
        }
        return QJsonDocument::fromJson(m_process.readLine()).object();
    }

    static tl::unexpected<Error> failed(const QString &detail)
    {
        return fail(Error::Kind::Network, QStringLiteral("test-server"), detail);
    }

    QProcess m_process;
    QJsonObject m_facts;
};

} // namespace tests
