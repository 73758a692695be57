// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/archive.h"
#include "support/testmain.h"
#include "ui/account/catchupbar.h"
#include "ui/account/note.h"
#include "ui/settings/archivechoice.h"
#include "ui/stage.h"

#include <QComboBox>
#include <QPushButton>
#include <QRegularExpression>

/// What the windows say of the server's archive: how far the catch-up is, and what is kept there.
class TestArchiveWindows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_stage = std::make_unique<tests::Stage>(false);
        m_prefs = "roster";
        m_sent = 0;
        m_held = {};
        m_stubborn = false;
        m_stage->server().answers = [this](const QByteArray &iq) { return answer(iq); };
    }
    void cleanup() { m_stage.reset(); }

    /// What the server says is what is chosen, also where it makes something else of a wish.
    void choice()
    {
        QVERIFY(m_stage->goesOnline());
        ui::ArchiveChoice choice(*m_stage->account(), nullptr);
        auto *box = choice.findChild<QComboBox *>();
        QVERIFY(!box->isEnabled());
        choice.show();
        choice.refresh();
        QTRY_VERIFY(box->isEnabled());
        QCOMPARE(box->currentText(), QStringLiteral("Those with my contacts"));
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Up);
        QTRY_COMPARE(m_prefs, QByteArray("always"));
        QTRY_COMPARE(box->currentText(), QStringLiteral("All messages"));
        m_stubborn = true;
        QTest::keyClick(box, Qt::Key_End);
        QTRY_COMPARE(box->currentText(), QStringLiteral("All messages"));
        QTRY_VERIFY(box->isEnabled());
        choice.resize(420, choice.sizeHint().height());
        tests::shoot(choice, QStringLiteral("archive-choice"));
        // One that has none says so, and nothing is claimed.
        m_prefs.clear();
        choice.refresh();
        auto *note = choice.findChild<ui::Note *>();
        QTRY_VERIFY(note->isVisible());
        QVERIFY(!box->isEnabled());
        QCOMPARE(box->currentIndex(), -1);
        choice.resize(420, choice.sizeHint().height());
        tests::shoot(choice, QStringLiteral("archive-choice-none"));
    }

    /// Hidden while it is little; then it counts, pauses and goes on.
    void catchUp()
    {
        ui::CatchUpBar bar(*m_stage->account(), nullptr);
        QVERIFY(bar.isHidden());
        QVERIFY(m_stage->goesOnline());
        QTRY_VERIFY_WITH_TIMEOUT(!bar.isHidden(), 30000);
        QTRY_VERIFY2_WITH_TIMEOUT(bar.text().startsWith(QStringLiteral("Fetching ")), qPrintable(bar.text()), 30000);
        QVERIFY(bar.text().contains(QStringLiteral("Back to")));
        bar.resize(700, bar.sizeHint().height());
        tests::shoot(bar, QStringLiteral("bar-catch-up"));
        QTRY_VERIFY_WITH_TIMEOUT(m_held, 30000);
        auto *button = bar.findChild<QPushButton *>();
        QCOMPARE(button->text(), QStringLiteral("Pause"));
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(button->text(), QStringLiteral("Continue"));
        QCOMPARE(bar.text(), QStringLiteral("Older messages are not being fetched."));
        const chat::Archive &archive = m_stage->account()->archive();
        m_stage->server().say(std::exchange(m_held, {})()); // what was asked for is taken all the same
        QTRY_VERIFY_WITH_TIMEOUT(!archive.progress().running, 30000);
        const int before = m_sent;
        bar.resize(700, bar.sizeHint().height());
        tests::shoot(bar, QStringLiteral("bar-catch-up-paused"));
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_held, 30000); // it asks again
        QCOMPARE(m_sent, before);
    }

private:
    static constexpr int pageSize = 50;
    static constexpr int held = 250; ///< From so many messages on each page waits for the test.

    /// The server's whole answer; empty where the stage knows it.
    QByteArray answer(const QByteArray &iq)
    {
        const auto value = [&iq](const char *name) {
            const QRegularExpression pattern(QStringLiteral("\\s%1=['\"]([^'\"]*)['\"]").arg(QLatin1String(name)));
            return pattern.match(QString::fromUtf8(iq)).captured(1).toUtf8();
        };
        const QByteArray head = "<iq type='result' id='" + value("id") + "' from='"
            + (value("to").isEmpty() ? "romeo@montague.example" : value("to")) + "'>";
        if (iq.contains("<prefs")) {
            if (m_prefs.isEmpty())
                return "<iq type='error' id='" + value("id")
                    + "'><error type='cancel'>"
                      "<feature-not-implemented xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>";
            if (iq.contains("default=") && !m_stubborn)
                m_prefs = value("default");
            return head + "<prefs xmlns='urn:xmpp:mam:2' default='" + m_prefs + "'><always/><never/></prefs></iq>";
        }
        if (iq.contains("disco#info"))
            return head
                + "<query xmlns='http://jabber.org/protocol/disco#info'>"
                  "<identity category='account' type='registered'/><feature var='urn:xmpp:mam:2'/></query></iq>";
        if (!iq.contains("<query") || !iq.contains("urn:xmpp:mam:2"))
            return {};
        const auto page = [this, id = value("id"), query = value("queryid")] { return this->page(id, query); };
        if (m_sent > -held)
            return page();
        m_held = page;
        return " ";
    }
    /// Each page is older than the one before it, and there is no end.
    QByteArray page(const QByteArray &id, const QByteArray &query)
    {
        const auto name = [](int number) { return "m" + QByteArray::number(number); };
        QByteArray all;
        const int first = m_sent - pageSize + 1;
        for (int number = first; number <= m_sent; ++number) {
            const QByteArray stamp =
                QDateTime(QDate(2026, 3, 1), QTime(12, 0), Qt::UTC).addSecs(number * 60).toString(Qt::ISODate).toUtf8();
            all += "<message from='romeo@montague.example'><result xmlns='urn:xmpp:mam:2' queryid='" + query + "' id='"
                + name(number) + "'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='" + stamp
                + "'/><message xmlns='jabber:client' type='chat' from='juliet@capulet.example/x' "
                  "to='romeo@montague.example' id='s"
                + name(number) + "'><body>" + name(number) + "</body></message></forwarded></result></message>";
        }
        m_sent = first - 1;
        return all + "<iq type='result' id='" + id
            + "' from='romeo@montague.example'><fin xmlns='urn:xmpp:mam:2'>"
              "<set xmlns='http://jabber.org/protocol/rsm'><first>"
            + name(first) + "</first><last>" + name(first + pageSize - 1) + "</last></set></fin></iq>";
    }

    std::unique_ptr<tests::Stage> m_stage;
    QByteArray m_prefs;
    bool m_stubborn = false;
    std::function<QByteArray()> m_held;
    int m_sent = 0; ///< The number of the newest message of the next page; they go down.
};

BALCONY_TEST(TestArchiveWindows)
#include "tst_archivewindows.moc"
