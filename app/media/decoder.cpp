// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/decoder.h"

#include "media/helperprocess.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QPointer>

#include <algorithm>

namespace media {
namespace {

constexpr int worstQuality = 1, bestQuality = 100;

QString decoderProgram()
{
    const QString said = qEnvironmentVariable("BALCONY_DECODER");
    if (!said.isEmpty())
        return said;
    QString path = QCoreApplication::applicationDirPath() + QStringLiteral("/balcony-decoder");
#ifdef Q_OS_WIN
    path += QStringLiteral(".exe");
#endif
    return path;
}

protocol::Want wantOf(EncodeOptions::Format format)
{
    switch (format) {
    case EncodeOptions::Format::Jpeg: return protocol::Want::Jpeg;
    case EncodeOptions::Format::Png: return protocol::Want::Png;
    case EncodeOptions::Format::Auto: return protocol::Want::Auto;
    }
    Q_UNREACHABLE();
}

protocol::Job jobFor(protocol::Want want, QSize within, qint64 mostPixels)
{
    protocol::Job job;
    job.want = want;
    if (!within.isEmpty()) {
        job.width = quint32(within.width());
        job.height = quint32(within.height());
    }
    job.mostPixels = quint32(qBound<qint64>(1, mostPixels, mostPicturePixels));
    return job;
}

/// For the disk's thread. Only what is a file: a pipe would never end.
Result<QByteArray> readImageFile(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return fail(Error::Kind::Input, QStringLiteral("not-a-file"), QStringLiteral("There is no file %1.").arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error::Kind::Storage, QStringLiteral("file-unreadable"), file.errorString());
    QByteArray bytes = file.read(qint64(protocol::mostInput) + 1);
    if (file.error() != QFile::NoError)
        return fail(Error::Kind::Storage, QStringLiteral("file-unreadable"), file.errorString());
    return bytes;
}

} // namespace

/// A job from when it is asked for until its answer is there.
struct Decoder::Work {
    protocol::Job job;
    QString path; ///< Empty: `image` is given.
    QByteArray image;
    base::Later<Result<Reply>> done;
    bool isDropped = false;
    HelperProcess *helper = nullptr; ///< Which is at it.
};

struct Decoder::Loaded {
    QByteArray image;
    ImageHeader header;
};

struct Decoder::Reply {
    HelperReply made;
    bool animated = false;
};

/// In the frame of whoever waits: its end cancels what is not done.
class Decoder::Ticket
{
public:
    Ticket(Decoder *decoder, std::shared_ptr<Work> work) : m_decoder(decoder), m_work(std::move(work)) { }
    Ticket(const Ticket &) = delete;
    Ticket &operator=(const Ticket &) = delete;
    ~Ticket()
    {
        if (m_decoder)
            m_decoder->cancel(m_work);
    }

private:
    QPointer<Decoder> m_decoder;
    std::shared_ptr<Work> m_work;
};

Decoder::Decoder(Clock &clock, const QString &program, QObject *parent)
    : QObject(parent), m_clock(clock), m_program(program.isEmpty() ? decoderProgram() : program)
{
}

Decoder::~Decoder()
{
    m_scope.cancel();
}

Task<Result<Picture>> Decoder::picture(QString path, QSize within, qint64 mostPixels)
{
    const auto work = std::make_shared<Work>();
    work->job = jobFor(protocol::Want::Pixels, within, mostPixels);
    work->path = path;
    auto decoding = decode(work);
    co_return co_await std::move(decoding);
}

Task<Result<Picture>> Decoder::picture(QByteArray image, QSize within, qint64 mostPixels)
{
    const auto work = std::make_shared<Work>();
    work->job = jobFor(protocol::Want::Pixels, within, mostPixels);
    work->image = image;
    auto decoding = decode(work);
    co_return co_await std::move(decoding);
}

Task<Result<Encoded>> Decoder::encode(QString path, QSize within, EncodeOptions options)
{
    const auto work = std::make_shared<Work>();
    work->job = jobFor(wantOf(options.format), within, mostPicturePixels);
    work->path = path;
    auto coding = recode(work, options);
    co_return co_await std::move(coding);
}

Task<Result<Encoded>> Decoder::encode(QByteArray image, QSize within, EncodeOptions options)
{
    const auto work = std::make_shared<Work>();
    work->job = jobFor(wantOf(options.format), within, mostPicturePixels);
    work->image = image;
    auto coding = recode(work, options);
    co_return co_await std::move(coding);
}

Task<Result<Encoded>> Decoder::thumbnail(QString path)
{
    EncodeOptions options;
    options.quality = 75;
    options.format = EncodeOptions::Format::Jpeg;
    options.mostBytes = thumbnailBytes;
    auto coding = encode(path, QSize(thumbnailEdge, thumbnailEdge), options);
    co_return co_await std::move(coding);
}

Task<Result<Picture>> Decoder::decode(std::shared_ptr<Work> work)
{
    auto asking = ask(work);
    auto reply = co_await std::move(asking);
    if (!reply)
        co_return fail(reply.error());
    Picture picture;
    picture.size = reply->made.full;
    picture.scaled = reply->made.size;
    picture.stride = picture.scaled.width() * 4;
    picture.pixels = std::move(reply->made.bytes);
    picture.animated = reply->animated;
    co_return picture;
}

Task<Result<Encoded>> Decoder::recode(std::shared_ptr<Work> work, EncodeOptions options)
{
    work->job.quality = quint8(qBound(worstQuality, options.quality, bestQuality));
    work->job.mostBytes = options.mostBytes;
    auto asking = ask(work);
    auto reply = co_await std::move(asking);
    if (!reply)
        co_return fail(reply.error());
    // It goes out in our name: at least it is of the type and the size that it is said to be.
    const auto type = reply->made.isJpeg ? ImageType::Jpeg : ImageType::Png;
    const auto header = readImageHeader(reply->made.bytes);
    if (!header || header->type != type || header->size != reply->made.size)
        co_return fail(Error::Kind::Input, QStringLiteral("image-undecodable"),
                       QStringLiteral("The picture could not be made."));
    co_return Encoded{std::move(reply->made.bytes), mediaType(type), reply->made.size, reply->made.full};
}

Task<Result<Decoder::Reply>> Decoder::ask(std::shared_ptr<Work> work)
{
    const auto refused = enter(work);
    if (refused)
        co_return fail(*refused);
    const Ticket ticket(this, work);
    const auto done = work->done;
    co_return co_await done;
}

std::optional<Error> Decoder::enter(const std::shared_ptr<Work> &work)
{
    if (!QFileInfo(m_program).isExecutable())
        return Error{Error::Kind::Unsupported, QStringLiteral("no-decoder"),
                     QStringLiteral("The program that decodes pictures is missing: %1").arg(m_program)};
    if (m_waiting.size() >= mostWaiting)
        return Error{Error::Kind::Unsupported, QStringLiteral("decoder-busy"),
                     QStringLiteral("More than %1 pictures wait to be decoded.").arg(mostWaiting)};
    m_waiting.push_back(work);
    look();
    return std::nullopt;
}

void Decoder::look()
{
    while (!m_waiting.empty() && m_working < mostAtOnce) {
        const std::shared_ptr<Work> next = m_waiting.front();
        m_waiting.pop_front();
        ++m_working;
        m_scope.run(serve(next));
    }
}

void Decoder::cancel(const std::shared_ptr<Work> &work)
{
    work->isDropped = true;
    m_waiting.remove(work);
    if (work->helper)
        work->helper->hurry(cancelTime);
}

/// One job, in a scope of ours: who asked may go, the process has to be looked after all the same.
Task<void> Decoder::serve(std::shared_ptr<Work> work)
{
    auto loading = load(work);
    auto loaded = co_await std::move(loading);
    Result<Reply> result =
        fail(Error::Kind::Cancelled, QStringLiteral("closed"), QStringLiteral("Nobody waits for this picture."));
    if (!loaded) {
        result = fail(loaded.error());
    } else if (!work->isDropped) {
        const base::Later<HelperProcess::Reply> later;
        work->job.length = quint32(loaded->image.size());
        work->helper = freeHelper();
        work->helper->begin(work->job, loaded->image, later);
        loaded->image.clear();
        auto made = co_await later;
        work->helper = nullptr;
        if (made)
            result = Reply{std::move(*made), loaded->header.animated};
        else
            result = fail(made.error());
    }
    --m_working;
    look();
    work->done.set(std::move(result)); // the last: this may be gone behind it
}

Task<Result<Decoder::Loaded>> Decoder::load(std::shared_ptr<Work> work)
{
    if (work->isDropped)
        co_return Loaded{};
    Loaded loaded{work->image, {}};
    if (!work->path.isEmpty()) {
        if (!m_disk)
            m_disk = std::make_unique<Worker>(QStringLiteral("pictures"));
        const QString path = work->path;
        auto reading = m_disk->run([path] { return readImageFile(path); });
        auto bytes = co_await std::move(reading);
        if (!bytes)
            co_return fail(bytes.error());
        loaded.image = std::move(*bytes);
    }
    if (loaded.image.size() > qsizetype(protocol::mostInput))
        co_return fail(Error::Kind::Input, QStringLiteral("image-too-large"),
                       QStringLiteral("The picture has more than %1 bytes.").arg(protocol::mostInput));
    const auto header = readImageHeader(loaded.image, work->job.mostPixels);
    if (!header)
        co_return fail(header.error());
    loaded.header = *header;
    co_return loaded;
}

HelperProcess *Decoder::freeHelper()
{
    for (const auto &each : m_helpers) {
        if (each->isFree())
            return each.get();
    }
    m_helpers.push_back(
        std::make_unique<HelperProcess>(m_clock, m_program, HelperTimes{startDeadline, deadline, idleTime}));
    HelperProcess *helper = m_helpers.back().get();
    connect(
        helper, &HelperProcess::ended, this, [this, helper] { remove(helper); }, Qt::QueuedConnection);
    return helper;
}

void Decoder::remove(HelperProcess *helper)
{
    const auto found =
        std::find_if(m_helpers.begin(), m_helpers.end(), [helper](const auto &each) { return each.get() == helper; });
    if (found != m_helpers.end())
        m_helpers.erase(found);
}

} // namespace media
