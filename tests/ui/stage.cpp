// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stage.h"

#include "support/dialogue.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>
#include <QWidget>

namespace tests {

namespace {

constexpr int patience = 20'000;

QByteArray attribute(const QByteArray &xml, const char *name)
{
    const QRegularExpression pattern(QStringLiteral("\\s%1=['\"]([^'\"]*)['\"]").arg(QLatin1String(name)));
    return pattern.match(QString::fromUtf8(xml)).captured(1).toUtf8();
}

} // namespace

/// The client's end of the connection, with the server right behind it.
class StageTransport : public FakeTransport
{
public:
    explicit StageTransport(StageServer &server) : m_server(server) { direct = true; }

    void open(const net::Destination &destination) override
    {
        if (!m_server.refuses)
            return FakeTransport::open(destination);
        QMetaObject::invokeMethod(
            this,
            [this] {
                Q_EMIT failed({Error::Kind::Network, QStringLiteral("connection-refused"), QStringLiteral("refused")});
            },
            Qt::QueuedConnection);
    }
    void write(const QByteArray &bytes) override
    {
        FakeTransport::write(bytes);
        m_server.heard += bytes;
        QMetaObject::invokeMethod(
            this, [this, bytes] { answer(bytes); }, Qt::QueuedConnection);
    }

private:
    void answer(const QByteArray &bytes)
    {
        if (bytes.contains("<stream:stream")) {
            receive(
                "<?xml version='1.0'?><stream:stream from='montague.example' id='s' version='1.0' xmlns='jabber:client' "
                "xmlns:stream='http://etherx.jabber.org/streams'><stream:features>"
                + QByteArray(
                    m_signedIn
                        ? "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"
                        : "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>")
                + "</stream:features>");
        } else if (bytes.startsWith("<auth")) {
            m_signedIn = m_server.accepts;
            receive(m_signedIn ? "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"
                               : "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>");
        } else if (bytes.startsWith("<iq")) {
            answerIq(bytes);
        } else if (bytes.startsWith("<presence") && !bytes.contains("type=") && !std::exchange(m_greeted, true)) {
            receive(m_server.presences);
        } else if (bytes.contains("</stream:stream>")) {
            receive("</stream:stream>");
        }
    }
    void answerIq(const QByteArray &bytes)
    {
        const QByteArray type = attribute(bytes, "type");
        if (type == "result" || type == "error")
            return;
        if (const QByteArray own = m_server.answers ? m_server.answers(bytes) : QByteArray(); !own.isEmpty())
            return receive(own);
        const QByteArray head = "<iq type='result' id='" + attribute(bytes, "id") + "'>";
        if (bytes.contains("xmpp-bind"))
            receive(
                head
                + "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>romeo@montague.example/stage</jid></bind></iq>");
        else if (bytes.contains("jabber:iq:roster") && type == "get")
            receive(head + "<query xmlns='jabber:iq:roster' ver='1'>" + m_server.roster + "</query></iq>");
        else
            receive(head + "</iq>");
    }

