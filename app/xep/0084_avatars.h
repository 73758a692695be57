// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0060_pubsub.h"
#include "xml/describe.h"

namespace xep {

/// The picture itself, in the node urn:xmpp:avatar:data (XEP-0084 3.1).
struct AvatarData {
    QByteArray bytes;

    static QString node() { return QStringLiteral("urn:xmpp:avatar:data"); }
};
constexpr auto describe(xml::Type<AvatarData>)
{
    return xml::element("data", "urn:xmpp:avatar:data", xml::text(&AvatarData::bytes));
}

/// One form of the picture (XEP-0084 4.2.1).
struct AvatarInfo {
    quint32 bytes = 0; ///< How many it has.
    QString id;        ///< SHA-1 of them, in hexadecimal; the item's name in the data node, too.
    QString type;      ///< Media type.
    QString url;       ///< Null: it is in the data node.
    std::optional<quint16> width;
    std::optional<quint16> height;

    /// Of a picture of ours.
    static AvatarInfo of(const QByteArray &picture, const QString &type);
};
constexpr auto describe(xml::Type<AvatarInfo>)
{
    return xml::element("info", "urn:xmpp:avatar:metadata", xml::required(xml::attribute("bytes", &AvatarInfo::bytes)),
                        xml::required(xml::attribute("id", &AvatarInfo::id)),
                        xml::required(xml::attribute("type", &AvatarInfo::type)),
                        xml::attribute("url", &AvatarInfo::url), xml::attribute("width", &AvatarInfo::width),
                        xml::attribute("height", &AvatarInfo::height));
}

/// What picture somebody has now, in the node urn:xmpp:avatar:metadata; none: no picture (XEP-0084 3.5).
struct AvatarMetadata {
    static constexpr quint32 mostBytes = 1024 * 1024; ///< Of a picture; a larger one is not looked at.
    static constexpr size_t mostForms = 16;           ///< What is beyond is left out.

    std::vector<AvatarInfo> forms;

    static QString node() { return QStringLiteral("urn:xmpp:avatar:metadata"); }
    /// The one to take from the data node: PNG, which all must have, else the smallest. Null where there is none, or none
    /// of mostBytes at most. Owned by this.
    const AvatarInfo *inNode() const;
};
constexpr auto describe(xml::Type<AvatarMetadata>)
{
    return xml::element("metadata", "urn:xmpp:avatar:metadata", xml::children(&AvatarMetadata::forms));
}

/// SHA-1 in hexadecimal, lower case: what a picture is called (XEP-0084 4.2.1, XEP-0153 3.1).
QString avatarId(const QByteArray &picture);
/// `text` as such a name: lower case; null where it is none.
QString avatarIdOf(const QString &text);
/// Whether these bytes are the picture that `info` tells of: as many as it says and no more than may be, and with its
/// name. It says nothing of whether they are a picture at all.
bool isAvatar(const QByteArray &picture, const AvatarInfo &info);

/// Hears what pictures contacts and our own account have, fetches them, and publishes ours (XEP-0084). Pictures that are
/// to be had from web servers alone are not fetched: their owner would learn where we are.
class Avatars : public xmpp::Extension
{
    Q_OBJECT
public:
    explicit Avatars(Pubsub &pubsub);

    QStringList features() const override { return {AvatarMetadata::node() + QStringLiteral("+notify")}; }

    /// The picture that `info` tells of, from the data node of `owner`, a bare address. Errors: as Pubsub::item(); Protocol
    /// `avatar-wrong` where what came is not it.
    Task<Result<QByteArray>> picture(Jid owner, AvatarInfo info);
    /// Makes `picture` ours: the data, then what tells of it (XEP-0084 3.2). Errors: as Pubsub::publishShared().
    Task<Result<>> publish(QByteArray picture, AvatarInfo info);
    /// We have no picture any more (XEP-0084 3.5). Errors: as Pubsub::publishShared().
    Task<Result<>> disable();

Q_SIGNALS:
    /// The account `owner` (bare), which may be ours, says what picture it has.
    void told(const Jid &owner, const xep::AvatarMetadata &metadata);

private:
    void take(const xmpp::Incoming &from, const std::vector<Pubsub::Item> &items);

    Pubsub &m_pubsub;
};

/// Protocol `avatar-wrong`: what came from `owner` is not the picture that was promised.
Error wrongAvatar(const Jid &owner);

} // namespace xep
