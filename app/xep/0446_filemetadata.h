// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0264_thumbnails.h"
#include "xep/0300_hashes.h"
#include "xmpp/ns.h"

namespace xep {

/// What a file is, in the words of one language.
struct FileDescription {
    QString text;
    QString language; ///< xml:lang
};
constexpr auto describe(xml::Type<FileDescription>)
{
    return xml::element("desc", "urn:xmpp:file:metadata:0",
                        xml::attribute("lang", &FileDescription::language, xmpp::ns::xml),
                        xml::text(&FileDescription::text));
}

/// What is said of a file before anybody has it (XEP-0446). All of it is a claim: sizes for a picture on the screen,
/// never for memory; the name for a label, never for a path (XEP-0446 3).
struct FileMetadata {
    static constexpr quint32 mostPixels = 65535;                    ///< A side that claims more is none.
    static constexpr qint64 longestLength = 1000LL * 3600 * 24 * 7; ///< Milliseconds; what claims more is none.

    QString type; ///< Media type; null: not said.
    QString name;
    QString date;   ///< As it came; modified() reads it.
    QString size;   ///< As it came; bytes() reads it.
    QString width;  ///< As it came; dimensions() reads it.
    QString height; ///< As it came.
    QString length; ///< As it came; duration() reads it.
    std::vector<Hash> hashes;
    std::vector<FileDescription> descriptions;
    std::vector<Thumbnail> thumbnails;

    /// When the file was changed last; invalid: not said.
    QDateTime modified() const { return xml::Value<QDateTime>::parse(date).value_or(QDateTime()); }
    /// Bytes; nothing where no size is said.
    std::optional<qint64> bytes() const;
    /// Width and height in pixels; nothing unless both are said and neither is 0.
    std::optional<std::pair<int, int>> dimensions() const;
    /// Of a sound or a film; nothing where none is said.
    std::optional<std::chrono::milliseconds> duration() const;
    /// In this language, else in none, else the first; null where there is none.
    QString description(const QString &language = {}) const;

    void setBytes(qint64 bytes) { size = QString::number(bytes); }
    void setDimensions(int wide, int high);
    void setDuration(std::chrono::milliseconds time) { length = QString::number(time.count()); }
    void setModified(const QDateTime &time) { date = xml::Value<QDateTime>::text(time); }
};
constexpr auto describe(xml::Type<FileMetadata>)
{
    return xml::element("file", "urn:xmpp:file:metadata:0", xml::textChild("media-type", &FileMetadata::type),
                        xml::textChild("name", &FileMetadata::name), xml::textChild("date", &FileMetadata::date),
                        xml::textChild("size", &FileMetadata::size), xml::textChild("width", &FileMetadata::width),
                        xml::textChild("height", &FileMetadata::height),
                        xml::textChild("length", &FileMetadata::length), xml::children(&FileMetadata::hashes),
                        xml::children(&FileMetadata::descriptions), xml::children(&FileMetadata::thumbnails));
}

} // namespace xep
