// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/messageids.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace store::messageids {
namespace {

/// BLAKE2s, so that nobody can choose ids that fall together by the thousand.
qint64 digest(qint64 conversation, char space, const QString &scope, const QString &id)
{
    QByteArray text = QByteArray::number(conversation);
    text += space;
    text += scope.toUtf8();
    text += '\0';
    text += id.toUtf8();
    const QByteArray hash = QCryptographicHash::hash(text, QCryptographicHash::Blake2s_128);
    return qFromBigEndian<qint64>(hash.constData());
}

} // namespace

QString authorScope(bool outgoing, const Jid &author, bool inRoom)
{
    if (outgoing)
        return QStringLiteral(">");
    return inRoom ? author.toString() : author.bare().toString();
}

qint64 ofStanza(qint64 conversation, const QString &authorScope, const QString &id)
{
    return digest(conversation, 's', authorScope, id);
}

qint64 ofArchive(qint64 conversation, const QString &id)
{
    return digest(conversation, 'a', QString(), id);
}

} // namespace store::messageids
