// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0060_pubsub.h"

#include <QSignalSpy>

using namespace xep;
using Items = std::vector<Pubsub::Item>;

class TestPubsub : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0060, example 101: an event with its payload; a retraction says nothing new.
    void hears()
    {
        tests::Dialogue d;
        Pubsub pubsub(d.client());
        QSignalSpy published(&pubsub, &Pubsub::published);
        d.receives(R"(
<message from='pubsub.shakespeare.lit' to='romeo@montague.lit' id='foo'>
  <event xmlns='http://jabber.org/protocol/pubsub#event'>
    <items node='princely_musings'>
      <item id='ae890ac52d0df67ed7cfdf51b644e901'><entry xmlns='http://www.w3.org/2005/Atom'/></item>
      <retract id='old'/>
    </items>
  </event>
</message>)");
        QCOMPARE(published.count(), 1);
        QCOMPARE(published.at(0).at(1).toString(), QStringLiteral("princely_musings"));
        const auto items = published.at(0).at(2).value<Items>();
        QCOMPARE(items.size(), size_t(1));
        QCOMPARE(items[0].id, QStringLiteral("ae890ac52d0df67ed7cfdf51b644e901"));
        QVERIFY(items[0].payload.is("entry", "http://www.w3.org/2005/Atom"));
        for (const QByteArray list : {"<items node='n'><retract id='a'/></items>", "<items><item id='a'/></items>",
                                      "<purge node='n'/>", "<delete node='n'/>", ""})
            d.receives("<message from='pubsub.shakespeare.lit'><event xmlns='http://jabber.org/protocol/pubsub#event'>"
                       + list + "</event></message>");
        QCOMPARE(published.count(), 1);
    }

    /// An answer that says more than anybody needs is cut off, not refused.
    void limitsAnswers()
    {
        tests::Dialogue d;
        Pubsub pubsub(d.client());
        Scope scope;
        std::optional<Result<Items>> answer;
        scope.run(tests::into(&answer, pubsub.items(QStringLiteral("n"))));
        d.takeSent();
        QByteArray items;
        for (size_t i = 0; i < Pubsub::mostItems + 5; ++i)
            items += "<item/>";
        d.receives("<iq type='result' id='$id'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='n'>"
                   + items + "</items></pubsub></iq>");
        QVERIFY(answer && *answer);
        QCOMPARE((*answer)->size(), Pubsub::mostItems);
        scope.run(tests::into(&answer, pubsub.items(QStringLiteral("n"))));
        d.takeSent();
        d.receives("<iq type='result' id='$id'/>");
        QVERIFY(*answer && (*answer)->empty());
        scope.run(tests::into(&answer, pubsub.items(QStringLiteral("n"))));
        d.takeSent();
        d.receives("<iq type='error' id='$id'><error type='cancel'>"
                   "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        QCOMPARE(answer->error().condition, QStringLiteral("service-unavailable"));
    }
};

BALCONY_TEST(TestPubsub)
#include "tst_0060_pubsub.moc"
