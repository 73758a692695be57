// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0444_reactions.h"

#include <algorithm>

namespace xep {
namespace {

/// Not a sign of its own: white space, what controls a terminal, what turns the direction of the text around it.
bool isUnfit(QChar c)
{
    const char16_t unit = c.unicode();
    const bool isDirection = unit == 0x200E || unit == 0x200F || unit == 0x061C || (unit >= 0x202A && unit <= 0x202E)
        || (unit >= 0x2066 && unit <= 0x2069);
    return c.isSpace() || c.category() == QChar::Other_Control || isDirection;
}

bool isFit(const QString &text)
{
    return !text.isEmpty() && text.size() <= Reactions::longest && std::none_of(text.begin(), text.end(), isUnfit);
}

} // namespace

Reactions Reactions::to(const QString &id, const QStringList &emoji)
{
    Reactions all;
    all.id = id;
    for (const QString &each : emoji)
        all.reactions.push_back({each});
    const QStringList fit = all.emoji();
    all.reactions.clear();
    for (const QString &each : fit)
        all.reactions.push_back({each});
    return all;
}

QStringList Reactions::emoji() const
{
    QStringList all;
    for (const Reaction &each : reactions) {
        if (all.size() >= mostPerUser)
            break;
        const QString text = xml::trimmed(each.text).toString();
        if (isFit(text) && !all.contains(text))
            all.append(text);
    }
    return all;
}

ReactionRules ReactionRules::of(const DiscoInfo &info)
{
    ReactionRules rules;
    for (const DataForm &form : info.forms) {
        if (form.formType() != u"urn:xmpp:reactions:0:restrictions")
            continue;
        if (const FormField *field = form.field(u"max_reactions_per_user")) {
            rules.mostPerUser = xml::Value<int>::parse(field->value());
            if (rules.mostPerUser && *rules.mostPerUser < 0)
                rules.mostPerUser.reset();
        }
        if (const FormField *field = form.field(u"allowlist")) {
            QStringList allowed;
            for (const FormValue &value : field->values) {
                if (allowed.size() < mostAllowed && isFit(value.text))
                    allowed.append(value.text);
            }
            rules.allowed = allowed;
        }
        break; // the first one, as with other forms (XEP-0128)
    }
    return rules;
}

bool ReactionRules::allow(const QStringList &emoji) const
{
    if (mostPerUser && emoji.size() > *mostPerUser)
        return false;
    return !allowed
        || std::all_of(emoji.begin(), emoji.end(), [this](const QString &each) { return allowed->contains(each); });
}

} // namespace xep
