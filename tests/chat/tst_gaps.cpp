// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/fakearchive.h"
#include "chat/inboxwriter.h"
#include "store/storage.h"
#include "support/testmain.h"
#include "xep/extensions.h"

#include <array>
#include <random>
#include <set>

using namespace tests;

namespace {

const QByteArray peers[] = {"juliet@capulet.lit", "nurse@capulet.lit", "mercutio@verona.lit"};

/// A client that sees what its connection lets it see, and a server that keeps everything: the reference is the server's
/// list itself. Every step is one transaction, as in the program; a cut drops what was not committed.
class World
{
public:
    explicit World(quint32 seed) : m_random(seed)
    {
        (void)store::Accounts(*m_database).put({m_account, true, {}});
        m_skew = std::array<qint64, 3>{0, -3 * 86400, 3 * 86400}[chance(3)];
        m_trusted = chance(5) != 0;
        m_strict = chance(5) != 0;
        m_extensions.carbons.setEnabled();
        QObject::connect(&m_d.client(), &xmpp::Client::message, &m_d.client(),
                         [this](const xmpp::Incoming &message) { m_heard.push_back(message); });
        for (int i = chance(30); i > 0; --i) // before this client
            happens();
        signsIn();
    }

    void step()
    {
        switch (chance(12)) {
        case 0: signsIn(); break; // after a cut at any place
        case 1: m_online = false; break;
        case 2:
        case 3: says(); break;
        case 4:
        case 5:
        case 6:
        case 7: happens(); break;
        case 8: chance(2) == 0 ? expunges() : chance(2) == 0 ? swaps() : putsInOrder(); break;
        default: fetches(true); break;
        }
    }
    /// A server that is well again gives all that is missing.
    QString settles()
    {
        signsIn();
        m_server.faults = {};
        putsInOrder();
        for (int i = 0; i < 2000; ++i) {
            const auto gaps = archives().gaps(m_account, m_account).value();
            if (gaps.empty())
                return difference();
            fetches(false);
        }
        return QStringLiteral("a gap stays open");
    }

private:
    /// With one seed alone, every step is told.
    void tell(const QString &what)
    {
        if (!qEnvironmentVariableIsSet("BALCONY_SEED"))
            return;
        QStringList gaps;
        const auto known = archives().gaps(m_account, m_account);
        for (const auto &gap : *known)
            gaps.append(
                QStringLiteral("%1(%2..%3)").arg(gap.id).arg(gap.after.section(u'-', 1), gap.before.section(u'-', 1)));
        QStringList chats;
        for (const QByteArray &peer : peers) {
            const auto chat =
                store::Conversations(*m_database).find(m_account, Jid::fromWire(QString::fromUtf8(peer))).value();
            chats.append(chat ? list(stored(chat->id)) : QStringLiteral("-"));
        }
        qInfo("%s | %s | %s", qPrintable(what), qPrintable(gaps.join(u' ')),
              qPrintable(chats.join(QStringLiteral(" / "))));
    }
    QList<int> stored(qint64 chat)
    {
        store::PageRequest all;
        all.limit = 1000;
        const auto page = store::Messages(*m_database).page(chat, all);
        QList<int> bodies;
        for (const store::Message &message : page->messages)
            bodies.append(message.body.toInt());
        return bodies;
    }
    int chance(int of) { return int(m_random() % quint32(of)); }
    store::Archives archives() { return store::Archives(*m_database); }

