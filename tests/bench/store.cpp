// SPDX-FileCopyrightText: 2026 The Balcony authors
// SPDX-License-Identifier: GPL-3.0-or-later
// bench_store: what it costs to keep messages and to find them again.
//
//   bench_store [--quick] [--data DIR]                    DIR keeps the large database for the next run
//   bench_store --fill FOLDER --chats N --messages N      only makes a profile
#include "bench/filling.h"
#include "bench/report.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>

using namespace bench;
using store::Database;
using store::PageRequest;
using store::SearchRequest;
using store::Store;

namespace {

double millionths(double seconds, qint64 messages)
{
    return seconds * 1e6 / double(messages);
}

/// Fresh databases, synced at each commit, as the program has them.
void insertRates(const QString &folder, bool quick)
{
    struct Case {
        int perTransaction;
        qint64 messages;
    };
    for (const Case &each : {Case{1, 1500}, Case{10, 8000}, Case{50, 25000}, Case{500, 50000}}) {
        Store store(store::StoreOptions{folder + QStringLiteral("/insert%1").arg(each.perTransaction)});
        must(wait(store.open()));
        Filler filler(store, makeChats(store, 300));
        filler.fill(each.perTransaction, each.perTransaction); // prepares the statements
        Cost cost = filler.fill(quick ? each.perTransaction * 2 : each.messages, each.perTransaction);
        const QString name = QStringLiteral("store/insert %1 a transaction/").arg(each.perTransaction);
        report(name + QStringLiteral("rate"), double(cost.messages) / cost.wall, "messages/s");
        report(name + QStringLiteral("wall"), millionths(cost.wall, cost.messages), "\u00b5s a message");
        report(name + QStringLiteral("cpu"), millionths(cost.cpu, cost.messages), "\u00b5s a message");
        std::sort(cost.calls.begin(), cost.calls.end());
        report(name + QStringLiteral("p99"), cost.calls[cost.calls.size() * 99 / 100] * 1e3, "ms a transaction");
        closeStore(store);
    }
}

/// The large database: its making is a measurement too, where it is not there from an earlier run.
void largeDatabase(const QString &folder, qint64 messages)
{
    const QByteArray what = whatIsIn(300, messages, true);
    if (!isFilled(folder, what)) {
        QDir(folder).removeRecursively();
        Store store(store::StoreOptions{folder});
        must(wait(store.open()));
        Filler filler(store, makeChats(store, 300));
        const Cost cost = filler.fill(messages, 200);
        report(QStringLiteral("store/fill/cpu"), millionths(cost.cpu, cost.messages), "\u00b5s a message");
        report(QStringLiteral("store/fill/wall"), millionths(cost.wall, cost.messages), "\u00b5s a message");
        closeStore(store);
        const double plain = double(QFileInfo(databaseFile(folder)).size()) / 1e6;
        report(QStringLiteral("store/size"), plain, "MB");
        must(wait(store.open()));
        const Cost index = filler.index();
        report(QStringLiteral("store/index/cpu"), millionths(index.cpu, index.messages), "\u00b5s a message");
        report(QStringLiteral("store/index/wall"), millionths(index.wall, index.messages), "\u00b5s a message");
        closeStore(store);
        noteFilled(folder, what);
    }
    report(QStringLiteral("store/size with search"), double(QFileInfo(databaseFile(folder)).size()) / 1e6, "MB");
}

std::unique_ptr<Database> openReading(const QString &folder)
{
    auto database = must(Database::open(databaseFile(folder), Database::Mode::ReadOnly));
    must(database->pragma("SELECT count(*) FROM accounts")); // reads the schema
    return database;
}

template<class F>
double timed(F f)
{
    const qint64 begin = wallNow();
    f();
    return double(wallNow() - begin) / 1e6;
}

/// `f(database, i)` warm: often on one connection; cold: each time on a connection of its own, with the file out of the
/// system's cache. Medians, in milliseconds.
template<class F>
void query(const QString &folder, const QString &name, bool quick, F f)
{
    auto database = openReading(folder);
    std::vector<double> warm;
    for (int i = 0; i < (quick ? 2 : 100); ++i)
        warm.push_back(timed([&] { f(*database, 0); }));
    report(name + QStringLiteral("/warm"), median(warm), "ms");
    database.reset();
    std::vector<double> cold;
    for (int i = 0; i < (quick ? 1 : 20); ++i) {
        auto fresh = openReading(folder);
        if (!dropFromCache(databaseFile(folder))) {
            missing(name + QStringLiteral("/cold"),
                    QStringLiteral("this system does not let a file be dropped from its cache"));
            return;
        }
        cold.push_back(timed([&] { f(*fresh, i); }));
    }
    report(name + QStringLiteral("/cold"), median(cold), "ms");
}

void pages(const QString &folder, bool quick)
{
    struct Case {
        const char *name;
        int chat;
        double fraction;
    };
    for (const Case &each : {Case{"page 50 newest, large chat", 1, -1}, Case{"page 50 newest, small chats", 200, -1},
                             Case{"page 50 in the middle", 1, 0.5}}) {
        query(folder, QStringLiteral("store/") + QLatin1String(each.name), quick, [&](Database &database, int i) {
            PageRequest request;
            request.fraction = each.fraction < 0 ? -1 : each.fraction + i * 0.01;
            const auto page =
                must(store::Messages(database).page(each.chat + (each.fraction < 0 && each.chat > 1 ? i : 0), request));
            if (page.messages.empty())
                giveUp(QStringLiteral("A page is empty."));
        });
    }
    query(folder, QStringLiteral("store/list of 300 chats"), quick,
          [](Database &database, int) { must(store::Conversations(database).all()); });
}

void searches(const QString &folder, bool quick)
{
    struct Case {
        const char *name;
        const char16_t *text;
        qint64 chat;
    };
    for (const Case &each :
         {Case{"search English, common", u"garden", 0}, Case{"search English, commonest", u"the", 0},
          Case{"search English, two words", u"people water", 0}, Case{"search Chinese, 1 character", u"月", 0},
          Case{"search Chinese, 2 characters", u"天气", 0}, Case{"search Chinese, 3 characters", u"服务器", 0},
          Case{"search English in a small chat", u"garden", 200},
          Case{"search Chinese in a small chat", u"天气", 200}}) {
        query(folder, QStringLiteral("store/") + QString::fromLatin1(each.name), quick, [&](Database &database, int) {
            SearchRequest request;
            request.text = QString::fromUtf16(each.text);
            request.conversation = each.chat;
            const auto found = must(store::Search(database).find(request));
            if (found.empty() && !quick)
                giveUp(QStringLiteral("Nothing was found."));
        });
    }
}

/// All that one chat has of a text, as the search in a chat counts it.
void finds(const QString &folder, bool quick)
{
    for (const char16_t *text : {u"the", u"天气"}) {
        const QString name =
            QString::fromUtf16(text) == u"the" ? QStringLiteral("English, commonest") : QStringLiteral("Chinese");
        query(folder, QStringLiteral("store/count in the longest chat, ") + name, quick, [&](Database &database, int) {
            auto longest = database.query("SELECT id FROM conversations ORDER BY message_count DESC LIMIT 1").number();
            SearchRequest request;
            request.text = QString::fromUtf16(text);
            request.conversation = must(std::move(longest));
            if (must(store::Search(database).hits(request)).keys.empty() && !quick)
                giveUp(QStringLiteral("Nothing was found."));
        });
    }
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (hasOption("--fill")) {
        ensureProfile(option("--fill"), option("--chats", QStringLiteral("300")).toInt(),
                      option("--messages", QStringLiteral("30000")).toLongLong(), true);
        return 0;
    }
    const bool quick = hasOption("--quick");
    QTemporaryDir temporary;
    insertRates(temporary.path(), quick);
    const QString large = option("--data", temporary.path()) + QStringLiteral("/store");
    largeDatabase(large, quick ? 20000 : 1'000'000);
    pages(large, quick);
    searches(large, quick);
    finds(large, quick);
    return 0;
}
