// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/0441_archiveprefs.h"

namespace xep {

Task<Result<ArchivePrefs::Prefs>> ArchivePrefs::read()
{
    const xml::Element question = xml::Builder("prefs", xmpp::ns::archive).build();
    auto answer = co_await m_client.get(Jid(), question);
    if (!answer)
        co_return fail(answer.error());
    co_return xml::decode<Prefs>(answer->firstChild());
}

Task<Result<ArchivePrefs::Prefs>> ArchivePrefs::write(Prefs prefs)
{
    // Lists that are left out count as empty (XEP-0441 2.1).
    const xml::Element wish = xml::encode(prefs);
    auto answer = co_await m_client.set(Jid(), wish);
    if (!answer)
        co_return fail(answer.error());
    // Some servers only say that it is done.
    if (!answer->firstChild())
        co_return prefs;
    co_return xml::decode<Prefs>(answer->firstChild());
}

} // namespace xep
