// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTest>

namespace tests {

/// Enters a test class into its program's list. Use BALCONY_TEST.
struct Registration {
    Registration(const char *file, QObject *(*make)());
};

} // namespace tests

/// The last line of a tst_*.cpp, before its moc include: makes `Class` run under the file's own name.
#define BALCONY_TEST(Class)                                                                                            \
    static const tests::Registration registration(__FILE__, [] { return static_cast<QObject *>(new Class); });
