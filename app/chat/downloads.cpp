// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/downloads.h"

#include "chat/conversations.h"
#include "chat/filenames.h"
#include "chat/filestanzas.h"
#include "xep/0300_hashes.h"

#include <algorithm>

namespace chat {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds sweepPause{1};
constexpr std::chrono::seconds downloadStoreRetry{10};
/// After a failure of the network.
constexpr std::array<std::chrono::seconds, 2> downloadPauses{2s, 20s};

QCryptographicHash::Algorithm algorithmOf(const store::File &file)
{
    return xep::Hash{file.hashName, file.hash}.algorithm().value_or(QCryptographicHash::Sha256);
}

/// Whether what came is what was spoken of.
bool isWhatWasSaid(const store::File &file, const DiskWriter &writer, qint64 bytes)
{
    if (file.size && *file.size != bytes)
        return false;
    const bool isProven = xep::Hash{file.hashName, file.hash}.algorithm().has_value();
    return !isProven || writer.hash() == file.hash;
}

} // namespace

Downloads::Downloads(Services &services, Conversations &conversations, const Jid &account)
    : m_services(services), m_conversations(conversations), m_account(account)
{
    connect(&conversations, &Conversations::messageAdded, this, [this](const store::Message &message) {
        const store::Conversation *chat = message.files.empty() ? nullptr : m_conversations.find(message.conversation);
        if (chat && chat->account == m_account)
            consider(message);
    });
    connect(&conversations, &Conversations::messageRemoved, this, &Downloads::sweep);
    connect(&conversations, &Conversations::removed, this, &Downloads::sweep);
    connect(&conversations, &Conversations::messageEdited, this, [this](const store::Message &message) {
        if (message.retracted)
            sweep();
    });
}

Downloads::~Downloads()
{
    m_conversations.disconnect(this);
    m_sweeping.cancel();
    m_scope.cancel();
    m_running.clear();
}

Worker *Downloads::disk()
{
    if (!m_disk)
        m_disk = std::make_unique<Worker>(QStringLiteral("downloads"));
    return m_disk.get();
}

QString Downloads::folderOf(qint64 file) const
{
    return m_services.filesFolder + u'/' + QString::number(file);
}

Task<Result<>> Downloads::accept(qint64 file)
{
    if (!m_services.http || m_services.filesFolder.isEmpty())
        co_return fail(Error::Kind::Unsupported, QStringLiteral("not-implemented"),
                       QStringLiteral("This program has no way to the web."));
    m_byHand.insert(file);
    filejobs::StartDownload job{m_account, file};
    auto writing = m_services.store.write(std::move(job));
    const auto started = co_await std::move(writing);
    if (!started)
        co_return fail(started.error());
    auto telling = put(started->file);
    co_await std::move(telling);
    look();
    co_return Result<>{};
}

Task<Result<>> Downloads::cancel(qint64 file)
{
    const auto find = [file](store::Reader &reader) { return reader.files().byId(file); };
    auto reading = m_services.store.read(find);
    auto found = co_await std::move(reading);
    if (!found)
        co_return fail(found.error());
    if (!*found || (*found)->state != store::FileState::Loading)
        co_return fail(Error::Kind::Input, QStringLiteral("file-unknown"),
                       QStringLiteral("There is no file %1 on its way.").arg(file));
    m_running.erase(file);
    m_byHand.erase(file);
    (*found)->state = store::FileState::Remote;
    auto telling = put(**found);
    co_await std::move(telling);
    look();
    co_return Result<>{};
}

/// Ours are on this computer already; what came by another device of ours is as good as a contact's.
bool Downloads::mayComeByItself(const store::Message &message, const store::File &file, const Policy &policy) const
{
    const QUrl url(file.url);
    return file.state == store::FileState::Remote && url.scheme() == u"https" && policy.mostByItself > 0
        && file.size.value_or(0) <= policy.mostByItself
        && filestanzas::isInline(file)
        // A name that only a proxy resolves is a proxy's that shall hide us: it decides for each file.
        && policy.proxy.kind != net::Proxy::Kind::Socks5
        && (message.outgoing || (m_known && m_known(message.author.bare())));
}

/// A message came: fetches what may be fetched by itself.
void Downloads::consider(const store::Message &message)
{
    const bool isNew = message.time.secsTo(m_services.clock.now()) < std::chrono::seconds(newest).count();
    if (!m_services.http || m_services.filesFolder.isEmpty() || !m_policy || !isNew || message.retracted)
        return;
    const Policy policy = m_policy();
    for (const store::File &file : message.files) {
        if (mayComeByItself(message, file, policy))
            m_scope.run(acceptQuietly(file.id));
    }
}

Task<void> Downloads::acceptQuietly(qint64 file)
{
    filejobs::StartDownload job{m_account, file};
    auto writing = m_services.store.write(std::move(job));
    const auto started = co_await std::move(writing);
    if (started)
        look();
}

