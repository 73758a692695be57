// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/dialogue.h"
#include "support/testmain.h"
#include "xep/0004_dataforms.h"

using namespace xep;

class TestDataForms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// XEP-0004, example 2.
    void form()
    {
        const auto form = tests::roundTrip<DataForm>(R"(
<x xmlns='jabber:x:data' type='form'>
  <title>Bot Configuration</title>
  <instructions>Fill out this form to configure your new bot!</instructions>
  <field type='hidden' var='FORM_TYPE'><value>jabber:bot</value></field>
  <field type='fixed'><value>Section 1: Bot Info</value></field>
  <field type='text-single' label='The name of your bot' var='botname'/>
  <field type='boolean' label='Public bot?' var='public'><required/></field>
  <field type='list-multi' label='What features will the bot support?' var='features'>
    <value>news</value>
    <value>search</value>
    <option label='Contests'><value>contests</value></option>
    <option label='News'><value>news</value></option>
  </field>
</x>)");
        QCOMPARE(form.type, DataForm::Type::Form);
        QCOMPARE(form.title, QStringLiteral("Bot Configuration"));
        QCOMPARE(form.formType(), QStringLiteral("jabber:bot"));
        QCOMPARE(form.fields.size(), 5U);
        QVERIFY(form.field(u"public")->isRequired);
        QVERIFY(!form.field(u"botname")->isRequired);
        QCOMPARE(form.field(u"features")->kind(), FormField::Kind::ListMulti);
        QCOMPARE(form.field(u"features")->values.size(), 2U);
        QCOMPARE(form.field(u"features")->options.at(1).label, QStringLiteral("News"));
        QVERIFY(!form.field(u"absent"));
    }

    /// XEP-0004, example 8: several items.
    void items()
    {
        const auto form = tests::roundTrip<DataForm>(R"(
<x xmlns='jabber:x:data' type='result'>
  <title>Joogle Search: verona</title>
  <reported>
    <field var='name'/>
    <field var='url'/>
  </reported>
  <item>
    <field var='name'><value>Comune di Verona - Benvenuti nel sito ufficiale</value></field>
    <field var='url'><value>http://www.comune.verona.it/</value></field>
  </item>
  <item>
    <field var='name'><value>Universita degli Studi di Verona</value></field>
    <field var='url'><value>http://www.univr.it/</value></field>
  </item>
</x>)");
        QCOMPARE(form.reported->fields.size(), 2U);
        QCOMPARE(form.items.size(), 2U);
        QCOMPARE(form.items.at(1).fields.at(1).value(), QStringLiteral("http://www.univr.it/"));
        QVERIFY(form.formType().isNull());
    }

    void oddities()
    {
        // Unknown types are text, unknown children nothing, an empty value a value.
        const auto form = xml::decode<DataForm>(tests::parsed(R"(
<x xmlns='jabber:x:data' type='submit'>
  <field var='a' type='quantum'><value/><media xmlns='urn:xmpp:media-element'/></field>
  <field var='FORM_TYPE'><value>not hidden</value></field>
  <field/>
</x>)"));
        QVERIFY(form);
        QCOMPARE(form->field(u"a")->kind(), FormField::Kind::TextSingle);
        QCOMPARE(form->field(u"a")->values.size(), 1U);
        QCOMPARE(form->fields.size(), 3U);
        QVERIFY(form->formType().isNull());
        QVERIFY(!xml::decode<DataForm>(tests::parsed("<x xmlns='jabber:x:data'/>")));
        QVERIFY(!xml::decode<DataForm>(tests::parsed("<x xmlns='jabber:x:data' type='steal'/>")));
        QVERIFY(!xml::decode<DataForm>(tests::parsed("<x xmlns='jabber:x:other' type='form'/>")));
    }
};

BALCONY_TEST(TestDataForms)
#include "tst_0004_dataforms.moc"
