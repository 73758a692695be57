// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xep/extensions.h"

namespace xep {

Extensions::Extensions(xmpp::Client &client)
    : disco(client, audience), caps(client, disco, audience), states(client, caps), version(client, audience),
      receipts(client, audience), ping(client, audience), carbons(client), mam(client), markers(client, audience),
      clientState(client), upload(client), archivePrefs(client), pubsub(client), displayed(client, pubsub)
{
    disco.setFeatures(features());
}

QStringList Extensions::features() const
{
    QStringList all;
    const std::initializer_list<const xmpp::Extension *> extensions{
        &disco, &caps, &states, &version, &receipts, &ping, &carbons, &mam, &markers, &archivePrefs, &displayed};
    for (const xmpp::Extension *extension : extensions)
        all += extension->features();
    all.removeDuplicates();
    all.sort();
    return all;
}

} // namespace xep
