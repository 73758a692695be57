// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/values.h"

#include "support/testmain.h"

#include <QRandomGenerator>
#include <QTimeZone>

using xml::Value;

namespace {

template<class T>
QString back(const char *text)
{
    const auto value = Value<T>::parse(QString::fromUtf8(text));
    return value ? Value<T>::text(*value) : QStringLiteral("refused");
}

template<class T>
void checkBounds(const char *least, const char *most, const char *below, const char *above)
{
    QCOMPARE(Value<T>::parse(QString::fromUtf8(least)), std::optional<T>(std::numeric_limits<T>::min()));
    QCOMPARE(Value<T>::parse(QString::fromUtf8(most)), std::optional<T>(std::numeric_limits<T>::max()));
    QVERIFY(!Value<T>::parse(QString::fromUtf8(below)));
    QVERIFY(!Value<T>::parse(QString::fromUtf8(above)));
    QCOMPARE(back<T>(least), QString::fromUtf8(least));
    QCOMPARE(back<T>(most), QString::fromUtf8(most));
}

} // namespace

class TestValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void booleans()
    {
        using Bool = Value<bool>;
        for (const char *text : {"true", "1", " true ", "\n1\t"})
            QVERIFY2(Bool::parse(QString::fromUtf8(text)) == true, text);
        for (const char *text : {"false", "0", " false\r\n"})
            QVERIFY2(Bool::parse(QString::fromUtf8(text)) == false, text);
        for (const char *text :
             {"", " ", "TRUE", "True", "yes", "no", "2", "00", "01", "-1", "t rue", "\xC2\xA0true", "\xEF\xBC\x91"})
            QVERIFY2(!Bool::parse(QString::fromUtf8(text)), text);
        QCOMPARE(Bool::text(true), QStringLiteral("true"));
        QCOMPARE(Bool::text(false), QStringLiteral("false"));
    }
    void integerBounds()
    {
        checkBounds<qint8>("-128", "127", "-129", "128");
        checkBounds<quint8>("0", "255", "-1", "256");
        checkBounds<qint16>("-32768", "32767", "-32769", "32768");
        checkBounds<quint16>("0", "65535", "-1", "65536");
        checkBounds<int>("-2147483648", "2147483647", "-2147483649", "2147483648");
        checkBounds<uint>("0", "4294967295", "-1", "4294967296");
        checkBounds<qint64>("-9223372036854775808", "9223372036854775807", "-9223372036854775809",
                            "9223372036854775808");
        checkBounds<quint64>("0", "18446744073709551615", "-1", "18446744073709551616");
    }
    void integerForms()
    {
        for (const char *text : {"7", "+7", "007", " 7 ", "\t7\r\n", "00000000000000000000000000000000007"}) {
            QVERIFY2(Value<int>::parse(QString::fromUtf8(text)) == 7, text);
            QVERIFY2(Value<quint16>::parse(QString::fromUtf8(text)) == quint16(7), text);
        }
        QCOMPARE(Value<int>::parse(QStringLiteral("-0")), std::optional<int>(0));
        for (const char *text : {"",
                                 " ",
                                 "+",
                                 "-",
                                 "+-7",
                                 "--7",
                                 "++7",
                                 "7.",
                                 "7.0",
                                 "7e0",
                                 "0x7",
                                 "1 000",
                                 "1,000",
                                 "1.000",
                                 "1'000",
                                 "7a",
                                 "a",
                                 "- 7",
                                 "7\xC2\xA0",
                                 "\xE2\x88\x92"
                                 "7",
                                 "\xEF\xBC\x97",
                                 "\xD9\xA7",
                                 "inf",
                                 "nan",
                                 "\xC2\xB2"}) {
            QVERIFY2(!Value<int>::parse(QString::fromUtf8(text)), text);
            QVERIFY2(!Value<quint64>::parse(QString::fromUtf8(text)), text);
        }
        QVERIFY(!Value<int>::parse(QStringLiteral("7") + QChar(0) + QStringLiteral("8")));
        QVERIFY(!Value<int>::parse(QString(10000, u'9')));
    }

    void base64()
    {
        using Bytes = Value<QByteArray>;
        // RFC 4648 10
        const std::pair<const char *, const char *> vectors[] = {{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}};
        for (const auto &[bytes, text] : vectors) {
            QCOMPARE(Bytes::parse(QString::fromUtf8(text)), std::optional(QByteArray(bytes)));
            QCOMPARE(Bytes::text(QByteArray(bytes)), QString::fromUtf8(text));
        }
        for (const char *text : {" Zm9v YmFy ", "Zm9v\r\nYmFy\n", "Z m 9 v Y m F y", "Zm9vYm\tFy"})
            QCOMPARE(Bytes::parse(QString::fromUtf8(text)), std::optional(QByteArray("foobar")));
        QByteArray all;
        for (int i = 0; i < 256; ++i)
            all.append(char(i));
        QCOMPARE(Bytes::parse(Bytes::text(all)), std::optional(all));
        QVERIFY(Bytes::text(all).contains(u'+') && Bytes::text(all).contains(u'/'));
    }
    /// Empty is something, null is nothing: `<data/>` is not the absence of data.
    void base64Empty()
    {
        using Bytes = Value<QByteArray>;
        QVERIFY(Bytes::text(QByteArray()).isNull());
        QVERIFY(!Bytes::text(QByteArray("")).isNull());
        const auto empty = Bytes::parse(QStringLiteral(""));
        QVERIFY(empty && !empty->isNull() && empty->isEmpty());
    }
    void base64Refused()
    {
        using Bytes = Value<QByteArray>;
        for (const char *text : {"Z",
                                 "Zg",
                                 "Zg=",
                                 "Zm9vY",
                                 "Zm9vYg",
                                 "=",
                                 "==",
                                 "====",
                                 "Z===",
                                 "Zg==Zg==",
                                 "Zg==Zm9v",
                                 "Z=g=",
                                 "=Zg=",
                                 "Zm9-",
                                 "Zm9_",
                                 "Zm9v!",
                                 "Zm9v=",
                                 "Zm9v====",
                                 "Zm9v,Zm9v",
                                 "Zh==",
                                 "Zm9=",
                                 "\xC2\xA0Zm9v",
                                 "Zm9v\xE2\x80\x89",
                                 "\xC3\xA9m9v",
                                 "Zm9\xEF\xBC\xB6",
                                 "Zm9\xC5\x81",
                                 "Zm9?"})
            QVERIFY2(!Bytes::parse(QString::fromUtf8(text)), text);
        // Letters above Latin-1 whose low byte is in the alphabet, and a half of a pair.
        for (const char16_t c : {char16_t(0x141), char16_t(0x241), char16_t(0x4E41), char16_t(0xD841), char16_t(0)})
            QVERIFY(!Bytes::parse(QStringLiteral("Zm9") + QChar(c)));
    }

    void dates_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        const auto row = [](const char *text, const char *written) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(written);
        };
        // XEP-0082
        row("1969-07-21T02:56:15Z", "1969-07-21T02:56:15Z");
        row("1969-07-20T21:56:15-05:00", "1969-07-21T02:56:15Z");
        row(" 2026-11-27T03:00:00Z\n", "2026-11-27T03:00:00Z");
        // Fractions: any number of digits; ours are milliseconds, never rounded into the next second.
        row("2026-11-27T03:00:00.5Z", "2026-11-27T03:00:00.500Z");
        row("2026-11-27T03:00:00.05Z", "2026-11-27T03:00:00.050Z");
        row("2026-11-27T03:00:00.123Z", "2026-11-27T03:00:00.123Z");
        row("2026-11-27T03:00:00.123456789012345678901234567890Z", "2026-11-27T03:00:00.123Z");
        row("2026-11-27T03:00:00.9999999Z", "2026-11-27T03:00:00.999Z");
        row("2026-11-27T03:00:00.000Z", "2026-11-27T03:00:00Z");
        row("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z");
        // Offsets
        row("2026-11-27T03:00:00+00:00", "2026-11-27T03:00:00Z");
        row("2026-11-27T03:00:00-00:00", "2026-11-27T03:00:00Z");
        row("2026-11-27T03:00:00+05:45", "2026-11-26T21:15:00Z");
        row("2026-11-27T03:00:00+14:00", "2026-11-26T13:00:00Z");
        row("2026-11-27T03:00:00-14:00", "2026-11-27T17:00:00Z");
        row("2026-03-29T02:30:00Z", "2026-03-29T02:30:00Z"); // an hour that Berlin leaves out
        row("2024-02-29T12:00:00.25+01:00", "2024-02-29T11:00:00.250Z");
        // The end of a day is the beginning of the next.
        row("2026-12-31T24:00:00Z", "2027-01-01T00:00:00Z");
        row("2024-02-28T24:00:00+02:00", "2024-02-28T22:00:00Z");
        row("2026-12-31T24:00:00.000Z", "2027-01-01T00:00:00Z");
        // The bounds of four digits
        row("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z");
        row("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z");
        for (const char *bad :
             {"", "Z", "now", "2026-11-27", "03:00:00Z", "2026-11-27T03:00:00", "2026-11-27 03:00:00Z",
              "2026-11-27t03:00:00z", "2026-11-27T03:00Z", "2026-11-27T03Z", "2026-11-27T03:00:00.Z",
              "2026-11-27T03:00:00,5Z", "2026-11-27T03:00:00+1:00", "2026-11-27T03:00:00+0100",
              "2026-11-27T03:00:00+01", "2026-11-27T03:00:00 Z", "2026-11-27T03:00:00ZZ", "2026-11-27T03:00:00+14:01",
              "2026-11-27T03:00:00-15:00", "2026-11-27T03:00:00+23:59", "2026-11-27T03:00:00+99:00",
              "2026-11-27T03:00:00+01:60", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-11-31T00:00:00Z",
              "2026-11-00T00:00:00Z", "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-11-27T25:00:00Z",
              "2026-11-27T24:00:01Z", "2026-11-27T24:01:00Z", "2026-11-27T24:00:00.5Z", "2026-11-27T24:00:00.0001Z",
              "2026-11-27T03:60:00Z", "2026-11-27T03:00:60Z", "0000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z",
              "10000-01-01T00:00:00Z", "+2026-11-27T03:00:00Z", "26-11-27T03:00:00Z", "20261127T03:00:00Z",
              // what is out of the four digits only once in UTC
              "9999-12-31T24:00:00Z", "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00",
              "\xD9\xA2\xD9\xA0\xD9\xA2\xD9\xA6-11-27T03:00:00Z",
              "2026\xE2\x80\x93"
              "11-27T03:00:00Z",
              "\xC2\xA0"
              "2026-11-27T03:00:00Z"})
            row(bad, "refused");
    }
    void dates()
    {
        QFETCH(QString, text);
        QFETCH(QString, written);
        QCOMPARE(back<QDateTime>(text.toUtf8().constData()), written);
        if (const auto value = Value<QDateTime>::parse(text))
            QCOMPARE(value->timeSpec(), Qt::UTC);
    }
    void datesWritten()
    {
        using Date = Value<QDateTime>;
        QVERIFY(Date::text(QDateTime()).isNull());
        const QDateTime there(QDate(2026, 11, 27), QTime(3, 0, 0, 7), QTimeZone(2 * 3600));
        QCOMPARE(Date::text(there), QStringLiteral("2026-11-27T01:00:00.007Z"));
        // Four digits cannot say these: left out rather than written wrongly.
        QVERIFY(Date::text(QDateTime(QDate(10000, 1, 1), QTime(0, 0), Qt::UTC)).isNull());
        QVERIFY(Date::text(QDateTime(QDate(-1, 1, 1), QTime(0, 0), Qt::UTC)).isNull());
        QRandomGenerator random(82);
        for (int i = 0; i < 500; ++i) {
            const QDateTime time = QDateTime::fromMSecsSinceEpoch(
                qint64(random.bounded(4'000'000'000'000.0)) - 1'000'000'000'000, Qt::UTC);
            QCOMPARE(Date::parse(Date::text(time)), std::optional(time));
        }
    }

    void stringsAndOptionals()
    {
        QCOMPARE(Value<QString>::parse(QStringLiteral(" as it is ")), std::optional(QStringLiteral(" as it is ")));
        QVERIFY(Value<QString>::text(QString()).isNull());
        using Maybe = Value<std::optional<int>>;
        QVERIFY(Maybe::text({}).isNull());
        QCOMPARE(Maybe::text(0), QStringLiteral("0"));
        QVERIFY(Maybe::parse(QStringLiteral("5")).has_value() && *Maybe::parse(QStringLiteral("5")) == 5);
        QVERIFY(!Maybe::parse(QStringLiteral("five")).has_value()); // illegal, not absent
        using Jids = Value<Jid>;
        QCOMPARE(Jids::text(*Jids::parse(QStringLiteral("Romeo@Example.org/Garden"))),
                 QStringLiteral("romeo@example.org/Garden"));
        QVERIFY(!Jids::parse(QString()) && !Jids::parse(QStringLiteral("@example.org")) && Jids::text(Jid()).isNull());
    }
};

BALCONY_TEST(TestValues)
#include "tst_values.moc"
