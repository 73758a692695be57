// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0004_dataforms.h"

namespace xep {

FormField::Kind FormField::kind() const
{
    return xml::fromWord<Kind>(type.toStdString()).value_or(Kind::TextSingle);
}

const FormField *DataForm::field(QStringView var) const
{
    for (const FormField &each : fields) {
        if (each.var == var)
            return &each;
    }
    return nullptr;
}

QString DataForm::formType() const
{
    const FormField *found = field(u"FORM_TYPE");
    return found && found->kind() == FormField::Kind::Hidden ? found->value() : QString();
}

} // namespace xep
