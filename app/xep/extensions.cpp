// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/extensions.h"

#include "xep/0424_retraction.h"
#include "xep/0447_filesharing.h"
#include "xep/0461_replies.h"

namespace xep {

Extensions::Extensions(xmpp::Client &client)
    : disco(client, audience), caps(client, disco, audience), states(client, caps), version(client, audience),
      receipts(client, audience), ping(client, audience), carbons(client), mam(client), markers(client, audience),
      clientState(client), upload(client), archivePrefs(client), pubsub(client), displayed(client, pubsub),
      avatars(pubsub), vcardAvatars(client)
{
    disco.setFeatures(features());
}

QStringList Extensions::features() const
{
    QStringList all;
    const std::initializer_list<const xmpp::Extension *> extensions{&disco,    &caps,         &states,    &version,
                                                                    &receipts, &ping,         &carbons,   &mam,
                                                                    &markers,  &archivePrefs, &displayed, &avatars};
    for (const xmpp::Extension *extension : extensions)
        all += extension->features();
    // What a message can be: payloads without anything that asks or answers.
    all += {QStringLiteral("urn:xmpp:message-correct:0"),
            QStringLiteral("urn:xmpp:styling:0"),
            Retract::ns(),
            QStringLiteral("urn:xmpp:reactions:0"),
            Reply::ns(),
            FileSharing::ns(),
            QStringLiteral("jabber:x:oob")};
    all.removeDuplicates();
    all.sort();
    return all;
}

} // namespace xep
