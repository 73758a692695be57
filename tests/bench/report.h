// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <vector>

/// What the benchmark programs share. Each prints one JSON object a line, {"name", "value", "unit"}; the script `run`
/// makes a table of all of them, beside the targets.
namespace bench {

/// Prints one figure. `name` is a path: program/subject/what.
void report(const QString &name, double value, const char *unit);
/// Prints that a figure cannot be had here, and why.
void missing(const QString &name, const QString &reason);
/// Ends the program with a message and the status 1: a figure of a broken run is worse than none.
[[noreturn]] void giveUp(const QString &why);

/// Processor time of the whole process, in nanoseconds.
qint64 cpuNow();
/// Processor time of this thread alone, in nanoseconds.
qint64 threadCpuNow();
/// Time on the wall, monotonic, in nanoseconds.
qint64 wallNow();

/// Calls `f` at this name and nowhere else: callgrind is told to count only inside it.
void measured(const std::function<void()> &f);

double median(std::vector<double> values);
double mean(const std::vector<double> &values);
double largest(const std::vector<double> &values);

/// True where the program was started with the word.
bool hasOption(const char *word);
/// The argument after the word, or `otherwise`.
QString option(const char *word, const QString &otherwise = {});

} // namespace bench
