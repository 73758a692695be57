// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoder/job.h"

#include "media/imageheader.h"

#include <QBuffer>
#include <QColorSpace>
#include <QImage>
#include <QImageReader>
#include <QImageWriter>
#include <QTransform>

namespace decoder {
namespace {

using namespace media;
using protocol::Status;
using protocol::Want;

constexpr int allocationLimit = 400; ///< MiB of one image: 50 Mpx with 16 bits a channel.

const char *formatName(ImageType type)
{
    switch (type) {
    case ImageType::Png: return "png";
    case ImageType::Jpeg: return "jpeg";
    case ImageType::Gif: return "gif";
    case ImageType::WebP: return "webp";
    }
    Q_UNREACHABLE();
}

Made failed(Status status)
{
    Made made;
    made.answer.status = status;
    return made;
}

Status statusOf(const Error &error)
{
    if (error.condition == u"image-type-unsupported")
        return Status::Unsupported;
    return error.condition == u"image-too-large" ? Status::TooLarge : Status::Damaged;
}

/// As EXIF's orientation wants it to be seen. Qt knows that of JPEG alone.
QImage turned(QImage image, int orientation)
{
    // The left becomes the right, or the top the bottom; then a turn to the right.
    if (orientation == 2 || orientation == 5 || orientation == 7)
        image = std::move(image).mirrored(true, false);
    else if (orientation == 4)
        image = std::move(image).mirrored(false, true);
    int degrees = 0;
    if (orientation == 3)
        degrees = 180;
    else if (orientation == 6 || orientation == 7)
        degrees = 90;
    else if (orientation == 5 || orientation == 8)
        degrees = 270;
    return degrees == 0 ? image : image.transformed(QTransform().rotate(degrees));
}

bool isOpaque(const QImage &image)
{
    for (int y = 0; y < image.height(); ++y) {
        const QRgb *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            if (qAlpha(line[x]) != 255)
                return false;
        }
    }
    return true;
}

/// The room for the answer: what was asked, and for pixels what an answer holds.
QSize targetOf(const protocol::Job &job, QSize full)
{
    constexpr quint32 mostOfSide = 1 << 30;
    const QSize within(int(qMin(job.width, mostOfSide)), int(qMin(job.height, mostOfSide)));
    const qint64 most = job.want == Want::Pixels ? protocol::mostScaledPixels : qint64(job.mostPixels);
    return scaledDown(full, within, qMin<qint64>(most, job.mostPixels));
}

struct Decoded {
    Status status = Status::Undecodable;
    QSize full;
    QImage image{}; ///< ARGB32_Premultiplied, sRGB, of the size that is wanted.
};

Decoded decode(const protocol::Job &job, QByteArray &bytes)
{
    const auto header = readImageHeader(bytes, job.mostPixels);
    if (!header)
        return {statusOf(header.error()), {}};
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader;
    reader.setAutoDetectImageFormat(false); // or it asks every plug-in there is
    reader.setDevice(&buffer);
    reader.setFormat(formatName(header->type));
    reader.setAutoTransform(false);
    if (!reader.canRead())
        return {reader.error() == QImageReader::UnsupportedFormatError ? Status::Unsupported : Status::Undecodable, {}};
    const bool isTurned = header->orientation > 4;
    QSize full = reader.size().isEmpty() ? header->size : isTurned ? reader.size().transposed() : reader.size();
    if (qint64(full.width()) * full.height() > job.mostPixels)
        return {Status::TooLarge, {}};
    const QSize target = targetOf(job, full);
    if (target != full)
        reader.setScaledSize(isTurned ? target.transposed() : target);
    QImage image = reader.read();
    if (image.isNull())
        return {Status::Undecodable, {}};
    image = turned(std::move(image), header->orientation);
    // A GIF's frame may be another size than its header says.
    if (image.size() != target)
        image = image.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QColorSpace colours = image.colorSpace();
    if (colours.isValid() && colours != QColorSpace(QColorSpace::SRgb))
        image.convertToColorSpace(QColorSpace(QColorSpace::SRgb));
    image.convertTo(QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return {Status::Undecodable, {}};
    return {Status::Done, full, std::move(image)};
}

QByteArray encoded(const QImage &image, const char *format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.setQuality(quality);
    if (qstrcmp(format, "jpeg") == 0)
        writer.setOptimizedWrite(true);
    return writer.write(image) ? bytes : QByteArray();
}

/// On white where something shows through. Loses quality until it fits.
QByteArray encodedJpeg(const QImage &image, const protocol::Job &job)
{
    constexpr int step = 15, worst = 15;
    QImage opaque(image.size(), QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        const QRgb *from = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        QRgb *to = reinterpret_cast<QRgb *>(opaque.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const int white = 255 - qAlpha(from[x]);
            to[x] = qRgb(qMin(qRed(from[x]) + white, 255), qMin(qGreen(from[x]) + white, 255),
                         qMin(qBlue(from[x]) + white, 255));
        }
    }
    int quality = qBound(1, int(job.quality), 100);
    QByteArray bytes = encoded(opaque, "jpeg", quality);
    while (job.mostBytes > 0 && bytes.size() > qsizetype(job.mostBytes) && quality > worst) {
        quality = qMax(worst, quality - step);
        bytes = encoded(opaque, "jpeg", quality);
    }
    return bytes;
}

} // namespace

void prepare()
{
    QImageReader::setAllocationLimit(allocationLimit);
    QImage small(4, 4, QImage::Format_ARGB32_Premultiplied);
    small.fill(0xffffffff);
    for (const char *format : {"png", "jpeg"}) {
        protocol::Job job;
        job.mostPixels = 16;
        QByteArray bytes = encoded(small, format, 90);
        decode(job, bytes);
    }
    // Their plug-ins are loaded before they look at anything.
    for (const char *format : {"gif", "webp"}) {
        QBuffer nothing;
        nothing.open(QIODevice::ReadOnly);
        QImageReader reader;
        reader.setAutoDetectImageFormat(false);
        reader.setDevice(&nothing);
        reader.setFormat(format);
        reader.canRead();
    }
}

Made make(const protocol::Job &job, QByteArray image)
{
    Decoded decoded = decode(job, image);
    image.clear();
    if (decoded.status != Status::Done)
        return failed(decoded.status);
    // The same pixels without what Qt read beside them: texts, resolution, profile.
    const QImage plain(decoded.image.constBits(), decoded.image.width(), decoded.image.height(),
                       decoded.image.bytesPerLine(), decoded.image.format());
    Made made;
    if (job.want == Want::Pixels) {
        made.bytes = QByteArray(reinterpret_cast<const char *>(plain.constBits()), plain.sizeInBytes());
    } else {
        made.answer.isJpeg = job.want == Want::Jpeg || (job.want == Want::Auto && isOpaque(plain));
        made.bytes = made.answer.isJpeg ? encodedJpeg(plain, job) : encoded(plain, "png", -1);
    }
    if (made.bytes.isEmpty() || made.bytes.size() > qsizetype(protocol::mostOutput))
        return failed(Status::Undecodable);
    made.answer.status = Status::Done;
    made.answer.fullWidth = quint32(decoded.full.width());
    made.answer.fullHeight = quint32(decoded.full.height());
    made.answer.width = quint32(plain.width());
    made.answer.height = quint32(plain.height());
    made.answer.length = quint32(made.bytes.size());
    return made;
}

} // namespace decoder
