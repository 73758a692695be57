// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTest>

#if defined(__SANITIZE_ADDRESS__)
#define BALCONY_IS_SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BALCONY_IS_SANITIZED true
#endif
#endif
#ifndef BALCONY_IS_SANITIZED
#define BALCONY_IS_SANITIZED false
#endif

namespace tests {

/// Whether AddressSanitizer is in this build, which takes several times as long: tests that play the same with many seeds
/// play fewer then.
constexpr bool isSanitized = BALCONY_IS_SANITIZED;

/// Enters a test class into its program's list. Use BALCONY_TEST.
struct Registration {
    Registration(const char *file, QObject *(*make)());
};

} // namespace tests

/// The last line of a tst_*.cpp, before its moc include: makes `Class` run under the file's own name.
#define BALCONY_TEST(Class)                                                                                            \
    static const tests::Registration registration(__FILE__, [] { return static_cast<QObject *>(new Class); });
