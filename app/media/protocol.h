// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

/// What Balcony and balcony-decoder say to each other over the helper's standard input and output. The helper first says
/// that it is ready; then a job (its head and the picture's bytes), its answer (head and bytes), and so on, one at a time.
/// All numbers are big-endian; every length is known before its bytes come, and is bounded.
namespace media::protocol {

constexpr quint32 readyMark = 0x42444331; ///< "BDC1"; another version has another word.
constexpr quint32 mostInput = 64 * 1024 * 1024;
constexpr quint32 mostOutput = 64 * 1024 * 1024;
/// Pixels of an answer: what mostOutput holds.
constexpr qint64 mostScaledPixels = mostOutput / 4;

enum class Want : quint8 {
    Pixels = 1, ///< QImage::Format_ARGB32_Premultiplied, lines without gaps.
    Jpeg = 2,
    Png = 3,
    Auto = 4, ///< Png where something shows through, else Jpeg.
};

struct Job {
    static constexpr qsizetype size = 24;

    Want want = Want::Pixels;
    quint8 quality = 0;     ///< Of a JPEG, 1 to 100.
    quint32 width = 0;      ///< The room it has to fit into; 0: as large as it is.
    quint32 height = 0;     ///< As width.
    quint32 mostPixels = 0; ///< More are refused.
    quint32 mostBytes = 0;  ///< Of a JPEG, at the cost of its quality; 0: any.
    quint32 length = 0;     ///< Of the picture, whose bytes follow; at most mostInput.

    QByteArray bytes() const;
    /// Of `size` bytes; nothing where they make no sense.
    static std::optional<Job> read(QByteArrayView bytes);
};

enum class Status : quint8 { Done = 0, Unsupported = 1, Damaged = 2, TooLarge = 3, Undecodable = 4 };

struct Answer {
    static constexpr qsizetype size = 24;

    Status status = Status::Undecodable;
    bool isJpeg = false;    ///< Where it is encoded; else PNG.
    quint32 fullWidth = 0;  ///< As displayed, before it was scaled.
    quint32 fullHeight = 0; ///< As fullWidth.
    quint32 width = 0;      ///< Of what follows.
    quint32 height = 0;     ///< As width.
    quint32 length = 0;     ///< Of the bytes that follow; at most mostOutput.

    QByteArray bytes() const;
    /// As Job::read().
    static std::optional<Answer> read(QByteArrayView bytes);
};

/// readyMark as it is said.
QByteArray readyBytes();

} // namespace media::protocol
