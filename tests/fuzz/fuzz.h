// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

namespace fuzz {

using Target = void (*)(const QByteArray &input);

/// All targets of this program, by name.
inline std::map<std::string, Target> &targets()
{
    static std::map<std::string, Target> all;
    return all;
}

struct Register {
    Register(const char *name, Target target) { targets()[name] = target; }
};

} // namespace fuzz

/// Ends the program where `condition` does not hold: the fuzzer and the replay take that for a crash.
#define FUZZ_CHECK(condition)                                                                                          \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                       \
            std::abort();                                                                                              \
        }                                                                                                              \
    } while (false)

/// FUZZ_TARGET(name) { ... input ... }: one target a file. libFuzzer runs it by itself, the replay by its name.
#ifdef BALCONY_FUZZER
#define FUZZ_TARGET(name)                                                                                              \
    static void run(const QByteArray &input);                                                                          \
    extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)                                      \
    {                                                                                                                  \
        run(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));                                        \
        return 0;                                                                                                      \
    }                                                                                                                  \
    static void run(const QByteArray &input)
#else
#define FUZZ_TARGET(name)                                                                                              \
    static void run(const QByteArray &input);                                                                          \
    static const fuzz::Register registered(#name, run);                                                                \
    static void run(const QByteArray &input)
#endif
