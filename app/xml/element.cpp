// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/element.h"

#include <algorithm>
#include <memory>
#include <new>
#include <type_traits>

namespace xml {

using detail::Attribute;
using detail::Draft;
using detail::Node;
using detail::none;
using detail::Ref;
using detail::Tree;

Ref Draft::add(std::string_view bytes)
{
    const Ref ref{quint32(text.size()), quint32(bytes.size())};
    text.append(bytes);
    return ref;
}

void Draft::clear()
{
    text.clear();
    nodes.clear();
    attributes.clear();
}

std::shared_ptr<const Tree> Draft::finished() const
{
    // Nothing here needs to be destroyed, nor stricter bounds than the words of the block.
    static_assert(std::is_trivially_destructible_v<
                      Tree> && std::is_trivially_copyable_v<Node> && std::is_trivially_copyable_v<Attribute>);
    static_assert(alignof(Tree) <= alignof(quint64) && alignof(Node) >= alignof(Attribute)
                  && sizeof(Tree) % alignof(Node) == 0 && sizeof(Node) % alignof(Attribute) == 0);
    const size_t size =
        sizeof(Tree) + nodes.size() * sizeof(Node) + attributes.size() * sizeof(Attribute) + text.size();
    const auto block = std::make_shared_for_overwrite<quint64[]>((size + sizeof(quint64) - 1) / sizeof(quint64));
    auto *const bytes = reinterpret_cast<char *>(block.get());
    auto *const firstNode = reinterpret_cast<Node *>(bytes + sizeof(Tree));
    auto *const firstAttribute =
        reinterpret_cast<Attribute *>(std::uninitialized_copy(nodes.begin(), nodes.end(), firstNode));
    auto *const firstLetter =
        reinterpret_cast<char *>(std::uninitialized_copy(attributes.begin(), attributes.end(), firstAttribute));
    std::copy(text.begin(), text.end(), firstLetter);
    const Tree *tree =
        new (bytes) Tree{{firstLetter, text.size()}, {firstNode, nodes.size()}, {firstAttribute, attributes.size()}};
    return {block, tree};
}

std::string_view Element::name() const
{
    return m_tree ? m_tree->view(data().name) : std::string_view();
}

std::string_view Element::ns() const
{
    return m_tree ? m_tree->view(data().ns) : std::string_view();
}

const Attribute *Element::find(std::string_view name, std::string_view ns) const
{
    if (!m_tree)
        return nullptr;
    const Node &node = data();
    for (quint32 i = node.firstAttribute; i < node.firstAttribute + node.attributeCount; ++i) {
        const Attribute &attribute = m_tree->attributes[i];
        if (m_tree->view(attribute.name) == name && m_tree->view(attribute.ns) == ns)
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

std::string_view Element::attributeView(std::string_view name, std::string_view ns) const
{
    const Attribute *attribute = find(name, ns);
    return attribute ? m_tree->view(attribute->value) : std::string_view();
}

std::string Element::utf8Text() const
{
    std::string result;
    if (!m_tree)
        return result;
    for (quint32 i = data().firstChild; i != none; i = m_tree->nodes[i].nextSibling) {
        if (m_tree->nodes[i].isText)
            result.append(m_tree->view(m_tree->nodes[i].name));
    }
    return result;
}

QString Element::text() const
{
    if (!m_tree)
        return {};
    // Nearly always there is one run: no copy of the UTF-8 then.
    const quint32 first = data().firstChild;
    if (first == none)
        return QStringLiteral("");
    const Node &only = m_tree->nodes[first];
    if (only.isText && only.nextSibling == none)
        return fromUtf8(m_tree->view(only.name));
    return fromUtf8(utf8Text());
}

Element Element::elementFrom(quint32 node) const
{
    while (node != none && m_tree->nodes[node].isText)
        node = m_tree->nodes[node].nextSibling;
    return node == none ? Element() : Element(m_tree, node);
}

Element Element::firstChild() const
{
    return m_tree ? elementFrom(data().firstChild) : Element();
}

Element Element::nextSibling() const
{
    return m_tree ? elementFrom(data().nextSibling) : Element();
}

Element Element::child(std::string_view name, std::string_view ns) const
{
    for (Element e = firstChild(); e; e = e.nextSibling()) {
        if (e.is(name, ns))
            return e;
    }
    return {};
}

int Element::childCount() const
{
    int count = 0;
    for (Element e = firstChild(); e; e = e.nextSibling())
        ++count;
    return count;
}

Element::Children Element::children() const
{
    return {firstChild()};
}

namespace {

bool sameAttributes(const Tree &a, const Node &na, const Tree &b, const Node &nb)
{
    if (na.attributeCount != nb.attributeCount)
        return false;
    const auto isIn = [&](const Attribute &attribute) {
        const auto begin = b.attributes.begin() + nb.firstAttribute;
        return std::any_of(begin, begin + nb.attributeCount, [&](const Attribute &other) {
            return a.view(attribute.name) == b.view(other.name) && a.view(attribute.ns) == b.view(other.ns)
                && a.view(attribute.value) == b.view(other.value);
        });
    };
    const auto begin = a.attributes.begin() + na.firstAttribute;
    return std::all_of(begin, begin + na.attributeCount, isIn);
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
        const Node &na = ta.nodes[ia];
        const Node &nb = tb.nodes[ib];
        if (na.isText != nb.isText || ta.view(na.name) != tb.view(nb.name))
            return false;
        if (na.isText)
            continue;
        if (ta.view(na.ns) != tb.view(nb.ns) || !sameAttributes(ta, na, tb, nb))
            return false;
        quint32 ca = na.firstChild;
        quint32 cb = nb.firstChild;
        for (; ca != none && cb != none; ca = ta.nodes[ca].nextSibling, cb = tb.nodes[cb].nextSibling)
            todo.push_back({ca, cb});
        if (ca != cb) // not both at their end
            return false;
    }
    return true;
}

Builder::Builder(std::string_view name, std::string_view ns)
{
    Node node;
    node.name = m_draft.add(name);
    node.ns = m_draft.add(ns);
    m_draft.nodes.push_back(node);
    m_open.push_back({0, none});
}

Builder Builder::extend(const Element &element)
{
    Builder builder(element.name(), element.ns());
    const Tree &from = *element.tree();
    const Node &node = from.nodes[element.node()];
    for (quint32 i = node.firstAttribute; i < node.firstAttribute + node.attributeCount; ++i) {
        const Attribute &a = from.attributes[i];
        builder.attribute(from.view(a.name), fromUtf8(from.view(a.value)), from.view(a.ns));
    }
    for (quint32 i = node.firstChild; i != none; i = from.nodes[i].nextSibling) {
        const Node &child = from.nodes[i];
        if (child.isText)
            builder.text(fromUtf8(from.view(child.name)));
        else
            builder.child(Element(element.shared(), i));
    }
    return builder;
}

quint32 Builder::append(const Node &node)
{
    const auto index = quint32(m_draft.nodes.size());
    m_draft.nodes.push_back(node);
    Open &parent = m_open.back();
    if (parent.lastChild == none)
        m_draft.nodes[parent.node].firstChild = index;
    else
        m_draft.nodes[parent.lastChild].nextSibling = index;
    parent.lastChild = index;
    return index;
}

Builder &Builder::attribute(std::string_view name, const QString &value, std::string_view ns)
{
    if (value.isNull())
        return *this;
    Node &node = m_draft.nodes[m_open.back().node];
    auto &attributes = m_draft.attributes;
    if (node.attributeCount == 0) {
        node.firstAttribute = quint32(attributes.size());
    } else if (node.firstAttribute + node.attributeCount != attributes.size()) {
        // Children with attributes came in between: one element's stand side by side, so they move to the end.
        const auto first = quint32(attributes.size());
        for (quint32 i = 0; i < node.attributeCount; ++i)
            attributes.push_back(Attribute(attributes[node.firstAttribute + i]));
        node.firstAttribute = first;
    }
    node.attributeCount = node.attributeCount + 1;
    m_draft.attributes.push_back({m_draft.add(name), m_draft.add(ns), m_draft.add(cleanUtf8(value))});
    return *this;
}

Builder &Builder::text(const QString &text)
{
    if (text.isEmpty())
        return *this;
    const std::string bytes = cleanUtf8(text);
    if (const quint32 last = m_open.back().lastChild; last != none) {
        // One run, as a reader would make it of both.
        Node &node = m_draft.nodes[last];
        if (node.isText && node.name.at + node.name.size == m_draft.text.size()) {
            m_draft.text.append(bytes);
            node.name.size += quint32(bytes.size());
            return *this;
        }
    }
    Node node;
    node.isText = 1;
    node.name = m_draft.add(bytes);
    append(node);
    return *this;
}

Builder &Builder::start(std::string_view name, std::string_view ns)
{
    Node node;
    node.name = m_draft.add(name);
    node.ns = ns.empty() ? m_draft.nodes[m_open.back().node].ns : m_draft.add(ns);
    const quint32 index = append(node);
    m_open.push_back({index, none});
    return *this;
}

Builder &Builder::end()
{
    m_open.pop_back();
    return *this;
}

Builder &Builder::textChild(std::string_view name, const QString &text, std::string_view ns)
{
    return start(name, ns).text(text).end();
}

Builder &Builder::child(const Element &element)
{
    if (element.isNull())
        return *this;
    const Tree &from = *element.tree();
    const size_t depth = m_open.size();
    quint32 at = element.node();
    std::vector<quint32> next; // where to go on in `from` after each open copy
    Ref lastNs;                // of the node copied last, there and here: neighbours nearly always share it
    Ref lastCopy;
    for (;;) {
        const Node &source = from.nodes[at];
        Node copy;
        copy.isText = source.isText;
        copy.name = m_draft.add(from.view(source.name));
        if (source.ns.size != 0 && (source.ns.at != lastNs.at || source.ns.size != lastNs.size)) {
            lastNs = source.ns;
            lastCopy = m_draft.add(from.view(source.ns));
        }
        copy.ns = source.ns.size != 0 ? lastCopy : Ref();
        copy.firstAttribute = quint32(m_draft.attributes.size());
        copy.attributeCount = source.attributeCount;
        for (quint32 i = 0; i < source.attributeCount; ++i) {
            const Attribute &a = from.attributes[source.firstAttribute + i];
            m_draft.attributes.push_back(
                {m_draft.add(from.view(a.name)), m_draft.add(from.view(a.ns)), m_draft.add(from.view(a.value))});
        }
        const quint32 index = append(copy);
        const quint32 following = m_open.size() == depth ? none : source.nextSibling;
        if (source.firstChild != none) {
            m_open.push_back({index, none});
            next.push_back(following);
            at = source.firstChild;
            continue;
        }
        at = following;
        while (at == none && m_open.size() > depth) {
            m_open.pop_back();
            at = next.back();
            next.pop_back();
        }
        if (at == none)
            return *this;
    }
}

Element Builder::build()
{
    m_open.clear();
    return Element(m_draft.finished(), 0);
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
