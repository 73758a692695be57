// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"

#include <QRandomGenerator>

#include <cstring>

namespace base {

QString Random::id()
{
    return QString::fromLatin1(bytes(16).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

quint32 Random::below(quint32 bound)
{
    quint64 value = 0;
    const QByteArray source = bytes(sizeof value);
    std::memcpy(&value, source.constData(), sizeof value);
    return quint32(value % bound); // 64 bits against 32: the bias is below 2^-32
}

QByteArray SystemRandom::bytes(int count)
{
    QByteArray result(count, Qt::Uninitialized);
    for (int at = 0; at < count; at += int(sizeof(quint32))) {
        const quint32 word = QRandomGenerator::system()->generate();
        std::memcpy(result.data() + at, &word, size_t(std::min<int>(sizeof word, count - at)));
    }
    return result;
}

} // namespace base
