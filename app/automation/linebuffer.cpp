// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "automation/linebuffer.h"

#include "automation/json.h"
#include "automation/jsonline.h"

namespace automation {

void LineBuffer::add(const char *bytes, qsizetype size)
{
    if (m_begin > 0) {
        m_bytes.remove(0, m_begin);
        m_scanned -= m_begin;
        m_begin = 0;
    }
    m_bytes.append(bytes, size);
}

std::optional<LineBuffer::Line> LineBuffer::next()
{
    for (;;) {
        const auto end = m_bytes.indexOf('\n', m_scanned);
        if (end < 0) {
            m_scanned = m_bytes.size();
            const bool isTooLong = m_scanned - m_begin > longestLine;
            if (m_skipping || isTooLong) {
                m_bytes.clear();
                m_begin = m_scanned = 0;
            }
            if (isTooLong && !m_skipping) {
                m_skipping = true;
                return Line{{}, true};
            }
            return {};
        }
        const QByteArray line = m_bytes.mid(m_begin, end - m_begin);
        m_begin = m_scanned = end + 1;
        if (std::exchange(m_skipping, false))
            continue; // the tail of one that was told already
        if (line.size() > longestLine)
            return Line{{}, true};
        if (QByteArray trimmed = line.trimmed(); !trimmed.isEmpty())
            return Line{std::move(trimmed), false};
    }
}

QJsonObject LineBuffer::tooLongAnswer()
{
    return {{QStringLiteral("ok"), false},
            {QStringLiteral("error"),
             json::error({Error::Kind::Input, QStringLiteral("line-too-long"),
                          QStringLiteral("A line may have at most %1 bytes.").arg(longestLine)})}};
}

} // namespace automation
