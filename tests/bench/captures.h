// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <random>

/// Streams and messages as a client meets them, made from a fixed seed: the same bytes at each run and on each machine.
namespace bench {

enum class Kind {
    Presence, ///< Mostly of rooms: occupant-id, muc#user, caps, vcard-update, idle, status; about 530 bytes each.
    Muc,      ///< Room messages: text (a fifth Chinese), replies, reactions, chat states; about 670 bytes each.
    Mam,      ///< Archive results with an OMEMO message for eight devices; about 2,370 bytes each.
};
inline constexpr Kind allKinds[] = {Kind::Presence, Kind::Muc, Kind::Mam};

QString nameOf(Kind kind);
/// The opening tag of the stream that all captures go on.
QByteArray streamHeader();
/// `count` stanzas one after the other, without the stream header.
QByteArray capture(Kind kind, int count);
/// The answer to a roster request, with `items` contacts.
QByteArray rosterAnswer(int items);

/// Words and sentences with the frequencies of real talk: few words often, most words seldom.
class Speech
{
public:
    explicit Speech(quint32 seed) : m_random(seed) { }

    /// A message: four of five in English, one in Chinese; about 70 bytes of UTF-8.
    QString message();
    QString english(int words);
    QString chinese(int words);
    QString base64(int bytes);
    quint32 below(quint32 limit) { return quint32(m_random() % limit); }
    /// In [0, 1), equal on each machine.
    double fraction() { return double(m_random()) / 4294967296.0; }

private:
    QString word();

    std::mt19937 m_random;
};

} // namespace bench
