// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/values.h"
#include "fuzz/fuzz.h"

namespace {

/// Total, and what was read is written and read again as the same.
template<class T>
void comesBack(const QString &text)
{
    const auto value = xml::Value<T>::parse(text);
    if (!value)
        return;
    const auto again = xml::Value<T>::parse(xml::Value<T>::text(*value));
    FUZZ_CHECK(again && *again == *value);
}

} // namespace

/// Z11: dates, base64, numbers.
FUZZ_TARGET(values)
{
    const QString text = QString::fromUtf8(input);
    comesBack<QDateTime>(text);
    comesBack<QByteArray>(text);
    comesBack<bool>(text);
    comesBack<int>(text);
    comesBack<quint16>(text);
    comesBack<qint64>(text);
}
