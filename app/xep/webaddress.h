// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace xep {

enum class WebSchemes {
    Https,
    HttpToo,
};

/// The most UTF-16 units of an address that comes in a message; signed ones have some two thousand.
constexpr qsizetype longestWebAddress = 8192;

/// `text` as an address on the web, for text that came from outside: absolute, with a host and without a user's name or
/// password (which only mislead), and nothing in it that an address cannot hold. Nothing where it is none of that. It says
/// nothing of whether it may be fetched (RELIABILITY 1.44).
std::optional<QUrl> webAddress(const QString &text, WebSchemes schemes);

} // namespace xep
