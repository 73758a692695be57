// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/element.h"

#include <algorithm>

namespace xml {

using detail::Attribute;
using detail::isEqual;
using detail::Node;
using detail::none;
using detail::Tree;
using detail::Word;

const Attribute *Element::find(std::string_view name, std::string_view ns) const
{
    if (isNull())
        return nullptr;
    for (const Attribute &attribute : m_tree->attributes(data())) {
        if (isEqual(m_tree->word(attribute.name), name) && isEqual(m_tree->word(attribute.ns), ns))
            return &attribute;
    }
    return nullptr;
}

bool Element::hasAttribute(std::string_view name, std::string_view ns) const
{
    return find(name, ns) != nullptr;
}

QString Element::attribute(std::string_view name, std::string_view ns) const
{
    const Attribute *attribute = find(name, ns);
    if (!attribute)
        return {};
    return fromUtf8(m_tree->view(attribute->value));
}

std::optional<std::string_view> Element::findAttribute(std::string_view name, std::string_view ns) const
{
    const Attribute *attribute = find(name, ns);
    return attribute ? std::optional(m_tree->view(attribute->value)) : std::nullopt;
}

std::string_view Element::attributeView(std::string_view name, std::string_view ns) const
{
    const Attribute *attribute = find(name, ns);
    return attribute ? m_tree->view(attribute->value) : std::string_view();
}

std::string Element::utf8Text() const
{
    std::string result;
    if (isNull())
        return result;
    for (quint32 i = m_tree->firstChild(m_node); i != none; i = m_tree->node(i).nextSibling) {
        if (m_tree->node(i).isText)
            result.append(m_tree->view(m_tree->node(i).text()));
    }
    return result;
}

std::string_view Element::textView(std::string &buffer) const
{
    // Nearly always there is one run.
    const quint32 first = isNull() ? none : m_tree->firstChild(m_node);
    if (first == none)
        return {};
    const Node &only = m_tree->node(first);
    if (only.isText && only.nextSibling == none)
        return m_tree->view(only.text());
    buffer = utf8Text();
    return buffer;
}

QString Element::text() const
{
    if (isNull())
        return {};
    std::string buffer;
    return fromUtf8(textView(buffer));
}

quint32 Element::elementFrom(quint32 node) const
{
    while (node != none && m_tree->node(node).isText)
        node = m_tree->node(node).nextSibling;
    return node;
}

Element Element::firstChild() const
{
    return isNull() ? Element() : at(elementFrom(m_tree->firstChild(m_node)));
}

Element Element::nextSibling() const
{
    return isNull() ? Element() : at(elementFrom(data().nextSibling));
}

Element Element::child(std::string_view name, std::string_view ns) const
{
    if (isNull())
        return {};
    return at(elementFrom(m_tree->firstChild(m_node), name, ns));
}

Element Element::nextSibling(std::string_view name, std::string_view ns) const
{
    return isNull() ? Element() : at(elementFrom(data().nextSibling, name, ns));
}

quint32 Element::elementFrom(quint32 node, std::string_view name, std::string_view ns) const
{
    for (; node != none; node = m_tree->node(node).nextSibling) {
        const Node &each = m_tree->node(node);
        if (!each.isText && isEqual(m_tree->word(each.name), name) && isEqual(m_tree->word(each.ns), ns))
            return node;
    }
    return none;
}

int Element::childCount() const
{
    int count = 0;
    if (isNull())
        return count;
    for (quint32 i = m_tree->firstChild(m_node); i != none; i = m_tree->node(i).nextSibling)
        count += m_tree->node(i).isText ? 0 : 1;
    return count;
}

Element::Children Element::children() const
{
    return {firstChild()};
}

namespace {

bool isSameWord(const Tree &a, Word wordOfA, const Tree &b, Word wordOfB)
{
    // What has a number has it everywhere.
    if (wordOfA < vocabulary::count || wordOfB < vocabulary::count)
        return wordOfA == wordOfB;
    return a.word(wordOfA) == b.word(wordOfB);
}

bool sameAttributes(const Tree &a, const Node &na, const Tree &b, const Node &nb)
{
    if (na.attributeCount != nb.attributeCount)
        return false;
    const auto others = b.attributes(nb);
    const auto isIn = [&](const Attribute &attribute) {
        return std::any_of(others.begin(), others.end(), [&](const Attribute &other) {
            return isSameWord(a, attribute.name, b, other.name) && isSameWord(a, attribute.ns, b, other.ns)
                && a.view(attribute.value) == b.view(other.value);
        });
    };
    const auto all = a.attributes(na);
    return std::all_of(all.begin(), all.end(), isIn);
}

bool isSameNode(const Tree &a, const Node &na, const Tree &b, const Node &nb)
{
    if (na.isText != nb.isText)
        return false;
    if (na.isText)
        return a.view(na.text()) == b.view(nb.text());
    return isSameWord(a, na.name, b, nb.name) && isSameWord(a, na.ns, b, nb.ns) && sameAttributes(a, na, b, nb);
}

} // namespace

bool operator==(const Element &a, const Element &b)
{
    if (a.isNull() || b.isNull())
        return a.isNull() == b.isNull();
    // Iterative: depth is the peer's choice.
    std::vector<std::pair<quint32, quint32>> todo{{a.node(), b.node()}};
    const Tree &ta = *a.tree();
    const Tree &tb = *b.tree();
    while (!todo.empty()) {
        const auto [ia, ib] = todo.back();
        todo.pop_back();
        if (!isSameNode(ta, ta.node(ia), tb, tb.node(ib)))
            return false;
        quint32 ca = ta.firstChild(ia);
        quint32 cb = tb.firstChild(ib);
        for (; ca != none && cb != none; ca = ta.node(ca).nextSibling, cb = tb.node(cb).nextSibling)
            todo.push_back({ca, cb});
        if (ca != cb) // not both at their end
            return false;
    }
    return true;
}

std::string cleanUtf8(QStringView text)
{
    std::string result;
    result.reserve(size_t(text.size()) + 8);
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        if (c >= 0x20 && c < 0x80) {
            result.push_back(char(c));
            continue;
        }
        if (QChar::isHighSurrogate(c) && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            c = QChar::surrogateToUcs4(char16_t(c), text[++i].unicode());
        const bool legal = c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE)
            || c >= 0x10000;
        if (!legal)
            c = 0xFFFD;
        if (c < 0x80) {
            result.push_back(char(c));
        } else if (c < 0x800) {
            result.push_back(char(0xC0 | (c >> 6)));
            result.push_back(char(0x80 | (c & 0x3F)));
        } else if (c < 0x10000) {
            result.push_back(char(0xE0 | (c >> 12)));
            result.push_back(char(0x80 | ((c >> 6) & 0x3F)));
            result.push_back(char(0x80 | (c & 0x3F)));
        } else {
            result.push_back(char(0xF0 | (c >> 18)));
            result.push_back(char(0x80 | ((c >> 12) & 0x3F)));
            result.push_back(char(0x80 | ((c >> 6) & 0x3F)));
            result.push_back(char(0x80 | (c & 0x3F)));
        }
    }
    return result;
}

QString fromUtf8(std::string_view bytes)
{
    if (bytes.empty())
        return QStringLiteral("");
    QString text = QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
    if (bytes.starts_with("\xEF\xBB\xBF"))
        text.prepend(QChar(0xFEFF));
    return text;
}

QString cleanText(const QString &text)
{
    return fromUtf8(cleanUtf8(text));
}

} // namespace xml
