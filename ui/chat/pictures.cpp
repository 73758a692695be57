// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chat/pictures.h"

#include <algorithm>

namespace ui {

namespace {

constexpr int previewSide = 256;
constexpr int mostSizes = 20'000;

int kilobytes(const QPixmap &pixmap)
{
    return pixmap.isNull() ? 0 : int(qint64(pixmap.width()) * pixmap.height() * 4 / 1024);
}

} // namespace

QImage imageOf(const media::Picture &picture)
{
    // The image owns a reference to the bytes: nothing is copied, which a large picture would take too long for.
    auto *bytes = new QByteArray(picture.pixels);
    const auto release = [](void *owned) { delete static_cast<QByteArray *>(owned); };
    return QImage(reinterpret_cast<const uchar *>(bytes->constData()), picture.scaled.width(), picture.scaled.height(),
                  picture.stride, QImage::Format_ARGB32_Premultiplied, release, bytes);
}

QPixmap pixmapOf(const media::Picture &picture)
{
    return QPixmap::fromImage(imageOf(picture), Qt::NoOpaqueDetection);
}

Pictures::Pictures(Clock &clock, const QString &decoderProgram)
    : m_decoder(clock, decoderProgram), m_entries(mostKilobytes)
{
}

Pictures::~Pictures()
{
    m_scope.cancel();
}

Pictures::Entry &Pictures::entryFor(const model::RowFile &file)
{
    Entry *entry = m_entries.object(file.id);
    if (!entry) {
        entry = new Entry;
        m_entries.insert(file.id, entry, 1);
    }
    if (entry->path != file.path) {
        entry->path = file.path;
        entry->isFailed = false;
    }
    return *entry;
}

QPixmap Pictures::find(const model::RowFile &file, const QSize &room)
{
    if (file.id == 0 || room.isEmpty())
        return {};
    Entry &entry = entryFor(file);
    const bool isHere = file.place == model::FilePlace::Here || file.place == model::FilePlace::Waiting;
    if (isHere && !file.path.isEmpty() && !entry.isFailed && entry.asked != room)
        want({file.id, file.path, {}, room});
    if (!entry.picture.isNull())
        return entry.picture;
    if (!file.thumbnail.isEmpty() && !entry.isPreviewAsked) {
        entry.isPreviewAsked = true;
        want({file.id, {}, file.thumbnail, {previewSide, previewSide}});
    }
    return entry.preview;
}

QPixmap Pictures::known(qint64 file) const
{
    const Entry *entry = m_entries.object(file);
    return !entry ? QPixmap() : entry->picture.isNull() ? entry->preview : entry->picture;
}

void Pictures::want(Wish wish)
{
    if (std::find(m_running.cbegin(), m_running.cend(), wish.file) != m_running.cend() && !wish.path.isEmpty())
        return; // another size: when this one is here
    const auto isSame = [&wish](const Wish &each) {
        return each.file == wish.file && each.path.isEmpty() == wish.path.isEmpty();
    };
    m_wishes.erase(std::remove_if(m_wishes.begin(), m_wishes.end(), isSame), m_wishes.end());
    if (m_wishes.size() == mostWaiting) {
        if (Entry *dropped = m_entries.object(m_wishes.front().file))
            dropped->isPreviewAsked = false;
        m_wishes.erase(m_wishes.begin());
    }
    m_wishes.push_back(std::move(wish));
    // From the event loop: this is called while a view paints.
    QMetaObject::invokeMethod(this, &Pictures::startNext, Qt::QueuedConnection);
}

void Pictures::startNext()
{
    while (!m_wishes.empty() && m_running.size() < mostAtOnce) {
        Wish wish = std::move(m_wishes.back());
        m_wishes.pop_back();
        m_running.push_back(wish.file);
        m_scope.run(decode(std::move(wish)));
    }
}

Task<void> Pictures::decode(Wish wish)
{
    auto decoding =
        wish.path.isEmpty() ? m_decoder.picture(wish.preview, wish.room) : m_decoder.picture(wish.path, wish.room);
    const auto picture = co_await std::move(decoding);
    m_running.erase(std::find(m_running.begin(), m_running.end(), wish.file));
    take(wish, picture);
    startNext();
}

void Pictures::take(const Wish &wish, const Result<media::Picture> &picture)
{
    std::unique_ptr<Entry> entry(m_entries.take(wish.file));
    if (!entry)
        entry = std::make_unique<Entry>();
    if (wish.path.isEmpty()) {
        if (picture)
            entry->preview = pixmapOf(*picture);
    } else {
        entry->path = wish.path;
        entry->asked = wish.room;
        entry->isFailed = !picture;
        if (picture) {
            entry->picture = pixmapOf(*picture);
            if (m_sizes.size() >= mostSizes)
                m_sizes.clear();
            m_sizes.insert(wish.file, picture->size);
        }
    }
    const int cost = 1 + kilobytes(entry->picture) + kilobytes(entry->preview);
    m_entries.insert(wish.file, entry.release(), cost);
    Q_EMIT changed(wish.file);
}

} // namespace ui
