// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/uploads.h"

#include "chat/conversations.h"
#include "chat/filenames.h"
#include "chat/filestanzas.h"
#include "chat/outbox.h"
#include "chat/picturefiles.h"
#include "xml/writer.h"

namespace chat {
namespace {

using namespace std::chrono_literals;

constexpr qsizetype longestCaption = 64 * 1024;
constexpr size_t mostItems = 50; // of a server, asked whether they take files
constexpr std::chrono::seconds uploadStoreRetry{10};
/// After a failure that may pass.
constexpr std::array<std::chrono::seconds, 3> uploadPauses{2s, 10s, 60s};

/// What another try may mend.
bool mayPass(const Error &error)
{
    if (error.kind == Error::Kind::Stanza)
        return error.condition == u"resource-constraint" || error.condition == u"internal-server-error"
            || error.condition == u"remote-server-timeout";
    return error.kind == Error::Kind::Network || error.kind == Error::Kind::Timeout;
}

Error tooLarge(qint64 most)
{
    return {Error::Kind::Protocol, QStringLiteral("file-too-large"),
            QStringLiteral("The server takes files of at most %1 bytes.").arg(most)};
}

Error noService()
{
    return {Error::Kind::Unsupported, QStringLiteral("no-upload-service"),
            QStringLiteral("The server has no service that takes files.")};
}

} // namespace

Uploads::Uploads(Services &services, xmpp::Client &client, xep::Extensions &extensions, Outbox &outbox,
                 Conversations &conversations, const Jid &account)
    : m_services(services), m_client(client), m_extensions(extensions), m_outbox(outbox),
      m_conversations(conversations), m_account(account)
{
    connect(&conversations, &Conversations::messageRemoved, this, [this](qint64, qint64 key) { forget(key); });
    connect(&conversations, &Conversations::messageChanged, this, [this](const store::Message &message) {
        // One that had failed and waits again.
        if (message.outgoing && message.hasFiles && message.state == store::MessageState::Queued)
            look();
    });
}

Uploads::~Uploads()
{
    m_conversations.disconnect(this);
    m_scope.cancel();
    m_running.clear();
}

Worker *Uploads::disk()
{
    if (!m_disk)
        m_disk = std::make_unique<Worker>(QStringLiteral("uploads"));
    return m_disk.get();
}

/// For one file that is kept with its message.
QString Uploads::newFolder() const
{
    return m_services.filesFolder + u'/' + keptFolder() + m_client.random().id();
}

Task<Result<QString>> Uploads::keep(QString name, QByteArray bytes)
{
    if (!m_services.http || m_services.filesFolder.isEmpty())
        co_return fail(noService());
    auto keeping = keepBytes(disk(), newFolder(), filenames::safe(name), std::move(bytes));
    auto path = co_await std::move(keeping);
    co_return path;
}

Task<Result<store::Message>> Uploads::send(Draft draft)
{
    if (!m_services.http)
        co_return fail(noService());
    if (draft.to.isNull())
        co_return fail(Error::Kind::Input, QStringLiteral("jid-malformed"),
                       QStringLiteral("The file has no address to go to."));
    if (draft.caption.size() > longestCaption)
        co_return fail(Error::Kind::Input, QStringLiteral("message-too-large"),
                       QStringLiteral("The caption is longer than %1 characters.").arg(longestCaption));
    auto looking = DiskReader::look(disk(), draft.path);
    const auto facts = co_await std::move(looking);
    if (!facts)
        co_return fail(facts.error());
    store::File file;
    file.state = store::FileState::Waiting;
    file.name = filenames::safe(facts->name);
    file.type = facts->type;
    file.size = facts->size;
    file.path = draft.path;
    if (!m_services.filesFolder.isEmpty()) {
        auto cleaning = picturefiles::clean(disk(), draft.path, newFolder());
        const auto picture = co_await std::move(cleaning);
        if (!picture)
            co_return fail(picture.error());
        if (*picture) {
            file.path = (*picture)->path;
            file.size = (*picture)->size;
            file.payload = filestanzas::describePicture((*picture)->pixels);
        }
    }
    filejobs::StoreUpload job{m_account, draft.to, {}};
    store::NewMessage &row = job.message;
    row.outgoing = true;
    row.author = m_account;
    row.body = xml::cleanText(draft.caption).trimmed();
    if (row.body.isEmpty())
        row.body = file.name;
    row.time = m_client.clock().now();
    row.state = store::MessageState::Queued;
    row.stanzaId = draft.id.isEmpty() ? m_client.random().id() : xml::cleanText(draft.id);
    row.originId = row.stanzaId;
    row.files.push_back(std::move(file));
    auto writing = m_services.store.write(std::move(job));
    auto stored = co_await std::move(writing);
    if (!stored)
        co_return fail(stored.error());
    m_conversations.take(std::move(stored->conversation));
    m_conversations.announceMessage(stored->message);
    m_waiting.insert(stored->message.key);
    m_outbox.countAgain();
    look();
    co_return std::move(stored->message);
}

void Uploads::begin()
{
    m_service.reset();
    look();
}

void Uploads::stop()
{
    m_running.clear();
}

void Uploads::look()
{
    if (m_services.http && m_client.isOnline() && m_running.size() < mostAtOnce)
        m_scope.run(takeWaiting());
}

Task<void> Uploads::takeWaiting()
{
    filejobs::ReadUploads job{m_account};
    auto reading = m_services.store.read(std::move(job));
    const auto waiting = co_await std::move(reading);
    if (!waiting)
        co_return;
    for (const filejobs::Upload &each : *waiting)
        m_waiting.insert(each.message.key);
    for (const filejobs::Upload &each : *waiting) {
        if (m_running.size() >= mostAtOnce || !m_client.isOnline())
            break;
        if (m_running.count(each.file.id) != 0)
            continue;
        Running &running = m_running[each.file.id];
        running.message = each.message.key;
        running.scope = std::make_unique<Scope>();
        running.scope->run(upload(each));
    }
}

/// Until it is there, or will not get there; or the stream is gone, and the next one begins it anew.
Task<void> Uploads::upload(filejobs::Upload job)
{
    for (size_t tries = 0;; ++tries) {
        auto trying = attempt(job);
        const Attempt done = co_await std::move(trying);
        if (done.file) {
            job.file = *done.file;
            auto keeping = keep(job);
            co_await std::move(keeping);
            break;
        }
        if (!m_client.isOnline())
            break;
        auto pause = tries < uploadPauses.size() ? std::chrono::milliseconds(uploadPauses[tries]) : 0ms;
        bool again = mayPass(done.file.error()) && tries < uploadPauses.size();
        if (done.retry.isValid()) {
            pause = std::chrono::milliseconds(std::max<qint64>(1000, m_client.clock().now().msecsTo(done.retry)));
            again = pause <= longestPause && tries < uploadPauses.size();
        }
        if (!again) {
            auto giving = giveUp(job, done.file.error());
            co_await std::move(giving);
            break;
        }
        co_await base::sleep(m_client.clock(), pause);
    }
    end(job.file.id);
}

/// One slot, one PUT.
Task<Uploads::Attempt> Uploads::attempt(filejobs::Upload job)
{
    store::File &file = job.file;
    auto opening = DiskReader::open(disk(), file.path);
    const auto reader = co_await std::move(opening);
    if (!reader)
        co_return Attempt{fail(reader.error())};
    file.size = (*reader)->facts().size;
    file.type = (*reader)->facts().type;
    auto finding = findService();
    const auto service = co_await std::move(finding);
    if (!service)
        co_return Attempt{fail(service.error())};
    if (service->largestFile && *file.size > *service->largestFile)
        co_return Attempt{fail(tooLarge(*service->largestFile))};
    auto asking = m_extensions.upload.request(service->jid, file.name, *file.size, file.type);
    const auto answer = co_await std::move(asking);
    if (answer.largestFile)
        co_return Attempt{fail(tooLarge(*answer.largestFile))};
    if (!answer.slot)
        co_return Attempt{fail(answer.slot.error()), answer.retry};
    auto putting = put(file, *answer.slot, reader->get());
    const auto done = co_await std::move(putting);
    if (!done)
        co_return Attempt{fail(done.error())};
    file.url = answer.slot->get.toString(QUrl::FullyEncoded);
    file.hashName = QStringLiteral("sha-256");
    file.hash = (*reader)->hash();
    file.state = store::FileState::Here;
    co_return Attempt{file};
}

Task<Result<>> Uploads::put(store::File file, xep::HttpUpload::Slot slot, DiskReader *reader)
{
    net::HttpRequest request;
    request.url = slot.put;
    request.size = *file.size;
    request.publicOnly = false; // our own server says where
    request.headers.push_back({"Content-Type", file.type.toLatin1()});
    for (const xep::HttpUpload::Header &header : slot.headers)
        request.headers.push_back({header.name, header.value});
    if (m_proxy)
        request.proxy = m_proxy();
    request.progress = [this, key = file.message, id = file.id, last = qint64(-1)](qint64 done, qint64 total) mutable {
        if (done != last)
            Q_EMIT progress(key, id, done, total);
        last = done;
    };
    auto putting = m_services.http->put(std::move(request), reader);
    co_return co_await std::move(putting);
}

/// The server itself, or one of what belongs to it (XEP-0363 3).
Task<Result<Uploads::Service>> Uploads::findService()
{
    if (m_service)
        co_return *m_service;
    const Jid server = *Jid::make(QString(), m_account.domain());
    auto listing = m_extensions.disco.items(server);
    const auto items = co_await std::move(listing);
    if (!items && items.error().kind != Error::Kind::Stanza)
        co_return fail(items.error());
    std::vector<Jid> all{server};
    for (const xep::DiscoItem &item : items ? items->items : std::vector<xep::DiscoItem>()) {
        if (item.node.isEmpty() && item.jid.isDomain() && all.size() <= mostItems)
            all.push_back(item.jid);
    }
    for (const Jid &each : all) {
        auto asking = m_extensions.disco.info(each);
        const auto info = co_await std::move(asking);
        if (!info && !m_client.isOnline())
            co_return fail(info.error());
        const auto service = info ? xep::HttpUpload::Service::of(*info) : std::nullopt;
        if (!service)
            continue;
        m_service = Service{each, service->largestFile};
        co_return *m_service;
    }
    co_return fail(noService());
}

/// The file is with the server; only our own note of it may have to wait for the disk.
Task<void> Uploads::keep(filejobs::Upload job)
{
    for (;;) {
        filejobs::FinishUpload finish{job};
        auto writing = m_services.store.write(std::move(finish));
        const auto message = co_await std::move(writing);
        if (message) {
            announce(*message);
            break;
        }
        co_await base::sleep(m_client.clock(), uploadStoreRetry);
    }
}

Task<void> Uploads::giveUp(filejobs::Upload job, Error why)
{
    for (;;) {
        filejobs::FailUpload failing{job, why, m_client.clock().now()};
        auto writing = m_services.store.write(std::move(failing));
        const auto message = co_await std::move(writing);
        if (message) {
            if (*message)
                tellFailed(**message);
            break;
        }
        co_await base::sleep(m_client.clock(), uploadStoreRetry);
    }
}

void Uploads::tellFailed(const store::Message &message)
{
    m_waiting.erase(message.key);
    m_conversations.announceChange(message);
    m_scope.run(m_conversations.refresh(message.conversation));
    m_outbox.look();
}

void Uploads::announce(const std::optional<store::Message> &message)
{
    if (!message)
        return;
    m_waiting.erase(message->key);
    m_conversations.announceEdit(*message);
    m_scope.run(m_conversations.refresh(message->conversation));
    m_outbox.look();
}

/// From the event loop: it is called by what it ends.
void Uploads::end(qint64 file)
{
    const auto drop = [this, file] {
        m_running.erase(file);
        look();
    };
    QMetaObject::invokeMethod(this, drop, Qt::QueuedConnection);
}

/// It was taken back: what is behind it may go.
void Uploads::forget(qint64 message)
{
    if (m_waiting.erase(message) == 0)
        return;
    for (auto running = m_running.begin(); running != m_running.end(); ++running) {
        if (running->second.message == message) {
            m_running.erase(running);
            break;
        }
    }
    m_outbox.look();
    look();
}

} // namespace chat