    StageServer &m_server;
    bool m_signedIn = false;
    bool m_greeted = false;
};

std::unique_ptr<net::Transport> StageServer::makeTransport()
{
    auto transport = std::make_unique<StageTransport>(*this);
    m_transport = transport.get();
    return transport;
}

void StageServer::say(const QByteArray &xml)
{
    QVERIFY(m_transport);
    m_transport->receive(xml);
}

void StageServer::cut()
{
    QVERIFY(m_transport);
    m_transport->lose();
}

bool runs(Task<void> task)
{
    Scope scope;
    scope.run(std::move(task));
    return QTest::qWaitFor([&] { return scope.isEmpty(); }, patience);
}

Jid Stage::self()
{
    return Jid::fromWire(QStringLiteral("romeo@montague.example"));
}

namespace {

struct Person {
    const char *jid;
    const char *name;
    const char *group;
    const char *subscription;
};

const Person people[] = {
    {"juliet@capulet.example", "Juliet Capulet", "Verona", "both"},
    {"nurse@capulet.example", "Nurse", "Verona", "both"},
    {"laurence@abbey.example", "Friar Laurence", "Verona", "both"},
    {"mercutio@verona.example", "Mercutio", "Friends", "both"},
    {"benvolio@montague.example", "Benvolio", "Friends", "both"},
    {"lin@example.cn", "小林", "Friends", "both"},
    {"yael@example.org", "יעל כהן", "Friends", "to"},
    {"tybalt@capulet.example", "", "", "none"},
};

struct Line {
    const char *peer;
    bool own;
    int minutesAgo;
    const char *body;
    store::MessageState state = store::MessageState::Received;
};

using State = store::MessageState;

const Line lines[] = {
    {"tybalt@capulet.example", false, 9 * 24 * 60, "What, drawn, and talk of peace? I hate the word."},
    {"laurence@abbey.example", false, 3 * 24 * 60 + 30, "Wisely and slow; they stumble that run fast."},
    {"laurence@abbey.example", true, 3 * 24 * 60, "Let me stand here till thou remember it.", State::Displayed},
    {"yael@example.org", false, 1500, "שלום! נפגשים מחר ליד הספרייה?"},
    {"nurse@capulet.example", false, 320, "Now God in heaven bless thee! Hark you, sir."},
    {"mercutio@verona.example", true, 130, "He jests at scars that never felt a wound.", State::Delivered},
    {"mercutio@verona.example", false, 120,
     "Nay, gentle Romeo, we must have you dance. The map is at https://verona.example/ball?wall=high"},
    {"lin@example.cn", false, 46, "今天晚上一起去吃火锅吗?学校旁边新开了一家店。"},
    {"lin@example.cn", false, 45, "七点怎么样 😋"},
    {"juliet@capulet.example", false, 1520,
     "O Romeo, Romeo! wherefore art thou Romeo? Deny thy father and refuse thy name; or, if thou wilt not, be but sworn my love, and I'll no longer be a Capulet."},
    {"juliet@capulet.example", true, 1515, "Shall I hear more, or shall I speak at this?", State::Displayed},
    {"juliet@capulet.example", false, 40,
     "What man art thou that thus bescreen'd in night\nSo stumblest on my counsel?"},
    {"juliet@capulet.example", true, 38, "By a name I know not how to tell thee who I am.", State::Delivered},
    {"juliet@capulet.example", true, 38, "My name, dear saint, is hateful to myself, because it is an enemy to thee.",
     State::Delivered},
    {"juliet@capulet.example", false, 12,
     "How camest thou hither, tell me, and wherefore? The orchard walls are high and hard to climb."},
    {"juliet@capulet.example", false, 11, "🌹"},
    {"juliet@capulet.example", true, 4, "With love's light wings did I o'er-perch these walls.", State::Accepted},
    {"juliet@capulet.example", false, 2, "If they do see thee, they will murder thee."},
};

/// Stores one message in the chat with its peer.
Result<> put(store::Transaction &transaction, const Line &line, const QDateTime &now)
{
    const Jid peer = Jid::fromWire(QString::fromUtf8(line.peer));
    auto chat = transaction.conversations().open(Stage::self(), peer);
    if (!chat)
        return fail(chat.error());
    store::NewMessage message;
    message.conversation = *chat;
    message.outgoing = line.own;
    message.author = line.own ? Stage::self() : peer;
    message.body = QString::fromUtf8(line.body);
    message.time = now.addSecs(-60 * line.minutesAgo);
    message.state = line.state;
    message.stanzaId = QStringLiteral("m%1").arg(&line - lines);
    const auto stored = transaction.messages().append(message);
    return stored ? Result<>{} : Result<>(fail(stored.error()));
}

Result<> putPeople(store::Transaction &transaction)
{
    std::vector<store::RosterItem> items;
    for (const Person &person : people) {
        store::RosterItem item;
        item.jid = Jid::fromWire(QString::fromUtf8(person.jid));
        item.name = QString::fromUtf8(person.name);
        if (*person.group)
            item.groups = {QString::fromUtf8(person.group)};
        item.subscription = QString::fromUtf8(person.subscription);
        items.push_back(item);
    }
    return transaction.contacts().replaceRoster(Stage::self(), items, {});
}

Result<> putChats(store::Transaction &transaction)
{
    // Noon: no picture and no test depends on the hour at which it is made.
    const QDateTime now(QDate::currentDate(), QTime(12, 0));
    for (const Line &line : lines) {
        if (auto done = put(transaction, line, now.toUTC()); !done)
            return done;
    }
    auto all = transaction.conversations().all();
    if (!all)
        return fail(all.error());
    for (const store::Conversation &chat : *all) {
        const QString peer = chat.peer.local();
        auto &&chats = transaction.conversations();
        if (peer == u"juliet")
            (void)chats.setPinned(chat.id, true);
        if (peer == u"nurse")
            (void)chats.setDraft(chat.id, QStringLiteral("Commend me to thy lady and mistress"));
        if (peer == u"laurence")
            (void)chats.setMutedUntil(chat.id, QDateTime(QDate(9999, 1, 1), QTime(0, 0), Qt::UTC));
        store::PageRequest lastTwo;
        lastTwo.limit = 2;
        const auto page = transaction.messages().page(chat.id, lastTwo);
        if (peer == u"juliet" && page)
            (void)chats.markRead(chat.id, page->messages.front().key); // her last words are new
        else if (peer != u"lin" && peer != u"mercutio")
            (void)chats.markRead(chat.id, chat.lastKey);
    }
    return {};
}

struct Fill {
    bool people = false;
    Result<> operator()(store::Transaction &transaction) const
    {
        chat::AccountSettings settings;
        settings.jid = Stage::self();
        settings.allowPlain = true;
        settings.resource = QStringLiteral("stage");
        settings.passwordStore = chat::AccountSettings::PasswordStore::None;
        auto done = transaction.accounts().put({settings.jid, true, settings.toJson()});
        if (done && people)
            done = putPeople(transaction);
        if (done && people)
            done = putChats(transaction);
        return done;
    }
};

Task<void> fillStore(store::Store *store, Fill fill)
{
    auto opening = store->open();
    const auto opened = co_await std::move(opening);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
    auto writing = store->write(fill);
    const auto written = co_await std::move(writing);
    if (!written)
        qFatal("%s", qPrintable(written.error().detail));
    auto closing = store->close();
    co_await std::move(closing);
}

Task<void> openProfile(chat::Profile *profile)
{
    auto opening = profile->open();
    const auto opened = co_await std::move(opening);
    if (!opened)
        qFatal("%s", qPrintable(opened.error().detail));
}

} // namespace

Stage::Stage(bool withPeople, bool withAccount)
{
    if (withAccount) {
        store::Store store({m_folder.path()});
        if (!runs(fillStore(&store, Fill{withPeople})))
            qFatal("the store does not open");
    }
    for (const Person &person : people) {
        m_server.roster += QByteArray("<item jid='") + person.jid + "' name='" + person.name + "' subscription='"
            + person.subscription + "'>"
            + (*person.group ? QByteArray("<group>") + person.group + "</group>" : QByteArray()) + "</item>";
    }
    m_server.presences =
        "<presence from='juliet@capulet.example/balcony'/>"
        "<presence from='nurse@capulet.example/kitchen'><show>away</show><status>At the market</status></presence>"
        "<presence from='mercutio@verona.example/square'><show>dnd</show><status>A plague o' both your houses</status></presence>"
        "<presence from='lin@example.cn/phone'><show>chat</show></presence>";
    if (!withPeople)
        m_server.roster = m_server.presences = {};
    open();
}

Stage::~Stage()
{
    if (m_profile)
        (void)runs(m_profile->close());
}

void Stage::open()
{
    m_profile = std::make_unique<chat::Profile>(m_folder.path());
    if (!runs(openProfile(m_profile.get())))
        qFatal("the profile does not open");
    m_profile->services().makeTransport = [this] { return m_server.makeTransport(); };
}

void Stage::reopens()
{
    QVERIFY(runs(m_profile->close()));
    m_profile.reset();
    open();
}

bool Stage::goesOnline()
{
    QByteArray password("secret");
    account()->goOnline(SecretBytes::take(password));
    const bool there = QTest::qWaitFor(
        [this] {
            return account()->state() == chat::Account::State::Online
                && (m_server.presences.isEmpty()
                    || account()->presences().best(Jid::fromWire(QStringLiteral("lin@example.cn"))));
        },
        patience);
    if (!there)
        qWarning("state %d, %s, sent: %s", int(account()->state()),
                 account()->error() ? qPrintable(account()->error()->detail) : "no error", m_server.heard.constData());
    return there;
}

qint64 Stage::chatWith(const char *peer)
{
    std::optional<Result<qint64>> id;
    if (!runs(into(&id, m_profile->conversations().open(self(), Jid::fromWire(QString::fromUtf8(peer))))) || !*id)
        return 0;
    return **id;
}

void Stage::receives(const char *peer, const QString &body, const char *id)
{
    m_server.say(QByteArray("<message type='chat' from='") + peer + "' to='romeo@montague.example' id='" + id
                 + "'><body>" + body.toHtmlEscaped().toUtf8() + "</body></message>");
}

void shoot(QWidget &widget, const QString &name)
{
    QDir folder(QCoreApplication::applicationDirPath() + QStringLiteral("/../screenshots"));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    QCoreApplication::processEvents();
    QVERIFY(widget.grab().save(folder.filePath(name + QStringLiteral(".png"))));
}

} // namespace tests
