// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstddef>
#include <string_view>

namespace base {

/// A password, token or key: one owner, no implicit copies, wiped at its end, kept out of swap and core files where the
/// system lets us.
class SecretBytes
{
public:
    SecretBytes() = default;
    explicit SecretBytes(size_t size);
    explicit SecretBytes(std::string_view bytes);
    SecretBytes(SecretBytes &&other) noexcept;
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;
    ~SecretBytes();

    /// Takes the UTF-8 of `text` and overwrites the string's own buffer where it is not shared.
    static SecretBytes take(QString &text);
    /// Takes `bytes` and overwrites their buffer where it is not shared.
    static SecretBytes take(QByteArray &bytes);

    /// An explicit second copy.
    SecretBytes copy() const;
    bool isEmpty() const { return m_size == 0; }
    size_t size() const { return m_size; }
    const char *data() const { return m_data; }
    char *data() { return m_data; }
    std::string_view view() const { return {m_data, m_size}; }

    /// Compares in constant time for equal sizes.
    bool equals(std::string_view other) const;

private:
    void wipe();

    char *m_data = nullptr; ///< On Unix: pages of its own, so that unlocking one secret never unlocks another.
    size_t m_size = 0;
};

/// True where both have the same bytes; the time depends on the size only.
bool constantTimeEquals(std::string_view a, std::string_view b);

} // namespace base

using base::SecretBytes;
