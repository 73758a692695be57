// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/element.h"

#include <algorithm>
#include <utility>

namespace xml {

using detail::Attribute;
using detail::Node;
using detail::none;
using detail::Tree;
using detail::Word;

Builder::Builder(std::string_view name, std::string_view ns)
{
    Node node;
    node.name = m_draft.addWord(name);
    node.ns = m_draft.addWord(ns);
    m_draft.nodes.push_back(node);
    m_open.push_back({0, none});
}

Builder Builder::extend(const Element &element)
{
    Builder builder(element.name(), element.ns());
    const Tree &from = *element.tree();
    for (const Attribute &a : from.attributes(from.node(element.node())))
        builder.attribute(from.word(a.name), fromUtf8(from.view(a.value)), from.word(a.ns));
    for (quint32 i = from.firstChild(element.node()); i != none; i = from.node(i).nextSibling) {
        const Node &child = from.node(i);
        if (child.isText)
            builder.text(fromUtf8(from.view(child.text())));
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
        m_draft.nodes[parent.node].hasChildren = 1;
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
    const Word nameWord = m_draft.addWord(name);
    const Word nsWord = m_draft.addWord(ns);
    attributes.push_back({nameWord, nsWord, m_draft.add(cleanUtf8(value))});
    return *this;
}

Builder &Builder::text(const QString &text)
{
    if (text.isEmpty())
        return *this;
    const std::string bytes = cleanUtf8(text);
    // One run, as a reader would make it of both.
    const quint32 last = m_open.back().lastChild;
    if (last == none || !m_draft.lengthen(m_draft.nodes[last], bytes))
        append(Node::ofText(m_draft.add(bytes)));
    return *this;
}

Builder &Builder::start(std::string_view name, std::string_view ns)
{
    Node node;
    node.name = m_draft.addWord(name);
    node.ns = ns.empty() ? m_draft.nodes[m_open.back().node].ns : m_draft.addWord(ns);
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

/// A word of another tree: what has a number keeps it. Namespaces come once, however many elements are in them: a peer
/// chooses how long they are.
Word Builder::Copying::word(Word word)
{
    return word < vocabulary::count ? word : draft.addUnknown(from.word(word));
}

Word Builder::Copying::space(Word ns)
{
    if (ns < vocabulary::count)
        return ns;
    const auto known = std::find_if(spaces.begin(), spaces.end(), [ns](const auto &pair) { return pair.first == ns; });
    if (known != spaces.end())
        return known->second;
    return spaces.emplace_back(ns, draft.addUnknown(from.word(ns))).second;
}

/// The node alone, with its attributes or its text.
Node Builder::Copying::node(const Node &source)
{
    if (source.isText)
        return Node::ofText(draft.add(from.view(source.text())));
    Node copy;
    copy.name = word(source.name);
    copy.ns = space(source.ns);
    copy.firstAttribute = quint32(draft.attributes.size());
    copy.attributeCount = source.attributeCount;
    for (const Attribute &a : from.attributes(source)) {
        const Word name = word(a.name);
        const Word ns = space(a.ns);
        draft.attributes.push_back({name, ns, draft.add(from.view(a.value))});
    }
    return copy;
}

Builder &Builder::child(const Element &element)
{
    if (element.isNull())
        return *this;
    const Tree &from = *element.tree();
    Copying copying{from, m_draft, {}};
    const size_t depth = m_open.size();
    quint32 at = element.node();
    std::vector<quint32> next; // where to go on in `from` after each open copy
    for (;;) {
        const quint32 index = append(copying.node(from.node(at)));
        const quint32 following = m_open.size() == depth ? none : from.node(at).nextSibling;
        if (from.node(at).hasChildren) {
            m_open.push_back({index, none});
            next.push_back(following);
            at = from.firstChild(at);
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

} // namespace xml
