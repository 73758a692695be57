// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secretbytes.h"

#include <cstring>
#include <utility>

#ifdef Q_OS_UNIX
#include <sys/mman.h>
#endif

namespace base {
namespace {

void overwrite(void *data, size_t size)
{
    auto *bytes = static_cast<volatile char *>(data); // volatile: the compiler may not drop the write
    for (size_t i = 0; i < size; ++i)
        bytes[i] = 0;
}

} // namespace

SecretBytes::SecretBytes(size_t size)
    : m_data(size ? new char[size]() : nullptr), m_size(size)
{
#ifdef Q_OS_UNIX
    if (size)
        (void)::mlock(m_data.get(), size); // best effort: the limit may be small
#endif
}

SecretBytes::SecretBytes(std::string_view bytes)
    : SecretBytes(bytes.size())
{
    if (m_size)
        std::memcpy(m_data.get(), bytes.data(), m_size);
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_data(std::move(other.m_data)), m_size(std::exchange(other.m_size, 0))
{
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_data = std::move(other.m_data);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes()
{
    wipe();
}

SecretBytes SecretBytes::take(QString &text)
{
    QByteArray utf8 = text.toUtf8();
    SecretBytes result = take(utf8);
    if (text.isDetached() && !text.isEmpty())
        overwrite(text.data(), size_t(text.size()) * sizeof(QChar));
    text.clear();
    return result;
}

SecretBytes SecretBytes::take(QByteArray &bytes)
{
    SecretBytes result{std::string_view(bytes.constData(), size_t(bytes.size()))};
    if (bytes.isDetached() && !bytes.isEmpty())
        overwrite(bytes.data(), size_t(bytes.size()));
    bytes.clear();
    return result;
}

SecretBytes SecretBytes::copy() const
{
    return SecretBytes(view());
}

bool SecretBytes::equals(std::string_view other) const
{
    return constantTimeEquals(view(), other);
}

void SecretBytes::wipe()
{
    if (!m_size)
        return;
    overwrite(m_data.get(), m_size);
#ifdef Q_OS_UNIX
    (void)::munlock(m_data.get(), m_size);
#endif
    m_data.reset();
    m_size = 0;
}

bool constantTimeEquals(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    unsigned char difference = 0;
    for (size_t i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(difference | (static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i])));
    return difference == 0;
}

} // namespace base
