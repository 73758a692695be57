// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/describe.h"

/// Data forms (XEP-0004): what a form says and what is written into one. Payloads alone; showing a form is the view's.
namespace xep {

/// One <value/> of a field or option.
struct FormValue {
    QString text;
};
constexpr auto describe(xml::Type<FormValue>)
{
    return xml::element("value", "jabber:x:data", xml::text(&FormValue::text));
}

/// One choice of a list field (XEP-0004 3.2).
struct FormOption {
    QString label;
    std::vector<FormValue> values; ///< One, by the XEP.
};
constexpr auto describe(xml::Type<FormOption>)
{
    return xml::element("option", "jabber:x:data", xml::attribute("label", &FormOption::label),
                        xml::children(&FormOption::values));
}

/// One field (XEP-0004 3.2).
struct FormField {
    enum class Kind {
        TextSingle,
        Boolean,
        Fixed,
        Hidden,
        JidMulti,
        JidSingle,
        ListMulti,
        ListSingle,
        TextMulti,
        TextPrivate,
    };

    QString var;
    QString type; ///< As it came; kind() reads it.
    QString label;
    QString description;
    bool isRequired = false;
    std::vector<FormValue> values;
    std::vector<FormOption> options;

    /// A missing or unknown type is TextSingle (XEP-0004 3.3).
    Kind kind() const;
    /// The first value, null where there is none.
    QString value() const { return values.empty() ? QString() : values.front().text; }
};
constexpr auto describe(xml::Type<FormField>)
{
    return xml::element("field", "jabber:x:data", xml::attribute("var", &FormField::var),
                        xml::attribute("type", &FormField::type), xml::attribute("label", &FormField::label),
                        xml::textChild("desc", &FormField::description), xml::flag("required", &FormField::isRequired),
                        xml::children(&FormField::values), xml::children(&FormField::options));
}

/// The column heads of a result with several items (XEP-0004 3.4).
struct FormHead {
    std::vector<FormField> fields;
};
constexpr auto describe(xml::Type<FormHead>)
{
    return xml::element("reported", "jabber:x:data", xml::children(&FormHead::fields));
}

/// One line of a result with several items (XEP-0004 3.4).
struct FormItem {
    std::vector<FormField> fields;
};
constexpr auto describe(xml::Type<FormItem>)
{
    return xml::element("item", "jabber:x:data", xml::children(&FormItem::fields));
}

/// One line of the instructions.
struct FormInstructions {
    QString text;
};
constexpr auto describe(xml::Type<FormInstructions>)
{
    return xml::element("instructions", "jabber:x:data", xml::text(&FormInstructions::text));
}

/// A whole form.
struct DataForm {
    enum class Type { Form, Submit, Cancel, Result };

    Type type = Type::Form;
    QString title;
    std::vector<FormInstructions> instructions;
    std::vector<FormField> fields;
    std::optional<FormHead> reported;
    std::vector<FormItem> items;

    /// The field with this name, or null. Owned by the form.
    const FormField *field(QStringView var) const;
    /// The form's meaning (XEP-0068): the value of a FORM_TYPE field of type hidden; null where there is none.
    QString formType() const;
};

} // namespace xep

template<>
struct xml::Words<xep::FormField::Kind> {
    using Kind = xep::FormField::Kind;
    static constexpr std::array<std::pair<Kind, std::string_view>, 10> table{{
        {Kind::TextSingle, "text-single"},
        {Kind::Boolean, "boolean"},
        {Kind::Fixed, "fixed"},
        {Kind::Hidden, "hidden"},
        {Kind::JidMulti, "jid-multi"},
        {Kind::JidSingle, "jid-single"},
        {Kind::ListMulti, "list-multi"},
        {Kind::ListSingle, "list-single"},
        {Kind::TextMulti, "text-multi"},
        {Kind::TextPrivate, "text-private"},
    }};
};
template<>
struct xml::Words<xep::DataForm::Type> {
    using Type = xep::DataForm::Type;
    static constexpr std::array<std::pair<Type, std::string_view>, 4> table{{
        {Type::Form, "form"},
        {Type::Submit, "submit"},
        {Type::Cancel, "cancel"},
        {Type::Result, "result"},
    }};
};

namespace xep {

constexpr auto describe(xml::Type<DataForm>)
{
    return xml::element("x", "jabber:x:data", xml::required(xml::attribute("type", &DataForm::type)),
                        xml::textChild("title", &DataForm::title), xml::children(&DataForm::instructions),
                        xml::children(&DataForm::fields), xml::child(&DataForm::reported),
                        xml::children(&DataForm::items));
}

} // namespace xep