    template<class Job>
    auto commit(Job job)
    {
        store::Transaction transaction(*m_database);
        (void)m_database->begin();
        auto result = job(transaction);
        if (result)
            (void)m_database->commit();
        else
            m_database->rollback();
        return result;
    }
    QDateTime serverTime()
    {
        // Many in one moment, and now and then a clock that goes back.
        m_moment += std::array<qint64, 5>{0, 0, 1, 40000, -3000}[chance(5)];
        return m_d.clock().now().addSecs(-86400).addMSecs(m_moment).addSecs(-m_skew);
    }
    void passes() { m_d.passes(std::chrono::milliseconds(chance(3) * 700)); }
    /// One of the three writes to us, or another device of ours writes to one of them.
    void happens()
    {
        passes();
        const auto &entry =
            m_server.add(peers[chance(3)], chance(3) == 0, QByteArray::number(m_server.entries.size()), serverTime());
        if (!m_online)
            return;
        if (chance(15) == 0) {
            m_online = false; // lost with the connection
            return;
        }
        tell(QStringLiteral("live %1").arg(QString::fromUtf8(entry.body)));
        m_d.receives(entry.outgoing ? FakeArchive::carbon(entry, m_trusted) : FakeArchive::live(entry, m_trusted));
        if (chance(3) != 0)
            takesHeard();
    }
    /// As one stream takes over from another the server may swap what it delivers; what is not known of the archive then
    /// tells the order.
    void swaps()
    {
        const auto gaps = archives().gaps(m_account, m_account).value();
        if (!m_online || gaps.empty() || !gaps.back().before.isEmpty())
            return;
        const QByteArray &peer = peers[chance(3)];
        const size_t first = m_server.entries.size();
        for (int i = 0; i < 3; ++i)
            m_server.add(peer, false, QByteArray::number(m_server.entries.size()), serverTime());
        tell(QStringLiteral("swapped from %1 on").arg(first));
        for (const size_t i : {first + 2, first, first + 1})
            m_d.receives(FakeArchive::live(m_server.entries[i], m_trusted));
        takesHeard();
        m_unordered = std::min(m_unordered, first);
    }
    /// Later, when it is quiet: what chat::HandOver does.
    void putsInOrder()
    {
        if (!m_online || m_unordered >= m_server.entries.size())
            return;
        takesHeard();
        std::optional<Result<xep::Mam::Page>> page;
        xep::Mam::Query query;
        query.before = QStringLiteral("");
        query.max = int(m_server.entries.size() - std::exchange(m_unordered, std::numeric_limits<size_t>::max()))
            + 10; // it begins with what was known before
        const auto faults = std::exchange(m_server.faults, {});
        Scope scope;
        scope.run(into(&page, m_extensions.mam.page(query)));
        for (const QByteArray &stanza : m_server.answer(m_d.takeSent()))
            m_d.receives(stanza);
        m_server.faults = faults;
        const auto group = std::make_shared<std::vector<xmpp::Incoming>>();
        for (const xmpp::Incoming &message : (*page)->messages)
            group->push_back(message.untracked());
        if (!commit(chat::InboxWriter{m_account, 0, group, {}, {}, true}))
            m_trouble = QStringLiteral("putting in order fails");
        tell(QStringLiteral("put in order"));
    }
    void takesHeard()
    {
        const auto group = std::make_shared<std::vector<xmpp::Incoming>>();
        for (const xmpp::Incoming &message : std::exchange(m_heard, {}))
            group->push_back(message.untracked());
        const chat::InboxWriter writer{m_account, 0, group, {}, {}};
        if (!commit(writer))
            m_trouble = QStringLiteral("the inbox fails");
        tell(QStringLiteral("stored"));
    }
    /// We write ourselves.
    void says()
    {
        if (!m_online)
            return;
        takesHeard();
        // What we say before anything is known of the archive, or while its end is not, has a place of its own only where
        // the clocks agree, and servers tell us no id of it: most seeds are strict.
        const auto gaps = archives().gaps(m_account, m_account).value();
        const bool isKnown = !archives().newest(m_account, m_account)->isEmpty();
        if (m_strict && (!isKnown || (!gaps.empty() && gaps.back().before.isEmpty())))
            return;
        passes();
        const QByteArray id = "our-own-number-" + QByteArray::number(m_server.entries.size());
        const auto &entry =
            m_server.add(peers[chance(3)], true, QByteArray::number(m_server.entries.size()), serverTime(), id);
        (void)commit([&](store::Transaction &transaction) -> Result<store::Stored> {
            store::NewMessage row;
            row.conversation =
                *transaction.conversations().open(m_account, Jid::fromWire(QString::fromUtf8(entry.peer)));
            row.outgoing = true;
            row.author = m_account;
            row.body = QString::fromUtf8(entry.body);
            row.time = m_d.clock().now();
            row.state = store::MessageState::Written;
            row.stanzaId = QString::fromUtf8(id);
            row.originId = row.stanzaId;
            auto stored = transaction.messages().append(row);
            if (stored && chance(2) == 0)
                (void)transaction.messages().setState(stored->key, store::MessageState::Accepted, row.time);
            return stored;
        });
    }
    /// A new session. What was heard and not stored is lost with the old one.
    void signsIn()
    {
        m_heard.clear();
        m_d.client().router().setArchiveIdsTrusted(false);
        (void)commit(
            [this](store::Transaction &transaction) { return transaction.archives().open(m_account, m_account); });
        m_d.client().router().setArchiveIdsTrusted(m_trusted);
        m_online = true;
        tell(QStringLiteral("signed in"));
    }
    void expunges()
    {
        // Where both ends of a gap go, so does what told the order around it.
        if (!m_strict && chance(10) == 0 && !m_server.entries.empty())
            m_server.entries[size_t(chance(int(m_server.entries.size())))].isGone = true;
    }
    void worsens()
    {
        m_server.faults = {};
        m_server.faults.cap = 1 + chance(10);
        m_server.faults.loses = chance(8) == 0 ? 1 + chance(2) : 0;
        m_server.faults.noSet = chance(20) == 0;
        m_server.faults.noFirst = chance(4) == 0;
        m_server.faults.noComplete = chance(3) == 0;
        m_server.faults.unstable = chance(20) == 0;
        m_server.faults.doubles = chance(15) == 0;
        m_server.faults.finFirst = chance(20) == 0;
    }
    /// Any question that the program could ask about any gap.
    void fetches(bool badly)
    {
        const auto gaps = archives().gaps(m_account, m_account).value();
        if (gaps.empty() || !m_online)
            return;
        if (badly)
            worsens();
        const store::ArchiveGap &gap = gaps[size_t(chance(int(gaps.size())))];
        chat::ArchiveRequest request;
        request.gap = gap.id;
        request.max = 1 + chance(12);
        request.cursor = gap.before;
        Jid with;
        if (gap.before.isEmpty() && !gap.after.isEmpty() && m_cut.count(gap.id) == 0 && chance(2) == 0) {
            request.side = store::GapSide::Old;
            request.cursor = gap.after;
        } else if (!gap.before.isEmpty() && chance(3) == 0) {
            with = Jid::fromWire(QString::fromUtf8(peers[chance(3)]));
            const auto chat = store::Conversations(*m_database).find(m_account, with).value();
            if (!chat)
                return;
            request.chat = chat->id;
            const auto chatGap = archives().chatGap(gap.id, chat->id).value();
            if (chatGap.closed)
                return;
            request.cursor = chatGap.before.isEmpty() ? gap.before : chatGap.before;
        }
        takesPage(request, with, badly && chance(5) == 0);
    }
    void takesPage(const chat::ArchiveRequest &request, const Jid &with, bool isCut)
    {
        std::optional<Result<xep::Mam::Page>> page;
        Scope scope;
        scope.run(into(&page, m_extensions.mam.page(request.toQuery(Jid(), with))));
        const auto answer = m_server.answer(m_d.takeSent());
        size_t heard = answer.size();
        if (isCut)
            heard = size_t(chance(int(answer.size()) + 1));
        for (size_t i = 0; i < heard; ++i)
            m_d.receives(answer[i]);
        if (isCut) {
            m_online = false; // between any two stanzas, or before the commit
            return;
        }
        if (!page)
            return;
        if (!*page) {
            if (page->error().condition == u"item-not-found")
                cursorIsGone(request);
            return;
        }
        takesHeard();
        const auto facts = chat::ArchivePage::of(request, **page);
        if (!facts.isProof)
            return;
        const auto group = std::make_shared<std::vector<xmpp::Incoming>>();
        for (const xmpp::Incoming &message : (*page)->messages)
            group->push_back(message.untracked());
        const chat::InboxWriter writer{m_account, 0, group, {}, facts};
        if (!commit(writer))
            m_trouble = QStringLiteral("a page fails");
        QStringList ids;
        for (const QString &id : facts.ids)
            ids.append(id.section(u'-', 1));
        tell(QStringLiteral("gap %1 %2 %3 of %4: %5")
                 .arg(QString::number(request.gap),
                      request.side == store::GapSide::Old ? QStringLiteral("after") : QStringLiteral("before"),
                      request.cursor.section(u'-', 1), with.isNull() ? QStringLiteral("all") : with.local(),
                      ids.join(u' ')));
    }
    void cursorIsGone(const chat::ArchiveRequest &request)
    {
        if (request.side == store::GapSide::Old) {
            m_cut.insert(request.gap);
            return;
        }
        (void)commit([&](store::Transaction &transaction) -> Result<> {
            return chat::ArchiveStep::forget(transaction, request);
        });
    }

