// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/fuzz.h"
#include "support/faketransport.h"
#include "support/fixedrandom.h"
#include "support/manualclock.h"
#include "xep/0030_disco.h"
#include "xmpp/connection.h"
#include "xmpp/message.h"

#include <QCoreApplication>
#include <QPointer>
#include <QXmlStreamReader>

namespace {

constexpr char header[] = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
                          "xmlns:stream='http://etherx.jabber.org/streams' id='s' from='a.test' version='1.0'>";

/// A client whose server is the fuzzer's script.
struct World {
    World()
    {
        xmpp::SignIn signIn;
        signIn.account = Jid::fromWire(QStringLiteral("romeo@a.test"));
        signIn.destination.domain = QStringLiteral("a.test");
        signIn.allowPlain = true; // SCRAM has a target of its own; here it would wait for a thread
        QByteArray password = "secret";
        signIn.device = QStringLiteral("d4565fa7-4d72-4749-b3d3-740edbf87770");
        signIn.wantsToken = true;
        signIn.password = std::make_shared<const SecretBytes>(SecretBytes::take(password));
        client.setAccount(signIn.account);
        connection.setSignIn(signIn);
        QObject::connect(&client, &xmpp::Client::message, &context, [this](const xmpp::Incoming &incoming) {
            FUZZ_CHECK(connection.state() == xmpp::Connection::State::Online); // never before it is bound
            (void)xmpp::Message::bodyOf(incoming.element());
        });
        connection.start();
        settle();
    }
    void settle()
    {
        for (int i = 0; i < 4; ++i)
            QCoreApplication::processEvents();
    }
    std::unique_ptr<net::Transport> make()
    {
        finish();
        auto made = std::make_unique<tests::FakeTransport>();
        made->direct = m_attempts++ % 2 == 0;
        transport = made.get();
        return made;
    }
    /// G1 and G2 of the connection that was.
    void finish()
    {
        if (!transport)
            return;
        FUZZ_CHECK(!transport->plain.contains("romeo") && !transport->plain.contains("<auth"));
        const QByteArray all = transport->all;
        qsizetype begin = 0;
        while (begin < all.size()) { // one document a stream
            const qsizetype next = all.indexOf("<?xml", begin + 1);
            QXmlStreamReader reader(all.mid(begin, next < 0 ? -1 : next - begin));
            while (!reader.atEnd())
                reader.readNext();
            FUZZ_CHECK(!reader.hasError() || reader.error() == QXmlStreamReader::PrematureEndOfDocumentError);
            begin = next < 0 ? all.size() : next;
        }
    }
    void say(const QByteArray &bytes)
    {
        if (transport && transport->isOpen)
            transport->receive(bytes);
    }
    QByteArray lastId() const
    {
        const QByteArray all = transport ? transport->all : QByteArray();
        const qsizetype at = all.lastIndexOf(" id='") + 5;
        return all.mid(at, all.indexOf('\'', at) - at);
    }
    void step(char what, const QByteArray &rest);

    tests::ManualClock clock;
    tests::FixedRandom random;
    Worker worker{QStringLiteral("fuzz")};
    QPointer<tests::FakeTransport> transport;
    int m_attempts = 0;
    xmpp::Client client{clock, random};
    QObject context;
    xmpp::Connection connection{client, [this] { return make(); }, clock, random, worker};
};

/// A line of the script: a letter for what an honest server says, or `R` and bytes as they are.
void World::step(char what, const QByteArray &rest)
{
    switch (what) {
    case 'H': say(header); break;
    case 'T': say("<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>"); break;
    case 'P': say("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"); break;
    case 'M':
        say("<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism>"
            "</mechanisms></stream:features>");
        break;
    case 'S': say("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"); break;
    case 'F': say("<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>"); break;
    case 'B':
        say("<iq type='result' id='" + lastId() + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>romeo@a.test/x"
            + rest + "</jid></bind></iq>");
        break;
    case '2': // SASL2 with Bind 2 and tokens
        say("<stream:features><authentication xmlns='urn:xmpp:sasl:2'><mechanism>PLAIN</mechanism><inline>"
            "<bind xmlns='urn:xmpp:bind:0'/><fast xmlns='urn:xmpp:fast:0'><mechanism>HT-SHA-256-NONE</mechanism></fast>"
            "</inline></authentication></stream:features>");
        break;
    case 'Y':
        say("<success xmlns='urn:xmpp:sasl:2'><authorization-identifier>romeo@a.test/x</authorization-identifier>"
            + rest + "</success><stream:features/>");
        break;
    case 'A': say("<iq type='result' id='" + lastId() + "'>" + rest + "</iq>"); break;
    case 'W': clock.advance(std::chrono::seconds(31)); break;
    case 'L':
        if (transport)
            transport->lose();
        break;
    case 'C': connection.stop(); break;
    case 'O': connection.start(); break;
    default: say(rest); break;
    }
    settle();
}

} // namespace

/// Z12: legal and illegal words of a server in any order, from the first byte to the session and over reconnects.
FUZZ_TARGET(session)
{
    if (!QCoreApplication::instance()) {
        static int count = 1;
        static char name[] = "fuzz";
        static char *names[] = {name, nullptr};
        new QCoreApplication(count, names); // lives as long as the process
    }
    World world;
    int lines = 0;
    for (const QByteArray &line : input.split('\n')) {
        if (++lines > 64)
            break;
        if (!line.isEmpty())
            world.step(line[0], line.mid(1));
    }
    world.finish();
}
