// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "xep/0004_dataforms.h"
#include "xep/0030_disco.h"
#include "xep/0059_rsm.h"
#include "xep/0115_caps.h"
#include "xep/0203_delay.h"
#include "xep/0297_forwarding.h"
#include "xep/0313_mam.h"
#include "xep/0359_ids.h"
#include "xep/0441_archiveprefs.h"
#include "xml/parse.h"
#include "xml/writer.h"
#include "xmpp/message.h"
#include "xmpp/presence.h"
#include "xmpp/stanzaerror.h"

namespace {

/// What was understood is understood again, the same, from what we write of it.
template<class T>
void comesBack(const xml::Element &element)
{
    const auto value = xml::decode<T>(element);
    if (!value)
        return;
    const xml::Element once = xml::encode(*value);
    const auto again = xml::decode<T>(once);
    FUZZ_CHECK(again);
    FUZZ_CHECK(xml::encode(*again) == once);
}

} // namespace

/// Z02 and Z04: every payload's parser, data forms, service discovery and the input of capability hashes.
FUZZ_TARGET(payloads)
{
    const auto element = xml::parse(input, "jabber:client");
    if (!element)
        return;
    const auto again = xml::parse(xml::Writer::write(*element));
    FUZZ_CHECK(again && *again == *element); // also what nobody here knows
    comesBack<xep::DataForm>(*element);
    comesBack<xep::DiscoInfo>(*element);
    comesBack<xep::DiscoItems>(*element);
    comesBack<xep::Caps::Claim>(*element);
    comesBack<xep::Delay>(*element);
    comesBack<xep::StanzaId>(*element);
    comesBack<xep::ResultSet>(*element);
    comesBack<xep::Forwarded>(*element);
    comesBack<xep::MamFin>(*element);
    comesBack<xep::ArchivePrefs::Prefs>(*element);
    comesBack<xep::OriginId>(*element);
    (void)xmpp::Message::bodyOf(*element);
    (void)xmpp::Presence::of(*element);
    (void)xmpp::StanzaError::of(*element).toError();
    (void)xep::DiscoItems::of(*element);
    if (const auto info = xep::DiscoInfo::of(*element))
        FUZZ_CHECK(xep::Caps::verification(*info) == xep::Caps::verification(*info));
}
