// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/secretbytes.h"

#include <cstring>
#include <utility>

#ifdef Q_OS_UNIX
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace base {
namespace {

void overwrite(void *data, size_t size)
{
    auto *bytes = static_cast<volatile char *>(data); // volatile: the compiler may not drop the write
    for (size_t i = 0; i < size; ++i)
        bytes[i] = 0;
}

#ifdef Q_OS_UNIX
size_t wholePages(size_t size)
{
    const auto page = size_t(::sysconf(_SC_PAGESIZE));
    return (size + page - 1) / page * page;
}

char *allocate(size_t size)
{
    void *pages = ::mmap(nullptr, wholePages(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    Q_CHECK_PTR(pages != MAP_FAILED ? pages : nullptr);
    (void)::mlock(pages, wholePages(size)); // best effort: the limit may be small
#ifdef MADV_DONTDUMP
    (void)::madvise(pages, wholePages(size), MADV_DONTDUMP);
#endif
    return static_cast<char *>(pages);
}

void release(char *data, size_t size)
{
    (void)::munmap(data, wholePages(size)); // unlocks, too
}
#else
char *allocate(size_t size)
{
    return new char[size]();
}

void release(char *data, size_t)
{
    delete[] data;
}
#endif

} // namespace

SecretBytes::SecretBytes(size_t size) : m_data(size ? allocate(size) : nullptr), m_size(size) { }

SecretBytes::SecretBytes(std::string_view bytes) : SecretBytes(bytes.size())
{
    if (m_size)
        std::memcpy(m_data, bytes.data(), m_size);
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0))
{
}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_data = std::exchange(other.m_data, nullptr);
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
    overwrite(m_data, m_size);
    release(std::exchange(m_data, nullptr), std::exchange(m_size, 0));
}

bool constantTimeEquals(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    unsigned char difference = 0;
    for (size_t i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(
            difference | (static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i])));
    return difference == 0;
}

} // namespace base
