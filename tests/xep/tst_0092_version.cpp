// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

#include <QCoreApplication>

using namespace xep;

class TestVersion : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCoreApplication::setApplicationVersion(QStringLiteral("1.2.3")); }

    void answersWithoutSystem()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        d.receives(
            "<iq type='get' from='juliet@capulet.com/balcony' id='version_1'><query xmlns='jabber:iq:version'/></iq>");
        d.expects(R"(<iq type='result' to='juliet@capulet.com/balcony' id='version_1'>
                       <query xmlns='jabber:iq:version'><name>Balcony</name><version>1.2.3</version></query></iq>)");
    }

    /// XEP-0092, examples 1 and 2.
    void asks()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        Scope scope;
        std::optional<Result<Version::Software>> software;
        scope.run(
            tests::into(&software, extensions.version.of(Jid::fromWire(QStringLiteral("juliet@capulet.com/balcony")))));
        d.expects("<iq type='get' to='juliet@capulet.com/balcony' id='*'><query xmlns='jabber:iq:version'/></iq>");
        d.receives(R"(<iq type='result' from='juliet@capulet.com/balcony' id='$id'>
                        <query xmlns='jabber:iq:version'>
                          <name>Exodus</name>
                          <version>0.7.0.4</version>
                          <os>Windows-XP 5.01.2600</os>
                        </query></iq>)");
        QVERIFY(software && *software);
        const Version::Software expected{QStringLiteral("Exodus"), QStringLiteral("0.7.0.4"),
                                         QStringLiteral("Windows-XP 5.01.2600")};
        QVERIFY(**software == expected);
    }

    void oddAnswers()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        Scope scope;
        const Jid who = Jid::fromWire(QStringLiteral("juliet@capulet.com/balcony"));
        std::optional<Result<Version::Software>> software;
        scope.run(tests::into(&software, extensions.version.of(who)));
        d.takeSent();
        d.receives(
            "<iq type='result' from='juliet@capulet.com/balcony' id='$id'><query xmlns='jabber:iq:version'><name>"
            + QByteArray(100000, 'x') + "</name><sting xmlns='urn:example'/></query></iq>");
        QVERIFY(software && *software);
        QCOMPARE((*software)->name.size(), Version::longestText);
        QVERIFY((*software)->version.isNull());

        scope.run(tests::into(&software, extensions.version.of(who)));
        d.takeSent();
        d.receives("<iq type='result' from='juliet@capulet.com/balcony' id='$id'><ping xmlns='urn:xmpp:ping'/></iq>");
        QCOMPARE(software->error().kind, Error::Kind::Protocol);
    }

    void roundTrips()
    {
        tests::roundTrip<Version::Software>(
            "<query xmlns='jabber:iq:version'><name>Exodus</name><version>0.7.0.4</version><os>Windows-XP "
            "5.01.2600</os></query>");
        tests::roundTrip<Version::Software>("<query xmlns='jabber:iq:version'/>");
    }
};

BALCONY_TEST(TestVersion)
#include "tst_0092_version.moc"
