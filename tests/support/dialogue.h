// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/fixedrandom.h"
#include "support/manualclock.h"
#include "xml/reader.h"
#include "xml/writer.h"
#include "xmpp/client.h"
#include "xmpp/ns.h"

#include <QTest>

#include <deque>

namespace tests {

/// One element from XML text, as it would come inside a client stream: without a namespace it is in jabber:client.
/// Null, and the test fails, where the text is no XML.
inline xml::Element parsed(const QByteArray &text)
{
    xml::Reader reader;
    reader.feed("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
                + text.trimmed());
    auto event = reader.next();
    if (event)
        event = reader.next();
    if (!event || event->kind != xml::Reader::Kind::Element) {
        const QString why = event ? QStringLiteral("not one whole element") : event.error().detail;
        QTest::qFail(qPrintable(QStringLiteral("The test's own XML: %1\n%2").arg(why, QString::fromUtf8(text))),
                     __FILE__, __LINE__);
        return {};
    }
    return event->element;
}

/// A conversation with a server, written down as in a XEP: an xmpp::Client, online as romeo@montague.lit/orchard, by a
/// clock turned by hand. What the client sends is put in line and must be expected, one by one and in order.
///
///     Dialogue d;
///     d.receives("<iq type='get' id='a' from='juliet@capulet.lit/balcony'><ping xmlns='urn:xmpp:ping'/></iq>");
///     d.expects("<iq type='result' id='a' to='juliet@capulet.lit/balcony'/>");
///
/// In expects() the value `*` stands for any text or attribute value that is there. `$id` in receives() is the id of
/// the stanza expected last.
class Dialogue
{
public:
    explicit Dialogue(const QString &self = QStringLiteral("romeo@montague.lit/orchard"))
        : m_self(Jid::fromWire(self)), m_client(m_clock, m_random)
    {
        m_client.setAccount(m_self.bare());
        goesOnline();
    }

    xmpp::Client &client() { return m_client; }
    ManualClock &clock() { return m_clock; }
    const Jid &self() const { return m_self; }

    void goesOnline()
    {
        m_client.up(m_self, [this](const xml::Element &stanza) { m_sent.push_back(stanza); });
    }
    /// The connection is lost; what was sent and not yet expected stays in line.
    void goesOffline()
    {
        m_client.down(
            Error{Error::Kind::Network, QStringLiteral("connection-lost"), QStringLiteral("The connection was lost.")});
    }

    /// The stream is lost, and its session may be resumed.
    void isInterrupted()
    {
        m_client.interrupt(
            Error{Error::Kind::Network, QStringLiteral("connection-lost"), QStringLiteral("The connection was lost.")});
    }
    /// It goes on; `tags` had arrived.
    void resumes(const std::vector<qint64> &tags)
    {
        m_client.resume([this](const xml::Element &stanza) { m_sent.push_back(stanza); }, tags);
    }

    /// The server sends this stanza.
    void receives(QByteArray xml)
    {
        xml.replace("$id", m_lastId.toUtf8());
        if (const xml::Element stanza = parsed(xml))
            m_client.router().take(stanza);
    }
    /// The client has sent this stanza next. Attributes in any order; white space between elements is passed over.
    void expects(const QByteArray &xml, const char *file = __builtin_FILE(), int line = __builtin_LINE())
    {
        if (m_sent.empty()) {
            QTest::qFail(qPrintable(QStringLiteral("Nothing was sent; expected\n%1").arg(QString::fromUtf8(xml))), file,
                         line);
            return;
        }
        const xml::Element sent = m_sent.front();
        m_sent.pop_front();
        m_lastId = sent.attribute("id");
        if (!isLike(sent, parsed(xml)))
            QTest::qFail(qPrintable(QStringLiteral("Sent\n%1\nexpected\n%2")
                                        .arg(QString::fromUtf8(xml::Writer::write(sent, xmpp::ns::client)),
                                             QString::fromUtf8(xml))),
                         file, line);
    }
    /// The client has sent nothing else.
    void expectsNothing(const char *file = __builtin_FILE(), int line = __builtin_LINE())
    {
        if (m_sent.empty())
            return;
        const QByteArray sent = xml::Writer::write(m_sent.front(), xmpp::ns::client);
        QTest::qFail(qPrintable(QStringLiteral("Nothing expected, sent\n%1").arg(QString::fromUtf8(sent))), file, line);
        m_sent.clear();
    }
    /// What was sent next, for tests that look closer; null where nothing was.
    xml::Element takeSent()
    {
        if (m_sent.empty())
            return {};
        const xml::Element sent = m_sent.front();
        m_sent.pop_front();
        m_lastId = sent.attribute("id");
        return sent;
    }
    /// Stanzas sent and not expected yet.
    int unexpected() const { return int(m_sent.size()); }
    /// The id of the stanza that was expected last.
    const QString &lastId() const { return m_lastId; }

