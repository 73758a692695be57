// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xml/tree.h"

#include <algorithm>
#include <memory>
#include <new>
#include <type_traits>

namespace xml::detail {

// Nothing here needs to be destroyed, nor stricter bounds than what stands before it.
static_assert(std::is_trivially_destructible_v<Tree> && std::is_trivially_copyable_v<Node>);
static_assert(std::is_trivially_copyable_v<Attribute> && sizeof(Tree) == 16 && sizeof(Node) == 20);
static_assert(alignof(Tree) >= alignof(Node) && alignof(Node) >= alignof(Attribute) && sizeof(Attribute) == 16);

Word Draft::addUnknown(std::string_view word)
{
    const auto at = quint32(text.size());
    const auto size = quint32(word.size());
    text.append({reinterpret_cast<const char *>(&size), sizeof size});
    text.append(word);
    return vocabulary::count + at;
}

bool Draft::lengthen(Node &run, std::string_view bytes)
{
    const Ref ref = run.text();
    if (!run.isText || ref.at + ref.size != text.size())
        return false;
    text.append(bytes);
    run.lengthenText(quint32(bytes.size()));
    return true;
}

void Draft::clear()
{
    text.clear();
    nodes.clear();
    attributes.clear();
}

TreePointer Draft::finished() const
{
    const Tree measured(nodes.size(), attributes.size(), text.size());
    auto *const tree = new (::operator new(measured.bytes())) Tree(nodes.size(), attributes.size(), text.size());
    std::uninitialized_copy(nodes.begin(), nodes.end(), const_cast<Node *>(tree->firstNode()));
    std::uninitialized_copy(attributes.begin(), attributes.end(), const_cast<Attribute *>(tree->firstAttribute()));
    std::copy_n(text.data(), text.size(), const_cast<char *>(tree->text()));
    return TreePointer(tree);
}

void Tree::destroy() const
{
    ::operator delete(const_cast<Tree *>(this));
}

} // namespace xml::detail
