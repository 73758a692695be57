// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/filling.h"

#include "bench/report.h"
#include "store/schema.h"

#include <QDir>
#include <QFile>

#include <cmath>
#include <fcntl.h>
#include <unistd.h>

namespace bench {

using store::Message;
using store::NewMessage;
using store::Reader;
using store::Store;
using store::Transaction;

void complain(const Error &error)
{
    giveUp(error.condition + QStringLiteral(": ") + error.detail);
}

namespace {

const Jid &ourJid()
{
    static const Jid jid = Jid::fromWire(QStringLiteral("me@bench.example"));
    return jid;
}

Jid peerOf(qint64 number)
{
    return Jid::fromWire(QStringLiteral("friend%1@bench.example").arg(number));
}

Result<std::vector<qint64>> openChats(Transaction &transaction, int chats)
{
    if (auto done = transaction.accounts().put({ourJid(), false, {}}); !done)
        return fail(done.error());
    std::vector<qint64> ids;
    for (int i = 0; i < chats; ++i) {
        auto id = transaction.conversations().open(ourJid(), peerOf(i), store::ConversationKind::Chat,
                                                   QDateTime::fromSecsSinceEpoch(1600000000 + i, Qt::UTC));
        if (!id)
            return fail(id.error());
        ids.push_back(*id);
    }
    return ids;
}

Task<bool> closed(Task<void> task)
{
    co_await std::move(task);
    co_return true;
}

} // namespace

std::vector<qint64> makeChats(Store &store, int chats)
{
    const auto open = [chats](Transaction &transaction) { return openChats(transaction, chats); };
    return must(wait(store.write(open)));
}

NewMessage Filler::next()
{
    // With 300 chats the first gets some tenth of all.
    const double place = std::pow(m_speech.fraction(), 2.4);
    const auto chat = size_t(double(m_chats.size()) * place);
    NewMessage message;
    message.conversation = m_chats[chat];
    message.outgoing = m_speech.below(6) == 0;
    message.author = message.outgoing ? ourJid() : peerOf(qint64(chat)).withResource(QStringLiteral("phone"));
    message.body = m_speech.message();
    message.time = QDateTime::fromSecsSinceEpoch(1600000000 + m_number * 40, Qt::UTC);
    message.state = message.outgoing ? store::MessageState::Delivered : store::MessageState::Received;
    message.stanzaId = QStringLiteral("%1-4f6a-b0d1-%2")
                           .arg(m_speech.below(0xFFFFFFFF), 8, 16, QLatin1Char('0'))
                           .arg(m_number, 12, 16, QLatin1Char('0'));
    message.originId = message.stanzaId;
    message.archiveId = QString::number(1600000000000000 + m_number * 40000000);
    message.read = true;
    ++m_number;
    return message;
}

Cost Filler::fill(qint64 messages, int perTransaction)
{
    Cost cost;
    while (cost.messages < messages) {
        std::vector<NewMessage> group;
        for (int i = 0; i < perTransaction && cost.messages + i < messages; ++i)
            group.push_back(next());
        const auto put = [&group](Transaction &transaction) -> Result<> {
            for (const NewMessage &message : group) {
                if (auto stored = transaction.messages().append(message); !stored)
                    return fail(stored.error());
            }
            return {};
        };
        const qint64 wall = wallNow();
        const qint64 cpu = cpuNow();
        must(wait(m_store.write(put)));
        cost.cpu += double(cpuNow() - cpu) / 1e9;
        cost.calls.push_back(double(wallNow() - wall) / 1e9);
        cost.wall += cost.calls.back();
        cost.messages += qint64(group.size());
    }
    return cost;
}

Cost Filler::index()
{
    constexpr int batch = 5000;
    Cost cost;
    for (int done = batch; done == batch;) {
        const auto put = [](Transaction &transaction) { return transaction.search().index(batch); };
        const qint64 wall = wallNow();
        const qint64 cpu = cpuNow();
        done = must(wait(m_store.write(put)));
        cost.cpu += double(cpuNow() - cpu) / 1e9;
        cost.calls.push_back(double(wallNow() - wall) / 1e9);
        cost.wall += cost.calls.back();
        cost.messages += done;
    }
    return cost;
}

void closeStore(Store &store)
{
    wait(closed(store.close()));
}

QString databaseFile(const QString &folder)
{
    return folder + QStringLiteral("/balcony.db");
}

bool dropFromCache(const QString &file)
{
#ifdef POSIX_FADV_DONTNEED
    const int handle = ::open(QFile::encodeName(file).constData(), O_RDONLY);
    if (handle < 0)
        return false;
    ::fsync(handle); // what is not on the disk yet stays in the cache
    const bool done = ::posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED) == 0;
    ::close(handle);
    return done;
#else
    Q_UNUSED(file)
    return false;
#endif
}

QByteArray whatIsIn(int chats, qint64 messages, bool indexed)
{
    return QByteArray::number(chats) + ' ' + QByteArray::number(messages) + ' ' + QByteArray::number(indexed) + ' '
        + QByteArray::number(store::schema::newestVersion()) + '\n';
}

bool isFilled(const QString &folder, const QByteArray &what)
{
    QFile complete(folder + QStringLiteral("/complete"));
    return complete.open(QIODevice::ReadOnly) && complete.readAll() == what;
}

void noteFilled(const QString &folder, const QByteArray &what)
{
    QFile complete(folder + QStringLiteral("/complete"));
    if (!complete.open(QIODevice::WriteOnly) || complete.write(what) != what.size())
        giveUp(QStringLiteral("%1 cannot be written.").arg(complete.fileName()));
}

void ensureProfile(const QString &folder, int chats, qint64 messages, bool indexed)
{
    // The last step of a fill: without it the folder is of a run that was stopped.
    const QByteArray what = whatIsIn(chats, messages, indexed);
    if (isFilled(folder, what))
        return;
    QDir(folder).removeRecursively();
    Store store(store::StoreOptions{folder});
    must(wait(store.open()));
    Filler filler(store, makeChats(store, chats));
    filler.fill(messages, 5000);
    if (indexed)
        filler.index();
    closeStore(store);
    noteFilled(folder, what);
}

} // namespace bench
