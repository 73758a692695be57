// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/decoder.h"
#include "model/timeline.h"

#include <QCache>
#include <QHash>
#include <QObject>
#include <QPixmap>

#include <vector>

namespace ui {

/// The pictures of messages as they are drawn: decoded elsewhere (media::Decoder), one or two at a time, what is looked at
/// now first, and kept while there is room.
class Pictures : public QObject
{
    Q_OBJECT
public:
    static constexpr int mostKilobytes = 96 * 1024; ///< Of decoded pictures that are kept.
    static constexpr size_t mostAtOnce = 2;
    static constexpr size_t mostWaiting = 64; ///< What was asked for before that was scrolled away long ago.

    /// `decoderProgram`: as media::Decoder. `clock` outlives this.
    explicit Pictures(Clock &clock, const QString &decoderProgram = {});
    ~Pictures() override;

    /// The picture of a file, fitted into `room` (device pixels); until it is decoded another size of it, or its preview,
    /// or null. changed() follows where more comes.
    QPixmap find(const model::RowFile &file, const QSize &room);
    /// What is there of it at once, of any size; null where nothing is.
    QPixmap known(qint64 file) const;
    /// How large a picture is, in pixels; empty until it was decoded once.
    QSize sizeOf(qint64 file) const { return m_sizes.value(file); }
    media::Decoder &decoder() { return m_decoder; }

Q_SIGNALS:
    /// find() or sizeOf() give something else now.
    void changed(qint64 file);

private:
    struct Entry {
        QPixmap picture;
        QPixmap preview;
        QSize asked; ///< For what room the picture is.
        QString path;
        bool isFailed = false;
        bool isPreviewAsked = false;
    };
    struct Wish {
        qint64 file = 0;
        QString path; ///< Empty: the preview is wanted.
        QByteArray preview;
        QSize room;
    };
    Entry &entryFor(const model::RowFile &file);
    void want(Wish wish);
    void startNext();
    Task<void> decode(Wish wish);
    void take(const Wish &wish, const Result<media::Picture> &picture);

    media::Decoder m_decoder;
    QCache<qint64, Entry> m_entries;
    QHash<qint64, QSize> m_sizes;
    std::vector<Wish> m_wishes; ///< The last is the next.
    std::vector<qint64> m_running;
    Scope m_scope;
};

/// A decoded picture as Qt draws it: it shares the bytes, whatever its size.
QImage imageOf(const media::Picture &picture);
/// Likewise.
QPixmap pixmapOf(const media::Picture &picture);

} // namespace ui
