// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"
#include "store/sqlite.h"

#include <optional>
#include <vector>

namespace store {

// The numbers are in the files of users: never change one, only add.

/// Where it was learned who has which picture, and where that is to be had.
enum class AvatarSource {
    Published = 0, ///< A node of its owner (XEP-0084).
    VCard = 1,     ///< Its owner's vCard, told by a presence (XEP-0153).
    Both = 2,      ///< Our own: we put it in both places.
};

/// Which picture somebody has.
struct AvatarOwner {
    Jid jid;           ///< Bare.
    QString id;        ///< SHA-1 of the picture, in hexadecimal, lower case.
    quint32 bytes = 0; ///< How many it is said to have; 0: not said.
    AvatarSource source = AvatarSource::Published;

    friend bool operator==(const AvatarOwner &, const AvatarOwner &) = default;
};

/// Pictures of persons by their names, each once, and who has which. All of it can be fetched again. Reads are const.
class Avatars
{
public:
    static constexpr int mostPictures = 2000;
    static constexpr qint64 mostBytes = 64 << 20; ///< Of all pictures.
    static constexpr int daysWithoutOwner = 30;   ///< What nobody has any more is dropped then.

    explicit Avatars(Database &database) : m_database(database) { }

    /// Keeps a picture, which came `now`, and sweeps.
    Result<> keep(const QString &id, const QByteArray &picture, const QDateTime &now);
    /// Drops what nobody has for long, and what is beyond the bounds: that which nobody has first, then the oldest.
    Result<> sweep(const QDateTime &now, int pictures = mostPictures, qint64 bytes = mostBytes);
    /// Says who has which from now on. The account must be stored.
    Result<> setOwner(const Jid &account, const AvatarOwner &owner);
    /// They have none. No error where they had none.
    Result<> removeOwner(const Jid &account, const Jid &jid);

    /// Nothing where it is not kept.
    Result<std::optional<QByteArray>> picture(const QString &id) const;
    Result<std::vector<AvatarOwner>> owners(const Jid &account) const;
    /// Of all that are kept.
    Result<int> count() const;

private:
    Database &m_database;
};

} // namespace store
