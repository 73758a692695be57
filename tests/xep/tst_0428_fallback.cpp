// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0428_fallback.h"

using namespace xep;

class TestFallback : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0428, example 1.
    void example()
    {
        const auto message = tests::parsed(
            "<message to='anna@example.com' id='message-id2' type='groupchat'>"
            "<body>&gt; Anna wrote:\n&gt; Hi, how are you?\nGreat</body>"
            "<reply to='anna@example.com' id='message-id1' xmlns='urn:xmpp:reply:0'/>"
            "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='33'/></fallback>"
            "</message>");
        const QString body = xmpp::Message::bodyOf(message);
        const auto fallbacks = Fallback::of(message);
        QCOMPARE(fallbacks.size(), size_t(1));
        QCOMPARE(withoutFallback(body, fallbacks, {reply}), QStringLiteral("Great"));
        QCOMPARE(withoutFallback(body, fallbacks, {QStringLiteral("urn:xmpp:sfs:0")}), body);
        QCOMPARE(withoutFallback(body, fallbacks, {}), body);
        QCOMPARE(fallbackParts(body, fallbacks, {reply}), (std::vector<TextRange>{{0, 33}}));
        tests::roundTrip<Fallback>(
            "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='33'/></fallback>");
        tests::roundTrip<Fallback>(
            "<fallback xmlns='urn:xmpp:fallback:0' for='a'><body/><subject end='3'/></fallback>");
    }

    /// XEP-0428 2.2: without parts it is for all; with those of another kind it is for nothing else.
    void whole()
    {
        const QString text = QStringLiteral("All of it");
        const auto all = fallbacks("");
        QVERIFY(withoutFallback(text, all, {reply}).isNull());
        QVERIFY(subjectWithoutFallback(text, all, {reply}).isNull());
        const auto bodies = fallbacks("<body/>");
        QVERIFY(withoutFallback(text, bodies, {reply}).isNull());
        QCOMPARE(subjectWithoutFallback(text, bodies, {reply}), text);
        const auto subjects = fallbacks("<subject start='3'/>");
        QCOMPARE(withoutFallback(text, subjects, {reply}), text);
        QCOMPARE(subjectWithoutFallback(text, subjects, {reply}), QStringLiteral("All"));
        QVERIFY(withoutFallback(QString(), all, {reply}).isNull());
        // Who does not say what it is for cannot be understood.
        std::vector<Fallback> unsaid(1);
        QCOMPARE(withoutFallback(text, unsaid, {reply, QString()}), text);
    }

    void parts_data()
    {
        QTest::addColumn<QByteArray>("children");
        QTest::addColumn<QString>("rest");
        const auto row = [](const char *name, const char *children, const QString &rest) {
            QTest::newRow(name) << QByteArray(children) << rest;
        };
        const QString whole = QStringLiteral(u"0\U0001F44B23456789");
        row("after a pair", "<body start='2' end='4'/>", QStringLiteral(u"0\U0001F44B456789"));
        row("a pair", "<body start='1' end='2'/>", QStringLiteral("023456789"));
        row("several", "<body start='0' end='1'/><body start='8' end='10'/>", QStringLiteral(u"\U0001F44B234567"));
        row("overlapping", "<body start='5' end='8'/><body start='2' end='6'/>", QStringLiteral(u"0\U0001F44B89"));
        row("one inside another", "<body start='2' end='9'/><body start='3' end='4'/>",
            QStringLiteral(u"0\U0001F44B9"));
        row("twice", "<body start='2' end='9'/><body start='2' end='9'/>", QStringLiteral(u"0\U0001F44B9"));
        row("reversed", "<body start='6' end='2'/>", whole);
        row("empty", "<body start='6' end='6'/>", whole);
        row("beyond the end", "<body start='8' end='4000000000'/>", QStringLiteral(u"0\U0001F44B234567"));
        row("all beyond the end", "<body start='10' end='12'/>", whole);
        row("larger than any number", "<body start='8' end='99999999999999999999999'/>",
            QStringLiteral(u"0\U0001F44B234567"));
        row("negative", "<body start='-4' end='4'/>", whole);
        row("negative end", "<body start='4' end='-4'/>", whole);
        row("no numbers", "<body start='a' end=''/>", whole);
        row("no start", "<body end='8'/>", QStringLiteral("89"));
        row("no end", "<body start='2'/>", QStringLiteral(u"0\U0001F44B"));
        row("one bad, one good", "<body start='a' end='b'/><body start='2' end='9'/>", QStringLiteral(u"0\U0001F44B9"));
    }
    void parts()
    {
        QFETCH(QByteArray, children);
        QFETCH(QString, rest);
        QCOMPARE(withoutFallback(QStringLiteral(u"0\U0001F44B23456789"), fallbacks(children), {reply}), rest);
    }

    /// What points into the body goes on pointing at the same text.
    void pointers()
    {
        const QString body = QStringLiteral("0123456789");
        const std::vector<TextRange> parts{{2, 4}, {6, 8}};
        const QString rest = QStringLiteral("014589");
        for (qsizetype begin = 0; begin <= body.size(); ++begin) {
            for (qsizetype end = begin; end <= body.size(); ++end) {
                QString expected = body.mid(begin, end - begin);
                for (const QChar gone : {u'2', u'3', u'6', u'7'})
                    expected.remove(gone);
                const auto range = rangeWithout({begin, end}, parts);
                QCOMPARE(range ? rest.mid(range->begin, range->size()) : QString(), expected);
                QCOMPARE(range.has_value(), !expected.isEmpty());
            }
        }
        QCOMPARE(rangeWithout({3, 5}, {}), (std::optional<TextRange>(TextRange{3, 5})));
    }

    void manyOfThem()
    {
        QByteArray many;
        for (int i = 0; i < 10000; ++i)
            many += "<body start='" + QByteArray::number(2 * i) + "' end='" + QByteArray::number(2 * i + 1) + "'/>";
        const auto parts = fallbacks(many);
        QCOMPARE(parts.front().bodies.size(), Fallback::mostParts);
        const QString text(20000, QLatin1Char('x'));
        QCOMPARE(withoutFallback(text, parts, {reply}).size(), text.size() - qsizetype(Fallback::mostParts));
        QByteArray message = "<message xmlns:f='urn:xmpp:fallback:0'>";
        for (int i = 0; i < 10000; ++i)
            message += "<f:fallback for='a'/>";
        QCOMPARE(Fallback::of(tests::parsed(message + "</message>")).size(), Fallback::mostPerMessage);
    }

private:
    static std::vector<Fallback> fallbacks(const QByteArray &children)
    {
        return Fallback::of(tests::parsed("<message><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>"
                                          + children + "</fallback></message>"));
    }
    const QString reply = QStringLiteral("urn:xmpp:reply:0");
};

BALCONY_TEST(TestFallback)
#include "tst_0428_fallback.moc"
