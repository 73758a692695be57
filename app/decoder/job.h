// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/protocol.h"

namespace decoder {

/// An answer's head and its bytes.
struct Made {
    media::protocol::Answer answer;
    QByteArray bytes;
};

/// Loads what decodes and encodes, so that no file is needed later.
void prepare();
/// Does one job. Only the four types of media::ImageType ever reach Qt, each with the decoder of its own.
Made make(const media::protocol::Job &job, QByteArray image);

} // namespace decoder
