// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/report.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <numeric>

namespace bench {
namespace {

void print(const QJsonObject &line)
{
    std::fputs(QJsonDocument(line).toJson(QJsonDocument::Compact).append('\n').constData(), stdout);
    std::fflush(stdout);
}

qint64 now(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

} // namespace

void report(const QString &name, double value, const char *unit)
{
    print({{QStringLiteral("name"), name},
           {QStringLiteral("value"), value},
           {QStringLiteral("unit"), QString::fromUtf8(unit)}});
}

void missing(const QString &name, const QString &reason)
{
    print({{QStringLiteral("name"), name}, {QStringLiteral("missing"), reason}});
}

void giveUp(const QString &why)
{
    std::fprintf(stderr, "%s\n", qPrintable(why));
    std::exit(1);
}

qint64 cpuNow()
{
    return now(CLOCK_PROCESS_CPUTIME_ID);
}
qint64 threadCpuNow()
{
    return now(CLOCK_THREAD_CPUTIME_ID);
}
qint64 wallNow()
{
    return now(CLOCK_MONOTONIC);
}

[[gnu::noinline]] void measured(const std::function<void()> &f)
{
    f();
}

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + qsizetype(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double mean(const std::vector<double> &values)
{
    return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

double largest(const std::vector<double> &values)
{
    return values.empty() ? 0 : *std::max_element(values.begin(), values.end());
}

bool hasOption(const char *word)
{
    return QCoreApplication::arguments().contains(QString::fromLatin1(word));
}

QString option(const char *word, const QString &otherwise)
{
    const QStringList all = QCoreApplication::arguments();
    const qsizetype at = all.indexOf(QString::fromLatin1(word));
    return at >= 0 && at + 1 < all.size() ? all.at(at + 1) : otherwise;
}

} // namespace bench
