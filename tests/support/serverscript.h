// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scramserver.h"
#include "xml/reader.h"

#include <QByteArray>

#include <functional>

namespace tests {

/// The server's part of a stream, step by step as a test tells it: it waits for what the client says next, and says
/// whatever it is told, legal or not. Each wait ends in a failure of the running test after a generous time.
class ServerScript
{
public:
    using Take = std::function<QByteArray()>;
    using Send = std::function<void(const QByteArray &)>;
    /// `take` gives what the client has sent since the last call.
    ServerScript(Take take, Send send) : m_take(std::move(take)), m_send(std::move(send)) { }

    static constexpr const char *header =
        "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
        "id='s1' from='montague.lit' version='1.0'>";
    static constexpr const char *startTlsFeatures =
        "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>";
    static constexpr const char *proceed = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    static constexpr const char *bindFeatures =
        "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>";
    /// Features with these SASL mechanisms, parted by spaces, and the binding types of XEP-0440 where there are any.
    static QByteArray saslFeatures(const QByteArray &mechanisms, const QByteArray &bindings = {});
    static QByteArray sasl(const char *name, const QByteArray &data)
    {
        return QByteArray("<") + name + " xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + data.toBase64() + "</" + name
            + '>';
    }

    void send(const QByteArray &bytes) { m_send(bytes); }
    /// The client's next stream header: a new stream begins.
    xml::Element takesHeader();
    /// The client's next element.
    xml::Element takes();
    /// The client's next element, which must have this name; its text from base64.
    QByteArray takesSasl(std::string_view name);
    /// Waits for the client's end tag.
    void takesEnd();
    /// True where the client has said nothing more, as far as is known now.
    bool isSilent();

    /// Header and features, when the client's header came.
    void opens(const QByteArray &features);
    /// STARTTLS up to <proceed/>.
    void offersTls();
    /// SCRAM by `mechanism`, honestly, up to <success/>. False where the client did not prove `password`; then it is
    /// refused with not-authorized.
    bool authenticates(const QByteArray &mechanism = "SCRAM-SHA-1", const QByteArray &password = "secret");
    /// Header, bind, and `jid` as the answer.
    void binds(const QByteArray &jid = "romeo@montague.lit/orchard");
    /// The whole sign-in after TLS.
    void signsIn();

    QByteArray extensions;  ///< Of the server's first SCRAM message.
    QByteArray bindingData; ///< For a mechanism with -PLUS.
    QByteArray gs2Header;   ///< Of the last SCRAM exchange.
    QByteArray bindRequest; ///< The resource that the client asked for.

private:
    xml::Reader::Event nextEvent();

    Take m_take;
    Send m_send;
    QByteArray m_bytes;
    std::unique_ptr<xml::Reader> m_reader;
};

} // namespace tests
