// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>

namespace base {

/// Remembers beyond the end of the process what it was at work on, so that an input that ends it again and again can be
/// passed by (RELIABILITY I14). In a mapped file: a mark costs two stores, and outlives everything but the machine. Each
/// slot belongs to one thread.
class CrashMarks
{
public:
    enum class Slot { Main, Store };
    /// After so many ends of the process at the same mark it is poison.
    static constexpr quint32 mostEnds = 2;
    /// So many marks are kept; the one with the fewest ends makes room.
    static constexpr size_t mostKept = 32;

    CrashMarks() = default;
    CrashMarks(const CrashMarks &) = delete;
    CrashMarks &operator=(const CrashMarks &) = delete;

    /// Reads what the last process left, and begins anew. False where the file cannot be had: then nothing is remembered.
    bool open(const QString &path);
    bool isPoison(quint64 mark) const;

    /// At work on `mark` while it lives. Null marks, and 0, are none.
    class Work
    {
    public:
        Work(CrashMarks *marks, Slot slot, quint64 mark);
        Work(const Work &) = delete;
        Work &operator=(const Work &) = delete;
        ~Work();

    private:
        CrashMarks *m_marks;
        Slot m_slot;
        quint64 m_before = 0; ///< Of the work in which this one is.
    };

private:
    struct Kept {
        quint64 mark = 0;
        quint64 ends = 0;
    };
    struct Contents;
    quint64 exchange(Slot slot, quint64 mark);

    QFile m_file;
    Contents *m_contents = nullptr;
};

} // namespace base
