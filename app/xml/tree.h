// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "xml/bytes.h"
#include "xml/vocabulary.h"

#include <atomic>
#include <span>
#include <utility>
#include <vector>

namespace xml::detail {

/// As ==, quicker for words, which mostly differ in their first letter.
inline bool isEqual(std::string_view a, std::string_view b)
{
    return a.size() == b.size()
        && (a.empty() || (a.front() == b.front() && std::memcmp(a.data(), b.data(), a.size()) == 0));
}

/// A piece of the tree's text.
struct Ref {
    quint32 at = 0;
    quint32 size = 0;
};

/// A name or a namespace: its number in the vocabulary or, beyond those, where it stands in the tree's text, after its
/// size.
using Word = quint32;

struct Attribute {
    Word name = 0;
    Word ns = 0;
    Ref value;
};

constexpr quint32 none = 0xFFFFFFFF;

/// An element, or a run of character data. Nodes stand in document order: the first child follows its parent.
struct Node {
    Word name = 0;
    Word ns = 0;
    quint32 firstAttribute = 0;
    quint32 nextSibling = none;
    quint32 attributeCount : 30 = 0;
    quint32 isText : 1 = 0;
    quint32 hasChildren : 1 = 0;

    static Node ofText(Ref text)
    {
        Node node;
        node.isText = 1;
        node.name = text.size;
        node.firstAttribute = text.at;
        return node;
    }
    /// Of a run of character data alone.
    Ref text() const { return {firstAttribute, name}; }
    void lengthenText(quint32 size) { name += size; }
};

/// The word in `text`, a tree's text.
inline std::string_view wordIn(const char *text, Word word)
{
    if (word < vocabulary::count)
        return vocabulary::words[word];
    const char *const at = text + (word - vocabulary::count);
    quint32 size = 0;
    std::memcpy(&size, at, sizeof size);
    return {at + sizeof size, size};
}

/// One stanza: its nodes, its attributes and their text. All stands in one block of memory, after this; it lives as long
/// as a TreePointer to it. Made by Draft::finished(), and not changed any more.
class Tree
{
public:
    const Node &node(quint32 index) const { return firstNode()[index]; }
    quint32 firstChild(quint32 index) const { return node(index).hasChildren ? index + 1 : none; }
    std::span<const Attribute> attributes(const Node &node) const
    {
        return {firstAttribute() + node.firstAttribute, node.attributeCount};
    }
    std::string_view word(Word word) const { return wordIn(text(), word); }
    std::string_view view(Ref ref) const { return {text() + ref.at, ref.size}; }
    /// What it takes of memory.
    size_t bytes() const { return sizeof(Tree) + m_nodes * sizeof(Node) + m_attributes * sizeof(Attribute) + m_text; }

private:
    friend struct Draft;
    friend class TreePointer;
    Tree(size_t nodes, size_t attributes, size_t text)
        : m_nodes(quint32(nodes)), m_attributes(quint32(attributes)), m_text(quint32(text))
    {
    }
    const Node *firstNode() const { return reinterpret_cast<const Node *>(this + 1); }
    const Attribute *firstAttribute() const { return reinterpret_cast<const Attribute *>(firstNode() + m_nodes); }
    const char *text() const { return reinterpret_cast<const char *>(firstAttribute() + m_attributes); }
    void destroy() const;

    mutable std::atomic<quint32> m_references{0};
    quint32 m_nodes;
    quint32 m_attributes;
    quint32 m_text;
};

/// Keeps a tree alive; counted in the tree itself, from any thread.
class TreePointer
{
public:
    TreePointer() = default;
    explicit TreePointer(const Tree *tree) : m_tree(tree) { take(); }
    TreePointer(const TreePointer &other) : m_tree(other.m_tree) { take(); }
    TreePointer(TreePointer &&other) noexcept : m_tree(std::exchange(other.m_tree, nullptr)) { }
    TreePointer &operator=(TreePointer other) noexcept
    {
        std::swap(m_tree, other.m_tree);
        return *this;
    }
    ~TreePointer()
    {
        if (m_tree && m_tree->m_references.fetch_sub(1, std::memory_order_acq_rel) == 1)
            m_tree->destroy();
    }

    const Tree *get() const { return m_tree; }
    const Tree *operator->() const { return m_tree; }

private:
    void take()
    {
        if (m_tree)
            m_tree->m_references.fetch_add(1, std::memory_order_relaxed);
    }

    const Tree *m_tree = nullptr;
};

/// A tree in the making.
struct Draft {
    Bytes text;
    std::vector<Node> nodes;
    std::vector<Attribute> attributes;

    Ref add(std::string_view bytes)
    {
        const Ref ref{quint32(text.size()), quint32(bytes.size())};
        text.append(bytes);
        return ref;
    }
    Word addWord(std::string_view word)
    {
        const quint32 number = vocabulary::find(word);
        return number < vocabulary::count ? number : addUnknown(word);
    }
    /// A word that is known to have no number.
    Word addUnknown(std::string_view word);
    std::string_view word(Word word) const { return wordIn(text.data(), word); }
    /// Adds to the run of text that was added last where nothing came after it; else false.
    bool lengthen(Node &run, std::string_view bytes);

    void clear();
    /// A copy that takes what it needs and no more: stanzas may be kept for long.
    TreePointer finished() const;
};

} // namespace xml::detail