void Downloads::look()
{
    if (m_services.http && !m_services.filesFolder.isEmpty() && m_running.size() < mostAtOnce)
        m_scope.run(takeWaiting());
}

Task<void> Downloads::takeWaiting()
{
    filejobs::ReadDownloads job{m_account};
    auto reading = m_services.store.read(std::move(job));
    const auto waiting = co_await std::move(reading);
    if (!waiting)
        co_return;
    for (const filejobs::Download &each : *waiting) {
        if (m_running.size() >= mostAtOnce)
            break;
        auto &scope = m_running[each.file.id];
        if (scope)
            continue;
        scope = std::make_unique<Scope>();
        scope->run(download(each));
    }
}

Task<void> Downloads::download(filejobs::Download job)
{
    for (size_t tries = 0;; ++tries) {
        auto trying = attempt(job);
        auto done = co_await std::move(trying);
        const bool again = !done && tries < downloadPauses.size()
            && (done.error().kind == Error::Kind::Network || done.error().kind == Error::Kind::Timeout);
        if (again) {
            co_await base::sleep(m_services.clock, downloadPauses[tries]);
            continue;
        }
        if (done) {
            job.file = std::move(*done);
        } else {
            job.file.state = store::FileState::Failed;
            job.file.failure = done.error();
        }
        break;
    }
    auto telling = put(job.file);
    co_await std::move(telling);
    end(job.file.id);
}

Task<Result<store::File>> Downloads::attempt(filejobs::Download job)
{
    const Policy policy = m_policy ? m_policy() : Policy();
    const bool byHand = m_byHand.count(job.file.id) != 0;
    store::File &file = job.file;
    auto opening = DiskWriter::open(disk(), folderOf(file.id), filenames::safe(file.name), algorithmOf(file));
    const auto writer = co_await std::move(opening);
    if (!writer)
        co_return fail(writer.error());
    net::HttpRequest request;
    request.url = QUrl(file.url, QUrl::StrictMode);
    request.proxy = policy.proxy;
    request.publicOnly = !byHand && !policy.isAtHome;
    // After a restart nobody knows who asked; what was said of its size was looked at then.
    request.size = byHand ? mostByHand : std::max(policy.mostByItself, file.size.value_or(0));
    if (file.size)
        request.size = std::min(request.size, *file.size);
    request.progress = [this, key = file.message, id = file.id](qint64 done, qint64 total) {
        Q_EMIT progress(key, id, done, total);
    };
    auto getting = m_services.http->get(std::move(request), writer->get());
    const auto bytes = co_await std::move(getting);
    if (!bytes)
        co_return fail(bytes.error());
    if (!isWhatWasSaid(file, **writer, *bytes))
        co_return fail(Error::Kind::Protocol, QStringLiteral("file-damaged"),
                       QStringLiteral("What came is not the file that was spoken of."));
    auto finishing = (*writer)->finish();
    const auto path = co_await std::move(finishing);
    if (!path)
        co_return fail(path.error());
    file.path = *path;
    file.size = *bytes;
    file.state = store::FileState::Here;
    co_return std::move(file);
}

/// Stores how it is now, and tells; where its message is gone, so is it.
Task<void> Downloads::put(store::File file)
{
    for (;;) {
        filejobs::PutFile job{file};
        auto writing = m_services.store.write(std::move(job));
        const auto message = co_await std::move(writing);
        if (message && *message)
            m_conversations.announceEdit(**message);
        else if (message)
            sweep();
        if (message)
            break;
        co_await base::sleep(m_services.clock, downloadStoreRetry);
    }
}

/// From the event loop: it is called by what it ends.
void Downloads::end(qint64 file)
{
    const auto drop = [this, file] {
        m_running.erase(file);
        m_byHand.erase(file);
        look();
    };
    QMetaObject::invokeMethod(this, drop, Qt::QueuedConnection);
}

/// A moment later, for many messages that go together.
void Downloads::sweep()
{
    if (!m_services.filesFolder.isEmpty() && m_sweeping.isEmpty())
        m_sweeping.run(sweepNow());
}

Task<void> Downloads::sweepNow()
{
    co_await base::sleep(m_services.clock, sweepPause);
    const auto list = [](store::Reader &reader) { return reader.files().all(); };
    auto reading = m_services.store.read(list);
    auto places = co_await std::move(reading);
    if (!places)
        co_return;
    for (auto running = m_running.begin(); running != m_running.end();) {
        const auto isIt = [id = running->first](const std::pair<qint64, QString> &each) { return each.first == id; };
        const bool isGone = std::none_of(places->begin(), places->end(), isIt);
        running = isGone ? m_running.erase(running) : std::next(running);
    }
    const QString folder = m_services.filesFolder;
    const auto job = [folder, all = std::move(*places)] { sweepFolders(folder, all); };
    disk()->post(job);
}

} // namespace chat
