// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0352_clientstate.h"

using tests::Dialogue;
using tests::parsed;

namespace {

const char *const offer = "<stream:features xmlns:stream='http://etherx.jabber.org/streams'>"
                          "<csi xmlns='urn:xmpp:csi:0'/></stream:features>";
const char *const inactive = "<inactive xmlns='urn:xmpp:csi:0'/>";
const char *const active = "<active xmlns='urn:xmpp:csi:0'/>";

} // namespace

class TestClientState : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Examples 2 and 3.
    void tellsOnce()
    {
        Dialogue d;
        xep::ClientState state(d.client());
        state.setFeatures(parsed(offer));
        state.setActive(true); // a stream begins so
        d.expectsNothing();
        state.setActive(false);
        d.expects(inactive);
        state.setActive(false);
        d.expectsNothing();
        state.setActive(true);
        d.expects(active);
    }

    // 4.2 and 6: each stream begins as active, a resumed one too.
    void tellsEachStream()
    {
        Dialogue d;
        xep::ClientState state(d.client());
        state.setFeatures(parsed(offer));
        state.setActive(false);
        d.expects(inactive);
        d.goesOffline();
        state.setActive(true);
        state.setActive(false);
        d.expectsNothing();
        d.goesOnline();
        d.expects(inactive);
    }

    void notWhereItIsNotOffered()
    {
        Dialogue d;
        xep::ClientState state(d.client());
        state.setActive(false);
        d.expectsNothing();
        state.setFeatures(parsed("<stream:features xmlns:stream='http://etherx.jabber.org/streams'>"
                                 "<csi xmlns='urn:xmpp:csi:1'/></stream:features>"));
        state.setActive(true);
        state.setActive(false);
        d.expectsNothing();
    }
};

BALCONY_TEST(TestClientState)
#include "tst_0352_clientstate.moc"
