// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/jid.h"

#include <functional>

namespace xep {

/// Who gets answers that we give by ourselves: disco, version, ping, receipts (RELIABILITY 4.5). Everybody, until a
/// rule is set; a stranger then sees what a server says for an address where nobody is.
class Audience
{
public:
    using Rule = std::function<bool(const Jid &who)>;

    void setRule(Rule rule) { m_rule = std::move(rule); }
    bool allows(const Jid &who) const { return !m_rule || m_rule(who); }

private:
    Rule m_rule;
};

} // namespace xep
