// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// bench_xml: what it costs to turn a stream's bytes into elements, and those into what the program works with.
//
//   bench_xml [--quick]
//   bench_xml --one CAPTURE tree|typed CHUNK COUNT   one run under callgrind; CAPTURE also roster, text (COUNT: KiB),
//                                                    children, deep, attributes, prefixed, namespaces (COUNT in an element)
#include "bench/captures.h"
#include "bench/heap.h"
#include "bench/reading.h"

#include <QCoreApplication>

#include <cstdio>

using namespace bench;

namespace {

struct Run {
    double cpu = 0; ///< Seconds.
    int stanzas = 0;
    qint64 allocations = 0;
};

/// Reads `bytes` in pieces, on a reader that is warm.
Run readOnce(const QByteArray &bytes, int chunk, bool typed, Understood &sum)
{
    xml::Reader reader;
    const auto take = [&](const xml::Element &stanza) {
        if (typed)
            understand(stanza, sum);
    };
    readAll(reader, cut(streamHeader() + bytes, 1400), take); // to warm up
    const auto pieces = cut(bytes, chunk);
    Run run;
    const qint64 allocations = heap::allocations();
    const qint64 begin = cpuNow();
    measured([&] { run.stanzas = readAll(reader, pieces, take); });
    run.cpu = double(cpuNow() - begin) / 1e9;
    run.allocations = heap::allocations() - allocations;
    return run;
}

QString chunkName(int chunk)
{
    return chunk > 0 ? QString::number(chunk) : QStringLiteral("block");
}

void speed(Kind kind, const QByteArray &bytes, int chunk, bool typed, int rounds)
{
    double best = 1e9;
    Understood sum;
    for (int i = 0; i < rounds; ++i)
        best = qMin(best, readOnce(bytes, chunk, typed, sum).cpu);
    if (typed && (sum.addresses == 0 || sum.payloads == 0))
        giveUp(QStringLiteral("The capture was not understood."));
    report(QStringLiteral("xml/%1/%2/%3").arg(nameOf(kind), QLatin1String(typed ? "typed" : "tree"), chunkName(chunk)),
           double(bytes.size()) / best / 1e6, "MB/s");
}

void memory(Kind kind, const QByteArray &bytes)
{
    if (!heap::isCounted()) {
        missing(QStringLiteral("xml/%1/allocations").arg(nameOf(kind)),
                QStringLiteral("this C library does not let them be counted"));
        return;
    }
    Understood sum;
    for (const bool typed : {false, true}) {
        const Run run = readOnce(bytes, 1400, typed, sum);
        report(QStringLiteral("xml/%1/%2/allocations").arg(nameOf(kind), QLatin1String(typed ? "typed" : "tree")),
               double(run.allocations) / run.stanzas, "per stanza");
    }
    xml::Reader reader;
    readAll(reader, cut(streamHeader() + bytes, 1400), [](const xml::Element &) {});
    std::vector<xml::Element> kept;
    kept.reserve(200000);
    const auto pieces = cut(bytes, 1400);
    const qint64 before = heap::liveBytes();
    readAll(reader, pieces, [&](const xml::Element &stanza) { kept.push_back(stanza); });
    const auto live = double(heap::liveBytes() - before);
    report(QStringLiteral("xml/%1/kept").arg(nameOf(kind)), live / double(bytes.size()), "x its XML");
}

void roster(int items, int rounds)
{
    const QByteArray bytes = rosterAnswer(items);
    for (const bool typed : {false, true}) {
        double best = 1e9;
        qint64 allocations = 0;
        Understood sum;
        for (int i = 0; i < rounds; ++i) {
            const Run run = readOnce(bytes, 1400, typed, sum);
            best = qMin(best, run.cpu);
            allocations = run.allocations;
        }
        const QString name = QStringLiteral("xml/roster %1/%2").arg(items).arg(QLatin1String(typed ? "typed" : "tree"));
        report(name + QStringLiteral("/cpu"), best * 1e3, "ms");
        if (heap::isCounted())
            report(name + QStringLiteral("/allocations"), double(allocations), "in all");
    }
}

/// What a peer may do many times in one element: `count` times, again and again, some 100,000 bytes in all.
QByteArray extreme(const QString &what, int count)
{
    QByteArray inner;
    QByteArray attributes;
    for (int i = 0; i < count; ++i) {
        const QByteArray number = QByteArray::number(100000 + i);
        if (what == u"children")
            inner += "<child id='" + number + "'>text</child>";
        else if (what == u"deep")
            inner = "<level id='" + number + "'>" + inner + "</level>";
        else if (what == u"attributes")
            attributes += " name" + number + "='value'";
        else if (what == u"prefixed")
            attributes += " p:name" + number + "='value'";
        else if (what == u"namespaces")
            inner += "<n" + number + ":x xmlns:n" + number + "='urn:example:" + number + "'>";
    }
    for (int i = count; what == u"namespaces" && i-- > 0;)
        inner += "</n" + QByteArray::number(100000 + i) + ":x>";
    const QByteArray one = inner.isEmpty() && attributes.isEmpty()
        ? QByteArray()
        : "<iq xmlns:p='urn:p'" + attributes + ">" + inner + "</iq>";
    return one.isEmpty() ? one : one.repeated(1 + 100000 / int(one.size()));
}

/// For callgrind: prints how many bytes were read where it counted.
int one(const QStringList &arguments)
{
    const QString what = arguments.value(0);
    const bool typed = arguments.value(1) == u"typed";
    const int chunk = arguments.value(2).toInt();
    const int count = arguments.value(3).toInt();
    QByteArray bytes;
    for (const Kind kind : allKinds) {
        if (nameOf(kind) == what)
            bytes = capture(kind, count);
    }
    if (what == u"roster")
        bytes = rosterAnswer(count);
    else if (what == u"text")
        bytes = "<message from='romeo@montague.example/orchard'><body>"
            + QByteArray("0123456789abcde ").repeated(count * 64) + "</body></message>";
    else if (bytes.isEmpty())
        bytes = extreme(what, count);
    if (bytes.isEmpty() || arguments.size() != 4)
        giveUp(QStringLiteral("usage: bench_xml --one presence|muc|mam|roster|text|children|deep|attributes|prefixed|"
                              "namespaces tree|typed CHUNK COUNT"));
    Understood sum;
    const Run run = readOnce(bytes, chunk, typed, sum);
    std::printf("{\"bytes\":%lld,\"stanzas\":%d,\"allocations\":%lld,\"counted\":%s}\n",
                static_cast<long long>(bytes.size()), run.stanzas, static_cast<long long>(run.allocations),
                heap::isCounted() ? "true" : "false");
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (const qsizetype at = app.arguments().indexOf(QStringLiteral("--one")); at > 0)
        return one(app.arguments().mid(at + 1));
    const bool quick = hasOption("--quick");
    for (const Kind kind : allKinds) {
        const QByteArray bytes = capture(kind, quick ? 200 : 20000);
        const QByteArray few = capture(kind, quick ? 200 : 2000);
        report(QStringLiteral("xml/%1/size").arg(nameOf(kind)), double(few.size()) / (quick ? 200 : 2000),
               "bytes a stanza");
        for (const bool typed : {false, true}) {
            speed(kind, few, 1, typed, quick ? 1 : 5);
            speed(kind, bytes, 1400, typed, quick ? 1 : 5);
            speed(kind, bytes, 0, typed, quick ? 1 : 5);
        }
        memory(kind, few);
    }
    roster(1000, quick ? 1 : 5);
    roster(10000, quick ? 1 : 5);
    return 0;
}
