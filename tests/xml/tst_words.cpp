// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/words.h"

#include "support/testmain.h"
#include "xml/values.h"

namespace {

enum class Show { None, Away, ExtendedAway, Unwritten };

} // namespace

template<>
struct xml::Words<Show> {
    static constexpr std::array table{std::pair{Show::None, ""}, std::pair{Show::Away, "away"},
                                      std::pair{Show::ExtendedAway, "xa"}};
};

// Tables are looked at while compiling, too.
static_assert(xml::word(Show::ExtendedAway) == "xa");
static_assert(xml::fromWord<Show>("away") == Show::Away);
static_assert(!xml::fromWord<Show>("AWAY"));

class TestWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAndBack()
    {
        for (const auto &[value, text] : xml::Words<Show>::table) {
            QCOMPARE(xml::word(value), std::string_view(text));
            QVERIFY(xml::fromWord<Show>(text) == value);
        }
    }
    void onlyTheWordItself()
    {
        using namespace std::string_view_literals;
        for (const std::string_view text : {"Away"sv, " away"sv, "away "sv, "awa"sv, "aways"sv, "away\0"sv, "\0"sv})
            QVERIFY(!xml::fromWord<Show>(text));
        QVERIFY(xml::word(Show::Unwritten).empty());
        QVERIFY(xml::word(Show(99)).empty());
    }
    void asValues()
    {
        using Value = xml::Value<Show>;
        QVERIFY(Value::parse(QStringLiteral("xa")) == Show::ExtendedAway);
        QVERIFY(Value::parse(QString()) == Show::None);
        QVERIFY(!Value::parse(QStringLiteral("dnd")));
        // Greek letters that look like the word, and one that Latin-1 would fold.
        QVERIFY(!Value::parse(QString::fromUtf8("\xCF\x87\xD0\xB0")));
        QCOMPARE(Value::text(Show::Away), QStringLiteral("away"));
        QVERIFY(Value::text(Show::Unwritten).isNull()); // left out
    }
};

BALCONY_TEST(TestWords)
#include "tst_words.moc"