    /// What differs between the server's archive and ours; empty: nothing.
    QString difference()
    {
        if (!m_trouble.isEmpty())
            return m_trouble;
        for (const QByteArray &peer : peers) {
            const auto chat =
                store::Conversations(*m_database).find(m_account, Jid::fromWire(QString::fromUtf8(peer))).value();
            QList<int> ours;
            if (chat)
                ours = stored(chat->id);
            QList<int> theirs;
            for (size_t i = 0; i < m_server.entries.size(); ++i) {
                // What is expunged may be here or not.
                if (m_server.entries[i].peer == peer && (!m_server.entries[i].isGone || ours.contains(int(i))))
                    theirs.append(int(i));
            }
            if (!m_trusted || !m_strict) // without ids on what comes live its place is a guess
                std::sort(ours.begin(), ours.end());
            if (ours != theirs)
                return QStringLiteral("%1 has %2, the server %3")
                    .arg(QString::fromUtf8(peer), list(ours), list(theirs));
        }
        return {};
    }
    static QString list(const QList<int> &numbers)
    {
        QStringList words;
        for (const int number : numbers)
            words.append(QString::number(number));
        return words.join(u' ');
    }

    std::mt19937 m_random;
    const Jid m_account = jid("romeo@montague.lit");
    std::unique_ptr<store::Database> m_database = emptyDatabase();
    Dialogue m_d;
    xep::Extensions m_extensions{m_d.client()};
    FakeArchive m_server;
    std::vector<xmpp::Incoming> m_heard;
    std::set<qint64> m_cut;
    QString m_trouble;
    qint64 m_moment = 0;
    size_t m_unordered = std::numeric_limits<size_t>::max(); ///< From this entry on it may stand otherwise.
    qint64 m_skew = 0;                                       ///< Of our clock, in seconds.
    bool m_trusted = true;
    bool m_strict = true;
    bool m_online = false;
};

} // namespace

/// The gap model (RELIABILITY 2.4): whatever an archive holds, however it is asked, and wherever the connection is
/// cut, in the end nothing is missing, nothing is twice, and all is in order.
class TestGaps : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// BALCONY_SEED=n plays one again.
    void endsWithoutAHole()
    {
        const bool isReplay = qEnvironmentVariableIsSet("BALCONY_SEED");
        const quint32 first = isReplay ? qEnvironmentVariable("BALCONY_SEED").toUInt() : 1;
        const quint32 count = isReplay ? 1 : tests::isSanitized ? 200 : 1200;
        for (quint32 seed = first; seed < first + count; ++seed) {
            World world(seed);
            for (int i = 0; i < 60; ++i)
                world.step();
            const QString difference = world.settles();
            QVERIFY2(difference.isEmpty(), qPrintable(QStringLiteral("BALCONY_SEED=%1: %2").arg(seed).arg(difference)));
        }
    }
};

BALCONY_TEST(TestGaps)
#include "tst_gaps.moc"
