// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/worker.h"
#include "media/imageheader.h"

#include <QObject>

#include <list>

namespace media {

class HelperProcess;

/// A picture, ready to be drawn.
struct Picture {
    QSize size;            ///< Of the picture itself, as displayed.
    QSize scaled;          ///< Of `pixels`.
    int stride = 0;        ///< Bytes of a line.
    QByteArray pixels;     ///< QImage::Format_ARGB32_Premultiplied, in sRGB.
    bool animated = false; ///< There are more frames than this first one.
};

/// A picture as a file's content, without any metadata.
struct Encoded {
    QByteArray bytes;
    QString type; ///< `image/jpeg` or `image/png`.
    QSize size;
    QSize original; ///< Of what it was made from, as displayed.
};

struct EncodeOptions {
    enum class Format { Jpeg, Png, Auto };
    int quality = 85;             ///< Of a JPEG, 1 to 100.
    Format format = Format::Auto; ///< Auto: PNG where something shows through, else JPEG. A JPEG is on white.
    quint32 mostBytes = 0; ///< A JPEG loses quality to stay below; 0: any size. Where that does not help, it is larger.
};

/// Decodes pictures of others, which is never done in this process: balcony-decoder does it, a program that can reach
/// nothing, has little memory and time, and may crash. It is started when it is needed, used
/// again, and ended when nothing came for a while. Never blocks; on one thread. Dropping a task cancels its job; tasks of a
/// Decoder that is gone never go on.
///
/// Errors of all tasks: Unsupported `no-decoder` (the program is missing) and `decoder-busy` (too much waits);
/// Input `not-a-file`, `image-type-unsupported`, `image-damaged`, `image-too-large` (pixels, or more than 64 MiB),
/// `image-undecodable`; Timeout `image-undecodable`; Storage `file-unreadable`.
class Decoder : public QObject
{
    Q_OBJECT
public:
    static constexpr size_t mostAtOnce = 2;
    static constexpr size_t mostWaiting = 256;
    static constexpr std::chrono::seconds deadline{5};       ///< Of a job, from when the program has begun it.
    static constexpr std::chrono::seconds startDeadline{15}; ///< Until the program is ready.
    static constexpr std::chrono::seconds idleTime{30};
    static constexpr std::chrono::milliseconds cancelTime{500}; ///< What a job that nobody waits for still gets.
    static constexpr int thumbnailEdge = 128;                   ///< Pixels.
    static constexpr quint32 thumbnailBytes = 6 * 1024;

    /// `program`: the helper; empty: what BALCONY_DECODER says, else balcony-decoder beside this program. `clock` has to
    /// live longer.
    explicit Decoder(Clock &clock, const QString &program = {}, QObject *parent = nullptr);
    ~Decoder() override;

    /// The first frame, turned as it is meant to be, to fit into `within` (pixels) and 16 Mpx; never larger than it is.
    Task<Result<Picture>> picture(QString path, QSize within, qint64 mostPixels = mostPicturePixels);
    /// The same from memory.
    Task<Result<Picture>> picture(QByteArray image, QSize within, qint64 mostPixels = mostPicturePixels);
    /// The first frame as a new file's content, to fit into `within`; where that is empty, as large as it is.
    Task<Result<Encoded>> encode(QString path, QSize within, EncodeOptions options = {});
    Task<Result<Encoded>> encode(QByteArray image, QSize within, EncodeOptions options = {});
    /// A JPEG of at most thumbnailEdge and, where that can be, thumbnailBytes (XEP-0264).
    Task<Result<Encoded>> thumbnail(QString path);

    /// Jobs that wait for their turn.
    size_t waiting() const { return m_waiting.size(); }
    /// Programs that run.
    size_t processes() const { return m_helpers.size(); }

private:
    struct Work;
    struct Loaded;
    struct Reply;
    class Ticket;
    friend class HelperProcess;

    Task<Result<Picture>> decode(std::shared_ptr<Work> work);
    Task<Result<Encoded>> recode(std::shared_ptr<Work> work, EncodeOptions options);
    Task<Result<Reply>> ask(std::shared_ptr<Work> work);
    Task<void> serve(std::shared_ptr<Work> work);
    Task<Result<Loaded>> load(std::shared_ptr<Work> work);
    std::optional<Error> enter(const std::shared_ptr<Work> &work);
    void look();
    void cancel(const std::shared_ptr<Work> &work);
    HelperProcess *freeHelper();
    void remove(HelperProcess *helper);

    Clock &m_clock;
    QString m_program;
    std::unique_ptr<Worker> m_disk; ///< Made when it is needed.
    std::vector<std::unique_ptr<HelperProcess>> m_helpers;
    std::list<std::shared_ptr<Work>> m_waiting;
    size_t m_working = 0;
    Scope m_scope;
};

} // namespace media