    void passes(std::chrono::milliseconds time) { m_clock.advance(time); }

    /// Whether `sent` is `pattern`, where `*` in the pattern is any attribute value or text that is not null or empty.
    static bool isLike(const xml::Element &sent, const xml::Element &pattern)
    {
        if (!pattern || !sent.is(pattern.name(), pattern.ns()) || sent.childCount() != pattern.childCount())
            return false;
        return haveLikeAttributes(sent, pattern) && haveLikeContent(sent, pattern);
    }

private:
    static bool haveLikeAttributes(const xml::Element &sent, const xml::Element &pattern)
    {
        const auto &sentNode = sent.tree()->node(sent.node());
        const auto &node = pattern.tree()->node(pattern.node());
        if (sentNode.attributeCount != node.attributeCount)
            return false;
        for (const auto &attribute : pattern.tree()->attributes(node)) {
            const auto name = pattern.tree()->word(attribute.name);
            const auto ns = pattern.tree()->word(attribute.ns);
            const auto value = pattern.tree()->view(attribute.value);
            if (!sent.hasAttribute(name, ns))
                return false;
            const auto actual = sent.attributeView(name, ns);
            if (value == "*" ? actual.empty() : actual != value)
                return false;
        }
        return true;
    }
    static bool haveLikeContent(const xml::Element &sent, const xml::Element &pattern)
    {
        const bool isMixed = pattern.childCount() > 0;
        const QString text = isMixed ? pattern.text().trimmed() : pattern.text();
        const QString actual = isMixed ? sent.text().trimmed() : sent.text();
        if (text == u"*" ? actual.isEmpty() : actual != text)
            return false;
        xml::Element child = sent.firstChild();
        for (const xml::Element &expected : pattern.children()) {
            if (!isLike(child, expected))
                return false;
            child = child.nextSibling();
        }
        return true;
    }

    Jid m_self;
    ManualClock m_clock;
    FixedRandom m_random;
    xmpp::Client m_client;
    std::deque<xml::Element> m_sent;
    QString m_lastId;
};

/// Runs in a Scope and puts what `task` comes to where the test looks.
template<class T>
Task<void> into(std::optional<T> *place, Task<T> task)
{
    T value = co_await std::move(task);
    place->emplace(std::move(value));
}

/// Fails the running test unless decoding `xml` as T and encoding it again gives the same element.
template<xml::Described T>
T roundTrip(const QByteArray &xml, const char *file = __builtin_FILE(), int line = __builtin_LINE())
{
    const xml::Element element = parsed(xml);
    auto value = xml::decode<T>(element);
    if (!value) {
        QTest::qFail(qPrintable(value.error().detail), file, line);
        return {};
    }
    const xml::Element again = xml::encode(*value);
    if (!Dialogue::isLike(again, element))
        QTest::qFail(qPrintable(QStringLiteral("Came back as\n%1").arg(QString::fromUtf8(xml::Writer::write(again)))),
                     file, line);
    return std::move(*value);
}

} // namespace tests
