// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace media {

/// Numbers in bytes from outside. What is not there reads as 0; has() says whether it is.
class ImageBytes
{
public:
    explicit ImageBytes(QByteArrayView bytes) : m_bytes(bytes) { }

    qint64 size() const { return m_bytes.size(); }
    bool has(qint64 at, qint64 count) const
    {
        return at >= 0 && count >= 0 && at <= m_bytes.size() && count <= m_bytes.size() - at;
    }
    /// At most `count` bytes, less where less is there.
    QByteArrayView part(qint64 at, qint64 count) const
    {
        if (!has(at, 0) || count <= 0)
            return {};
        return m_bytes.sliced(qsizetype(at), qsizetype(qMin(count, size() - at)));
    }
    bool is(qint64 at, QByteArrayView text) const { return part(at, text.size()) == text; }

    quint8 byte(qint64 at) const { return has(at, 1) ? quint8(m_bytes[qsizetype(at)]) : quint8(0); }
    quint16 big16(qint64 at) const { return quint16(byte(at) << 8 | byte(at + 1)); }
    quint32 big32(qint64 at) const { return quint32(big16(at)) << 16 | big16(at + 2); }
    quint16 little16(qint64 at) const { return quint16(byte(at + 1) << 8 | byte(at)); }
    quint32 little24(qint64 at) const { return quint32(byte(at + 2)) << 16 | little16(at); }
    quint32 little32(qint64 at) const { return quint32(little16(at + 2)) << 16 | little16(at); }

private:
    QByteArrayView m_bytes;
};

} // namespace media
