// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/dialogue.h"
#include "support/play.h"

namespace tests {

inline const QByteArray managedFeatures =
    "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/></stream:features>";

/// An element of XEP-0198.
inline QByteArray sm(const QByteArray &name, const QByteArray &attributes = {})
{
    return '<' + name + " xmlns='urn:xmpp:sm:3' " + attributes + "/>";
}

/// Romeo on managed streams.
struct ManagedPlay : Play {
    /// Signs in up to the request to bind or, where there is a session, to resume.
    xml::Element comesTo(const QByteArray &features = managedFeatures)
    {
        const int before = attempts();
        if (connection.state() == xmpp::Connection::State::Waiting)
            connection.retryNow();
        else
            connection.start();
        if (!QTest::qWaitFor([&] { return attempts() > before; }, 20'000))
            QTest::qFail("there is no new attempt", __FILE__, __LINE__);
        server.offersTls();
        server.opens(ServerScript::saslFeatures("SCRAM-SHA-1"));
        server.authenticates();
        server.opens(features);
        return server.takes();
    }
    void bind(const xml::Element &iq)
    {
        server.send(
            "<iq type='result' id='" + iq.attribute("id").toUtf8()
            + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>romeo@montague.lit/orchard</jid></bind></iq>");
    }
    /// Online in the session `s1`, nothing sent or received yet.
    void begins(const QByteArray &enabled = sm("enabled", "id='s1' resume='true' max='600'"))
    {
        bind(comesTo());
        if (!server.takes().is("enable", "urn:xmpp:sm:3"))
            QTest::qFail("the client does not ask for stream management", __FILE__, __LINE__);
        server.send(enabled);
        waitsFor(xmpp::Connection::State::Online);
    }
    void loses()
    {
        transport().lose();
        waitsFor(xmpp::Connection::State::Waiting);
    }
    void says(qint64 tag) { client.send(tests::parsed("<message to='juliet@capulet.lit'/>"), tag); }
    /// The next element is of stream management; its name.
    QByteArray counts()
    {
        const xml::Element element = server.takes();
        return element.ns() == xmpp::ns::streamManagement ? QByteArray::fromStdString(std::string(element.name()))
                                                          : "?";
    }
    void takesMessage()
    {
        if (!server.takes().is("message", "jabber:client"))
            QTest::qFail("no message", __FILE__, __LINE__);
    }
    QSignalSpy interrupted{&client, &xmpp::Client::interrupted};
    QSignalSpy resumed{&client, &xmpp::Client::resumed};
    QSignalSpy offline{&client, &xmpp::Client::offline};
    QSignalSpy online{&client, &xmpp::Client::online};
    QSignalSpy acknowledged{&client, &xmpp::Client::acknowledged};
};

} // namespace tests
