// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/crashmarks.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace base {

struct CrashMarks::Contents {
    quint64 magic = 0;
    std::array<quint64, 2> slots{};
    std::array<Kept, mostKept> kept{};
};

namespace {

constexpr quint64 magic = 0x31736b72616d6c62; // and the version of the layout

} // namespace

bool CrashMarks::open(const QString &path)
{
    m_file.setFileName(path);
    if (!m_file.open(QIODevice::ReadWrite))
        return false;
    m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (m_file.size() != qint64(sizeof(Contents))) {
        // Opened again, since the file remembers its size for map().
        if (!m_file.resize(sizeof(Contents)))
            return false;
        m_file.close();
        if (!m_file.open(QIODevice::ReadWrite))
            return false;
    }
    uchar *bytes = m_file.map(0, sizeof(Contents));
    if (!bytes)
        return false;
    m_contents = reinterpret_cast<Contents *>(bytes);
    if (m_contents->magic != magic)
        *m_contents = Contents{magic, {}, {}};
    for (quint64 &slot : m_contents->slots) {
        const quint64 mark = std::exchange(slot, 0);
        if (mark == 0)
            continue;
        auto &kept = m_contents->kept;
        auto found = std::find_if(kept.begin(), kept.end(), [mark](const Kept &each) { return each.mark == mark; });
        if (found == kept.end()) {
            found = std::min_element(kept.begin(), kept.end(),
                                     [](const Kept &a, const Kept &b) { return a.ends < b.ends; });
            *found = {mark, 0};
        }
        ++found->ends;
    }
    return true;
}

bool CrashMarks::isPoison(quint64 mark) const
{
    if (!m_contents || mark == 0)
        return false;
    return std::any_of(m_contents->kept.begin(), m_contents->kept.end(),
                       [mark](const Kept &each) { return each.mark == mark && each.ends >= mostEnds; });
}

quint64 CrashMarks::exchange(Slot slot, quint64 mark)
{
    // Of one thread, but no compiler may move it behind the work.
    std::atomic_ref<quint64> place(m_contents->slots[size_t(slot)]);
    const quint64 before = place.load(std::memory_order_relaxed);
    place.store(mark, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    return before;
}

CrashMarks::Work::Work(CrashMarks *marks, Slot slot, quint64 mark)
    : m_marks(marks && marks->m_contents && mark != 0 ? marks : nullptr), m_slot(slot)
{
    if (m_marks)
        m_before = m_marks->exchange(m_slot, mark);
}

CrashMarks::Work::~Work()
{
    if (m_marks)
        m_marks->exchange(m_slot, m_before);
}

} // namespace base
