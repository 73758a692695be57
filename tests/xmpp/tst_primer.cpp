// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/play.h"
#include "support/testmain.h"
#include "xmpp/roster.h"

#include <QFile>

using tests::Play;
using xmpp::Connection;
using xmpp::Presence;

namespace {

struct Line {
    int number = 0;
    char who = ' ';
    QByteArray text;
};

std::vector<Line> read(const QString &path)
{
    std::vector<Line> lines;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    int number = 0;
    while (!file.atEnd()) {
        QByteArray line = file.readLine();
        ++number;
        while (line.endsWith('\n'))
            line.chop(1);
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        if (line.startsWith(' '))
            lines.back().text += ' ' + line.trimmed();
        else
            lines.push_back({number, line[0], line.mid(2)});
    }
    return lines;
}

xml::Element headerOf(const QByteArray &text)
{
    xml::Reader reader;
    reader.feed(text);
    const auto event = reader.next();
    return event ? event->element : xml::Element();
}

} // namespace

/// Plays tests/dialogues/primer.txt with a real Connection.
class TestPrimer : public QObject
{
    Q_OBJECT

    std::unique_ptr<Play> m_play;
    std::unique_ptr<xmpp::Roster> m_roster;
    std::unique_ptr<tests::ScramServer> m_scram;
    std::optional<Result<xmpp::Roster::Fetched>> m_fetched;
    QByteArray m_challenge;
    QByteArray m_proof;
    QByteArray m_lastId;
    QStringList m_heard;
    Scope m_scope;

    void listen()
    {
        xmpp::Client &client = m_play->client;
        connect(&client, &xmpp::Client::online, this,
                [this] { m_heard << QStringLiteral("online ") + m_play->client.self().toString(); });
        connect(&client, &xmpp::Client::offline, this, [this] { m_heard << QStringLiteral("offline"); });
        connect(&client, &xmpp::Client::message, this, [this](const xmpp::Incoming &incoming) {
            m_heard << QStringLiteral("message %1: %2")
                           .arg(incoming.author().toString(), xmpp::Message::bodyOf(incoming.element()));
        });
        connect(&client, &xmpp::Client::presence, this, [this](const xmpp::Incoming &incoming) {
            const auto type = Presence::of(incoming.element())->type;
            const QString word = type == Presence::Type::Available ? QStringLiteral("available")
                                                                   : xml::Value<Presence::Type>::text(type);
            m_heard << QStringLiteral("presence %1 %2").arg(incoming.author().toString(), word);
        });
        connect(m_roster.get(), &xmpp::Roster::pushed, this,
                [this](const xmpp::RosterItem &item, const QString &, std::shared_ptr<xmpp::Reply> reply) {
                    m_heard << QStringLiteral("pushed %1 %2")
                                   .arg(item.jid.toString(),
                                        xml::Value<xmpp::RosterItem::Subscription>::text(item.subscription));
                    reply->result();
                });
    }
    void order(const QString &order)
    {
        const QString word = order.section(u' ', 0, 0);
        xmpp::Client &client = m_play->client;
        Presence presence;
        presence.to = Jid::fromWire(order.section(u' ', 1, 1));
        if (word == u"connect") {
            m_play->connection.start();
        } else if (word == u"roster") {
            m_fetched.reset();
            m_scope.run(tests::into(&m_fetched, m_roster->fetch({})));
        } else if (word == u"message") {
            xmpp::Message message;
            message.to = presence.to;
            message.id = m_play->random.id();
            message.body = order.section(u' ', 2);
            client.send(message);
        } else if (word == u"close") {
            m_play->connection.stop();
        } else {
            presence.type =
                word == u"presence" ? Presence::Type::Available : *xml::fromWord<Presence::Type>(word.toStdString());
            client.send(presence);
        }
    }
    void clientSays(const QByteArray &expected)
    {
        tests::ServerScript &server = m_play->server;
        if (expected.startsWith("<stream:stream")) {
            QVERIFY(tests::Dialogue::isLike(server.takesHeader(), headerOf(expected)));
            return;
        }
        if (expected == "</stream:stream>") {
            server.takesEnd();
            return;
        }
        const xml::Element said = server.takes();
        QVERIFY2(tests::Dialogue::isLike(said, tests::parsed(expected)),
                 xml::Writer::write(said, xmpp::ns::client).constData());
        m_lastId = said.attribute("id").toUtf8();
        const QByteArray data = QByteArray::fromBase64(said.text().toLatin1());
        if (said.is("auth", xmpp::ns::sasl))
            m_challenge = m_scram->challenge(data).toBase64();
        if (said.is("response", xmpp::ns::sasl))
            m_proof = m_scram->final(data).toBase64();
    }
    void serverSays(QByteArray words)
    {
        words.replace("$id", m_lastId).replace("$challenge", m_challenge).replace("$proof", m_proof);
        m_play->server.send(words);
    }
    void below(const QByteArray &what)
    {
        if (what == "TCP")
            QTRY_VERIFY(m_play->attempts() == 1 && m_play->transport().isOpen);
        else if (what == "TLS")
            QTRY_VERIFY(m_play->transport().secure);
        else
            QVERIFY(!m_play->transport().isOpen && m_play->connection.state() == Connection::State::Offline);
    }
    void heard(const QString &what)
    {
        if (what.startsWith(QStringLiteral("roster "))) {
            QTRY_VERIFY(m_fetched && *m_fetched);
            QCOMPARE((*m_fetched)->items.at(0).jid.toString(), what.section(u' ', 1));
            return;
        }
        QTRY_VERIFY(!m_heard.isEmpty());
        QCOMPARE(m_heard.takeFirst(), what);
    }

private Q_SLOTS:
    void primer()
    {
        const auto lines = read(QFINDTESTDATA("dialogues/primer.txt"));
        QVERIFY(lines.size() > 50);
        m_play = std::make_unique<Play>();
        m_roster = std::make_unique<xmpp::Roster>(m_play->client);
        m_scram = std::make_unique<tests::ScramServer>(QCryptographicHash::Sha1, "r0m30myr0m30");
        auto signIn = Play::signIn("r0m30myr0m30");
        signIn.account = Jid::fromWire(QStringLiteral("juliet@im.example.com"));
        signIn.destination.domain = QStringLiteral("im.example.com");
        signIn.resource = QStringLiteral("balcony");
        signIn.language = QStringLiteral("en");
        m_play->client.setAccount(signIn.account);
        m_play->connection.setSignIn(signIn);
        listen();
        for (const Line &line : lines) {
            switch (line.who) {
            case 'C': clientSays(line.text); break;
            case 'S': serverSays(line.text); break;
            case '!': order(QString::fromUtf8(line.text)); break;
            case '=': heard(QString::fromUtf8(line.text)); break;
            case '%': below(line.text); break;
            default: QFAIL("an unknown sort of line");
            }
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(QStringLiteral("in line %1 of the dialogue").arg(line.number)));
        }
        QVERIFY(m_heard.isEmpty());
        QVERIFY(m_play->server.isSilent());
        m_scope.cancel();
        m_roster.reset();
        m_play.reset();
    }
};

BALCONY_TEST(TestPrimer)
#include "tst_primer.moc"
