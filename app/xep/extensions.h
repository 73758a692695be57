// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xep/0030_disco.h"
#include "xep/0085_chatstates.h"
#include "xep/0092_version.h"
#include "xep/0115_caps.h"
#include "xep/0153_vcardavatars.h"
#include "xep/0184_receipts.h"
#include "xep/0199_ping.h"
#include "xep/0280_carbons.h"
#include "xep/0313_mam.h"
#include "xep/0333_markers.h"
#include "xep/0352_clientstate.h"
#include "xep/0363_httpupload.h"
#include "xep/0441_archiveprefs.h"
#include "xep/0490_displayedsync.h"

namespace xep {

/// All that one account's client can do beyond RFC 6120 and RFC 6121: one line a XEP, each after those it needs. A XEP
/// of payloads alone has no line here.
struct Extensions {
    explicit Extensions(xmpp::Client &client);

    Audience audience;
    Disco disco;               // XEP-0030
    Caps caps;                 // XEP-0115
    ChatStates states;         // XEP-0085
    Version version;           // XEP-0092
    Receipts receipts;         // XEP-0184
    Ping ping;                 // XEP-0199
    Carbons carbons;           // XEP-0280
    Mam mam;                   // XEP-0313
    Markers markers;           // XEP-0333
    ClientState clientState;   // XEP-0352
    HttpUpload upload;         // XEP-0363
    ArchivePrefs archivePrefs; // XEP-0441
    Pubsub pubsub;             // XEP-0060
    DisplayedSync displayed;   // XEP-0490
    Avatars avatars;           // XEP-0084
    VCardAvatars vcardAvatars; // XEP-0153

    /// The features of all of them, for disco#info.
    QStringList features() const;
    /// Who gets answers that we give by ourselves.
    void setMayAnswer(Audience::Rule rule) { audience.setRule(std::move(rule)); }
};

} // namespace xep
