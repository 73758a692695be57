// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/extensions.h"

using namespace xep;
using Prefs = ArchivePrefs::Prefs;

class TestArchivePrefs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0441, examples 1 to 3.
    void reads()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        Scope scope;
        std::optional<Result<Prefs>> answer;
        scope.run(tests::into(&answer, extensions.archivePrefs.read()));
        d.expects("<iq type='get' id='*'><prefs xmlns='urn:xmpp:mam:2'/></iq>");
        d.receives(
            "<iq type='result' id='$id'><prefs xmlns='urn:xmpp:mam:2' default='roster'><always/><never/></prefs></iq>");
        QVERIFY(answer && *answer);
        QCOMPARE((*answer)->standard, ArchivePrefs::Default::Roster);
        scope.run(tests::into(&answer, extensions.archivePrefs.read()));
        d.takeSent();
        d.receives("<iq type='error' id='$id'><error type='cancel'>"
                   "<feature-not-implemented xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
        QCOMPARE(answer->error().condition, QStringLiteral("feature-not-implemented"));
        scope.run(tests::into(&answer, extensions.archivePrefs.read()));
        d.takeSent();
        d.receives("<iq type='result' id='$id'><prefs xmlns='urn:xmpp:mam:2' default='perhaps'/></iq>");
        QCOMPARE(answer->error().kind, Error::Kind::Protocol);
    }

    /// XEP-0441, examples 4 and 5.
    void writes()
    {
        tests::Dialogue d;
        Extensions extensions(d.client());
        Scope scope;
        const QByteArray wish = R"(<prefs xmlns='urn:xmpp:mam:2' default='roster'>
  <always><jid>romeo@montague.lit</jid></always><never><jid>montague@montague.lit</jid></never></prefs>)";
        const auto prefs = tests::roundTrip<Prefs>(wish);
        QCOMPARE(prefs.always->jids.size(), size_t(1));
        std::optional<Result<Prefs>> answer;
        scope.run(tests::into(&answer, extensions.archivePrefs.write(prefs)));
        d.expects("<iq type='set' id='*'>" + wish + "</iq>");
        d.receives(
            "<iq type='result' id='$id'><prefs xmlns='urn:xmpp:mam:2' default='always'><always/><never/></prefs></iq>");
        QCOMPARE((*answer)->standard, ArchivePrefs::Default::Always); // not what was asked for
        scope.run(tests::into(&answer, extensions.archivePrefs.write(prefs)));
        d.takeSent();
        d.receives("<iq type='result' id='$id'/>");
        QCOMPARE((*answer)->standard, ArchivePrefs::Default::Roster);
    }
};

BALCONY_TEST(TestArchivePrefs)
#include "tst_0441_archiveprefs.moc"
