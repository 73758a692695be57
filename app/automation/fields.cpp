// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/fields.h"

namespace automation {

Error badField(const QString &field, const QString &expected)
{
    return {Error::Kind::Input, QStringLiteral("bad-field"),
            QStringLiteral("The field \"%1\" must be %2.").arg(field, expected)};
}

SecretBytes takeSecret(const QJsonObject &arguments, const QString &field)
{
    QString text = arguments.value(field).toString();
    return SecretBytes::take(text);
}

bool isTrue(const QJsonValue &value)
{
    return value.toBool() || value.toString() == u"true";
}

} // namespace automation
