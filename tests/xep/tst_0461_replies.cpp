// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0461_replies.h"

using namespace xep;

class TestReplies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0461, example 3.
    void reads()
    {
        const auto reply =
            tests::roundTrip<Reply>("<reply to='anna@example.com/tablet' id='message-id1' xmlns='urn:xmpp:reply:0'/>");
        QCOMPARE(reply.to.toString(), QStringLiteral("anna@example.com/tablet"));
        QCOMPARE(reply.id, QStringLiteral("message-id1"));
        QVERIFY(tests::roundTrip<Reply>("<reply id='message-id1' xmlns='urn:xmpp:reply:0'/>").to.isNull());
        QVERIFY(!xml::decode<Reply>(tests::parsed("<reply to='anna@example.com' xmlns='urn:xmpp:reply:0'/>")));
        QVERIFY(!xml::decode<Reply>(tests::parsed("<reply to='@' id='a' xmlns='urn:xmpp:reply:0'/>")));
    }

    /// XEP-0461, example 4.
    void quotes()
    {
        const auto quoted = QuotedReply::of(QStringLiteral("Anna wrote:"), QStringLiteral("We should bake a cake"),
                                            QStringLiteral("Great idea!"));
        QCOMPARE(quoted.body, QStringLiteral("> Anna wrote:\n> We should bake a cake\nGreat idea!"));
        const auto expected = tests::parsed(
            "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='38'/></fallback>");
        QVERIFY(tests::Dialogue::isLike(xml::encode(quoted.fallback), expected));
        QVERIFY(quoted.hasQuote());
        QCOMPARE(rest(quoted), QStringLiteral("Great idea!"));
    }

    void quotesAnything_data()
    {
        QTest::addColumn<QString>("original");
        QTest::addColumn<QString>("quote");
        const auto row = [](const char *name, const QString &original, const QString &quote) {
            QTest::newRow(name) << original << quote;
        };
        row("lines", QStringLiteral("a\nb\n\nc"), QStringLiteral("> a\n> b\n> \n> c\n"));
        row("a quote", QStringLiteral("> a\nb"), QStringLiteral("> > a\n> b\n"));
        row("pairs", QStringLiteral(u"\U0001F44B\U0001F422"), QStringLiteral(u"> \U0001F44B\U0001F422\n"));
        row("a line's end", QStringLiteral("a\n"), QStringLiteral("> a\n"));
        row("nothing", QString(), QString());
        row("too many lines", QStringLiteral("a\n").repeated(1000),
            QStringLiteral("> a\n").repeated(QuotedReply::mostLines - 1) + QStringLiteral(u"> \u2026\n"));
        row("as many as may be", QStringLiteral("a\n").repeated(QuotedReply::mostLines),
            QStringLiteral("> a\n").repeated(QuotedReply::mostLines));
        row("too long, and a pair there",
            QString(QuotedReply::longestQuote - 1, QLatin1Char('x')) + QStringLiteral(u"\U0001F44B"),
            QStringLiteral("> ") + QString(QuotedReply::longestQuote - 1, QLatin1Char('x'))
                + QStringLiteral(u"\n> \u2026\n"));
    }
    void quotesAnything()
    {
        QFETCH(QString, original);
        QFETCH(QString, quote);
        const QString text = QStringLiteral(u"\U0001F44B yes\n> no");
        const auto quoted = QuotedReply::of({}, original, text);
        QCOMPARE(quoted.body, quote + text);
        QCOMPARE(quoted.hasQuote(), !quote.isEmpty());
        if (quoted.hasQuote())
            QCOMPARE(rest(quoted), text);
    }

private:
    static QString rest(const QuotedReply &quoted)
    {
        return withoutFallback(quoted.body, {quoted.fallback}, {Reply::ns()});
    }
};

BALCONY_TEST(TestReplies)
#include "tst_0461_replies.moc"
