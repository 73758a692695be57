// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/timeline.h"
#include "ui/theme/icons.h"

namespace ui {

/// What kind of file it is, in a word or two: "Picture", "Video", "PDF document".
QString fileKindWords(const model::RowFile &file);
/// The drawing for its kind.
Icon fileIcon(const model::RowFile &file);
/// How large it is, and where: "2.4 MB", "Downloading: 34% of 2.4 MB". `progress` as Timeline::progressOf(); `failure` is
/// the reason where it failed, as a sentence.
QString fileNote(const model::RowFile &file, double progress, const QString &failure);
/// What the button of a file does now, as its label; empty where there is none.
QString fileButtonWords(const model::RowFile &file);
/// Kind and name for a screen reader: "Picture: balcony.jpg".
QString spokenFile(const model::RowFile &file);
/// A name from outside as one line between isolates, in which the part behind the last dot cannot hide (RELIABILITY 1.43).
QString fileNameText(const model::RowFile &file);

} // namespace ui
