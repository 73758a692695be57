// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/serverscript.h"

#include <QTest>

namespace tests {
namespace {

constexpr int patience = 20'000; // milliseconds; machines are busy

void failTest(const QString &why)
{
    QTest::qFail(qPrintable(why), "the server's script", 0);
}

QCryptographicHash::Algorithm hashOf(const QByteArray &mechanism)
{
    if (mechanism.startsWith("SCRAM-SHA-512"))
        return QCryptographicHash::Sha512;
    return mechanism.startsWith("SCRAM-SHA-256") ? QCryptographicHash::Sha256 : QCryptographicHash::Sha1;
}

} // namespace

QByteArray ServerScript::saslFeatures(const QByteArray &mechanisms, const QByteArray &bindings)
{
    QByteArray result = "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>";
    for (const QByteArray &mechanism : mechanisms.split(' '))
        result += "<mechanism>" + mechanism + "</mechanism>";
    result += "</mechanisms>";
    if (!bindings.isEmpty()) {
        result += "<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'>";
        for (const QByteArray &binding : bindings.split(' '))
            result += "<channel-binding type='" + binding + "'/>";
        result += "</sasl-channel-binding>";
    }
    return result + "</stream:features>";
}

xml::Reader::Event ServerScript::nextEvent()
{
    xml::Reader::Event event;
    const auto look = [&] {
        m_bytes = m_take();
        if (!m_bytes.isEmpty())
            m_reader->feed(m_bytes);
        auto read = m_reader->next();
        if (!read) {
            failTest(QStringLiteral("The client's XML: ") + read.error().detail);
            return true;
        }
        event = *read;
        return event.kind != xml::Reader::Kind::Nothing;
    };
    if (!m_reader)
        m_reader = std::make_unique<xml::Reader>();
    if (!QTest::qWaitFor(look, patience))
        failTest(QStringLiteral("The client says nothing."));
    return event;
}

xml::Element ServerScript::takesHeader()
{
    m_reader = std::make_unique<xml::Reader>();
    const auto event = nextEvent();
    if (event.kind != xml::Reader::Kind::Opened)
        failTest(QStringLiteral("The client does not open a stream."));
    return event.element;
}

xml::Element ServerScript::takes()
{
    const auto event = nextEvent();
    if (event.kind != xml::Reader::Kind::Element)
        failTest(QStringLiteral("The client sends no element."));
    return event.element;
}

QByteArray ServerScript::takesSasl(std::string_view name)
{
    const xml::Element element = takes();
    if (!element.is(name, "urn:ietf:params:xml:ns:xmpp-sasl"))
        failTest(QStringLiteral("Not the SASL element that was expected."));
    return QByteArray::fromBase64(element.text().toLatin1());
}

void ServerScript::takesEnd()
{
    const auto event = nextEvent();
    if (event.kind != xml::Reader::Kind::Closed)
        failTest(QStringLiteral("The client does not close its stream."));
}

bool ServerScript::isSilent()
{
    if (!m_reader)
        m_reader = std::make_unique<xml::Reader>();
    m_reader->feed(m_take());
    const auto event = m_reader->next();
    return event && event->kind == xml::Reader::Kind::Nothing;
}

void ServerScript::opens(const QByteArray &features)
{
    takesHeader();
    send(header + features);
}

void ServerScript::offersTls()
{
    opens(startTlsFeatures);
    if (!takes().is("starttls", "urn:ietf:params:xml:ns:xmpp-tls"))
        failTest(QStringLiteral("The client does not ask for TLS."));
    send(proceed);
}

bool ServerScript::authenticates(const QByteArray &mechanism, const QByteArray &password)
{
    const xml::Element auth = takes();
    if (!auth.is("auth", "urn:ietf:params:xml:ns:xmpp-sasl") || auth.attribute("mechanism").toLatin1() != mechanism)
        failTest(QStringLiteral("The client does not begin %1.").arg(QString::fromLatin1(mechanism)));
    ScramServer scram(hashOf(mechanism), password);
    scram.bindingData = bindingData;
    scram.extensions = extensions;
    send(sasl("challenge", scram.challenge(QByteArray::fromBase64(auth.text().toLatin1()))));
    gs2Header = scram.gs2Header;
    const QByteArray final = scram.final(takesSasl("response"));
    if (final.isEmpty()) {
        send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>");
        return false;
    }
    send(sasl("success", final));
    return true;
}

void ServerScript::binds(const QByteArray &jid)
{
    opens(bindFeatures);
    const xml::Element iq = takes();
    const xml::Element bind = iq.child("bind", "urn:ietf:params:xml:ns:xmpp-bind");
    if (!bind)
        failTest(QStringLiteral("The client does not bind."));
    bindRequest = bind.child("resource", "urn:ietf:params:xml:ns:xmpp-bind").text().toUtf8();
    send("<iq type='result' id='" + iq.attribute("id").toUtf8()
         + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>" + jid + "</jid></bind></iq>");
}

void ServerScript::signsIn()
{
    opens(saslFeatures("SCRAM-SHA-1"));
    authenticates();
    binds();
}

} // namespace tests
