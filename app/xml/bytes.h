// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cstring>
#include <memory>
#include <string_view>

namespace xml::detail {

/// Bytes that grow at their end. Appending is inline and cheap for a single byte; the memory serves again after clear().
class Bytes
{
public:
    size_t size() const { return m_size; }
    size_t capacity() const { return m_capacity; }
    const char *data() const { return m_data.get(); }
    std::string_view view() const { return {m_data.get(), m_size}; }
    std::string_view view(size_t at, size_t size) const { return {m_data.get() + at, size}; }

    void append(std::string_view bytes)
    {
        if (bytes.size() > m_capacity - m_size)
            grow(bytes.size());
        if (bytes.size() == 1)
            m_data[m_size] = bytes.front();
        else if (!bytes.empty())
            std::memcpy(m_data.get() + m_size, bytes.data(), bytes.size());
        m_size += bytes.size();
    }
    /// One byte; false where there is no room, and append() must make it.
    bool push(char byte)
    {
        if (m_size == m_capacity)
            return false;
        m_data[m_size++] = byte;
        return true;
    }
    /// The first `count` bytes go.
    void drop(size_t count)
    {
        m_size -= count;
        if (m_size != 0)
            std::memmove(m_data.get(), m_data.get() + count, m_size);
    }
    void truncate(size_t size) { m_size = size; }
    void clear() { m_size = 0; }

private:
    void grow(size_t more)
    {
        const size_t capacity = qMax(m_size + more, qMax(m_capacity * 2, size_t(256)));
        std::unique_ptr<char[]> data(new char[capacity]);
        if (m_size != 0)
            std::memcpy(data.get(), m_data.get(), m_size);
        m_data = std::move(data);
        m_capacity = capacity;
    }

    std::unique_ptr<char[]> m_data;
    size_t m_size = 0;
    size_t m_capacity = 0;
};

} // namespace xml::detail
